"""``haidang models …``: see, try, choose, fetch and convert encoders of one's own (docs/models.md)."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli_common import AsJson, Home, say, settings_of

if TYPE_CHECKING:
    from analysis.encoder.trial import Trial

app = typer.Typer(
    no_args_is_help=True,
    help="Mô hình của riêng mình: xem, thử, chọn, tải, chuyển. · Encoders: list, test, use, fetch.",
)

Task = Annotated[
    str, typer.Argument(metavar="TASK", help="Việc: edu, hp, tone, stance, kind, rumour; nli, embed. · Task.")
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="THEIRS=OURS", help="Nhãn của mô hình = nhãn của ta. · Their label = ours."),
]
SLOW = 6.0
"""Items a second below which a batch of the pipeline (256 items in 45 s) could not be answered."""


@app.command("list")
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """Mỗi việc do ai làm, phiên bản nào, có gì trục trặc. · Who answers each task, and what is wrong."""
    from analysis.judge import Judge
    from config.gazetteer import load_gazetteer
    from runner.models_state import beside, other_faults, standings
    from runner.models_write import history

    folder = settings_of(home).home
    judge = Judge.load(load_gazetteer())
    found, faults, changes = standings(folder, judge.versions, judge.name), other_faults(folder), history(folder)
    others = beside(folder)
    if as_json:
        last = changes[-1].to_json() if changes else None
        told = {"tasks": [f.to_json() for f in found], "beside": [f.to_json() for f in others], "faults": faults}
        say(json.dumps(told | {"last_change": last}, ensure_ascii=False))
        return
    for one in [*found, *others]:
        kind = {"default": "mặc định", "none": "không có"}.get(one.backend, "int8" if one.int8 else "chưa nén")
        say(f"{one.task:7} {kind:9} {one.version:32} {one.source}")
        if one.warning:
            say(f"        ! {one.warning}", fg="yellow")
    for fault in faults:
        say(f"! {fault}", fg="yellow")
    if changes:
        say(f"Đổi gần nhất: {changes[-1].at} {changes[-1].by}: {changes[-1].task} → {changes[-1].to}")


@app.command("test")
def test(  # noqa: PLR0917 - the options of a command are named
    task: Task,
    labels: Annotated[
        Path | None, typer.Option("--labels", help="Tệp JSON từng dòng có nhãn. · Labelled JSON lines.")
    ] = None,
    path: Annotated[
        str, typer.Option("--path", help="Thử mô hình này, chưa chọn. · Try this one without choosing it.")
    ] = "",
    mapped: Map = None,
    segment: Annotated[bool, typer.Option("--segment", help="Tách từ trước. · Segment words first.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Thử mô hình: vài câu mẫu, hoặc đo cạnh mặc định trên bài có nhãn. · Try a model, or measure it."""
    from runner.models_choice import chosen_of, part_of, tried
    from runner.models_measure import compare, told
    from runner.models_write import known

    known(task)
    folder = settings_of(home).home
    said = part_of(folder, task, path, mapped, {"segment": True} if segment else {}) if path else None
    if labels is None:
        _show(tried(folder, task, said), as_json)
        return
    found = compare(chosen_of(folder, task, said), labels)
    if as_json:
        say(json.dumps(found.to_json(), ensure_ascii=False))
        return
    for line in told(found):
        say(line)


