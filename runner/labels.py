"""``haidang label``: labels from the command line and from files, and out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from alerts.beside import texts_beside
from alerts.labelling import say, task_of, value_of
from alerts.labelling_shown import shown
from lang.masking_lines import masked_texts
from runner.deps import Deps
from runner.labels_desk import desk_items
from runner.labels_file import SPREAD, read_labels
from runner.people import named_person
from store.errors import InputError
from store.model import Article
from store.model_label import Label, LabelTask


@dataclass
class Imported:
    """What an import did: new labels, articles with new ones, articles without, addresses that are not here, bad
    lines (number, reason)."""

    labels: int = 0
    articles: int = 0
    same: int = 0
    unknown: list[str] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def find(deps: Deps, ref: str) -> Article:
    """By id or address. Raises :class:`InputError`."""
    article = deps.store.find_article(ref.strip())
    if article is None:
        raise InputError(f"không có bài nào ở {ref[:200]!r}; viết mã bài (art_…) hoặc địa chỉ đã thấy")
    return article


def add(deps: Deps, ref: str, labels: Sequence[str], by: str, why: str) -> list[Label]:
    """``labels`` as ``task=value``. Raises :class:`InputError`."""
    said: dict[LabelTask, str] = {}
    for text in labels:
        name, equals, value = text.partition("=")
        task = task_of(name.strip())
        if not equals or task in said:
            raise InputError(f"{text[:60]!r}: viết mỗi câu hỏi một lần, dạng tone=pos")
        said[task] = value_of(task, value)
    article = find(deps, ref)
    return say(deps.store, article.id, said, by=named_person(by, "--by"), why=why, now=deps.now())


def exported(deps: Deps, *, text: bool) -> Iterator[dict[str, Any]]:
    """Rows in the format of label files, of questions that people answered, with who, when and whether set aside.

    They leave the house: press and people's own words are masked (promise 3). Training reads the store, not these.
    """
    for item in desk_items(deps):
        labels = {one.task: one for one in shown(deps.store, list(item.labels.values()))}
        given = {
            str(task): {"by": one.by, "at": one.at, "why": one.why, "machine": one.machine_label,
                        "score": one.machine_score, "version": one.machine_version}
            for task, one in sorted(labels.items())
        }  # fmt: skip
        about = {"revision_id": item.revision.id, "group": item.group, "frozen": item.frozen, "given": given}
        yield _masked(deps, replace(item, labels=labels).row(text=text)) | about


def _masked(deps: Deps, row: dict[str, Any]) -> dict[str, Any]:
    if "title" not in row:
        return row
    said = masked_texts([(row["title"], row["summary"], ""), *texts_beside(deps.store, row["id"])])[0]
    return row | {"title": said.title, "summary": said.lead}


def imported(deps: Deps, file: Path, by: str) -> Imported:
    """Labels of a file for the articles that are here, by address, else by id; every other line is told.

    Raises :class:`InputError` when the file holds no usable line, or ``by`` is no name.
    """
    person, found, done = named_person(by, "--by"), read_labels(file, texts=False), Imported()
    done.bad = list(found.bad)
    for row in found.rows:
        article = deps.store.find_article(row.url) if row.url else deps.store.find_article(row.id)
        if article is None:
            done.unknown.append(row.url or row.id)
            continue
        said = dict(row.labels)
        if said.get(LabelTask.RUMOUR) == SPREAD:
            del said[LabelTask.RUMOUR]
        try:
            made = say(deps.store, article.id, said, by=person, why=f"nhập từ {file.name}", now=deps.now())
        except InputError as wrong:
            done.unknown.append(f"{row.url or row.id}: {wrong}")
            continue
        done.labels += len(made)
        done.articles += bool(made)
        done.same += not made
    return done
