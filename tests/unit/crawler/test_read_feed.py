"""A feed's bytes through the read stage: what becomes an Article, and what is said about the rest."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.read import ReadResult, read
from store.errors import Permanent
from store.model import Article, Basis, FetchKind, Outcome
from tests.unit.crawler.conftest import NOON, fetch, source

ITEM = """<item><title>{title}</title><link>{link}</link><description><![CDATA[{summary}]]></description>
<pubDate>{date}</pubDate></item>"""
GOOD = {
    "title": "Học phí năm học mới giữ nguyên",
    "link": "https://bencang.example/giao-duc/hoc-phi-100400.html?utm_source=rss",
    "summary": '<a href="#"><img src="x.jpg"></a></br>Mức thu <b>không đổi</b> ở cả ba cấp học.',
    "date": "Fri, 20 Nov 2026 08:00:00 +0700",
}


def rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    return f'{head}<rss version="2.0"><channel><title>Bến Cảng</title>{"".join(items)}</channel></rss>'.encode()


def item(**changes: str) -> str:
    text = ITEM.format(**{**GOOD, **changes})
    for tag in ("title", "link", "pubDate"):
        text = text.replace(f"<{tag}></{tag}>", "")
    return text


def read_feed(body: bytes, content_type: str | None = None) -> ReadResult:
    return read(fetch(FetchKind.FEED, content_type=content_type), body, source(), None)


def codes(result: ReadResult) -> list[tuple[int, str]]:
    return [(p.position, p.code) for p in result.problems]


def test_an_entry_becomes_an_article_and_a_feed_revision() -> None:
    result = read_feed(rss(item()))

    assert result.outcome == Outcome.READ
    (found,) = result.articles
    assert found.canonical_url == "https://bencang.example/giao-duc/hoc-phi-100400.html"
    assert found.url == GOOD["link"]
    assert found.id == Article.make_id(found.canonical_url)
    assert (found.outlet, found.first_seen_at) == ("Bến Cảng", NOON)
    (revision,) = result.revisions
    assert revision.basis is Basis.FEED
    assert revision.title == "Học phí năm học mới giữ nguyên"
    assert revision.lead == "Mức thu không đổi ở cả ba cấp học."
    assert revision.published_at == int(datetime(2026, 11, 20, 1, tzinfo=UTC).timestamp() * 1000)
    assert revision.published_from == "feed"
    assert result.fetch_pages == (found.id,)


def test_a_source_that_wants_no_pages_gets_none_fetched() -> None:
    result = read(fetch(FetchKind.FEED), rss(item()), source(fetch_pages=False), None)
    assert result.articles
    assert result.fetch_pages == ()


def test_atom_is_read_too() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Atom</title>
    <link href="/tin/bai-100401.html"/><updated>2026-11-20T01:00:00Z</updated><summary>s</summary></entry></feed>"""
    result = read_feed(body)
    assert result.articles[0].url == "https://bencang.example/tin/bai-100401.html"
    assert result.revisions[0].published_from == "feed"


def test_an_entry_without_link_is_skipped_and_named_and_the_next_one_is_kept() -> None:
    result = read_feed(rss(item(link=""), item()))
    assert result.outcome == Outcome.READ_PARTLY
    assert codes(result) == [(0, "no_link")]
    assert "Học phí năm học mới giữ nguyên" in result.problems[0].message
    assert len(result.articles) == 1


def test_an_entry_without_title_is_skipped_and_named() -> None:
    result = read_feed(rss(item(title=""), item(link="https://bencang.example/b-100402.html")))
    assert codes(result) == [(0, "no_title")]
    assert [a.canonical_url for a in result.articles] == ["https://bencang.example/b-100402.html"]


def test_a_link_that_leads_nowhere_on_the_web_is_named() -> None:
    result = read_feed(rss(item(link="javascript:void(0)"), item()))
    assert codes(result) == [(0, "bad_link")]


def test_an_entry_without_date_is_kept_without() -> None:
    result = read_feed(rss(item(date="")))
    assert codes(result) == [(0, "no_date")]
    assert result.revisions[0].published_at is None


