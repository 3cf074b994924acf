"""The strict reader gives what feedparser would have given, or leaves the feed to it."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler import feed_fast, feeds
from crawler.text import decode
from tests.unit.crawler.conftest import NOON

BASE = "https://bencang.example/rss/giao-duc.rss"
MANY = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


def both(body: bytes) -> tuple[feeds.Feed, feeds.Feed]:
    """(as the product reads it, as feedparser alone reads it)."""
    tolerant = feeds.read_raw(body, "application/xml", strict_first=False)
    return feeds.parse(body, "application/xml", BASE, NOON), feeds.finish(tolerant, BASE, NOON)


def is_strict(body: bytes) -> bool:
    return feed_fast.read(body) is not None


# ── what ordinary feeds hold ────────────────────────────────────────────────────────────────────────

_words = st.text(
    st.sampled_from("Học phí lớp mười ở Hải Phòng: 5 < 7 & “đủ” é\u00a0\u0096\u200b\n\t]>'\"%") | st.characters(
        blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"
    ),
    max_size=30,
)  # fmt: skip
_markup = st.lists(
    st.sampled_from(
        [
            "<b>Mức thu</b>",
            "<img src='a.jpg'>",
            "</br>",
            "&amp;nbsp;",
            "&lt;p&gt;",
            "<!-- ẩn -->",
            "<p>Một</p>",
            "&#7885;",
        ]
    )
    | _words,
    max_size=4,
).map("".join)
_dates = st.sampled_from(
    ["Fri, 20 Nov 2026 08:00:00 +0700", "2026-11-20T01:00:00Z", "20/11/2026 08:00", "vừa xong", "",
     " Fri, 20 Nov 2026 08:00 GMT "]
)  # fmt: skip
_links = st.sampled_from(
    [
        "https://bencang.example/a-100400.html",
        "https://bencang.example/a?x=1&y=2",
        "http:////bencang.example/b",
        "/tin/bai-1.html",
        "",
        " \n https://bencang.example/c \n",
        "https://bencang.example/học phí",
        "https://bencang.example/a?b&copy;c",
        "javascript:void(0)",
        "urn:uuid:1",
    ]
)


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]] >") + "]]>"


@st.composite
def text_in(draw: st.DrawFn, tag: str, content: st.SearchStrategy[str], attributes: str = "") -> str:
    value = draw(content)
    inside = draw(st.sampled_from([escape, _cdata, lambda v: f"\n{escape(v)}\n"]))(value)
    return f"<{tag}{attributes}>{inside}</{tag}>"


RSS_PARTS = st.one_of(
    text_in("title", _words),
    text_in("title", _words, ' type="text"'),
    text_in("link", _links),
    text_in("description", _markup),
    text_in("description", _markup),
    text_in("content:encoded", _markup),
    text_in("pubDate", _dates),
    text_in("dc:date", _dates),
    text_in("dcterms:created", _dates),
    text_in("guid", _links),
    text_in("guid", _links, ' isPermaLink="false"'),
    text_in("guid", _links, ' isPermaLink="true"'),
    text_in("category", _words),
    text_in("category", _words, ' domain="https://bencang.example/muc"'),
    text_in("dc:subject", _words),
    text_in("author", _words),
    text_in("dc:creator", _words),
    text_in("comments", _links),
    text_in("slash:comments", st.just("0")),
    text_in("source", _words, ' url="https://x.example/rss"'),
    text_in("image", _links),
    text_in("nb:la", _words, ' x="1"'),
    text_in("media:credit", _words),
    st.just('<enclosure url="https://i.example/a.jpg" type="image/jpeg" length="1"/>'),
    st.just('<media:content url="https://i.example/a.jpg" medium="image"/>'),
    st.just('<media:thumbnail url="https://i.example/a.jpg"/>'),
    st.just('<atom:link href="https://bencang.example/d.html" rel="alternate"/>'),
    st.just('<atom:link href="https://bencang.example/e.html" rel="Related" type="text/html"/>'),
    st.just("<!-- lời bàn -->"),
    st.just("<?php x ?>"),
)
ODD_PARTS = st.sampled_from(
    [
        "<title><b>đậm</b></title>",
        "<media:group><media:title>nhóm</media:title></media:group>",
        "<media:title>ảnh</media:title>",
        "<media:description>ảnh</media:description>",
        '<link href="https://bencang.example/f.html"/>',
        "<date>2026-11-20T01:00:00Z</date>",
        "<summary>tóm tắt</summary>",
        "<body>thân</body>",
        "<tags>một,hai</tags>",
        "<nb:la><title>trong</title></nb:la>",
        '<title xml:base="https://y.example/">gốc</title>',
        '<comments base="https://y.example/">gốc</comments>',
        "<PubDate>20/11/2026</PubDate>",
        '<title xmlns="urn:x">lạ</title>',
        "<itunes:summary>nghe</itunes:summary>",
        "<media:keywords>một, hai</media:keywords>",
        '<content type="image/png">aGVsbG8=</content>',
        '<description mode="base64">aGVsbG8=</description>',
        '<image><url>u</url><title>ảnh</title></image>',
    ]
)  # fmt: skip
NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:nb="urn:nb"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
CHANNEL_PARTS = st.one_of(
    text_in("title", _words),
    text_in("link", _links),
    text_in("description", _markup),
    text_in("ttl", st.sampled_from(["30", "", "nhiều", " 5 "])),
    text_in("language", st.just("vi")),
    text_in("sy:updatePeriod", st.sampled_from(["hourly", "daily", "x"])),
    text_in("sy:updateFrequency", st.sampled_from(["2", "0", "x"])),
    st.just("<image><url>u</url><title>Bến Cảng (ảnh)</title><link>https://bencang.example/</link></image>"),
    st.just('<atom:link rel="self" href="https://bencang.example/rss"/>'),
    st.just('<atom:link rel="next" href="https://bencang.example/rss?p=2"/>'),
    st.just("<skipHours><hour>1</hour></skipHours>"),
    st.just('<cloud domain="x.example" port="80"/>'),
    text_in("category", _words),
)


@st.composite
def rss(draw: st.DrawFn, parts: st.SearchStrategy[str], version: str = "2.0") -> bytes:
    items = draw(st.lists(st.lists(parts, max_size=8).map("".join), max_size=4))
    about = draw(st.lists(CHANNEL_PARTS, max_size=4))
    pieces = draw(st.permutations(about + [f"<item>{item}</item>" for item in items]))
    return (
        f'<?xml version="1.0"?>\n<rss version="{version}" {NAMES}><channel>{"".join(pieces)}</channel></rss>'.encode()
    )


@MANY
@given(rss(RSS_PARTS))
def test_an_ordinary_rss_feed_is_read_strictly_and_as_feedparser_reads_it(body: bytes) -> None:
    assert is_strict(body)
    ours, theirs = both(body)
    assert ours == theirs


@MANY
@given(rss(RSS_PARTS | ODD_PARTS, "0.91"))
def test_a_feed_with_oddities_is_read_as_feedparser_reads_it(body: bytes) -> None:
    ours, theirs = both(body)
    assert ours == theirs


ATOM_PARTS = st.one_of(
    text_in("title", _words),
    text_in("title", _markup, ' type="html"'),
    text_in("summary", _markup, ' type="html"'),
    text_in("summary", _words),
    text_in("content", _markup, ' type="html" xml:lang="vi"'),
    text_in("id", _links),
    text_in("published", _dates),
    text_in("updated", _dates),
    _links.map(lambda v: f"<link href={quoteattr(v or '/x')}/>"),
    _links.map(lambda v: f'<link rel="alternate" type="text/html" hreflang="vi" href={quoteattr(v or "/x")}/>'),
    _links.map(lambda v: f'<link rel="enclosure" type="image/png" href={quoteattr(v or "/x")}/>'),
    _words.map(lambda v: f"<category term={quoteattr(v)} scheme='s' label='l'/>"),
    _words.map(lambda v: f"<author><name>{escape(v)}</name><email>a@b.example</email></author>"),
    st.just("<contributor><name>ai</name></contributor>"),
    st.just("<rights>của báo</rights>"),
    st.just('<nb:thr count="2"/>'),
)
ATOM_ODD = st.sampled_from(
    [
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Mức <b>thu</b></p></div></content>',
        "<source><title>nguồn</title><id>urn:x</id><updated>2026-11-20T01:00:00Z</updated></source>",
        '<content src="https://a.example/x.mp3" type="audio/mpeg"/>',
        '<link rel="alternate">https://bencang.example/g</link>',
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div></title>',
        "<id/>",
        "<modified>2026-11-20T01:00:00Z</modified>",
    ]
)


@st.composite
def atom(draw: st.DrawFn, parts: st.SearchStrategy[str]) -> bytes:
    items = draw(st.lists(st.lists(parts, max_size=8).map("".join), max_size=4))
    about = draw(
        st.lists(
            st.one_of(
                text_in("title", _words),
                text_in("id", _links),
                text_in("updated", _dates),
                text_in("subtitle", _markup, ' type="html"'),
                text_in("generator", _words, ' uri="https://g.example/"'),
                st.just('<link rel="next" href="?p=2"/>'),
                st.just('<link href="https://bencang.example/"/>'),
                st.just("<author><name>tòa soạn</name></author>"),
            ),
            max_size=4,
        )
    )
    pieces = "".join(draw(st.permutations(about + [f"<entry>{item}</entry>" for item in items])))
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:nb="urn:nb" xml:lang="vi">{pieces}</feed>'.encode()


@MANY
@given(atom(ATOM_PARTS))
def test_an_ordinary_atom_feed_is_read_strictly_and_as_feedparser_reads_it(body: bytes) -> None:
    assert is_strict(body)
    ours, theirs = both(body)
    assert ours == theirs


@MANY
@given(atom(ATOM_PARTS | ATOM_ODD))
def test_an_atom_feed_with_oddities_is_read_as_feedparser_reads_it(body: bytes) -> None:
    ours, theirs = both(body)
    assert ours == theirs


RDF_HEAD = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
)
RDF_PARTS = st.one_of(
    text_in("title", _words),
    text_in("link", _links),
    text_in("description", _markup),
    text_in("dc:date", _dates),
    text_in("dc:subject", _words),
    text_in("dc:creator", _words),
    text_in("content:encoded", _markup),
)


@st.composite
def rdf(draw: st.DrawFn) -> bytes:
    items = draw(st.lists(st.lists(RDF_PARTS, max_size=7).map("".join), max_size=4))
    about = "<title>Bến Cảng</title><link>https://bencang.example/</link>"
    about += '<items><rdf:Seq><rdf:li rdf:resource="https://a.example/"/></rdf:Seq></items>'
    picture = draw(st.sampled_from(["", '<image rdf:about="u"><title>ảnh</title><url>u</url></image>']))
    told = "".join(f'<item rdf:about="https://bencang.example/r{n}">{item}</item>' for n, item in enumerate(items))
    return (
        f'{RDF_HEAD}<channel rdf:about="https://bencang.example/">{about}</channel>{picture}{told}</rdf:RDF>'.encode()
    )


@MANY
@given(rdf())
def test_rss_1_0_is_read_strictly_and_as_feedparser_reads_it(body: bytes) -> None:
    assert is_strict(body)
    ours, theirs = both(body)
    assert ours == theirs


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    body = draw(rss(RSS_PARTS | ODD_PARTS) | atom(ATOM_PARTS | ATOM_ODD) | rdf())
    start = draw(st.integers(0, len(body)))
    end = draw(st.integers(start, min(len(body), start + 40)))
    noise = draw(
        st.binary(max_size=6) | st.sampled_from([b"<", b"&", b"&#150;", b"&#x1;", b"<a/>", b" x=''", b"]]>", b":"])
    )
    return body[:start] + noise + body[end:]


@settings(MANY, max_examples=500)
@given(broken())
def test_whatever_is_done_to_a_feed_both_readers_agree_on_what_the_strict_one_takes(body: bytes) -> None:
    if decode(body, None)[1] != "utf-8" or not is_strict(body):
        return
    ours, theirs = both(body)
    assert ours == theirs


@pytest.mark.shared
def test_a_recorded_feed_is_read_strictly_and_as_feedparser_reads_it(shared: Path) -> None:
    body = (shared / "press/feeds/vnexpress_2017.rss").read_bytes()
    assert is_strict(body)
    ours, theirs = both(body)
    assert len(ours.entries) > 20
    assert ours == theirs
