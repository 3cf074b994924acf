"""A document as DOCX by Decree 30/2020/NĐ-CP: styles alone, one font, the same bytes for the same document.

Written without a library: the parts are few and fixed, and a library's template would bring 800 kB of styles that
nobody asked for, in other fonts.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import quoteattr

from alerts.documents.docx_body import Parts, body
from alerts.documents.docx_head import annex_head, head, rules, signature
from alerts.documents.docx_page import HEADERS, app, core, font_table, headers, section, settings
from alerts.documents.docx_styles import numbering, styles
from alerts.documents.docx_xml import DECLARATION, NAMESPACES, paragraph
from alerts.documents.nd30 import Document
from alerts.documents.nd30_layout import LAYOUT, Layout
from alerts.documents.nd30_set import Counter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can hold
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WORD_PARTS = ("styles", "numbering", "settings", "fontTable")


def write(document: Document, layout: Layout = LAYOUT) -> bytes:
    """The file. Raises :class:`InputError` for a figure that is no self-contained SVG."""
    parts = Parts()
    content = _document(document, layout, parts)
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": core(document),
        "docProps/app.xml": app(),
        "word/document.xml": content,
        "word/_rels/document.xml.rels": _relations(parts),
        "word/styles.xml": styles(layout, rules(document, layout)),
        "word/numbering.xml": numbering(parts.numbered),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        **headers(document),
        **{f"word/media/{name}": data for _, name, data in parts.media},
    }
    return _zipped(files)


def _document(document: Document, layout: Layout, parts: Parts) -> str:
    counter = Counter()
    end = signature(document, layout)
    pieces = [head(document, layout), body(document.blocks, parts, counter, layout.text_width, bool(end)), end]
    landscape = restart = False
    for number, annex in enumerate(document.annexes, 1):
        # A section ends in the paragraph that holds its w:sectPr; this one is too small to open a page of its own.
        pieces.append(paragraph("NDEnd", "", extra=section(layout, landscape, restart)))
        landscape, restart = annex.landscape, True
        across = layout.height - layout.left - layout.right if landscape else layout.text_width
        pieces += [annex_head(document, annex, number), body(annex.blocks, parts, counter, across)]
    if not document.annexes:
        pieces.append(paragraph("NDEnd", ""))  # a table may not be the last thing in a document
    last = section(layout, landscape, restart)
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(pieces)}{last}</w:body></w:document>"


def _content_types() -> str:
    own = {
        "/word/document.xml": f"{_MAIN}.document.main+xml",
        **{f"/word/{name}.xml": f"{_MAIN}.{name}+xml" for name in _WORD_PARTS},
        **{f"/word/{name}.xml": f"{_MAIN}.header+xml" for name in HEADERS},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in own.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="svg" ContentType="image/svg+xml"/>{overrides}</Types>'
    )


def _package_relations() -> str:
    return (
        f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{_REL}/extended-properties" Target="docProps/app.xml"/></Relationships>'
    )


def _relations(parts: Parts) -> str:
    lines = [f'<Relationship Id="rId_{n}" Type="{_REL}/{n}" Target="{n}.xml"/>' for n in _WORD_PARTS]
    lines += [f'<Relationship Id="rId_{n}" Type="{_REL}/header" Target="{n}.xml"/>' for n in HEADERS]
    lines += [f'<Relationship Id="{id_}" Type="{_REL}/image" Target="media/{name}"/>' for id_, name, _ in parts.media]
    lines += [
        f'<Relationship Id="{id_}" Type="{_REL}/hyperlink" Target={quoteattr(href)} TargetMode="External"/>'
        for href, id_ in parts.links.items()
    ]
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _zipped(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same byte on every system
            archive.writestr(entry, content)
    return buffer.getvalue()
