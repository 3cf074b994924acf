"""What a reference is called, and the question that it answers."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.candidates import decide
from analysis.claims import Article
from analysis.reference_index import build
from analysis.references import Reference, reference_of

CITED = "Chính phủ ban hành chương trình hành động thực hiện Nghị quyết số 71-NQ/TW của Bộ Chính trị ở Hải Phòng."


@pytest.mark.parametrize(
    ("document", "number"),
    [
        ("Công văn số 812/SGDĐT-QLCL", "812"),
        ("Công văn 812/SGDĐT-QLCL về việc thực hiện Nghị quyết số 71-NQ/TW", "812"),
        ("Kế hoạch truyền thông thực hiện Nghị quyết số 71-NQ/TW", None),
        ("Quyết định ban hành Kế hoạch theo Công văn số 812/SGDĐT-QLCL", None),
        ("Hỏi – đáp đã duyệt", None),
    ],
)
def test_a_title_that_names_another_document_is_not_its_number(document: str, number: str | None) -> None:
    found = Reference("R", "x" * 20, document=document).number
    assert (found.number if found else None) == number


def test_whoever_cites_the_document_of_another_body_is_not_held_to_one_that_carries_it_out() -> None:
    plan = Reference(
        "R", "Thành phố đẩy mạnh truyền thông thực hiện Nghị quyết số 71-NQ/TW.",
        issuer="Ủy ban nhân dân thành phố Hải Phòng", document="Kế hoạch truyền thông thực hiện Nghị quyết số 71-NQ/TW",
    )  # fmt: skip
    said = decide(Article("A", body=CITED, outlet="Bến Cảng", outlet_kind="city_press"), build([plan]))
    assert not said.candidate


QUESTION = "Thí sinh vào lớp 10 công lập Hải Phòng năm học {} được đăng ký mấy nguyện vọng?"
CLAIM = "Thí sinh vào lớp 10 công lập Hải Phòng năm học 2027-2028 được đăng ký {} nguyện vọng."


@pytest.mark.parametrize(
    ("year", "said", "raised"), [("2027-2028", 5, True), ("2027-2028", 3, False), ("2024-2025", 5, False)]
)
def test_an_answer_is_about_what_its_question_asks(year: str, said: int, raised: bool) -> None:
    row = {"id": "R", "text": "Mỗi em được đăng ký tối đa 3 nguyện vọng.", "context": QUESTION.format(year)}
    library = build([reference_of(row)])
    article = Article(
        "A", body=CLAIM.format(said), published=dt.date(2027, 4, 1), outlet="Bến Cảng", outlet_kind="city_press"
    )
    assert decide(article, library).candidate is raised


def test_a_question_without_marks_is_found_too() -> None:
    library = build(
        [reference_of({"id": "R", "text": "Tối đa 3 nguyện vọng thôi.", "context": QUESTION.format("2027-2028")})]
    )
    (hit, *_) = library.search([("dang ky", 1.0)], None, plain=True)
    assert hit.statement.reference.id == "R"
