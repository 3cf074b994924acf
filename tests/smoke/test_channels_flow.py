"""From a notice to a message in a real mail server or SMS gateway: in time, by another way, once, in one list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from typer.testing import CliRunner

from alerts.notifiers.alarm import Alarm, send_alarm
from alerts.outbox import plan_deliveries
from config.settings import load_settings
from runner.cli import app
from runner.deps import Deps, make_deps
from runner.notices import contacts_of, notice_tasks
from runner.replay import ReplayClock
from runner.route_tests import notify_tick, plan_route_tests, route_test_notices
from runner.rows import Result, save
from runner.run import LEASE_MS, Runner
from runner.stages import DELIVER, NOTIFY
from store.model import Delivery, DeliveryState, Digest, NewTask, Outcome
from store.model_notice import Notice, ReachTry
from tests.smoke.gateway import Gateway, serving
from tests.smoke.ports import free_port

MINUTE, HOUR = 60_000, 3_600_000
NOON = int(dt.datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)
PEOPLE = """\
contacts:
  role:truc:
    name: Người trực
    addresses:
      - email: truc@so.example
      - sms: "0912345678"
    substitute: role:pho_van_phong
    quiet: ["22:00", "06:00"]
  role:pho_van_phong:
    name: Phó Chánh Văn phòng
    addresses:
      - email: pho@so.example
  role:quan_tri:
    name: Người quản trị
    addresses:
      - email: quantri@so.example
      - sms: "0987654321"
  office:sgddt_vp:
    addresses:
      - email: vanphong@so.example
"""


@dataclass
class Post:
    """A mail server's mind. ``rcpt``: address → answer; ``busy``: how often data is put off."""

    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    rcpt: dict[str, str] = field(default_factory=dict)
    busy: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.busy:
            self.busy -= 1
            return "451 later"
        self.letters.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content, policy=policy.default)))
        return f"250 2.0.0 queued as {len(self.letters)}"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for to, letter in self.letters if to == address]


@dataclass
class Town:
    """An installation, its clock, its mail server (which can be switched off) and its SMS gateway."""

    deps: Deps
    clock: ReplayClock
    post: Post
    sms: Gateway
    port: int
    server: Controller | None = None

    def mail(self, on: bool) -> None:
        if on and self.server is None:
            self.server = Controller(self.post, hostname="127.0.0.1", port=self.port)
            self.server.start()
        elif not on and self.server is not None:
            self.server.stop()
            self.server = None

    def tell(self, *notices: Notice) -> None:
        with self.deps.store.transaction() as tx:
            tx.add_notices(notices)
            tx.add_tasks(notice_tasks(notices, self.deps.now()), self.deps.now())

    def work(self, ms: int = 0) -> None:
        self.clock.move(self.clock.at + ms)
        Runner(self.deps).drain((NOTIFY, DELIVER))

    def rows(self, notice: Notice) -> list[Delivery]:
        return self.deps.store.deliveries_of([notice.id]).get(notice.id, [])

    def texts(self) -> list[str]:
        return [asked.json["text"] for asked in self.sms.asked]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    (tmp_path / "contacts.yml").write_text(PEOPLE, encoding="utf-8")
    with serving(Gateway()) as sms:
        port = free_port()
        settings = load_settings(
            {},
            home=tmp_path,
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_from="Hải Đăng <bao-viec@so.example>",
            desk_url="https://haidang.so.example",
            sms_url=f"{sms.base}/send",
            sms_body='{"to":"{to}","text":"{text}","id":"{key}"}',
            sms_refused="invalid_phone",
            sms_receipt='"status":"(\\w+)"',
        )
        clock = ReplayClock()
        deps = make_deps(settings, clock)
        clock.move(NOON)
        made = Town(deps, clock, Post(), sms, port)
        made.mail(on=True)
        yield made
        made.mail(on=False)
        deps.store.close()


