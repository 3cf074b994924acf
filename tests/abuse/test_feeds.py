"""Malformed feeds: none crashes, hangs or loses its neighbours, and each has exactly its outcome."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from tests.abuse.feeds import CASES
from tests.abuse.feeds.case import Case
from tests.conftest import ROOT

Outcomes = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def outcomes() -> Outcomes:
    """What came of every case, by name."""
    command = [sys.executable, "-m", "tests.abuse.feeds.read_all"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(found) != len(CASES):
        next_one = CASES[len(found)].name if len(found) < len(CASES) else "none"
        pytest.fail(f"the corpus ended with {done.returncode} at {next_one}:\n{done.stderr[-3000:]}")
    return {each["name"]: each for each in found}


def test_the_corpus_is_large_and_no_case_comes_twice() -> None:
    assert len(CASES) >= 300
    assert [name for name, times in Counter(case.name for case in CASES).items() if times > 1] == []
    assert [names for names in _same_bodies() if len(names) > 1] == []
    assert all(case.why for case in CASES)


def _same_bodies() -> list[list[str]]:
    found: dict[tuple[bytes, str | None], list[str]] = {}
    for case in CASES:
        found.setdefault((case.body, case.content_type), []).append(case.name)
    return list(found.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_malformed_feed_has_its_outcome(case: Case, outcomes: Outcomes) -> None:
    found = outcomes[case.name]
    if case.no:
        assert case.no in found["no"], case.why
        assert (found["titles"], found["faults"]) == ([], [])
        return
    assert found["no"] == "", case.why
    assert tuple(found["titles"]) == case.titles, case.why
    assert tuple(found["faults"]) == case.faults, (case.why, found["messages"][:3])
    for key in ("dates", "urls", "summaries"):
        expected = getattr(case, key)
        assert expected is None or tuple(found[key]) == expected, (case.why, key)


def test_every_problem_is_said_in_words_that_fit_on_a_screen(outcomes: Outcomes) -> None:
    for name, found in outcomes.items():
        for message in found["messages"]:
            assert 10 < len(message) < 700, (name, message)
            assert message.isprintable(), (name, message)


def test_the_pipe_ends_every_case_with_its_last_line(outcomes: Outcomes) -> None:
    told = {name: (found["no"], *found["pipe"]) for name, found in outcomes.items() if found["pipe"]}
    assert len(told) > 500
    for name, (no, status, last) in told.items():
        assert status == (2 if no else 0), name
        assert set(last) == {"title", "link", "language", "problems"}, name
