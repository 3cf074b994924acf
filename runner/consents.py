"""`haidang consent`: whose family agreed, on paper, that a commended pupil is named. A row names who recorded it.

A pupil's name in a row is personal data. It is kept for one purpose, shown in one list, and blanked when the consent is
withdrawn; what remains says that there was a consent, where its paper lies, and who ended it when and why.
"""

from __future__ import annotations

import re

from alerts.formats import exactly
from lang.school_names import has_kind, spelled
from lang.text import fold, nfc
from runner.deps import Deps
from runner.people import named_person, told_reason
from store.errors import InputError
from store.model_reading import Consent, Purpose

LONGEST, LONGEST_CLASS = 200, 40
NONE = "Chưa ghi sự đồng ý nào còn hiệu lực."
_WORDS = re.compile(r"[^\W\d_]+")


def add(deps: Deps, pupil: str, school: str, document: str, by: str, pupil_class: str = "") -> Consent:
    """Record that the name may be shown in the commendation list.

    Raises :class:`InputError` for a name of one syllable, a school without its kind, no document, and what is recorded.
    """
    name, where, group = _name(pupil), _school(school), nfc(pupil_class)
    if len(group) > LONGEST_CLASS:
        raise InputError(f"--class: dài quá {LONGEST_CLASS} ký tự")
    paper = nfc(document)
    if not any(c.isalnum() for c in paper) or len(paper) > LONGEST:
        raise InputError(f"--document: ghi số, ngày của giấy đồng ý và nơi cất giấy (tối đa {LONGEST} ký tự)")
    person = named_person(by, "--by")
    known = next((c for c in deps.store.consents(Purpose.COMMENDATION) if _same(c, name, where)), None)
    if known is not None:
        raise InputError(f"đã ghi rồi: {known.id}, {known.recorded_by} ghi, giấy {known.document}")
    now = deps.now()
    row = Consent(
        Consent.make_id(Purpose.COMMENDATION, paper, person, now), Purpose.COMMENDATION, name, group, where, paper,
        person, now,
    )  # fmt: skip
    with deps.store.transaction() as tx:
        if not tx.add_consent(row):
            raise InputError("một lần ghi khác vừa được lưu cùng lúc; làm lại")
    return row


def withdraw(deps: Deps, consent_id: str, by: str, reason: str) -> Consent:
    """End it and blank the name. Raises :class:`InputError` when it is unknown or was ended before."""
    person, why = named_person(by, "--by"), told_reason(reason)
    found = deps.store.consent(consent_id)
    if found is None:
        raise InputError(f"không có sự đồng ý nào mang mã {consent_id[:60]!r}; xem `haidang consent list`")
    if found.pupil and fold(found.pupil) in fold(why):
        raise InputError("--reason: lý do được giữ lại, nên đừng ghi tên học sinh trong đó")
    with deps.store.transaction() as tx:
        if not tx.withdraw_consent(consent_id, person, why, deps.now()):
            raise InputError(f"{consent_id}: {found.withdrawn_by} đã ghi rút lại trước đó; không sửa")
    ended = deps.store.consent(consent_id)
    assert ended is not None  # rows are never removed
    return ended


def lines(deps: Deps, consents: list[Consent]) -> list[str]:
    """The list as people read it at a terminal."""
    tz = deps.settings.timezone
    out = []
    for c in consents:
        who = ", ".join(part for part in (c.pupil, c.pupil_class and f"lớp {c.pupil_class}", c.school) if part)
        out += [f"{c.id}  {who or '(tên đã xóa)'}", f"    giấy {c.document}; {c.recorded_by} ghi {exactly(c.at, tz)}"]
        if c.withdrawn_at is not None:
            out.append(f"    rút lại {exactly(c.withdrawn_at, tz)}, {c.withdrawn_by} ghi: {c.withdrawn_reason}")
    return out or [NONE]


def _name(pupil: str) -> str:
    name = nfc(pupil)
    if len(_WORDS.findall(name)) < 2 or len(name) > LONGEST or re.search(r"[^\w\s.'’-]|[\d_]", name):
        raise InputError(f"{name[:60]!r}: viết đủ họ và tên học sinh, đúng như trong giấy đồng ý")
    return name


def _school(school: str) -> str:
    where = nfc(school)
    if not has_kind(where) or len(where) > LONGEST:
        raise InputError("--school: ghi cấp học và tên trường, ví dụ “THCS Hoa Ban”; cùng tên khác cấp là trường khác")
    return where


def _same(known: Consent, name: str, school: str) -> bool:
    return fold(known.pupil) == fold(name) and spelled(known.school) == spelled(school)
