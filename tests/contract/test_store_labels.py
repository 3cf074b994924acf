"""What people said of articles: what stands, what is shown for it, what nobody can change, what search narrows by."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from store.api import Store
from store.errors import StoreError
from store.labels import PersonJudgement, decided, spoken, unsure
from store.model import FacetKind, Judgement, JudgementKind, NewTask, Outcome, SearchRequest, SearchResult
from store.model_label import DriftNotice, Label, LabelTask, ModelChoice, frozen, standing
from tests.contract.rows import article, judgement, revision

ONE, TWO = article(1, 1000), article(2, 2000)
TEXT, OTHER = revision(ONE), revision(TWO, seen=2000)
WHO, ANOTHER = "Lê Thị Sóng", "Ngô Văn Bến"


def label(task: LabelTask, value: str, at: int, by: str = WHO, of: object = TEXT, **more: object) -> Label:
    made = Label.make_id(of.id, task, by, at)
    return Label(made, of.article_id, of.id, task, value, by, at, **more)


def withdrawal(of: Label, at: int, by: str = ANOTHER) -> Label:
    return replace(of, id=Label.make_id(of.revision_id, of.task, by, at), value="", by=by, at=at, withdraws=of.id)


def say(store: Store, *labels: Label) -> None:
    with store.transaction() as tx:
        for one in labels:
            assert tx.add_label(one)


def end(store: Store, outcome: str, now: int = 3000, version: str = "1") -> None:
    with store.transaction() as tx:
        tx.add_tasks([NewTask("judge", r.id, version, 1) for r in (TEXT, OTHER)], now)
    for task in (tasks := store.claim("judge", 10, "w", now, 1000)):
        with store.transaction() as tx:
            tx.finish(task, outcome, "vì sao", now)
    assert tasks


def found(store: Store, kind: FacetKind, *values: str) -> set[str]:
    result: SearchResult = store.search(SearchRequest(facets={kind: values}))
    return {hit.article_id for hit in result.hits}


@pytest.fixture
def filled(store: Store) -> Store:
    with store.transaction() as tx:
        tx.add_articles([ONE, TWO])
        tx.add_revisions([TEXT, OTHER])
        tx.add_judgements([judgement(r, "neg", kind=JudgementKind.TONE) for r in (TEXT, OTHER)])
        tx.add_judgements([judgement(r, "core") for r in (TEXT, OTHER)])
    return store


def test_the_newest_label_stands_whoever_gave_it_and_every_row_stays(filled: Store) -> None:
    first = label(LabelTask.TONE, "pos", 5000, machine_label="neg", machine_score=0.9, machine_version="1")
    second = label(LabelTask.TONE, "neu", 6000, ANOTHER, why="chỉ là thông báo lịch")
    say(filled, first, second, label(LabelTask.EDU, "none", 5500, of=OTHER))
    assert filled.labels_of([ONE.id, "art_khong_co"]) == {ONE.id: [first, second]}
    assert filled.labels_in_force([ONE.id])[ONE.id] == {LabelTask.TONE: second}
    assert filled.label(first.id) == first
    assert [row.at for row in filled.labels()] == [6000, 5500, 5000]
    assert [row.at for row in filled.labels(limit=1, before=6000)] == [5500]
    assert filled.labelled_articles() == [ONE.id, TWO.id]
    assert len(list(filled.export("label"))) == 3


def test_withdrawing_the_newer_gives_the_older_back_and_withdrawing_both_the_machine(filled: Store) -> None:
    first, second = label(LabelTask.TONE, "pos", 5000), label(LabelTask.TONE, "neu", 6000, ANOTHER)
    say(filled, first, second, withdrawal(second, 7000))
    assert filled.labels_in_force([ONE.id])[ONE.id][LabelTask.TONE] == first
    say(filled, withdrawal(first, 8000))
    assert filled.labels_in_force([ONE.id]) == {}
    assert len(filled.labels_of([ONE.id])[ONE.id]) == 4


def test_a_row_is_never_changed_nor_deleted(filled: Store) -> None:
    one = label(LabelTask.TONE, "pos", 5000)
    say(filled, one)
    with filled.transaction() as tx:
        assert not tx.add_label(replace(one, value="neg"))
    connection = filled.connection  # the trigger holds against any hand
    for statement in ("UPDATE label SET value = 'neg'", "DELETE FROM label"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
    assert filled.label(one.id) == one


def test_what_is_shown_is_the_persons_with_the_machines_beside_it() -> None:
    machine = judgement(TEXT, "neg", kind=JudgementKind.TONE)
    given = label(LabelTask.TONE, "pos", 5000)
    shown = spoken([machine], {LabelTask.TONE: given})[JudgementKind.TONE]
    assert isinstance(shown, PersonJudgement)
    assert (shown.label, shown.score, shown.id, shown.by, shown.machine) == ("pos", 1.0, given.id, WHO, machine)
    assert spoken([machine], {})[JudgementKind.TONE] is machine


def test_a_target_alone_changes_whom_the_machines_stance_is_about() -> None:
    machine = Judgement(TEXT.id, JudgementKind.STANCE, "linear", "1", "critical", 0.5, {"target": "nhà trường"}, 2000)
    aimed = label(LabelTask.STANCE_TARGET, "Trường THCS Sao Mai", 5000)
    shown = spoken([machine], {LabelTask.STANCE_TARGET: aimed})[JudgementKind.STANCE]
    assert (shown.label, shown.score, shown.detail["target"]) == ("critical", 0.5, "Trường THCS Sao Mai")
    both = spoken([machine], {LabelTask.STANCE: label(LabelTask.STANCE, "supportive", 5001), aimed.task: aimed})
    assert (both[JudgementKind.STANCE].label, both[JudgementKind.STANCE].detail["target"]) == (
        "supportive", "Trường THCS Sao Mai",
    )  # fmt: skip


def test_a_machines_guess_may_be_unsure_a_persons_word_is_not() -> None:
    machine = replace(judgement(TEXT, "neg", kind=JudgementKind.TONE), score=0.59)
    assert unsure(machine)
    assert not unsure(replace(machine, score=0.6))
    assert not unsure(spoken([machine], {LabelTask.TONE: label(LabelTask.TONE, "neg", 5000)})[JudgementKind.TONE])


def test_only_what_it_is_about_decides_whether_an_article_belongs_here() -> None:
    praise = label(LabelTask.STANCE, "supportive", 5000), label(LabelTask.TONE, "pos", 5001)
    assert decided(standing(praise)) is None
    assert decided(standing([*praise, label(LabelTask.HP, "none", 5002)])) is None
    assert decided(standing([label(LabelTask.EDU, "higher", 5003)])) is Outcome.RELEVANT
    assert decided(standing([label(LabelTask.EDU, "none", 5004)])) is Outcome.IRRELEVANT


def test_a_persons_word_takes_an_article_in_or_out_and_withdrawn_gives_it_back(filled: Store) -> None:
    end(filled, "to_review")
    yes, no = label(LabelTask.EDU, "core", 5000), label(LabelTask.EDU, "none", 5000, of=OTHER)
    say(filled, yes, no)
    assert [a.id for a in filled.relevant_seen(0, 9000)] == [ONE.id]
    last = filled.last_judged([ONE.id, TWO.id])
    assert {i: t.outcome for i, t in last.items()} == {ONE.id: "relevant", TWO.id: "irrelevant"}
    assert WHO in last[ONE.id].message
    assert found(filled, FacetKind.OUTCOME, "relevant") == {ONE.id}
    assert found(filled, FacetKind.OUTCOME, "to_review") == set()
    say(filled, withdrawal(yes, 7000), withdrawal(no, 7001))
    assert {a.id for a in filled.relevant_seen(0, 9000)} == {ONE.id, TWO.id}
    assert found(filled, FacetKind.OUTCOME, "to_review") == {ONE.id, TWO.id}


def test_what_the_machine_left_out_a_person_brings_in(filled: Store) -> None:
    end(filled, "irrelevant")
    assert filled.relevant_seen(0, 9000) == []
    say(filled, label(LabelTask.EDU, "core", 5000))
    assert [a.id for a in filled.relevant_seen(0, 9000)] == [ONE.id]
    assert filled.relevant_seen(1000, 9000) == []


def test_search_narrows_by_the_persons_label_and_a_new_judgement_does_not_undo_it(filled: Store) -> None:
    end(filled, "relevant")
    given = [label(LabelTask.TONE, "pos", 5000), label(LabelTask.TOPICS, "fees", 5001)]
    say(filled, *given)
    assert found(filled, FacetKind.TONE, "pos") == {ONE.id}
    assert found(filled, FacetKind.TONE, "neg") == {TWO.id}
    assert found(filled, FacetKind.TOPIC, "fees") == {ONE.id}
    with filled.transaction() as tx:
        tx.add_judgements([replace(judgement(TEXT, "neg", "2", JudgementKind.TONE), judged_at=9000)])
    end(filled, "relevant", 9500, "2")
    assert found(filled, FacetKind.TONE, "pos") == {ONE.id}
    say(filled, *(withdrawal(one, 10_000 + n) for n, one in enumerate(given)))
    assert found(filled, FacetKind.TONE, "neg") == {ONE.id, TWO.id}
    assert found(filled, FacetKind.TOPIC, "fees") == set()


def test_an_index_made_anew_knows_what_people_said(filled: Store) -> None:
    end(filled, "relevant")
    say(filled, label(LabelTask.TONE, "pos", 5000), label(LabelTask.EDU, "none", 5001, of=OTHER))
    with filled.transaction() as tx:
        tx.clear_index()
        assert tx.reindex(0, 100) is not None
    assert found(filled, FacetKind.TONE, "pos") == {ONE.id}
    assert found(filled, FacetKind.OUTCOME, "irrelevant") == {TWO.id}


def test_a_fifth_of_the_stories_is_set_aside_the_same_everywhere() -> None:
    names = [f"sto_{n}" for n in range(5000)]
    kept = [name for name in names if frozen(name)]
    assert 900 < len(kept) < 1100
    assert kept == [name for name in names if frozen(name)]
    assert [n for n in range(40) if frozen(f"sto_{n}")] == [2, 5, 6, 13, 15, 19, 23, 28, 35, 37]


def test_choices_of_weights_are_told_newest_first(store: Store) -> None:
    choices = [
        ModelChoice(f"mch_{n}", f"v{n}", "shipped", n == 2, WHO, n, "hơn bản đang dùng", {"tone": {"old": 0.7}}, {})
        for n in (1, 2)
    ]
    with store.transaction() as tx:
        for choice in choices:
            tx.add_model_choice(choice)
    assert store.model_choices() == choices[::-1]


def test_a_shift_is_told_once_and_never_crosses_an_outlet_with_tone_or_stance(store: Store) -> None:
    made = DriftNotice.make_id("edu", "Báo Cảng", "2026-11", "1")
    notice = DriftNotice(made, "edu", "Báo Cảng", "2026-11", "1", 5000, {"p": 0.001})
    with store.transaction() as tx:
        assert tx.add_drift_notices([notice]) == 1
        assert tx.add_drift_notices([notice]) == 0
    assert store.drift_notices() == [notice]
    for task in ("tone", "stance", "rumour"):
        crossed = replace(notice, id=f"dri_{task}", task=task)
        with pytest.raises(StoreError, match="outlet"), store.transaction() as tx:
            tx.add_drift_notices([crossed])
    assert store.drift_notices() == [notice]


def test_judged_stories_are_counted_by_outlet_and_local_month(filled: Store) -> None:
    november = 1_793_466_000_000  # 2026-11-01 00:00 in Hải Phòng, still October by UTC
    late = article(3, november)
    text = revision(late, "Trường khai giảng.", seen=november)
    newer = revision(late, "Trường khai giảng muộn.", seen=november + 5)
    with filled.transaction() as tx:
        tx.add_articles([late])
        tx.add_revisions([text, newer])
        tx.add_judgements([judgement(text, "neg", kind=JudgementKind.TONE)])
        tx.add_judgements([judgement(newer, "pos", kind=JudgementKind.TONE)])
    counts = filled.label_counts(["tone"], 0, november + 10, 7 * 3600)
    assert [(c.outlet, c.month, c.label, c.stories) for c in counts] == [
        ("Báo Cảng", "1970-01", "neg", 2),
        ("Báo Cảng", "2026-11", "pos", 1),
    ]
    assert filled.label_counts(["stance"], 0, november, 0) == []
