"""``haidang evaluate``: how right the judge is on all labels, one version beside another, and taking one into use."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from runner.cli_common import AsJson, Home, day_of, opened, say, settings_of
from store.errors import InputError

if TYPE_CHECKING:
    from runner.evaluate import Labelled
    from store.model_label import ModelChoice

app = typer.Typer()
Files = Annotated[list[Path] | None, typer.Option("--labels", help="Tệp nhãn .jsonl (lặp lại được). · Label files.")]
NAMES = {
    "edu": "giáo dục", "hp": "Hải Phòng", "topics": "chủ đề", "tone": "sắc thái", "stance": "thái độ",
    "kind": "loại bài", "rumour": "tin đồn",
}  # fmt: skip


@app.command("evaluate")
def evaluate(
    *,
    labels: Files = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="Thư mục trọng số khác để so. · Another version's folder.")
    ] = None,
    accept: Annotated[
        str | None, typer.Option("--accept", help="Dùng thư mục này nếu hơn; “shipped”: bản phát hành. · Take it.")
    ] = None,
    frozen: Annotated[
        list[Path] | None, typer.Option("--frozen", help="Tệp nhãn giữ riêng để quyết định. · Frozen set.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Họ tên người quyết định. · Who decides.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đo bản nhận định trên mọi nhãn, so hai bản, chấp nhận bản mới. · Measure, compare and accept versions."""
    if accept is not None:
        if labels or against:
            raise InputError("--accept đi với --frozen và --by, không đi với --labels, --against")
        _accept(accept, frozen or [], by, home, as_json)
        return
    found, wrong = _measured(labels or [], against, home)
    if as_json:
        say(json.dumps(found | {"bad_lines": wrong}, ensure_ascii=False))
        return
    for line in _table(found):
        say(line)
    for line in wrong[:10]:
        say(line, fg="yellow")
    if len(wrong) > 10:
        say(f"… và {len(wrong) - 10} dòng hỏng nữa", fg="yellow")


