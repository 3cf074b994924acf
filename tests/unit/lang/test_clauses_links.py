"""Days, numbers, validity and what replaces what: read strictly, proposed only where the document says it of itself."""

from __future__ import annotations

import datetime as dt

import pytest

from lang.clauses_dates import dates, school_year, typed_day
from lang.clauses_links import proposals, validity
from lang.clauses_names import cited, display, issuer_of, kind_of, number_of

ISSUED = dt.date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ngày 10 tháng 3 năm 2026", ["2026-03-10"]),
        ("từ 06/6/2026 đến hết ngày 9-6-2026", ["2026-06-06", "2026-06-09"]),
        ("ngày 1.9.2026.", ["2026-09-01"]),
        ("ngày 31/6/2026, ngày 30 tháng 02 năm 2026", []),  # no calendar has them
        ("ngày 5/9, năm 2026; 5/9/26", []),
        ("số 12/3/2026/QĐ, 1.234.2026,5; 10/3-2026", []),
        ("ngày 05/9/1926 và 05/9/2226", []),
    ],
)
def test_days(text: str, days: list[str]) -> None:
    assert [str(d.day) for d in dates(text)] == days


def test_typed_days_and_school_years() -> None:
    assert str(typed_day(" 2026-03-10 ")) == str(typed_day("10/3/2026")) == "2026-03-10"
    for bad in ("", "2026-3-10", "10/3/26", "31/6/2026", "10-3-2026", "２026-03-10", "2026-03-10T00:00"):
        assert typed_day(bad) is None
    assert school_year("áp dụng cho năm học 2026 - 2027") == 2026
    assert school_year("năm học 2026-2028") is None


@pytest.mark.parametrize(
    ("written", "number", "kind"),
    [
        ("26 /KH-UBND", "26/KH-UBND", "Kế hoạch"),
        ("0812/SGDĐT-QLCL", "812/SGDĐT-QLCL", "Công văn"),
        ("29/2024/TT-BGDĐT", "29/2024/TT-BGDĐT", "Thông tư"),
        ("71-NQ/TW", "71-NQ/TW", "Nghị quyết"),
        ("02-CTr/TU", "02-CTr/TU", "Chương trình hành động"),
        ("35/2021/QH15", "35/2021/QH15", "Công văn"),
        ("12/5", "", ""),
        ("SGDĐT-QLCL", "", ""),
        ("../../etc/passwd", "", ""),
    ],
)
def test_numbers(written: str, number: str, kind: str) -> None:
    assert number_of(written) == number
    if kind != "Công văn":
        assert kind_of(number).split()[:1] == kind.split()[:1]


def test_whom_a_symbol_stands_for() -> None:
    assert issuer_of("26/KH-UBND", "Hải Phòng") == "Ủy ban nhân dân thành phố Hải Phòng"
    assert issuer_of("/KH-SGDĐT", "Hải Phòng") == "Sở Giáo dục và Đào tạo Hải Phòng"
    assert issuer_of("26/KH-UBND", "Lê Chân") == "Ủy ban nhân dân"  # whose, the letterhead must say
    assert issuer_of("35/2021/QH15", "Hà Nội") == "Quốc hội"
    assert issuer_of("1/ABC", "") == ""
    assert display("", "812/SGDĐT-QLCL") == "Công văn số 812/SGDĐT-QLCL"


