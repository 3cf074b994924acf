"""Pages written to hurt: huge, deep, broken, in odd encodings. Each ends with an outcome, in bounded time and memory.

Time and memory are bounded by the operating system in a process of its own (10 s of CPU, 700 MB), not by a clock.
"""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extract import Extracted, PageKind, extract
from crawler.text import decode
from lang.text import nfc

ROOT = Path(__file__).resolve().parents[2]
URL = "https://bencang.example/bai-100231.html"
NOON = 1_795_150_800_000
LINE = "Một câu văn đủ dài để được coi là một đoạn của bài viết về bếp ăn bán trú ở trường học này. "

CHILD = """
import json, resource, sys
sys.path.insert(0, sys.argv[1])
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
from crawler.extract import extract
S = {line!r}
N = 10_000_000
def fill(piece, n=N): return piece * (n // len(piece))
text = {page}
found = extract(text, {url!r}, {noon})
print(json.dumps([found.kind.value, found.why, len(found.body)]))
"""

HUGE = {
    "paragraphs": "fill(f'<p>{S}</p>')",
    "one text": "'<p>' + fill(S)",
    "links": "fill('<a href=/x-1.html>' + S + '</a>')",
    "linked paragraphs": "fill('<p><a href=/x-1.html>' + S + '</a></p>')",
    "lists": "'<ul>' + fill('<li>x y z</li>')",
    "cells": "'<table>' + fill('<tr><td>x y</td></tr>')",
    "breaks": "fill('abc<br>')",
    "empty boxes": "fill('<div></div>')",
    "side boxes": "fill('<div class=related>x</div>')",
    "spans": "'<p>' + fill('<span>x </span>')",
    "headlines": "fill('<h1>x</h1>')",
    "captions": "fill('<figure><img><figcaption>Chú thích ảnh</figcaption></figure>')",
    "times": "fill('<time datetime=2026>x</time>')",
    "dates": "'<h1>a</h1>' + fill('<i>18/11/2026</i>')",
    "meta": "fill('<meta property=og:title content=x>')",
    "brackets": "fill('<')",
    "entities": "'<p>' + fill('&amp;&#193;')",
    "comments": "fill('<!-- x -->') + S * 20",
    "open scripts": "fill('<script>') + S * 20",
    "script": "'<script>' + fill('var x=1;') + '</script>' + f'<p>{S}</p>' * 9",
    "json-ld": "'<script type=application/ld+json>' + '[' * N + '</script>' + f'<p>{S}</p>' * 9",
    "attributes": "'<p ' + ' '.join(f'a{i}=x' for i in range(900_000)) + '>' + S * 9",
    "a long word": "'<p>' + 'a' * N",
    "a long Latin-1 word": "'<p>' + 'ö' * N",
    "picture inside": "'<img src=\"data:image/png;base64,' + 'A' * N + '\">' + f'<p>{S}</p>' * 9",
    "boxes 10,000 deep": "'<div>' * 10_000 + S * 20",
    "tables 10,000 deep": "'<table><tr><td>' * 10_000 + S * 20",
    "bold 10,000 deep": "'<b><i>' * 10_000 + S * 20",
    "lists 10,000 deep": "'<ul><li>' * 10_000 + S * 20",
    "boxes 2,000,000 deep": "'<div>' * 2_000_000",
    "named boxes deep": "'<div class=related><p>' * 10_000 + S * 20",
}


