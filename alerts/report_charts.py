"""The drawings of a report. Each answers one question, its caption; the values stand in a table or sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from alerts import report_words as words
from alerts.charts_kinds import (
    Life,
    Mark,
    Row,
    Series,
    columns,
    lifelines,
    lines,
    multiples,
    parted,
    percent,
    rows,
    whole,
)
from alerts.documents.nd30 import Figure
from alerts.formats import day_short, local, number
from alerts.measures import FIRST_ANSWER
from alerts.report_facts import DOUBTFUL
from alerts.report_figures import LAST_YEAR, PARTS, THEN, Bins
from alerts.report_tests import FEW, share
from alerts.report_text import Told, span, top_places, top_topics

MOST_ROWS = 12
MOST_LIVES = 8


def bins_of(told: Told) -> Bins:
    """Days, weeks or months."""
    window = told.given.period.window
    return Bins.of(window.first, window.last)


def marks(told: Told) -> list[Mark]:
    """The school year under the axis."""
    bins = bins_of(told)
    size = max(1, bins.size)
    return [
        Mark(e.name, bins.along(e.first), bins.along(e.last) + 1 / (size if bins.size else 30))
        for e in told.given.events
    ]


def _alt(question: str, named: Sequence[tuple[str, float]], show: Callable[[float], str] = whole) -> str:
    best = max(named, key=lambda one: one[1], default=None)
    if best is None or not best[1]:
        return words.ALT_EMPTY.format(question=question)
    return words.ALT_TOP.format(question=question, name=best[0], value=show(best[1]))


def volume(told: Told) -> Figure:
    """Articles over time, Hải Phòng and the rest."""
    bins = bins_of(told)
    named = [(p, tuple(told.made.n(f"{p}.luc.{n}") for n in range(len(bins.labels)))) for p in PARTS.values()]
    series = [Series(words.PARTS[p], values) for p, values in named]
    sums = [(label, float(sum(v[n] for _, v in named))) for n, label in enumerate(bins.labels)]
    alt = _alt(words.Q_VOLUME, sums)
    return Figure(columns(bins.labels, series, alt, marks=marks(told)), words.Q_VOLUME, alt)


def parts(told: Told) -> Figure:
    """Each part on its own scale."""
    bins = bins_of(told)
    panels = [
        Series(words.PARTS[p], tuple(told.made.n(f"{p}.luc.{n}") for n in range(len(bins.labels))))
        for p in PARTS.values()
    ]
    alt = _alt(words.Q_PARTS, [(s.name, float(sum(v or 0 for v in s.values))) for s in panels])
    return Figure(multiples(bins.labels, panels, alt, across=3), words.Q_PARTS, alt)


def _weeks(told: Told) -> tuple[list[str], list[range]]:
    """Bins put together so that each has enough articles to speak of shares."""
    bins = bins_of(told)
    size = 7 if bins.size == 1 else 1
    count = len(bins.labels)
    found = [range(at, min(at + size, count)) for at in range(0, count, size)]
    if len(found) > 1 and len(found[-1]) * 2 < size:
        found[-2:] = [range(found[-2].start, count)]
    return [
        bins.labels[one.start] if len(one) == 1 else f"{bins.labels[one.start]}–{bins.labels[one[-1]]}" for one in found
    ], found


def shares(told: Told, of: str, labels: Sequence[str], names: Sequence[str], question: str) -> Figure:
    """Shares of own articles by week, with intervals that know of stories; weeks of a few have no point."""
    named, groups = _weeks(told)
    read = [_labels_by_story(told, of, group) for group in groups]
    series = []
    for label, name in zip(labels, names, strict=True):
        found = [share([(one.count(label), len(one)) for one in stories]) for stories in read]
        enough = [one if one.of >= FEW else None for one in found]
        series.append(
            Series(
                name, tuple(s.value if s else None for s in enough), tuple(s.low if s else None for s in enough),
                tuple(s.high if s else None for s in enough),
            )
        )  # fmt: skip
    best = [(f"{s.name}, {named[n]}", v) for s in series for n, v in enumerate(s.values) if v is not None]
    alt = _alt(question, best, percent)
    return Figure(lines(named, series, alt, marks=_moved(told, groups)), question, alt)


def _labels_by_story(told: Told, of: str, group: range) -> list[list[str]]:
    """Sure labels of the own articles of each story within some bins."""
    bins, tz = bins_of(told), told.given.tz
    found = []
    for members in told.made.stories.get("", []):
        labels = [
            m.tone if of == "tone" else m.stance
            for m in members
            if m.own and bins.place(local(m.at, tz).date()) in group
        ]
        if sure := [one for one in labels if one not in ("", DOUBTFUL)]:
            found.append(sure)
    return found


def _moved(told: Told, groups: Sequence[range]) -> list[Mark]:
    """The calendar on the scale of the weeks."""
    out = []
    for mark in marks(told):
        ends = []
        for place in (mark.begin, mark.end):
            at = next((n for n, g in enumerate(groups) if place < g.stop), len(groups) - 1)
            ends.append(at + min(1.0, (place - groups[at].start) / len(groups[at])))
        out.append(Mark(mark.name, ends[0], ends[1]))
    return out


def tone_here(told: Told) -> Figure:
    """Own articles on Hải Phòng by tone and week: counts."""
    named, groups = _weeks(told)
    counts = [
        {k: sum(told.made.n(f"hp.luc.{n}.tone.{k}") for n in group) for k in ("neg", "neu", "pos")} for group in groups
    ]
    series = [Series(words.TONES[k], tuple(c[k] for c in counts)) for k in ("neg", "neu", "pos")]
    alt = _alt(words.Q_TONE_HP, [(n, float(sum(c.values()))) for n, c in zip(named, counts, strict=True)])
    return Figure(columns(named, series, alt, marks=_moved(told, groups), high=150), words.Q_TONE_HP, alt)


def topics(told: Told) -> Figure:
    """Stories by topic, beside the period before where that can be compared."""
    names = told.given.names.topics
    found = [
        Row(names.get(key, key), n, told.made.n(f"{THEN}.ca.topic.{key}") if told.trends.comparable else None)
        for key, n in top_topics(told, "ca")[:16]
    ]
    alt = _alt(words.Q_TOPICS, [(r.name, r.value) for r in found])
    return Figure(rows(found, alt, names=(words.NOW, words.THEN)), words.Q_TOPICS, alt)


def change(told: Told) -> Figure:
    """Differences of shares with their intervals, sure ones starred."""
    names = told.given.names.topics
    found = [
        Row(names.get(c.key, c.key), c.points, None, c.low, c.high, " *" if c.sure else "")
        for c in sorted(told.trends.topics, key=lambda c: -c.points)
    ]
    alt = _alt(words.Q_CHANGE, [(r.name, abs(r.value)) for r in found], _points)
    return Figure(rows(found, alt, show=_points, signed=True), words.Q_CHANGE, alt)


def _points(value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return words.POINTS.format(value=sign + number(abs(value) * 100, 1))


def themes(told: Told) -> Figure:
    """Stories by the department's themes."""
    found = [
        Row(
            told.made.themes.get(key, key), n, told.made.n(f"{THEN}.ca.theme.{key}") if told.trends.comparable else None
        )
        for key, n in top_topics(told, "ca", "theme")[:MOST_ROWS]
    ]
    alt = _alt(words.Q_THEMES, [(r.name, r.value) for r in found])
    return Figure(rows(found, alt, names=(words.NOW, words.THEN)), words.Q_THEMES, alt)


