"""`haidang models …` as an administrator meets it: a real tiny model, a real folder of data, a hub on loopback."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from analysis.encoder.backend import Backend
from analysis.encoder.override import FellBack
from config.models import load_models
from config.settings import Settings
from runner import models_trial
from runner.models_cli import app
from runner.models_fetch import chosen_files, fetch
from runner.models_state import FALLEN, fallen, findings, recorder
from runner.models_write import HISTORY, history, with_part
from store.errors import ConfigError, HaidangError, InputError
from tests.unit.analysis.encoder.tiny import WORDS, tiny

MAPPED = ("--map", "NEGATIVE=neg", "--map", "NEUTRAL=neu", "--map", "POSITIVE=pos")
OTHERS = """# của phòng Công nghệ
kind:
  path: khong-co  # chưa chép về
  labels: {a: news, b: opinion, c: service, d: feature, e: promo}
"""


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--home", str(home)], catch_exceptions=True)


def told(done: Result) -> str:
    """What the person reads: errors of ours end in `main` as one line."""
    return done.output + (str(done.exception) if isinstance(done.exception, HaidangError) else "")


def row(home: Path, task: str = "tone") -> dict[str, Any]:
    listed: dict[str, Any] = json.loads(run(home, "list", "--json").output)
    return next(one for one in listed["tasks"] if one["task"] == task)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "nha"
    tiny(made / "models" / "sac-thai")
    return made


# ── use, list ───────────────────────────────────────────────────────────────────────────────────────


def test_a_model_is_tried_then_chosen_then_given_up_and_all_is_kept(home: Path) -> None:
    assert row(home)["backend"] == "default"
    done = run(home, "use", "tone", "models/sac-thai", *MAPPED, "--by", "Trần Thị Bến", "--max-length", "64")
    assert done.exit_code == 0, told(done)
    assert "Học sinh lớp 9 giành giải nhất" in done.output, "the trial's answers are shown"
    assert "chưa nén int8" in done.output
    chosen, errors = load_models(home)
    assert errors == []
    assert chosen["tone"].choice.max_length == 64
    version = Backend.load(chosen["tone"]).version
    assert row(home) == {"task": "tone", "backend": "onnx", "version": version, "int8": False, "warning": "",
                         "source": str(home / "models" / "sac-thai")}  # fmt: skip
    assert row(home, "kind")["backend"] == "default"

    first = (home / "models.yml").read_text("utf-8")
    assert run(home, "use", "tone", "default", "--by", "Lê Văn Cảng").exit_code == 0
    assert load_models(home) == ({}, [])
    assert row(home)["backend"] == "default"
    changes = history(home)
    assert [(c.by, c.task, c.to, c.before) for c in changes] == [
        ("Trần Thị Bến", "tone", "models/sac-thai", ""), ("Lê Văn Cảng", "tone", "default", first),
    ]  # fmt: skip
    assert changes[-1].after == hashlib.sha256((home / "models.yml").read_bytes()).hexdigest()
    assert "Lê Văn Cảng: tone → default" in run(home, "list").output
    assert "không có gì để đổi" in told(run(home, "use", "tone", "default"))
    assert [p.name for p in home.iterdir() if p.name.startswith(".")] == [], "no draft is left"


def test_other_parts_and_comments_stay_as_people_wrote_them(home: Path) -> None:
    (home / "models.yml").write_text(OTHERS, encoding="utf-8")
    assert run(home, "use", "tone", "models/sac-thai", *MAPPED).exit_code == 0
    assert (home / "models.yml").read_text("utf-8").startswith(OTHERS)
    assert run(home, "use", "tone", "models/sac-thai", *MAPPED, "--temperature", "1.5").exit_code == 0
    assert load_models(home)[0]["tone"].choice.temperature == 1.5
    assert run(home, "use", "tone", "default").exit_code == 0
    assert (home / "models.yml").read_text("utf-8") == OTHERS
    kind = row(home, "kind")
    assert kind["backend"] == "default"
    assert "không có thư mục này" in kind["warning"], "a model that cannot be had is never silent"
    assert "models.yml:2" in kind["warning"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("tone: {path: a, labels: {x: neg}}\n# sau\nkind:\n  path: b\n", "# sau\nkind:\n  path: b\n"),
        (
            "# trước\ntone:\n  path: a\n  labels:\n    x: neg\n\n# về kind\nkind:\n  path: b",
            "# trước\n\n# về kind\nkind:\n  path: b\n",
        ),
        (
            "kind:\n  path: b\ntone:\n  path: |\n    a\n  languages:\n  - vi\n  - en\n# hết\n",
            "kind:\n  path: b\n# hết\n",
        ),
        ("tone:\n  labels: {x: neg,\n    y: pos}\nkind: {path: b}\n", "kind: {path: b}\n"),
        ("tone:\nkind: {path: b}\n", "kind: {path: b}\n"),
    ],
)  # fmt: skip
def test_taking_a_part_out_takes_its_lines_and_no_others(text: str, kept: str) -> None:
    assert with_part(text, yaml.compose(text), "tone", None) == kept


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("use", "tones", "models/sac-thai"), "không có việc 'tones'"),
        (("use", "tone", "models/sac-thai"), "--map 'NEGATIVE=…'"),
        (("use", "tone", "models/sac-thai", *MAPPED[:4]), "--map 'POSITIVE=…'"),
        (("use", "tone", "models/sac-thai", *MAPPED[:4], "--map", "POSITIVE=good"), "không có nhãn 'good'"),
        (("use", "tone", "models/sac-thai", *MAPPED[:4], "--map", "POSITIVE=neg"), "không bao giờ nói pos"),
        (("use", "tone", "models/sac-thai", *MAPPED, "--map", "MIXED=neu"), "không có nhãn 'MIXED'"),
        (("use", "tone", "models/sac-thai", *MAPPED, "--map", "x"), "viết nhãn-của-mô-hình=nhãn-của-ta"),
        (("use", "tone", "models/sac-thai", *MAPPED, "--batch", "9999"), "từ 1 đến 256"),
        (("use", "tone", "nhom/chua-tai", *MAPPED), "haidang models fetch"),
        (("test", "tone"), "--path"),
        (("test", "tone", "--path", "models/sac-thai", *MAPPED, "--labels", "/khong/co.jsonl"), "không đọc được"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_said_and_changes_nothing(home: Path, arguments: tuple[str, ...], said: str) -> None:
    (home / "models.yml").write_text(OTHERS, encoding="utf-8")
    done = run(home, *arguments)
    assert done.exit_code != 0
    assert said in told(done)
    assert (home / "models.yml").read_text("utf-8") == OTHERS
    assert not (home / HISTORY).exists()


def test_a_model_that_fails_its_trial_is_not_chosen(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"0": "NEGATIVE", "1": "NEUTRAL", "2": "POSITIVE"}
    tiny(home / "models" / "lech", {"một": (0, 0)}, ("NEGATIVE", "NEUTRAL"), id2label=said)
    done = run(home, "use", "tone", "models/lech", *MAPPED)
    assert "sai `id2label`" in told(done)
    assert str(home / "models.yml") in told(done), "the file is named, not the draft"
    monkeypatch.setattr(models_trial, "TRIAL_BYTES", 60_000_000)  # a library cannot even be loaded in so little
    assert "tiến trình thử chết" in told(run(home, "use", "tone", "models/sac-thai", *MAPPED))
    assert not (home / "models.yml").exists()


def test_a_damaged_file_is_not_written_over(home: Path) -> None:
    (home / "models.yml").write_text("tone: [\n", encoding="utf-8")
    done = run(home, "use", "tone", "models/sac-thai", *MAPPED)
    assert "not YAML" in told(done)
    assert (home / "models.yml").read_text("utf-8") == "tone: [\n"
    listed = run(home, "list")
    assert "models.yml:" in listed.output
    assert "không đúng dạng YAML" in listed.output


def test_labels_that_are_ours_already_need_no_map(home: Path) -> None:
    tiny(home / "models" / "cua-ta", WORDS, ("NEG", "NEU", "POS"))
    assert run(home, "use", "tone", "models/cua-ta").exit_code == 0
    assert load_models(home)[0]["tone"].choice.labels == {"NEG": "neg", "NEU": "neu", "POS": "pos"}


# ── falling back ────────────────────────────────────────────────────────────────────────────────────


def test_batches_that_fell_back_are_seen_in_the_list_and_by_the_doctor_until_the_next_choice(home: Path) -> None:
    assert list(findings(home)) == []
    assert run(home, "use", "tone", "models/sac-thai", *MAPPED).exit_code == 0
    assert [level for level, _, _ in findings(home)] == ["ok"]
    version = row(home)["version"]
    note = recorder(home, lambda: 1_795_150_800_000)
    note(FellBack("tone", "onnx.older", 9, "cũ"))
    note(FellBack("tone", version, 200, "quá 45 giây"))
    note(FellBack("tone", version, 56, "hết bộ nhớ"))
    warning = row(home)["warning"]
    assert "256 bài trong 2 lượt do bộ nhận định mặc định làm thay" in warning
    assert "20/11/2026 12:00" in warning
    assert "hết bộ nhớ" in warning
    assert [(level, "256 bài" in what) for level, what, _ in findings(home)] == [("warning", True)]

    assert run(home, "use", "tone", "models/sac-thai", *MAPPED).exit_code == 0
    assert row(home)["warning"] == ""
    (home / FALLEN).write_text('{"tone": {"version": 3}, "x": []}', encoding="utf-8")
    assert fallen(home) == {}, "a damaged count hides nothing else"


# ── test ────────────────────────────────────────────────────────────────────────────────────────────


def labelled(path: Path, rows: int = 240) -> Path:
    """The tiny model is wrong of every fourth item, of each kind, and always very sure."""
    kinds = [("Sập mái, hỏng cửa", "neg"), ("Mở lớp, mở trường, mở", "neu"), ("Học sinh thắng giải", "pos")]
    lines = [
        json.dumps({"id": str(n), "title": kinds[n % 3][0], "summary": f"Tin số {n}.",
                    "tone": kinds[(n + (n // 3 % 4 == 0)) % 3][1]})
        for n in range(rows)
    ]  # fmt: skip
    path.write_text(
        "\n".join([*lines, "{", '{"id": "x", "title": "y"}', '{"id": "z", "title": "y", "tone": "sad"}']), "utf-8"
    )
    return path


def test_a_model_is_measured_beside_the_default_and_a_temperature_is_suggested(home: Path, tmp_path: Path) -> None:
    file = labelled(tmp_path / "nhan.jsonl")
    arguments = ("test", "tone", "--path", "models/sac-thai", *MAPPED, "--labels", str(file))
    found = json.loads(run(home, *arguments, "--json").output)
    assert found["model"]["items"] == found["default"]["items"] == 240
    assert found["model"]["accuracy"] == 0.75
    assert found["model"]["f1"]["neg"] == pytest.approx(0.75, abs=1e-3)
    assert found["temperature"] > 1.5, "it is wrong in a quarter and far too sure"
    assert found["ece_after"] < found["model"]["ece"] - 0.05
    assert found["default"]["accuracy"] > 0.3
    assert len(found["left_out"]) == 3
    said = run(home, *arguments).output
    assert "240 bài có nhãn" in said
    assert "Nên ghi `temperature:" in said
    assert "dòng 241: not JSON" in said

    assert (
        run(home, "use", "tone", "models/sac-thai", *MAPPED, "--temperature", str(found["temperature"])).exit_code == 0
    )
    again = json.loads(run(home, "test", "tone", "--labels", str(file), "--json").output)
    assert again["model"]["ece"] < found["model"]["ece"] - 0.05, "what was suggested is what helps"
    assert again["version"] != found["version"]


def test_a_temperature_that_mends_nothing_is_not_suggested(home: Path, tmp_path: Path) -> None:
    """All wrong answers are of one kind: softening all of them only blurs the right ones."""
    kinds = [("Trường mở lớp", "neu"), ("Học sinh thắng giải", "pos"), ("Sập", "neg"), ("Sập", "pos")]
    rows = [{"id": str(n), "title": kinds[n % 4][0], "tone": kinds[n % 4][1]} for n in range(240)]
    file = tmp_path / "nhan.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in rows), encoding="utf-8")
    said = run(home, "test", "tone", "--path", "models/sac-thai", *MAPPED, "--labels", str(file)).output
    assert "Nên ghi" not in said
    assert "không giúp" in said


def test_few_items_suggest_no_temperature_and_none_is_an_error(home: Path, tmp_path: Path) -> None:
    few = labelled(tmp_path / "it.jsonl", 8)
    arguments = ("test", "tone", "--path", "models/sac-thai", *MAPPED, "--labels")
    assert "chưa đủ để chọn" in run(home, *arguments, str(few)).output
    few.write_text('{"id": "x", "title": "y"}\n', encoding="utf-8")
    assert "không có dòng nào có nhãn `tone`: dòng 1" in told(run(home, *arguments, str(few)))


def test_without_labels_the_samples_are_answered(home: Path) -> None:
    done = run(home, "test", "tone", "--path", "models/sac-thai", *MAPPED, "--json")
    assert done.exit_code == 0, told(done)
    found = json.loads(done.output)
    assert [a["label"] for a in found["answers"]][1] == "pos", "“giành giải nhất”"
    assert not (home / "models.yml").exists(), "a test chooses nothing"


# ── fetch ───────────────────────────────────────────────────────────────────────────────────────────


class Hub(BaseHTTPRequestHandler):
    """As much of the hub as one model needs."""

    files: dict[str, bytes] = {}  # noqa: RUF012 - set by each test
    seen: list[tuple[str, str | None]] = []  # noqa: RUF012

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self.answer(body=False)

    def do_GET(self) -> None:
        self.answer(body=True)

    def answer(self, *, body: bool) -> None:
        path = self.path.partition("?")[0]
        self.seen.append((path, self.headers.get("authorization")))
        if path.startswith("/api/models/nhom/mo-hinh"):
            files = [{"rfilename": n, "size": len(b)} for n, b in self.files.items()]
            about = {"id": "nhom/mo-hinh", "sha": "a" * 40, "siblings": files, "cardData": {"license": "mit"}}
            return self.send(json.dumps(about).encode(), "application/json", body=body)
        name = path.partition("/resolve/" + "a" * 40 + "/")[2]
        if path.startswith("/nhom/mo-hinh/") and name in self.files:
            return self.send(self.files[name], "application/octet-stream", body=body)
        self.send_error(404)
        return None

    def send(self, data: bytes, kind: str, *, body: bool) -> None:
        self.send_response(200)
        for key, value in (("Content-Type", kind), ("Content-Length", str(len(data))), ("X-Repo-Commit", "a" * 40),
                           ("ETag", f'"{hashlib.sha256(data).hexdigest()}"')):  # fmt: skip
            self.send_header(key, value)
        self.end_headers()
        if body:
            self.wfile.write(data)


@pytest.fixture
def hub(home: Path) -> Iterator[str]:
    folder = home / "models" / "sac-thai"
    Hub.files = {p.name: p.read_bytes() for p in folder.iterdir()} | {"pytorch_model.bin": b"no", "run.py": b"no"}
    Hub.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_public_model_is_fetched_by_name_and_used_by_name(home: Path, hub: str) -> None:
    done = fetch(Settings(home=home), "nhom/mo-hinh", endpoint=hub)
    assert (done.ready, done.revision, done.licence) == (True, "a" * 40, "mit")
    assert done.folder == home / "models" / "nhom--mo-hinh"
    assert sorted(p.name for p in done.folder.iterdir()) == [
        "config.json",
        "haidang.json",
        "model.onnx",
        "tokenizer.json",
    ]
    assert all(key is None for _, key in Hub.seen), "no key of this machine is sent"
    assert not any("pytorch_model" in path or "run.py" in path for path, _ in Hub.seen)
    assert run(home, "use", "tone", "nhom/mo-hinh", *MAPPED).exit_code == 0
    assert load_models(home)[0]["tone"].folder == done.folder
    with pytest.raises(InputError, match="đã có"):
        fetch(Settings(home=home), "nhom/mo-hinh", endpoint=hub)


def test_without_a_network_it_says_how_else(home: Path, hub: str) -> None:
    with pytest.raises(InputError, match="không công khai"):
        fetch(Settings(home=home), "nhom/khong-co", endpoint=hub)
    with pytest.raises(HaidangError, match=r"không tới được hub.*chép"):
        fetch(Settings(home=home), "nhom/mo-hinh", endpoint="http://127.0.0.1:9")
    Hub.files = {k: v for k, v in Hub.files.items() if k != "tokenizer.json"} | {"tokenizer.json": b"{}"}
    assert sorted(p.name for p in (home / "models").iterdir()) == ["sac-thai"], "no half of a model is left"


@pytest.mark.parametrize("name", ["mo-hinh", "../../etc", "a/b/c", "https://hub.example/a/b", "a/..", "-a/b", ""])
def test_only_names_are_looked_up(home: Path, name: str) -> None:
    with pytest.raises(InputError, match="không phải tên trên hub"):
        fetch(Settings(home=home), name)


def test_only_files_that_can_be_read_without_running_them_are_taken() -> None:
    sizes = dict.fromkeys(("config.json", "tokenizer.json", "pytorch_model.bin", "model.safetensors", "evil.py"), 1)
    assert chosen_files("a/b", sizes) == ["config.json", "tokenizer.json", "model.safetensors"]
    sizes |= {"onnx/model.onnx": 1, "onnx/model.onnx_data": 1, "onnx/model.onnx_data/../../../x": 1}
    assert chosen_files("a/b", sizes) == ["config.json", "tokenizer.json", "onnx/model.onnx", "onnx/model.onnx_data"]
    with pytest.raises(InputError, match=r"pytorch_model\.bin.*safetensors"):
        chosen_files("a/b", dict.fromkeys(("config.json", "pytorch_model.bin"), 1))
    with pytest.raises(InputError, match=r"config\.json"):
        chosen_files("a/b", {"model.onnx": 1})


def test_a_fault_of_the_file_is_told_by_the_commands_too(home: Path) -> None:
    (home / "models.yml").write_text("tone:\n  path: models/sac-thai\n  labels: {NEGATIVE: neg}\n", encoding="utf-8")
    done = run(home, "test", "tone")
    assert isinstance(done.exception, ConfigError)
    assert "models.yml:3" in told(done)
