"""`haidang references`: documents from files, facts typed in a crisis, withdrawal, JSON lines out and in again."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from intake.official_form import Given
from runner import references
from runner.deps import Deps
from runner.references_load import load
from runner.references_rows import rows
from store.errors import InputError
from store.model_reference import Reference, ReferenceSource, Standing
from tests.unit.intake.official_samples import LETTER, REPLACED, letter, letter_lines, letter_text, scan
from tests.unit.runner.conftest import HOUR, Clock

BY = "Đỗ Thị Trực"
FACT = "Học sinh toàn thành phố nghỉ học ngày 21/11/2026, trừ đặc khu Bạch Long Vĩ."


def given(**more: Any) -> Given:
    return Given(**({"by": BY} | more))


def write(folder: Path, data: bytes, name: str = "cong-van.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def added(deps: Deps, folder: Path, data: bytes, **more: Any) -> Reference:
    opened, draft = references.open_file(write(folder, data))
    return references.add(deps, opened, draft, given(**more)).reference


def test_a_file_is_understood_kept_and_shown(deps: Deps, tmp_path: Path) -> None:
    data, draft = references.open_file(write(tmp_path, letter()))
    lines, faults = references.understood(deps, draft, given())
    assert faults == []
    assert "Cơ quan ban hành: Sở Giáo dục và Đào tạo Hải Phòng" in lines
    assert "Văn bản: Công văn số 812/SGDĐT-QLCL" in lines and "Nội dung: 2 điều khoản" in lines
    kept = references.add(deps, data, draft, given())
    assert (kept.reference.source, kept.reference.entered_by, kept.reference.version) == (ReferenceSource.UPLOAD, BY, 1)
    assert deps.bodies.get(kept.reference.body_hash or "") == data  # an official document is kept as it is
    text = deps.bodies.get(kept.reference.text_hash).decode()
    for statement in deps.store.statements_of([kept.reference.id])[kept.reference.id]:
        assert text[statement.starts : statement.ends] == statement.text
    told = "\n".join(references.sheet(deps, references.one(deps, "812/SGDĐT-QLCL")))
    assert LETTER[0] in told and "còn hiệu lực" in told and BY in told


def test_the_same_again_is_one_and_a_change_is_a_version(deps: Deps, tmp_path: Path, clock: Clock) -> None:
    handed_in = letter_text()
    first = added(deps, tmp_path, handed_in)
    clock.at += HOUR
    data, draft = references.open_file(write(tmp_path, handed_in))
    assert references.add(deps, data, draft, given()).known
    second = added(deps, tmp_path, letter_text(), valid_to="30/11/2026")
    assert (second.document_id, second.version, second.valid_to) == (first.document_id, 2, "2026-11-30")
    corrected = added(deps, tmp_path, letter_text(), issuer="UBND đặc khu Cát Hải", version_of=first.id)
    assert (corrected.document_id, corrected.version) == (first.document_id, 3)
    assert references.one(deps, first.id).reference.issuer == "UBND đặc khu Cát Hải"


def test_every_missing_field_is_told_with_its_option(deps: Deps, tmp_path: Path) -> None:
    path = write(tmp_path, b"Mot van ban khong co phan dau.", "a.txt")
    data, draft = references.open_file(path)
    with pytest.raises(InputError) as caught:
        references.add(deps, data, draft, given(valid_to="31/6/2026", number="abc", replaces="9/QĐ-UBND"))
    told = str(caught.value)
    for option in ("--issuer", "--issued", "--to", "--number", "--supersedes"):
        assert option in told
    assert deps.store.references_seen("2026-11-20") == [] and deps.store.counts()["reference"] == 0
    kept = references.add(
        deps, data, draft, given(issuer="Sở Y tế Hải Phòng", title="Thông báo", issued="01/11/2026")
    ).reference
    assert (kept.issued, kept.valid_from, kept.valid_to) == ("2026-11-01", "2026-11-01", None)


def test_a_draft_without_number_and_day_is_warned_of_until_both_are_given(deps: Deps, tmp_path: Path) -> None:
    path = write(tmp_path, "KẾ HOẠCH\nTuyển sinh\nSố: /KH-SGDĐT\n1. Thi ngày 30/5/2026.".encode())
    _, draft = references.open_file(path)
    lines, _ = references.understood(deps, draft, given())
    assert any("dự thảo" in line for line in lines)
    lines, faults = references.understood(deps, draft, given(number="9/KH-SGDĐT", issued="1/3/2026"))
    assert not any("dự thảo" in line for line in lines) and faults == []


def test_an_end_before_the_beginning_is_refused(deps: Deps, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="đứng trước"):
        added(deps, tmp_path, letter_text(), valid_from="2026-10-02", valid_to="2026-10-01")


@pytest.mark.parametrize("by", ["", "Trực", "\u200b \u202e", "Admin1 <b>", "Дo Thị"])
def test_a_name_that_is_no_person_is_refused(deps: Deps, tmp_path: Path, by: str) -> None:
    with pytest.raises(InputError, match="--by"):
        added(deps, tmp_path, letter_text(), by=by)


def test_what_it_says_it_replaces_is_proposed_and_confirmed_by_keeping(deps: Deps, tmp_path: Path) -> None:
    old = added(deps, tmp_path, letter_text("77/SGDĐT-VP", "01 tháng 9 năm 2026"))
    newer = letter_text("812/SGDĐT-QLCL", "07 tháng 9 năm 2026", "nghỉ học do bão", REPLACED)
    data, draft = references.open_file(write(tmp_path, newer))
    lines, _ = references.understood(deps, draft, given())
    assert any(line.startswith("Thay thế: Công văn số 77/SGDĐT-VP") and "thay thế" in line for line in lines)
    kept = references.add(deps, data, draft, given())
    assert old.id in kept.affected and kept.reference.id in kept.affected
    assert references.one(deps, old.id).standing is Standing.REPLACED
    (first, second) = rows(deps.store)
    assert (first["id"], first["valid_to"]) == (old.id, "2026-09-06")  # the day before the other begins
    assert second["supersedes"] == [old.id]


def test_a_person_may_say_that_it_replaces_nothing(deps: Deps, tmp_path: Path) -> None:
    old = added(deps, tmp_path, letter_text("77/SGDĐT-VP", "01 tháng 9 năm 2026"))
    added(deps, tmp_path, letter_text("812/SGDĐT-QLCL", "07 tháng 9 năm 2026", "nghỉ học", REPLACED), replaces="")
    assert references.one(deps, old.id).standing is Standing.IN_FORCE


def test_the_older_one_handed_in_later_is_warned_of(deps: Deps, tmp_path: Path) -> None:
    newer = letter_text("812/SGDĐT-QLCL", "07 tháng 9 năm 2026", "nghỉ học", REPLACED)
    data, draft = references.open_file(write(tmp_path, newer))
    lines, _ = references.understood(deps, draft, given())
    assert any("chưa có trong kho" in line for line in lines)
    references.add(deps, data, draft, given())
    data, draft = references.open_file(write(tmp_path, letter_text("77/SGDĐT-VP", "01 tháng 9 năm 2026")))
    lines, _ = references.understood(deps, draft, given())
    assert any("812/SGDĐT-QLCL" in line and "còn hiệu lực không" in line for line in lines)


def test_withdrawal_gives_the_replaced_one_back_and_names_what_it_touches(deps: Deps, tmp_path: Path) -> None:
    old = added(deps, tmp_path, letter_text("77/SGDĐT-VP", "01 tháng 9 năm 2026"))
    new = added(deps, tmp_path, letter_text(), replaces="77/SGDĐT-VP")
    done = references.withdraw(deps, "812/SGDĐT-QLCL", "Ngô Văn Bến", "văn bản giả, Sở không ban hành")
    assert done.versions == (new.id,) and set(done.affected) == {new.id, old.id}
    assert references.one(deps, old.id).standing is Standing.IN_FORCE
    assert [row["id"] for row in rows(deps.store)] == [old.id]
    assert "văn bản giả" in "\n".join(references.sheet(deps, references.one(deps, new.id)))
    with pytest.raises(InputError, match="đã được thu hồi"):
        references.withdraw(deps, new.id, "Ngô Văn Bến", "lần nữa, cùng lý do")
    with pytest.raises(InputError, match="lý do"):
        references.withdraw(deps, old.id, "Ngô Văn Bến", "nhầm")


def test_a_fact_typed_in_a_crisis_is_in_force_from_today(deps: Deps, clock: Clock) -> None:
    kept = references.type_fact(deps, given(issuer="Sở Giáo dục và Đào tạo Hải Phòng", valid_to="21/11/2026"), FACT)
    today = references.today(deps).isoformat()
    r = kept.reference
    assert (r.source, r.issued, r.valid_from, r.valid_to) == (ReferenceSource.TYPED, today, today, "2026-11-21")
    assert [s.text for s in deps.store.statements_of([r.id])[r.id]] == [FACT]
    assert r.title.startswith("Thông tin chính thức ngày")
    clock.at += HOUR
    changed = references.type_fact(
        deps, given(issuer="Sở Giáo dục và Đào tạo Hải Phòng", replaces=r.id), FACT.replace("21/11", "23/11")
    )
    assert references.one(deps, r.id).standing is Standing.REPLACED
    assert references.one(deps, changed.reference.id).standing is Standing.IN_FORCE


def test_a_fact_without_words_issuer_or_person_is_refused(deps: Deps) -> None:
    for more, text in (({}, FACT), ({"issuer": "Sở"}, " \u200b "), ({"issuer": "Sở"}, "a" * 6_000)):
        with pytest.raises(InputError):
            references.type_fact(deps, given(**more), text)
    assert deps.store.counts()["reference"] == 0


def test_a_scan_with_its_text_typed(deps: Deps, tmp_path: Path) -> None:
    path = write(tmp_path, scan(), "quet.pdf")
    with pytest.raises(InputError, match="--text"):
        references.open_file(path)
    data, draft = references.open_file(path, Path("-"), io.BytesIO("\n".join(letter_lines()).encode()))
    kept = references.add(deps, data, draft, given()).reference
    assert deps.bodies.get(kept.body_hash or "") == scan() and kept.media_type == "application/pdf"


@pytest.mark.parametrize(
    "name", ["..\u202efdp.exe", "a\x1b[31m.pdf", "x" * 200 + ".pdf", "<script>.pdf", "'; DROP TABLE reference; --.pdf"]
)
def test_a_hostile_file_name_is_never_kept_and_shown_harmless(deps: Deps, tmp_path: Path, name: str) -> None:
    data = letter_text()
    kept = added(deps, tmp_path, data)
    path = write(tmp_path, data, name)
    opened, draft = references.open_file(path)
    assert references.add(deps, opened, draft, given()).known
    dump = json.dumps(list(deps.store.export("reference")), ensure_ascii=False)
    assert name not in dump and kept.id in dump
    told = references.shown(path)
    assert told.isprintable() and "\u202e" not in told and "\x1b" not in told and len(told) <= 120


@pytest.mark.parametrize("path", ["/dev/zero", "..", "khong-co.pdf", "a\0b", "fifo"])
def test_what_is_no_file_is_said(deps: Deps, tmp_path: Path, path: str) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(InputError):
        references.open_file(tmp_path / path)


# ── JSON lines ──────────────────────────────────────────────────────────────────────────────────────

OLD = {
    "id": "R01", "issuer": "Sở Giáo dục và Đào tạo Hải Phòng", "document": "Kế hoạch số 4120/KH-SGDĐT",
    "issued": "2025-12-15", "valid_from": "2025-12-15", "valid_to": None,
    "text": "Thi ngày 06/6/2026. Hai nguyện vọng.",
}  # fmt: skip
NEW = OLD | {
    "id": "R02", "document": "Công văn số 812/SGDĐT-QLCL", "issued": "2026-03-10", "valid_from": "2026-03-10",
    "text": "Thi ngày 30/5/2026.", "supersedes": "R01", "statements": ["Thi ngày 30/5/2026.", {"clause": "mục 2",
    "text": "Ba nguyện vọng."}],
}  # fmt: skip


def lines(folder: Path, *rows_: Any) -> Path:
    return write(
        folder,
        "\n".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in rows_).encode(),
        "r.jsonl",
    )


def test_lines_in_and_out_again_are_the_same(deps: Deps, tmp_path: Path, clock: Clock) -> None:
    assert load(deps, lines(tmp_path, OLD, "", NEW), BY).new == 2
    clock.at += HOUR
    again = load(deps, lines(tmp_path, OLD, NEW), BY)
    assert (again.new, again.known) == (0, 2)
    old, new = rows(deps.store)
    told = ("issuer", "document", "issued", "valid_from", "text")
    assert {k: old[k] for k in told} == {k: OLD[k] for k in told}
    assert (old["valid_to"], new["valid_to"], new["supersedes"]) == ("2026-03-09", None, [old["id"]])
    assert new["text"] == "Thi ngày 30/5/2026.\nBa nguyện vọng."
    assert [(s.get("clause"), s["text"]) for s in new["statements"]] == [
        (None, "Thi ngày 30/5/2026."), ("mục 2", "Ba nguyện vọng."),
    ]  # fmt: skip
    clauses = list(rows(deps.store, by_statement=True, day="2026-04-01"))
    assert [(row["document"], row["text"]) for row in clauses] == [
        (NEW["document"], "Thi ngày 30/5/2026."), (NEW["document"], "Ba nguyện vọng."),
    ]  # fmt: skip
    exported = lines(tmp_path, *rows(deps.store))
    assert load(deps, exported, BY).new == 1  # only that the old one has an end now


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("{", "không phải JSON"),
        ("[" * 100_000, "không phải JSON"),
        ("[]", "đối tượng"),
        (OLD | {"text": ""}, "'text'"),
        (OLD | {"text": 5}, "'text'"),
        (OLD | {"issued": "15/12/25"}, "'issued'"),
        (OLD | {"valid_to": "2025-01-01"}, "đứng trước"),
        (OLD | {"verdict": "false"}, "'verdict'"),
        (OLD | {"supersedes": ["R99"]}, "R99"),
        (OLD | {"supersedes": {"a": 1}}, "supersedes"),
        (OLD | {"statements": []}, "statements"),
        (OLD | {"statements": [{"clause": "x"}]}, "statements"),
        (OLD | {"text": "a" * 100_001}, "tối đa"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_kept(deps: Deps, tmp_path: Path, row: Any, what: str) -> None:
    with pytest.raises(InputError, match=r"r\.jsonl:2|supersedes") as caught:
        load(deps, lines(tmp_path, NEW | {"supersedes": []}, row), BY)
    assert what in str(caught.value)
    assert deps.store.counts()["reference"] == 0


def test_the_same_id_twice_is_refused(deps: Deps, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="R01"):
        load(deps, lines(tmp_path, OLD, OLD), BY)


@pytest.mark.shared
def test_the_claims_references_load_and_come_back(deps: Deps, tmp_path: Path, shared: Path) -> None:
    path = shared / "labels" / "claims" / "dev" / "references.jsonl"
    given_rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert load(deps, path, BY).new == len(given_rows)
    told = ("issuer", "document", "issued", "valid_from", "valid_to", "text")
    back = {tuple(row[k] for k in told) for row in rows(deps.store)}
    assert back == {tuple(row[k] for k in told) for row in given_rows}
