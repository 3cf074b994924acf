"""The desk's way in for an approved list: read and shown first, kept whole by a named person."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from desk.pages import references_questions
from store.model_reference import ReferenceSource
from tests.unit.desk.conftest import Press
from tests.unit.desk.inbox_forms import BOUNDARY, OURS, Part, body
from tests.unit.desk.pages import tree, words
from tests.unit.desk.test_references import BY, fields
from tests.unit.intake.questions_samples import ANSWER, FEE, PAIRS, QUESTION, lines, word

BOSS = "Ngô Văn Bến"


def hand_in(desk: TestClient, data: bytes | None, page: html.HtmlElement | None = None, **typed: str) -> Any:
    filled = fields(page if page is not None else tree(desk, references_questions.ADDRESS)) | {"viec": "xem"} | typed
    parts: list[Part] = [(name, None, value.encode()) for name, value in filled.items()]
    parts.append(("tep", "" if data is None else "danh-sach.docx", data or b""))
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return desk.post(references_questions.ADDRESS, content=body(parts), headers=kind | OURS)


def second(desk: TestClient, data: bytes, **typed: str) -> html.HtmlElement:
    answer = hand_in(desk, data, **typed)
    assert answer.status_code == 200, answer.text[:2000]
    return html.fromstring(answer.text)


def kept(press: Press) -> list[str]:
    return [r.title for r in press.store.references_in_force("2027-06-01") if r.source is ReferenceSource.ANSWERED]


def test_read_shown_then_kept(desk: TestClient, press: Press) -> None:
    page = second(desk, word(*PAIRS), approved_by=BOSS)
    assert QUESTION in words(page) and ANSWER in words(page) and "Lưu 2 câu" in words(page)
    assert kept(press) == []
    answer = hand_in(desk, None, page, viec="luu", by=BY)
    assert answer.status_code == 303
    shown = tree(desk, answer.headers["location"])
    assert "Đã lưu danh sách hỏi – đáp" in words(shown) and QUESTION in words(shown)
    assert "hỏi – đáp đã duyệt" in words(shown)
    assert sorted(kept(press)) == sorted(q for q, _ in PAIRS)
    (one,) = [r for r in press.store.references_in_force("2027-06-01") if r.title == QUESTION]
    sheet = words(tree(desk, f"/van-ban/{one.document_id}"))
    assert f"người duyệt: {BOSS}" in sheet and ANSWER in sheet and BY in sheet


def test_what_an_earlier_list_had_and_this_one_has_not_is_told(desk: TestClient, press: Press) -> None:
    for data in (lines(*PAIRS), lines(PAIRS[0])):
        answer = hand_in(desk, None, second(desk, data, approved_by=BOSS), viec="luu", by=BY)
    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    assert "1 câu đã duyệt trước đây không có trong tệp này" in words(page) and FEE[0] in words(page)
    assert len(kept(press)) == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "Chưa chọn tệp nào"), ("Không có câu nào.".encode(), "Không thấy câu hỏi nào"), (b"\xff\xd8\xff\xe0", "")],
)
def test_a_file_that_is_no_list_is_refused(desk: TestClient, press: Press, data: bytes, said: str) -> None:
    answer = hand_in(desk, data or None)
    assert answer.status_code == 422 and said in answer.text
    assert kept(press) == []


def test_bad_rows_and_what_is_lacking_are_told_and_nothing_is_kept(desk: TestClient, press: Press) -> None:
    page = second(desk, word(PAIRS[0], ("Có thu không?", "Không.")))
    assert "dòng 3: câu trả lời “Không.” chưa đủ" in words(page)
    answer = hand_in(desk, None, page, viec="luu")
    assert answer.status_code == 422
    told = words(html.fromstring(answer.text))
    assert "Chưa biết ai nhập" in told and "Chưa biết ai duyệt" in told and "dòng 3" in told
    assert kept(press) == []
    old = hand_in(desk, None, page, viec="luu", by=BY, the="1." + "a" * 64)
    assert old.status_code == 422 and "Trang đã mở quá lâu" in old.text


def test_names_of_pupils_are_masked_in_what_is_shown(desk: TestClient) -> None:
    page = second(desk, lines((QUESTION, "Em Trịnh Khắc Tươi, học sinh lớp 8A, được tuyên dương hôm qua.")))
    assert "Tươi" not in page.text_content()
