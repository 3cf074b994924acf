"""`haidang references add --qa`: an approved list of questions and answers, at a terminal (D76)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from intake.apart import Unusable
from intake.form import Refused
from intake.official_questions import Asked, read_questions
from intake.official_questions_keep import KeptList, ListGiven, keep_questions
from intake.official_words import FILE
from runner.deps import Deps
from runner.people import named_person
from runner.references import _bytes, _refused, shown
from store.errors import InputError

_FEW = 5  # questions, and answers left over, shown


def open_list(path: Path) -> tuple[bytes, Asked]:
    """The bytes of a file and the questions in it. Raises :class:`InputError`; a file's name is never kept."""
    data = _bytes(path)
    try:
        return data, read_questions(data)
    except Unusable as bad:
        raise InputError(f"{shown(path)}: {FILE[bad.code].format(**bad.more)}") from bad


def understood(asked: Asked) -> Iterator[str]:
    """What will be kept, as lines to read."""
    yield f"{len(asked.pairs)} câu hỏi có câu trả lời"
    for pair in asked.pairs[:_FEW]:
        yield f"  Hỏi: {pair.question[:120]}"
        yield f"  Đáp: {' '.join(pair.answer.split())[:120]}"
    yield from (f"! {warning}" for warning in asked.warnings)


def add_list(deps: Deps, data: bytes, asked: Asked, given: ListGiven) -> KeptList:
    """Keep the list. Raises :class:`InputError` naming every row at fault; then nothing is kept."""
    named_person(given.by, "--by")
    try:
        return keep_questions(deps.store, deps.bodies, data, asked, given, deps.now())
    except Refused as refused:
        raise _refused(refused) from refused


def told(done: KeptList) -> Iterator[str]:
    """What became of it, and which answers of earlier lists are not in this one."""
    yield f"Đã lưu {len(done.new)} câu hỏi – đáp đã duyệt; {done.known} câu đã có từ trước, y hệt."
    if done.left:
        yield f"{len(done.left)} câu đã duyệt trước đây không có trong tệp, vẫn được dùng; không dùng nữa thì thu hồi:"
        yield from (f"  {one.id}  {one.title[:100]}" for one in done.left[:_FEW])
