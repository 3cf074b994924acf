"""``haidang report …``: trend reports of any window, their numbers, what stands behind a figure."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli_common import AsJson, Home, day_of, opened, say
from store.errors import ConfigError, InputError

if TYPE_CHECKING:
    from runner.deps import Deps
    from runner.reports import Kept

app = typer.Typer(no_args_is_help=True, help="Báo cáo xu hướng: lập, mở lại, cấp số. · Trend reports.")
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Thư mục ghi tệp. · Folder for the files.")]
Commune = Annotated[str, typer.Option("--commune", help="Chỉ một xã, phường, đặc khu. · One commune.")]
School = Annotated[str, typer.Option("--school", help="Chỉ một trường, như “THCS Hoa Ban”. · One school.")]
Again = Annotated[bool, typer.Option("--again", help="Lập bản mới dù đã có. · Make the next edition.")]
HERE = Path()


def _made(kind: str, value: str, last: str, given: tuple[Path, str, str, bool, Path | None, bool]) -> None:
    from alerts.report import window
    from runner.reports import export, make, periods_of

    out, commune, school, again, home, as_json = given
    with opened(home) as deps:
        one = window(kind, value, periods_of(deps), last)
        kept = make(deps, one, commune=commune, school=school, again=again)
        paths = export(deps, kept, out)
        _told(deps, kept, paths, as_json)


def _told(deps: Deps, kept: Kept, paths: list[Path], as_json: bool) -> None:
    found = kept.report
    if as_json:
        row = {
            "id": found.id, "period": found.period, "edition": found.edition, "from": found.first_day,
            "to": found.last_day, "fresh": kept.fresh, "provisional": found.provisional,
            "number": kept.lock.number if kept.lock else None, "files": [str(p) for p in paths],
            "figures": dict(found.figures),
        }  # fmt: skip
        print(json.dumps(row, ensure_ascii=False))  # noqa: T201
        return
    say(f"{found.subject} ({found.first_day} - {found.last_day}), bản {found.edition}: {found.id}")
    if kept.lock:
        say(f"Đã khóa: số {kept.lock.number} ngày {kept.lock.day}.", fg="green")
    elif not kept.fresh:
        say("Báo cáo đã lập trước đây, giữ nguyên; lập bản mới: thêm --again.")
    if found.provisional:
        say("Kỳ chưa kết thúc: chạy lại sau ngày cuối kỳ sẽ có bản mới.", fg="yellow")
    for path in paths:
        say(f"  {path}")


@app.command("month")
def month(
    value: Annotated[str, typer.Argument(metavar="2026-05")], *,
    out: Out = HERE, commune: Commune = "", school: School = "",
    again: Again = False, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Tháng, theo kỳ chốt số liệu (tháng 5 là 15/4–14/5). · A month."""
    _made("month", value, "", (out, commune, school, again, home, as_json))


