"""The evaluation sheet as an officer meets it: counted from the archive or entered with evidence, and frozen."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alerts.indicators import COMPUTED, Item
from alerts.indicators_sheet import review
from runner.deps import make_deps
from runner.registers import open_periods
from runner.registers_cli import app as reports
from runner.registers_evaluation_cli import app
from store.errors import HaidangError
from store.model import Relation
from tests.unit.runner.conftest import Clock
from tests.unit.runner.registers_town import BY, Town, at, make_town

Say = Callable[..., str]
WINDOW = ("--from", "2026-04-01", "--to", "2026-06-30")


@pytest.fixture
def town(tmp_path: Path, clock: Clock) -> Iterator[Town]:
    clock.at = at("2026-07-01 08:00")
    made = make_town(tmp_path, clock)
    yield made
    made.deps.store.close()


@pytest.fixture
def say(town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    monkeypatch.setattr("runner.deps.make_deps", partial(make_deps, now=clock))
    monkeypatch.setattr("runner.cli_common.settings_of", lambda _home: town.deps.settings)

    def run(*words: str, code: int = 0, of: object = app) -> str:
        done = CliRunner().invoke(of, [*words, "--home", str(town.deps.settings.home)])  # type: ignore[arg-type]
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            assert isinstance(done.exception, HaidangError), done.exception
            return f"lỗi: {done.exception}"
        assert done.exit_code == code, done.output
        return done.output

    yield run


def figures(say: Say) -> dict[str, dict[str, object]]:
    return {f["id"]: f for f in json.loads(say("show", *WINDOW, "--json"))["figures"]}


def test_what_is_computed_comes_from_the_archive_and_names_its_rows(town: Town, say: Say) -> None:
    first = town.article("2026-04-10 09:00", "Trường học đổi mới theo nghị quyết 71", themes=("nq71",), story="a")
    town.article("2026-04-10 10:00", "Đăng lại", themes=("nq71",), story="a", relation=Relation.REPRINT,
                 source="bao_xa")  # fmt: skip
    town.article("2026-05-02 09:00", "Học sinh được khen", topics="commendation", story="b", source="dai_song")
    town.article("2026-05-03 09:00", "Vẫn chuyện ấy", topics="commendation", story="b")
    town.article("2026-07-01 07:00", "Ngoài kỳ", themes=("nq71",))
    found = figures(say)
    assert found["bao_chi_nq71"]["value"] == 50.0 and found["bao_chi_nq71"]["whole"] == 2
    assert "Báo Mỏ Neo" in str(found["bao_chi_nq71"]["note"])
    assert found["tin_nq71"]["items"] == [f"article:{first.id}"] and found["tin_nq71"]["value"] == 1.0
    assert found["tin_giao_duc"]["value"] == 3.0 and found["guong_tot"]["value"] == 1.0
    assert found["tra_loi_bao_chi"]["value"] is None and "không có câu hỏi" in str(found["tra_loi_bao_chi"]["note"])


def test_no_indicator_can_see_tone_or_stance() -> None:
    assert {f.name for f in fields(Item)}.isdisjoint({"tone", "stance", "score", "rumour"})


def test_plans_and_columns_of_the_communes(town: Town, say: Say) -> None:
    town.article("2026-04-12 09:00", "Phường khai giảng", source="ubnd_10660")
    assert "10660" in say("plan", "add", "Ái Quốc", "--number", "5/KH-UBND", "--day", "2026-03-02", "--by", BY,
                          "--url", "https://ai-quoc.example/kh5")  # fmt: skip
    wrong = say("plan", "add", "10507", "--number", "6/KH-UBND", "--day", "2026-03-03", "--by", BY).split()[0]
    say("withdraw", wrong, "--by", BY, "--why", "ghi nhầm phường")
    say("enter", "chuyen_muc", "1", *WINDOW, "--of", "commune:10507", "--evidence", "đã xem mục Giáo dục", "--by", BY,
        "--url", "https://thanh-dong.example/giao-duc")  # fmt: skip
    say("enter", "chuyen_muc", "0", *WINDOW, "--of", "10525", "--evidence", "trang không có mục nào", "--by", BY)
    found = figures(say)
    assert (found["ke_hoach_xa"]["part"], found["ke_hoach_xa"]["whole"]) == (1, 114)
    assert (found["chuyen_muc_xa"]["part"], found["chuyen_muc_xa"]["whole"]) == (2, 114)
    assert "1 do người xem và ghi, 1 do máy thấy" in str(found["chuyen_muc_xa"]["note"])
    assert "111 chưa ai xem" in str(found["chuyen_muc_xa"]["note"])
    sheet = json.loads(say("show", *WINDOW, "--json"))
    named = {c["subject"]: c for c in sheet["communes"]}
    assert named["10660"]["last"] == "2026-04-12" and named["10660"]["plan"]["number"] == "5/KH-UBND"
    assert named["10525"]["column"] is False and named["11407"]["column"] is None
    assert "1/114 đã có kế hoạch" in say("plan", "list", "--missing")


def test_schools_whose_page_is_known_and_those_that_somebody_entered(town: Town, say: Say) -> None:
    town.article("2026-04-12 09:00", "Trường đón học sinh", source="th_saomai")
    say("enter", "chuyen_muc_cua_truong", "0", *WINDOW, "--of", "school:THCS Bến Cảng", "--evidence", "đã xem",
        "--by", BY)  # fmt: skip
    found = figures(say)["chuyen_muc_truong"]
    assert (found["part"], found["whole"], found["value"]) == (1, 2, 50.0)


def test_a_figure_by_hand_needs_a_person_and_evidence(say: Say) -> None:
    assert figures(say)["pho_bien_nq71"]["value"] is None
    told = ("enter", "pho_bien_nq71", "87.5", *WINDOW, "--by", BY)
    assert "minh chứng" in say(*told, "--evidence", " ")
    assert "họ và tên" in say("enter", "pho_bien_nq71", "87.5", *WINDOW, "--evidence", "BC 9", "--by", "Trực")
    assert "từ 0 đến 100" in say("enter", "pho_bien_nq71", "875", *WINDOW, "--evidence", "BC 9", "--by", BY)
    assert "máy tính" in say("enter", "tin_nq71", "9", *WINDOW, "--evidence", "BC 9", "--by", BY)
    assert "--of" in say("enter", "chuyen_muc", "1", *WINDOW, "--evidence", "BC 9", "--by", BY)
    assert "http" in say(*told, "--evidence", "BC 9", "--url", "javascript:alert(1)")
    say(*told, "--evidence", "Báo cáo số 9/BC-VP")
    found = figures(say)["pho_bien_nq71"]
    assert found["value"] == 87.5 and found["reached"] is False and BY in str(found["note"])


def test_reports_in_time_are_counted_once_their_day_is_over(town: Town, clock: Clock, say: Say) -> None:
    clock.at = at("2026-05-04 08:00")
    open_periods(town.deps)
    (period,) = town.deps.store.report_periods(0, at("2026-06-30 00:00"))
    say("received", period.id, "commune:10660", "--by", BY, of=reports)
    assert figures(say)["bao_cao_dung_han"]["whole"] == 1  # the others still have until tomorrow
    clock.at = at("2026-07-01 08:00")
    found = figures(say)["bao_cao_dung_han"]
    assert (found["part"], found["whole"]) == (1, 115)


def test_a_frozen_sheet_says_the_same_whatever_comes_after(town: Town, clock: Clock, say: Say, tmp_path: Path) -> None:
    article = town.article("2026-04-10 09:00", "Nghị quyết 71 vào trường", themes=("nq71",))
    id_ = say("freeze", *WINDOW, "--by", BY, "--out", str(tmp_path / "a.docx")).split()[0]
    town.article("2026-04-11 09:00", "Bài đến sau", themes=("nq71",), source="dai_song")
    say("enter", "pho_bien_nq71", "90", *WINDOW, "--evidence", "BC 9", "--by", BY)
    clock.at = at("2027-07-01 08:00")
    assert figures(say)["tin_nq71"]["value"] == 2.0
    assert "tin_nq71               1" in say("open", id_, "--out", str(tmp_path / "b.docx"))
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert article.url in say("items", id_, "tin_nq71")
    assert id_ in say("list") and "không có phiếu này" in say("open", "evl_none")


def test_the_review_is_a_draft_that_says_that_no_criteria_are_issued(town: Town, say: Say, tmp_path: Path) -> None:
    town.article("2026-04-10 09:00", "Nghị quyết 71 vào trường", themes=("nq71",))
    id_ = say("freeze", *WINDOW, "--by", BY, "--out", str(tmp_path / "a.docx")).split()[0]
    with zipfile.ZipFile(tmp_path / "a.docx") as packed:
        text = packed.read("word/document.xml").decode()
        every = "".join(
            packed.read(n).decode() for n in packed.namelist() if n.startswith("word/") and n.endswith("xml")
        )
    assert "chưa được ban hành" in text and "DỰ THẢO" in every and "Phường Ái Quốc" in text
    assert "NGUYỄN" not in text and "chưa ai nhập" in text
    say("open", id_, "--out", str(tmp_path / "a.pdf"))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    say("open", id_, "--out", str(tmp_path / "a.csv"))
    assert "ma_tieu_chi" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    sheet = town.deps.store.evaluation(id_)
    assert sheet and not review(sheet.sheet, id_, sheet.at).issued


def test_an_empty_window_is_a_correct_sheet(say: Say) -> None:
    out = say("show", "--from", "2020-01-01", "--to", "2020-01-31")
    assert "không tính được" in out and "Bộ tiêu chí" in out
    assert "đứng sau" in say("show", "--from", "2026-02-01", "--to", "2026-01-01")


def test_the_files_are_checked_and_the_functions_listed(town: Town, say: Say) -> None:
    assert "chưa ban hành" in say("check")
    assert all(name in say("check", "--functions") for name in COMPUTED)
    text = "indicators:\n  a_b: {name: X, how: computed, compute: tu_bia, unit: bai}\n"
    (town.deps.settings.home / "indicators.yml").write_text(text, encoding="utf-8")
    assert "indicators.yml:2" in say("check", code=1)
