"""Every half hour: rows in a real store become alerts, and one letter to each administrator."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from alerts.health_mail import event_id
from config.settings import load_settings
from runner.deps import Deps, Tools
from runner.health import EVERY_MS, LOOKS, health_task, slot
from runner.run import Runner
from runner.silence import silent_sources
from runner.stages import DELIVER, HEALTH
from store.blobs import BodyStore
from store.model import (
    AlertKind,
    Article,
    Basis,
    ChannelState,
    DeliveryState,
    Fetch,
    FetchKind,
    FetchOutcome,
    HealthAlert,
    NewTask,
    Outcome,
    Revision,
)
from store.sqlite import open_store
from tests.smoke.ports import free_port
from tests.unit.crawler.test_rhythm import DAY, MONDAY, office

HOUR = 3_600_000
NOW = MONDAY + 3 * DAY + 10 * HOUR  # Thursday 2026-11-05 10:00
YAML = """\
id: {id}
name: {name}
outlet: {name}
kind: city_press
enabled: true
owner: Phòng Chính trị, tư tưởng
{more}channels:
  - kind: feed
    url: https://{id}.example/rss
"""


class Clock:
    at = NOW

    def __call__(self) -> int:
        return self.at


class Inbox:
    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    handler, port = Inbox(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


class House:
    """An installation with invented sources, a store, and a clock that stands still until it is moved."""

    def __init__(self, home: Path, port: int) -> None:
        (home / "sources").mkdir()
        self.clock = Clock()
        settings = load_settings(
            {}, home=home, only_own_sources=True, sources_dir=home / "sources",
            administrators=("quantri@sogd.example", "Trực ban <truc@sogd.example>"),
            smtp_host="127.0.0.1", smtp_port=port, smtp_from="diembao@sogd.example",
        )  # fmt: skip
        store = open_store(settings.database)
        store.connection.execute("PRAGMA synchronous=OFF")
        self.deps = Deps(store, BodyStore(settings.bodies), settings, Tools(settings, self.clock), self.clock)

    def source(self, name: str, title: str = "Báo Bến Cảng", more: str = "") -> None:
        folder = self.deps.settings.sources_dir
        assert folder is not None
        (folder / f"{name}.yml").write_text(YAML.format(id=name, name=title, more=more), encoding="utf-8")

    def channel(self, name: str, hours: float | None = 0, outcome: str = "fetched", weight: float = 0.0) -> None:
        ok = None if hours is None else self.clock.at - int(hours * HOUR)
        row = ChannelState(
            name, f"https://{name}.example/rss", FetchKind.FEED, self.clock.at, failure_weight=weight,
            last_fetch_at=self.clock.at, last_ok_at=ok, last_outcome=outcome,
        )  # fmt: skip
        with self.deps.store.transaction() as tx:
            tx.upsert_channels([row])

    def articles(self, name: str, arrivals: list[int]) -> list[Article]:
        found = []
        for n, at in enumerate(arrivals):
            url = f"https://{name}.example/bai-{n}.html"
            found.append(Article(Article.make_id(url), url, url, name, name, at, "fet_x"))
        with self.deps.store.transaction() as tx:
            tx.add_articles(found)
        return found

    def pages(self, articles: list[Article], **parts: str) -> None:
        revisions = []
        for article in articles:
            text = {"title": "Trường Sao Biển mở lại bếp ăn", "lead": "Sapo", "body": "x" * 900} | parts
            digest = Revision.hash_text(text["title"], text["lead"], text["body"] + article.id)
            revisions.append(
                Revision(
                    Revision.make_id(article.id, digest),
                    article.id,
                    digest,
                    Basis.PAGE,
                    text["title"],
                    text["lead"],
                    text["body"],
                    article.first_seen_at + 60_000,
                    "fet_y",
                    published_at=article.first_seen_at,
                    published_from="json-ld",
                    published_confidence=0.9,
                )
            )
        with self.deps.store.transaction() as tx:
            tx.add_revisions(revisions)

    def check(self) -> str:
        """Put the task of this half hour on the list and work it; its message."""
        task = health_task(slot(self.clock.at))
        with self.deps.store.transaction() as tx:
            tx.add_tasks([task], self.clock.at)
        Runner(self.deps).drain([HEALTH, DELIVER])
        (done,) = [t for t in self.deps.store.tasks_for([task.subject]) if t.stage == "health"]
        return f"{done.outcome}: {done.message}" if done.outcome else f"{done.state}: {done.message}"

    @property
    def open(self) -> list[HealthAlert]:
        return self.deps.store.open_alerts()


@pytest.fixture
def house(tmp_path: Path, inbox: tuple[Inbox, int]) -> Iterator[House]:
    found = House(tmp_path, inbox[1])
    yield found
    found.deps.store.close()


DIED = [at for at in office(9) if at <= MONDAY + 9 * HOUR]


def body(letter: EmailMessage) -> str:
    return " ".join(str(letter.get_content()).split())


def test_the_task_of_a_half_hour_says_it_in_local_time() -> None:
    task = health_task(slot(NOW + 17 * 60_000))
    assert (task.stage, task.subject, task.due_at) == ("health", "2026-11-05T10:00+07:00", NOW)
    assert slot(NOW - 1) == NOW - EVERY_MS


def test_a_source_that_died_is_told_once_to_each_administrator(house: House, inbox: tuple[Inbox, int]) -> None:
    house.source("bencang")
    house.articles("bencang", DIED)
    house.channel("bencang")
    assert house.check() == "checked: 1 sources watched, 1 with a rhythm; opened 1 (silent 1), closed 0"
    (alert,) = house.open
    assert (alert.source_id, alert.kind, alert.owner) == ("bencang", AlertKind.SILENT, "Phòng Chính trị, tư tưởng")
    letters = inbox[0].letters
    assert sorted(letter["To"] for letter in letters) == ["Trực ban <truc@sogd.example>", "quantri@sogd.example"]
    assert letters[0]["Subject"] == "Nguồn theo dõi: Báo Bến Cảng – im lặng"
    said = body(letters[0])
    assert "1. Báo Bến Cảng (bencang) – im lặng" in said and "Phụ trách: Phòng Chính trị, tư tưởng." in said
    assert "Không có tin mới từ thứ Hai, 02/11/2026 09:00" in said and "(3 ngày)" in said
    assert "năm mới gặp một lần" in said or "gần như chưa từng có" in said
    assert "Nên làm: " in said and "LƯU HÀNH NỘI BỘ" in said
    assert {d.state for d in house.deps.store.deliveries(event_id(alert.opened_at))} == {DeliveryState.SENT}
    house.clock.at += EVERY_MS
    house.channel("bencang")
    assert house.check().endswith("opened 0 (-), closed 0")
    assert len(letters) == 2


def test_it_is_closed_when_news_come_again_and_nobody_is_written_to(house: House, inbox: tuple[Inbox, int]) -> None:
    house.source("bencang")
    articles = house.articles("bencang", DIED)
    house.channel("bencang")
    house.check()
    house.clock.at += EVERY_MS
    house.articles("bencang", [a.first_seen_at for a in articles] + [house.clock.at - 60_000])
    house.channel("bencang")
    assert house.check().endswith("closed 1")
    assert house.open == [] and len(inbox[0].letters) == 2
    (alert,) = house.deps.store.alerts()
    assert alert.closed_at == house.clock.at


def test_many_at_once_are_one_letter_that_names_the_likely_cause(house: House, inbox: tuple[Inbox, int]) -> None:
    for n in range(8):
        house.source(f"bao{n}", f"Báo số {n}")
        house.channel(f"bao{n}", hours=9, outcome="unreachable", weight=3.0)
    house.check()
    assert len(house.open) == 8 and len(inbox[0].letters) == 2
    assert inbox[0].letters[0]["Subject"] == "Nhiều nguồn cùng im lặng (8): có thể do mạng của máy này"
    assert "haidang doctor" in body(inbox[0].letters[0])


def test_like_sources_in_the_same_trouble_are_one_line(house: House, inbox: tuple[Inbox, int]) -> None:
    for n in range(30):
        house.source(f"xa{n}", f"UBND xã số {n}", "group: Trang UBND cấp xã\n")
        house.channel(f"xa{n}", hours=9, outcome="gone", weight=3.0)
    house.check()
    said = body(inbox[0].letters[0])
    assert "Trang UBND cấp xã: 30 nguồn – không tải được." in said and "UBND xã số 7" not in said


def test_without_administrators_the_rows_are_there_all_the_same(house: House, inbox: tuple[Inbox, int]) -> None:
    quiet = house.deps.settings.model_copy(update={"administrators": ()})
    house.deps = Deps(house.deps.store, house.deps.bodies, quiet, Tools(quiet, house.clock), house.clock)
    house.source("bencang")
    house.channel("bencang", hours=9, outcome="gone", weight=3.0)
    house.check()
    assert [a.kind for a in house.open] == [AlertKind.FAILING] and inbox[0].letters == []


def test_a_check_whose_half_hour_is_over_leaves_it_to_the_newer_one(house: House, inbox: tuple[Inbox, int]) -> None:
    house.source("bencang")
    house.channel("bencang", hours=9, outcome="gone", weight=3.0)
    with house.deps.store.transaction() as tx:
        tx.add_tasks([health_task(slot(NOW) - n * EVERY_MS) for n in (3, 2, 1, 0)], NOW)
    Runner(house.deps).drain([HEALTH, DELIVER])
    assert len(house.open) == 1 and len(inbox[0].letters) == 2
    assert house.deps.store.outcome_counts()[("health", Outcome.CHECKED)] == 4


def test_bodies_that_are_not_read_yet_are_waited_for_and_not_for_ever(house: House) -> None:
    house.source("bencang")
    house.channel("bencang", hours=9, outcome="gone", weight=3.0)
    with house.deps.store.transaction() as tx:
        tx.add_tasks([NewTask("read", "fet_1", "1", NOW)], NOW)
    assert house.check() == "due: 1 bodies are not read yet" and house.open == []
    for _ in range(LOOKS):
        house.clock.at += 30_000
        Runner(house.deps).drain([HEALTH])
    assert len(house.open) == 1


def test_an_address_that_answers_and_brings_nothing_is_found_out(house: House) -> None:
    house.source("bencang", more="expect_every_hours: 24\n")
    url = "https://bencang.example/rss"
    visits = [NOW - hours * HOUR for hours in (30, 20, 10, 0)]
    with house.deps.store.transaction() as tx:
        for at in visits:
            tx.add_fetch(
                Fetch(Fetch.make_id(url, at), FetchKind.FEED, "bencang", url, at, at + 5, FetchOutcome.FETCHED, 200)
            )
    house.channel("bencang")
    house.check()
    (alert,) = house.open
    assert alert.kind is AlertKind.SILENT and alert.figures["ever"] is False
    assert alert.figures["since"] == visits[0]


def test_a_changed_layout_is_found_from_the_pages_as_read(house: House) -> None:
    house.source("bencang")
    articles = house.articles("bencang", [at for at in office(9) if at <= NOW])
    house.pages(articles[:-18])
    house.pages(articles[-18:], lead="")
    house.channel("bencang")
    house.check()
    (alert,) = house.open
    (part,) = alert.figures["parts"]
    assert alert.kind is AlertKind.LAYOUT_CHANGED and part["part"] == "lead"
    assert set(part["examples"]) <= {a.id for a in articles[-18:]}


def test_pages_that_are_no_longer_read_as_articles_are_a_changed_layout_too(house: House) -> None:
    house.source("bencang")
    articles = house.articles("bencang", [at for at in office(9) if at <= NOW])
    late = [a for a in articles if a.first_seen_at <= NOW - 6 * HOUR][-15:]
    house.pages([a for a in articles if a.first_seen_at < late[0].first_seen_at])
    house.channel("bencang")
    house.check()
    (alert,) = house.open
    (part,) = alert.figures["parts"]
    assert part["part"] == "page" and part["examples"] and set(part["examples"]) <= {a.id for a in late}


def test_a_source_of_feeds_alone_is_never_told_of_its_pages(house: House) -> None:
    house.source("bencang", more="fetch_pages: false\n")
    house.articles("bencang", [at for at in office(9) if at <= NOW])
    house.channel("bencang")
    house.check()
    assert house.open == []


# ── the digest's words ──────────────────────────────────────────────────────────────────────────────


def told(house: House) -> list[tuple[str, str, bool]]:
    return [(s.name, s.words, s.silent) for s in silent_sources(house.deps, NOW)]


def test_the_digest_names_a_silent_source_and_not_one_that_rests_at_its_usual_hours(house: House) -> None:
    house.source("bencang", more="expect_every_hours: 12\n")
    house.source("hanghai", "Báo Hàng Hải", more="expect_every_hours: 12\n")
    house.articles("bencang", DIED)
    house.articles("hanghai", [at for at in office(9, seed=2) if at <= NOW - 17 * HOUR])  # since yesterday evening
    house.channel("bencang")
    house.channel("hanghai")
    assert told(house) == [("Báo Bến Cảng", "không có tin mới từ thứ Hai, 02/11/2026 09:00", True)]


def test_the_digest_names_like_sources_in_one_line_until_they_work(house: House) -> None:
    house.source("bencang")
    house.channel("bencang", hours=None, outcome="robots_denied", weight=3.0)
    for n in range(114):
        more = "group: Trang UBND cấp xã\n"
        house.source(f"xa{n}", f"UBND xã số {n}", more)
    assert told(house) == [
        ("Trang UBND cấp xã (114 nguồn)", "114 nguồn chưa theo dõi được", False),
        ("Báo Bến Cảng", "chưa trả lời lần nào (robots.txt không cho tải)", True),
    ]


def test_the_digest_names_a_source_file_that_cannot_be_read(house: House) -> None:
    house.source("bencang")
    house.articles("bencang", [NOW - HOUR])
    house.channel("bencang")
    house.source("hong", more="every_minute: 5\n")
    assert told(house) == [("hong.yml", "tệp nguồn có lỗi; xem “haidang sources check”", True)]


def test_an_installation_that_crawls_nothing_says_so(house: House) -> None:
    house.source("bencang")
    assert [s.words for s in silent_sources(house.deps, NOW)] == [
        "không nguồn nào được tải trực tiếp trong thời gian này"
    ]
