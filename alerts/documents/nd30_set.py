"""What both writers print, settled once: numbers of headings, tables and figures, lines of addressees and copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alerts.documents import nd30_words as words
from alerts.documents.nd30 import Annex, Block, Document, Figure, Heading, Table
from alerts.documents.nd30_text import BLANK, day_words, letter, roman, tidy


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the label that counts it: `I.`, `Bảng 2.`; empty for what is not counted."""

    block: Block
    label: str


class Counter:
    """Counts through a document and its annexes: tables and figures go on, headings begin anew in each part."""

    def __init__(self) -> None:
        self._tables = self._figures = 0

    def part(self, blocks: Iterable[Block]) -> Iterator[Placed]:
        """The blocks of one part (the body, or one annex) with their labels."""
        at = [0, 0, 0]
        for block in blocks:
            label = ""
            if isinstance(block, Heading) and block.numbered:
                at[block.level - 1] += 1
                at[block.level :] = [0] * (3 - block.level)
                number = at[block.level - 1]
                label = (f"{roman(number)}.", f"{number}.", f"{letter(number)})")[block.level - 1]
            elif isinstance(block, Table) and block.caption:
                self._tables += 1
                label = f"{words.TABLE} {self._tables}."
            elif isinstance(block, Figure) and block.caption:
                self._figures += 1
                label = f"{words.FIGURE} {self._figures}."
            yield Placed(block, label)


def heading_text(heading: Heading, label: str) -> str:
    """`I. TÌNH HÌNH CHUNG`: titles of the first level are capitals (the decree's own rule)."""
    text = heading.text.upper() if heading.level == 1 else heading.text
    return f"{label} {text}" if label else text


def name_lines(name: str) -> tuple[str, ...]:
    """A body's name as capitals, one or more lines."""
    return tuple(tidy(line).strip().upper() for line in name.split("\n") if line.strip())


def recipient_lines(document: Document) -> tuple[str, ...]:
    """Empty, (`Kính gửi: X.`) for one, (`Kính gửi:`, `- X;`, `- Y.`) for more."""
    names = [tidy(name).strip().rstrip(".;") for name in document.recipients if name.strip()]
    if len(names) <= 1:
        return tuple(f"{words.TO} {name}." for name in names)
    return (words.TO, *(f"- {name}{';' if at < len(names) else '.'}" for at, name in enumerate(names, 1)))


def copy_lines(document: Document) -> tuple[str, ...]:
    """What stands under `Nơi nhận:`: `- Như trên;` where somebody is addressed, the archive last with a full stop."""
    names = [tidy(name).strip().rstrip(".;") for name in document.copies if name.strip()]
    if document.recipients and (names or document.archive):
        names.insert(0, words.AS_ABOVE)
    if document.archive:
        names.append(f"{words.ARCHIVE} {tidy(document.archive).strip().rstrip('.;')}")
    return tuple(f"- {name}{';' if at < len(names) else '.'}" for at, name in enumerate(names, 1))


def annex_lines(document: Document, annex: Annex, number: int) -> tuple[str, str, str]:
    """(`Phụ lục I`, TITLE, the line in brackets that ties it to its document); one annex alone has no number."""
    name = f"{words.ANNEX} {roman(number)}" if len(document.annexes) > 1 else words.ANNEX
    return name, tidy(annex.title).strip().upper(), _tie(document)


def subject_line(document: Document) -> str:
    """The trích yếu as it stands: `V/v …` in a công văn, the bare sentence under a type's name."""
    subject = tidy(document.subject).strip().rstrip(".")
    if document.kind.strip() or not subject or subject.lower().startswith(words.ABOUT.lower()):
        return subject
    return f"{words.ABOUT} {subject}"


def _tie(document: Document) -> str:
    head = document.letterhead
    if head is None:
        return ""
    issued = document.issued
    kind = tidy(document.kind).strip().capitalize() or words.LETTER
    number = f"{issued.number:02d}" if issued else BLANK * 6
    day = day_words(issued.day if issued else None, head.year)
    agency = " ".join(head.agency.split())
    return f"({words.ANNEX_NOTE} {kind} {words.NUMBER_IN_TEXT} {number}/{head.symbol} {day} {words.OF} {agency})"
