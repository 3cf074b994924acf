"""*Lịch trực* read from cells: day, hours of the shift, who is on duty, deputy, leader. Every fault with its cell.

One row is one shift. The head row is found by its words; a title above it and a note below the list are let be. All
faults of a file are told at once, and a file with any fault is not taken.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from alerts import roster_words as words
from alerts.roster_file import Cell, Sheet
from lang.text import fold
from store.errors import InputError
from store.model_roster import DutyShift

LONGEST_NAME = 100
MOST_FAULTS = 30
HEAD_WITHIN = 15  # rows
LONGEST_H = 48
_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})|(\d{4})-(\d{2})-(\d{2})")
_HOUR = r"(\d{1,2})\s*(?:[:hg]\s*(\d{2})?|giờ\s*(\d{2})?)?(?:\s*phút)?"
_TIME = re.compile(_HOUR, re.IGNORECASE)
_HOURS = re.compile(rf"{_HOUR}\s*(?:-|–|—|đến|tới|->|→)\s*{_HOUR}(?:\s*\(?(hôm sau|ngày hôm sau)\)?)?", re.IGNORECASE)
_ALL_DAY = frozenset({"ca ngay", "24/24", "24h", "24 gio", "24/24h", "ngay dem"})
MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z][A-Za-z0-9-]{1,62}")
PHONE = re.compile(r"\+\d{8,15}|0\d{8,10}")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("ngay", "ngay truc", "thu, ngay", "thu ngay"),
    "hours": ("ca", "gio", "ca truc", "gio truc", "ca (gio)", "thoi gian", "gio ca"),
    "from": ("tu gio", "tu", "bat dau"),
    "to": ("den gio", "den", "ket thuc"),
    "on_duty": ("nguoi truc", "can bo truc", "ho ten nguoi truc", "ho va ten", "truc"),
    "tel": ("dien thoai", "sdt", "so dien thoai", "di dong", "dt", "dien thoai nguoi truc"),
    "email": ("email", "e-mail", "thu dien tu", "email nguoi truc"),
    "deputy": ("truc phu", "pho van phong", "cap pho", "pho truc", "truc pho", "nguoi truc phu"),
    "deputy_tel": ("dien thoai cap pho", "dien thoai pho", "dien thoai truc phu", "dien thoai pho van phong"),
    "deputy_email": ("email cap pho", "email pho", "email truc phu", "email pho van phong"),
    "leader": ("lanh dao truc", "lanh dao", "truc lanh dao"),
    "leader_tel": ("dien thoai lanh dao", "dien thoai lanh dao truc", "sdt lanh dao"),
    "leader_email": ("email lanh dao", "email lanh dao truc"),
}
_NEEDED = ("day", "on_duty")


@dataclass(frozen=True, slots=True)
class Read:
    """Shifts without their list, in the order of the file; ``days`` ISO, sorted."""

    shifts: tuple[DutyShift, ...]
    days: tuple[str, ...]


class RosterFault(InputError):
    """A list that cannot be taken: ``faults``, each with its cell."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def read_roster(sheets: Sequence[Sheet], tz: str = "Asia/Ho_Chi_Minh") -> Read:
    """Every sheet that has a head row. Raises :class:`RosterFault` with all faults (the first thirty)."""
    faults: list[str] = []
    shifts: list[DutyShift] = []
    heads = 0
    for sheet in sheets:
        head = _head(sheet)
        if head is None:
            continue
        heads += 1
        row, columns = head
        if missing := [words.COLUMNS[c] for c in _NEEDED if c not in columns]:
            faults.append(words.NO_COLUMN.format(place=sheet.rows[row][0].place, missing=", ".join(missing)))
        elif "hours" not in columns and not {"from", "to"} <= columns.keys():
            faults.append(words.NO_COLUMN.format(place=sheet.rows[row][0].place, missing=words.COLUMNS["hours"]))
        else:
            shifts += _Rows(sheet, row, columns, ZoneInfo(tz), faults).read(len(shifts))
    if not heads:
        faults.append(words.NO_HEAD)
    elif not shifts and not faults:
        faults.append(words.NO_SHIFT)
    faults += _twice(shifts)
    if faults:
        raise RosterFault(faults[:MOST_FAULTS])
    return Read(tuple(shifts), tuple(sorted({s.day for s in shifts})))


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """(row, column of each field) of the first row that names at least two fields, the day or the person among them."""
    for number, row in enumerate(sheet.rows[:HEAD_WITHIN]):
        columns: dict[str, int] = {}
        for n, cell in enumerate(row):
            name = _folded(cell.text)
            field = next((f for f, names in _COLUMNS.items() if name in names), None)
            if field and field not in columns:
                columns[field] = n
        if len(columns) >= 2 and ("day" in columns or "on_duty" in columns):
            return number, columns
    return None


