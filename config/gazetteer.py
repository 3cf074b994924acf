"""The places of Hải Phòng and, roughly, of everywhere else: read strictly from ``config/gazetteer/*.csv``.

A *sense* is one thing that a name may stand for. Units are the codes of the 114 units since 1 July 2025; an old
commune or district carries every new unit that took part of it. ``SOURCE.txt`` beside the tables says whose they are.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from config.settings import SHIPPED
from lang.text import nfc, old_tone_style
from store.errors import ConfigError

FILES = (
    "hp_units_new_2025.csv",
    "hp_districts_old.csv",
    "hp_communes_old.csv",
    "hp_old_to_new.csv",
    "hp_ambiguous_names.csv",
    "provinces.csv",
    "abroad.csv",
    "people_and_words.csv",
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a name.

    ``kind``: unit_new · unit_old · district_old · city · former_province · province · abroad · person.
    """

    kind: str
    types: tuple[str, ...]  # type words that may stand before it, lower case; () = none needed
    units: tuple[str, ...]  # codes of new units
    label: str  # display name: full name of the unit, or the province


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names in lower case and the older tone style → their senses. Immutable; ``version`` hashes the tables."""

    senses: Mapping[str, tuple[Sense, ...]]
    names: Mapping[str, str]  # code → full name of a new unit
    elsewhere: Mapping[str, frozenset[str]]  # name → unit types of that name in other provinces
    doubtful: Mapping[str, str]  # name → "person" | "word": alone it is probably not a place
    version: str


def key(name: str) -> str:
    """The form in which names are compared: NFC, lower case, older tone style."""
    return old_tone_style(nfc(name)).lower()


def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """Read all tables (about 10 ms). Raises :class:`ConfigError` naming file and line of what is wrong."""
    folder = folder or SHIPPED / "gazetteer"
    senses: dict[str, list[Sense]] = defaultdict(list)
    names = _new_units(folder, senses)
    _old_units(folder, senses, names)
    _cities(senses)
    for sense_kind, file in (("province", "provinces.csv"), ("abroad", "abroad.csv")):
        for _, row in _rows(folder / file, ("name", "also")):
            for alias in row["also"].split("|"):
                senses[key(alias)].append(Sense(sense_kind, (), (), row["name"]))
    doubtful = {key(r["name"]): r["what"] for _, r in _rows(folder / "people_and_words.csv", ("name", "what"))}
    digest = hashlib.sha256(b"".join((folder / file).read_bytes() for file in FILES))
    return Gazetteer(
        {name: tuple(found) for name, found in senses.items()},
        names,
        _elsewhere(folder),
        doubtful,
        digest.hexdigest()[:12],
    )


def _new_units(folder: Path, senses: dict[str, list[Sense]]) -> dict[str, str]:
    names: dict[str, str] = {}
    for _, row in _rows(folder / "hp_units_new_2025.csv", ("code", "unit_type", "short_name", "full_name")):
        names[row["code"]] = nfc(row["full_name"])
        senses[key(row["short_name"])].append(
            Sense("unit_new", (row["unit_type"].lower(),), (row["code"],), nfc(row["full_name"]))
        )
    return names


def _old_units(folder: Path, senses: dict[str, list[Sense]], names: Mapping[str, str]) -> None:
    by_commune: dict[str, list[str]] = defaultdict(list)
    by_district: dict[str, list[str]] = defaultdict(list)
    path = folder / "hp_old_to_new.csv"
    for line, row in _rows(path, ("old_code", "old_district", "new_code", "also_in_nso_table")):
        if row["new_code"] not in names:
            raise ConfigError(
                f"{path}:{line}", f"unknown new code {row['new_code']!r}", "use a code of hp_units_new_2025.csv"
            )
        if row["also_in_nso_table"] == "no" and row["old_code"]:  # communes of one name in both provinces, mixed up
            continue
        by_commune[row["old_code"]].append(row["new_code"])
        by_district[key(row["old_district"])].append(row["new_code"])
    for _, row in _rows(folder / "hp_districts_old.csv", ("unit_type", "full_name", "short_name", "note")):
        types = {row["unit_type"].lower()} | {t for t in ("huyện", "quận") if f'was "{t}' in row["note"]}
        units = tuple(sorted(set(by_district[key(row["full_name"])])))
        senses[key(row["short_name"])].append(Sense("district_old", tuple(sorted(types)), units, nfc(row["full_name"])))
    for _, row in _rows(folder / "hp_communes_old.csv", ("code", "unit_type", "full_name", "short_name")):
        units = tuple(sorted(set(by_commune[row["code"]])))
        senses[key(row["short_name"])].append(
            Sense("unit_old", (row["unit_type"].lower(),), units, nfc(row["full_name"]))
        )


def _cities(senses: dict[str, list[Sense]]) -> None:
    city = Sense("city", (), (), "Hải Phòng")
    for alias in ("hải phòng", "haiphong", "tphp", "tp.hp", "tp hp", "đất cảng", "thành phố cảng", "hp",
                  "thành phố hoa phượng đỏ"):  # fmt: skip
        senses[key(alias)].append(city)
    senses[key("hải dương")].append(Sense("former_province", ("tỉnh",), (), "Hải Dương"))
    for alias, code in (("cát bà", "11914"), ("bạch long vỹ", "11948"), ("bạch long vĩ", "11948")):
        senses[key(alias)].append(Sense("unit_new", ("đặc khu", "đảo", "quần đảo"), (code,), alias.title()))


def _elsewhere(folder: Path) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for _, row in _rows(folder / "hp_ambiguous_names.csv", ("name", "same_name_units_elsewhere")):
        units = [u.strip().split(" ")[0].lower() for u in row["same_name_units_elsewhere"].split(";") if u.strip()]
        districts = [u.strip().split(" ")[0].lower() for u in row["old_districts_elsewhere"].split(";") if u.strip()]
        types = {"thành phố" if t == "thành" else "đặc khu" if t == "đặc" else t for t in units + districts}
        found[key(row["name"])] = frozenset(types)
    return found


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as bad:
        raise ConfigError(f"{path}:1", "cannot be read", "restore the table from the release") from bad
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise ConfigError(
            f"{path}:1", f"missing column {missing[0]!r}", f"the columns must include {', '.join(needed)}"
        )
    for row in reader:
        if None in row.values() or None in row:
            raise ConfigError(
                f"{path}:{reader.line_num}", "wrong number of cells", "put text with commas in double quotes"
            )
        yield reader.line_num, row