def test_a_date_in_the_future_is_refused_and_the_item_kept_without_date() -> None:
    result = read_feed(rss(item(date="Sat, 21 Nov 2026 08:00:00 +0700")))
    assert codes(result) == [(0, "date_in_future")]
    assert "2026-11-21T08:00+07:00" in result.problems[0].message
    assert result.revisions[0].published_at is None


def test_a_date_that_cannot_be_read_is_named_as_written() -> None:
    result = read_feed(rss(item(date="vừa xong")))
    assert codes(result) == [(0, "date_unreadable")]
    assert "vừa xong" in result.problems[0].message


def test_an_address_with_the_day_in_it_gives_the_date_that_the_feed_lacks() -> None:
    result = read_feed(rss(item(date="", link="https://tuoitre.vn/bai-20261118093714970.htm")))
    assert result.outcome == Outcome.READ
    assert result.revisions[0].published_from == "url"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "the body is empty"),
        (b"<!DOCTYPE html><html><head><title>404 Not here</title></head></html>", "an HTML page titled '404 Not here'"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "JSON"),
        (b"Service unavailable", "not a feed"),
        (b"<config><a/></config>", "XML of another kind"),
        (bytes(range(256)) * 4, "not a feed"),
    ],
)
def test_what_is_no_feed_is_unreadable_and_says_what_it_is_instead(body: bytes, words: str) -> None:
    with pytest.raises(Permanent, match="giao-duc") as caught:
        read_feed(body)
    assert caught.value.outcome == Outcome.UNREADABLE
    assert words in str(caught.value)


def test_a_feed_cut_in_the_middle_keeps_what_came_before_and_says_where() -> None:
    whole = rss(item(), item(link="https://bencang.example/b-100402.html"))
    result = read_feed(whole[: whole.rindex(b"</item>") - 40])
    assert result.articles
    assert (-1, "not_well_formed") in codes(result)
    assert "line" in next(p.message for p in result.problems if p.code == "not_well_formed")


@pytest.mark.parametrize("declared", ["windows-1258", "iso-8859-1", "utf-16", "none-such"])
def test_a_wrong_charset_in_the_declaration_does_not_spoil_the_letters(declared: str) -> None:
    result = read_feed(rss(item(), head=f'<?xml version="1.0" encoding="{declared}"?>'), "text/xml; charset=us-ascii")
    assert result.revisions[0].title == GOOD["title"]
    assert result.outcome == Outcome.READ


def test_bytes_that_fit_no_charset_cost_letters_and_are_counted() -> None:
    body = rss(item(title="Học phí năm học mới giữ nguyên " * 20)).replace("mới".encode(), b"m\xff\xffi", 1)
    result = read_feed(body)
    assert (-1, "bad_charset") in codes(result)
    assert result.articles


def test_an_entity_bomb_ends_quickly_and_hurts_nobody() -> None:
    bomb = (
        '<!DOCTYPE r [<!ENTITY a "'
        + "x" * 100
        + '">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(8))
        + "]>"
    )
    body = rss(item(title="&i;"), item()).decode().replace("<rss", bomb + "<rss", 1).encode()
    try:
        result = read_feed(body)
    except Permanent:
        return
    assert all(len(r.title) < 10_000 for r in result.revisions)


def test_the_text_is_nfc_and_never_holds_a_byline() -> None:
    body = rss(
        item(title="Ho\u0323c phi\u0301 mơ\u0301i").replace("<pubDate>", "<author>Trần Văn Sóng</author><pubDate>")
    )
    (revision,) = read_feed(body).revisions
    assert revision.title == "Học phí mới"
    assert "Sóng" not in repr(revision)


def test_a_reference_to_no_character_costs_that_character_only() -> None:
    from crawler.feeds import parse

    rss = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>'
        "<item><title>Học &#xD800;phí &#x110000; mới</title><link>http://x.example/1.html</link></item>"
        "<item><title>Khai giảng</title><link>http://x.example/2.html</link></item></channel></rss>"
    )
    found = parse(rss.encode(), "application/rss+xml", "http://x.example/rss", 1_800_000_000_000)
    assert [e.canonical_url for e in found.entries] == ["http://x.example/1.html", "http://x.example/2.html"]
    assert "Học" in found.entries[0].title
    found.entries[0].title.encode("utf-8")