def notice(key: str = "1", contact: str = "role:truc", *, urgent: bool = False, due: int = NOON, **more: Any) -> Notice:
    values: dict[str, Any] = {
        "subject": f"Việc {key} sắp đến hạn",
        "lines": ("Còn một giờ làm việc.",),
        "created_at": due,
        "due_at": due,
        "thread": "cas_x",
        "path": "/viec/cas_x",
    }
    return Notice(Notice.make_id("alarm", "cas_x", contact, key), "alarm", "cas_x", contact, urgent, **(values | more))


# ── the usual ───────────────────────────────────────────────────────────────────────────────────────


def test_a_notice_goes_out_when_it_is_due_by_the_first_way_and_is_threaded(town: Town) -> None:
    town.tell(notice(due=NOON + MINUTE))
    town.work()
    assert town.post.letters == []
    town.work(MINUTE)
    town.tell(later := notice("2", due=NOON + 10 * MINUTE))
    town.work(10 * MINUTE)
    first, second = town.post.to("truc@so.example")
    assert first["Subject"] == "Việc 1 sắp đến hạn"
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    text = first.get_content()
    assert "LƯU HÀNH NỘI BỘ" in text
    assert "Xem: https://haidang.so.example/viec/cas_x\n" in text.replace("\r\n", "\n")
    assert town.sms.asked == [], "one way is enough for what is not urgent"
    (row,) = town.rows(later)
    assert (row.state, row.receipt, row.contact) == (DeliveryState.SENT, "250 2.0.0 queued as 2", "role:truc")


def test_what_is_urgent_goes_by_every_channel_at_any_hour(town: Town) -> None:
    night = NOON + 11 * HOUR
    town.tell(one := notice(urgent=True, due=night))
    town.work(11 * HOUR)
    (letter,) = town.post.to("truc@so.example")
    assert letter["Subject"] == "KHẨN: Việc 1 sắp đến hạn"
    assert letter["Importance"] == "high"
    (text,) = town.texts()
    assert text.startswith("KHAN: Hai Dang: Viec 1 sap den han. Con mot gio lam viec.")
    assert text.endswith(" https://haidang.so.example/viec/cas_x")
    assert {(d.channel, d.recipient, d.receipt) for d in town.rows(one)} == {
        ("email", "truc@so.example", "250 2.0.0 queued as 1"),
        ("sms", "+84912345678", "ok"),
    }


def test_what_is_not_urgent_waits_for_the_morning_but_not_past_its_deadline(town: Town) -> None:
    night = NOON + 11 * HOUR
    town.tell(notice("1", due=night), notice("2", due=night, deadline_at=night + 30 * MINUTE))
    town.work(11 * HOUR)
    assert town.post.letters == []
    town.work(29 * MINUTE)
    assert [m["Subject"] for m in town.post.to("truc@so.example")] == ["Việc 2 sắp đến hạn"]
    town.work(6 * HOUR + 31 * MINUTE)
    assert len(town.post.letters) == 2


def test_several_at_once_are_one_list_and_the_next_ones_wait_for_each_other(town: Town) -> None:
    town.tell(*(many := [notice(str(n)) for n in range(3)]))
    town.work()
    (letter,) = town.post.letters
    assert letter[1]["Subject"].startswith("3 việc cần xem: Việc ")
    for n in range(3):
        assert f"Việc {n} sắp đến hạn" in letter[1].get_content()
    states = [town.rows(one)[0] for one in many]
    carrier = next(d for d in states if d.state is DeliveryState.SENT)
    assert [d.bundled_into for d in states if d.state is DeliveryState.BUNDLED] == [carrier.id, carrier.id]
    town.tell(notice("8", due=NOON + MINUTE), notice("9", due=NOON + 2 * MINUTE))
    town.work(MINUTE)
    town.work(MINUTE)
    assert len(town.post.letters) == 1
    town.work(3 * MINUTE)
    assert [m["Subject"] for _, m in town.post.letters[1:]] == ["2 việc cần xem: Việc 8 sắp đến hạn"]


