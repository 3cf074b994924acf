"""``/can-doi-chieu`` and ``/phan-anh``: what an inspector sees, what a named person may write, what never follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from desk.app import build_app
from store.model_candidate import CheckResult
from store.sqlite import open_store
from tests.unit.runner.checking_town import WRONG, Town, town
from tests.unit.runner.test_checking import COMPLAINT, DENIAL, HOAX

__all__ = ["town"]  # the fixture, used by name

BY, OTHER = "Đỗ Thị Trực", "Ngô Văn Bến"
WHY = "Đã so với kế hoạch tuyển sinh, khác số nguyện vọng."


@pytest.fixture
def desk(town: Town) -> Iterator[TestClient]:
    settings = town.deps.settings
    app = build_app(settings, open_store(settings.database), town.deps.bodies, town.clock)
    with TestClient(app, base_url="http://127.0.0.1:8420", follow_redirects=False) as client:
        yield client


def seal(page: str) -> str:
    found = re.search(r'name="the" value="([^"]+)"', page)
    assert found
    return found[1]


def raised(town: Town) -> str:
    town.fact()
    town.text(WRONG)
    town.text(WRONG, "songxanh", hours=2)
    town.text(DENIAL, hours=5)
    town.work()
    (found,) = town.candidates()
    return found.candidate.id


def send(desk: TestClient, path: str, **values: str) -> tuple[int, str]:
    origin = {"Origin": "http://127.0.0.1:8420"}
    answer = desk.post(path, data=values, headers=origin)
    return answer.status_code, answer.text


def test_empty_pages_say_what_would_be_here(desk: TestClient) -> None:
    page = desk.get("/can-doi-chieu").text
    assert "Chưa có gì cần đối chiếu" in page and 'href="/van-ban"' in page
    assert "Không có phản ánh nào chờ xem" in desk.get("/phan-anh").text
    assert desk.get("/can-doi-chieu?xem=la").status_code == 400
    assert desk.get("/can-doi-chieu/can_khong").status_code == 404
    assert desk.get("/phan-anh/con_khong").status_code == 404


def test_sentence_and_clause_face_each_other_with_what_differs_marked(town: Town, desk: TestClient) -> None:
    found = raised(town)
    for page in (desk.get("/can-doi-chieu").text, desk.get(f"/can-doi-chieu/{found}").text):
        assert re.search(r'<mark class="k-differs">5 nguyện vọng</mark>', page)
        assert re.search(r'<mark class="k-differs">3 nguyện vọng</mark>', page)
        assert "không khớp với" in page and "có bài bác bỏ sau 5 giờ" in page
    page = desk.get(f"/can-doi-chieu/{found}").text
    assert "Điều gì sẽ làm đổi nhận định" in page and "gợi ý xem xét kết quả “không khớp với văn bản”" in page
    assert "checked>" not in page  # nothing is pre-selected
    assert not re.search(r"\b(?:tin giả|sai sự thật|thông tin sai|bịa)\b", page)
    for link in set(re.findall(r'href="(/(?:tin-bai|van-ban)/[^"]+)"', page)):
        assert desk.get(link.replace("&amp;", "&")).status_code == 200, link


def test_capacity_shows_the_expected_share_and_keeps_the_rest(town: Town, desk: TestClient) -> None:
    raised(town)
    page = desk.get("/can-doi-chieu").text
    (share,) = re.findall(r"Dự kiến (\d+) trong 100", page)
    assert 40 <= int(share) <= 100 and "Mỗi ngày tối đa 10 mục" in page


def test_a_named_person_records_a_result_and_nothing_is_sent(town: Town, desk: TestClient) -> None:
    found = raised(town)
    mark = seal(desk.get(f"/can-doi-chieu/{found}").text)
    good = {"the": mark, "ma": found, "ket_qua": "khong_khop", "ly_do": WHY, "van_ban": "4120/KH-SGDĐT", "ten": BY}
    for bad, told in (
        ({"ten": "Trực"}, "Họ và tên"), ({"ly_do": "ừ"}, "Lý do"), ({"van_ban": ""}, "Văn bản"),
        ({"ket_qua": "tin_gia"}, "Kết quả"), ({"the": "1.ab"}, "Trang đã mở quá lâu"),
    ):  # fmt: skip
        status, page = send(desk, "/can-doi-chieu", **(good | bad))
        assert status in (403, 422) and told in page and "Chưa lưu" in page
        assert WHY in page or "ly_do" in bad  # what was typed is still there
    assert town.deps.store.candidate(found).checks == ()  # type: ignore[union-attr]
    status, _ = send(desk, "/can-doi-chieu", **good)
    assert status == 303
    rows = town.deps.store.candidate(found)
    assert rows is not None
    (check,) = rows.checks
    assert (check.result, check.checked_by, check.document) == (CheckResult.KHONG_KHOP, BY, "4120/KH-SGDĐT")
    assert town.deps.store.counts()["delivery"] == 0
    assert found not in desk.get("/can-doi-chieu").text and found in desk.get("/can-doi-chieu?xem=ket-qua").text
    assert send(desk, "/can-doi-chieu", **good, ket_qua_2="x")[0] == 400


def test_a_second_reader_sees_neither_the_first_result_nor_the_score(town: Town, desk: TestClient) -> None:
    found = raised(town)
    mark = seal(desk.get(f"/can-doi-chieu/{found}").text)
    given = {"the": mark, "ma": found, "ket_qua": "khong_khop", "ly_do": WHY, "van_ban": "4120/KH-SGDĐT", "ten": BY}
    again = given | {"ten": OTHER, "ket_qua": "khop", "doc_lai": "1", "ly_do": "Đọc lại kế hoạch, thấy khớp."}
    assert "chưa có kết quả lần đầu" in send(desk, "/can-doi-chieu", **again)[1]
    send(desk, "/can-doi-chieu", **given)
    blind = desk.get(f"/can-doi-chieu/{found}?doc_lai=1").text
    assert WHY not in blind and BY not in blind and "khả năng" not in blind and "gợi ý" not in blind
    assert "phải khác người" in send(desk, "/can-doi-chieu", **(again | {"ten": "bà Đỗ Thị Trực"}))[1]
    assert send(desk, "/can-doi-chieu", **again)[0] == 303
    assert "1/1 lần người thứ hai ghi kết quả khác" in desk.get("/can-doi-chieu").text


def test_a_concern_has_its_own_page_without_score_and_takes_notes(town: Town, desk: TestClient) -> None:
    town.text(COMPLAINT, "chophien")
    town.work()
    (concern,) = town.concerns()
    address = f"/phan-anh/{concern.concern.id}"
    listed, page = desk.get("/phan-anh").text, desk.get(address).text
    for text in (listed, page):
        assert "500.000 đồng" in text and "có thể đã xảy ra" in text and "điểm 0" not in text and "khả năng" not in text
    assert desk.get("/can-doi-chieu").text.count("500.000 đồng") == 0
    values = {"the": seal(page), "ma": concern.concern.id, "viec": "found", "noi_dung": "Đã hỏi.", "ten": BY}
    assert send(desk, "/phan-anh", **(values | {"viec": "gui_truong"}))[0] == 422
    assert send(desk, "/phan-anh", **values)[0] == 422  # ten letters at least
    assert send(desk, "/phan-anh", **(values | {"noi_dung": "Đã hỏi phường, đang chờ trả lời."}))[0] == 303
    assert "đang chờ trả lời" in desk.get(address).text
    assert concern.concern.id not in desk.get("/phan-anh").text
    assert concern.concern.id in desk.get("/phan-anh?xem=da-xem").text
    assert town.deps.store.counts()["delivery"] == 0


def test_pupils_are_masked_and_markup_is_text(town: Town, desk: TestClient) -> None:
    town.text(
        (HOAX[0], "Mẹ cháu kể.", HOAX[2] + " Em Trịnh Khắc Tươi, lớp 4A Trường Tiểu học Hoa Phượng, đã bị <b>dụ</b>."),
        "chophien",
    )
    town.text((COMPLAINT[0], "", COMPLAINT[2].replace("mỗi học sinh", "em Trịnh Khắc Tươi, lớp 4A,")), "chophien")
    town.work()
    assert town.candidates() and town.concerns()
    pages = [desk.get("/can-doi-chieu").text, desk.get("/phan-anh").text]
    pages += [desk.get(f"/can-doi-chieu/{c.candidate.id}").text for c in town.candidates()]
    pages += [desk.get(f"/phan-anh/{c.concern.id}").text for c in town.concerns()]
    for page in pages:
        assert "Khắc Tươi" not in page and "<b>dụ</b>" not in page


def test_a_form_of_another_site_is_refused(town: Town, desk: TestClient) -> None:
    found = raised(town)
    values = {"the": seal(desk.get(f"/can-doi-chieu/{found}").text), "ma": found}
    answer = desk.post("/can-doi-chieu", data=values, headers={"Origin": "https://ke-la.example"})
    assert answer.status_code == 403
