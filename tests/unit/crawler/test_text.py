from __future__ import annotations

from crawler.text import decode, plain

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
