"""A chosen classifier at work: a real ONNX model and a real tokenizer, made here."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper, load, numpy_helper, save

from analysis.encoder import backend as module
from analysis.encoder.backend import Backend
from analysis.encoder.runtime import EncoderFailed
from store.errors import ConfigError
from tests.unit.analysis.encoder.conftest import Choose
from tests.unit.analysis.encoder.tiny import MAP, WORDS, tiny

ROOT = Path(__file__).resolve().parents[4]


def test_each_text_gets_its_label_in_its_place_whatever_the_batch(choose: Choose) -> None:
    texts = [
        ("Sập mái", "hỏng cửa " * 30), ("Trường mở", ""), ("", "Thắng giải"), ("😀 …", ""), ("thắng " * 9, "mở"),
        ("", ""), ("Mở hỏng", "trường trường"),
    ]  # fmt: skip
    alone = Backend.load(choose()).predict(texts)
    assert [label for label, _ in alone] == ["neg", "neu", "pos", "", "pos", "", "neu"]
    for batch in (2, 3, 256):
        assert Backend.load(choose(batch=batch)).predict(texts) == alone


def test_scores_are_the_softmax_of_the_models_own_numbers(choose: Choose) -> None:
    ((label, score),) = Backend.load(choose()).predict([("sập", "mở")])  # 4, 2, 0
    assert (label, score) == ("neg", pytest.approx(math.exp(4) / (math.exp(4) + math.exp(2) + 1), abs=1e-4))
    ((_, cooler),) = Backend.load(choose(temperature=4)).predict([("sập", "mở")])
    assert cooler == pytest.approx(math.e / (math.e + math.exp(0.5) + 1), abs=1e-4)


def test_several_of_their_labels_may_mean_one_of_ours(choose: Choose, tmp_path: Path) -> None:
    stars = ("1 sao", "2 sao", "3 sao", "4 sao")
    folder = tiny(tmp_path / "sao", {"tạm": (1, 1, 1.5, 0)}, stars)
    labels = dict(zip(stars, ("neg", "neg", "neu", "pos"), strict=True))
    (said,) = Backend.load(choose(folder=folder, labels=labels)).say([("tạm", "")])
    assert said is not None
    assert said.label == "neg", "two halves outweigh the one that is largest alone"
    assert sum(said.shares.values()) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("title", "lead"),
    [("", ""), ("😀🎉🏫", "…!!! — ???"), ("\u200b\ufeff", " \n\t"), ("🏫" * 100_000, "")],
)
def test_a_text_without_a_letter_cannot_be_judged(choose: Choose, title: str, lead: str) -> None:
    assert Backend.load(choose()).predict([(title, lead)]) == [("", 0.0)]


@pytest.mark.parametrize(
    "lead", ["sập " * 100_000, "sập" * 100_000, "<script>" * 50_000, "sập\x00\ud800" * 10_000, "[SEP]" * 20_000]
)
def test_a_giant_text_is_cut_before_anything_is_built(choose: Choose, lead: str) -> None:
    backend = Backend.load(choose(max_length=64))
    ids, parts = backend._reader.read("Trường", lead) or ([], [])
    assert 3 <= len(ids) == len(parts) <= 64
    assert backend.predict([("Trường", lead)])[0][0] in MAP.values()


def test_special_pieces_in_a_text_are_text(choose: Choose) -> None:
    ids, _ = Backend.load(choose())._reader.read("[PAD] [CLS] trường [SEP]", "") or ([], [])
    assert ids.count(2) == 1, "the text's own [CLS] is no mark"
    assert ids.count(3) == 1
    assert ids.count(0) == 0


def test_title_and_lead_as_two_parts(choose: Choose) -> None:
    assert Backend.load(choose(pair=True))._reader.read("mở", "thắng giải") == ([2, 6, 3, 7, 8, 3], [0, 0, 0, 1, 1, 1])
    assert Backend.load(choose(pair=True))._reader.read("", "thắng") == ([2, 7, 3], [0, 0, 0])


def test_one_run_never_holds_more_pieces_than_allowed(choose: Choose, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Backend.load(choose(batch=256))
    sizes: list[int] = []
    real = module._within

    def watched(session, feed, until):  # type: ignore[no-untyped-def]
        sizes.append(feed["input_ids"].size)
        return real(session, feed, until)

    monkeypatch.setattr(module, "_within", watched)
    backend.predict([("mở " * n, "trường " * 200) for n in range(1, 120)])
    assert len(sizes) > 1
    assert max(sizes) <= module.MOST_PIECES


def test_time_is_bounded(choose: Choose, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Backend.load(choose())
    monkeypatch.setattr(module, "LIMIT_S", -1.0)
    with pytest.raises(EncoderFailed, match="giây"):
        backend.predict([("mở", "")])


def test_a_model_that_says_no_number_fails_aloud(choose: Choose, tmp_path: Path) -> None:
    folder = tiny(tmp_path / "nan", WORDS | {"lạ": (float("nan"), 0, 0)})
    backend = Backend.load(choose(folder=folder))
    assert backend.predict([("mở", "")])[0][0] == "neu"
    with pytest.raises(EncoderFailed, match="không phải số"):
        backend.predict([("mở", ""), ("lạ", "")])


def test_the_version_changes_with_weights_tokenizer_settings_and_not_with_the_place(
    choose: Choose, tmp_path: Path
) -> None:
    first = Backend.load(choose()).version
    assert first.startswith("onnx.")
    assert Backend.load(choose(folder=tiny(tmp_path / "khac"), threads=2)).version == first
    others = {
        Backend.load(choose(folder=tiny(tmp_path / "a", WORDS | {"sập": (4.5, 0, 0)}))).version,
        Backend.load(choose(folder=tiny(tmp_path / "b", WORDS | {"thêm": (0, 0, 0)}))).version,
        Backend.load(choose(temperature=1.5)).version,
        Backend.load(choose(max_length=32)).version,
        Backend.load(choose(labels=MAP | {"NEUTRAL": "pos", "POSITIVE": "neu"})).version,
    }
    assert len(others | {first}) == 6


def test_an_int8_model_is_known_as_one(choose: Choose, tmp_path: Path) -> None:
    assert not Backend.load(choose()).int8
    folder = tiny(tmp_path / "int8")
    model = load(folder / "model.onnx")
    table = next(t for t in model.graph.initializer if t.name == "table")
    real = numpy_helper.to_array(table)
    scale = np.float32(np.abs(real).max() / 127)
    model.graph.initializer.remove(table)
    model.graph.initializer.extend(
        [
            numpy_helper.from_array(np.rint(real / scale).astype(np.int8), "small"),
            numpy_helper.from_array(np.array(scale), "scale"),
        ]
    )
    model.graph.node.insert(0, helper.make_node("DequantizeLinear", ["small", "scale"], ["table"]))
    save(model, folder / "model.onnx")
    backend = Backend.load(choose(folder=folder))
    assert backend.int8
    assert backend.predict([("Sập mái", "")])[0][0] == "neg"


def test_positions_of_the_model_bound_the_length_whatever_the_settings_say(choose: Choose, tmp_path: Path) -> None:
    roberta = tiny(tmp_path / "r", max_position_embeddings=34, model_type="roberta", pad_token_id=1)
    assert Backend.load(choose(folder=roberta, max_length=512))._reader.longest == 32
    bert = tiny(tmp_path / "b", max_position_embeddings=34)
    assert Backend.load(choose(folder=bert, max_length=512))._reader.longest == 34


def test_inputs_of_int32_and_a_type_input_are_served(choose: Choose, tmp_path: Path) -> None:
    folder = tiny(tmp_path / "int32")
    model = load(folder / "model.onnx")
    for one in model.graph.input:
        one.type.tensor_type.elem_type = TensorProto.INT32
    model.graph.input.append(helper.make_tensor_value_info("token_type_ids", TensorProto.INT32, ["batch", "length"]))
    save(model, folder / "model.onnx")
    assert Backend.load(choose(folder=folder)).predict([("Sập mái", "")])[0][0] == "neg"


def test_phobert_words_are_read_without_transformers(choose: Choose, tmp_path: Path) -> None:
    """`vocab.txt` and `bpe.codes`: numbers as PhoBERT's own code gives them (worked out by hand)."""
    folder = tiny(tmp_path / "pho", WORDS, model_type="roberta", pad_token_id=1, max_position_embeddings=258)
    (folder / "tokenizer.json").unlink()
    (folder / "vocab.txt").write_text("trường 9\nhọc_s@@ 5\ninh 4\na 2\n", encoding="utf-8")  # 4, 5, 6, 7; <mask> 8
    merges = ["t r", "tr ư", "trư ờ", "trườ n", "trườn g</w>", "h ọ", "họ c", "học _", "học_ s", "i n", "in h</w>"]
    (folder / "bpe.codes").write_text("".join(f"{m} 1\n" for m in merges), encoding="utf-8")
    reader = Backend.load(choose(folder=folder))._reader
    assert reader.read("trường học_sinh", "") == ([0, 4, 5, 6, 2], [0] * 5)
    assert (reader.read("a trườn", "") or ([], []))[0] == [0, 7, 3, 3, 2], "`trườ@@` and `n` are no words of it"
    assert (reader.read("trường <mask> </s>", "") or ([], []))[0].count(2) == 1, "marks in a text are text"
    (folder / "bpe.codes").write_text("t r 1\nmột\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bpe\.codes:2"):
        Backend.load(choose(folder=folder))


