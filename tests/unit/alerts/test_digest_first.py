"""The first screen and lists of their own: due cases, what people found, what is new, what outlets agree on."""

from __future__ import annotations

import datetime

from alerts import digest_words as words
from alerts.digest import compose, load_inputs, window
from alerts.digest_first import due_lines, urgent
from alerts.digest_formats import files_of
from store.model import Relation
from store.model_case import CaseClock, CaseKind, CaseNow, CaseRows, CaseState, Severity

TZ = "Asia/Ho_Chi_Minh"
HOUR = 3_600_000
DESK = "http://desk"


def case(press, title: str, due: int, *, number: int = 1, held: bool = False, **clock: object) -> str:
    opened = due - 48 * HOUR
    with press.store.transaction() as tx:
        made, _ = tx.add_case(CaseKind.SUSPECT, "candidate", f"can_{number}", 2026, opened)
        now = CaseNow(made.id, made.kind, CaseState.VERIFYING, title, Severity.NORMAL, "office:sgddt_vp", "", "", "",
                      "local", held, opened)  # fmt: skip
        one = CaseClock(made.id, "first_answer", "x", "office:sgddt_vp", opened, due, None, None, **clock)  # type: ignore[arg-type]
        tx.put_case(CaseRows(made, now, (one,)))
    return made.label


def lines(press):
    return due_lines(press.store, press.day, TZ, DESK, {"office:sgddt_vp": "Văn phòng Sở"})


def test_cases_due_today_and_before_stand_first_and_those_of_tomorrow_do_not(press) -> None:
    morning = window(press.day)[1]
    case(press, "Hôm nay", morning + 8 * HOUR, number=1)
    case(press, "Đã quá hạn", morning - 30 * HOUR, number=2)
    case(press, "Ngày mai", morning + 30 * HOUR, number=3)
    case(press, "Đang tạm dừng", morning, number=4, paused_at=morning - HOUR)
    case(press, "Đã trả lời", morning, number=5, stopped_at=morning - HOUR)
    found = lines(press)
    assert [(line.title, line.overdue) for line in found] == [("Đã quá hạn", True), ("Hôm nay", False)]
    assert "14:30 20/11" in found[1].words and "Văn phòng Sở" in found[1].words
    assert found[1].href.startswith(f"{DESK}/viec/cas_")


def test_a_case_is_told_masked_and_one_that_is_held_not_at_all(press) -> None:
    morning = window(press.day)[1]
    case(press, "Em Trần Văn Tý lớp 3A bị bạn đánh", morning, number=1)
    case(press, "Cô giáo X nhận tiền", morning + 1, number=2, held=True)
    told = " ".join(line.title for line in lines(press))
    assert "Trần Văn Tý" not in told and "nhận tiền" not in told
    assert words.HELD in told


def test_only_an_urgent_case_that_is_open_makes_a_day_off_a_day_of_work(press) -> None:
    morning = window(press.day)[1]
    case(press, "Thường", morning)
    assert not urgent(press.store, morning - 72 * HOUR, morning)


def test_what_is_new_about_yesterday_stands_on_the_first_screen(press) -> None:
    yesterday = press.day - datetime.timedelta(days=1)
    press.clock = window(yesterday)[0]
    press.article("Bài hôm qua", hp="direct", story="s")
    press.issue(yesterday)
    press.article("Bài hôm nay", hp="direct", story="s", relation=Relation.FOLLOW_UP)
    html = press.build()[2]["html"].decode()
    assert words.NEWS in html
    assert html.index(words.NEWS) < html.index('id="p-hai_phong"')
    assert [b.headline for b in press.draft().marked("again")] == ["Bài hôm nay"]


def test_outlets_are_put_side_by_side_where_their_figures_differ(press) -> None:
    for outlet, count in (("Báo Hải Âu", 12), ("Báo Cửa Biển", 15)):
        press.article("Ngộ độc ở trường mầm non", outlet=outlet, story="s", hp="direct",
                      body=f"Sau bữa trưa, {count} trẻ của trường Mầm non Hoa Mai phải nhập viện cấp cứu.")  # fmt: skip
    block = press.block("Ngộ độc ở trường mầm non")
    (fact,) = [f for f in block.facts if f.differing]
    assert {who for _, outlets in fact.sayings for who in outlets} == {"Báo Hải Âu", "Báo Cửa Biển"}
    files = files_of(press.draft(), "Sở", 1, ("html", "text"))
    for content in files.values():
        assert words.DIFFERING in " ".join(content.decode().split())


def test_one_outlet_alone_or_mere_copies_agree_with_nobody(press) -> None:
    for relation in (Relation.ORIGINAL, Relation.REPRINT):
        press.article("Tin", outlet=f"Báo {relation}", story="s", hp="direct", relation=relation,
                      body="Ngày 18/11, 40 học sinh phường Lê Chân nghỉ học.")  # fmt: skip
    assert press.block("Tin").facts == ()


def test_foreign_press_and_good_examples_have_lists_of_their_own(press) -> None:
    press.article("Thầy giáo được tuyên dương", hp="direct", topics="commendation")
    press.article("Hai Phong schools reopen", hp="direct")
    after, until = window(press.day)
    draft = compose(press.day, after, until, load_inputs(press.store, after, until), foreign={"invented"})
    assert [b.headline for b in draft.marked("good")] == ["Thầy giáo được tuyên dương"]
    assert len(draft.marked("foreign")) == 2, "both are of a source that is foreign press"
    html = files_of(draft, "Sở", 1, ("html",))["html"].decode()
    assert words.GOOD in html and words.FOREIGN in html
