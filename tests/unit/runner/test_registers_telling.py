"""The press briefing, the ledger and what is shared: masked, from rows alone, nothing of an unreleased complaint."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alerts import casework
from alerts.briefing import Briefing, Fact
from alerts.case_open import press_request
from alerts.case_origins import of_concern
from alerts.sharing import FIELDS, Shared, dictionary
from runner.cases import plans_of
from runner.deps import make_deps
from runner.references_questions import add_list
from runner.registers_briefing import briefing_of
from runner.registers_briefing_cli import app, ledger
from runner.registers_sharing_cli import app as sharing
from store.errors import HaidangError
from store.model import Article, Relation
from store.model_candidate import Checked, Claim, Concern, ConcernMember, ConcernNote, NoteKind
from tests.unit.runner.conftest import Clock
from tests.unit.runner.registers_town import BY, OTHER, Town, at, make_town

Say = Callable[..., str]
WINDOW = ("--from", "2026-05-01", "--to", "2026-05-31")


@pytest.fixture
def town(tmp_path: Path, clock: Clock) -> Iterator[Town]:
    clock.at = at("2026-06-01 08:00")
    made = make_town(tmp_path, clock)
    yield made
    made.deps.store.close()


@pytest.fixture
def say(town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    monkeypatch.setattr("runner.deps.make_deps", partial(make_deps, now=clock))
    monkeypatch.setattr("runner.cli_common.settings_of", lambda _home: town.deps.settings)

    def run(*words: str, of: object = app) -> str:
        done = CliRunner().invoke(of, [*words, "--home", str(town.deps.settings.home)])  # type: ignore[arg-type]
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            assert isinstance(done.exception, HaidangError), done.exception
            return f"lỗi: {done.exception}"
        assert done.exit_code == 0, done.output
        return done.output

    yield run


def concern(town: Town, *articles: Article) -> Concern:
    """What the check stage leaves of an unsourced report of wrongdoing."""
    key = f"concern|{articles[0].id}"
    first = town.deps.store.revisions_of([articles[0].id])[articles[0].id][0]
    claim = Claim(
        Claim.make_id(first.id, "h", "concern"), first.id, articles[0].id, 0, 20, "h", "concern", (), key,
        None, articles[0].first_seen_at, "v",
    )  # fmt: skip
    made = Concern(Concern.make_id(key), key, claim.id, "khoản thu", "Ái Quốc", articles[0].first_seen_at)
    members = tuple(ConcernMember(made.id, a.id, claim.id, a.first_seen_at) for a in articles)
    with town.deps.store.transaction() as tx:
        tx.add_checked(Checked((claim,), concerns=(made,), concern_members=members))
    return made


def release(town: Town, made: Concern) -> None:
    """Passed to Văn phòng Sở, opened as a case, released."""
    deps = town.deps
    with deps.store.transaction() as tx:
        tx.add_concern_note(
            ConcernNote(ConcernNote.make_id(made.id, BY, 1), made.id, NoteKind.PASSED, "đã chuyển", BY, 1)
        )
    plans = plans_of(deps)
    rows, _ = casework.open_case(
        deps.store, plans, of_concern(deps.store, deps.tools.sources, made.id), BY, at("2026-05-21 08:00")
    )
    assert rows.now.held
    casework.release(deps.store, plans, rows.case.id, OTHER, at("2026-05-22 08:00"), text="Chuyển để giải trình.",
                     office="office:sgddt_vp")  # fmt: skip


def approved(town: Town, question: str, answer: str) -> None:
    from intake.official_questions import Answered, Asked
    from intake.official_questions_keep import ListGiven

    asked = Asked("text/csv", (Answered(1, question, answer),), ())
    add_list(town.deps, b"x", asked, ListGiven(BY, "Sở Giáo dục và Đào tạo", OTHER, "2026-01-01"))


def asks(town: Town, question: str, token: str, **more: object) -> str:
    known = press_request("Báo Cảng Biển", question, at("2026-05-20 08:00"), "thư", at("2026-05-20 09:00"),
                          token=token, **more)  # fmt: skip
    rows, _ = casework.open_case(town.deps.store, plans_of(town.deps), known, BY, at("2026-05-20 09:00"))
    return rows.case.label


def words_of(path: Path) -> str:
    with zipfile.ZipFile(path) as packed:
        return re.sub(r"<[^>]+>", " ", packed.read("word/document.xml").decode())


def brief(say: Say, tmp_path: Path) -> str:
    say("--from", WINDOW[1], "--to", WINDOW[3], "--out", str(tmp_path / "b.docx"))
    return words_of(tmp_path / "b.docx")


def test_a_briefing_tells_the_facts_the_questions_and_what_is_approved(town: Town, say: Say, tmp_path: Path) -> None:
    town.article("2026-05-10 09:00", "Phụ huynh hỏi lịch tuyển sinh lớp 10", "Sở sẽ công bố lịch.", story="ts",
                 themes=("ts10",))  # fmt: skip
    town.article("2026-05-10 11:00", "Lịch tuyển sinh lớp 10", story="ts", relation=Relation.REPRINT, source="dai_song")
    town.article("2026-05-11 09:00", "Chuyện Hà Nội", hp="none")
    approved(town, "Lịch tuyển sinh vào lớp 10 năm nay thế nào?", "Thi ngày 01 và 02/6, công bố điểm ngày 15/6.")
    label = asks(town, "Lịch tuyển sinh vào lớp 10 có đổi không?", "a")
    text = brief(say, tmp_path)
    assert "2 báo, 1 bài gốc, 1 bài đăng lại" in text and "Chuyện Hà Nội" not in text
    assert "Lịch tuyển sinh vào lớp 10 có đổi không?" in text and label in text
    assert "Thi ngày 01 và 02/6" in text and f"người duyệt: {OTHER}" in text and "dùng từ 01/01/2026" in text
    assert "TS10" in text and "https://bao-cang.example/bai-1.html" in text


def test_without_an_approved_answer_there_is_none_and_the_paper_says_who_prepares(
    town: Town, say: Say, tmp_path: Path
) -> None:
    approved(town, "Khoản thu đầu năm học gồm những gì?", "Theo hướng dẫn hiện hành.")
    asks(town, "Bao giờ xây xong trường mới ở đảo?", "b")
    text = brief(say, tmp_path)
    assert "Chưa có câu trả lời đã duyệt; đơn vị chuẩn bị:" in text and "Theo hướng dẫn hiện hành" not in text


ACCUSED = "Trường Tiểu học Sao Mai"


def complained(town: Town) -> Concern:
    first = town.article(
        "2026-05-12 09:00", f"Phụ huynh tố {ACCUSED} thu sai", "Nhà trường thu 2 triệu đồng.", story="c"
    )
    town.article("2026-05-12 10:00", f"{ACCUSED} bị tố thu sai", story="c", source="dai_song")
    return concern(town, first)


def test_whom_a_complaint_is_about_is_named_by_nothing_before_it_is_released(
    town: Town, say: Say, tmp_path: Path
) -> None:
    made = complained(town)
    text = brief(say, tmp_path)
    assert "Sao Mai" not in text and "Ái Quốc" not in text and "bai-1.html" not in text
    assert "Có 1 phản ánh đang được kiểm tra (khoản thu: 1)" in text and "1 nhóm tin có phản ánh như vậy" in text
    say(*WINDOW, "--out", str(tmp_path / "s.json"), of=sharing)
    shared = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert shared["items"] == [] and shared["left_out_held"] == 2
    release(town, made)
    assert "Sao Mai" in brief(say, tmp_path)
    say(*WINDOW, "--out", str(tmp_path / "s.json"), of=sharing)
    assert len(json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["items"]) == 2


def test_a_question_that_carries_a_complaint_is_not_quoted(town: Town, say: Say, tmp_path: Path) -> None:
    made = complained(town)
    (article,) = [m.article_id for m in town.deps.store.concern(made.id).members]  # type: ignore[union-attr]
    label = asks(town, f"{ACCUSED} có thu sai không?", "d", links=(("article", article),))
    text = brief(say, tmp_path)
    assert "Sao Mai" not in text and f"xem hồ sơ việc {label}" in text


def test_pupils_are_masked_in_the_briefing_and_in_what_is_shared(town: Town, say: Say, tmp_path: Path) -> None:
    town.article("2026-05-10 09:00", "Em Lê Văn Sò, lớp 4A Trường Tiểu học Sao Mai, bị bạn đánh",
                 "Em Lê Văn Sò phải nhập viện.")  # fmt: skip
    assert "Lê Văn Sò" not in brief(say, tmp_path)
    say(*WINDOW, "--format", "csv", "--out", str(tmp_path / "s.csv"), of=sharing)
    text = (tmp_path / "s.csv").read_text(encoding="utf-8-sig")
    assert "Lê Văn Sò" not in text and "bai-1.html" in text


def test_no_field_of_a_briefing_or_of_what_is_shared_is_tone_or_stance(town: Town, say: Say, tmp_path: Path) -> None:
    words = ("tone", "stance", "score", "sentiment", "critical", "body", "lead", "text")
    for record in (Briefing, Fact, Shared):
        assert not [f.name for f in fields(record) for word in words if word in f.name]
    town.article(
        "2026-05-10 09:00", "Trường mở thư viện", "Thân bài không được chia sẻ.", tone="neg", stance="critical"
    )
    say(*WINDOW, "--out", str(tmp_path / "s.json"), of=sharing)
    (item,) = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["items"]
    said = json.dumps(item, ensure_ascii=False)
    assert not re.search(r"\bneg\b|critical|Thân bài", said)
    assert item["communes"] == ["10660"] and item["id"].startswith("art_") and item["source_kind"] == "city_press"


def test_the_same_rows_are_the_same_bytes(town: Town, clock: Clock, say: Say, tmp_path: Path) -> None:
    for n in range(5):
        town.article(f"2026-05-1{n} 09:00", f"Trường số {n} mở thư viện", themes=("nq71",), story=str(n % 2))
    made = []
    for run in (1, 2):
        clock.at += 60_000
        for name in ("s.json", "s.csv"):
            say(*WINDOW, "--format", name[2:], "--out", str(tmp_path / f"{run}{name}"), of=sharing)
        say(*WINDOW, "--out", str(tmp_path / f"{run}b.docx"))
        made.append([(tmp_path / f"{run}{n}").read_bytes() for n in ("s.json", "s.csv", "b.docx")])
    assert made[0] == made[1]


def test_every_field_is_documented_and_the_page_is_the_dictionary() -> None:
    assert [f.name for f in FIELDS] == [f.name for f in fields(Shared)]
    assert all(f.kind and f.means and f.values for f in FIELDS)
    page = (Path(__file__).resolve().parents[3] / "docs" / "sharing.md").read_text(encoding="utf-8")
    assert dictionary() in page


def test_a_quiet_window_is_a_correct_paper(say: Say, tmp_path: Path) -> None:
    text = brief(say, tmp_path)
    assert "không có tin, bài nào" in text and "Không có phản ánh nào" in text
    say(*WINDOW, "--out", str(tmp_path / "b.pdf"))
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    assert "đứng sau" in say("--from", "2026-05-31", "--to", "2026-05-01", "--out", str(tmp_path / "x.docx"))
    assert "nhiều nhất 92 ngày" in say("--from", "2026-01-01", "--to", "2026-05-31", "--out", str(tmp_path / "x.docx"))


def test_a_storm_of_articles_is_cut_and_says_so(town: Town, say: Say, tmp_path: Path) -> None:
    for n in range(15):
        town.article("2026-05-10 09:00", f"Trường thứ {n} dựng lại mái sau bão " + "rất dài " * 60)
    assert len(briefing_of(town.deps, *map(dt.date.fromisoformat, WINDOW[1::2])).facts) == 15
    assert "Còn 3 nhóm tin nữa" in brief(say, tmp_path)


def test_the_ledger_of_what_the_press_was_given(town: Town, clock: Clock, say: Say, tmp_path: Path) -> None:
    line = (
        "add",
        "Báo Cảng Biển",
        "=Thông cáo về em Lê Văn Sò, lớp 4A Trường Tiểu học Sao Mai, bị nạn",
        "--way",
        "thư",
    )
    made = say(*line, "--by", BY, "--at", "2026-05-20 16:00", "--number", "7/TCBC", of=ledger).split()[0]
    wrong = say("add", "Báo Xa Khơi", "Trả lời phỏng vấn", "--way", "điện thoại", "--by", BY, "--at",
                "2026-05-21 09:00", of=ledger).split()[0]  # fmt: skip
    assert "chưa tới" in say(*line, "--by", BY, "--at", "2026-07-20 16:00", of=ledger)
    assert "họ và tên" in say(*line, "--by", "Trực", of=ledger)
    assert "không có việc này" in say(*line, "--by", BY, "--case", "2026/0099", of=ledger)
    say("withdraw", wrong, "--by", BY, "--why", "ghi nhầm báo", of=ledger)
    assert "hoặc đã rút lại" in say("withdraw", wrong, "--by", BY, "--why", "ghi nhầm báo", of=ledger)
    listed = say("list", *WINDOW, of=ledger)
    assert made in listed and wrong not in listed and "Lê Văn Sò" not in listed
    say("export", *WINDOW, "--out", str(tmp_path / "so.csv"), of=ledger)
    (row,) = csv.DictReader(io.StringIO((tmp_path / "so.csv").read_text(encoding="utf-8-sig")))
    assert row["ma"] == made and row["van_ban"] == "7/TCBC" and row["noi_dung"].startswith("'=Thông cáo")
    assert "Lê Văn Sò" not in row["noi_dung"] and row["luc"] == "2026-05-20T16:00+07:00"
    say("export", *WINDOW, "--out", str(tmp_path / "so.docx"), of=ledger)
    assert "7/TCBC" in words_of(tmp_path / "so.docx")
    assert "Báo Cảng Biển" in brief(say, tmp_path)
