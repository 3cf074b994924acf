"""The source files: YAML → :class:`~config.sources.Source`, each fault with its file and line.

A bad file never stops the others: it is left out and its error is returned; the caller decides what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel

from config.expand import CommunePattern, expand
from config.gazetteer import load_gazetteer
from config.settings import SHIPPED, Settings
from config.sources import Channel, Selectors, Source
from config.strict import build, compose, has_key, line_of
from store.errors import ConfigError

GUIDE = "see docs/add-a-source.md"
_INNER: dict[str, type[BaseModel]] = {"channels": Channel, "selectors": Selectors}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as read: what it says and where its lines are."""

    path: Path
    node: yaml.MappingNode
    says: Source | CommunePattern

    def place(self, *where: int | str) -> str:
        """``file:line`` of a part of it, e.g. ``place("channels", 0, "url")``."""
        return f"{self.path}:{line_of(self.node, where)}"


def own_folder(settings: Settings) -> Path:
    """Where this installation's own source files lie, or would if there were any."""
    return settings.own_sources or settings.home / "sources"


def load_sources(settings: Settings) -> tuple[dict[str, Source], list[ConfigError]]:
    """Every usable source by id, and what was wrong with the others.

    The shipped folder comes first (unless ``settings.only_own_sources``), then the own one; an own file with the id
    of a shipped one replaces it. Twice the same id in one folder, or one address watched twice, is an error.
    """
    sources, errors, _ = load_with_files(settings)
    return sources, errors


def load_with_files(settings: Settings) -> tuple[dict[str, Source], list[ConfigError], dict[str, Path]]:
    """As :func:`load_sources`, and the file of each source that has one of its own."""
    errors: list[ConfigError] = []
    folders = [] if settings.only_own_sources else [SHIPPED / "sources"]
    own = own_folder(settings)
    if own.is_dir():
        folders.append(own)
    elif settings.sources_dir is not None:
        errors.append(ConfigError(f"{own}:1", "sources_dir is no folder", "create it or mend the setting"))
    sources, bad, files = _load(folders)
    return sources, errors + bad, files


def load_folder(folder: Path) -> tuple[dict[str, Source], list[ConfigError]]:
    """The sources of one folder's ``*.yml`` files, in the order of their names; those of a pattern come last."""
    sources, errors, _ = _load([folder])
    return sources, errors


def read_source(path: Path) -> tuple[Source | None, list[ConfigError]]:
    """One file of one source: the source, or every fault in it."""
    file, errors = read_file(path)
    if file is None:
        return None, errors
    if isinstance(file.says, Source):
        return file.says, []
    what = "a pattern of many sources, not one source"
    return None, [ConfigError(file.place("for_each"), what, "name one of its sources by id")]


def read_file(path: Path) -> tuple[SourceFile | None, list[ConfigError]]:
    """One file, a source or a pattern, or every fault in it."""
    try:
        node = compose(path)
    except ConfigError as bad:
        return None, [bad]
    says: Source | CommunePattern | None
    if has_key(node, "for_each"):
        says, errors = build(path, node, CommunePattern, {}, GUIDE)
    else:
        says, errors = build(path, node, Source, _INNER, GUIDE)
    return (None, errors) if says is None else (SourceFile(path, node, says), [])


def _load(folders: Iterable[Path]) -> tuple[dict[str, Source], list[ConfigError], dict[str, Path]]:
    files: dict[str, SourceFile] = {}
    errors: list[ConfigError] = []
    for folder in folders:
        found, bad = _files(folder)
        files.update(found)
        errors.extend(bad)
    sources = {id_: file.says for id_, file in files.items() if isinstance(file.says, Source)}
    for id_, twice in _watched_twice(files).items():
        kept = tuple(c for number, c in enumerate(sources[id_].channels) if number not in twice)
        sources[id_] = sources[id_].model_copy(update={"channels": kept})
        errors.extend(twice.values())
    for file in reversed(files.values()):  # an own pattern comes before a shipped one
        if isinstance(file.says, CommunePattern):
            expanded, bad = _expanded(file.says)
            errors.extend(bad)
            sources = expanded | sources  # a unit with a file of its own is that file's
    ordered = [*[id_ for id_ in files if id_ in sources], *[id_ for id_ in sources if id_ not in files]]
    return {id_: sources[id_] for id_ in ordered}, errors, {id_: file.path for id_, file in files.items()}


def _files(folder: Path) -> tuple[dict[str, SourceFile], list[ConfigError]]:
    found: dict[str, SourceFile] = {}
    errors = [
        ConfigError(f"{path}:1", "not read: its name does not end in .yml", "rename it")
        for path in sorted(folder.glob("*.yaml"))
    ]
    for path in sorted(folder.glob("*.yml")):
        file, bad = read_file(path)
        if file is None:
            errors.extend(bad)
        elif (first := found.get(file.says.id)) is not None:
            what = f"id `{file.says.id}` is taken by {first.path.name}"
            errors.append(ConfigError(file.place("id"), what, "give this source an id of its own"))
        else:
            found[file.says.id] = file
    return found, errors


def _expanded(pattern: CommunePattern) -> tuple[dict[str, Source], list[ConfigError]]:
    try:
        return expand(pattern, load_gazetteer().names), []
    except ConfigError as bad:
        return {}, [bad]


# ── one address, one channel ────────────────────────────────────────────────────────────────────────


def _watched_twice(files: dict[str, SourceFile]) -> dict[str, dict[int, ConfigError]]:
    """Source id → number of the channel → error, for each channel whose address an earlier one watches already.

    Run-time state is kept by address, so the second would never be asked; it is left out and the rest of its source
    stays.
    """
    watched: dict[str, str] = {}
    found: dict[str, dict[int, ConfigError]] = {}
    for id_, file in files.items():
        if not isinstance(file.says, Source):
            continue
        own: dict[str, str] = {}
        for number, channel in enumerate(file.says.channels):
            key, here = same_address(channel.url), file.place("channels", number, "url")
            first = own.get(key) or (watched.get(key) if file.says.enabled else None)
            if first is None:
                own[key] = here
                continue
            fix = "keep one of the two channels, or give this file the id of the other to replace it"
            found.setdefault(id_, {})[number] = ConfigError(here, f"{channel.url} is watched already by {first}", fix)
        if file.says.enabled:
            watched.update(own)
    return found


def same_address(url: str) -> str:
    """The form in which addresses of channels are compared: host in small letters, no fragment, `/` for no path."""
    try:
        parts = urlsplit(url)
        return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/", fragment="").geturl()
    except ValueError:
        return url
