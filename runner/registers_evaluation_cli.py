"""``haidang evaluation …``: the sheet by criteria (D41–D47), figures by hand, the register of the 114 plans."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from runner.cli_common import AsJson, Home, day_of, opened, say

app = typer.Typer(
    no_args_is_help=True,
    help="Phiếu đánh giá truyền thông: chỉ tiêu, minh chứng, 114 kế hoạch. · Evaluation sheet, evidence, plans.",
)
plan = typer.Typer(no_args_is_help=True, help="Kế hoạch truyền thông của 114 xã, phường, đặc khu. · Communes' plans.")
app.add_typer(plan, name="plan")
By = Annotated[str, typer.Option("--by", help="Họ tên người ghi; được lưu lại. · Who records it.")]
First = Annotated[dt.date, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD", help="Từ ngày. · From.")]
Last = Annotated[dt.date, typer.Option("--to", parser=day_of, metavar="YYYY-MM-DD", help="Đến ngày. · To.")]
Out = Annotated[Path | None, typer.Option("--out", help="Ghi ra tệp .docx, .pdf hoặc .csv. · Write a file.")]
Url = Annotated[str, typer.Option("--url", help="Địa chỉ xem được. · Where it can be seen.")]


@app.command("check")
def check(
    functions: Annotated[bool, typer.Option("--functions", help="Các hàm dùng được. · What can be computed.")] = False,
    home: Home = None,
) -> None:
    """Kiểm tra indicators.yml, registers.yml; mã 1 khi có lỗi. · Check both files."""
    from alerts.indicators import COMPUTED
    from config.indicators import load_indicators
    from config.registers import load_registers
    from lang.reasons import vi
    from runner.cli_common import settings_of

    if functions:
        for name, function in COMPUTED.items():
            say(f"{name}: {(function.__doc__ or '').strip()}")
        return
    at = settings_of(home).home
    indicators, errors = load_indicators(COMPUTED, at)
    errors += load_registers(at)[1]
    for one in errors:
        say(f"✗ {one.where}: {vi(one.what)} — {vi(one.fix)}", fg="red")
    if not errors:
        say(
            f"✓ {len(indicators.rows)} chỉ tiêu; {indicators.criteria or 'Bộ tiêu chí của Bộ chưa ban hành'}",
            fg="green",
        )
    raise typer.Exit(1 if errors else 0)


@app.command("show")
def show(first: First, last: Last, home: Home = None, as_json: AsJson = False) -> None:
    """Phiếu của một kỳ như lúc này (chưa chốt). · The sheet of a window as of now."""
    from runner.registers_evaluation import sheet_of

    with opened(home) as deps:
        sheet = sheet_of(deps, first, last)
    if as_json:
        print(json.dumps(sheet, ensure_ascii=False))  # noqa: T201
        return
    _say_sheet(sheet)


@app.command("freeze")
def freeze(first: First, last: Last, by: By, out: Out = None, home: Home = None) -> None:
    """Chốt phiếu và lập báo cáo đánh giá; sau này mở lại vẫn y nguyên. · Freeze the sheet with its review."""
    from runner.registers_evaluation import freeze as keep

    with opened(home) as deps:
        made, document = keep(deps, first, last, by)
        if out is not None:
            _write(made.sheet, document, out)
        say(f"{made.id}  {made.first_day} – {made.last_day}, {len(made.sheet['figures'])} chỉ tiêu")


@app.command("list")
def list_(home: Home = None) -> None:
    """Các phiếu đã chốt. · Frozen sheets."""
    from runner.when import local

    with opened(home) as deps:
        found = deps.store.evaluations()
        for one in found:
            say(f"{one.id}  {one.first_day} – {one.last_day}  chốt {local(one.at)}, {one.by}")
        if not found:
            say("Chưa có phiếu nào; `haidang evaluation freeze --from … --to …`")


@app.command("open")
def open_(
    sheet: Annotated[str, typer.Argument(metavar="PHIẾU", help="Mã evl_… · The sheet.")],
    out: Out = None,
    home: Home = None,
) -> None:
    """Mở lại một phiếu đã chốt. · A frozen sheet again."""
    from alerts.indicators_sheet import review
    from runner.registers_evaluation import find_sheet

    with opened(home) as deps:
        one = find_sheet(deps, sheet)
        if out is not None:
            _write(one.sheet, review(one.sheet, one.id, one.at), out)
        _say_sheet(one.sheet)


@app.command("items")
def items(
    sheet: Annotated[str, typer.Argument(metavar="PHIẾU", help="Mã evl_… · The sheet.")],
    indicator: Annotated[str, typer.Argument(metavar="CHỈ_TIÊU", help="Mã chỉ tiêu. · The indicator.")],
    home: Home = None,
) -> None:
    """Từng mục đã đếm của một số. · The rows behind one figure."""
    from alerts import indicators_words as words
    from runner.registers_evaluation import find_sheet
    from store.errors import InputError

    with opened(home) as deps:
        figures = {f["id"]: f for f in find_sheet(deps, sheet).sheet["figures"]}
        if indicator not in figures:
            raise InputError(words.NO_INDICATOR.format(id=indicator[:60]))
        listed = figures[indicator]["items"]
        articles = deps.store.articles([i.partition(":")[2] for i in listed if i.startswith("article:")])
        for one in listed:
            kind, _, id_ = one.partition(":")
            say(f"{one}  {articles[id_].url}" if kind == "article" and id_ in articles else one)


@app.command("enter")
def enter(  # noqa: PLR0913, PLR0917 - the options of a command are named
    indicator: Annotated[str, typer.Argument(metavar="CHỈ_TIÊU", help="Mã chỉ tiêu nhập tay. · The indicator.")],
    value: Annotated[float, typer.Argument(metavar="GIÁ_TRỊ", help="Số; 1 có, 0 không. · The figure.")],
    first: First,
    last: Last,
    evidence: Annotated[str, typer.Option("--evidence", help="Số văn bản, hoặc đã xem gì. · Evidence.")],
    by: By,
    of: Annotated[str, typer.Option("--of", help="Xã, phường hoặc trường nào. · Whose.")] = "",
    url: Url = "",
    file: Annotated[Path | None, typer.Option("--file", help="Tệp minh chứng. · File to keep.")] = None,
    home: Home = None,
) -> None:
    """Nhập một số kèm minh chứng. · Enter a figure with its evidence."""
    from runner.registers import read_file
    from runner.registers_evaluation import enter as put

    with opened(home) as deps:
        made = put(deps, indicator, value, first=first, last=last, by=by, evidence=evidence, of=of, url=url,
                   file=read_file(file))  # fmt: skip
        say(f"{made.id}  {made.indicator} {made.subject} = {made.value:g}")


@app.command("withdraw")
def withdraw(
    row: Annotated[str, typer.Argument(metavar="MỤC", help="Mã ine_… hoặc cpl_… · The row.")],
    by: By,
    why: Annotated[str, typer.Option("--why", help="Vì sao; được lưu lại. · Why.")],
    home: Home = None,
) -> None:
    """Rút lại một số, một kế hoạch ghi nhầm; dòng cũ vẫn còn. · Take a row back."""
    from runner.registers_evaluation import withdraw as back

    with opened(home) as deps:
        back(deps, row, by, why)
        say(f"{row}: đã rút lại")


@plan.command("add")
def plan_add(  # noqa: PLR0917 - the options of a command are named
    commune: Annotated[str, typer.Argument(metavar="XÃ", help="Mã 5 chữ số hoặc tên. · The commune.")],
    number: Annotated[str, typer.Option("--number", help="Số, ký hiệu, như 5/KH-UBND. · Its number.")],
    day: Annotated[dt.date, typer.Option("--day", parser=day_of, metavar="YYYY-MM-DD", help="Ngày ban hành. · Day.")],
    by: By,
    url: Url = "",
    note: Annotated[str, typer.Option("--note", help="Ghi chú. · Note.")] = "",
    home: Home = None,
) -> None:
    """Ghi kế hoạch của một xã, phường, đặc khu. · Enter a commune's plan."""
    from runner.registers_evaluation import add_plan

    with opened(home) as deps:
        made = add_plan(deps, commune, number, day, by=by, url=url, note=note)
        say(f"{made.id}  {made.commune} {made.number}, {made.day}")


