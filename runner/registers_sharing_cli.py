"""``haidang share``: a window as JSON or CSV with stable ids, for other offices of the city (D49)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli_common import Home, day_of, opened, say

if TYPE_CHECKING:
    from runner.deps import Deps

app = typer.Typer()
MOST_DAYS = 366


@app.command("share")
def share(
    first: Annotated[dt.date | None, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD",
                                                  help="Từ ngày. · From.")] = None,
    last: Annotated[dt.date | None, typer.Option("--to", parser=day_of, metavar="YYYY-MM-DD",
                                                 help="Đến ngày. · To.")] = None,
    form: Annotated[str, typer.Option("--format", help="json hoặc csv. · json or csv.")] = "json",
    out: Annotated[Path | None, typer.Option("--out", help="Tệp ghi ra. · File to write.")] = None,
    dictionary: Annotated[bool, typer.Option("--dictionary", help="In từ điển dữ liệu. · Data dictionary.")] = False,
    home: Home = None,
) -> None:  # fmt: skip
    """Chia sẻ dữ liệu tin, bài: liên kết, tiêu đề đã che, mã ổn định. · Share links, masked titles, stable ids."""
    from alerts.sharing import dictionary as told
    from runner.registers import write_bytes
    from store.errors import InputError

    if dictionary:
        say(told(), nl=False)
        return
    if first is None or last is None or out is None:
        raise InputError("cần --from, --to và --out (hoặc --dictionary để xem từ điển dữ liệu)")
    with opened(home) as deps:
        data, items, held = made(deps, first, last, form)
        write_bytes(out, data)
        say(f"{out}: {items} tin, bài; {held} bài có phản ánh chưa được cho chuyển không đưa vào")


def made(deps: Deps, first: dt.date, last: dt.date, form: str) -> tuple[bytes, int, int]:
    """(the file, articles in it, articles left out as held). Raises :class:`InputError`."""
    from alerts import sharing_words as words
    from alerts.sharing import as_csv, as_json
    from alerts.sharing_load import Count, shared
    from runner.registers import clock_of
    from store.errors import InputError

    if first > last:
        raise InputError(words.BAD_WINDOW.format(first=first, last=last))
    if (last - first).days >= MOST_DAYS:
        raise InputError(words.LONG_WINDOW.format(days=MOST_DAYS))
    if form not in ("json", "csv"):
        raise InputError(words.UNKNOWN_FORMAT.format(given=form[:20]))
    clock, count = clock_of(deps), Count()
    span = clock.midnight(first) - 1, clock.midnight(last + dt.timedelta(days=1)) - 1
    rows = list(shared(deps.store, deps.tools.sources, *span, deps.settings.timezone, count))
    data = as_csv(rows) if form == "csv" else as_json(rows, first.isoformat(), last.isoformat(), count.held)
    return data, count.items, count.held
