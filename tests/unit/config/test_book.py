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
