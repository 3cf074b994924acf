"""Every set of invented cases: nothing is raised that must be quiet, and judging words move nothing."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from analysis.candidates import Decision, decide
from analysis.claims import Article
from analysis.places import PlaceMatcher
from analysis.reference_index import Library, build
from analysis.references import reference_of

HERE = Path(__file__).parent
SETS = ("second", "third", "fourth", "fifth", "sixth")
_QUIET = ("concern", "debunks", "reports_rumour")
_JUDGED = (
    "Thật đáng hoan nghênh, Sở GD&ĐT đã rất cầu thị và kịp thời.",
    "Phụ huynh bức xúc vì kiểu quản lý tùy tiện và vô lý này.",
)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def _library(name: str, matcher: PlaceMatcher) -> Library:
    return build([reference_of(row) for row in _rows(f"claims_{name}_references.jsonl")], matcher)


def _told(case: dict[str, Any], library: Library, matcher: PlaceMatcher, more: str = "") -> Decision:
    day = dt.date.fromisoformat(case["published"])
    body = f"{case['body']} {more}".strip()
    return decide(Article(case["id"], case["title"], body, day, case["outlet"], case["outlet_kind"]), library, matcher)


@pytest.mark.parametrize("name", SETS)
def test_nothing_is_raised_that_must_be_quiet_and_most_of_the_rest_is_right(name: str, matcher: PlaceMatcher) -> None:
    library, cases = _library(name, matcher), _rows(f"claims_{name}.jsonl")
    decided = {c["id"]: _told(c, library, matcher) for c in cases}
    quiet = [c for c in cases if c["relation"] in _QUIET or c["why"].startswith("criticism")]
    assert len(quiet) >= 8
    assert [c["id"] for c in quiet if decided[c["id"]].candidate] == []
    assert sum(decided[c["id"]].relation == c["relation"] for c in cases) / len(cases) >= 0.8
    wanted = [c for c in cases if c["candidate"]]
    assert sum(decided[c["id"]].candidate for c in wanted) / len(wanted) >= 0.8


@pytest.mark.parametrize("name", SETS)
def test_judging_words_move_no_score(name: str, matcher: PlaceMatcher) -> None:
    library = _library(name, matcher)
    for case in _rows(f"claims_{name}.jsonl")[::4]:
        plain = _told(case, library, matcher)
        for said in _JUDGED:
            toned = _told(case, library, matcher, said)
            assert (toned.score, toned.candidate, toned.relation) == (plain.score, plain.candidate, plain.relation)
