"""A model folder is written by strangers: what it may not do, what is said, and that nothing of it is run."""

from __future__ import annotations

import json
import os
import pickle
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, load, save

from analysis.encoder import folder as folders
from analysis.encoder import onnx_file
from analysis.encoder.backend import Backend
from analysis.encoder.folder import read_folder
from analysis.encoder.onnx_file import read_onnx
from store.errors import ConfigError, InputError
from tests.unit.analysis.encoder.conftest import Choose
from tests.unit.analysis.encoder.tiny import MAP, graph, tiny

Spoil = Callable[[Path], object]


def external(folder: Path, location: str) -> None:
    """The table of weights moved to a file of its own, at ``location``."""
    model = load(folder / "model.onnx")
    table = next(t for t in model.graph.initializer if t.name == "table")
    (folder / "trong-so.data").write_bytes(table.raw_data)
    table.ClearField("raw_data")
    table.data_location = TensorProto.EXTERNAL
    table.external_data.add(key="location", value=location)
    table.external_data.add(key="length", value=str((folder / "trong-so.data").stat().st_size))
    (folder / "model.onnx").write_bytes(model.SerializeToString())


def node(kind: str, domain: str = "") -> Spoil:
    def spoil(folder: Path) -> None:
        save(graph({"mở": (0, 1, 0)}, 3, [helper.make_node(kind, ["scores"], ["odd"], domain=domain)]),
             folder / "model.onnx")  # fmt: skip

    return spoil


def hidden_loop(folder: Path) -> None:
    """A loop inside of a branch: nodes of a graph of a node."""
    inner = helper.make_graph([helper.make_node("Loop", ["a"], ["b"])], "inner", [], [])
    branch = helper.make_node("If", ["scores"], ["odd"], then_branch=inner, else_branch=inner)
    save(graph({"mở": (0, 1, 0)}, 3, [branch]), folder / "model.onnx")


def config(**values: object) -> Spoil:
    def spoil(folder: Path) -> None:
        said = json.loads((folder / "config.json").read_text("utf-8"))
        (folder / "config.json").write_text(json.dumps(said | values), encoding="utf-8")

    return spoil


def written(name: str, data: bytes) -> Spoil:
    return lambda folder: (folder / name).write_bytes(data)


def linked(name: str, to: str) -> Spoil:
    def spoil(folder: Path) -> None:
        outside = folder.parent / "ngoai"
        outside.write_bytes((folder / name).read_bytes())
        (folder / name).unlink()
        (folder / name).symlink_to(outside if to == "file" else to)

    return spoil


