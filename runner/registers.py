"""The registers of reports at work: opening periods, entering what came, drafts of đôn đốc, annexes. Writes rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from alerts import registers_words as words
from alerts import registers_write
from alerts.case_files import LIMIT, checked
from alerts.documents import docx, pdf
from alerts.documents.nd30 import Document
from alerts.registers import Board, ad_hoc, find_party, told
from alerts.registers_papers import urge
from alerts.registers_write import AHEAD, File
from alerts.workclock import WorkClock, clock_now
from config.registers import EVERY, Registers, load_registers, parties_of
from config.registers import Report as ReportRule
from runner.deps import Deps
from runner.people import named_person
from store.blobs import BodyStore
from store.errors import InputError
from store.model_register import (
    Direction,
    ReportEntry,
    ReportParty,
    ReportPeriod,
    ReportUrge,
    UrgeIssued,
)

__all__ = ["AHEAD", "File"]  # of alerts.registers_write, used by name here too

DAY = 86_400_000
_NUMBER = re.compile(r"\d{1,6}(?:/[\w&.,-]{1,60}){0,2}")


def clock_of(deps: Deps) -> WorkClock:
    """The working calendar of this installation."""
    return clock_now(deps.settings.home, deps.settings.timezone)


def files_of(deps: Deps) -> BodyStore:
    """Where files of registers lie: apart from pages."""
    return BodyStore(deps.settings.bodies / "so")


def registers_of(deps: Deps) -> Registers:
    """Reports, dates and contacts as their files say now."""
    return load_registers(deps.settings.home)[0]


def open_periods(deps: Deps, registers: Registers | None = None) -> int:
    """As :func:`alerts.registers_write.open_periods`, of this installation."""
    return registers_write.open_periods(deps.store, registers or registers_of(deps), clock_of(deps), deps.now())


def ask(  # noqa: PLR0913 - what a request says is named
    deps: Deps, direction: Direction, name: str, day: dt.date, whom: Sequence[str], *, by: str, basis: str = "",
    begins: dt.date | None = None, ends: dt.date | None = None,
) -> tuple[ReportPeriod, bool]:  # fmt: skip
    """A report that is asked for once (D30, D36), and whether it is new. Raises :class:`InputError`."""
    registers, clock, now = registers_of(deps), clock_of(deps), deps.now()
    last = ends or day - dt.timedelta(days=1)
    period = ad_hoc(
        direction, name, day, begins or last - dt.timedelta(days=30), last, basis, named_person(by, "--by"), clock, now
    )  # fmt: skip
    unknown = [key for key in whom if key not in EVERY and key not in registers.contacts]
    if unknown or not whom:
        raise InputError(words.NO_PARTY.format(party=", ".join(unknown)[:80] or "--to", id=period.id))
    rule = ReportRule(name=period.name, direction=direction.value, dates="ad_hoc", months=1, parties=tuple(whom))
    rows = [ReportParty(period.id, key, called) for key, called in parties_of(rule, registers.contacts)]
    with deps.store.transaction() as tx:
        return period, tx.add_report_period(period, rows)


def find_period(deps: Deps, text: str) -> ReportPeriod:
    """By its id or the beginning of it (two years back and ahead). Raises :class:`InputError`."""
    wanted = text.strip()
    found = deps.store.report_period(wanted)
    if found is not None:
        return found
    now = deps.now()
    near = [p for p in deps.store.report_periods(now - 730 * DAY, now + 730 * DAY) if p.id.startswith(wanted)]
    if not wanted or not near:
        raise InputError(words.NO_PERIOD.format(id=wanted[:60]))
    if len(near) > 1:
        raise InputError(words.TWO_PERIODS.format(id=wanted, n=len(near)))
    return near[0]


def board_of(deps: Deps, period: ReportPeriod) -> Board:
    """The period with everybody expected and what came."""
    return registers_write.board_of(deps.store, clock_of(deps), period, deps.now())


def boards(deps: Deps, direction: Direction, after: int, until: int) -> list[Board]:
    """Those of one direction due in (after, until]."""
    return registers_write.boards(deps.store, clock_of(deps), direction, (after, until), deps.now())


def enter(  # noqa: PLR0913 - what an entry says is named
    deps: Deps, period_id: str, party: str, *, direction: Direction, by: str, day: dt.date | None = None,
    number: str = "", note: str = "", file: tuple[str, bytes] | None = None,
) -> tuple[ReportEntry, ReportParty]:  # fmt: skip
    """A report came (incoming) or went out (outgoing). Raises :class:`InputError`; then nothing is kept."""
    period = find_period(deps, period_id)
    if period.direction is not direction:
        command = "received" if period.direction is Direction.INCOMING else "sent"
        raise InputError(
            words.WRONG_WAY.format(
                name=period.name, direction=words.DIRECTIONS[period.direction].lower(), command=command
            )
        )
    whom = find_party(deps.store.report_parties(period.id), party, period.id)  # before a file is kept for nobody
    named_person(by, "--by")
    return registers_write.enter(
        deps.store, clock_of(deps), period, whom.party, deps.now(), by=by, day=day, number=number, note=note,
        kept=keep_file(deps, file),
    )  # fmt: skip


def take_back(deps: Deps, period_id: str, entry_id: str, by: str, why: str) -> None:
    """An entry by mistake counts no more; it stays in the register. Raises :class:`InputError`."""
    period, who = find_period(deps, period_id), named_person(by, "--by")
    standing = deps.store.report_entries([period.id]).get(period.id, [])
    entry = next((e for e in standing if e.id == entry_id.strip()), None)
    if entry is None:
        raise InputError(words.NO_ENTRY.format(id=entry_id[:60]))
    now = deps.now()
    back = ReportEntry(
        ReportEntry.make_id(period.id, entry.party, who, now, entry.id), period.id, entry.party, entry.day, "", who,
        now, told("note", why), withdraws=entry.id,
    )  # fmt: skip
    with deps.store.transaction() as tx:
        tx.add_report_entry(back)


def keep_file(deps: Deps, file: tuple[str, bytes] | None) -> File:
    """The file in the body store, checked by name and by content and bounded. Raises :class:`InputError`."""
    if file is None:
        return File()
    name, media_type = checked(*file)
    return File(name, media_type, files_of(deps).put(file[1]), len(file[1]))


def read_file(path: Path | None) -> tuple[str, bytes] | None:
    """(name, bytes) of a file that a command names; never more than may be kept. Raises :class:`InputError`."""
    if path is None:
        return None
    try:
        with path.open("rb") as opened:
            return path.name, opened.read(LIMIT + 1)
    except OSError as bad:
        raise InputError(f"{path.name}: không đọc được ({bad.strerror})") from bad


def draft_urge(
    deps: Deps, period_id: str, by: str, *, until: dt.date | None = None, early: bool = False
) -> tuple[ReportUrge, Document]:
    """The draft công văn to all who are missing, kept with its DOCX. Raises :class:`InputError`."""
    of, who = board_of(deps, find_period(deps, period_id)), named_person(by, "--by")
    now = deps.now()
    document = urge(of, clock_of(deps), now, until=until, early=early)
    body_hash = files_of(deps).put(docx.write(document))
    made = ReportUrge(
        ReportUrge.make_id(of.period.id, body_hash),
        of.period.id,
        who,
        now,
        tuple(m.party for m in of.missing),
        body_hash,
    )
    with deps.store.transaction() as tx:
        tx.add_report_urge(made)
    return made, document


def issue_urge(
    deps: Deps, period_id: str, urge_id: str, number: str, by: str, day: dt.date | None = None
) -> UrgeIssued:
    """Văn thư's number and day. Raises :class:`InputError`."""
    period, who = find_period(deps, period_id), named_person(by, "--by")
    known = {u.id: done for u, done in deps.store.report_urges(period.id)}
    wanted = urge_id.strip()
    if wanted not in known:
        raise InputError(words.NO_URGE.format(id=wanted[:60]))
    if (done := known[wanted]) is not None:
        raise InputError(words.URGE_KNOWN.format(id=wanted, number=done.number))
    today = clock_of(deps).day_of(deps.now())
    on = day or today
    if on > today:
        raise InputError(words.FUTURE.format(day=on))
    issued = UrgeIssued(wanted, paper_number(number, "--number"), on.isoformat(), who, deps.now())
    with deps.store.transaction() as tx:
        tx.add_urge_issued(issued)
    return issued


def paper_number(text: str, option: str) -> str:
    """Số, ký hiệu of a paper: 15/SGDĐT-VP. Raises :class:`InputError`."""
    clean = told("number", text)
    if not _NUMBER.fullmatch(clean):
        raise InputError(words.BAD_NUMBER.format(option=option, text=clean[:60]))
    return clean


def write_document(document: Document, out: Path) -> None:
    """As DOCX or PDF by the ending of the name. Raises :class:`InputError` for any other."""
    forms = {".docx": docx.write, ".pdf": pdf.write}
    form = forms.get(out.suffix.lower())
    if form is None:
        raise InputError(f"{out.name}: đặt tên tệp kết thúc bằng .docx hoặc .pdf")
    write_bytes(out, form(document))


def write_bytes(out: Path, data: bytes) -> None:
    """The file. Raises :class:`InputError` where it cannot be written."""
    try:
        out.write_bytes(data)
    except OSError as bad:
        raise InputError(f"{out}: không ghi được ({bad.strerror}); chọn thư mục khác") from bad
