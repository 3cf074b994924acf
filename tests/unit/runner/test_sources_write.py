"""A source file of one's own: whole or not at all, and never over another."""

from __future__ import annotations

import datetime as dt
import os
import threading
from pathlib import Path

import pytest

from config.loader import load_folder, read_source
from config.settings import Settings
from config.sources import Channel, Selectors, Source
from crawler.discover import Candidate
from crawler.feeds import Entry
from runner.sources_add import Found, Tried, neighbours, proposed_id, stands_for
from runner.sources_report import ChannelReport
from runner.sources_write import about, guessed_kind, text_of, write
from store.errors import ConfigError, InputError

DAY = dt.date(2026, 11, 20)


def found(url: str = "https://bencang.example/", name: str = "Báo Bến Cảng") -> Found:
    entry = Entry(0, f"{url}bai-1.html", f"{url}bai-1.html", "Bài một", "", None, None)
    one = Tried(
        Candidate("feed", f"{url}rss", "page"), ChannelReport(Channel(url=f"{url}rss"), entries=(entry,)), rank=0
    )
    return Found(url, name, "vi", (one,))


def text(of: Found, id_: str = "bencang", known: Source | None = None, **said: str) -> str:
    given = {"name": None, "owner": None, **said}
    return text_of(about(of, id_, known, **given), of.tried[0], (), of.url, DAY)


def source(**more: object) -> Source:
    usual = {"id": "bhp", "name": "Báo cũ", "outlet": "Cũ", "kind": "city_press", "owner": "Chị An"}
    return Source.model_validate({**usual, **more})


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    path = write(settings, "bencang", text(found()))
    before = path.read_bytes()
    with pytest.raises(InputError, match="không bị ghi đè"):
        write(settings, "bencang", text(found(name="Khác")))
    assert path.read_bytes() == before
    assert [one.name for one in (tmp_path / "sources").iterdir()] == ["bencang.yml"]


def test_what_would_be_no_source_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        write(Settings(home=tmp_path), "bencang", "id: bencang\nkind: newspaper\n")
    assert list((tmp_path / "sources").iterdir()) == []


def test_of_many_who_write_at_once_one_wins_and_its_file_is_whole(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    won: list[int] = []
    start = threading.Barrier(8)

    def one(number: int) -> None:
        start.wait()
        try:
            write(settings, "bencang", text(found(), name=f"Báo số {number}"))
        except InputError:
            return
        won.append(number)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    (kept,) = load_folder(tmp_path / "sources")[0].values()
    assert kept.name == f"Báo số {won[0]}"


def test_where_the_disk_knows_no_hard_links_it_is_still_never_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    settings = Settings(home=tmp_path)
    path = write(settings, "bencang", text(found()))
    assert read_source(path)[1] == []
    with pytest.raises(InputError, match="không bị ghi đè"):
        write(settings, "bencang", text(found(name="Khác")))
    assert "Khác" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ['"', "'", "a: b", "- x", "{y}", "#", "&a *a", "%", "\\", "@", "yes", "null", "12", "…", "😀"]
)
def test_any_name_is_read_back_as_it_was(tmp_path: Path, name: str) -> None:
    path = write(Settings(home=tmp_path), "bencang", text(found(), name=name, owner=name))
    kept, errors = read_source(path)
    assert errors == []
    assert kept is not None
    assert (kept.name, kept.outlet, kept.owner) == (name, name, name)


def test_what_is_known_of_a_source_that_is_replaced_stays(tmp_path: Path) -> None:
    known = source(
        area="Hải Phòng",
        fetch_pages=False,
        expect_every_hours=96,
        selectors=Selectors(body=".noi-dung", remove=(".quang-cao",)),
        home="https://bhp.example",
    )
    path = write(Settings(home=tmp_path), "bhp", text(found(), "bhp", known, name="Báo mới"))
    kept, errors = read_source(path)
    assert errors == []
    assert kept is not None
    assert kept.selectors == known.selectors
    assert (kept.name, kept.outlet, kept.owner, kept.area) == ("Báo mới", "Cũ", "Chị An", "Hải Phòng")
    assert (kept.fetch_pages, kept.expect_every_hours, kept.home) == (False, 96, "https://bhp.example")


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://www.bencang.example/", "bencang"),
        ("https://giao-duc.bencang.com.vn/x", "giao_duc_bencang"),
        ("https://chuyen.so.edu.vn", "chuyen_so"),
        ("http://127.0.0.1:8000/", "127_0_0_1"),
        (f"https://{'a' * 60}.example/", "a" * 36),
    ],
)
def test_an_id_comes_of_the_host(url: str, id_: str) -> None:
    assert proposed_id(url, {}) == id_
    assert proposed_id(url, {id_: 1, f"{id_}_2": 1}) == f"{id_}_3"


def test_the_kind_is_guessed_from_the_host() -> None:
    hosts = ("a.gov.vn", "b.edu.vn", "c.vn", "gov.vn.example")
    assert [guessed_kind(f"https://{host}/") for host in hosts] == [
        "government_portal",
        "school_site",
        "central_press",
        "central_press",
    ]


def test_a_source_that_is_off_waits_for_its_host_and_one_that_is_on_is_a_neighbour() -> None:
    off = source(id="off", home="https://www.a.example")
    on = source(id="on", enabled=True, channels=(Channel(url="https://b.example/rss"),))
    odd = source(id="odd", enabled=True, channels=(Channel(url="http://[x/rss"),), home="http://[x/")
    sources = {"off": off, "on": on, "odd": odd}
    assert stands_for("https://a.example/tin", sources) is off
    assert stands_for("https://b.example/", sources) is None
    assert stands_for("https://con.a.example/", sources) is None
    assert neighbours("https://b.example/giao-duc", sources) == ["on"]
    assert neighbours("https://a.example/", sources) == []
