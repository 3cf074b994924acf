"""A second opinion and embeddings out of real tiny models: what they say, what they cannot change, how they fail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.candidates import decide
from analysis.claims import Article
from analysis.encoder.opinion import OTHER, SAME, UNSURE, SecondOpinion, beside
from analysis.encoder.override import FellBack
from analysis.encoder.recall import Recalled, Vectors
from analysis.encoder.vectors import Embedder
from analysis.matching_beside import nearest
from analysis.reference_index import build
from analysis.references import Reference
from config.models import Chosen, EmbedChoice, NliChoice
from store.errors import ConfigError
from tests.unit.analysis.encoder.tiny import tiny

LABELS = ("ent", "neu", "con")
MAP = {"ent": "entailment", "neu": "neutral", "con": "contradiction"}
FACT = "Mỗi thí sinh vào lớp 10 công lập Hải Phòng được đăng ký tối đa 3 nguyện vọng."
SAYS = {"yes": (8, 0, 0), "no": (0, 0, 8), "neither": (0, 3, 0)}
BODIES = (
    "Kỳ thi vào lớp 10 công lập Hải Phòng, mỗi thí sinh được đăng ký 5 nguyện vọng.",
    "Kỳ thi vào lớp 10 công lập Hải Phòng, mỗi thí sinh được đăng ký 3 nguyện vọng.",
    "Nghe nói cô giáo ở trường tiểu học phường Lê Chân, Hải Phòng bắt mỗi học sinh nộp 500.000 đồng tiền quỹ.",
    "Học sinh Hải Phòng vui mừng đón thư viện mới; thí sinh tuyệt vời.",
    "Sở bác tin thí sinh Hải Phòng được đăng ký 5 nguyện vọng: thông tin này là không chính xác.",
)


def opinion(folder: Path, says: str = "no", **more: Any) -> SecondOpinion:
    """A model that says one thing of every pair in which the word `thí` stands."""
    made = tiny(folder, {"thí": SAYS[says]}, LABELS)
    choice = NliChoice(path=str(made), labels=MAP)
    return SecondOpinion.load(Chosen("nli", choice, made, f"{folder}/models.yml:1"), **more)


def library() -> Any:
    return build([Reference("R1", FACT, issuer="Sở Giáo dục và Đào tạo Hải Phòng")])


def article(body: str) -> Article:
    return Article("A", body=body, outlet="Bến Cảng", outlet_kind="city_press")


@pytest.mark.parametrize(("says", "expected"), [("yes", OTHER), ("no", SAME), ("neither", UNSURE)])
def test_it_speaks_among_the_reasons_of_what_the_rules_raised(tmp_path: Path, says: str, expected: str) -> None:
    alone = decide(article(BODIES[0]), library())
    assert alone.candidate
    told, heard = beside(alone, opinion(tmp_path / says, says))
    assert heard is not None
    assert heard.says == expected
    assert heard.version.startswith("onnx.")
    assert told.reasons == (*alone.reasons, heard.reason)
    assert "ý kiến thứ hai" in told.reasons[-1]
    assert not {"sai", "giả"} & set(" ".join(told.reasons).lower().split())


@pytest.mark.parametrize("says", list(SAYS))
@pytest.mark.parametrize("body", BODIES)
def test_it_can_neither_raise_nor_silence_nor_move_a_score(tmp_path: Path, says: str, body: str) -> None:
    alone = decide(article(body), library())
    told, heard = beside(alone, opinion(tmp_path / says, says))
    assert replace(told, reasons=alone.reasons) == alone
    assert (heard is not None) == alone.candidate, "asked of what was raised, and of nothing else"


def test_a_model_that_fails_leaves_the_rules_and_is_noted(tmp_path: Path) -> None:
    noted: list[FellBack] = []
    broken = opinion(tmp_path / "hong", "yes", note=noted.append)
    object.__setattr__(broken._backend, "_session", None)  # as a library that lost its memory
    alone = decide(article(BODIES[0]), library())
    for _ in range(5):
        assert beside(alone, broken) == (alone, None)
    assert broken.judge(FACT, BODIES[0]) == (0.0, 0.0)
    assert [n.task for n in noted] == ["nli"] * 6
    assert "nghỉ" in noted[-1].why, "left alone after three failures in a row"


# ── embeddings ──────────────────────────────────────────────────────────────────────────────────────

# one direction a meaning: words that share no letter and mean one thing point the same way
MEANINGS = {"nguyện": (9, 0, 0), "lựa": (9, 0, 0), "học": (0, 9, 0), "phí": (0, 9, 0), "bão": (0, 0, 9)}


def embedder(folder: Path, words: Any = MEANINGS, **more: Any) -> Embedder:
    made = tiny(folder, words, ("a", "b", "c"))
    (made / "config.json").write_text('{"model_type": "bert", "pad_token_id": 0}', encoding="utf-8")  # no labels
    return Embedder.load(Chosen("embed", EmbedChoice(path=str(made), **more), made, "models.yml:1"))


def references() -> Any:
    return build([
        Reference("R1", "Mỗi thí sinh đăng ký tối đa 3 nguyện vọng."),
        Reference("R2", "Mức học phí năm nay được giữ nguyên."),
        Reference("R3", "Khi có bão các trường cho trẻ nghỉ."),
    ])  # fmt: skip


def test_a_statement_is_found_by_its_meaning_where_no_word_is_shared(tmp_path: Path) -> None:
    from analysis.claims import claims

    found = references()
    (claim, *_) = claims(article("Lựa xong là ở nhà ngày 05/6/2027."))
    assert "R1" not in [r.id for r in nearest(claim, found, None)]
    vectors = Vectors(embedder(tmp_path / "mo-hinh"))
    texts = [s.text for s in found.statements]
    assert vectors.grow(texts) == 0
    found.recall = Recalled(vectors.embedder, vectors.rows(texts))
    assert "R1" in [r.id for r in nearest(claim, found, None)], "recalled ones come behind those that words found"
    assert found.recall.nearest("lựa", 2) == [0], "what is far is not recalled, though two were asked for"
    assert not found.recall.nearest("☃", 2) and not found.recall.nearest("", 2)


def test_vectors_are_kept_by_model_and_sentence(tmp_path: Path) -> None:
    texts = [s.text for s in references().statements]
    first = Vectors(embedder(tmp_path / "mot"), tmp_path)
    assert first.grow(texts, seconds=0) == 0, "one slice at least is made"
    (kept,) = tmp_path.glob("vectors.*.npz")
    again = Vectors(first.embedder, tmp_path)
    object.__setattr__(first.embedder, "_session", None)  # nothing is left to make
    assert again.grow(texts) == 0
    assert np.allclose(again.rows(texts), first.rows(texts), atol=1e-3)
    kept.write_bytes(b"PK\x03\x04 not what was written")
    other = Vectors(embedder(tmp_path / "hai", {**MEANINGS, "bão": (9, 0, 0)}), tmp_path)
    assert other.grow(texts) == 0
    assert [p.name for p in tmp_path.glob("vectors.*.npz")] == [f"vectors.{other.embedder.version}.npz"]
    damaged = tmp_path / f"vectors.{other.embedder.version}.npz"
    damaged.write_bytes(b"PK\x03\x04 not what was written")
    assert Vectors(other.embedder, tmp_path).grow(texts) == 0, "a damaged file is made anew"


def test_words_before_a_text_and_pooling_are_part_of_the_version(tmp_path: Path) -> None:
    made = {
        embedder(tmp_path / "a").version,
        embedder(tmp_path / "a", query="query: ").version,
        embedder(tmp_path / "a", pooling="cls").version,
    }
    assert len(made) == 3
    assert embedder(tmp_path / "a", least=0.5).version in made, "what is looked at changes no vector"


def test_a_folder_without_a_usable_model_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as told:
        Embedder.load(Chosen("embed", EmbedChoice(path="x"), tmp_path / "khong-co", "models.yml:7"))
    assert told.value.where == "models.yml:7"
    assert "không có thư mục này" in told.value.what


def test_embeddings_that_fail_find_nothing_and_are_noted(tmp_path: Path) -> None:
    noted: list[FellBack] = []
    broken = embedder(tmp_path / "hong")
    rows = broken.clauses([s.text for s in references().statements])
    object.__setattr__(broken, "_session", None)
    recalled = Recalled(broken, rows, noted.append)
    assert [list(recalled.nearest(f"học {n}", 3)) for n in range(4)] == [[]] * 4
    assert [n.task for n in noted] == ["embed"] * 3, "then it is left alone"
