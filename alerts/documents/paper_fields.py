"""What a paper is filled with: plain, masked strings that the caller gives, kept as JSON with the paper's row."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alerts import papers_words as words
from alerts.formats import clean
from store.errors import InputError

LONGEST, MOST = 20_000, 500


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article: ``day`` as people write it (`20/11/2026`)."""

    title: str
    outlet: str
    url: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a document says: its number, day and issuer, the clause, the clause's own words."""

    number: str
    clause: str
    words: str
    day: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a case's history: when, who (a role), what."""

    at: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class PaperFields:
    """Everything a template can print. Masking is the caller's duty: what comes in here goes out as it is.

    ``answer``: a line break parts paragraphs. ``signer``: lines of power and post (:func:`signer_lines`). ``year``: of
    the blank date. ``made_at``: ms UTC. Raises :class:`InputError` past 20,000 characters or 500 entries.
    """

    case: str
    title: str
    summary: str = ""
    claim: str = ""
    asked: str = ""
    answer: str = ""
    deadline: str = ""
    earlier: str = ""
    articles: tuple[ArticleLine, ...] = ()
    quotes: tuple[Quote, ...] = ()
    steps: tuple[Step, ...] = ()
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signer: tuple[str, ...] = ()
    year: int | None = None
    made_at: int = 0

    def __post_init__(self) -> None:
        for name, value in dataclasses.asdict(self).items():
            _bounded(name, value)


def signer_lines(signed_as: str = "", post: str = "") -> tuple[str, ...]:
    """The signature block: ``""`` the director, ``KT.`` a deputy for the director, ``TL.`` the chief of the office.

    ``post``: another post than these. Raises :class:`InputError` for another ``signed_as``.
    """
    if signed_as == "":
        return (post or words.DIRECTOR,)
    if signed_as == "KT.":
        return (f"KT. {words.DIRECTOR}", post or words.DEPUTY)
    if signed_as == "TL.":
        return (f"TL. {words.DIRECTOR}", post or words.CHIEF)
    raise InputError(words.BAD_SIGNED_AS.format(value=clean(signed_as)[:20]))


def to_json(fields: PaperFields) -> dict[str, Any]:
    """Plain JSON for the paper's row; :func:`from_json` gives the same fields back."""
    return dataclasses.asdict(fields)


_INNER: Mapping[str, type] = {"articles": ArticleLine, "quotes": Quote, "steps": Step}


def from_json(raw: Mapping[str, Any]) -> PaperFields:
    """Strictly. Raises :class:`InputError` that names the part which is no such thing."""
    known = {field.name for field in dataclasses.fields(PaperFields)}
    values: dict[str, Any] = {}
    for name, value in raw.items():
        try:
            values[name] = _read(name, value, known)
        except (TypeError, ValueError) as wrong:
            raise InputError(words.NOT_FIELDS.format(field=clean(str(name))[:40])) from wrong
    try:
        return PaperFields(**values)
    except TypeError as wrong:
        raise InputError(words.NOT_FIELDS.format(field="case, title")) from wrong


def _read(name: str, value: Any, known: set[str]) -> Any:
    if name not in known:
        raise ValueError(name)
    if name in _INNER:
        entries = tuple(_INNER[name](**entry) for entry in _sequence(value))
        if not all(isinstance(text, str) for entry in entries for text in dataclasses.astuple(entry)):
            raise TypeError(name)
        return entries
    if name in ("recipients", "copies", "signer"):
        texts = tuple(_sequence(value))
        if not all(isinstance(text, str) for text in texts):
            raise TypeError(name)
        return texts
    wanted = (int, type(None)) if name == "year" else int if name == "made_at" else str
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise TypeError(name)
    return value


def _sequence(value: Any) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError
    return value


def _bounded(name: str, value: Any) -> None:
    if isinstance(value, str) and len(value) > LONGEST:
        raise InputError(words.TOO_LONG.format(field=name, limit=LONGEST))
    if isinstance(value, tuple | list):
        if len(value) > MOST:
            raise InputError(words.TOO_MANY.format(field=name, count=len(value), limit=MOST))
        for entry in value:
            for part in entry.values() if isinstance(entry, dict) else (entry,):
                _bounded(name, part)


def sample(full: bool = True) -> PaperFields:
    """Invented fields to try a template with; not ``full``: the least that a case has."""
    at = words.SAMPLE
    if not full:
        return PaperFields(case=at["case"], title=at["title"])
    return PaperFields(
        case=at["case"],
        title=at["title"],
        summary=at["summary"],
        claim=at["claim"],
        asked=at["asked"],
        answer=at["answer"],
        deadline=at["deadline"],
        earlier=at["earlier"],
        articles=(ArticleLine(at["article"], at["outlet"], "https://cua-bien.example/bai-1.html", "20/11/2026"),),
        quotes=(Quote(at["document"], at["clause"], at["words"], "12/8/2026", at["issuer"]),),
        steps=(Step("20/11/2026 08:15", at["who"], at["what"]),),
        recipients=(at["recipient"],),
        copies=(at["copy"],),
        year=2026,
    )
