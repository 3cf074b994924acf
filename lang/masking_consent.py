"""A pupil's name that may stay: consent is recorded, and the sentence commends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection

from lang.masking_text import Reading, both
from lang.masking_where import Found
from lang.text import nfc, old_tone_style

# Consent to be praised is no consent to be shown as a victim, a culprit or a patient.
_HARM = both(
    r"\b(?:bị|nạn nhân|tử vong|chết|qua đời|nhập viện|cấp cứu|đánh|xâm hại|dâm ô|bạo lực|bạo hành|mất tích|bỏ học|đuối"
    r"|tai nạn|công an|vi phạm|kỷ luật|trộm|cướp|bệnh|ung thư|tự tử|mồ côi|khuyết tật|injured|killed|died|missing)\b"
)


def consented_names(names: Collection[str]) -> frozenset[tuple[str, ...]]:
    """The names as syllables in one spelling; a name of one syllable is nobody's alone and is left out."""
    split = (tuple(old_tone_style(nfc(name)).lower().split()) for name in names)
    return frozenset(words for words in split if len(words) > 1)


def with_consent(reading: Reading, found: list[Found], allowed: frozenset[tuple[str, ...]]) -> list[Found]:
    """Spans of names without those that may stay: the whole name, and its last syllables where no other child's name
    that is masked ends in them."""
    said = {f: _words(reading, f) for f in found}
    others = {words[-k:] for words in said.values() if words not in allowed and len(words) > 1 for k in (1, 2)}
    short = {words[-k:] for words in allowed for k in (1, 2) if words[-k:] not in others}
    present = any(words in allowed for words in said.values())
    return [
        f
        for f, words in said.items()
        if f[2] != "minor_name" or not (words in allowed or (present and words in short)) or _harmed(reading, f)
    ]


def _words(reading: Reading, found: Found) -> tuple[str, ...]:
    return tuple(reading.norm[found[0] : found[1]].lower().split())


def _harmed(reading: Reading, found: Found) -> bool:
    """Does the sentence of the span tell of harm? (A span outside every token counts as harmed.)"""
    tokens = reading.tokens
    at = bisect_right(tokens, found[0], key=lambda t: t.start) - 1
    if at < 0:
        return True
    first = last = at
    sentence = tokens[at].sentence
    while first > 0 and tokens[first - 1].sentence == sentence and at - first < 80:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].sentence == sentence and last - at < 80:
        last += 1
    return _HARM[int(reading.toneless)].search(reading.norm, tokens[first].start, tokens[last].end) is not None
