"""What every page is given: settings, store, bodies, the clock, and how to render."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from alerts.formats import exactly, number
from config.settings import Settings
from desk import show, words
from desk.counter import Counter
from desk.seal import Seal
from desk.templating import Templates
from store.blobs import BodyStore
from store.sqlite import SqliteStore


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk. ``now`` gives milliseconds UTC."""

    settings: Settings
    store: SqliteStore
    bodies: BodyStore
    now: Callable[[], int]
    templates: Templates
    counter: Counter
    seal: Seal = field(default_factory=Seal)

    def page(self, template: str, title: str, *, active: str = "", status: int = 200, **values: Any) -> Response:
        """A rendered page with everything that the frame needs; its numbers are of this moment."""
        now, tz = self.now(), self.settings.timezone
        values |= {
            "title": title,
            "active": active,
            "words": words,
            "department": self.settings.department,
            "rendered": exactly(now, tz),
            "ago": lambda at: show.time_tag(at, now, tz),
            "exact": lambda at: show.exact_tag(at, tz),
            "number": number,
            "style": self.templates.style_url,
        }
        return HTMLResponse(self.templates.render(template, values), status_code=status)


Page = Callable[[Desk, Request], Response]
"""A page is a plain function; it runs on a thread of its own and may read the store."""


class BadAddress(Exception):
    """A query or a form that cannot be used; the message says which part and what it takes. Shown with status 400."""
