"""A person says what an article is: checked, kept with what the machine had said, and what follows from it.

The same rules for the desk and for `haidang label`. Nothing is overwritten: a later label is shown instead of an
earlier one, a withdrawal is a row, and the machine's judgement stays beside both (docs/labels.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from alerts import messages
from alerts.inputs import newest_text
from lang.text import nfc
from store.api import Store, Transaction
from store.errors import InputError
from store.model import Article, Judgement, JudgementKind, NewTask, Revision
from store.model_label import LONGEST_TARGET, MOST_TOPICS, VALUES, Label, LabelTask, standing

LONGEST_NAME, LONGEST_WHY = 100, 2_000
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’()-]+[^\W\d_]+)+\.?\)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def say(
    store: Store, article_id: str, said: Mapping[LabelTask, str], *, by: str, why: str, now: int, revision_id: str = ""
) -> list[Label]:
    """Keep what a named person says of an article; the rows that are new (what already stands by that very person is
    no new fact). ``revision_id``: the text that was read, else the one that is shown.

    Raises :class:`InputError` for an unknown article, text, question or value, and for what is no full name.
    """
    person, reason = person_named(by), _reason(why)
    values = {task: value_of(task, value) for task, value in said.items()}
    with store.transaction() as tx:
        article, read = _read(store, article_id, revision_id)
        rows = store.labels_of([article.id]).get(article.id, [])
        stands, machine = standing(rows), _machine(store, article.id, read)
        at = max([now, *(row.at + 1 for row in rows)])
        made = []
        for task, value in values.items():
            known = stands.get(task)
            if known is not None and (known.value, known.by, known.revision_id) == (value, person, read.id):
                continue
            label = Label(
                Label.make_id(read.id, task, person, at), article.id, read.id, task, value, person, at, reason
            )
            made.append(_beside(label, machine.get(_kind(task))))
        for label in made:
            tx.add_label(label)
        _group(store, tx, article, made, now)
    return made


def withdraw(store: Store, label_id: str, *, by: str, why: str, now: int) -> Label:
    """Take a label back, whoever gave it: one more row. Raises :class:`InputError` where it does not stand."""
    person, reason = person_named(by), _reason(why)
    with store.transaction() as tx:
        label = store.label(label_id)
        if label is None or label.withdraws:
            raise InputError(messages.LABEL_UNKNOWN.format(id=label_id[:60]))
        rows = store.labels_of([label.article_id])[label.article_id]
        if any(row.withdraws == label.id for row in rows):
            raise InputError(messages.LABEL_WITHDRAWN.format(id=label.id))
        at = max(now, rows[-1].at + 1)
        made = Label.make_id(label.revision_id, label.task, person, at)
        row = replace(label, id=made, value="", by=person, at=at, why=reason, withdraws=label.id)
        tx.add_label(row)
    return row


def value_of(task: LabelTask, value: str) -> str:
    """The value as it is stored: topics comma-joined in their order. Raises :class:`InputError`."""
    text = nfc(value)
    if task is LabelTask.STANCE_TARGET:
        if len(text) > LONGEST_TARGET or _CONTROL.search(text):
            raise InputError(messages.LABEL_ONE_LINE.format(task=task, most=LONGEST_TARGET))
        return text
    if task is LabelTask.TOPICS:
        return _topics(text)
    if task is LabelTask.RUMOUR and text == "spread":
        raise InputError(messages.LABEL_NO_SPREAD)
    if text not in VALUES[task]:
        raise InputError(messages.LABEL_NO_VALUE.format(task=task, value=value[:40], values=", ".join(VALUES[task])))
    return text


def _topics(text: str) -> str:
    named = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [name for name in named if name not in VALUES[LabelTask.TOPICS]]
    if unknown or len(named) > MOST_TOPICS:
        most = messages.LABEL_MOST_TOPICS.format(most=MOST_TOPICS)
        what = messages.LABEL_NO_TOPIC.format(topic=unknown[0][:40]) if unknown else most
        raise InputError(messages.LABEL_TOPICS.format(what=what, topics=", ".join(VALUES[LabelTask.TOPICS])))
    return ",".join(named)


def task_of(name: str) -> LabelTask:
    """The question of that name. Raises :class:`InputError`."""
    try:
        return LabelTask(name)
    except ValueError as bad:
        raise InputError(messages.LABEL_NO_TASK.format(task=name[:40], tasks=", ".join(LabelTask))) from bad


def person_named(name: str) -> str:
    """A full name that somebody can ask later. Raises :class:`InputError`."""
    clean = nfc(name)
    if not clean:
        raise InputError(messages.LABEL_NAMELESS)
    latin = all(
        unicodedata.name(c, "").startswith("LATIN") for c in clean if c.isalpha()
    )  # a Cyrillic а looks like ours
    if len(clean) > LONGEST_NAME or not latin or not _NAME.fullmatch(clean):
        raise InputError(messages.LABEL_NO_NAME.format(name=clean[:LONGEST_NAME]))
    return clean


def _reason(why: str) -> str:
    clean = nfc(why)
    if len(clean) > LONGEST_WHY:
        raise InputError(messages.LABEL_LONG_WHY.format(most=LONGEST_WHY))
    return _CONTROL.sub(" ", clean)


def _read(store: Store, article_id: str, revision_id: str) -> tuple[Article, Revision]:
    article = store.articles([article_id]).get(article_id)
    if article is None:
        raise InputError(messages.LABEL_NO_ARTICLE.format(id=article_id[:60]))
    revisions = store.revisions_of([article.id]).get(article.id, [])
    read = next((r for r in revisions if r.id == revision_id), None) if revision_id else newest_text(revisions)
    if read is None:
        words = messages.LABEL_NO_TEXT if revision_id else messages.LABEL_NOT_READ
        raise InputError(words.format(id=article.id, revision=revision_id[:60]))
    return article, read


def _machine(store: Store, article_id: str, read: Revision) -> dict[JudgementKind, Judgement]:
    """The newest judgement of each kind of that text, else of the article's other texts, the newest text first."""
    revisions = store.revisions_of([article_id]).get(article_id, [])
    judged = store.judgements_of([r.id for r in revisions])
    order = [*(r for r in revisions if r.id != read.id), read]  # the later one wins
    return {j.kind: j for r in order for j in judged.get(r.id, ())}


def _kind(task: LabelTask) -> JudgementKind:
    return JudgementKind.STANCE if task is LabelTask.STANCE_TARGET else JudgementKind(task.value)


def _beside(label: Label, machine: Judgement | None) -> Label:
    if machine is None:
        return label
    said = machine.label
    if label.task is LabelTask.STANCE_TARGET:
        said = str(machine.detail.get("target", ""))
    version = f"{machine.judge} {machine.version}"
    return replace(
        label, judgement_id=machine.id, machine_label=said, machine_score=machine.score, machine_version=version
    )


def _group(store: Store, tx: Transaction, article: Article, made: Iterable[Label], now: int) -> None:
    """What the machine had left out has no story yet: it is looked for now that a person took the article in."""
    taken = next((x for x in made if x.task is LabelTask.EDU and x.value != "none"), None)
    if taken is not None and not store.memberships_of([article.id]):
        tx.add_tasks([NewTask("group", article.id, taken.id, article.first_seen_at, now)], now)
