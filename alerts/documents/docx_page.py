"""Sections, headers and the small parts beside the text. Nothing here depends on the clock or on chance."""

from __future__ import annotations

import datetime
from xml.sax.saxutils import escape

from alerts.documents.docx_xml import DECLARATION, NAMESPACES, paragraph, run, twips
from alerts.documents.nd30 import Document
from alerts.documents.nd30_layout import FONT, Layout

APPLICATION = "Hai Dang"
_OFFICE = "http://schemas.openxmlformats.org"
HEADERS = ("header1", "header2", "header3", "header4")  # first page and others; the same for landscape


def section(layout: Layout, landscape: bool = False, restart: bool = False) -> str:
    """A w:sectPr: A4, margins, page numbers from the second page."""
    wide, high = twips(layout.width), twips(layout.height)
    size = (
        f'<w:pgSz w:w="{high}" w:h="{wide}" w:orient="landscape"/>'
        if landscape
        else f'<w:pgSz w:w="{wide}" w:h="{high}"/>'
    )
    again = '<w:pgNumType w:start="1"/>' if restart else ""
    first, others = HEADERS[2:] if landscape else HEADERS[:2]
    return (
        f'<w:sectPr><w:headerReference w:type="first" r:id="rId_{first}"/>'
        f'<w:headerReference w:type="default" r:id="rId_{others}"/><w:type w:val="nextPage"/>{size}'
        f'<w:pgMar w:top="{twips(layout.top)}" w:right="{twips(layout.right)}" w:bottom="{twips(layout.bottom)}"'
        f' w:left="{twips(layout.left)}" w:header="{twips(layout.header)}" w:footer="{twips(layout.header)}"'
        f' w:gutter="0"/>{again}<w:titlePg/></w:sectPr>'
    )


def headers(document: Document) -> dict[str, str]:
    """Part name → XML. The number in the middle of the top margin, not on page 1; the marks at the right, always."""
    marks = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'.join(run(f" {mark} ", "NDMark") for mark in document.marks)
    tab = "<w:r><w:tab/></w:r>"
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    parts = {}
    for name in HEADERS:
        style = "NDHeaderWide" if name in HEADERS[2:] else "Header"
        middle = "" if name in (HEADERS[0], HEADERS[2]) else number
        inner = paragraph(style, f"{tab}{middle}{tab}{marks}")
        parts[f"word/{name}.xml"] = f"{DECLARATION}<w:hdr {NAMESPACES}>{inner}</w:hdr>"
    return parts


def settings() -> str:
    """Written for today's Word: without the mark it would open in "compatibility mode"."""
    uri = "http://schemas.microsoft.com/office/word"
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/>'
        f'<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="{uri}" w:val="1"/>'
        f'<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="{uri}" w:val="1"/></w:compat>'
        '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def font_table() -> str:
    """The one font, and what may stand for it where it is not installed."""
    return (
        f'{DECLARATION}<w:fonts {NAMESPACES}><w:font w:name="{FONT}"><w:altName w:val="Liberation Serif"/>'
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="A3"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def core(document: Document) -> str:
    """Title, author (the issuing body), the document's own time."""
    at = datetime.datetime.fromtimestamp(document.made_at // 1000, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    author = " ".join(document.letterhead.agency.split()) if document.letterhead else ""
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{at}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<cp:revision>1</cp:revision>{when}<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )


def app() -> str:
    """Which program wrote it."""
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/officeDocument/2006/extended-properties">'
        f"<Application>{APPLICATION}</Application></Properties>"
    )
