"""Sitemaps: what is new enough is taken, what is not ours is refused, what is broken is read as far as it goes."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import Any

import pytest

from config.sources import Channel
from crawler.channels.sitemap import KIND
from crawler.feeds import Feed
from store.model import FetchKind, FetchOutcome

NOON = 1_795_150_800_000
DAY = 24 * 3_600_000
URL = "https://bencang.example/sitemap.xml"
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWSNS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def urlset(*urls: str, more: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?><urlset {XMLNS} {NEWSNS} {more}>'
    return (head + "".join(f"<url>{url}</url>" for url in urls) + "</urlset>").encode()


def index(*maps: str) -> bytes:
    head = f'<?xml version="1.0"?><sitemapindex {XMLNS}>'
    return (head + "".join(f"<sitemap>{m}</sitemap>" for m in maps) + "</sitemapindex>").encode()


def plain(path: str, lastmod: str | None = "2026-11-20T08:00:00+07:00", host: str = "https://bencang.example") -> str:
    return f"<loc>{host}{path}</loc>" + (f"<lastmod>{lastmod}</lastmod>" if lastmod else "")


def news(path: str, title: str, at: str | None = "2026-11-20T09:30:00+07:00") -> str:
    date = f"<news:publication_date>{at}</news:publication_date>" if at else ""
    return (
        f"<loc>https://bencang.example{path}</loc><news:news><news:publication><news:name>Bến Cảng</news:name>"
        f"<news:language>vi</news:language></news:publication>{date}<news:title>{title}</news:title></news:news>"
    )


def read(body: bytes, url: str = URL, **channel: Any) -> Feed:
    return KIND.read(body, "application/xml", url, NOON, Channel(kind="sitemap", url=URL, **channel))


def paths(found: Feed) -> list[str]:
    return [entry.canonical_url.removeprefix("https://bencang.example") for entry in found.entries]


def codes(found: Feed) -> list[str]:
    return [fault.code for fault in found.faults]


def test_a_news_sitemap_gives_title_and_time() -> None:
    (entry,) = read(urlset(news("/tin/hoc-phi-100401.html", "Học phí &amp; lộ trình"))).entries
    assert (entry.title, entry.summary, entry.section) == ("Học phí & lộ trình", "", None)
    assert entry.published is not None
    assert (entry.published.at, entry.published.source) == (NOON - 9_000_000, "sitemap")
    assert entry.published.confidence == 0.95


def test_a_plain_sitemap_gives_addresses_whose_pages_are_to_be_fetched() -> None:
    (entry,) = read(urlset(plain("/tin/bai-100402.html"))).entries
    assert (entry.title, entry.url) == ("", "https://bencang.example/tin/bai-100402.html")
    assert entry.published is not None
    assert entry.published.confidence == 0.3  # a lastmod is a change, not a publication


def test_newest_first_and_old_ones_left_alone() -> None:
    found = read(
        urlset(
            plain("/cu.html", "2026-11-16T11:00:00+07:00"),
            plain("/hom-kia.html", "2026-11-18T08:00:00Z"),
            plain("/moi.html", "2026-11-20T10:00+07:00"),
            plain("/ngay.html", "2026-11-17"),  # a day alone lasts until its end
            plain("/qua-cu.html", "2026-11-15"),
        )
    )
    assert paths(found) == ["/moi.html", "/hom-kia.html", "/ngay.html"]
    assert codes(found) == []
    assert paths(read(urlset(plain("/cu.html", "2026-11-16T11:00:00+07:00")), max_age_days=5)) == ["/cu.html"]


def test_without_a_date_only_news_or_an_address_that_tells_its_day() -> None:
    undated = urlset(plain("/a-100.html", None), plain("/b-200.html", None), plain("/c.html"))
    found = read(undated)
    assert paths(found) == ["/c.html"]
    assert [(f.code, f.message[:2]) for f in found.faults] == [("undated", "2 ")]
    assert paths(read(urlset(news("/a-100.html", "Tin một", None)))) == ["/a-100.html"]

    dated = "https://tuoitre.vn/truong-moi-100261120081500123.htm"
    listed = KIND.read(dated.encode(), "text/plain", "https://tuoitre.vn/sitemap.txt", NOON, None)
    assert [(e.canonical_url, e.published.source if e.published else "") for e in listed.entries] == [(dated, "url")]


def test_a_date_in_the_future_does_not_lose_the_address() -> None:
    found = read(urlset(plain("/mai.html", "2026-11-21T08:00:00+07:00")))
    assert paths(found) == ["/mai.html"]
    assert found.entries[0].published is None
    assert codes(found) == ["date_impossible"]


def test_dates_of_another_form_are_read_and_rubbish_is_counted_once() -> None:
    found = read(urlset(plain("/a.html", "20/11/2026 08:00"), *(plain(f"/x{i}.html", "hôm qua") for i in range(50))))
    assert paths(found) == ["/a.html"]
    assert sorted(codes(found)) == ["date_unreadable", "undated"]


def test_other_hosts_may_not_be_spoken_for() -> None:
    found = read(
        urlset(
            plain("/a.html"),
            plain("/b.html", host="https://evil.example"),
            plain("/c.html", host="https://bеncang.example"),  # a Cyrillic е
            plain("/d.html", host="https://tuyensinh.bencang.example"),
            "<loc>javascript:alert(1)</loc><lastmod>2026-11-20</lastmod>",
            "<loc>//evil.example/e.html</loc><lastmod>2026-11-20</lastmod>",
            "<loc>/f.html</loc><lastmod>2026-11-20</lastmod>",
            "<loc>https://u:p@bencang.example/g.html</loc><lastmod>2026-11-20</lastmod>",
        )
    )
    assert paths(found) == ["/a.html", "https://tuyensinh.bencang.example/d.html", "/f.html"]
    assert sorted(codes(found)) == ["bad_link", "bad_link", "foreign_host"]
    assert next(f.message for f in found.faults if f.code == "foreign_host").startswith("3 addresses")


def test_only_paths_like_an_articles() -> None:
    body = urlset(plain("/giao-duc/a.html"), plain("/the-thao/b.html"), plain("/giao-duc"))
    assert paths(read(body, path_like=r"^/giao-duc/.+\.html$")) == ["/giao-duc/a.html"]


def test_images_videos_and_translations_are_passed_over() -> None:
    more = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    extra = (
        "<image:image><image:loc>https://anh.example/1.jpg</image:loc><image:title>Ảnh</image:title></image:image>"
        '<xhtml:link rel="alternate" hreflang="en" href="https://bencang.example/en/a.html"/>'
        "<image:loc>https://bencang.example/anh.html</image:loc>"
    )
    found = read(urlset(extra + plain("/a.html"), more=more))
    assert paths(found) == ["/a.html"]
    assert found.entries[0].title == ""


@pytest.mark.parametrize(
    "space", ["", 'xmlns="http://www.google.com/schemas/sitemap/0.84"', 'xmlns:s="x"', 'xmlns="https://x.example"']
)
def test_old_wrong_and_missing_namespaces(space: str) -> None:
    body = f"<urlset {space}><url>{plain('/a.html')}</url></urlset>".encode()
    assert paths(read(body)) == ["/a.html"]


def test_one_address_twice_is_one_entry() -> None:
    found = read(urlset(plain("/a.html"), plain("/a.html?utm_source=x")))
    assert paths(found) == ["/a.html"]
    assert codes(found) == ["duplicate"]


def test_at_most_a_thousand_the_newest() -> None:
    body = urlset(*(plain(f"/bai-{i}.html", f"2026-11-{19 + i % 2}T08:00:00+07:00") for i in range(1500)))
    found = read(body)
    assert len(found.entries) == 1000
    assert all(int(path[5:-5]) % 2 for path in paths(found)[:750])
    assert codes(found) == ["too_many_entries"]


def test_gzip_is_told_by_its_bytes_and_a_cut_one_gives_what_stands_before() -> None:
    whole = urlset(*(plain(f"/bai-{i}.html", f"2026-11-20T{i % 12:02}:{i % 60:02}:00+07:00") for i in range(900)))
    packed = gzip.compress(whole)
    assert len(read(packed).entries) == 900
    assert len(read(gzip.compress(whole[:2000]) + gzip.compress(whole[2000:])).entries) == 900  # two members
    cut = read(packed[: len(packed) // 2])
    assert 100 < len(cut.entries) < 900
    assert {"gzip_broken", "not_well_formed"} <= set(codes(cut))
    assert set(paths(cut)) <= set(paths(read(whole)))  # no address that was cut in two


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    found = read(gzip.compress(b"\0" * (60 * 1024 * 1024)))
    assert found.not_a_feed == "not a sitemap: more than 52428800 bytes uncompressed"


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    body = urlset(plain("/a.html"), plain("/b.html")).replace(b"</urlset>", b"<url><loc>https://bencang.exa")
    found = read(body)
    assert paths(found) == ["/a.html", "/b.html"]
    assert codes(found) == ["not_well_formed"]


def test_a_bare_ampersand_costs_no_address_but_its_own_rest() -> None:
    found = read(urlset(plain("/a.html?x=1&y=2"), plain("/b.html")))
    assert paths(found)[-1] == "/b.html"
    assert "not_well_formed" in codes(found)


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "x" * 10}">' for i in range(10))
    for declared in (bomb, '<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY % x SYSTEM "http://evil.example/">%x;'):
        body = f"<!DOCTYPE urlset [{declared}]><urlset {XMLNS}><url><loc>&l9;&x;</loc></url></urlset>".encode()
        found = read(body)
        assert found.entries == ()
        assert "document type" in (found.not_a_feed or "")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<!DOCTYPE html><html><head><title>404</title></head></html>", "an HTML page"),
        (b"<html><body>x</body></html>", "an HTML page"),
        (b"<rss version='2.0'><channel/></rss>", "`kind: feed`"),
        (b'{"error": 1}', "neither XML nor a list"),
        (b"%PDF-1.4 xxxx", "neither XML nor a list"),
        (b"<thing/>", "root is <thing>"),
        (b"<", "not XML"),
        (b"\x1f\x8b rubbish", "empty"),
    ],
)
def test_what_is_no_sitemap_says_what_it_is(body: bytes, words: str) -> None:
    found = read(body)
    assert found.entries == ()
    assert words in (found.not_a_feed or "")


def test_other_encodings() -> None:
    text = urlset(news("/a.html", "Trường mới")).decode()
    for name in ("utf-16", "utf-8-sig"):
        body = text.replace("UTF-8", name).encode(name)
        assert [e.title for e in read(body).entries] == ["Trường mới"], name


def test_an_empty_sitemap_is_no_error() -> None:
    assert read(urlset()) == Feed()


# ── an index and its children ───────────────────────────────────────────────────────────────────────


def queue(row: Any) -> list[str]:
    return [url.removeprefix("https://bencang.example") for url in json.loads(row.cursor or "[]")]


def test_an_index_is_visited_with_its_newest_children(row: Any, fetched: Any, settings: Any) -> None:
    body = index(
        plain("/sm/2026-10.xml", "2026-11-01T00:00:00+07:00"),
        plain("/sm/2026-11.xml", "2026-11-20T11:00:00+07:00"),
        plain("/sm/2019-01.xml", "2019-02-01T00:00:00+07:00"),
        plain("/sm/chuyen-muc.xml", "2026-11-20T11:30:00+07:00"),
        plain("/sm/news.xml", "2026-11-20T10:00:00+07:00"),
        plain("/sm/trang.xml", None),
        plain("/sm/evil.xml", host="https://evil.example"),
    )
    first = KIND.remember(row(URL, FetchKind.SITEMAP), fetched(URL, FetchKind.SITEMAP, headers={"etag": '"i"'}), body)
    assert queue(first) == ["/sm/news.xml", "/sm/2026-11.xml", "/sm/chuyen-muc.xml", "/sm/trang.xml"]
    assert first.etag is None  # an index that stays the same may have children that changed
    assert KIND.ask(first, settings()).url == "https://bencang.example/sm/news.xml"
    assert KIND.read(body, None, URL, NOON, None) == Feed()


def test_the_visit_goes_through_the_children_and_ends(row: Any, fetched: Any, settings: Any) -> None:
    state = row(URL, FetchKind.SITEMAP)
    body = index(*(plain(f"/sm/{i}.xml") for i in range(9)))
    asked = []
    for page in range(8):
        ask = KIND.ask(state, settings())
        asked.append(ask.url.rpartition("/")[2])
        outcome = FetchOutcome.GONE if page == 2 else FetchOutcome.FETCHED  # one child is gone
        answer = body if page == 0 else urlset(plain(f"/bai-{page}.html"))
        done = fetched(ask.url, FetchKind.SITEMAP, outcome=outcome)
        state = KIND.remember(state, done, None if page == 2 else answer)
        if state.cursor is None:
            break
        state = type(state)(**{name: getattr(state, name) for name in state.__slots__} | {"pages": page + 1})
    assert asked == ["sitemap.xml", "0.xml", "1.xml", "2.xml", "3.xml"]


def test_children_that_did_not_change_since_the_last_visit_are_spared(row: Any, fetched: Any) -> None:
    state = row(URL, FetchKind.SITEMAP, last_ok_at=NOON - DAY)
    body = index(plain("/sm/cu.xml", "2026-11-10"), plain("/sm/moi.xml", "2026-11-20"))
    assert queue(KIND.remember(state, fetched(URL, FetchKind.SITEMAP), body)) == ["/sm/moi.xml"]


def test_children_of_which_nothing_tells_which_is_new_all_have_their_turn(row: Any, fetched: Any) -> None:
    names = [f"/sm/bai-{number}.xml" for number in range(30)]
    body, asked = index(*[plain(name, None) for name in names]), []
    for hour in range(7 * 24):
        done = replace(fetched(URL, FetchKind.SITEMAP), finished_at=NOON + hour * 3_600_000)
        found = queue(KIND.remember(row(URL, FetchKind.SITEMAP), done, body))
        assert {names[0], names[-1]} <= set(found), "whichever end a generator writes to"
        asked += found
    assert set(asked) == set(names)
    assert len(asked) == 7 * 24 * 4, "and no visit is longer for it"


def test_an_index_of_indexes_that_names_itself_ends(row: Any, fetched: Any) -> None:
    body = index(plain("/sitemap.xml"), plain("/sm/a.xml"))
    first = KIND.remember(row(URL, FetchKind.SITEMAP), fetched(URL, FetchKind.SITEMAP), body)
    assert queue(first) == ["/sm/a.xml"]
    again = KIND.remember(first, fetched("https://bencang.example/sm/a.xml", FetchKind.SITEMAP), body)
    assert queue(again) == []


def test_a_plain_sitemap_keeps_its_validators(row: Any, fetched: Any, settings: Any) -> None:
    headers = {"etag": '"v1"', "cache-control": "max-age=600"}
    state = KIND.remember(
        row(URL, FetchKind.SITEMAP), fetched(URL, FetchKind.SITEMAP, headers=headers), urlset(plain("/a.html"))
    )
    assert (state.etag, state.hint_ms, state.cursor) == ('"v1"', 600_000, None)
    assert KIND.ask(state, settings()).headers == {"If-None-Match": '"v1"'}


@pytest.mark.parametrize("cursor", ["", "x", "{}", "[1]", '["', "null", "[[]]"])
def test_a_cursor_that_is_no_list_starts_again(row: Any, settings: Any, cursor: str) -> None:
    assert KIND.ask(row(URL, FetchKind.SITEMAP, cursor=cursor), settings()).url == URL
