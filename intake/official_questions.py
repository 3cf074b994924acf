"""A list of approved questions and answers, read: a table (DOCX, CSV) or paragraphs that begin *Hỏi:* and *Đáp:* (D76).

A question says what its answer is about and states nothing; the answer is what claims are compared with. Every fault of
a list is told at once, with its row; a row that is at fault is not guessed at.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake import official_apart
from intake.apart import Unusable
from intake.form import Fault, Kind
from intake.official import _LOOKED_AT, _PLAIN, _TYPES, _decoded, _kind, text_of
from intake.official_words import WARN
from lang.clauses import tidy
from lang.legacy import mend
from lang.masking import mask
from lang.text import fold, nfc

PLAIN = _PLAIN

MOST = 1_000
LONGEST_QUESTION, LONGEST_ANSWER = 1_000, 6_000
FEWEST = 4  # words of an answer: "Có.", "Không." say nothing without their question
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "question": ("cau hoi", "hoi", "noi dung hoi", "question"),
    "answer": ("tra loi", "dap", "cau tra loi", "noi dung tra loi", "giai dap", "answer"),
    "approved_by": ("nguoi duyet", "nguoi phe duyet", "phe duyet", "approved_by"),
    "valid_from": ("co hieu luc tu", "hieu luc tu", "tu ngay", "ap dung tu", "valid_from"),
    "valid_to": ("den het ngay", "den ngay", "het hieu luc", "valid_to"),
}
_ASKED = re.compile(r"^\s*(?:câu\s*)?(?:hỏi|question)\s*\d{0,4}\s*[.:)]\s*", re.IGNORECASE)
_TOLD = re.compile(r"^\s*(?:câu\s*)?(?:trả lời|đáp|answer)\s*\d{0,4}\s*[.:)]\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(?:câu\s*)?\d{1,4}\s*[.:)]\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with its answer, as written; the rest "" where its row does not say. ``row``: from 1."""

    row: int
    question: str
    answer: str
    approved_by: str = ""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it was read, what is wrong with its rows, and what a person should look at."""

    media_type: str
    pairs: tuple[Answered, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...] = ()


ROW = {
    "half": "dòng {row}: thiếu {what}",
    "long": "dòng {row}: {what} dài {size} ký tự, tối đa {limit}",
    "short": "dòng {row}: câu trả lời “{answer}” chưa đủ để đối chiếu; viết trọn câu, ví dụ: Nhà trường không thu "
    "khoản này.",
    "twice": "dòng {row}: câu hỏi này đã có ở dòng {first}",
    "most": "Danh sách có hơn {most} câu; chia làm nhiều tệp.",
    "mixed": "dòng {row}: có {cells} cột, dòng đầu có {wanted}",
}


def read_questions(data: bytes) -> Asked:
    """Read a list. Raises :class:`Unusable` for a file that cannot be taken, or in which no question stands."""
    raw, media_type, warnings = _lines(data)
    faults: list[Fault] = []
    rows = _separated(raw) if media_type == PLAIN else list(_table(raw))
    rows = rows or list(_paragraphs(raw))
    if not rows:
        raise Unusable("no_questions")
    pairs = tuple(_checked(rows, faults))
    if persons := len(mask("\n".join(f"{p.question}\n{p.answer}" for p in pairs)[:_LOOKED_AT]).masked):
        warnings.append(WARN["persons"].format(count=persons))
    return Asked(media_type, pairs, tuple(faults), tuple(warnings))


def _lines(data: bytes) -> tuple[str, str, list[str]]:
    """(the text with its lines as they stand, media type, what to look at): a table's rows must not be joined."""
    kind = _kind(data)
    if kind is None:
        raw = _decoded(data)
        return nfc_lines(mend(raw)[0]), PLAIN, []
    if kind is not Kind.DOCX:
        text = text_of(data)
        return text.text, text.media_type, list(text.warnings)
    raw, way = mend(official_apart.run("docx", data)["text"])
    return nfc_lines(raw), _TYPES[Kind.DOCX], [WARN["legacy"].format(name=way)] if way else []


def nfc_lines(text: str) -> str:
    """Each line in NFC; tabs stay, they may part columns."""
    return "\n".join("\t".join(map(nfc, line.split("\t"))) for line in text.splitlines())


Row = tuple[int, Mapping[str, str]]


