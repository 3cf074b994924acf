"""Weights from outside the release: arrays alone, of one shape, answering the guidelines' questions and no others."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.linear import FOLDER, Linear
from analysis.weights import FILES, load_weights
from store.errors import ConfigError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped pair."""
    for name in FILES:
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def described(folder: Path, name: str, change: Callable[[list[dict[str, Any]]], Any]) -> None:
    path = folder / f"{name}.json"
    heads = json.loads(path.read_text(encoding="utf-8"))["heads"]
    change(heads)
    path.write_text(json.dumps({"heads": heads}), encoding="utf-8")


def head(heads: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(h for h in heads if h["name"] == name)


def arrays(folder: Path, **changes: Any) -> None:
    with np.load(folder / "hp.npz") as found:
        values = dict(found)
    np.savez_compressed(folder / "hp.npz", **values | changes)


def test_the_shipped_pair_is_such_weights_and_a_copy_has_the_same_version(folder: Path) -> None:
    assert load_weights(folder).version == load_weights().version
    assert load_weights().version == f"{Linear.load('text').version}-{Linear.load('hp').version}"


def test_a_head_that_could_say_more_than_the_guidelines_is_refused(folder: Path) -> None:
    described(folder, "text", lambda heads: head(heads, "rumour")["labels"].__setitem__(0, "false"))
    with pytest.raises(ConfigError, match=r"rumour: .*false"):
        load_weights(folder)
    described(folder, "text", lambda heads: head(heads, "rumour")["labels"].__setitem__(0, "spread"))
    with pytest.raises(ConfigError, match="spread"):
        load_weights(folder)


def test_a_question_too_many_or_too_few_is_refused(folder: Path) -> None:
    described(folder, "text", lambda heads: head(heads, "tone").__setitem__("name", "veracity"))
    with pytest.raises(ConfigError, match="tone"):
        load_weights(folder)
    (folder / "hp.npz").unlink()
    with pytest.raises(ConfigError, match=r"hp\.npz|text\.json"):
        load_weights(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda heads: heads[0].__setitem__("end", 2),
        lambda heads: heads[0].__setitem__("begin", -1),
        lambda heads: heads[0].__setitem__("end", 10**9),
        lambda heads: heads[0].__setitem__("begin", "0"),
        lambda heads: heads[0]["shift"].pop(),
        lambda heads: heads[0].__setitem__("scale", float("nan")),
        lambda heads: heads[0].__setitem__("scale", None),
        lambda heads: heads[0].__setitem__("labels", ["direct", "direct", "none"]),
        lambda heads: heads.append(heads[0]),
        lambda heads: heads.clear(),
        lambda heads: heads[0].pop("lean"),
    ],
)
def test_a_description_that_does_not_fit_its_arrays_is_refused(folder: Path, change: Callable[[Any], Any]) -> None:
    described(folder, "hp", change)
    with pytest.raises(ConfigError, match=r"hp"):
        load_weights(folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"idf": np.ones(3, np.float16)},
        {"bias": np.zeros(9, np.float32)},
        {"bias": np.full(3, np.nan, np.float32)},
        {"roots": np.zeros((2, 2, 2), np.int8)},
        {"scale": np.ones(7, np.float32)},
        {"vocabulary": np.frombuffer(b"a\na", np.uint8), "idf": np.ones(2), "roots": np.zeros((2, 3), np.int8)},
    ],
)
def test_arrays_of_other_shapes_are_refused(folder: Path, changes: dict[str, Any]) -> None:
    arrays(folder, **changes)
    with pytest.raises(ConfigError, match=r"hp\.npz"):
        load_weights(folder)


class Bomb:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Path.touch, (self.path,)


def test_no_object_is_ever_built_from_the_file(folder: Path) -> None:
    arrays(folder, bias=np.array([Bomb(folder / "boom")], dtype=object))
    with pytest.raises(ConfigError, match=r"hp\.npz"):
        load_weights(folder)
    assert not (folder / "boom").exists()
    np.load(folder / "hp.npz", allow_pickle=True)["bias"]
    assert (folder / "boom").exists()  # it would have gone off


def test_a_file_that_unpacks_to_more_than_any_model_is_refused_before_it_is_unpacked(folder: Path) -> None:
    with zipfile.ZipFile(folder / "hp.npz", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("more.npy", b"\0" * 80_000_000)
    with pytest.raises(ConfigError, match="unpacked"):
        load_weights(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"heads": 5}', '{"heads": [1]}', "[" * 100_000, "\x00"])
def test_a_description_that_is_none_is_refused(folder: Path, text: str) -> None:
    (folder / "hp.json").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"hp"):
        load_weights(folder)


def test_a_damaged_archive_is_refused(folder: Path) -> None:
    whole = (folder / "hp.npz").read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 5):
        (folder / "hp.npz").write_bytes(whole[:cut])
        with pytest.raises(ConfigError, match=r"hp\.npz"):
            load_weights(folder)
    middle = len(whole) // 2
    (folder / "hp.npz").write_bytes(whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :])
    with pytest.raises(ConfigError, match=r"hp\.npz"):
        load_weights(folder)
