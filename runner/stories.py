"""`haidang stories`: two stories merged, articles taken out into a story of their own, by a named person; and undone.

A decision is a row with a name, a reason and a time. It binds: the machine goes on grouping, and what a person placed
stays where it was put, with new articles that look like it. Nothing is deleted, so undoing is one more fact about the
decision, and what a digest froze stays as it was. Every decision reads what stands inside its own transaction: of two
people at once, the second is told what the first did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alerts.formats import exactly
from runner.deps import Deps
from runner.people import named_person, told_reason
from store.errors import InputError
from store.model import Membership, Relation, Story
from store.model_story import DecisionKind, StoryDecision

MACHINE = "machine"
_LONGEST_CHAIN = 50


def merge(deps: Deps, story: str, into: str, by: str, reason: str) -> StoryDecision:
    """``story`` becomes part of ``into`` (ids of stories, or addresses or ids of articles in them).

    Raises :class:`InputError` when one is unknown, or both are one story already.
    """
    person, why = named_person(by, "--by"), told_reason(reason)
    with deps.store.transaction() as tx:
        one, other = find_story(deps, story), find_story(deps, into)
        if one.id == other.id:
            raise InputError(f"{story} và {into} đã là một nhóm tin ({one.id}){_by_whom(deps, one.id)}")
        at = _now(deps)
        made = StoryDecision.make_id(DecisionKind.MERGE, one.id, [other.id], person, at)
        decision = StoryDecision(made, DecisionKind.MERGE, one.id, other.id, person, why, at)
        tx.set_redirect(one.id, other.id)
        tx.add_story_decision(decision)
    return decision


def split(deps: Deps, story: str, articles: Sequence[str], by: str, reason: str) -> StoryDecision:
    """``articles`` leave ``story`` for a new one, and their reprints with them.

    Raises :class:`InputError` when an article is unknown or is not in the story, or nothing would be left.
    """
    person, why = named_person(by, "--by"), told_reason(reason)
    if not articles:
        raise InputError("chưa nêu bài nào cần tách; viết mã hoặc địa chỉ của bài sau mã nhóm tin")
    with deps.store.transaction() as tx:
        root = find_story(deps, story)
        members = members_of(deps, root.id)
        named = {_article_id(deps, ref) for ref in articles}
        for article_id in named - {m.article_id for m in members}:
            raise InputError(_elsewhere(deps, article_id, root.id))
        moved = [m for m in members if m.article_id in named or _follows(m, named)]
        left = [m for m in members if m not in moved]
        if not left:
            raise InputError(f"{root.id}: tách hết thì nhóm tin không còn bài nào; để lại ít nhất một bài")
        at = _now(deps)
        made = StoryDecision.make_id(DecisionKind.SPLIT, root.id, [m.article_id for m in moved], person, at)
        first = next(m for m in moved if m.article_id in named)
        own = Story(StoryDecision.make_story_id(first.article_id, made), first.article_id, at)
        decision = StoryDecision(made, DecisionKind.SPLIT, root.id, own.id, person, why, at)
        rows = _placed(moved, own.id, decision) + _headed(left, root.id, decision)
        tx.add_grouping([own], rows, [])
        tx.add_story_decision(decision)
    return decision


def undo(deps: Deps, decision_id: str, by: str, reason: str) -> StoryDecision:
    """Take a decision back. What joined a split story meanwhile goes back with it.

    Raises :class:`InputError` when there is none, it was undone already, or a later decision builds on it.
    """
    person, why = named_person(by, "--by"), told_reason(reason)
    with deps.store.transaction() as tx:
        found = deps.store.story_decision(decision_id)
        if found is None:
            raise InputError(f"không có quyết định nào mang mã {decision_id[:60]!r}; xem `haidang stories log`")
        if found.undone_at is not None:
            at = exactly(found.undone_at, deps.settings.timezone)
            raise InputError(f"{found.id}: {found.undone_by} đã hoàn tác lúc {at}")
        _refuse_if_built_upon(deps, found)
        at_ms = _now(deps)
        tx.undo_story_decision(found.id, person, why, at_ms)
        if found.kind is DecisionKind.MERGE:
            tx.set_redirect(found.story_id, None)
        else:
            tx.set_redirect(found.into_id, found.story_id)
    return replace(found, undone_by=person, undone_reason=why, undone_at=at_ms)


def find_story(deps: Deps, ref: str) -> Story:
    """The story that stands behind an id (merges followed), or the one of an article. Raises :class:`InputError`."""
    story_id = ref.strip()
    if not story_id.startswith("sto_"):
        article_id = _article_id(deps, ref)
        own = deps.store.memberships_of([article_id]).get(article_id)
        if own is None:
            raise InputError(f"{ref[:200]}: bài này chưa được xếp vào nhóm tin nào")
        story_id = own.story_id
    for _ in range(_LONGEST_CHAIN):
        story = deps.store.stories([story_id]).get(story_id)
        if story is None:
            raise InputError(f"không có nhóm tin nào mang mã {story_id[:60]!r}")
        if story.redirect_to is None:
            return story
        story_id = story.redirect_to
    raise InputError(f"{ref[:60]}: chuỗi gộp dài quá {_LONGEST_CHAIN} bước; chạy `haidang doctor`")


def members_of(deps: Deps, story_id: str) -> list[Membership]:
    """Everything in force in a story and in those merged into it, in the order it was first seen."""
    ids = [story_id, *deps.store.merged_into([story_id]).get(story_id, ())]
    told = deps.store.story_articles(ids)
    members = [m for one in ids for m in told.get(one, ())]
    seen = {a.id: a.first_seen_at for a in deps.store.articles({m.article_id for m in members}).values()}
    return sorted(members, key=lambda m: (seen.get(m.article_id, 0), m.article_id))


def _article_id(deps: Deps, ref: str) -> str:
    article = deps.store.find_article(ref.strip())
    if article is None:
        raise InputError(f"không có bài nào ở {ref[:200]!r}; viết mã bài (art_…) hoặc địa chỉ đã thấy")
    return article.id


def _follows(member: Membership, named: set[str]) -> bool:
    """A reprint goes where its original goes, unless a person placed it."""
    return (
        member.relation is Relation.REPRINT and member.decided_by == MACHINE and (member.of_article_id or "") in named
    )


def _placed(moved: Sequence[Membership], story_id: str, decision: StoryDecision) -> list[Membership]:
    """The new story's memberships: its earliest article is the original unless it reprints one that came along."""
    ids = {m.article_id for m in moved}
    head = next((m for m in moved if not (m.relation is Relation.REPRINT and m.of_article_id in ids)), moved[0])
    rows = []
    for m in moved:
        relation, of = m.relation, m.of_article_id
        if m is head:
            relation, of = Relation.ORIGINAL, None
        elif of not in ids:
            relation, of = (Relation.FOLLOW_UP if relation is not Relation.DEBUNK else relation), head.article_id
        rows.append(_row(m, story_id, relation, of, decision))
    return rows


