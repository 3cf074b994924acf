# ruff: noqa: E501 - a case reads best on few lines
"""Atom that is XML and still wrong."""

from __future__ import annotations

from tests.abuse.feeds.case import EIGHT, FINE, HEAD, HOME, atom, case, entry

KEPT = "Tin hỏng|Tin lành"
XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">'


def _summaries(*summaries: str) -> dict[str, object]:
    return {"summaries": (*summaries, "")}


CASES = [
    case("atom_no_title", "an entry without title", atom(entry(title=""), FINE), "Tin lành", "0:no_title"),
    case("atom_no_link", "an entry without link and id", atom(entry(link=None), FINE), "Tin lành", "0:no_link"),
    case("atom_id_is_the_link", "no link, but an id that is an address", atom(entry(link=None, more=f"<id>{HOME}hong.html</id>"), FINE),
         KEPT),
    case("atom_id_is_a_urn", "no link, and an id that is no address", atom(entry(link=None, more="<id>urn:uuid:1</id>"), FINE), "Tin lành",
         "0:no_link"),
    case("atom_link_without_href", "a link without href", atom(entry(link=None, more='<link rel="alternate"/>'), FINE), "Tin lành",
         "0:no_link"),
    case("atom_link_as_text", "a link as text, as in RSS", atom(entry(link=None, more=f"<link>{HOME}hong.html</link>"), FINE), KEPT),
    case("atom_only_self_link", "only rel=self: not the entry's page", atom(entry(link=None, more=f'<link rel="self" href="{HOME}a.atom"/>'),
         FINE), "Tin lành", "0:no_link"),
    case("atom_only_enclosure_link", "only an enclosure", atom(entry(link=None, more=f'<link rel="enclosure" href="{HOME}a.mp3"/>'), FINE),
         "Tin lành", "0:no_link"),
    case("atom_alternate_is_json", "the alternate is no page", atom(entry(link=None,
         more=f'<link rel="alternate" type="application/json" href="{HOME}a.json"/>'), FINE), "Tin lành", "0:no_link"),
    case("atom_two_alternates", "two alternates: the last counts", atom(entry(link=HOME + "mot.html", more=f'<link href="{HOME}hong.html"/>'),
         FINE), KEPT, urls=(HOME + "hong.html", HOME + "lanh.html")),
    case("atom_rel_in_capitals", "rel=ALTERNATE", atom(entry(link=None, more=f'<link rel="ALTERNATE" href="{HOME}hong.html"/>'), FINE), KEPT),
    case("atom_rel_as_address", "a relation spelt as an address",
         atom(entry(link=None, more=f'<link rel="http://www.iana.org/assignments/relation/alternate" href="{HOME}hong.html"/>'), FINE),
         "Tin lành", "0:no_link"),
    case("atom_no_date", "an entry without any date", atom(entry(date=None), FINE), KEPT, "0:no_date", dates=(None, EIGHT)),
    case("atom_updated_only", "only updated", atom(entry(date=None, more=f"<updated>{EIGHT}</updated>"), FINE), KEPT, dates=(EIGHT, EIGHT)),
    case("atom_old_names_of_dates", "issued and modified of Atom 0.3", atom(entry(date=None, more=f"<issued>{EIGHT}</issued>"), FINE), KEPT,
         dates=(EIGHT, EIGHT)),
    case("atom_pubdate", "an RSS date in Atom", atom(entry(date=None, more="<pubDate>Fri, 20 Nov 2026 08:00:00 +0700</pubDate>"), FINE),
         KEPT, dates=(EIGHT, EIGHT)),
    case("atom_date_without_zone", "a date without zone is Việt Nam's", atom(entry(date="2026-11-20T08:00:00"), FINE), KEPT,
         dates=(EIGHT, EIGHT)),
    case("atom_title_html", "a title of type html, escaped twice", atom(entry(title="", more='<title type="html">Tin &amp;lt;b&amp;gt;hỏng</title>'),
         FINE), KEPT),
    case("atom_title_xhtml", "a title of type xhtml", atom(entry(title="", more=f'<title type="xhtml">{XHTML}Tin <b>hỏng</b></div></title>'),
         FINE), KEPT),
    case("atom_title_xhtml_without_div", "type xhtml and no div", atom(entry(title="", more='<title type="xhtml">Tin <b>hỏng</b></title>'),
         FINE), KEPT),
    case("atom_title_unknown_type", "a title of type image/png is taken for Base64",
         atom(entry(title="", more='<title type="image/png">Tin hỏng</title>'), FINE), KEPT),
    case("atom_title_type_lies", "type text over markup", atom(entry(title="", more='<title type="text">Tin &lt;b&gt;hỏng&lt;/b&gt;</title>'),
         FINE), KEPT),
    case("atom_content_only", "content and no summary", atom(entry(more='<content type="html">&lt;p&gt;Một</content>'), FINE), KEPT,
         **_summaries("Một")),
    case("atom_content_xhtml", "content of type xhtml", atom(entry(more=f'<content type="xhtml">{XHTML}<p>Một</p></div></content>'), FINE),
         KEPT, **_summaries("Một")),
    case("atom_content_elsewhere", "content at another address", atom(entry(more='<content src="https://x.example/a.mp3" type="audio/mpeg"/>'),
         FINE), KEPT),
    case("atom_content_base64", "binary content", atom(entry(more='<content type="image/png">iVBORw0KGgo=</content>'), FINE), KEPT),
    case("atom_summary_after_content", "the summary behind the content",
         atom(entry(more="<content>Dài</content><summary>Một</summary>"), FINE), KEPT, **_summaries("Một")),
    case("atom_summary_with_markup", "markup in a summary of type text", atom(entry(more="<summary>Một &lt;b&gt;hai&lt;/b&gt;</summary>"), FINE),
         KEPT, **_summaries("Một hai")),
    case("atom_source_inside", "an entry with a source that has title, id and date of its own",
         atom(entry(more="<source><title>Báo Khác</title><id>urn:x</id><updated>1999-01-01T00:00:00Z</updated></source>"), FINE), KEPT,
         dates=(EIGHT, EIGHT)),
    case("atom_source_first", "the same source before the title",
         atom(f"<entry><source><title>Báo Khác</title><link href='https://x.example/'/></source>{entry()[7:]}", FINE), KEPT,
         urls=(HOME + "hong.html", HOME + "lanh.html")),
    case("atom_author_without_name", "an author without name", atom(entry(more="<author><email>a@b.example</email></author>"), FINE), KEPT),
    case("atom_author_as_text", "an author as text", atom(entry(more="<author>Tòa soạn</author>"), FINE), KEPT),
    case("atom_category_without_term", "a category without term", atom(entry(more="<category/>"), FINE), KEPT),
    case("atom_namespace_missing", "a feed without namespace", atom(FINE).replace(' xmlns="http://www.w3.org/2005/Atom"', ""), "Tin lành"),
    case("atom_namespace_0_3", "the namespace of Atom 0.3", atom(FINE).replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"),
         "Tin lành"),
    case("atom_namespace_wrong_case", "the namespace in other capitals", atom(FINE).replace("2005/Atom", "2005/ATOM"), "Tin lành"),
    case("atom_namespace_https", "the namespace with https", atom(FINE).replace("http://www.w3.org/2005/Atom", "https://www.w3.org/2005/Atom"),
         "Tin lành"),
    case("atom_namespace_slash", "the namespace with a slash too many", atom(FINE).replace("2005/Atom", "2005/Atom/"), "Tin lành"),
    case("atom_prefix_everywhere", "every element with a prefix",
         f'{HEAD}<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>Tin hỏng</a:title><a:link href="{HOME}hong.html"/>'
         f"<a:updated>{EIGHT}</a:updated></a:entry></a:feed>", "Tin hỏng"),
    case("atom_entry_alone", "one entry as the whole document",
         HEAD + FINE.replace("<entry>", '<entry xmlns="http://www.w3.org/2005/Atom">'), "Tin lành"),
    case("atom_items", "RSS items in an Atom feed", atom(f"<item><title>Tin hỏng</title><link>{HOME}hong.html</link>"
         f"<updated>{EIGHT}</updated></item>", FINE), KEPT),
    case("atom_base_on_feed", "xml:base on the feed", atom(entry(link="hong.html"), FINE, names=' xml:base="https://x.example/muc/"'), KEPT,
         urls=("https://x.example/muc/hong.html", HOME + "lanh.html")),
    case("atom_base_nested", "xml:base on feed and entry", atom(entry(link="hong.html").replace("<entry>", '<entry xml:base="hai/">'), FINE,
         names=' xml:base="https://x.example/muc/"'), KEPT, urls=("https://x.example/muc/hai/hong.html", HOME + "lanh.html")),
    case("atom_lang_unknown", "a language that does not exist", atom(FINE, names=' xml:lang="xx-không"'), "Tin lành"),
    case("atom_deleted_entry", "a tombstone of RFC 6721 is no entry", atom(
         '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="x" when="2026-11-20T01:00:00Z"/>', FINE), "Tin lành"),
]  # fmt: skip
