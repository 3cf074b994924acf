"""Listing pages of several layouts: headlines in, menus and other sites out, and a clear word when none is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config.sources import Channel
from crawler.channels.listing import KIND
from crawler.feeds import Feed
from store.model import FetchKind

NOON = 1_795_150_800_000
PAGES = Path(__file__).resolve().parents[3] / "pages"
HOME = "https://bencang.example/giao-duc"


def read(html: str | bytes, url: str = HOME, **channel: Any) -> Feed:
    body = html if isinstance(html, bytes) else html.encode()
    return KIND.read(body, "text/html", url, NOON, Channel(kind="listing", url=url, **channel))


def page(name: str, url: str = HOME, **channel: Any) -> Feed:
    return read((PAGES / name).read_bytes(), url, **channel)


def titles(found: Feed) -> list[str]:
    return [entry.title for entry in found.entries]


def codes(found: Feed) -> list[str]:
    return [fault.code for fault in found.faults]


def cards(count: int) -> str:
    return "".join(
        f'<h3><a href="/tin/bai-viet-so-{i}-1004{i:02}.html">Bài viết số {i} về trường</a></h3>' for i in range(count)
    )


# ── layouts ─────────────────────────────────────────────────────────────────────────────────────────


def test_cards_in_the_order_of_the_page() -> None:
    found = page("listing_cards.html")
    assert titles(found) == [
        "Trường Sao Biển mở thêm ba lớp mầm non",
        "Học phí năm học mới giữ nguyên",
        "Giải bơi",
        "Đội bếp ăn bán trú kể chuyện",
        "Lễ khai giảng trên đảo Vịnh Ấm",
    ]
    assert [(f.code, f.message.split()[0]) for f in found.faults] == [("foreign_host", "1")]


def test_teaser_and_time_come_from_the_same_card() -> None:
    first, second, third, fourth, _ = page("listing_cards.html").entries
    assert first.summary.startswith("Phụ huynh phường Cầu Gió không còn")
    assert first.published is not None
    assert (first.published.at, first.published.source) == (NOON - 12_600_000, "listing")
    assert second.summary.startswith("Ba bậc học ở xã Bãi Triều")
    assert second.published is None
    assert third.summary == ""
    assert fourth.summary.startswith("Bốn giờ sáng")
    assert first.canonical_url == "https://bencang.example/giao-duc/truong-sao-bien-mo-them-ba-lop-mam-non-100401.html"


def test_the_tables_of_commune_portals_with_a_base_address() -> None:
    found = page("listing_portal_table.html", "https://baitrieu.example/tin-tuc")
    assert [(e.title, e.published.at if e.published else None) for e in found.entries] == [
        ("Trường Tiểu học Bãi Triều đón bằng chuẩn quốc gia", 1_795_107_600_000),
        ("Thông báo lịch tiêm chủng cho học sinh lớp một", 1_795_071_900_000),
        ("Xã Bãi Triều họp bàn sửa cầu đến trường", 1_794_934_800_000),
        ("Kết quả hội thi viết chữ đẹp cấp xã năm 2026", 1_794_848_400_000),
    ]
    assert found.entries[0].url.startswith("https://baitrieu.example/web/xa/tin-tuc/-/asset_publisher/")
    assert found.entries[2].url == "https://baitrieu.example/Pages/ChiTietTin.aspx?ItemID=4417&ListID=2"
    assert found.faults[0].message.startswith("1 headlines can be followed by a script only")


def test_endless_pages_that_keep_the_address_in_an_attribute() -> None:
    found = page("listing_endless.html", "https://vinham.example/")
    assert titles(found) == [
        "Nối dài giờ trông trẻ ở trường mầm non",
        "Thư viện số cho học sinh đảo",
        "Hai cô giáo trẻ xin ra đảo",
    ]
    assert found.entries[0].summary.startswith("Từ tháng mười hai")
    assert codes(found) == ["script_links"]


def test_the_plain_list_of_the_samples() -> None:
    found = page("bencang_listing.html")
    assert len(found.entries) == 40
    assert all(entry.summary for entry in found.entries)


# ── the administrator's own rules ───────────────────────────────────────────────────────────────────


def test_a_selector_decides_alone() -> None:
    html = '<div class="tin"><a href="/x">Ngắn</a></div><h3><a href="/tin/bai-khac-100.html">Một bài khác hẳn</a></h3>'
    assert titles(read(html, links=".tin a")) == ["Ngắn"]
    assert titles(read(html, links=".tin")) == ["Ngắn"]  # a box around the link will do
    assert titles(read('<a href="/bai-7"><b class="t">Trong liên kết</b></a>', links=".t")) == ["Trong liên kết"]


def test_a_selector_that_matches_nothing_asks_whether_the_layout_changed() -> None:
    found = page("listing_cards.html", links="h3.tieu-de a")
    assert found.not_a_feed == "not a listing: nothing matches 'h3.tieu-de a'; has the layout changed?"


def test_only_paths_like_an_articles() -> None:
    found = page("listing_cards.html", path_like=r"^/video/\d+")
    assert titles(found) == ["Lễ khai giảng trên đảo Vịnh Ấm"]


# ── what a link is called ───────────────────────────────────────────────────────────────────────────


def test_the_heading_beats_the_longer_teaser_link() -> None:
    html = (
        '<div><h3><a href="/a-100401.html">Trường làng có thư viện</a></h3><p><a href="/a-100401.html">Căn phòng cũ bỏ '
        "không ba năm nay đầy tiếng trẻ con đọc sách mỗi chiều, nhờ góp sức của cả xóm.</a></p></div>" + cards(9)
    )
    entry = read(html).entries[0]
    assert entry.title == "Trường làng có thư viện"
    assert entry.summary.startswith("Căn phòng cũ")


def test_the_longest_of_equal_titles_and_first_place_is_kept() -> None:
    html = (
        '<a href="/a-100401.html">Trường làng</a>'
        + cards(9)
        + '<a href="/a-100401.html">Trường làng có thư viện mới</a>'
    )
    assert titles(read(html))[0] == "Trường làng có thư viện mới"


def test_marks_before_a_headline_and_markup_in_a_title_are_dropped() -> None:
    html = '<a href="/a-100401.html">» Trường làng</a>'
    html += '<a href="/b-100402.html" title="&lt;b&gt;Xóm nhỏ&lt;/b&gt; học chữ"></a>'
    assert titles(read(html + cards(9)))[:2] == ["Trường làng", "Xóm nhỏ học chữ"]


# ── the gate ────────────────────────────────────────────────────────────────────────────────────────


def test_an_article_is_no_listing() -> None:
    found = page("bencang_article.html", "https://bencang.example/tin/bai-100300.html")
    assert "article" in (found.not_a_feed or "")
    said = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Một bài"}</script>' + cards(20)
    assert read(said).not_a_feed == "not a listing: the page says of itself that it is an article"
    assert len(read(said, links="h3 a").entries) == 20  # the administrator says that it is a listing


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", "empty"),
        ("<html><body></body></html>", "has the layout changed?"),
        ('<a href="/">Trang chủ</a><a href="/lien-he">Liên hệ</a>', "has the layout changed?"),
        ('<h3><a href="javascript:mo(1)">Lịch thi học kỳ một toàn trường</a></h3>', "only a script can follow"),
        ("\x00\x01\x02", "empty"),
    ],
)
def test_a_page_without_headlines_says_so(html: str, words: str) -> None:
    found = read(html)
    assert words in (found.not_a_feed or "")
    assert found.entries == ()


def test_links_that_are_none() -> None:
    bad = [
        "javascript:alert(document.cookie)//bai-100400.html",
        "JaVaScRiPt:x",
        "data:text/html,<h1>x</h1>",
        "mailto:a@b.example",
        "tel:0123456789",
        "#bai-100400",
        "https://evil.example/bai-100400.html",
        "https://bеncang.example/bai-100400.html",  # a Cyrillic е
        "https://bencang.example@evil.example/bai-100400.html",
        "https://u:p@bencang.example/bai-100400.html",
        "//evil.example/bai-100400.html",
        "http://[::1/bai-100400.html",
        "https://bencang.example:99999/bai-100400.html",
        "/anh-100400.jpg",
        "/" + "a" * 3000 + "-100400.html",
        "\\\\evil.example\\bai-100400.html",
    ]
    html = "".join(f'<h3><a href="{link}">Một tiêu đề đủ dài để là tiêu đề bài</a></h3>' for link in bad)
    found = read(html + cards(10))
    assert titles(found) == [f"Bài viết số {i} về trường" for i in range(10)]


def test_a_base_on_another_host_makes_relative_links_foreign() -> None:
    found = read('<base href="https://evil.example/">' + cards(10))
    assert found.entries == ()
    assert "no link to an article" in (found.not_a_feed or "")


def test_two_hundred_at_most_and_a_huge_page_takes_bounded_time() -> None:
    many = "".join(f'<h3><a href="/bai-{i:06}.html">Bài số {i} của một trang quá dài</a></h3>' for i in range(60_000))
    assert len(read(many).entries) == 200
    same = "<div>" + '<a href="/bai-100499.html">Cùng một địa chỉ, rất nhiều lần</a>' * 30_000 + "</div>"
    assert len(read(cards(10) + same).entries) == 11
    deep = "<div>" * 20_000 + cards(10)
    assert read(deep).not_a_feed is None or "layout" in (read(deep).not_a_feed or "")


def test_windows_1258_and_letters_that_are_missing() -> None:
    html = cards(9).encode() + b"\xff\xfe"
    assert codes(read(html)) in (["bad_charset"], [])
    assert len(read(html).entries) == 9


def test_conditional_and_nothing_more(row: Any, fetched: Any, settings: Any) -> None:
    state = KIND.remember(row(HOME, FetchKind.LISTING), fetched(HOME, FetchKind.LISTING, headers={"etag": '"1"'}), b"x")
    ask = KIND.ask(state, settings())
    assert (ask.url, ask.headers, ask.official) == (HOME, {"If-None-Match": '"1"'}, False)
    assert KIND.missing(settings()) == ""
    assert KIND.verdict(200, {}, b"") is None
