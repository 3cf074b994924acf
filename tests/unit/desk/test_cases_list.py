"""The list of cases, what is done to several at once, files, who was told, who is on duty, what is due on Hôm nay."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from alerts import cases
from store.model import Delivery, DeliveryState
from store.model_audit import Finding, Lapse
from store.model_case import CaseClock, CaseKind, CaseNow, CaseQuery, CaseRows, CaseState, EventKind, NewEvent, Severity
from store.model_notice import Notice, ReachTry
from store.model_roster import DutyList, DutyShift, Storm
from tests.unit.desk.case_desk import BASE, BY, HOUR, LIST, OTHER, THIRD, Office, office, seal
from tests.unit.desk.pages import words
from tests.unit.desk.test_hostile import ACTIVE, ATTACKS
from tests.unit.runner.checking_town import town

__all__ = ["office", "town"]  # fixtures, used by name


def labels(page: html.HtmlElement) -> list[str]:
    return re.findall(r"2026/\d{4}", " ".join(words(a) for a in page.cssselect("tbody .no a, .card .head a")))


def test_an_empty_list_says_what_would_be_here(office: Office) -> None:
    page = office.see(LIST)
    assert "Không có việc nào đang mở." in words(page) and page.cssselect('a[href="/viec-can-xu-ly/moi"]')
    assert "Bỏ lọc" in office.text(LIST + "?muc=khan")
    assert "Số việc viết như 2026/0012" in office.text(LIST + "?so=mot")
    for wrong in ("tinh_trang=la", "loai=la", "muc=la", "qua_han=2", "xem=anh", "sau=x", "don_vi=" + "a" * 300):
        assert office.client.get(f"{LIST}?{wrong}").status_code == 400


def test_one_filter_in_the_address_holds_for_the_table_and_the_board(office: Office) -> None:
    new = office.case(CaseKind.PRESS_REQUEST, severity=Severity.URGENT)
    taken = office.to(office.case(), "received")
    office.do(taken, cases.assign, THIRD)
    closed = office.do(office.case(), cases.close, "Đã trả lời trên trang của Sở.")
    number = lambda rows: rows.case.label  # noqa: E731
    assert set(labels(office.see(LIST))) == {number(new), number(taken)}
    for asked, found in (
        ("loai=press_request", new), ("muc=khan", new), ("tinh_trang=da_nhan", taken), ("nguoi=" + THIRD, taken),
        ("tinh_trang=ket_thuc", closed), (f"so={number(new)}", new), ("so=2", taken), ("so=3", closed),
    ):  # fmt: skip
        page = office.see(f"{LIST}?{asked}")
        assert labels(page) == [number(found)], asked
        board = next(a.get("href") for a in page.cssselect(".views a") if words(a) == "Cột theo trạng thái")
        if found is not closed and "so=" not in asked:
            assert labels(office.see(board)) == [number(found)], board
    assert "Không có việc nào hợp bộ lọc" in office.text(f"{LIST}?so=2&muc=khan")
    columns = office.see(LIST + "?xem=cot").cssselect(".board h2")
    assert [words(c) for c in columns][:2] == ["Mới (1)", "Đã nhận (1)"]


def test_clocks_read_as_words_with_the_exact_time_beside_them(office: Office) -> None:
    now = office.town.clock()
    office.case(CaseKind.PRESS_REQUEST)  # 24 hours from an hour ago
    late = office.case(CaseKind.PRESS_REQUEST, known_at=now - 26 * HOUR)
    page = office.see(LIST)
    times = page.cssselect("tbody time.left")
    assert [words(t) for t in times] == ["▲ quá hạn 2 giờ", "còn 23 giờ"]
    assert times[0].get("title", "").endswith("20/11/2026 10:00") and "late" in times[0].get("class", "")
    assert "1 việc quá hạn" in words(page)
    assert labels(office.see(LIST + "?qua_han=1")) == [late.case.label]
    staff = office.case(CaseKind.STAFF_REPORT)
    assert "giờ làm việc" in office.text(f"{LIST}?so={staff.case.label}") or "ngày làm việc" in office.text(LIST)


def test_pages_follow_one_another(office: Office) -> None:
    many(office, 120)
    seen, address = [], LIST
    while address:
        page = office.see(address)
        seen += labels(page)
        address = next((a.get("href") for a in page.cssselect("a") if words(a) == "Các việc tiếp theo"), "")
    assert len(seen) == len(set(seen)) == 120


def test_several_at_once_each_told_how_it_went(office: Office) -> None:
    fresh, taken, held = office.case(), office.to(office.case(), "received"), office.case(CaseKind.CITIZEN_REPORT)
    ids = [fresh.case.id, taken.case.id, held.case.id, "cas_khong"]
    page = office.see(LIST + "?loai=story")
    bulk = LIST + "/nhieu"
    status, _, shown = office.send(page, "", bulk, chon=ids, lam="nhan", ten=BY)
    assert status == 200
    lines = [words(li) for li in html.fromstring(shown).cssselect("ul.items li")]
    assert lines[0] == f"● {fresh.case.label}: đã ghi" and lines[2].endswith("đã ghi")
    assert "chỉ cần nhận một lần" in lines[1] and "không có việc này" in lines[3]
    assert 'href="/viec-can-xu-ly?loai=story"' in shown, "back to the same list"
    status, _, shown = office.send(page, "", bulk, chon=ids[:2], lam="giao", nguoi=THIRD, ten=BY)
    assert {office.rows(i).now.assignee for i in ids[:2]} == {THIRD}
    for typed, told in (
        ({"chon": [], "lam": "nhan"}, "Chưa chọn việc nào"), ({"chon": ids[:1], "lam": ""}, "Chọn một việc cần làm"),
    ):  # fmt: skip
        status, _, shown = office.send(page, "", bulk, **({"ten": BY} | typed))
        assert status == 422 and told in shown
    status, _, shown = office.send(page, "", bulk, chon=ids[:1], lam="ket-thuc", ly_do="ừ", ten=BY)
    assert "chưa được" in shown and office.rows(ids[0]).now.closed_at is None
    office.send(page, "", bulk, chon=ids[:2], lam="ket-thuc", ly_do="Đã trả lời trên trang của Sở.", ten=BY)
    assert all(office.rows(i).now.state is CaseState.CLOSED for i in ids[:2])
    values = {"the": seal(office.client.get(LIST).text), "lam": "xoa", "chon": ids[2], "ten": BY}
    assert office.client.post(bulk, data=values, headers={"Origin": BASE}).status_code == 400


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_in_titles_notes_names_and_files_stays_text(office: Office, attack: str) -> None:
    rows = office.to(office.case(title=attack, said={"question": attack, "outlet": attack}), "received")
    case_id = rows.case.id
    office.do(rows, cases.note, attack)
    office.do(rows, cases.telephoned, attack, attack)
    office.do(rows, cases.outside_label, "ttqg", attack, attack)
    office.do(rows, cases.instruct, OTHER, attack)
    office.do(rows, cases.draft, "phieu_trinh", title=attack, recipient=attack, fields={"la": attack})
    office.do(rows, cases.send_to, "office:sgddt_bgd", [attack])
    now = office.town.clock()
    notice = Notice("ntc_1", attack, case_id, attack, True, attack, (attack,), now, now)
    with office.store.transaction() as tx:
        tx.add_notices([notice])
        tx.note_reach([ReachTry(attack, attack, now, attack)])
        tx.note_findings([Finding(Lapse.LEAKED, case_id, "1", attack)], now)
    addresses = [
        LIST,
        LIST + "?xem=cot",
        f"{LIST}/{case_id}",
        "/bao-tin",
        f"/bao-tin?viec={case_id}",
        "/",
        "/lich-truc",
    ]
    for address in addresses:
        page = office.see(address)
        assert not page.cssselect(ACTIVE), address
        assert not [e for e in page.iter() for name in e.attrib if name.lower().startswith("on")], address
        for link in page.cssselect("a[href]"):
            assert link.get("href").startswith(("/", "#", "?", "http://", "https://")), address
    typed = {"ten": attack, "noi_dung": attack}
    status, _, shown = office.send(office.see(f"{LIST}/{case_id}"), "ghi-chu", **typed)
    assert status == 422 or attack.isascii()
    assert not html.fromstring(shown or "<p>").cssselect(ACTIVE)


def test_a_file_is_kept_under_a_name_of_ours_and_what_is_no_document_is_refused(office: Office) -> None:
    rows = office.to(office.case(), "received")
    page = office.see(f"{LIST}/{rows.case.id}")
    values = {"the": seal(html.tostring(page).decode()), "viec": rows.case.id, "phien": "3", "ten": BY}

    def send(name: str, data: bytes, **more: str) -> tuple[int, str]:
        answer = office.client.post(
            LIST + "/tep", data=values | more, files={"tep": (name, data)}, headers={"Origin": BASE}
        )
        return answer.status_code, answer.text

    for name, data, told in (
        ("a.exe", b"MZ", "chỉ kèm"), ("a.pdf", b"<html>", "nội dung không phải"), ("../../a.pdf", b"", "tệp rỗng"),
        ("<script>.pdf", b"%PDF-1", "không dùng được"),
    ):  # fmt: skip
        status, shown = send(name, data)
        assert status == 422 and told in shown and "<script>" not in shown, (name, shown[:400])
    assert send("b.pdf", b"%PDF-1", la="x")[0] == 400
    assert send("../x/báo cáo.pdf", b"%PDF-1.7 ok")[0] == 303
    (kept,) = office.rows(rows.case.id).files
    answer = office.client.get(f"{LIST}/{rows.case.id}/tep/{kept.id}")
    assert answer.content == b"%PDF-1.7 ok" and answer.headers["content-type"] == "application/pdf"
    assert f'filename="2026-0001-{kept.id}.pdf"' in answer.headers["content-disposition"]
    assert answer.headers["content-disposition"].startswith("attachment")
    assert office.client.get(f"{LIST}/{rows.case.id}/tep/cfl_khong").status_code == 404
    assert office.client.get(f"{LIST}/{rows.case.id}/van-ban/pap_khong/pdf").status_code == 404


def test_what_is_due_stands_on_the_first_page(office: Office) -> None:
    now = office.town.clock()
    assert "Đến hạn" not in office.text("/")
    late = office.to(office.case(CaseKind.PRESS_REQUEST, "Báo hỏi về học phí", known_at=now - 26 * HOUR), "received")
    office.case(CaseKind.STORY, "Việc còn xa", known_at=now)
    page = office.see("/")
    (band,) = page.cssselect(".dueband")
    assert "▲ quá hạn 2 giờ" in words(band) and "Báo hỏi về học phí" in words(band)
    (button,) = [a for a in band.cssselect("a.button") if late.case.id in a.get("href")]
    assert button.get("href") == f"{LIST}/{late.case.id}#lam-tra-loi" and words(button) == "Trả lời"
    assert office.see(f"{LIST}/{late.case.id}").get_element_by_id("lam-tra-loi").get("open") is not None
    (link,) = [a for a in page.cssselect("a.late") if "việc quá hạn" in words(a)]
    assert labels(office.see(link.get("href"))) == [late.case.label]


def test_who_was_told_and_what_does_not_arrive(office: Office) -> None:
    now = office.town.clock()
    rows = office.case()
    assert "Không có tin báo nào trong ngày này" in office.text("/bao-tin")
    told = Notice("ntc_a", "alarm", rows.case.id, "role:truc", True, "Quá hạn, việc 2026/0001", ("Trả lời lần đầu.",),
                  now - HOUR, now - HOUR, now - HOUR // 2)  # fmt: skip
    missed = replace(told, id="ntc_b", contact="role:chanh_van_phong", subject="Gấp, việc 2026/0001")
    base = Delivery("del_1", "ntc_a", "truc@so.example", "email", DeliveryState.SENT, now, "<1@x>", sent_at=now,
                    contact="role:truc")  # fmt: skip
    with office.store.transaction() as tx:
        tx.add_notices([told, missed])
        tx.add_deliveries([base, replace(
            base, id="del_2", event_id="ntc_b", recipient="0912000111", channel="sms", state=DeliveryState.FAILED,
            attempts=4, error="cổng tin nhắn không trả lời", contact="role:chanh_van_phong", message_id="<2@x>",
        )])  # fmt: skip
        tx.note_reach([ReachTry("", "sms", now - 2 * HOUR, "cổng tin nhắn không trả lời")])
        tx.note_findings([Finding(Lapse.NOT_DELIVERED, "ntc_b", "1", "Tin báo cho Chánh Văn phòng chưa tới.")], now)
    page = office.see("/bao-tin")
    text = words(page)
    first, second = [words(li) for li in page.cssselect("section:last-of-type > ul.items > li")][-2:]
    assert first.startswith("▲ trễ · Gấp") and "không gửi được" in first and "4 lần thử" in first
    assert "đã gửi" in second and "Chánh Văn phòng" in first and "Người trực" in second
    assert "Cả đường tin nhắn SMS: không liên lạc được từ 20/11/2026 10:00:00" in text
    assert "Tin báo cho Chánh Văn phòng chưa tới." in text and "1 điều còn thiếu" in text
    assert "truc@so.example" not in page.text_content() and "0912000111" not in page.text_content()
    assert "2 tin báo" in office.text(f"{LIST}/{rows.case.id}")
    assert "Gấp, việc" in office.text(f"/bao-tin?viec={rows.case.id}")
    assert "Gấp, việc" not in office.text("/bao-tin?ngay=2026-11-19")
    assert office.client.get("/bao-tin?ngay=la").status_code == 400


def test_who_is_on_duty_and_where_nobody_is(office: Office) -> None:
    now = office.town.clock()
    assert "Chưa có lịch trực" in office.text("/lich-truc")
    shift = DutyShift("dut_1", 1, "2026-11-20", now - HOUR, now + 3 * HOUR, OTHER, "0912000111", "", THIRD, "", "", "",
                      "", "", "B2")  # fmt: skip
    later = replace(shift, number=2, starts_at=now + 5 * HOUR, ends_at=now + 9 * HOUR, on_duty=BY, tel="")
    with office.store.transaction() as tx:
        tx.add_duty_list(DutyList("dut_1", now, BY, "lich.xlsx", "0" * 64, ("2026-11-20",), 2), [shift, later])
        tx.add_storm(Storm("brt_1", now - HOUR, now + 9 * HOUR, (), "Bão số 9 vào bờ", BY, now))
    page = office.see("/lich-truc")
    text = words(page)
    assert f"Người trực: {OTHER} (tin nhắn SMS)" in text and "Chế độ bão đang bật" in text
    assert "Chưa có người trực từ 20/11/2026 15:00:00 đến 20/11/2026 17:00:00" in text
    assert f"{BY} (Người trực): chưa có điện thoại" in text and "lich.xlsx" in text
    assert "0912000111" not in page.text_content() and not page.cssselect("form")


# ── many ────────────────────────────────────────────────────────────────────────────────────────────


def many(office: Office, count: int) -> None:
    """Cases as their events would leave them, without the events of each day."""
    now = office.town.clock()
    with office.store.transaction() as tx:
        for n in range(count):
            at = now - (n % 400) * HOUR
            case, _ = tx.add_case(CaseKind.STORY, "request", f"req_{n}", 2026, at)
            tx.add_case_events([NewEvent(case.id, EventKind.OPENED, at, BY, {"title": "Tin"}, "open")])
            state = list(CaseState)[n % 7]
            head = CaseNow(
                case.id, case.kind, state, f"Tin cần trả lời số {n}", Severity.NORMAL, f"office:p{n % 9}",
                THIRD if n % 2 else "", "11413", "", "local", held=False, opened_at=at, version=1, updated_at=at,
            )  # fmt: skip
            clock = CaseClock(case.id, "first_answer", "press_first_opinion_h", "", at, at + 24 * HOUR, None, None)
            tx.put_case(CaseRows(case, head, (clock, replace(clock, clock="close", due_at=at + 900 * HOUR))))


def test_the_number_of_questions_to_the_store_does_not_grow_with_the_cases(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = sqlite3.connect

    def traced(*args: Any, **more: Any) -> sqlite3.Connection:
        connection = real(*args, **more)
        connection.set_trace_callback(asked.append)
        return connection

    def count(address: str) -> int:
        asked.clear()
        assert office.client.get(address).status_code == 200
        return sum(not statement.startswith("PRAGMA") for statement in asked)

    monkeypatch.setattr(sqlite3, "connect", traced)  # the desk's threads connect when they are first used
    addresses = (LIST, LIST + "?xem=cot", LIST + "?qua_han=1", LIST + "?tinh_trang=tat_ca&nguoi=" + THIRD, "/")
    few = [(many(office, 200), count(address))[1] for address in addresses]
    lots = [(many(office, 5_000), count(address))[1] for address in addresses[:1]]
    lots += [count(address) for address in addresses[1:]]
    assert few == lots and 0 < max(lots) < 40
    shown = office.client.get(LIST + "?xem=cot").text
    assert sum(office.store.case_counts(CaseQuery()).values()) == 5_000
    assert len(shown) < 120 * 1024 and "Mới (" in shown


def test_an_auditor_that_does_not_live_is_told(office: Office) -> None:
    beat = office.town.deps.settings.home / "auditor.heartbeat"
    assert "chưa xem lần nào" in office.text("/bao-tin")
    for at, told in (
        (office.town.clock() - HOUR, "không chạy từ 20/11/2026 11:00:00"),
        (office.town.clock(), "không thấy"),
    ):
        beat.write_text(f'{{"at": {at}, "findings": {{}}}}', encoding="utf-8")
        assert told in office.text("/bao-tin")
    beat.write_text("hỏng", encoding="utf-8")
    assert "chưa xem lần nào" in office.text("/bao-tin")
