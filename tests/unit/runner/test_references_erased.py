"""What a page of an authority said counts no more when our copy of it must go; what rested on it is judged again."""

from __future__ import annotations

from runner import erasure
from store.model import ErasureReview
from store.model_reference import MACHINE, Standing
from tests.unit.runner.checking_town import BY, RIGHT, WRONG, Town, town

__all__ = ["town"]  # the fixture, used by name

WHY = "Phụ huynh đề nghị gỡ, cơ quan đã gỡ trang."


def review(town: Town, article_id: str) -> str:
    """The question whether our copy of that article must go."""
    asked = ErasureReview(ErasureReview.make_id(article_id, 1), article_id, 1, "trang đã bị gỡ")
    with town.deps.store.transaction() as tx:
        tx.add_erasure_reviews([asked])
    return asked.id


def test_what_was_read_there_is_withdrawn_in_the_persons_name_and_candidates_end(town: Town) -> None:
    page = town.text(RIGHT, "so")
    town.text(WRONG, hours=2)
    town.work()
    town.work()
    assert len(town.candidates()) == 1
    erasure.mark(town.deps, review(town, page.id), BY, WHY)
    (seen,) = town.deps.store.references_seen("2026-12-31")
    r = seen.reference
    assert (seen.standing, r.entered_by, r.withdrawn_by) == (Standing.WITHDRAWN, MACHINE, BY)
    assert WHY in r.withdrawn_why
    town.work()
    assert town.candidates() == []


def test_what_is_kept_and_what_a_person_typed_stay(town: Town) -> None:
    town.fact()
    page, other = town.text(RIGHT, "so"), town.text((RIGHT[0], "Nhắc lại.", RIGHT[2]), "so", hours=1)
    town.work()
    erasure.keep(town.deps, review(town, page.id), BY, WHY)
    erasure.mark(town.deps, review(town, other.id), BY, WHY)
    stand = {s.reference.revision_id is None: s.standing for s in town.deps.store.references_seen("2026-12-31")}
    assert stand[True] is Standing.IN_FORCE
    counts = [s.standing for s in town.deps.store.references_seen("2026-12-31") if s.reference.revision_id]
    assert sorted(counts) == [Standing.IN_FORCE, Standing.WITHDRAWN]
