"""A person corrects the machine: what is kept, what the next digest shows, what can be taken back."""

from __future__ import annotations

import datetime

import pytest

from alerts.digest import window
from alerts.labelling import say, value_of, withdraw
from alerts.trace import trace
from store.errors import InputError
from store.labels import as_issued
from store.model import Article, JudgementKind, NewTask
from store.model_label import Label, LabelTask
from tests.unit.alerts.conftest import DAY, Press

WHO, ANOTHER = "Lê Thị Sóng", "Ngô Văn Bến"
TOMORROW = DAY + datetime.timedelta(days=1)
MORNING = window(DAY)[1] + 3_600_000  # an hour after the digest of the day


def label(press: Press, article: Article, now: int = MORNING, by: str = WHO, **said: str) -> list[Label]:
    tasks = {LabelTask(task): value for task, value in said.items()}
    return say(press.store, article.id, tasks, by=by, why="đọc cả bài", now=now)


def entries(press: Press, day: datetime.date) -> dict[str, str]:
    """Article → part, of the digest as issued."""
    digest, _ = press.issue(day)
    return {e.article_id: e.part for e in digest.entries}


def test_a_correction_keeps_what_the_machine_had_said(press: Press) -> None:
    article = press.article("Trường Sao Mai mở bếp ăn", tone="neg", score=0.7)
    (row,) = label(press, article, tone="pos")
    (machine,) = [
        j
        for j in press.store.judgements_of([row.revision_id])[row.revision_id]
        if j.kind is JudgementKind.TONE
    ]  # fmt: skip
    assert (row.value, row.by, row.why) == ("pos", WHO, "đọc cả bài")
    assert (row.judgement_id, row.machine_label, row.machine_score, row.machine_version) == (
        machine.id, "neg", 0.7, "shipped v1",
    )  # fmt: skip
    assert machine.label == "neg"


def test_saying_the_same_again_is_no_new_fact_but_another_persons_word_is(press: Press) -> None:
    article = press.article("Trường Sao Mai mở bếp ăn")
    assert len(label(press, article, tone="pos", kind="news")) == 2
    assert label(press, article, tone="pos", now=MORNING + 5) == []
    assert len(label(press, article, tone="pos", by=ANOTHER)) == 1


def test_of_two_labels_in_one_millisecond_the_second_stands(press: Press) -> None:
    article = press.article("Trường Sao Mai mở bếp ăn")
    label(press, article, tone="pos")
    (second,) = label(press, article, tone="neg", by=ANOTHER)
    assert press.store.labels_in_force([article.id])[article.id][LabelTask.TONE] == second


@pytest.mark.parametrize(
    ("task", "value", "stored"),
    [
        (LabelTask.TOPICS, "fees, exams", "fees,exams"),
        (LabelTask.TOPICS, "", ""),
        (LabelTask.STANCE_TARGET, "  Trường  THCS Sao Mai ", "Trường THCS Sao Mai"),
        (LabelTask.RUMOUR, "debunk", "debunk"),
    ],
)
def test_values_as_they_are_kept(task: LabelTask, value: str, stored: str) -> None:
    assert value_of(task, value) == stored