def test_a_flood_for_many_people_becomes_few_messages_each(town: Town) -> None:
    contacts = [f"school:truong so {n}" for n in range(40)]
    lines = "".join(
        f"  {key}:\n    name: T\n    addresses:\n      - email: t{n}@so.example\n" for n, key in enumerate(contacts)
    )
    (town.deps.settings.home / "contacts.yml").write_text(PEOPLE + lines, encoding="utf-8")
    town.tell(*(notice(str(n), contacts[n % 40]) for n in range(800)))
    town.work()
    town.work(5 * MINUTE)
    assert len(town.post.letters) <= 45, "one each, and a few whose notices lay in two batches"
    told = [line for _, m in town.post.letters for line in m.get_content().splitlines() if " sắp đến hạn" in line]
    assert len({line.split("Việc ")[1] for line in told}) == 800


def test_telling_twice_is_telling_once(town: Town) -> None:
    town.tell(notice())
    town.work()
    town.tell(notice())
    with town.deps.store.transaction() as tx:
        save(tx, Result(Outcome.CHECKED, notices=(notice(), notice("2", due=NOON + HOUR))), town.deps.now())
    town.work(HOUR)
    assert [m["Subject"] for _, m in town.post.letters] == ["Việc 1 sắp đến hạn", "Việc 2 sắp đến hạn"]


def test_a_notice_whose_writer_forgot_its_task_is_found_by_the_clock(town: Town) -> None:
    with town.deps.store.transaction() as tx:
        tx.add_notices([notice()])
    town.work()
    assert town.post.letters == []
    town.clock.move(NOON + 8 * HOUR)  # the hour of route tests is over
    assert notify_tick(town.deps) == 1
    town.work()
    assert len(town.post.letters) == 1
    assert notify_tick(town.deps) == 0


# ── what goes wrong ─────────────────────────────────────────────────────────────────────────────────


def test_a_mail_server_that_is_down_is_passed_by_and_tried_within_a_tick_of_its_being_up(town: Town) -> None:
    town.mail(on=False)
    town.tell(one := notice())
    town.work()
    assert len(town.sms.asked) == 1, "the next way at once"
    (row,) = [d for d in town.rows(one) if d.channel == "email"]
    assert row.state is DeliveryState.PENDING
    assert row.next_try_at is not None
    assert row.next_try_at - NOON <= MINUTE
    for _ in range(90):
        town.work(MINUTE)
    town.mail(on=True)
    town.work(MINUTE)
    assert len(town.post.to("truc@so.example")) == 1
    state = town.deps.store.reach("", "email")
    assert state is not None
    assert state.since is None


def test_every_notice_of_a_message_that_waits_takes_the_next_way(town: Town) -> None:
    town.mail(on=False)
    town.tell(*(many := [notice(str(n)) for n in range(3)]))
    town.work()
    (text,) = town.texts()
    assert "3 viec" in text
    for one in many:
        assert {d.channel: d.state for d in town.rows(one)}["sms"] in (DeliveryState.SENT, DeliveryState.BUNDLED)


@pytest.mark.parametrize("first", ["mail", "sms"])
def test_where_all_servers_are_down_the_one_that_comes_back_first_brings_it(town: Town, first: str) -> None:
    town.mail(on=False)
    town.sms.says(503)
    town.tell(notice("before"))
    town.work()
    town.tell(one := notice("later", due=NOON + 10 * MINUTE))  # both are known to be down by then
    for _ in range(20):
        town.work(MINUTE)
    town.mail(on=first == "mail")
    if first == "sms":
        town.sms.says(200, '{"status":"ok"}')
    town.work(MINUTE)
    brought = {"mail": "email", "sms": "sms"}[first]
    assert any(d.channel == brought and d.state in (DeliveryState.SENT, DeliveryState.BUNDLED) for d in town.rows(one))
    text = " ".join([*(m.get_content() for _, m in town.post.letters), *town.texts()])
    assert "Việc later" in text or "Viec later" in text


