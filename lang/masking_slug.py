"""Names inside addresses and technical lines: ``…/em-trinh-khac-tuoi-tra-lai-vi-100231.html``.

A headline becomes its address, name and all, without marks; masking the text and printing the address would tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote

from lang.masking_text import PLACEHOLDERS
from lang.text import fold

_GAP = r"(?:[-_+.\s]|%20)+"
# One syllable alone is an everyday word (tươi, an, hoa); after these it is the child, or the adult. "anh", "cô", "bà"
# are everyday words themselves (hình ảnh, có an toàn) and would cut holes into addresses.
_BEFORE = ("em", "chau", "be", "hoc sinh", "nu sinh", "nam sinh", "con", "co giao", "thay giao", "tai xe", "bi can",
           "bi cao", "nghi pham", "nan nhan", "bao mau", "ong")  # fmt: skip
_HOLDER = PLACEHOLDERS["minor_name"]


def hider(names: Sequence[str]) -> Callable[[str], str]:
    """A function that takes these names out of any line, in whatever spelling an address has them."""
    forms = dict.fromkeys(form for name in names for form in _forms(fold(name).split()))
    if not forms:
        return lambda text: text
    pattern = re.compile(r"(?<![a-z0-9])(?:" + "|".join(sorted(forms, key=len, reverse=True)) + r")(?![a-z0-9])")

    def hide(text: str) -> str:
        plain = unquote(text) if "%" in text else text
        if plain != text and pattern.search(fold(plain)):
            text = plain  # an address in percent signs is printed as it reads, or the name could not be cut out
        out, last = [], 0
        for found in pattern.finditer(fold(text)):
            out += [text[last : found.start()], _HOLDER]
            last = found.end()
        return "".join([*out, text[last:]])

    return hide


def _forms(parts: list[str]) -> list[str]:
    words = [re.escape(p) for p in parts if p.isalnum()]
    if len(words) != len(parts) or not words:
        return []  # initials: too short to be told from anything else
    forms = [_GAP.join(words)] if len(words) > 1 else []
    if len(words) > 2:
        forms.append(_GAP.join(words[-2:]))
    before = "|".join(_GAP.join(b.split()) for b in _BEFORE)
    return [*forms, rf"(?:{before}){_GAP}{words[-1]}"]
