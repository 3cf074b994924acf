"""Bytes to text, and markup to plain text: what a reader would have seen, in NFC."""

from __future__ import annotations

import codecs
import html
import re
from unicodedata import normalize

from lang.text import nfc

_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
_META = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the shorter one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),  # no mark, but a document that can begin in no other way
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Names that Python knows and no document means: they raise whatever the bytes are, or cost their square.
_NO_CHARSETS = {"undefined", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "unicode-escape",
                "raw-unicode-escape", "mbcs", "oem"}  # fmt: skip
_LATIN = {"iso-8859-1", "latin-1", "us-ascii", "ascii"}


def decode(body: bytes, content_type: str | None) -> tuple[str, str]:
    """(text, encoding used). Bytes are decoded here, before any parser sees them.

    Order: byte order mark; UTF-8 if the bytes are valid UTF-8 or nearly so, whatever is declared (other encodings
    hardly ever look like it); what the document or the header declares; windows-1258. Bytes that still do not fit
    become U+FFFD, so a wrong charset costs letters and never the document.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, errors="replace"), name
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = "utf-8"
    if not _mostly_utf8(body):
        declared = _declared(body, content_type)
        declared = "cp1258" if declared == "utf-8" else declared
    return body.decode(declared, errors="replace"), declared


def _declared(body: bytes, content_type: str | None) -> str:
    head = body[:4096]
    inside = _XML_DECLARED.search(head) or _META.search(head)
    header = _HEADER.search(content_type or "")
    for name in (inside.group(1).decode("ascii") if inside else None, header.group(1) if header else None):
        try:
            found = codecs.lookup(name) if name else None
        except LookupError:
            continue
        # `b"".decode` takes text encodings only; Latin-1 is what servers say when they do not know
        if found and found.name not in _LATIN | _NO_CHARSETS and getattr(found, "_is_text_encoding", True):
            return found.name
    return "cp1258"


def _mostly_utf8(body: bytes) -> bool:
    """A few bad bytes (a cut letter, a stray advert) in a UTF-8 document: at most one in ten letters beyond ASCII.

    Text of another charset hardly ever has two bytes in a row that are a letter of UTF-8.
    """
    text = body.decode("utf-8", errors="replace")
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return text.count("\ufffd") * 10 <= beyond_ascii


_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<!\[CDATA\[|\]\]>", re.IGNORECASE | re.DOTALL)
_MAY_HIDE = re.compile("<[sS][cCtT]")  # script, style
_INLINE = re.compile(r"</?(?:a|abbr|b|em|i|font|mark|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")  # what steers terminals, and non-characters
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")


LONGEST = 20_000
"""Characters of a title or summary that are read: a lead has hundreds, and tag soup costs its square."""


def plain(markup: str) -> str:
    """The text of a feed's title or summary: tags gone, entities decoded (twice where a feed escaped twice), NFC.

    Control characters are gone: a title is shown in terminals too.
    """
    markup = markup[:LONGEST]
    if "<" not in markup and "&" not in markup:
        return _nfc(markup)
    text = _strip(markup)
    if "&" in text:
        text = html.unescape(text)
        if "<" in text or "&" in text:
            text = html.unescape(_strip(text))
    return _nfc(text)


def _strip(markup: str) -> str:
    if "<" not in markup:
        return markup
    if "<!" in markup or "]]>" in markup or _MAY_HIDE.search(markup):
        markup = _HIDDEN.sub(" ", markup)
    return _TAG.sub(" ", _INLINE.sub("", markup))


def _nfc(text: str) -> str:
    """`lang.text.nfc`, sooner: what is printable holds no invisible character and no white space but blanks."""
    text = normalize("NFC", text)
    if not text.isprintable():
        return nfc(_CONTROL.sub("", text))
    text = text.strip()
    return " ".join(text.split()) if "  " in text else text
