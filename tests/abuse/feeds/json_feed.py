# ruff: noqa: E501 - a case reads best on few lines
"""JSON Feed: JSON that is broken, JSON of other kinds, wrong types, doubled keys, huge numbers, deep nesting."""

from __future__ import annotations

import json
from typing import Any

from tests.abuse.feeds.case import EIGHT, HOME, case, in_windows_1258

V = "https://jsonfeed.org/version/1.1"
FINE: dict[str, Any] = {"id": "2", "url": HOME + "lanh.html", "title": "Tin lành", "date_published": EIGHT}
BAD: dict[str, Any] = {"id": "1", "url": HOME + "hong.html", "title": "Tin hỏng", "date_published": EIGHT}
KEPT = "Tin hỏng|Tin lành"


def feed(*items: Any, **more: Any) -> str:
    return json.dumps({"version": V, "title": "Bến Cảng", "items": list(items), **more}, ensure_ascii=False)


def but(**changes: Any) -> dict[str, Any]:
    return {k: v for k, v in {**BAD, **changes}.items() if v is not ...}


def _one(faults: str = "", kept: str = KEPT, **changes: Any) -> tuple[str, str, str]:
    return feed(but(**changes), FINE), kept, faults


WHOLE = feed(BAD, FINE)

CASES = [
    case("json_cut", "cut in the second item", WHOLE[:-30], no="broken JSON"),
    case("json_trailing_comma", "a comma too many", WHOLE.replace("}]", "},]"), no="broken JSON"),
    case("json_single_quotes", "Python's quotes", WHOLE.replace('"', "'"), no="broken JSON"),
    case("json_comment", "a comment", WHOLE.replace("{", "{/* x */", 1), no="broken JSON"),
    case("json_nan", "NaN, which JSON does not have", WHOLE.replace('"1"', "NaN"), no="NaN is no JSON"),
    case("json_infinity", "Infinity, which JSON does not have", WHOLE.replace('"1"', "-Infinity"), no="Infinity is no JSON"),
    case("json_two_documents", "two feeds one after another", WHOLE + WHOLE, no="Extra data"),
    case("json_bare_control_character", "a line end inside a text", WHOLE.replace("Tin hỏng", "Tin\nhỏng"), no="broken JSON"),
    case("json_bad_escape", "an escape that does not exist", WHOLE.replace("Tin hỏng", "Tin \\x hỏng"), no="broken JSON"),
    case("json_lone_surrogate", "half of a pair as an escape", WHOLE.replace("Tin hỏng", "Tin \\ud800hỏng"), KEPT),
    case("json_with_mark", "a byte order mark", b"\xef\xbb\xbf" + WHOLE.encode(), KEPT),
    case("json_in_windows_1258", "JSON in Windows-1258", in_windows_1258(WHOLE), KEPT),
    case("json_deep", "a hundred thousand brackets", '{"version":"x","items":' + "[" * 100_000, no="nested too deeply"),
    case("json_deep_object", "a hundred thousand objects in each other", '{"a":' * 100_000, no="nested too deeply"),
    case("json_huge_integer", "an id of a hundred thousand digits", WHOLE.replace('"1"', "9" * 100_000), KEPT, "0:wrong_type"),
    case("json_huge_exponent", "an id of 1e999999", WHOLE.replace('"1"', "1e999999"), KEPT, "0:wrong_type"),
    case("json_key_twice", "the title twice in an item: the first counts",
         WHOLE.replace('"title": "Tin hỏng"', '"title": "Tin hỏng", "title": "Tin khác"'), KEPT, "0:duplicate_key"),
    case("json_items_twice", "items twice in the feed: the first counts", WHOLE[:-1] + ', "items": []}', KEPT, "-1:duplicate_key"),
    case("json_array", "an array as the document", "[" + WHOLE + "]", no="no JSON Feed (not an object)"),
    case("json_number_of_errors", "an API's error", '{"error": {"code": 403, "message": "Forbidden"}}', no="no version of jsonfeed.org"),
    case("json_ld", "JSON-LD of an article", '{"@context": "https://schema.org", "@type": "NewsArticle"}', no="no version of jsonfeed.org"),
    case("json_wordpress_api", "a list of a content API without title", '{"version": 2, "items": []}', no="no version of jsonfeed.org"),
    case("json_no_items", "a feed without items", json.dumps({"version": V, "title": "x"}), no="`items` is no list"),
    case("json_items_object", "items as an object", json.dumps({"version": V, "title": "x", "items": {"0": FINE}}), no="`items` is no list"),
    case("json_items_null", "items as null", json.dumps({"version": V, "title": "x", "items": None}), no="`items` is no list"),
    case("json_items_empty", "no items yet", feed()),
    case("json_version_missing", "no version, but title and items", WHOLE.replace(f'"version": "{V}", ', ""), KEPT, "-1:unknown_version"),
    case("json_version_7", "a version of the future", WHOLE.replace("1.1", "7"), KEPT, "-1:unknown_version"),
    case("json_version_number", "the version as a number", WHOLE.replace(f'"{V}"', "1.1"), KEPT, "-1:unknown_version"),
    case("json_item_is_text", "a text among the items", feed("x", FINE), "Tin lành", "0:not_an_entry"),
    case("json_item_is_null", "null among the items", feed(None, FINE), "Tin lành", "0:not_an_entry"),
    case("json_item_is_a_list", "a list among the items", feed([BAD], FINE), "Tin lành", "0:not_an_entry"),
    case("json_item_empty", "an empty object among the items", feed({}, FINE), "Tin lành", "0:no_link"),
    case("json_id_number", "an id as a number, as version 1 let through", *_one(id=7)),
    case("json_id_boolean", "an id that is true", *_one("0:wrong_type", id=True)),
    case("json_id_missing", "no id", *_one(id=...)),
    case("json_url_missing", "no url, and an id that is none", *_one("0:no_link", "Tin lành", url=...)),
    case("json_url_in_id", "the address as id", *_one(url=..., id=HOME + "hong.html")),
    case("json_url_external_only", "only external_url", *_one(url=..., external_url=HOME + "hong.html")),
    case("json_url_number", "a url that is a number", *_one("0:wrong_type 0:no_link", "Tin lành", url=5)),
    case("json_url_relative", "a relative url", *_one(url="/hong.html")),
    case("json_url_list", "a list of urls", *_one("0:wrong_type 0:no_link", "Tin lành", url=[HOME])),
    case("json_title_missing", "no title, as a microblog has it", *_one("0:no_title", "Tin lành", title=...)),
    case("json_title_number", "a title that is a number", *_one("0:wrong_type 0:no_title", "Tin lành", title=2026)),
    case("json_title_null", "a title that is null", *_one("0:no_title", "Tin lành", title=None)),
    case("json_title_markup", "markup in a title", *_one(title="Tin <b>hỏng</b>")),
    case("json_date_number", "a date in seconds", *_one("0:wrong_type 0:no_date", date_published=1_795_000_000)),
    case("json_date_vietnamese", "a date as people write it", *_one(date_published="20/11/2026 08:00")),
    case("json_date_missing", "no date", *_one("0:no_date", date_published=...)),
    case("json_date_modified_only", "only date_modified", *_one(date_published=..., date_modified=EIGHT)),
    case("json_tags_text", "tags as one text", *_one("0:wrong_type", tags="Giáo dục")),
    case("json_tags_mixed", "a number among the tags", *_one("0:wrong_type", tags=["Giáo dục", 5])),
    case("json_authors_text", "authors as text", *_one("0:wrong_type", authors="Ai Đó")),
    case("json_author_number", "an author whose name is a number", *_one("0:wrong_type", author={"name": 5})),
    case("json_attachments_object", "attachments as an object", *_one("0:wrong_type", attachments={"url": "x"})),
    case("json_attachment_without_url", "an attachment without address", *_one(attachments=[{"mime_type": "a/b"}])),
    case("json_content_object", "content as an object", *_one("0:wrong_type", content_text={"a": 1})),
    case("json_content_html", "only content_html, with a script", feed(but(content_html="<script>x</script><p>Một</p>"), FINE), KEPT,
         summaries=("Một", "")),
    case("json_content_text_with_brackets", "content_text is no markup", feed(but(content_text="nếu a <b và b> c"), FINE), KEPT,
         summaries=("nếu a <b và b> c", "")),
    case("json_expired", "a feed that says it has ended", feed(BAD, expired=True), "Tin hỏng", "-1:expired"),
    case("json_feed_title_number", "the feed's title is a number", feed(BAD, title=5), "Tin hỏng", "-1:wrong_type"),
    case("json_next_url_number", "next_url is a number", feed(BAD, next_url=5), "Tin hỏng", "-1:wrong_type"),
    case("json_million_objects", "a million empty objects, which would fill the memory", '{"items":[' + "{}," * 1_000_000 + "{}]}",
         no="more than any feed has"),
    case("json_too_many", "5,001 items", feed(*({**FINE, "id": str(n), "url": f"{HOME}{n}.html", "title": f"Tin {n}"} for n in range(5001))),
         "|".join(f"Tin {n}" for n in range(5000)), "-1:too_many_entries"),
]  # fmt: skip
