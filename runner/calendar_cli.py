"""``haidang calendar …`` and ``haidang deadlines …``: the working calendar, due times explained, what is unverified."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from runner.cli_common import AsJson, Home, say, settings_of
from store.errors import ConfigError, InputError

if TYPE_CHECKING:
    from config.calendar import Calendar
    from config.calendar_days import DayOff
    from config.deadlines import Deadline, Deadlines

app = typer.Typer(
    no_args_is_help=True,
    help="Lịch làm việc: xem ngày nghỉ, soát lỗi, thử tính hạn. · Working calendar: show, check, due times.",
)
deadlines = typer.Typer(no_args_is_help=True, help="Thời hạn: danh sách và căn cứ. · Deadlines and their basis.")

OWN = "sửa dòng đó; tới lúc đó dùng bản có sẵn"
UNDECIDED = "Năm {year} chưa có quyết định: {names}. Ngày dự kiến do máy tính theo lệ các năm trước."


@app.command("show")
def show(
    year: Annotated[int, typer.Argument(min=1970, max=2198, help="Năm dương lịch. · Year.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Mọi ngày nghỉ, ngày làm bù của một năm, kèm căn cứ. · Days off and swapped days, with what they rest on."""
    from config.calendar import asleep

    calendar, _ = _loaded(home)
    rows = calendar.days_off(year)
    if as_json:
        body = [_json(row) for row in rows]
        made_up = [
            {"day": s.pair[1].isoformat(), "instead_of": s.pair[0].isoformat(), "name": s.name, "basis": s.basis,
             "verified": s.verified}
            for s in calendar.rows.swaps.values() if s.pair[1].year == year
        ]  # fmt: skip
        waiting = list(calendar.undecided(year))
        say(json.dumps({"year": year, "undecided": waiting, "off": body, "made_up": made_up}, ensure_ascii=False))
        return
    say(f"Ngày nghỉ năm {year} (ngoài ngày nghỉ hằng tuần)", bold=True)
    if names := calendar.undecided(year):
        say(UNDECIDED.format(year=year, names=", ".join(names)), fg="yellow")
    for line in _off_lines(rows):
        say(line)
    for line in _other_lines(calendar, year):
        say(line)
    for key, row in asleep(settings_of(home).home):
        say(f"{key} ({row.name}) chưa dùng: {row.confirm}", fg="yellow")


@app.command("check")
def check(home: Home = None) -> None:
    """Soát calendar.yml, deadlines.yml; nói điều chưa quyết định, chưa xác minh. · Check both files."""
    from config.calendar import SECTIONS, asleep
    from runner.deps import wall_clock

    settings = settings_of(home)
    calendar, errors = _loaded(home, tell=False)
    known, wrong = _loaded_deadlines(home, tell=False)
    for bad in (*errors, *wrong):
        _tell(bad)
    this = dt.datetime.fromtimestamp(wall_clock() / 1000, ZoneInfo(settings.timezone)).year
    for year in (this, this + 1):
        if names := calendar.undecided(year):
            say(UNDECIDED.format(year=year, names=", ".join(names)), fg="yellow")
    for line in _short_decisions(calendar):
        say(line, fg="yellow")
    for key, row in asleep(settings.home):
        say(f"{key} ({row.name}) chưa dùng: {row.confirm}", fg="yellow")
    for key, deadline in known.live.items():
        if deadline.confirm:
            say(f"deadlines.{key} ({deadline.name}): cần hỏi {deadline.confirm}", fg="yellow")
    rows = [row for section in SECTIONS for row in getattr(calendar.rows, section).values()]
    unverified = sum(not row.verified for row in rows), sum(not d.verified for d in known.live.values())
    say(f"{len(rows)} mục của lịch, {unverified[0]} chưa xác minh; {len(known.live)} thời hạn đang dùng, "
        f"{unverified[1]} chưa xác minh")  # fmt: skip
    raise typer.Exit(1 if errors or wrong else 0)