@pytest.mark.slow
@pytest.mark.parametrize("page", HUGE.values(), ids=HUGE.keys())
def test_ten_megabytes_of_anything_end_with_a_kind(page: str) -> None:
    code = CHILD.format(line=LINE, page=page, url=URL, noon=NOON)
    done = subprocess.run([sys.executable, "-c", code, str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    kind, why, length = json.loads(done.stdout)
    assert kind in {k.value for k in PageKind}
    assert why
    assert length <= 2_000_000


def test_text_before_the_cut_is_read_and_the_cut_is_told() -> None:
    page = "<html><body><h1>Trường mở lại bếp ăn</h1>" + "".join(f"<p>{LINE} {i}</p>" for i in range(60_000))
    found = extract(page, URL, NOON)
    assert found.kind is PageKind.ARTICLE
    assert found.title == "Trường mở lại bếp ăn"
    assert found.body.startswith(LINE.strip())
    assert "cut off" in found.why


def test_a_page_that_is_huge_by_its_scripts_and_pictures_is_read_whole() -> None:
    bulk = "<script>var x=1;</script>" * 80_000 + f"<img src='data:image/png;base64,{'A' * 3_000_000}'>"
    page = f"<html><body>{bulk}<h1>Trường mở lại bếp ăn</h1>" + f"<p>{LINE}</p>" * 5 + "<p>Câu cuối cùng.</p>"
    found = extract(page, URL, NOON)
    assert found.body.endswith("Câu cuối cùng.")
    assert "cut off" not in found.why


# ── encodings ───────────────────────────────────────────────────────────────────────────────────────

PARAGRAPHS = [
    "Sở Giáo dục và Đào tạo thành phố công bố lịch thi của học sinh các trường phổ thông trong năm học này.",
    "Phụ huynh được xem danh sách phòng thi tại trường từ ngày thứ hai, không phải nộp thêm khoản tiền nào khác.",
    "Các trường tổ chức ôn tập cho học sinh lớp chín vào buổi chiều và báo cáo kết quả về Sở trước cuối tháng.",
]
TITLE = "Công bố lịch thi của học sinh"


def page_of(paragraphs: list[str], title: str = TITLE) -> str:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"


def to_tcvn3(text: str) -> bytes:
    from lang.legacy import from_tcvn3

    back = {from_tcvn3(chr(code)): chr(code) for code in range(0xA1, 0xFF)}
    return "".join(back.get(c, c) if c > "\x7f" else c for c in text.replace("Đ", "\xa7")).encode("latin-1")


def to_vni(text: str) -> bytes:
    from lang.legacy import _VNI_LETTERS

    back = {new: old for old, new in reversed(_VNI_LETTERS.items())}
    return "".join(back.get(c, c) if c > "\x7f" else c for c in text).encode("latin-1")


def to_1258(text: str) -> bytes:
    pieces = []
    for c in text:
        try:
            pieces.append(c.encode("cp1258"))
        except UnicodeEncodeError:  # the letter with its hat or horn, then the tone as a character of its own
            whole = unicodedata.normalize("NFD", c)
            tone = next(m for m in whole if m in "\u0300\u0301\u0303\u0309\u0323")
            pieces.append(
                unicodedata.normalize("NFC", whole.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
            )
    return b"".join(pieces)


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda t: t.encode(),
    "utf-8 with mark": lambda t: t.encode("utf-8-sig"),
    "utf-16 with mark": lambda t: t.encode("utf-16"),
    "utf-32 with mark": lambda t: t.encode("utf-32"),
    "windows-1258": to_1258,
    "TCVN3": to_tcvn3,
    "VNI": to_vni,
    "TCVN3 saved as UTF-8": lambda t: to_tcvn3(t).decode("latin-1").encode(),
}
MARKED: dict[str, Callable[[str], str]] = {
    "NFD": lambda t: unicodedata.normalize("NFD", t),
    "zero-width characters": lambda t: "".join(c + "\u200b" for c in t),
    "right-to-left marks": lambda t: t.replace(" ", " \u200f\u202e"),
    "soft hyphens": lambda t: t.replace("ọc", "ọ\u00adc"),
    "controls": lambda t: t.replace(" ", " \x01\x7f\x85"),
    "control entities": lambda t: t.replace(" ", " &#127;&#1;"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_gives_the_same_text(name: str) -> None:
    read_as_written(ENCODINGS[name](page_of(PARAGRAPHS)))


@pytest.mark.parametrize("name", MARKED)
def test_invisible_characters_leave_no_trace(name: str) -> None:
    mark = MARKED[name]
    read_as_written(page_of([mark(p) for p in PARAGRAPHS], mark(TITLE)).encode())


def read_as_written(body: bytes) -> None:
    found = extract(decode(body, "text/html")[0], URL, NOON)
    assert found.kind is PageKind.ARTICLE
    assert found.title == TITLE
    assert [*filter(None, [found.lead]), *found.body.split("\n")] == PARAGRAPHS


def test_mixed_tone_styles_are_kept_as_written() -> None:
    said = [p.replace("khoản", "khỏan") for p in PARAGRAPHS]
    assert "khỏan" in extract(page_of(said), URL, NOON).body + extract(page_of(said), URL, NOON).lead


# ── anything at all ─────────────────────────────────────────────────────────────────────────────────

PIECES = st.sampled_from(
    [
        "<html>", "<head>", "<body>", "</body>", "<p>", "</p>", "<div class='sapo'>", "</div>", "<h1>", "</h1>",
        "<svg>",
        "<a href='/x-1'>", "</a>", "<table>", "<td>", "<li>", "<ul>", "<br>", "<figure>", "<img>", "<figcaption>",
        "<!--", "-->", "<script>", "</script>", "<style>", "<time datetime='2026-11-18T07:42'>", "<title>", "</title>",
        "<meta property='og:title' content='", "'>", "<frameset>", "<link rel=canonical href='http://[::1'>",
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":["a",{}],"datePublished":', "&nbsp;",
        "&#0;", "&#xD800;", "&#127;", "&#x1", "&#146;", "&lt;", "\x00", "\x0b", "\x9f", "\u202e", "\ufffe",
        "\ud800", "<![CDATA[", "<?xml version='1.0'?>", "<base href=x>", "<p class='description'>",
        "<div class='author'>", "<p class='caption'>", "<div class='related image'>",
        "<span itemprop='author'>", "Ảnh: Hải Âu", "Theo Hải Âu", "18/11/2026", LINE, LINE,
    ]
)  # fmt: skip
SOUP = st.lists(PIECES | st.text(max_size=20), max_size=60).map("".join)


def clean(found: Extracted) -> bool:
    texts = [found.title, found.lead, found.section, found.canonical, *found.body.split("\n"), *found.captions]
    return all(text == nfc(text) and text.isprintable() for text in texts)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOUP, st.sampled_from([URL, "https://bencang.example/", "https://bencang.example/video/a", "http://[bad", ""]))
def test_tag_soup_never_raises_and_gives_clean_text(text: str, url: str) -> None:
    found = extract(text, url, NOON)
    assert clean(found)
    assert 0.0 <= found.quality <= 1.0
    assert found.published is None or found.published.at <= NOON + 600_000


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from([None, "text/html; charset=utf-16", "text/html; charset=utf-7"]))
def test_bytes_never_raise(body: bytes, content_type: str | None) -> None:
    text, _ = decode(body + b"<p>x</p>", content_type)
    assert clean(extract(text, URL, NOON))