def test_behind_a_dead_server_one_try_a_while_finds_out_for_all(town: Town) -> None:
    town.mail(on=False)
    many = [notice(str(n), "role:pho_van_phong", due=NOON, subject=f"Việc {n}") for n in range(30)]
    for one in many:
        town.tell(one)
        town.work()
    tries = sum(d.attempts for one in many for d in town.rows(one))
    assert tries <= 2, "the others wait for the probe"
    for _ in range(8):
        town.work(MINUTE)
    assert sum(d.attempts for one in many for d in town.rows(one)) <= 20
    town.mail(on=True)
    town.work(MINUTE)
    town.work(10_000)
    told = "\n".join(m.get_content() for m in town.post.to("pho@so.example"))
    assert all(f"Việc {n}\n" in told.replace("\r\n", "\n") for n in range(30)), "nothing is lost"


def test_urgent_ones_are_tried_again_within_a_tick_until_they_arrive(town: Town) -> None:
    town.post.busy = 3
    town.sms.says(500)
    town.tell(notice(urgent=True))
    town.work()
    for _ in range(3):
        town.work(MINUTE)
    assert len(town.post.to("truc@so.example")) == 1
    assert len(town.sms.asked) >= 3


def test_a_bounced_address_is_seen_and_the_next_way_is_taken(town: Town) -> None:
    town.post.rcpt["truc@so.example"] = "550 5.1.1 no such user"
    town.tell(one := notice())
    town.work()
    assert {d.channel: d.state for d in town.rows(one)} == {"email": DeliveryState.FAILED, "sms": DeliveryState.SENT}
    state = town.deps.store.reach("truc@so.example", "email")
    assert state is not None
    assert state.since == NOON
    assert "550 5.1.1" in state.error
    town.tell(notice("2", due=NOON + HOUR))
    town.work(HOUR)
    assert len(town.sms.asked) == 2, "the way that works is tried first from then on"


def test_when_every_way_to_a_person_fails_the_substitute_and_then_the_office_is_told(town: Town) -> None:
    town.post.rcpt = {"truc@so.example": "550 gone", "pho@so.example": "550 gone"}
    town.sms.says(200, "invalid_phone")
    town.tell(notice(urgent=True))
    town.work()
    town.work(MINUTE)
    assert [to for to, _ in town.post.letters] == ["vanphong@so.example"]


def test_a_bundle_whose_carrier_is_refused_is_told_another_way_in_full(town: Town) -> None:
    town.post.rcpt["truc@so.example"] = "550 gone"
    town.tell(*(many := [notice(str(n)) for n in range(3)]))
    town.work()
    town.work(MINUTE)
    told = " ".join(town.texts())
    arrived = [n for n in range(3) if any(d.state is DeliveryState.SENT for d in town.rows(many[n]))]
    bundled = [d for one in many for d in town.rows(one) if d.state is DeliveryState.BUNDLED]
    assert len(arrived) + len(bundled) == 3
    assert "Viec" in told


@pytest.mark.parametrize("contact", ["role:khong_co", "commune:11296"])
def test_an_unknown_contact_or_one_without_an_address_is_visible_and_the_office_hears_of_it(
    town: Town, contact: str
) -> None:
    town.tell(one := notice(contact=contact))
    town.work()
    assert len(town.post.to("vanphong@so.example")) == 1
    failed = [d for d in town.rows(one) if d.state is DeliveryState.FAILED]
    assert [d.recipient for d in failed] == [contact]
    assert "contacts.yml" in failed[0].error
    assert failed[0] in town.deps.store.failed_deliveries(10)


