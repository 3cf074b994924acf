"""What is wrong with a source, as a sentence: one wording for the e-mail, the desk and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alerts import messages, words
from alerts.formats import clean, moment_words, number, shorten
from store.model import AlertKind, HealthAlert

EVERYWHERE = "*"  # as crawler.alarms.EVERYWHERE: these rooms do not know each other, the rows do
_HOUR_MS, _DAY_HOURS = 3_600_000, 24
_NAMED = 3  # addresses told; the desk has them all


def label(alert: HealthAlert) -> tuple[str, str]:
    """(shape, word) of what is wrong."""
    shape, word = words.ALERTS.get(alert.kind, ("▲", words.UNKNOWN))
    return (shape, words.ALERT_EVERYWHERE) if alert.source_id == EVERYWHERE else (shape, word)


def what_to_do(alert: HealthAlert) -> str:
    """One sentence for whoever owns the source."""
    key = "everywhere" if alert.source_id == EVERYWHERE else str(alert.kind)
    return messages.HEALTH_DO.get(key, "").replace("{id}", alert.source_id)


def examples(alert: HealthAlert) -> list[str]:
    """Ids of articles in which it can be seen."""
    parts = [one for one in alert.figures.get("parts", ()) if isinstance(one, Mapping)]
    return [str(i) for one in parts[:1] for i in one.get("examples", ()) if i]


def sentence(alert: HealthAlert, tz: str) -> str:
    """What was measured, in words that can be checked. ``tz``: times are local. Unknown figures become `không rõ`."""
    figures = alert.figures
    if alert.source_id == EVERYWHERE:
        return messages.HEALTH_EVERYWHERE.format(low=_number(figures.get("low")), judged=_number(figures.get("judged")))
    if alert.kind in (AlertKind.LATE, AlertKind.SILENT):
        return _quiet(figures, tz)
    if alert.kind is AlertKind.FLOODING:
        return messages.HEALTH_FLOOD.format(**_numbers(figures, "hours", "seen", "expected", "most"))
    if alert.kind is AlertKind.LAYOUT_CHANGED:
        return _layout(figures, tz)
    return _unanswered(alert.kind, figures, tz)


def span(ms: float) -> str:
    """`26 giờ`, `3 ngày`: whole hours up to two days, then days."""
    hours = int(ms // _HOUR_MS)
    if hours < 2 * _DAY_HOURS:
        return messages.HEALTH_HOURS.format(count=number(hours))
    return messages.HEALTH_DAYS.format(count=number(hours // _DAY_HOURS))


def _quiet(figures: Mapping[str, Any], tz: str) -> str:
    if figures.get("how") == "few":
        return messages.HEALTH_FEW.format(**_numbers(figures, "seen", "expected", "leanest"))
    since, until = _int(figures.get("since")), _int(figures.get("until"))
    told = {"since": _moment(since, tz), "span": span((until or 0) - (since or 0))}
    if not figures.get("ever", True):
        return messages.HEALTH_EMPTY.format(**told)
    months = figures.get("months")
    if not isinstance(months, int | float):
        return messages.HEALTH_PATIENCE.format(hours=_number(figures.get("patience_hours")), **told)
    expected = _number(figures.get("expected"))
    return messages.HEALTH_GAP.format(expected=expected, rare=rare(months), **told)


def rare(months: float) -> str:
    """How often a silence like this is to be expected, in words."""
    if months >= 1200:
        return messages.HEALTH_RARE_EVER
    if months >= 24:
        return messages.HEALTH_RARE_YEARS.format(years=number(months / 12))
    return messages.HEALTH_RARE_MONTHS.format(months=number(max(months, 1)))


def _layout(figures: Mapping[str, Any], tz: str) -> str:
    parts = [one for one in figures.get("parts", ()) if isinstance(one, Mapping)]
    told = [
        messages.HEALTH_PART.format(
            part=messages.HEALTH_PARTS.get(str(one.get("part")), str(one.get("part"))),
            now=_percent(one.get("now")),
            before=_percent(one.get("before")),
        )
        for one in parts
    ]
    return messages.HEALTH_LAYOUT.format(since=_moment(_int(figures.get("since")), tz), parts="; ".join(told))


def _unanswered(kind: str, figures: Mapping[str, Any], tz: str) -> str:
    named = [one for one in figures.get("channels", ()) if isinstance(one, Mapping)]
    told = [
        f"{shorten(clean(str(one.get('url', ''))), 120)} ({words.FETCHED.get(str(one.get('outcome')), words.UNKNOWN)})"
        for one in named[:_NAMED]
    ]
    channels = ", ".join(told) + (messages.HEALTH_AND_MORE.format(count=len(named)) if len(named) > _NAMED else "")
    since = _int(figures.get("since"))
    if kind == AlertKind.NEVER_ANSWERED:
        from_when = messages.HEALTH_NEVER_SINCE.format(since=_moment(since, tz)) if since else ""
        return messages.HEALTH_NEVER.format(since=from_when, channels=channels)
    template = messages.HEALTH_FAILING if figures.get("all") else messages.HEALTH_PARTLY
    return template.format(since=_moment(since, tz), channels=channels)


def _moment(at: int | None, tz: str) -> str:
    return moment_words(at, tz) if at is not None else words.UNKNOWN


def _numbers(figures: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: _number(figures.get(name)) for name in names}


def _number(value: object) -> str:
    """Whole from ten on; one decimal below, where it says something."""
    if not isinstance(value, int | float):
        return words.UNKNOWN
    return number(value, 1) if isinstance(value, float) and value < 10 and round(value, 1) % 1 else number(value)


def _percent(share: object) -> str:
    return number(100 * share) if isinstance(share, int | float) else words.UNKNOWN


def _int(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None
