"""The fixed blocks: head, addressees, signature with Nơi nhận, the head of an annex."""

from __future__ import annotations

from alerts.documents import nd30_words as words
from alerts.documents.docx_styles import Rules
from alerts.documents.docx_xml import cell, line, row, table, twips
from alerts.documents.nd30 import Annex, Document
from alerts.documents.nd30_layout import Layout
from alerts.documents.nd30_set import annex_lines, copy_lines, name_lines, recipient_lines, subject_line
from alerts.documents.nd30_text import date_line, number_line, tidy, width_mm

_PART = 0.42  # of the words' length: between one third and one half


def rules(document: Document, layout: Layout) -> Rules:
    """How long the three lines are for this document's words."""
    column = layout.text_width - layout.head_left
    agency = name_lines(document.letterhead.agency)[-1:] if document.letterhead else ()
    under = min(width_mm("".join(agency), layout.agency, bold=True), layout.head_left)
    subject = min(width_mm(subject_line(document), layout.subject, bold=True), layout.text_width)
    motto = min(width_mm(words.MOTTO, layout.motto, bold=True), column)
    return Rules(motto=motto, agency=under * _PART, subject=subject * _PART)


def head(document: Document, layout: Layout) -> str:
    """From the national title down to the addressees."""
    return _letterhead(document, layout) + _title(document) + _recipients(document)


def _letterhead(document: Document, layout: Layout) -> str:
    at = document.letterhead
    if at is None:
        return ""
    left, right = twips(layout.head_left), twips(layout.text_width - layout.head_left)
    bodies = "".join(line("NDParent", name) for name in name_lines(at.parent))
    bodies += "".join(line("NDAgency", name) for name in name_lines(at.agency)) + line("NDRuleAgency", "")
    nation = line("NDNation", words.NATION) + line("NDMotto", words.MOTTO) + line("NDRuleMotto", "")
    issued = document.issued
    number = line("NDNumber", number_line(tidy(at.symbol).strip(), issued.number if issued else None))
    if not document.kind.strip() and document.subject.strip():
        number += line("NDSubjectLetter", subject_line(document))
    date = line("NDDate", date_line(at.place, issued.day if issued else None, at.year))
    rows = row(cell(left, bodies) + cell(right, nation)) + row(cell(left, number) + cell(right, date))
    return table("NDPlain", [left, right], rows) + line("NDSpace", "")


def _title(document: Document) -> str:
    kind = tidy(document.kind).strip()
    if not kind:
        return "" if document.letterhead else line("Subtitle", subject_line(document))
    subject = subject_line(document)
    under = line("Subtitle", subject) + line("NDRuleSubject", "") if subject else ""
    return line("Title", kind.upper()) + under


def _recipients(document: Document) -> str:
    lines = recipient_lines(document)
    if len(lines) <= 1:
        return "".join(line("NDTo", one) for one in lines)
    return line("NDToMany", lines[0]) + "".join(line("NDToItem", one) for one in lines[1:]) + line("NDSpace", "")


def signature(document: Document, layout: Layout) -> str:
    """Nơi nhận on the left, the signer's post on the right at the same height; the name stays blank."""
    copies = copy_lines(document)
    posts = document.signer.posts if document.signer else ()
    if not copies and not posts:
        return ""
    half = twips(layout.text_width / 2)
    left = (line("NDCopies", words.COPIES) if copies else "") + "".join(line("NDCopy", one) for one in copies)
    right = "".join(
        line("NDPost" if at else "NDPostFirst", tidy(post).strip().upper()) for at, post in enumerate(posts)
    )
    if document.signer:
        right += line("NDName", tidy(document.signer.name).strip())
    empty = line("NDSpace", "")
    rows = row(cell(half, left or empty) + cell(half, right or empty))
    return table("NDPlain", [half, half], rows)


def annex_head(document: Document, annex: Annex, number: int) -> str:
    """Name, title and the line in brackets."""
    name, title, tie = annex_lines(document, annex, number)
    lines = line("NDAnnex", name) + (line("NDAnnexTitle", title) if title else "")
    return lines + (line("NDAnnexNote", tie) if tie else "")
