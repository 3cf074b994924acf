"""The desk's library: a document is handed in, mended, kept, shown, confirmed, withdrawn; a fact in a crisis."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import html
from starlette.testclient import TestClient

from desk.pages import references, references_add
from desk.reference_view import PAGE
from desk.seal import LASTS_MS, Seal
from intake import official_keep
from intake.official import read
from intake.official_form import Given
from store.model_reference import MACHINE, Reference, ReferenceSource, Statement
from tests.unit.desk.conftest import HOUR, NOW, Press
from tests.unit.desk.inbox_forms import BOUNDARY, OURS, Part, body, faults
from tests.unit.desk.pages import section, tree, words
from tests.unit.intake.official_samples import LETTER, REPLACED, letter, letter_text, scan

KIND = {"Content-Type": "application/x-www-form-urlencoded"}
BY = "Đỗ Thị Trực"
FACT = {
    "text": "Học sinh toàn thành phố nghỉ học ngày 21/11/2026.", "by": BY, "valid_to": "2026-11-21",
    "issuer": "Sở Giáo dục và Đào tạo Hải Phòng",
}  # fmt: skip


def kept(press: Press, data: bytes = letter_text(), **more: Any) -> Reference:
    draft = read(data)
    return official_keep.keep(press.store, press.bodies, data, draft, Given(BY, **more), NOW - HOUR).reference


def by_machine(press: Press) -> Reference:
    made = Reference(
        "ref_" + "a" * 26, Reference.make_document_id("article", "art_1", ""), 0, "Sở GDĐT", "Bài trên Sở GDĐT", "",
        "Khen em Trịnh Khắc Tươi, lớp 8A", "2026-11-19", "2026-11-19", None, ReferenceSource.CRAWLED,
        "https://so.example/bai", "rev_1", "fet_1", None, None, "t", MACHINE, NOW - HOUR,
    )  # fmt: skip
    text = "Em Trịnh Khắc Tươi, học sinh lớp 8A Trường THCS Sao Biển, được tuyên dương."
    clause = Statement(Statement.make_id(made.id, 1), made.id, 1, "", "", text, 0, len(text), "h")
    with press.store.transaction() as tx:
        tx.add_reference(made, [clause])
    return made


def fields(page: html.HtmlElement, at: int = 0) -> dict[str, str]:
    """What a browser would send of the form as it stands, without a button."""
    form = page.cssselect("form[method=post]")[at]
    found = {}
    for field in form.cssselect("input, textarea"):
        if field.tag == "textarea":
            found[field.get("name")] = re.sub(r"^\n", "", field.text or "")
        elif field.get("type") != "file":
            found[field.get("name")] = field.get("value") or ""
    return found


def hand_in(desk: TestClient, data: bytes | None, page: html.HtmlElement | None = None, **typed: str) -> Any:
    filled = fields(page if page is not None else tree(desk, references_add.ADD)) | {"viec": "xem"} | typed
    parts: list[Part] = [(name, None, value.replace("\n", "\r\n").encode()) for name, value in filled.items()]
    parts.append(("tep", "" if data is None else "../..\u202efdp.exe", data or b""))
    return post_parts(desk, parts)


def post_parts(desk: TestClient, parts: list[Part], headers: dict[str, str] | None = None) -> Any:
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return desk.post(references_add.ADD, content=body(parts), headers=kind | (OURS if headers is None else headers))


def second(desk: TestClient, data: bytes, **typed: str) -> html.HtmlElement:
    answer = hand_in(desk, data, **typed)
    assert answer.status_code == 200, answer.text[:2000]
    return html.fromstring(answer.text)


def send(desk: TestClient, address: str, values: dict[str, str], headers: dict[str, str] | None = None) -> Any:
    return desk.post(address, content=urlencode(values), headers=KIND | (OURS if headers is None else headers))


# ── handing in ──────────────────────────────────────────────────────────────────────────────────────


def test_read_mended_kept_and_shown(desk: TestClient, press: Press) -> None:
    data = letter()
    page = second(desk, data)
    found = fields(page)
    assert (found["issuer"], found["number"], found["issued"], found["valid_from"], found["valid_to"]) == (
        "Sở Giáo dục và Đào tạo Hải Phòng", "812/SGDĐT-QLCL", "2026-09-07", "2026-09-07", "",
    )  # fmt: skip
    assert LETTER[0] in words(page) and press.store.counts()["reference"] == 0
    answer = hand_in(desk, None, page, viec="luu", by=BY, valid_to="2026-11-30")
    assert answer.status_code == 303
    shown = tree(desk, answer.headers["location"])
    assert "Công văn số 812/SGDĐT-QLCL" in words(shown) and LETTER[1] in words(shown) and "Đã lưu" in words(shown)
    assert "đến hết 30/11/2026" in words(shown) and BY in words(shown)
    (row,) = press.store.references_in_force("2026-11-20")
    assert press.bodies.get(row.body_hash or "") == data
    assert "fdp" not in shown.text_content() and "fdp" not in str(list(press.store.export("reference")))
    again = hand_in(desk, None, page, viec="luu", by=BY, valid_to="2026-11-30")  # pressed twice
    assert again.headers["location"].endswith("luu=da-co") and press.store.counts()["reference"] == 1


def test_what_is_missing_is_said_and_nothing_typed_is_lost(desk: TestClient, press: Press) -> None:
    page = second(desk, "Học sinh đi học bình thường.".encode(), by=BY)
    assert "issued" in faults(page) and "issuer" in faults(page)
    answer = hand_in(desk, None, page, viec="luu", issuer="Sở Y tế", issued="2026-11-31", replaces="9/QĐ-UBND")
    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    assert {"issued", "number", "replaces"} <= faults(page).keys()
    assert fields(page)["issuer"] == "Sở Y tế" and fields(page)["by"] == BY and fields(page)["carried_0"]
    assert press.store.counts()["reference"] == 0


def test_what_it_replaces_is_filled_in_and_stays_a_persons_choice(desk: TestClient, press: Press) -> None:
    old = kept(press, letter_text("77/SGDĐT-VP", "01 tháng 9 năm 2026"))
    newer = letter_text("812/SGDĐT-QLCL", "07 tháng 9 năm 2026", "nghỉ học", REPLACED)
    page = second(desk, newer, by=BY)
    assert fields(page)["replaces"] == "77/SGDĐT-VP" and REPLACED in words(page)
    assert hand_in(desk, None, page, viec="luu", replaces="").status_code == 303
    assert old.id in {r.id for r in press.store.references_in_force("2026-11-20")}
    page = second(desk, newer, by=BY)
    assert hand_in(desk, None, page, viec="luu").status_code == 303
    assert old.id not in {r.id for r in press.store.references_in_force("2026-11-20")}
    shown = tree(desk, f"/van-ban/{old.document_id}")
    assert "đã bị thay thế" in words(shown) and "Bị thay thế bởi: Công văn số 812/SGDĐT-QLCL" in words(shown)


def test_a_scan_says_so_and_is_taken_with_its_text(desk: TestClient, press: Press) -> None:
    answer = hand_in(desk, scan())
    assert answer.status_code == 422 and "bản quét" in answer.text
    page = second(desk, scan(), by=BY, scan_text=letter_text().decode())
    assert hand_in(desk, None, page, viec="luu").status_code == 303
    (row,) = press.store.references_in_force("2026-11-20")
    assert press.bodies.get(row.body_hash or "") == scan()


@pytest.mark.parametrize(
    ("data", "told"),
    [(None, "Chưa chọn tệp"), (b"", "rỗng"), (b"MZ\x00\x01", "Không phải DOCX"), (b"%PDF-1.7\n", "hỏng")],
)
def test_a_file_that_cannot_be_taken(desk: TestClient, data: bytes | None, told: str) -> None:
    answer = hand_in(desk, data) if data != b"" else post_parts(
        desk, [("the", None, fields(tree(desk, references_add.ADD))["the"].encode()), ("tep", "a.txt", b"")]
    )  # fmt: skip
    assert answer.status_code == 422 and told in answer.text


def test_a_file_over_the_limit_and_two_files(desk: TestClient) -> None:
    answer = hand_in(desk, b"a" * (10 * 1024 * 1024 + 1))
    assert answer.status_code == 422 and "10 MB" in answer.text
    seal = fields(tree(desk, references_add.ADD))["the"].encode()
    answer = post_parts(desk, [("the", None, seal), ("tep", "a", b"a"), ("tep", "b", b"b")])
    assert answer.status_code == 422 and "Mỗi lần một tệp" in answer.text


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([("la", None, b"x")], 400),
        ([("by", None, b"a"), ("by", None, b"b")], 400),
        ([("by", "a.txt", b"a")], 400),
        ([("by", None, b"\xff")], 400),
        ([("carried_0", None, b"@@")], 400),
        ([("scan_text", None, b"a" * 1_100_000)], 413),
        ([("carried_1", None, b"YQ==")], 400),
    ],
)
def test_a_form_that_is_not_ours(desk: TestClient, parts: list[Part], status: int) -> None:
    assert post_parts(desk, parts).status_code == status


def test_a_foreign_page_cannot_send_and_an_old_page_keeps_what_was_typed(desk: TestClient, press: Press) -> None:
    assert post_parts(desk, [("by", None, b"a")], {"Origin": "http://evil.example"}).status_code == 403
    assert send(desk, references.FACT, FACT, {"Origin": "http://evil.example"}).status_code == 403
    assert send(desk, references.DECIDE, {"viec": "thu-hoi"}, {}).status_code == 403
    answer = hand_in(desk, letter_text(), the="1." + "0" * 64, by=BY)
    assert answer.status_code in (200, 422) and "mở quá lâu" in answer.text and BY in answer.text
    old = Seal().make(NOW - LASTS_MS - 1)
    answer = send(desk, references.FACT, FACT | {"the": old})
    assert answer.status_code == 403 and "nghỉ học ngày 21/11/2026" in answer.text
    assert press.store.counts()["reference"] == 0


# ── a fact ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_fact_is_in_force_at_once(desk: TestClient, press: Press) -> None:
    start = fields(tree(desk, references.FACT))
    assert start["valid_from"] == "2026-11-20" and start["issuer"]
    answer = send(desk, references.FACT, start | FACT)
    assert answer.status_code == 303
    (row,) = press.store.references_in_force("2026-11-20")
    assert (row.valid_to, row.source) == ("2026-11-21", ReferenceSource.TYPED)
    assert FACT["text"] in words(tree(desk, answer.headers["location"]))


def test_every_fault_of_a_fact_at_once(desk: TestClient, press: Press) -> None:
    start = fields(tree(desk, references.FACT))
    answer = send(desk, references.FACT, start | {"text": " ", "by": "Trực", "valid_from": "2026-02-30"})
    assert answer.status_code == 422
    assert {"text", "by", "valid_from"} <= faults(html.fromstring(answer.text)).keys()
    answer = send(desk, references.FACT, start | FACT | {"valid_to": "2026-11-01"})
    assert answer.status_code == 422 and "đứng trước" in answer.text
    assert send(desk, references.FACT, start | {"la": "1"}).status_code == 400
    assert press.store.counts()["reference"] == 0


def test_one_fact_for_another(desk: TestClient, press: Press) -> None:
    first = send(desk, references.FACT, fields(tree(desk, references.FACT)) | FACT).headers["location"]
    document_id = first.split("/")[-1].partition("?")[0]
    start = fields(tree(desk, f"{references.FACT}?thay={document_id}"))
    assert start["replaces"] == document_id
    assert send(desk, references.FACT, start | FACT | {"text": "Học sinh đi học ngày 21/11/2026."}).status_code == 303
    (row,) = press.store.references_in_force("2026-11-20")
    assert row.document_id != document_id


# ── reading, confirming, withdrawing ────────────────────────────────────────────────────────────────


def test_an_empty_library_says_what_would_be_here(desk: TestClient) -> None:
    page = tree(desk, "/van-ban")
    assert "Chưa có văn bản nào" in words(page)
    assert "/van-ban/them" in [a.get("href") for a in page.cssselect("main a")]


def test_the_list_searches_filters_and_says_how_each_stands(desk: TestClient, press: Press) -> None:
    letter_kept = kept(press)
    by_machine(press)
    page = tree(desk, "/van-ban")
    assert "còn hiệu lực" in words(page) and "máy đưa vào, chưa ai xác nhận" in words(page)
    page = tree(desk, "/van-ban?q=nghi+hoc+bao")
    assert [a.get("href") for a in page.cssselect(".items .head a")] == [f"/van-ban/{letter_kept.document_id}"]
    assert "Không có văn bản nào như vậy" in words(tree(desk, "/van-ban?tinh_trang=withdrawn"))
    assert "Không có văn bản nào như vậy" in words(tree(desk, "/van-ban?q=%25%27%22%3Cscript%3E"))
    for bad in ("tinh_trang=la", "tu=-1", "tu=9999999"):
        tree(desk, f"/van-ban?{bad}", 400)
    tree(desk, "/van-ban/doc_khong_co", 404)


def test_pages_of_a_long_list_and_of_a_long_document(desk: TestClient, press: Press) -> None:
    for number in range(1, references.LISTED + 2):
        kept(press, letter_text(f"{number}/SGDĐT-VP"))
    page = tree(desk, "/van-ban?q=bao")
    (following,) = [a.get("href") for a in page.cssselect("main a") if a.text_content().startswith("Trang sau")]
    assert len(tree(desk, following).cssselect(".items .head")) == 1
    long = kept(press, letter_text(
        "900/SGDĐT-VP", "07 tháng 9 năm 2026", "x", *[f"Ý thứ {k} của công văn." for k in range(PAGE)]
    ))  # fmt: skip
    page = tree(desk, f"/van-ban/{long.document_id}?trang=2")
    assert len(page.cssselect(".clauses li")) == 2 and "Trang 2/2" in words(page)
    assert "Không có trang này" in words(tree(desk, f"/van-ban/{long.document_id}?trang=9"))
    tree(desk, f"/van-ban/{long.document_id}?trang=0", 400)


def test_pupils_are_masked_here_and_kept_whole_in_the_library(desk: TestClient, press: Press) -> None:
    made = by_machine(press)
    for address in ("/van-ban", f"/van-ban/{made.document_id}"):
        assert "Khắc Tươi" not in tree(desk, address).text_content()
    assert "Khắc Tươi" in press.store.statements_of([made.id])[made.id][0].text
    data = "1. Khen em Trịnh Khắc Tươi, học sinh lớp 8A Trường THCS Sao Biển.".encode()
    page = second(desk, data)
    assert "Khắc Tươi" not in words(section(page, "se-tach").getparent()) and "danh sách học sinh" in words(page)


def test_confirming_what_the_machine_entered(desk: TestClient, press: Press) -> None:
    made = by_machine(press)
    address = f"/van-ban/{made.document_id}"
    form = fields(tree(desk, address), 0)
    assert form["viec"] == "xac-nhan"
    answer = send(desk, references.DECIDE, form | {"by": ""})
    assert answer.status_code == 422 and "by" in faults(html.fromstring(answer.text))
    answer = send(desk, references.DECIDE, form | {"by": BY, "valid_to": "2026-12-31"})
    assert answer.headers["location"] == f"{address}?luu=xac-nhan"
    page = tree(desk, address)
    assert "Máy đưa vào" not in words(page) and "đến hết 31/12/2026" in words(page)
    assert [v.entered_by for v in press.store.reference_versions(made.document_id)] == [MACHINE, BY]


def test_withdrawing_asks_who_and_why_and_leaves_the_rows(desk: TestClient, press: Press) -> None:
    made = kept(press)
    address = f"/van-ban/{made.document_id}"
    form = fields(tree(desk, address), 0)
    assert form["viec"] == "thu-hoi"
    answer = send(desk, references.DECIDE, form | {"by": "Ngô Văn Bến", "why": "nhầm"})
    assert answer.status_code == 422 and "t-why" in faults(html.fromstring(answer.text))
    assert press.store.references_in_force("2026-11-20") != []
    answer = send(desk, references.DECIDE, form | {"by": "Ngô Văn Bến", "why": "văn bản giả, Sở không ban hành"})
    assert answer.status_code == 303
    page = tree(desk, answer.headers["location"])
    assert "Đã thu hồi khỏi kho" in words(page) and "văn bản giả" in words(page) and "Ngô Văn Bến" in words(page)
    assert page.cssselect(f"form[action='{references.DECIDE}']") == []  # there is nothing left to decide
    assert press.store.references_in_force("2026-11-20") == [] and press.store.counts()["reference"] == 1
    for bad, status in (({"ma": "doc_la"}, 404), ({"viec": "xoa"}, 400), ({"la": "1"}, 400)):
        assert send(desk, references.DECIDE, form | bad).status_code == status


def test_markup_in_a_document_is_text(desk: TestClient, press: Press) -> None:
    page = second(desk, "1. Học sinh <script>alert(1)</script> nghỉ học ngày 21/11/2026.".encode(), by=BY,
                  issuer='"><img src=x>')  # fmt: skip
    assert page.cssselect("main script, main img") == []
    made = kept(press, letter_text(about="<b>nghỉ</b> học"), issuer="<i>Sở</i>", note="<u>x</u>")
    shown = tree(desk, f"/van-ban/{made.document_id}")
    assert shown.cssselect("main i, main u") == [] and "<i>Sở</i>" in words(shown)
