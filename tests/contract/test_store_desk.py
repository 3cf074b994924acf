"""Reads that the desk asks for: newest first, by key, at a cost that does not depend on the archive."""

from __future__ import annotations

from dataclasses import replace

from store.api import Store
from store.model import Article, Basis, NewTask
from tests.contract.rows import article, revision


def add(store: Store, *articles: Article) -> None:
    with store.transaction() as tx:
        tx.add_articles(articles)
        tx.add_revisions([revision(a) for a in articles])


def judged(store: Store, revision_id: str, outcome: str, at: int, version: str = "1") -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("judge", revision_id, version, at)], at)
    task = store.claim("judge", 1, "w", at, 1000)[0]
    with store.transaction() as tx:
        tx.finish(task, outcome, "vì có từ “khai giảng”", at)


def test_articles_are_walked_back_page_by_page_without_gap_or_repeat(store: Store) -> None:
    add(store, *[article(n, seen=1000 + n // 3) for n in range(12)])  # three in each millisecond
    walked: list[tuple[int, str]] = []
    before = None
    while page := store.articles_back(1000, 1003, 2, before):
        walked += [(a.first_seen_at, a.id) for a in page]
        before = walked[-1]
    wanted = [(a.first_seen_at, a.id) for a in store.articles_seen(1000, 1003)]
    assert walked == wanted[::-1]
    assert len(walked) == 9


def test_the_newest_article_of_all_and_of_each_source(store: Store) -> None:
    assert store.newest_seen_at() is None
    add(store, article(1, 500), article(2, 900), replace(article(3, 700), source_id="baosong"))
    assert store.newest_seen_at() == 900
    assert store.newest_of_sources(["baocang", "baosong", "chuacobai"]) == {"baocang": 900, "baosong": 700}


def test_the_last_word_on_an_article_is_its_judge_task_that_ended_last(store: Store) -> None:
    one, two = article(1), article(2)
    add(store, one, two)
    page = revision(one, "Toàn văn.", Basis.PAGE, 2000)
    with store.transaction() as tx:
        tx.add_revisions([page])
    judged(store, revision(one).id, "to_review", 3000)
    judged(store, page.id, "irrelevant", 4000)
    found = store.last_judged([one.id, two.id])
    assert {key: (task.subject, task.outcome) for key, task in found.items()} == {one.id: (page.id, "irrelevant")}
    judged(store, page.id, "relevant", 5000, version="2")
    assert store.last_judged([one.id])[one.id].outcome == "relevant"