@plan.command("list")
def plan_list(
    missing: Annotated[bool, typer.Option("--missing", help="Chỉ nơi chưa có. · Only those without.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """114 xã, phường, đặc khu: số, ngày, liên kết của kế hoạch. · The register of plans."""
    from config.gazetteer import load_gazetteer

    with opened(home) as deps:
        plans = {p.commune: p for p in deps.store.commune_plans()}
    rows = [(code, name, plans.get(code)) for code, name in load_gazetteer().names.items()]
    if as_json:
        told = [{"commune": c, "name": n, "id": p.id if p else None, "number": p.number if p else None,
                 "day": p.day if p else None, "url": p.url if p else None} for c, n, p in rows]  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201
        return
    for code, name, found in rows:
        if found is None or not missing:
            say(f"{code}  {name}: {f'{found.number}, {found.day} {found.url} ({found.id})' if found else 'CHƯA CÓ'}")
    say(f"{sum(p is not None for _, _, p in rows)}/{len(rows)} đã có kế hoạch", bold=True)


def _say_sheet(sheet: Mapping[str, Any]) -> None:
    from alerts import indicators_words as words
    from alerts.indicators_sheet import value_words
    from lang.masking_lines import masked_line

    say(words.CRITERIA.format(criteria=sheet["criteria"]) if sheet["criteria"] else words.NO_CRITERIA)
    for f in sheet["figures"]:
        target = f", cần {f['target']:g}" if f["target"] is not None else ""
        note = f" · {masked_line(f['note'])}" if f["note"] else ""
        say(f"{f['id']:22} {value_words(f)}{target}: {words.REACHED[f['reached']]}  [{f['duty']}] {f['name']}{note}")


def _write(sheet: Mapping[str, Any], document: Any, out: Path) -> None:
    from alerts.indicators_sheet import sheet_csv
    from runner.registers import write_bytes, write_document

    if out.suffix.lower() == ".csv":
        write_bytes(out, sheet_csv(sheet))
    else:
        write_document(document, out)