def test_words_are_joined_before_they_are_cut_where_the_settings_ask(choose: Choose) -> None:
    pytest.importorskip("underthesea", reason="the extra `train`")
    reader = Backend.load(choose(segment=True))._reader
    assert reader.segment is not None
    assert reader.segment("Học sinh đến trường") == "Học_sinh đến trường"
    assert reader.read("😀", "") is None


def test_a_tokenizer_without_its_extra_is_a_clear_fault(choose: Choose, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "underthesea", None)  # as if it were not installed
    with pytest.raises(ConfigError, match=r"haidang\[train\]"):
        Backend.load(choose(segment=True))


def test_nothing_is_reported_to_the_maker_of_the_library(tmp_path: Path) -> None:
    """Loaded with its defaults it writes a device number under the home folder before anybody can switch it off."""
    tiny(tmp_path / "mo-hinh")
    home = tmp_path / "nha"
    home.mkdir()
    code = f"""
import sys
from pathlib import Path
from analysis.encoder.backend import Backend
from config.models import Chosen, ModelChoice
assert not {{"onnxruntime", "tokenizers", "torch", "transformers", "huggingface_hub"}} & set(sys.modules)
folder = Path({str(tmp_path / "mo-hinh")!r})
chosen = Chosen("tone", ModelChoice(path=str(folder), labels={MAP!r}), folder, "x:1")
print(Backend.load(chosen).predict([("Sập", "")])[0][0])
assert not {{"torch", "transformers", "huggingface_hub"}} & set(sys.modules)
import os
assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
print(sorted(os.readlink(f"/proc/self/fd/{{n}}").split(":")[0] for n in os.listdir("/proc/self/fd")
             if os.path.exists(f"/proc/self/fd/{{n}}")).count("socket"))
"""
    env = {k: v for k, v in os.environ.items() if k not in ("CI", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS")}
    # a port that nobody listens on: were the switch ever lost, this test must fail without sending anything
    nowhere = dict.fromkeys(("https_proxy", "http_proxy", "HTTPS_PROXY", "HTTP_PROXY"), "http://127.0.0.1:9")
    path = os.pathsep.join([str(ROOT), *filter(None, [env.get("PYTHONPATH")])])
    env |= {"HOME": str(home), "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"} | nowhere
    env.pop("XDG_CACHE_HOME", None)
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=home, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["neg", "0"], "")
    assert [str(p.relative_to(home)) for p in home.rglob("*")] == []


def test_loaded_by_somebody_else_before_the_switch_it_is_not_used(tmp_path: Path) -> None:
    code = "import sys, types; sys.modules['onnxruntime'] = types.ModuleType('onnxruntime')\n"
    code += "from analysis.encoder.runtime import onnxruntime\nonnxruntime()"
    env = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"} | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert "EncoderFailed" in done.stderr
