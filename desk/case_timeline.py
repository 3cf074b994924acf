"""What happened to a case, oldest first, as people read it: names for keys, masked, the machine's lines apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alerts import case_words as words
from alerts.candidate_words import RESULTS
from alerts.case_plans import Plans
from alerts.case_told import clock_name
from alerts.formats import moment_words
from lang.masking_lines import masked_line
from store.model_case import MACHINE, Alarm, EventKind, TimelineEntry

SHOWN = 200
LONG = 400  # characters; what is longer opens on demand
ALARMS: Mapping[int, str] = {Alarm.SOFT: "nhắc", Alarm.HARD: "gấp", Alarm.OVERDUE: "quá hạn"}
LABELLED = {"ttqg": "Trung tâm Xử lý tin giả quốc gia", "svhttdl": "Sở Văn hóa, Thể thao và Du lịch"}
BECAUSE = {
    "step": "nấc trước chưa trả lời", "unheard": "chưa nơi nào nhận", "forgotten": "đã biết rồi để quên",
    "leader": "các nấc trong Sở chưa trả lời", "propose": "đề xuất báo cáo lãnh đạo", "again": "báo lại",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``facts`` are short; ``said`` is what a person wrote, masked; ``why`` lines open on demand."""

    at: int
    who: str
    what: str
    facts: tuple[str, ...]
    said: str
    why: tuple[str, ...]
    machine: bool
    erased: bool

    @property
    def long(self) -> bool:
        """Whether what was said opens on demand."""
        return len(self.said) > LONG


def entries(
    timeline: Sequence[TimelineEntry], plans: Plans, zone: str, papers: Mapping[str, str] | None = None
) -> list[Entry]:
    """Each event as a line; ``papers``: their titles, for the steps that name one by its id."""
    return [_entry(one, plans, zone, papers or {}) for one in timeline]


def masked_text(text: str) -> str:
    """Several lines, masked as one text."""
    return "\n".join(line for line in masked_line(text).splitlines() if line.strip())


def _entry(one: TimelineEntry, plans: Plans, zone: str, papers: Mapping[str, str]) -> Entry:
    body, kind = one.body or {}, one.event.kind
    machine = one.actor == MACHINE
    facts = _facts(kind, body, plans, zone)
    if kind is not EventKind.PAPER and body.get("id") in papers:
        facts.insert(0, masked_line(papers[body["id"]]))
    said, why = masked_text("\n".join(_said(body))), tuple(map(masked_line, _why(body)))
    return Entry(
        one.event.at, "" if machine else one.actor, words.EVENTS.get(kind, str(kind)),
        tuple(facts), said, why, machine, one.body is None,
    )  # fmt: skip


def _said(body: Mapping[str, Any]) -> list[str]:
    found = [str(body[key]) for key in ("text", "reason", "label") if isinstance(body.get(key), str) and body[key]]
    inner = body.get("said")
    if isinstance(inner, Mapping):
        found += [str(inner[key]) for key in ("outlet", "question", "text") if inner.get(key)]
    return found


def _why(body: Mapping[str, Any]) -> list[str]:
    because = body.get("because")
    return [str(line) for line in because] if isinstance(because, list) else []


def _facts(kind: EventKind, body: Mapping[str, Any], plans: Plans, zone: str) -> list[str]:
    name = plans.router.world.name
    found: list[str] = []

    def text(key: str) -> str:
        value = body.get(key)
        return value if isinstance(value, str) else ""

    if "result" in body and text("result"):
        found.append(RESULTS.get(text("result"), ""))
    if body.get("second") is True:
        found.append("đọc lại")
    if kind is EventKind.OUTSIDE_LABEL:
        found.append(f"của {LABELLED.get(text('body'), text('body'))}, không phải của Sở GDĐT")
    if kind is not EventKind.OPENED and text("office"):
        found.append(name(text("office")))
    if kind is EventKind.ASSIGNED:
        found.append(text("assignee") or "không giao ai nữa")
    found += [f"{label} {text(key)}" for key, label in _NAMED if text(key)]
    if text("whom"):  # may be a parent or a pupil
        found.append(f"với {masked_line(text('whom'))}")
    found += [
        masked_line(text(key)) for key in ("title", "name", "document") if text(key) and kind is not EventKind.OPENED
    ]
    if text("number"):
        found.append(f"số {text('number')}")
    if text("by_office"):
        found.append(f"người của {name(text('by_office'))}")
    found += _moments(kind, body, zone)
    if kind is EventKind.ALARM:
        found.append(f"{clock_name(text('clock'))}: {ALARMS.get(_number(body.get('alarm')), '')}")
        found += ["đã có người báo biết nên không gửi tin"] if body.get("silent") is True else []
    if kind is EventKind.ESCALATED and isinstance(body.get("because"), str):
        found.append(BECAUSE.get(body["because"], ""))
    return [one for one in found if one]


_NAMED = (("leader", "lãnh đạo:"), ("signed_as", "ký"), ("signer", "người ký:"))
_TIMED = (EventKind.CLOCK, EventKind.INSTRUCTION, EventKind.RESUMED)


def _moments(kind: EventKind, body: Mapping[str, Any], zone: str) -> list[str]:
    found = []
    if isinstance(body.get("until"), int):
        found.append(words.UNTIL.format(at=moment_words(body["until"], zone)))
    if kind in _TIMED:
        clocks = [c for c in body.get("clocks") or () if isinstance(c, Mapping) and isinstance(c.get("due_at"), int)]
        found += [f"{clock_name(str(c.get('clock')))}: hạn {moment_words(c['due_at'], zone)}" for c in clocks]
    return found


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
