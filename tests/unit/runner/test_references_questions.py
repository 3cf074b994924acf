"""Approved questions and answers as references (D76): kept whole or not at all, compared with like other statements."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from config.settings import load_settings
from runner.cli import app
from store.model_reference import ReferenceSource, Standing
from store.sqlite import open_store
from tests.unit.intake.questions_samples import ANSWER, FEE, PAIRS, QUESTION, lines, word
from tests.unit.runner.checking_town import BY, RIGHT, WRONG, Town, town

__all__ = ["town"]  # the fixture, used by name

BOSS = "Ngô Văn Bến"


def add(town: Town, data: bytes, *more: str, name: str = "hoi-dap.docx") -> Result:
    home = town.deps.settings.home
    file = home.parent / name
    file.write_bytes(data)
    said = ["--by", BY, "--approved-by", BOSS, "--from", "2026-01-01", "--yes", "--home", str(home)]
    return CliRunner().invoke(app, ["references", "add", "--qa", str(file), *said, *more])


def found(town: Town, day: str = "2026-11-20") -> dict[str, tuple[str, str]]:
    """Question → (how it stands, the answer)."""
    seen = town.deps.store.references_seen(day)
    texts = town.deps.store.statements_of([s.reference.id for s in seen])
    return {s.reference.title: (str(s.standing), texts[s.reference.id][0].text) for s in seen}


def test_an_answer_is_what_articles_are_compared_with(town: Town) -> None:
    done = add(town, word(*PAIRS))
    assert done.exit_code == 0, done.output
    assert "Đã lưu 2 câu hỏi – đáp đã duyệt" in done.output
    wrong, right = town.text(WRONG), town.text(RIGHT, "songxanh", hours=1)
    town.work()
    (candidate,) = town.candidates()
    assert set(town.roles(candidate)) == {wrong.id}
    assert town.outcome(right)[-1] == "nothing_raised"
    finding = candidate.findings[-1]
    assert finding.evidence["said"] == ANSWER
    assert "Hỏi – đáp đã duyệt ngày 01/01/2026 của Sở Giáo dục và Đào tạo Hải Phòng" in finding.reasons[0]
    reference = town.deps.store.reference(finding.evidence["reference"])
    assert reference is not None
    assert (reference.approved_by, reference.entered_by, reference.title) == (BOSS, BY, QUESTION)
    (statement,) = town.deps.store.statements_of([reference.id])[reference.id]
    assert (statement.heading, statement.id) == (QUESTION, finding.statements[0])


def test_what_a_question_says_is_no_statement(town: Town) -> None:
    asked = ("Có đúng là mỗi thí sinh vào lớp 10 công lập Hải Phòng được đăng ký 5 nguyện vọng không?", ANSWER)
    assert add(town, lines(asked)).exit_code == 0
    town.text(WRONG)  # says five, as the question does
    town.work()
    assert len(town.candidates()) == 1


def test_the_question_says_which_school_year_an_answer_is_of(town: Town) -> None:
    old = (QUESTION.replace("2027-2028", "2024-2025"), ANSWER)
    assert add(town, lines(old)).exit_code == 0
    town.text(WRONG)  # of 2027-2028
    town.work()
    assert town.candidates() == []


def test_the_same_list_again_is_known_and_another_answer_replaces_it_from_its_day_on(town: Town) -> None:
    add(town, word(*PAIRS))
    assert "Đã lưu 0 câu hỏi – đáp đã duyệt; 2 câu đã có từ trước" in add(town, lines(*PAIRS)).output
    newer = (QUESTION, ANSWER.replace("3", "4"))
    done = add(town, lines(newer), "--from", "2026-06-01")
    assert "1 câu đã duyệt trước đây không có trong tệp" in done.output and FEE[0] in done.output
    store = town.deps.store
    (now,) = [r for r in store.references_in_force("2026-11-20") if r.title == QUESTION]
    (before,) = [r for r in store.references_in_force("2026-03-01") if r.title == QUESTION]
    assert (now.valid_from, before.valid_from) == ("2026-06-01", "2026-01-01")
    assert "trong kho đã có câu trả lời từ ngày 01/06/2026" in str(
        add(town, word(*PAIRS), "--from", "2026-02-01").exception
    )
    corrected = add(town, lines((QUESTION, ANSWER.replace("3", "2"))), "--from", "2026-06-01")
    assert corrected.exit_code == 0
    assert [v.version for v in store.reference_versions(now.document_id)] == [1, 2]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (("--approved-by", ""), "--approved-by: Chưa biết ai duyệt"),
        (("--approved-by", "Bến"), "--approved-by: Chưa biết ai duyệt"),
        (("--from", ""), "--from: Chưa có ngày áp dụng"),
        (("--from", "hôm qua"), "--from: Không đọc được ngày"),
        (("--to", "2025-01-01"), "--to: Ngày hết hiệu lực đứng trước"),
        (("--by", "Trực"), "--by"),
        (("--number", "1/A"), "--number: không dùng với --qa"),
    ],
)
def test_what_is_lacking_is_told_and_nothing_is_kept(town: Town, more: tuple[str, str], what: str) -> None:
    done = add(town, word(*PAIRS), *more)
    assert done.exit_code != 0
    assert what in str(done.exception)
    assert found(town) == {}


def test_one_bad_row_keeps_nothing(town: Town) -> None:
    done = add(town, word(PAIRS[0], ("Có thu không?", "Không.")))
    assert "dòng 3: câu trả lời “Không.” chưa đủ" in str(done.exception)
    assert found(town) == {}


def test_a_withdrawn_answer_may_be_handed_in_again(town: Town) -> None:
    add(town, lines(PAIRS[0]))
    (seen,) = town.deps.store.references_seen("2026-11-20")
    with town.deps.store.transaction() as tx:
        tx.withdraw_reference(seen.reference.document_id, BY, "nhập nhầm tệp", town.deps.now())
    town.clock.at += 1
    assert "Đã lưu 1 câu" in add(town, lines(PAIRS[0])).output
    assert found(town)[QUESTION] == (Standing.IN_FORCE, ANSWER)


def test_exported_and_loaded_elsewhere_it_is_still_a_question_with_its_answer(town: Town, tmp_path: Path) -> None:
    add(town, lines(*PAIRS))
    home = town.deps.settings.home
    out = CliRunner().invoke(app, ["references", "export", "--home", str(home)]).output
    row = json.loads(out.splitlines()[0])
    assert (row["approved_by"], row["source"]) == (BOSS, "answered")
    file, other = tmp_path / "r.jsonl", tmp_path / "khac"
    file.write_text(out, encoding="utf-8")
    open_store(load_settings({}, home=other).database).close()
    done = CliRunner().invoke(app, ["references", "load-jsonl", str(file), "--by", BY, "--home", str(other)])
    assert done.exit_code == 0, done.output + str(done.exception)
    again = CliRunner().invoke(app, ["references", "export", "--home", str(other)]).output
    told = [json.loads(line) for line in again.splitlines()]
    assert {(r["context"], r["text"]) for r in told} == set(PAIRS)
    assert {r["source"] for r in told} == {ReferenceSource.ANSWERED}
