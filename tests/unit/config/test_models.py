"""``models.yml``: file, line, what is wrong, how to mend it; and a faulty part costs only itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.models import BESIDE, JUDGED, TASKS, EmbedChoice, folder_of, load_models
from config.settings import SHIPPED

GOOD = """tone:
  path: mo-hinh/sac-thai
  labels:
    NEG: neg
    NEU: neu
    POS: pos
  max_length: 128
  temperature: 2
rumour:
  path: mo-hinh/tin-don
  labels: {0: none, 1: report, 2: debunk}
"""


def write(home: Path, text: str | bytes) -> Path:
    path = home / "models.yml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_good_file(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    chosen, errors = load_models(tmp_path)
    assert errors == []
    assert list(chosen) == ["tone", "rumour"]
    assert chosen["tone"].folder == tmp_path / "mo-hinh" / "sac-thai"
    assert chosen["tone"].choice.temperature == 2
    assert chosen["tone"].where.endswith("models.yml:1")
    assert chosen["rumour"].choice.labels == {"0": "none", "1": "report", "2": "debunk"}


@pytest.mark.parametrize("text", [None, "", "# chưa có gì\n\n", "{}\n"])
def test_no_file_or_an_empty_one_chooses_nothing(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        write(tmp_path, text)
    assert load_models(tmp_path) == ({}, [])


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "fix"),
    [
        ("tone:", "tones:", 1, "unknown key `tones`", "did you mean `tone`?"),
        ("tone:", "sắc thái:", 1, "unknown key `sắc thái`", "known keys: edu, hp, tone"),
        ("  max_length:", "  max_lenght:", 7, "unknown key `max_lenght`", "did you mean `max_length`?"),
        ("max_length: 128", "max_length: 1", 7, "`max_length` is 1", "từ 8 đến 4096"),
        ("max_length: 128", 'max_length: "128"', 7, '`max_length` is "128"', "từ 8 đến 4096"),
        ("temperature: 2", "temperature: .nan", 8, "`temperature`", "một số từ 0.05"),
        ("temperature: 2", "temperature: 0", 8, "`temperature` is 0", "một số từ 0.05"),
        ("    NEU: neu", "    NEU: neutral", 5, "không có nhãn `neutral`", "`neu`"),
        ("    NEU: neu\n", "", 3, "không bao giờ nói: neu", "`partial: true`"),
        ("  path: mo-hinh/sac-thai\n", "", 2, "`path` is missing", "add a line `path:`"),
        ("  max_length: 128", "  NEG: x\n  NEG: y", 8, "`NEG` stands there twice", "keep one"),
        ("rumour:", "tone:", 9, "`tone` stands there twice", "keep one"),
        ("  temperature: 2", "  temperature: 2\nkind: default", 9, "expected `name: value` lines", "docs/models.md"),
    ],
)
def test_a_fault_is_told_with_its_line_and_costs_only_its_task(
    tmp_path: Path, old: str, new: str, line: int, what: str, fix: str
) -> None:
    path = write(tmp_path, GOOD.replace(old, new, 1))
    chosen, errors = load_models(tmp_path)
    assert errors, "nothing was told"
    assert errors[0].where == f"{path}:{line}"
    assert what in errors[0].what
    assert fix in errors[0].fix
    assert ("rumour" in chosen) == (new != "tone:")
    assert ("tone" in chosen) == ("kind" in new)


@pytest.mark.parametrize(
    "text",
    ["- a\n- b\n", "tone: [\n", b"tone: \xff\xfe", "tone: &a {path: x, labels: *a}\n", "x" * 200_000, "[" * 50_000],
)
def test_what_is_no_such_file_chooses_nothing_and_says_where(tmp_path: Path, text: str | bytes) -> None:
    path = write(tmp_path, text)
    chosen, errors = load_models(tmp_path)
    assert chosen == {}
    assert errors
    assert all(e.where.startswith(f"{path}:") for e in errors)
    assert not any("add-a-source" in e.fix or "one source" in e.fix for e in errors)


def test_a_model_that_cannot_say_a_label_is_taken_only_when_a_person_says_so(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("    NEU: neu\n", "").replace("max_length: 128", "partial: true"))
    chosen, errors = load_models(tmp_path)
    assert errors == []
    assert chosen["tone"].choice.labels == {"NEG": "neg", "POS": "pos"}


def test_a_path_means_a_folder_here_or_what_was_fetched_under_that_name(tmp_path: Path) -> None:
    fetched = tmp_path / "models" / "nhom--sac-thai"
    assert folder_of("nhom/sac-thai", tmp_path) == tmp_path / "nhom" / "sac-thai", "neither is there"
    fetched.mkdir(parents=True)
    assert folder_of("nhom/sac-thai", tmp_path) == fetched
    (tmp_path / "nhom" / "sac-thai").mkdir(parents=True)
    assert folder_of("nhom/sac-thai", tmp_path) == tmp_path / "nhom" / "sac-thai"
    assert folder_of(str(tmp_path / "x"), tmp_path / "y") == tmp_path / "x"
    assert folder_of("../ngoai", tmp_path) == tmp_path / ".." / "ngoai", "no name of the hub"


def test_our_labels_are_those_of_the_shipped_judge() -> None:
    """All that the shipped judge says can be mapped to, and nothing else."""
    folder = SHIPPED.parent / "analysis" / "models"
    heads = [h for name in ("text", "hp") for h in json.loads((folder / f"{name}.json").read_text("utf-8"))["heads"]]
    said = {h["name"]: set(h["labels"]) for h in heads if h["name"] != "topics"}
    assert said == {task: set(labels) for task, labels in JUDGED.items()}
    assert set(TASKS) - set(JUDGED) == set(BESIDE) == {"nli", "embed"}


def test_models_beside_the_check(tmp_path: Path) -> None:
    nli = "nli:\n  path: a\n  labels: {e: entailment, n: neutral, c: contradiction}\n"
    write(tmp_path, f"{nli}embed:\n  path: b\n  query: 'query: '\n")
    chosen, errors = load_models(tmp_path)
    assert errors == []
    assert chosen["nli"].choice.pair, "a clause and a claim are two parts"
    embed = chosen["embed"].choice
    assert isinstance(embed, EmbedChoice)
    assert (embed.query, embed.pooling) == ("query: ", "mean")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("nli:\n  path: a\n  labels: {e: entailment, n: neutral}\n", 3, "không bao giờ nói: contradiction"),
        ("nli:\n  path: a\n  labels: {e: entailment, c: false}\n", 3, "`labels.c`"),
        ("nli:\n  path: a\n  pair: false\n  labels: {e: entailment, n: neutral, c: contradiction}\n", 3, "`pair`"),
        ("embed:\n  path: a\n  labels: {x: y}\n", 3, "`labels`"),
        ("embed:\n  path: a\n  pooling: max\n", 3, "`pooling`"),
        ("tone:\n  path: a\n", 2, "`labels` is missing"),
    ],
)
def test_faults_of_models_beside_the_check(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = write(tmp_path, text)
    chosen, errors = load_models(tmp_path)
    assert chosen == {}
    assert errors[0].where == f"{path}:{line}"
    assert what in errors[0].what


def test_no_model_can_be_made_to_say_that_an_article_spreads_a_falsehood(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("{0: none, 1: report, 2: debunk}", "{0: none, 1: report, 2: debunk, 3: spread}"))
    chosen, errors = load_models(tmp_path)
    assert "rumour" not in chosen
    assert "không có nhãn `spread`" in errors[0].what
