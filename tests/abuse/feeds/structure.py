# ruff: noqa: E501 - a case reads best on few lines
"""XML that is broken: cut off, badly nested, badly declared, with things in it that do not belong."""

from __future__ import annotations

from tests.abuse.feeds.case import DATE, FINE, GOOD, HEAD, HOME, atom, case, entry, item, rss

BAD = "-1:not_well_formed"
WHOLE = rss(GOOD, item("Tin sau", HOME + "sau.html"))
BOTH = "Tin lành|Tin sau"


def _until(mark: str, body: str = WHOLE) -> str:
    return body[: body.rindex(mark)]


def _in_title(markup: str) -> str:
    return rss(item(markup), GOOD)


CUT = [
    case("cut_before_the_last_tag", "the connection ended before </rss>", _until("</rss>"), BOTH, BAD),
    case("cut_after_the_last_item", "the connection ended before </channel>", _until("</channel>"), BOTH, BAD),
    case("cut_in_an_end_tag", "half of an end tag", _until("em></channel>"), BOTH, BAD),
    case("cut_in_a_date", "half of a date: it must not become another day", _until("08:00:00 +0700</pubDate></item></channel>"),
         BOTH, f"{BAD} 1:no_date", dates=("2026-11-20T08:00:00+07:00", None)),
    case("cut_in_a_link", "half of an address must not become another", _until("au.html"), "Tin lành", f"{BAD} 1:no_link"),
    case("cut_in_a_title", "half of a title and nothing behind it", _until(" sau</title>"), "Tin lành", f"{BAD} 1:no_link"),
    case("cut_in_a_start_tag", "half of a start tag", _until("itle>Tin sau"), "Tin lành", f"{BAD} 1:no_link"),
    case("cut_in_an_attribute", "a start tag cut in its attribute", WHOLE.replace("</channel>", '<item x="y')[:-6], BOTH, BAD),
    case("cut_in_the_declaration", "only half of the XML declaration came", HEAD[:20], no="not a feed"),
    case("cut_after_the_declaration", "only the XML declaration came", HEAD, no="not a feed"),
    case("cut_in_the_root", "the root's start tag is cut", HEAD + '<rss versi', no="broken beyond reading"),
    case("cut_after_the_channel_title", "nothing but the feed's own title", rss()[: -len("</channel></rss>")], "", BAD),
    case("cut_in_cdata", "a CDATA section without end takes the rest of that entry",
         _until("</title><link>", rss(GOOD, item("<![CDATA[Tin sau"))), "Tin lành", f"{BAD} 1:no_link"),
    case("cut_in_a_comment", "a comment without end", rss(GOOD) .replace("</channel>", "<!-- hết"), "Tin lành", BAD),
    case("cut_in_an_entity", "half of a reference", _until("x</title>", rss(GOOD, item("Học &amx"))), "Tin lành", f"{BAD} 1:no_link"),
]  # fmt: skip

NESTING = [
    case("end_tags_crossed", "b and i closed in the wrong order", _in_title("<b><i>Tin</b></i> hỏng"), "Tin hỏng|Tin lành", BAD),
    case("item_not_closed", "an item without end: the next one begins inside it", rss(item("Một")[: -len("</item>")], GOOD),
         "Một|Tin lành", BAD),
    case("title_not_closed", "a title without end", rss(f"<item><title>Một<link>{HOME}hong.html</link></item>", GOOD),
         "Tin lành", f"{BAD} 0:no_link"),
    case("link_not_closed", "a link without end", rss(f"<item><title>Một</title><link>{HOME}hong.html<pubDate>{DATE}</pubDate></item>",
         GOOD), "Tin lành", f"{BAD} 0:no_link"),
    case("end_tag_too_many", "an end tag that closes nothing", rss("</item>", GOOD), "Tin lành", BAD),
    case("two_roots", "two documents in one body", WHOLE + rss(item("Tin ba", HOME + "ba.html"), head=""), BOTH + "|Tin ba", BAD),
    case("root_closed_early", "</rss> before the items", f'{HEAD}<rss version="2.0"><channel></channel></rss>{GOOD}', "Tin lành", BAD),
    case("text_after_the_root", "a counter's script behind the feed", WHOLE + "<script>var x=1</script>", BOTH, BAD),
    case("php_warning_first", "a PHP warning before the feed", "<br />\n<b>Warning</b>: include(x) in <b>/rss.php</b><br />\n" + WHOLE,
         BOTH, BAD),
    case("php_warning_inside", "a PHP warning between two items", rss(GOOD, "<br />\n<b>Notice</b>: x<br />", item("Tin sau",
         HOME + "sau.html")), BOTH),
    case("php_warning_in_an_item", "a PHP warning inside an item", rss(item(more="<b>Notice</b>: x in <b>a.php</b>"), GOOD),
         "Tin hỏng|Tin lành"),
    case("sql_error_behind", "a database error behind the last item", _until("</channel>") + "Error 1040: Too many connections",
         BOTH, BAD),
    case("blank_before_the_declaration", "a blank line before <?xml: no XML, and very common", "\n  " + WHOLE, BOTH),
    case("text_before_the_declaration", "letters before <?xml", "ok" + WHOLE, BOTH, BAD),
    case("two_declarations", "the declaration twice", HEAD + WHOLE, BOTH, BAD),
    case("declaration_in_the_middle", "a declaration between two items: joined files", rss(GOOD, HEAD, item("Tin sau",
         HOME + "sau.html")), BOTH, BAD),
    case("xml_1_1", "XML 1.1, which few parsers read", WHOLE.replace('"1.0"', '"1.1"', 1), BOTH),
    case("xml_9_9", "a version of XML that does not exist", WHOLE.replace('"1.0"', '"9.9"', 1), BOTH),
    case("no_declaration", "no declaration at all", rss(GOOD, head=""), "Tin lành"),
    case("upper_case_tags", "element names in capitals", WHOLE.upper().replace("HTTPS://BENCANG.EXAMPLE/", HOME)
         .replace("FRI, 20 NOV", "Fri, 20 Nov").replace(HEAD.upper(), HEAD).replace("LANH.HTML", "lanh.html")
         .replace("SAU.HTML", "sau.html"), "TIN LÀNH|TIN SAU"),
    case("mixed_case_tags", "<Item> and <PubDate>", WHOLE.replace("item>", "Item>").replace("pubDate", "PubDate"), BOTH),
    case("start_and_end_differ_in_case", "<title>…</Title>", WHOLE.replace("</title>", "</Title>"), BOTH, BAD),
    case("attribute_without_quotes", "version=2.0", WHOLE.replace('"2.0"', "2.0"), BOTH, BAD),
    case("attribute_without_value", "<item new>", WHOLE.replace("<item>", "<item new>"), BOTH, BAD),
    case("attribute_twice", "the same attribute twice", WHOLE.replace("<item>", '<item a="1" a="2">'), BOTH, BAD),
    case("quote_not_closed", "a quotation mark that is never closed", rss('<item id="7><title>Một</title></item>', GOOD), "Tin lành",
         f"{BAD} 0:no_link"),
    case("less_than_in_text", "a bare < in a title", _in_title("Điểm < 5 vẫn đỗ"), "Điểm < 5 vẫn đỗ|Tin lành", BAD),
    case("less_than_in_an_attribute", "a bare < in an attribute", WHOLE.replace("<item>", '<item a="<">'), BOTH, BAD),
    case("tag_of_digits", "an element whose name is a number", rss(item(more="<1>x</1>"), GOOD), "Tin hỏng|Tin lành", BAD),
    case("tag_with_blank", "a blank after <", rss(item(more="< b>x</b>"), GOOD), "Tin hỏng|Tin lành", BAD),
    case("empty_tag", "<> in the text", _in_title("Tin <> hỏng"), "Tin hỏng|Tin lành", BAD),
    case("tag_in_vietnamese", "element names with Vietnamese letters", rss(item(more="<tác_giả>x</tác_giả>"), GOOD),
         "Tin hỏng|Tin lành"),
    case("html_in_title_not_escaped", "markup in a title without escaping", _in_title("Tin <b>hỏng</b>"), "Tin hỏng|Tin lành"),
    case("html_in_summary_not_escaped", "HTML in a description without escaping, <br> not closed",
         rss(item(more="<description>Mức thu<br>không <i>đổi</i></description>"), GOOD), "Tin hỏng|Tin lành", BAD,
         summaries=("Mức thu không đổi", "")),
    case("processing_instruction_inside", "a processing instruction in an item", rss(item(more="<?php echo 1 ?>"), GOOD),
         "Tin hỏng|Tin lành"),
    case("stylesheet_instruction", "a stylesheet before the root", WHOLE.replace("?><rss", '?><?xml-stylesheet href="x.xsl"?><rss'), BOTH),
    case("comment_with_two_dashes", "-- inside a comment is forbidden", rss("<!-- a -- b -->", GOOD), "Tin lành", BAD),
    case("comment_in_title", "a comment in the middle of a title", _in_title("Tin <!-- x -->hỏng"), "Tin hỏng|Tin lành"),
    case("comment_around_items", "items commented out stay out", rss("<!--", item(), "-->", GOOD), "Tin lành"),
    case("conditional_comment", "a comment for Internet Explorer", rss("<!--[if IE]><item/><![endif]-->", GOOD), "Tin lành"),
    case("items_in_items", "an item inside an item", rss(f"<item><title>Ngoài</title><link>{HOME}ngoai.html</link>{GOOD}</item>"),
         "Ngoài|Tin lành", "0:no_date"),
    case("item_outside_channel", "items beside the channel, as RSS 0.90 has them",
         f'{HEAD}<rss version="2.0"><channel><title>x</title></channel>{GOOD}</rss>', "Tin lành"),
    case("two_channels", "two channels in one feed", WHOLE.replace("</rss>", f"<channel>{item('Tin ba', HOME + 'ba.html')}</channel></rss>"),
         BOTH + "|Tin ba"),
    case("no_channel", "items directly in rss", f'{HEAD}<rss version="2.0">{GOOD}</rss>', "Tin lành"),
    case("channel_as_root", "channel without rss around it", f"{HEAD}<channel>{GOOD}</channel>", "Tin lành"),
    case("item_as_root", "one item and nothing around it", HEAD + GOOD, "Tin lành"),
    case("list_of_items_without_root", "items one after another", HEAD + GOOD + item("Tin sau", HOME + "sau.html"), BOTH, BAD),
    case("xhtml_around", "the feed inside an XHTML page", f"{HEAD}<html><body>{WHOLE.removeprefix(HEAD)}</body></html>", BOTH),
    case("soap_around", "the feed inside a SOAP envelope",
         f'{HEAD}<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{WHOLE.removeprefix(HEAD)}</s:Body></s:Envelope>', BOTH),
    case("escaped_whole", "the whole feed escaped inside an element", "<string>" + WHOLE.replace("<", "&lt;") + "</string>",
         no="not a feed"),
    case("empty_channel", "a channel without anything", f'{HEAD}<rss version="2.0"><channel/></rss>'),
    case("empty_rss", "a root without anything", f'{HEAD}<rss version="2.0"/>'),
    case("empty_atom", "an Atom feed without entries", atom()),
    case("atom_cut", "an Atom feed cut in its second entry", atom(FINE, entry())[:-60], "Tin lành|Tin hỏng", f"{BAD} 1:no_date"),
    case("doubled_brackets", "<<title>>: a template that escaped wrongly", rss(item().replace("<title>", "<<title>>"), GOOD),
         ">Tin hỏng|Tin lành", BAD),
    case("self_closed_item", "an item without content", rss("<item/>", GOOD), "Tin lành", "0:no_link"),
    case("ampersand_in_a_tag", "an & among the attributes", WHOLE.replace("<item>", '<item a="x&y">'), BOTH, BAD),
    case("slash_forgotten", "<title>…<title>", rss(item().replace("</title>", "<title>"), GOOD), "Tin lành", f"{BAD} 0:no_link"),
]  # fmt: skip

CASES = [*CUT, *NESTING]
