"""Every message is a row with a state, a next try and an end."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

import pytest

from alerts import outbox
from alerts.notifiers.channel import CHANNEL_DOWN
from alerts.outbox import BACK_OFF, attempt, begin, domain_of, plan_bundle, plan_deliveries, put_off
from alerts.squeeze import Bundle, Telling
from store.errors import Permanent, Transient
from store.model import DeliveryState, Digest
from store.model_notice import Notice

MINUTE, HOUR = 60_000, 3_600_000
START = 1_000_000_000_000
DIGEST = Digest("dig_x", "daily", "2026-11-20", 0, 1, START, "Điểm báo", {}, {}, {})


class Answers:
    """A mail server that answers as told, one answer a try."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers, self.sent = list(answers), []

    def send(self, message: EmailMessage) -> None:
        answer = self.answers.pop(0)
        if answer:
            raise answer
        self.sent.append(message)


def planned(*recipients: str):
    return plan_deliveries(DIGEST, recipients or ("a@so.example",), START, "diem-bao@so.example")


def try_once(delivery, answer: Exception | None, now: int):
    return attempt(begin(delivery), EmailMessage, Answers(answer), lambda: now)


def test_each_address_gets_one_delivery_with_a_message_id_of_its_own():
    rows = planned("a@so.example", " A@SO.example ", "b@so.example", "")
    assert [r.recipient for r in rows] == ["A@SO.example", "b@so.example"]
    assert len({r.message_id for r in rows}) == 2
    assert all(r.message_id == f"<{r.id}@so.example>" and r.state is DeliveryState.PENDING for r in rows)


def test_planning_again_gives_the_same_rows():
    assert planned() == planned()
    assert planned()[0].id == plan_deliveries(DIGEST, ["A@so.example"], START + 5, "other@x.example")[0].id


def test_an_accepted_message_is_sent():
    done = try_once(planned()[0], None, START + 7)
    assert (done.state, done.sent_at, done.attempts, done.error) == (DeliveryState.SENT, START + 7, 1, "")


def test_a_passing_failure_waits_one_five_fifteen_sixty_minutes_and_then_an_hour_each():
    delivery, now, waits = planned()[0], START, []
    for _ in range(7):
        delivery = try_once(delivery, Transient("not_sent", "máy chủ bận"), now)
        assert delivery.state is DeliveryState.PENDING
        assert delivery.error == "máy chủ bận"
        waits.append(delivery.next_try_at - now)
        now = delivery.next_try_at
    assert [w // MINUTE for w in waits] == [1, 5, 15, 60, 60, 60, 60]


def test_a_server_that_names_a_longer_wait_is_obeyed():
    delivery = try_once(planned()[0], Transient("not_sent", "bận", retry_after_s=600), START)
    assert delivery.next_try_at == START + 10 * MINUTE


def test_after_a_day_it_is_failed_and_says_how_often_and_why():
    delivery, now, tries = planned()[0], START, 0
    while delivery.state is DeliveryState.PENDING:
        delivery, tries = try_once(delivery, Transient("not_sent", "không nối được"), now), tries + 1
        now = delivery.next_try_at or now
    assert delivery.state is DeliveryState.FAILED
    assert START + 22 * HOUR < now <= START + 24 * HOUR
    assert delivery.error == f"thôi gửi sau một ngày, {tries} lần thử; lần cuối: không nối được"


def test_a_final_refusal_fails_at_once_and_keeps_the_servers_words():
    done = try_once(planned()[0], Permanent("not_sent", "550 không có hộp thư này"), START)
    assert (done.state, done.error, done.next_try_at) == (DeliveryState.FAILED, "550 không có hộp thư này", None)


def test_killed_while_sending_is_tried_again_with_the_same_message_id():
    delivery = planned()[0]
    killed = begin(delivery)  # the row on disk when the process died
    again = begin(killed)
    assert (again.message_id, again.attempts) == (delivery.message_id, 2)


def test_a_bug_is_not_taken_for_a_busy_server():
    with pytest.raises(KeyError):
        try_once(planned()[0], KeyError("lỗi của ta"), START)


def test_a_message_that_cannot_be_built_counts_like_one_that_cannot_be_sent():
    def build() -> EmailMessage:
        raise Permanent("not_sent", "địa chỉ nhận không hợp lệ")

    done = attempt(begin(planned()[0]), build, Answers(), lambda: START)
    assert (done.state, done.error) == (DeliveryState.FAILED, "địa chỉ nhận không hợp lệ")


def test_putting_off_before_any_try_waits_the_first_step():
    assert put_off(planned()[0], "chưa cấu hình", START).next_try_at == START + BACK_OFF[0]


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("a@so.example", "so.example"),
        ("Sở <a@SO.example>", "so.example"),
        ("a@sở.example", "xn--s-lym.example"),
        ("không có", ""),
        ("a@x..y", ""),
    ],
)
def test_the_domain_of_an_address(address, domain):
    assert domain_of(address) == domain