def test_documents_that_a_text_names() -> None:
    text = "theo Kế hoạch số 4120/KH-SGDĐT ngày 15/12/2025 và nghị định 105/2020/NĐ-CP, số 5 Trần Phú"
    assert [(c.kind, c.number) for c in cited(text)] == [
        ("Kế hoạch", "4120/KH-SGDĐT"), ("Nghị định", "105/2020/NĐ-CP"),
    ]  # fmt: skip
    assert [c.number for c in cited("Công văn hỏa tốc số 3331/SGDĐT-VP")] == ["3331/SGDĐT-VP"]
    assert text[cited(text)[0].begin : cited(text)[0].end] == "Kế hoạch số 4120/KH-SGDĐT"


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("Quyết định này có hiệu lực kể từ ngày ký.", "2026-03-10", None),
        ("Thông tư này có hiệu lực thi hành từ ngày 14 tháng 02 năm 2026.", "2026-02-14", None),
        ("Quyết định này có hiệu lực từ ngày 01/9/2026 đến hết ngày 31/5/2027.", "2026-09-01", "2027-05-31"),
        ("Mức thu trên áp dụng cho năm học 2026-2027.", None, "2027-08-31"),
        ("Mức thu trên thực hiện từ năm học 2026-2027.", None, None),
        ("Thông báo này hết hiệu lực từ ngày 10/9/2026.", None, "2026-09-09"),
        # of other things than the document itself
        ("Đăng ký trực tuyến từ ngày 20/4/2026 đến hết ngày 29/4/2026.", None, None),
        ("Quyết định số 9/QĐ-UBND hết hiệu lực kể từ ngày 01/9/2026.", None, None),
        ("Căn cứ Luật Giáo dục có hiệu lực từ ngày 01/7/2020;", None, None),
        ("Quyết định này có hiệu lực từ ngày 31/6/2026.", None, None),
        # an end before its beginning was read wrongly
        ("Quyết định này có hiệu lực từ ngày 01/9/2026 đến ngày 01/9/2025.", "2026-09-01", None),
    ],
)
def test_validity(text: str, begin: str | None, end: str | None) -> None:
    found = validity(text, ISSUED)
    assert (found.valid_from and str(found.valid_from), found.valid_to and str(found.valid_to)) == (begin, end)
    assert bool(found.said) == bool(begin or end)


def test_signed_on_a_day_that_nobody_knows() -> None:
    assert validity("Quyết định này có hiệu lực kể từ ngày ký.", None).valid_from is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Quyết định này thay thế Quyết định số 9/QĐ-UBND ngày 02/01/2024.", [("09/QĐ-UBND", "2024-01-02", True)]),
        ("Điều 2. Bãi bỏ Công văn số 77/SGDĐT-VP.", [("77/SGDĐT-VP", None, True)]),
        ("Công văn số 77/SGDĐT-VP hết hiệu lực kể từ ngày Công văn này có hiệu lực.", [("77/SGDĐT-VP", None, True)]),
        (
            "Điều chỉnh, thay thế lịch thi nêu tại Kế hoạch số 4120/KH-SGDĐT ngày 15/12/2025.",
            [("4120/KH-SGDĐT", "2025-12-15", False)],
        ),
        ("Sửa đổi, bổ sung khoản 2 Điều 3 Quy định số 5/QyĐ-SGDĐT.", [("05/QyĐ-SGDĐT", None, False)]),
        ("Bãi bỏ khoản 2 Điều 3 của Quyết định số 9/QĐ-UBND.", [("09/QĐ-UBND", None, False)]),
        # only mentioned, or done by another
        ("Căn cứ Nghị định số 105/2020/NĐ-CP sửa đổi, bổ sung Nghị định số 1/2019/NĐ-CP;", []),
        ("Nghị định số 1/2019/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 105/2020/NĐ-CP.", []),
        ("Các trường điều chỉnh kế hoạch cho phù hợp với Nghị quyết số 71-NQ/TW.", []),
        ("Thực hiện Kế hoạch số 4120/KH-SGDĐT, các trường bổ sung bàn ghế.", []),
        ("Quyết định này thay thế Quyết định số 812/SGDĐT-QLCL.", []),  # itself
    ],
)
def test_what_a_document_says_it_replaces(text: str, found: list[tuple[str, str | None, bool]]) -> None:
    told = [
        (p.cited.number, str(p.issued) if p.issued else None, p.whole) for p in proposals(text, "", "812/SGDĐT-QLCL")
    ]
    assert told == found


def test_the_title_speaks_of_the_document_itself() -> None:
    (one,) = proposals("", "Điều chỉnh Kế hoạch số 4120/KH-SGDĐT ngày 15/12/2025", "812/SGDĐT-QLCL")
    assert (one.cited.name, one.whole) == ("Kế hoạch số 4120/KH-SGDĐT", False)
