"""Days of a claim as ranges of ordinals: 30/5, ngày 30 tháng 5, 06 và 07/6, từ 20 đến 29/4, thứ Hai tới, hết tháng 6.

A day without a year takes the year that brings it nearest to ``anchor`` (when the text was published or issued);
without an anchor it is compared by day and month.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from lang.claims_dates_words import (
    BARE,
    CLOSES,
    DAYS,
    END,
    LIST,
    MONTH,
    NAMES,
    ONE,
    OPENS,
    RELATIVE,
    SHIFT,
    START,
    WEEKDAY,
    WHOLE,
    D,
    M,
    Y,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day or a stretch of days; ``role``: start · end · on; ``vague`` where it is a part of a month or a week."""

    first: int  # proleptic ordinal
    last: int
    role: str
    vague: bool
    yearless: bool
    begin: int
    end: int
    guessed: bool = False  # its year is not said: the one that brings it nearest to the text
    told: bool = False  # hôm qua, tháng này: where the story stands, seldom what a rule says

    def agrees(self, other: Day) -> bool:
        """Whether both may be one day; a start never is an end."""
        if {self.role, other.role} == {"start", "end"}:
            return False
        if self.yearless or other.yearless or ((self.guessed or other.guessed) and self.role == other.role):
            a, b, c, d = (dt.date.fromordinal(o) for o in (self.first, self.last, other.first, other.last))
            return _md(a) <= _md(d) and _md(c) <= _md(b)
        return self.first <= other.last and other.first <= self.last


_FEAST = re.compile(r"(\d{1,2}/\d{1,2})/\d{4}\s*[-–]\s*\1/\d{4}")  # (13/5/1955 - 13/5/2025): an anniversary
_MONTH_NAME = re.compile(
    r"(?<=\d )tháng (giêng|hai|ba|tư|năm(?! \d)|sáu|bảy|tám|chín|mười một|mười hai|mười|một|chạp)(?: dương lịch)?(?!\w)"
)


def _in_figures(match: re.Match[str]) -> str:
    """15 tháng giêng → 15 tháng 1, of the same length."""
    name = match[1]
    month = {"mười một": 11, "mười hai": 12, "một": 11}.get(name) or NAMES[name]
    return f"tháng {month}".ljust(len(match[0]))


def _md(day: dt.date) -> tuple[int, int]:
    return day.month, day.day


def days(low: str, anchor: dt.date | None) -> list[Day]:
    """Days in lower-case text of one tone style, by place; at most 40."""
    low = _FEAST.sub(lambda m: " " * len(m[0]), _MONTH_NAME.sub(_in_figures, low))
    found: list[Day] = []
    taken: list[tuple[int, int]] = []

    def free(begin: int, end: int) -> bool:
        return all(end <= a or b <= begin for a, b in taken)

    year = _year_said(low)
    months = {NAMES.get(m["month"]) or int(m["month"]) for m in MONTH.finditer(low)}
    named = next(iter(months)) if len(months) == 1 else 0
    for match in LIST.finditer(low):
        found += _of_list(match, low, anchor, year)
        taken.append(match.span())
    for match in ONE.finditer(low):
        if free(*match.span()):
            one = _day(match["day"], match["tail"], anchor, year)
            if one is not None:
                told_year = re.search(Y, match["tail"]) is not None or year is not None
                made = _made(one, one, low, match.span(), not _sure(match["tail"], anchor, year))
                found.append(replace(made, guessed=not told_year))
                taken.append(match.span())
    for pattern, reader in (
        (MONTH, _month),
        (RELATIVE, _relative),
        (WEEKDAY, _weekday),
        (WHOLE, _whole),
        (BARE, _bare),
    ):
        for match in pattern.finditer(low):
            if free(*match.span()):
                stretch = _of_month(match, named, anchor) if pattern is BARE and named else reader(match, anchor, year)
                if stretch is not None and not _beside(match, low, taken, pattern is WEEKDAY):
                    told = pattern is WHOLE or (pattern is RELATIVE and match["day"] not in ("mai", "kia"))
                    loose = anchor is None and year is None
                    day = _made(*stretch, low, match.span(), loose, vague=stretch[0] != stretch[1])
                    found.append(replace(day, told=told))
                    taken.append(match.span())
    return sorted(found, key=lambda one: one.begin)[:40]


