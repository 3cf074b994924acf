"""`haidang feed`: what an administrator gets for a file, an address, or something that is no feed."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from runner.feed_pipe import run
from store.errors import Permanent
from store.model import Outcome

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Báo Bến Cảng</title><link>https://bencang.example/</link><language>vi-vn</language>
<item><title>Học phí &amp;amp; lớp mười</title><link>/hoc-phi-100400.html</link><guid isPermaLink="false">100400</guid>
<description><![CDATA[<img src="a.jpg"></br>Mức thu <b>không đổi</b>.]]></description><author>Tòa soạn</author>
<pubDate>Fri, 20 Nov 2026 01:00:00 GMT</pubDate><category>Giáo dục</category><category>Học phí</category>
<enclosure url="/a.mp3" type="audio/mpeg" length="12"/></item>
<item><title>Không địa chỉ</title><pubDate>vừa xong</pubDate></item>
</channel></rss>"""


def fetch_nothing(url: str) -> tuple[bytes, str | None, str]:
    raise AssertionError(url)


def feed(body: bytes, folder: Path) -> tuple[int, list[dict[str, Any]], str]:
    path = folder / "nguon.xml"
    path.write_bytes(body)
    return told(str(path))


def told(target: str, fetch: Any = fetch_nothing) -> tuple[int, list[dict[str, Any]], str]:
    out, err = io.BytesIO(), io.StringIO()
    status = run(target, out, err, fetch)
    return status, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def codes(last: dict[str, Any]) -> list[tuple[int, str]]:
    return [(p["position"], p["code"]) for p in last["problems"]]


def test_a_file_gives_a_line_for_each_entry_and_the_feed_last(tmp_path: Path) -> None:
    status, (first, second, last), err = feed(RSS.encode(), tmp_path)
    assert (status, err) == (0, "")
    assert first == {
        "id": "100400",
        "url": "https://bencang.example/hoc-phi-100400.html",
        "title": "Học phí & lớp mười",
        "summary": "Mức thu không đổi.",
        "published": "2026-11-20T08:00:00+07:00",
        "updated": None,
        "author": "Tòa soạn",
        "categories": ["Giáo dục", "Học phí"],
        "enclosures": [{"url": "https://bencang.example/a.mp3", "type": "audio/mpeg", "length": 12}],
        "language": "vi-vn",
    }
    assert (second["url"], second["title"], second["published"]) == (None, "Không địa chỉ", None)
    assert (last["title"], last["link"], last["language"]) == ("Báo Bến Cảng", "https://bencang.example/", "vi-vn")
    assert codes(last) == [(1, "no_link"), (1, "date_unreadable")]


def test_an_address_is_fetched_and_its_final_address_is_the_base() -> None:
    body = RSS.replace("<link>https://bencang.example/</link>", "").encode()
    status, (first, *_), _ = told("https://a.example/rss", lambda url: (body, "text/xml", "https://b.example/x/rss"))
    assert status == 0
    assert first["url"] == "https://b.example/hoc-phi-100400.html"


def test_a_relative_link_without_any_base_is_kept_and_named(tmp_path: Path) -> None:
    _, (first, *_, last), _ = feed(RSS.replace("<link>https://bencang.example/</link>", "").encode(), tmp_path)
    assert first["url"] == "/hoc-phi-100400.html"
    assert (0, "relative_link") in codes(last)
    assert last["link"] is None


def test_what_is_no_feed_says_so_and_still_ends_with_the_last_line(tmp_path: Path) -> None:
    status, (last,), err = feed(b"<!DOCTYPE html><html><title>404</title></html>", tmp_path)
    assert status == 2
    assert "an HTML page titled '404'" in err
    assert codes(last) == [(-1, "not_a_feed")]


def test_a_missing_file_and_a_failed_fetch_say_so() -> None:
    status, (last,), err = told("/không/có.rss")
    assert (status, codes(last)) == (2, [(-1, "unreadable")])
    assert "không đọc được" in err

    def refuse(url: str) -> tuple[bytes, str | None, str]:
        raise Permanent(Outcome.UNREADABLE, "robots.txt disallows it")

    status, (last,), err = told("https://a.example/rss", refuse)
    assert (status, codes(last)) == (1, [(-1, "not_fetched")])
    assert "robots.txt" in err


def test_an_id_twice_is_one_line_with_one_link_and_two_lines_with_two(tmp_path: Path) -> None:
    item = "<item><guid isPermaLink='false'>7</guid><title>{t}</title><link>https://a.example/{p}</link></item>"
    items = item.format(t="Một", p="1") + item.format(t="Một, sửa", p="1") + item.format(t="Hai", p="2")
    _, (*lines, last), _ = feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), tmp_path)
    assert [line["title"] for line in lines] == ["Một", "Hai"]
    assert [c for c in codes(last) if "duplicate" in c[1]] == [(1, "duplicate_entry"), (2, "duplicate_id")]


def test_json_feed_has_the_same_shape(tmp_path: Path) -> None:
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Bến Cảng",
        "language": "vi",
        "home_page_url": "https://bencang.example/",
        "authors": [{"name": "Tòa soạn"}],
        "items": [
            {
                "id": "1",
                "url": "/1",
                "title": "Một",
                "content_text": "5 <b> 7",
                "date_published": "2026-11-20T08:00:00+07:00",
                "date_modified": "2026-11-20T02:00:00Z",
                "tags": ["Giáo dục"],
                "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 3}],
            },
            "lạ",
        ],
    }
    status, (first, last), _ = feed(json.dumps(value).encode(), tmp_path)
    assert status == 0
    assert first["url"] == "https://bencang.example/1"
    assert first["summary"] == "5 <b> 7"
    assert (first["author"], first["language"], first["categories"]) == ("Tòa soạn", "vi", ["Giáo dục"])
    assert first["updated"] == "2026-11-20T09:00:00+07:00"
    assert first["enclosures"] == [{"url": "https://bencang.example/a.mp3", "type": "audio/mpeg", "length": 3}]
    assert codes(last) == [(1, "not_an_entry")]


@pytest.mark.parametrize("given", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_date_at_the_edge_of_time_costs_nothing_else(given: str, tmp_path: Path) -> None:
    status, (first, _, last), _ = feed(RSS.replace("Fri, 20 Nov 2026 01:00:00 GMT", given).encode(), tmp_path)
    assert (status, first["published"]) == (0, None)
    assert (0, "date_unreadable") in codes(last)


def test_a_lone_surrogate_and_a_gzip_body_do_not_stop_the_pipe(tmp_path: Path) -> None:
    body = b'{"version":"https://jsonfeed.org/version/1","title":"x","items":[{"id":"\\ud800","url":"https://a.example/"}]}'
    status, lines, _ = feed(body, tmp_path)
    assert (status, len(lines)) == (0, 2)
    status, _, err = feed(b"\x1f\x8b\x08\x00" + b"\x00" * 40, tmp_path)
    assert status == 2
    assert "gzip" in err
