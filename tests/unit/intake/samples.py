"""Real files made by code: pictures with metadata, PDFs with text, scripts and attachments, DOCX packages."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from intake.form import Box, Submission, Upload

NOON = 1_767_675_600_000  # 2026-01-06 05:00 UTC
BOX = Box(1, 0.1, 0.1, 0.3, 0.2)
SECRET = "Nguyễn Văn Kín"


def submission(**given: object) -> Submission:
    """A submission that can be taken, with what the test cares about."""
    values: dict[str, object] = {
        "by": "Đỗ Thị Trực",
        "where_seen": "trang Facebook công khai",
        "text": "Trường thu sai.",
    }
    return Submission(**(values | given))  # type: ignore[arg-type]


def with_file(data: bytes, *boxes: Box, declared: bool = False, name: str = "anh.png") -> Submission:
    return submission(text="", files=(Upload(name, data, boxes, declared),))


def png(size: tuple[int, int] = (200, 100), secret: str = "", color: str = "white") -> bytes:
    """A picture with a red stretch where :data:`BOX` lies, and ``secret`` in its text chunks."""
    image = Image.new("RGB", size, color)
    wide, high = size
    ImageDraw.Draw(image).rectangle((0.15 * wide, 0.15 * high, 0.35 * wide, 0.25 * high), fill="red")
    about = PngInfo()
    if secret:
        about.add_text("Author", secret)
        about.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{secret}</x:xmpmeta>")
        about.add_text("Comment", secret, zip=True)
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=about)
    return out.getvalue()


def jpeg(secret: str, orientation: int = 1, size: tuple[int, int] = (200, 100)) -> bytes:
    """A photograph with EXIF (author, place, a thumbnail's orientation), a comment and a colour profile."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    exif = Image.Exif()
    exif[0x013B] = secret
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(
        out, "JPEG", exif=exif, comment=secret.encode(), icc_profile=b"profile of " + secret.encode(), quality=95
    )
    return out.getvalue()


def huge_png(wide: int, high: int) -> bytes:
    """A PNG of a few kilobytes that says it is ``wide`` × ``high``."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * 1_000_000, 9)
    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


# ── PDF ─────────────────────────────────────────────────────────────────────────────────────────────


def pdf(
    pages: Sequence[Sequence[str]], *, extra: Mapping[str, str] | None = None, picture: bool = False, rotate: int = 0
) -> bytes:
    """A PDF of lines in Helvetica, one at a time from the top; Vietnamese through a ToUnicode map.

    ``extra``: more entries of the catalogue; ``picture``: an image on the last page; ``rotate``: of every page.
    """
    letters = sorted({c for page in pages for line in page for c in line})
    code = {c: k + 1 for k, c in enumerate(letters)}
    ranges = "".join(f"<{k:02x}> <{ord(c):04x}>\n" for c, k in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(code)} beginbfchar\n{ranges}endbfchar endcmap end end"
    )
    objects = ["", "", "", stream(cmap)]
    names = " ".join(f"{k} /{name(c)}" for c, k in code.items())
    objects[2] = (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R "
        f"/Encoding << /Type /Encoding /Differences [{names}] >> >>"
    )
    if picture:
        objects.append(stream("\x80" * 300, "/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 "
                                            "/ColorSpace /DeviceRGB"))  # fmt: skip
    kids = []
    for number, lines in enumerate(pages):
        shown = " ".join(f"<{''.join(f'{code[c]:02x}' for c in line)}> Tj 0 -24 Td" for line in lines)
        content = f"BT /F1 14 Tf 60 780 Td {shown} ET"
        images = ""
        if picture and number == len(pages) - 1:
            content += " q 60 0 0 60 400 400 cm /Im1 Do Q"
            images = "/XObject << /Im1 5 0 R >>"
        objects.append(stream(content))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} /Contents {len(objects)} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {images} >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    more = " ".join(f"/{key} {value}" for key, value in (extra or {}).items())
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {more} >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return assemble(objects)


def name(letter: str) -> str:
    """A glyph that Helvetica has: the plain letter under the marks is enough to look at."""
    return {" ": "space", ".": "period", "/": "slash", ":": "colon", "@": "at"}.get(letter) or (
        letter if letter.isascii() and letter.isalpha() else "a" if letter.isalpha() else "zero"
    )


def stream(data: str, head: str = "") -> str:
    return f"<< {head} /Length {len(data.encode('latin-1'))} >>\nstream\n{data}\nendstream"


def assemble(objects: Sequence[str]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


# ── DOCX ────────────────────────────────────────────────────────────────────────────────────────────

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx(body: str, *, parts: Mapping[str, bytes | str] | None = None, main: str = MAIN, relations: str = "") -> bytes:
    """A package whose document has ``body`` (WordprocessingML), and ``parts`` beside it."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    content: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES.format(main=main),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_REL}">{relations}</Relationships>',
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, data in content.items():
            package.writestr(path, data)
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:r>{properties}<w:t>{text}</w:t></w:r></w:p>"


# ── looking for what should be gone ─────────────────────────────────────────────────────────────────


def everything(data: bytes) -> bytes:
    """The bytes of a file and of everything compressed in it, for a search."""
    out = [data]
    at = 0
    while (at := data.find(b"\x78", at)) >= 0:  # any zlib stream, wherever it begins
        with contextlib.suppress(zlib.error):
            out.append(zlib.decompressobj().decompress(data[at:], 1_000_000))
        at += 1
    return b"\n".join(out)


def holds(data: bytes, secret: str) -> bool:
    """Whether the secret is in a file in any of the encodings that such files use."""
    found = everything(data)
    return any(secret.encode(kind) in found for kind in ("utf-8", "utf-16-le", "utf-16-be"))


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
