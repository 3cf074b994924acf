"""A real classifier small enough to read: each word adds its scores, made without any training library."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper, save
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

LABELS = ("NEGATIVE", "NEUTRAL", "POSITIVE")
MAP = {"NEGATIVE": "neg", "NEUTRAL": "neu", "POSITIVE": "pos"}
WORDS: Mapping[str, Sequence[float]] = {
    "sập": (4, 0, 0), "hỏng": (3, 0, 0), "mở": (0, 2, 0), "thắng": (0, 0, 4), "giải": (0, 0, 3), "trường": (0, 1, 0),
}  # fmt: skip
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def tiny(
    folder: Path,
    words: Mapping[str, Sequence[float]] = WORDS,
    labels: Sequence[str] = LABELS,
    nodes: Sequence[NodeProto] = (),
    **config: Any,
) -> Path:
    """A folder as people publish them: config.json, tokenizer.json, model.onnx."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer(words).save(str(folder / "tokenizer.json"))
    save(graph(words, len(labels), nodes), str(folder / "model.onnx"))
    said = {"id2label": {str(i): label for i, label in enumerate(labels)}, "pad_token_id": 0, "model_type": "bert"}
    (folder / "config.json").write_text(json.dumps(said | config, ensure_ascii=False), encoding="utf-8")
    return folder


def tokenizer(words: Mapping[str, Sequence[float]] = WORDS) -> Tokenizer:
    """Lower-cased words, [CLS] text [SEP]."""
    made = Tokenizer(models.WordLevel({w: i for i, w in enumerate((*SPECIAL, *words))}, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return made


def graph(words: Mapping[str, Sequence[float]], labels: int, nodes: Sequence[NodeProto] = ()) -> ModelProto:
    """logits = sum over the pieces of their scores, where the mask is 1."""
    table = np.zeros((len(SPECIAL) + len(words), labels), np.float32)
    for at, scores in enumerate(words.values()):
        table[len(SPECIAL) + at] = scores
    shape = ["batch", "length"]
    return helper.make_model(
        helper.make_graph(
            [
                helper.make_node("Gather", ["table", "input_ids"], ["scores"]),
                helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
                helper.make_node("Unsqueeze", ["mask", "last"], ["wide"]),
                helper.make_node("Mul", ["scores", "wide"], ["kept"]),
                helper.make_node("ReduceSum", ["kept", "one"], ["logits"], keepdims=0),
                *nodes,
            ],
            "tiny",
            [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("input_ids", "attention_mask")],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", labels])],
            [
                numpy_helper.from_array(table, "table"),
                numpy_helper.from_array(np.array([2]), "last"),
                numpy_helper.from_array(np.array([1]), "one"),
            ],
        ),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
