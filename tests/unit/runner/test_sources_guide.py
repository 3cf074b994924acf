"""The guide "why was this not collected?" cannot drift: every outcome is in it, and only commands that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alerts.words import FETCHED
from runner.cli import app
from runner.sources_cli import app as sources
from runner.sources_words import ADVICE, ALERTS
from store.model import AlertKind, FetchOutcome, Outcome

DOCS = Path(__file__).resolve().parents[3] / "docs"
GUIDE = (DOCS / "vi-sao-khong-thu-thap.md").read_text(encoding="utf-8")


def rows(title: str) -> dict[str, list[str]]:
    """`code` → the cells behind it, for the tables under one heading."""
    part = GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    found: dict[str, list[str]] = {}
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        code = next((n for n, cell in enumerate(cells[:2]) if re.fullmatch(r"`\w+`", cell)), None)
        if line.startswith("|") and code is not None:
            found[cells[code].strip("`")] = cells[code + 1 :]
    return found


def test_every_outcome_of_a_fetch_is_there_in_the_words_of_the_desk_with_what_to_do() -> None:
    told = rows("Kết quả của một lần tải")
    assert set(told) == {outcome.value for outcome in FetchOutcome}
    for code, (words, meaning, to_do) in told.items():
        assert FETCHED[code].startswith(words), code
        assert meaning, code
        assert to_do, code


def test_every_outcome_of_a_task_is_there_with_what_to_do() -> None:
    told = rows("Kết quả của một việc")
    assert set(told) == {outcome.value for outcome in Outcome}
    assert [code for code, cells in told.items() if len(cells) != 2 or not all(cells)] == []


def test_every_alert_is_there_with_what_to_do() -> None:
    assert set(rows("5. Cả một nguồn im lặng")) == {kind.value for kind in AlertKind}
    assert set(ALERTS) == set(AlertKind)


def test_every_outcome_has_its_advice_at_the_command_line_too() -> None:
    assert set(ADVICE) == set(FetchOutcome)
    fine = {FetchOutcome.FETCHED, FetchOutcome.NOT_MODIFIED}
    assert {outcome for outcome, words in ADVICE.items() if not words} == fine


@pytest.mark.parametrize("page", ["vi-sao-khong-thu-thap.md", "add-a-source.md"])
def test_the_guides_name_only_commands_that_exist(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    top = {
        command.name or (command.callback.__name__ if command.callback else "") for command in app.registered_commands
    }
    top |= {group.name or "" for group in app.registered_groups}
    inner = {command.name for command in sources.registered_commands} | {"coverage"}
    for command, further in re.findall(r"\bhaidang ([a-z]+)(?: ([a-z]+))?", text):
        if command == "sources":
            assert not further or further in inner, f"haidang sources {further}"
        else:
            assert command in top, f"haidang {command}"


def test_every_link_within_the_guide_leads_somewhere() -> None:
    headings = re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors
