"""``haidang stories …``: see a story, merge, split, undo. Each decision names a person and a reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from runner.cli_common import AsJson, Home, opened, say

if TYPE_CHECKING:
    from runner.deps import Deps
    from store.model_story import StoryDecision

app = typer.Typer(no_args_is_help=True, help="Nhóm tin: xem, gộp, tách, hoàn tác. · Stories: show, merge, split, undo.")

By = Annotated[str, typer.Option("--by", help="Họ tên người quyết định. · Who decides.")]
Reason = Annotated[str, typer.Option("--reason", help="Vì sao; được lưu lại. · Why; it is kept.")]
OfStory = Annotated[str, typer.Argument(metavar="STORY", help="Mã nhóm tin, hoặc mã/địa chỉ một bài. · Story id.")]


@app.command("show")
def show(story: OfStory, home: Home = None, as_json: AsJson = False) -> None:
    """Các bài của một nhóm tin và những gì người đã quyết định. · A story's articles and decisions."""
    from runner.stories import find_story, members_of

    with opened(home) as deps:
        root = find_story(deps, story)
        members = members_of(deps, root.id)
        articles = deps.store.articles({m.article_id for m in members})
        decisions = deps.store.story_decisions(root.id)
        if as_json:
            rows = [
                {"article_id": m.article_id, "relation": m.relation.value, "of": m.of_article_id,
                 "decided_by": m.decided_by, "outlet": articles[m.article_id].outlet,
                 "first_seen_at": articles[m.article_id].first_seen_at}
                for m in members if m.article_id in articles
            ]  # fmt: skip
            say(json.dumps({"id": root.id, "articles": rows, "decisions": [_json(d) for d in decisions]},
                           ensure_ascii=False, indent=2))  # fmt: skip
            return
        say(f"{root.id}: {len(members)} bài", bold=True)
        for m in members:
            article = articles.get(m.article_id)
            by = "" if m.decided_by == "machine" else f" · {m.decided_by} quyết định"
            say(f"  {m.article_id}  {_relation(m.relation)}{by}  {article.outlet if article else ''}")
        for decision in decisions:
            say(_line(deps, decision))


@app.command("merge")
def merge(story: OfStory, into: OfStory, by: By, reason: Reason, home: Home = None) -> None:
    """Gộp nhóm tin thứ nhất vào nhóm thứ hai. · Merge the first story into the second."""
    from runner import stories

    with opened(home) as deps:
        done = stories.merge(deps, story, into, by, reason)
        say(f"Đã gộp {done.story_id} vào {done.into_id}. Hoàn tác: haidang stories undo {done.id} --by … --reason …")


@app.command("split")
def split(
    story: OfStory,
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE…", help="Mã hoặc địa chỉ bài. · Articles.")],
    by: By,
    reason: Reason,
    home: Home = None,
) -> None:
    """Tách các bài ra thành nhóm tin riêng; bài đăng lại của chúng đi theo. · Articles into a story of their own."""
    from runner import stories

    with opened(home) as deps:
        done = stories.split(deps, story, articles, by, reason)
        say(f"Đã tách sang {done.into_id}. Hoàn tác: haidang stories undo {done.id} --by … --reason …")


@app.command("undo")
def undo(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="Mã quyết định (sdc_…). · Decision id.")],
    by: By,
    reason: Reason,
    home: Home = None,
) -> None:
    """Hoàn tác một lần gộp hoặc tách. · Undo a merge or a split."""
    from runner import stories

    with opened(home) as deps:
        done = stories.undo(deps, decision, by, reason)
        say(f"Đã hoàn tác {done.id}; từ nay máy lại xếp nhóm như trước quyết định đó.")


@app.command("log")
def log(home: Home = None, as_json: AsJson = False) -> None:
    """Mọi lần gộp, tách, hoàn tác, mới nhất trước. · All decisions, newest first."""
    with opened(home) as deps:
        found = deps.store.story_decisions(limit=1000)
        if as_json:
            say(json.dumps([_json(d) for d in found], ensure_ascii=False, indent=2))
            return
        for decision in found:
            say(_line(deps, decision))
        if not found:
            say("Chưa có lần gộp, tách nào.")


def _json(decision: StoryDecision) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(decision) | {"kind": decision.kind.value}


def _line(deps: Deps, d: StoryDecision) -> str:
    from alerts.formats import exactly

    tz = deps.settings.timezone
    what = f"gộp {d.story_id} vào {d.into_id}" if d.kind.value == "merge" else f"tách từ {d.story_id} sang {d.into_id}"
    undone = ""
    if d.undone_at is not None:
        undone = f"\n    đã hoàn tác: {d.undone_by}, {exactly(d.undone_at, tz)}: {d.undone_reason}"
    return f"{d.id}  {what}\n    {d.decided_by}, {exactly(d.at, tz)}: {d.reason}{undone}"


def _relation(relation: str) -> str:
    from alerts.messages import RELATIONS

    return RELATIONS.get(str(relation), str(relation))
