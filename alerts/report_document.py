"""The report as a document: page one to be read aloud, then section by section the sentence, the figure, the table.

No block crosses an outlet with tone or stance: tone and stance stand in sections of their own, outlets in theirs, with
numbers of articles alone (`tests/unit/alerts/test_report_promises.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from alerts import report_charts as charts
from alerts import report_words as words
from alerts.documents.nd30 import (
    Annex,
    Block,
    Count,
    Document,
    Heading,
    Paragraph,
    Points,
    Run,
    Style,
    Table,
)
from alerts.formats import day_short, local, number
from alerts.report_checking import checking_blocks, rumour_blocks
from alerts.report_figures import LAST_YEAR, PARTS, THEN
from alerts.report_method import method_blocks
from alerts.report_said import cell, percent, tone_share
from alerts.report_tests import FDR, FEW, Change
from alerts.report_text import Proposal, Told, plan_gaps, ten_lines, top_places, top_topics

MOST_ROWS = 25
MOST_ITEMS = 300
TITLE_CHARS = 220


def document(told: Told, proposed: Sequence[Proposal]) -> Document:
    """The whole paper, a draft without number and date."""
    given = told.given
    window, paper = given.period.window, given.paper
    narrowed = words.NARROWED.format(name=given.narrowed) if given.narrowed else ""
    method = Annex(words.A_METHOD, tuple(method_blocks(told)))
    items = Annex(words.A_ITEMS, tuple(_items(told)))
    return Document(
        words.KIND, words.SUBJECT.format(window=window.name, narrowed=narrowed), tuple(_body(told, proposed)),
        paper.letterhead, paper.recipients, paper.signer, paper.copies, paper.archive, (method, items),
        made_at=_day_of(given.now, given.tz),
    )  # fmt: skip


def _day_of(now: int, tz: str) -> int:
    """The midnight before: two reports of one day from the same rows are the same bytes."""
    at = local(now, tz)
    return int(at.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)


def _body(told: Told, proposed: Sequence[Proposal]) -> Iterator[Block]:
    given = told.given
    window = given.period.window
    yield Paragraph(words.DATES.format(first=day_short(window.first), last=day_short(window.last)), Style.CENTRE)
    if given.now < window.bounds(given.tz)[1]:
        day = day_short(local(given.now, given.tz).date())
        yield Paragraph(Run(words.UNFINISHED.format(day=day), bold=True), Style.CENTRE)
    yield Heading(1, words.SUMMARY)
    yield Points(tuple(ten_lines(told, proposed)), Count.NUMBER)
    yield from _volume(told)
    yield from _tone(told)
    yield from _topics(told)
    yield from _places(told)
    yield from _outlets(told)
    yield from checking_blocks(told)
    yield from rumour_blocks(told)
    yield from _cases(told)
    yield from _good(told)
    yield Heading(1, words.PROPOSALS)
    yield Paragraph(words.PROPOSAL_NOTE)
    yield Points(tuple(_proposal(one) for one in proposed) or (words.L_NO_PROPOSAL,), Count.NUMBER)
    yield Paragraph(words.CLOSING.format(window=window.name))


def _proposal(one: Proposal) -> str:
    what = one.what[:1].upper() + one.what[1:]
    return what + (words.BASIS.format(basis=", ".join(one.keys)) if one.keys else "") + "."


def _keys(*keys: str) -> Paragraph:
    return Paragraph(words.KEYS.format(keys=", ".join(keys)), Style.NOTE)


def _volume(told: Told) -> Iterator[Block]:
    given, made = told.given, told.made
    yield Heading(1, words.S_VOLUME)
    if told.trends.outage:
        yield Paragraph(Run(words.L_OUTAGE.format(days=number(len(told.trends.outage))), bold=True))
    counts = {part: number(made.n(f"{part}.tong")) for part in PARTS.values()}
    yield Paragraph(words.SAY_VOLUME.format(days=number(given.period.window.days), **counts))
    yield charts.volume(told)
    yield charts.parts(told)
    rows = []
    for part in (*PARTS.values(), ""):
        head = f"{part}." if part else ""
        rows.append(
            (words.PARTS.get(part, words.SUM), *(number(made.n(head + k)) for k in ("tong", "goc", "dang_lai", "nhom")),
             cell(given.then, made.n(f"{THEN}.{head}tong")), cell(given.last_year, made.n(f"{LAST_YEAR}.{head}tong")))
        )  # fmt: skip
    yield Table(words.T_VOLUME, tuple(rows), (3, 1.4, 1.4, 1.4, 1.5, 1.4, 1.4), "lrrrrrr", words.T_VOLUME_CAPTION, True)
    yield _keys("hp.tong", "hp.goc", "hp.dang_lai", "hp.nhom", "bn.*", "dp.*", f"{THEN}.*", f"{LAST_YEAR}.*")
    if given.then.followed or given.last_year.followed:
        yield charts.compared(told)
    else:
        yield Paragraph(f"{words.C_THEN_NONE.capitalize()}; {words.C_YEAR_NONE}.")


def _tone(told: Told) -> Iterator[Block]:
    made = told.made
    yield Heading(1, words.S_TONE)
    sure = [made.n(f"hp.tone.{k}") for k in ("pos", "neu", "neg")]
    if sum(sure):
        yield Paragraph(words.SAY_TONE.format(of=number(sum(sure)), neg=number(sure[2]), pos=number(sure[0])))
    else:
        yield Paragraph(words.SAY_TONE_NONE)
    for name, of, label in ((words.N_NEG, "tone", "neg"), (words.N_POS, "tone", "pos"),
                            (words.N_CRITICAL, "stance", "critical")):  # fmt: skip
        if found := tone_share(made, "ca", label, of):
            yield Paragraph(
                words.SAY_SHARE.format(
                    name=name, share=percent(found.value), hits=number(found.hits), of=number(found.of),
                    low=percent(found.low), high=percent(found.high),
                )
            )  # fmt: skip
    if tone_share(made, "ca", "neg"):
        yield charts.shares(told, "tone", ("neg", "pos"), (words.L_NEG, words.L_POS), words.Q_TONE)
        yield charts.shares(told, "stance", ("critical",), (words.L_CRITICAL,), words.Q_STANCE)
    else:
        yield Paragraph(words.FEW_NOTE.format(few=FEW), Style.NOTE)
    if sum(sure):
        yield charts.tone_here(told)
    yield _by_scope(told, "tone", words.T_TONE, words.T_TONE_CAPTION, ("pos", "neu", "neg", "chua_ro"))
    order = ("critical", "supportive", "none", "chua_ro")
    yield _by_scope(told, "stance", words.T_STANCE, words.T_STANCE_CAPTION, order)
    yield _keys("hp.tone.*", "hp.stance.*", "ca.tone.*", "ca.stance.*")


def _by_scope(told: Told, of: str, head: tuple[str, ...], caption: str, order: Sequence[str]) -> Table:
    rows = tuple(
        (name, *(number(told.made.n(f"{scope}.{of}.{k}")) for k in order)) for scope, name in words.SCOPES.items()
    )
    return Table(head, rows, (1.5, *(2.0 for _ in order)), "l" + "r" * len(order), caption)


def _topics(told: Told) -> Iterator[Block]:
    names = told.given.names.topics
    yield Heading(1, words.S_TOPICS)
    top = top_topics(told, "ca")
    if not top:
        yield Paragraph(words.SAY_TOPICS_NONE)
        yield from _plans(told)
        return
    said = ", ".join(f"{names.get(key, key)} ({number(n)} nhóm tin)" for key, n in top[:3])
    yield Paragraph(words.SAY_TOPICS.format(top=said))
    yield Paragraph(ten_lines_topic(told))
    yield charts.topics(told)
    if told.trends.topics:
        yield charts.change(told)
        yield Paragraph(words.SAY_TESTS.format(fdr=words.ONE_IN.format(n=round(1 / FDR))), Style.NOTE)
    yield _changes(told, "topic", words.T_TOPIC, words.T_TOPIC_CAPTION, names, told.trends.topics)
    yield charts.themes(told)
    yield _changes(told, "theme", words.T_THEME, words.T_THEME_CAPTION, told.made.themes, told.trends.themes)
    yield _keys("ca.topic.*", "ca.theme.*", "hp.topic.*", "hp.theme.*", f"{THEN}.ca.topic.*")
    yield from _plans(told)


def ten_lines_topic(told: Told) -> str:
    """The sentence of page one about topics, said again where they are shown."""
    from alerts.report_text import _topics as line

    return line(told)


def _changes(told: Told, of: str, head: tuple[str, ...], caption: str, names: object, found: Sequence[Change]) -> Table:
    known = {c.key: c for c in found}
    then = told.given.then
    rows = []
    for key, n in top_topics(told, "ca", of)[:MOST_ROWS]:
        word = known[key].word if key in known else ""
        rows.append(
            (names.get(key, key), number(n), cell(then, told.made.n(f"{THEN}.ca.{of}.{key}")),  # type: ignore[attr-defined]
             number(told.made.n(f"hp.{of}.{key}")), words.CONCLUSIONS[word])
        )  # fmt: skip
    return Table(head, tuple(rows), (5, 1.2, 1.2, 1.3, 1.9), "lrrrl", caption)


def _plans(told: Told) -> Iterator[Block]:
    plans = told.given.plans
    if not plans:
        return
    empty = plan_gaps(told)
    if empty:
        names = "; ".join(plans[key].name for key in empty)
        yield Paragraph(words.SAY_GAPS.format(n=number(len(empty)), names=names))
    else:
        yield Paragraph(words.SAY_GAPS_NONE)
    yield charts.plans(told)
    rows = tuple(
        (one.name, one.plan, number(told.made.n(f"ke_hoach.{key}")), number(told.made.n(f"ke_hoach.{key}.ca")))
        for key, one in plans.items()
    )
    yield Table(words.T_PLAN, rows, (5, 3.4, 1.5, 1.2), "llrr", words.T_PLAN_CAPTION)
    yield _keys("ke_hoach.*", "ke_hoach.*.ca")


def _places(told: Told) -> Iterator[Block]:
    yield Heading(1, words.S_PLACES)
    top = top_places(told)
    if not top:
        yield Paragraph(words.L_PLACES_NONE)
        return
    yield Paragraph(words.SAY_PLACES.format(n=number(len(top))))
    yield charts.places(told)
    names = told.given.names.communes
    rows = tuple(
        (names.get(code, code), *(number(told.made.n(f"xa.{code}{k}"))
         for k in ("", ".nhom", ".tone.pos", ".tone.neg", ".stance.critical")))
        for code, _ in top[:MOST_ROWS]
    )  # fmt: skip
    yield Table(words.T_PLACE, rows, (4, 1.3, 1.3, 1.4, 1.3, 1.4), "lrrrrr", words.T_PLACE_CAPTION)
    if len(top) > MOST_ROWS:
        yield Paragraph(words.MORE_ROWS.format(n=number(len(top) - MOST_ROWS)), Style.NOTE)
    yield _keys("xa.MÃ", "xa.MÃ.nhom", "xa.MÃ.tone.*", "xa.MÃ.stance.critical")


def _outlets(told: Told) -> Iterator[Block]:
    made = told.made
    yield Heading(1, words.S_OUTLETS)
    yield Paragraph(words.SAY_OUTLETS.format(n=number(len(made.outlets))))
    if made.outlets:
        yield charts.outlets(told)
        order = sorted(made.outlets, key=lambda key: (-made.n(f"bao.{key}"), key))
        rows = tuple(
            (made.outlets[key], *(number(made.n(f"bao.{key}{k}")) for k in ("", ".goc", ".dang_lai", ".hp")))
            for key in order[:MOST_ROWS]
        )
        yield Table(words.T_OUTLET, rows, (4, 1.4, 1.4, 1.4, 1.6), "lrrrr", words.T_OUTLET_CAPTION)
        if len(order) > MOST_ROWS:
            yield Paragraph(words.MORE_ROWS.format(n=number(len(order) - MOST_ROWS)), Style.NOTE)
        yield _keys("bao.*", "bao.*.goc", "bao.*.dang_lai", "bao.*.hp")
    if not told.agreed:
        yield Paragraph(words.SAY_CONTRACTS_NONE)
        return
    rows = tuple(
        (one.contract.name, number(one.planned, 1), number(made.n(f"hop_dong.{one.key}")),
         number(len(one.kept) + len(one.late) + len(one.missing)), number(len(one.kept)), number(len(one.late)),
         number(len(one.missing)))
        for one in told.agreed
    )  # fmt: skip
    yield Table(words.T_CONTRACT, rows, (3.2, 1.5, 1.2, 1.6, 1.2, 1, 1.3), "lrrrrrr", words.T_CONTRACT_CAPTION)
    yield _keys("hop_dong.*")


def _cases(told: Told) -> Iterator[Block]:
    from alerts.report_cases import case_blocks

    yield Heading(1, words.S_CASES)
    yield from case_blocks(told)


def _good(told: Told) -> Iterator[Block]:
    found = told.given.commended
    yield Heading(1, words.S_GOOD)
    if not found:
        yield Paragraph(words.SAY_GOOD_NONE)
        return
    yield Paragraph(words.SAY_GOOD.format(n=number(len(found))))
    rows = tuple(
        (day_short(local(one.article.first_seen_at, told.given.tz).date()),
         one.title[:TITLE_CHARS] + (f" — {'; '.join(one.named)}" if one.named else ""),
         ", ".join(one.outlets), number(one.originals), number(one.reprints))
        for one in found[:MOST_ROWS]
    )  # fmt: skip
    yield Table(words.T_GOOD, rows, (1.5, 5, 2.2, 0.9, 1), "cllrr", words.T_GOOD_CAPTION)
    if len(found) > MOST_ROWS:
        yield Paragraph(words.MORE_ROWS.format(n=number(len(found) - MOST_ROWS)), Style.NOTE)
    yield _keys("guong_tot")


def _items(told: Told) -> Iterator[Block]:
    """Articles on Hải Phòng with their links; all others are in the sheet."""
    facts = [f for f in told.given.period.facts if f.part == "hai_phong"]
    if not facts:
        yield Paragraph(words.L_VOLUME_NONE.format(tong=number(told.made.n("tong"))))
        return
    rows = tuple(
        (str(at), day_short(_day(fact.at, told.given.tz)), Run(fact.title, href=fact.url), fact.outlet)
        for at, fact in enumerate(facts[:MOST_ITEMS], 1)
    )
    yield Table(words.T_ITEM, rows, (0.7, 1.6, 7, 2), "rcll")
    if len(facts) > MOST_ITEMS:
        yield Paragraph(words.MORE_ROWS.format(n=number(len(facts) - MOST_ITEMS)), Style.NOTE)


def _day(at: int, tz: str) -> dt.date:
    return local(at, tz).date()
