"""A source that is added, changed or taken away is heard without a restart, and a bad file costs only itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.book import LOOK_EVERY_S, SourceBook
from config.settings import Settings

TEXT = """id: bencang
name: Báo Bến Cảng
outlet: Bến Cảng
kind: city_press
owner: Văn phòng Sở
enabled: true
"""


class Clock:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def test_the_files_are_read_again_when_they_change(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    folder = tmp_path / "sources"
    folder.mkdir()
    book = SourceBook(Settings(home=tmp_path, only_own_sources=True), clock)
    assert book.sources() == {}

    (folder / "bencang.yml").write_text(TEXT, encoding="utf-8")
    assert book.sources() == {}, "not yet looked again"
    clock.at += LOOK_EVERY_S
    first = book.sources()
    assert first["bencang"].outlet == "Bến Cảng"

    clock.at += LOOK_EVERY_S
    assert book.sources() is first, "nothing changed, nothing read"

    (folder / "bencang.yml").write_text(TEXT.replace("Báo Bến Cảng", "Báo Bến Cảng mới"), encoding="utf-8")
    (folder / "hong.yml").write_text("id: [", encoding="utf-8")
    clock.at += LOOK_EVERY_S
    assert book.sources()["bencang"].name == "Báo Bến Cảng mới"
    assert "hong.yml:1" in caplog.text

    (folder / "bencang.yml").unlink()
    clock.at += LOOK_EVERY_S
    assert book.sources() == {}


def test_a_file_that_is_broken_while_we_run_leaves_its_source_as_it_was(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    file = tmp_path / "sources" / "bencang.yml"
    file.parent.mkdir()
    file.write_text(TEXT, encoding="utf-8")
    book = SourceBook(Settings(home=tmp_path, only_own_sources=True), clock)
    good = book.sources()["bencang"]

    for broken in ("", TEXT.replace("kind: city_press", "kind: báo"), TEXT[:40]):
        file.write_text(broken, encoding="utf-8")
        clock.at += LOOK_EVERY_S
        assert book.sources() == {"bencang": good}
        assert book.errors[0].where.startswith(str(file))
    assert "stays as it was" in caplog.text

    file.write_text(TEXT.replace("enabled: true", "enabled: false"), encoding="utf-8")
    clock.at += LOOK_EVERY_S
    assert not book.sources()["bencang"].enabled
    assert book.errors == ()

    file.write_text("", encoding="utf-8")
    clock.at += LOOK_EVERY_S
    book.sources()
    file.unlink()
    clock.at += LOOK_EVERY_S
    assert book.sources() == {}, "taken away is taken away"


def test_a_broken_file_of_our_own_does_not_bring_the_shipped_source_back(tmp_path: Path) -> None:
    clock = Clock()
    file = tmp_path / "sources" / "ours.yml"
    file.parent.mkdir()
    shipped = next(iter(SourceBook(Settings(home=tmp_path)).sources()))
    file.write_text(TEXT.replace("id: bencang", f"id: {shipped}"), encoding="utf-8")
    book = SourceBook(Settings(home=tmp_path), clock)
    assert book.sources()[shipped].outlet == "Bến Cảng"
    file.write_text("id: [", encoding="utf-8")
    clock.at += LOOK_EVERY_S
    assert book.sources()[shipped].outlet == "Bến Cảng"
