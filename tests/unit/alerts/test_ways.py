"""Whom a notice reaches and by which of their addresses."""

from __future__ import annotations

import pytest

from alerts.ways import choose, people, spelling
from config.contacts import Address, Contact
from store.model_notice import Notice, Reach

MAIL, SMS = Address("email", "Truc@SO.example"), Address("sms", "0912345678")
CONTACTS = {
    c.key: c
    for c in (
        Contact("role:truc", "Trực", (MAIL, SMS), substitute="role:pho"),
        Contact("role:pho", "Phó", (Address("email", "pho@so.example"),)),
        Contact("role:trong", "Chưa ai", (), holder="office:sgddt_vp"),
        Contact("office:sgddt_vp", "Văn phòng", (Address("email", "vp@so.example"),)),
        Contact("school:a", "Trường A", (Address("email", "pho@so.example"),)),
    )
}
TRUC, TRUC_SMS = ("email", "truc@so.example"), ("sms", "+84912345678")
PHO, VP = ("email", "pho@so.example"), ("email", "vp@so.example")


def notice(contact: str = "role:truc", *, urgent: bool = False, kind: str = "alarm", without: tuple[str, ...] = ()):
    return Notice("ntc_1", kind, "", contact, urgent, "", (), 0, 0, without=without)


def failing(*recipients: tuple[str, str]) -> dict[tuple[str, str], Reach]:
    return {(channel, to): Reach(to, channel, None, 5, 5, "x") for channel, to in recipients}


def reached(one: Notice, broken=(), tried=(), *, waiting: bool = False, administrators=()) -> list[tuple[str, str]]:
    found = list(people(CONTACTS, one, administrators))
    return [way.recipient for way in choose(found, one, failing(*broken), tried, waiting=waiting)]


@pytest.mark.parametrize(
    ("address", "one"),
    [
        (Address("email", " A@So.Example "), "a@so.example"),
        (Address("sms", "0912345678"), "+84912345678"),
        (Address("sms", "+84912345678"), "+84912345678"),
        (Address("webhook", "https://A.example/X"), "https://A.example/X"),
    ],
)
def test_one_address_has_one_spelling(address, one):
    assert spelling(address) == one


@pytest.mark.parametrize(
    ("one", "broken", "tried", "waiting", "expected"),
    [
        (notice(), (), (), False, [TRUC]),
        (notice(), (TRUC,), (), False, [TRUC_SMS]),
        (notice(), (("email", ""),), (), False, [TRUC_SMS]),  # the mail server as a whole
        (notice(), (TRUC, TRUC_SMS), (), False, [PHO]),
        (notice(), (TRUC, TRUC_SMS, PHO, VP), (), False, [TRUC, TRUC_SMS]),  # nothing works: who knows what will first
        (notice(), (("email", ""), ("sms", "")), (), False, [TRUC, TRUC_SMS]),  # one of each server that is down
        (notice(), (("email", ""), ("sms", "")), (TRUC_SMS,), True, [TRUC]),
        (notice(), (TRUC, TRUC_SMS, PHO, VP), (TRUC, TRUC_SMS), True, []),  # … and no second one of a kind
        (notice(), (), (TRUC,), True, [TRUC_SMS]),
        (notice(), (), (TRUC, TRUC_SMS, PHO, VP), False, []),
        (notice(urgent=True), (), (), False, [TRUC, TRUC_SMS]),
        (notice(urgent=True), (TRUC,), (), False, [TRUC, TRUC_SMS]),
        (notice(urgent=True), (TRUC, TRUC_SMS), (), False, [TRUC, TRUC_SMS, PHO]),
        (notice(urgent=True), (TRUC,), (TRUC, TRUC_SMS), True, [PHO]),
        (notice("role:trong"), (), (), False, [VP]),
        (notice("role:khong_co"), (), (), False, [VP]),
        (notice(kind="route_test"), (TRUC,), (), False, [TRUC, TRUC_SMS]),
        (notice(kind="route_test"), (), (TRUC,), False, []),
    ],
)
def test_which_addresses_are_told(one, broken, tried, waiting, expected):
    assert reached(one, broken, tried, waiting=waiting) == expected


def test_who_must_not_hear_of_it_has_no_address_in_the_list_not_even_under_another_name():
    assert PHO not in [w.recipient for ways in people(CONTACTS, notice(without=("school:a",))) for w in ways]
    kept = [w.recipient for ways in people(CONTACTS, notice(without=("role:truc",))) for w in ways]
    assert TRUC not in kept
    assert PHO in kept, "who stands in is still told"


def test_administrators_are_the_last_resort():
    one = notice(without=("office:sgddt_vp",))
    assert reached(one, (), (TRUC, TRUC_SMS, PHO), administrators=("Quản trị <Q@so.example>",)) == [
        ("email", "q@so.example")
    ]
    assert list(people({}, notice(), ())) == []
