"""What a feed says of itself, and the rules that all formats share. Broken feeds: tests/abuse/feeds."""

from __future__ import annotations

import json

import pytest

from crawler import feeds
from tests.unit.crawler.conftest import NOON

URL = "https://bencang.example/rss/giao-duc.rss"
SY = ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:atom="http://www.w3.org/2005/Atom"'
ODD = "<tags/>"  # an element that only feedparser knows what to do with


def rss(about: str, *, odd: bool) -> bytes:
    return f'<rss version="2.0"{SY}><channel>{about}{ODD if odd else ""}</channel></rss>'.encode()


@pytest.mark.parametrize("odd", [False, True])
@pytest.mark.parametrize(
    ("about", "minutes"),
    [
        ("<ttl>30</ttl>", 30),
        ("<ttl> 60 </ttl>", 60),
        ("<ttl>0</ttl>", None),
        ("<ttl>nửa giờ</ttl>", None),
        ("<ttl>99999999999</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 60),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 360),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 60),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>999</sy:updateFrequency>", 1),
        ("<ttl>5</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 5),
        ("", None),
    ],
)
def test_how_long_a_feed_asks_to_be_left_alone(about: str, minutes: int | None, odd: bool) -> None:
    assert feeds.parse(rss(about, odd=odd), None, URL, NOON).ttl_minutes == minutes


@pytest.mark.parametrize("odd", [False, True])
def test_title_link_and_next_page_of_a_feed(odd: bool) -> None:
    about = '<title>Báo &amp;amp; Bến Cảng</title><link>/giao-duc</link><atom:link rel="next" href="?trang=2"/>'
    found = feeds.parse(rss(about, odd=odd), None, URL, NOON)
    assert found.title == "Báo & Bến Cảng"
    assert found.link == "https://bencang.example/giao-duc"
    assert found.next_url == "https://bencang.example/rss/giao-duc.rss?trang=2"


def test_the_same_of_a_json_feed() -> None:
    value = {"version": "https://jsonfeed.org/version/1.1", "title": "Bến Cảng", "home_page_url": "/", "items": []}
    found = feeds.parse(json.dumps(value | {"next_url": "/2.json"}).encode(), None, URL, NOON)
    assert (found.title, found.link) == ("Bến Cảng", "https://bencang.example/")
    assert found.next_url == "https://bencang.example/2.json"
    assert found.ttl_minutes is None


def test_a_next_page_that_is_no_web_address_is_none() -> None:
    about = '<atom:link rel="next" href="javascript:x()"/>'
    assert feeds.parse(rss(about, odd=False), None, URL, NOON).next_url is None


def test_an_author_never_leaves_the_reader() -> None:
    item = "<item><title>Tin</title><link>/1.html</link><author>Trần Văn Sóng</author></item>"
    for odd in (False, True):
        assert "Sóng" not in repr(feeds.parse(rss(item, odd=odd), None, URL, NOON))


def test_what_is_left_out_is_counted() -> None:
    items = "".join(f"<item><title>Tin {n}</title><link>/{n}.html</link></item>" for n in range(5007))
    for odd in (False, True):
        found = feeds.parse(rss(items, odd=odd), None, URL, NOON)
        assert len(found.entries) == feeds.MOST_ENTRIES
        (told,) = [fault for fault in found.faults if fault.position == -1]
        assert told.code == "too_many_entries"
        assert told.message.startswith("7 entries")


def test_one_open_tag_costs_its_own_entry_only() -> None:
    broken = "<item><title>Một<link>/1.html</link></item>"
    fine = "".join(f"<item><title>Tin {n}</title><link>/tin-{n}.html</link></item>" for n in range(3))
    found = feeds.parse(f"<rss version='2.0'><channel>{broken}{fine}</channel></rss>".encode(), None, URL, NOON)
    assert [entry.title for entry in found.entries] == ["Tin 0", "Tin 1", "Tin 2"]
    assert [entry.position for entry in found.entries] == [1, 2, 3]
    assert (0, "no_link") in [(fault.position, fault.code) for fault in found.faults]
