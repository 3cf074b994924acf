"""Whatever the bytes, reading ends with a result or one precise refusal, never with a bug."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.read import read
from store.errors import Permanent
from store.model import FetchKind, Outcome
from tests.unit.crawler.conftest import PAGES, article, fetch, source
from tests.unit.crawler.test_read_feed import item, rss

FEED = rss(item(), item(link="https://bencang.example/b-100402.html"))
PAGE = (PAGES / "bencang_article.html").read_bytes()
ONCE = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

noise = st.binary(max_size=200)
content_types = st.sampled_from([None, "text/html; charset=utf-16", "text/xml; charset=\x00", "x; charset=base64"])


@st.composite
def mangled(draw: st.DrawFn, body: bytes) -> bytes:
    """The body with a piece cut out and noise in its place."""
    start = draw(st.integers(0, len(body)))
    end = draw(st.integers(start, len(body)))
    return body[:start] + draw(noise) + body[end:]


def _ends(kind: FetchKind, body: bytes, content_type: str | None) -> None:
    try:
        result = read(fetch(kind, content_type=content_type), body, source(), article())
    except Permanent as bad:
        assert bad.outcome == Outcome.UNREADABLE
        assert str(bad)
        return
    assert result.outcome in set(Outcome)
    assert {r.article_id for r in result.revisions} <= {a.id for a in result.articles} | {article().id}


@ONCE
@given(mangled(FEED) | noise, content_types)
def test_feeds(body: bytes, content_type: str | None) -> None:
    _ends(FetchKind.FEED, body, content_type)


@ONCE
@given(mangled(PAGE) | noise, content_types)
def test_pages(body: bytes, content_type: str | None) -> None:
    _ends(FetchKind.PAGE, body, content_type)


@ONCE
@given(st.lists(noise | st.just(b'{"url": 1}') | st.just(b'{"url":"https://a.vn/","title":"x","first_fetched":5}')))
def test_recordings(lines: list[bytes]) -> None:
    _ends(FetchKind.RECORDED, b"\n".join(lines), None)
