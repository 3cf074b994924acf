from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import text as of_text
from crawler.text import LONGEST, decode, plain
from lang.text import nfc

WORDS = "Sở Giáo dục Hải Phòng"


def test_valid_utf8_wins_over_a_wrong_declaration() -> None:
    body = f'<?xml version="1.0" encoding="windows-1258"?><a>{WORDS}</a>'.encode()
    assert WORDS in decode(body, "text/xml; charset=iso-8859-1")[0]


def test_declared_windows_1258_is_read_as_such_and_composed_by_nfc() -> None:
    body = "<a>Ha\u0309i Pho\u0300ng</a>".encode("cp1258")
    text, encoding = decode(b'<?xml version="1.0" encoding="windows-1258"?>' + body, None)
    assert encoding == "cp1258"
    assert plain(text) == "Hải Phòng"


def test_utf16_by_its_mark() -> None:
    assert decode(WORDS.encode("utf-16"), None)[0] == WORDS


def test_one_cut_letter_costs_one_letter() -> None:
    body = (WORDS * 30).encode()[:-1] + b"\xe1"
    text, encoding = decode(body, "text/html; charset=utf-8")
    assert encoding == "utf-8"
    assert text.startswith(WORDS)
    assert text.count("\ufffd") == 1


def test_plain_text_of_a_summary() -> None:
    html = '<a href="/x"><img src="y"/></a></br><b>H</b>&#7885;c ph&iacute;&nbsp;t&#x103;ng <script>alert(1)</script>'
    assert plain(html) == "Học phí tăng"


def test_twice_escaped_markup_is_undone_and_a_comparison_is_not_markup() -> None:
    assert plain("&lt;p&gt;H&amp;#7885;c&lt;/p&gt; 5 &lt; 7") == "Học 5 < 7"


def test_plain_is_nfc_without_invisible_characters() -> None:
    assert plain("Ho\u0323c\u200b phi\u0301") == "Học phí"


def step_by_step(markup: str) -> str:
    """What `plain` means, without its short cuts."""

    def strip(value: str) -> str:
        return of_text._TAG.sub(" ", of_text._INLINE.sub("", of_text._HIDDEN.sub(" ", value)))

    markup = markup[:LONGEST]
    text = strip(markup) if "<" in markup else markup
    if "&" in text:
        text = html.unescape(text)
        if "<" in text or "&" in text:
            text = html.unescape(strip(text) if "<" in text else text)
    return nfc(of_text._CONTROL.sub("", text))


_pieces = st.sampled_from(
    ["<b>", "</b>", "<", ">", "&lt;", "&amp;", "&amp;lt;", "&#7885;", "<script>", "</SCRIPT >", "<!--", "-->",
     "<![CDATA[",
     "]]>", "<!x>", "<br/>", "  ", "\n", "\u00a0", "\u200b", "\u00ad", "\x85", "\x1c", "Ho\u0323c", "phí", "<STYLE>",
     "</style>", "<ſcript>", "<Strong x>", "a", "&", "&nbsp;", "\ud800", "\u2028"]
)  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(st.lists(_pieces, max_size=12).map("".join))
def test_plain_text_by_the_short_ways_is_what_the_long_way_gives(markup: str) -> None:
    assert plain(markup) == step_by_step(markup)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_a_document_tells_its_encoding_by_its_first_bytes(encoding: str) -> None:
    document = f"<?xml version='1.0'?><a>{WORDS}</a>"
    assert decode(document.encode(encoding), "text/xml; charset=windows-1258")[0] == document


@pytest.mark.parametrize("name", ["undefined", "punycode", "idna", "unicode_escape", "rot13", "base64", "zip"])
def test_a_charset_that_no_document_has_is_not_tried(name: str) -> None:
    body = f'<?xml version="1.0" encoding="{name}"?><a>'.encode() + b"Ph\xf2ng</a>"
    assert decode(body, f"text/xml; charset={name}")[1] == "cp1258"


def test_control_characters_never_reach_a_reader() -> None:
    assert plain("\x1b[31mHọc\x00\x08 phí\x7f\x9b") == "[31mHọc phí"
