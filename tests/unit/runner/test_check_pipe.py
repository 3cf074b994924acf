"""`haidang check`: the contract of docs/check.md as a caller sees it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from runner.check_pipe import Check, load_references, run
from runner.cli import app
from store.errors import InputError

REFERENCE = {
    "id": "R1",
    "issuer": "Sở Xây dựng Hải Phòng",
    "document": "Công văn số 2640/SXD-VT",
    "issued": "2026-07-27",
    "valid_from": "2026-07-27",
    "valid_to": None,
    "text": "Giá vé tháng xe buýt học đường cho học sinh là 80.000 đồng. Xe chạy từ ngày 15/8/2026.",
}
ARTICLE = {
    "id": "A1",
    "published": "2026-08-02",
    "outlet": "Báo Cửa Nam Triều",
    "outlet_kind": "city_press",
    "title": "Xe buýt học đường ở Hải Phòng",
    "body": "Vé tháng dành cho học sinh là 180.000 đồng. Xe buýt học đường chạy từ ngày 15/8.",
}


@pytest.fixture
def references(tmp_path: Path) -> Path:
    path = tmp_path / "R.jsonl"
    path.write_text(json.dumps(REFERENCE, ensure_ascii=False) + "\n\n", encoding="utf-8")
    return path


def _answers(lines: list[object], references: Path) -> list[dict[str, object]]:
    source = io.BytesIO("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines).encode())
    out = io.BytesIO()
    run(source, out, Check(load_references(references)))
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_keys_of_the_contract_and_the_evidence(references: Path) -> None:
    [said] = _answers([ARTICLE], references)
    assert {"id", "candidate", "concern", "score", "claim", "relation", "refs", "differs_in", "reasons"} <= said.keys()
    assert (said["id"], said["candidate"], said["relation"], said["differs_in"]) == (
        "A1",
        True,
        "contradicts",
        "number",
    )
    assert said["refs"] == ["R1"]
    assert said["claim"] == "Vé tháng dành cho học sinh là 180.000 đồng."
    evidence = said["evidence"]
    assert isinstance(evidence, dict)
    begin, end = evidence["claim_span"]
    assert evidence["sentence"][begin:end] == "180.000 đồng"
    begin, end = evidence["statement_span"]
    assert evidence["statement"][begin:end] == "80.000 đồng"


def test_fields_may_be_missing(references: Path) -> None:
    said = _answers(
        [{"id": "B"}, {"id": "C", "body": "Vé tháng xe buýt học đường cho học sinh là 80.000 đồng."}], references
    )
    assert [row["relation"] for row in said] == ["unrelated", "supports"]


def test_a_bad_line_is_named_and_the_rest_go_on(references: Path) -> None:
    said = _answers(
        ["{", {"title": "x"}, {"id": "D", "published": "mai"}, {"id": "E", "title": 3}, ARTICLE], references
    )
    assert [("error" in row) for row in said] == [True, True, True, True, False]
    assert said[2]["id"] == "D"


def test_answers_do_not_depend_on_the_company_of_a_line(references: Path) -> None:
    alone = _answers([ARTICLE], references)[0]
    assert _answers([{"id": "x", "body": "Tin khác."}, ARTICLE, ARTICLE], references)[1:] == [alone, alone]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"id": "R1"}', "text"),
        ('{"id": "R1", "text": "x", "issued": "31/12/2026"}', "issued"),
        ('{"id": "R1", "text": "x"}\n{"id": "R1", "text": "y"}', "twice"),
        ("[]", "object"),
    ],
)
def test_a_bad_file_of_references_says_file_and_line(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "R.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=rf"R\.jsonl:\d+.*{told}"):
        load_references(path)


def test_the_command_reads_stdin_and_says_how_many_lines_were_bad(references: Path) -> None:
    text = json.dumps(ARTICLE) + "\nkhông phải JSON\n"
    said = CliRunner().invoke(app, ["check", "--references", str(references)], input=text)
    assert said.exit_code == 0
    assert json.loads(said.stdout.splitlines()[0])["candidate"] is True
    assert "1 dòng" in said.output


def test_a_missing_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="không-có"):
        load_references(tmp_path / "không-có.jsonl")
