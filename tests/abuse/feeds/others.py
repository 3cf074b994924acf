# ruff: noqa: E501 - a case reads best on few lines
"""What is no feed at all; repeated entries; sizes and depths."""

from __future__ import annotations

import gzip
import lzma
import zlib

from tests.abuse.feeds.case import BASE, FINE, GOOD, HEAD, HOME, atom, case, entry, item, rss

BAD = "-1:not_well_formed"
KEPT = "Tin hỏng|Tin lành"


def _guid(text: str) -> str:
    return f'<guid isPermaLink="false">{text}</guid>'


NO_FEEDS = [
    case("empty_body", "nothing at all", "", no="the body is empty"),
    case("body_of_blanks", "only white space", " \n\t\r\n ", no="the body is empty"),
    case("only_a_mark", "only a byte order mark", b"\xef\xbb\xbf", no="the body is empty"),
    case("plain_text", "a sentence", "Service unavailable", no="not a feed"),
    case("one_word", "one word of a cache", "OK", no="not a feed"),
    case("number", "a number", "0", no="not a feed"),
    case("html_404", "an error page with status 200", "<!DOCTYPE html><html><head><title>404 Không thấy</title></head></html>",
         no="an HTML page titled '404 Không thấy'"),
    case("html_login", "a log-in page", "<html><head><title>Đăng nhập</title></head><body><form></form></body></html>",
         no="an HTML page titled 'Đăng nhập'"),
    case("html_without_title", "a page without title", "<html><body>x</body></html>", no="an HTML page"),
    case("html_parked_domain", "a domain for sale", "<!doctype html><html><title>Domain for sale</title><a href='/'>Buy</a></html>",
         no="an HTML page"),
    case("html_challenge", "a bot check", "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>",
         no="titled 'Just a moment...'"),
    case("html_front_page_with_feed_link", "the front page, which names the feed",
         "<!DOCTYPE html><html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head></html>", no="an HTML page"),
    case("html_with_item_tags", "a page with <item> tags of a framework", "<html><body><item>Một</item></body></html>", no="an HTML page"),
    case("html_with_script_first", "a script instead of a page", "<script>location='/captcha'</script>", no="not a feed"),
    case("xhtml_page", "an XHTML page", f'{HEAD}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head></html>',
         no="not a feed"),
    case("sitemap", "a sitemap", f'{HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{HOME}</loc></url></urlset>',
         no="XML of another kind"),
    case("sitemap_index", "an index of sitemaps", f"{HEAD}<sitemapindex><sitemap><loc>{HOME}</loc></sitemap></sitemapindex>",
         no="XML of another kind"),
    case("opml", "a list of feeds", f'{HEAD}<opml version="2.0"><body><outline xmlUrl="{BASE}"/></body></opml>', no="XML of another kind"),
    case("soap_fault", "a web service's error", f"{HEAD}<Fault><faultstring>x</faultstring></Fault>", no="XML of another kind"),
    case("s3_error", "a storage service's error", f"{HEAD}<Error><Code>AccessDenied</Code></Error>", no="XML of another kind"),
    case("svg_picture", "a drawing", '<svg xmlns="http://www.w3.org/2000/svg"><title>Vẽ</title></svg>', no="XML of another kind"),
    case("csv", "a table", "id,title,link\n1,Tin,https://bencang.example/\n", no="not a feed"),
    case("yaml", "settings", "title: Tin\nlink: https://bencang.example/\n", no="not a feed"),
    case("css", "a stylesheet", "body { color: red }", no="not a feed"),
    case("javascript_callback", "JSON in a callback", 'callback({"version": "https://jsonfeed.org/version/1"})', no="not a feed"),
    case("gzip_not_unpacked", "compressed twice", gzip.compress(rss(GOOD).encode(), mtime=0), no="compressed data (gzip)"),
    case("xz_not_unpacked", "an xz archive", lzma.compress(rss(GOOD).encode()), no="compressed data (xz)"),
    case("deflate_not_unpacked", "a deflate stream", zlib.compress(rss(GOOD).encode()), no="not a feed"),
    case("zstd_not_unpacked", "a zstd frame", b"\x28\xb5\x2f\xfd\x04\x00\x09\x00\x00x", no="compressed data (zstd)"),
    case("zip", "a ZIP archive", b"PK\x03\x04" + bytes(60), no="a ZIP archive"),
    case("pdf", "a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", no="a PDF document"),
    case("png", "a picture", b"\x89PNG\r\n\x1a\n" + bytes(40), no="a picture (PNG)"),
    case("jpeg", "a photograph", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40), no="a picture (JPEG)"),
    case("every_byte", "every byte in order", bytes(range(256)) * 4, no="not a feed"),
    case("zeros", "a sparse file", bytes(4096), no="not a feed"),
    case("chunk_sizes_left_in", "a proxy that left the chunk sizes in", f"1a4\r\n{rss(GOOD)}\r\n0\r\n\r\n", "Tin lành", BAD),
    case("http_headers_left_in", "the answer's headers before the feed", f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n{rss(GOOD)}",
         "Tin lành", BAD),
    case("html_content_type", "a feed called text/html", rss(GOOD), "Tin lành", content_type="text/html; charset=utf-8"),
    case("json_content_type", "a feed called application/json", rss(GOOD, about="<title>y</title>"), "Tin lành",
         content_type="application/json"),
    case("binary_content_type", "a feed called application/octet-stream", rss(GOOD, about="<title>z</title>"), "Tin lành",
         content_type="application/octet-stream"),
]  # fmt: skip

