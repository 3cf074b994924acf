"""Small pieces of WordprocessingML. Names of styles only: how a thing looks stands in :mod:`docx_styles`."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def twips(mm: float) -> int:
    """Twentieths of a point of a length in millimetres."""
    return round(mm * 1440 / 25.4)


def half(points: float) -> int:
    """Half points: how Word counts sizes."""
    return round(points * 2)


def attribute(text: str) -> str:
    """Quoted and escaped."""
    return quoteattr(text)


def text(words: str) -> str:
    """One w:t; blanks at its ends stay."""
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>'


def run(words: str, style: str = "") -> str:
    """Words in one character style."""
    manner = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{manner}{text(words)}</w:r>"


def paragraph(style: str, inner: str, keep: bool = False, extra: str = "") -> str:
    """``inner``: runs. ``keep``: with the next one. ``extra``: what else belongs into w:pPr after w:keepNext."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}{extra}</w:pPr>{inner}</w:p>'


def line(style: str, words: str, keep: bool = False) -> str:
    """A paragraph of plain words."""
    return paragraph(style, run(words) if words else "", keep)


def cell(width: int, inner: str, vertical: str = "") -> str:
    """``inner``: paragraphs (at least one). ``width`` in twips."""
    placed = f'<w:vAlign w:val="{vertical}"/>' if vertical else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{placed}</w:tcPr>{inner}</w:tc>'


def row(cells: str, header: bool = False) -> str:
    """Never parted between two pages; a header comes again on each page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{cells}</w:tr>"


def table(style: str, widths: list[int], rows: str, caption: str = "") -> str:
    """``widths`` in twips. ``caption``: read out by a screen reader."""
    told = f"<w:tblCaption w:val={attribute(caption)}/>" if caption else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>{told}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )
