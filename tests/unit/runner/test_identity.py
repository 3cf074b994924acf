"""An article that comes in under another of its addresses is the one we have: no second article, one more revision."""

from __future__ import annotations

from runner import stages
from runner.deps import Deps
from runner.finding import find
from runner.run import Runner
from store.model import Article, Fetch, FetchKind, NewTask
from tests.unit.runner.conftest import HOST, HOUR, NOON, Clock, Outlet

MOBILE = "https://m.bencang.example/giao-duc/truong-sao-bien-mo-lai-bep-an-100231.html"
DESKTOP = f"{HOST}/giao-duc/truong-sao-bien-mo-lai-bep-an-100231.html"
TEXT = "Bếp ăn của Trường Sao Biển mở lại từ thứ Hai sau khi được kiểm tra, phụ huynh được mời tới xem bếp. "


def html(named: str) -> bytes:
    paragraphs = "".join(f"<p>{TEXT * 3} Đoạn {n}.</p>" for n in range(6))
    return (
        f'<!doctype html><html lang="vi"><head><link rel="canonical" href="{named}">'
        '<meta property="og:type" content="article"><title>Trường Sao Biển mở lại bếp ăn</title></head>'
        f"<body><article><h1>Trường Sao Biển mở lại bếp ăn</h1>{paragraphs}</article></body></html>"
    ).encode()


def rss(*urls: str) -> bytes:
    items = "".join(
        f"<item><title>Bếp ăn Trường Sao Biển {n}</title><link>{url}</link><description>{TEXT}</description></item>"
        for n, url in enumerate(urls)
    )
    return f'<rss version="2.0"><channel><title>Bến Cảng</title>{items}</channel></rss>'.encode()


def read(deps: Deps, fetch: Fetch) -> str:
    with deps.store.transaction() as tx:
        tx.add_tasks([NewTask("read", fetch.id, "1", fetch.finished_at)], deps.now())
    Runner(deps).drain([stages.READ])
    (task,) = [t for t in deps.store.tasks_for([fetch.id]) if t.stage == "read"]
    assert task.outcome in ("read", "read_partly"), task.message
    return task.message


def feed(outlet: Outlet, *urls: str) -> Fetch:
    outlet.clock.at += HOUR
    return outlet.fetch(None, kind=FetchKind.FEED, url=f"{HOST}/rss", body=rss(*urls), content_type="application/xml")


def page(outlet: Outlet, article: Article, named: str) -> Fetch:
    outlet.clock.at += HOUR
    return outlet.fetch(article, body=html(named))


def known(deps: Deps) -> set[str]:
    return {a.canonical_url for a in deps.store.articles_seen(0, 1 << 60)}


def test_a_page_names_its_own_address_and_a_feed_that_shows_it_later_adds_a_revision(
    deps: Deps, outlet: Outlet
) -> None:
    article = outlet.article(MOBILE)
    assert f"địa chỉ gốc {DESKTOP}" in read(deps, page(outlet, article, DESKTOP))
    assert deps.store.aliases([DESKTOP]) == {DESKTOP: article.id}
    other = f"{HOST}/tin-khac-hoan-toan-100999.html"
    read(deps, feed(outlet, DESKTOP, other))
    assert known(deps) == {MOBILE, other}, "one article more, not two"
    revisions = deps.store.revisions_of([article.id])[article.id]
    assert [r.basis.value for r in revisions] == ["page", "feed"]
    judged = {t.subject for r in revisions for t in deps.store.tasks_for([r.id]) if t.stage == "judge"}
    assert judged == {r.id for r in revisions}, "the moved revision is judged like any other"


def test_an_article_is_found_by_its_other_address(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article(MOBILE)
    read(deps, page(outlet, article, DESKTOP))
    for target in (article.id, MOBILE, DESKTOP, DESKTOP + "?utm_source=zalo"):
        found = find(deps, target)
        assert found is not None and found.id == article.id
    assert find(deps, f"{HOST}/khong-co-100777.html") is None
    assert find(deps, "không phải địa chỉ") is None


def test_a_hostile_page_does_not_take_over_another_outlets_article(deps: Deps, outlet: Outlet) -> None:
    thief = outlet.article("https://songxanh.example/truong-sao-bien-mo-lai-bep-an-100231.html")
    assert f"nêu bản gốc ở {DESKTOP}" in read(deps, page(outlet, thief, DESKTOP))
    read(deps, feed(outlet, DESKTOP))
    assert known(deps) == {thief.canonical_url, DESKTOP}


def test_an_address_that_is_already_an_article_stays_that_article(deps: Deps, outlet: Outlet) -> None:
    first = outlet.article(DESKTOP)
    second = outlet.article(MOBILE, at=NOON + 1)
    read(deps, page(outlet, second, DESKTOP))
    assert deps.store.aliases([DESKTOP]) == {}
    read(deps, feed(outlet, DESKTOP))
    assert len(deps.store.revisions_of([first.id])[first.id]) == 1


def test_the_first_article_that_claims_an_address_keeps_it(deps: Deps, outlet: Outlet) -> None:
    one = outlet.article(MOBILE)
    two = outlet.article(MOBILE.replace("//m.", "//amp."), at=NOON + 1)
    read(deps, page(outlet, one, DESKTOP))
    read(deps, page(outlet, two, DESKTOP))
    assert deps.store.aliases([DESKTOP]) == {DESKTOP: one.id}


def test_a_redirect_on_the_same_site_is_an_address_too(deps: Deps, outlet: Outlet, clock: Clock) -> None:
    article = outlet.article(MOBILE)
    clock.at += HOUR
    moved = outlet.fetch(article, body=html("").replace(b'<link rel="canonical" href="">', b""), final_url=DESKTOP)
    read(deps, moved)
    assert deps.store.aliases([DESKTOP]) == {DESKTOP: article.id}


def test_the_same_feed_again_changes_nothing(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article(MOBILE)
    read(deps, page(outlet, article, DESKTOP))
    read(deps, feed(outlet, DESKTOP))
    before = deps.store.counts()
    again = feed(outlet, DESKTOP)
    with deps.store.transaction() as tx:
        tx.add_tasks([NewTask("read", again.id, "1", again.finished_at)], deps.now())
    Runner(deps).drain([stages.READ])
    after = dict(deps.store.counts())
    assert {k: after[k] for k in ("article", "revision")} == {k: before[k] for k in ("article", "revision")}
    assert article == deps.store.articles([article.id])[article.id]
