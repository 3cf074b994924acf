"""Label files: JSON lines in the format of the annotation guidelines, read strictly; every bad line is named."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alerts.labelling import task_of, value_of
from lang.text import nfc
from store.errors import InputError
from store.model_label import LabelTask

LONGEST_LINE = 1_000_000  # bytes
MOST_ROWS = 1_000_000
LONGEST_TEXT = 50_000  # characters of title and summary together
TASKS = tuple(LabelTask)
SPREAD = "spread"
"""A label of the guidelines that files may hold and that nobody gives at the desk: no machine learns or says it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``labels`` hold only what it says; ``told`` is the line as it came (text fields and all)."""

    id: str
    url: str
    title: str
    summary: str
    labels: Mapping[LabelTask, str]
    told: Mapping[str, Any]


@dataclass
class LabelFile:
    """What a file holds, and what of it could not be used: (line number, reason)."""

    path: Path
    rows: list[Row] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)


def read_labels(path: Path, *, texts: bool = True) -> LabelFile:
    """Every usable line. ``texts``: a line without title and summary is bad. Raises :class:`InputError` when the file
    cannot be read or no line of it can be used."""
    found = LabelFile(path)
    seen: set[str] = set()
    for number, line in _lines(path):
        try:
            row = _row(line, texts)
            if row.id in seen:
                raise InputError(f"id {row.id[:40]!r} đã có ở dòng trước")
        except (InputError, ValueError, RecursionError) as wrong:
            found.bad.append((number, str(wrong)[:200]))
            continue
        seen.add(row.id)
        found.rows.append(row)
    if found.bad and not found.rows:
        raise InputError(f"{path}: không dòng nào dùng được; dòng {found.bad[0][0]}: {found.bad[0][1]}")
    return found


def whole(path: Path, *, needs: Iterable[LabelTask] = ()) -> LabelFile:
    """As :func:`read_labels`, for a file that must be right in every line, with a label of each of ``needs``."""
    found = read_labels(path)
    if found.bad:
        raise InputError(f"{path}, dòng {found.bad[0][0]}: {found.bad[0][1]}")
    for row in found.rows:
        for task in needs:
            if task not in row.labels:
                raise InputError(f"{path}: {row.id} thiếu nhãn {task}")
    return found


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            for number in range(1, MOST_ROWS + 2):
                line = file.readline(LONGEST_LINE + 1)
                if not line:
                    return
                if number > MOST_ROWS:
                    raise InputError(f"{path}: nhiều hơn {MOST_ROWS} dòng; chia thành nhiều tệp")
                if len(line) > LONGEST_LINE:
                    raise InputError(f"{path}, dòng {number}: dài quá {LONGEST_LINE} byte; không phải tệp nhãn")
                if line.strip():
                    yield number, line
    except OSError as bad:
        raise InputError(f"{path}: {bad.strerror}; cần một tệp nhãn .jsonl") from bad


def _row(line: bytes, texts: bool) -> Row:
    told = json.loads(line)
    if not isinstance(told, dict):
        raise InputError("mỗi dòng là một đối tượng JSON {…}")
    name, url, title, summary = (_text(told, key) for key in ("id", "url", "title", "summary"))
    if not name:
        raise InputError("thiếu id")
    if texts and not (title or summary):
        raise InputError("thiếu title và summary")
    if len(title) + len(summary) > LONGEST_TEXT:
        raise InputError(f"title và summary dài quá {LONGEST_TEXT} ký tự")
    _day(told)
    return Row(name, url, title, summary, labels_of(told), told)


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{key} phải là chữ")
    value.encode()  # a lone surrogate is no text: it could not be written anywhere
    return value


def _day(told: Mapping[str, Any]) -> None:
    day = told.get("first_fetched")
    if day is not None and (not isinstance(day, str) or dt.datetime.fromisoformat(day).tzinfo is None):
        raise InputError("first_fetched phải là giờ có múi giờ, ví dụ 2026-05-15T05:54:07+07:00")


def labels_of(told: Mapping[str, Any]) -> dict[LabelTask, str]:
    """The labels of one line, each as it is stored. Raises :class:`InputError` for a value that is none."""
    found = {}
    for task in TASKS:
        if (value := told.get(task)) is None:
            continue
        if task is LabelTask.TOPICS and isinstance(value, list):
            if not all(isinstance(part, str) and "," not in part for part in value):
                raise InputError("topics phải là danh sách chữ")
            value = ",".join(value)
        if not isinstance(value, str):
            raise InputError(f"{task} phải là chữ")
        text = nfc(value)
        spread = task is LabelTask.RUMOUR and text == SPREAD
        found[task] = text if spread else value_of(task_of(task), text)
    return found
