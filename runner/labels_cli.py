"""``haidang label …``: a person's label beside the machine's judgement: given, listed, withdrawn, out and in again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from runner.cli_common import AsJson, Home, opened, say

if TYPE_CHECKING:
    from runner.deps import Deps
    from store.model_label import Label

app = typer.Typer(
    no_args_is_help=True, help="Nhãn của cán bộ: thêm, xem, rút, xuất, nhập. · Labels of people beside the machine's."
)
By = Annotated[str, typer.Option("--by", help="Họ tên người gán nhãn. · Who says so.")]
Why = Annotated[str, typer.Option("--why", help="Vì sao (không bắt buộc). · Why.")]


@app.command("add")
def add(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Mã (art_…) hoặc địa chỉ bài. · Article.")],
    labels: Annotated[list[str], typer.Argument(metavar="TASK=VALUE…", help="tone=pos topics=fees,exams …")],
    by: By,
    why: Why = "",
    home: Home = None,
) -> None:
    """Gán nhãn cho một bài; nhãn của máy vẫn được giữ bên cạnh. · Label an article; the machine's stays beside it."""
    from alerts.labelling_shown import shown
    from runner.labels import add as keep

    with opened(home) as deps:
        made = shown(deps.store, keep(deps, article, labels, by, why))
        for label in made:
            say(_line(deps, label))
        if not made:
            say("Không có gì mới: đúng những nhãn này đã có.")


@app.command("withdraw")
def withdraw(
    label: Annotated[str, typer.Argument(metavar="LABEL", help="Mã nhãn (lab_…). · Label id.")],
    by: By,
    why: Why = "",
    home: Home = None,
) -> None:
    """Rút một nhãn; cả hai dòng đều được giữ. · Take a label back; both rows stay."""
    from alerts.labelling import withdraw as take_back
    from alerts.labelling_shown import shown
    from runner.people import named_person

    with opened(home) as deps:
        row = take_back(deps.store, label, by=named_person(by, "--by"), why=why, now=deps.now())
        say(_line(deps, shown(deps.store, [row])[0]))


@app.command("list")
def listing(
    article: Annotated[str, typer.Option("--article", help="Chỉ một bài. · One article.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000)] = 50,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Các nhãn, mới nhất trước, kể cả nhãn đã rút. · Labels, newest first, the withdrawn too."""
    from dataclasses import asdict

    from alerts.labelling_shown import shown
    from runner.labels import find

    with opened(home) as deps:
        if article:
            found = deps.store.labels_of([find(deps, article).id])
            rows = [row for of in found.values() for row in reversed(of)][:limit]
        else:
            rows = deps.store.labels(limit)
        rows = shown(deps.store, rows)
        if as_json:
            say(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
            return
        for row in rows:
            say(_line(deps, row))
        if not rows:
            say("Chưa có nhãn nào.")


@app.command("export")
def export(
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Bỏ tiêu đề, sapo (chữ của báo). · Without the press's text.")
    ] = False,
    home: Home = None,
) -> None:
    """Xuất nhãn đang có hiệu lực, JSON từng dòng, tên đã che. · Labels in force as JSON lines, masked."""
    from runner.labels import exported

    with opened(home) as deps:
        for row in exported(deps, text=not without_text):
            print(json.dumps(row, ensure_ascii=False))  # noqa: T201


@app.command("import")
def importing(
    file: Path,
    by: By,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Nhập nhãn từ tệp .jsonl cho các bài đã có ở đây. · Import labels for articles that are here."""
    from runner.labels import imported

    with opened(home) as deps:
        done = imported(deps, file, by)
    if as_json:
        say(json.dumps(done.to_json(), ensure_ascii=False))
    else:
        say(f"{done.labels} nhãn mới cho {done.articles} bài; {done.same} bài không có gì mới; "
            f"{len(done.unknown)} bài không có ở đây.")  # fmt: skip
        for number, what in done.bad[:10]:
            say(f"dòng {number}: {what}", fg="yellow")
        if len(done.bad) > 10:
            say(f"… và {len(done.bad) - 10} dòng hỏng nữa", fg="yellow")


def _line(deps: Deps, row: Label) -> str:
    from alerts.formats import exactly
    from alerts.words import KINDS, label

    at, task = exactly(row.at, deps.settings.timezone), row.task.value
    name = "đối tượng của thái độ" if task == "stance_target" else KINDS.get(task, task)
    why = f" — {row.why}" if row.why else ""
    if row.withdraws:
        return f"{row.id}  {row.article_id}  {name}: rút nhãn {row.withdraws}\n    {row.by}, {at}{why}"
    machine = "—" if row.machine_label is None else f"{label(task, row.machine_label)} ({_score(row.machine_score)})"
    said = f"máy: {machine} · người: {label(task, row.value)}"
    return f"{row.id}  {row.article_id}  {name}: {said}\n    {row.by}, {at}{why}"


def _score(score: Any) -> str:
    return "—" if score is None else f"{score:.2f}".replace(".", ",")
