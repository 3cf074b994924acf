"""Old articles by the judge of now, and the month's look at what the judge says."""

from __future__ import annotations

import datetime as dt

import pytest
from typer.testing import CliRunner

from runner.cli import app
from runner.clock import tick
from runner.deps import Deps
from runner.doctor import _drift as doctor_drift
from runner.labels_drift import last_whole_month, look
from runner.labels_rejudge import rejudge
from runner.run import Runner
from runner.stages import DRIFT, JUDGE
from store.errors import InputError
from store.model import Article, Judgement, JudgementKind, NewTask
from tests.unit.runner.conftest import HOUR, NOON, Clock, Outlet

DAY = dt.date(2026, 11, 20)
TEXT = ("Trường Sao Biển ở phường Lê Chân, Hải Phòng mở bếp ăn", "Bếp phục vụ 200 học sinh từ thứ hai.", "")


def judged_before(deps: Deps, outlet: Outlet, at: int, number: int) -> Article:
    """An article with a judgement of an older version, and its finished task."""
    article = outlet.article(url=f"https://bencang.example/bai-{number}.html", at=at)
    outlet.page(article, TEXT, at=at)
    (text,) = deps.store.revisions_of([article.id])[article.id]
    with deps.store.transaction() as tx:
        tx.add_judgements([Judgement(text.id, JudgementKind.EDU, "haidang", "cũ", "none", 0.9, {}, at)])
        tx.add_tasks([NewTask("judge", text.id, "cũ", at)], at)
    for task in deps.store.claim("judge", 5, "w", at, 1000):
        with deps.store.transaction() as tx:
            tx.finish(task, "irrelevant", "", at)
    return article


def test_old_articles_are_judged_anew_and_the_old_judgements_stay(deps: Deps, outlet: Outlet, clock: Clock) -> None:
    inside = judged_before(deps, outlet, NOON, 1)
    outside = judged_before(deps, outlet, NOON - 30 * HOUR, 2)
    clock.at = NOON + 100 * HOUR
    assert rejudge(deps, DAY, DAY) == (1, 1)
    Runner(deps).drain([JUDGE])
    (text,) = deps.store.revisions_of([inside.id])[inside.id]
    edu = [j for j in deps.store.judgements_of([text.id])[text.id] if j.kind is JudgementKind.EDU]
    assert [(j.version == "cũ", j.label) for j in edu] == [(True, "none"), (False, "core")]
    assert [a.id for a in deps.store.relevant_seen(0, clock.at)] == [inside.id]
    (other,) = deps.store.revisions_of([outside.id])[outside.id]
    assert len(deps.store.judgements_of([other.id])[other.id]) == 1
    assert rejudge(deps, DAY, DAY) == (1, 0)  # this version has judged it


def test_the_days_are_inclusive_and_local(deps: Deps, outlet: Outlet) -> None:
    midnight = NOON - 12 * HOUR
    for number, at in enumerate((midnight - 1, midnight, midnight + 24 * HOUR - 1, midnight + 24 * HOUR)):
        judged_before(deps, outlet, at, number)
    assert rejudge(deps, DAY, DAY) == (2, 2)
    assert rejudge(deps, DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)) == (4, 2)


def test_by_command_here_and_now(deps: Deps, outlet: Outlet) -> None:
    judged_before(deps, outlet, NOON, 1)
    days = ["--from", DAY.isoformat(), "--to", DAY.isoformat(), "--home", str(deps.settings.home)]
    done = CliRunner().invoke(app, ["rejudge", *days, "--now"])
    assert done.exit_code == 0, done.output
    assert "1 bản sẽ được nhận định" in done.output
    assert "relevant" in done.output
    wrong = CliRunner().invoke(app, ["rejudge", "--from", "2026-11-21", *days[2:]])
    assert wrong.exit_code == 2


def month_of(deps: Deps, outlet: Outlet, at: int, label: str, number: int, stories: int = 40) -> None:
    """Stories of one outlet first seen from then on, all judged so."""
    for n in range(stories):
        article = outlet.article(url=f"https://bencang.example/{number}-{n}.html", at=at + n)
        outlet.page(article, (f"Tin {number} {n}", "", ""), at=at + n)
        (text,) = deps.store.revisions_of([article.id])[article.id]
        rows = [
            Judgement(text.id, kind, "haidang", "v1", said, 0.9, {}, at)
            for kind, said in ((JudgementKind.EDU, "core" if label == "neg" else "none"), (JudgementKind.TONE, label))
        ]
        with deps.store.transaction() as tx:
            tx.add_judgements(rows)


def test_a_shift_becomes_one_row_and_names_no_outlet_beside_tone(deps: Deps, outlet: Outlet, clock: Clock) -> None:
    month_of(deps, outlet, NOON - 60 * 24 * HOUR, "pos", 1)
    month_of(deps, outlet, NOON - 30 * 24 * HOUR, "neg", 2)
    assert last_whole_month(deps) == "2026-10"
    notices = look(deps, "2026-10")
    assert {(n.task, n.outlet) for n in notices} == {("edu", "Bến Cảng"), ("tone", "")}
    (kept,) = [row for row in deps.store.export("drift_notice") if row["task"] == "tone"]
    assert "Bến Cảng" not in str(dict(kept))
    told = CliRunner().invoke(app, ["drift", "--month", "2026-10", "--home", str(deps.settings.home)]).output
    assert "Sắc thái: tháng 10/2026 máy nhận định khác hẳn các tháng trước: " in told
    assert "Giáo dục: tháng 10/2026 máy nhận định khác hẳn các tháng trước, Bến Cảng: " in told
    assert len(deps.store.drift_notices()) == 2
    assert look(deps, "2026-09") == []
    with pytest.raises(InputError, match="tháng"):
        look(deps, "2026-13")


def test_the_clock_looks_once_a_month_and_doctor_tells_what_was_seen(deps: Deps, outlet: Outlet, clock: Clock) -> None:
    month_of(deps, outlet, NOON - 60 * 24 * HOUR, "pos", 1)
    month_of(deps, outlet, NOON - 30 * 24 * HOUR, "neg", 2)
    tick(deps)
    Runner(deps).drain([DRIFT])
    (task,) = deps.store.tasks_for(["2026-10"])
    assert (task.stage, task.outcome, task.message) == ("drift", "checked", "2 shifts")
    assert len(deps.store.drift_notices()) == 2
    clock.at += 24 * HOUR
    tick(deps)
    assert len(deps.store.tasks_for(["2026-10"])) == 1
    told = [f.what for f in doctor_drift(deps.store, NOON)]
    assert any(what.startswith("Sắc thái: tháng 10/2026") for what in told)
    assert list(doctor_drift(deps.store, NOON + 60 * 24 * HOUR)) == []
