"""Whatever a body holds, every kind reads it: no exception, bounded output, text that can be stored."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as quickly
from hypothesis import strategies as st

from config.settings import Settings
from config.sources import Channel
from crawler.channels import facebook, kind_of, listing, sitemap, youtube, zalo
from crawler.feeds import Feed
from store.model import ChannelState, Fetch, FetchKind, FetchOutcome

NOON = 1_795_150_800_000
URL = "https://bencang.example/x"
KINDS = {
    FetchKind.SITEMAP: sitemap.KIND,
    FetchKind.LISTING: listing.KIND,
    FetchKind.YOUTUBE: youtube.KIND,
    FetchKind.FACEBOOK: facebook.KIND,
    FetchKind.ZALO: zalo.KIND,
}
OFFICIAL = (FetchKind.YOUTUBE, FetchKind.FACEBOOK, FetchKind.ZALO)


def goes_through(kind: FetchKind, body: bytes, tmp: Any = "/nonexistent") -> Feed:
    """Everything a kind does with a body, in the order of the crawl and the read stage."""
    module = KINDS[kind]
    row = ChannelState("s", URL, kind, NOON, last_ok_at=NOON - 3_600_000)
    fetch = Fetch("fet_x", kind, "s", URL, NOON, NOON, FetchOutcome.FETCHED, 200)
    verdict = module.verdict(200, {}, body)
    assert verdict is None or len(verdict.message) < 1000
    after = module.remember(row, fetch, body)
    assert len(after.cursor or "") < 10_000
    ask = module.ask(after, Settings(home=tmp))
    assert all(" " not in part and "\n" not in part for part in (ask.url, *ask.headers.values()))
    if clean := getattr(module, "clean", None):
        body = clean(body)
    found = module.read(body, None, URL, NOON, Channel(kind="listing", url=URL, path_like="x|bai"))
    assert len(found.entries) <= 1000
    assert len(found.faults) <= 130
    for entry in found.entries:
        assert entry.url.startswith(("http://", "https://"))
        for text in (entry.url, entry.canonical_url, entry.title, entry.summary):
            text.encode("utf-8")
            assert not any(ord(c) < 32 for c in text)
    for fault in found.faults:
        fault.message.encode("utf-8")
    return found


def test_each_kind_is_found_by_its_name() -> None:
    assert {kind: kind_of(kind) for kind in KINDS} == KINDS


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "zeros": b"\0" * 1000,
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000,
    "deep inside items": b'{"items":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "ten megabytes of text": b"a" * 10_000_000,
    "ten megabytes of lists": b"[" + b"[]," * 3_300_000 + b"[]]",
    "ten megabytes of markup": b"<a>" * 3_300_000,
    "a number without end": b'{"items": ' + b"9" * 100_000 + b"}",
    "not a number": b'{"items": [NaN, Infinity, -Infinity]}',
    "wrong types": b'{"items": 5, "data": "x", "error": 0}',
    "lists for objects": b'{"items": [[], [[]], null, 1, "x", true], "data": [[], null], "error": 0}',
    "duplicate keys": b'{"items": [], "items": [1], "data": [], "data": 1, "error": 0, "error": -216}',
    "lone surrogates": b'{"items": [{"snippet": {"title": "\\ud800x"}, "contentDetails": {"videoId": "aaaaaaaaaaa"}}],'
    b'"data": [{"id": "1_1", "message": "\\udfffx\\u0000\\u202e"}]}',
    "bad utf-8": b'{"items": [{"snippet": {"title": "\xff\xfe"}}]}',
    "utf-16": '{"items": []}'.encode("utf-16"),
    "a bomb": gzip.compress(b"<" * 60_000_000),
    "many faults": json.dumps({"items": [{}] * 100_000, "data": [{}] * 100_000}).encode(),
    "a script": b"<html><a href='javascript:alert(1)'>" + b"x" * 1000 + b"</a></html>",
    "unclosed": b"<urlset><url><loc>http://bencang.example/x",
    "comment without end": b"<!--" + b"-" * 1_000_000,
    "many attributes": b"<a " + b"x=1 " * 200_000 + b">",
    "entities": b"<urlset>" + b"&amp;" * 1_000_000 + b"</urlset>",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_no_body_breaks_a_kind(kind: FetchKind, name: str) -> None:
    goes_through(kind, HOSTILE[name])


def test_the_first_of_two_equal_names_counts_and_is_told() -> None:
    twice = b'{"data": [{"id": "1_1", "message": "M\xe1\xbb\x99t", "message": "Hai"}]}'
    found = goes_through(FetchKind.FACEBOOK, twice)
    assert [e.title for e in found.entries] == ["Một"]
    assert found.faults[0].code == "duplicate_keys"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    [
        *(
            "items",
            "data",
            "medias",
            "paging",
            "cursors",
            "after",
            "next",
            "nextPageToken",
            "snippet",
            "total",
            "error",
        ),
        *(
            "contentDetails",
            "videoId",
            "title",
            "description",
            "id",
            "message",
            "created_time",
            "permalink_url",
            "code",
        ),
        *("link_view", "create_date", "status", "etag", "publishedAt"),
    ]
)
SHAPED = st.recursive(
    JSON, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6), max_leaves=20
)


@pytest.mark.parametrize("kind", OFFICIAL)
@quickly(max_examples=150, deadline=None)
@given(value=SHAPED)
def test_any_json_is_read(kind: FetchKind, value: Any) -> None:
    goes_through(kind, json.dumps(value).encode())


@pytest.mark.parametrize("kind", OFFICIAL)
@quickly(max_examples=100, deadline=None)
@given(item=st.dictionaries(NAMES, SHAPED, max_size=8))
def test_any_item_in_the_right_place_is_read(kind: FetchKind, item: Any) -> None:
    told = {"error": 0, "items": [item], "data": [item]}
    if kind is FetchKind.ZALO:
        told["data"] = {"medias": [item] * 10, "total": 99}
    goes_through(kind, json.dumps(told).encode())


MARKUP = st.lists(
    st.sampled_from(
        ["<urlset>", "</urlset>", "<sitemapindex>", "<sitemap>", "<url>", "</url>", "<loc>", "</loc>", "<lastmod>",
         "https://bencang.example/bai-100400.html", "2026-11-20", "2026-13-45T99:99:99Z", "<h3>", "</h3>", "<p>", "]]>",
         '<a href="/bai-100400.html">', '<a href="//[">', "</a>", "<div data-href='x'>", "</div>", "&#0;", "&x;",
         "<![CDATA[",
         "<base href='http://['>", "<time datetime='x'>", "<news:news xmlns:news='news'>", "<nav>", "<table>", "<td>"]
    )
    | st.text(max_size=10),
    max_size=30,
)  # fmt: skip


@pytest.mark.parametrize("kind", [FetchKind.SITEMAP, FetchKind.LISTING])
@quickly(max_examples=300, deadline=None)
@given(pieces=MARKUP, packed=st.booleans())
def test_any_markup_is_read(kind: FetchKind, pieces: list[str], packed: bool) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")
    goes_through(kind, gzip.compress(body) if packed else body)


@pytest.mark.parametrize("kind", KINDS)
@quickly(max_examples=100, deadline=None)
@given(body=st.binary(max_size=300))
def test_any_bytes_are_read(kind: FetchKind, body: bytes) -> None:
    goes_through(kind, body)
