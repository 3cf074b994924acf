"""The annex of a report: all items with their ids, all figures with the items behind them, as a workbook and as CSV.

Which items carry a tone or stance stands in a sheet of ids; outlets, titles and addresses stand in another one, which
has no word of tone or stance: no row of any sheet crosses the two.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from alerts import report_words as words
from alerts.formats import local, number
from alerts.report_facts import Fact
from alerts.report_figures import LAST_YEAR, THEN
from alerts.report_method import method_lines
from alerts.report_text import Told
from alerts.report_xlsx import Cell, Sheet, workbook
from store.model_report import ItemKind, ReportItem

_WIDTHS = (36, 12, 17, 22, 70, 50, 14, 14, 36, 36, 60)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def told_apart(key: str) -> bool:
    """Whether a figure says how something is told: then it never stands beside an outlet."""
    return ".tone." in key or ".stance." in key


def xlsx(told: Told) -> bytes:
    """The workbook."""
    names = words.SHEETS
    return workbook(
        (
            Sheet(names[0], words.H_ITEMS, items(told), _WIDTHS),
            Sheet(names[1], words.H_FIGURES, figures(told), (34, 70, 12)),
            Sheet(names[2], words.H_OPEN, opened(told), (34, 14, 36, 36, 36)),
            Sheet(names[3], words.H_CHANGES, changes(told), (14, 40, 10, 10, 10, 10, 14, 10, 10, 14, 24)),
            Sheet(names[4], words.H_NOTES, notes(told), (140,)),
        )
    )


def csv_items(told: Told) -> bytes:
    """The first sheet as CSV in UTF-8 with a byte order mark (the spreadsheet programs of offices ask for it)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(words.H_ITEMS)
    for row in items(told):
        writer.writerow([_plain(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(cell: Cell) -> Cell:
    """A headline that begins like a formula is no formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def items(told: Told) -> Iterator[tuple[Cell, ...]]:
    """Articles of all three periods."""
    facts = _facts(told)
    for item in told.made.items:
        fact = facts.get((item.part if item.part in (THEN, LAST_YEAR) else "", item.subject_id))
        if item.kind is not ItemKind.ARTICLE or fact is None:
            continue
        period = item.part if item.part in (THEN, LAST_YEAR) else ""
        yield (
            fact.article_id, words.PERIODS[period], f"{local(fact.at, told.given.tz):%d/%m/%Y %H:%M}", fact.outlet,
            fact.title, fact.url, words.SHEET_PARTS.get(fact.part, fact.part), words.SHEET_RELATION[fact.reprint],
            fact.story, fact.revision_id, " ".join(k for k in item.figures if not told_apart(k)),
        )  # fmt: skip


def _facts(told: Told) -> dict[tuple[str, str], Fact]:
    given = told.given
    return {
        (prefix, fact.article_id): fact
        for prefix, period in (("", given.period), (THEN, given.then), (LAST_YEAR, given.last_year))
        for fact in period.facts
    }


def figures(told: Told) -> Iterator[tuple[Cell, ...]]:
    """Key, meaning, value."""
    for key, value in told.made.figures.items():
        yield key, meaning(told, key), value


def opened(told: Told) -> Iterator[tuple[Cell, ...]]:
    """For each figure the items behind it, by their ids alone."""
    rows: Mapping[int, ReportItem] = {item.position: item for item in told.made.items}
    for key, positions in sorted(told.made.carried.items()):
        kind = "tone" if ".tone." in key else "stance" if ".stance." in key else ""
        for position in positions:
            item = rows[position]
            yield (
                key, words.KINDS_OF_ITEM[item.kind], item.subject_id, item.revision_id or None,
                item.judgements.get(kind or "check"),
            )  # fmt: skip


def changes(told: Told) -> Iterator[tuple[Cell, ...]]:
    """Every test, told or not: what is not told was looked at too."""
    kinds = ((words.T_TOPIC[0], told.trends.topics, told.given.names.topics),
             (words.T_THEME[0], told.trends.themes, told.made.themes))  # fmt: skip
    for name, found, names in kinds:
        for c in found:
            yield (
                name, names.get(c.key, c.key), c.now, c.now_of, c.then, c.then_of, round(c.points * 100, 2),
                round(c.low * 100, 2), round(c.high * 100, 2), round(c.chance, 5), words.CONCLUSIONS[c.word],
            )  # fmt: skip


def notes(told: Told) -> Iterator[tuple[Cell, ...]]:
    """How it was made, and why two sheets are apart."""
    yield (words.NOTE_SPLIT,)
    for line in method_lines(told):
        for one in line if isinstance(line, tuple) else (line,):
            yield (one,)


def meaning(told: Told, key: str) -> str:
    """A figure in words, part by part; what has no word stays as it is."""
    given = told.given
    parts = key.split(".")
    said = []
    for at, part in enumerate(parts):
        head = parts[at - 1] if at else ""
        before = parts[at - 2] if at > 1 else ""
        known: Mapping[str, Mapping[str, str]] = {
            "topic": given.names.topics, "theme": told.made.themes, "xa": given.names.communes,
            "bao": told.made.outlets, "tone": words.TONES, "stance": words.STANCES,
            "ke_hoach": {k: p.name for k, p in given.plans.items()},
            "hop_dong": {k: c.name for k, c in given.contracts.items()},
            "viec": given.cases.names if given.cases else {},
        }  # fmt: skip
        if head == "luc" and part.isdigit():
            said.append(_bin(told, int(part)))
        elif head in known and part in known[head]:
            said.append(known[head][part])
        elif part in words.SHEET_WORDS and not (head in known and before != ""):
            said.append(words.SHEET_WORDS[part])
        else:
            said.append(part)
    return words.CHECKS.get(key) or " · ".join(said)


def _bin(told: Told, number_: int) -> str:
    from alerts.report_charts import bins_of

    labels = bins_of(told).labels
    return labels[number_] if number_ < len(labels) else number(number_)
