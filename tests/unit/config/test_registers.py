"""registers.yml and indicators.yml: what ships, and what a slip of the hand says."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.indicators import load_indicators
from config.registers import load_registers, ours, parties_of

KNOWN = ("outlets_with_nq71", "items_nq71", "items_hai_phong", "stories_commended", "communes_with_plan",
         "communes_with_column", "schools_with_column", "reports_on_time", "press_answered_on_time",
         "press_given")  # fmt: skip


def test_the_shipped_reports_ask_all_114_communes_and_remind_only_our_own() -> None:
    registers, errors = load_registers()
    assert errors == [] and list(registers.reports) == ["quy", "sau_thang", "nam", "so_bao_cao"]
    named = parties_of(registers.reports["sau_thang"], registers.contacts)
    assert len([key for key, _ in named if key.startswith("commune:")]) == 114
    assert ("office:svhttdl", "Sở Văn hóa, Thể thao và Du lịch") in named
    reminded = {key for report in registers.reports.values() for key in report.remind}
    assert reminded and all(ours(registers.contacts, key) for key in reminded)
    assert not ours(registers.contacts, "office:svhttdl") and not ours(registers.contacts, "commune:10507")


def test_the_shipped_indicators_say_that_the_ministry_has_issued_nothing_and_name_their_basis() -> None:
    indicators, errors = load_indicators(KNOWN)
    assert errors == [] and indicators.criteria == ""
    assert all(row.basis and row.duty and not row.code for row in indicators.rows.values())
    assert {"D45", "D46", "D47"} <= {row.duty for row in indicators.rows.values()}


def write(home: Path, name: str, text: str) -> Path:
    (home / name).write_text(text, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("remind: [office:svhttdl]", "none of the department's own"),
        ('parties: ["office:khong_co"]', "nobody has the key"),
        ('day: "05-06"', "is no day of"),
        ("direction: outgoing", "directions have dates of their own"),
        ("months: 0", "months"),
        ("monthz: 3", "did you mean `months`"),
    ],
)
def test_a_slip_in_the_own_file_is_told_with_its_line_and_the_shipped_reports_go_on(
    tmp_path: Path, line: str, told: str
) -> None:
    key = line.partition(":")[0]
    lines = ["name: Báo cáo", "direction: incoming", "dates: report_dates_incoming", "months: 6",
             'parties: ["commune:*"]']  # fmt: skip
    body = "\n".join(f"    {one}" for one in (*(x for x in lines if not x.startswith(f"{key}:")), line))
    registers, errors = load_registers(write(tmp_path, "registers.yml", f"reports:\n  sau_thang:\n{body}\n"))
    assert len(errors) == 1 and told in str(errors[0]) and "registers.yml:" in errors[0].where
    assert registers.reports["sau_thang"].name == "Báo cáo 6 tháng về truyền thông giáo dục"


def test_an_own_report_with_parties_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "contacts.yml", "contacts:\n  school:Tiểu học Sao Mai:\n    name: Trường Tiểu học Sao Mai\n")
    text = """reports:
  nam: {name: Thôi, direction: incoming, dates: report_dates_incoming, months: 12, parties: ["commune:*"],
        enabled: false}
  truong: {name: Báo cáo của trường, direction: incoming, dates: report_dates_incoming, day: "05-05", months: 6,
           parties: ["school:*"]}
"""
    registers, errors = load_registers(write(tmp_path, "registers.yml", text))
    assert errors == [] and "nam" not in registers.reports
    assert [name for _, name in parties_of(registers.reports["truong"], registers.contacts)] == [
        "Trường Tiểu học Sao Mai"
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{name: X, how: computed, compute: khong_co, unit: bai}", "no function is called"),
        ("{name: X, how: manual, compute: items_nq71, unit: bai}", "leave `compute` out"),
        ("{name: X, how: computed, compute: items_nq71, unit: bai, per: commune}", "whole city"),
        ("{name: X, how: manual, unit: kilogam}", "phan_tram"),
        ("{name: X, how: manual, unit: bai, target: -1}", "a number from 0"),
    ],
)
def test_a_slip_in_the_own_indicators(tmp_path: Path, line: str, told: str) -> None:
    found, errors = load_indicators(KNOWN, write(tmp_path, "indicators.yml", f"indicators:\n  moi: {line}\n"))
    assert len(errors) == 1 and told in str(errors[0]) and "moi" not in found.rows


def test_the_ministrys_criteria_once_they_are_issued(tmp_path: Path) -> None:
    row = '{name: Tiêu chí 3, how: manual, unit: diem, code: "3.1"}'
    text = f"criteria: Quyết định số 9/QĐ-BGDĐT\nindicators:\n  tin_nq71: {row}\n"
    found, errors = load_indicators(KNOWN, write(tmp_path, "indicators.yml", text))
    assert errors == [] and found.criteria == "Quyết định số 9/QĐ-BGDĐT"
    assert found.rows["tin_nq71"].code == "3.1" and found.version != load_indicators(KNOWN)[0].version
