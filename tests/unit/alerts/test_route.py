"""Which office has it and why: the table that the department reads, case by case."""

from __future__ import annotations

from pathlib import Path

import pytest

from alerts.route import Route, Router, Subject, route
from alerts.route_files import load_router
from config.contacts import load_contacts
from config.offices import load_offices
from config.routing import load_routing
from store.model_case import CaseKind, Severity

HAI_AN = "11413"
STORY, SUSPECT, CONCERN = CaseKind.STORY, CaseKind.SUSPECT, CaseKind.CONCERN
ROUTER = Router(load_routing()[0], load_offices()[0], load_contacts()[0])
VP, COMMUNE, DIVISION = "office:sgddt_vp", f"commune:{HAI_AN}", "office:sgddt_phong"


def own(home: Path, **files: str) -> Router:
    for name, text in files.items():
        (home / f"{name}.yml").write_text(text, encoding="utf-8")
    router, errors = load_router(home)
    assert not errors, errors
    return router


def told(found: Route, words: str) -> bool:
    return any(words in line for line in found.because)


@pytest.mark.parametrize(
    ("subject", "owner", "role"),
    [
        (Subject(STORY), VP, "role:bao_chi"),
        (Subject(STORY, HAI_AN, level="thpt"), DIVISION, ""),
        (Subject(STORY, HAI_AN, level="lien_cap"), DIVISION, ""),
        (Subject(STORY, HAI_AN, level="gdtx"), DIVISION, ""),
        (Subject(STORY, HAI_AN, level="mam_non"), COMMUNE, ""),
        (Subject(STORY, HAI_AN, level="tieu_hoc", body="private"), COMMUNE, ""),
        (Subject(STORY, HAI_AN, level="thcs"), COMMUNE, ""),
        (Subject(STORY, HAI_AN, level="lien_cap_thcs"), COMMUNE, ""),
        (Subject(STORY, "", level="thcs"), VP, "role:bao_chi"),  # nobody knows which commune
        (Subject(STORY, HAI_AN, level="dai_hoc"), VP, "role:bao_chi"),
        (Subject(STORY, HAI_AN, ("tsdc",)), COMMUNE, ""),
        (Subject(STORY, HAI_AN, ("ts10",)), DIVISION, ""),
        (Subject(STORY, HAI_AN, ("daythem",)), VP, "role:bao_chi"),  # the inspectorate is gone, who does its work now
        (Subject(STORY, HAI_AN, ("nq71",), source="foreign"), "office:songoaivu", ""),
        (Subject(CaseKind.PRESS_REQUEST, HAI_AN, level="thpt"), VP, "role:bao_chi"),
        (Subject(CaseKind.PRESS_REQUEST, HAI_AN, source="foreign"), "office:songoaivu", ""),
        (Subject(SUSPECT, HAI_AN, level="thcs"), VP, "role:kiem_tra"),
        (Subject(SUSPECT, HAI_AN, source="foreign"), VP, "role:kiem_tra"),
        (Subject(CaseKind.STAFF_REPORT, HAI_AN, level="thcs"), COMMUNE, ""),
    ],
)
def test_who_has_it(subject: Subject, owner: str, role: str) -> None:
    found = ROUTER(subject)
    assert (found.owner, found.role, found.held) == (owner, role, False)
    assert len(found.because) >= 2 and not any("{" in line for line in (*found.because, *found.passed_over))
    if owner != VP:
        assert VP in found.copies  # D75: Văn phòng Sở follows


def test_universities_are_for_information_only_by_level_and_by_theme() -> None:
    assert ROUTER(Subject(STORY, HAI_AN, level="dai_hoc")).information_only
    assert ROUTER(Subject(STORY, HAI_AN, ("daihoc",))).information_only
    assert not ROUTER(Subject(STORY, HAI_AN, ("tnthpt", "daihoc"))).information_only  # the chief theme decides
    assert not ROUTER(Subject(SUSPECT, HAI_AN, level="dai_hoc")).information_only


def test_a_suspect_is_handed_to_the_department_of_culture_only_by_a_document_of_a_person() -> None:
    found = ROUTER(Subject(SUSPECT, HAI_AN, level="thcs"))
    assert found.propose == ("office:svhttdl",) and not found.copies
    assert told(found, "Đề xuất chuyển bằng văn bản, người quyết định: Sở Văn hóa, Thể thao và Du lịch.")


