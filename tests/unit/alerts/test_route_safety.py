"""The two promises of routing, over every combination: the accused hear nothing, nobody judges their own office.

The world here is the worst one: everybody has an address, the checking role is held by each office in turn, an own rule
sends everything to the one accused, and some share a mailbox.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.route import Route, Router, Subject
from alerts.route_words import LEVELS, SOURCES
from config.contacts import Address, Contact, load_contacts, reach, way
from config.offices import load_offices
from config.routing import Rule, load_routing
from store.model_case import CaseKind, Severity

ROOT = Path(__file__).resolve().parents[3]
HAI_AN, OTHER = "11413", "11948"
VP, BGD, SO, CITY = "office:sgddt_vp", "office:sgddt_bgd", "office:sgddt", "office:ubndtp"
SCHOOL = "Trường THCS Bến Lặng"
SCHOOL_KEY = "school:thcs bến lặng"
ABOUT = (
    VP, BGD, SO, CITY, "office:sgddt_phong", "office:cttp", "office:songoaivu", "office:svhttdl", "office:bgddt",
    "office:thanhtra", "office:ubndxa", "office:phonggddt", "office:phongvhxh", "office:cosogd", "role:kiem_tra",
    "role:chanh_van_phong", f"commune:{HAI_AN}", SCHOOL_KEY, "school:trường lạ",
)  # fmt: skip
HOLDERS = (VP, "office:sgddt_phong", "office:svhttdl")
OFFICES = load_offices()[0]
RULES = load_routing()[0]


def world(holder: str = VP, *, shared: str = "", rule: Rule | None = None) -> Router:
    """Everybody with an address. ``shared``: a key that reads the mailbox of the school as well."""
    found = {
        k: replace(c, addresses=(Address("email", f"n{n}@so.example"),))
        for n, (k, c) in enumerate(load_contacts()[0].items())
    }
    own = Address("email", "ben-lang@truong.example")
    found[SCHOOL_KEY] = Contact(SCHOOL_KEY, SCHOOL, (own,), substitute=f"commune:{HAI_AN}")
    found["school:thcs bến lặng@11413"] = Contact("school:thcs bến lặng@11413", SCHOOL, (own,))
    found["role:kiem_tra"] = replace(found["role:kiem_tra"], holder=holder)
    if shared:
        found[shared] = replace(found[shared], addresses=(own,))
    rules = replace(RULES, rules={"cua_so": rule, **RULES.rules}) if rule else RULES
    return Router(rules, OFFICES, found)


WORLDS = (
    *(world(h) for h in HOLDERS),
    world(rule=Rule(name="Mọi việc về nơi xảy ra", owner="place", copies=("school", "office:phongvhxh"))),
    world(rule=Rule(name="Mọi việc về trường", owner="school", copies=("place", "office:sgddt_phong", VP))),
    world(rule=Rule(name="Mọi việc về nơi khác", owner=f"commune:{OTHER}", propose=("place", "school"))),
    world("office:sgddt_phong", shared="office:sgddt_phong"),
)


def told(router: Router, route: Route) -> set[str]:
    """Every contact that any try to tell somebody may come to: owner, role and copies, with all who stand in."""
    keys = {k for start in (route.tell, *route.copies) for k in way(router.world.contacts, start, route.kept_from)}
    return keys | set(route.propose)


def accused_mailboxes(router: Router, *keys: str) -> set[Address]:
    contacts = router.world.contacts
    return {a for k in keys if k in contacts for a in contacts[k].addresses}


SUBJECTS = [
    Subject(kind, place, theme, (), level, "", school, about, critical, Severity.URGENT)
    for kind, place, theme, level, school, about, critical in product(
        CaseKind, (HAI_AN, ""), ((), ("antoan_truong",)), ("thcs", "thpt"), (SCHOOL, ""),
        ((), *((key,) for key in ABOUT)), (False, True),
    )
]  # fmt: skip


def meant(subject: Subject) -> set[str]:
    """The accused, worked out here without the code that is tested."""
    keys = set(subject.about)
    if keys & {"office:ubndxa", "office:phonggddt", "office:phongvhxh"}:
        keys |= {f"commune:{subject.place}"} if subject.place else {f"commune:{HAI_AN}", f"commune:{OTHER}"}
    if "office:cosogd" in keys or not keys:
        keys |= {SCHOOL_KEY, SCHOOL_KEY + "@11413"} if subject.school else set()
    if SCHOOL_KEY in keys:
        keys.add(SCHOOL_KEY + "@11413")
    if "office:thanhtra" in keys or "role:chanh_van_phong" in keys:
        keys.add(VP)
    return keys


@pytest.mark.parametrize("number", range(len(WORLDS)))
def test_no_complaint_leaves_the_department_or_reaches_the_accused_before_its_release(number: int) -> None:
    router = WORLDS[number]
    for subject in SUBJECTS:
        if subject.kind not in (CaseKind.CONCERN, CaseKind.CITIZEN_REPORT) and not subject.critical:
            continue
        route = router(subject)
        assert route.held and route.masked
        reached = told(router, route)
        accused = meant(subject)
        assert not reached & accused, (subject, route)
        assert not accused_mailboxes(router, *reached) & accused_mailboxes(router, *accused), (subject, route)
        assert all(router.world.inside(k) for k in reached), (subject, route)
        assert not route.propose
        if subject.kind is not CaseKind.SUSPECT and not accused & {VP} and subject.about != ("role:kiem_tra",):
            assert route.owner == VP, (subject, route)


@pytest.mark.parametrize("number", range(len(WORLDS)))
def test_nobody_has_or_judges_a_claim_about_their_own_office(number: int) -> None:
    router = WORLDS[number]
    for subject in SUBJECTS:
        if not subject.about:
            continue
        for by in ("", "Trần Thị Mực") if subject.complaint else ("",):
            route = router(subject, by)
            accused = meant(subject)
            if subject.about == ("role:kiem_tra",):
                accused.add(router.world.contacts["role:kiem_tra"].holder)
            assert route.owner not in accused and route.role not in accused, (subject, route)
            assert route.judge not in accused, (subject, route)
            if not by:
                assert not told(router, route) & accused, (subject, route)
            if accused & {SO, BGD}:
                assert not router.world.inside(route.judge), (subject, route)
            if accused & {CITY, "office:cttp"}:
                assert route.judge == "office:bgddt", (subject, route)


@pytest.mark.parametrize(
    ("about", "owner", "judge", "reason"),
    [
        (VP, BGD, BGD, "không tự kết luận"),
        ("role:chanh_van_phong", BGD, BGD, "không tự kết luận"),
        ("office:thanhtra", BGD, BGD, "không tự kết luận"),  # its work is with Văn phòng Sở now
        (SO, VP, CITY, "mới được kết luận"),
        (BGD, VP, CITY, "mới được kết luận"),
        (CITY, VP, "office:bgddt", "mới được kết luận"),
        ("office:sgddt_phong", VP, VP, ""),
    ],
)
def test_a_suspect_about_the_office_that_checks_goes_to_the_next_body_up(
    about: str, owner: str, judge: str, reason: str
) -> None:
    route = WORLDS[0](Subject(CaseKind.SUSPECT, HAI_AN, about=(about,)))
    assert (route.owner, route.judge) == (owner, judge)
    assert any(reason in line for line in route.because)
    assert about not in route.copies


def test_where_everybody_above_is_spoken_of_somebody_must_be_named() -> None:
    about = (VP, BGD, SO, CITY, "office:bgddt")
    route = WORLDS[0](Subject(CaseKind.SUSPECT, HAI_AN, about=about))
    assert route.judge == "" and route.owner not in about
    assert any("phải chỉ định người kết luận" in line for line in route.because)


def test_a_release_needs_a_name_and_lets_only_masked_copies_go() -> None:
    concern = Subject(CaseKind.CONCERN, HAI_AN, level="thcs", school=SCHOOL)
    for nobody in ("", "   "):
        assert WORLDS[0](concern, nobody).held
    route = WORLDS[0](concern, "Trần Thị Mực")
    assert not route.held and route.masked and route.owner == f"commune:{HAI_AN}"
    assert "school:thcs bến lặng@11413" in route.copies and VP in route.copies
    assert any("Trần Thị Mực đã cho chuyển" in line and "đã che" in line for line in route.because)
    assert any("để giải trình" in line for line in route.because)


def test_a_released_complaint_about_the_commune_stays_with_the_department_office_and_the_commune_explains() -> None:
    commune = f"commune:{HAI_AN}"
    route = WORLDS[0](Subject(CaseKind.CONCERN, HAI_AN, level="thcs", about=(commune,)), "Trần Thị Mực")
    assert route.owner == route.judge == VP and commune in route.copies


def test_who_stands_in_for_somebody_else_is_no_way_round() -> None:
    """The accused as a substitute: the case waits visibly rather than reaching them."""
    contacts = dict(WORLDS[0].world.contacts)
    contacts[BGD] = replace(contacts[BGD], addresses=(), substitute=VP)
    router = Router(RULES, OFFICES, contacts)
    route = router(Subject(CaseKind.CONCERN, HAI_AN, about=(VP,)))
    assert route.owner == BGD and route.unreachable == (BGD,)
    assert reach(contacts, BGD, route.kept_from) is None


def test_a_list_of_all_communes_is_the_accused_commune_too() -> None:
    everybody = Rule(name="Mọi xã", owner=VP, copies=("office:dtt", f"commune:{OTHER}"))
    router = world(rule=everybody)
    assert f"commune:{OTHER}" in router(Subject(CaseKind.SUSPECT, HAI_AN)).copies
    about = router(Subject(CaseKind.SUSPECT, HAI_AN, about=(f"commune:{HAI_AN}",)))
    assert about.copies == (f"commune:{OTHER}",)  # another commune is not accused
    assert {"office:dtt", "office:ubndxa", f"commune:{HAI_AN}"} <= about.kept_from


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(CaseKind), place=st.sampled_from(("", HAI_AN, OTHER)),
    themes=st.lists(st.sampled_from(sorted(RULES.themes)), max_size=3, unique=True),
    level=st.sampled_from(("", *LEVELS)), source=st.sampled_from(sorted(SOURCES)),
    about=st.lists(st.sampled_from(ABOUT), max_size=3, unique=True), severity=st.sampled_from(Severity),
    school=st.sampled_from(("", SCHOOL)), world_=st.sampled_from(range(len(WORLDS))),
)  # fmt: skip
def test_criticism_holds_and_does_nothing_else(
    kind: CaseKind, place: str, themes: list[str], level: str, source: str, about: list[str], severity: Severity,
    school: str, world_: int,
) -> None:  # fmt: skip
    """It sends nothing to anybody new but Văn phòng Sở or who stands above it, and never makes a suspect."""
    router = WORLDS[world_]
    calm = Subject(kind, place, tuple(themes), (), level, "", school, tuple(about), False, severity, source)
    plain, critical = router(calm), router(replace(calm, critical=True))
    assert critical.held
    assert set(critical.copies) <= {*plain.copies, VP} and not critical.propose
    assert critical.owner == plain.owner or router.world.inside(critical.owner)
    if plain.role != "role:kiem_tra":
        assert critical.role != "role:kiem_tra" and critical.rule == plain.rule
    released = router(replace(calm, critical=True), "Trần Thị Mực")
    assert released.rule == plain.rule and not released.held and released.masked


def test_tone_is_no_part_of_a_subject() -> None:
    assert not {f for f in Subject.__dataclass_fields__ if "tone" in f or "sentiment" in f or "score" in f}
