"""``haidang export``: rows as they leave the house, names masked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from alerts.beside import texts_beside
from alerts.inputs import newest_text
from lang.masking_lines import masked_line
from store.api import Store

_MARK = "\n\x1f\n"  # stands between two values of a row; no stored text holds it


_BESIDE = frozenset({"label", "unmasking", "disclosure", "candidate_finding"})
"""Tables of what people typed about an article: "hỏi lại Vy" gives a child away only beside its text. A finding's
reasons quote its article."""
_ABOUT = {"candidate_check": "candidate_id", "concern_note": "concern_id"}
"""The same of what people typed about a candidate or a concern: about all of its articles."""
_MOST = 20  # articles of one candidate that are read for who must be masked
_READ = 4_000  # characters of a body that are read for who must be masked


def masked_rows(store: Store, table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of ``table``, each by :func:`masked_row`, beside the article where people wrote about one."""
    for row in rows:
        about = [part for article in _articles(store, table, row) for part in _about(store, article)]
        yield masked_row(row, list(dict.fromkeys(about)))


def _articles(store: Store, table: str, row: Mapping[str, Any]) -> list[str]:
    """Ids of the articles that a row is about."""
    if table in _BESIDE:
        return [str(row["article_id"])] if row.get("article_id") else []
    subject = str(row.get(_ABOUT.get(table, ""), ""))
    found = (store.candidate(subject) or store.concern(subject)) if subject else None
    return [m.article_id for m in found.members][:_MOST] if found else []


def _about(store: Store, article: str) -> list[str]:
    read = newest_text(store.revisions_of([article]).get(article, []))
    texts = [(read.title, read.lead, read.body[:_READ])] if read else []
    return [part for text in (*texts, *texts_beside(store, article)) for part in text if part]


def masked_row(row: Mapping[str, Any], about: Sequence[str] = ()) -> dict[str, Any]:
    """The row with every sentence in it masked, all of them read together: who is a pupil in the title is one in the
    body, and who is one in ``about`` is one in the row. Ids, addresses, numbers and codes stay; JSON in a text
    column is masked value by value."""
    said = list(_sentences(row))
    if not said:
        return dict(row)
    masked = masked_line(_MARK.join((*said, *about))).split(_MARK)
    if len(masked) == len(said) + len(about):
        masked = masked[: len(said)]
    else:  # a mask swallowed the mark between two values: each alone, then
        masked = [masked_line(_MARK.join((text, *about))).split(_MARK)[0] for text in said]
    known = dict(zip(said, masked, strict=True))
    return {key: _swapped(value, known) for key, value in row.items()}


def _sentences(value: Any) -> list[str]:
    match value:
        case Mapping():
            return [s for v in value.values() for s in _sentences(v)]
        case list():
            return [s for v in value for s in _sentences(v)]
        case str() if (held := _json(value)) is not None:
            return _sentences(held)
        case str() if " " in value.strip():
            return [value]
    return []


def _swapped(value: Any, known: Mapping[str, str]) -> Any:
    match value:
        case Mapping():
            return {k: _swapped(v, known) for k, v in value.items()}
        case list():
            return [_swapped(v, known) for v in value]
        case str() if (held := _json(value)) is not None:
            return json.dumps(_swapped(held, known), ensure_ascii=False)
        case str():
            return known.get(value, value)
    return value


def _json(text: str) -> Any:
    """The object or list that a text column holds, else None."""
    if text[:1] not in "[{":
        return None
    try:
        held = json.loads(text)
    except ValueError:
        return None
    return held if isinstance(held, (dict, list)) else None