def test_other_fields_are_proposed_never_sent() -> None:
    police = ROUTER(Subject(STORY, HAI_AN, ("antoan_gt",)))
    assert police.owner == VP and police.propose == ("office:congan",) and not police.copies
    assert ROUTER(Subject(STORY, HAI_AN, ("dichbenh",))).propose == ("office:sobannganh",)
    urgent = ROUTER(Subject(STORY, HAI_AN, level="thpt", severity=Severity.URGENT))
    assert urgent.propose == ("office:vpubndtp",) and told(urgent, "điện thoại")


def test_the_checking_role_follows_its_holder(tmp_path: Path) -> None:
    router = own(tmp_path, contacts="contacts:\n  role:kiem_tra: {holder: office:sgddt_phong}\n")
    found = router(Subject(SUSPECT, HAI_AN))
    assert (found.owner, found.role) == (DIVISION, "role:kiem_tra") and told(
        found, "hiện do Các phòng thuộc Sở GDĐT giữ"
    )


def test_an_own_division_takes_its_level(tmp_path: Path) -> None:
    router = own(
        tmp_path,
        offices="offices:\n  p_trunghoc: {name: Phòng Trung học, level: division, under: sgddt}\n",
        routing="divisions: {thpt: p_trunghoc}\n",
    )
    assert router(Subject(STORY, HAI_AN, level="thpt")).owner == "office:p_trunghoc"
    assert router(Subject(STORY, HAI_AN, level="gdtx")).owner == DIVISION


def test_abolished_bodies_lead_to_who_does_their_work_and_say_so(tmp_path: Path) -> None:
    router = own(
        tmp_path,
        routing="rules:\n  aa: {name: A, when: {themes: [ts10]}, owner: office:phonggddt}\n"
        "  bb: {name: B, when: {themes: [hsg]}, owner: office:stttt}\n"
        "  cc: {name: C, when: {themes: [baoluc]}, owner: office:bvhttdl_btttt}\n",
    )
    found = router(Subject(STORY, HAI_AN, ("ts10",)))
    assert found.owner == COMMUNE and told(found, "Phòng Giáo dục và Đào tạo quận, huyện không còn")
    assert router(Subject(STORY, HAI_AN, ("hsg",))).owner == "office:svhttdl"
    nobody = router(Subject(STORY, HAI_AN, ("baoluc",)))
    assert nobody.owner == DIVISION and nobody.rule == "chuyen_muc" and told(nobody, "chưa ghi ai làm thay")


def test_a_rule_that_can_name_nobody_is_passed_over_with_its_reason() -> None:
    found = ROUTER(Subject(STORY, "", level="thcs"))
    assert found.rule == "" and told(found, "Chưa rõ xã, phường, đặc khu nào")
    assert any("(xa_quan_ly)" in line for line in found.passed_over)


def test_a_named_school_that_is_known_gets_a_copy_of_what_is_no_complaint(tmp_path: Path) -> None:
    text = "contacts:\n  'school:THCS Bến Lặng': {name: Trường THCS Bến Lặng, addresses: [email: bl@truong.example]}\n"
    router = own(tmp_path, contacts=text)
    known = router(Subject(STORY, HAI_AN, level="thcs", school="Trường THCS Bến Lặng"))
    assert known.owner == COMMUNE and "school:thcs bến lặng" in known.copies
    unknown = router(Subject(STORY, HAI_AN, level="thcs", school="Trường THCS Bến Xa"))
    assert unknown.copies == (VP,) and told(unknown, "chưa có trong danh bạ liên hệ")


def test_whoever_cannot_be_reached_is_named(tmp_path: Path) -> None:
    router = own(tmp_path, contacts=f"contacts:\n  {VP}: {{addresses: [email: vp@so.example]}}\n")
    found = router(Subject(STORY, HAI_AN, level="thcs"))
    assert found.unreachable == (COMMUNE,) and told(found, "UBND phường Hải An chưa có địa chỉ")


def test_it_is_a_pure_function() -> None:
    subject = Subject(STORY, HAI_AN, ("tsdc",), level="thcs", critical=True, about=(COMMUNE,))
    assert route(subject, ROUTER.rules, ROUTER.world.offices, ROUTER.world.contacts) == ROUTER(subject)
