"""A person's decisions about stories: what is in force, what undoing gives back, what a merge leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.api import Store
from store.model import Membership, Relation, Story
from store.model_story import DecisionKind, StoryDecision
from tests.contract.rows import article

ONE, TWO, THREE = (article(n, 1000 * n) for n in (1, 2, 3))
STORY, OTHER, THIRD = (Story(Story.make_id(a.id), a.id, a.first_seen_at) for a in (ONE, TWO, THREE))


def member(of: str, story: Story, by: str = "machine", version: str = "v1", at: int = 5000) -> Membership:
    return Membership(of, story.id, Relation.ORIGINAL, None, 1.0, by, version, at)


def decision(number: int = 1, kind: DecisionKind = DecisionKind.SPLIT, at: int = 6000) -> StoryDecision:
    return StoryDecision(f"sdc_{number}", kind, STORY.id, OTHER.id, "Lê Thị Sóng", "hai việc khác nhau", at)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.transaction() as tx:
        tx.add_articles([ONE, TWO, THREE])
        tx.add_grouping([STORY, OTHER, THIRD], [member(a.id, STORY) for a in (ONE, TWO)], [])
    return store


def place(store: Store, of: str) -> str:
    return store.memberships_of([of])[of].story_id


def test_a_persons_place_is_in_force_until_it_is_undone_and_its_row_stays(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.add_story_decision(decision())
        tx.add_grouping([], [member(TWO.id, OTHER, "Lê Thị Sóng", "sdc_1", 6000)], [])
    assert place(filled, TWO.id) == OTHER.id
    assert [m.article_id for m in filled.story_articles([STORY.id])[STORY.id]] == [ONE.id]
    with filled.transaction() as tx:
        tx.add_grouping([], [member(TWO.id, STORY, version="v2", at=9000)], [])  # the machine again, later
    assert place(filled, TWO.id) == OTHER.id
    with filled.transaction() as tx:
        assert tx.undo_story_decision("sdc_1", "Ngô Văn Bến", "nhầm bài", 9500)
    assert place(filled, TWO.id) == STORY.id
    assert [m.article_id for m in filled.story_articles([STORY.id])[STORY.id]] == [ONE.id, TWO.id]
    assert sum(row["version"] == "sdc_1" for row in filled.export("membership")) == 1


def test_undoing_the_newer_of_two_decisions_gives_the_older_one_back(filled: Store) -> None:
    with filled.transaction() as tx:
        for n, story in ((1, OTHER), (2, THIRD)):
            tx.add_story_decision(decision(n, at=6000 + n))
            tx.add_grouping([], [member(TWO.id, story, "Lê Thị Sóng", f"sdc_{n}", 6000 + n)], [])
    assert place(filled, TWO.id) == THIRD.id
    with filled.transaction() as tx:
        tx.undo_story_decision("sdc_2", "Lê Thị Sóng", "nhầm", 7000)
    assert place(filled, TWO.id) == OTHER.id


def test_a_decision_is_undone_once_and_told_with_who_and_when(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.add_story_decision(decision())
        assert tx.undo_story_decision("sdc_1", "Ngô Văn Bến", "nhầm bài", 7000)
        assert not tx.undo_story_decision("sdc_1", "Lê Thị Sóng", "lần nữa", 8000)
        assert not tx.undo_story_decision("sdc_khong_co", "Lê Thị Sóng", "lần nữa", 8000)
    undone = replace(decision(), undone_by="Ngô Văn Bến", undone_reason="nhầm bài", undone_at=7000)
    assert filled.story_decision("sdc_1") == undone
    assert filled.story_decision("sdc_khong_co") is None


def test_decisions_newest_first_and_by_story(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.add_story_decision(decision(1))
        tx.add_story_decision(replace(decision(2, at=6500), story_id=THIRD.id, into_id=STORY.id))
    assert [d.id for d in filled.story_decisions()] == ["sdc_2", "sdc_1"]
    assert [d.id for d in filled.story_decisions(limit=1)] == ["sdc_2"]
    assert [d.id for d in filled.story_decisions(OTHER.id)] == ["sdc_1"]
    assert [d.id for d in filled.story_decisions(STORY.id)] == ["sdc_2", "sdc_1"]


def test_a_merge_is_followed_however_far_and_set_back(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.set_redirect(STORY.id, OTHER.id)
        tx.set_redirect(OTHER.id, THIRD.id)
    assert filled.stories([STORY.id])[STORY.id].redirect_to == OTHER.id
    assert filled.merged_into([THIRD.id, STORY.id]) == {THIRD.id: [STORY.id, OTHER.id]}
    with filled.transaction() as tx:
        tx.set_redirect(OTHER.id, None)
    assert filled.merged_into([OTHER.id, THIRD.id]) == {OTHER.id: [STORY.id]}


def test_a_loop_of_redirects_ends(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.set_redirect(STORY.id, OTHER.id)
        tx.set_redirect(OTHER.id, STORY.id)
    assert filled.merged_into([STORY.id]) == {STORY.id: [OTHER.id]}


def test_an_article_may_begin_two_stories(filled: Store) -> None:
    own = Story(StoryDecision.make_story_id(ONE.id, "sdc_1"), ONE.id, 7000)
    with filled.transaction() as tx:
        tx.add_grouping([own], [], [])
    assert filled.stories([own.id, STORY.id]) == {own.id: own, STORY.id: STORY}


def test_a_transaction_reads_what_it_wrote_and_leaves_nothing_when_it_breaks(filled: Store) -> None:
    with pytest.raises(RuntimeError), filled.transaction() as tx:
        tx.set_redirect(STORY.id, OTHER.id)
        tx.add_story_decision(decision())
        assert filled.stories([STORY.id])[STORY.id].redirect_to == OTHER.id
        assert filled.story_decision("sdc_1") is not None
        raise RuntimeError
    assert filled.stories([STORY.id])[STORY.id].redirect_to is None
    assert filled.story_decisions() == []
