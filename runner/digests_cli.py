"""``haidang digest``: build and write a digest, in any of its forms; release it in a person's name."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from runner.cli_common import AsJson, Home, day_of, opened, say
from store.errors import HaidangError, InputError

if TYPE_CHECKING:
    from runner.deps import Deps
    from store.model import Digest

DEFAULT = "build"


class _WithDefault(TyperGroup):
    """``haidang digest 2026-05-31`` means ``haidang digest build 2026-05-31``: what was typed for years goes on."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Lead on to the command that is meant where none is named."""
        named = bool(args) and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, list(args) if named else [DEFAULT, *args])


app = typer.Typer(
    cls=_WithDefault,
    help="Điểm báo: dựng, ghi ra, phát hành. Không ghi lệnh con là build. · Digests: build, write, release.",
)
DayArgument = Annotated[dt.date | None, typer.Argument(parser=day_of, metavar="[YYYY-MM-DD]")]
Week = Annotated[bool, typer.Option("--week", help="Điểm báo tuần. · The weekly digest.")]


@app.command(DEFAULT)
def build(
    day: DayArgument = None,
    *,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="html,docx,pdf,txt,zalo. · Which forms to write.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Thư mục ghi ra. · Folder to write to.")
    ] = None,
    week: Week = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Bản nháp dù đã phát hành. · The draft though it was released.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Dựng (nếu chưa có) và ghi ra điểm báo của một ngày. · Build, if need be, and write one day's digest."""
    from alerts.digest_days import WEEKLY
    from alerts.release import state_of
    from runner.digests import build_now, export, last_whole_day, week_of
    from store.model import Digest

    with opened(home) as deps:
        chosen = day or last_whole_day(deps)
        kind = WEEKLY if week else "daily"
        if week:
            chosen = week_of(deps, chosen) or chosen
        build_now(deps, chosen, kind)
        found = deps.store.digest(Digest.make_id(kind, chosen.isoformat()))
        if found is None:
            raise HaidangError(f"điểm báo {chosen} chưa dựng được; xem `haidang tasks`")
        special = formats or out or draft
        paths = _written(deps, found, formats, out, draft) if special else export(deps, found.day, kind)
        state = state_of(found, deps.store.digest_release(found.id), deps.settings, deps.now())
        if as_json:
            body = {"id": found.id, "day": found.day, "subject": found.subject, "figures": dict(found.figures)}
            more = {"files": {k: str(p) for k, p in paths.items()}, "released": state.released, "state": state.words}
            print(json.dumps(body | more, ensure_ascii=False))  # noqa: T201
            return
        say(found.subject, bold=True)
        say(f"  {state.words}")
        for path in paths.values():
            say(f"  {path}")


@app.command()
def release(
    day: Annotated[dt.date, typer.Argument(parser=day_of, metavar="YYYY-MM-DD")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Họ và tên người phát hành. · Who releases it.")],
    week: Week = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Phát hành điểm báo: lãnh đạo chỉ nhận bản đã phát hành. · Release; only then do leaders get anything."""
    from alerts.digest_days import WEEKLY
    from runner.digests import week_of
    from runner.releasing import release_now

    with opened(home) as deps:
        chosen = (week_of(deps, day) or day) if week else day
        made = release_now(deps, chosen, by, WEEKLY if week else "daily")
        sent = {name: len(deps.store.deliveries(digest_id)) for name, digest_id in made.editions.items()}
        if as_json:
            body = {"id": made.id, "digest": made.digest_id, "by": made.released_by, "files": dict(made.files)}
            print(json.dumps(body | {"deliveries": sent, "edits": len(made.edits)}, ensure_ascii=False))  # noqa: T201
            return
        say(f"Đã phát hành điểm báo {chosen}, {len(made.edits)} lần sửa; {sum(sent.values())} thư chờ gửi.", bold=True)


@app.command("list")
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """Các bản gần đây: đã phát hành hay chưa, lúc nào, ai. · The last ones, released or not, when and by whom."""
    from alerts.release import state_of

    with opened(home) as deps:
        found = [d for d in deps.store.digests(60) if d.kind in ("daily", "weekly")]
        releases = deps.store.digest_releases([d.id for d in found])
        rows = [(d, state_of(d, releases.get(d.id), deps.settings, deps.now())) for d in found]
    if as_json:
        told = [{"day": d.day, "kind": d.kind, "released": s.released, "state": s.words} for d, s in rows]
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201
        return
    for digest, state in rows:
        say(f"{digest.day}  {digest.subject}: {state.words}")


def _written(deps: Deps, digest: Digest, formats: str, out: Path | None, draft: bool) -> dict[str, Path]:
    """The forms that were asked for, of what was released or else of the draft."""
    from alerts.digest_formats import FORMATS, chosen, ending, files_of
    from alerts.release_edit import draft_of
    from runner.digests import stem, write_whole

    names = chosen(formats) or FORMATS
    folder = out or deps.settings.digests
    released = None if draft else deps.store.digest_release(digest.id)
    kept = dict(released.files if released else digest.files)
    files = {name: deps.bodies.get(kept[name]) for name in names if name in kept}
    missing = [name for name in names if name not in files]
    if missing:
        files |= files_of(draft_of(deps.bodies, digest), deps.settings.department, digest.built_at, missing)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = {name: folder / f"{stem(digest.day, digest.kind)}{ending(name)}" for name in names}
        for name, path in paths.items():
            write_whole(path, files[name])
    except OSError as bad:
        raise InputError(f"{folder}: không ghi được ({bad.strerror}); chọn thư mục khác sau --out") from bad
    return paths
