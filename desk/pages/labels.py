"""``/nhan``: what people said of articles, beside the machine; the form that says it; drift and weights in use.

The partial ``labels.jinja`` stands on an article's page (:func:`card` gives what it prints) and alone under
``/tin-bai/{id}/nhan``. The form goes to ``/nhan``; nothing here overwrites anything (alerts/labelling.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts.compose import confidence
from alerts.inputs import newest_text
from alerts.labelling import say, withdraw
from alerts.labelling_shown import shown
from alerts.labelling_words import DRIFT_DO, both, drift_told, sureness, task_name, value_name
from desk import masked
from desk.context import BadAddress, Desk
from desk.small_form import UNREADABLE
from store.errors import InputError
from store.model import Article, Judgement, JudgementKind, Revision
from store.model_label import LONGEST_TARGET, VALUES, Label, LabelTask, standing

ADDRESS = "/nhan"
OF_ARTICLE = "/tin-bai/{article_id}/nhan"
HEADERS = {"Referrer-Policy": "same-origin"}  # under no-referrer the browser would send `Origin: null` with the form
WITHDRAW, NO_TOPIC = "rut", "khong"
SECOND = "topics_2"
FIELDS = frozenset({"the", "bai", "ban", "ten", "ly_do", SECOND, *(str(task) for task in LabelTask)})
LISTED = 100
STALE = (
    "Trang đã mở quá lâu hoặc bàn làm việc vừa khởi động lại, nên chưa lưu nhãn nào. "
    "Những gì đã chọn vẫn còn dưới đây: bấm lần nữa."
)
NOTHING = "Chưa chọn nhãn nào khác nhãn đang có."


@dataclass(frozen=True, slots=True)
class Question:
    """One question about an article: what the machine says, what a person says, what can be said."""

    task: str
    name: str
    machine: str
    sure: str
    person: str  # value · who; "" when nobody
    at: int | None
    other_text: bool  # the person's label was given on another reading of the article
    options: tuple[tuple[str, str], ...]
    value: str  # what the form holds


@dataclass(frozen=True, slots=True)
class Said:
    """One row of the log in words."""

    name: str
    told: str
    by: str
    at: int
    why: str
    article_id: str


def card(
    desk: Desk, article: Article, revision: Revision | None, values: Mapping[str, str] | None = None, fault: str = ""
) -> dict[str, Any]:
    """What ``labels.jinja`` prints: include it with ``labels=card(…)``. ``revision``: the text that is open."""
    rows = shown(desk.store, desk.store.labels_of([article.id]).get(article.id, []))
    judged = desk.store.judgements_of([revision.id]).get(revision.id, []) if revision else []
    machine = {j.kind: j for j in judged}
    stand = standing(rows)
    return {
        "article_id": article.id,
        "revision_id": revision.id if revision else "",
        "questions": [_question(task, machine, stand, revision, values or {}) for task in LabelTask],
        "second": _topics((values or {}).get(SECOND, "")),
        "history": [_said(row) for row in reversed(rows)],
        "values": dict(values or {}),
        "fault": fault,
        "seal": desk.seal.make(desk.now()) if revision else "",
        "longest_target": LONGEST_TARGET,
    }


def article_page(desk: Desk, request: Request) -> Response:
    """The labels of one article alone, with the form."""
    article, revision = _read(desk, request.path_params["article_id"], request.query_params.get("ban", ""))
    told = request.query_params.get("luu", "")
    return _page(desk, article, revision, saved=told if told.isascii() and told.isdigit() and len(told) < 3 else "")


def save(desk: Desk, values: Mapping[str, str]) -> Response:
    """Keep what was chosen; what is wrong is said, with what was chosen."""
    if not values.keys() <= FIELDS:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    article, revision = _read(desk, values.get("bai", ""), values.get("ban", ""))
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return _page(desk, article, revision, values, STALE, 403)
    try:
        kept = _keep(desk, article, revision, values)
    except InputError as wrong:
        text = str(wrong)
        return _page(desk, article, revision, values, f"{text[0].upper()}{text[1:]}.", 422)
    if not kept:
        return _page(desk, article, revision, values, NOTHING, 422)
    return RedirectResponse(f"/tin-bai/{article.id}/nhan?luu={min(kept, 99)}", status_code=303, headers=HEADERS)


def listing(desk: Desk, request: Request) -> Response:
    """The newest labels, the judge's drift, and who took which weights into use."""
    rows = shown(desk.store, desk.store.labels(LISTED))
    return desk.page(
        "labels_all.jinja",
        "Nhãn của người",
        active="labels",
        rows=[_said(row) for row in rows],
        drift=[drift_told(notice) for notice in desk.store.drift_notices(12)],
        drift_do=DRIFT_DO,
        choices=desk.store.model_choices(10),
    )


