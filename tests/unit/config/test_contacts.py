"""Contacts: everybody has an entry, nobody a real address; one faulty entry costs only itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.contacts import Address, Contacts, load_contacts, reach, school_key, way, without_address
from store.errors import ConfigError

SHIPPED, _ = load_contacts()


def loaded(home: Path, text: str) -> tuple[Contacts, list[ConfigError]]:
    (home / "contacts.yml").write_text("contacts:\n" + text, encoding="utf-8")
    return load_contacts(home)


def test_every_commune_and_every_active_office_has_a_contact_and_nobody_an_address() -> None:
    assert sum(k.startswith("commune:") for k in SHIPPED) == 114
    assert "office:sgddt_vp" in SHIPPED and "office:thanhtra" not in SHIPPED
    assert set(without_address(SHIPPED)) == set(SHIPPED)


def test_the_checking_role_is_held_by_the_department_office_until_somebody_else_is_named(tmp_path: Path) -> None:
    assert SHIPPED["role:kiem_tra"].holder == "office:sgddt_vp"
    found, errors = loaded(tmp_path, "  role:kiem_tra: {holder: office:sgddt_phong}\n")
    assert not errors and found["role:kiem_tra"].holder == "office:sgddt_phong"
    assert found["role:kiem_tra"].name == SHIPPED["role:kiem_tra"].name


def test_whom_we_command_and_whom_we_only_follow() -> None:
    ours = {k for k, c in SHIPPED.items() if c.commanded}
    assert {"office:sgddt_vp", "office:sgddt_bgd", "office:sgddt_phong", "role:truc"} <= ours
    assert not ours & {"office:songoaivu", "office:ubndtp", "office:cosogd", "commune:11413", "office:svhttdl"}


def test_addresses_are_tried_in_their_order_then_the_substitute_then_who_holds_the_role(tmp_path: Path) -> None:
    found, errors = loaded(
        tmp_path,
        "  role:truc: {substitute: role:chanh_van_phong, addresses: [sms: '0900000001', email: truc@so.example]}\n"
        "  office:sgddt_vp: {addresses: [email: vp@so.example]}\n",
    )
    assert not errors
    assert found["role:truc"].addresses == (Address("sms", "0900000001"), Address("email", "truc@so.example"))
    assert way(found, "role:truc") == ("role:truc", "role:chanh_van_phong", "office:sgddt_vp")
    assert reach(found, "role:truc", frozenset({"role:truc"})) is found["office:sgddt_vp"]
    assert reach(found, "role:truc", frozenset({"role:truc", "office:sgddt_vp"})) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  office:khong_co: {name: X}\n", "no office is called 'khong_co'"),
        ("  office:thanhtra: {name: X}\n", "no longer does this work"),
        ("  commune:99999: {name: X}\n", "no unit has the code 99999"),
        ("  'school:THPT A@99999': {name: X}\n", "no unit has the code 99999"),
        ("  ai_do: {name: X}\n", "no key of a contact"),
        ("  role:moi: {}\n", "has no name"),
        ("  role:truc: 5\n", "has no lines of its own"),
        ("  role:truc: {quiet: ['22:00', '22:00']}\n", "two different times"),
        ("  role:truc: {quiet: ['25:00', '06:00']}\n", "two different times"),
        ("  role:truc: {quiet: ['22:00']}\n", "two different times"),
        ("  role:truc: {addresses: [email: khong-phai]}\n", "no address for email"),
        ("  role:truc: {addresses: [email: a..b@so.example]}\n", "no address for email"),
        ("  role:truc: {addresses: [sms: 'goi toi']}\n", "no address for sms"),
        ("  role:truc: {addresses: [webhook: 'ftp://x.example']}\n", "no address for webhook"),
        ("  role:truc: {addresses: [email: a@so.example, email: a@so.example]}\n", "the same email twice"),
        ("  role:truc: {addresses: [{email: a@so.example, sms: '0900000001'}]}\n", "2 addresses on one line"),
        ("  role:truc: {addresses: [fax: '02253']}\n", "addresses"),
        ("  role:truc: {colour: red}\n", "unknown key `colour`"),
        ("  role:truc: {substitute: role:khong_co}\n", "names no contact"),
        ("  role:truc: {substitute: role:truc}\n", "lead back to itself"),
        ("  role:truc: {holder: commune:11413}\n", "is no office"),
        ("  office:sgddt_vp: {holder: office:sgddt_bgd}\n", "is no role and has a holder"),
    ],
)
def test_each_fault_has_its_line_and_costs_only_its_own_entry(tmp_path: Path, text: str, said: str) -> None:
    found, errors = loaded(tmp_path, "  office:sgddt_bgd: {addresses: [email: bgd@so.example]}\n" + text)
    assert len(errors) == 1, errors
    assert said in errors[0].what and errors[0].where.endswith("contacts.yml:3") and errors[0].fix
    assert found["office:sgddt_bgd"].addresses  # nothing else was lost
    assert found["role:truc"] == SHIPPED["role:truc"]


def test_substitutes_in_a_circle_are_all_named(tmp_path: Path) -> None:
    text = (
        "  role:mot: {name: Một, substitute: role:hai}\n"
        "  role:hai: {name: Hai, substitute: role:ba}\n"
        "  role:ba: {name: Ba, substitute: role:mot}\n"
    )
    found, errors = loaded(tmp_path, text)
    assert [e.where.rsplit(":", 1)[1] for e in errors] == ["2", "3", "4"]
    assert all("lead back to itself" in e.what for e in errors) and not {"role:mot", "role:hai"} & set(found)


def test_a_fault_never_shows_the_address_that_may_carry_a_key(tmp_path: Path) -> None:
    _, errors = loaded(tmp_path, "  role:truc: {addresses: [webhook: 'https://k3y:s3cr3t@x.example/h']}\n")
    _, more = loaded(tmp_path, "  role:truc: {addresses: 's3cr3t://abc'}\n")
    assert errors and more and not any("s3cr3t" in str(e) for e in (*errors, *more))


@pytest.mark.parametrize("text", ["contacts: 5\n", "contact: {}\n", "- a\n", "contacts:\n  a: {\n", "\xff"])
def test_a_file_without_a_frame_leaves_the_shipped_contacts(tmp_path: Path, text: str) -> None:
    (tmp_path / "contacts.yml").write_text(text, encoding="latin-1")
    found, errors = load_contacts(tmp_path)
    assert len(errors) == 1 and found == SHIPPED


def test_a_key_twice_is_told_and_the_first_stands(tmp_path: Path) -> None:
    text = "  role:truc: {addresses: [email: a@so.example]}\n  role:truc: {addresses: [email: b@so.example]}\n"
    found, errors = loaded(tmp_path, text)
    assert "stands there twice" in errors[0].what and found["role:truc"].addresses[0].to == "a@so.example"


def test_a_school_is_found_however_its_name_is_written(tmp_path: Path) -> None:
    text = "  'school:Trường  THPT Sao Mai@11413': {name: Trường THPT Sao Mai, addresses: [email: s@m.example]}\n"
    found, errors = loaded(tmp_path, text)
    assert not errors and school_key("thpt SAO MAI", "11413") in found
    assert school_key("Trường Tiểu học Hoà Bình") == school_key("tiểu học Hòa Bình")


def test_an_own_office_gets_a_contact_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "offices.yml").write_text(
        "offices:\n  phong_gdtrh: {name: Phòng Giáo dục Trung học A, level: division, under: sgddt}\n", encoding="utf-8"
    )
    found, errors = loaded(tmp_path, "  office:phong_gdtrh: {addresses: [email: trh@so.example]}\n")
    assert not errors and found["office:phong_gdtrh"].commanded and found["office:phong_gdtrh"].name.startswith("Phòng")
