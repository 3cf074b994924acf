"""Which cases a list shows: one filter for the board and the table, and all of it in the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from alerts.case_words import KINDS, SEVERITIES, STATES
from desk import case_words as words
from desk.context import BadAddress
from store.model_case import CaseQuery

ADDRESS = "/viec-can-xu-ly"
NAMES = ("tinh_trang", "loai", "don_vi", "nguoi", "noi", "muc", "qua_han", "so", "xem", "sau")
LONGEST = 200
_BEHIND = re.compile(r"(\d{1,16})\.(cas_[a-z0-9]{1,60})")
_NUMBER = re.compile(r"(?:(\d{4})\s*[/-]\s*)?0*(\d{1,7})")
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "tinh_trang": {**STATES, words.EVERY: ""},
    "loai": KINDS,
    "muc": SEVERITIES,
    "qua_han": {"1": ""},
    "xem": words.VIEWS,
}


@dataclass(frozen=True, slots=True)
class Filter:
    """As asked for; empty parts ask nothing. ``state`` "" means: what is open."""

    state: str = ""
    kind: str = ""
    office: str = ""
    assignee: str = ""
    place: str = ""
    severity: str = ""
    overdue: bool = False
    number: str = ""
    view: str = "bang"
    behind: tuple[int, str] | None = None

    @property
    def asks(self) -> bool:
        """Whether anything but the usual is asked for."""
        return replace(self, view="bang", behind=None) != Filter()

    def query(self, now: int, limit: int, state: str | None = None) -> CaseQuery:
        """For the store. ``state``: another than the filter's own."""
        wanted = self.state if state is None else state
        closed = wanted == "ket_thuc"
        return CaseQuery(
            open=None if wanted == words.EVERY or closed else True,
            kind=self.kind,
            state="" if wanted == words.EVERY else wanted,
            office=self.office,
            assignee=self.assignee,
            place=self.place,
            severity=self.severity,
            overdue_at=now if self.overdue else None,
            limit=limit,
        )

    def numbered(self, year: int) -> tuple[int, int] | None:
        """(year, number) of a case by its number, this year's unless it says another; None for what is none."""
        found = _NUMBER.fullmatch(self.number)
        return (int(found[1] or year), int(found[2])) if found else None

    def link(self, **changed: object) -> str:
        """The address of the list with some parts changed; paging begins anew unless ``behind`` is given."""
        one = replace(self, **({"behind": None} | changed))  # type: ignore[arg-type]
        behind = f"{one.behind[0]}.{one.behind[1]}" if one.behind else ""
        values = (
            one.state, one.kind, one.office, one.assignee, one.place, one.severity, "1" if one.overdue else "",
            one.number, "" if one.view == "bang" else one.view, behind,
        )  # fmt: skip
        asked = urlencode([(name, value) for name, value in zip(NAMES, values, strict=True) if value])
        return f"{ADDRESS}?{asked}" if asked else ADDRESS


def read(given: QueryParams | Mapping[str, str]) -> Filter:
    """From an address. Raises :class:`BadAddress` for what a list does not know."""
    said = {name: " ".join(str(given.get(name, "")).split()) for name in NAMES}
    for name, value in said.items():
        known = _CHOICES.get(name)
        if len(value) > LONGEST or (value and known is not None and value not in known):
            raise BadAddress(words.BAD_CHOICE.format(name=name))
    behind = _BEHIND.fullmatch(said["sau"])
    if said["sau"] and behind is None:
        raise BadAddress(words.BAD_PLACE)
    return Filter(
        said["tinh_trang"], said["loai"], said["don_vi"], said["nguoi"], said["noi"], said["muc"],
        said["qua_han"] == "1", said["so"], said["xem"] or "bang", (int(behind[1]), behind[2]) if behind else None,
    )  # fmt: skip
