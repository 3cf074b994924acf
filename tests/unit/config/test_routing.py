"""The rules as a department edits them: its own stand first, a fault leaves the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.routing import load_routing

SHIPPED, ERRORS = load_routing()


def own(home: Path, text: str) -> Path:
    (home / "routing.yml").write_text(text, encoding="utf-8")
    return home


def test_the_shipped_rules_are_whole() -> None:
    assert not ERRORS and SHIPPED.default == "office:sgddt_vp" and SHIPPED.above[:2] == ("sgddt_vp", "sgddt_bgd")
    assert {"can_doi_chieu", "bao_chi_nuoc_ngoai", "dai_hoc", "so_quan_ly", "xa_quan_ly"} <= set(SHIPPED.rules)


def test_an_own_rule_stands_first_or_before_the_one_it_names_and_one_of_the_same_id_in_its_place(
    tmp_path: Path,
) -> None:
    rules, errors = load_routing(
        own(
            tmp_path,
            "rules:\n  cua_so: {name: A, owner: office:sgddt_phong}\n"
            "  truoc_xa: {name: B, owner: office:sgddt_vp, before: xa_quan_ly}\n"
            "  dai_hoc: {name: C, when: {levels: [dai_hoc]}, owner: office:sgddt_bgd}\n",
        )
    )
    order = list(rules.rules)
    assert not errors and order[0] == "cua_so" and order.index("truoc_xa") == order.index("xa_quan_ly") - 1
    assert rules.rules["dai_hoc"].owner == "office:sgddt_bgd"
    assert [k for k in order if k in SHIPPED.rules] == list(SHIPPED.rules)


def test_a_rule_is_switched_off_and_a_division_named(tmp_path: Path) -> None:
    text = "rules:\n  dai_hoc: {name: X, owner: office:sgddt_vp, enabled: false}\ndivisions: {thpt: sgddt_vp}\n"
    rules, errors = load_routing(own(tmp_path, text))
    assert not errors and "dai_hoc" not in rules.rules and rules.divisions["thpt"] == "sgddt_vp"
    assert rules.divisions["gdtx"] == "sgddt_phong"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("rules:\n  xx: {name: A, owner: office:khong_co}\n", 2, "names no contact"),
        ("rules:\n  xx:\n    name: A\n    owner: ai_do\n", 4, "names no contact"),
        ("rules:\n  xx: {name: A}\n", 2, "needs an `owner`"),
        ("extras:\n  xx: {name: A, owner: office:sgddt_vp}\n", 2, "has no `owner`"),
        ("rules:\n  xx: {name: A, owner: place, when: {themes: [khong_co]}}\n", 2, "no theme is called"),
        ("rules:\n  xx: {name: A, owner: place, when: {topics: [khong_co]}}\n", 2, "no topic is called"),
        ("rules:\n  xx: {name: A, owner: place, when: {places: ['00000']}}\n", 2, "no unit has the code"),
        ("rules:\n  xx: {name: A, owner: place, when: {kinds: [tin_gia]}}\n", 2, "kinds"),
        ("rules:\n  xx: {name: A, owner: place, when: {levels: thpt}}\n", 2, "levels"),
        ("rules:\n  xx: {name: A, owner: place, before: khong_co}\n", 2, "no rule is called"),
        ("rules:\n  xx: {name: A, owner: place, role: office:sgddt_vp}\n", 2, "`role` names no contact"),
        ("divisions: {thpt: khong_co}\n", 1, "no office is called"),
        ("divisions: {mau_giao: sgddt_vp}\n", 1, "divisions"),
        ("above: [sgddt_vp, sgddt_bgd, sgddt_vp]\n", 1, "leads back"),
        ("heads: {sgddt: sgddt_bgd}\n", 1, "leads back to itself"),
        ("default: role:khong_co\n", 1, "`default` names no contact"),
        ("default: place\n", 1, "`default` names no contact"),
        ("tuyen: {}\n", 1, "unknown key"),
    ],
)
def test_a_fault_has_its_line_and_its_cure_and_the_shipped_rules_go_on(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    rules, errors = load_routing(own(tmp_path, text))
    assert errors and said in errors[0].what and errors[0].where.endswith(f"routing.yml:{line}") and errors[0].fix
    assert rules == SHIPPED


def test_an_abolished_office_may_be_named_and_is_led_on(tmp_path: Path) -> None:
    _, errors = load_routing(own(tmp_path, "rules:\n  xx: {name: A, owner: office:phonggddt}\n"))
    assert not errors
