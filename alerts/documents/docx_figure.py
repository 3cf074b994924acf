"""A drawing in a DOCX: the SVG itself, and beside it a picture of it for programs that cannot draw SVG."""

from __future__ import annotations

from collections.abc import Callable

from alerts.documents.docx_xml import attribute
from alerts.documents.nd30 import Figure
from alerts.documents.nd30_svg import drawing
from alerts.documents.pdf_engine import png

PPI = 220
TALLEST = 200  # mm: a page holds it with its caption
_EMU = 36_000  # of one millimetre
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # the extension by which Word finds the SVG of a picture


def size_of(figure: Figure, ratio: float, width: float) -> tuple[float, float]:
    """(width, height) in millimetres: as wide as asked, never past the text nor the page."""
    wide = min(figure.width, width, TALLEST / ratio)
    return wide, wide * ratio


def picture(figure: Figure, add: Callable[[str, bytes], str], number: int, width: float) -> str:
    """One run. ``add`` keeps a file and gives its relationship id. Raises :class:`InputError` for an unusable SVG."""
    found = drawing(figure.svg)
    wide, high = size_of(figure, found.ratio, width)
    fallback, vector = add("png", png(found.svg, wide, PPI)), add("svg", found.svg.encode())
    across, down = round(wide * _EMU), round(high * _EMU)
    alt = attribute(figure.alt or figure.caption)
    drawn = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"'
        f' xmlns:wp="{drawn}/wordprocessingDrawing"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="{number}" name="H{number}" descr={alt}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{drawn}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{drawn}/main"><a:graphicData uri="{drawn}/picture">'
        f'<pic:pic xmlns:pic="{drawn}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="H{number}" descr={alt}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{fallback}"><a:extLst><a:ext uri="{_SVG}">'
        '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
        f' r:embed="{vector}"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