ONE = HOME + "mot.html"
REPEATED = [
    case("guid_twice_same_link", "the same entry twice: once is enough",
         rss(item("Một", ONE, more=_guid("7")), item("Một, sửa", ONE, more=_guid("7")), GOOD), "Một|Tin lành", "1:duplicate_entry"),
    case("guid_twice_other_link", "one guid for two articles: both are kept",
         rss(item("Một", ONE, more=_guid("7")), item("Hai", HOME + "hai.html", more=_guid("7")), GOOD), "Một|Hai|Tin lành",
         "1:duplicate_id"),
    case("guid_the_same_everywhere", "a template that gives every entry the guid of the feed",
         rss(*(item(f"Tin {n}", f"{HOME}{n}.html", more=_guid(HOME)) for n in range(4))), "Tin 0|Tin 1|Tin 2|Tin 3",
         "1:duplicate_id 2:duplicate_id 3:duplicate_id"),
    case("guid_twice_link_by_tracking", "one guid, links that differ by tracking only",
         rss(item("Một", ONE, more=_guid("7")), item("Một", ONE + "?utm_source=x", more=_guid("7")), GOOD), "Một|Tin lành",
         "1:duplicate_entry"),
    case("link_twice_other_guid", "one link under two guids and two titles: two revisions of one article",
         rss(item("Một", ONE, more=_guid("7")), item("Một, sửa", ONE, more=_guid("8")), GOOD), "Một|Một, sửa|Tin lành"),
    case("entry_twice_without_guid", "the same entry twice, without guid", rss(item("Một", ONE), item("Một", ONE), GOOD), "Một|Tin lành",
         "1:duplicate_entry"),
    case("guid_twice_first_without_link", "the first of the two has no link",
         rss(item("Một", None, more=_guid("7")), item("Một", ONE, more=_guid("7")), GOOD), "Một|Tin lành", "0:no_link"),
    case("atom_id_twice", "an Atom id twice with one link: an edit listed beside its first form",
         atom(entry("Một", ONE, more="<id>urn:7</id>"), entry("Một, sửa", ONE, more="<id>urn:7</id>"), FINE), "Một|Tin lành",
         "1:duplicate_entry"),
    case("two_guids_in_one_entry", "two guids in one entry: the last counts",
         rss(item("Một", ONE, more=_guid("7") + _guid("8")), item("Hai", HOME + "hai.html", more=_guid("8")), GOOD), "Một|Hai|Tin lành",
         "1:duplicate_id"),
    case("same_text_other_links", "one text under two addresses: a reprint is its own article",
         rss(item("Một", ONE), item("Một", HOME + "hai.html"), GOOD), "Một|Một|Tin lành"),
]  # fmt: skip

