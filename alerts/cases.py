"""Cases: every pure command in one place. See docs/cases.md for who calls what, `alerts.casework` for writing.

A command is given a case as it stands (:class:`store.model_case.CaseRows`), who, and when; it gives the events that
say what happened, or raises :class:`store.errors.CaseError` and nothing happens.
"""

from alerts.case_clocks import by_the_wall, instruct, pause, resume, resumed_by_itself, start
from alerts.case_commands import (
    acknowledge,
    answer,
    assign,
    change,
    close,
    conclude,
    link,
    links,
    may_judge,
    note,
    outside_label,
    receive,
    release,
    reopen,
    send_to,
    telephoned,
    unlink,
    verify,
)
from alerts.case_evidence import approve_original, ask_original, asked, erase, exported
from alerts.case_files import attach
from alerts.case_fold import added, apply, base, clock_body, fold, happened, kept_of, next_alarm, runs
from alerts.case_merge import merge, split, split_off, unmerge
from alerts.case_open import Opening, opening, press_request, report, request_id, subject_of
from alerts.case_papers import arrived, draft, issue, sign, submit
from alerts.case_parts import ALLOWED, HEAD_OFFICE, about, allowed, event, guard

__all__ = [
    "ALLOWED",
    "HEAD_OFFICE",
    "Opening",
    "about",
    "acknowledge",
    "added",
    "allowed",
    "answer",
    "apply",
    "approve_original",
    "arrived",
    "ask_original",
    "asked",
    "assign",
    "attach",
    "base",
    "by_the_wall",
    "change",
    "clock_body",
    "close",
    "conclude",
    "draft",
    "erase",
    "event",
    "exported",
    "fold",
    "guard",
    "happened",
    "instruct",
    "issue",
    "kept_of",
    "link",
    "links",
    "may_judge",
    "merge",
    "next_alarm",
    "note",
    "opening",
    "outside_label",
    "pause",
    "press_request",
    "receive",
    "release",
    "reopen",
    "report",
    "request_id",
    "resume",
    "resumed_by_itself",
    "runs",
    "send_to",
    "sign",
    "split",
    "split_off",
    "start",
    "subject_of",
    "submit",
    "telephoned",
    "unlink",
    "unmerge",
    "verify",
]