# ── notices ─────────────────────────────────────────────────────────────────────────────────────────


def told(*keys: str, urgent: bool = False, deadline: int | None = None):
    notices = [
        Notice(
            Notice.make_id("alarm", "", "role:truc", k),
            "alarm",
            "",
            "role:truc",
            urgent,
            "Việc",
            (),
            START,
            START,
            deadline,
        )
        for k in keys
    ]
    return plan_bundle(Bundle(tuple(Telling(n, "role:truc", "email", "a@so.example") for n in notices)), START)


def test_of_several_notices_one_delivery_carries_the_others():
    first, *others = told("1", "2", "3")
    assert (first.state, first.bundled_into, first.next_try_at) == (DeliveryState.PENDING, "", START)
    assert {(d.state, d.bundled_into) for d in others} == {(DeliveryState.BUNDLED, first.id)}
    assert told("1", "2", "3") == [first, *others], "planning again gives the same rows"


@pytest.mark.parametrize(
    ("urgent", "down", "tries", "waits"),
    [
        (True, False, 1, 0.5),
        (True, False, 50, 0.5),
        (True, True, 9, 0.5),
        (False, True, 9, 0.5),
        (False, False, 1, 1),
        (False, False, 2, 5),
        (False, False, 9, 60),
    ],
)
def test_how_long_a_notice_waits(urgent, down, tries, waits):
    delivery = replace(told("1", urgent=urgent)[0], attempts=tries)
    assert put_off(delivery, "bận", START, down=down).next_try_at == START + waits * MINUTE


@pytest.mark.parametrize(("deadline", "waits"), [(2 * HOUR, 60), (30, 29 * 1), (2, 1), (1, 0.5), (0, 60), (-5, 60)])
def test_a_notice_is_tried_once_more_before_its_deadline(deadline, waits):
    minutes = deadline if deadline < HOUR else 120
    delivery = replace(told("1", deadline=START + minutes * MINUTE)[0], attempts=9)
    assert put_off(delivery, "bận", START).next_try_at == START + waits * MINUTE


def test_an_urgent_notice_is_not_put_off_by_a_server_that_asks_for_an_hour():
    assert put_off(told("1", urgent=True)[0], "bận", START, 3600).next_try_at == START + MINUTE // 2
    assert put_off(told("1")[0], "bận", START, 3600).next_try_at == START + HOUR


def test_a_notice_is_given_up_a_day_after_its_deadline():
    late = START + 20 * 24 * HOUR
    delivery = told("1", deadline=late)[0]
    assert put_off(delivery, "bận", late + 23 * HOUR).state is DeliveryState.PENDING
    assert put_off(delivery, "bận", late + 24 * HOUR).state is DeliveryState.FAILED


def test_a_try_says_whose_fault_it_was():
    delivery = begin(told("1")[0])
    tried = outbox.try_once(delivery, EmailMessage, Answers(Transient(CHANNEL_DOWN, "không nối được")), lambda: START)
    assert (tried.down, tried.error) == (True, "không nối được")
    assert not outbox.try_once(delivery, EmailMessage, Answers(Transient("not_sent", "bận")), lambda: START).down
    assert outbox.try_once(delivery, EmailMessage, Answers(None), lambda: START).error == ""
