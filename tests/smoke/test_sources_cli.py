"""`haidang sources …` as an administrator meets it, over real HTTP on loopback."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.loader import load_folder, read_source
from store.model import AlertKind, ChannelState, FetchKind, HealthAlert
from store.sqlite import open_store
from tests.smoke.sources_town import NEWS, Installation, Town, article, feed, front, open_town


@pytest.fixture
def town() -> Iterator[Town]:
    with open_town() as made:
        yield made


@pytest.fixture
def here(tmp_path: Path, town: Town) -> Installation:
    return Installation(tmp_path / "home", town)


def good_outlet(town: Town, host: str = "bencang.example") -> None:
    town.says(f"http://{host}/rss", feed(*NEWS))
    for title, path in NEWS:
        town.says(f"http://{host}{path}", article(title))


# ── test ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_source_that_works_is_told_step_by_step_and_nothing_is_stored(town: Town, here: Installation) -> None:
    good_outlet(town)
    here.write("bencang", "feed http://bencang.example/rss")
    done = here.run("test", "bencang")
    assert done.code == 0, done.out + done.err
    for words in (
        "robots.txt: cho phép (không có robots.txt, HTTP 404)",
        "Trả lời: tải được · HTTP 200",
        "12 mục, 12 có ngày",
        "(theo bản tin RSS)",
        NEWS[0][0],
        "Tiêu đề: " + NEWS[0][0],
        "Sapo: Phụ huynh được báo trước",
        "đăng 02/11/2026 08:00:00 (theo dữ liệu của trang)",
        "✓ Báo bencang: chạy được (12 mục, 3/3 trang bài đọc được)",
        "ghi `verified: true`",
    ):
        assert words in done.out, words
    assert len([url for url in town.asked if "bai-viet" in url]) == 3
    assert sorted(path.name for path in here.home.iterdir()) == ["sources"]


def test_a_source_that_is_off_and_a_file_that_is_nowhere_yet_can_be_tried(
    town: Town, here: Installation, tmp_path: Path
) -> None:
    good_outlet(town)
    path = here.write("bencang", "feed http://bencang.example/rss", enabled="false")
    off = here.run("test", "bencang", "--json").json
    assert off["works"] is True
    assert "nguồn đang tắt: ghi `enabled: true` để theo dõi" in off["to_do"]
    moved = path.rename(tmp_path / "elsewhere.yml")
    assert here.run("test", str(moved)).code == 0


def test_a_sitemap_index_and_a_section_page_are_told_as_channels_of_their_own(town: Town, here: Installation) -> None:
    town.says(
        "http://cang.example/sitemap.xml",
        '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>http://cang.example/sitemap-news.xml</loc></sitemap></sitemapindex>",
    )
    rows = "".join(
        f"<url><loc>http://cang.example{path}</loc><news:news><news:title>{title}</news:title></news:news></url>"
        for title, path in NEWS
    )
    town.says(
        "http://cang.example/sitemap-news.xml",
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{rows}</urlset>',
    )
    town.says("http://cang.example/giao-duc", front(*NEWS))
    here.write(
        "cang", "sitemap http://cang.example/sitemap.xml", "listing http://cang.example/giao-duc", fetch_pages="false"
    )
    told = here.run("test", "cang", "--json").json
    kinds = {channel["kind"]: channel for channel in told["channels"]}
    assert [f["url"] for f in kinds["sitemap"]["fetches"]] == [
        "http://cang.example/sitemap.xml",
        "http://cang.example/sitemap-news.xml",
    ]
    assert kinds["sitemap"]["entries"] == 12
    assert kinds["listing"]["entries"] == 12
    assert told["pages"] == []


BAD = {
    "gone": ((404, {}, b""), "trang không còn", "haidang sources add"),
    "wait": ((503, {"Retry-After": "60"}, b""), "máy chủ hẹn lại", "every_minutes"),
    "html": ((200, {"Content-Type": "text/html"}, b"<html><title>Trang</title></html>"), "không phải RSS", "`kind`"),
    "empty": ((200, {}, feed()), "không có bài nào", "path_like"),
    "loop": ((302, {"Location": "http://hong.example/loop"}, b""), "chuyển hướng quá nhiều lần", "địa chỉ cuối"),
    "inner": ((302, {"Location": "http://10.0.0.1/"}, b""), "địa chỉ không được phép tải", "không bao giờ vào"),
    "huge": ((200, {}, b"x" * 30_000), "trang quá lớn", "max_body_bytes"),
    "error": ((500, {}, b""), "máy chủ báo lỗi", "trình duyệt"),
}


@pytest.mark.parametrize("path", BAD)
def test_a_source_that_does_not_work_says_why_and_what_to_do(town: Town, here: Installation, path: str) -> None:
    answer, why, fix = BAD[path]
    town.answers[f"http://hong.example/{path}"] = answer
    here.write("hong", f"feed http://hong.example/{path}")
    done = here.run("test", "hong", HAIDANG_MAX_BODY_BYTES="20000")
    assert done.code == 1
    assert "✗ Báo hong: chưa theo dõi được" in done.out
    verdict = done.out.partition("✗ Báo hong")[2]
    assert why in verdict
    assert fix in verdict


def test_what_robots_txt_closes_is_not_asked_and_the_rule_is_told(town: Town, here: Installation) -> None:
    good_outlet(town)
    town.answers["http://bencang.example/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /rss\n")
    here.write("bencang", "feed http://bencang.example/rss")
    done = here.run("test", "bencang")
    assert done.code == 1
    assert "robots.txt: không cho phép (Disallow: /rss)" in done.out
    assert "phần mềm luôn tuân theo robots.txt" in done.out
    assert town.of("bencang.example") == ["http://bencang.example/robots.txt"]


def test_pages_that_cannot_be_read_make_a_source_that_does_not_work(town: Town, here: Installation) -> None:
    sections = [(title, f"/muc-{n}") for n, (title, _) in enumerate(NEWS)]
    town.says("http://bencang.example/rss", feed(*sections))
    for _, path in sections:
        town.says(f"http://bencang.example{path}", front(*NEWS))
    here.write("bencang", "feed http://bencang.example/rss")
    done = here.run("test", "bencang")
    assert done.code == 1
    assert "0/3 trang bài đọc được" in done.out


def test_one_channel_of_two_is_a_part(town: Town, here: Installation) -> None:
    good_outlet(town)
    here.write("bencang", "feed http://bencang.example/rss", "feed http://bencang.example/mat.rss")
    done = here.run("test", "bencang")
    assert done.code == 0
    assert "! Báo bencang: chạy được một phần" in done.out
    assert "http://bencang.example/mat.rss: trang không còn" in done.out


def test_a_channel_whose_key_nobody_entered_says_so_and_asks_nobody(town: Town, here: Installation) -> None:
    here.write("kenh", f"youtube https://www.youtube.com/channel/UC{'a' * 22}", fetch_pages="false")
    done = here.run("test", "kenh")
    assert done.code == 1
    assert "youtube_key_file" in done.out
    assert town.asked == []


def test_an_unknown_name_gets_the_nearest_and_a_bad_file_all_its_faults(here: Installation) -> None:
    here.write("bencang", "feed http://bencang.example/rss")
    assert "có phải bencang?" in here.run("test", "bencag").err
    bad = here.write("hong", "feed http://hong.example/rss", kind="newspaper", owner="")
    told = here.run("test", str(bad))
    assert told.code == 2
    assert f"{bad}:4" in told.err
    assert f"{bad}:5" in told.err
    assert f"{bad}:4" in here.run("test", "hong").err


# ── add ─────────────────────────────────────────────────────────────────────────────────────────────


def declared(url: str) -> str:
    return f"<link rel='alternate' type='application/rss+xml' title='Giáo dục' href='{url}'>"


def test_the_feed_that_the_page_names_is_tried_shown_and_kept(town: Town, here: Installation) -> None:
    town.says("http://bencang.example/", front(*NEWS, head=declared("/rss/giao-duc.rss") + declared("/rss/mat.rss")))
    town.says("http://bencang.example/rss/giao-duc.rss", feed(*NEWS))
    town.answers["http://bencang.example/robots.txt"] = (200, {}, "Sitemap: http://bencang.example/sm-news.xml\n")
    done = here.run("add", "http://bencang.example/", "--yes", "--owner", "Phòng: “Thông tin” #1")
    assert done.code == 0, done.out + done.err
    assert " 10. " + NEWS[9][0] in done.out
    assert " 11. " not in done.out
    path = here.sources / "bencang.yml"
    source, errors = read_source(path)
    assert errors == []
    assert source is not None
    assert (source.name, source.owner, source.enabled, source.verified) == (
        "Báo Bến Cảng",
        "Phòng: “Thông tin” #1",
        True,
        False,
    )
    assert [(c.kind, c.url) for c in source.channels] == [("feed", "http://bencang.example/rss/giao-duc.rss")]
    assert "chỉ ghi true sau khi có người đối chiếu" in path.read_text(encoding="utf-8")
    assert "http://bencang.example/rss" not in town.asked, (
        "usual addresses are not guessed where the page names its own"
    )
    assert here.run("test", "bencang", "--json").json["channels"][0]["entries"] == 12


def test_a_page_that_lists_feeds_is_followed_once(town: Town, here: Installation) -> None:
    town.says("http://bencang.example/", front(*NEWS, foot="<a href='/rss'>RSS</a>"))
    links = "<a href='/rss/thoi-su.rss'>Thời sự</a><a href='/rss/giao-duc.rss'>Giáo dục</a>"
    town.says("http://bencang.example/rss", front(foot=links))
    town.says("http://bencang.example/rss/thoi-su.rss", feed(*NEWS))
    town.says("http://bencang.example/rss/giao-duc.rss", feed(*NEWS))
    done = here.run("add", "http://bencang.example/", "--yes")
    assert done.code == 0, done.out + done.err
    source, _ = read_source(here.sources / "bencang.yml")
    assert source is not None
    assert source.channels[0].url == "http://bencang.example/rss/giao-duc.rss"
    text = (here.sources / "bencang.yml").read_text(encoding="utf-8")
    assert '#    url: "http://bencang.example/rss/thoi-su.rss"' in text


def news_map(host: str, hours: float = 1) -> str:
    from tests.smoke.sources_town import ago

    rows = "".join(
        f"<url><loc>http://{host}{path}</loc><news:news><news:title>{title}</news:title>"
        f"<news:publication_date>{ago(hours)}</news:publication_date></news:news></url>"
        for title, path in NEWS
    )
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{rows}</urlset>'
    )


def test_a_news_sitemap_of_robots_txt_comes_before_the_page_and_after_a_feed_with_dates(
    town: Town, here: Installation
) -> None:
    town.says("http://cang.example/", front(*NEWS))
    town.answers["http://cang.example/robots.txt"] = (
        200,
        {},
        "Sitemap: /sm-news.xml\nSitemap: http://cang.example/sm-news.xml\n",
    )
    town.says("http://cang.example/sm-news.xml", news_map("cang.example"))
    assert here.run("add", "http://cang.example/", "--yes").code == 0
    source, _ = read_source(here.sources / "cang.yml")
    assert source is not None
    assert source.channels[0].kind == "sitemap"
    town.says("http://cang.example/rss", feed(*NEWS))
    again = here.run("add", "http://cang.example/", "--yes", "--id", "cang_rss", "--json").json
    assert "kind: feed" in again["text"].partition("# Kênh khác")[0]


def test_a_feed_that_was_left_behind_loses_to_a_living_page(town: Town, here: Installation) -> None:
    town.says("http://cang.example/", front(*NEWS, head=declared("/cu.rss")))
    town.says("http://cang.example/cu.rss", feed(*NEWS, hours=24 * 200))
    done = here.run("add", "http://cang.example/", "--yes", "--json").json
    assert "kind: listing" in done["text"].partition("# Kênh khác")[0]


def test_a_section_page_is_the_last_resort(town: Town, here: Installation) -> None:
    town.says("http://phuong.example/tin-tuc", front(*NEWS, name="UBND phường Sông Xanh"))
    done = here.run("add", "http://phuong.example/tin-tuc", "--yes")
    assert done.code == 0, done.out + done.err
    source, _ = read_source(here.sources / "phuong.yml")
    assert source is not None
    assert [(c.kind, c.url) for c in source.channels] == [("listing", "http://phuong.example/tin-tuc")]
    asked = {url.removeprefix("http://phuong.example") for url in town.asked}
    assert asked == {"/tin-tuc", "/robots.txt", "/rss", "/feed", "/rss.xml", "/sitemap.xml", "/sitemap_news.xml"}


def test_an_address_that_is_a_feed_already_needs_no_search(town: Town, here: Installation) -> None:
    town.says("http://bencang.example/rss/giao-duc.rss", feed(*NEWS, title="Báo Bến Cảng"))
    assert here.run("add", "bencang.example/rss/giao-duc.rss", "--yes").code == 2, (
        "https is meant where nothing is said"
    )
    done = here.run("add", "http://bencang.example/rss/giao-duc.rss", "--yes", "--name", "Bến Cảng")
    assert done.code == 0, done.out + done.err
    assert set(town.of("bencang.example")) <= {
        "http://bencang.example/robots.txt",
        "http://bencang.example/rss/giao-duc.rss",
    }


def test_what_robots_txt_closes_is_not_tried(town: Town, here: Installation) -> None:
    town.says("http://cang.example/", front(*NEWS, head=declared("/rss/kin.rss")))
    town.answers["http://cang.example/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /rss/\nDisallow: /sitemap\n")
    town.says("http://cang.example/rss/kin.rss", feed(*NEWS))
    done = here.run("add", "http://cang.example/", "--yes", "--json").json
    assert "http://cang.example/rss/kin.rss" not in town.asked
    assert not [url for url in town.asked if "sitemap" in url]
    assert "kind: listing" in done["text"]


def test_a_closed_page_is_refused_and_the_inbox_is_named(town: Town, here: Installation) -> None:
    town.says("http://kin.example/", "<form><input type=password></form>")
    town.answers["http://cam.example/"] = (403, {}, b"no")
    for host in ("kin.example", "cam.example"):
        done = here.run("add", f"http://{host}/", "--yes")
        assert done.code == 2, done.out
        assert "Góp tin" in done.err
    assert list(here.sources.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://www.facebook.com/groups/phuhuynh", "Góp tin"),
        ("https://zalo.me/g/abc", "Góp tin"),
        ("https://www.tiktok.com/@ai", "Góp tin"),
        ("t.me/nhom", "Góp tin"),
        ("https://www.youtube.com/@kenh", "youtube_key_file"),
        ("http://10.0.0.1/", "thuộc mạng nội bộ"),
        ("http://169.254.169.254/latest", "là địa chỉ riêng của một máy"),
        ("file:///etc/passwd", "không vào"),
        ("ftp://bencang.example/", "không vào"),
    ],
)
def test_what_is_never_watched_is_refused_before_anybody_is_asked(
    town: Town, here: Installation, url: str, words: str
) -> None:
    done = here.run("add", url, "--yes")
    assert done.code == 2
    assert words in done.err
    assert town.asked == []
    assert list(here.sources.iterdir()) == []


def test_a_short_link_to_a_social_network_or_an_inner_address_is_refused_too(town: Town, here: Installation) -> None:
    town.answers["http://ngan.example/a"] = (302, {"Location": "http://10.0.0.1/"}, b"")
    town.answers["http://ngan.example/b"] = (302, {"Location": "http://www.facebook.com/nhom"}, b"")
    town.says("http://www.facebook.com/nhom", front(*NEWS))
    assert "10.0.0.1" in here.run("add", "http://ngan.example/a", "--yes").err
    assert "Góp tin" in here.run("add", "http://ngan.example/b", "--yes").err
    assert list(here.sources.iterdir()) == []


def test_no_file_is_ever_written_over_and_nothing_is_half_written(town: Town, here: Installation) -> None:
    good_outlet(town)
    town.says("http://bencang.example/", front(*NEWS, head=declared("/rss")))
    kept = here.sources / "cang.yml"
    kept.write_text("# của tôi\n", encoding="utf-8")
    done = here.run("add", "http://bencang.example/", "--yes", "--id", "cang")
    assert done.code == 2
    assert "không bị ghi đè" in done.err
    assert town.asked == [], "told before anybody is asked"
    assert kept.read_text(encoding="utf-8") == "# của tôi\n"
    assert [path.name for path in here.sources.iterdir()] == ["cang.yml"]


def test_without_yes_and_without_anybody_to_ask_nothing_is_written(town: Town, here: Installation) -> None:
    good_outlet(town)
    done = here.run("add", "http://bencang.example/rss")
    assert done.code == 2
    assert "thêm --yes để ghi" in done.err
    assert here.run("add", "http://bencang.example/rss", "--json").json["file"] is None
    assert list(here.sources.iterdir()) == []


def test_what_is_watched_already_is_told_and_not_watched_twice(town: Town, here: Installation) -> None:
    good_outlet(town)
    town.says("http://bencang.example/", front(*NEWS, head=declared("/rss")))
    here.write("bencang", "feed http://bencang.example/rss")
    done = here.run("add", "http://bencang.example/", "--yes")
    assert done.code == 2
    assert "đã được theo dõi bởi nguồn bencang" in done.err


def test_a_source_that_waits_for_an_address_is_filled_and_keeps_what_is_known_of_it(
    town: Town, here: Installation
) -> None:
    town.says("http://haiphong.edu.vn/", front(*NEWS, name="Trang chủ"))
    shipped = {"HAIDANG_ONLY_OWN_SOURCES": "false"}
    done = here.run("add", "http://thanhdong.haiphong.gov.vn/", "--yes", **shipped)
    assert done.code != 0, "nobody answers there"
    town.says("http://thanhdong.haiphong.gov.vn/", front(*NEWS, name="Trang chủ"))
    done = here.run("add", "http://thanhdong.haiphong.gov.vn/", "--yes", **shipped)
    assert done.code == 0, done.out + done.err
    assert "ubnd_10507" in done.err
    (source,) = load_folder(here.sources)[0].values()
    assert (source.id, source.name, source.area) == ("ubnd_10507", "UBND phường Thành Đông", "Hải Phòng")
    assert source.expect_every_hours == 48
    town.says("http://bhp.example/rss", feed(*NEWS))
    assert here.run("add", "http://bhp.example/rss", "--yes", "--id", "baohaiphong", **shipped).code == 0
    replaced, errors = read_source(here.sources / "baohaiphong.yml")
    assert errors == []
    assert replaced is not None
    assert replaced.selectors.body == ".b-maincontent"
    assert replaced.outlet == "Báo Hải Phòng"


def test_a_name_made_to_break_out_of_the_file_stays_a_name(town: Town, here: Installation) -> None:
    evil = "x\"\nenabled: false\u2028# 'y' \\ : {a} &b *c"
    town.says("http://cang.example/", front(*NEWS, name=evil.replace('"', "&quot;").replace("'", "&#39;")))
    done = here.run("add", "http://cang.example/", "--yes")
    assert done.code == 0, done.out + done.err
    source, errors = read_source(here.sources / "cang.yml")
    assert errors == []
    assert source is not None
    assert source.enabled
    assert source.name.startswith('x" enabled: false')


def test_a_site_without_anything_tells_each_try(town: Town, here: Installation) -> None:
    town.says("http://trong.example/", "<html><body><p>Đang xây dựng</p></body></html>")
    done = here.run("add", "http://trong.example/", "--yes")
    assert done.code == 1
    assert "✗ Không tìm thấy kênh nào" in done.out
    assert "http://trong.example/rss.xml: trang không còn" in done.out
    assert list(here.sources.iterdir()) == []


# ── check ───────────────────────────────────────────────────────────────────────────────────────────


def test_check_names_file_and_line_of_every_fault_and_fails(here: Installation) -> None:
    good = here.write("bencang", "feed http://bencang.example/rss")
    assert here.run("check").code == 0
    bad = here.write("hong", "feed http://hong.example/rss", kind="newspaper")
    twice = here.write("lai", "feed http://bencang.example/rss")
    done = here.run("check")
    assert done.code == 1
    assert f"{bad}:4" in done.err
    assert f"{twice}:9" in done.err
    assert f"{good}:9" in done.err
    assert "2 nguồn đọc được, 2 đang bật, 2 lỗi" in done.out
    told = here.run("check", "--json").json
    assert [error["where"] for error in told["errors"]] == [f"{bad}:4", f"{twice}:9"]
    assert told["live"] is None


def test_check_tells_what_is_on_and_can_never_be_watched(here: Installation) -> None:
    here.write("trong")
    here.write("kenh", f"youtube https://www.youtube.com/channel/UC{'a' * 22}")
    done = here.run("check")
    assert done.code == 0
    assert "trong: đang bật nhưng không có kênh nào" in done.out
    assert "youtube_key_file" in done.out


def test_live_asks_the_three_that_matter_first_and_says_what_could_not_be_watched(
    town: Town, here: Installation
) -> None:
    for name in ("a_khac", "baohaiphong", "hp_portal"):
        good_outlet(town, f"{name.replace('_', '-')}.example")
        here.write(name, f"feed http://{name.replace('_', '-')}.example/rss")
    here.write("sgddt_hp", "listing http://so.example/", enabled="false")
    here.write("tat", "feed http://tat.example/rss", enabled="false")
    done = here.run("check", "--live")
    assert done.code == 1
    told = [line for line in done.out.splitlines() if line[:1] in "✓✗!"]
    assert [line.partition(":")[0] for line in told] == [
        "✓ Báo baohaiphong",
        "✗ Báo sgddt_hp",
        "✓ Báo hp_portal",
        "✓ Báo a_khac",
    ]
    firsts = [town.asked.index(f"http://{host}.example/robots.txt") for host in ("baohaiphong", "so", "hp-portal")]
    assert max(firsts) < town.asked.index("http://a-khac.example/robots.txt")
    assert not town.of("tat.example")
    assert "3/4 nguồn theo dõi được từ máy này" in done.out
    assert "✗ Báo sgddt_hp (sgddt_hp): http://so.example/: trang không còn" in done.out
    assert not (here.home / "haidang.sqlite").exists()

    town.says("http://so.example/", front(*NEWS))
    rows = here.run("check", "--live", "--json").json["live"]
    assert [(row["id"], row["works"], row["why_not"]) for row in rows] == [
        ("baohaiphong", True, ""),
        ("sgddt_hp", True, ""),
        ("hp_portal", True, ""),
        ("a_khac", True, ""),
    ]


def test_live_ends_in_time_and_says_what_was_not_asked(town: Town, here: Installation) -> None:
    good_outlet(town, "nhanh.example")
    town.answers["http://cham.example/robots.txt"] = (200, {}, "User-agent: *\nCrawl-delay: 60\n")
    good_outlet(town, "cham.example")
    here.write("cham", "feed http://cham.example/rss")
    here.write("nhanh", "feed http://nhanh.example/rss")
    done = here.run("check", "--live", "--minutes", "0.03")
    assert done.code == 1
    assert "dừng sau 0.03 phút" in done.out
    assert "1/2 nguồn theo dõi được" in done.out
    assert "chưa hỏi: hết thời gian" in done.out


# ── list and alerts ─────────────────────────────────────────────────────────────────────────────────


def test_list_without_a_database_tells_the_configuration_and_folds_the_communes(here: Installation) -> None:
    shipped = {"HAIDANG_ONLY_OWN_SOURCES": "false"}
    done = here.run("list", **shipped)
    assert done.code == 0
    assert "– Trang UBND cấp xã: 114 nguồn đang tắt (--all để xem từng nguồn)" in done.out
    assert "ubnd_10507" not in done.out
    assert "192 nguồn" in done.out
    assert "chưa có dữ liệu chạy" in done.out
    assert "ubnd_10507" in here.run("list", "--all", **shipped).out
    assert len(here.run("list", "--json", **shipped).json) == 192
    assert not (here.home / "haidang.sqlite").exists()


def test_list_and_alerts_tell_what_is_wrong_first(here: Installation) -> None:
    here.write("bencang", "feed http://bencang.example/rss")
    here.write("hong", "feed http://hong.example/rss", owner="Chị An")
    at = 1_795_150_800_000
    store = open_store(here.home / "haidang.sqlite")
    alert = HealthAlert(HealthAlert.make_id("hong", "failing", at), "hong", AlertKind.FAILING, at, "Chị An", {})
    with store.transaction() as tx:
        tx.upsert_channels(
            [
                ChannelState("bencang", "http://bencang.example/rss", FetchKind.FEED, at + 60_000, last_ok_at=at),
                ChannelState("bencang", "http://bencang.example/cu", FetchKind.FEED, at, last_ok_at=at + 1),
            ]
        )
        tx.add_alerts([alert])
    store.close()
    lines = here.run("list").out.splitlines()
    assert lines[0].startswith("▲ hong")
    assert lines[1] == "    ▲ không tải được từ 20/11/2026 12:00:00, phụ trách: Chị An"
    assert "tải được gần nhất 20/11/2026 12:00:00 · hỏi tiếp 20/11/2026 12:01:00" in lines[2]
    assert "1 cảnh báo đang mở" in lines[3]
    assert "▲ hong: không tải được" in here.run("alerts").out
    assert here.run("alerts", "--json").json[0]["kind"] == "failing"


# ── the demo's town ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_every_outlet_of_the_demo_can_be_tried_while_its_town_is_served(
    tmp_path: Path, town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    from demo import serve

    stop = threading.Event()
    served = threading.Thread(target=serve.main, args=(["--home", str(tmp_path / "serve")], stop))
    served.start()
    try:
        env: dict[str, str] = {}
        for _ in range(500):
            env |= dict(re.findall(r"^export (\w+)=(.*)$", capsys.readouterr().out, re.MULTILINE))
            if "HAIDANG_CONTACT" in env:
                break
            time.sleep(0.01)
        here = Installation(tmp_path / "serve", town)
        rows = here.run("check", "--live", "--json", **env).json["live"]
        assert [row["id"] for row in rows if not row["works"]] == []
        assert len(rows) == 10
        done = here.run("add", "http://vinham.example", "--yes", **env)  # the one that is left to be added
        assert done.code == 0, done.out
        assert (tmp_path / "serve" / "sources" / "vinham.yml").exists()
        done = here.run("test", "sogd", **env)
        assert done.code == 0, done.out
        assert "✓ Cổng ngành Giáo dục Hải Phòng: chạy được" in done.out
    finally:
        stop.set()
        served.join()
    assert town.asked == []
