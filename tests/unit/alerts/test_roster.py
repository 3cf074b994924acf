"""Lịch trực from spreadsheets, as departments write them and as somebody hostile would; who is on duty at a moment."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from alerts.roster import DEPUTY, LEADER, TRUC, Roster, gaps, on_duty, overlaps, unreachable
from alerts.roster_file import read_file
from alerts.roster_sheet import RosterFault, read_roster
from config.contacts import Address, load_contacts, reach
from store.errors import InputError
from store.model_roster import DutyShift, Leave

CONTACTS, _ = load_contacts()
HOUR = 3_600_000
HEAD = "Ngày,Ca,Người trực,Điện thoại,Email,Trực phó,Lãnh đạo trực\n"


def ms(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)


def book(*rows: tuple[object, ...], merge: tuple[str, ...] = (), title: str = "Tuan48") -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for span in merge:
        sheet.merge_cells(span)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def faults(name: str, data: bytes) -> str:
    with pytest.raises(InputError) as bad:
        read_roster(read_file(name, data))
    return str(bad.value)


def test_a_spreadsheet_as_departments_write_it() -> None:
    data = book(
        ("LỊCH TRỰC TUẦN 48", None),
        (None,),
        ("Thứ, ngày", "Ca trực", "Họ và tên", "SĐT", "E-mail", "Trực phó", "Lãnh đạo trực"),
        (
            dt.date(2026, 11, 23),
            "7h - 19h",
            "Lê Thị Sóng",
            912000111,
            "song@haiphong.example",
            "Ngô Văn Neo",
            "Vũ Thị Buồm",
        ),
        (None, "19h00 – 7h00", "Trần Văn Cảng", "0912 000 222", None, None, None),
        ("Thứ Ba 24/11/2026", "cả ngày", "Phạm Thị Lái", "+84912000333", None, None, None),
        (None,),
        ("Ghi chú: đổi ca báo Văn phòng", None),
        merge=("A4:A5", "G4:G6"),
    )
    read = read_roster(read_file("lich.xlsx", data))
    assert [(s.day, s.on_duty, s.tel, s.leader) for s in read.shifts] == [
        ("2026-11-23", "Lê Thị Sóng", "0912000111", "Vũ Thị Buồm"),
        ("2026-11-23", "Trần Văn Cảng", "0912000222", "Vũ Thị Buồm"),
        ("2026-11-24", "Phạm Thị Lái", "+84912000333", "Vũ Thị Buồm"),
    ]
    assert read.shifts[1].starts_at == ms("2026-11-23 19:00") and read.shifts[1].ends_at == ms("2026-11-24 07:00")
    assert read.shifts[2].ends_at - read.shifts[2].starts_at == 24 * HOUR and read.shifts[0].place == "Tuan48!C4"
    assert read.days == ("2026-11-23", "2026-11-24")


def test_hours_in_two_columns_as_times_of_a_spreadsheet() -> None:
    data = book(
        ("Ngày", "Từ giờ", "Đến giờ", "Người trực"), (dt.date(2026, 11, 23), dt.time(17, 30), dt.time(7), "Lê Sóng")
    )
    (shift,) = read_roster(read_file("a.xlsx", data)).shifts
    assert (shift.starts_at, shift.ends_at) == (ms("2026-11-23 17:30"), ms("2026-11-24 07:00"))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_with_any_usual_mark_and_a_byte_order_mark(mark: str) -> None:
    text = HEAD + "23/11/2026,07:00-19:00,Lê Thị Sóng,0912000111,,,\n"
    (shift,) = read_roster(read_file("a.csv", b"\xef\xbb\xbf" + text.replace(",", mark).encode())).shifts
    assert (shift.on_duty, shift.place) == ("Lê Thị Sóng", "dòng 2, cột C")


def test_every_fault_is_told_at_once_with_its_cell() -> None:
    rows = "23/11,07:00-19:00,Lê Thị Sóng,0912000111,,,\n31/02/2026,7-25,,12,song@,,\n"
    told = faults("a.csv", (HEAD + rows).encode())
    for said in ("dòng 2, cột A: '23/11' chưa rõ ngày", "dòng 3, cột A: '31/02/2026' không có ngày này",
                 "dòng 3, cột B: '7-25' chưa rõ giờ", "dòng 3, cột C: thiếu tên", "dòng 3, cột D: '12' không phải số",
                 "dòng 3, cột E: 'song@' không phải địa chỉ"):  # fmt: skip
        assert said in told


def test_a_formula_is_refused_where_it_stands_and_never_reckoned() -> None:
    data = book(("Ngày", "Ca", "Người trực"), (dt.date(2026, 11, 23), "7h-19h", '=WEBSERVICE("http://x.example")'))
    assert "Tuan48!C2: là công thức" in faults("a.xlsx", data)
    assert "dòng 2, cột C: là công thức" in faults("a.csv", b"Ngay,Ca,Nguoi truc\n23/11/2026,7h-19h,=1+1\n")


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(("Ngày", "Ca", "Người trực")))) as good, \
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad:  # fmt: skip
        for name in good.namelist():
            bad.writestr(name, parts.pop(name.rsplit("/", 1)[-1].replace(".", "_"), None) or good.read(name))
        for name, body in parts.items():
            bad.writestr(name.replace("__", "/").replace("_", "."), body)
    return out.getvalue()


_BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
_FAR = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'  # noqa: E501


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "tệp rỗng"),
        (b"x" * 2_000_001, "lớn quá 2 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "dạng .xls cũ"),
        (b"PK\x03\x04 nothing", "hỏng"),
        (b"\xff\xfeN\x00g\x00", "không phải UTF-8"),
        (b"a\x00b,c\n", "không phải bảng"),
        (package(bomb_xml=b"0" * 13_000_000), "giải nén ra lớn bất thường"),
        (package(xl__vbaProject_bin=b"x"), "có macro"),
        (package(sharedStrings_xml=_BOMB), "hỏng"),
        (package(sheet1_xml=_BOMB), "hỏng"),
        (package(sheet1_xml=_FAR), "không thấy dòng tiêu đề"),
        (package(sheet1_xml=b"<worksheet"), "hỏng"),
        (package(workbook_xml=b"<a/>"), "không thấy dòng tiêu đề"),
        ((HEAD + "23/11/2026,7h-19h,Lê Sóng,,,,\n" * 900).encode(), "nhiều hơn 800 dòng"),
        (("Ngày," * 40).encode(), "30 cột"),
        (HEAD.encode() + b"23/11/2026,7h-19h," + b"a" * 400, "dài quá 300 ký tự"),
        (b'Ngay,Ca\n"unclosed', "hỏng"),
        ("một,hai\n".encode(), "không thấy dòng tiêu đề"),
        ("Ngày,Người trực\n".encode(), "thiếu cột “Ca”"),
        (HEAD.encode(), "không có ca trực nào"),
        ((HEAD + "23/11/2026,7h-19h,Lê Sóng,,,,\n" * 2).encode(), "trùng hẳn với ca ở dòng 2"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason(data: bytes, said: str) -> None:
    assert said in faults("a", data)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes, packed: bool) -> None:
    with contextlib.suppress(InputError):
        read_roster(read_file("a", (b"PK\x03\x04" if packed else HEAD.encode()) + data))


# ── who is on duty ──────────────────────────────────────────────────────────────────────────────────


def shift(begins: int, ends: int, who: str = "Lê Thị Sóng", number: int = 1, **changed: str) -> DutyShift:
    one = DutyShift("l", number, "2026-11-23", begins, ends, who, "0912000111", "", "Ngô Văn Neo", "", "",
                    "Vũ Thị Buồm", "0912000999", "", f"B{number}")  # fmt: skip
    return replace(one, **changed)  # type: ignore[arg-type]


def test_a_notice_to_the_role_reaches_whoever_is_on_duty_then() -> None:
    roster = Roster([shift(0, 10), shift(10, 20, "Trần Văn Cảng", tel="0912000222")])
    assert on_duty(CONTACTS, roster, 9)[TRUC].addresses == (Address("sms", "0912000111"),)
    assert on_duty(CONTACTS, roster, 10)[TRUC].addresses == (Address("sms", "0912000222"),)
    assert on_duty(CONTACTS, roster, 10)[LEADER].addresses == (Address("sms", "0912000999"),)
    assert on_duty(CONTACTS, roster, 20)[TRUC] == CONTACTS[TRUC]
    assert "Trần Văn Cảng" in on_duty(CONTACTS, roster, 10)[TRUC].name


def test_two_on_duty_at_once_are_both_told_and_a_name_without_a_telephone_falls_to_the_role() -> None:
    both = Roster([shift(0, 10), shift(5, 15, "Trần Văn Cảng", 2, tel="0912000222")])
    assert [a.to for a in on_duty(CONTACTS, both, 7)[TRUC].addresses] == ["0912000111", "0912000222"]
    with_role = {**CONTACTS, DEPUTY: replace(CONTACTS[DEPUTY], addresses=(Address("sms", "0912000777"),))}
    assert [a.to for a in on_duty(with_role, both, 7)[DEPUTY].addresses] == ["0912000777"]
    assert unreachable(CONTACTS, both.shifts)[0][2] == "Ngô Văn Neo" and unreachable(with_role, both.shifts) == []


def test_who_is_on_leave_is_stood_in_for_and_a_circle_ends() -> None:
    away = Leave("1", "Lê Thị Sóng", 0, 8, "Trần Văn Cảng", "0912000222", "", "đi học", "x", 1)
    back = replace(away, id="2", who="Trần Văn Cảng", substitute="Lê Thị Sóng", tel="")
    one = Roster([shift(0, 10)], [away])
    assert [on_duty(CONTACTS, one, at)[TRUC].addresses[0].to for at in (7, 8)] == ["0912000222", "0912000111"]
    assert on_duty(CONTACTS, Roster([shift(0, 10)], [away, back]), 7)[TRUC].addresses[0].to == "0912000222"
    known = Roster([shift(0, 10), shift(10, 20, "Trần Văn Cảng", tel="0912000222")], [replace(away, tel="")])
    assert on_duty(CONTACTS, known, 7)[TRUC].addresses[0].to == "0912000222"  # the list knows the telephone


def test_a_role_on_leave_goes_to_the_contact_that_stands_in() -> None:
    contacts = {**CONTACTS, DEPUTY: replace(CONTACTS[DEPUTY], addresses=(Address("sms", "0912000777"),))}
    away = Leave("1", "role:chanh_van_phong", 0, 8, DEPUTY, "", "", "họp", "x", 1)
    found = on_duty(contacts, Roster(leaves=[away]), 7)
    told = reach(found, "role:chanh_van_phong")
    assert told is not None and told.addresses[0].to == "0912000777"


def test_holes_and_overlaps_of_a_list() -> None:
    shifts = [shift(0, 10 * HOUR), shift(12 * HOUR, 20 * HOUR, number=2), shift(19 * HOUR, 24 * HOUR, number=3)]
    assert gaps(shifts, 0, 26 * HOUR) == [(10 * HOUR, 12 * HOUR), (24 * HOUR, 26 * HOUR)]
    assert [(a.number, b.number) for a, b in overlaps(shifts)] == [(2, 3)]
    assert gaps([], 5, 5) == [] and gaps([shift(0, 10 * HOUR)], 2 * HOUR, 9 * HOUR) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=8))
def test_holes_are_exactly_the_minutes_without_anybody(spans: list[tuple[int, int]]) -> None:
    minute = 60_000
    shifts = [shift(a * minute, (a + n) * minute, number=i) for i, (a, n) in enumerate(spans)]
    found = gaps(shifts, 0, 90 * minute)
    for at in range(90):
        held = any(s.starts_at <= at * minute < s.ends_at for s in shifts)
        assert held != any(a <= at * minute < b for a, b in found)


def test_a_fault_class_keeps_every_line_of_its_own() -> None:
    with pytest.raises(RosterFault) as bad:
        read_roster(read_file("a.csv", (HEAD + "x,y,,,,,\n").encode()))
    assert len(bad.value.faults) == 3
