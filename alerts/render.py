"""A draft to HTML and plain text. Titles and leads come from strangers: everything is escaped by the engine."""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from alerts import digest_words, messages
from alerts.draft import DigestDraft
from alerts.formats import number

if TYPE_CHECKING:
    from jinja2 import Environment

DOCUMENTS = Path(__file__).resolve().parent / "documents"
WIDTH = 76  # columns of the plain text: read in any mail program without a second wrapping


def render(draft: DigestDraft, department: str = "") -> tuple[str, str]:
    """(HTML, plain text) of the draft; the same draft gives the same bytes."""
    words = {
        "draft": draft,
        "department": department,
        "m": messages,
        "w": digest_words,
        "bare": draft.reader == "office",
        "told": frozenset(block.number for part in draft.parts for block in part.blocks),
        "note": messages.NOTE,
        "silent": [s for s in draft.sources if s.silent],
        "unwatched": [s for s in draft.sources if not s.silent],
    }
    html = _environment().get_template("digest.html.jinja").render(words)
    text = _environment().get_template("digest.txt.jinja").render(words)
    return html, text


def fill(text: str, indent: str = "") -> str:
    """Wrapped at :data:`WIDTH`, later lines indented; a link or a long word is never broken."""
    return textwrap.fill(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=FileSystemLoader(DOCUMENTS),
        autoescape=select_autoescape(["html.jinja"]),  # by name: off for plain text alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["number"] = number
    environment.filters["fill"] = fill
    return environment
