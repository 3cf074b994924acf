"""Official documents in statements: letters, decisions, tables, annexes, pages broken at a margin. All invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lang.clauses import LONG, MOST, Clause, head, split, tidy

LETTER = """\
UBND THÀNH PHỐ HẢI PHÒNG
SỞ GIÁO DỤC VÀ ĐÀO TẠO
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 812 /SGDĐT-QLCL
V/v điều chỉnh lịch thi tuyển sinh lớp 10
năm học 2026-2027
Hải Phòng, ngày 10 tháng 3 năm 2026

Kính gửi:
- Các trường trung học phổ thông;
- Các trường trung học cơ sở.

Thực hiện Kế hoạch số 4120/KH-SGDĐT ngày 15/12/2025, Sở Giáo dục và Đào tạo thông báo như sau:

1. Lịch thi
a) Sáng 30/5/2026: thi Ngữ văn, thời gian 120 phút;
b) Chiều 30/5/2026: thi Tiếng Anh, thời gian 60 phút.
2. Mỗi thí sinh được đăng ký tối đa 03 nguyện vọng.
Trân trọng./.

Nơi nhận:
- Như trên;
- Lưu: VT, QLCL.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Ngô Văn Bến
"""
DECISION = """\
ỦY BAN NHÂN DÂN
THÀNH PHỐ HẢI PHÒNG
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Số: 655/QĐ-UBND
Hải Phòng, ngày 25 tháng 03 năm 2026
QUYẾT ĐỊNH
Ban hành Quy định về học phí

CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
Theo đề nghị của Giám đốc Sở Giáo dục và Đào tạo tại Tờ trình số 31/TTr-SGDĐT ngày 02/3/2026.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy định về học phí.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Điều 3. Chánh Văn phòng, các trường chịu trách nhiệm thi hành./.
Nơi nhận:
- Như Điều 3;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Thị Sóng
QUY ĐỊNH
Về học phí năm học 2026-2027
(Kèm theo Quyết định số 655/QĐ-UBND ngày 25/3/2026)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi và đối tượng
1. Quy định này áp dụng với trường công lập:
a) Trường mầm non, trường tiểu học;
b) Trường trung học cơ sở.
2. Không áp dụng với trường tư thục.
Điều 2. Mức thu
Mức thu tối đa là 60.000 đồng một học sinh một tháng.
Phụ lục I
MỨC THU THEO VÙNG
STT | Vùng | Mức thu |
1 | Phường | 60.000 đồng |
2 | Xã đảo | không thu |
"""


def pairs(text: str) -> list[tuple[str, str]]:
    return [(c.path, c.text) for c in split(tidy(text))]


def test_a_letter() -> None:
    assert pairs(LETTER) == [
        ("mục 1 điểm a", "Sáng 30/5/2026: thi Ngữ văn, thời gian 120 phút;"),
        ("mục 1 điểm b", "Chiều 30/5/2026: thi Tiếng Anh, thời gian 60 phút."),
        ("mục 2", "Mỗi thí sinh được đăng ký tối đa 03 nguyện vọng."),
    ]
    assert split(tidy(LETTER))[0].heading == "Lịch thi"


def test_the_head_of_a_letter() -> None:
    found = head(tidy(LETTER))
    assert (found.issuer, found.kind, found.number) == (
        "Sở Giáo dục và Đào tạo Hải Phòng", "Công văn", "812/SGDĐT-QLCL",
    )  # fmt: skip
    assert found.title == "điều chỉnh lịch thi tuyển sinh lớp 10 năm học 2026-2027"
    assert str(found.issued) == "2026-03-10" and found.missing == ()


def test_a_decision_with_its_regulation_and_annex() -> None:
    assert pairs(DECISION) == [
        ("Điều 1", "Ban hành kèm theo Quyết định này Quy định về học phí."),
        ("Điều 2", "Quyết định này có hiệu lực kể từ ngày ký."),
        ("Điều 3", "Chánh Văn phòng, các trường chịu trách nhiệm thi hành./."),
        ("Quy định kèm theo Chương I Điều 1 khoản 1 điểm a", "Trường mầm non, trường tiểu học;"),
        ("Quy định kèm theo Chương I Điều 1 khoản 1 điểm b", "Trường trung học cơ sở."),
        ("Quy định kèm theo Chương I Điều 1 khoản 2", "Không áp dụng với trường tư thục."),
        ("Quy định kèm theo Chương I Điều 2", "Mức thu tối đa là 60.000 đồng một học sinh một tháng."),
        ("Phụ lục I dòng 1", "Vùng: Phường; Mức thu: 60.000 đồng"),
        ("Phụ lục I dòng 2", "Vùng: Xã đảo; Mức thu: không thu"),
    ]
    assert [c.heading for c in split(tidy(DECISION))][3] == (
        "Về học phí năm học 2026-2027 › QUY ĐỊNH CHUNG › Phạm vi và đối tượng › "
        "Quy định này áp dụng với trường công lập"
    )


def test_the_head_of_a_decision() -> None:
    found = head(tidy(DECISION))
    assert (found.issuer, found.number, found.title) == (
        "Ủy ban nhân dân thành phố Hải Phòng", "655/QĐ-UBND", "Ban hành Quy định về học phí",
    )  # fmt: skip


def test_the_letterhead_in_the_cells_of_a_table() -> None:
    text = tidy(
        "UBND THÀNH PHỐ HẢI PHÒNG SỞ GIÁO DỤC VÀ ĐÀO TẠO Số: 7/TB-SGDĐT | "
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Hải Phòng, ngày 01 tháng 9 năm 2026 |\n"
        "THÔNG BÁO\nVề việc nghỉ học do bão\n\nHọc sinh nghỉ học ngày 02/9/2026.\n"
        "Nơi nhận: - Như trên; | GIÁM ĐỐC Ngô Văn Bến |\n"
    )
    found = head(text)
    assert (found.issuer, found.kind, found.number) == ("Sở Giáo dục và Đào tạo Hải Phòng", "Thông báo", "07/TB-SGDĐT")
    assert str(found.issued) == "2026-09-01"
    assert [c.text for c in split(text)] == ["Học sinh nghỉ học ngày 02/9/2026."]


def test_a_page_broken_at_its_margin_is_joined_and_its_numbers_left_out() -> None:
    body = (
        "Các cơ sở giáo dục trên địa bàn thành phố tổ chức dạy học trực tuyến\n"
        "cho học sinh các khối lớp từ ngày 08 tháng 9 năm 2026 đến khi có thông\n"
        "báo mới của Ban Chỉ huy Phòng thủ dân sự và Ủy ban nhân dân thành phố\n"
        "2\n"
        "Hải Phòng và không được yêu cầu học sinh đến trường trong thời gian\n"
        "mưa bão, trừ học sinh nội trú.\n"
    )
    filler = "".join(f"- Ý thứ {k} của văn bản này dài gần bằng một dòng của trang giấy in ra;\n" for k in range(12))
    found = pairs("1. Nội dung\n" + body + filler)
    assert found[0][1] == (
        "Các cơ sở giáo dục trên địa bàn thành phố tổ chức dạy học trực tuyến cho học sinh các khối lớp từ ngày 08 "
        "tháng 9 năm 2026 đến khi có thông báo mới của Ban Chỉ huy Phòng thủ dân sự và Ủy ban nhân dân thành phố Hải "
        "Phòng và không được yêu cầu học sinh đến trường trong thời gian mưa bão, trừ học sinh nội trú."
    )
    assert len(found) == 13


def test_words_of_a_page_without_any_layout() -> None:
    text = tidy("Sở khẳng định không thu tiền ghế ngồi.\n\nPhụ huynh phản ánh qua số 1800 của Sở.")
    assert head(text).body_at == 0
    assert [(c.path, c.text) for c in split(text)] == [
        ("", "Sở khẳng định không thu tiền ghế ngồi."), ("", "Phụ huynh phản ánh qua số 1800 của Sở."),
    ]  # fmt: skip


def test_a_letter_that_grants_begins_like_a_recital_and_is_none() -> None:
    told = "Theo đề nghị của Ủy ban nhân dân đặc khu Cát Hải, Sở cho phép học sinh nghỉ ngày 08/9/2026."
    assert pairs(told) == [("", told)]


def test_a_lead_in_with_a_figure_is_a_statement_too() -> None:
    found = pairs("1. Học sinh nghỉ từ ngày 08/9/2026 tại các nơi sau:\n- Đặc khu Cát Hải;\n- Xã Việt Khê.")
    assert [path for path, _ in found] == ["mục 1", "mục 1 gạch đầu dòng 1", "mục 1 gạch đầu dòng 2"]


def test_numbers_inside_numbers_and_dashes_under_each() -> None:
    found = pairs("I. NHIỆM VỤ\n1. Trường học\n1.1. Dạy học\n- Dạy đủ;\n+ Cả thứ Bảy;\n- Học đủ.\n1.2. Nghỉ đủ.")
    assert [path for path, _ in found] == [
        "Mục I mục 1.1 gạch đầu dòng 1", "Mục I mục 1.1 gạch đầu dòng 1 ý 1", "Mục I mục 1.1 gạch đầu dòng 2",
        "Mục I mục 1.2",
    ]  # fmt: skip


def test_markdown_is_read_as_its_words() -> None:
    table = "| Môn | Phút |\n|---|---|\n| Toán | 120 |"
    assert pairs(f"## **I. MỤC ĐÍCH**\n\n- *Thu* đúng **60.000 đồng**.\n\n{table}") == [
        ("Mục I gạch đầu dòng 1", "Thu đúng 60.000 đồng."), ("Mục I gạch đầu dòng 1 dòng 1", "Môn: Toán; Phút: 120"),
    ]  # fmt: skip


def test_a_long_paragraph_is_cut_between_sentences_each_with_its_place() -> None:
    text = tidy("1. " + " ".join(f"Câu thứ {k} nói về việc dạy học của trường số {k}." for k in range(120)))
    found = split(text)
    assert len(found) > 3 and all(len(c.text) < LONG for c in found)
    assert " ".join(c.text for c in found) == text[3:]
    assert all(text[c.begin : c.end] == c.text for c in found)


def test_there_is_a_most() -> None:
    assert len(split(tidy("- Một ý.\n" * (MOST + 50)))) == MOST


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab12.)-+*|#\n :;ĐiềuMụcIVX/“”"), max_size=300))
def test_whatever_the_text_each_statement_is_where_it_says(raw: str) -> None:
    text = tidy(raw)
    assert "\n\n\n" not in text and text == text.strip("\n")
    head(text)
    for clause in split(text):
        assert clause.text
        assert text[clause.begin : clause.end] == clause.text or "|" in text[clause.begin : clause.end]


def test_a_hostile_text_is_read_in_linear_time() -> None:
    for text in ("a)" * 50_000, "1." * 50_000, "*" * 100_000, "Điều 1. " * 20_000, "| " * 50_000, "PHỤ LỤC " * 20_000,
                 "ngày 1 tháng 1 năm " * 8_000, "Số: 1/" * 20_000, "a|b| \n" * 20_000):  # fmt: skip
        tidied = tidy(text)
        head(tidied)
        split(tidied)


@pytest.mark.shared
def test_the_five_plans(shared: Path) -> None:
    found: dict[str, list[Clause]] = {}
    heads = {}
    for path in sorted((shared / "plans").glob("*.txt")):
        text = tidy(path.read_text(encoding="utf-8"))
        found[path.name[:3]], heads[path.name[:3]] = split(text), head(text)
        assert all(text[c.begin : c.end] == c.text for c in found[path.name[:3]])
    assert {name: len(clauses) for name, clauses in found.items()} == {
        "000": 41, "001": 81, "002": 17, "003": 47, "004": 70,
    }  # fmt: skip
    everything = " ".join(c.text for clauses in found.values() for c in clauses)
    assert "Nơi nhận" not in everything and "Lưu: VT" not in everything and "Căn cứ Luật" not in everything
    assert (heads["001"].number, str(heads["001"].issued)) == ("26/KH-UBND", "2025-02-14")
    assert heads["004"].missing == ("issued",) and heads["003"].issuer == ""  # drafts: a person gives the rest
    assert any(c.path == "Kế hoạch kèm theo Mục II mục 2 điểm a gạch đầu dòng 4" and c.text.startswith("Tối thiểu 70%")
               for c in found["004"])  # fmt: skip
