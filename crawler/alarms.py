"""From one look at all sources to alerts: opened once, kept while it lasts, closed when it is over.

``figures`` of an alert hold what it was measured by, enough to count it again by hand; times in ms UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler import layout
from crawler.health import (
    FAILING_WEIGHT,
    FINE,
    Look,
    View,
    failing_since,
    quiet_kind,
)
from crawler.rhythm import HOUR_MS, at_most, count_within, expected_items
from store.model import AlertKind, HealthAlert

EVERYWHERE = "*"
"""Stands for the source in the one alert that most sources are quiet at once."""

DAY_MS = 24 * HOUR_MS
PARTLY_HOURS = 24  # one address of several is given so long
ASKED_HOURS, ASKED_WEIGHT = 2, 2.0  # a source that never answered is given so long, over so much failure
FLOOD_TIMES, FLOOD_DAY_TIMES, FLOOD_LEAST, FLOOD_CHANCE = 5, 3, 30, 1e-4
FEW_SHARE, FEW_LEAST, FEW_CHANCE = 1 / 3, 21, 1e-4  # a week that brings a third, and half of the leanest week so far


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a source right now."""

    source_id: str
    kind: AlertKind
    owner: str
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Rows to open, and (id, since when) of rows to close."""

    opened: tuple[HealthAlert, ...]
    closed: tuple[tuple[str, int], ...]


def change(seen: Look, open_alerts: Iterable[HealthAlert], administrator: str) -> Change:
    """What to open and what to close. ``administrator``: the owner of what is nobody's own."""
    standing = {(one.source_id, one.kind): one for one in open_alerts}
    closed = [one for one in standing.values() if _over(one, seen)]
    for one in closed:
        del standing[(one.source_id, one.kind)]
    opened = []
    for found in findings(seen, administrator):
        graver, told = _told_before(found, standing)
        if told:
            continue
        if graver is not None:
            closed.append(graver)  # the graver word stands for both
        alert_id = HealthAlert.make_id(found.source_id, found.kind, seen.at)
        opened.append(HealthAlert(alert_id, found.source_id, found.kind, seen.at, found.owner, found.figures))
    return Change(tuple(opened), tuple((one.id, seen.at) for one in closed))


def _told_before(
    found: Finding, standing: Mapping[tuple[str, AlertKind], HealthAlert]
) -> tuple[HealthAlert | None, bool]:
    """(a milder alert that this one replaces, whether this or a graver one stands already)."""
    same = standing.get((found.source_id, found.kind))
    if same is not None:
        wholly = found.kind is AlertKind.FAILING and found.figures["all"] and not same.figures.get("all")
        return (same, False) if wholly else (None, True)
    if found.kind is AlertKind.LATE and (found.source_id, AlertKind.SILENT) in standing:
        return None, True
    if found.kind is AlertKind.SILENT:
        return standing.get((found.source_id, AlertKind.LATE)), False
    return None, False


def findings(seen: Look, administrator: str) -> list[Finding]:
    """All that is wrong at this time."""
    found = [one for view in seen.views.values() if view.watched for one in _of_source(view, seen)]
    floods = [one for one in found if one.kind is AlertKind.FLOODING]
    if len(floods) >= 3 and len(floods) * 4 > sum(view.rhythm is not None for view in seen.views.values()):
        found = [one for one in found if one.kind is not AlertKind.FLOODING]  # we were away, and catch up
    crowds = [crowd for crowd in seen.crowds.values() if crowd.told]
    if crowds:
        most = max(crowds, key=lambda crowd: len(crowd.low))
        figures = {"low": len(most.low), "judged": most.judged, "sources": list(most.low), "until": seen.at}
        found.append(Finding(EVERYWHERE, AlertKind.LATE, administrator, figures))
    return found


def _of_source(view: View, seen: Look) -> Iterable[Finding]:
    checks = (_never_answered(view), _failing(view), _quiet(view, seen), _flooding(view, seen), _layout(view))
    for told in checks:
        if told is not None:
            yield Finding(view.source.id, told[0], view.source.owner, told[1])


Told = tuple[AlertKind, dict[str, Any]] | None


def _never_answered(view: View) -> Told:
    asked = view.asked
    if asked is None or view.answered is not None:
        return None
    weight = max(row.failure_weight for row in view.rows)
    since = view.asked_since
    if weight < ASKED_WEIGHT or (since is not None and asked - since < ASKED_HOURS * HOUR_MS):
        return None
    return AlertKind.NEVER_ANSWERED, {"since": since, "until": asked, "channels": _channels(view)}


def _failing(view: View) -> Told:
    if (since := failing_since(view)) is not None:
        return AlertKind.FAILING, {"since": since, "until": view.asked, "all": True, "channels": _channels(view)}
    some = [row for row in view.rows if _fails(row.last_fetch_at, row.last_ok_at, row.last_outcome, row.failure_weight)]
    if view.answered is None or not some or len(some) == len(view.rows):
        return None
    since = min(row.last_ok_at or 0 for row in some) or None
    return AlertKind.FAILING, {"since": since, "until": view.asked, "all": False, "channels": _channels(view)}


def _fails(asked: int | None, answered: int | None, outcome: str | None, weight: float) -> bool:
    if asked is None or outcome in FINE or weight < FAILING_WEIGHT:
        return False
    return answered is None or asked - answered > PARTLY_HOURS * HOUR_MS