@pytest.mark.parametrize(
    ("task", "value", "told"),
    [
        (LabelTask.TONE, "xấu", "neg, neu, pos"),
        (LabelTask.TOPICS, "fees,exams,food", "nhiều nhất 2"),
        (LabelTask.TOPICS, "học phí", "không có chủ đề"),
        (LabelTask.RUMOUR, "spread", "đối chiếu"),
        (LabelTask.STANCE_TARGET, "Trường" + "a" * 200, "200 ký tự"),
    ],
)
def test_a_value_that_is_none_is_refused_with_those_that_are(task: LabelTask, value: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        value_of(task, value)


@pytest.mark.parametrize(
    "by", ["", "sóng", "admin", "a" * 101, "Lê <b>Sóng</b>", "Lе Thị Sóng"]
)  # the last has a Cyrillic е
def test_a_label_needs_a_person_who_can_be_asked(press: Press, by: str) -> None:
    article = press.article("Trường Sao Mai mở bếp ăn")
    with pytest.raises(InputError, match="họ và tên"):
        label(press, article, by=by, tone="pos")
    assert press.store.labels() == []


def test_one_bad_value_among_several_keeps_none(press: Press) -> None:
    article = press.article("Trường Sao Mai mở bếp ăn")
    with pytest.raises(InputError, match="kind"):
        label(press, article, tone="pos", kind="tin")
    assert press.store.labels() == []


def test_an_unknown_article_or_text_is_said(press: Press) -> None:
    article = press.article("Trường Sao Mai mở bếp ăn")
    with pytest.raises(InputError, match="không có bài nào"):
        say(press.store, "art_khong_co", {LabelTask.TONE: "pos"}, by=WHO, why="", now=1)
    with pytest.raises(InputError, match="không có bản nào"):
        say(press.store, article.id, {LabelTask.TONE: "pos"}, by=WHO, why="", now=1, revision_id="rev_khong_co")


def test_a_label_is_withdrawn_once_by_a_named_person(press: Press) -> None:
    article = press.article("Trường Sao Mai mở bếp ăn", tone="neg")
    (row,) = label(press, article, tone="pos")
    taken = withdraw(press.store, row.id, by=ANOTHER, why="nhầm bài", now=MORNING)
    assert (taken.withdraws, taken.by, taken.at > row.at) == (row.id, ANOTHER, True)
    assert press.store.labels_in_force([article.id]) == {}
    for gone in (row.id, taken.id, "lab_khong_co"):
        with pytest.raises(InputError):
            withdraw(press.store, gone, by=ANOTHER, why="", now=MORNING + 9)


def test_what_was_asked_about_and_confirmed_is_in_the_next_digest_under_its_place(press: Press) -> None:
    ours = press.article("Bếp ăn mới ở Gò Bồi", outcome="to_review", hp="direct")
    other = press.article("Chuyện một lớp học", outcome="to_review", scope="national")
    silent = press.article("Chuyện không ai xem lại", outcome="to_review")
    assert set(entries(press, DAY).values()) == {"xem_lai"}
    label(press, ours, edu="core")
    label(press, other, edu="higher")
    assert entries(press, TOMORROW) == {ours.id: "hai_phong", other.id: "bo_nganh"}
    assert silent.id not in entries(press, TOMORROW + datetime.timedelta(days=1))


def test_it_comes_once_as_what_was_confirmed_not_as_a_new_turn(press: Press) -> None:
    article = press.article("Bếp ăn mới ở Gò Bồi", outcome="to_review", hp="direct", story="bep")
    press.issue()
    label(press, article, edu="core")
    press.day = TOMORROW
    (block,) = next(p for p in press.draft().parts if p.key == "hai_phong").blocks
    assert not any("diễn biến mới" in badge for badge in block.badges)
    assert entries(press, TOMORROW) == {article.id: "hai_phong"}
    label(press, article, edu="core", by=ANOTHER, now=window(TOMORROW)[1] + 1)
    assert entries(press, TOMORROW + datetime.timedelta(days=1)) == {}


def test_what_a_person_says_does_not_belong_is_gone_from_the_review_list(press: Press) -> None:
    doubtful = press.article("Sân chơi bóng rổ", outcome="to_review")
    wrong = press.article("Giá vàng", hp="direct")
    kept = press.article("Bếp ăn mới", hp="direct")
    for article in (doubtful, wrong):
        label(press, article, edu="none", now=window(DAY)[1] - 5)
    assert entries(press, DAY) == {kept.id: "hai_phong"}


def test_what_the_machine_left_out_a_person_brings_into_the_digest_and_its_story_is_looked_for(press: Press) -> None:
    missed = press.article("Tin bị bỏ sót", outcome="irrelevant", edu="none", hp="direct")
    label(press, missed, edu="core", now=window(DAY)[1] - 5)
    assert [(t.stage, t.subject) for t in press.store.claim("group", 5, "w", MORNING, 1)] == [("group", missed.id)]
    assert entries(press, DAY) == {missed.id: "hai_phong"}


def test_a_label_on_an_old_article_does_not_bring_it_back(press: Press) -> None:
    old = press.article("Tin tháng trước", at=window(DAY)[0] - 30 * 86_400_000, outcome="to_review", hp="direct")
    press.issue()
    label(press, old, edu="core")
    assert entries(press, TOMORROW) == {}


def test_place_by_a_person_moves_the_article_to_its_part(press: Press) -> None:
    article = press.article("Khai giảng ở đặc khu", hp="none", scope="local")
    label(press, article, hp="direct", now=window(DAY)[1] - 5)
    assert entries(press, DAY) == {article.id: "hai_phong"}


def test_praise_and_blame_by_a_person_move_nothing(press: Press) -> None:
    articles = [
        press.article(f"Bếp ăn số {n}", hp="direct", outcome=o) for n, o in enumerate(("relevant", "to_review"))
    ]
    before = press.draft()
    for article in articles:
        label(press, article, now=window(DAY)[1] - 5, stance="critical", tone="neg", rumour="report")
    after = press.draft()
    assert [(p.key, len(p.blocks)) for p in after.parts] == [(p.key, len(p.blocks)) for p in before.parts]


def test_what_a_digest_froze_leads_to_the_label_and_stays_whatever_is_said_later(press: Press) -> None:
    article = press.article("Bếp ăn mới", hp="direct", tone="neg")
    (given,) = label(press, article, now=window(DAY)[1] - 5, tone="pos")
    digest, _ = press.issue()
    (entry,) = digest.entries
    assert entry.judgements["tone"] == given.id
    assert "person label" in digest.versions["tone"]
    label(press, article, tone="neu", by=ANOTHER)
    judged = press.store.judgements_of([entry.revision_id])[entry.revision_id]
    rows = press.store.labels_of([article.id])[article.id]
    issued = {j.kind: j.label for j in as_issued(judged, rows, entry.judgements)}
    assert issued[JudgementKind.TONE] == "pos"
    assert issued[JudgementKind.EDU] == "core"


def test_a_label_given_on_the_feeds_text_holds_for_the_page_too(press: Press) -> None:
    article = press.article("Bếp ăn mới", hp="direct", outcome="to_review")
    label(press, article, now=window(DAY)[1] - 9, edu="core", tone="pos")
    page = press.revision(article, "Bếp ăn mới", "Sapo dài hơn.", "Cả bài.", press.store.revisions_of([article.id])[
        article.id][0].basis, press.clock + 5)  # fmt: skip
    with press.store.transaction() as tx:
        tx.add_revisions([page])
        tx.add_judgements(press.judgements(page, {"edu": "none", "tone": "neg", "hp": "direct"}, {}, (), 0.9))
        tx.add_tasks([NewTask("judge", page.id, "v1", press.clock)], press.clock)
    press.judge("irrelevant", press.clock + 6)
    assert entries(press, DAY) == {article.id: "hai_phong"}


def test_a_chip_says_that_a_person_confirmed_it(press: Press) -> None:
    article = press.article("Bếp ăn mới", hp="direct", tone="neg")
    label(press, article, now=window(DAY)[1] - 5, tone="pos", rumour="debunk")
    (block,) = next(p for p in press.draft().parts if p.key == "hai_phong").blocks
    assert [(c.word, c.confidence) for c in block.chips] == [
        ("thuận lợi", "người xác nhận"), ("bác bỏ tin đồn", "người xác nhận"),
    ]  # fmt: skip


def test_what_the_machine_is_not_sure_of_says_so_and_is_counted_apart(press: Press) -> None:
    press.article("Thực hư tin đóng cửa trường", hp="direct", rumour="report", score=0.59)
    press.article("Sở bác tin đóng cửa trường", hp="direct", rumour="report", score=0.6)
    asked = press.article("Lại thực hư tin ấy", hp="direct", rumour="report", score=0.3)
    draft = press.draft()
    chips = {block.headline: block.chips for part in draft.parts for block in part.blocks}
    assert [c.confidence for c in chips["Thực hư tin đóng cửa trường"]] == ["chưa chắc"]
    assert "chưa chắc" not in [c.confidence for c in chips["Sở bác tin đóng cửa trường"]]
    assert (draft.figure("nhac_tin_don").count, draft.figure("nhac_tin_don.chua_chac").count) == (1, 2)
    assert "chưa chắc" in draft.figure("nhac_tin_don.chua_chac").label
    label(press, asked, now=window(DAY)[1] - 5, rumour="report")
    again = press.draft()
    assert (again.figure("nhac_tin_don").count, again.figure("nhac_tin_don.chua_chac").count) == (2, 1)


def test_what_was_confirmed_later_says_so(press: Press) -> None:
    article = press.article("Bếp ăn mới ở Gò Bồi", outcome="to_review", hp="direct")
    press.issue()
    label(press, article, edu="core")
    press.day = TOMORROW
    (block,) = next(p for p in press.draft().parts if p.key == "hai_phong").blocks
    assert any("người xem lại đã xác nhận" in badge for badge in block.badges)
    assert not any("chưa kịp đưa" in badge for badge in block.badges)


def test_a_trace_tells_who_decided_and_what_the_machine_had_said(press: Press) -> None:
    doubtful = press.article("Sân chơi bóng rổ", outcome="to_review")
    missed = press.article("Tin bị bỏ sót", outcome="irrelevant", edu="none")
    label(press, doubtful, edu="none")
    label(press, missed, edu="core")
    told = trace(press.store, doubtful, "Asia/Ho_Chi_Minh")
    assert "xem lại và cho là không thuộc phạm vi" in told.conclusion
    (step,) = [s for s in told.steps if s.stage == "label"]
    assert "gán nhãn Giáo dục: máy: giáo dục mầm non" in step.text
    assert "chưa có điểm báo nào" in trace(press.store, missed, "Asia/Ho_Chi_Minh").conclusion
