"""``haidang references …``: the documents that claims are compared with."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli_common import AsJson, Home, day_of, opened, say
from store.errors import InputError

if TYPE_CHECKING:
    from intake.official_keep import Kept

app = typer.Typer(
    no_args_is_help=True, help="Văn bản, thông tin chính thức để đối chiếu. · What claims are compared with."
)
By = Annotated[str, typer.Option("--by", help="Họ tên người nhập; được lưu lại. · Who enters it.")]
Named = Annotated[str, typer.Argument(metavar="DOCUMENT", help="Số, ký hiệu, hoặc mã ref_…, doc_…. · Number or id.")]
ADDED = "Đã lưu {document}: {id} (bản {version})."
KNOWN = "Đã có từ trước, y hệt: {id}. Không lưu thêm."
AFFECTED = "Máy sẽ đối chiếu lại những gì đã dựa vào các bản: {ids}"


@app.command("add")
def add(  # noqa: PLR0913, PLR0917 - the options of a command are named
    file: Annotated[Path, typer.Argument(metavar="FILE", help="DOCX, PDF, TXT, MD. · The document.")],
    by: By = "",
    home: Home = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Cơ quan ban hành. · Issuing body.")] = None,
    number: Annotated[str | None, typer.Option("--number", help="Số, ký hiệu: 812/SGDĐT-QLCL. · Number.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Trích yếu. · What it is about.")] = None,
    issued: Annotated[str | None, typer.Option("--issued", help="Ngày ban hành. · Day of issue.")] = None,
    begins: Annotated[str | None, typer.Option("--from", help="Có hiệu lực từ ngày. · In force from.")] = None,
    ends: Annotated[str | None, typer.Option("--to", help="Đến hết ngày ('' = không có). · Last day.")] = None,
    supersedes: Annotated[
        str | None, typer.Option("--supersedes", help="Thay thế văn bản nào ('' = không có). · What it replaces.")
    ] = None,
    amends: Annotated[
        str | None, typer.Option("--amends", help="Sửa đổi, bổ sung văn bản nào. · What it amends.")
    ] = None,
    text: Annotated[
        Path | None, typer.Option("--text", help="Tệp chữ gõ tay cho bản quét, hoặc -. · Its text, for a scan.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="Ghi chú. · A note.")] = "",
    version_of: Annotated[
        str, typer.Option("--version-of", help="Là bản mới của văn bản này. · A new version of.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Lưu, không hỏi lại. · Keep without asking.")] = False,
    qa: Annotated[
        bool, typer.Option("--qa", help="Danh sách hỏi – đáp đã duyệt (DOCX, CSV). · Approved questions and answers.")
    ] = False,
    approved_by: Annotated[str, typer.Option("--approved-by", help="Người duyệt (với --qa). · Who approved.")] = "",
) -> None:
    """Đọc một văn bản, in những gì hiểu được, hỏi rồi lưu. · Read a document, say what was understood, keep it."""
    from intake.official_form import Given
    from runner import references

    if qa:
        odd = {"--number": number, "--title": title, "--issued": issued, "--supersedes": supersedes, "--amends": amends,
               "--text": text, "--version-of": version_of or None}  # fmt: skip
        if used := [name for name, value in odd.items() if value is not None]:
            raise InputError(f"{used[0]}: không dùng với --qa; mỗi câu hỏi tự là một mục")
        _add_list(file, (by, issuer, approved_by, begins or "", ends or "", note), home, yes=yes)
        return
    given = Given(by, issuer, number, title, issued, begins, ends, supersedes, amends, note, version_of)
    with opened(home) as deps:
        data, draft = references.open_file(file, text)
        lines, faults = references.understood(deps, draft, given)
        for line in lines:
            say(line)
        if faults:
            raise InputError("chưa lưu; còn thiếu:\n" + "\n".join(f"  {fault}" for fault in faults))
        if not yes and not _agreed():
            say("Chưa lưu. Sửa bằng --issuer, --number, --issued, --from, --to, --supersedes; đúng rồi thì thêm --yes.")
            raise typer.Exit(1)
        _say_kept(references.add(deps, data, draft, given), warn=False)  # they were said above


@app.command("type")
def type_(  # noqa: PLR0913, PLR0917 - the options of a command are named
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Thông tin chính thức, hoặc - (gõ vào). · The fact.")],
    by: By,
    issuer: Annotated[str, typer.Option("--issuer", help="Cơ quan phát ngôn. · Who says it.")],
    home: Home = None,
    title: Annotated[str, typer.Option("--title", help="Về việc gì. · What about.")] = "",
    begins: Annotated[str, typer.Option("--from", help="Đúng từ ngày (mặc định hôm nay). · True from.")] = "",
    ends: Annotated[str, typer.Option("--to", help="Đến hết ngày. · Last day.")] = "",
    supersedes: Annotated[str, typer.Option("--supersedes", help="Thay cho thông tin nào. · What it replaces.")] = "",
    note: Annotated[str, typer.Option("--note", help="Ai cung cấp, qua đâu. · A note.")] = "",
) -> None:
    """Ghi ngay một thông tin chính thức trong lúc khẩn. · Type "the official fact is …"."""
    from intake.official_form import Given
    from runner import references

    given = Given(by, issuer, None, title or None, None, begins or None, ends or None, supersedes, None, note)
    words = sys.stdin.read(1_000_000) if text == "-" else text
    with opened(home) as deps:
        _say_kept(references.type_fact(deps, given, words))


@app.command("list")
def list_(
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help="Từ cần tìm, dấu hay không dấu. · Words.")] = "",
    home: Home = None,
    standing: Annotated[
        str, typer.Option(help="in_force, not_yet, expired, replaced, withdrawn. · How they stand.")
    ] = "",
    day: Annotated[dt.date | None, typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="Tính vào ngày.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Bao nhiêu. · How many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Văn bản trong kho, mới ban hành trước. · Documents, last issued first."""
    from runner import references
    from store.model_reference import Standing

    if standing and standing not in set(Standing):
        raise InputError(f"--standing {standing}: chỉ có {', '.join(Standing)}")
    with opened(home) as deps:
        on = (day or references.today(deps)).isoformat()
        found = deps.store.references_seen(on, Standing(standing) if standing else None, words[:200], limit)
        if as_json:
            print(json.dumps([references.to_json(deps, one) for one in found], ensure_ascii=False))  # noqa: T201
            return
        for one in found:
            say(references.line(one))
        if not found:
            say("Không có văn bản nào như vậy. Thêm bằng `haidang references add TỆP` hoặc `haidang references type`.")


