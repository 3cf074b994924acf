"""What is judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One article as text. ``lead`` is the sapo; ``section`` the outlet's own heading; the URL is not read yet."""

    id: str
    title: str
    lead: str
    body: str = ""
    outlet: str = ""
    url: str = ""
    section: str = ""
    language: str = "vi"