@app.command("due")
def due_(
    deadline: Annotated[str, typer.Option("--deadline", metavar="KEY", help="Mã thời hạn. · Id of the deadline.")],
    start: Annotated[str, typer.Option("--from", metavar="'YYYY-MM-DD HH:MM'", help="Tính từ lúc nào. · Since when.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Hạn của một việc, giải thích từng bước. · A due time, explained step by step."""
    from alerts.due import due
    from alerts.due_words import lines
    from alerts.formats import moment_words
    from alerts.workclock import WorkClock
    from config.calendar_rows import moment_of

    zone = settings_of(home).timezone
    known, _ = _loaded_deadlines(home)
    row = _named(known, deadline)
    try:
        wall = moment_of(start if len(start) > 10 else f"{start} 00:00")
    except ValueError as bad:
        raise InputError(f"{start!r} không phải ngày giờ; viết dạng '2026-02-13 16:00'") from bad
    calendar, _ = _loaded(home)
    clock = WorkClock(calendar, zone)
    found = due(deadline, row, clock.instant(wall), clock)
    told = lines(found, zone)
    if as_json:
        moments = {"due_at": found.due_at, "soft_at": found.soft_at, "hard_at": found.hard_at}
        more = {"verified": found.verified, "projected": found.projected, "steps": list(told)}
        say(json.dumps({"deadline": deadline, "name": row.name} | moments | more, ensure_ascii=False))
        return
    say(row.name, bold=True)
    if not row.enabled:
        say("(thời hạn này đang tắt, chỉ tính thử)", fg="yellow")
    if row.information_only:
        say("(việc của cơ quan khác, chỉ để biết: không đặt đồng hồ cho hồ sơ)", fg="yellow")
    for line in told:
        say(f"  {line}")
    for word, at in (("nhắc", found.soft_at), ("báo gấp", found.hard_at)):
        if at is not None:
            say(f"  {word} lúc {moment_words(at, zone)}")


@deadlines.command("list")
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """Mọi thời hạn: bao lâu, tính từ đâu, căn cứ, đã xác minh chưa. · Every deadline and its basis."""
    known, _ = _loaded_deadlines(home)
    if as_json:
        both = {**known.live, **known.off}
        body = {
            "deadlines": {key: row.model_dump() for key, row in both.items()},
            "recurring": {key: row.model_dump() for key, row in known.recurring.items()},
        }
        say(json.dumps(body, ensure_ascii=False))
        return
    for key, row in known.live.items():
        _say_deadline(key, row)
    if known.off:
        say("Đang tắt:", bold=True)
        for key, row in known.off.items():
            _say_deadline(key, row)
    say("Lặp lại:", bold=True)
    for key, again in known.recurring.items():
        say(f"{key}: {again.name}{_marks(verified=again.verified)}")
        say(f"    căn cứ: {again.basis or 'chưa ghi'}")


def _say_deadline(key: str, row: Deadline) -> None:
    from alerts.due_words import CLOCKS, STARTS, amount

    alarms = [f"{word} sau {amount(row.counts, at)}" for word, at in (("nhắc", row.soft), ("báo gấp", row.hard)) if at]
    say(f"{key}: {row.name}", bold=True)
    say(f"    {amount(row.counts, row.amount)} từ khi {STARTS[row.starts]}; đồng hồ {CLOCKS[row.clock]}"
        + "".join(f"; {alarm}" for alarm in alarms)
        + ("; chỉ để biết" if row.information_only else ""))  # fmt: skip
    say(f"    căn cứ: {row.basis or 'chưa ghi'}{_marks(verified=row.verified)}")


def _off_lines(rows: Sequence[DayOff]) -> Iterator[str]:
    """Days in a row that rest on the same are one line."""
    from alerts.due_words import KINDS, day

    def same(pair: tuple[int, DayOff]) -> tuple[object, ...]:
        return pair[1].day.toordinal() - pair[0], pair[1].key, pair[1].kind

    for _, group in groupby(enumerate(rows), same):
        days = [row for _, row in group]
        first, last = days[0], days[-1]
        when = day(first.day) if first is last else f"{day(first.day)} đến {day(last.day)}"
        kind = "" if first.kind == "holiday" else f", {KINDS[first.kind]}"
        yield f"{when}: {first.name}{kind}{_marks(verified=first.verified, projected=first.projected)}"
        yield f"    căn cứ: {first.basis or 'chưa ghi'}{_checked(first.verified_by, first.verified_on)}"


def _other_lines(calendar: Calendar, year: int) -> Iterator[str]:
    from alerts.due_words import day

    for swap in calendar.rows.swaps.values():
        free, worked = swap.pair
        if worked.year == year:
            yield f"{day(worked)}: làm bù cho {day(free)}{_marks(verified=swap.verified)}"
            yield f"    căn cứ: {swap.basis or 'chưa ghi'}"
    for storm in calendar.closures:
        begin, end = storm.window
        if year in (begin.year, end.year):
            yield (f"{begin:%H:%M} {day(begin.date())} đến {end:%H:%M} {day(end.date())}: {storm.name}, {storm.reason} "
                   f"({storm.decided_by}, {storm.decided_on})")  # fmt: skip
    for row in calendar.rows.hours.values():
        season = f" từ {row.since} đến {row.until} (tháng-ngày)" if row.since else ""
        yield f"{row.name}{season}: {', '.join(row.parts)}{_marks(verified=row.verified)}"


def _short_decisions(calendar: Calendar) -> Iterator[str]:
    """A decision that gives fewer working days off than the law: days in lieu were probably left out."""
    for key, row in calendar.rows.decisions.items():
        free = sum(d.weekday() not in calendar.weekend for d in row.dates())
        law = calendar.rows.holidays[row.holiday].length
        if free < law:
            yield (f"decisions.{key}: chỉ {free} ngày không trùng ngày nghỉ hằng tuần, luật cho {law}; "
                   "ghi đủ cả ngày nghỉ bù")  # fmt: skip


def _named(known: Deadlines, key: str) -> Deadline:
    every = {**known.live, **known.off}
    if key not in every:
        near = difflib.get_close_matches(key, list(every), n=1)
        hint = f"có phải {near[0]}?" if near else f"có: {', '.join(every)}"
        raise InputError(f"không có thời hạn {key!r}; {hint}")
    return every[key]


def _loaded(home: Path | None, *, tell: bool = True) -> tuple[Calendar, list[ConfigError]]:
    from config.calendar import load_calendar

    calendar, errors = load_calendar(settings_of(home).home)
    for bad in errors if tell else ():
        _tell(bad)
    return calendar, errors


def _loaded_deadlines(home: Path | None, *, tell: bool = True) -> tuple[Deadlines, list[ConfigError]]:
    from config.deadlines import load_deadlines

    known, errors = load_deadlines(settings_of(home).home)
    for bad in errors if tell else ():
        _tell(bad)
    return known, errors


def _tell(bad: ConfigError) -> None:
    from lang.reasons import vi

    typer.secho(f"{bad.where}: {vi(bad.what)} — {vi(bad.fix)}", err=True, fg="red")
    typer.secho(f"    → {OWN}", err=True)


def _marks(*, verified: bool, projected: bool = False) -> str:
    from alerts.due_words import marks

    return marks(verified=verified, projected=projected)


def _checked(by: str, on: str) -> str:
    return f" ({by} đã đối chiếu, {on})" if by else ""


def _json(row: DayOff) -> dict[str, Any]:
    return {
        "day": row.day.isoformat(), "kind": row.kind, "name": row.name, "row": row.key, "basis": row.basis,
        "projected": row.projected, "verified": row.verified,
    }  # fmt: skip
