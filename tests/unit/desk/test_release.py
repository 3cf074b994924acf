"""``/phat-hanh``: what the press officer does on the desk, each act a form; the release; every form of the digest."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from starlette.testclient import TestClient

from store.model import Digest
from tests.unit.desk.conftest import DAY, Press

WHO = "Nguyễn Thị Hoa"
HERE = f"/phat-hanh?ngay={DAY}"


@pytest.fixture
def digest(press: Press) -> Digest:
    press.article("Bếp ăn bán trú <b>được</b> kiểm tra", story="a")
    press.article("Học phí năm học mới", story="b")
    return press.issue()


def values(page: str, **more: str) -> dict[str, str]:
    """The fields that a form of the page carries."""
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("the", "ngay", "so")}
    return {name: hit[1] for name, hit in found.items() if hit} | {"ten": WHO} | more


def send(desk: TestClient, page: str, **more: str):
    return desk.post("/phat-hanh", data=values(page, **more), headers={"Origin": "http://127.0.0.1:8420"})


def key(page: str, title: str) -> str:
    return re.search(rf'{title}.*?name="nhom" value="([^"]+)"', page, re.DOTALL)[1]


def test_a_draft_says_that_leaders_have_nothing_and_asks_who_edits(desk: TestClient, digest: Digest) -> None:
    page = desk.get(HERE).text
    assert "Lãnh đạo chưa nhận được gì" in page
    assert "Họ và tên người sửa" in page and 'value="cut"' not in page
    assert "&lt;b&gt;được&lt;/b&gt;" in page
    assert 'value="cut"' in desk.get(f"{HERE}&ten=Nguyễn Thị Hoa").text


def test_a_story_is_cut_and_brought_back_and_the_page_says_who_did_it(desk: TestClient, digest: Digest) -> None:
    page = desk.get(f"{HERE}&ten={WHO}").text
    story = key(page, "Học phí năm học mới")
    answer = send(desk, page, viec="cut", nhom=story)
    assert answer.status_code == 303
    page = desk.get(answer.headers["location"]).text
    assert "Đã lược" in page and f"{WHO}: lược" in page
    assert send(desk, page, viec="restore", nhom=story).status_code == 303
    assert "Đã lược" not in desk.get(f"{HERE}&ten={WHO}").text


def test_a_proposal_is_kept_and_a_faulty_one_comes_back_with_what_was_typed(desk: TestClient, digest: Digest) -> None:
    page = desk.get(f"{HERE}&ten={WHO}").text
    story = key(page, "Học phí năm học mới")
    refused = send(desk, page, viec="propose", nhom=story, de_xuat="x" * 601)
    assert refused.status_code == 422 and "x" * 601 in refused.text and "dài quá 600" in refused.text
    send(desk, page, viec="propose", nhom=story, de_xuat="Giao Phòng Kế hoạch – Tài chính trả lời")
    assert "Đề xuất: Giao Phòng Kế hoạch – Tài chính trả lời" in desk.get(f"{HERE}&ten={WHO}").text


def test_the_release_is_done_once_and_the_page_only_shows_it_then(
    desk: TestClient, press: Press, digest: Digest
) -> None:
    page = desk.get(HERE).text
    refused = send(desk, page, viec="phat_hanh", ten="Hoa")
    assert refused.status_code == 422 and press.store.digest_release(digest.id) is None
    answer = send(desk, page, viec="phat_hanh")
    assert answer.status_code == 303
    shown = desk.get(answer.headers["location"]).text
    assert "Đã phát hành" in shown and WHO in shown and 'value="cut"' not in shown
    again = send(desk, page, viec="phat_hanh")
    assert again.status_code == 422 and "phát hành lúc" in again.text
    assert WHO in desk.get("/diem-bao").text
    assert "phát hành" in desk.get(f"/diem-bao/{DAY}").text


def test_who_did_not_see_the_last_edit_is_told(desk: TestClient, digest: Digest) -> None:
    page = desk.get(f"{HERE}&ten={WHO}").text
    send(desk, page, viec="cut", nhom=key(page, "Học phí năm học mới"))
    answer = send(desk, page, viec="phat_hanh")
    assert answer.status_code == 422 and "vừa sửa hoặc phát hành" in answer.text


def test_a_form_from_elsewhere_does_nothing(desk: TestClient, press: Press, digest: Digest) -> None:
    page = desk.get(HERE).text
    assert send(desk, page, viec="phat_hanh", the="1.0").status_code == 403
    assert send(desk, page, viec="xoa").status_code == 400
    assert send(desk, page, viec="phat_hanh", la="1").status_code == 400
    assert send(desk, page, viec="phat_hanh", so="x").status_code == 400
    assert send(desk, page, viec="phat_hanh", ngay="2026-01-01").status_code == 404
    foreign = desk.post("/phat-hanh", data=values(page, viec="phat_hanh"), headers={"Origin": "https://xa.example"})
    assert foreign.status_code == 403
    assert press.store.digest_release(digest.id) is None


def test_every_form_can_be_taken_away_before_and_after(desk: TestClient, digest: Digest) -> None:
    for _ in range(2):
        docx = desk.get(f"/diem-bao/{DAY}/tep/docx")
        assert "Bếp ăn" in zipfile.ZipFile(io.BytesIO(docx.content)).read("word/document.xml").decode()
        assert desk.get(f"/diem-bao/{DAY}/tep/pdf").content.startswith(b"%PDF")
        zalo = desk.get(f"/diem-bao/{DAY}/tep/zalo").text.strip().split("\n")
        assert len(zalo) <= 10 and any("https://bao-cang.example/bai-1.html" in line for line in zalo)
        assert "LƯU HÀNH NỘI BỘ" in desk.get(f"/diem-bao/{DAY}/tep/html").text
        assert desk.get(f"/diem-bao/{DAY}/tep/text").headers["content-type"].startswith("text/plain")
        send(desk, desk.get(HERE).text, viec="phat_hanh")
    assert "BẢN NHÁP" not in desk.get(f"/diem-bao/{DAY}/tep/html").text


@pytest.mark.parametrize("address", ["/phat-hanh", "/phat-hanh?ngay=hom-nay", f"/diem-bao/{DAY}/tep/exe",
                                     "/diem-bao/2026-01-01/tep/pdf", f"{HERE}&loai=tuan"])  # fmt: skip
def test_what_is_not_there_is_not_found(desk: TestClient, digest: Digest, address: str) -> None:
    assert desk.get(address).status_code == 404
