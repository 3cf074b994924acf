"""Speed of encoders through ONNX Runtime on one core: ``python -m bench.encoder [--only NAME]`` prints JSON.

Weights are drawn at random, so this says how fast and how large, never how right: `phobert` has PhoBERT-base's shape
(12 layers of 768, 64,001 pieces), `small` that of an encoder that could ship (6 of 384, 16,000). Both as int8 and as
floats, each in a process of its own, with items of fifty syllables; beside them the shipped linear judge on invented
items. Seconds are those of the processor, on one thread: what else the machine does counts little. ``apart`` is the
largest change of a probability when an item is scored in a batch of 16 instead of alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

ITEMS = {"phobert": 24, "small": 96}
SHAPES = {"phobert": (12, 768, 12, 3072, 64_001), "small": (6, 384, 6, 1536, 16_000)}
LONGEST = 130
MAP = {"NEG": "neg", "NEU": "neu", "POS": "pos"}


def write_model(path: Path, layers: int, width: int, heads: int, inner: int, words: int) -> None:
    """A BERT of this shape with drawn weights: post-layer normalisation, GELU, first piece to three labels."""
    from onnx import TensorProto, helper, numpy_helper, save

    drawn = np.random.default_rng(1)
    nodes: list[Any] = []
    weights: dict[str, Any] = {}

    def put(name: str, *shape: int, scale: float = 0.05) -> str:
        weights[name] = drawn.normal(0, scale, shape).astype(np.float32)
        return name

    def const(name: str, *values: float | int, kind: Any = np.int64) -> str:
        weights[name] = np.array(values, kind)
        return name

    def op(kind: str, inputs: list[str], out: str, **more: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [out], **more))
        return out

    def dense(x: str, name: str, to: int, of: int = width) -> str:
        return op("Add", [op("MatMul", [x, put(f"{name}.w", of, to)], f"{name}.m"), put(f"{name}.b", to)], f"{name}.o")

    def norm(x: str, name: str) -> str:
        weights[f"{name}.g"], weights[f"{name}.h"] = np.ones(width, np.float32), np.zeros(width, np.float32)
        return op("LayerNormalization", [x, f"{name}.g", f"{name}.h"], f"{name}.n", axis=-1)

    const("shape", 0, 0, heads, width // heads)
    const("flat", 0, 0, width)
    const("scale", (width // heads) ** -0.5, kind=np.float32)
    const("low", -1e4, kind=np.float32)
    const("one", 1.0, kind=np.float32)
    const("axes", 1, 2)
    const("first", 0)
    mask = op("Unsqueeze", [op("Cast", ["attention_mask"], "mask.f", to=TensorProto.FLOAT), "axes"], "mask.u")
    mask = op("Mul", [op("Sub", ["one", mask], "mask.i"), "low"], "mask")
    places = op("Gather", [op("Shape", ["input_ids"], "dims"), const("second", 1)], "length")
    places = op("Slice", [put("places", LONGEST + 2, width), const("zero", 0), places, const("axis0", 0)], "at")
    x = norm(op("Add", [op("Gather", [put("words", words, width), "input_ids"], "got"), places], "emb"), "emb")
    for n in range(layers):
        q, k, v = (
            op("Transpose", [op("Reshape", [dense(x, f"{n}.{p}", width), "shape"], f"{n}.{p}.r")], f"{n}.{p}.t",
               perm=[0, 2, 3, 1] if p == "k" else [0, 2, 1, 3])
            for p in "qkv"
        )  # fmt: skip
        score = op("Mul", [op("MatMul", [q, k], f"{n}.qk"), "scale"], f"{n}.s")
        score = op("Softmax", [op("Add", [score, mask], f"{n}.sm")], f"{n}.a", axis=-1)
        seen = op("Transpose", [op("MatMul", [score, v], f"{n}.av")], f"{n}.avt", perm=[0, 2, 1, 3])
        out = dense(op("Reshape", [seen, "flat"], f"{n}.f"), f"{n}.out", width)
        x = norm(op("Add", [x, out], f"{n}.x1"), f"{n}.ln1")
        up = op("Gelu", [dense(x, f"{n}.up", inner)], f"{n}.g")
        x = norm(op("Add", [x, dense(up, f"{n}.down", width, inner)], f"{n}.x2"), f"{n}.ln2")
    head = op("Squeeze", [op("Gather", [x, "first"], "cls", axis=1), const("axis1", 1)], "cls.s")
    op("Add", [op("MatMul", [head, put("cls.w", width, 3, scale=0.3)], "cls.m"), put("cls.b", 3)], "logits")
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["n", "l"]) for n in ("input_ids", "attention_mask")]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 3])]
    made = helper.make_graph(
        nodes, "bench", inputs, outputs, [numpy_helper.from_array(w, n) for n, w in weights.items()]
    )
    save(helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=9), path)


def write_folder(folder: Path, name: str, floats: bool) -> None:
    """Model, tokenizer and labels as a published folder has them."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    from analysis.encoder.convert import quantise

    folder.mkdir()
    words = SHAPES[name][4]
    made = Tokenizer(models.WordLevel({"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3}
                                      | {f"w{i}": i for i in range(4, words)}, unk_token="[UNK]"))  # fmt: skip
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", None, [("[CLS]", 2), ("[SEP]", 3)])
    made.save(str(folder / "tokenizer.json"))
    config = {"id2label": {str(i): n for i, n in enumerate(MAP)}, "pad_token_id": 0, "model_type": "bert",
              "max_position_embeddings": LONGEST}  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    plain = folder.parent / f"{name}.onnx"
    if not plain.exists():
        write_model(plain, *SHAPES[name])
    if floats:
        plain.rename(folder / "model.onnx")
    else:
        quantise(plain, folder / "model.onnx")


def texts(name: str) -> list[tuple[str, str]]:
    """Titles of twelve and leads of 25 to 50 pieces: what a feed gives (fifty syllables on average)."""
    drawn = np.random.default_rng(2)
    words = SHAPES[name][4]
    return [
        (" ".join(f"w{i}" for i in drawn.integers(4, words, 12)),
         " ".join(f"w{i}" for i in drawn.integers(4, words, int(drawn.integers(25, 51)))))
        for _ in range(ITEMS[name])
    ]  # fmt: skip


def one(folder: Path, name: str, batch: int) -> dict[str, float]:
    """In a process of its own: items a second, megabytes at most, milliseconds to load."""
    from analysis.encoder.backend import Backend
    from config.models import Chosen, ModelChoice

    choice = ModelChoice(path=str(folder), labels=MAP, max_length=128, batch=batch)
    before = _peak()
    begin = time.process_time()
    backend = Backend.load(Chosen("tone", choice, folder, "bench:1"))
    loaded = time.process_time() - begin
    items = texts(name)
    backend.say(items[:8])
    rates = []
    for _ in range(2):
        begin = time.process_time()
        said = [one for at in range(0, len(items), 32) for one in backend.say(items[at : at + 32])]
        rates.append(len(items) / (time.process_time() - begin))
    shares = np.array([list(s.shares.values()) for s in said if s])
    np.save(folder / f"shares{batch}.npy", shares)
    size = round((folder / "model.onnx").stat().st_size / 1e6)
    return {"items_s": round(max(rates), 1), "load_ms": round(1000 * loaded), "peak_mb": _peak(),
            "of_it_mb": _peak() - before, "file_mb": size}  # fmt: skip


def linear() -> dict[str, float]:
    """The shipped judge on invented items, all questions at once."""
    from analysis.judge import Item, Judge
    from analysis.training.train import read_own
    from config.gazetteer import load_gazetteer

    judge = Judge.load(load_gazetteer())
    rows = read_own()
    items = [Item(r["id"], r["title"], r.get("summary", "")) for r in (rows * 4)[:1_024]]
    judge.judge(items[:64])
    rates = []
    for _ in range(2):
        begin = time.process_time()
        judge.judge(items)
        rates.append(len(items) / (time.process_time() - begin))
    return {"items_s": round(max(rates)), "peak_mb": _peak()}


def _peak() -> int:
    """Megabytes at most, of this process alone (``ru_maxrss`` takes over what its parent had)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def main() -> None:
    """All, or one of them in this process (``--one``: how the others are started)."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", choices=[*SHAPES, "linear"])
    parser.add_argument("--one", nargs=3, metavar=("FOLDER", "NAME", "BATCH"))
    asked = parser.parse_args()
    if asked.one:
        folder, name, batch = asked.one
        print(json.dumps(linear() if name == "linear" else one(Path(folder), name, int(batch))))
        return
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place:
        for name in SHAPES:
            if asked.only not in (None, name):
                continue
            for floats in (False, True):
                folder = Path(place) / f"{name}-{'floats' if floats else 'int8'}"
                write_folder(folder, name, floats)
                for batch in (1, 16):
                    found[f"{folder.name}-batch{batch}"] = _child(str(folder), name, str(batch))
                alone, together = (np.load(folder / f"shares{b}.npy") for b in (1, 16))
                found[f"{folder.name}-batch16"]["apart"] = round(float(np.abs(alone - together).max()), 4)
        if asked.only in (None, "linear"):
            found["linear"] = _child("-", "linear", "0")
    print(json.dumps(found, indent=1))


def _child(*arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "bench.encoder", "--one", *arguments], capture_output=True, text=True,
                          check=True)  # fmt: skip
    told: dict[str, float] = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    main()
