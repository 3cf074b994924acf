"""The corpus: malformed feeds, each with one named cause and the outcome that it must have."""

from tests.abuse.feeds import (
    dates,
    encodings,
    entities,
    entries_atom,
    entries_rss,
    json_feed,
    links,
    others,
    structure,
)

FAMILIES = (encodings, structure, entities, entries_rss, entries_atom, json_feed, links, dates, others)
CASES = tuple(case for family in FAMILIES for case in family.CASES)