def _headed(left: Sequence[Membership], story_id: str, decision: StoryDecision) -> list[Membership]:
    """Where the original went, the earliest that stays is the story's first now."""
    if any(m.relation is Relation.ORIGINAL for m in left):
        return []
    return [_row(left[0], story_id, Relation.ORIGINAL, None, decision)]


def _row(m: Membership, story_id: str, relation: Relation, of: str | None, decision: StoryDecision) -> Membership:
    return Membership(m.article_id, story_id, relation, of, m.similarity, decision.decided_by, decision.id, decision.at)


def _refuse_if_built_upon(deps: Deps, decision: StoryDecision) -> None:
    """A split can be undone only while nothing later was done with the story that it made."""
    if decision.kind is not DecisionKind.SPLIT:
        return
    for later in deps.store.story_decisions(decision.into_id):
        if later.id != decision.id and later.undone_at is None:
            raise InputError(
                f"{decision.id}: quyết định sau {later.id} của {later.decided_by} dựa trên quyết định này; "
                "hoàn tác quyết định sau trước"
            )


def _elsewhere(deps: Deps, article_id: str, story_id: str) -> str:
    own = deps.store.memberships_of([article_id]).get(article_id)
    if own is None:
        return f"{article_id} không thuộc nhóm tin {story_id}: bài chưa được xếp vào nhóm nào"
    placed = "" if own.decided_by == MACHINE else (
        f", do {own.decided_by} quyết định lúc {exactly(own.decided_at, deps.settings.timezone)}"
    )  # fmt: skip
    return f"{article_id} không thuộc nhóm tin {story_id}: bài đang ở {find_story(deps, own.story_id).id}{placed}"


def _by_whom(deps: Deps, story_id: str) -> str:
    standing = [d for d in deps.store.story_decisions(story_id) if d.kind is DecisionKind.MERGE and d.undone_at is None]
    if not standing:
        return ""
    last = standing[0]
    return f": {last.decided_by} đã gộp lúc {exactly(last.at, deps.settings.timezone)}, mã {last.id}"


def _now(deps: Deps) -> int:
    """Now, and later than every decision before: the newest of a person's decisions is the one in force."""
    newest = deps.store.story_decisions(limit=1)
    return max(deps.now(), newest[0].at + 1) if newest else deps.now()