@app.command("rejudge")
def rejudge(
    first: Annotated[dt.date, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD")],
    last: Annotated[dt.date, typer.Option("--to", parser=day_of, metavar="YYYY-MM-DD")],
    now: Annotated[bool, typer.Option("--now", help="Làm ngay, không đợi haidang work. · Do it here and now.")] = False,
    home: Home = None,
) -> None:
    """Nhận định lại bài cũ bằng bản hiện dùng; nhận định cũ được giữ. · Judge old articles with the version in use."""
    from runner.labels_rejudge import rejudge as put

    if first > last:
        raise typer.BadParameter("--from đứng sau --to · --from is after --to")
    with opened(home) as deps:
        texts, new = put(deps, first, last)
        say(f"{texts} bản đọc; {new} bản sẽ được nhận định bằng {deps.tools.judge.version}; nhận định cũ vẫn giữ.")
        if now:
            from runner.run import Runner
            from runner.stages import GROUP, JUDGE

            runner = Runner(deps)
            runner.drain([JUDGE, GROUP])
            for (stage, outcome), n in sorted(runner.counts.items()):
                say(f"  {stage:8} {outcome:16} {n}")


@app.command("drift")
def drift(
    month: Annotated[str, typer.Option("--month", help="Tháng, dạng 2026-11 (mặc định: tháng trước). · Month.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Máy có nhận định khác các tháng trước không. · Whether the judge says other things than in earlier months."""
    from dataclasses import asdict

    from alerts.labelling_words import DRIFT_DO, drift_told
    from runner.labels_drift import last_whole_month, look

    with opened(home) as deps:
        chosen = month or last_whole_month(deps)
        found = look(deps, chosen)
    if as_json:
        say(json.dumps([asdict(notice) for notice in found], ensure_ascii=False))
        return
    for notice in found:
        say(drift_told(notice))
    say(f"Nên làm: {DRIFT_DO}" if found else f"Tháng {chosen}: không có gì khác hẳn các tháng trước.")


def _measured(labels: list[Path], against: Path | None, home: Path | None) -> tuple[dict[str, Any], list[str]]:
    from runner.evaluate import of_desk, of_files, report, version_of
    from runner.evaluate_choice import candidate, weights_in_use

    settings = settings_of(home)
    items, wrong = of_files(labels)
    if settings.database.exists():
        with opened(home) as deps:
            items = [*_newest(of_desk(deps), items)]
    if not items:
        raise InputError("chưa có nhãn nào: gán nhãn ở trang bài trên bàn làm việc, hoặc thêm --labels TỆP.jsonl")
    used = weights_in_use(settings.home)
    if used.warning:
        say(used.warning, fg="yellow", err=True)
    versions = [version_of("đang dùng", used.weights)]
    if against is not None:
        versions.append(version_of("bản kia", candidate(against)))
    return report(items, versions) | {"version_in_use": used.version}, wrong


def _newest(desk: list[Labelled], files: list[Labelled]) -> Iterator[Labelled]:
    """The desk's items, then those of files that are not the same articles."""
    from runner.train_linear import names

    known = {name for one in desk for name in names(one.row)}
    yield from desk
    yield from (one for one in files if not names(one.row) & known)


def _table(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{found['items']} mục có nhãn ({found['frozen']} để riêng), {found['groups']} sự kiện. Đang dùng: " + str(
        found["version_in_use"]
    )
    for name, learned in found["learned_from"].items():
        if learned:
            yield f"  “{name}” đã học từ {learned} mục trong số này: số dưới đây đẹp hơn thật"
        elif learned is None:
            yield f"  không rõ “{name}” đã học từ mục nào"
    yield f"{'':11}{'bản':10}{'n':>6}{'đúng':>8}{'F1':>8}  {'khoảng 95 %':15}{'sai lệch xác suất':>18}"
    for task, of in found["tasks"].items():
        for name in found["versions"]:
            f = of[name]
            ece = _number(f["ece"]) if "ece" in f else "—"
            low, high = f["interval"]
            yield (
                f"{NAMES[task]:11}{name:10}{f['n']:6}{_number(f['accuracy']):>8}{_number(f['f1']):>8}  "
                f"{_number(low)} – {_number(high)}  {ece:>15}"
            )
        if "compared" in of:
            yield _difference(of["compared"])
    if target := found["stance_target"]:
        told = ", ".join(f"{name} {n}" for name, n in target["same"].items())
        yield f"đối tượng của thái độ: {target['n']} nhãn; nêu đúng tên: {told}"


def _difference(c: Mapping[str, Any]) -> str:
    low, high = c["interval"]
    return (
        f"{'':11}khác nhau {_signed(c['difference'])} ({_signed(low)} đến {_signed(high)}); "
        f"{c['gained']} mục đúng thêm, {c['lost']} mục sai thêm, "
        + (f"p = {_number(c['p'])}" if c["p"] >= 0.001 else "p < 0,001")
    )


def _accept(name: str, frozen: list[Path], by: str, home: Path | None, as_json: bool) -> None:
    from runner.evaluate import accept, go_back

    with opened(home) as deps:
        row = go_back(deps, by) if name == "shipped" else accept(deps, Path(name), frozen, by)
    if as_json:
        from dataclasses import asdict

        say(json.dumps(asdict(row), ensure_ascii=False))
    else:
        _told(row)
    raise typer.Exit(0 if row.accepted else 1)


def _told(row: ModelChoice) -> None:
    if row.accepted:
        say(f"Đã dùng {row.version} thay {row.replaced}: {row.reason}.", bold=True)
        say("Khởi động lại `haidang up` để mọi tiến trình dùng bản này; bài cũ: `haidang rejudge --from … --to …`.")
    else:
        say(f"Không dùng {row.version}, giữ {row.replaced}: {row.reason}.", fg="red")
    for task, f in row.figures.get("tasks", {}).items():
        say(f"  {NAMES.get(task, task)}: {f['n']} nhãn")
        say(_difference(f))


def _number(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace(".", ",").replace("-", "−")
