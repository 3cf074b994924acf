"""A page that is gone: when it was last seen is kept, and where a minor is named a person is asked about our copy."""

from __future__ import annotations

import pytest

from runner import stages
from runner.deps import Deps
from runner.run import Runner
from store.model import Basis, FetchKind, FetchOutcome, ReviewState
from tests.unit.runner.conftest import HOUR, NOON, Clock, Outlet

PLAIN = ("Trường Sao Biển mở lại bếp ăn", "Bếp ăn hoạt động từ thứ Hai.", "Phụ huynh được mời đến xem.")
MINOR = (
    "Em Trịnh Khắc Tươi trả lại ví",
    "Em Tươi học lớp 8A, Trường THCS Hoa Phượng.",
    "Sáng nay em Tươi nhặt được ví.",
)
EDITED = ("Một học sinh trả lại ví", "Chuyện ở Trường THCS Hoa Phượng.", "Sáng nay em nhặt được ví.")


def work(deps: Deps) -> None:
    Runner(deps).drain([stages.GONE])


def test_a_deletion_is_recorded_with_when_the_page_was_last_seen(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article()
    outlet.page(article, PLAIN)
    seen = outlet.fetch(article, at=NOON + 6 * HOUR, body=b"again")
    gone = outlet.gone(article, 410, at=NOON + 48 * HOUR)
    work(deps)
    (absence,) = deps.store.absences_of([article.id])[article.id]
    assert (absence.last_seen_at, absence.noticed_at) == (seen.finished_at, gone.finished_at)
    assert (absence.status, absence.fetch_id, absence.names_minor, absence.back_at) == (410, gone.id, False, None)
    task = outlet.task("gone", article.id)
    assert task.outcome == "deletion_recorded"
    assert "không còn (410) từ 22/11/2026 12:00:00" in task.message
    assert "thấy lần cuối 20/11/2026 18:00:00" in task.message
    assert "mới thấy một lần" in task.message
    assert deps.store.erasure_reviews() == []


def test_a_second_look_confirms_it_and_writes_nothing_twice(deps: Deps, outlet: Outlet, clock: Clock) -> None:
    article = outlet.article()
    outlet.page(article, MINOR)
    first = outlet.gone(article, at=NOON + 6 * HOUR)
    work(deps)
    clock.at = NOON + 48 * HOUR
    second = outlet.gone(article)
    work(deps)
    (absence,) = deps.store.absences_of([article.id])[article.id]
    assert absence.fetch_id == first.id
    tasks = {t.version: t for t in deps.store.tasks_for([article.id])}
    assert "mới thấy một lần" in tasks[first.id].message
    assert "đã xác nhận bằng lần xem lại 22/11/2026 12:00:00" in tasks[second.id].message
    assert len(deps.store.erasure_reviews()) == 1


def test_a_look_within_the_same_bad_hour_confirms_nothing(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article()
    outlet.page(article, PLAIN)
    outlet.gone(article, at=NOON + HOUR)
    again = outlet.gone(article, at=NOON + 2 * HOUR)
    work(deps)
    tasks = {t.version: t for t in deps.store.tasks_for([article.id])}
    assert "mới thấy một lần" in tasks[again.id].message


def test_the_order_in_which_looks_are_worked_changes_nothing(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article()
    outlet.page(article, PLAIN)
    first = outlet.gone(article, at=NOON + 6 * HOUR)
    outlet.gone(article, at=NOON + 48 * HOUR)
    tasks = {t.version: t for t in deps.store.claim("gone", 9, "w", NOON, HOUR)}
    late_first = sorted(tasks.values(), key=lambda t: t.version != first.id, reverse=True)
    results = stages.GONE.work(deps.tools, stages.GONE.load(deps, late_first))
    assert results[0].absences == results[1].absences


def test_a_page_that_came_back_before_the_task_was_worked_is_not_missing_for_ever(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article()
    outlet.page(article, PLAIN)
    outlet.gone(article, at=NOON + 6 * HOUR)
    back = outlet.fetch(article, at=NOON + 48 * HOUR, body=b"again")
    work(deps)
    (absence,) = deps.store.absences_of([article.id])[article.id]
    assert absence.back_at == back.finished_at
    assert "thấy lại 22/11/2026 12:00:00" in outlet.task("gone", article.id).message


def test_gone_again_after_it_was_back_is_another_deletion(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article()
    outlet.page(article, PLAIN)
    outlet.gone(article, at=NOON + 6 * HOUR)
    work(deps)
    back = outlet.fetch(article, at=NOON + 48 * HOUR, body=b"again")
    with deps.store.transaction() as tx:
        tx.end_absence(article.id, back.finished_at)
    outlet.gone(article, at=NOON + 168 * HOUR)
    work(deps)
    first, second = deps.store.absences_of([article.id])[article.id]
    assert first.back_at == back.finished_at == second.last_seen_at
    assert second.back_at is None


@pytest.mark.parametrize("texts", [(MINOR,), (MINOR, EDITED), (EDITED, MINOR)])
def test_an_item_that_ever_named_a_minor_opens_a_review(
    deps: Deps, outlet: Outlet, texts: tuple[tuple[str, str, str], ...]
) -> None:
    article = outlet.article()
    for number, text in enumerate(texts):
        outlet.page(article, text, at=NOON + number * HOUR)
    gone = outlet.gone(article, at=NOON + 6 * HOUR)
    work(deps)
    (review,) = deps.store.erasure_reviews(ReviewState.OPEN)
    assert (review.article_id, review.opened_at) == (article.id, gone.finished_at)
    assert "người chưa thành niên" in review.why and "Tươi" not in review.why
    assert deps.store.absences_of([article.id])[article.id][0].names_minor
    task = outlet.task("gone", article.id)
    assert task.outcome == "review_opened"
    assert "haidang erasure list" in task.message and "Tươi" not in task.message


def test_a_review_that_was_decided_is_not_opened_again_by_the_next_look(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article()
    outlet.page(article, MINOR)
    outlet.gone(article, at=NOON + 6 * HOUR)
    work(deps)
    (review,) = deps.store.erasure_reviews()
    with deps.store.transaction() as tx:
        assert tx.decide_erasure(review.id, ReviewState.KEPT, "Lê Thị Sóng", "còn cần để đối chiếu", NOON)
    outlet.gone(article, at=NOON + 48 * HOUR)
    work(deps)
    assert [r.state for r in deps.store.erasure_reviews()] == [ReviewState.KEPT]


def test_a_class_or_a_school_alone_is_no_minor(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article()
    outlet.page(article, ("Lớp 8A Trường THCS Hoa Phượng đi thực tế", "", "Cô Lê Thị Sóng dẫn đoàn."))
    outlet.gone(article, at=NOON + 6 * HOUR)
    work(deps)
    assert outlet.task("gone", article.id).outcome == "deletion_recorded"


def test_what_was_only_in_a_feed_says_so(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article()
    feed = outlet.fetch(article, kind=FetchKind.FEED, url="https://bencang.example/rss?2", outcome=FetchOutcome.TIMEOUT)
    outlet.read(article, feed, PLAIN, Basis.FEED)
    outlet.gone(article, at=NOON + HOUR)
    work(deps)
    (absence,) = deps.store.absences_of([article.id])[article.id]
    assert absence.last_seen_at == feed.finished_at
    assert outlet.task("gone", article.id).message.startswith("Chưa từng tải được trang")


def test_a_page_that_was_never_there_proves_nothing(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article()
    outlet.gone(article, at=NOON + HOUR)
    work(deps)
    assert deps.store.absences_of([article.id]) == {}
    assert outlet.task("gone", article.id).outcome == "not_fetched"


def test_a_host_that_refuses_us_is_no_deletion(deps: Deps, outlet: Outlet) -> None:
    article = outlet.article()
    outlet.page(article, PLAIN)
    outlet.fetch(article, at=NOON + HOUR, outcome=FetchOutcome.ROBOTS_DENIED, status=None)
    gone = outlet.gone(article, at=NOON + 6 * HOUR)
    work(deps)
    (absence,) = deps.store.absences_of([article.id])[article.id]
    assert absence.fetch_id == gone.id


def test_a_look_that_can_confirm_it_is_ordered_once(deps: Deps, outlet: Outlet, clock: Clock) -> None:
    article = outlet.article()
    outlet.page(article, PLAIN)
    outlet.gone(article, at=NOON + 168 * HOUR)
    clock.at = NOON + 168 * HOUR
    work(deps)
    assert deps.store.claim("fetch", 9, "w", clock.at + 6 * HOUR, HOUR) == []
    (look,) = deps.store.claim("fetch", 9, "w", clock.at + 6 * HOUR + 10, HOUR)
    assert look.subject == article.id
    clock.at += 7 * HOUR
    outlet.gone(article)
    work(deps)
    assert sum(t.stage == "fetch" for t in deps.store.tasks_for([article.id])) == 1