@app.command("show")
def show(document: Named, home: Home = None, as_json: AsJson = False) -> None:
    """Một văn bản: hiệu lực, các bản, thay thế gì, từng điều khoản. · One document in full."""
    from runner import references

    with opened(home) as deps:
        seen = references.one(deps, document)
        if as_json:
            print(json.dumps(references.to_json(deps, seen), ensure_ascii=False))  # noqa: T201
            return
        for line in references.sheet(deps, seen):
            say(line)


@app.command("confirm")
def confirm(  # noqa: PLR0917 - the options of a command are named
    document: Named,
    by: By,
    home: Home = None,
    begins: Annotated[str | None, typer.Option("--from", help="Có hiệu lực từ ngày. · In force from.")] = None,
    ends: Annotated[str | None, typer.Option("--to", help="Đến hết ngày. · Last day.")] = None,
    supersedes: Annotated[str | None, typer.Option("--supersedes", help="Thay thế văn bản nào. · Replaces.")] = None,
    note: Annotated[str, typer.Option("--note", help="Ghi chú. · A note.")] = "",
) -> None:
    """Xác nhận thông tin máy đưa vào từ trang của cơ quan. · Vouch for what the machine entered."""
    from intake.official_form import Given
    from runner import references

    given = Given(by, valid_from=begins, valid_to=ends, replaces=supersedes, note=note)
    with opened(home) as deps:
        _say_kept(references.confirm(deps, document, given))


@app.command("withdraw")
def withdraw(
    document: Named,
    by: By,
    why: Annotated[str, typer.Option("--why", help="Vì sao; được lưu lại. · Why; it is kept.")],
    home: Home = None,
) -> None:
    """Thu hồi khỏi kho: không còn dùng để đối chiếu. · Withdraw: it is compared with no more."""
    from runner import references

    with opened(home) as deps:
        done = references.withdraw(deps, document, by, why)
    say(f"Đã thu hồi {len(done.versions)} bản. Văn bản mà nó thay thế (nếu có) lại được dùng.")
    _say_affected(done.affected)


@app.command("load-jsonl")
def load_jsonl(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Mỗi dòng một thông tin. · References as JSON lines.")],
    by: By,
    home: Home = None,
) -> None:
    """Nạp nhiều thông tin từ một tệp JSON từng dòng. · Load references from JSON lines."""
    from runner.people import named_person
    from runner.references_load import load

    with opened(home) as deps:
        done = load(deps, file, named_person(by, "--by"))
    say(f"Đã nạp {done.new} thông tin; {done.known} đã có từ trước, y hệt.")


@app.command("export")
def export(
    home: Home = None,
    by_statement: Annotated[
        bool, typer.Option("--statements", help="Mỗi dòng một điều khoản. · A line a clause.")
    ] = False,
    day: Annotated[
        dt.date | None, typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="Chỉ thứ có hiệu lực ngày ấy.")
    ] = None,
) -> None:
    """Xuất JSON từng dòng, dạng mà `haidang check --references` đọc. · Write JSON lines for `haidang check`."""
    from runner.references_rows import rows

    with opened(home) as deps:
        for row in rows(deps.store, by_statement=by_statement, day=day.isoformat() if day else None):
            print(json.dumps(row, ensure_ascii=False))  # noqa: T201


def _add_list(file: Path, said: tuple[str, str | None, str, str, str, str], home: Path | None, *, yes: bool) -> None:
    from intake.official_questions_keep import ListGiven
    from runner import references_questions as questions

    by, issuer, approved_by, begins, ends, note = said
    with opened(home) as deps:
        data, asked = questions.open_list(file)
        for line in questions.understood(asked):
            say(line)
        if not (yes or asked.faults or _agreed()):
            say("Chưa lưu. Đúng rồi thì thêm --yes.")
            raise typer.Exit(1)
        given = ListGiven(by, issuer or deps.settings.department, approved_by, begins, ends, note)
        for line in questions.told(questions.add_list(deps, data, asked, given)):
            say(line)


def _agreed() -> bool:
    return sys.stdin.isatty() and typer.confirm("Lưu như trên?", default=False)


def _say_kept(kept: Kept, *, warn: bool = True) -> None:
    r = kept.reference
    for warning in kept.warnings if warn else ():
        say(f"! {warning}")
    say((KNOWN if kept.known else ADDED).format(document=r.document, id=r.id, version=r.version))
    _say_affected([i for i in kept.affected if i != r.id])


def _say_affected(ids: Sequence[str]) -> None:
    if ids:
        say(AFFECTED.format(ids=", ".join(ids)))
