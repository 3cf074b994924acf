# ruff: noqa: E501 - a case reads best on few lines
"""Letters: charsets, byte order marks, bytes that fit nothing, control characters."""

from __future__ import annotations

import codecs

from tests.abuse.feeds.case import GOOD, HEAD, case, in_windows_1258, item, rss

WORDS = "Học phí lớp mười"
ONE = rss(item(WORDS), GOOD)
BOTH = f"{WORDS}|Tin lành"
BARE = rss(item(WORDS), GOOD, head="")


def _declared(name: str) -> str:
    return ONE.replace("utf-8", name, 1)


def _cut_letter(body: str, letter: str) -> bytes:
    whole = letter.encode()
    return body.encode().replace(whole, whole[:-1], 1)


LONG = rss(item(WORDS, more=f"<description>{(WORDS + ' ') * 30}</description>"), GOOD)

CASES = [
    case("declared_windows_1258_is_utf8", "a wrong label must not spoil valid UTF-8", _declared("windows-1258"), BOTH),
    case("declared_latin1_is_utf8", "the label of servers that do not know", _declared("iso-8859-1"), BOTH),
    case("declared_us_ascii_is_utf8", "ASCII is promised and not kept", _declared("us-ascii"), BOTH),
    case("declared_utf16_is_utf8", "a UTF-16 label on single bytes", _declared("utf-16"), BOTH),
    case("declared_unknown_charset", "a charset nobody has heard of", _declared("x-viet-net"), BOTH),
    case("declared_empty_charset", "an empty label", _declared(""), BOTH),
    case("declared_tcvn", "the old Vietnamese standard as label of UTF-8", _declared("TCVN-5712"), BOTH),
    case("declared_viscii", "VISCII as label of UTF-8", _declared("VISCII"), BOTH),
    case("declared_gb2312", "a Chinese template left in place", _declared("gb2312"), BOTH),
    case("header_latin1_is_utf8", "the HTTP header contradicts the bytes", ONE, BOTH,
         content_type="text/xml; charset=iso-8859-1"),
    case("header_without_charset_text_xml", "text/xml means ASCII by an old rule that nobody keeps", BARE, BOTH,
         content_type="text/xml"),
    case("header_charset_garbage", "a charset parameter with control characters", ONE, BOTH,
         content_type="text/xml; charset=\x00\x01;;="),
    case("header_utf7", "UTF-7 in the header over UTF-8 bytes", ONE, BOTH, content_type="text/xml; charset=utf-7"),
    case("real_windows_1258", "true Windows-1258 with combining marks", in_windows_1258(_declared("windows-1258")), BOTH),
    case("windows_1258_without_label", "the same bytes and no label at all", in_windows_1258(BARE), BOTH),
    case("windows_1258_called_utf8", "the label says UTF-8, the bytes are Windows-1258", in_windows_1258(ONE), BOTH),
    case("utf8_with_mark", "a byte order mark before the declaration", codecs.BOM_UTF8 + ONE.encode(), BOTH),
    case("utf8_with_two_marks", "two marks: joined files", codecs.BOM_UTF8 * 2 + ONE.encode(), BOTH),
    case("utf8_mark_latin1_label", "the mark wins over the label",
         codecs.BOM_UTF8 + _declared("iso-8859-1").encode(), BOTH),
    case("utf16_le_with_mark", "UTF-16 little endian", codecs.BOM_UTF16_LE + _declared("utf-16").encode("utf-16-le"), BOTH),
    case("utf16_be_with_mark", "UTF-16 big endian", codecs.BOM_UTF16_BE + _declared("utf-16").encode("utf-16-be"), BOTH),
    case("utf16_le_without_mark", "UTF-16 told only by its zero bytes", ONE.encode("utf-16-le"), BOTH),
    case("utf16_be_without_mark", "the same the other way round", ONE.encode("utf-16-be"), BOTH),
    case("utf16_odd_length", "UTF-16 with its last byte cut off", codecs.BOM_UTF16_LE + ONE.encode("utf-16-le")[:-1],
         BOTH, "-1:bad_charset -1:not_well_formed"),
    case("utf16_lone_surrogate", "half of a surrogate pair in UTF-16",
         codecs.BOM_UTF16_LE + ONE.replace("phí", "phí\ud800").encode("utf-16-le", "surrogatepass"),
         "Học phí\ufffd lớp mười|Tin lành", "-1:bad_charset"),
    case("utf32_with_mark", "UTF-32, whose mark begins like that of UTF-16", ONE.encode("utf-32"), BOTH),
    case("mark_in_the_middle", "a byte order mark inside a title: files were joined",
         rss(item("Học\ufeff phí"), GOOD), "Học phí|Tin lành"),
    case("one_bad_byte", "one byte that is no UTF-8 costs one letter", LONG.encode().replace(b"<title>H", b"<title>\xffH", 1),
         "\ufffdHọc phí lớp mười|Tin lành", "-1:bad_charset"),
    case("letter_cut_in_the_middle", "a letter cut by a byte limit", _cut_letter(LONG, "ọ"),
         "H\ufffdc phí lớp mười|Tin lành", "-1:bad_charset"),
    case("overlong_utf8", "an overlong encoding of `<`", LONG.encode().replace(b"<title>H", b"<title>\xc0\xbcH", 1),
         "\ufffd\ufffdHọc phí lớp mười|Tin lành", "-1:bad_charset"),
    case("cesu8_surrogates", "an emoji as two encoded surrogates",
         LONG.encode().replace(b"<title>H", b"<title>\xed\xa0\xbd\xed\xb8\x80 H", 1),
         "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd Học phí lớp mười|Tin lành", "-1:bad_charset"),
    case("twice_encoded_title", "UTF-8 taken for Latin-1 and encoded again",
         rss(item("Café".encode().decode("latin-1")), GOOD), "Café|Tin lành"),
    case("windows_1252_quotes", "C1 bytes that Windows means as quotation marks",
         rss(item("\x93Học phí\x94 \x96 mới"), GOOD), "“Học phí” – mới|Tin lành"),
    case("decomposed_letters", "letters and their marks apart", rss(item("Ho\u0323c phi\u0301"), GOOD), "Học phí|Tin lành"),
    case("zero_width_letters", "zero-width characters between letters to fool filters",
         rss(item("Học\u200b p\u200dhí\u2060"), GOOD), "Học phí|Tin lành"),
    case("right_to_left_override", "marks that turn the direction of reading",
         rss(item("\u202eHọc phí\u202c"), GOOD), "Học phí|Tin lành"),
    case("soft_hyphens", "soft hyphens in a title", rss(item("Học\u00ad phí"), GOOD), "Học phí|Tin lành"),
    case("no_break_spaces", "no-break spaces instead of blanks", rss(item("Học\u00a0phí"), GOOD), "Học phí|Tin lành"),
    case("line_separators", "Unicode line and paragraph separators", rss(item("Học\u2028phí\u2029mới"), GOOD),
         "Học phí mới|Tin lành"),
    case("nul_bytes", "NUL inside a title", rss(item("Học\x00 phí"), GOOD), "Học phí|Tin lành", "-1:not_well_formed"),
    case("escape_characters", "terminal escapes in a title", rss(item("\x1b[31mHọc phí"), GOOD),
         "[31mHọc phí|Tin lành", "-1:not_well_formed"),
    case("backspace_and_bell", "control characters that XML forbids", rss(item("Học\x08\x07 phí"), GOOD),
         "Học phí|Tin lành", "-1:not_well_formed"),
    case("vertical_tab", "a vertical tab from a word processor", rss(item("Học\x0bphí"), GOOD),
         "Học phí|Tin lành", "-1:not_well_formed"),
    case("form_feed", "a form feed from a word processor", rss(item("Học\x0cphí"), GOOD),
         "Học phí|Tin lành", "-1:not_well_formed"),
    case("noncharacter_fffe", "U+FFFE, which XML excludes", rss(item("Học\ufffe phí"), GOOD), "Học phí|Tin lành",
         "-1:not_well_formed"),
    case("noncharacter_ffff", "U+FFFF, which XML excludes", rss(item("Học\uffff phí"), GOOD), "Học phí|Tin lành",
         "-1:not_well_formed"),
    case("private_use_letters", "letters of a private font", rss(item("Học \ue000"), GOOD), "Học \ue000|Tin lành"),
    case("emoji_in_title", "characters beyond the first plane", rss(item("Học phí 😀"), GOOD), "Học phí 😀|Tin lành"),
    case("carriage_returns", "old Macintosh line ends", ONE.replace("><", ">\r<"), BOTH),
    case("tabs_in_title", "a title laid out with tabs and line ends", rss(item("\n\t\tHọc\n\t\tphí\n"), GOOD), "Học phí|Tin lành"),
    case("declaration_in_capitals", "`ENCODING` in capitals is no XML declaration",
         ONE.replace(HEAD, '<?xml version="1.0" ENCODING="UTF-8"?>'), BOTH),
    case("declared_undefined", "a charset name that makes Python's decoder always fail", in_windows_1258(_declared("undefined")), BOTH),
    case("declared_punycode", "a charset name whose decoder costs the square of the body", in_windows_1258(_declared("punycode")), BOTH),
    case("declared_base64", "a transfer encoding as charset", in_windows_1258(_declared("base64")), BOTH),
]  # fmt: skip
