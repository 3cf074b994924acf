"""A document of the administration, before it is a DOCX or a PDF: what stands in it, never how it looks.

Layout is Decree 30/2020/NĐ-CP (:mod:`alerts.documents.nd30_layout`); `alerts.documents.docx.write` and
`alerts.documents.pdf.write` set the same document. All text is made printable and NFC here, once. A document that văn
thư has not numbered and dated is a draft and says so; there is no way to make one that only looks issued.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from alerts.documents import nd30_words as words
from alerts.documents.nd30_text import tidy
from store.errors import InputError


class Style(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    BASIS = "basis"  # a legal base, italic
    CENTRE = "centre"
    QUOTE = "quote"  # the words of somebody else
    NOTE = "note"  # smaller: method, sources


class Count(StrEnum):
    """How the points of a list are told apart."""

    DASH = "dash"
    NUMBER = "number"
    LETTER = "letter"  # a) b) c) d) đ) e)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one manner. ``href``: an http(s) address that a click opens; any other is dropped."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", tidy(self.text))
        plain = self.href.strip()
        safe = plain.lower().startswith(("http://", "https://")) and plain.isprintable() and len(plain) <= 2000
        object.__setattr__(self, "href", plain if safe and " " not in plain else "")


Words = str | Run | tuple[str | Run, ...]


def runs(what: Words) -> tuple[Run, ...]:
    """Any form of words as runs; empty ones are left out."""
    parts: Iterable[str | Run] = what if isinstance(what, tuple) else (what,)
    return tuple(run for run in (p if isinstance(p, Run) else Run(p) for p in parts) if run.text)


def plain(what: Words) -> str:
    """The words alone."""
    return "".join(run.text for run in runs(what)).strip()


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1: `I. TITLE`, 2: `1. Title`, 3: `a) title`. ``numbered`` False: the title alone."""

    level: int
    text: str
    numbered: bool = True

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            raise InputError(words.BAD_LEVEL.format(level=self.level))
        object.__setattr__(self, "text", tidy(self.text).strip())


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``keep``: on the page of what follows."""

    words: Words
    style: Style = Style.BODY
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[Words, ...]
    count: Count = Count.DASH


@dataclass(frozen=True, slots=True)
class Table:
    """Its header repeats on each page.

    ``widths``: relative, one a column (empty: equal). ``align``: `l`, `c` or `r` a column.
    ``total``: the last row is a sum and stands bold. ``caption`` is numbered (`Bảng 1. …`).
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[float, ...] = ()
    align: str = ""
    caption: str = ""
    total: bool = False

    def __post_init__(self) -> None:
        for at, row in enumerate(self.rows, 1):
            if len(row) != len(self.header):
                raise InputError(words.BAD_ROW.format(columns=len(self.header), row=at, cells=len(row)))
        object.__setattr__(self, "header", tuple(tidy(cell) for cell in self.header))

    @property
    def shares(self) -> tuple[float, ...]:
        """Each column's part of the whole width, 1 together."""
        widths = self.widths if len(self.widths) == len(self.header) else (1.0,) * len(self.header)
        whole = sum(widths) or 1.0
        return tuple(width / whole for width in widths)

    def side(self, column: int) -> str:
        """`l`, `c` or `r`."""
        return self.align[column] if column < len(self.align) else "l"


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as self-contained SVG. ``alt``: what it shows, for whoever cannot see it. Width in millimetres."""

    svg: str
    caption: str
    alt: str
    width: float = 165


Block = Heading | Paragraph | Points | Table | Figure


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues. ``symbol``: what follows the number (`BC-SGDĐT`, `SGDĐT-VP`). A line break in a name stays."""

    parent: str
    agency: str
    symbol: str
    place: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """What văn thư entered."""

    number: int
    day: datetime.date

    def __post_init__(self) -> None:
        if self.number < 1:
            raise InputError(words.BAD_NUMBER.format(number=self.number))


@dataclass(frozen=True, slots=True)
class Signer:
    """Lines of power and post, top down: (`KT. GIÁM ĐỐC`, `PHÓ GIÁM ĐỐC`); the name is blank until somebody signs."""

    posts: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: its own section with its own page numbers. ``landscape`` for wide tables."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One document.

    ``kind``: the type's name (`BÁO CÁO`); empty for a công văn, whose ``subject`` then stands under the number.
    ``letterhead`` None: a working paper without number (a digest, a case file). ``made_at``: ms UTC, into the file's
    properties; the same document gives the same bytes. Raises :class:`InputError` for one that is neither a draft nor
    numbered and dated.
    """

    kind: str
    subject: str
    blocks: tuple[Block, ...]
    letterhead: Letterhead | None = None
    recipients: tuple[str, ...] = ()
    signer: Signer | None = None
    copies: tuple[str, ...] = ()
    archive: str = ""
    annexes: tuple[Annex, ...] = ()
    issued: Issued | None = None
    draft: bool = True
    internal: bool = False
    made_at: int = 0

    def __post_init__(self) -> None:
        if not self.draft and self.letterhead is not None and self.issued is None:
            raise InputError(words.CONTRADICTION)

    @property
    def title(self) -> str:
        """For the file's properties and for lists."""
        return " ".join(part for part in (tidy(self.kind).strip(), tidy(self.subject).strip()) if part)

    @property
    def marks(self) -> tuple[str, ...]:
        """What is stamped on every page."""
        return (*((words.DRAFT,) if self.draft else ()), *((words.INTERNAL,) if self.internal else ()))
