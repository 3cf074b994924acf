"""Reports owed to and by the department, as an officer meets them: dates, what came, who is reminded, the draft."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from runner.deps import Deps, make_deps
from runner.escalating import put_notices
from runner.registers import boards, find_period, open_periods
from runner.registers_chores import register_notices
from runner.registers_cli import app
from store.errors import HaidangError
from store.model_register import Direction, ReportPeriod
from tests.unit.runner.conftest import Clock

BY = "Đỗ Thị Trực"
Say = Callable[..., str]
HALF = ReportPeriod.make_id("sau_thang", "2026-05-05")
YEAR = ReportPeriod.make_id("nam", "2026-11-05")


def at(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)


@pytest.fixture
def say(deps: Deps, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    monkeypatch.setattr("runner.deps.make_deps", partial(make_deps, now=clock))  # a command asks the wall for the time

    def run(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, [*words, "--home", str(deps.settings.home)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            assert isinstance(done.exception, HaidangError), done.exception
            return f"lỗi: {done.exception}"
        assert done.exit_code == code, done.output
        return done.output

    yield run


def opened(deps: Deps, clock: Clock, moment: str = "2026-04-10 08:00") -> None:
    clock.at = at(moment)
    open_periods(deps)


def test_the_dates_of_the_plans_are_opened_ahead_with_all_114_communes(deps: Deps, clock: Clock, say: Say) -> None:
    opened(deps, clock)
    assert open_periods(deps) == 0
    found = boards(deps, Direction.INCOMING, 0, at("2027-01-01 00:00"))
    assert [(b.period.report, b.period.day) for b in found] == [("sau_thang", "2026-05-05")]
    assert len(found[0].missing) == 115 and (found[0].period.begins, found[0].period.ends) == (
        "2025-11-05", "2026-05-04",
    )  # fmt: skip
    out = say("list")
    assert "Báo cáo 6 tháng" in out and "0/115" in out and "ngày của báo cáo quý, kế hoạch không nêu" in out
    assert "Sở báo cáo" in (out := say("list", "--outgoing")) and "report_dates_outgoing" in out
    assert "Báo cáo 6 tháng" not in out


def test_over_a_year_there_are_two_quarters_a_half_and_a_year(deps: Deps, clock: Clock) -> None:
    for month in range(1, 13):
        opened(deps, clock, f"2026-{month:02d}-01 08:00")
    found = boards(deps, Direction.INCOMING, at("2026-01-01 00:00"), at("2027-01-01 00:00"))
    assert [(b.period.report, b.period.day) for b in found] == [
        ("quy", "2026-02-05"), ("sau_thang", "2026-05-05"), ("quy", "2026-08-05"), ("nam", "2026-11-05"),
    ]  # fmt: skip


def test_a_date_on_a_day_off_moves_as_the_rule_says(deps: Deps, clock: Clock, say: Say) -> None:
    opened(deps, clock, "2029-04-20 08:00")  # 05/5/2029 is a Saturday
    (of,) = boards(deps, Direction.INCOMING, clock.at, at("2029-06-01 00:00"))
    assert of.period.day == "2029-05-05" and of.period.due_at == at("2029-05-07 17:30")
    assert "ngày 05/05/2029 là ngày nghỉ, hạn là 07/05/2029" in say("list")


def test_a_report_that_came_is_counted_once_and_in_time_by_its_first_day(deps: Deps, clock: Clock, say: Say) -> None:
    opened(deps, clock)
    clock.at = at("2026-05-04 09:00")
    assert "UBND phường Ái Quốc" in say("received", HALF, "phường ái quốc", "--by", BY, "--number", "12/BC-UBND")
    clock.at = at("2026-05-08 09:00")
    say("received", HALF, "commune:10660", "--by", BY, "--number", "15/BC-UBND", "--note", "bản sửa")
    late = say("received", HALF, "commune:10507", "--by", BY)
    (of,) = boards(deps, Direction.INCOMING, 0, clock.at)
    assert [(line.party, line.state) for line in of.having("on_time", "late")] == [
        ("commune:10507", "late"), ("commune:10660", "on_time"),
    ]  # fmt: skip
    assert "2/115 đã nhận, 113 chưa có" in say("missing", HALF, code=1)
    say("withdraw", HALF, late.split()[0], "--by", BY, "--why", "ghi nhầm phường")
    assert "1/115" in say("missing", HALF, code=1)
    assert len(list(deps.store.export("report_entry"))) == 4


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("received", HALF, "phường", "--by", BY), "viết mã, như"),
        (("received", HALF, "Phường Không Có", "--by", BY), "không có trong danh sách"),
        (("received", HALF, "commune:10660", "--by", "Trực"), "họ và tên"),
        (("received", HALF, "commune:10660", "--by", BY, "--day", "2026-12-01"), "chưa tới"),
        (("sent", HALF, "commune:10660", "--by", BY, "--number", "1/BC"), "reports-due received"),
        (("received", "rpp_none", "commune:10660", "--by", BY), "reports-due list"),
        (("withdraw", HALF, "rpe_none", "--by", BY, "--why", "nhầm"), "không có mục ghi sổ"),
        (("urge", HALF, "--by", BY), "chưa đến hạn"),
    ],
)
def test_what_cannot_be_entered_is_said_and_nothing_is_kept(
    deps: Deps, clock: Clock, say: Say, words: tuple[str, ...], told: str
) -> None:
    opened(deps, clock)
    assert told in say(*words)
    assert list(deps.store.export("report_entry")) == [] and list(deps.store.export("report_urge")) == []


def test_a_file_is_kept_by_content_and_a_disguised_one_is_refused(
    deps: Deps, clock: Clock, say: Say, tmp_path: Path
) -> None:
    opened(deps, clock)
    good, bad = tmp_path / "bao cao.pdf", tmp_path / "bao-cao.docx"
    good.write_bytes(b"%PDF-1.7\n%%EOF")
    bad.write_bytes(b"<html><script>alert(1)</script></html>")
    say("received", HALF, "commune:10660", "--by", BY, "--file", str(good))
    assert "lỗi:" in say("received", HALF, "commune:10507", "--by", BY, "--file", str(bad))
    (entry,) = deps.store.report_entries([HALF])[HALF]
    assert (entry.file_name, entry.media_type, entry.size) == ("bao cao.pdf", "application/pdf", 14)


def told_now(deps: Deps, clock: Clock, moment: str) -> list[tuple[str, str]]:
    clock.at = at(moment)
    notices = register_notices(deps, clock.at)
    new = put_notices(deps, notices, clock.at)
    return sorted((n.contact, n.subject) for n in notices) if new else []


def test_those_who_must_sign_are_reminded_once_a_step_and_nobody_outside_ever(deps: Deps, clock: Clock) -> None:
    assert told_now(deps, clock, "2026-04-15 17:00") == []
    first = told_now(deps, clock, "2026-04-16 07:31")  # ten working days before, 27/4, 30/4 and 1/5 being off
    assert [who for who, _ in first] == ["role:bao_chi", "role:chanh_van_phong"]
    assert "Nhắc: Báo cáo 6 tháng" in first[0][1] and "05/05/2026" in first[0][1]
    assert told_now(deps, clock, "2026-04-16 08:31") == []
    assert told_now(deps, clock, "2026-05-04 07:31") and told_now(deps, clock, "2026-05-05 07:31") == []
    assert told_now(deps, clock, "2026-05-05 18:00") == []
    late = told_now(deps, clock, "2026-05-06 07:30")
    assert {who for who, _ in late} == {"role:bao_chi", "role:chanh_van_phong"}
    assert "115 đơn vị chưa gửi" in late[0][1]
    assert told_now(deps, clock, "2026-05-07 07:30") == []
    everybody = {row["contact"] for row in deps.store.export("notice")}
    assert everybody == {"role:bao_chi", "role:chanh_van_phong"}


def test_when_all_came_nobody_is_reminded(deps: Deps, clock: Clock, say: Say) -> None:
    clock.at = at("2026-05-04 07:00")
    say("ask", "Báo cáo nhanh sau bão", "--due", "2026-05-06", "--to", "commune:10660", "--by", BY, "--basis", "CV 9")
    (period,) = [p for p in deps.store.report_periods(0, at("2026-06-01 00:00")) if p.report == "ad_hoc"]
    assert [n.subject for n in register_notices(deps, at("2026-05-05 08:00")) if period.name in n.subject]
    say("received", period.id[:12], "commune:10660", "--by", BY)
    assert not [n for n in register_notices(deps, at("2026-05-05 08:00")) if period.name in n.subject]
    assert "đã có từ trước" in say("ask", "Báo cáo nhanh sau bão", "--due", "2026-05-06", "--to", "commune:10660",
                                   "--by", BY)  # fmt: skip


def test_what_the_department_owes_is_a_list_of_its_own(deps: Deps, clock: Clock, say: Say) -> None:
    text = "recurring:\n  report_dates_outgoing: {name: Sở báo cáo, direction: outgoing, days: ['05-16']}\n"
    (deps.settings.home / "deadlines.yml").write_text(text, encoding="utf-8")
    clock.at = at("2026-05-13 08:00")  # 16/5/2026 is a Saturday: before means Friday 15/5
    out = say("list", "--outgoing")
    period = out.split("\n")[1].split()[0]
    assert "15/05/2026" in out and "0/1 đã gửi" in out and period not in say("list")
    subjects = {n.subject for n in register_notices(deps, clock.at) if "Nhắc ký" in n.subject}
    assert len(subjects) == 1
    assert "không có ai để đôn đốc" in say("urge", period, "--by", BY)
    assert "reports-due sent" in say("received", period, "office:ubndtp", "--by", BY)
    assert "34/BC-SGDĐT" in say("sent", period, "office:ubndtp", "--by", BY, "--number", "34/BC-SGDĐT")
    assert not [n for n in register_notices(deps, clock.at) if "Nhắc ký" in n.subject]


def words_of(path: Path) -> str:
    with zipfile.ZipFile(path) as packed:
        return packed.read("word/document.xml").decode()


def test_one_draft_for_all_who_are_missing_with_the_list_and_no_number(
    deps: Deps, clock: Clock, say: Say, tmp_path: Path
) -> None:
    opened(deps, clock)
    say("received", HALF, "commune:10660", "--by", BY)
    clock.at = at("2026-05-06 09:00")
    out, again = tmp_path / "don-doc.docx", tmp_path / "don-doc.pdf"
    made = say("urge", HALF, "--by", BY, "--out", str(out), "--until", "2026-05-12")
    assert "114 đơn vị" in made
    body = words_of(out)
    assert "DANH SÁCH ĐƠN VỊ CHƯA GỬI" in body and "Các đơn vị có tên trong danh sách" in body
    assert "D29" not in body and "chế độ báo cáo định kỳ" in body
    assert "Ái Quốc" not in body and "Sở Văn hóa" in body and "12/05/2026" in body
    urge_id = say("urge", HALF, "--by", BY, "--out", str(again), "--until", "2026-05-12").split()[0]
    assert again.read_bytes().startswith(b"%PDF") and len(deps.store.report_urges(HALF)) == 1
    assert list(deps.store.export("notice")) == [] and list(deps.store.export("delivery")) == []
    assert "số 15/SGDĐT-VP" in say("urge-issued", HALF, urge_id, "--number", "15/SGDĐT-VP", "--by", BY)
    assert "đã ghi số" in say("urge-issued", HALF, urge_id, "--number", "16/SGDĐT-VP", "--by", BY)


def test_the_collated_annex_as_table_and_csv(deps: Deps, clock: Clock, say: Say, tmp_path: Path) -> None:
    opened(deps, clock)
    say("received", HALF, "commune:10660", "--by", BY, "--number", "12/BC-UBND", "--note", "=HYPERLINK(1)")
    clock.at = at("2026-05-06 09:00")
    say("annex", HALF, "--out", str(tmp_path / "a.docx"))
    assert "1/115" in (body := words_of(tmp_path / "a.docx")) and "CHƯA NHẬN" in body
    say("annex", HALF, "--out", str(tmp_path / "a.csv"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 115
    (came,) = [row for row in rows if row["ma"] == "commune:10660"]
    assert came["so"] == "12/BC-UBND" and came["ghi_chu"] == "'=HYPERLINK(1)" and came["nguoi_ghi"] == BY
    first = (tmp_path / "a.csv").read_bytes()
    say("annex", HALF, "--out", str(tmp_path / "a.csv"))
    assert (tmp_path / "a.csv").read_bytes() == first
    assert ".docx hoặc .pdf" in say("annex", HALF, "--out", str(tmp_path / "a.odt"))


def test_a_period_is_found_by_the_beginning_of_its_id(deps: Deps, clock: Clock) -> None:
    opened(deps, clock)
    assert find_period(deps, HALF[:10]).id == HALF
