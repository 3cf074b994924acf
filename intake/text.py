"""One text through every rule until nothing is left to take out: links and numbers, pupils, posters, everybody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from intake import accounts, people, postings
from intake.tracked import Span, Tracked
from lang.masking import Masked
from lang.masking_text import PLACEHOLDERS

Mask = Callable[[str], Masked]

_ROUNDS = 8
_WHAT = {
    "minor_name": "name",
    "minor_initials": "name",
    "guardian_name_identifying_minor": "name",
    "class_plus_school": "class and school",
    "address_of_minor": "address",
    "phone": "phone",
}
# Invisible and steering characters (they split words for a machine and not for a reader), lone surrogates, controls.
_DROPPED = re.compile(
    "[\ud800-\udfff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
# Letters drawn as pictures (bold, circled, full-width) stand for plain ones; other compatibility forms (½, ﷺ) stay.
_DRAWN = re.compile(
    "[\uff01-\uff5e\U0001d400-\U0001d7ff\u2460-\u24ff\u2100-\u214f\U0001f100-\U0001f1aa\u3000\u00a0\u2000-\u200a\u202f\u205f]"
)
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_FOREIGN = re.compile("[^\n]?[^\x00-\x7f]+")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")


def redact(text: str, mask: Mask) -> Tracked:
    """The text in NFC without invisible characters, and every cut in it. Redacting the result again changes nothing."""
    work = Tracked(text)
    _to_plain(work)
    for _ in range(_ROUNDS):
        changed = work.cut(accounts.find(work.text))
        changed |= work.cut(_pupils(work.text, mask))
        changed |= work.cut(postings.find(work.text))
        changed |= work.cut(people.find(work.text))
        if not changed:
            break
    return work


def _to_plain(work: Tracked) -> None:
    work.rewrite((m.start(), m.end(), "\n") for m in _LINE_END.finditer(work.text))
    if work.text.isascii() and not _DROPPED.search(work.text):
        return
    work.rewrite((m.start(), m.end(), "") for m in _DROPPED.finditer(work.text))
    drawn = _DRAWN.finditer(work.text)
    work.rewrite((m.start(), m.end(), unicodedata.normalize("NFKC", m.group())) for m in drawn)
    for pattern in (_CLUSTER, _FOREIGN):  # letter by letter first, so that a cut in a PDF stays narrow
        if not unicodedata.is_normalized("NFC", work.text):
            found = pattern.finditer(work.text)
            work.rewrite((m.start(), m.end(), unicodedata.normalize("NFC", m.group())) for m in found)


def _pupils(text: str, mask: Mask) -> Iterable[Span]:
    for found in mask(text).masked:
        by = PLACEHOLDERS.get(found.why, "[đã che]")
        yield Span(found.start, found.start + len(found.span), _WHAT.get(found.why, "name"), by)
