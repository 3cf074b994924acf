"""subscriptions.yml: quiet as shipped; a fault of the own file has its line and costs only that file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from config.contacts import load_contacts
from config.subscriptions import PRESS_OFFICER, load_watch

CONTACTS, _ = load_contacts()
SHIPPED, _ = load_watch(CONTACTS)


def test_as_shipped_only_the_press_officer_is_told() -> None:
    watch, errors = load_watch(CONTACTS)
    assert errors == []
    assert {s.contact for s in watch.subscriptions.values()} == {PRESS_OFFICER}
    assert watch.rules.rise.false_alarms_a_month <= 1 and watch.seasons


def test_own_subscriptions_seasons_and_sections_replace_or_add(tmp_path: Path) -> None:
    (tmp_path / "subscriptions.yml").write_text(
        "subscriptions:\n  can_bo_bao_chi_chuyen_muc: {contact: role:bao_chi, kinds: [rise], enabled: false}\n"
        "  pho_van_phong: {contact: role:pho_van_phong, kinds: [wider], places: ['11413']}\n"
        "rules: {unanswered: {share: 0.25}}\n",
        encoding="utf-8",
    )
    watch, errors = load_watch(CONTACTS, tmp_path)
    assert errors == []
    assert len(watch.subscriptions) == 3 and not watch.subscriptions["can_bo_bao_chi_chuyen_muc"].enabled
    assert not watch.wants("rise") and watch.wants("wider") and watch.wants("criticism")
    assert watch.rules.unanswered.share == 0.25 and watch.rules.rise == SHIPPED.rules.rise
    assert watch.seasons == SHIPPED.seasons


def test_a_season_may_pass_new_year() -> None:
    days = ((2026, 12, 14), (2026, 12, 15), (2027, 2, 10), (2027, 2, 11))
    assert [SHIPPED.season("hsg", dt.date(*day)) for day in days] == ["", "hoc_sinh_gioi", "hoc_sinh_gioi", ""]
    assert SHIPPED.season("lamthu", dt.date(2026, 12, 20)) == ""


def one(**more: object) -> str:
    given = {"contact": "role:bao_chi", "kinds": ["rise"], **more}
    return "subscriptions:\n  ai_do:\n" + "".join(f"    {k}: {v}\n" for k, v in given.items())


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (one(contact="role:khong_co"), 3, "no contact is called 'role:khong_co'"),
        (one(contact="office:svhttdl"), 3, "is not of the department"),
        (one(contact="role:chanh_van_phong", kinds="[criticism]"), 3, "goes to role:bao_chi alone"),
        (one(themes="[lam_thu]"), 5, "no theme is called 'lam_thu'"),
        (one(places="['99999']"), 5, "no unit is called '99999'"),
        (one(kinds="[]"), 4, "kinds"),
        (one(kinds="[everything]"), 4, "kinds"),
        (one(kind="rise"), 5, "unknown key"),
        ("rules: {rise: {least_days: 60, history_days: 28}}\n", 1, "never speak"),
        ("rules:\n  rise: {false_alarms_a_month: 0}\n", 2, "false_alarms_a_month"),
        ("rules: {unanswered: {share: 1.0}}\n", 1, "share"),
        ("seasons:\n  thi: {name: Thi, themes: [ts10], from: '02-30', to: '03-01'}\n", 2, "no day of the year"),
        ("seasons:\n  thi: {name: Thi, themes: [], from: '02-03', to: '03-01'}\n", 2, "themes"),
        ("seasons:\n  thi: {name: Thi, themes: [khong], from: '02-03', to: '03-01'}\n", 2, "no theme is called"),
        ("- a\n", 1, "expected"),
        ("subscribtions: {}\n", 1, "unknown key `subscribtions`"),
    ],
)
def test_a_fault_is_named_with_its_line_and_the_shipped_file_goes_on(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    (tmp_path / "subscriptions.yml").write_text(text, encoding="utf-8")
    watch, errors = load_watch(CONTACTS, tmp_path)
    assert any(str(e).startswith(f"{tmp_path}/subscriptions.yml:{line}:") and said in str(e) for e in errors), errors
    assert watch == SHIPPED