def places(told: Told) -> Figure:
    """Articles by commune."""
    names = told.given.names.communes
    found = [Row(names.get(code, code), n) for code, n in top_places(told)[:MOST_ROWS]]
    alt = _alt(words.Q_PLACES, [(r.name, r.value) for r in found])
    return Figure(rows(found, alt), words.Q_PLACES, alt)


def outlets(told: Told) -> Figure:
    """Articles by outlet: volume alone."""
    counted = sorted(((told.made.n(f"bao.{key}"), name) for key, name in told.made.outlets.items()), reverse=True)
    found = [Row(name, n) for n, name in counted[:MOST_ROWS]]
    alt = _alt(words.Q_OUTLETS, [(r.name, r.value) for r in found])
    return Figure(rows(found, alt), words.Q_OUTLETS, alt)


def plans(told: Told) -> Figure:
    """Themes of the plans on Hải Phòng; a gap is a row without a bar."""
    counted = [(told.made.n(f"ke_hoach.{key}"), one.name) for key, one in told.given.plans.items()]
    found = [Row(name, n) for n, name in sorted(counted, key=lambda one: -one[0])]
    alt = _alt(words.Q_PLANS, [(r.name, r.value) for r in found])
    return Figure(rows(found, alt, room=400.0, deep=1), words.Q_PLANS, alt)


def compared(told: Told) -> Figure:
    """Volumes of the three periods."""
    given, made = told.given, told.made
    found = [Row(words.NOW, made.n("tong"))]
    for period, prefix, name in ((given.then, THEN, words.THEN), (given.last_year, LAST_YEAR, words.YEAR)):
        if period.followed:
            note = "" if period.whole else f" ({period.followed}/{period.window.days} ngày)"
            found.append(Row(name, made.n(f"{prefix}.tong"), note=note))
    alt = _alt(words.Q_COMPARED, [(r.name, r.value) for r in found])
    return Figure(rows(found, alt), words.Q_COMPARED, alt)


def rumours(told: Told, lives: Sequence[tuple[str, Sequence[tuple[int, int]], int | None]]) -> Figure:
    """Life-lines: (title, (moment, kind) …, answered after ms)."""
    window = told.given.period.window
    begin, end = window.bounds(told.given.tz)
    shown = [
        Life(
            title,
            tuple((min(1.0, max(0.0, (at - begin) / (end - begin))), kind) for at, kind in points),
            span(after) if after is not None else "",
        )
        for title, points, after in lives[:MOST_LIVES]
    ]
    alt = _alt(words.Q_RUMOURS, [(life.name, float(len(life.points))) for life in shown])
    svg = lifelines(shown, (day_short(window.first), day_short(window.last)), words.KINDS_OF_LIFE, alt)
    return Figure(svg, words.Q_RUMOURS, alt)


def cases(told: Told) -> Figure:
    """First answers by office."""
    given = told.given.cases
    found = []
    for one in given.figures if given else ():
        if one.scope == "office" and not one.followed:
            piles = [told.made.n(f"viec.{one.key}.{FIRST_ANSWER}.{pile}") for pile in ("kept", "late", "open")]
            if sum(piles):
                found.append((given.names.get(one.key, one.key) if given else one.key, piles))
    alt = _alt(words.Q_CASES, [(name, float(sum(piles))) for name, piles in found])
    return Figure(parted(found, tuple(h.lower() for h in words.T_CASE[2:5]), alt), words.Q_CASES, alt)