def _channels(view: View) -> list[dict[str, Any]]:
    return [
        {"url": row.url, "outcome": row.last_outcome, "last_ok_at": row.last_ok_at}
        for row in view.rows
        if row.last_outcome not in FINE and row.last_fetch_at is not None
    ]


def _quiet(view: View, seen: Look) -> Told:
    if view.crowd.now or failing_since(view) is not None:
        return None  # said already: it is quiet everywhere, or it does not answer at all
    kind = quiet_kind(view)
    if kind is None:
        return _few(view, seen)
    figures: dict[str, Any] = {
        "how": "gap",
        "since": view.quiet_since,
        "until": view.answered,
        "ever": view.newest is not None,
        "patience_hours": view.patience_ms // HOUR_MS,
        "seen": 0,
    }
    if view.gap is not None:
        figures |= {"expected": round(view.gap.expected, 1), "months": round(view.gap.months, 1)}
    return kind, figures


def _few(view: View, seen: Look) -> Told:
    rhythm, until = view.rhythm, view.answered or seen.at
    if rhythm is None:
        return None
    expected = expected_items(rhythm, until - 7 * DAY_MS, until, seen.hours, view.crowd.hours)
    count = count_within(view.arrivals, until - 7 * DAY_MS, until)
    chance = at_most(count, expected, rhythm.spread)
    if expected < FEW_LEAST or count > expected * FEW_SHARE or count * 2 > rhythm.leanest_week or chance > FEW_CHANCE:
        return None
    figures = {
        "how": "few",
        "since": until - 7 * DAY_MS,
        "until": until,
        "expected": round(expected, 1),
        "seen": count,
        "leanest": rhythm.leanest_week,
        "chance": chance,
    }
    return AlertKind.LATE, figures


def _flooding(view: View, seen: Look) -> Told:
    rhythm, until = view.rhythm, view.answered or seen.at
    if rhythm is None:
        return None
    windows = ((HOUR_MS, FLOOD_TIMES, rhythm.busiest_hour), (DAY_MS, FLOOD_DAY_TIMES, rhythm.busiest_day))
    for window, times, most in windows:
        count = count_within(view.arrivals, until - window, until)
        if count < FLOOD_LEAST or count <= times * most:
            continue
        expected = expected_items(rhythm, until - window, until, seen.hours)
        chance = 1 - at_most(count - 1, expected, rhythm.spread)
        if chance < FLOOD_CHANCE:
            figures = {
                "since": until - window,
                "until": until,
                "hours": window // HOUR_MS,
                "seen": count,
                "expected": round(expected, 1),
                "most": most,
                "chance": chance,
            }
            return AlertKind.FLOODING, figures
    return None


def _layout(view: View) -> Told:
    dropped = layout.drops(view.pages)
    if not dropped:
        return None
    parts = [
        {
            "part": one.part,
            "before": round(one.before, 3),
            "now": round(one.now, 3),
            "of_before": one.of_before,
            "of_now": one.of_now,
            "chance": one.chance,
            "since": one.since,
            "examples": list(one.examples),
        }
        for one in dropped
    ]
    return AlertKind.LAYOUT_CHANGED, {"since": min(one.since for one in dropped), "parts": parts}


# ── over ────────────────────────────────────────────────────────────────────────────────────────────


def _over(alert: HealthAlert, seen: Look) -> bool:
    """Stricter than "no longer found": what opened an alert must have turned well, or it would open again at once."""
    if alert.source_id == EVERYWHERE:
        return all(crowd.over for crowd in seen.crowds.values())
    view = seen.views.get(alert.source_id)
    if view is None or not view.watched:
        return True  # nothing is expected of it any more
    over = {
        AlertKind.LATE: _quiet_over,
        AlertKind.SILENT: _quiet_over,
        AlertKind.NEVER_ANSWERED: lambda view, alert, seen: view.answered is not None,
        AlertKind.FAILING: _answers_again,
        AlertKind.FLOODING: _dry,
        AlertKind.LAYOUT_CHANGED: _layout_mended,
    }
    return over[alert.kind](view, alert, seen)


def _quiet_over(view: View, alert: HealthAlert, seen: Look) -> bool:
    if alert.figures.get("how") == "few":
        until = view.answered or seen.at
        return count_within(view.arrivals, until - 7 * DAY_MS, until) * 2 >= float(alert.figures.get("expected", 0))
    return view.newest is not None and view.newest > int(alert.figures.get("since") or 0)


def _answers_again(view: View, alert: HealthAlert, seen: Look) -> bool:
    named = {one.get("url") for one in alert.figures.get("channels", ())}
    return all(row.last_outcome in FINE for row in view.rows if row.url in named)


def _dry(view: View, alert: HealthAlert, seen: Look) -> bool:
    until = view.answered or seen.at
    window = int(alert.figures.get("hours", 1)) * HOUR_MS
    most = float(alert.figures.get("most", 0))
    return seen.at - alert.opened_at >= 6 * HOUR_MS and count_within(view.arrivals, until - window, until) <= 2 * most


def _layout_mended(view: View, alert: HealthAlert, seen: Look) -> bool:
    now = layout.shares(view.pages)
    parts: Sequence[Mapping[str, Any]] = alert.figures.get("parts", ())
    return bool(now) and all(now.get(one["part"], 0.0) >= float(one["before"]) - layout.OVER for one in parts)