@app.command("quarter")
def quarter(
    value: Annotated[str, typer.Argument(metavar="2026-Q1")], *, out: Out = HERE, commune: Commune = "",
    school: School = "", again: Again = False, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Quý. · A quarter."""
    _made("quarter", value, "", (out, commune, school, again, home, as_json))


@app.command("half")
def half(
    value: Annotated[str, typer.Argument(metavar="2026-H1")], *,
    out: Out = HERE, commune: Commune = "", school: School = "",
    again: Again = False, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """6 tháng. · Half a year."""
    _made("half", value, "", (out, commune, school, again, home, as_json))


@app.command("year")
def year(
    value: Annotated[str, typer.Argument(metavar="2026")], *,
    out: Out = HERE, commune: Commune = "", school: School = "",
    again: Again = False, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Năm (từ 15/12 năm trước đến 14/12). · A year."""
    _made("year", value, "", (out, commune, school, again, home, as_json))


@app.command("school-year")
def school_year(
    value: Annotated[str, typer.Argument(metavar="2025-2026")], *, out: Out = HERE, commune: Commune = "",
    school: School = "", again: Again = False, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Năm học. · A school year."""
    _made("school-year", value, "", (out, commune, school, again, home, as_json))


@app.command("window")
def window_(
    first: Annotated[str, typer.Argument(metavar="2026-05-01")],
    last: Annotated[str, typer.Argument(metavar="2026-05-31")],
    *, out: Out = HERE, commune: Commune = "", school: School = "", again: Again = False, home: Home = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Khoảng ngày bất kỳ, kể cả hai đầu. · Any days."""
    _made("window", first, last, (out, commune, school, again, home, as_json))


@app.command("list")
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """Các báo cáo đã lập, mới nhất trước. · Reports, newest first."""
    with opened(home) as deps:
        found = [(one, deps.store.report_lock(one.id)) for one in deps.store.reports(200)]
        if as_json:
            rows = [
                {"id": r.id, "kind": r.kind, "period": r.period, "scope": r.scope, "edition": r.edition,
                 "number": k.number if k else None, "subject": r.subject}
                for r, k in found
            ]  # fmt: skip
            print(json.dumps(rows, ensure_ascii=False))  # noqa: T201
            return
        for one, lock in found:
            number = f" · số {lock.number} ngày {lock.day}, đã khóa" if lock else ""
            scope = f" · {one.scope}" if one.scope else ""
            say(f"{one.id}  {one.period}{scope}, bản {one.edition}{number}\n    {one.subject}")
        if not found:
            say("Chưa lập báo cáo nào; thử `haidang report month 2026-05 --out .`")


@app.command("lock")
def lock_(
    report_id: Annotated[str, typer.Argument(metavar="ID", help="Mã báo cáo (`haidang report list`). · Its id.")],
    *,
    number: Annotated[int, typer.Option("--number", help="Số văn thư cấp. · Văn thư's number.")],
    by: Annotated[str, typer.Option("--by", help="Họ tên người ghi. · Who enters it.")],
    day: Annotated[dt.date | None, typer.Option("--day", parser=day_of, metavar="YYYY-MM-DD")] = None,
    out: Out = HERE, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Ghi số, ngày văn thư cấp: báo cáo khóa, một năm sau vẫn y nguyên. · Enter the number; the report is locked."""
    from alerts.formats import local
    from runner.reports import export, lock

    with opened(home) as deps:
        when = day or local(deps.now(), deps.settings.timezone).date()
        kept = lock(deps, report_id, number, when, by)
        _told(deps, kept, export(deps, kept, out), as_json)


@app.command("open")
def open_(
    report_id: Annotated[str, typer.Argument(metavar="ID")],
    key: Annotated[str, typer.Argument(metavar="KEY", help="Mã số liệu, như hp.tong. · Key of a figure.")] = "",
    home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Mở một con số: từng mục đứng sau nó. · The items behind a figure."""
    from runner.reports import NO_REPORT

    with opened(home) as deps:
        found = deps.store.report(report_id.strip())
        if found is None:
            raise InputError(NO_REPORT.format(id=report_id[:60]))
        if not key:
            for name, value in found.figures.items():
                say(f"{value:8}  {name}")
            return
        behind = [item for item in deps.store.report_items(found.id) if key in item.figures]
        if as_json:
            rows = [
                {"kind": i.kind.value, "id": i.subject_id, "revision": i.revision_id, "membership": i.membership_id,
                 "judgements": dict(i.judgements), "story": i.story_id}
                for i in behind
            ]  # fmt: skip
            print(json.dumps(rows, ensure_ascii=False))  # noqa: T201
            return
        say(f"{key} = {found.figures.get(key, 0)}")
        for item in behind:
            say(f"  {item.kind.value:10} {item.subject_id}  {item.revision_id}")


@app.command("check")
def check(home: Home = None) -> None:
    """Kiểm tra các tệp cấu hình của báo cáo. · Check the files a report reads."""
    from config.contracts import load_contracts
    from config.plan_themes import load_plan_themes
    from config.school_year import load_school_year
    from config.topics import load_themes
    from runner.cli_common import settings_of

    folder = settings_of(home).home
    plans, first = load_plan_themes(folder)
    contracts, second = load_contracts(folder)
    _, third = load_school_year(folder)
    known, _ = load_themes(folder)
    named = [(f"plan_themes.yml: {k}", t) for k, one in plans.items() for t in one.themes]
    named += [(f"contracts.yml: {k}", t) for k, one in contracts.items() for t in one.themes]
    errors: list[ConfigError] = [*first, *second, *third]
    errors += [
        ConfigError(where, f"no theme is called {t!r}", "use an id of topics.yml")
        for where, t in named
        if t not in known
    ]
    for error in errors:
        say(str(error), fg="red")
    if errors:
        raise typer.Exit(1)
    say(f"Đúng: {len(plans)} chủ đề của kế hoạch, {len(contracts)} chương trình hợp tác.", fg="green")
