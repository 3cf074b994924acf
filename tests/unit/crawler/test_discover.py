"""Where a site may be watched, told from its page and its robots.txt alone."""

from __future__ import annotations

import pytest

from crawler.discover import (
    MOST_FEEDS,
    MOST_SITEMAPS,
    asks_to_log_in,
    candidates,
    in_robots,
    language,
    list_of_feeds,
    on_page,
    site_name,
)

HOME = "https://bencang.example/"


def link(href: str, kind: str = "application/rss+xml", rel: str = "alternate", title: str = "") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}" title="{title}">'


def page(head: str = "", body: str = "<p>Tin mới</p>") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def urls(head: str = "", body: str = "", robots: str = "") -> list[tuple[str, str]]:
    return [(c.kind, c.url.removeprefix(HOME)) for c in candidates(page(head, body), robots, HOME)]


def test_what_the_page_names_comes_first_and_education_before_the_rest() -> None:
    head = link("/rss/home.rss") + link("/rss/giao-duc.rss") + link("/atom", "application/atom+xml; charset=utf-8")
    assert urls(head, '<a href="/rss/van-hoa.rss">Văn hóa</a>') == [
        ("feed", "rss/giao-duc.rss"),
        ("feed", "rss/home.rss"),
        ("feed", "atom"),
        ("feed", "rss/van-hoa.rss"),
        ("sitemap", "sitemap_news.xml"),
        ("sitemap", "sitemap.xml"),
        ("listing", ""),
    ]


def test_where_the_page_names_none_the_usual_addresses_are_worth_a_try() -> None:
    assert urls() == [
        ("feed", "rss"),
        ("feed", "feed"),
        ("feed", "rss.xml"),
        ("sitemap", "sitemap_news.xml"),
        ("sitemap", "sitemap.xml"),
        ("listing", ""),
    ]


def test_without_a_page_there_is_no_listing() -> None:
    assert [c.kind for c in candidates("", "Sitemap: https://bencang.example/s.xml", HOME)] == [
        "feed", "feed", "feed", "sitemap",
    ]  # fmt: skip


def test_a_title_in_vietnamese_says_what_a_feed_is_about() -> None:
    head = link("/rss/1.rss", title="Thời sự") + link("/rss/2.rss", title="GIÁO DỤC")
    assert urls(head)[0] == ("feed", "rss/2.rss")


def test_addresses_are_made_whole_by_the_base_of_the_page() -> None:
    head = '<base href="https://cdn.bencang.example/tin/">' + link("rss.xml#dau")
    assert on_page(page(head), HOME)[0].url == "https://cdn.bencang.example/tin/rss.xml"


@pytest.mark.parametrize(
    "head",
    [
        link("/binh-luan/feed"),
        link("/comments/feed/"),
        link("/style.css", "text/css"),
        link("/m", "text/html"),
        link("/rss", rel="stylesheet"),
        link("javascript:alert(1)"),
        link("data:text/xml,<rss/>"),
        link("https://nguoi:matkhau@bencang.example/rss"),
        link("https://[hong/rss"),
        link("/a b/rss.xml"),
        link("/" + "x" * 3000),
        link(""),
        '<link rel="alternate" type="application/rss+xml">',
    ],
)
def test_what_is_no_feed_of_news_or_no_address_is_left_alone(head: str) -> None:
    assert on_page(page(head), HOME) == []


def test_links_that_look_like_feeds_count_on_the_own_site_only() -> None:
    body = (
        '<a href="/rss/the-thao.rss">Thể thao</a><a href="https://m.bencang.example/feed/">m</a>'
        '<a href="https://khac.example/rss/giao-duc.rss">khác</a><a href="/tin/rss-la-gi-100400.html">RSS là gì</a>'
        '<a href="/giao-duc.rss?type=1">Giáo dục</a>'
    )
    assert [c.url for c in on_page(page(body=body), HOME)] == [
        "https://bencang.example/rss/the-thao.rss",
        "https://m.bencang.example/feed/",
        "https://bencang.example/giao-duc.rss?type=1",
    ]


def test_sitemaps_of_robots_txt_the_news_first_each_once() -> None:
    robots = (
        "User-agent: *\nDisallow: /\n# Sitemap: /tat.xml\n"
        "SITEMAP:https://bencang.example/a.xml\n sitemap : /b.xml # chung\nSitemap:\nSitemap: ftp://x/c.xml\n"
        "Sitemap: https://bencang.example/a.xml\nSitemap: /news.xml\nSitemap: /d.xml\nSitemap: /e.xml\n"
    )
    assert [c.url.removeprefix(HOME) for c in in_robots(robots, HOME)] == [
        "a.xml",
        "b.xml",
        "news.xml",
        "d.xml",
        "e.xml",
    ]
    kept = [url for kind, url in urls(robots=robots) if kind == "sitemap"]
    assert kept == ["news.xml", "a.xml", "b.xml"]
    assert len(kept) == MOST_SITEMAPS


def test_a_page_of_thousands_of_links_costs_a_handful_of_tries() -> None:
    head = "".join(link(f"/rss/{n}.rss") for n in range(3000))
    body = "".join(f'<a href="/rss/x{n}.rss">{n}</a>' for n in range(20_000))
    found = candidates(page(head, body), "Sitemap: /s.xml\n" * 100_000, HOME)
    assert sum(c.kind == "feed" for c in found) == MOST_FEEDS
    assert len(found) <= MOST_FEEDS + MOST_SITEMAPS + 1


@pytest.mark.parametrize("text", ["", "\x00\x01", "<", "<html", "<a href=", "{" * 1000, "<b>" * 5000])
def test_no_page_is_too_broken_to_be_looked_at(text: str) -> None:
    assert on_page(text, HOME) == []
    assert list_of_feeds(text, HOME) is None
    assert isinstance(site_name(text), str)
    assert asks_to_log_in(text) is False
    assert language(text) == "vi"


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/rss", "https://bencang.example/rss"),
        ("/rss/", "https://bencang.example/rss/"),
        ("/kenh-rss.html", "https://bencang.example/kenh-rss.html"),
        ("/RSS.aspx", "https://bencang.example/RSS.aspx"),
        ("https://khac.example/rss", None),
        ("/rss/giao-duc.rss", None),
        ("/progress", None),
    ],
)
def test_the_page_that_lists_the_feeds(href: str, found: str | None) -> None:
    assert list_of_feeds(page(body=f'<a href="{href}">RSS</a>'), HOME) == found


def test_what_a_site_calls_itself() -> None:
    assert site_name(page('<title>Trang nhất</title><meta property="og:site_name" content=" Báo  Bến\nCảng ">')) == (
        "Báo Bến Cảng"
    )
    assert site_name(page("<title>Cổng thông tin &amp; truyền thông</title>")) == "Cổng thông tin & truyền thông"
    assert len(site_name(page(f"<title>{'Báo ' * 500}</title>"))) <= 120


def test_its_language_and_whether_it_is_closed() -> None:
    assert [language(f'<html class="x" lang="{said}">') for said in ("vi-VN", "en", "en-US", "zh-Hans", "lo")] == [
        "vi", "en", "en", "zh", "vi",
    ]  # fmt: skip
    assert asks_to_log_in(page(body='<form><input type="PASSWORD"></form>'))
    assert not asks_to_log_in(page(body='<form><input type="search"></form>'))
