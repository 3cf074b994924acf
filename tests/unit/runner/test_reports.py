"""Reports of an installation: built once, the same in a year, numbered once; and the command as people type it."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alerts import report
from alerts.labelling import say
from config.settings import Settings
from runner import reports
from runner.cli import app
from runner.deps import Deps, make_deps
from store.errors import InputError
from store.model import Judgement, JudgementKind
from store.model_label import LabelTask

_SPEC = importlib.util.spec_from_file_location(
    "report_rows_r", Path(__file__).parent.parent / "alerts" / "report_rows.py"
)
assert _SPEC and _SPEC.loader
rows = importlib.util.module_from_spec(_SPEC)
sys.modules["report_rows_r"] = rows
_SPEC.loader.exec_module(rows)
BY = "Trần Thị Sổ"


class Clock:
    """Moved by the tests."""

    at = rows.at(dt.date(2026, 6, 1))

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Deps]:
    deps = make_deps(Settings(home=tmp_path), Clock(), deliver=False)
    month = rows.Month(deps.store)
    for n in range(6):
        month.add(rows.at(rows.MAY.first + dt.timedelta(days=n)), f"Bài số {n}", hp="direct", places=("11413",))
    yield deps
    deps.store.close()


def may(deps: Deps) -> report.Window:
    return report.window("month", "2026-05", reports.periods_of(deps))


def rejudge(deps: Deps) -> None:
    """A new version of the judge says that all of it is bad news from elsewhere."""
    article = deps.store.articles_seen(0, 2**60)
    texts = [r for found in deps.store.revisions_of([a.id for a in article]).values() for r in found]
    with deps.store.transaction() as tx:
        tx.add_judgements(Judgement(r.id, JudgementKind.TONE, "shipped", "v2", "neg", 0.99, {}, 9) for r in texts)
        tx.add_judgements(Judgement(r.id, JudgementKind.HP, "shipped", "v2", "none", 0.99, {}, 9) for r in texts)


def test_a_report_is_built_once_and_judging_again_changes_nothing(home: Deps) -> None:
    first = reports.make(home, may(home))
    assert first.fresh and first.report.figures["hp.tong"] == 6
    files = reports.files_of(home, first)
    rejudge(home)
    again = reports.make(replace(home, now=lambda: Clock.at + 365 * rows.DAY), may(home))
    assert not again.fresh and again.report == first.report and reports.files_of(home, again) == files
    items = home.store.report_items(first.report.id)
    assert sum("hp.tong" in item.figures for item in items) == 6
    assert all(item.revision_id and item.judgements["tone"].startswith("jud_") for item in items)


def test_the_next_edition_is_asked_for_and_counts_what_was_said_since(home: Deps) -> None:
    first = reports.make(home, may(home))
    article = home.store.report_items(first.report.id)[0].subject_id
    say(home.store, article, {LabelTask.EDU: "none"}, by=BY, why="", now=home.now())
    second = reports.make(home, may(home), again=True)
    assert second.fresh and second.report.edition == 2 and second.report.figures["hp.tong"] == 5
    assert reports.make(home, may(home)).report == second.report
    assert home.store.report(first.report.id) == first.report, "the first stays"
    third = reports.make(home, may(home), again=True)
    assert third.report == second.report, "nothing has changed since: no third"


def test_vn_thus_number_locks_the_window_for_good(home: Deps) -> None:
    first = reports.make(home, may(home))
    locked = reports.lock(home, first.report.id, 12, dt.date(2026, 5, 18), BY)
    files = reports.files_of(home, locked)
    rejudge(home)
    with pytest.raises(InputError, match="số 12 ngày 2026-05-18"):
        reports.make(home, may(home), again=True)
    later = reports.make(home, may(home))
    assert later.lock is not None and later.lock.by == BY and reports.files_of(home, later) == files
    with pytest.raises(InputError, match="đã cấp số"):
        reports.lock(home, first.report.id, 13, dt.date(2026, 5, 19), BY)
    assert files["pdf"] != home.bodies.get(first.report.files["pdf"]), "the draft's own file is kept beside it"


@pytest.mark.parametrize(("number", "by", "what"), [(0, BY, "từ 1"), (3, "x", "họ"), (3, "", "tên")])
def test_a_number_needs_a_number_and_a_person(home: Deps, number: int, by: str, what: str) -> None:
    kept = reports.make(home, may(home))
    with pytest.raises(InputError, match=what):
        reports.lock(home, kept.report.id, number, dt.date(2026, 5, 18), by)
    assert home.store.report_lock(kept.report.id) is None


def test_a_provisional_report_is_followed_by_itself_once_the_window_is_over(home: Deps) -> None:
    early = replace(home, now=lambda: rows.at(rows.MAY.first + dt.timedelta(days=3), 20))
    first = reports.make(early, may(home))
    assert first.report.provisional and first.report.figures["hp.tong"] == 4
    assert reports.make(early, may(home)).report == first.report
    second = reports.make(home, may(home))
    assert second.report.edition == 2 and not second.report.provisional and second.report.figures["hp.tong"] == 6
    with pytest.raises(InputError, match="chưa có gì"):
        reports.make(early, report.window("month", "2026-07", reports.periods_of(home)))


def test_a_crash_before_the_report_row_leaves_no_report(home: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    built = report.build(reports.read(home, may(home)), 1)
    with home.store.transaction() as tx:
        tx.add_report_items(built.report.id, built.items[:2])
    assert home.store.reports() == []
    kept = reports.make(home, may(home))
    assert [i.position for i in home.store.report_items(kept.report.id)] == list(range(1, len(built.items) + 1))


def test_communes_and_schools_are_reports_of_their_own(home: Deps) -> None:
    whole = reports.make(home, may(home))
    name = reports.scope_of(home, "11413", "")[2]
    here = reports.make(home, may(home), commune=name)
    assert here.report.scope == "commune:11413" and here.report.id != whole.report.id
    assert here.report.figures["hp.tong"] == 6
    assert reports.make(home, may(home), school="THCS Hoa Ban").report.figures == {}
    for bad in ({"commune": "Xã Không Có"}, {"school": "Hoa Ban"}, {"commune": "11413", "school": "THCS Hoa Ban"}):
        with pytest.raises(InputError):
            reports.make(home, may(home), **bad)


def test_agreements_are_counted_from_the_departments_own_file(home: Deps) -> None:
    url = home.store.articles_seen(0, 2**60)[0].canonical_url
    (home.settings.home / "contracts.yml").write_text(
        f"""
