"""Changing ``models.yml``: one task's part, the rest as people wrote it; whole or not at all; what was before is kept.

``models.history.jsonl`` has one line a change: when, by whom, which task, the file before and the hash of the file
after. A person takes an older state back by copying its ``before`` into ``models.yml``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from config.models import FILE, TASKS, read_models
from config.strict import compose
from store.errors import ConfigError, InputError

HISTORY = "models.history.jsonl"
_HEAD = "# Mô hình thay cho bộ nhận định mặc định, mỗi việc một phần (docs/models.md). Ghi bởi `haidang models use`.\n"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history."""

    at: str
    by: str
    task: str
    to: str
    before: str
    after: str

    def to_json(self) -> dict[str, str]:
        """As it stands in the file."""
        return {"at": self.at, "by": self.by, "task": self.task, "to": self.to, "before": self.before,
                "after": self.after}  # fmt: skip


def put(
    home: Path, task: str, said: Mapping[str, Any] | None, by: str, now: int, check: Callable[[Path], None]
) -> Change:
    """Write this task's part (None: take it out). ``check`` sees the draft and raises to stop all.

    Raises :class:`ConfigError` for a file that cannot be read or would not be read afterwards.
    """
    known(task)
    path = home / FILE
    before = _text(path)
    text = with_part(before, compose(path) if _says(before) else None, task, said)
    if said is None and text == before:
        raise InputError(f"`{task}`: vốn đang dùng bộ nhận định mặc định; không có gì để đổi")
    home.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=home, prefix=".models-", suffix=".yml")
    draft = Path(temporary)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        chosen, errors = read_models(draft, home)
        if said is not None and task not in chosen:
            raise _renamed(errors[0], draft, path)
        check(draft)
        change = Change(_time(now), by, task, str(said["path"]) if said else "default", before, _hash(text))
        _keep(home, change)
        draft.chmod(0o644)
        draft.replace(path)
    except ConfigError as bad:
        raise _renamed(bad, draft, path) from bad
    finally:
        draft.unlink(missing_ok=True)
    return change


def history(home: Path) -> list[Change]:
    """All changes, oldest first; a damaged line is left out."""
    changes = []
    for line in _text(home / HISTORY).splitlines():
        try:
            changes.append(Change(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return changes


def known(task: str) -> None:
    """Raises :class:`InputError` for a task that no model can be chosen for."""
    if task not in TASKS:
        raise InputError(f"không có việc {task!r}; có: {', '.join(TASKS)}")


def with_part(text: str, node: yaml.MappingNode | None, task: str, said: Mapping[str, Any] | None) -> str:
    """The text with this task's part replaced, added or (None) taken out; other lines and comments stay. ``node``: the
    text as YAML, None where it says nothing."""
    block = yaml.safe_dump({task: dict(said)}, allow_unicode=True, sort_keys=False) if said else ""
    if node is None:
        return (text or _HEAD) + block if said else text
    if node.flow_style:  # `{…}` on one line: written anew
        values = yaml.safe_load(text)
        values.pop(task, None)
        rest = yaml.safe_dump(values, allow_unicode=True, sort_keys=False) if values else ""
        return _HEAD + rest + block
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    for key, value in reversed(node.value):
        if key.value == task:
            first, last = key.start_mark.line, max(key.end_mark.line, _last_line(value))
            lines[first : last + 1] = [block] if block else []
            block = ""
    return "".join(lines) + block


def _says(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _last_line(node: yaml.Node) -> int:
    """The last line that says something of this node: a block's own end lies behind comments of the next."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return max(_last_line(part) for pair in node.value for part in pair)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return max(_last_line(part) for part in node.value)
    end: int = node.end_mark.line
    return end - 1 if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else end


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as bad:
        raise ConfigError(f"{path}:1", "not UTF-8", "save the file as UTF-8") from bad


def _keep(home: Path, change: Change) -> None:
    with (home / HISTORY).open("a", encoding="utf-8") as file:
        file.write(json.dumps(change.to_json(), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _renamed(bad: ConfigError, draft: Path, path: Path) -> ConfigError:
    return ConfigError(bad.where.replace(str(draft), str(path)), bad.what.replace(str(draft), str(path)), bad.fix)


def _time(now: int) -> str:
    return dt.datetime.fromtimestamp(now / 1000, dt.UTC).isoformat(timespec="seconds")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