class _Rows:
    """The rows under one head."""

    def __init__(self, sheet: Sheet, head: int, columns: dict[str, int], zone: ZoneInfo, faults: list[str]) -> None:
        self.sheet, self.head, self.columns, self.zone, self.faults = sheet, head, columns, zone, faults

    def read(self, known: int) -> list[DutyShift]:
        found: list[DutyShift] = []
        for row in self.sheet.rows[self.head + 1 :]:
            cells = {field: row[n] for field, n in self.columns.items()}
            if not any(cell.value != "" for field, cell in cells.items() if field != "day"):
                continue  # an empty row, or a note below the list
            before = len(self.faults)
            shift = self._shift(cells, known + len(found) + 1)
            if shift is not None and len(self.faults) == before:
                found.append(shift)
        return found

    def _shift(self, cells: Mapping[str, Cell], number: int) -> DutyShift | None:
        day = self._day(cells["day"])
        hours = self._hours(cells)
        people = {f: self._name(cells.get(f), needed=f == "on_duty") for f in ("on_duty", "deputy", "leader")}
        ways = {
            f: self._way(cells.get(f), tel=f.endswith("tel"))
            for f in ("tel", "email", "deputy_tel", "deputy_email", "leader_tel", "leader_email")
        }
        if day is None or hours is None:
            return None
        begins, ends = (dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=m) for m in hours)
        return DutyShift(
            "", number, day.isoformat(), self._ms(begins), self._ms(ends),
            people["on_duty"], ways["tel"], ways["email"],
            people["deputy"], ways["deputy_tel"], ways["deputy_email"],
            people["leader"], ways["leader_tel"], ways["leader_email"],
            cells["on_duty"].place,
        )  # fmt: skip

    def _ms(self, wall: dt.datetime) -> int:
        return int(wall.replace(tzinfo=self.zone).timestamp() * 1000)

    def _fault(self, form: str, cell: Cell) -> None:
        self.faults.append(form.format(place=cell.place, value=cell.text[:40]))

    def _day(self, cell: Cell) -> dt.date | None:
        if isinstance(cell.value, dt.date):
            return self._near(cell, cell.value)
        found = _DATE.search(cell.text)
        if found is None:
            self._fault(words.NO_DAY, cell)
            return None
        try:
            d, m, y = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
            return self._near(cell, dt.date(int(y), int(m), int(d)))
        except ValueError:
            self._fault(words.BAD_DAY, cell)
            return None

    def _near(self, cell: Cell, day: dt.date) -> dt.date | None:
        if 2020 <= day.year <= 2100:
            return day
        self._fault(words.BAD_DAY, cell)
        return None

    def _hours(self, cells: Mapping[str, Cell]) -> tuple[int, int] | None:
        """Minutes of the day at which the shift begins and ends; more than 24 hours' worth where it passes midnight."""
        if "hours" in cells and cells["hours"].text:
            cell = cells["hours"]
            if _folded(cell.text) in _ALL_DAY:
                return 0, 1440
            found = _HOURS.fullmatch(cell.text)
            if found is None:
                self._fault(words.NO_HOURS, cell)
                return None
            begins, ends = _minute(found.groups()[:3]), _minute(found.groups()[3:6])
        elif {"from", "to"} <= cells.keys():
            cell = cells["from"]
            begins, ends = _clock(cells["from"]), _clock(cells["to"])
        else:
            self._fault(words.NO_HOURS, cells["hours"] if "hours" in cells else cells["day"])
            return None
        if begins is None or ends is None or begins >= 1440:
            self._fault(words.NO_HOURS, cell)
            return None
        return begins, ends if ends > begins else ends + 1440

    def _name(self, cell: Cell | None, *, needed: bool = False) -> str:
        text = cell.text if cell else ""
        if cell is None or (not text and not needed):
            return ""
        letters = sum(c.isalpha() for c in text)
        if not text:
            self._fault(words.NO_NAME, cell)
        elif letters < 2 or len(text) > LONGEST_NAME or any(c in "<>{}|\\@;" for c in text):
            self._fault(words.BAD_NAME, cell)
        return text

    def _way(self, cell: Cell | None, *, tel: bool) -> str:
        text = cell.text if cell else ""
        if cell is None or not text:
            return ""
        if tel:
            text = re.sub(r"[\s.()-]", "", text)
            text = f"0{text}" if re.fullmatch(r"[1-9]\d{8}", text) else text  # a spreadsheet takes the zero off
        if not (PHONE if tel else MAIL).fullmatch(text):
            self._fault(words.BAD_PHONE if tel else words.BAD_MAIL, cell)
        return text


def _twice(shifts: Sequence[DutyShift]) -> Iterator[str]:
    seen: dict[tuple[int, int, str], str] = {}
    for shift in shifts:
        key = (shift.starts_at, shift.ends_at, shift.on_duty)
        if key in seen:
            yield words.TWICE.format(place=shift.place, other=seen[key])
        seen.setdefault(key, shift.place)


def _clock(cell: Cell) -> int | None:
    if isinstance(cell.value, dt.time):
        return cell.value.hour * 60 + cell.value.minute
    if isinstance(cell.value, dt.date):
        return 0  # midnight, as a spreadsheet stores it
    found = _TIME.fullmatch(cell.text)
    return _minute(found.groups()) if found else None


def _minute(groups: Sequence[str | None]) -> int | None:
    hour, minute = int(groups[0] or 0), int(groups[1] or groups[2] or 0)
    return hour * 60 + minute if hour * 60 + minute <= 1440 and minute < 60 else None


def _folded(text: str) -> str:
    return " ".join(fold(text).replace("đ", "d").lower().replace("\n", " ").split()).strip(" .:")