contracts:
  hai_au:
    name: Báo Hải Âu
    outlets: [Báo Hải Âu]
    since: "2026-01-01"
    until: "2026-12-31"
    per_month: 4
    pieces:
      - {{name: Phóng sự, due: "2026-04-20", url: "{url}"}}
      - {{name: Chuyên đề, due: "2026-05-01"}}
""",
        encoding="utf-8",
    )
    kept = reports.make(home, may(home))
    assert kept.report.figures["hop_dong.hai_au"] == 6
    document = report.document_of(home.bodies.get(kept.report.files["content"]))
    table = next(b for b in document.blocks if getattr(b, "caption", "").startswith("Hợp tác truyền thông"))
    assert table.rows == (("Báo Hải Âu", "3,9", "6", "2", "1", "0", "1"),)


def test_a_faulty_file_is_told_in_the_report_and_by_check(home: Deps) -> None:
    (home.settings.home / "contracts.yml").write_text("contracts: {x: {name: Báo}}\n", encoding="utf-8")
    kept = reports.make(home, may(home))
    words = home.bodies.get(kept.report.files["content"]).decode()
    assert "Cấu hình có lỗi nên không được dùng: " in words and "contracts.yml:1" in words
    home.store.close()
    found = CliRunner().invoke(app, ["report", "check", "--home", str(home.settings.home)])
    assert found.exit_code == 1 and "contracts.yml:1" in found.output


def test_the_command_writes_files_lists_opens_and_locks(home: Deps, tmp_path: Path) -> None:
    home.store.close()
    out, run = tmp_path / "out", CliRunner()
    base = ["--home", str(home.settings.home), "--json"]
    made = json.loads(run.invoke(app, ["report", "month", "2026-05", "--out", str(out), *base]).output)
    assert sorted(p.name for p in out.iterdir()) == [f"bao-cao-2026-05.{k}" for k in ("csv", "docx", "pdf", "xlsx")]
    assert made["fresh"] and made["figures"]["hp.tong"] == 6 and made["from"] == "2026-04-15"
    again = json.loads(run.invoke(app, ["report", "month", "2026-05", "--out", str(out), *base]).output)
    assert again["id"] == made["id"] and not again["fresh"]
    behind = json.loads(run.invoke(app, ["report", "open", made["id"], "hp.tong", *base]).output)
    assert len(behind) == 6 and all(one["revision"].startswith("rev_") for one in behind)
    number = ["--number", "5", "--by", BY, "--day", "2026-05-18", "--out", str(out)]
    locked = json.loads(run.invoke(app, ["report", "lock", made["id"], *number, *base]).output)
    assert locked["number"] == 5
    listed = json.loads(run.invoke(app, ["report", "list", *base]).output)
    assert [(r["id"], r["number"]) for r in listed] == [(made["id"], 5)]
    bad = run.invoke(app, ["report", "month", "2026-13", *base[:2]])
    assert bad.exit_code != 0
