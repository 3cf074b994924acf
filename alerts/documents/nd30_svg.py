"""A drawing that comes from outside a document: self-contained SVG or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alerts.documents import nd30_words as words
from store.errors import InputError

LIMIT_MB = 8
_REFUSED = frozenset({"script", "foreignobject", "image", "iframe", "audio", "video", "animate", "set", "handler"})
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(px|pt|mm)?\s*")
_MM = {"": 25.4 / 96, "px": 25.4 / 96, "pt": 25.4 / 72, "mm": 1.0}


@dataclass(frozen=True, slots=True)
class Drawing:
    """SVG that was looked through; ``ratio`` is height by width."""

    svg: str
    ratio: float


def drawing(svg: str) -> Drawing:
    """Check one drawing. Raises :class:`InputError` for what is no SVG, is too large or reaches outside itself."""
    from lxml import etree

    if len(svg) > LIMIT_MB * 1_000_000:
        raise _bad(words.SVG_LARGE.format(limit=LIMIT_MB))
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(svg.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as wrong:
        raise _bad(words.SVG_XML.format(why=wrong)) from wrong
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise _bad(words.SVG_PART.format(tag="!DOCTYPE"))
    if etree.QName(root).localname != "svg":
        raise _bad(words.SVG_ROOT)
    for node in root.iter():
        if isinstance(node.tag, str):
            _look_through(etree.QName(node).localname.lower(), node)
    return Drawing(etree.tostring(root, encoding="unicode"), _ratio(root.get("viewBox"), root))


def _look_through(tag: str, node: object) -> None:
    if tag in _REFUSED:
        raise _bad(words.SVG_PART.format(tag=tag))
    for name, value in node.attrib.items():  # type: ignore[attr-defined]
        local = str(name).rsplit("}", 1)[-1].lower()
        if local.startswith("on") or (local == "href" and not value.strip().startswith("#")):
            raise _bad(words.SVG_LINK.format(value=value[:60]))
        _no_url(value)
    if tag == "style":
        _no_url(node.text or "")  # type: ignore[attr-defined]


def _no_url(text: str) -> None:
    low = text.lower()
    if "@import" in low or any(not part.lstrip(" \"'").startswith("#") for part in low.split("url(")[1:]):
        raise _bad(words.SVG_LINK.format(value=text[:60]))


def _ratio(box: str | None, root: object) -> float:
    numbers = re.split(r"[\s,]+", box.strip()) if box else []
    try:
        if len(numbers) == 4:
            width, height = float(numbers[2]), float(numbers[3])
        else:
            width, height = (_length(root.get(side) or "") for side in ("width", "height"))  # type: ignore[attr-defined]
    except ValueError:
        width = height = 0.0
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise _bad(words.SVG_SIZE)
    return height / width


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _MM[found[2] or ""] if found else 0.0


def _bad(why: str) -> InputError:
    return InputError(words.BAD_SVG.format(why=why))