def _beside(match: re.Match[str], low: str, taken: list[tuple[int, int]], weekday: bool) -> bool:
    """A weekday or "hôm nay" right before or behind a date names the same day again."""
    return any(
        (0 <= a - match.end() <= 12 and not re.search(r"đến|tới|và|[.;]", low[match.end() : a]))
        or (0 <= match.start() - b <= 6 and low[b : match.start()].strip() in ("", "(", ",", "là"))
        for a, b in taken
    ) and (weekday or True)


def _of_list(match: re.Match[str], low: str, anchor: dt.date | None, year: int | None) -> list[Day]:
    tail = match["tail"]
    spots = [*re.finditer(rf"{D}(?:\s*/\s*{M})?", low[match.start() : match.start("day")])]
    out: list[Day] = []
    whole = match.span()
    joins = match["more"] + match["join"]
    ranged = re.search(r"đến|tới|-|–", joins) is not None
    for spot in spots:
        written = spot[0].split("/")
        own = f"/{written[1].strip()}" if len(written) > 1 else tail
        if len(written) > 1 and (found := re.search(Y, tail)):
            own += f"/{found[0]}"
        one = _day(written[0].strip(), own, anchor, year)
        if one is not None:
            at = (match.start() + spot.start(), match.start() + spot.end())
            role = "start" if ranged and spot is spots[0] else ""
            out.append(_made(one, one, low, at, not _sure(tail, anchor, year), role))
    last = _day(match["day"], tail, anchor, year)
    if last is not None:
        out.append(
            _made(
                last,
                last,
                low,
                (match.start("day"), whole[1]),
                not _sure(tail, anchor, year),
                "end" if ranged else "same",
            )
        )
    if len(out) > 1 and not ranged:  # two days of one event share the role of the first
        out = [
            Day(d.first, d.last, out[0].role if out[0].role != "same" else "on", d.vague, d.yearless, d.begin, d.end)
            for d in out
        ]
    if ranged and len(out) == 2 and out[0].first > out[1].last:
        return [d for d in out if d is not out[0]]
    return out


def _sure(tail: str, anchor: dt.date | None, year: int | None) -> bool:
    return bool(re.search(Y, tail)) or anchor is not None or year is not None


def _year_said(low: str) -> int | None:
    """The only year that the text has."""
    said = {int(y) for y in re.findall(rf"(?<!\d)({Y})(?!\d|-\d)", low)}
    return said.pop() if len(said) == 1 else None


def _day(day: str, tail: str, anchor: dt.date | None, year: int | None) -> int | None:
    months = re.search(rf"(?:[/.-]\s*|tháng\s+)({M})(?!\d)", tail)
    if not months:
        return None
    years = re.search(rf"({Y})", tail)
    return _ordinal(int(day), int(months[1]), int(years[1]) if years else None, anchor, year)


def _ordinal(day: int, month: int, year: int | None, anchor: dt.date | None, said: int | None) -> int | None:
    try:
        if year is not None:
            return dt.date(year, month, day).toordinal()
        if anchor is None:
            return dt.date(said or 2000, month, day).toordinal()
        near = [
            dt.date(y, month, day) for y in (anchor.year - 1, anchor.year, anchor.year + 1) if _valid(y, month, day)
        ]
        return min(near, key=lambda d: _far(d, anchor)).toordinal() if near else None
    except ValueError:
        return None


def _far(day: dt.date, anchor: dt.date) -> float:
    """Days between, those past counted dearer: a notice of June says 31/12 of the December to come."""
    gap = (day - anchor).days
    return gap if gap >= 0 else -1.5 * gap


