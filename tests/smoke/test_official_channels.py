"""Channels of every kind through the real crawl and the read stage, against stand-ins of the official interfaces.

What is written down afterwards is searched for the keys: no row, no body and no message may hold one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from config.sources import Channel, Source
from crawler.read import ReadResult, read
from crawler.spider import crawl
from store.blobs import BodyStore
from store.model import Fetch, FetchOutcome
from store.sqlite import SqliteStore, open_store
from tests.smoke.stand_ins import KEY, PAGE, PAGE_TOKEN, ZALO_TOKEN, Interfaces, Post, serving, sitemap

NOON = 1_795_150_800_000
MINUTE = 60_000
HOUR = 60 * MINUTE
YOUTUBE = "https://www.youtube.com/channel/UCBenCangGiaoDuc0123456x"
FACEBOOK = f"https://www.facebook.com/{PAGE}"
ZALO = "https://oa.zalo.me/2400000000000000001"
KEYS = {"youtube": KEY, "facebook": PAGE_TOKEN, "zalo": ZALO_TOKEN}


@pytest.fixture
def there() -> Iterator[Interfaces]:
    with serving(Interfaces()) as held:
        yield held


@dataclass
class Desk:
    """One installation with its key files and a clock that only the test moves."""

    home: Path
    there: Interfaces
    store: SqliteStore
    clock: int = NOON
    fetches: list[Fetch] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return Settings(
            home=self.home,
            allow_loopback=True,
            host_delay_s=0.0,
            youtube_key_file=self.home / "youtube",
            facebook_token_file=self.home / "facebook",
            zalo_token_file=self.home / "zalo",
            youtube_api=f"{self.there.base}/youtube/v3",
            facebook_api=f"{self.there.base}/v23.0",
            zalo_api=self.there.base,
        )

    @property
    def bodies(self) -> BodyStore:
        return BodyStore(self.settings.bodies)

    def key(self, name: str, text: str) -> None:
        path = self.home / name
        path.write_text(text + "\n", encoding="utf-8")
        path.chmod(0o600)

    def visit(self, source: Source, after: int = 0) -> list[Fetch]:
        """The clock moves on, what is due is fetched; the attempts in their order."""
        self.clock += after
        seen: list[Fetch] = []

        def idle() -> bool:  # a further page is due at once
            return any(row.next_due_at <= self.clock for row in self.store.channels())

        crawl(
            self.store, self.bodies, self.settings, {source.id: source},
            now=lambda: self.clock, on_idle=idle, on_fetch=seen.append,
        )  # fmt: skip
        self.fetches += seen
        return seen

    def read(self, fetch: Fetch, source: Source) -> ReadResult:
        assert fetch.body_hash is not None
        return read(fetch, self.bodies.get(fetch.body_hash), source, None)

    def titles(self, fetches: list[Fetch], source: Source) -> list[str]:
        read = [self.read(fetch, source) for fetch in fetches if fetch.body_hash]
        return [r.title for one in read for r in (*one.revisions, *one.first_texts)]


@pytest.fixture
def desk(tmp_path: Path, there: Interfaces) -> Iterator[Desk]:
    store = open_store(tmp_path / "haidang.sqlite")
    made = Desk(tmp_path, there, store)
    for name, key in KEYS.items():
        made.key(name, key)
    yield made
    store.close()


def source(*channels: tuple[str, str], **more: Any) -> Source:
    made = tuple(Channel(kind=kind, url=url, every_minutes=30, **more) for kind, url in channels)  # type: ignore[arg-type]
    usual = {"id": "s", "name": "Sở", "outlet": "Sở", "kind": "department_site", "owner": "Văn phòng Sở"}
    return Source.model_validate({**usual, "enabled": True, "channels": made})


def posts(count: int, newest: int = NOON - HOUR, first: int = 1) -> list[Post]:
    """``count`` posts, newest first, two minutes apart."""
    return [Post(first + count - i, f"Bài số {first + count - i}", newest - i * 2 * MINUTE) for i in range(count)]


def nothing_kept_holds(desk: Desk, secret: str) -> None:
    """Every file of the installation but the key files themselves, compressed bodies unpacked."""
    desk.store.close()
    for path in desk.home.rglob("*"):
        if path.is_file() and path.name not in KEYS:
            assert secret.encode() not in path.read_bytes(), path
    for fetch in desk.fetches:
        if fetch.body_hash is not None:
            assert secret.encode() not in desk.bodies.get(fetch.body_hash)
        assert secret not in repr(fetch)


# ── YouTube ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_youtube_channel_is_read_unchanged_and_caught_up(desk: Desk, there: Interfaces) -> None:
    there.posts, there.rows = posts(4), 2
    there.posts[1].public = False
    ours = source(("youtube", YOUTUBE))
    first = desk.visit(ours)
    assert [fetch.outcome for fetch in first] == [FetchOutcome.FETCHED]
    result = desk.read(first[0], ours)
    assert [r.title for r in result.revisions] == ["Bài số 5"]
    assert [p.code for p in result.problems] == ["not_public"]
    assert result.fetch_pages == ()  # a video's page is not ours to crawl
    assert "/robots.txt" not in there.paths()
    assert there.asked[0][1]["playlistId"] == "UUBenCangGiaoDuc0123456x"

    assert [fetch.outcome for fetch in desk.visit(ours, after=30 * MINUTE)] == [FetchOutcome.NOT_MODIFIED]

    there.posts = posts(5, desk.clock + 20 * MINUTE, first=10) + there.posts  # five at once, two a page
    seen = desk.visit(ours, after=30 * MINUTE)
    assert [query.get("pageToken") for _, query, _ in there.asked[-3:]] == [None, "CAoQ2", "CAoQ4"]
    assert desk.titles(seen, ours)[:5] == [f"Bài số {i}" for i in (15, 14, 13, 12, 11)]
    (row,) = desk.store.channels()
    assert (row.cursor, row.pages, row.failure_weight) == (None, 0, 0.0)
    outcomes = [fetch.outcome for _ in range(2) for fetch in desk.visit(ours, after=30 * MINUTE)]
    assert outcomes == [FetchOutcome.FETCHED, FetchOutcome.NOT_MODIFIED]
    nothing_kept_holds(desk, KEY)


def test_a_further_page_that_failed_is_had_at_the_next_visit(desk: Desk, there: Interfaces) -> None:
    there.posts, there.rows = posts(1), 2
    ours = source(("youtube", YOUTUBE))
    desk.visit(ours)
    there.posts = posts(3, desk.clock + 20 * MINUTE, first=10) + there.posts
    there.refused_pages = {"CAoQ2"}
    assert desk.titles(desk.visit(ours, after=30 * MINUTE), ours) == ["Bài số 13", "Bài số 12"]
    there.refused_pages = set()
    assert "Bài số 11" in desk.titles(desk.visit(ours, after=2 * HOUR), ours)


def test_a_used_up_quota_waits_for_midnight_in_california(desk: Desk, there: Interfaces) -> None:
    there.refusal = "quotaExceeded"
    (fetch,) = desk.visit(source(("youtube", YOUTUBE)))
    assert fetch.outcome is FetchOutcome.TOO_MANY
    assert "hết hạn mức trong ngày" in fetch.message
    (row,) = desk.store.channels()
    assert row.next_due_at == NOON + 3 * HOUR + MINUTE


@pytest.mark.parametrize(
    ("refusal", "outcome", "words"),
    [
        ("accessNotConfigured", FetchOutcome.HTTP_ERROR, "chưa bật"),
        ("playlistNotFound", FetchOutcome.GONE, "không có kênh"),
        ("backendError", FetchOutcome.TOO_MANY, "asks us to wait"),
    ],
)
def test_other_refusals_of_youtube(
    desk: Desk, there: Interfaces, refusal: str, outcome: FetchOutcome, words: str
) -> None:
    there.refusal = refusal
    (fetch,) = desk.visit(source(("youtube", YOUTUBE)))
    assert (fetch.outcome, fetch.body_hash) == (outcome, None)
    assert words in fetch.message


def test_without_a_key_nothing_is_asked_and_with_one_it_begins(desk: Desk, there: Interfaces) -> None:
    (desk.home / "youtube").unlink()
    there.posts = posts(1)
    ours = source(("youtube", YOUTUBE))
    assert desk.visit(ours) == []
    assert there.asked == []
    desk.key("youtube", KEY)
    assert desk.titles(desk.visit(ours, after=HOUR), ours) == ["Bài số 2"]


def test_a_key_that_is_wrong_says_what_to_do_and_stays_secret(desk: Desk) -> None:
    desk.key("youtube", "khoa-sai-nhung-van-bi-mat")
    (fetch,) = desk.visit(source(("youtube", YOUTUBE)))
    assert fetch.outcome is FetchOutcome.HTTP_ERROR
    assert "youtube_key_file" in fetch.message
    nothing_kept_holds(desk, "khoa-sai-nhung-van-bi-mat")


# ── Facebook ────────────────────────────────────────────────────────────────────────────────────────


def test_our_own_page_is_read_without_names_and_without_a_trace_of_the_token(desk: Desk, there: Interfaces) -> None:
    there.posts, there.rows = posts(5), 2
    ours = source(("facebook", FACEBOOK))
    first = desk.visit(ours)
    assert desk.titles(first, ours) == ["Bài số 6", "Bài số 5"]
    there.posts = posts(3, desk.clock + 20 * MINUTE, first=20) + there.posts
    seen = desk.visit(ours, after=30 * MINUTE)
    assert desk.titles(seen, ours)[:3] == ["Bài số 23", "Bài số 22", "Bài số 21"]
    assert [query.get("after") for _, query, _ in there.asked] == [None, None, "QVFI2"]
    for _, query, headers in there.asked:
        assert "access_token" not in query
        assert headers["authorization"] == f"Bearer {PAGE_TOKEN}"
    for fetch in seen:
        assert fetch.body_hash is not None
        assert "Một Người" not in desk.bodies.get(fetch.body_hash).decode()
    assert "/robots.txt" not in there.paths()
    nothing_kept_holds(desk, PAGE_TOKEN)


@pytest.mark.parametrize(
    ("refusal", "outcome", "words"),
    [
        ("rate", FetchOutcome.TOO_MANY, "quá hạn mức"),
        ("expired", FetchOutcome.HTTP_ERROR, "tạo token mới"),
        ("rights", FetchOutcome.HTTP_ERROR, "pages_read_engagement"),
    ],
)
def test_refusals_of_facebook(desk: Desk, there: Interfaces, refusal: str, outcome: FetchOutcome, words: str) -> None:
    there.refusal = refusal
    (fetch,) = desk.visit(source(("facebook", FACEBOOK)))
    assert (fetch.outcome, fetch.body_hash) == (outcome, None)
    assert words in fetch.message
    (row,) = desk.store.channels()
    assert row.failure_weight > 0
    if outcome is FetchOutcome.TOO_MANY:
        assert row.next_due_at == NOON + HOUR


def test_a_wrong_token_that_facebook_repeats_is_kept_nowhere(desk: Desk) -> None:
    desk.key("facebook", "token-sai-nhung-van-bi-mat")
    (fetch,) = desk.visit(source(("facebook", FACEBOOK)))
    assert "facebook_token_file" in fetch.message
    nothing_kept_holds(desk, "token-sai-nhung-van-bi-mat")


def test_an_allowance_that_is_nearly_used_up_is_spared(desk: Desk, there: Interfaces) -> None:
    there.posts, there.usage = posts(1), 95
    ours = source(("facebook", FACEBOOK))
    (fetch,) = desk.visit(ours)
    assert desk.titles([fetch], ours) == ["Bài số 2"]
    (row,) = desk.store.channels()
    assert row.next_due_at == NOON + HOUR  # not in half an hour
    assert row.failure_weight == 0


# ── Zalo ────────────────────────────────────────────────────────────────────────────────────────────


def test_our_own_account_is_read_page_by_page(desk: Desk, there: Interfaces) -> None:
    there.posts = posts(3)
    there.posts[0].public = False
    ours = source(("zalo", ZALO))
    assert desk.titles(desk.visit(ours), ours) == ["Bài số 3", "Bài số 2"]
    there.posts = posts(12, desk.clock + 28 * MINUTE, first=30) + there.posts
    seen = desk.visit(ours, after=30 * MINUTE)
    assert [query["offset"] for _, query, _ in there.asked] == ["0", "0", "10"]
    assert len([title for title in desk.titles(seen, ours) if int(title.split()[-1]) > 30]) == 12
    nothing_kept_holds(desk, ZALO_TOKEN)


@pytest.mark.parametrize(
    ("refusal", "outcome"), [("rate", FetchOutcome.TOO_MANY), ("expired", FetchOutcome.HTTP_ERROR)]
)
def test_refusals_inside_an_http_200_are_no_success(
    desk: Desk, there: Interfaces, refusal: str, outcome: FetchOutcome
) -> None:
    there.refusal = refusal
    (fetch,) = desk.visit(source(("zalo", ZALO)))
    assert (fetch.outcome, fetch.status, fetch.body_hash) == (outcome, 200, None)
    (row,) = desk.store.channels()
    assert row.failure_weight > 0
    assert row.last_ok_at is None


def test_a_token_that_was_renewed_counts_at_once(desk: Desk, there: Interfaces) -> None:
    there.posts = posts(1)
    desk.key("zalo", "ma-cu-da-het-han")
    ours = source(("zalo", ZALO))
    (fetch,) = desk.visit(ours)
    assert "zalo_token_file" in fetch.message
    desk.key("zalo", ZALO_TOKEN)
    assert desk.titles(desk.visit(ours, after=2 * HOUR), ours) == ["Bài số 2"]


# ── a site: sitemaps and a listing ──────────────────────────────────────────────────────────────────


def test_an_index_of_sitemaps_is_followed_and_its_pages_are_wanted(desk: Desk, there: Interfaces) -> None:
    base = there.base
    index = "".join(
        f"<sitemap><loc>{loc}</loc></sitemap>"
        for loc in (f"{base}/sm/2026-11.xml.gz", f"{base}/sm/khong-co.xml", "https://evil.example/sm.xml")
    )
    there.site["/sitemap.xml"] = (200, {}, f"<sitemapindex>{index}</sitemapindex>".encode())
    lines = [(f"{base}/tin/moi-100400.html", "2026-11-20T10:00:00+07:00"), (f"{base}/tin/cu.html", "2026-01-01")]
    there.site["/sm/2026-11.xml.gz"] = (200, {"Content-Type": "application/gzip"}, sitemap(*lines))
    ours = source(("sitemap", f"{base}/sitemap.xml"))
    seen = desk.visit(ours)
    assert [path for path in there.paths() if path != "/robots.txt"][:2] == ["/sitemap.xml", "/sm/2026-11.xml.gz"]
    results = [desk.read(fetch, ours) for fetch in seen if fetch.body_hash]
    articles = [article for result in results for article in result.articles]
    assert [a.url for a in articles] == [f"{base}/tin/moi-100400.html"]
    assert [page for result in results for page in result.fetch_pages] == [articles[0].id]
    assert all(not result.revisions for result in results)  # an address alone is no text
    (row,) = desk.store.channels()
    assert (row.cursor, row.pages) == (None, 0)


def test_a_child_that_is_gone_neither_hides_the_others_nor_slows_the_index(desk: Desk, there: Interfaces) -> None:
    base = there.base
    index = "".join(
        f"<sitemap><loc>{base}/sm/{name}</loc></sitemap>" for name in ("khong-co.xml", "bai.xml", "mat.xml")
    )
    there.site["/sitemap.xml"] = (200, {}, f"<sitemapindex>{index}</sitemapindex>".encode())
    there.site["/sm/bai.xml"] = (200, {}, sitemap((f"{base}/tin/moi-100400.html", "2026-11-20T10:00:00+07:00")))
    ours = source(("sitemap", f"{base}/sitemap.xml"))
    seen = desk.visit(ours)
    found = [a.url for fetch in seen if fetch.body_hash for a in desk.read(fetch, ours).articles]
    assert found == [f"{base}/tin/moi-100400.html"]
    (row,) = desk.store.channels()
    assert (row.failure_weight, row.next_due_at) == (0.0, NOON + 30 * MINUTE)


def test_a_listing_is_read_and_one_that_changed_its_layout_says_so(desk: Desk, there: Interfaces) -> None:
    from store.errors import Permanent

    html = "".join(f'<h3><a href="/tin/bai-{i}-10040{i}.html">Bài viết số {i} của trường</a></h3>' for i in range(9))
    there.site["/giao-duc"] = (200, {"Content-Type": "text/html; charset=utf-8"}, html.encode())
    ours = source(("listing", f"{there.base}/giao-duc"))
    assert desk.titles(desk.visit(ours), ours) == [f"Bài viết số {i} của trường" for i in range(9)]
    there.site["/giao-duc"] = (200, {"Content-Type": "text/html"}, b"<div id=app></div>")
    (fetch,) = desk.visit(ours, after=HOUR)
    with pytest.raises(Permanent, match="has the layout changed"):
        desk.read(fetch, ours)
