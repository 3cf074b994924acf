"""The pages of the registers: reports owed, the evaluation sheet, the press briefing, the ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from lxml import html
from starlette.testclient import TestClient

from alerts.registers_write import open_periods
from alerts.workclock import clock_now
from config.registers import load_registers
from desk.seal import LASTS_MS, Seal
from store.model_candidate import Checked, Claim, Concern, ConcernMember
from store.model_register import ReportPeriod
from tests.unit.desk.conftest import NOW, Press
from tests.unit.desk.inbox_forms import OURS
from tests.unit.desk.pages import tree, words

KIND = {"Content-Type": "application/x-www-form-urlencoded"}
WHO = "Đỗ Thị Trực"
YEAR = ReportPeriod.make_id("nam", "2026-11-05")
ZONE = "Asia/Ho_Chi_Minh"


@pytest.fixture
def opened(press: Press) -> Press:
    clock = clock_now(press.settings.home, press.settings.timezone)
    open_periods(press.store, load_registers(press.settings.home)[0], clock, NOW)
    return press


def fields(page: html.HtmlElement, action: str) -> dict[str, str]:
    (form,) = page.cssselect(f"form[action='{action}'][method='post']")
    return {i.get("name"): i.get("value") or "" for i in form.cssselect("input")}


def post(desk: TestClient, address: str, values: dict[str, str], headers: dict[str, str] | None = None) -> Any:
    return desk.post(address, content=urlencode(values), headers=KIND | (OURS if headers is None else headers))


def test_without_a_period_the_page_says_how_one_comes(desk: TestClient) -> None:
    assert "Chưa có kỳ báo cáo nào" in words(tree(desk, "/bao-cao-den"))
    assert "chưa có ngày" in words(tree(desk, "/bao-cao-den?chieu=di"))
    tree(desk, "/bao-cao-den?ky=rpp_none", 404)


def test_a_report_is_entered_and_the_missing_are_listed(opened: Press, desk: TestClient) -> None:
    text = words(tree(desk, "/bao-cao-den"))
    assert "Báo cáo năm" in text and "QUÁ HẠN, 115 chưa có" in text
    page = tree(desk, f"/bao-cao-den?ky={YEAR}")
    assert "115 chưa có" in words(page) and "Không có gì được gửi tự động" in words(page)
    values = fields(page, "/bao-cao-den") | {"don_vi": "UBND phường Ái Quốc", "ngay": "2026-11-04", "so": "12/BC-UBND"}
    answer = post(desk, "/bao-cao-den", values | {"ten": WHO})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/bao-cao-den?ky={YEAR}&luu=1")
    text = words(tree(desk, answer.headers["location"]))
    assert "Đã ghi vào sổ" in text and "đã nhận, đúng hạn" in text and "114 chưa có" in text
    (entry,) = opened.store.report_entries([YEAR])[YEAR]
    assert (entry.by, entry.number, entry.day) == (WHO, "12/BC-UBND", "2026-11-04")


def test_what_is_wrong_is_said_with_what_was_typed_and_nothing_is_kept(opened: Press, desk: TestClient) -> None:
    values = fields(tree(desk, f"/bao-cao-den?ky={YEAR}"), "/bao-cao-den") | {"don_vi": "Nơi <b>lạ</b>", "ten": WHO}
    answer = post(desk, "/bao-cao-den", values)
    assert answer.status_code == 422 and "không có trong danh sách" in answer.text and "<b>lạ</b>" not in answer.text
    assert post(desk, "/bao-cao-den", values | {"don_vi": "commune:10660", "ten": "Trực"}).status_code == 422
    assert post(desk, "/bao-cao-den", values | {"don_vi": "commune:10660", "ngay": "mai"}).status_code == 422
    stale = Seal().make(NOW - LASTS_MS - 1)
    assert post(desk, "/bao-cao-den", values | {"don_vi": "commune:10660", "the": stale}).status_code == 403
    assert post(desk, "/bao-cao-den", values, headers={}).status_code == 403
    assert post(desk, "/bao-cao-den", values | {"la": "1"}).status_code == 400
    assert opened.store.report_entries([YEAR]) == {}


def test_the_table_and_the_draft_come_as_files(opened: Press, desk: TestClient) -> None:
    for name, begins in (("bang.csv", b"\xef\xbb\xbfma,"), ("bang.docx", b"PK"), ("don-doc.docx", b"PK")):
        answer = desk.get(f"/bao-cao-den/{YEAR}/{name}")
        assert answer.status_code == 200 and answer.content.startswith(begins)
        assert answer.headers["content-disposition"].startswith("attachment")
    assert desk.get(f"/bao-cao-den/{YEAR}/khac.exe").status_code == 404
    assert list(opened.store.export("notice")) == [] and list(opened.store.export("report_urge")) == []


def at(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


def test_one_click_makes_the_briefing_and_no_page_names_whom_an_unreleased_complaint_is_about(
    press: Press, desk: TestClient
) -> None:
    press.article("Trường Hoa Phượng mở thư viện", "Thư viện phục vụ 200 em.")
    told = press.article("Phụ huynh tố Trường Tiểu học Sao Mai thu sai", "Nhà trường thu 2 triệu đồng.")
    claim = Claim(Claim.make_id("rev_x", "h", "concern"), "rev_x", told.id, 0, 9, "h", "concern", (), "g", None, 1, "v")
    made = Concern(Concern.make_id("g"), "g", claim.id, "khoản thu", "", told.first_seen_at)
    with press.store.transaction() as tx:
        tx.add_checked(
            Checked((claim,), concerns=(made,), concern_members=(ConcernMember(made.id, told.id, claim.id, 1),))
        )
    text = words(tree(desk, "/giao-ban"))
    assert "Trường Hoa Phượng mở thư viện" in text and "Sao Mai" not in text and "1 phản ánh đang kiểm tra" in text
    for name, begins in (("tai-lieu.docx", b"PK"), ("tai-lieu.pdf", b"%PDF")):
        answer = desk.get(f"/giao-ban/{name}?tu=2026-11-14&den=2026-11-20")
        assert answer.status_code == 200 and answer.content.startswith(begins)
        assert answer.content == desk.get(f"/giao-ban/{name}?tu=2026-11-14&den=2026-11-20").content
    assert desk.get("/giao-ban?tu=2026-01-01&den=2026-11-20").status_code == 400
    assert desk.get("/giao-ban?tu=hom-nay").status_code == 400


def test_a_line_of_the_ledger_is_kept_shown_masked_and_exported(press: Press, desk: TestClient) -> None:
    values = fields(tree(desk, "/so-bao-chi"), "/so-bao-chi") | {
        "bao": "Báo Cảng Biển", "noi_dung": "Thông tin về em Lê Văn Sò, lớp 4A Trường Tiểu học Sao Mai, bị nạn",
        "hinh_thuc": "công văn", "so": "7/TCBC", "ten": WHO,
    }  # fmt: skip
    assert post(desk, "/so-bao-chi", values).headers["location"] == "/so-bao-chi?luu=1"
    text = words(tree(desk, "/so-bao-chi?luu=1"))
    assert "Đã ghi vào sổ" in text and "7/TCBC" in text and "Lê Văn Sò" not in text
    (given,) = press.store.press_given(0, NOW + 60_000)
    assert (given.by, given.outlet) == (WHO, "Báo Cảng Biển") and given.given_at <= NOW
    csv = desk.get("/so-bao-chi/so.csv").content.decode("utf-8-sig")
    assert given.id in csv and "Lê Văn Sò" not in csv
    assert desk.get("/so-bao-chi/so.docx").content.startswith(b"PK")
    assert post(desk, "/so-bao-chi", values | {"luc": "2027-01-01T08:00"}).status_code == 422
    assert post(desk, "/so-bao-chi", values | {"ten": "Trực"}).status_code == 422
    assert len(press.store.press_given(0, at("2028-01-01 00:00"))) == 1


def test_the_sheet_of_a_window_says_on_what_it_rests(press: Press, desk: TestClient) -> None:
    text = words(tree(desk, "/danh-gia"))
    assert "chưa được ban hành" in text and "Chưa chốt phiếu nào" in text
    article = press.article("Trường Hoa Phượng mở thư viện", "Thư viện phục vụ 200 em.")
    page = tree(desk, "/danh-gia?tu=2026-11-01&den=2026-11-30")
    text = words(page)
    assert "D45" in text and "chưa ai nhập" in text and "Phường Ái Quốc" in text
    assert page.cssselect(f"a[href='/tin-bai/{article.id}']")
    assert desk.get("/danh-gia?tu=2026-11-30&den=2026-11-01").status_code == 400
    assert desk.get("/danh-gia?phieu=evl_none").status_code == 404
