"""Who fills in a form, and why. There are no accounts yet: the name is typed, and kept as it is typed."""

from __future__ import annotations

import re

from lang.text import nfc

LONGEST_NAME, LONGEST_REASON = 100, 2_000
FEWEST = 10  # letters and digits of a reason
NO_NAME = "Viết họ và tên của người xem (ít nhất hai chữ); tên này được lưu lại."
NAME_TOO_LONG = f"Tên dài quá {LONGEST_NAME} ký tự."
NO_REASON = f"Viết rõ lý do cần xem (ít nhất {FEWEST} chữ cái, chữ số); lý do được lưu lại."
REASON_TOO_LONG = f"Lý do dài quá {LONGEST_REASON} ký tự."
_WORD = re.compile(r"[^\W\d_]+")


def told(name: str, reason: str) -> tuple[str, str, dict[str, str]]:
    """(name, reason, faults by "name" and "reason"); both as they are kept."""
    name, reason = nfc(name), nfc(reason)
    faults = {}
    if len(name) > LONGEST_NAME:
        faults["name"] = NAME_TOO_LONG
    elif len(_WORD.findall(name)) < 2:
        faults["name"] = NO_NAME
    if len(reason) > LONGEST_REASON:
        faults["reason"] = REASON_TOO_LONG
    elif sum(c.isalnum() for c in reason) < FEWEST or not any(c.isalpha() for c in reason):
        faults["reason"] = NO_REASON
    return name, reason, faults
