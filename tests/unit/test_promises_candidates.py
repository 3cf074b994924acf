"""Promises 1 and 2 in the rows of candidates and concerns: what has no field cannot be said or sent."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass

import pytest

from alerts import candidate_words, checking
from alerts.candidates import queue, sheet
from analysis.candidate_feedback import ratio, weighed
from store import model_candidate
from store.model_candidate import Candidate, CandidateFinding, CheckResult, Claim, Concern, ConcernMember, ConcernNote

RECORDS = [r for _, r in inspect.getmembers(model_candidate, is_dataclass) if r.__module__ == model_candidate.__name__]
VERDICTS = ("is_false", "is_true", "fake", "veracity", "truth", "verdict", "falsity", "true", "false")
PERSONAL = ("author", "byline", "account", "profile", "commenter", "avatar", "user_name", "phone")
AWAY = ("recipient", "sent", "address", "email", "accused", "office", "delivery")


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_no_record_holds_a_verdict_a_person_of_the_press_or_tone(record: type) -> None:
    names = [f.name for f in fields(record)]
    assert not [n for n in names for word in (*PERSONAL, *VERDICTS, "tone", "stance") if word in n]


@pytest.mark.parametrize("record", [Concern, ConcernMember, ConcernNote], ids=lambda r: r.__name__)
def test_a_concern_has_no_score_and_no_way_out(record: type) -> None:
    names = [f.name for f in fields(record)]
    assert not [n for n in names for word in (*AWAY, "score", "probab", "result") if word in n]


def test_what_the_machine_writes_has_no_result_and_a_result_has_a_person() -> None:
    for record in (Claim, Candidate, CandidateFinding):
        assert not [f.name for f in fields(record) if "result" in f.name]
    assert {f.name for f in fields(model_candidate.Check)} >= {"checked_by", "reason", "document", "result"}
    assert set(inspect.signature(checking.record).parameters) == {"store", "candidate_id", "given", "now"}


def test_the_results_are_the_five_and_none_of_the_official_centres() -> None:
    assert {str(r) for r in CheckResult} == {"khop", "khong_khop", "dung_mot_phan", "chua_du_can_cu", "la_y_kien"}
    tables = [v for name, v in vars(candidate_words).items() if name.isupper() and isinstance(v, dict)]
    told = [words for table in tables for words in table.values()]
    assert told and not [t for t in told for word in ("tin giả", "sai sự thật", "xác thực", "bịa") if word in t]


def test_neither_queue_nor_score_is_given_tone_or_stance() -> None:
    for function in (queue, sheet, weighed, ratio):
        assert not {"tone", "stance", "label"} & set(inspect.signature(function).parameters)


@pytest.mark.parametrize(
    ("score", "confirmed", "refuted", "expected"),
    [(0.8, 0, 0, 0.8), (0.8, 9, 1, 0.8), (0.8, 3, 7, 0.6667), (0.5, 0, 1, 0.3333), (0.0, 0, 9, 0.0), (1.0, 0, 9, 1.0)],
)
def test_feedback_only_takes_away(score: float, confirmed: int, refuted: int, expected: float) -> None:
    assert weighed(score, confirmed, refuted) == pytest.approx(expected, abs=1e-4)
    assert weighed(score, confirmed, refuted) <= score
