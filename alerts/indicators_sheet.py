"""The evaluation sheet: frozen as plain values, and from these alone its review as a document and its table. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from alerts import indicators_words as words
from alerts.documents.nd30 import Annex, Document, Heading, Letterhead, Paragraph, Signer, Style, Table
from alerts.formats import day_short, local, number
from alerts.indicators import Given, Measured, Site, has_column, reached
from alerts.papers import Issuer
from alerts.registers_csv import written
from config.indicators import Indicators
from lang.masking_lines import masked_line
from store.model_register import CommunePlan

_WIDTHS = (0.4, 2.4, 1.1, 0.9, 0.8, 2.2, 1.7)
CSV_COLUMNS = ("ma", "ma_tieu_chi", "chi_tieu", "ket_qua", "tu_so", "mau_so", "don_vi_tinh", "muc_can_dat", "danh_gia",
               "cach_tinh", "nhiem_vu", "can_cu", "ghi_chu", "so_muc_dem")  # fmt: skip


def frozen(indicators: Indicators, found: Mapping[str, Measured], given: Given, first: dt.date, last: dt.date,
           tz: str) -> dict[str, Any]:  # fmt: skip
    """The sheet as plain JSON values; nothing that it says is asked of anything else again."""
    figures = [
        {
            "id": id_, "code": row.code, "name": row.name, "how": row.how, "compute": row.compute, "unit": row.unit,
            "target": row.target, "value": (one := found[id_]).value, "part": one.part, "whole": one.whole,
            "reached": reached(row, one), "duty": row.duty, "basis": row.basis, "note": one.note,
            "items": list(one.items),
        }
        for id_, row in indicators.rows.items()
    ]  # fmt: skip
    named = {site.subject: site.name for site in (*given.communes, *given.schools)}
    evidence = [
        {"id": e.id, "indicator": e.indicator, "subject": named.get(e.subject, e.subject) or words.CITY,
         "value": e.value, "evidence": e.evidence, "url": e.url, "by": e.by}
        for e in dict.fromkeys((*given.entries, *given.columns.values()))
    ]  # fmt: skip
    plans = {p.commune: p for p in given.plans}
    return {
        "first": first.isoformat(), "last": last.isoformat(), "version": indicators.version,
        "criteria": indicators.criteria, "figures": figures, "evidence": evidence,
        "communes": [_site(s, given, tz) | {"plan": _plan(plans.get(s.subject))} for s in given.communes],
        "schools": [_site(s, given, tz) for s in given.schools],
    }  # fmt: skip


def _site(site: Site, given: Given, tz: str) -> dict[str, Any]:
    return {
        "subject": site.subject, "name": site.name, "column": has_column(site, given.columns),
        "items": len(site.items), "watched": site.watched,
        "last": local(site.last_at, tz).date().isoformat() if site.last_at else None,
    }  # fmt: skip


def _plan(plan: CommunePlan | None) -> dict[str, str] | None:
    return {"number": plan.number, "day": plan.day, "url": plan.url} if plan else None


def review(sheet: Mapping[str, Any], sheet_id: str, made_at: int, issuer: Issuer | None = None) -> Document:
    """The review of the period as a draft report; the same sheet gives the same bytes."""
    at = issuer or Issuer()
    figures: Sequence[Mapping[str, Any]] = sheet["figures"]
    first, last = (day_short(dt.date.fromisoformat(sheet[k])) for k in ("first", "last"))
    judged = [f for f in figures if f["reached"] is not None]
    gaps = [f for f in figures if f["value"] is None]
    criteria = words.CRITERIA.format(criteria=sheet["criteria"]) if sheet["criteria"] else words.NO_CRITERIA
    said = words.SAID.format(part=sum(f["reached"] for f in judged), whole=len(judged), gaps=len(gaps))
    rows = tuple((str(n), *_row(f)) for n, f in enumerate(figures, 1))
    return Document(
        kind=words.KIND,
        subject=words.SUBJECT.format(first=first, last=last),
        blocks=(
            Heading(1, words.PART_BASIS),
            Paragraph(criteria),
            Heading(1, words.PART_RESULT),
            Paragraph(said, keep=True),
            Table(words.COLUMNS, rows, _WIDTHS, "clrrcll"),
            Paragraph(words.METHOD.format(id=sheet_id), Style.NOTE),
            Heading(1, words.PART_GAPS),
            *([Paragraph(f"{f['name']}: {f['note']}.") for f in gaps] or [Paragraph(words.NO_GAPS)]),
            Heading(1, words.PART_DO),
            Paragraph(words.TO_WRITE),
        ),
        letterhead=Letterhead(at.parent, at.agency, words.SYMBOL, at.place, dt.date.fromisoformat(sheet["last"]).year),
        signer=Signer(words.SIGN),
        archive=words.ARCHIVE,
        annexes=tuple(_annexes(sheet)),
        made_at=made_at,
    )


def _row(f: Mapping[str, Any]) -> tuple[str, ...]:
    name = f"{f['code']} {f['name']}".strip()
    target = _number(f["target"], f["unit"]) if f["target"] is not None else ""
    note = "; ".join(part for part in (f["note"], words.HOW[f["how"]]) if part)
    return name, value_words(f), target, words.REACHED[f["reached"]], _basis(f), masked_line(note)


def _basis(f: Mapping[str, Any]) -> str:
    """The words of the plan before the key in our list of duties, which says little to a reader."""
    return f"{f['basis']} ({f['duty']})" if f["basis"] else str(f["duty"])


def value_words(f: Mapping[str, Any]) -> str:
    """A figure for people: `87,5 % (99/114)`."""
    if f["value"] is None:
        return words.UNTOLD
    shown = _number(f["value"], f["unit"])
    if f["part"] is None or f["whole"] is None:
        return shown
    return words.OF.format(value=shown, part=number(f["part"]), whole=number(f["whole"]))


def _number(value: float, unit: str) -> str:
    shown = number(value, 0 if value == int(value) else 1)
    return f"{shown} %" if unit == "phan_tram" else shown


def _annexes(sheet: Mapping[str, Any]) -> list[Annex]:
    communes = tuple(
        (str(n), c["name"], f"{c['plan']['number']}, {_day(c['plan']['day'])}" if c["plan"] else "",
         words.COLUMN_STATES[c["column"]], _items(c), _last(c))
        for n, c in enumerate(sheet["communes"], 1)
    )  # fmt: skip
    found = [
        Annex(words.ANNEX_COMMUNES, (Table(words.COMMUNE_COLUMNS, communes, (0.5, 3, 2.4, 1.3, 1.3, 1.5), "clllcl"),))
    ]
    if sheet["schools"]:
        schools = tuple(
            (str(n), s["name"], words.COLUMN_STATES[s["column"]], _items(s), _last(s))
            for n, s in enumerate(sheet["schools"], 1)
        )
        found.append(
            Annex(words.ANNEX_SCHOOLS, (Table(words.SCHOOL_COLUMNS, schools, (0.5, 3.5, 1.3, 1.3, 1.5), "cllcl"),))
        )
    if sheet["evidence"]:
        names = {f["id"]: f["name"] for f in sheet["figures"]}
        rows = tuple(
            (names.get(e["indicator"], e["indicator"]), e["subject"], _number(e["value"], ""),
             " ".join(part for part in (masked_line(e["evidence"]), e["url"]) if part), e["by"])
            for e in sheet["evidence"]
        )  # fmt: skip
        found.append(
            Annex(words.ANNEX_EVIDENCE, (Table(words.EVIDENCE_COLUMNS, rows, (2.4, 1.8, 0.8, 2.4, 1.6), "llrll"),))
        )
    return found


def _items(site: Mapping[str, Any]) -> str:
    return number(site["items"]) if site["watched"] else words.UNWATCHED_SITE


def _last(site: Mapping[str, Any]) -> str:
    return _day(site["last"]) if site["last"] else words.NEVER


def _day(text: str) -> str:
    return day_short(dt.date.fromisoformat(text))


def sheet_csv(sheet: Mapping[str, Any]) -> bytes:
    """The figures as CSV."""
    keys = ("id", "code", "name", "value", "part", "whole", "unit", "target", "reached", "how", "duty", "basis", "note")
    rows = []
    for f in sheet["figures"]:
        row = {**f, "reached": words.REACHED[f["reached"]], "note": masked_line(f["note"])}
        rows.append([*(row[k] for k in keys), len(f["items"])])
    return written(CSV_COLUMNS, rows)
