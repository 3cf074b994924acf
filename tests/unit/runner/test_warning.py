"""Early warnings over real rows: raised once, told with their task in one transaction, quiet on a quiet day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from alerts.case_fold import added, clock_body
from config.settings import load_settings
from runner import clock as the_clock
from runner import warning
from runner.cli import app
from runner.deps import Deps, Tools
from runner.run import Runner
from runner.stages import WARN
from runner.warning import recount, warn
from store.blobs import BodyStore
from store.model import (
    Article,
    Basis,
    Fetch,
    FetchKind,
    FetchOutcome,
    Judgement,
    JudgementKind,
    Membership,
    NewTask,
    Relation,
    Revision,
    Story,
)
from store.model_case import CaseClock, CaseKind, EventKind, NewEvent
from store.model_warning import WarningKind
from store.sqlite import open_store

HOUR, DAY = 3_600_000, 86_400_000
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = int(dt.datetime(2026, 11, 20, 15, 0, tzinfo=ZONE).timestamp() * 1000)
KINDS = {"bencang": "city_press", "datviet": "central_press", "xaxoi": "foreign_press_vi", "sogd": "department_site"}
CONTACTS = "contacts:\n  role:bao_chi:\n    addresses:\n      - email: bao-chi@so.example\n"


@dataclass
class Town:
    """An installation with four invented sources, whose clock the test sets."""

    deps: Deps
    at: list[int]
    home: Path
    fetch: Fetch
    count: int = 0
    stories: dict[str, str] = field(default_factory=dict)

    def item(
        self, hours: float, source: str = "bencang", *, theme: str = "lamthu", story: str = "", title: str = "Quỹ lớp",
        reprint: bool = False, stance: str = "none", hp: str = "direct", score: float = 0.9, outcome: str = "relevant",
    ) -> str:  # fmt: skip
        """An article that was seen so many hours ago, as the stages leave it."""
        self.count += 1
        seen, url = self.at[0] - int(hours * HOUR), f"https://{source}.example/bai-{self.count}.html"
        article = Article(Article.make_id(url), url, url, source, source.title(), seen, self.fetch.id)
        told = (f"{title} {self.count}", "Tại Hải Phòng.", "")
        text = Revision.hash_text(*told)
        revision = Revision(
            Revision.make_id(article.id, text), article.id, text, Basis.PAGE, *told, seen, self.fetch.id
        )
        themes = {"themes": [{"id": theme, "name": theme, "words": [], "by": "words", "topic": "", "score": 0.5}]}
        places = {"places": [{"span": "x", "in_hp": True, "units": ["11413"]}]}
        judged = [
            ("edu", "core", {}), ("hp", hp, places), ("topics", "fees", themes if theme else {}),
            ("stance", stance, {}),
        ]  # fmt: skip
        story_id = self.stories.setdefault(story or str(self.count), Story.make_id(article.id))
        relation = Relation.REPRINT if reprint else Relation.ORIGINAL
        store = self.deps.store
        with store.transaction() as tx:
            tx.add_articles([article])
            tx.add_revisions([revision])
            tx.add_judgements([Judgement(revision.id, JudgementKind(k), "t", "1", w, score, d) for k, w, d in judged])
            tx.add_grouping(
                [Story(story_id, article.id, seen)],
                [Membership(article.id, story_id, relation, None, 1.0, "machine", "1", seen)], [],
            )  # fmt: skip
            tx.add_tasks([NewTask("judge", revision.id, "1", seen)], seen)
        tasks = store.claim("judge", 9, "t", self.at[0], HOUR)
        with store.transaction() as tx:
            for task in tasks:
                tx.finish(task, outcome, "", seen)
        return article.id

    def history(self, days: int = 60, theme: str = "lamthu") -> None:
        """One item on every third day before today."""
        for day in range(1, days + 1):
            self.item(24 * day, theme=theme if day % 3 == 0 else "csvc")

    def warned(self, kind: str = "") -> list[str]:
        return [w.title for w in self.deps.store.warnings(kind)]

    def request(
        self, hours: float, due: float, hard: float | None = None, paused: tuple[float, float] | None = None
    ) -> str:
        """A question of the press, asked so many hours ago, due and pressing in so many."""
        store, began = self.deps.store, self.at[0] - int(hours * HOUR)
        ends, presses = self.at[0] + int(due * HOUR), self.at[0] + int(hard * HOUR) if hard else None
        clock = CaseClock("", "first_answer", "press_first_opinion_h", "role:bao_chi", began, ends, None, presses)
        with store.transaction() as tx:
            case, _ = tx.add_case(CaseKind.PRESS_REQUEST, "request", f"req_{hours}_{due}", 2026, began)
            body = {"title": "Bến Cảng hỏi về quỹ lớp", "office": "role:bao_chi", "clocks": [clock_body(clock)]}
            events = [NewEvent(case.id, EventKind.OPENED, began, "Đỗ Thị Trực", body, "o")]
            if paused:
                ends = self.at[0] - int(paused[1] * HOUR)
                asked = {"until": ends, "reason": "chờ số liệu"}
                events.append(
                    NewEvent(case.id, EventKind.PAUSED, self.at[0] - int(paused[0] * HOUR), "A B", asked, "p")
                )
                events.append(NewEvent(case.id, EventKind.RESUMED, ends, "máy", {}, "r"))
            tx.add_case_events(events)
            tx.put_case(added(None, case, events))
        return case.id


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    home = tmp_path / "nha"
    (home / "sources").mkdir(parents=True)
    for id_, kind in KINDS.items():
        text = f"id: {id_}\nname: {id_}\noutlet: {id_}\nkind: {kind}\nowner: quản trị\nenabled: true\n"
        (home / "sources" / f"{id_}.yml").write_text(text, encoding="utf-8")
    (home / "contacts.yml").write_text(CONTACTS, encoding="utf-8")
    settings = load_settings({}, home=home)
    at = [NOW]
    store = open_store(settings.database)
    store.connection.execute("PRAGMA synchronous=OFF")
    deps = Deps(store, BodyStore(settings.bodies), settings, Tools(settings, lambda: at[0]), lambda: at[0])
    assert set(KINDS) <= set(deps.tools.sources)
    began = NOW - 100 * DAY
    url = "https://bencang.example/rss"
    fetch = Fetch(Fetch.make_id(url, began), FetchKind.FEED, "bencang", url, began, began, FetchOutcome.FETCHED)
    with store.transaction() as tx:
        tx.add_fetch(fetch)
    yield Town(deps, at, home, fetch)
    store.close()


def counted(town: Town) -> None:
    """All days of the history, however many quarters of an hour that takes."""
    today = dt.datetime.fromtimestamp(town.at[0] / 1000, ZONE).date()
    while recount(town.deps, today, 84) > 3:
        pass


def test_a_quiet_day_gives_no_warning_no_notice_and_no_word(town: Town) -> None:
    town.history()
    town.item(2)
    counted(town)
    assert warn(town.deps, NOW) == (0, 0)
    assert town.warned() == [] and town.deps.store.untold_notices(NOW + DAY, 9) == []


def test_a_theme_above_its_level_is_told_once_with_its_items_and_its_task(town: Town) -> None:
    town.history()
    items = {town.item(h / 4, title="Thu quỹ lớp") for h in range(1, 9)}
    town.item(3, reprint=True)
    town.item(3, "sogd")
    town.item(3, hp="none")
    town.item(3, outcome="to_review")
    counted(town)
    assert warn(town.deps, NOW) == (1, 1)
    (told,) = town.deps.store.warnings()
    assert told.kind is WarningKind.RISE and told.subject == "lamthu" and told.figures["count"] == 8
    assert set(told.items) == {f"article:{i}" for i in items}
    id_ = f"{told.id}"
    (notice,) = town.deps.store.untold_notices(NOW, 9) or town.deps.store.notices_about("")
    assert (notice.kind, notice.contact, notice.urgent, notice.path) == (
        "warning", "role:bao_chi", False, f"/canh-bao-som/{id_}",
    )  # fmt: skip
    assert [t.stage for t in town.deps.store.tasks_for([notice.id])] == ["notify"]
    assert warn(town.deps, NOW) == (0, 0)
    town.item(0.1)
    assert warn(town.deps, NOW + HOUR) == (0, 0), "one more is not a higher grade"


def test_titles_in_a_warning_name_no_pupil(town: Town) -> None:
    town.history()
    for h in range(1, 7):
        town.item(h, title="Em Nguyễn Thị Bé Na, học sinh lớp 6A, phải nộp quỹ")
    counted(town)
    warn(town.deps, NOW)
    (told,) = town.deps.store.warnings()
    assert "Bé Na" not in " ".join((told.title, *told.why))


def test_without_enough_days_on_record_nothing_is_said(town: Town) -> None:
    town.history(20)
    for h in range(1, 9):
        town.item(h)
    counted(town)
    assert warn(town.deps, NOW) == (0, 0)


def test_the_days_are_counted_bit_by_bit_and_anew_when_a_label_or_a_late_item_changes_them(town: Town) -> None:
    town.history()
    today = dt.date(2026, 11, 20)
    assert recount(town.deps, today, 84) == 23
    assert len({d.day for d in town.deps.store.theme_days("2026-01-01", "2026-12-31")}) == 23
    counted(town)
    days = town.deps.store.theme_days("2026-01-01", "2026-12-31")
    assert len({d.day for d in days}) == 85
    assert [d.seen for d in days if d.day == "2026-08-30"] == [0], "nothing was collected before the first item"
    town.item(30, theme="baoluc")
    recount(town.deps, today, 84)
    assert "baoluc" in {d.theme for d in town.deps.store.theme_days("2026-11-19", "2026-11-19")}


def test_a_local_story_that_a_national_and_then_a_foreign_outlet_takes_up(town: Town) -> None:
    town.item(30, story="s")
    assert warn(town.deps, NOW) == (0, 0)
    first = town.item(2, "datviet", story="s", hp="mention")
    assert warn(town.deps, NOW) == (1, 1)
    (told,) = town.deps.store.warnings("wider")
    assert told.level == "national" and told.items[0] == f"article:{first}" and "Datviet" in told.why[0]
    town.item(1, "xaxoi", story="s", reprint=True)
    assert warn(town.deps, NOW + 1) == (1, 1)
    assert [w.level for w in town.deps.store.warnings_about("wider", [told.subject])[told.subject]] == [
        "national", "foreign",
    ]  # fmt: skip
    assert warn(town.deps, NOW) == (0, 0)


def test_another_theme_or_a_story_from_elsewhere_is_nobodys_warning(town: Town) -> None:
    town.item(9, story="s", theme="khenthuong")
    town.item(2, "datviet", story="s", theme="khenthuong")
    town.item(9, story="t", hp="none")
    town.item(2, "datviet", story="t", hp="none")
    assert warn(town.deps, NOW) == (0, 0)


def test_criticism_is_for_the_press_officer_and_opens_no_case_and_no_candidate(town: Town) -> None:
    items = [town.item(h, story="s", theme="csvc", stance="critical") for h in (30, 6, 3)]
    town.item(2, story="s", theme="csvc", stance="critical", reprint=True)
    town.item(1, story="s", theme="csvc", stance="critical", score=0.5)
    assert warn(town.deps, NOW) == (1, 1)
    (told,) = town.deps.store.warnings()
    assert told.kind is WarningKind.CRITICISM and told.title.startswith("Cần trả lời: ")
    assert set(told.items) == {f"article:{i}" for i in items}
    assert told.contacts == ("role:bao_chi",) and dict(told.figures) == {
        "originals": 4, "critical": 3, "before": 1, "step": 1,
    }  # fmt: skip
    assert not any(outlet.title() in line for outlet in KINDS for line in (told.title, *told.why))
    assert town.deps.store.candidates(limit=9) == [] and town.deps.store.case_events() == []
    town.item(0.5, story="s", theme="csvc", stance="critical")
    assert warn(town.deps, NOW) == (0, 0)
    for h in (0.4, 0.3):
        town.item(h, story="s", theme="csvc", stance="critical")
    assert warn(town.deps, NOW) == (1, 1), "twice as many"


def test_criticism_without_an_address_for_the_press_officer_is_told_to_nobody_else(town: Town) -> None:
    (town.home / "contacts.yml").write_text(
        "contacts:\n  role:chanh_van_phong:\n    addresses:\n      - email: chanh@so.example\n", encoding="utf-8"
    )
    for h in (6, 3, 2):
        town.item(h, story="s", theme="csvc", stance="critical")
    assert warn(town.deps, NOW) == (1, 0)
    assert len(town.warned("criticism")) == 1


@pytest.mark.parametrize(
    ("asked", "due", "hard", "paused", "told"),
    [
        (11, 13, 9, None, False),  # not half of it yet
        (12, 12, 8, None, True),
        (21, 3, -1, None, False),  # the hard alarm speaks
        (21, 3, None, None, True),
        (25, -1, None, None, False),
        (14, 16, 12, (10, 4), False),  # six hours of it paused: 8 of 24
        (18, 12, 8, (10, 4), True),
    ],
)
def test_a_question_of_the_press_is_told_when_half_of_its_time_is_gone(
    town: Town, asked: float, due: float, hard: float | None, paused: tuple[float, float] | None, told: bool
) -> None:
    case_id = town.request(asked, due, hard, paused)
    assert warn(town.deps, NOW) == ((1, 1) if told else (0, 0))
    assert warn(town.deps, NOW + HOUR // 2) == (0, 0)
    notices = town.deps.store.notices_about(case_id)
    assert [n.path for n in notices] == ([f"/viec/{case_id}"] if told else [])
    assert all("quỹ lớp" not in " ".join((n.subject, *n.lines)) for n in notices)


def test_the_clock_puts_a_look_on_the_list_every_quarter_of_an_hour_and_the_stage_works_it(town: Town) -> None:
    town.item(9, story="s")
    town.item(2, "datviet", story="s")
    assert [t.subject for t in warning.warn_tasks(town.deps)] == ["warn 2026-11-20T15:00+07:00"]
    the_clock.tick(town.deps)
    assert warning.warn_tasks(town.deps) == []
    assert Runner(town.deps).drain([WARN]) == 1
    assert len(town.warned()) == 1
    town.at[0] += 15 * 60_000
    assert len(warning.warn_tasks(town.deps)) == 1


def test_a_crash_before_the_end_leaves_neither_warning_nor_notice(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.item(9, story="s")
    town.item(2, "datviet", story="s")

    def killed(*_: object) -> list[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(warning, "notice_tasks", killed)
    with pytest.raises(KeyboardInterrupt):
        warn(town.deps, NOW)
    assert town.warned() == [] and town.deps.store.notices_about("") == []
    monkeypatch.undo()
    assert warn(town.deps, NOW) == (1, 1)


def test_one_kind_that_breaks_keeps_none_of_the_others_from_being_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.request(12, 12, 8)

    def broken(*_: object) -> list[object]:
        raise ValueError("a row that nobody can read")

    monkeypatch.setattr(warning, "found_stories", broken)
    with pytest.raises(ValueError, match="nobody can read"):
        warn(town.deps, NOW)
    assert len(town.warned("unanswered")) == 1


def test_nobody_subscribed_means_nothing_is_raised(town: Town) -> None:
    (town.home / "subscriptions.yml").write_text(
        "subscriptions:\n"
        "  can_bo_bao_chi: {contact: role:bao_chi, kinds: [unanswered], enabled: false}\n"
        "  can_bo_bao_chi_chuyen_muc: {contact: role:bao_chi, kinds: [rise], enabled: false}\n",
        encoding="utf-8",
    )
    town.request(12, 12, 8)
    town.item(9, story="s")
    town.item(2, "datviet", story="s")
    assert warn(town.deps, NOW) == (0, 0) and town.warned() == []


def test_a_terminal_lists_warnings_and_opens_one(town: Town) -> None:
    town.item(9, story="s")
    first = town.item(2, "datviet", story="s")
    warn(town.deps, NOW)
    (told,) = town.deps.store.warnings()

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["warnings", *words, "--home", str(town.home)])
        return done.exit_code, done.output

    assert told.id in run("list")[1] and told.title in run("list", "--kind", "wider")[1]
    code, shown = run("show", told.id)
    assert code == 0 and first in shown and told.why[0] in shown
    assert "Chưa có cảnh báo" in run("list", "--kind", "rise")[1]
    assert run("check")[0] == 0
    (town.home / "subscriptions.yml").write_text("rulez: {}\n", encoding="utf-8")
    code, shown = run("check")
    assert code == 1 and "subscriptions.yml:1" in shown
