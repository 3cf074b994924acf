"""What a person typed, as a command takes it: moments of the wall clock, offices by their names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from alerts.case_parts import HEAD_OFFICE, HEAD_ROLES, about
from alerts.case_plans import Plans
from alerts.case_words import HELD_ROUTE
from desk import case_words as words
from desk.context import Desk
from lang.text import fold, nfc
from store.errors import CaseError
from store.model_case import CaseKind, CaseRows

_FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%Y-%m-%dT%H:%M:%S")
LONGEST = 40
TO_WHOM = frozenset({CaseKind.PRESS_REQUEST, CaseKind.STORY})
"""A question goes to whoever can answer it, also when it speaks of them."""


@dataclass(frozen=True, slots=True)
class Given:
    """One form: ``values`` as typed, ``chosen`` what was ticked, ``at`` ms UTC."""

    desk: Desk
    plans: Plans
    values: Mapping[str, str]
    chosen: tuple[str, ...]
    at: int

    @property
    def who(self) -> str:
        """The name of the one who enters it, as typed."""
        return self.values.get("ten", "")

    def text(self, name: str) -> str:
        """As typed."""
        return self.values.get(name, "")

    def moment(self, name: str, label: str = "lúc nào") -> int | None:
        """ms UTC; None for an empty field. Raises :class:`CaseError`."""
        typed = " ".join(self.text(name)[:LONGEST].split())
        if not typed:
            return None
        zone = ZoneInfo(self.desk.settings.timezone)
        for form in _FORMS:
            try:
                return int(dt.datetime.strptime(typed, form).replace(tzinfo=zone).timestamp() * 1000)
            except (ValueError, OverflowError):
                continue
        raise CaseError(words.BAD_MOMENT.format(field=label, value=typed))

    def needed(self, name: str, label: str) -> int:
        """As :meth:`moment`, and it must be there."""
        found = self.moment(name, label)
        if found is None:
            raise CaseError(words.NO_MOMENT.format(field=label))
        return found

    def office(self, name: str, label: str = "đơn vị") -> str:
        """The key of a contact by its name or key; "" for an empty field. Raises :class:`CaseError`."""
        typed = nfc(self.text(name)[:200])
        if not typed:
            return ""
        found = key_of(self.plans, typed)
        if not found:
            raise CaseError(words.NO_OFFICE.format(field=label, value=typed[:60]))
        return found


def key_of(plans: Plans, typed: str) -> str:
    """The key that a name (in any case, with or without marks) or a key means; "" where nobody is called so."""
    contacts = plans.router.world.contacts
    if typed in contacts or typed.startswith("school:"):
        return typed
    exact = {contact.name.casefold(): key for key, contact in contacts.items()}
    if key := exact.get(typed.casefold()):
        return key
    bare = [key for key, contact in contacts.items() if fold(contact.name) == fold(typed)]
    return bare[0] if len(bare) == 1 else ""


def place_code(plans: Plans, said: str) -> str:
    """A unit's code by its code or name; "" for an empty field. Raises :class:`CaseError`."""
    typed = nfc(said[:200])
    if not typed:
        return ""
    for name in (f"commune:{typed}", typed, f"UBND {typed}"):
        if (key := key_of(plans, name)).startswith("commune:"):
            return key.removeprefix("commune:")
    raise CaseError(words.NO_OFFICE.format(field="nơi", value=typed[:60]))


def offices(plans: Plans, rows: CaseRows) -> list[str]:
    """Names to choose from. Of a held case those of Văn phòng Sở alone: nothing here leads to whom it speaks of."""
    return [plans.router.world.contacts[key].name for key in _keys(plans, rows)]


def head_office(plans: Plans) -> list[tuple[str, str]]:
    """(key, name) of Văn phòng Sở and its people."""
    keys = (HEAD_OFFICE, *sorted(HEAD_ROLES))
    return [(key, plans.router.world.name(key)) for key in keys if key in plans.router.world.contacts]


def _keys(plans: Plans, rows: CaseRows) -> Sequence[str]:
    if rows.now.held:
        return [key for key, _ in head_office(plans)]
    spoken_of = frozenset() if rows.case.kind in TO_WHOM else about(rows)
    kinds = ("office:", "commune:", "role:")
    return [key for key in plans.router.world.contacts if key.startswith(kinds) and key not in spoken_of]


def guard_recipient(plans: Plans, rows: CaseRows, kind: str, to: str, names: Mapping[str, str]) -> None:
    """Of a held complaint only papers of the house, to nobody outside of it. Raises :class:`CaseError`."""
    if not rows.now.held:
        return
    if kind not in names:
        raise CaseError(f"{rows.case.label}: {words.HELD_PAPER.format(kinds=', '.join(names.values()))}")
    key = key_of(plans, nfc(to))
    if to.strip() and (not key or key in about(rows) or not plans.inside(key)):
        raise CaseError(HELD_ROUTE.format(label=rows.case.label, office=to.strip()[:60]))
