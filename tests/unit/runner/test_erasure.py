"""Whether our copy of a deleted article must go is decided once, by a named person, for a reason."""

from __future__ import annotations

import pytest

from runner import erasure, stages
from runner.deps import Deps
from runner.run import Runner
from store.errors import InputError
from store.model import ReviewState
from tests.unit.runner.conftest import HOUR, NOON, Clock, Outlet

MINOR = ("Em Trịnh Khắc Tươi trả lại ví", "Em Tươi học lớp 8A.", "Sáng nay em Tươi nhặt được ví.")
WHY = "Phụ huynh đề nghị gỡ, tòa soạn đã gỡ."


@pytest.fixture
def review_id(deps: Deps, outlet: Outlet, clock: Clock) -> str:
    article = outlet.article()
    outlet.page(article, MINOR)
    outlet.gone(article, at=NOON + 6 * HOUR)
    clock.at = NOON + 7 * HOUR
    Runner(deps).drain([stages.GONE])
    return deps.store.erasure_reviews()[0].id


def test_the_list_says_what_is_asked_without_naming_the_pupil(deps: Deps, review_id: str) -> None:
    text = "\n".join(erasure.lines(deps, erasure.listing(deps)))
    assert review_id in text and "đang mở" in text and "Bến Cảng: Em [tên] trả lại ví" in text
    assert "không còn (404)" in text
    assert "Tươi" not in text
    (said,) = [q.to_json() for q in erasure.listing(deps)]
    assert said["state"] == "open" and "Tươi" not in str(said)


def test_a_decision_is_kept_with_name_reason_and_time(deps: Deps, review_id: str) -> None:
    decided = erasure.keep(deps, review_id, " Lê  Thị Sóng ", WHY)
    assert (decided.state, decided.decided_by, decided.reason) == (ReviewState.KEPT, "Lê Thị Sóng", WHY)
    assert decided.decided_at == deps.now()
    assert erasure.listing(deps) == []
    assert erasure.lines(deps, []) == [erasure.NONE]
    told = "\n".join(erasure.lines(deps, erasure.listing(deps, None)))
    assert "[giữ]" in told and "Lê Thị Sóng, 20/11/2026 19:00:00" in told and WHY in told


def test_marking_erases_nothing_yet_and_says_so(deps: Deps, review_id: str) -> None:
    decided = erasure.mark(deps, review_id, "Lê Thị Sóng", WHY)
    assert decided.state is ReviewState.TO_ERASE
    assert deps.store.revisions_of([decided.article_id])[decided.article_id], "the text is still here"
    assert "chưa tự xóa" in erasure.MARKED


def test_a_decision_is_not_changed_afterwards(deps: Deps, review_id: str) -> None:
    erasure.keep(deps, review_id, "Lê Thị Sóng", WHY)
    with pytest.raises(InputError, match="Lê Thị Sóng đã quyết định “giữ” lúc 20/11/2026 19:00:00"):
        erasure.mark(deps, review_id, "Trần Văn Bến", WHY)
    assert deps.store.erasure_reviews()[0].decided_by == "Lê Thị Sóng"


@pytest.mark.parametrize(
    "name", ["", "  ", "Sóng", "Bà Sóng", "admin", "user 1", "a@b.example", "Lе Тhi Song", "x" * 200]
)
def test_who_decides_is_a_person_by_full_name(deps: Deps, review_id: str, name: str) -> None:
    with pytest.raises(InputError, match="--by"):
        erasure.keep(deps, review_id, name, WHY)
    assert deps.store.erasure_reviews()[0].state is ReviewState.OPEN


@pytest.mark.parametrize("reason", ["", "ok", ".........................", "1234567890123"])
def test_a_reason_is_more_than_a_mark(deps: Deps, review_id: str, reason: str) -> None:
    with pytest.raises(InputError, match="--reason"):
        erasure.mark(deps, review_id, "Lê Thị Sóng", reason)


def test_a_review_that_does_not_exist_is_told_with_where_to_look(deps: Deps) -> None:
    with pytest.raises(InputError, match="haidang erasure list"):
        erasure.keep(deps, "era_khongco", "Lê Thị Sóng", WHY)
