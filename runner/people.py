"""Names and reasons given at the command line: as everywhere (:mod:`store.people`)."""

from __future__ import annotations

from store.people import named_person, same_person, told_reason

__all__ = ["named_person", "same_person", "told_reason"]
