"""`haidang calendar …` and `haidang deadlines list` as an administrator meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from runner.cli import app
from store.errors import InputError


def run(home: Path, *arguments: str, of: str = "calendar") -> Result:
    return CliRunner().invoke(app, [of, *arguments, "--home", str(home)])


def test_a_due_time_is_explained_step_by_step(tmp_path: Path) -> None:
    result = run(tmp_path, "due", "--deadline", "first_answer_wh", "--from", "2026-02-13 16:00")
    assert result.exit_code == 0, result.output
    assert "thứ Sáu 13/02/2026 16:00–17:30: làm việc 1 giờ 30 phút, còn 14 giờ 30 phút" in result.output
    assert "nghỉ Tết Bính Ngọ: thứ Bảy 14/02/2026 đến Chủ nhật 22/02/2026 (chưa xác minh)" in result.output
    assert "hạn: 16:00 thứ Ba 24/02/2026 (chưa xác minh)" in result.output
    assert "báo gấp lúc thứ Ba, 24/02/2026 14:00" in result.output
    body = json.loads(
        run(tmp_path, "due", "--deadline", "first_answer_wh", "--from", "2026-02-13 16:00", "--json").stdout
    )
    assert body["due_at"] == 1_771_923_600_000
    assert (body["verified"], body["projected"], len(body["steps"])) == (False, False, 5)


def test_a_deadline_that_is_off_or_of_others_says_so(tmp_path: Path) -> None:
    assert "đang tắt" in run(tmp_path, "due", "--deadline", "press_item_verify_d", "--from", "2026-03-02").output
    assert "chỉ để biết" in run(tmp_path, "due", "--deadline", "takedown_expected_h", "--from", "2026-03-02").output


@pytest.mark.parametrize(
    ("key", "start", "words"),
    [("first_answer", "2026-02-13 16:00", "có phải first_answer_wh?"), ("x", "2026-02-13 16:00", "không có thời hạn"),
     ("first_answer_wh", "2026-02-30 16:00", "viết dạng"), ("first_answer_wh", "13/02/2026", "viết dạng"),
     ("first_answer_wh", "2500-01-01", "no working calendar")],
)  # fmt: skip
def test_what_cannot_be_reckoned_is_refused(tmp_path: Path, key: str, start: str, words: str) -> None:
    result = run(tmp_path, "due", "--deadline", key, "--from", start)
    assert isinstance(result.exception, InputError)
    assert words in str(result.exception)


def test_a_year_is_shown_with_what_each_day_rests_on(tmp_path: Path) -> None:
    told = run(tmp_path, "show", "2027").output
    assert "Năm 2027 chưa có quyết định: Tết Âm lịch, Quốc khánh" in told
    assert "thứ Năm 04/02/2027 đến thứ Hai 08/02/2027: Tết Âm lịch (dự kiến, chưa xác minh)" in told
    assert "nghỉ bù ngày làm việc kế tiếp: Bộ luật Lao động 2019, Điều 111 khoản 3" in told
    assert "Ngày Văn hóa Việt Nam) chưa dùng" in told
    told = run(tmp_path, "show", "2026").output
    assert "chưa có quyết định" not in told
    assert "thứ Bảy 22/08/2026: làm bù cho thứ Hai 31/08/2026 (chưa xác minh)" in told
    body = json.loads(run(tmp_path, "show", "2026", "--json").stdout)
    assert {
        "day": "2026-02-17",
        "kind": "holiday",
        "name": "Nghỉ Tết Bính Ngọ",
        "row": "decisions.tet_2026",
    }.items() <= (next(row for row in body["off"] if row["day"] == "2026-02-17").items())
    assert [m["day"] for m in body["made_up"]] == ["2026-01-10", "2026-08-22"]
    assert run(tmp_path, "show", "1900").exit_code == 2


def test_check_names_what_is_wrong_what_is_undecided_and_what_is_unverified(tmp_path: Path) -> None:
    good = run(tmp_path, "check")
    assert good.exit_code == 0, good.output
    assert "15 mục của lịch, 15 chưa xác minh; 7 thời hạn đang dùng, 7 chưa xác minh" in good.output
    assert "holidays.van_hoa (Ngày Văn hóa Việt Nam) chưa dùng" in good.output
    (tmp_path / "calendar.yml").write_text('holidays:\n  a_b: {name: X, day: "02-30"}\n', encoding="utf-8")
    (tmp_path / "deadlines.yml").write_text("deadlines: [1]\n", encoding="utf-8")
    bad = run(tmp_path, "check")
    assert bad.exit_code == 1
    assert f"{tmp_path / 'calendar.yml'}:2" in bad.output
    assert f"{tmp_path / 'deadlines.yml'}:1" in bad.output
    assert "tới lúc đó dùng bản có sẵn" in bad.output


def test_check_notices_a_decision_without_its_days_in_lieu(tmp_path: Path) -> None:
    (tmp_path / "calendar.yml").write_text(
        "decisions:\n  tet_2027: {name: X, holiday: tet_am_lich, year: 2027, days: [2027-02-04..2027-02-08]}\n",
        encoding="utf-8",
    )
    assert "decisions.tet_2027: chỉ 3 ngày không trùng ngày nghỉ hằng tuần, luật cho 5" in run(tmp_path, "check").output


def test_who_verified_a_day_is_shown(tmp_path: Path) -> None:
    (tmp_path / "calendar.yml").write_text(
        'holidays:\n  gio_to: {name: Giỗ Tổ Hùng Vương, lunar: "03-10", basis: Luật, verified_by: Bà Kiểm Tra, '
        "verified_on: 2026-11-01}\n",
        encoding="utf-8",
    )
    told = run(tmp_path, "show", "2027").output
    assert "thứ Sáu 16/04/2027: Giỗ Tổ Hùng Vương\n" in told
    assert "căn cứ: Luật (Bà Kiểm Tra đã đối chiếu, 2026-11-01)" in told


def test_the_list_of_deadlines_names_basis_and_marks(tmp_path: Path) -> None:
    told = run(tmp_path, "list", of="deadlines").output
    assert "press_first_opinion_h: Phát ngôn" in told
    assert "24 giờ đồng hồ từ khi biết sự việc; đồng hồ trả lời lần đầu; nhắc sau 6 giờ đồng hồ" in told
    assert "Đang tắt:" in told
    assert told.count("(chưa xác minh)") == 11 + 3
    body = json.loads(run(tmp_path, "list", "--json", of="deadlines").stdout)
    assert len(body["deadlines"]) == 11
