"""Labels as they may be shown or handed on: what somebody typed (why, whom) masked beside the texts it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alerts.beside import texts_beside
from alerts.inputs import newest_text
from lang.masking_lines import masked_texts
from store.api import Store
from store.model_label import Label, LabelTask

_READ = 4_000  # characters of a body that are read for who must be masked


def shown(store: Store, rows: Sequence[Label]) -> list[Label]:
    """The same rows in the same order with ``why``, and of a target what person and machine said, masked: "hỏi lại Vy"
    gives a child away only beside the article (promise 3)."""
    by_article: dict[str, list[Label]] = {}
    for row in rows:
        if row.why or row.task is LabelTask.STANCE_TARGET:
            by_article.setdefault(row.article_id, []).append(row)
    revisions = store.revisions_of(by_article)
    masked: dict[str, Label] = {}
    for article_id, own in by_article.items():
        said = list(dict.fromkeys(text for row in own for text in _typed(row) if text))
        if not said:
            continue
        read = newest_text(revisions.get(article_id, []))
        about = [(read.title, read.lead, read.body[:_READ])] if read else []
        lines = masked_texts([*(("", text, "") for text in said), *about, *texts_beside(store, article_id)])
        known = {text: line.lead for text, line in zip(said, lines, strict=False)}
        masked |= {row.id: _swapped(row, known) for row in own}
    return [masked.get(row.id, row) for row in rows]


def _typed(row: Label) -> tuple[str, ...]:
    return (row.why, row.value, row.machine_label or "") if row.task is LabelTask.STANCE_TARGET else (row.why,)


def _swapped(row: Label, known: dict[str, str]) -> Label:
    row = replace(row, why=known.get(row.why, row.why))
    if row.task is not LabelTask.STANCE_TARGET:
        return row
    machine = row.machine_label
    return replace(
        row,
        value=known.get(row.value, row.value),
        machine_label=machine if machine is None else known.get(machine, machine),
    )
