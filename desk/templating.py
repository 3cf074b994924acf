"""Jinja with autoescape always on: everything that came from outside is text, never markup."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from alerts import formats
from alerts import words as row_words
from alerts.case_words import STATES
from desk import masked, show

ROOM = Path(__file__).resolve().parent


class Templates:
    """The pages' templates and the stylesheet, read once."""

    def __init__(self) -> None:
        self.style = (ROOM / "static" / "desk.css").read_bytes()
        self.style_url = f"/static/desk.css?v={hashlib.sha256(self.style).hexdigest()[:12]}"
        self._environment = Environment(
            loader=FileSystemLoader(ROOM / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "href": show.safe_href,
            "day_words": formats.iso_day_words,
            "outlet": show.outlet_name,
            "masked": masked.line,
            "label": row_words.label,
        }

        self._environment.globals["row_words"] = row_words
        self._environment.globals["case_states"] = STATES

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """The page as HTML."""
        return self._environment.get_template(template).render(values)