def test_whoever_must_not_hear_of_it_does_not_whoever_stands_in_for_whom(town: Town) -> None:
    town.post.rcpt["truc@so.example"] = "550 gone"
    town.sms.says(200, "invalid_phone")
    town.tell(notice(urgent=True, without=("role:pho_van_phong",)))
    town.work()
    town.work(MINUTE)
    assert [to for to, _ in town.post.letters] == ["vanphong@so.example"]


def test_with_no_address_anywhere_it_stays_on_the_list_until_the_file_is_mended(town: Town) -> None:
    home = town.deps.settings.home
    (home / "contacts.yml").write_text("contacts: {}\n", encoding="utf-8")
    town.tell(one := notice())
    town.work()
    assert [d.state for d in town.rows(one)] == [DeliveryState.FAILED]
    (home / "contacts.yml").write_text(PEOPLE, encoding="utf-8")
    town.work(10 * MINUTE)
    assert len(town.post.to("truc@so.example")) == 1


def test_killed_between_the_servers_yes_and_our_commit_it_repeats_with_the_same_keys(town: Town) -> None:
    town.tell(notice("1", urgent=True), notice("2", urgent=True))
    Runner(town.deps).drain((NOTIFY,))
    for _ in range(2):
        letters = DELIVER.load(town.deps, town.deps.store.claim("deliver", 1, "killed", town.deps.now(), LEASE_MS))
        DELIVER.work(town.deps.tools, letters)
    town.work(LEASE_MS)
    town.work(MINUTE)
    letters_ = town.post.to("truc@so.example")
    assert len({m["Message-ID"] for m in letters_}) == 1
    assert len({m.get_content() for m in letters_}) == 1, "the same words too"
    assert len({asked.json["id"] for asked in town.sms.asked}) == 1
    assert len(letters_) + len(town.sms.asked) <= 4


def test_a_clock_that_jumps_back_delays_nothing_for_long(town: Town) -> None:
    town.tell(notice("1"))
    town.work()
    town.mail(on=False)
    town.sms.says(500)
    town.tell(notice("2", urgent=True))
    town.work()
    object.__setattr__(town.deps.settings, "route_test_monthly", False)
    town.clock.at -= 5 * HOUR
    town.mail(on=True)
    assert notify_tick(town.deps) >= 1, "its next try lay five hours ahead"
    assert notify_tick(town.deps) == 0
    town.tell(notice("3", due=town.clock.at))
    town.work()
    assert [m["Subject"] for m in town.post.to("truc@so.example")] == [
        "Việc 1 sắp đến hạn", "KHẨN: Việc 2 sắp đến hạn", "Việc 3 sắp đến hạn",
    ]  # fmt: skip


def test_hostile_words_stay_words(town: Town) -> None:
    odd = notice(
        subject="Việc\r\nBcc: ai@do.example\x00", lines=("dòng\r\n.\r\nRCPT TO:<x@y>",), path="/x?token=bi_mat"
    )
    town.tell(odd)
    town.work()
    (letter,) = town.post.letters
    assert letter[1]["Bcc"] is None
    assert "bi_mat" not in letter[1].get_content()
    assert "Xem:" not in letter[1].get_content(), "a path with a query is no path of ours"


def test_a_digest_to_many_does_not_wait_for_a_dead_server_once_each(town: Town) -> None:
    town.mail(on=False)
    digest = Digest("dig_x", "daily", "2026-11-20", 0, 1, NOON, "Điểm báo", {}, {}, {})
    rows = plan_deliveries(digest, [f"{n}@so.example" for n in range(20)], NOON)
    with town.deps.store.transaction() as tx:
        tx.add_deliveries(rows)
        tx.add_tasks([NewTask("deliver", d.id, "1", NOON, NOON) for d in rows], NOON)
    with town.deps.store.transaction() as tx:
        tx.note_reach([ReachTry("", "email", NOON, "không nối được")])
    town.work()
    assert sum(d.attempts for d in town.deps.store.deliveries("dig_x")) == 0
    town.work(25 * HOUR)
    for _ in range(40):
        town.work(MINUTE)
    assert {d.state for d in town.deps.store.deliveries("dig_x")} == {DeliveryState.FAILED}, "given up, and seen"