def _valid(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _made(  # noqa: PLR0917
    first: int, last: int, low: str, at: tuple[int, int], yearless: bool, role: str = "", vague: bool = False
) -> Day:
    if not role:
        before, after = low[max(0, at[0] - 40) : at[0]], low[at[1] : at[1] + 30]
        matched = low[at[0] : at[1]]
        if OPENS.search(after) or START.search(before):
            role = "start"
        elif END.search(before) or matched.startswith(("hết", "ngày cuối")) or CLOSES.search(after):
            role = "end"
        else:
            role = "on"
    return Day(first, last, role, vague, yearless, *at)


def _month(match: re.Match[str], anchor: dt.date | None, said: int | None) -> tuple[int, int] | None:
    name = match["month"]
    month = int(name) if name.isdigit() else NAMES[name]
    year = re.search(Y, match[0])
    if anchor is None and year is None and said is None:
        base = 2000
    elif year:
        base = int(year[0])
    elif anchor:
        base = min(
            (anchor.year - 1, anchor.year, anchor.year + 1), key=lambda y: abs((dt.date(y, month, 15) - anchor).days)
        )
    else:
        base = said or 2000
    return _part(match["part"], base, month)


def _part(part: str | None, year: int, month: int) -> tuple[int, int]:
    size = calendar.monthrange(year, month)[1]
    first, last = {"đầu": (1, 10), "giữa": (11, 20), "cuối": (21, size), "hết": (size, size),
                   "ngày cuối cùng của": (size, size),
                   "ngày cuối cùng": (size, size)}.get(part or "", (1, size))  # fmt: skip
    return dt.date(year, month, first).toordinal(), dt.date(year, month, last).toordinal()


def _relative(match: re.Match[str], anchor: dt.date | None, _: int | None) -> tuple[int, int] | None:
    if anchor is None:
        return None
    day = anchor.toordinal() + SHIFT[match["day"] or match["whole"]]
    return day, day


def _weekday(match: re.Match[str], anchor: dt.date | None, _: int | None) -> tuple[int, int] | None:
    if anchor is None:
        return None
    wanted = DAYS[match["name"].split()[-1]]
    monday = anchor.toordinal() - anchor.weekday()
    which = match["which"] or ""
    if which in ("tuần sau", "tuần tới"):
        day = monday + 7 + wanted
    elif which in ("tới", "sau"):
        day = anchor.toordinal() + ((wanted - anchor.weekday() - 1) % 7) + 1
    elif which in ("tuần trước", "tuần rồi"):
        day = monday - 7 + wanted
    elif which in ("vừa rồi", "vừa qua", "qua", "trước"):
        day = (
            anchor.toordinal() - ((anchor.weekday() - wanted - 1) % 7 + 1)
            if which != "vừa rồi"
            else anchor.toordinal() - (anchor.weekday() - wanted) % 7
        )
    elif which in ("tuần này", "này"):
        day = monday + wanted
    else:
        return None  # thứ Bảy alone: every one of them
    return day, day


def _bare(match: re.Match[str], anchor: dt.date | None, _: int | None) -> tuple[int, int] | None:
    """hết ngày 15, hôm mùng 5: of the month that brings it nearest."""
    if anchor is None:
        return None
    base = anchor.year * 12 + anchor.month - 1
    near = [
        dt.date(m // 12, m % 12 + 1, int(match["day"]))
        for m in (base - 1, base, base + 1)
        if _valid(m // 12, m % 12 + 1, int(match["day"]))
    ]
    day = min(near, key=lambda d: abs((d - anchor).days)).toordinal()
    return day, day


def _of_month(match: re.Match[str], month: int, anchor: dt.date | None) -> tuple[int, int] | None:
    """đầu tháng 5, từ mùng 5 đến mùng 7: bare days of the month that the sentence names."""
    day = _ordinal(int(match["day"]), month, None, anchor, None)
    return None if day is None else (day, day)


def _whole(match: re.Match[str], anchor: dt.date | None, _: int | None) -> tuple[int, int] | None:
    if anchor is None:
        return None
    step = {"này": 0, "nay": 0, "sau": 1, "tới": 1, "trước": -1, "ngoái": -1, "rồi": -1}[match["which"]]
    if match["what"] == "tháng":
        month = anchor.year * 12 + anchor.month - 1 + step
        return _part(match["part"], month // 12, month % 12 + 1)
    if match["what"] == "năm":
        year = anchor.year + step
        if match["part"] == "hết":
            return (dt.date(year, 12, 31).toordinal(),) * 2
        return None  # năm nay, năm sau: too wide to be set against a day
    return None
