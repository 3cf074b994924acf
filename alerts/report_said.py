"""Numbers as a report says them: percentages only where there are enough, comparisons only where there is something."""

from __future__ import annotations

from collections.abc import Sequence

from alerts import report_words as words
from alerts.formats import number
from alerts.report_figures import LAST_YEAR, THEN, Book
from alerts.report_inputs import Period, ReportInput
from alerts.report_sources import gaps, outage
from alerts.report_tests import FEW, Change, Share, changes, share, volume_change, wilson

SURE = 0.05


def percent(value: float) -> str:
    """``12,5%``."""
    return f"{number(value * 100, 1)}%"


def with_share(hits: int, of: int) -> str:
    """`` (12,5%; khoảng tin cậy 95%: 8,0%–19,0%)``, "" for a few."""
    if of < FEW:
        return ""
    low, high = wilson(hits, of)
    return words.WITH_SHARE.format(share=percent(hits / of), low=percent(low), high=percent(high))


def compared(period: Period, count: int, said: tuple[str, str, str]) -> str:
    """A count of another period; ``said``: words for one, for none, for part of one."""
    some, none, part = said
    if not period.followed:
        return none
    if not period.whole:
        return part.format(days=number(period.followed), of=number(period.window.days))
    return some.format(n=number(count))


def cell(period: Period, count: int) -> str:
    """The same in a table: a number, or a dash where there is no data."""
    if not period.followed:
        return "–"
    return number(count) + ("" if period.whole else "*")


def tone_share(made: Book, scope: str, label: str, of: str = "tone") -> Share | None:
    """A tone's or stance's share of own articles that are sure of theirs; None of a few."""
    groups = []
    for members in made.stories.get("", []):
        own = [m for m in members if m.own and (scope == "ca" or m.part == "hai_phong")]
        values = [v for m in own if (v := m.tone if of == "tone" else m.stance) not in ("", "chua_ro")]
        if values:
            groups.append((values.count(label), len(values)))
    found = share(groups)
    return found if found.of >= FEW else None


class Trends:
    """What changed against the period before, worked out once."""

    def __init__(self, given: ReportInput, made: Book) -> None:
        self.given, self.made = given, made
        self.gaps = gaps(given.period)
        self.outage = outage(given.period, self.gaps)
        self.blind = len(self.outage) * 10 > given.period.window.days or not given.period.whole
        self.comparable = given.then.whole and not self.blind
        self.topics = self._changes("topics")
        self.themes = self._changes("themes")

    @property
    def why_not(self) -> str:
        """Why nothing is compared with the period before."""
        if not self.given.then.followed:
            return words.C_THEN_NONE
        if not self.given.then.whole:
            then = self.given.then
            return words.C_THEN_PART.format(days=number(then.followed), of=number(then.window.days))
        if self.blind:
            return words.WHY_OUTAGE
        return words.WHY_FEW.format(few=FEW)

    def _changes(self, of: str) -> list[Change]:
        if not self.comparable:
            return []
        now, now_all = self._days("", of)
        then, then_all = self._days(THEN + ".", of)
        return changes(now, now_all, then, then_all)

    def _days(self, prefix: str, of: str) -> tuple[dict[str, dict[int, int]], dict[int, int]]:
        """Stories by topic and day, each on the day of its first article."""
        from alerts.report_figures import common

        window = self.given.then.window if prefix else self.given.period.window
        begin = window.bounds(self.given.tz)[0] + 1
        topics: dict[str, dict[int, int]] = {}
        whole: dict[int, int] = {}
        for members in self.made.stories.get(prefix, []):
            day = (members[0].at - begin) // 86_400_000
            whole[day] = whole.get(day, 0) + 1
            for key in common(members, of):
                days = topics.setdefault(key, {})
                days[day] = days.get(day, 0) + 1
        return topics, whole

    def volume(self, scope: str) -> str:
        """up · down · same · "" where counts alone are told."""
        if not self.comparable:
            return ""
        key = "tong" if scope == "ca" else "hp.tong"
        now, then = self.made.n(key), self.made.n(f"{THEN}.{key}")
        if min(now, then) < FEW:
            return ""
        runs = [self._daily(p, prefix, scope) for p, prefix in ((self.given.period, ""), (self.given.then, THEN + "."))]
        if volume_change(runs[0], runs[1]) > SURE:
            return "same"
        return "up" if now / self.given.period.window.days > then / self.given.then.window.days else "down"

    def _daily(self, period: Period, prefix: str, scope: str) -> Sequence[int]:
        begin = period.window.bounds(self.given.tz)[0] + 1
        out = [0] * period.window.days
        for members in self.made.stories.get(prefix, []):
            for fact in members:
                if scope == "ca" or fact.part == "hai_phong":
                    out[min((fact.at - begin) // 86_400_000, len(out) - 1)] += 1
        return out


__all__ = ["LAST_YEAR", "Trends", "cell", "compared", "percent", "tone_share", "with_share"]