# ── before it is needed ─────────────────────────────────────────────────────────────────────────────


def test_every_address_is_tried_once_a_month_and_when_it_changes(town: Town) -> None:
    assert plan_route_tests(town.deps) == 4
    assert plan_route_tests(town.deps) == 0
    town.work()
    assert sorted(to for to, _ in town.post.letters) == [
        "pho@so.example", "quantri@so.example", "truc@so.example", "vanphong@so.example",
    ]  # fmt: skip
    assert len(town.sms.asked) == 2
    home = town.deps.settings.home
    (home / "contacts.yml").write_text(PEOPLE.replace("pho@", "pho2@"), encoding="utf-8")
    assert plan_route_tests(town.deps) == 1
    town.clock.move(NOON + 30 * 24 * HOUR)
    assert plan_route_tests(town.deps) == 4


def test_a_test_of_a_route_goes_to_nobody_else(town: Town) -> None:
    town.post.rcpt["pho@so.example"] = "550 gone"
    contacts = contacts_of(town.deps.settings)
    town.tell(*route_test_notices([contacts["role:pho_van_phong"]], "2026-11", NOON))
    town.work()
    town.work(HOUR)
    assert town.post.letters == []


def test_the_command_says_who_cannot_be_reached_and_since_when(town: Town) -> None:
    town.post.rcpt["pho@so.example"] = "550 5.1.1 gone"
    home = town.deps.settings.home
    lines = [f"{k}: {v!r}" for k, v in {
        "smtp_host": "127.0.0.1", "smtp_from": "bao-viec@so.example", "sms_url": town.deps.settings.sms_url,
        "sms_body": town.deps.settings.sms_body,
    }.items()]  # fmt: skip
    (home / "settings.yml").write_text("\n".join([*lines, f"smtp_port: {town.port}", ""]), encoding="utf-8")
    cli = CliRunner()
    told = cli.invoke(app, ["channels", "test", "--home", str(home)])
    assert told.exit_code == 1
    assert "Phó Chánh Văn phòng · email: pho@so.example · KHÔNG nhận được" in told.output
    assert "role:truc · Người trực · sms: +84912345678 · đã nhận" in told.output
    assert "thư bị trả lại về sau" in told.output
    listed = cli.invoke(app, ["channels", "list", "--home", str(home)])
    assert "pho@so.example · không liên lạc được từ " in listed.output
    assert "truc@so.example · nhận được lúc " in listed.output
    assert cli.invoke(app, ["channels", "test", "role:truc", "--home", str(home)]).exit_code == 0
    with pytest.raises(Exception, match="khong_co"):
        cli.invoke(app, ["channels", "test", "role:khong_co", "--home", str(home)], catch_exceptions=False)


def test_an_alarm_goes_by_a_channel_that_did_not_fail_and_by_any_when_none_is_left(town: Town) -> None:
    contacts = contacts_of(town.deps.settings)

    def alarm(*avoid: str) -> Alarm:
        return Alarm("x", "Ba việc không được báo", ("Xem nhật ký.",), NOON, avoid=frozenset(avoid))

    cried = send_alarm(alarm("email"), contacts, town.deps.settings, town.deps.now)
    assert [(c.channel, c.error) for c in cried] == [("sms", "")]
    assert town.post.letters == []
    town.sms.says(500)
    cried = send_alarm(alarm("email"), contacts, town.deps.settings, town.deps.now)
    assert [c.channel for c in cried if not c.error] == ["email"]
    assert len(town.post.to("quantri@so.example")) == 1
    town.mail(on=False)
    assert all(c.error for c in send_alarm(alarm(), contacts, town.deps.settings, town.deps.now))
