"""Whether the judge says other things than it used to: shares of labels of one month against the months before.

A shift may be the world's (an exam, a storm), an outlet's (a new section) or the judge's (words it has not learned): a
person looks. One G-test (Woolf 1957) a question and outlet, of stories, not articles. Months differ among themselves
more than chance alone would have it, so the statistic is divided by what the months before did, over all outlets
(a correlation within a month, as in Donner and Klar 2000, ch. 6), and read as F; a share that some month before had is
no shift. Holm (1979) over all tests of a month: in a month
without any shift the chance of a notice is at most :data:`ALPHA`. Very small shifts of very many stories are no news,
so a share must move by :data:`SHIFT`.

No answer here crosses an outlet with tone, stance or rumour (promise 2): of these only the month is told, with the
shares of all outlets together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.drift_math import f_tail, g_test, pearson, taken_together
from store.model_label import BY_OUTLET, LabelCount, LabelTask

ALPHA = 0.05
LEAST = 30  # stories of an outlet in the month, and in the months before
MONTHS = 6  # months before that are compared with
SHIFT = 0.10  # by how much some share must move
WATCHED = (LabelTask.EDU, LabelTask.TONE, LabelTask.STANCE, LabelTask.RUMOUR)

Shares = Mapping[str, float]
Table = Mapping[str, Mapping[str, int]]  # month → label → stories


@dataclass(frozen=True, slots=True)
class Drift:
    """A shift. ``outlet`` is "" for tone, stance and rumour; ``before`` and ``now`` are shares of the labels (there of
    all outlets together), ``p`` is adjusted for all tests of the month."""

    task: str
    outlet: str
    month: str
    version: str
    before: Shares
    now: Shares
    stories: int
    p: float


@dataclass(frozen=True, slots=True)
class _Test:
    task: str
    outlet: str
    p: float
    moved: float


def drifts(counts: Iterable[LabelCount], month: str) -> list[Drift]:
    """Shifts of ``month`` (2026-11), the surest first. Only months judged by the version that judged most of ``month``
    are compared: another version says other things by itself."""
    by_task: dict[str, list[LabelCount]] = defaultdict(list)
    for count in counts:
        by_task[count.task].append(count)
    tests: list[_Test] = []
    kept: dict[str, tuple[str, dict[str, dict[str, dict[str, int]]]]] = {}
    for task, rows in by_task.items():
        version = _version(rows, month)
        if version is not None:
            kept[task] = version, _tables(rows, month, version)
            tests += _tests(task, kept[task][1], month)
    found = [test for test in _holm(tests) if test.p <= ALPHA and test.moved >= SHIFT]
    told: dict[tuple[str, str], Drift] = {}
    for test in sorted(found, key=lambda t: (t.p, t.task, t.outlet)):
        version, tables = kept[test.task]
        outlet = test.outlet if test.task in BY_OUTLET else ""
        together = _together(tables.values()) if not outlet else tables[outlet]
        before, now = _split(together, month)
        drift = Drift(
            test.task, outlet, month, version, _shares(before), _shares(now), sum(now.values()), test.p
        )  # fmt: skip
        told.setdefault((test.task, outlet), drift)
    return list(told.values())


def _version(rows: Sequence[LabelCount], month: str) -> str | None:
    stories: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.month == month:
            stories[row.version] += row.stories
    return max(sorted(stories), key=lambda v: stories[v]) if stories else None


def _tables(rows: Sequence[LabelCount], month: str, version: str) -> dict[str, dict[str, dict[str, int]]]:
    """outlet → month → label → stories, of that month and those before."""
    months = set(sorted({r.month for r in rows if r.version == version and r.month < month})[-MONTHS:]) | {month}
    tables: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for row in rows:
        if row.version == version and row.month in months:
            tables[row.outlet][row.month][row.label] += row.stories
    return tables


def _tests(task: str, tables: Mapping[str, Table], month: str) -> list[_Test]:
    asked = []
    excess, weight, freedom = 0.0, 0.0, 0
    for outlet, table in sorted(tables.items()):
        before, now = _split(table, month)
        if sum(before.values()) < LEAST or sum(now.values()) < LEAST:
            continue
        earlier = [table[name] for name in sorted(table) if name != month]
        g, df = pearson(earlier, taken_together([before, now]))
        excess, weight, freedom = excess + g - df, weight + df * (_typical(earlier) - 1), freedom + df
        if _new(now, earlier):
            g, df = g_test([before, now])
            asked.append((outlet, g, df, _moved(before, now), [sum(m.values()) for m in earlier], sum(now.values())))
        else:
            asked.append((outlet, 0.0, 1, 0.0, [1], 1))
    alike = max(0.0, excess / weight) if weight > 0 else 0.0
    return [
        _Test(task, outlet, f_tail(g / df / _unrest(alike, sizes, n), df, freedom) if df else 1.0, moved)
        for outlet, g, df, moved, sizes, n in asked
    ]


def _typical(months: Sequence[Mapping[str, int]]) -> float:
    """The size of month that the spread among them speaks of: with a correlation r within a month, G / df is about
    1 + (size - 1) r."""
    sizes = [n for n in (sum(month.values()) for month in months) if n]
    total = sum(sizes)
    return (total - sum(n * n for n in sizes) / total) / (len(sizes) - 1) if len(sizes) > 1 else 1.0


def _unrest(alike: float, sizes: Sequence[int], now: int) -> float:
    """By how much G of a month of ``now`` stories against months of ``sizes`` together is larger than chance has it."""
    total = sum(sizes)
    usual = 1 / now + 1 / total
    return ((1 + (now - 1) * alike) / now + sum(n * (1 + (n - 1) * alike) for n in sizes) / total**2) / usual


def _new(now: Mapping[str, int], earlier: Sequence[Mapping[str, int]]) -> bool:
    """Whether some share lies outside of all that the months before had: what was there before is no shift."""
    shares = [_shares(month) for month in earlier if sum(month.values())]
    return any(
        not min(m.get(label, 0) for m in shares) <= share <= max(m.get(label, 0) for m in shares)
        for label, share in {**dict.fromkeys({x for m in shares for x in m}, 0.0), **_shares(now)}.items()
    )


def _holm(tests: Sequence[_Test]) -> list[_Test]:
    """With p adjusted for all of them."""
    worst, out = 0.0, []
    for rank, test in enumerate(sorted(tests, key=lambda t: t.p)):
        worst = max(worst, min(1.0, test.p * (len(tests) - rank)))
        out.append(_Test(test.task, test.outlet, worst, test.moved))
    return out


def _split(table: Table, month: str) -> tuple[dict[str, int], dict[str, int]]:
    """(the months before together, the month)."""
    before: dict[str, int] = defaultdict(int)
    for name, found in table.items():
        if name != month:
            for label, n in found.items():
                before[label] += n
    return dict(before), dict(table.get(month, {}))


def _together(tables: Iterable[Table]) -> dict[str, dict[str, int]]:
    whole: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for table in tables:
        for month, found in table.items():
            for label, n in found.items():
                whole[month][label] += n
    return whole


def _shares(found: Mapping[str, int]) -> dict[str, float]:
    total = sum(found.values())
    return {label: round(n / total, 4) for label, n in sorted(found.items())} if total else {}


def _moved(before: Mapping[str, int], now: Mapping[str, int]) -> float:
    a, b = _shares(before), _shares(now)
    return max(abs(a.get(label, 0) - b.get(label, 0)) for label in {*a, *b})
