"""An approved list of questions and answers is read from what offices really have; every bad row is told at once."""

from __future__ import annotations

import pytest

from intake.apart import Unusable
from intake.official_questions import MOST, read_questions
from tests.unit.intake.questions_samples import ANSWER, FEE, PAIRS, QUESTION, lines, word
from tests.unit.intake.samples import docx, paragraph

CSV = "Câu hỏi;Trả lời;Người duyệt;Có hiệu lực từ\r\n"


def told(data: bytes) -> list[str]:
    return [fault.message_vi for fault in read_questions(data).faults]


@pytest.mark.parametrize(
    "data",
    [
        word(*PAIRS),
        lines(*PAIRS),
        f"Question,Answer\n{QUESTION},{ANSWER}\n{FEE[0]},{FEE[1]}\n".encode("utf-8-sig"),
        f"Câu hỏi\tTrả lời\n{QUESTION}\t{ANSWER}\n\n{FEE[0]}\t{FEE[1]}\n".encode("utf-16"),
        f'"Câu hỏi";"Trả lời"\n"1. {QUESTION}";"{ANSWER}"\n"{FEE[0]}";"{FEE[1]}"\n'.encode(),
    ],
)
def test_the_same_list_however_it_is_written(data: bytes) -> None:
    asked = read_questions(data)
    assert asked.faults == ()
    assert [(pair.question, pair.answer) for pair in asked.pairs] == list(PAIRS)


def test_columns_of_a_row_say_who_approved_and_from_when() -> None:
    asked = read_questions((CSV + f"{QUESTION};{ANSWER};Ngô Văn Bến;01/9/2026\n").encode())
    assert (asked.pairs[0].approved_by, asked.pairs[0].valid_from) == ("Ngô Văn Bến", "01/9/2026")


def test_an_answer_of_several_lines_stays_one() -> None:
    data = f'Câu hỏi,Trả lời\n"{QUESTION}","{ANSWER}\nHồ sơ nộp trước ngày 30/5/2027."\n'.encode()
    assert read_questions(data).pairs[0].answer == f"{ANSWER}\nHồ sơ nộp trước ngày 30/5/2027."
    (pair,) = read_questions(word((QUESTION, f"{ANSWER}\nHồ sơ nộp trước ngày 30/5/2027."))).pairs
    assert pair.answer.endswith("30/5/2027.")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (f";{ANSWER};;", "dòng 2: thiếu câu hỏi"),
        (f"{QUESTION};;;", "dòng 2: thiếu câu trả lời"),
        (f"{QUESTION};Không.;;", "“Không.” chưa đủ để đối chiếu"),
        (f"{QUESTION};{ANSWER};;;thừa", "dòng 2: có 5 cột, dòng đầu có 4"),
        (f"{QUESTION};{'rất dài ' * 1_000};;", "tối đa 6000"),
        (f"{QUESTION};{ANSWER};;\n  {QUESTION.upper()};{ANSWER};;", "dòng 3: câu hỏi này đã có ở dòng 2"),
    ],
)
def test_a_bad_row_is_told_with_its_number_and_the_others_are_read(row: str, what: str) -> None:
    data = (CSV + row + f"\n{FEE[0]};{FEE[1]};;\n").encode()
    assert any(what in one for one in told(data))
    assert FEE[0] in [pair.question for pair in read_questions(data).pairs]


def test_too_many_questions_are_refused_at_once() -> None:
    data = (CSV + "".join(f"Câu số {k} là gì?;{ANSWER};;\n" for k in range(MOST + 1))).encode()
    assert told(data) == [f"Danh sách có hơn {MOST} câu; chia làm nhiều tệp."]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        ("Một văn bản thường, không có câu hỏi nào.".encode(), "no_questions"),
        (docx(paragraph("Kính gửi: các trường.")), "no_questions"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "old_office"),
        (b"a;b\n\xff\xfe\xfa", "not_utf8"),
        (b"PK\x03\x04 no package", "broken"),
        (f'Câu hỏi,Trả lời\n"{"x" * 200_000}",b\n'.encode(), "broken"),
    ],
)
def test_a_file_that_is_no_list_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_questions(data)
    assert refused.value.code == code


def test_names_of_pupils_are_warned_of() -> None:
    asked = read_questions(lines((QUESTION, "Em Trịnh Khắc Tươi, học sinh lớp 8A, được tuyên dương hôm qua.")))
    assert any("học sinh" in warning for warning in asked.warnings)
