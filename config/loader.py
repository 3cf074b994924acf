"""Strict reading of the source files: YAML → :class:`~config.sources.Source`, each fault with its file and line.

A bad file never stops the others: it is left out and its error is returned; the caller decides what to do.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from config.settings import SHIPPED, Settings
from config.sources import Channel, Selectors, Source
from store.errors import ConfigError

GUIDE = "see docs/add-a-source.md"

Location = tuple[int | str, ...]


def load_sources(settings: Settings) -> tuple[dict[str, Source], list[ConfigError]]:
    """Every usable source by id, and what was wrong with the others.

    The shipped folder comes first (unless ``settings.only_own_sources``), then ``settings.sources_dir``;
    an own file with the id of a shipped one replaces it. Twice the same id in one folder is an error.
    """
    sources: dict[str, Source] = {}
    errors: list[ConfigError] = []
    folders = [] if settings.only_own_sources else [SHIPPED / "sources"]
    if settings.sources_dir is not None:
        if settings.sources_dir.is_dir():
            folders.append(settings.sources_dir)
        else:
            where = f"{settings.sources_dir}:1"
            errors.append(ConfigError(where, "sources_dir is no folder", "create it or mend the setting"))
    for folder in folders:
        found, bad = load_folder(folder)
        sources.update(found)
        errors.extend(bad)
    return sources, errors


def load_folder(folder: Path) -> tuple[dict[str, Source], list[ConfigError]]:
    """The sources of one folder's ``*.yml`` files, in the order of their names."""
    sources: dict[str, Source] = {}
    taken: dict[str, Path] = {}
    errors: list[ConfigError] = []
    for path in sorted(folder.glob("*.yml")):
        source, bad = read_source(path)
        if source is None:
            errors.extend(bad)
        elif source.id in taken:
            line = _line(_compose(path), ("id",))
            what = f"id `{source.id}` is taken by {taken[source.id].name}"
            errors.append(ConfigError(f"{path}:{line}", what, "give this source an id of its own"))
        else:
            sources[source.id], taken[source.id] = source, path
    return sources, errors


def read_source(path: Path) -> tuple[Source | None, list[ConfigError]]:
    """One file: the source, or every fault in it."""
    try:
        node = _compose(path)
    except ConfigError as bad:
        return None, [bad]
    if not isinstance(node, yaml.MappingNode):
        return None, [ConfigError(f"{path}:1", "expected `name: value` lines", GUIDE)]
    errors = [
        ConfigError(f"{path}:{line}", f"`{key}` stands there twice", "keep one of the two lines")
        for key, line in _repeated(node)
    ]
    if errors:
        return None, errors
    try:
        values = yaml.SafeLoader("").construct_document(node)
        # JSON mode: strict about types (no "15" for 15), yet a list may become a tuple
        return Source.model_validate_json(json.dumps(values, default=str)), []
    except yaml.YAMLError as bad:
        return None, [_not_yaml(path, bad)]
    except ValidationError as bad:
        return None, [_explain(path, node, error) for error in bad.errors()]


def _compose(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as bad:
        line = path.read_bytes()[: bad.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}", "not UTF-8", "save the file as UTF-8") from bad
    except OSError as bad:
        raise ConfigError(f"{path}:1", f"cannot be read ({bad.strerror})", "mend its permissions") from bad
    except yaml.YAMLError as bad:
        raise _not_yaml(path, bad) from bad


def _not_yaml(path: Path, bad: yaml.YAMLError) -> ConfigError:
    mark = getattr(bad, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    problem = getattr(bad, "problem", None) or str(bad)
    return ConfigError(f"{path}:{line}", f"not YAML ({problem})", "check colons, quotes and indentation here")


def _repeated(node: yaml.Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated(value)


def _line(node: yaml.Node | None, where: Location) -> int:
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


def _explain(path: Path, node: yaml.Node, error: Any) -> ConfigError:
    where: Location = error["loc"]
    name = ".".join(str(step) for step in where)
    place = f"{path}:{_line(node, where)}"
    if error["type"] == "extra_forbidden":
        return ConfigError(place, f"unknown key `{name}`", _known_keys(where))
    fix = _description(where)
    if error["type"] == "missing":
        return ConfigError(place, f"`{name}` is missing", f"add a line `{where[-1]}:` with {fix}")
    value = json.dumps(error["input"], ensure_ascii=False, default=str)
    shown = value if len(value) <= 80 else value[:77] + "…"
    return ConfigError(place, f"`{name}` is {shown}: {error['msg']}", f"give {fix}")


def _model(where: Location) -> type[BaseModel]:
    inner: dict[str, type[BaseModel]] = {"channels": Channel, "selectors": Selectors}
    return inner.get(str(where[0]), Source) if len(where) > 1 else Source


def _known_keys(where: Location) -> str:
    known = list(_model(where).model_fields)
    near = difflib.get_close_matches(str(where[-1]), known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(known)}"


def _description(where: Location) -> str:
    names = [step for step in where if isinstance(step, str)]
    field = _model(where).model_fields.get(names[-1]) if names else None
    return (field.description if field else None) or GUIDE
