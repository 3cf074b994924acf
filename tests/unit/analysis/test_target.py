"""Whom blame or praise is about: school, department, ministry or commune; never a teacher."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from analysis.places import PlaceMatcher
from analysis.target import Target, TargetReader
from analysis.target_find import MOST
from config.gazetteer import load_gazetteer
from config.offices import load_offices

MATCHER = PlaceMatcher(load_gazetteer())
READER = TargetReader(load_offices()[0])
OWN = Path(__file__).with_name("stance_own.jsonl")


def read(title: str, lead: str = "", stance: str = "critical", *, ours: bool = False, body: str = "") -> Target | None:
    text = "\n".join(part for part in (title, lead, body) if part)
    return READER.read(text, stance, MATCHER.find(text), ours=ours, title=len(title))


def named(title: str, lead: str = "", stance: str = "critical", **more: Any) -> tuple[str, str, str]:
    said = read(title, lead, stance, **more)
    assert said is not None
    return said.kind, said.id, said.name


def test_the_offsets_are_those_of_the_text_and_the_name_is_the_full_one() -> None:
    title, lead = "Trường THPT Đèn Biển thu thêm tiền", "Phụ huynh bức xúc vì nhà trường không giải thích."
    said = read(title, lead)
    assert said is not None
    assert f"{title}\n{lead}"[said.start : said.end] == said.text
    assert said.name == "Trường THPT Đèn Biển"
    assert all(0 <= a < b <= len(title) + 1 + len(lead) for a, b in said.words)
    assert "bức xúc" in [f"{title}\n{lead}"[a:b] for a, b in said.words] or said.words


def test_the_short_word_stands_for_the_school_named_last_before_it() -> None:
    text = "Trường THCS Cánh Buồm khang trang. Trường tiểu học Sóng Nhỏ xuống cấp, phụ huynh trách nhà trường."
    assert named(text)[2] == "Trường tiểu học Sóng Nhỏ"


def test_a_school_named_only_in_the_body_is_found() -> None:
    said = named("Phụ huynh bức xúc vì nhà trường thu tiền hai lần", body="Chuyện xảy ra ở Trường THCS Bến Cảng.")
    assert said == ("school", "", "Trường THCS Bến Cảng")


def test_the_department_alone_is_ours_where_the_item_is_ours_and_nobodys_elsewhere() -> None:
    title = "Phụ huynh chê Sở chậm trả lời"
    assert named(title, ours=True)[:2] == ("office", "sgddt")
    assert read(title) is None
    assert named("Sở GD-ĐT bị chê chậm", "Sở GD-ĐT Hải Phòng chưa trả lời.")[:2] == ("office", "sgddt")


def test_another_provinces_department_is_not_ours_even_in_an_item_of_ours() -> None:
    said = read("Phụ huynh phản đối Sở GD-ĐT Lào Cai", "Việc này cũng từng có ở Hải Phòng.", ours=True)
    assert said is not None
    assert (said.id, said.ours, said.name) == ("", False, "Sở GD-ĐT Lào Cai")


def test_another_department_is_no_education_authority() -> None:
    assert read("Phụ huynh chê Sở Y tế chậm trả lời", "Sở nói đang kiểm tra.", ours=True) is None


def test_the_committee_of_a_ward_comes_with_its_unit() -> None:
    said = read("Phụ huynh trách UBND phường Lê Chân chậm sửa trường mầm non", "Chuyện ở Hải Phòng.", ours=True)
    assert said is not None
    assert (said.kind, said.id, said.ours) == ("office", "ubndxa", True)
    assert said.units == ("11407",) or len(said.units) == 1


def test_an_abolished_office_leads_to_those_who_do_its_work_now() -> None:
    said = read("Phòng GD-ĐT quận Lê Chân bị tố duyệt thu sai", "Sự việc ở Hải Phòng từ năm 2024.", ours=True)
    assert said is not None
    assert said.id == "ubndxa"
    assert said.name.startswith("Phòng GD-ĐT quận Lê Chân")
    assert said.units


def test_an_authority_that_investigates_or_praises_is_not_the_one_meant() -> None:
    assert named("Sở GD&ĐT Hải Phòng yêu cầu Trường THPT Gió Biển trả lại tiền thu sai")[2] == "Trường THPT Gió Biển"
    assert named("Bộ GD-ĐT khen Trường THPT Gió Biển", stance="supportive")[2] == "Trường THPT Gió Biển"


def test_a_denial_by_the_authority_leaves_the_school_as_the_one_faulted() -> None:
    title = "Sở GD-ĐT Hải Phòng bác tin Trường THCS Mỏ Neo lạm thu, phụ huynh vẫn bức xúc"
    assert named(title)[2] == "Trường THCS Mỏ Neo"


@pytest.mark.parametrize(
    "title",
    [
        "Cô giáo bị tố tát học sinh",
        "Giáo viên Trường THCS Đồi Thông bị tố nhận quà",
        "Thầy giáo bị phụ huynh phản ánh nặng lời",
        "Giá vàng tăng mạnh, người mua bức xúc",
        "Học sinh phải học ở quảng trường Ba Đình, phụ huynh lo",
        "Môi trường ô nhiễm, dân phản đối",
    ],
)
def test_a_teacher_and_what_is_no_school_are_no_institution(title: str) -> None:
    assert read(title) is None


def test_schools_in_general_are_said_as_such() -> None:
    said = read("Các trường đại học bị chê tuyển sinh mập mờ")
    assert said is not None
    assert (said.kind, said.named) == ("schools", False)


def test_a_text_without_marks_and_one_in_capitals_are_read() -> None:
    assert (
        named("Phu huynh phan doi Truong THPT Den Bien thu tien", "Su viec o Hai Phong.")[2] == "Truong THPT Den Bien"
    )
    assert named("PHỤ HUYNH PHẢN ĐỐI SỞ GD-ĐT HẢI PHÒNG", ours=True)[:2] == ("office", "sgddt")


def test_invented_items_are_read_as_a_reader_does() -> None:
    """Nine in ten of the items that the rules were written with; the figures are those of ``bench.target``."""
    rows = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 60
    right = 0
    for row in rows:
        said = read(row["title"], row["lead"], row["stance"], ours=row["hp"] == "direct")
        gold = row["target"]
        if gold is None or said is None:
            right += gold is None and said is None
        elif gold["kind"] == "office":
            right += (said.kind, said.id) == ("office", gold["id"])
        else:
            right += said.kind == gold["kind"] and gold.get("name", "").lower() in ("", said.name.lower())
    assert right >= 0.9 * len(rows)


# ── hostile text: bounded work ──────────────────────────────────────────────────────────────────────


def steps(work: Callable[[], object]) -> int:
    count = 0

    def tick(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return tick

    before = sys.gettrace()
    sys.settrace(tick)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "unit",
    ["Trường THPT ", "nhà trường bức xúc ", "Sở ", "Sở GD-ĐT ", "các trường ", "Trường A và B, ", "(((( ", "tố bị ",
     "UBND phường ", "trường trường "],
)  # fmt: skip
def test_twice_the_text_is_about_twice_the_work_and_a_dump_costs_no_more(unit: str) -> None:
    short, long, dump = (unit * (size // len(unit)) for size in (500, 2_000, 200_000))
    small, big, most = (steps(lambda t=text: READER.read(t, "critical")) for text in (short, long, dump))
    assert big < 24 * small + 20_000
    assert most < 2_500_000
    assert len(READER.find(dump)) <= 4 * MOST


@pytest.mark.parametrize("text", ["", " ", "\n", "😀" * 50, "\u200b", "a", "Trường", "Sở", "Bộ", "nhà trường\n"])
@pytest.mark.parametrize("stance", ["critical", "supportive"])
def test_nothing_to_read_gives_no_target_and_no_fault(text: str, stance: str) -> None:
    said = READER.read(text, stance)
    assert said is None or said.kind in ("office", "school")