def _read(desk: Desk, article_id: str, revision_id: str) -> tuple[Article, Revision | None]:
    article = desk.store.articles([article_id]).get(article_id)
    if article is None:
        raise HTTPException(404)
    revisions = desk.store.revisions_of([article.id]).get(article.id, [])
    if not revision_id:
        return article, newest_text(revisions)
    found = next((r for r in revisions if r.id == revision_id), None)
    if found is None:
        raise HTTPException(404)
    return article, found


def _keep(desk: Desk, article: Article, revision: Revision | None, values: Mapping[str, str]) -> int:
    """How many rows are new. Either all of them are kept or none: what cannot be said is found before."""
    who, why, now = values.get("ten", ""), values.get("ly_do", ""), desk.now()
    stand = standing(desk.store.labels_of([article.id]).get(article.id, []))
    chosen = {task: values.get(str(task), "") for task in LabelTask}
    given = {task: _value(task, text, values) for task, text in chosen.items() if text not in ("", WITHDRAW)}
    aimed = stand.get(LabelTask.STANCE_TARGET)
    if aimed is not None and given.get(LabelTask.STANCE_TARGET) in (aimed.value, shown(desk.store, [aimed])[0].value):
        del given[LabelTask.STANCE_TARGET]  # the field shows what stands, masked: left alone it says nothing
    if chosen[LabelTask.TOPICS] == "" and values.get(SECOND):
        raise InputError("chủ đề: chọn chủ đề thứ nhất trước")
    back = [stand[task] for task, text in chosen.items() if text == WITHDRAW and task in stand]
    made = say(
        desk.store, article.id, given, by=who, why=why, now=now, revision_id=revision.id if revision else ""
    )  # fmt: skip
    for label in back:
        withdraw(desk.store, label.id, by=who, why=why, now=now)
    return len(made) + len(back)


def _value(task: LabelTask, text: str, values: Mapping[str, str]) -> str:
    if task is not LabelTask.TOPICS:
        return text
    both_topics = [part for part in (text, values.get(SECOND, "")) if part and part != NO_TOPIC]
    return ",".join(both_topics)


def _question(
    task: LabelTask,
    machine: Mapping[JudgementKind, Judgement],
    stand: Mapping[LabelTask, Label],
    revision: Revision | None,
    values: Mapping[str, str],
) -> Question:
    target = task is LabelTask.STANCE_TARGET
    judged = machine.get(JudgementKind.STANCE if target else JudgementKind(task.value))
    label = stand.get(task)
    said, sure = "chưa nhận định", ""
    if judged is not None:
        said = value_name(task, str(judged.detail.get("target", "")) if target else judged.label)
        sure = "" if target else sureness(judged, confidence(judged.score))
    person = f"{value_name(task, label.value)} ({label.by})" if label else ""
    options = () if target else _options(task, label is not None)
    held = values.get(task, label.value if target and label else "")
    return Question(
        task, task_name(task), masked.line(said) if target else said, sure, person, label.at if label else None,
        label is not None and revision is not None and label.revision_id != revision.id, options, held,
    )  # fmt: skip


def _options(task: LabelTask, standing_one: bool) -> tuple[tuple[str, str], ...]:
    keep = ("", "giữ nguyên")
    back = ((WITHDRAW, "rút nhãn của người"),) if standing_one else ()
    none = ((NO_TOPIC, "không chủ đề nào"),) if task is LabelTask.TOPICS else ()
    return (keep, *((value, value_name(task, value)) for value in VALUES[task]), *none, *back)


def _topics(held: str) -> dict[str, Any]:
    named = [(value, value_name(LabelTask.TOPICS, value)) for value in VALUES[LabelTask.TOPICS]]
    return {"options": [("", "không có"), *named], "value": held}


def _said(row: Label) -> Said:
    told = f"rút nhãn {row.withdraws}" if row.withdraws else both(row)
    return Said(task_name(row.task), told, row.by, row.at, row.why, row.article_id)


def _page(
    desk: Desk,
    article: Article,
    revision: Revision | None,
    values: Mapping[str, str] | None = None,
    fault: str = "",
    status: int = 200,
    *,
    saved: str = "",
) -> Response:
    answer = desk.page(
        "labels_article.jinja",
        "Nhãn của người",
        active="articles",
        status=status,
        article=article,
        headline=masked.headline(revision),
        labels=card(desk, article, revision, values, fault),
        saved=saved,
    )
    answer.headers.update(HEADERS)
    return answer
