"""Every number of a report is the count of items that carry its key: here the keys are given out. Pure.

`tong` all articles, `hp.` Hải Phòng (the part of a digest), `bn.`, `dp.` the other parts, `ca.` all three; `.goc` own
texts, `.dang_lai` copies, `.nhom` stories (carried by a story's first article). `truoc.` and `nam_truoc.` go before the
keys of the periods that are compared with.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from alerts import candidates as checking
from alerts.measures import FIRST_ANSWER
from alerts.report_facts import REVIEW, Fact
from alerts.report_inputs import Period, ReportInput
from lang.text import fold
from store.model_candidate import CONFIRMS, REFUTES
from store.model_report import ItemKind, ReportItem

PARTS: Mapping[str, str] = {"hai_phong": "hp", "bo_nganh": "bn", "dia_phuong": "dp"}
THEN, LAST_YEAR = "truoc", "nam_truoc"
MOST_BINS_OF_DAYS, WEEKS_UNTIL = 45, 400


@dataclass(frozen=True, slots=True)
class Bins:
    """A window cut into days, weeks or months for what is drawn over time."""

    first: dt.date
    last: dt.date
    size: int  # days; 0: calendar months

    @staticmethod
    def of(first: dt.date, last: dt.date) -> Bins:
        """Days for up to :data:`MOST_BINS_OF_DAYS` of them, weeks up to a year, then months."""
        days = (last - first).days + 1
        return Bins(first, last, 1 if days <= MOST_BINS_OF_DAYS else 7 if days <= WEEKS_UNTIL else 0)

    def place(self, day: dt.date) -> int:
        """Which one a day lies in, from 0."""
        if self.size:
            return (day - self.first).days // self.size
        return (day.year - self.first.year) * 12 + day.month - self.first.month

    @property
    def labels(self) -> tuple[str, ...]:
        """First day of each, or its month."""
        if not self.size:
            at = self.first.year * 12 + self.first.month - 1
            return tuple(f"{(at + n) % 12 + 1:02d}/{(at + n) // 12}" for n in range(self.place(self.last) + 1))
        starts = (self.first + dt.timedelta(days=n * self.size) for n in range(self.place(self.last) + 1))
        return tuple(f"{day:%d/%m}" for day in starts)

    def along(self, day: dt.date) -> float:
        """Where a day begins, in columns."""
        if self.size:
            return (day - self.first).days / self.size
        return self.place(day) + (day.day - 1) / 31


@dataclass(slots=True)
class Book:
    """Items with the keys that count them."""

    items: list[ReportItem] = field(default_factory=list)
    carried: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    stories: dict[str, list[tuple[Fact, ...]]] = field(default_factory=dict)  # period prefix → stories
    outlets: dict[str, str] = field(default_factory=dict)  # key → name
    themes: dict[str, str] = field(default_factory=dict)  # theme → its name as judged

    def n(self, key: str) -> int:
        """How many items carry it."""
        return len(self.carried.get(key, ()))

    def put(
        self, kind: ItemKind, subject: str, keys: Iterable[str], part: str = "",
        judgements: Mapping[str, str] | None = None, *, of: Fact | None = None,
    ) -> None:  # fmt: skip
        """One item; its keys each once. ``of``: the article."""
        story, revision, membership = (of.story, of.revision_id, of.membership_id) if of else ("", "", None)
        position = len(self.items) + 1
        own = tuple(dict.fromkeys(keys))
        self.items.append(ReportItem(position, kind, subject, part, story, revision, membership, judgements or {}, own))
        for key in own:
            self.carried[key].append(position)

    @property
    def figures(self) -> dict[str, int]:
        """Key → number of items that carry it."""
        return {key: len(found) for key, found in sorted(self.carried.items())}


def book(given: ReportInput) -> Book:
    """All items of a report with their keys."""
    made = Book()
    _articles(made, given.period, "", given)
    _articles(made, given.then, THEN + ".", given)
    _articles(made, given.last_year, LAST_YEAR + ".", given)
    _checking(made, given)
    _cases(made, given)
    return made


def in_stories(facts: Sequence[Fact]) -> list[tuple[Fact, ...]]:
    """Articles by story, without those that a person should look at; stories by their first article."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.part != REVIEW:
            found[fact.story].append(fact)
    return [tuple(members) for members in found.values()]