def _table(text: str) -> Iterator[Row]:
    """Rows of the tables of a DOCX whose first line names the columns; a line of a table ends in `` |``."""
    names: list[str] = []
    number = 0
    for line in text.splitlines():
        if not line.rstrip().endswith("|"):
            names = []
            continue
        cells = [cell.strip() for cell in line.rstrip().removesuffix("|").split(" | ")]
        found = _names(cells)
        if found:
            names, number = found, number + 1
        elif names:
            number += 1
            yield number, _by_name(names, cells)


def _separated(raw: str) -> list[Row]:
    """Rows of a CSV; its separator is the one by which the first line names both columns. None for another text."""
    first = next((line for line in raw.splitlines() if line.strip()), "")
    tried = ((_names(next(csv.reader([first], delimiter=s), [])), s) for s in ",;\t")
    names, separator = next(((n, s) for n, s in tried if n), ([], ","))
    if not names:
        return []
    try:
        rows = list(csv.reader(raw.splitlines(keepends=True), delimiter=separator))
    except csv.Error as bad:  # a field of more than 131,072 characters
        raise Unusable("broken") from bad
    begin = next(k for k, cells in enumerate(rows) if _names(cells))
    return [
        (number, _by_name(names, cells))
        for number, cells in enumerate(rows, 1)
        if number > begin + 1 and any(cell.strip() for cell in cells)
    ]


def _paragraphs(text: str) -> Iterator[Row]:
    """*Hỏi: …* and the lines to *Đáp: …*, and the lines to the next question."""
    number, parts, told = 0, dict[str, list[str]](), ""
    for line in text.splitlines():
        if _ASKED.match(line):
            if parts:
                yield number, {name: "\n".join(found) for name, found in parts.items()}
            number, parts, told = number + 1, {"question": [_ASKED.sub("", line)]}, "question"
        elif parts and _TOLD.match(line):
            parts["answer"], told = [_TOLD.sub("", line)], "answer"
        elif parts:
            parts[told].append(line)
    if parts:
        yield number, {name: "\n".join(found) for name, found in parts.items()}


def _names(cells: Sequence[str]) -> list[str]:
    """What each column is, where question and answer are among them; else nothing. Columns unknown to us are ""."""
    plain = [" ".join(re.sub(r"[^\w\s]", " ", fold(cell)).split()) for cell in cells]
    found = [next((name for name, words in _COLUMNS.items() if cell in words), "") for cell in plain]
    return found if {"question", "answer"} <= set(found) else []


def _by_name(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    row = {name: cell for name, cell in zip(names, cells, strict=False) if name}
    return row | ({"": f"{len(cells)}/{len(names)}"} if len(cells) > len(names) else {})


def _checked(rows: Sequence[Row], faults: list[Fault]) -> Iterator[Answered]:
    if len(rows) > MOST:
        faults.append(Fault("tep", ROW["most"].format(most=MOST)))
        return
    seen: dict[str, int] = {}
    for number, row in rows:
        question = _NUMBERED.sub("", nfc(" ".join(row.get("question", "").split())))
        answer = tidy(row.get("answer", "")).strip()
        wrong = list(_wrong(number, question, answer, row))
        key = " ".join(fold(question).split())
        if question and key in seen:
            wrong.append(ROW["twice"].format(row=number, first=seen[key]))
        seen.setdefault(key, number)
        faults += [Fault("tep", message) for message in wrong]
        if not wrong:
            more = (nfc(row.get(name, "")) for name in ("approved_by", "valid_from", "valid_to"))
            yield Answered(number, question, answer, *more)


def _wrong(number: int, question: str, answer: str, row: Mapping[str, str]) -> Iterator[str]:
    if "" in row:
        cells, _, wanted = row[""].partition("/")
        yield ROW["mixed"].format(row=number, cells=cells, wanted=wanted)
    for name, text, limit in (("câu hỏi", question, LONGEST_QUESTION), ("câu trả lời", answer, LONGEST_ANSWER)):
        if not text:
            yield ROW["half"].format(row=number, what=name)
        elif len(text) > limit:
            yield ROW["long"].format(row=number, what=name, size=len(text), limit=limit)
    if answer and len(re.findall(r"[^\W_]+", answer)) < FEWEST:
        yield ROW["short"].format(row=number, answer=answer[:60])