MANY = [item(f"Tin {n}", f"{HOME}{n}.html") for n in range(5003)]
FIRST = "|".join(f"Tin {n}" for n in range(5000))
SIZES = [
    case("too_many_entries", "5,003 entries: the first 5,000 are read", rss(*MANY), FIRST, "-1:too_many_entries"),
    case("too_many_entries_broken", "as many in a feed that is not well-formed", rss("<br>", *MANY), FIRST, "-1:too_many_entries"),
    case("too_large_and_odd", "5 MB in a feed that only feedparser reads",
         rss(GOOD, item(more=f"<tags/><description>{'Học phí ' * 700_000}</description>")), "Tin lành", "-1:too_large"),
    case("title_of_a_megabyte", "a title of 1 MB is read from its beginning", rss(item("Học " * 250_000), GOOD),
         ("Học " * 5000).strip() + "|Tin lành"),
    case("summary_of_5_mb", "a whole archive as description", rss(item(more=f"<description>{'Học phí ' * 500_000}</description>"), GOOD),
         KEPT),
    case("ten_thousand_categories", "ten thousand categories in one entry",
         rss(item(more="".join(f"<category>{n}</category>" for n in range(10_000))), GOOD), KEPT),
    case("ten_thousand_categories_odd", "the same where only feedparser reads",
         rss(item(more="<tags/>" + "".join(f"<category>{n}</category>" for n in range(10_000))), GOOD), KEPT),
    case("deep_unknown_elements", "ten thousand unknown elements in each other", rss(item(more="<a>" * 10_000 + "</a>" * 10_000), GOOD),
         KEPT),
    case("deep_items", "a thousand items in each other", rss("<item>" * 1000 + "</item>" * 1000, GOOD), "Tin lành",
         " ".join(f"{n}:no_link" for n in range(1000))),
    case("deep_divs_in_xhtml", "ten thousand div in each other",
         atom(entry(more='<content type="xhtml">' + "<div>" * 10_000 + "</div>" * 10_000 + "</content>"), FINE), KEPT),
    case("deep_bases", "ten thousand xml:base, each relative to the one around it",
         rss(item(more="<a xml:base='muc/'>" * 10_000 + "</a>" * 10_000), GOOD, names=' xml:base="https://bencang.example/"'), KEPT),
    case("thousand_attributes", "a thousand attributes on one element",
         rss(item().replace("<item>", "<item " + " ".join(f'a{n}="1"' for n in range(1000)) + ">"), GOOD), KEPT),
    case("attribute_of_a_megabyte", "an attribute of 1 MB", rss(item().replace("<item>", f'<item a="{"x" * 1_000_000}">'), GOOD), KEPT),
    case("element_name_of_100_kb", "an element name of 100 KB", rss(item(more=f"<{'a' * 100_000}/>"), GOOD), KEPT),
    case("many_open_brackets", "a hundred thousand <", rss(GOOD) + "<" * 100_000, "Tin lành", BAD),
    case("many_ampersands", "a hundred thousand & in a title", rss(item("Học " + "&" * 100_000), GOOD),
         "Học " + "&" * 19_996 + "|Tin lành", BAD),
    case("many_open_comments", "fifty thousand comments that begin", rss(GOOD).replace("</channel>", "<!--" * 50_000), "Tin lành", BAD),
    case("many_open_cdata", "fifty thousand CDATA that begin", rss(GOOD, item("<![CDATA[" * 50_000)), "Tin lành", f"{BAD} 1:no_link"),
    case("many_open_tags", "fifty thousand tags that are never closed", rss("<p>" * 50_000, GOOD), "Tin lành", BAD),
    case("blanks_of_a_megabyte", "a megabyte of blanks before the feed", " " * 1_000_000 + rss(GOOD), "Tin lành"),
    case("blanks_before_odd_declaration", "a megabyte of blanks before a declaration of XML 1.1",
         " " * 1_000_000 + rss(GOOD).replace("1.0", "1.1", 1), "Tin lành"),
    case("half_a_million_elements", "half a million empty elements: a tree of them would fill the memory",
         rss(GOOD, "<a/>" * 500_000), "Tin lành", "-1:too_large"),
    case("half_a_million_attributes", "half a million attributes in well-formed elements",
         rss(GOOD, '<a b="" c="" d="" e=""/>' * 125_000), "Tin lành"),
    case("one_letter_summary_soup", "a description of fifty thousand open angle brackets",
         rss(item(more=f"<description><![CDATA[{'<a ' * 50_000}]]></description>"), GOOD), KEPT),
    case("thousand_enclosures", "a thousand enclosures", rss(item(more='<enclosure url="a"/>' * 1000), GOOD), KEPT),
    case("thousand_dates", "a thousand dates: the last counts",
         rss(item(more="<pubDate>Thu, 19 Nov 2026 08:00:00 +0700</pubDate>" * 1000), GOOD), KEPT),
    case("thousand_titles", "a thousand titles: the first counts", rss(item(more="<title>x</title>" * 1000), GOOD), KEPT),
    case("one_item_a_line_each_letter", "every letter of a title in its own CDATA",
         rss(item("".join(f"<![CDATA[{c}]]>" for c in "Tin hỏng")), GOOD), KEPT),
]  # fmt: skip

CASES = [*NO_FEEDS, *REPEATED, *SIZES]
