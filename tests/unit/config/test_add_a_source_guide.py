"""The guide cannot drift: its examples load, and every key and kind that a file may have is in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from config.loader import read_source
from config.sources import Channel, Selectors, Source, SourceKind
from lang.reasons import vi

GUIDE = (Path(__file__).resolve().parents[3] / "docs/add-a-source.md").read_text(encoding="utf-8")


def test_the_examples_load(tmp_path: Path) -> None:
    whole, selectors = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    path = tmp_path / "bencang.yml"
    path.write_text(whole + selectors, encoding="utf-8")
    source, errors = read_source(path)
    assert errors == []
    assert source is not None
    assert source.selectors.remove == (".quang-cao", ".tin-lien-quan")


def test_every_key_and_kind_is_explained() -> None:
    keys = [*Source.model_fields, *Selectors.model_fields]
    assert [key for key in keys if f"`{key}`" not in GUIDE and f"{key}:" not in GUIDE] == []
    assert [key for key in Channel.model_fields if key not in GUIDE] == []
    assert [kind for kind in get_args(SourceKind) if f"`{kind}`" not in GUIDE] == []


def test_the_error_messages_shown_are_the_real_ones(tmp_path: Path) -> None:
    example = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0]
    path = tmp_path / "bencang.yml"
    for old, new in (("every_minutes: 15", "every_minutes: 0"), ("every_minutes: 15", "every_minute: 15")):
        path.write_text(example.replace(old, new), encoding="utf-8")
        (error,) = read_source(path)[1]
        said = f"{error.where}: {vi(error.what)} — {vi(error.fix)}"
        assert said.replace(f"{tmp_path}/", "") in GUIDE