def common(members: Sequence[Fact], of: str) -> tuple[str, ...]:
    """Topics or ids of themes that at least half of a story's own texts have."""
    own = [m for m in members if m.own] or list(members)
    counted: dict[str, int] = defaultdict(int)
    for member in own:
        for value in member.topics if of == "topics" else [t for t, _ in member.themes]:
            counted[value] += 1
    return tuple(value for value, n in counted.items() if 2 * n >= len(own))


def outlet_key(name: str) -> str:
    """Folded, without blanks and dots."""
    return "".join(c if c.isalnum() else "_" for c in fold(name)).strip("_") or "khong_ro"


def scopes(part: str) -> tuple[str, ...]:
    """Which scopes an article of a part counts in."""
    return ("hp", "ca") if part == "hai_phong" else ("ca",)


def _articles(made: Book, period: Period, prefix: str, given: ReportInput) -> None:
    zone = ZoneInfo(given.tz)
    bins = Bins.of(period.window.first, period.window.last)
    stories = in_stories(period.facts)
    made.stories[prefix] = stories
    firsts = {members[0].article_id: members for members in stories}
    told = _first_told(given)
    placed: set[tuple[str, str]] = set()
    for fact in period.facts:
        keys = ["xem_lai"] if fact.part == REVIEW else _keys(fact, firsts.get(fact.article_id))
        if not prefix and fact.part != REVIEW:
            day = dt.datetime.fromtimestamp(fact.at / 1000, zone).date()
            keys += _more(made, fact, bins.place(day), placed, given)
            if fact.article_id in told:
                keys.append("guong_tot")
            made.themes |= dict(fact.themes)
        made.put(
            ItemKind.ARTICLE, fact.article_id, [prefix + key for key in keys], prefix.rstrip(".") or fact.part,
            dict(fact.judgements), of=fact,
        )  # fmt: skip


def _keys(fact: Fact, opened: Sequence[Fact] | None) -> list[str]:
    """Keys of any period; ``opened``: the story whose first article it is."""
    part = PARTS[fact.part]
    manner = "goc" if fact.own else "dang_lai"
    keys = ["tong", manner, f"{part}.tong", f"{part}.{manner}"]
    if opened:
        keys += ["nhom", f"{part}.nhom"]
        for scope in scopes(fact.part):
            keys += [f"{scope}.topic.{t}" for t in common(opened, "topics")]
            keys += [f"{scope}.theme.{t}" for t in common(opened, "themes")]
    if fact.own:
        for scope in scopes(fact.part):
            keys += [f"{scope}.tone.{fact.tone}"] if fact.tone else []
            keys += [f"{scope}.stance.{fact.stance}"] if fact.stance else []
    return keys


def _more(made: Book, fact: Fact, at: int, placed: set[tuple[str, str]], given: ReportInput) -> list[str]:
    """Keys of the report's own window: over time, by commune, by outlet, by theme of the plans."""
    keys = [f"{PARTS[fact.part]}.luc.{at}"]
    if fact.own:
        for scope in scopes(fact.part):
            keys += [f"{scope}.luc.{at}.goc"]
            keys += [f"{scope}.luc.{at}.tone.{fact.tone}"] if fact.tone else []
            keys += [f"{scope}.luc.{at}.stance.{fact.stance}"] if fact.stance else []
    if fact.part == "hai_phong":
        for code in fact.places:
            keys.append(f"xa.{code}")
            if (code, fact.story) not in placed:
                placed.add((code, fact.story))
                keys.append(f"xa.{code}.nhom")
            if fact.own:
                keys += [f"xa.{code}.tone.{fact.tone}"] if fact.tone else []
                keys += [f"xa.{code}.stance.{fact.stance}"] if fact.stance else []
    if not fact.staff:
        name = outlet_key(fact.outlet)
        made.outlets.setdefault(name, fact.outlet)
        keys += [f"bao.{name}", f"bao.{name}.{'goc' if fact.own else 'dang_lai'}"]
        keys += [f"bao.{name}.hp"] if fact.part == "hai_phong" else []
        keys += [f"hop_dong.{c}" for c in _agreed(fact, given)]
    keys += [f"tin_don.{fact.rumour}"] if fact.rumour else []
    for plan in fact.plans:
        keys += [f"ke_hoach.{plan}.ca"] + ([f"ke_hoach.{plan}"] if fact.part == "hai_phong" else [])
    return keys


def _agreed(fact: Fact, given: ReportInput) -> list[str]:
    """Agreements that an article counts for: the agency's own text, in time, on what was agreed."""
    day = str(dt.datetime.fromtimestamp(fact.at / 1000, ZoneInfo(given.tz)).date())
    themes = {t for t, _ in fact.themes}
    return [
        key
        for key, one in given.contracts.items()
        if fact.own and fact.outlet in one.outlets and one.since <= day <= one.until
        and (themes.intersection(one.themes) if one.themes else fact.part == "hai_phong")
    ]  # fmt: skip


def _first_told(given: ReportInput) -> set[str]:
    return {one.article.id for one in given.commended}


def _checking(made: Book, given: ReportInput) -> None:
    for rows in sorted(given.candidates, key=lambda r: (r.candidate.created_at, r.candidate.id)):
        one = checking.sheet(rows)
        if one.state in ("over", "apart"):
            continue
        keys = ["dc.neu"]
        if one.result is None:
            keys.append("dc.cho")
        elif one.result.result in CONFIRMS:
            keys.append("dc.co_can_cu")
        elif one.result.result in REFUTES:
            keys.append("dc.khong_co_can_cu")
        else:
            keys.append("dc.chua_du")
        keys += ["dc.tra_loi"] if one.rebuttal else []
        counted = checking.overturned([rows])
        keys += ["dc.doc_lai"] if counted.readings else []
        keys += ["dc.doi_ket_qua"] if counted.others else []
        made.put(
            ItemKind.CANDIDATE, rows.candidate.id, keys, judgements={
                **({"check": one.result.id} if one.result else {}),
                **{f"second:{n}": c.id for n, c in enumerate(c for c in rows.checks if c.second)},
            },
        )  # fmt: skip
    for concern in sorted(given.concerns, key=lambda r: (r.concern.created_at, r.concern.id)):
        done = {f"note:{n}": note.id for n, note in enumerate(concern.notes)}
        keys = ["pa.neu", "pa.da_xem" if concern.notes else "pa.cho"]
        made.put(ItemKind.CONCERN, concern.concern.id, keys, judgements=done)


def _cases(made: Book, given: ReportInput) -> None:
    keys: dict[str, list[str]] = defaultdict(list)
    for one in given.cases.figures if given.cases else ():
        if one.scope not in ("all", "office"):
            continue
        name = "viec" if one.scope == "all" else f"viec.{one.key}"
        for case in one.cases:
            keys[case].append(f"{name}.tong")
        for clock in one.own if one.scope == "office" else one.on_time:
            for pile in ("kept", "late", "open", "ended", "unreceived"):
                for case in getattr(clock, pile):
                    keys[case].append(f"{name}.{clock.clock}.{pile}")
        for hop in one.hops:
            if hop.ends == "answered":
                for case, _ in hop.lags:
                    keys[case].append(f"{name}.tra_loi")
    for case in sorted(keys):
        made.put(ItemKind.CASE, case, keys[case])


__all__ = ["FIRST_ANSWER", "LAST_YEAR", "PARTS", "THEN", "Bins", "Book", "book", "common", "in_stories", "outlet_key"]
