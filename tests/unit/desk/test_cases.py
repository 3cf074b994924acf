"""A case on the desk from the candidate to its closing; what a page that is older than the case does; who sees what."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from alerts import cases
from store.model_candidate import CheckResult, NoteKind
from store.model_case import CaseKind, CaseState, PaperState
from tests.unit.desk.case_desk import BASE, BY, HEAD, LIST, OTHER, THIRD, WHY, Office, lam, office, seal
from tests.unit.desk.pages import words
from tests.unit.desk.test_candidates import raised
from tests.unit.runner.checking_town import Town, town
from tests.unit.runner.test_checking import COMPLAINT

__all__ = ["office", "town"]  # fixtures, used by name
SCHOOL = "school:tiểu học sao mai@11413"


def test_from_a_candidate_through_a_signed_answer_to_the_archive(office: Office, town: Town) -> None:
    found = raised(town)
    page = office.see(f"/can-doi-chieu/{found}")
    (link,) = [a.get("href") for a in page.cssselect("a") if words(a) == "Lập việc từ mục này"]
    form = office.see(link)
    assert "5 nguyện vọng" in words(form) and "Việc sẽ về đâu, vì sao" in words(form)
    status, place, _ = office.send(form, "", LIST + "/moi", ten=BY)
    assert status == 303 and town.deps.store.counts()["delivery"] == 0
    case_id = place.removeprefix(LIST + "/").partition("?")[0]
    page = office.see(place)
    assert "5 nguyện vọng" in words(page) and "3 nguyện vọng" in words(page), "both quotations stand in the facts"
    assert "Vì sao hạn này?" in words(page) and "căn cứ chưa xác minh" in words(page)
    assert "việc 2026/0001" in office.text(f"/can-doi-chieu/{found}")
    assert office.see(link).cssselect("h1"), "the origin of a case leads to it"

    office.does(case_id, "nhan")
    office.does(case_id, "xac-minh")
    page = office.see(f"{LIST}/{case_id}")
    result = office.form(page, "ket-qua")
    assert len(result.cssselect("input[type=radio]")) == 5 and not result.cssselect("[checked]")
    rows = office.does(
        case_id, "ket-qua", ket_qua="khong_khop", ly_do=WHY, van_ban="4120/KH-SGDĐT", don_vi="Văn phòng Sở GDĐT"
    )
    assert (rows.now.state, rows.now.result) == (CaseState.RESULT, "khong_khop")
    candidate = town.deps.store.candidate(found)
    assert candidate is not None and [c.result for c in candidate.checks] == [CheckResult.KHONG_KHOP]

    rows = office.does(
        case_id, "soan", loai="de_nghi_cai_chinh", noi_nhan="Tòa soạn Bến Cảng", tra_loi="Mỗi thí sinh 3 nguyện vọng."
    )
    (paper,) = rows.papers
    assert paper.state is PaperState.DRAFT and paper.recipient == "Tòa soạn Bến Cảng"
    office.does(case_id, "trinh")
    office.does(case_id, "ky", nguoi_ky=THIRD, ky="KT.")
    rows = office.does(case_id, "phat-hanh", so="123/SGDĐT-VP")
    assert rows.papers[0].number == "123/SGDĐT-VP"
    for kind, begins in (("docx", b"PK"), ("pdf", b"%PDF-")):
        answer = office.client.get(f"{LIST}/{case_id}/van-ban/{paper.id}/{kind}")
        assert answer.status_code == 200 and answer.content.startswith(begins)
        assert answer.headers["content-disposition"] == f'attachment; filename="2026-0001-de_nghi_cai_chinh.{kind}"'
        assert "sandbox" in answer.headers["content-security-policy"]
    document = zipfile.ZipFile(io.BytesIO(office.client.get(f"{LIST}/{case_id}/van-ban/{paper.id}/docx").content))
    text = re.sub(r"<[^>]+>", "", document.read("word/document.xml").decode())
    assert "3 nguyện vọng" in text and "KT. GIÁM ĐỐC" in text and "123" in text and "DỰ THẢO" not in text

    rows = office.does(case_id, "tra-loi", loai="correction_asked", giay=paper.id)
    assert rows.now.state is CaseState.CORRECTION_ASKED and rows.now.answered_at is not None
    rows = office.does(case_id, "ket-thuc", ly_do="Báo đã đăng cải chính ngày 21/11.")
    assert rows.now.state is CaseState.CLOSED
    page = words(office.see(f"{LIST}/{case_id}"))
    for said in (WHY, "4120/KH-SGDĐT", "123/SGDĐT-VP", "Báo đã đăng cải chính", BY, THIRD):
        assert said in page
    assert "Mở lại" in page and "Nhận việc" not in page
    assert town.deps.store.counts()["delivery"] == 0, "nothing on these pages sends anything"


def test_a_question_of_the_press_is_typed_in_once_whatever_is_pressed_twice(office: Office) -> None:
    assert not office.see(LIST + "/moi").cssselect("[checked]"), "a complaint is held: nobody takes it for a question"
    page = office.see(LIST + "/moi?loai=press_request")
    typed = {"ten": BY, "loai": "press_request", "bao": "Báo Cửa Biển", "luc": "20/11/2026 11:00",
             "noi_dung": "Sở nói gì về học phí?\nXin trả lời.", "cach": "thư điện tử"}  # fmt: skip
    first, again = (office.send(page, "", LIST + "/moi", **typed) for _ in range(2))
    assert first[0] == again[0] == 303 and first[1].partition("?")[0] == again[1]
    other = office.send(page, "", LIST + "/moi", **(typed | {"noi_dung": "Một câu hỏi khác của cùng báo."}))
    assert other[1] != first[1], "another question from the same page is another case"
    assert "Báo Cửa Biển hỏi: Sở nói gì về học phí?" in office.text(first[1])
    typed |= {"noi_dung": "Câu thứ ba.\nXin trả lời."}
    for wrong, told in (
        ({"ten": "Trực"}, "chưa đủ họ và tên"), ({"noi_dung": ""}, "chưa viết gì"),
        ({"luc": "hôm qua"}, "chưa rõ ngày giờ"), ({"luc": "20/11/2031 11:00"}, "ở sau lúc ghi"),
        ({"ve": "Phòng không có"}, "danh bạ chưa có"), ({"bao": ""}, "chưa viết gì"), ({"loai": ""}, "chọn một loại"),
    ):  # fmt: skip
        status, _, shown = office.send(page, "", LIST + "/moi", **(typed | wrong))
        assert status == 422 and told in shown and "Chưa lập" in shown
        assert "noi_dung" in wrong or "Xin trả lời." in shown, "what was typed is still there"


def complaint(office: Office) -> str:
    page = office.see(LIST + "/moi?loai=citizen_report")
    status, place, _ = office.send(
        page, "", LIST + "/moi", ten=BY, loai="citizen_report", noi="phường Hải An", truong="Tiểu học Sao Mai",
        noi_dung="Cô Trần Thị Mận ở trường Tiểu học Sao Mai bắt em Nguyễn Văn Bống, lớp 4A, học thêm.",
        luc="2026-11-20T11:00",
    )  # fmt: skip
    assert status == 303
    return place.removeprefix(LIST + "/").partition("?")[0]


def test_a_complaint_shows_no_way_to_whom_it_speaks_of_before_it_is_released(office: Office) -> None:
    case_id = complaint(office)
    rows = office.rows(case_id)
    accused = [x.target_id for x in rows.links if x.target_kind == "about"]
    assert rows.now.held and len(accused) == 1 and accused[0].startswith("school:")
    page = office.see(f"{LIST}/{case_id}")
    assert "Đang giữ tại Văn phòng Sở, chưa chuyển" in words(page) and "Bống" not in words(page)
    offered = [e.get("value") or "" for e in page.cssselect("option, datalist option")]
    hidden = [*offered, *(a.get("href") for a in page.cssselect("a[href]"))]
    for name in ("Sao Mai", "sao mai", "UBND", "school:", "commune:", "Hải An"):
        assert not [one for one in hidden if name in one], name
    assert "office:sgddt_vp" in offered, "only people of Văn phòng Sở release it"
    papers = office.form(page, "soan").cssselect('select[name="loai"] option')
    assert {o.get("value") for o in papers} == {"", "phieu_trinh", "ho_so_viec"}
    for key, typed in (
        ("chuyen", {"don_vi": accused[0], "ly_do": "Chuyển cho trường trả lời."}),
        ("chuyen", {"don_vi": "UBND phường Hải An", "ly_do": "Chuyển cho phường trả lời."}),
        ("soan", {"loai": "chuyen_thong_tin", "noi_nhan": "UBND phường Hải An"}),
        ("soan", {"loai": "phieu_trinh", "noi_nhan": "UBND phường Hải An"}),
        ("soan", {"loai": "phieu_trinh", "noi_nhan": "Trường Tiểu học Sao Mai"}),
        ("cho-chuyen", {"noi_dung": "Bản đã che.", "don_vi": "office:ubndxa"}),
    ):
        status, _, shown = office.send(page, key, ten=BY, **typed)
        assert status == 422 and "Chưa ghi" in shown, (key, typed)
    assert office.kinds(case_id) == ["opened", "routed"]
    rows = office.does(case_id, "cho-chuyen", noi_dung="Một giáo viên bắt học sinh lớp 4 học thêm.", don_vi=HEAD)
    assert not rows.now.held
    page = office.see(f"{LIST}/{case_id}")
    assert "Đang giữ tại Văn phòng Sở" not in words(page)
    assert any("UBND" in (o.get("value") or "") for o in page.cssselect("datalist option"))
    assert not any("Sao Mai" in (o.get("value") or "") for o in page.cssselect("datalist option"))


def test_a_concern_opens_a_case_only_when_it_was_passed_to_the_office(office: Office, town: Town) -> None:
    town.text(COMPLAINT, "chophien")
    town.work()
    (concern,) = town.concerns()
    address = f"/phan-anh/{concern.concern.id}"
    assert "Lập việc" not in [words(a) for a in office.see(address).cssselect("a")]
    assert "chưa được chuyển" in words(office.see(f"{LIST}/moi?tu={concern.concern.id}", 404))
    office.send(
        office.see(address), "", "/phan-anh", viec=str(NoteKind.PASSED), noi_dung="Đã chuyển Văn phòng.", ten=BY
    )
    (link,) = [a.get("href") for a in office.see(address).cssselect("a") if words(a) == "Lập việc từ mục này"]
    assert "Việc này sẽ được giữ tại Văn phòng Sở" in office.text(link)
    status, place, _ = office.send(office.see(link), "", LIST + "/moi", ten=BY)
    page = office.see(place)
    assert status == 303 and "500.000 đồng" in words(page) and "có thể đã xảy ra" in words(page)


def test_a_page_older_than_the_case_still_does_what_is_allowed_and_tells_what_came_between(office: Office) -> None:
    rows = office.to(office.case(), "received")
    page = office.see(f"{LIST}/{rows.case.id}")
    office.do(rows, cases.note, "Hiệu trưởng hẹn 16 giờ.")
    status, place, _ = office.send(page, "ghi-chu", ten=BY, noi_dung="Đã gọi phòng chuyên môn.")
    assert status == 303
    shown = office.text(place)
    assert "Từ lúc mở trang này, việc đã có thêm:" in shown and shown.count("Hiệu trưởng hẹn 16 giờ.") == 2
    office.do(rows, cases.close, "Đã trả lời trên trang của Sở.")
    status, _, shown = office.send(page, "giao", ten=BY, nguoi=THIRD)
    assert status == 409 and "mở lại việc trước" in shown and "Đã trả lời trên trang của Sở." in shown
    status, _, shown = office.send(page, "but-phe", ten=BY, lanh_dao=OTHER, noi_dung="Trả lời trong ngày.", han="")
    assert status == 409


def test_what_was_typed_stays_when_a_command_cannot_be_given(office: Office) -> None:
    rows = office.to(office.case(), "received", "verifying")
    page = office.see(f"{LIST}/{rows.case.id}")
    for typed, told in (
        ({"ket_qua": ""}, "chọn một trong năm kết quả"), ({"van_ban": ""}, "ghi số, ký hiệu"),
        ({"ten": "Bến"}, "chưa đủ họ và tên"), ({"don_vi": "Không có ai"}, "danh bạ chưa có"),
    ):  # fmt: skip
        good = {
            "ket_qua": "khop",
            "ly_do": "Đã so từng con số với kế hoạch.",
            "van_ban": "9/KH",
            "ten": BY,
            "don_vi": "",
        }
        status, _, shown = office.send(page, "ket-qua", **(good | typed))
        assert status == 422 and told in shown and "Đã so từng con số với kế hoạch." in shown
        assert 'id="lam-ket-qua" open' in shown
    assert office.rows(rows.case.id).now.result == ""


def test_the_same_form_sent_twice_is_one_line(office: Office) -> None:
    rows = office.to(office.case(), "received")
    page = office.see(f"{LIST}/{rows.case.id}")
    for _ in range(2):
        assert office.send(page, "ghi-chu", ten=BY, noi_dung="Đã gọi một lần.")[0] == 303
        assert office.send(page, "tam-dung", ten=BY, den="2026-11-21T16:00", ly_do="Chờ trường gửi báo cáo.")[0] == 303
    assert office.kinds(rows.case.id).count("note") == 1 and office.kinds(rows.case.id).count("paused") == 1
    assert office.send(page, "ghi-chu", ten=BY, noi_dung="Gọi lại lần hai.")[0] == 303
    assert office.kinds(rows.case.id).count("note") == 2


def test_clocks_can_be_paused_shortened_acknowledged_and_say_why(office: Office) -> None:
    rows = office.to(office.case(CaseKind.PRESS_REQUEST), "received")
    case_id = rows.case.id
    first = next(c for c in rows.clocks if c.clock == "first_answer")
    page = office.see(f"{LIST}/{case_id}")
    why = words(page.cssselect("details.why")[0])
    assert all(step[:20] in why for step in first.steps) and "căn cứ chưa xác minh" in why
    status, _, shown = office.send(page, "tam-dung", ten=BY, den="", ly_do="Chờ trường báo cáo.")
    assert status == 422 and "chưa ghi ngày giờ" in shown
    rows = office.does(case_id, "but-phe", lanh_dao=THIRD, noi_dung="Trả lời sớm.", han="2026-11-20T16:00")
    now = next(c for c in rows.clocks if c.clock == "first_answer")
    assert now.due_at < first.due_at
    rows = office.does(case_id, "but-phe", lanh_dao=THIRD, noi_dung="Thong thả.", han="2026-12-20T16:00")
    assert next(c for c in rows.clocks if c.clock == "first_answer").due_at == now.due_at, "never longer"
    rows = office.does(case_id, "da-biet", gio="4", noi_dung="Đang chờ phòng chuyên môn.")
    assert rows.now.acknowledged_until == town_now(office) + 4 * 3_600_000
    rows = office.does(case_id, "tam-dung", den="2026-11-22T08:00", ly_do="Chờ trường gửi báo cáo.")
    assert rows.now.paused_until and "Thời hạn đang tạm dừng" in office.text(f"{LIST}/{case_id}")
    assert office.does(case_id, "tiep-tuc").now.paused_until is None


def town_now(office: Office) -> int:
    return office.town.clock()


def test_merging_splitting_binding_and_their_way_back(office: Office, town: Town) -> None:
    article = town.text(COMPLAINT)
    one, other = office.to(office.case(), "received"), office.case(title="Cùng chuyện học phí")
    office.does(one.case.id, "gan", loai="article", ma=f"{BASE}/tin-bai/{article.id}?ban=1")
    office.does(one.case.id, "gan", loai="rebuttal", ma=article.url)
    assert office.send(office.see(f"{LIST}/{one.case.id}"), "gan", ten=BY, loai="story", ma="sto_khong")[0] == 422
    office.does(other.case.id, "nhap", vao=one.case.label, ly_do="Cùng một câu hỏi của báo.")
    page = office.text(f"{LIST}/{other.case.id}")
    assert f"Đã nhập vào việc {one.case.label}" in page
    assert office.does(other.case.id, "tach-lai", ly_do="Hai báo hỏi hai chuyện.").now.merged_into is None
    page = office.see(f"{LIST}/{one.case.id}")
    status, place, _ = office.send(
        page, "tach", ten=BY, chon=[f"article:{article.id}"], tieu_de="Chuyện khoản thu", ly_do="Hai chuyện khác nhau."
    )
    assert status == 303 and "Chuyện khoản thu" in office.text(place)
    left = {x.target_kind for x in office.rows(one.case.id).links if x.removed_at is None}
    assert "article" not in left and "rebuttal" in left
    office.does(one.case.id, "go", chon=[f"rebuttal:{article.id}"])
    assert "rebuttal" not in {x.target_kind for x in office.rows(one.case.id).links if x.removed_at is None}


def test_the_original_asks_for_two_others(office: Office) -> None:
    case_id = office.case().case.id
    office.does(case_id, "xin-goc", ly_do="Thanh tra yêu cầu bản gốc.")
    page = office.see(f"{LIST}/{case_id}")
    status, _, shown = office.send(page, "duyet-goc", ten=f"bà {BY}")
    assert status == 422 and "không duyệt cho chính mình" in shown
    office.does(case_id, "duyet-goc", ten=OTHER)
    office.does(case_id, "duyet-goc", ten=THIRD)
    assert "đã duyệt 2/2" in office.text(f"{LIST}/{case_id}")


def test_what_others_concluded_is_kept_as_theirs(office: Office) -> None:
    rows = office.case(CaseKind.SUSPECT)
    office.does(
        rows.case.id, "nhan-ngoai", co_quan="svhttdl", nhan_ho="Chưa có căn cứ", van_ban="77/SVHTTDL-BC", luc=""
    )
    page = office.text(f"{LIST}/{rows.case.id}")
    assert "của Sở Văn hóa, Thể thao và Du lịch, không phải của Sở GDĐT" in page
    assert office.rows(rows.case.id).now.result == ""


@pytest.mark.parametrize("changed", [{"the": "1.ab"}, {"lam": "xoa-het"}, {"la": "x"}, {"viec": "cas_khong"}])
def test_a_form_that_no_page_made_changes_nothing(office: Office, changed: dict[str, str]) -> None:
    rows = office.to(office.case(), "received")
    page = office.client.get(f"{LIST}/{rows.case.id}").text
    values = {"the": seal(page), "viec": rows.case.id, "phien": "3", "lam": "ghi-chu", "noi_dung": "Ghi.", "ten": BY}
    answer = office.client.post(LIST, data=values | changed, headers={"Origin": BASE})
    assert answer.status_code in (400, 403, 404)
    assert office.client.post(LIST, data=values, headers={"Origin": "https://kexau.example"}).status_code == 403
    assert office.client.post(LIST, data=values).status_code == 403
    assert office.rows(rows.case.id).now.version == rows.now.version


def test_notices_lead_to_the_case(office: Office) -> None:
    rows = office.case()
    answer = office.client.get(f"/viec/{rows.case.id}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{LIST}/{rows.case.id}")
    assert office.client.get("/viec/cas_khong").status_code == 404
    assert office.client.get("/viec").status_code == 200, "the list of the machine's work stays"


def test_every_form_on_a_page_is_one_that_the_desk_takes(office: Office) -> None:
    rows = office.to(office.case(), "received", "verifying")
    page = office.see(f"{LIST}/{rows.case.id}")
    keys = [lam(f) for f in page.cssselect('form[action="/viec-can-xu-ly"]')]
    assert len(keys) > 12 and len(set(keys)) == len(keys)
    ids = [e.get("id") for e in page.cssselect("[id]")]
    assert len(ids) == len(set(ids)), "an id names one thing"
    for label in page.cssselect("label[for]"):
        assert label.get("for") in ids
    for form in page.cssselect('form[action="/viec-can-xu-ly"]'):
        assert form.cssselect('input[name="ten"]') and form.cssselect('input[name="the"]')


def test_what_the_opening_set_is_mended_by_names_not_by_codes(office: Office) -> None:
    rows = office.case(CaseKind.STORY)
    page = office.see(f"{LIST}/{rows.case.id}")
    assert office.send(page, "sua", ten=BY)[0] == 422, "nothing was changed"
    assert "danh bạ chưa có" in office.send(page, "sua", ten=BY, noi="phường Không Có")[2]
    rows = office.does(rows.case.id, "sua", noi="phường Lê Chân", muc="khan", tieu_de="Em Nguyễn Văn Bống, lớp 4A, ngã")
    assert rows.now.place != "11413" and rows.now.severity == "khan" and "Bống" not in rows.now.title
    assert "phường Lê Chân" in office.text(f"{LIST}/{rows.case.id}")
