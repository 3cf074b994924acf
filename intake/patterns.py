"""Long alternatives of a regular expression, written as lists."""

from __future__ import annotations


def any_of(listed: str) -> str:
    """``a; b c; d`` over several lines as ``(?:a|b c|d)``. What stands between two semicolons is a pattern itself."""
    return "(?:" + "|".join(" ".join(p.split()) for p in listed.split(";") if p.strip()) + ")"


def words_of(listed: str) -> frozenset[str]:
    """The same list as a set of plain words."""
    return frozenset(" ".join(p.split()) for p in listed.split(";") if p.strip())