@app.command("use")
def use(  # noqa: PLR0913, PLR0917 - the options of a command are named
    task: Task,
    path: Annotated[str, typer.Argument(metavar="PATH", help="Thư mục, tên đã tải, hoặc `default`. · Folder or name.")],
    mapped: Map = None,
    max_length: Annotated[int | None, typer.Option("--max-length", help="Số mảnh từ nhiều nhất. · Pieces.")] = None,
    batch: Annotated[int | None, typer.Option("--batch", help="Số bài một lượt. · Items a run.")] = None,
    threads: Annotated[int | None, typer.Option("--threads", help="Số luồng. · Threads.")] = None,
    temperature: Annotated[float | None, typer.Option("--temperature", help="Xem `models test`. · Softening.")] = None,
    segment: Annotated[bool, typer.Option("--segment", help="Tách từ trước (PhoBERT). · Segment words.")] = False,
    pair: Annotated[bool, typer.Option("--pair", help="Tiêu đề và sapo là hai phần. · Two segments.")] = False,
    partial: Annotated[bool, typer.Option("--partial", help="Chấp nhận thiếu nhãn. · Some labels never said.")] = False,
    by: Annotated[str, typer.Option("--by", help="Ai đổi; được lưu lại. · Who changes it; kept.")] = "",
    home: Home = None,
) -> None:
    """Dùng mô hình này cho một việc, sau khi thử; `default` để quay lại. · Choose a model for a task, or go back."""
    from config.models import BESIDE
    from runner.lock import own
    from runner.models_choice import part_of
    from runner.models_state import forget
    from runner.models_trial import in_child
    from runner.models_write import known, put

    known(task)
    folder, now = settings_of(home).home, _now()
    options = {"max_length": max_length, "batch": batch, "threads": threads, "temperature": temperature}
    switches = {"segment": segment, "pair": pair, "partial": partial}
    kept = {k: v for k, v in options.items() if v is not None} | {k: True for k, v in switches.items() if v}
    said = None if path == "default" else part_of(folder, task, path, mapped, kept)
    trials: list[Trial] = []

    def check(draft: Path) -> None:
        if said is not None:
            trials.append(in_child(draft, folder, task))

    with own(folder, "models", "models.lock"):
        put(folder, task, said, by or _somebody(), now, check)
        forget(folder, task)
    for one in trials:
        _show(one, as_json=False)
    nobody = "chỉ quy tắc, không mô hình" if task in BESIDE else "bộ nhận định mặc định"
    who = nobody if said is None else f"mô hình {path}"
    say(f"`{task}`: từ lần khởi động tới của `haidang up` do {who} làm. Bài cũ giữ nhận định cũ.", bold=True)


@app.command("fetch")
def fetch(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Tên trên hub: nhóm/tên. · Name on the hub.")],
    revision: Annotated[str | None, typer.Option("--revision", help="Bản cụ thể. · A revision.")] = None,
    home: Home = None,
) -> None:
    """Tải một mô hình công khai về máy; chỉ lúc này cần mạng. · Fetch a public model; nothing else asks the network."""
    from runner.models_fetch import fetch as get

    done = get(settings_of(home), name, revision)
    licence = done.licence or "không ghi; hỏi người làm ra nó trước khi dùng"
    say(f"{done.folder}: {done.size / 1e6:.0f} MB, bản {done.revision[:12]}, giấy phép: {licence}")
    step = (
        f"haidang models use VIỆC {name}"
        if done.ready
        else f"haidang models convert {done.folder} --out {done.folder}-int8"
    )
    say(f"Tiếp theo: {step}")


@app.command("convert")
def convert(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Thư mục mô hình. · Model folder.")],
    out: Annotated[Path, typer.Option("--out", help="Thư mục mới. · New folder.")],
) -> None:
    """Chuyển safetensors hoặc ONNX thành ONNX int8 (cần phần `train`). · To int8 ONNX (needs the extra `train`)."""
    from analysis.encoder.convert import convert as make

    done = make(path, out, say)
    say(f"{done.folder}: {done.before / 1e6:.0f} → {done.after / 1e6:.0f} MB; nhãn: {', '.join(done.labels)}")
    agreed = f"bản nén chọn cùng nhãn ở {100 * done.agreed:.0f} % đầu vào thử"
    say(
        f"{agreed}. Đo thật: haidang models test VIỆC --path {out} --labels …",
        fg="" if done.agreed >= 0.9 else "yellow",
    )


def _show(trial: Trial, as_json: bool) -> None:
    from analysis.encoder.trial import SAMPLES

    samples = trial.samples
    if as_json:
        rows = [{"title": t, "label": a, "score": s} for (t, _), (a, s) in zip(samples, trial.answers, strict=True)]
        say(json.dumps({"version": trial.version, "int8": trial.int8, "rate": trial.rate, "answers": rows},
                       ensure_ascii=False))  # fmt: skip
        return
    say(f"{trial.version}: {str(trial.rate).replace('.', ',')} bài/giây")
    for (title, other), (label, score) in zip(samples, trial.answers, strict=True):
        shown = f"{title} | {other}" if samples != SAMPLES else title
        say(f"  {label or 'không nhận định được':10} {str(score).replace('.', ','):7} {shown}")
    if not trial.int8:
        say("  ! mô hình chưa nén int8: chậm và tốn bộ nhớ hơn; `haidang models convert` nén nó", fg="yellow")
    if trial.rate < SLOW and samples == SAMPLES:
        say(f"  ! chậm hơn {SLOW:g} bài/giây: nhiều lượt sẽ quá giờ và do mặc định làm thay", fg="yellow")


def _somebody() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "không rõ"


def _now() -> int:
    from runner.deps import wall_clock

    return wall_clock()
