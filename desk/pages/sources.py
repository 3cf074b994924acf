"""``/nguon`` Nguồn theo dõi: what is wrong and whose it is, then every source, sorted by trouble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from alerts import health_words
from desk import watching
from desk.context import Desk
from desk.sources_seen import seen
from desk.watching import Row, checked_at, watched
from store.model import HealthAlert


@dataclass(frozen=True, slots=True)
class Notice:
    """One open alert, or several of like sources (``others``) in the same trouble."""

    alert: HealthAlert
    name: str
    shape: str
    word: str
    sentence: str
    what_to_do: str
    examples: tuple[str, ...] = ()  # ids of articles
    others: tuple[tuple[str, str], ...] = ()  # (source id, name) of a group, the first one too


@dataclass(frozen=True, slots=True)
class Fold:
    """Sources that are not watched, told in one line: those of a group, or a single one."""

    name: str
    rows: tuple[Row, ...]


def page(desk: Desk, request: Request) -> Response:
    """Alerts, then the table; ``?tinh_trang=`` picks one state, so that each count opens."""
    rows, errors = watched(desk)
    counts = [(code, *watching.STATES[code], sum(r.trouble == code for r in rows)) for code in watching.ORDER]
    picked = request.query_params.get("tinh_trang", "")
    chosen = rows
    if picked.isascii() and picked.isdigit() and int(picked[:2]) in watching.STATES:
        chosen = [row for row in rows if row.trouble == int(picked[:2])]
    else:
        picked = ""
    return desk.page(
        "sources.jinja",
        "Nguồn theo dõi",
        active="sources",
        rows=[row for row in chosen if row.watched],
        folds=folded([row for row in chosen if not row.watched]),
        seen=seen(desk, chosen),
        notices=[] if picked else notices(desk, rows),
        checked=checked_at(desk),
        states=watching.STATES,
        errors=errors,
        counts=counts,
        picked=picked,
        any_watched=any(row.watched for row in rows),
    )


def notices(desk: Desk, rows: Sequence[Row]) -> list[Notice]:
    """Open alerts, the newest first; those of a group and kind in one."""
    of = {row.source_id: row for row in rows}
    found: dict[tuple[str, str], list[HealthAlert]] = {}
    for alert in reversed(desk.store.open_alerts()):
        row = of.get(alert.source_id)
        found.setdefault(((row.group if row else "") or alert.source_id, alert.kind), []).append(alert)
    return [_notice(alerts, of, desk.settings.timezone) for alerts in found.values()]


def _notice(alerts: Sequence[HealthAlert], of: dict[str, Row], tz: str) -> Notice:
    first = alerts[0]
    shape, word = health_words.label(first)
    row = of.get(first.source_id)
    name = row.name if row else "" if first.source_id == health_words.EVERYWHERE else first.source_id
    others: tuple[tuple[str, str], ...] = ()
    if len(alerts) > 1 and row:
        name = row.group
        others = tuple((a.source_id, of[a.source_id].name) for a in alerts)
    said = health_words.sentence(first, tz)
    examples = tuple(health_words.examples(first))
    return Notice(
        first, name, shape, word, said[:1].upper() + said[1:], health_words.what_to_do(first), examples, others
    )


def folded(rows: Sequence[Row]) -> list[Fold]:
    """A line a group, then a line a source."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group or f"\x00{row.source_id}", []).append(row)
    folds = [Fold(members[0].group or members[0].name, tuple(members)) for members in groups.values()]
    return sorted(folds, key=lambda fold: (-len(fold.rows), fold.name))
