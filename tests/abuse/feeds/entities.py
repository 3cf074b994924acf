# ruff: noqa: E501 - a case reads best on few lines
"""References and document types: unknown names, impossible numbers, bombs, files and addresses to fetch."""

from __future__ import annotations

from tests.abuse.feeds.case import GOOD, HOME, case, item, rss

BAD = "-1:not_well_formed"


def _title(text: str) -> str:
    return rss(item(text), GOOD)


def _doctype(doctype: str, title: str) -> str:
    return rss(item(title), GOOD).replace("?><rss", f"?>{doctype}<rss", 1)


BOMB = "<!DOCTYPE r [" + '<!ENTITY a "' + "x" * 100 + '">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
) + "]>"  # fmt: skip
QUADRATIC = '<!DOCTYPE r [<!ENTITY a "' + "x" * 50_000 + '">]>'

CASES = [
    case("bare_ampersand", "AT&T without escaping", _title("Học & chơi"), "Học & chơi|Tin lành", BAD),
    case("ampersand_at_the_end", "& as the last character", _title("Học &"), "Học &|Tin lành", BAD),
    case("ampersand_in_a_link", "query parameters without escaping",
         rss(item().replace("hong.html", "hong?id=1&muc=2"), GOOD), "Tin hỏng|Tin lành", BAD, urls=(HOME + "hong?id=1&muc=2", HOME + "lanh.html")),
    case("reference_without_semicolon", "&nbsp without its end", _title("Học&nbspphí"), "Học ph;í|Tin lành", BAD),
    case("html_name_nbsp", "an HTML name that XML does not know", _title("Học&nbsp;phí"), "Học phí|Tin lành", BAD),
    case("html_names_of_letters", "Vietnamese letters by HTML names", _title("&Ocirc;ng &agrave; &eacute;"), "Ông à é|Tin lành", BAD),
    case("unknown_name", "a name that nobody knows stays as it is", _title("Học &xyzzy; phí"), "Học &xyzzy; phí|Tin lành", BAD),
    case("escaped_twice", "a title escaped twice", _title("Học &amp;amp; chơi"), "Học & chơi|Tin lành"),
    case("escaped_three_times", "a title escaped three times keeps one", _title("Học &amp;amp;amp; chơi"), "Học & chơi|Tin lành"),
    case("markup_escaped_twice", "markup escaped twice", _title("&amp;lt;b&amp;gt;Học&amp;lt;/b&amp;gt;"), "Học|Tin lành"),
    case("decimal_zero", "&#0; names no character", _title("Học&#0; phí"), "Học\ufffd phí|Tin lành"),
    case("surrogate_number", "&#xD800; names half a pair", _title("Học&#xD800; phí"), "Học\ufffd phí|Tin lành"),
    case("number_too_large", "&#x110000; is beyond the last character", _title("Học&#x110000; phí"), "Học\ufffd phí|Tin lành"),
    case("number_of_a_thousand_digits", "a reference with a thousand digits", _title(f"Học &#{'9' * 1000}; phí"),
         "Học \ufffd phí|Tin lành"),
    case("number_of_a_control_character", "&#8; is a backspace", _title("Học&#8; phí"), "Học phí|Tin lành", BAD),
    case("number_in_windows_1252", "&#150; means a dash to Windows", _title("Học&#150;phí"), "Học–phí|Tin lành"),
    case("number_without_digits", "&#; names nothing", _title("Học &#; phí"), "Học &#; phí|Tin lành", BAD),
    case("number_with_letters", "&#12a; is no number", _title("Học &#12a; phí"), "Học a; phí|Tin lành", BAD),
    case("hex_in_capitals", "&#X111; with a capital X", _title("&#X110;ào tạo"), "Đào tạo|Tin lành", BAD),
    case("decimal_letters", "every letter as a number", _title("".join(f"&#{ord(c)};" for c in "Học phí")), "Học phí|Tin lành"),
    case("emoji_as_surrogate_numbers", "an emoji as two surrogate numbers", _title("Vui &#55357;&#56832;"), "Vui \ufffd\ufffd|Tin lành"),
    case("declared_name", "a name declared in the document", _doctype('<!DOCTYPE r [<!ENTITY so "Sở">]>', "&so; Giáo dục"),
         "Sở Giáo dục|Tin lành"),
    case("name_used_before_declared", "a declaration behind the root", rss(item("&so; Giáo dục"), GOOD) + '<!DOCTYPE r [<!ENTITY so "Sở">]>',
         "&so; Giáo dục|Tin lành", BAD),
    case("bomb_of_ten_billion", "ten entities each ten times the one before", _doctype(BOMB, "&i;"), "&i;|Tin lành", BAD),
    case("bomb_in_an_attribute", "the same bomb in an attribute", _doctype(BOMB, "Tin hỏng").replace("<item>", '<item a="&i;">'),
         "Tin hỏng|Tin lành", BAD),
    case("quadratic_bomb", "one long entity used many times", _doctype(QUADRATIC, "&a;" * 300),
         "&a;" * 300 + "|Tin lành", BAD),
    case("entity_of_itself", "an entity that contains itself", _doctype('<!DOCTYPE r [<!ENTITY a "&a;">]>', "&a;"), "&a;|Tin lành", BAD),
    case("entities_of_each_other", "two entities that contain each other",
         _doctype('<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;"), "&a;|Tin lành", BAD),
    case("file_to_read", "an entity that names a file of ours", _doctype('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
         "&x;|Tin lành", BAD),
    case("address_to_fetch", "an entity that names an address inside the network",
         _doctype('<!DOCTYPE r [<!ENTITY x SYSTEM "http://169.254.169.254/">]>', "&x;"), "&x;|Tin lành", BAD),
    case("parameter_entity", "a parameter entity that loads a DTD",
         _doctype('<!DOCTYPE r [<!ENTITY % p SYSTEM "http://10.0.0.1/x.dtd"> %p;]>', "Tin hỏng"), "Tin hỏng|Tin lành"),
    case("external_dtd", "a document type on another server", _doctype('<!DOCTYPE rss SYSTEM "http://10.0.0.1/rss.dtd">', "Tin hỏng"),
         "Tin hỏng|Tin lành"),
    case("netscape_dtd", "the document type of RSS 0.91",
         _doctype('<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">', "Tin hỏng"),
         "Tin hỏng|Tin lành"),
    case("html_doctype", "an HTML document type before a feed", _doctype("<!DOCTYPE html>", "Tin hỏng"), "Tin hỏng|Tin lành"),
    case("doctype_not_closed", "a document type without end", _doctype("<!DOCTYPE rss [", "Tin hỏng"), "Tin hỏng|Tin lành"),
    case("doctype_twice", "two document types", _doctype("<!DOCTYPE rss><!DOCTYPE rss>", "Tin hỏng"), "Tin hỏng|Tin lành"),
    case("doctype_inside", "a document type in the middle", rss("<!DOCTYPE rss>", GOOD), "Tin lành", BAD),
    case("attribute_defaults", "attributes given by the document type",
         _doctype('<!DOCTYPE rss [<!ATTLIST item xml:base CDATA "http://10.0.0.1/">]>', "Tin hỏng"), "Tin hỏng|Tin lành"),
    case("conditional_section", "a conditional section of a DTD in the text", rss("<![IGNORE[x]]>", GOOD), "Tin lành", BAD),
    case("cdata_in_title", "CDATA in a title", _title("<![CDATA[Tin & <b>hỏng</b>]]>"), "Tin & hỏng|Tin lành"),
    case("cdata_in_cdata", "CDATA inside CDATA ends at the first ]]>", _title("<![CDATA[Tin <![CDATA[hỏng]]> mới]]>"),
         "Tin hỏng mới|Tin lành", BAD),
    case("cdata_escaped", "CDATA that was escaped", _title("&lt;![CDATA[Tin hỏng]]&gt;"), "Tin hỏng|Tin lành"),
    case("cdata_end_without_start", "]]> in the text", _title("Tin hỏng]]>"), "Tin hỏng]]>|Tin lành", BAD),
    case("cdata_in_lower_case", "<![cdata[ is no CDATA", _title("<![cdata[Tin hỏng]]>"), "Tin lành", f"{BAD} 0:no_title"),
    case("cdata_in_an_attribute", "CDATA in an attribute", rss(item(more='<enclosure url="<![CDATA[x]]>"/>'), GOOD),
         "Tin hỏng|Tin lành", BAD),
    case("cdata_in_link", "CDATA around a link with &", rss(item(link=None, more=f"<link><![CDATA[{HOME}a?b=1&c=2]]></link>"), GOOD),
         "Tin hỏng|Tin lành", urls=(HOME + "a?b=1&c=2", HOME + "lanh.html")),
    case("cdata_in_date", "CDATA around a date", rss(item(date="<![CDATA[Fri, 20 Nov 2026 08:00:00 +0700]]>"), GOOD), "Tin hỏng|Tin lành"),
    case("cdata_twice_in_title", "a title in two CDATA sections", _title("<![CDATA[Tin]]><![CDATA[ hỏng]]>"), "Tin hỏng|Tin lành"),
    case("cdata_with_references", "references inside CDATA", _title("<![CDATA[H&#7885;c ph&iacute;]]>"), "Học phí|Tin lành"),
    case("cdata_outside_items", "CDATA directly in the channel", rss("<![CDATA[rác]]>", GOOD), "Tin lành"),
    case("cdata_around_the_items", "the items as CDATA: text, not items", rss(f"<![CDATA[{item()}]]>", GOOD), "Tin lành"),
]  # fmt: skip
