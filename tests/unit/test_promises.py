"""The promises as far as the data model can keep them: what cannot be stored cannot be said (docs/architecture.md)."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from analysis.relevance import relevance
from store import model
from store.sqlite import open_store

RECORDS = [r for _, r in inspect.getmembers(model, is_dataclass)]
PERSONAL = ("author", "byline", "account", "profile", "commenter", "avatar", "user_name", "phone")
VERDICTS = ("is_false", "is_true", "fake", "veracity", "truth", "verdict", "falsity")


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_no_record_can_hold_a_verdict_or_a_person_of_the_press(record: type) -> None:
    names = [f.name for f in fields(record)]
    assert not [n for n in names for word in (*PERSONAL, *VERDICTS) if word in n]


def test_no_column_of_the_database_can_either(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.sqlite")
    tables = [row[0] for row in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = [row[1] for table in tables for row in store.connection.execute(f"PRAGMA table_info({table})")]
    store.close()
    assert len(columns) > 80
    assert not [c for c in columns for word in (*PERSONAL, *VERDICTS) if word in c]


def test_a_machines_word_on_rumours_is_never_that_something_is_false() -> None:
    from analysis.linear import Linear

    assert set(Linear.load("text").heads["rumour"].labels) == {"none", "report", "debunk"}


def test_tone_and_stance_cannot_reach_the_decision_what_is_shown() -> None:
    given = set(inspect.signature(relevance).parameters)
    assert given.isdisjoint({"tone", "stance", "sentiment", "rumour", "verdict"})
    assert given >= {"edu", "hp"}


def test_every_table_has_a_record_and_every_record_a_table(tmp_path: Path) -> None:
    from store.sqlite_read import TABLES

    store = open_store(tmp_path / "a.sqlite")
    made = {row[0] for row in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    store.close()
    index = {name for name in made if name.startswith("search_")}  # made from the rows, and made anew from them
    assert made - index - {"migration"} == set(TABLES)
