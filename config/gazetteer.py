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
    "institutions.csv",
)
_KNOWN = (
    "cát bà",
    "cat ba",
    "bạch long vĩ",
    "bạch long vỹ",
    "bach long vi",
)  # islands that no other province has a name like

_TYPES = ("phường", "xã", "đặc khu", "thị trấn", "quận", "huyện", "thị xã", "thành phố", "tỉnh")


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a name.

    ``kind``: unit_new · unit_old · district_old · city · former_province · province · abroad · person · bureau ·
    institution (a school of ours whose name says no place).
    """

    kind: str
    types: tuple[str, ...]  # type words that may stand before it, lower case; () = none needed
    units: tuple[str, ...]  # codes of new units
    label: str  # display name: full name of the unit, or the province
    shares: tuple[float, ...] = ()  # how much of an old unit each of ``units`` took; together 1
    within: tuple[str, str] = ("", "")  # old district and old province of an old unit, as :func:`key` writes them


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names in lower case and the older tone style → their senses. Immutable; ``version`` hashes the tables."""

    senses: Mapping[str, tuple[Sense, ...]]
    names: Mapping[str, str]  # code → full name of a new unit
    elsewhere: Mapping[str, frozenset[str]]  # name → unit types of that name in other provinces
    doubtful: Mapping[str, str]  # name → "person" | "word": alone it is probably not a place
    version: str
    known: frozenset[str] = frozenset()  # names that are ours wherever they stand


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
    _bureaus(senses)
    for sense_kind, file in (("province", "provinces.csv"), ("abroad", "abroad.csv")):
        for _, row in _rows(folder / file, ("name", "also")):
            for alias in row["also"].split("|"):
                senses[key(alias)].append(Sense(sense_kind, (), (), row["name"]))
    for _, row in _rows(folder / "institutions.csv", ("name", "also")):
        for alias in row["also"].split("|"):
            senses[key(alias)].append(Sense("institution", (), (), row["name"]))
    doubtful = {key(r["name"]): r["what"] for _, r in _rows(folder / "people_and_words.csv", ("name", "what"))}
    digest = hashlib.sha256(b"".join((folder / file).read_bytes() for file in FILES))
    return Gazetteer(
        {name: tuple(found) for name, found in senses.items()},
        names,
        _elsewhere(folder),
        doubtful,
        digest.hexdigest()[:12],
        frozenset(map(key, _KNOWN)),
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
    by_commune = _shares_of_communes(folder / "hp_old_to_new.csv", names)
    by_district: dict[tuple[str, str], list[Mapping[str, float]]] = defaultdict(list)
    communes = []
    path = folder / "hp_communes_old.csv"
    for line, row in _rows(path, ("code", "unit_type", "full_name", "short_name", "district", "old_province")):
        if row["code"] not in by_commune:
            raise ConfigError(f"{path}:{line}", f"{row['full_name']} leads nowhere", "add it to hp_old_to_new.csv")
        within = (_short(row["district"]), _short(row["old_province"]))
        by_district[within].append(by_commune[row["code"]])
        communes.append((row, within))
    path = folder / "hp_districts_old.csv"
    for line, row in _rows(path, ("unit_type", "full_name", "short_name", "old_province", "note")):
        types = {row["unit_type"].lower()} | {t for t in ("huyện", "quận") if f'was "{t}' in row["note"]}
        within = (key(row["short_name"]), _short(row["old_province"]))
        # a district without communes (Bạch Long Vĩ) stands in the table by its own name, without a code
        parts = by_district.get(within) or [by_commune[code] for code in ("",) if code in by_commune]
        if not parts:
            raise ConfigError(f"{path}:{line}", f"{row['full_name']} has no commune", "restore the table")
        taken = _together(parts)
        senses[within[0]].append(_old("district_old", types, taken, row["full_name"], within))
    for row, within in communes:
        kind = {row["unit_type"].lower()}
        senses[key(row["short_name"])].append(_old("unit_old", kind, by_commune[row["code"]], row["full_name"], within))


def _shares_of_communes(path: Path, names: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Old code → new code → the share of the old commune that went there."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    lines: dict[str, int] = {}
    for line, row in _rows(path, ("old_code", "new_code", "also_in_nso_table", "share")):
        if row["new_code"] not in names:
            raise ConfigError(
                f"{path}:{line}", f"unknown new code {row['new_code']!r}", "use a code of hp_units_new_2025.csv"
            )
        if row["also_in_nso_table"] == "no" and row["old_code"]:  # communes of one name in both provinces, mixed up
            continue
        try:
            share = float(row["share"])
        except ValueError:
            share = -1.0
        if not 0 < share <= 1:
            raise ConfigError(f"{path}:{line}", f"share {row['share']!r} is no part", "write a number over 0, up to 1")
        found[row["old_code"]][row["new_code"]] = share
        lines[row["old_code"]] = line
    for code, parts in found.items():
        if abs(sum(parts.values()) - 1) > 0.01:
            raise ConfigError(
                f"{path}:{lines[code]}", f"the shares of {code} do not add up to 1", "mend the column share"
            )
    return dict(found)


def _together(parts: list[Mapping[str, float]]) -> dict[str, float]:
    """Of a district: its communes count alike."""
    total: dict[str, float] = defaultdict(float)
    for one in parts:
        for code, share in one.items():
            total[code] += share / len(parts)
    return total


def _old(kind: str, types: set[str], taken: Mapping[str, float], name: str, within: tuple[str, str]) -> Sense:
    units = tuple(sorted(taken))
    shares = tuple(round(taken[code], 4) for code in units)
    return Sense(kind, tuple(sorted(types)), units, nfc(name), shares, within)


def _short(full_name: str) -> str:
    """Without the type word: "Huyện An Lão" → "an lão"."""
    low = key(full_name)
    return next((low[len(t) + 1 :] for t in _TYPES if low.startswith(t + " ")), low)


def _cities(senses: dict[str, list[Sense]]) -> None:
    city = Sense("city", (), (), "Hải Phòng")
    for alias in ("hải phòng", "haiphong", "tphp", "tp.hp", "tp hp", "đất cảng", "thành phố cảng", "hp",
                  "thành phố hoa phượng đỏ"):  # fmt: skip
        senses[key(alias)].append(city)
    senses[key("hải dương")].append(Sense("former_province", ("tỉnh",), (), "Hải Dương"))
    for alias, code in (
        ("cát bà", "11914"),
        ("cát hải", "11914"),
        ("bạch long vỹ", "11948"),
        ("bạch long vĩ", "11948"),
    ):
        senses[key(alias)].append(Sense("unit_new", ("đặc khu", "đảo", "quần đảo"), (code,), alias.title()))


def _bureaus(senses: dict[str, list[Sense]]) -> None:
    """The department as the press writes it, without a place: whose it is, the text around tells."""
    for form in ("giáo dục và đào tạo", "giáo dục & đào tạo", "giáo dục - đào tạo", "giáo dục-đào tạo", "giáo dục",
                 "gd&đt", "gd & đt", "gd-đt", "gd - đt", "gdđt", "gd và đt", "gd"):  # fmt: skip
        senses[key(f"sở {form}")].append(Sense("bureau", (), (), "Sở GDĐT"))


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
