"""What every store promises, said once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.api import Store
from store.errors import LeaseLost, StoreError
from store.model import (
    Basis,
    ChannelState,
    Delivery,
    DeliveryState,
    Digest,
    DigestEntry,
    FetchKind,
    Membership,
    NewTask,
    Problem,
    Relation,
    Story,
    StoryKey,
    Task,
)
from tests.contract.rows import article, fetch, judgement, revision

MINUTE = 60_000


def claim(store: Store, stage: str = "judge", now: int = 0, worker: str = "w1", limit: int = 10) -> list[Task]:
    return store.claim(stage, limit, worker, now, MINUTE)


# ── the work list ───────────────────────────────────────────────────────────────────────────────────


def test_the_same_task_twice_is_one_task(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.add_tasks([NewTask("judge", "rev_1", "1", 5), NewTask("judge", "rev_1", "1", 9)], 0) == 1
    with store.transaction() as tx:
        assert tx.add_tasks([NewTask("judge", "rev_1", "1", 5), NewTask("judge", "rev_1", "2", 5)], 0) == 1
    assert store.task_counts() == {("judge", "due"): 2}


def test_tasks_are_claimed_in_order_and_only_once(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("judge", s, "1", at) for s, at in (("c", 2), ("b", 1), ("a", 2))], 0)
    assert [t.subject for t in claim(store, limit=2)] == ["b", "a"]
    assert [t.subject for t in claim(store)] == ["c"]
    assert claim(store) == []


def test_a_task_that_is_not_due_yet_waits(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("fetch", "art_1", "again", 0, due_at=500)], 0)
    assert claim(store, "fetch", now=499) == []
    assert store.count_open(["fetch"], 499) == 0
    assert len(claim(store, "fetch", now=500)) == 1


def test_a_dead_workers_task_comes_back_when_its_lease_runs_out(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("judge", "rev_1", "1", 0)], 0)
    assert claim(store)[0].attempt == 1
    assert claim(store, now=MINUTE - 1) == []
    again = claim(store, now=MINUTE, worker="w2")
    assert [(t.attempt, t.worker) for t in again] == [(2, "w2")]


def test_a_worker_that_comes_back_late_is_fenced_off_and_writes_nothing(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("judge", "rev_1", "1", 0)], 0)
    late = claim(store)[0]
    current = claim(store, now=MINUTE, worker="w2")[0]
    with store.transaction() as tx:
        assert tx.fence([late]) == set()
        assert tx.fence([current]) == {("judge", "rev_1", "1")}
    one = article()
    with pytest.raises(LeaseLost), store.transaction() as tx:
        tx.add_articles([one])
        tx.finish(late, "relevant", "", 1)
    assert store.articles([one.id]) == {}


def test_done_is_final_and_a_transient_failure_is_not(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("judge", "rev_1", "1", 0), NewTask("judge", "rev_2", "1", 0)], 0)
    first, second = claim(store)
    with store.transaction() as tx:
        tx.finish(first, "irrelevant", "không về giáo dục", 7)
        tx.retry(second, 100, "máy chủ bận")
    assert claim(store, now=99) == []
    assert [(t.subject, t.attempt) for t in claim(store, now=100)] == [("rev_2", 2)]
    (done,) = store.tasks_for(["rev_1"])
    assert (done.state, done.outcome, done.message, done.finished_at) == ("done", "irrelevant", "không về giáo dục", 7)
    assert store.outcome_counts() == {("judge", "irrelevant"): 1}


def test_a_dead_task_is_visible_and_revived_on_command_only(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("judge", "rev_1", "1", 0)], 0)
    (task,) = claim(store)
    with store.transaction() as tx:
        tx.bury(task, "gave_up", "lỗi ở dòng 3", 9)
    assert claim(store, now=10**9) == []
    assert [t.message for t in store.dead_tasks(5)] == ["lỗi ở dòng 3"]
    assert store.revive("group", 10) == 0
    assert store.revive("judge", 10) == 1
    assert [t.attempt for t in claim(store, now=10)] == [1]


def test_an_order_dependent_stage_has_one_claimant(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("group", s, "1", 0) for s in "ab"], 0)
    assert len(store.claim("group", 1, "w1", 0, MINUTE, alone=True)) == 1
    assert store.claim("group", 1, "w2", 1, MINUTE, alone=True) == []
    assert len(store.claim("group", 1, "w2", MINUTE, MINUTE, alone=True)) == 1


def test_leases_of_a_dead_process_can_be_given_back_at_once_and_nobody_elses(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("judge", s, "1", 0) for s in "ab"], 0)
    claim(store, worker="host:1", limit=1)
    claim(store, worker="host:12", limit=1)
    assert store.release_leases("host:1") == 1
    assert [(t.subject, t.lost) for t in claim(store, worker="host:3")] == [("a", 1)]


def test_a_claim_that_was_never_answered_is_counted_until_one_is(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("judge", "a", "1", 0)], 0)
    claim(store)
    (again,) = claim(store, now=MINUTE)
    assert (again.lost, again.tries) == (1, 0)
    with store.transaction() as tx:
        tx.retry(again, 0, "bận")
    (third,) = claim(store, now=MINUTE)
    assert (third.lost, third.tries) == (0, 1)
    with store.transaction() as tx:
        tx.retry(third, 0, "chờ", failed=False)
    (fourth,) = claim(store, now=MINUTE)
    assert (fourth.lost, fourth.tries) == (0, 0)


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    one = article()
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.add_articles([one])
        tx.add_tasks([NewTask("judge", "x", "1", 0)], 0)
        raise ZeroDivisionError
    assert store.articles([one.id]) == {}
    assert store.task_counts() == {}


def test_an_article_seen_again_is_the_same_article_and_keeps_its_first_seen(store: Store) -> None:
    one = article(seen=1000)
    with store.transaction() as tx:
        assert tx.add_articles([one]) == {one.id}
        assert tx.add_articles([replace(one, first_seen_at=9000)]) == set()
    assert store.articles([one.id])[one.id].first_seen_at == 1000


def test_a_silent_edit_is_a_new_revision_of_the_same_article(store: Store) -> None:
    one = article()
    before, after = revision(one), revision(one, "Trường hoãn khai giảng.", seen=2000)
    with store.transaction() as tx:
        tx.add_articles([one])
        assert tx.add_revisions([before, after, before]) == {before.id, after.id}
        assert tx.add_revisions([before]) == set()
    assert store.revisions_of([one.id]) == {one.id: [before, after]}


def test_everything_comes_back_as_it_went_in(store: Store) -> None:
    one, attempt = article(), fetch(robots="allowed: no rule", message="đủ")
    read = replace(revision(one), basis=Basis.PAGE, published_at=5, published_from="json-ld", published_confidence=0.9)
    judged = judgement(read)
    problem = Problem(attempt.id, 3, "date_in_future", "ngày 01/01/2030 ở tương lai", 9)
    channel = ChannelState("baocang", "http://baocang.example/rss", FetchKind.FEED, 60, etag='"x"', failure_weight=0.5)
    with store.transaction() as tx:
        tx.add_fetch(attempt)
        tx.add_articles([one])
        tx.add_revisions([read])
        tx.add_judgements([judged])
        tx.add_problems([problem])
        tx.upsert_channels([channel])
    assert store.fetch(attempt.id) == attempt
    assert store.fetches_for(url=attempt.url) == [attempt]
    assert store.articles([one.id]) == {one.id: one}
    assert store.revisions([read.id]) == {read.id: read}
    assert store.judgements_of([read.id]) == {read.id: [judged]}
    assert store.problems(attempt.id) == [problem]
    assert store.channels() == [channel]


def test_a_judgement_is_never_overwritten(store: Store) -> None:
    read = revision(article())
    with store.transaction() as tx:
        tx.add_judgements([judgement(read, "core"), judgement(read, "none"), judgement(read, "higher", version="2")])
    assert [(j.version, j.label) for j in store.judgements_of([read.id])[read.id]] == [("1", "core"), ("2", "higher")]


def test_an_article_is_found_by_any_of_its_names(store: Store) -> None:
    one = article()
    with store.transaction() as tx:
        tx.add_articles([one])
    assert store.find_article(one.canonical_url) == store.find_article(one.url) == store.find_article(one.id) == one
    assert store.find_article("http://nowhere.example/") is None


def test_a_channel_is_claimed_once_until_its_lease_runs_out(store: Store) -> None:
    early = ChannelState("a", "http://a.example/rss", FetchKind.FEED, next_due_at=10)
    late = ChannelState("b", "http://b.example/rss", FetchKind.FEED, next_due_at=5)
    future = ChannelState("c", "http://c.example/rss", FetchKind.FEED, next_due_at=99)
    with store.transaction() as tx:
        tx.upsert_channels([early, late, future])
    assert [c.source_id for c in store.claim_channels(20, 10, MINUTE)] == ["b", "a"]
    assert store.claim_channels(21, 10, MINUTE) == []
    assert [c.source_id for c in store.claim_channels(20 + MINUTE, 2, MINUTE)] == ["b", "a"]


# ── stories ─────────────────────────────────────────────────────────────────────────────────────────


def member(one: str, story: str, by: str = "machine", version: str = "1", at: int = 1) -> Membership:
    return Membership(one, story, Relation.ORIGINAL, None, 1.0, by, version, at)


def test_a_persons_grouping_wins_over_any_machines(store: Store) -> None:
    one = article()
    with store.transaction() as tx:
        tx.add_articles([one])
        tx.add_grouping(
            [],
            [member(one.id, "s1"), member(one.id, "s2", "nguoi-1", "", 2), member(one.id, "s3", version="9", at=3)],
            [],
        )
    assert store.memberships_of([one.id])[one.id].story_id == "s2"
    assert {s: len(m) for s, m in store.story_articles(["s1", "s2", "s3"]).items()} == {"s1": 0, "s2": 1, "s3": 0}


def test_keys_give_the_newest_articles_of_the_window(store: Store) -> None:
    keys = [StoryKey(-7, at, f"art_{at}") for at in range(10)]
    with store.transaction() as tx:
        tx.add_grouping([Story("s1", "art_0", 0)], [], keys)
    assert store.look_up_keys([-7, 8], since=3, per_key=3) == {-7: ["art_9", "art_8", "art_7"]}
    assert store.look_up_keys([-7], since=8, per_key=9) == {-7: ["art_9", "art_8"]}
    assert store.stories(["s1"]) == {"s1": Story("s1", "art_0", 0)}


# ── digests and deliveries ──────────────────────────────────────────────────────────────────────────


def test_a_window_is_open_below_and_closed_above(store: Store) -> None:
    many = [article(n, seen=at) for n, at in enumerate((1000, 1001, 1001, 2000, 2001))]
    read = [revision(a) for a in many]
    with store.transaction() as tx:
        tx.add_articles(many)
        tx.add_revisions(read)
        tx.add_tasks([NewTask("judge", r.id, "1", 0) for r in read], 0)
    claimed = claim(store)
    with store.transaction() as tx:
        for task, outcome in zip(claimed, ("relevant", "irrelevant", "to_review", "relevant", "relevant"), strict=True):
            tx.finish(task, outcome, "", 1)
    seen = [a.first_seen_at for a in store.articles_seen(1000, 2000)]
    assert seen == [1001, 1001, 2000]
    outcomes = {t.subject: t.outcome for t in store.tasks_for([r.id for r in read])}
    expected = {
        a.id
        for a, r in zip(many, read, strict=True)
        if outcomes[r.id] != "irrelevant" and 1000 < a.first_seen_at <= 2000
    }
    assert {a.id for a in store.relevant_seen(1000, 2000)} == expected


def test_more_articles_in_a_millisecond_than_there_are_places(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_articles([article(n, seen=5) for n in range(1500)])
        tx.add_articles([article(9999, seen=6)])
    assert len(store.articles_seen(4, 5)) == 1500
    assert len(store.articles_seen(5, 6)) == 1


def digest(day: str = "2026-11-20") -> Digest:
    entry = DigestEntry(1, "hai_phong", "sto_1", "art_1", "rev_1", "mem_1", {"edu": "jud_1"}, ("hai_phong",))
    return Digest(
        Digest.make_id("daily", day),
        "daily",
        day,
        1,
        2,
        3,
        "Điểm báo",
        {"hai_phong": 1},
        {"html": "h"},
        {"edu": "1"},
        (entry,),
    )


def test_an_issued_digest_is_never_built_again(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.add_digest(digest()) is True
        assert tx.add_digest(replace(digest(), subject="khác", entries=())) is False
    assert store.digest(digest().id) == digest()
    assert [d.id for d in store.digests()] == [digest().id]
    assert [d.day for d in store.digests_with("art_1")] == ["2026-11-20"]


def test_a_delivery_is_one_per_event_recipient_and_channel_and_sent_stays_sent(store: Store) -> None:
    one = Delivery(
        Delivery.make_id("dig_1", "a@x.example", "email"),
        "dig_1",
        "a@x.example",
        "email",
        DeliveryState.PENDING,
        1,
        "<m@x>",
    )
    with store.transaction() as tx:
        tx.add_deliveries([one, replace(one, message_id="<other@x>")])
        tx.set_delivery(one.id, DeliveryState.SENT, attempts=1, next_try_at=None, sent_at=9, error="")
        tx.set_delivery(one.id, DeliveryState.FAILED, attempts=2, next_try_at=None, sent_at=None, error="muộn")
    (found,) = store.deliveries("dig_1")
    assert (found.state, found.sent_at, found.message_id) == (DeliveryState.SENT, 9, "<m@x>")


def test_export_names_the_tables_it_has(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_articles([article()])
    assert [row["outlet"] for row in store.export("article")] == ["Báo Cảng"]
    with pytest.raises(StoreError, match=r"there are: .*article"):
        list(store.export("sqlite_master"))
