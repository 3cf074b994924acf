"""The commands as a person or a script meets them: answers, errors that say what to do, exit codes."""

from __future__ import annotations

import gzip
import json
import lzma
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.smoke import recording

ROOT = Path(__file__).resolve().parents[2]


def haidang(*arguments: str, stdin: bytes = b"", home: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "runner.cli", *arguments]
    if home is not None:
        command += ["--home", str(home)]
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, check=False)


def lines(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


# ── judge ───────────────────────────────────────────────────────────────────────────────────────────

ITEM = {
    "id": "a1",
    "title": "Phường Lê Chân (Hải Phòng) khánh thành trường tiểu học mới",
    "summary": "Trường có 30 phòng học, nhận học sinh từ tháng 9.",
    "outlet": "Báo Bến Cảng",
    "url": "http://bencang.example/1",
    "published": "2026-11-20T08:00:00+07:00",
    "first_fetched": "2026-11-20T08:05:00+07:00",
}
KEYS = {
    "id", "edu", "edu_score", "hp", "hp_score", "places", "topics", "tone", "tone_score", "stance", "stance_score",
    "stance_target", "kind", "kind_score", "rumour", "rumour_score", "versions",
}  # fmt: skip
LABELS = {
    "edu": {"core", "higher", "none"},
    "hp": {"direct", "mention", "none"},
    "tone": {"neg", "neu", "pos"},
    "stance": {"critical", "supportive", "none"},
    "kind": {"news", "opinion", "service", "feature", "promo"},
    "rumour": {"none", "report", "debunk"},
}


def test_judge_answers_by_the_contract() -> None:
    done = haidang("judge", stdin=json.dumps(ITEM, ensure_ascii=False).encode())
    assert done.returncode == 0, done.stderr
    (answer,) = lines(done.stdout)
    assert set(answer) >= KEYS
    assert (answer["id"], answer["edu"], answer["hp"]) == ("a1", "core", "direct")
    for key, allowed in LABELS.items():
        assert answer[key] in allowed
        assert 0 <= answer[f"{key}_score"] <= 1
    place = next(p for p in answer["places"] if p["kind"] == "unit_new")
    text = f"{ITEM['title']}\n{ITEM['summary']}"
    assert text[place["start"] : place["end"]] == place["span"]


def test_a_bad_line_is_named_and_the_rest_goes_on() -> None:
    good = json.dumps(ITEM, ensure_ascii=False)
    given = [
        good,
        "{not json",
        json.dumps({"id": "b", "title": 5}),
        json.dumps({"title": "không có id", "summary": "x"}),
        "[1, 2]",
        '{"id": "c", "title": "' + "x" * 10 + '"',
        json.dumps({**ITEM, "id": "a2"}),
    ]
    stdin = "\n".join(given).encode() + b'\n\xff\xfe{"id": "d"}\n'
    done = haidang("judge", stdin=stdin)
    assert done.returncode == 0
    answers = lines(done.stdout)
    assert len(answers) == len(given) + 1
    assert [a.get("id") for a in answers if "error" not in a] == ["a1", "a2"]
    wrong = [a for a in answers if "error" in a]
    assert wrong[0]["line"] == 2
    assert wrong[1]["id"] == "b"
    assert wrong[2]["line"] == 4
    assert all(a["error"] for a in wrong)
    assert "UTF-8" in wrong[-1]["error"]


@pytest.mark.parametrize("stdin", [gzip.compress(b"{}"), lzma.compress(b"{}"), '{"id": 1}'.encode("utf-16"), b"\0\1\2"])
def test_input_that_is_no_text_is_refused_as_a_whole(stdin: bytes) -> None:
    done = haidang("judge", stdin=stdin)
    assert done.returncode == 2
    assert done.stdout == b""
    assert "JSON lines" in done.stderr.decode()


def test_nothing_in_gives_nothing_out() -> None:
    done = haidang("judge", stdin=b"\n\n")
    assert (done.returncode, done.stdout) == (0, b"")


# ── replay, trace, digest, tasks, export ────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home into which a small recording was replayed."""
    folder = tmp_path_factory.mktemp("cli")
    recording.write(folder / "items.jsonl", items=300)
    done = haidang(
        "replay", str(folder / "items.jsonl"), "--from", "2026-11-02", "--to", "2026-11-05", home=folder / "h"
    )
    assert done.returncode == 0, done.stderr
    return folder / "h"


def test_a_replay_writes_a_digest_a_day(replayed: Path) -> None:
    assert sorted(p.name for p in (replayed / "digests").glob("*.html")) == [
        f"diem-bao-2026-11-0{n}.html" for n in (2, 3, 4, 5)
    ]


def test_trace_tells_why_an_item_was_left_out_and_where_one_stands(replayed: Path) -> None:
    told = [
        json.loads(haidang("trace", f"http://{host}.example/tin-{n}.html", "--json", home=replayed).stdout)
        for n in range(4)
        for host in ("bencang", "songcam", "hoaphuong")
    ]
    known = [t for t in told if t["article_id"]]
    assert len(known) == 4
    for trace in known:
        assert trace["conclusion"].startswith(("Có trong điểm báo", "Không có trong điểm báo", "Được chọn"))
        assert {"found", "read", "judge"} <= {s["stage"] for s in trace["steps"]}


def test_trace_of_an_unknown_address_says_so(replayed: Path) -> None:
    for url in ("http://nowhere.example/x", "không phải địa chỉ"):
        done = haidang("trace", url, home=replayed)
        assert done.returncode == 1
        assert "Chưa thấy địa chỉ này" in done.stdout.decode()


def test_an_issued_digest_is_written_again_and_never_changed(replayed: Path) -> None:
    path = replayed / "digests" / "diem-bao-2026-11-03.html"
    before = path.read_bytes()
    path.unlink()
    done = haidang("digest", "2026-11-03", "--json", home=replayed)
    assert done.returncode == 0
    assert Path(json.loads(done.stdout)["files"]["html"]).read_bytes() == before


def test_the_work_list_and_a_table_as_json(replayed: Path) -> None:
    told = json.loads(haidang("tasks", "--json", home=replayed).stdout)
    assert {row["state"] for row in told["counts"]} == {"done"}
    assert told["dead"] == []
    assert len(lines(haidang("export", "article", home=replayed).stdout)) == 300
    done = haidang("export", "nothing", home=replayed)
    assert done.returncode == 1
    assert "there are: " in done.stderr.decode()


def test_a_truncated_recording_keeps_what_came_before_and_says_so(tmp_path: Path) -> None:
    recording.write(tmp_path / "items.jsonl", items=200)
    whole = gzip.compress((tmp_path / "items.jsonl").read_bytes())
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    done = haidang("replay", str(tmp_path / "cut.jsonl.gz"), "--json", home=tmp_path / "h")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert 0 < told["items"] < 200
    assert "damaged after line" in told["trouble"]


def test_bad_lines_of_a_recording_are_problems_and_nothing_else_stops(tmp_path: Path) -> None:
    recording.write(tmp_path / "items.jsonl", items=20)
    with (tmp_path / "items.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"url": "http://x.example/1", "title": \n{"title": "không có địa chỉ"}\n')
    done = haidang("replay", str(tmp_path / "items.jsonl"), "--json", home=tmp_path / "h")
    assert done.returncode == 0
    assert len(lines(haidang("export", "article", home=tmp_path / "h").stdout)) == 20
    problems = lines(haidang("export", "problem", home=tmp_path / "h").stdout)
    assert len(problems) == 2
    assert all(p["message"] for p in problems)


def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    done = haidang("replay", str(tmp_path / "no.jsonl"), home=tmp_path / "h")
    assert done.returncode == 2
    assert "no.jsonl" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_judge_says_the_themes_of_this_installation_and_goes_on_with_the_shipped_ones(tmp_path: Path) -> None:
    asked = json.dumps(ITEM, ensure_ascii=False).encode()
    own = tmp_path / "topics.yml"
    own.write_text("themes:\n  truong_moi: {name: Trường mới, words: [trường tiểu học mới]}\n", encoding="utf-8")
    (said,) = lines(haidang("judge", stdin=asked, home=tmp_path).stdout)
    assert {"id": "truong_moi", "name": "Trường mới", "by": "words", "words": ["trường tiểu học mới"]} in said["themes"]
    own.write_text("themes:\n  truong_moi: {words: [a b]}\n", encoding="utf-8")
    done = haidang("judge", stdin=asked, home=tmp_path)
    assert done.returncode == 0 and "topics.yml:2" in done.stderr.decode()
    assert "truong_moi" not in {one["id"] for one in lines(done.stdout)[0]["themes"]}


# ── init, doctor ────────────────────────────────────────────────────────────────────────────────────


def test_init_and_doctor_tell_a_new_user_what_to_do(tmp_path: Path) -> None:
    home = tmp_path / "h"
    assert haidang("init", home=home).returncode == 0
    assert (home / "settings.yml").read_text(encoding="utf-8").startswith("# Cài đặt")
    done = haidang("doctor", "--json", home=home)
    told = json.loads(done.stdout)
    assert done.returncode == 0, told
    assert any("recipients" in f["fix"] for f in told)
    assert haidang("init", home=home).returncode == 0, "a second time changes nothing"


def test_a_bad_setting_names_file_line_and_fix(tmp_path: Path) -> None:
    (tmp_path / "settings.yml").write_text("contact: a\ndigest_at: '25:00'\n", encoding="utf-8")
    done = haidang("doctor", home=tmp_path)
    assert done.returncode == 2
    assert "settings.yml:2: digest_at" in done.stderr.decode()


def test_a_damaged_database_is_found_and_the_fix_is_said(tmp_path: Path) -> None:
    haidang("init", home=tmp_path)
    with (tmp_path / "haidang.sqlite").open("r+b") as file:
        file.seek(16384 * 2)
        file.write(b"\xff" * 16384 * 6)
    done = haidang("doctor", "--json", home=tmp_path)
    assert done.returncode == 1
    assert any(f["level"] == "error" and "sao lưu" in f["fix"] for f in json.loads(done.stdout))


def test_every_command_has_help_in_both_languages() -> None:
    told = haidang("--help").stdout.decode()
    for command in ("init", "up", "crawl", "work", "digest", "trace", "doctor", "replay", "judge", "tasks", "export"):
        assert command in told
        one = haidang(command, "--help").stdout.decode()
        assert " · " in one, f"{command}: Vietnamese · English"
