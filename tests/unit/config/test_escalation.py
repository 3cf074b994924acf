"""escalation.yml: the shipped chain holds together; a fault of the own file has its line and costs only that file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from config.contacts import load_contacts
from config.escalation import load_escalation

CONTACTS, _ = load_contacts()
SHIPPED, _ = load_escalation(CONTACTS)


def test_the_shipped_chain_stays_inside_the_department_and_waits_for_every_severity() -> None:
    rules, errors = load_escalation(CONTACTS)
    assert errors == []
    assert all(CONTACTS[key].commanded for key in (*rules.chain, *rules.storm.chain, rules.leader, rules.head))
    assert rules.leader not in rules.chain
    assert set(rules.waits) == set(rules.acknowledge) == set(rules.storm.waits) == {"thuong", "cao", "khan"}
    assert all(wait.clock == "calendar" for wait in (rules.waits["khan"], rules.unheard))


def test_an_own_section_replaces_that_section_alone(tmp_path: Path) -> None:
    (tmp_path / "escalation.yml").write_text("chain: [role:truc]\nduty: {covered: out_of_hours}\n", encoding="utf-8")
    rules, errors = load_escalation(CONTACTS, tmp_path)
    assert (errors, rules.chain, rules.duty.covered) == ([], ("role:truc",), "out_of_hours")
    assert rules.waits == SHIPPED.waits


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("leader: role:lanh_dao_truc\nchain:\n  - role:truc\n  - role:truc\n", 4, "a loop"),
        ("chain: [role:khong_co]\n", 1, "no contact is called 'role:khong_co'"),
        ("chain: [office:svhttdl]\n", 1, "is not of the department"),
        ("unheard: {minutes: 0, clock: calendar}\n", 1, "greater than or equal to 1"),
        ("unheard: {minutes: 5, clock: moon}\n", 1, "unheard.clock"),
        ("chian: [role:truc]\n", 1, "unknown key `chian`"),
        ("\nstarts_at: {soft: 2, hard: 1, overdue: 1}\n", 2, "`starts_at` falls"),
        ("waits:\n  khan: {minutes: 5, clock: calendar}\n", 1, "says nothing for thuong, cao"),
        ("storm: {chain: [role:truc], themes: [bao_to], waits: {}}\n", 1, "no theme is called 'bao_to'"),
        ("chain: []\n", 1, "chain"),
        ("- a\n", 1, "expected"),
        ("chain: &a [role:truc]\nleader: *a\n", 1, "anchor"),
    ],
)
def test_a_fault_is_named_with_its_line_and_the_shipped_rules_go_on(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    (tmp_path / "escalation.yml").write_text(text, encoding="utf-8")
    rules, errors = load_escalation(CONTACTS, tmp_path)
    assert any(str(e).startswith(f"{tmp_path}/escalation.yml:{line}:") and said in str(e) for e in errors), errors
    assert rules == SHIPPED


def test_a_step_that_the_department_took_out_of_its_command_is_told_and_the_chain_goes_on() -> None:
    changed = {**CONTACTS, "role:truc": replace(CONTACTS["role:truc"], commanded=False)}
    rules, errors = load_escalation(changed)
    assert rules == SHIPPED and "role:truc" in str(errors[0])
