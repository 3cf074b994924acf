"""Page one: ten lines to be read aloud, the last of them proposals; and these, drawn from the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alerts import candidates as checking
from alerts import report_words as words
from alerts.candidates import Sheet
from alerts.formats import number
from alerts.measures import FIRST_ANSWER
from alerts.report_contracts import Agreed
from alerts.report_figures import LAST_YEAR, THEN, Book
from alerts.report_inputs import ReportInput
from alerts.report_said import Trends, compared, tone_share
from alerts.report_tests import FEW

LINES = 10
PROPOSED = 3  # on page one; the last section has all of them
NAMED = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a person may want to propose. ``keys``: the figures that it rests on."""

    what: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the pages need of a report beside its input: figures, trends, candidates worked out, agreements."""

    given: ReportInput
    made: Book
    trends: Trends
    sheets: tuple[Sheet, ...]
    agreed: tuple[Agreed, ...]


def ten_lines(told: Told, proposed: Sequence[Proposal]) -> list[str]:
    """Ten lines or fewer; proposals stand last."""
    last = [words.L_PROPOSAL.format(what=one.what) for one in proposed[:PROPOSED]] or [words.L_NO_PROPOSAL]
    lines = [_volume(told), _compared(told), _tone(told), _topics(told), _plans(told), _checking(told), _rumours(told)]
    extra = [_places(told), _cases(told)]
    room = LINES - len(last) - len(lines)
    lines += list(reversed(extra))[:room] if room < len(extra) else extra
    if told.trends.outage:
        lines[-1:] = [words.L_OUTAGE.format(days=number(len(told.trends.outage)))]
    return [*lines[: LINES - len(last)], *last]


def _volume(told: Told) -> str:
    made = told.made
    if not made.n("tong"):
        return words.L_NOTHING
    if not made.n("hp.tong"):
        return words.L_VOLUME_NONE.format(tong=number(made.n("tong")))
    return words.L_VOLUME.format(
        hp=number(made.n("hp.tong")), goc=number(made.n("hp.goc")), lai=number(made.n("hp.dang_lai")),
        nhom=number(made.n("hp.nhom")), tong=number(made.n("tong")),
    )  # fmt: skip


def _compared(told: Told) -> str:
    given, made = told.given, told.made
    line = words.L_COMPARED.format(
        now=number(made.n("hp.tong")),
        then=compared(given.then, made.n(f"{THEN}.hp.tong"), (words.C_THEN, words.C_THEN_NONE, words.C_THEN_PART)),
        year=compared(
            given.last_year, made.n(f"{LAST_YEAR}.hp.tong"), (words.C_YEAR, words.C_YEAR_NONE, words.C_YEAR_PART)
        ),
    )
    if word := told.trends.volume("ca"):
        line += " " + words.L_ALL.format(
            now=number(made.n("tong")), then=number(made.n(f"{THEN}.tong")), word=words.VOLUME_WORDS[word]
        )
    return line


def _tone(told: Told) -> str:
    made = told.made
    count = {k: number(made.n(f"hp.tone.{k}")) for k in ("pos", "neu", "neg")}
    line = words.L_TONE.format(
        **count, doubt=number(made.n("hp.tone.chua_ro")), critical=number(made.n("hp.stance.critical"))
    )
    neg, pos = tone_share(made, "ca", "neg"), tone_share(made, "ca", "pos")
    if neg and pos:
        line += " " + words.L_TONE_ALL.format(neg=_round(neg.value), pos=_round(pos.value))
    return line


def _round(value: float) -> str:
    return f"{number(value * 100)}%"


def _topics(told: Told) -> str:
    trends, names = told.trends, told.given.names.topics
    if not trends.topics:
        top = top_topics(told, "ca")[:NAMED]
        said = ", ".join(f"{names.get(key, key)} ({number(n)})" for key, n in top) or words.NOTHING
        return words.L_TOPICS_NONE.format(why=trends.why_not, top=said)
    sure = [c for c in trends.topics if c.sure][:NAMED]
    if not sure:
        return words.L_TOPICS_SAME
    said = ", ".join(
        words.CHANGE[c.word].format(name=names.get(c.key, c.key), then=number(c.then), now=number(c.now)) for c in sure
    )
    return words.L_TOPICS_SURE.format(changes=said)


def top_topics(told: Told, scope: str, of: str = "topic") -> list[tuple[str, int]]:
    """(id, stories), most first."""
    head = f"{scope}.{of}."
    found = [(key.removeprefix(head), len(n)) for key, n in told.made.carried.items() if key.startswith(head)]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def top_places(told: Told) -> list[tuple[str, int]]:
    """(commune, articles), most first."""
    codes = {key.split(".")[1] for key in told.made.carried if key.startswith("xa.")}
    found = [(code, told.made.n(f"xa.{code}")) for code in codes]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _places(told: Told) -> str:
    top = top_places(told)[:NAMED]
    if not top:
        return words.L_PLACES_NONE
    names = told.given.names.communes
    return words.L_PLACES.format(top=", ".join(f"{names.get(code, code)} ({number(n)})" for code, n in top))


def plan_gaps(told: Told) -> list[str]:
    """Ids of themes of the plans without any article on Hải Phòng."""
    return [key for key in told.given.plans if not told.made.n(f"ke_hoach.{key}")]


def _plans(told: Told) -> str:
    empty, of = plan_gaps(told), len(told.given.plans)
    return words.L_PLANS.format(have=number(of - len(empty)), of=number(of), gaps=number(len(empty)))


def _checking(told: Told) -> str:
    made = told.made
    if not made.n("dc.neu"):
        return words.L_CHECKING_NONE.format(concerns=number(made.n("pa.neu")), waiting=number(made.n("pa.cho")))
    return words.L_CHECKING.format(
        raised=number(made.n("dc.neu")), yes=number(made.n("dc.co_can_cu")), no=number(made.n("dc.khong_co_can_cu")),
        waiting=number(made.n("dc.cho")),
    )  # fmt: skip


def _rumours(told: Told) -> str:
    first = min((s.rebuttal_ms for s in told.sheets if s.rebuttal_ms is not None), default=None)
    return words.L_RUMOUR.format(
        report=number(told.made.n("tin_don.report")), debunk=number(told.made.n("tin_don.debunk")),
        first=words.L_RUMOUR_FIRST.format(time=span(first)) if first is not None else "",
    )  # fmt: skip


def span(ms: int) -> str:
    """``2 ngày 3 giờ``, ``5 giờ``, ``12 phút``."""
    minutes = ms // 60_000
    if minutes < 60:
        return words.MINUTES.format(n=minutes)
    days, hours = divmod(minutes // 60, 24)
    return " ".join(form.format(n=n) for form, n in ((words.DAYS, days), (words.HOURS, hours)) if n)


def _cases(told: Told) -> str:
    made = told.made
    if not made.n("viec.tong"):
        return words.L_CASES_NONE
    kept, late = made.n(f"viec.{FIRST_ANSWER}.kept"), made.n(f"viec.{FIRST_ANSWER}.late")
    return words.L_CASES.format(
        n=number(made.n("viec.tong")), kept=number(kept), of=number(kept + late), late=number(late),
        answered=number(made.n("viec.tra_loi")),
    )  # fmt: skip


# ── proposals ───────────────────────────────────────────────────────────────────────────────────────


def proposals(told: Told) -> list[Proposal]:
    """By fixed rules, the most pressing first. They are for a person to weigh: nothing follows from them by itself."""
    made, given = told.made, told.given
    found = [*_overdue(told)]
    if n := made.n("dc.cho"):
        found.append(Proposal(words.P_CHECK.format(n=number(n)), ("dc.cho",)))
    if n := made.n("pa.cho"):
        found.append(Proposal(words.P_CONCERN.format(n=number(n)), ("pa.cho",)))
    open_ = [s for s in told.sheets if s.rows.candidate.reason == "unsourced" and s.state == "open" and not s.rebuttal]
    if open_:
        found.append(Proposal(words.P_RUMOUR.format(n=number(len(open_))), ("dc.cho",)))
    if n := made.n("hp.stance.critical"):
        found.append(Proposal(words.P_CRITICAL.format(n=number(n)), ("hp.stance.critical",)))
    for change in told.trends.themes:
        if change.word == "up" and len([p for p in found if p.keys[0].startswith("ca.theme")]) < NAMED:
            owner = given.names.owners.get(change.key) or words.OWNER_NONE
            name = made.themes.get(change.key, change.key)
            keys = (f"ca.theme.{change.key}", f"{THEN}.ca.theme.{change.key}")
            found.append(Proposal(words.P_RISE.format(owner=owner, name=name), keys))
    if told.trends.gaps:
        found.append(Proposal(words.P_OUTAGE.format(n=number(len(told.trends.gaps))), ()))
    for agreed in told.agreed:
        if agreed.missing:
            what = words.P_CONTRACT.format(name=agreed.contract.name, n=number(len(agreed.missing)))
            found.append(Proposal(what, (f"hop_dong.{agreed.key}",)))
    empty = plan_gaps(told)
    if empty and made.n("tong"):
        names = "; ".join(given.plans[key].name for key in empty[:2]) + ("…" if len(empty) > 2 else "")
        found.append(Proposal(words.P_GAPS.format(n=number(len(empty)), names=names), ()))
    return found


def _overdue(told: Told) -> list[Proposal]:
    cases = told.given.cases
    late = []
    for one in cases.figures if cases else ():
        if one.scope == "office" and not one.followed and told.made.n(f"viec.{one.key}.{FIRST_ANSWER}.late"):
            late.append(one.key)
    n = told.made.n(f"viec.{FIRST_ANSWER}.late")
    if not n or cases is None:
        return []
    names = ", ".join(cases.names.get(key, key) for key in late[:NAMED]) or words.OWNER_NONE
    return [Proposal(words.P_OVERDUE.format(n=number(n), offices=names), (f"viec.{FIRST_ANSWER}.late",))]


def worked_out(given: ReportInput) -> tuple[Sheet, ...]:
    """Candidates that stand, oldest first."""
    rows = sorted(given.candidates, key=lambda r: (r.candidate.created_at, r.candidate.id))
    return tuple(s for s in map(checking.sheet, rows) if s.state not in ("over", "apart"))


__all__ = [
    "FEW",
    "Proposal",
    "Told",
    "plan_gaps",
    "proposals",
    "span",
    "ten_lines",
    "top_places",
    "top_topics",
    "worked_out",
]
