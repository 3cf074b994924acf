"""A source file of one's own, written so that a person can go on with it: commented, strict, never over another."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from config.loader import own_folder, read_source
from config.settings import Settings
from config.sources import Source, SourceKind
from runner.sources_add import Found, Tried
from runner.sources_words import CHANNELS
from store.errors import ConfigError, InputError

FOUND = {
    "itself": "địa chỉ đã đưa",
    "page": "trang tự giới thiệu",
    "link": "liên kết trên trang",
    "robots": "ghi trong robots.txt",
    "usual": "địa chỉ hay dùng",
}


NO_AREA = "# area: Hải Phòng  # bỏ dấu # ở đầu dòng nếu là báo, đài, cổng, trường của thành phố"


@dataclass(frozen=True, slots=True)
class About:
    """What a person says of the source, or what is guessed for them."""

    id: str
    name: str
    outlet: str
    kind: SourceKind
    home: str
    owner: str
    language: str
    area: str = ""
    further: str = ""  # YAML lines of the replaced source that still hold: selectors and the like


def guessed_kind(url: str) -> SourceKind:
    """By the name of the host; a person mends it in the file."""
    host = urlsplit(url).hostname or ""
    if host.endswith(".gov.vn"):
        return "government_portal"
    return "school_site" if host.endswith(".edu.vn") else "central_press"


def about(found: Found, id_: str, known: Source | None, *, name: str | None, owner: str | None) -> About:
    """What a person says, else what the source that is replaced says, else what the site says of itself."""
    if known is not None:
        home = known.home or found.url
        said = About(known.id, known.name, known.outlet, known.kind, home, known.owner, known.language, known.area)
        said = replace(said, further=_further(known))
    else:
        title = found.name or urlsplit(found.url).hostname or id_
        said = About(id_, title, title, guessed_kind(found.url), found.url, "Văn phòng Sở", found.language)
    if name:
        said = replace(said, name=name, outlet=said.outlet if known else name)
    return replace(said, owner=owner) if owner else said


def _further(known: Source) -> str:
    kept = known.model_dump(
        include={"expect_every_hours", "fetch_pages", "selectors", "authority", "issuer"}, exclude_defaults=True
    )
    if "selectors" in kept:
        kept["selectors"] = {k: list(v) if isinstance(v, tuple) else v for k, v in kept["selectors"].items()}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False) if kept else ""


def text_of(about: About, chosen: Tried, others: Sequence[Tried], asked: str, day: dt.date) -> str:
    """The file. Every value of the outside world is quoted as JSON, which YAML reads as it is."""
    area = f"area: {_quoted(about.area)}" if about.area else NO_AREA
    lines = [
        f"# Ghi bởi `haidang sources add` ngày {day:%d/%m/%Y} từ {_quoted(asked)}.",
        "# Sửa tự do; từng dòng nghĩa là gì: docs/add-a-source.md. Thử lại: haidang sources test " + about.id,
        f"id: {_quoted(about.id)}",
        f"name: {_quoted(about.name)}",
        f"outlet: {_quoted(about.outlet)}  # tên ngắn, in trong điểm báo",
        f"kind: {about.kind}  # xem các loại trong docs/add-a-source.md; sửa nếu chưa đúng",
        f"home: {_quoted(about.home)}",
        area,
        f"language: {about.language}",
        "enabled: true",
        "verified: false  # chỉ ghi true sau khi có người đối chiếu với trang thật",
        f"owner: {_quoted(about.owner)}  # ai được báo khi nguồn im lặng",
        "channels:",
        *_channel(chosen, ""),
    ]
    if others:
        lines.append("# Kênh khác cũng trả lời; bỏ dấu # ở đầu dòng để theo dõi thêm:")
        lines += [line for one in others for line in _channel(one, "#")]
    return "\n".join(lines) + "\n" + about.further


def _channel(one: Tried, mark: str) -> list[str]:
    count, dated = len(one.report.entries), one.report.dated
    told = f"{CHANNELS[one.candidate.kind]}; {FOUND[one.candidate.found]}; {count} mục, {dated} có ngày"
    return [
        f"{mark}  - kind: {one.candidate.kind}  # {told}",
        f"{mark}    url: {_quoted(one.candidate.url)}",
        f"{mark}    every_minutes: {60 if one.candidate.kind == 'listing' else 30}",
    ]


def _quoted(text: str) -> str:
    # ASCII only would be unreadable; the few characters that end a line in YAML but not in JSON are escaped
    said = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in said)


def free(settings: Settings, name: str) -> None:
    """Raises :class:`InputError` for an id that no file may have, or whose own file is there already."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,39}", name):
        raise InputError(f"--id {name!r}: chữ thường không dấu, số và _, tối đa 40")
    path = own_folder(settings) / f"{name}.yml"
    if path.exists():
        raise _taken(path)


def write(settings: Settings, name: str, text: str) -> Path:
    """Write ``<own folder>/<name>.yml`` whole or not at all, and never over another file.

    Raises :class:`InputError` when it is there, :class:`ConfigError` when the text would not be a source.
    """
    folder = own_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yml"
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".moi-", suffix=".tam")
    draft = Path(temporary)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _, errors = read_source(draft)
        if errors:
            raise ConfigError(f"{path}:1", str(errors[0]), "dùng --id, --name, --owner khác")
        draft.chmod(0o644)
        _put(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _put(draft: Path, path: Path) -> None:
    """A hard link fails where the name is taken; where there are no hard links, opening anew does."""
    try:
        os.link(draft, path)
    except FileExistsError as there:
        raise _taken(path) from there
    except OSError:
        try:
            with path.open("xb") as file:
                file.write(draft.read_bytes())
        except FileExistsError as there:
            raise _taken(path) from there
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise


def _taken(path: Path) -> InputError:
    return InputError(f"{path} đã có và không bị ghi đè: sửa tệp đó, hoặc dùng --id khác")
