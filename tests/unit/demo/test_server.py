"""The town speaks real HTTP, shows only what its clock allows, and answers as a proxy does."""

from __future__ import annotations

import gzip
import html
import http.client
import json
import re
import urllib.robotparser
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

import pytest

from demo.feeds import MOST
from demo.load import SOURCES, outlets
from demo.model import LOCAL, Article, to_ms
from demo.server import Town
from lang.text import nfc


class Clock:
    """Milliseconds UTC; set it with a local time of the town."""

    now = 0

    def set(self, local: str) -> None:
        self.now = to_ms(datetime.fromisoformat(local).replace(tzinfo=LOCAL))

    def __call__(self) -> int:
        return self.now


class Visitor:
    """Asks the town over a socket; `get` sends an absolute address, `get_plain` a Host header."""

    def __init__(self, town: Town, clock: Clock, port: int) -> None:
        self.town, self.clock, self.port = town, clock, port
        self.articles = {article.key: article for article in town.articles}

    def get(self, url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.ask("GET", url, headers)

    def head(self, url: str) -> tuple[int, dict[str, str], bytes]:
        return self.ask("HEAD", url, {})

    def get_plain(self, host: str, path: str) -> tuple[int, dict[str, str], bytes]:
        return self.ask("GET", path, {"Host": host})

    def ask(self, method: str, target: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request(method, target, headers={"Connection": "close", **headers})
            answer = line.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            line.close()

    def page(self, key: str) -> str:
        status, headers, body = self.get(self.articles[key].url)
        assert status == 200, key
        return (gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body).decode()


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    clock = Clock()
    clock.set("2026-11-16 06:30")
    town = Town(clock)
    yield Visitor(town, clock, town.start())
    town.stop()


def test_an_absolute_address_and_a_host_header_are_answered_alike(visitor: Visitor) -> None:
    by_proxy = visitor.get("http://bencang.example/rss/tin-moi.rss")
    by_host = visitor.get_plain("bencang.example:80", "/rss/tin-moi.rss")
    assert by_proxy[0] == by_host[0] == 200
    assert by_proxy[2] == by_host[2]


def test_a_host_outside_the_town_is_no_gateway_to_the_world(visitor: Visitor) -> None:
    assert visitor.get("http://other.example/")[0] == 502


def test_nothing_is_shown_before_its_time(visitor: Visitor) -> None:
    article = visitor.articles["bc-giai-robot"]  # out at 09:15 on the 2nd
    visitor.clock.set("2026-11-02 09:14")
    assert visitor.get(article.url)[0] == 404
    assert article.key not in visitor.get("http://bencang.example/rss/tin-moi.rss")[2].decode()
    visitor.clock.set("2026-11-02 09:15")
    assert visitor.get(article.url)[0] == 200
    assert article.key in visitor.get("http://bencang.example/rss/tin-moi.rss")[2].decode()
    assert article.path in visitor.get("http://bencang.example/")[2].decode()
    assert article.path in visitor.get("http://bencang.example/giao-duc/")[2].decode()


def test_every_page_of_the_town_holds_its_title_sapo_and_body(visitor: Visitor) -> None:
    for article in visitor.articles.values():
        if not article.has_link:
            continue
        visitor.clock.now = article.visible_at
        page = html.unescape(visitor.page(article.key))
        version = article.versions[0]
        assert all(part in page for part in (version.lead, *version.body)), article.key
        assert version.title in page


def test_a_feed_is_answered_304_until_something_new_is_out(visitor: Visitor) -> None:
    url = "http://bencang.example/rss/tin-moi.rss"
    visitor.clock.set("2026-11-03 08:30")
    _, headers, _ = visitor.get(url)
    visitor.clock.set("2026-11-03 14:00")
    again = visitor.get(url, **{"If-None-Match": headers["etag"]})
    assert again[0] == 304 and again[2] == b""
    assert visitor.get(url, **{"If-Modified-Since": headers["last-modified"]})[0] == 304
    visitor.clock.set("2026-11-03 14:40")
    assert visitor.get(url, **{"If-None-Match": headers["etag"]})[0] == 200
    assert visitor.get(url, **{"If-Modified-Since": headers["last-modified"]})[0] == 200


def test_a_tag_that_differs_wins_over_the_date(visitor: Visitor) -> None:
    article = visitor.articles["bc-giai-robot"]
    _, headers, _ = visitor.get(article.url)
    both = {"If-None-Match": '"other"', "If-Modified-Since": headers["last-modified"]}
    assert visitor.get(article.url, **both)[0] == 200


def test_a_silent_edit_shows_after_its_time_under_the_same_address(visitor: Visitor) -> None:
    article = visitor.articles["tb-tuyen-dung"]
    visitor.clock.set("2026-11-08 13:59")
    assert "1.150 giáo viên" in visitor.page(article.key)
    _, headers, _ = visitor.get(article.url)
    visitor.clock.set("2026-11-08 14:00")
    status, _, body = visitor.get(article.url, **{"If-None-Match": headers["etag"]})
    assert status == 200
    assert "510 giáo viên" in body.decode() and "1.150" not in body.decode()


def test_a_removed_article_answers_410_or_404_and_leaves_the_feed(visitor: Visitor) -> None:
    for key, feed, status, before, after in (
        ("tb-phat-tre-thuy-nguyen", "/rss/home.rss", 410, "2026-11-13 08:59", "2026-11-13 09:00"),
        ("nn-pho-co-xe-dien", "/rss/tin-moi.rss", 404, "2026-11-14 11:59", "2026-11-14 12:00"),
    ):
        article = visitor.articles[key]
        visitor.clock.set(before)
        assert visitor.get(article.url)[0] == 200
        visitor.clock.set(after)
        assert visitor.get(article.url)[0] == status
        assert key not in visitor.get(f"http://{article.outlet.host}{feed}")[2].decode()


def test_an_outlet_goes_down_for_two_days(visitor: Visitor) -> None:
    for local, status in (("2026-11-07 21:59", 200), ("2026-11-07 22:00", 503), ("2026-11-09 21:59", 503)):
        visitor.clock.set(local)
        answer = visitor.get("http://nhanlong.example/feed.rss")
        assert answer[0] == status
        assert ("retry-after" in answer[1]) == (status == 503)
    visitor.clock.set("2026-11-09 22:00")
    assert visitor.get("http://nhanlong.example/robots.txt")[0] == 200


def test_robots_close_one_folder_with_two_articles_in_it(visitor: Visitor) -> None:
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(visitor.get("http://nhipngay.example/robots.txt")[2].decode().splitlines())
    closed = [
        a.key for a in visitor.articles.values() if a.outlet.id == "nhipngay" and not rules.can_fetch("HaiDang", a.url)
    ]
    assert closed == ["nn-bd-xe-dua-don", "nn-bd-lop-hoc-them"]
    assert "Crawl-delay: 0" in gzip.decompress(visitor.get("http://tingop.example/robots.txt")[2]).decode()
    assert visitor.get("http://vinham.example/robots.txt")[0] == 404


def test_an_aggregator_answers_compressed(visitor: Visitor) -> None:
    _, headers, body = visitor.get("http://tingop.example/rss/nong.rss")
    assert headers["content-encoding"] == "gzip"
    assert int(headers["content-length"]) == len(body)
    assert ElementTree.fromstring(gzip.decompress(body)).tag == "rss"


@pytest.mark.parametrize(
    ("host", "path", "encoding"),
    [("vinham.example", "/rss/tin.xml", "windows-1258"), ("daisongcam.example", "/rss", "utf-16")],
)
def test_old_encodings_come_back_as_the_same_text(visitor: Visitor, host: str, path: str, encoding: str) -> None:
    _, _, body = visitor.get(f"http://{host}{path}")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    seen = nfc(body.decode(encoding))
    titles = [a.versions[0].title for a in visitor.articles.values() if a.outlet.host == host]
    assert all(title.replace("&", "&amp;") in seen for title in titles)


def test_one_outlet_speaks_atom(visitor: Visitor) -> None:
    root = ElementTree.fromstring(visitor.get("http://bangden.example/atom.xml")[2])
    atom = "{http://www.w3.org/2005/Atom}"
    assert root.tag == f"{atom}feed"
    links = {link.get("href") for link in root.iter(f"{atom}link")}
    ours = {a.url for a in visitor.articles.values() if a.outlet.id == "bangden"}
    assert ours <= links


def test_a_feed_never_holds_more_than_thirty(visitor: Visitor) -> None:
    for outlet in outlets(visitor.town.articles).values():
        for feed in outlet.feeds:
            answer = visitor.town.respond(outlet.host, feed.path)
            body = gzip.decompress(answer.body) if outlet.gzip else answer.body
            entries = len(re.findall(rb"<\0?i\0?t\0?e\0?m\0?>|<entry>", body))
            assert 0 < entries <= MOST, (outlet.id, feed.path)


def items(visitor: Visitor, url: str) -> dict[str, ElementTree.Element]:
    _, headers, body = visitor.get(url)
    root = ElementTree.fromstring(gzip.decompress(body) if "content-encoding" in headers else body)
    return {item.findtext("title") or "": item for item in root.iter("item")}


def test_broken_entries_stand_in_the_feeds(visitor: Visitor) -> None:
    visitor.clock.set("2026-11-10 12:00")
    no_link = items(visitor, "http://tingop.example/rss/nong.rss")["Lịch nghỉ học tránh bão của các trường ở Hải Phòng"]
    assert no_link.find("link") is None and no_link.find("guid") is None
    future = items(visitor, "http://phuongnam.example/rss/trang-chu.rss")[
        "TP HCM chạy 46 tuyến xe buýt điện riêng cho học sinh"
    ]
    assert "05 Jan 2027" in (future.findtext("pubDate") or "")
    undated = visitor.get("http://vinham.example/rss/tin.xml")[2].decode("cp1258")
    assert undated.count("<item>") == undated.count("<pubDate>") + 1
    wrapped = items(visitor, "http://nhipngay.example/rss/giao-duc.rss").values()
    assert all("<img src=" in (item.findtext("description") or "") for item in wrapped)


def dated(page: str) -> tuple[bool, bool, bool, bool]:
    """Where a page gives its time: JSON-LD, Open Graph, a time tag, visible text."""
    return (
        "datePublished" in page,
        'property="article:published_time"' in page,
        "<time " in page,
        bool(re.search(r"Thứ \w+, \d\d/\d\d/\d{4} - |Chủ Nhật, \d\d", page)),
    )


def test_layouts_give_the_time_in_different_places(visitor: Visitor) -> None:
    first: dict[str, Article] = {}
    for article in visitor.articles.values():
        if article.has_link:
            first.setdefault(article.outlet.layout, article)
    seen = {layout: dated(visitor.page(article.key)) for layout, article in first.items()}
    assert len(seen) == 7
    assert len(set(seen.values())) >= 4
    assert seen["portal"] == (False, False, False, True)  # for people only


def test_json_ld_is_json_with_the_title_of_the_page(visitor: Visitor) -> None:
    page = visitor.page("nn-lam-thu-luong-khe")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data = json.loads(found.group(1))
    assert data["headline"] == visitor.articles["nn-lam-thu-luong-khe"].versions[0].title
    assert data["datePublished"] == "2026-11-06T07:10:00+07:00"


def test_pages_carry_menus_and_readers_comments_around_the_text(visitor: Visitor) -> None:
    page = visitor.page("tb-bao-luc-kim-thanh")
    outlet = visitor.articles["tb-bao-luc-kim-thanh"].outlet
    assert all(comment in page for comment in outlet.comments)
    assert "Đọc nhiều" in page and "hư cấu" in page


def test_head_gives_headers_alone_and_posts_are_refused(visitor: Visitor) -> None:
    status, headers, body = visitor.head("http://bencang.example/")
    assert status == 200 and int(headers["content-length"]) > 500 and body == b""
    assert visitor.ask("POST", "http://bencang.example/", {})[0] == 501


def test_the_town_remembers_what_it_was_asked(visitor: Visitor) -> None:
    visitor.get("http://bencang.example/nothing?x=1")
    assert [(asked.host, asked.path, asked.status) for asked in visitor.town.asked] == [
        ("bencang.example", "/nothing?x=1", 404)
    ]


def test_the_source_files_are_good_and_name_addresses_that_answer(visitor: Visitor) -> None:
    from config.loader import load_folder

    sources, errors = load_folder(SOURCES)
    assert not errors
    town = outlets(visitor.town.articles)
    assert {source.home for source in sources.values()} == {f"http://{host}" for host in town}
    for source in sources.values():
        assert source.enabled and not source.verified  # nobody has seen these over a network, nobody will
        for channel in source.channels:
            assert visitor.get(channel.url)[0] == 200
