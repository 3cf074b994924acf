"""`haidang case`, `haidang audit verify` as they are typed; what an exported case holds and what it does not."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from runner.cases_cli import app
from runner.cases_more_cli import audit
from runner.deps import Deps, make_deps
from store.errors import HaidangError
from store.model_case import link_hash, payload_digest
from tests.unit.runner.conftest import Clock

BY, OTHER, THIRD = "Đỗ Thị Trực", "Ngô Văn Bến", "Lê Thị Sóng"
WHY = "Cơ quan có thẩm quyền yêu cầu."
SAID = "Chị Trần Thị Cát phản ánh con là em Lê Văn Sò, lớp 4A Trường Tiểu học Sao Mai, bị thu 500.000 đồng."
Say = Callable[..., str]


@pytest.fixture
def say(deps: Deps, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    monkeypatch.setattr("runner.deps.make_deps", partial(make_deps, now=clock))  # a command asks the wall for the time

    def run(*words: str, code: int = 0, **options: str) -> str:
        """What a command prints; errors of ours come as their message."""
        typed = [*words, *(x for k, v in options.items() for x in (f"--{k.replace('_', '-')}", v))]
        of = audit if words[0] == "verify" and len(words) == 1 else app
        if of is audit:
            typed = [*words[1:], *(x for k, v in options.items() for x in (f"--{k}", v))]
        done = CliRunner().invoke(of, [*typed, "--home", str(deps.settings.home)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            assert isinstance(done.exception, HaidangError), done.exception
            return f"lỗi: {done.exception}"
        assert done.exit_code == code, done.output
        return done.output

    yield run


def reported(say: Say) -> None:
    out = say("open", report="citizen", text=SAID, by=BY, about="school:tiểu học sao mai")
    assert "2026/0001" in out and "đang giữ" in out and "Lê Văn Sò" not in out


def test_a_case_from_the_question_to_the_file(say: Say) -> None:
    assert "Việc mới" in say("open", press="Báo Cửa Biển", text="Học phí thế nào?", by=BY, place="11413")
    assert "1 việc" in say("list")
    assert "đã nhận" in say("receive", "2026/0001", by=BY) + say("show", "2026/0001")
    assert "✗" in say("receive", "2026/0001", "2026/9", by=BY, code=1)
    out = say("paper", "draft", "2026/0001", "tra_loi_bao_chi", by=BY, to="office:svhttdl", answer="Theo quy định.")
    paper = out.split()[0]
    assert paper.startswith("pap_")
    assert "dự thảo" in say("paper", "issue", "2026/0001", paper, by=BY, number="1/SGDĐT-VP")
    for step in (("submit",), ("sign", "--signer", THIRD, "--as", "KT."), ("issue", "--number", "12/SGDĐT-VP")):
        say("paper", step[0], "2026/0001", paper, *step[1:], by=BY)
    assert "nơi nhận xác nhận" in say("show", "2026/0001")
    assert "đã trả lời" in say("answer", "2026/0001", by=BY, paper=paper)
    say("paper", "received", "2026/0001", paper, by=BY, number="901")
    say("close", "2026/0001", by=BY, why="Đã trả lời, lưu hồ sơ.")
    assert "Không có việc nào" in say("list") and "1 việc" in say("list", "--all")
    assert "mở lại việc trước" in say("assign", "2026/0001", by=BY, to=OTHER, code=1)
    assert "đang xác minh" in say("reopen", "2026/0001", by=BY, why="Báo hỏi thêm một ý nữa.")
    assert "Chuỗi nguyên vẹn" in say("verify")


@pytest.mark.parametrize(
    ("words", "options", "told"),
    [
        (("show", "2026/0009"), {}, "không có việc này"), (("open",), {"by": BY}, "từ đâu"),
        (("open", "art_1"), {"by": BY}, "can_"),
        (("open",), {"by": BY, "press": "Báo Biển", "text": "Hỏi?", "when": "mai"}, "2026-11-21 16:00"),
        (("pause", "2026/0001"), {"by": BY, "why": WHY, "until": ""}, "không có việc này"),
        (("verify",), {"head": "12"}, "--head"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told(say: Say, words: tuple[str, ...], options: dict[str, str], told: str) -> None:
    out = say(*words, **options)
    assert out.startswith("lỗi: ") and told in out


def test_clocks_ways_and_merging_at_the_terminal(say: Say) -> None:
    reported(say)
    say("open", press="Báo Cửa Biển", text="Học phí thế nào?", by=BY)
    assert "tạm dừng" in say("pause", "2026/0002", by=BY, why=WHY, until="2026-11-21 08:00")
    assert "tạm dừng" not in say("resume", "2026/0002", by=BY)
    say("instruct", "2026/0002", "Trả lời sớm", by=BY, leader=THIRD, due="2026-11-20 18:00")
    assert "72 giờ" in say("ack", "2026/0002", by=BY, until="2026-11-24 12:00")
    say("ack", "2026/0002", by=BY, until="2026-11-20 15:00")
    assert "đang giữ ở Văn phòng Sở" in say("send", "2026/0001", "commune:11413", by=BY, why=WHY)
    released = say("release", "2026/0001", by=BY, text=SAID)
    assert "đang giữ" not in released
    say("send", "2026/0001", "commune:11413", by=BY, why=WHY)
    say("link", "2026/0002", "article:art_1", by=BY)
    say("split", "2026/0002", "article:art_1", by=BY, why=WHY, title="Phần học phí")
    say("merge", "2026/0003", "2026/0002", by=BY, why=WHY)
    assert "đã nhập vào" in say("show", "2026/0003")
    say("unmerge", "2026/0003", by=BY, why=WHY)
    assert "Chuỗi nguyên vẹn" in say("verify")


def test_a_redacted_case_holds_the_chain_and_no_name(say: Say, deps: Deps, tmp_path: Path) -> None:
    reported(say)
    say("note", "2026/0001", "Đã gọi chị Trần Thị Cát, mẹ em Lê Văn Sò.", by=OTHER)
    out = say("export", "2026/0001", by=THIRD, out=str(tmp_path))
    files = sorted(p.name for p in tmp_path.glob("ho-so*"))
    assert files == ["ho-so-2026-0001.docx", "ho-so-2026-0001.json", "ho-so-2026-0001.pdf"] and files[0] in out
    text = (tmp_path / "ho-so-2026-0001.json").read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "ho-so-2026-0001.docx") as docx:
        text += docx.read("word/document.xml").decode()
    for name in ("Trần Thị Cát", "Lê Văn Sò", BY, OTHER, "Cát", "Sò"):
        assert name not in text
    told = json.loads((tmp_path / "ho-so-2026-0001.json").read_text(encoding="utf-8"))
    for link, stored in zip(told["events"], deps.store.timeline(told["case"]["id"]), strict=False):
        assert link_hash(link["prev"], link["seq"], stored.event, link["payload_digest"]) == link["hash"]
    assert told["last_link"].split()[1] == told["events"][-1]["hash"]
    assert (tmp_path / files[0]).stat().st_mode & 0o077 == 0
    entry = deps.store.timeline(told["case"]["id"])[-1]
    assert entry.actor == THIRD and entry.body is not None and len(entry.body["files"]) == 3
    assert "đã có" in say("export", "2026/0001", by=THIRD, out=str(tmp_path))
    assert "không phải thư mục" in say("export", "2026/0001", by=THIRD, out=str(tmp_path / "x"))
    assert not list(tmp_path.glob(".haidang-*"))
    assert "1 mã đã in tìm thấy" in say("verify", head=told["chain"].replace(" ", ":"))


def test_the_original_leaves_with_two_others_and_can_be_proved_outside(say: Say, deps: Deps, tmp_path: Path) -> None:
    reported(say)
    letter = tmp_path / "don.txt"
    letter.write_text("Đơn của chị Cát", encoding="utf-8")
    say("attach", "2026/0001", str(letter), by=BY)
    out = {"by": BY, "out": str(tmp_path)}
    assert "chưa ai đề nghị" in say("export", "2026/0001", "--original", **out)
    say("ask-original", "2026/0001", by=BY, why=WHY)
    say("approve-original", "2026/0001", by=OTHER)
    assert "mới có 1" in say("export", "2026/0001", "--original", **out)
    assert "không duyệt cho chính mình" in say("approve-original", "2026/0001", by=BY)
    say("approve-original", "2026/0001", by=THIRD)
    say("export", "2026/0001", "--original", **out)
    assert not list(tmp_path.glob("*.docx"))
    with zipfile.ZipFile(tmp_path / "ho-so-2026-0001-ban-goc.zip") as packed:
        told = json.loads(packed.read("ho-so-2026-0001.json"))
        assert packed.read("tep/001-don.txt").decode() == "Đơn của chị Cát"
    assert "Trần Thị Cát" in json.dumps(told, ensure_ascii=False)
    assert all(payload_digest(e["salt"], e["payload"]) == e["payload_digest"] for e in told["events"])
    assert "chưa ai đề nghị" in say("export", "2026/0001", "--original", **out)


def test_an_erasure_at_the_terminal_leaves_the_chain_whole(say: Say, deps: Deps) -> None:
    reported(say)
    shown = say("show", "2026/0001")
    event = next(line.strip() for line in shown.splitlines() if line.strip().startswith("cev_"))
    say("erase", "2026/0001", event, by=BY, why="Theo yêu cầu của người dân.")
    assert "nội dung đã xóa theo quyết định" in say("show", "2026/0001")
    assert "1 nội dung đã xóa theo quyết định" in say("verify")
    deps.store.connection.execute("UPDATE case_payload SET body = '{}'")  # type: ignore[attr-defined]
    broken = say("verify", code=1)
    assert "KHÔNG nguyên vẹn" in broken and "báo người quản trị" in broken
