"""Models beside the rules of the `check` stage: chosen in ``models.yml``, shown, never deciding, never silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from runner.models_cli import app
from runner.models_state import fallen, findings
from tests.unit.analysis.encoder.tiny import tiny
from tests.unit.runner.checking_town import RIGHT, WRONG, Town, town
from tests.unit.runner.test_checking import COMPLAINT, DENIAL, HOAX

__all__ = ["town"]  # the fixture, used by name

MAP = {"ent": "entailment", "neu": "neutral", "con": "contradiction"}
TEXTS = (WRONG, RIGHT, COMPLAINT, DENIAL, HOAX)


def choose(home: Path, task: str, words: Any, **more: Any) -> Path:
    """A tiny model in the data folder, named in ``models.yml``."""
    made = tiny(home / "models" / task, words, tuple(MAP))
    file = home / "models.yml"
    before = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}
    part = {"path": f"models/{task}"} | ({"labels": MAP} if task == "nli" else {}) | more
    file.write_text(yaml.safe_dump(before | {task: part}, allow_unicode=True), encoding="utf-8")
    return made


def decided(town: Town) -> list[Any]:
    """All that the check said, without what the model may add."""
    found = sorted((f for c in town.deps.store.candidates() for f in c.findings), key=lambda f: f.revision_id)
    rows: list[Any] = [
        (f.candidate_id, f.revision_id, f.raised, f.relation, f.differs_in, f.score, len(f.statements), f.reasons[:1])
        for f in found
    ]
    return [*rows, sorted(c.concern.id for c in town.concerns())]


def check_all(town: Town) -> None:
    town.fact()
    for hours, text in enumerate(TEXTS):
        town.text(text, ("bencang", "songxanh")[hours % 2], hours=hours)
    town.work()


@pytest.mark.parametrize("says", [(9, 0, 0), (0, 0, 9), (0, 9, 0)])
def test_whatever_a_model_says_the_same_is_raised(town: Town, tmp_path: Path, says: tuple[int, ...]) -> None:
    home = town.deps.settings.home
    choose(home, "nli", {"thí": says, "học": says})
    check_all(town)
    with_model = decided(town)
    said = [f for c in town.deps.store.candidates() for f in c.findings if f.relation == "contradicts"]
    assert said
    for finding in said:
        assert finding.reasons[-1].startswith("ý kiến thứ hai (mô hình, chỉ để tham khảo)")
        assert finding.evidence["opinion"]["version"] in finding.version
        assert finding.evidence["opinion"]["says"] == {9: "other"}.get(says[0], "same" if says[2] else "unsure")
    (home / "models.yml").unlink()
    del town.deps.tools.beside  # as after a restart
    plain = _plain(town, tmp_path)
    assert with_model == plain


def _plain(town: Town, tmp_path: Path) -> list[Any]:
    """The same texts in a house without any model."""
    from dataclasses import replace

    from store.sqlite import open_store

    store = open_store(tmp_path / "khong-mo-hinh.sqlite")
    other = Town(replace(town.deps, store=store), town.clock)
    other.clock.at = 0
    try:
        check_all(other)
        assert all("opinion" not in f.evidence for c in store.candidates() for f in c.findings)
        return decided(other)
    finally:
        store.close()


def test_a_model_that_cannot_be_used_is_told_and_the_rules_go_on(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    home = town.deps.settings.home
    choose(home, "nli", {"thí": (9, 0, 0)})
    (home / "models" / "nli" / "model.onnx").write_bytes(b"not a model")
    choose(home, "embed", {"thí": (9, 0, 0)}, path="khong-co")
    check_all(town)
    assert [c.candidate.reason for c in town.candidates()][-1] == "contradicts:number"
    assert caplog.text.count("models.yml") == 2
    told = [what for level, what, _ in findings(home) if level == "warning"]
    assert any("`nli`" in what for what in told)
    assert any("`embed`" in what and "không có thư mục này" in what for what in told)
    rows = json.loads(CliRunner().invoke(app, ["list", "--json", "--home", str(home)]).output)
    assert [(r["task"], r["backend"], bool(r["warning"])) for r in rows["beside"]] == [
        ("nli", "none", True), ("embed", "none", True),
    ]  # fmt: skip
    assert {r["task"] for r in rows["tasks"]}.isdisjoint({"nli", "embed"})


def test_a_model_that_fails_while_it_works_is_counted(town: Town) -> None:
    home = town.deps.settings.home
    choose(home, "nli", {"thí": (9, 0, 0)})
    opinion = town.deps.tools.beside.opinion
    assert opinion is not None
    object.__setattr__(opinion._backend, "_session", None)  # as a library that lost its memory
    check_all(town)
    assert town.candidates()
    assert fallen(home)["nli"]["items"] >= 1
    (told,) = [what for level, what, _ in findings(home) if level == "warning"]
    assert "chỉ theo quy tắc" in told


def test_embeddings_stand_in_the_version_once_every_statement_has_one(town: Town) -> None:
    home = town.deps.settings.home
    choose(home, "embed", {"thí": (9, 0, 0), "nguyện": (0, 9, 0)})
    check_all(town)
    vectors = town.deps.tools.beside.vectors
    assert vectors is not None
    found = [f for c in town.deps.store.candidates() for f in c.findings if f.relation == "contradicts"]
    assert found
    assert all(vectors.embedder.version in f.version for f in found)
    assert list(home.glob("vectors.*.npz"))


def test_the_judge_has_nothing_of_them(town: Town) -> None:
    from analysis.encoder.loading import load_backends

    home = town.deps.settings.home
    choose(home, "nli", {"thí": (9, 0, 0)})
    choose(home, "embed", {"thí": (9, 0, 0)})
    assert load_backends(home) == ({}, [])
    labels = home / "nhan.jsonl"
    labels.write_text('{"id": "1", "title": "Một", "nli": "entailment"}\n', encoding="utf-8")
    done = CliRunner().invoke(app, ["test", "nli", "--labels", str(labels), "--home", str(home)])
    assert "không đo cạnh nó" in str(done.exception)


def test_they_are_tried_and_chosen_by_the_command(tmp_path: Path) -> None:
    home = tmp_path / "nha"
    tiny(home / "models" / "suy-dien", {"thí": (0, 0, 9)}, tuple(MAP))
    maps = [part for theirs, ours in MAP.items() for part in ("--map", f"{theirs}={ours}")]
    run = CliRunner().invoke
    done = run(app, ["use", "nli", "models/suy-dien", *maps, "--by", "Trần Thị Bến", "--home", str(home)])
    assert done.exit_code == 0, done.output + str(done.exception)
    assert "contradiction" in done.output
    done = run(app, ["use", "embed", "models/suy-dien", "--by", "Trần Thị Bến", "--home", str(home)])
    assert done.exit_code == 0, done.output + str(done.exception)
    assert "không có nhãn" in str(run(app, ["use", "embed", "models/suy-dien", *maps, "--home", str(home)]).exception)
    rows = json.loads(run(app, ["list", "--json", "--home", str(home)]).output)["beside"]
    assert [(r["backend"], r["version"].split(".")[0]) for r in rows] == [("onnx", "onnx"), ("onnx", "embed")]
    assert run(app, ["use", "embed", "default", "--home", str(home)]).exit_code == 0
