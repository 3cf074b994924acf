"""A model made small: the same answers, written whole or not at all, nothing unpickled on the way."""

from __future__ import annotations

import importlib.util
import json
import pickle
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import helper, load, numpy_helper, save

from analysis.encoder.backend import Backend
from analysis.encoder.convert import convert
from store.errors import InputError
from tests.unit.analysis.encoder.conftest import Choose
from tests.unit.analysis.encoder.tiny import tiny, tokenizer

WITH_TORCH = all(importlib.util.find_spec(n) for n in ("torch", "transformers"))


def plain(folder: Path) -> Path:
    """The tiny model with a layer of weights behind it, which is what int8 makes small."""
    tiny(folder)
    model = load(folder / "model.onnx")
    model.graph.node[-1].output[0] = "sums"
    turned = np.roll(np.eye(3, dtype=np.float32), 1, axis=1)  # neg → neu → pos → neg
    model.graph.initializer.append(numpy_helper.from_array(turned, "turned"))
    model.graph.node.append(helper.make_node("MatMul", ["sums", "turned"], ["logits"]))
    save(model, folder / "model.onnx")
    return folder


def test_a_plain_onnx_becomes_int8_and_says_the_same(choose: Choose, tmp_path: Path) -> None:
    done = convert(plain(tmp_path / "goc"), tmp_path / "nho" / "m")
    assert done.labels == ("NEGATIVE", "NEUTRAL", "POSITIVE")
    assert done.agreed == 1.0
    texts = [("Sập", ""), ("mở", ""), ("thắng giải", "")]
    before, after = (Backend.load(choose(folder=f)) for f in (tmp_path / "goc", tmp_path / "nho" / "m"))
    assert (before.int8, after.int8) == (False, True)
    assert [label for label, _ in after.predict(texts)] == ["neu", "pos", "neg"]
    assert [label for label, _ in before.predict(texts)] == ["neu", "pos", "neg"]
    assert sorted(p.name for p in (tmp_path / "nho").iterdir()) == ["m"], "no draft is left"
    with pytest.raises(InputError, match="đã có và không bị ghi đè"):
        convert(tmp_path / "goc", tmp_path / "nho" / "m")
    with pytest.raises(InputError, match="đã là int8"):
        convert(tmp_path / "nho" / "m", tmp_path / "nho" / "nua")


def test_a_pickle_is_refused_with_what_to_do(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "goc")
    (folder / "model.onnx").unlink()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps({"a": 1}))
    with pytest.raises(InputError, match="safetensors"):
        convert(folder, tmp_path / "nho")
    assert not (tmp_path / "nho").exists()


@pytest.mark.skipif(WITH_TORCH, reason="the extra is installed here; the next test runs instead")
def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "goc")
    (folder / "model.onnx").rename(folder / "model.safetensors")
    with pytest.raises(InputError, match=r'pip install "haidang\[train\]"'):
        convert(folder, tmp_path / "nho")
    assert [p.name for p in tmp_path.iterdir()] == ["goc"]


@pytest.mark.skipif(not WITH_TORCH, reason="needs the extra `train`; the test before runs instead")
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["Bert", "Roberta"])
def test_safetensors_are_exported_and_give_the_same_scores(choose: Choose, tmp_path: Path, kind: str) -> None:
    import torch
    import transformers

    torch.manual_seed(1)
    shape: dict[str, Any] = {
        "vocab_size": 40, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64,
        "max_position_embeddings": 66, "initializer_range": 0.5, "pad_token_id": 0 if kind == "Bert" else 1,
        "id2label": {0: "NEG", 1: "NEU", 2: "POS"}, "label2id": {"NEG": 0, "NEU": 1, "POS": 2},
    }  # fmt: skip
    model = getattr(transformers, f"{kind}ForSequenceClassification")(getattr(transformers, f"{kind}Config")(**shape))
    model.eval().save_pretrained(tmp_path / "goc")
    tokenizer().save(str(tmp_path / "goc" / "tokenizer.json"))
    done = convert(tmp_path / "goc", tmp_path / "nho")
    assert done.agreed >= 0.8, "a random model sits on the fence; a trained one does better"

    backend = Backend.load(choose(folder=tmp_path / "nho", labels={"NEG": "neg", "NEU": "neu", "POS": "pos"}))
    texts = [("Sập trường", "mở mở mở thắng"), ("giải", "")]
    _, scores = backend.logits(texts)
    for row, (title, lead) in zip(scores, texts, strict=True):
        ids, _ = backend._reader.read(title, lead) or ([], [])
        right = model(input_ids=torch.tensor([ids])).logits.detach().numpy()[0]
        assert np.abs(row - right).max() < 0.15 * np.abs(right).max() + 0.1

    transformers.AutoModel.from_pretrained(tmp_path / "goc").save_pretrained(tmp_path / "nen")
    tokenizer().save(str(tmp_path / "nen" / "tokenizer.json"))
    said = json.loads((tmp_path / "goc" / "config.json").read_text("utf-8"))
    (tmp_path / "nen" / "config.json").write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(InputError, match="chưa được huấn luyện để phân loại"):
        convert(tmp_path / "nen", tmp_path / "hong")
    assert not (tmp_path / "hong").exists()


def test_without_onnx_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = plain(tmp_path / "goc")
    for name in [m for m in sys.modules if m == "onnx" or m.startswith("onnxruntime.quantization")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(InputError, match=r"cần onnx: `pip install"):
        convert(folder, tmp_path / "nho")
