"""The dry run of routing on the desk: what is picked, where it goes and why; an article by its address."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from tests.unit.desk.conftest import Press
from tests.unit.desk.pages import section, tree, words

HAI_AN = {"span": "Hải An", "kind": "unit_new", "units": ["11413"], "in_hp": True}
LEAD = "Phụ huynh Trường THCS Bến Lặng ở phường Hải An nói về các khoản đóng góp đầu năm."


def result(desk: TestClient, query: str) -> str:
    return words(section(tree(desk, f"/dinh-tuyen?{query}"), "ket-qua").getparent())


def test_an_empty_form_decides_nothing(desk: TestClient) -> None:
    page = tree(desk, "/dinh-tuyen")
    assert len(page.cssselect("select[name=noi] option")) == 115  # 114 units and "not known"
    assert not page.cssselect("#ket-qua")


def test_what_is_picked_gives_owner_copies_and_reasons(desk: TestClient) -> None:
    shown = result(desk, "loai=story&noi=11413&truong=Trường+THCS+Bến+Lặng")
    assert shown.startswith("→ UBND phường Hải An")
    assert "Bản sao: Văn phòng Sở GDĐT" in shown and "cấp học: THCS" in shown and "(xa_quan_ly)" in shown
    assert "quy tắc không hợp" in shown


def test_a_complaint_is_shown_as_held_and_after_a_release_as_going_on(desk: TestClient) -> None:
    query = "loai=concern&noi=11413&cap=thcs&truong=THCS+Bến+Lặng&ve=truong"
    held = result(desk, query)
    assert held.startswith("→ Văn phòng Sở GDĐT") and "Đang giữ" in held and "Bản sao: không" in held
    assert "Nếu được cho chuyển: UBND phường Hải An" in held
    assert result(desk, query + "&cho_chuyen=1").startswith("→ UBND phường Hải An")


def test_who_is_spoken_of_does_not_judge(desk: TestClient) -> None:
    shown = result(desk, "loai=suspect&ve=office:sgddt_vp")
    assert shown.startswith("→ Ban Giám đốc Sở GDĐT") and "không tự kết luận" in shown
    assert "Ai được kết luận: Ủy ban nhân dân thành phố" in result(desk, "loai=suspect&ve=office:sgddt")


def test_an_article_is_routed_by_what_was_read_in_it(press: Press, desk: TestClient) -> None:
    article = press.article("Khoản thu ở trường", LEAD, details={"hp": {"places": [HAI_AN]}})
    shown = result(desk, f"bai={article.url}")
    assert shown.startswith("→ UBND phường Hải An")
    assert "Trường: Trường THCS Bến Lặng; cấp học: THCS." in shown and "báo, đài địa phương" in shown


def test_a_critical_article_is_held_and_stays_a_story(press: Press, desk: TestClient) -> None:
    whom = {"kind": "school", "id": "", "name": "Trường THCS Bến Lặng", "named": True, "ours": True, "units": []}
    details = {"hp": {"places": [HAI_AN]}, "stance": {"whom": whom}}
    article = press.article("Khoản thu ở trường", LEAD, stance="critical", details=details)
    shown = result(desk, f"bai={article.id}")
    assert shown.startswith("→ Văn phòng Sở GDĐT") and "Đang giữ" in shown
    assert "Loại việc: tin cần trả lời" in shown and "Nói về: thcs bến lặng" in shown
    assert "cần đối chiếu (" not in shown


def test_an_article_of_several_places_or_an_old_district_has_no_place(press: Press, desk: TestClient) -> None:
    other = {"span": "Lê Chân", "units": ["11407"], "in_hp": True}
    both = press.article("Hai nơi", LEAD, details={"hp": {"places": [HAI_AN, other]}})
    wide = press.article(
        "Huyện cũ", LEAD, details={"hp": {"places": [HAI_AN | {"units": ["1", "2"], "span": "An Lão"}]}}
    )
    odd = press.article("Dữ liệu lạ", LEAD, details={"hp": {"places": [1, None, {"units": "x", "in_hp": True}]}})
    assert "nhắc nhiều xã, phường như nhau" in result(desk, f"bai={both.id}")
    assert "chỉ có “An Lão”" in result(desk, f"bai={wide.id}")
    assert "không nêu xã, phường" in result(desk, f"bai={odd.id}")


def test_an_unknown_or_unjudged_article_says_what_to_do(press: Press, desk: TestClient) -> None:
    page = tree(desk, "/dinh-tuyen?bai=https://khong-co.example/1", status=404)
    assert "Chưa thấy bài này" in words(page) and page.cssselect("[role=alert]")
    article = press.article("Chưa xem", LEAD, outcome=None)
    assert "chưa được nhận định" in words(tree(desk, f"/dinh-tuyen?bai={article.id}"))


def test_what_cannot_be_picked_is_refused_and_nothing_typed_runs(desk: TestClient) -> None:
    for query in ("loai=tin_gia", "noi=99999", "cap=x", "ve=office:congan", "truong=" + "a" * 121):
        assert desk.get(f"/dinh-tuyen?{query}").status_code == 400, query
    assert "<script>alert" not in desk.get("/dinh-tuyen?truong=<script>alert(1)</script>&noi=11413").text


def test_a_fault_in_the_departments_own_file_is_shown_there(press: Press, desk: TestClient) -> None:
    own: Path = press.settings.home / "contacts.yml"
    own.write_text("contacts:\n  office:khong_co: {name: X}\n", encoding="utf-8")
    assert "1 chỗ trong tệp cấu hình không dùng được" in words(tree(desk, "/dinh-tuyen"))
    own.write_text("contacts:\n  office:sgddt_vp: {addresses: [email: vp@so.example]}\n", encoding="utf-8")
    shown = words(tree(desk, "/dinh-tuyen?loai=story"))
    assert "không dùng được" not in shown and "chưa có địa chỉ" not in shown
