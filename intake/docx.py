"""The running text of a DOCX, and nothing else of it.

zipfile and lxml, strictly, instead of python-docx: that one reads every part of the package into memory before it can
be asked how big they are, and its way to the text skips text boxes and keeps what was hidden. Only
``word/document.xml`` is read for text; pictures, comments, headers, properties, fields and deleted or hidden text are
left behind and counted. Runs in a process of its own (:mod:`intake.apart`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from intake.apart import Unusable

MAX_ENTRIES = 2_000
MAX_UNPACKED = 80 * 1024 * 1024
MAX_DOCUMENT = 20 * 1024 * 1024
MAX_CHARS = 100_000
_BODY = "word/document.xml"
_MACRO = re.compile(r"vba(?:Project|Data)|macroEnabled|\.bin$|activeX", re.I)
# Links to the outside are dropped with the text's markup; anything else that is fetched from outside is an attack.
_HARMLESS_TARGET = ("/hyperlink",)
_SKIPPED = {
    "del": "hidden text",
    "moveFrom": "hidden text",
    "instrText": "hidden text",
    "delText": "hidden text",
    "Fallback": "",
    "blip": "image",
    "imagedata": "image",
    "object": "attachment",
    "commentReference": "comment",
}
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def lines(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The text, a line a paragraph, cells of a table parted by " | "; and what was left behind, counted.

    Raises :class:`Unusable`: broken, encrypted, bomb, not_docx, macros, external, no_text, text_too_long.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            removed = _look(package)
            root = _parse(package, _BODY, MAX_DOCUMENT)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, UnicodeError, ValueError) as bad:
        raise Unusable("broken") from bad
    text = "\n".join(line.rstrip() for line in "".join(_text(root, removed)).splitlines()).strip()
    if not text:
        raise Unusable("no_text")
    if len(text) > MAX_CHARS:
        raise Unusable("text_too_long")
    return {"text": text, "removed": dict(removed)}, []


def _look(package: zipfile.ZipFile) -> Counter[str]:
    """Refuse what no honest document has; count what is left behind."""
    entries = package.infolist()
    found = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unusable("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unusable("encrypted")
    if "[Content_Types].xml" not in found or _BODY not in found or len(set(found)) != len(found):
        raise Unusable("not_docx")
    types = _parse(package, "[Content_Types].xml", 1_000_000)
    if any(_MACRO.search(name) for name in found) or any(
        _MACRO.search(str(value)) for element in types.iter() for value in element.attrib.values()
    ):
        raise Unusable("macros")
    removed: Counter[str] = Counter({"metadata": sum(name.startswith("docProps/") for name in found)})
    removed["image"] = sum(name.startswith("word/media/") for name in found)
    removed["attachment"] = sum(name.startswith("word/embeddings/") for name in found)
    removed["comment"] = sum(
        bool(re.match(r"word/(?:comments|header|footer|footnotes|endnotes|people)", n)) for n in found
    )
    for name in found:
        if name.endswith(".rels"):
            removed["account link"] += _relations(package, name)
    return removed


def _relations(package: zipfile.ZipFile, name: str) -> int:
    links = 0
    for relation in _parse(package, name, 2_000_000).iter():
        if str(relation.get("TargetMode", "")).lower() != "external":
            continue
        if not str(relation.get("Type", "")).endswith(_HARMLESS_TARGET):
            raise Unusable("external")
        links += 1
    return links


def _parse(package: zipfile.ZipFile, name: str, most: int) -> etree._Element:
    with package.open(name) as part:
        data = part.read(most + 1)  # what the directory says of its size may be a lie
    if len(data) > most:
        raise Unusable("bomb")
    # No DTD at all: entities are the oldest bomb. The parser refuses more than 256 levels by itself.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as bad:
        raise Unusable("broken") from bad
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise Unusable("broken")
    return root


def _text(element: etree._Element, removed: Counter[str]) -> Iterator[str]:
    for child in element:
        if not isinstance(child.tag, str):
            continue  # comments and instructions of the XML
        name = etree.QName(child).localname
        if name in _SKIPPED:
            removed[_SKIPPED[name] or "image"] += bool(_SKIPPED[name]) and name not in ("blip", "imagedata", "object")
        elif name == "r" and _hidden(child):
            removed["hidden text"] += 1
        elif name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        else:
            inner = list(_text(child, removed))
            if name == "tc":
                yield "".join(inner).strip().replace("\n", " ") + " | "
            else:
                yield from ["\n", *inner, "\n"] if name == "txbxContent" else inner
                if name in ("p", "tr"):
                    yield "\n"


def _hidden(run: etree._Element) -> bool:
    for properties in run:
        if isinstance(properties.tag, str) and etree.QName(properties).localname == "rPr":
            for each in properties:
                if isinstance(each.tag, str) and etree.QName(each).localname in ("vanish", "webHidden"):
                    values = [v for k, v in each.attrib.items() if str(k).endswith("val")]
                    return not values or values[0] not in ("0", "false", "off")
    return False