def piped(folder: Path) -> None:
    (folder / "config.json").unlink()
    os.mkfifo(folder / "config.json")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: external(f, "../ngoai.data"), "dẫn ra ngoài thư mục mô hình"),
        (lambda f: external(f, "/etc/passwd"), "dẫn ra ngoài thư mục mô hình"),
        (lambda f: external(f, "a/../../ngoai"), "dẫn ra ngoài thư mục mô hình"),
        (lambda f: external(f, "*/_ORT_MEM_ADDR_/*"), "dẫn ra ngoài thư mục mô hình"),
        (lambda f: external(f, ""), "dẫn ra ngoài thư mục mô hình"),
        (lambda f: external(f, "khong-co.data"), "không có tệp này"),
        (lambda f: external(f, "."), "không phải tệp thường"),
        (node("Loop"), "phép tính Loop"),
        (node("EPContext", "com.microsoft"), "phép tính EPContext"),
        (node("Evil", "com.example"), "phép tính riêng 'com.example'"),
        (hidden_loop, "phép tính Loop"),
        (written("model.onnx", b""), "không phải tệp ONNX"),
        (written("model.onnx", b"GIF89a" + b"\x00" * 900), "không phải tệp ONNX"),
        (written("model.onnx", b"\x3a" * 5_000), "không phải tệp ONNX"),
        (linked("model.onnx", "file"), "dẫn ra ngoài thư mục mô hình"),
        (linked("config.json", "/etc/passwd"), "dẫn ra ngoài thư mục mô hình"),
        (linked("tokenizer.json", "tokenizer.json"), "không có tokenizer.json"),
        (piped, "không phải tệp thường"),
        (written("config.json", b"{" * 100_000), "không đọc được như JSON"),
        (written("config.json", b"[]"), "phải là một đối tượng JSON"),
        (written("config.json", b"{}"), "thiếu `id2label`"),
        (written("config.json", b" " * 1_000_001), "lớn hơn 1 MB"),
        (config(id2label={"0": "A", "2": "B", "3": "C"}), "đánh số từ 0"),
        (config(id2label={"0": "A", "1": "A", "2": "C"}), "mỗi nhãn một tên khác nhau"),
        (config(id2label={"0": "A", "1": 7, "2": "C"}), "mỗi nhãn một tên khác nhau"),
        (config(problem_type="multi_label_classification"), "không chọn một nhãn"),
        (lambda f: (f / "tokenizer.json").unlink(), "không có tokenizer.json"),
        (lambda f: (f / "model.onnx").unlink(), "không có model.onnx"),
    ],
)  # fmt: skip
def test_refused_before_anything_of_it_is_run(tmp_path: Path, spoil: Spoil, said: str) -> None:
    folder = tiny(tmp_path / "mo-hinh")
    spoil(folder)
    with pytest.raises(InputError, match=re.escape(said)) as told:
        read_folder(folder)
    assert str(folder) in str(told.value)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (written("tokenizer.json", b'{"version": "1.0"'), "tokenizer.json: không đọc được"),
        (written("tokenizer.json", b"[]"), "tokenizer.json: không đọc được"),
        (written("tokenizer.json", b"\xff\xfe"), "tokenizer.json: không đọc được"),
        (config(id2label={"0": "NEGATIVE", "1": "POSITIVE"}), "không có nhãn 'NEUTRAL'"),
        (config(id2label={"0": "NEGATIVE", "1": "NEUTRAL", "2": "POSITIVE", "3": "MIXED"}), "nhãn 'MIXED'"),
        (node("Frobnicate"), "không nạp được"),
        (lambda f: save(graph({"mở": (0, 1)}, 2), f / "model.onnx"), "sai `id2label`"),
        (lambda f: save(graph({}, 3), f / "model.onnx"), "ONNX Runtime"),  # numbers beyond the table
        (lambda f: (f / "model.onnx").write_bytes((f / "model.onnx").read_bytes()[:-40]), "tệp ONNX"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_found_when_it_is_loaded_not_in_the_night(
    tmp_path: Path, choose: Choose, spoil: Spoil, said: str
) -> None:
    folder = tiny(tmp_path / "mo-hinh")
    spoil(folder)
    with pytest.raises(ConfigError, match=re.escape(said)) as told:
        Backend.load(choose(folder=folder))
    assert told.value.where == f"{tmp_path / 'models.yml'}:1"
    assert "bộ nhận định mặc định" in told.value.fix


def test_weights_beside_the_model_are_read_and_bounded(
    tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny(tmp_path / "mo-hinh")
    external(folder, "trong-so.data")
    first = Backend.load(choose(folder=folder))
    assert first.predict([("Sập mái", "")])[0][0] == "neg"

    data = bytearray((folder / "trong-so.data").read_bytes())
    data[-1] ^= 64
    (folder / "trong-so.data").write_bytes(data)
    assert Backend.load(choose(folder=folder)).version != first.version, "the file beside it is part of the model"

    monkeypatch.setattr(folders, "MOST_WEIGHTS", (folder / "model.onnx").stat().st_size + 8)
    with pytest.raises(InputError, match="lớn hơn 2 GB"):
        read_folder(folder)


class Bomb:
    """Touches a file where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[[Path], object], tuple[Path]]:
        return Path.touch, (self.mark,)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.pth", "weights.pkl"])
def test_a_pickle_is_never_opened(tmp_path: Path, choose: Choose, name: str) -> None:
    folder = tiny(tmp_path / "mo-hinh")
    (folder / name).write_bytes(pickle.dumps(Bomb(tmp_path / "must-never-exist")))
    assert Backend.load(choose(folder=folder)).predict([("Sập", "")])[0][0] == "neg", "beside an ONNX it does no harm"

    (folder / "model.onnx").unlink()
    for what in (folder, folder / name):
        with pytest.raises(InputError, match="safetensors") as told:
            read_folder(what)
        assert name in str(told.value)
    assert not (tmp_path / "must-never-exist").exists()


def test_safetensors_alone_say_how_to_go_on(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "mo-hinh")
    (folder / "model.onnx").rename(folder / "model.safetensors")
    with pytest.raises(InputError, match="haidang models convert"):
        read_folder(folder)


def test_a_quantised_model_is_taken_before_a_plain_one(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "mo-hinh")
    (folder / "onnx").mkdir()
    (folder / "onnx" / "model_quantized.onnx").write_bytes((folder / "model.onnx").read_bytes())
    assert read_folder(folder).model == folder / "model.onnx"
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    assert read_folder(folder).model == folder / "onnx" / "model_quantized.onnx"


def test_a_file_of_empty_fields_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_file, "MOST_FIELDS", 1_000)
    path = tmp_path / "model.onnx"
    path.write_bytes(b"\x08\x01" * 5_000)
    with pytest.raises(InputError, match="quá nhiều trường"):
        read_onnx(path)
    path.write_bytes(b"\x3a\x80" * 5_000)
    with pytest.raises(InputError):
        read_onnx(path)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_bytes_are_a_model_or_a_clear_complaint(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    real = graph({"mở": (0, 1, 0)}, 3).SerializeToString()
    at = data.draw(st.integers(0, len(real)))
    cut = data.draw(st.integers(0, 20))
    path = tmp_path_factory.getbasetemp() / "any.onnx"
    path.write_bytes(real[:at] + data.draw(st.binary(max_size=40)) + real[at + cut :])
    try:
        found = read_onnx(path)
    except InputError:
        return
    assert found.operators
    assert MAP
