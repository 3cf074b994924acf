"""One YAML file to one frozen model, strictly: every fault with its file, its line and its cure."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from store.errors import ConfigError

MAX_BYTES = 100_000
Location = tuple[int | str, ...]
Model = TypeVar("Model", bound=BaseModel)


def compose(path: Path) -> yaml.MappingNode:
    """The file as YAML nodes, which know their lines. Raises :class:`ConfigError` for what is no mapping."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}:1", f"larger than {MAX_BYTES // 1000} kB", "one file is one source")
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as bad:
        line = path.read_bytes()[: bad.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}", "not UTF-8", "save the file as UTF-8") from bad
    except OSError as bad:
        raise ConfigError(f"{path}:1", f"cannot be read ({bad.strerror})", "mend its permissions") from bad
    except RecursionError as bad:
        raise ConfigError(f"{path}:1", "not YAML (nested too deeply)", "take the brackets apart") from bad
    except yaml.YAMLError as bad:
        raise _not_yaml(path, bad) from bad
    if not isinstance(node, yaml.MappingNode):
        raise ConfigError(f"{path}:1", "expected `name: value` lines", "see docs/add-a-source.md")
    return node


def has_key(node: yaml.MappingNode, name: str) -> bool:
    """Does the file itself (not a part of it) name this key?"""
    return any(key.value == name for key, _ in node.value)


def build(
    path: Path, node: yaml.MappingNode, model: type[Model], inner: Mapping[str, type[BaseModel]], guide: str
) -> tuple[Model | None, list[ConfigError]]:
    """The model, or every fault in the file. ``inner``: key → the model of what lies under it; ``guide``: a page."""
    if odd := [ConfigError(f"{path}:{line}", what, fix) for line, what, fix in _oddities(node, set())]:
        return None, odd
    try:
        values = yaml.SafeLoader("").construct_document(node)
        # JSON mode: strict about types (no "15" for 15), yet a list may become a tuple
        return model.model_validate_json(json.dumps(values, default=str)), []
    except yaml.YAMLError as bad:
        return None, [_not_yaml(path, bad)]
    except (TypeError, ValueError) as bad:
        if not isinstance(bad, ValidationError):  # a list as a key, and the like
            return None, [ConfigError(f"{path}:1", f"not plain values ({bad})", guide)]
        explain = _Explainer(path, node, model, inner, guide)
        return None, [explain.fault(error) for error in bad.errors()]


def line_of(node: yaml.Node | None, where: Location) -> int:
    """The line (from 1) of the innermost part of ``where`` that is really in the file."""
    line = node.start_mark.line + 1 if node else 1
    for step in where:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _not_yaml(path: Path, bad: yaml.YAMLError) -> ConfigError:
    mark = getattr(bad, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    problem = getattr(bad, "problem", None) or str(bad)
    return ConfigError(f"{path}:{line}", f"not YAML ({problem})", "check colons, quotes and indentation here")


def _oddities(node: yaml.Node, seen_nodes: set[int]) -> Iterator[tuple[int, str, str]]:
    """(line, what, fix) of keys that stand there twice, and of aliases (`*name`): a few of them make a giant."""
    line = node.start_mark.line + 1
    if id(node) in seen_nodes:
        yield line, "an anchor (`&`) that is used again (`*`)", "write the value out where it is needed"
        return
    seen_nodes.add(id(node))
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield key.start_mark.line + 1, f"`{name}` stands there twice", "keep one of the two lines"
            seen.add(name)
            yield from _oddities(value, seen_nodes)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _oddities(value, seen_nodes)


class _Explainer:
    """Pydantic's faults in our words."""

    def __init__(
        self,
        path: Path,
        node: yaml.MappingNode,
        model: type[BaseModel],
        inner: Mapping[str, type[BaseModel]],
        guide: str,
    ) -> None:
        self.path, self.node, self.model, self.inner, self.guide = path, node, model, inner, guide

    def fault(self, error: Any) -> ConfigError:
        where: Location = error["loc"]
        name = ".".join(str(step) for step in where) or "the file"
        place = f"{self.path}:{line_of(self.node, where)}"
        if error["type"] == "extra_forbidden":
            return ConfigError(place, f"unknown key `{name}`", self._known_keys(where))
        fix = self._description(where)
        if error["type"] == "missing":
            return ConfigError(place, f"`{name}` is missing", f"add a line `{where[-1]}:` with {fix}")
        value = json.dumps(error["input"], ensure_ascii=False, default=str)
        shown = value if len(value) <= 80 else value[:77] + "…"
        return ConfigError(place, f"`{name}` is {shown}: {error['msg']}", f"give {fix}")

    def _model(self, where: Location) -> type[BaseModel]:
        return self.inner.get(str(where[0]), self.model) if len(where) > 1 else self.model

    def _known_keys(self, where: Location) -> str:
        known = list(self._model(where).model_fields)
        near = difflib.get_close_matches(str(where[-1]), known, n=1)
        return f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(known)}"

    def _description(self, where: Location) -> str:
        names = [step for step in where if isinstance(step, str)]
        field = self._model(where).model_fields.get(names[-1]) if names else None
        return (field.description if field else None) or self.guide
