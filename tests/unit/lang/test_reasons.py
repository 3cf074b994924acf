"""What the programs note in English is read in Vietnamese: the sentences are taken from where they are made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.loader import load_folder
from crawler import outcome, robots, targets
from crawler.extract import extract
from crawler.feeds import parse
from lang.reasons import robots as robots_words
from lang.reasons import vi

NOW = 1_795_000_000_000
ENGLISH = re.compile(
    r"\b(?:the|of|is|are|was|not|and|no|has|have|its|with|give|should|must|which|we|in)\b", re.IGNORECASE
)
RIGHT = """\
id: {id}
name: Báo Thử
outlet: Thử
kind: city_press
owner: Văn phòng Sở
enabled: true
channels:
  - kind: feed
    url: https://{id}.example/rss.rss
    every_minutes: 15
"""
MISTAKES = {
    "khoa": ("every_minutes", "every_minute", "không có khóa `channels.0.every_minute` — có phải `every_minutes`?"),
    "so": (": 15", ": 0", "`channels.0.every_minutes` là 0: phải từ 1 trở lên — ghi số phút giữa hai lần hỏi"),
    "chu": (": 15", ": mười lăm", "phải là số nguyên"),
    "loai": ("city_press", "báo thành phố", "ghi một loại nguồn trong docs/add-a-source.md"),
    "http": ("https://", "htps://", "phải bắt đầu bằng http:// hoặc https://"),
    "thieu": ("name: Báo Thử\n", "", "thiếu `name` — thêm dòng `name:` với tên đầy đủ"),
    "ma": ("id: ma\n", "id: Báo Hải Phòng\n", "ghi chữ thường không dấu, số và _"),
    "tab": ("    url", "\turl", "thụt đầu dòng bằng phím Tab"),
    "co": ("enabled: true", "enabled: có", "phải là true hoặc false"),
    "cham": ("Báo Thử", "Báo: Thử", "một dòng có hai dấu hai chấm"),
    "kenh": ("kind: feed", "kind: rss", "ghi feed, sitemap, listing, youtube, facebook hoặc zalo"),
    "trang": ("kind: feed", "kind: facebook", "https://www.facebook.com/ và số của trang — xem docs/add-a-source.md"),
    "doi": ("outlet: Thử", "outlet: Thử\noutlet: Hai", "`outlet` có hai lần — giữ một trong hai dòng"),
    "bieuthuc": (": 15", ": 15\n    path_like: '([0-9'", "không phải biểu thức chính quy"),
    "trong": ("owner: Văn phòng Sở", "owner: ''", "không được để trống"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_source_file_is_told_in_vietnamese(name: str, tmp_path: Path) -> None:
    before, after, told = MISTAKES[name]
    (tmp_path / f"{name}.yml").write_text(RIGHT.format(id=name).replace(before, after), encoding="utf-8")
    faults = load_folder(tmp_path)[1]
    said = "; ".join(f"{vi(fault.what)} — {vi(fault.fix)}" for fault in faults)
    assert told in said
    assert not ENGLISH.findall(re.sub(r"`[^`]*`|\([^)]*\)", "", said))


def test_files_that_are_no_source_and_two_with_one_id_or_address_are_told_too(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes("tên: ế".encode("utf-16"))
    (tmp_path / "b.yml").write_text("- a\n", encoding="utf-8")
    for name, id_ in (("c.yml", "c"), ("d.yml", "c"), ("e.yml", "e")):
        (tmp_path / name).write_text(RIGHT.format(id=id_).replace("https://e.", "https://c."), encoding="utf-8")
    said = "\n".join(f"{vi(fault.what)} — {vi(fault.fix)}" for fault in load_folder(tmp_path)[1])
    for words in ("không phải chữ UTF-8", "tệp phải gồm các dòng", "mã `c` đã dùng ở c.yml", "đã được theo dõi ở"):
        assert words in said
    assert not ENGLISH.findall(re.sub(r"`[^`]*`|\S+/\S+", "", said))


@pytest.mark.parametrize("url", ["http://a.example/rieng/x", "http://a.example/chung", "http://a.example/robots.txt"])
@pytest.mark.parametrize("status", [200, 404, 503])
def test_every_decision_of_robots_txt(url: str, status: int) -> None:
    rules = robots.from_answer(status, b"User-agent: *\nDisallow: /rieng/\n", "HaiDang")
    reason = rules.decide(url).reason
    told = robots_words(reason)
    assert told != reason
    assert not ENGLISH.findall(told)
    assert ("Disallow: /rieng/" in told) == ("Disallow" in reason)  # the rule stays as its owner wrote it


@pytest.mark.parametrize("status", [204, 206, 304, 401, 403, 404, 407, 410, 429, 451, 500, 503])
def test_every_answer_that_is_no_page(status: int) -> None:
    told = vi(outcome.of_status(status, False)[1])
    assert told.startswith(f"HTTP {status}")
    assert not ENGLISH.findall(told)


def test_every_address_that_is_refused() -> None:
    blocks = [block for block, _ in targets._TABLE]
    for address in [str(block[1] if block.num_addresses > 1 else block[0]) for block in blocks] + ["127.0.0.1"]:
        reason = targets.refusal(address, False)
        assert reason is not None
        assert not ENGLISH.findall(vi(reason)), reason
        assert vi(f"xa.example: {reason}").startswith("xa.example: ")


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "file:///etc/passwd", "http://a b/", "http://u@a.example/", "http:///"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(outcome.FetchFailed) as bad:
        targets.target_of(url)
    assert not ENGLISH.findall(vi(str(bad.value)).replace(url, ""))


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>a",
        f"<h1>Đầu đề</h1><p>{'chữ ' * 200}",
        "<a href=/a-100231.html>Tiêu đề dài của một bài báo khác</a>" * 40,
    ],
)
def test_why_a_page_is_or_is_no_article(page: str) -> None:
    found = extract(page, "http://a.example/bai-100.html", NOW)
    assert vi(found.why) != found.why
    assert not ENGLISH.findall(vi(found.why))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><title>Trang</title>",
        b"{",
        b"<rss><channel><item><title>Mot</title></item><item><link>http://a.example/1</link></item>"
        b"<item><title>Hai</title><link>http://a.example/2</link><pubDate>hom qua</pubDate></item>"
        b"<item><title>Ba</title><link>http://a.example/3</link><pubDate>Mon, 05 Jan 2099 00:00:00 GMT</pubDate></item>"
        b"<item><title>Ba</title><link>http://a.example/3</link></item>",
    ],
)
def test_what_is_wrong_with_a_feed_and_its_entries(body: bytes) -> None:
    found = parse(body, "text/xml", "http://a.example/rss", NOW)
    reasons = [fault.message for fault in found.faults] + ([found.not_a_feed] if found.not_a_feed else [])
    assert reasons
    for reason in reasons:
        assert vi(reason) != reason
        assert not ENGLISH.findall(re.sub(r"\([^)]*\)|'[^']*'", "", vi(reason))), reason  # the parser's own words in ()


def test_several_reasons_one_by_one_and_what_is_unknown_stays() -> None:
    told = "chất lượng 0,88, 558 ký tự; 662 ký tự lời văn, 0 ký tự trong các tiêu đề liên kết"
    assert vi("quality 0.88, 558 characters; 662 characters of free text, 0 in headline links") == told
    for unknown in ("", "Sở chưa rõ", "read {0:v} {x}", "a; b", "x" * 10_000):
        assert vi(unknown) == unknown
    assert vi("the entry '{0} {1:v}' has no link; skipped") == "mục '{0} {1:v}' không có liên kết; bỏ qua"


@pytest.mark.parametrize("text", ["the entry " * 200, "; " * 900, "`a` is " * 280, "a: " * 600])
def test_a_long_hostile_reason_does_no_harm(text: str) -> None:
    assert vi(text)
