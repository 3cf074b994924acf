"""``haidang consent …``, ``haidang commended``, ``haidang unmaskings``: who is named, and who saw names."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import Annotated

import typer

from runner.cli_common import AsJson, Home, day_of, opened, say

app = typer.Typer()
consent = typer.Typer(
    no_args_is_help=True, help="Đồng ý nêu tên học sinh được khen. · Consent to name commended pupils."
)

By = Annotated[str, typer.Option("--by", help="Họ tên người ghi. · Who records it.")]


@consent.command("add")
def add(
    pupil: Annotated[str, typer.Argument(metavar="TÊN", help="Họ và tên học sinh. · The pupil's full name.")],
    school: Annotated[str, typer.Option("--school", help="Cấp học và tên trường. · Kind and name of the school.")],
    document: Annotated[str, typer.Option("--document", help="Giấy đồng ý: số, nơi cất. · The paper and its place.")],
    by: By,
    pupil_class: Annotated[str, typer.Option("--class", help="Lớp, ví dụ 7A. · The class.")] = "",
    home: Home = None,
) -> None:
    """Ghi sự đồng ý để nêu tên em trong danh sách khen thưởng. · Record consent for the commendation list."""
    from runner import consents

    with opened(home) as deps:
        say(f"Đã ghi {consents.add(deps, pupil, school, document, by, pupil_class).id}")


@consent.command("list")
def listing(
    home: Home = None,
    everything: Annotated[bool, typer.Option("--all", help="Cả những lần đã rút lại. · The withdrawn too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Những sự đồng ý còn hiệu lực; có tên học sinh, không chuyển ra ngoài. · Consents in force, with names."""
    from runner import consents

    with opened(home) as deps:
        found = deps.store.consents(withdrawn=everything)
        if as_json:
            print(json.dumps([asdict(c) for c in found], ensure_ascii=False))  # noqa: T201
            return
        for line in consents.lines(deps, found):
            say(line)


@consent.command("withdraw")
def withdraw(
    name: Annotated[str, typer.Argument(metavar="CONSENT", help="Mã (cns_…). · Its id.")],
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="Vì sao; đừng ghi tên em. · Why, without the name.")],
    home: Home = None,
) -> None:
    """Rút lại; tên, lớp, trường trong dòng ghi bị xóa ngay. · Withdraw; the name is blanked at once."""
    from runner import consents

    with opened(home) as deps:
        consents.withdraw(deps, name, by, reason)
        say("Đã ghi rút lại; tên, lớp, trường đã xóa khỏi dòng này và tên được che từ nay.")


@app.command()
def commended(
    first: Annotated[
        dt.date | None, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD", help="Mặc định 30 ngày. · From.")
    ] = None,
    last: Annotated[
        dt.date | None, typer.Option("--to", parser=day_of, metavar="YYYY-MM-DD", help="Mặc định hôm nay. · To.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Tin khen thưởng, gương tốt của Hải Phòng; chỉ nêu tên em có đồng ý. · Who is praised, by consent."""
    from runner import commended as made

    with opened(home) as deps:
        found = made.listed(deps, first, last)
        if as_json:
            print(json.dumps([one.to_json() for one in found], ensure_ascii=False))  # noqa: T201
            return
        for line in made.lines(found):
            say(line)


@app.command()
def unmaskings(
    target: Annotated[str | None, typer.Argument(metavar="URL|ID", help="Chỉ bài này. · This article only.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Sổ: ai đã xem bản chưa che, lúc nào, vì sao. · Who saw a text unmasked, when and why."""
    from runner import unmaskings as kept

    with opened(home) as deps:
        rows = kept.log(deps, target)
        if as_json:
            print(json.dumps(rows, ensure_ascii=False))  # noqa: T201
            return
        for line in kept.lines(rows):
            say(line)
