"""Recorded feed items: Articles at their own time, dates mended with their provenance."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from crawler.read import ReadResult, read
from store.errors import Permanent
from store.model import FetchKind, Outcome
from tests.unit.crawler.conftest import fetch


def line(**changes: object) -> bytes:
    record: dict[str, object] = {
        "url": "https://vnexpress.net/bai-mau-5000001.html",
        "title": "Bài mẫu",
        "summary": "Tóm tắt.",
        "source": "VnExpress - Thế Giới",
        "feeds": ["VnExpress - Thế Giới"],
        "published": "2026-05-30T13:05:25+07:00",
        "first_fetched": "2026-05-30T21:58:36.235675+07:00",
    }
    return json.dumps({**record, **changes}, ensure_ascii=False).encode()


def replayed(*lines: bytes) -> ReadResult:
    return read(fetch(FetchKind.RECORDED, url="recorded:x", source_id="replay"), b"\n".join(lines), None, None)


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def test_an_item_is_seen_when_it_was_first_fetched_by_the_outlet_behind_the_feed() -> None:
    result = replayed(line())
    assert result.outcome == Outcome.READ
    assert result.articles[0].first_seen_at == ms("2026-05-30T21:58:36.235+07:00")
    assert (result.articles[0].outlet, result.articles[0].source_id) == ("VnExpress", "vnexpress")
    assert result.revisions[0].section == "Thế Giới"
    assert result.fetch_pages == ()


@pytest.mark.parametrize("offset", ["+07:00", "+07:07"])
@pytest.mark.parametrize("outlet", ["VnExpress", "Thanh Niên"])
def test_a_utc_clock_labelled_as_local_is_read_as_utc(outlet: str, offset: str) -> None:
    (revision,) = replayed(line(source=outlet, published=f"2026-05-30T13:05:25{offset}")).revisions
    assert revision.published_at == ms("2026-05-30T20:05:25+07:00")
    assert revision.published_from == "recorded-fixed"


def test_tuoi_tre_s_date_comes_from_its_address() -> None:
    url = "https://tuoitre.vn/bai-20260530093714970.htm"
    (revision,) = replayed(line(source="Tuổi Trẻ", url=url)).revisions
    assert revision.published_at == ms("2026-05-30T09:37:14+07:00")
    assert revision.published_from == "url"


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b'{"url": "https://x', "line 2"),
        (line(url="nothing"), "line 2: not an http(s) address"),
        (b'{"url":"https://bencang.example/a","title":"x"}', "line 2: no 'first_fetched'"),
        (b"[1, 2]", "line 2: expected an object"),
        (line(first_fetched="hôm qua"), "line 2"),
        (line(first_fetched="2026-05-30T21:58:36"), "has no time zone"),
        (line(title=None), "line 2: expected an object of strings"),
        (line(title="   "), "line 2: no title"),
        (b"\xff\xfe\x00", "line 2"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_the_others_are_kept(bad: bytes, words: str) -> None:
    result = replayed(line(), bad, b"", line(url="https://vnexpress.net/b-5000002.html"))
    assert result.outcome == Outcome.READ_PARTLY
    assert len(result.articles) == 2
    (problem,) = result.problems
    assert problem.position == 2
    assert words in problem.message


def test_a_future_date_is_refused_and_the_item_kept() -> None:
    result = replayed(line(published="2026-05-31T13:05:25+07:00"))
    assert [p.code for p in result.problems] == ["date_in_future"]
    assert result.revisions[0].published_at is None


def test_a_body_without_one_usable_line_is_unreadable() -> None:
    with pytest.raises(Permanent, match="line 1"):
        replayed(b"no json")


@pytest.mark.shared
def test_the_real_recording_reads_without_one_problem(shared: Path) -> None:
    import lzma

    path = shared / "press/feeds/items_2025-08_2026-05.jsonl.xz"
    with lzma.open(path) as file:
        lines = [file.readline().rstrip(b"\n") for _ in range(12_000)]
    results = [replayed(*lines[i : i + 500]) for i in range(0, len(lines), 500)]
    assert sum(len(r.articles) for r in results) == 12_000
    assert not [p for r in results for p in r.problems]
    for result in results:
        for article, revision in zip(result.articles, result.revisions, strict=True):
            assert revision.published_at is None or revision.published_at <= article.first_seen_at + 600_000


@pytest.mark.parametrize(
    "bad",
    [
        '{"url": "http://x.example/1", "title": "\\ud800", "first_fetched": "2026-11-02T08:00:00Z", "source": [1]}',
        "[" * 100_000,
        '{"url": "http://x.example/1", "title": "a", "first_fetched": "9999-12-31T23:59:59-12:00"}',
    ],
    ids=["list for a name", "nested", "year 9999"],
)
def test_a_line_made_to_break_the_reader_costs_that_line_only(bad: str) -> None:
    good = (
        b'{"url": "http://x.example/2", "title": "Khai gi\xe1\xba\xa3ng", "first_fetched": "2026-11-02T08:00:00+07:00"}'
    )
    found = replayed(good, bad.encode(), good.replace(b"/2", b"/3"))
    assert len(found.articles) == 2
    assert len(found.problems) == 1
