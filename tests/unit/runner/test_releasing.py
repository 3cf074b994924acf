"""From the digest hour to a release: who is mailed when, days off, the week, the reminder; a fake clock, real rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from alerts import digest_words as words
from config.settings import load_settings
from runner.clock import tick
from runner.deps import Deps, make_deps
from runner.digests import build_now, due_at, export
from runner.releasing import release_now
from runner.replay import ReplayClock
from runner.run import Runner
from runner.stages import DIGEST
from store.errors import InputError
from store.model import Digest, Fetch, FetchKind, FetchOutcome
from store.model_case import CaseKind, CaseNow, CaseRows, CaseState, Severity

FRIDAY = dt.date(2026, 11, 20)
DAY_MS, MINUTE = 86_400_000, 60_000
OFFICER, LEADER, DEPUTY = "baochi@so.example", "giamdoc@so.example", "phovp@so.example"
WHO = "Nguyễn Thị Hoa"
CONTACTS = f"""\
contacts:
  role:bao_chi: {{addresses: [{{email: {OFFICER}}}]}}
  role:pho_van_phong: {{addresses: [{{email: {DEPUTY}}}]}}
"""


def opened(tmp_path: Path, **settings: object) -> tuple[Deps, ReplayClock]:
    (tmp_path / "sources").mkdir(exist_ok=True)
    (tmp_path / "contacts.yml").write_text(CONTACTS, encoding="utf-8")
    clock = ReplayClock()
    made = load_settings(
        {}, home=tmp_path, recipients=(LEADER,), smtp_from="d@so.example", only_own_sources=True,
        sources_dir=tmp_path / "sources", **settings,
    )  # fmt: skip
    deps = make_deps(made, clock)
    clock.move(due_at(deps, FRIDAY) - 20 * 60 * MINUTE)
    url = "http://bencang.example/rss"
    first = Fetch(Fetch.make_id(url, clock.at), FetchKind.FEED, "b", url, clock.at - 9, clock.at, FetchOutcome.TIMEOUT)
    with deps.store.transaction() as tx:
        tx.add_fetch(first)
    clock.move(due_at(deps, FRIDAY))
    return deps, clock


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[Deps, ReplayClock]]:
    deps, clock = opened(tmp_path)
    yield deps, clock
    deps.store.close()


def turn(deps: Deps) -> None:
    tick(deps)
    Runner(deps).drain([DIGEST])


def days(deps: Deps, kind: str = "daily") -> list[str]:
    return sorted(d.day for d in deps.store.digests() if d.kind == kind)


def mailed(deps: Deps, day: dt.date = FRIDAY, kind: str = "daily") -> list[str]:
    return [d.recipient for d in deps.store.deliveries(Digest.make_id(kind, day.isoformat()))]


def test_the_draft_goes_to_the_press_officer_alone_and_the_leader_waits_for_the_release(house) -> None:
    deps, _ = house
    turn(deps)
    assert mailed(deps) == [OFFICER]
    release_now(deps, FRIDAY, WHO)
    assert mailed(deps, kind="release") == [LEADER]
    html = (deps.settings.digests / "diem-bao-2026-11-20.html").read_text(encoding="utf-8")
    assert words.STAMP not in html and WHO in html, "the folder holds what was released"
    assert sorted(p.suffix for p in deps.settings.digests.iterdir()) == [".docx", ".html", ".pdf", ".txt", ".txt"]


def test_a_department_that_wants_it_sends_by_itself_as_before(tmp_path: Path) -> None:
    deps, _ = opened(tmp_path, digest_release="automatic")
    (tmp_path / "presets.yml").write_text(
        'recipients: [{to: "commune:11413", preset: office}, {to: phogd@so.example, preset: leader}]', encoding="utf-8"
    )
    turn(deps)
    assert mailed(deps) == [LEADER], "the whole digest, at once"
    assert words.STAMP not in (deps.settings.digests / "diem-bao-2026-11-20.html").read_text(encoding="utf-8")
    assert mailed(deps, kind="release") == ["phogd@so.example"]
    found = deps.store.digest_release(Digest.make_id("daily", FRIDAY.isoformat()))
    assert found is not None and found.released_by == words.AUTOMATIC
    deps.store.close()


def test_unreleased_at_its_hour_the_officer_and_the_deputy_are_reminded_once(house) -> None:
    deps, clock = house
    turn(deps)
    clock.move(clock.at + 44 * MINUTE)
    turn(deps)
    assert deps.store.notices_due((0, ""), clock.at, 9) == []
    clock.move(clock.at + MINUTE)
    for _ in range(2):
        turn(deps)
    told = deps.store.notices_due((0, ""), clock.at, 9)
    assert sorted(n.contact for n in told) == ["role:bao_chi", "role:pho_van_phong"]
    assert all("20/11/2026" in n.subject and n.path == "/phat-hanh?ngay=2026-11-20" for n in told)
    assert {t.stage for t in deps.store.tasks_for([n.id for n in told])} == {"notify"}


def test_released_in_time_nobody_is_reminded(house) -> None:
    deps, clock = house
    turn(deps)
    release_now(deps, FRIDAY, WHO)
    clock.move(clock.at + 60 * MINUTE)
    turn(deps)
    assert deps.store.notices_due((0, ""), clock.at, 9) == []


def test_days_off_have_no_digest_and_monday_covers_them(house) -> None:
    deps, clock = house
    turn(deps)
    for _ in range(3):
        clock.move(clock.at + DAY_MS)
        turn(deps)
    assert days(deps) == ["2026-11-20", "2026-11-23"]
    monday = deps.store.digest(Digest.make_id("daily", "2026-11-23"))
    assert (monday.window_from, monday.window_to) == (due_at(deps, FRIDAY), due_at(deps, dt.date(2026, 11, 23)))
    assert "Kỳ này gồm cả ngày nghỉ: thứ Bảy 21/11, Chủ nhật 22/11." in _html(deps, monday)


def test_an_urgent_case_brings_a_digest_on_a_day_off_and_monday_goes_on_from_there(house) -> None:
    deps, clock = house
    turn(deps)
    clock.move(clock.at + 60 * MINUTE)
    _urgent_case(deps, clock.at)
    clock.move(due_at(deps, dt.date(2026, 11, 21)))
    turn(deps)
    assert days(deps) == ["2026-11-20", "2026-11-21"]
    saturday = deps.store.digest(Digest.make_id("daily", "2026-11-21"))
    assert words.GAP_URGENT in _html(deps, saturday)
    clock.move(due_at(deps, dt.date(2026, 11, 23)))
    turn(deps)
    monday = deps.store.digest(Digest.make_id("daily", "2026-11-23"))
    assert monday.window_from == saturday.window_to


def test_one_that_was_only_asked_for_on_a_day_off_closes_no_gap(house) -> None:
    deps, clock = house
    saturday = dt.date(2026, 11, 21)
    clock.move(due_at(deps, saturday) + MINUTE)
    build_now(deps, saturday)
    assert days(deps) == ["2026-11-21"] and mailed(deps, saturday) == []
    clock.move(due_at(deps, dt.date(2026, 11, 23)))
    turn(deps)
    monday = deps.store.digest(Digest.make_id("daily", "2026-11-23"))
    assert monday.window_from == due_at(deps, FRIDAY)


def test_the_week_is_ready_on_friday_afternoon(house) -> None:
    deps, clock = house
    turn(deps)
    assert days(deps, "weekly") == []
    clock.move(due_at(deps, FRIDAY, "weekly"))
    turn(deps)
    assert days(deps, "weekly") == ["2026-11-20"]
    week = deps.store.digest(Digest.make_id("weekly", "2026-11-20"))
    assert week.window_to - week.window_from == 7 * DAY_MS
    assert week.subject.startswith("Điểm báo tuần giáo dục")
    assert mailed(deps, kind="weekly") == [OFFICER]
    assert "diem-bao-tuan-2026-11-20.html" in {p.name for p in deps.settings.digests.iterdir()}
    made = release_now(deps, FRIDAY, WHO, "weekly")
    assert mailed(deps, kind="weekly:release") == [LEADER] and set(made.editions) == {"weekly:release"}


def test_a_run_that_writes_to_nobody_writes_to_no_officer_either(house) -> None:
    deps, _ = house
    turn(replace(deps, recipients=(), deliver=False))
    assert mailed(deps) == []


def test_what_is_not_built_is_not_released_and_files_come_again_from_what_was_kept(house) -> None:
    deps, _ = house
    with pytest.raises(InputError, match="chưa có bản nháp"):
        release_now(deps, FRIDAY, WHO)
    turn(deps)
    release_now(deps, FRIDAY, WHO)
    paths = export(deps, "2026-11-20")
    before = {name: path.read_bytes() for name, path in paths.items()}
    for path in paths.values():
        path.unlink()
    assert {name: path.read_bytes() for name, path in export(deps, "2026-11-20").items()} == before


def _html(deps: Deps, digest: Digest) -> str:
    return deps.bodies.get(digest.files["html"]).decode()


def _urgent_case(deps: Deps, at: int) -> None:
    with deps.store.transaction() as tx:
        case, _ = tx.add_case(CaseKind.SUSPECT, "candidate", "can_u", 2026, at)
        now = CaseNow(
            case.id, case.kind, CaseState.NEW, "Ngộ độc ở một bếp ăn", Severity.URGENT, "office:sgddt_vp", "", "", "",
            "person", False, at,
        )  # fmt: skip
        tx.put_case(CaseRows(case, now))
