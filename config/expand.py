"""One file that stands for many sources: a pattern, filled in for each of the 114 units since 1 July 2025."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from string import Formatter
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from config.sources import Source, SourceKind
from lang.text import fold

_TYPES = ("Đặc khu ", "Phường ", "Xã ")
_SAMPLE = {"code": "10507", "unit": "phường Thành Đông", "slug": "thanhdong"}
SHARED_SLUG = "{others} cũng viết không dấu như vậy nên địa chỉ theo mẫu {address} không chắc của ai: chưa ghi"


class CommunePattern(BaseModel):
    """A pattern file. Addresses made by a pattern are guesses, so nothing that comes of it is on or verified.

    ``{code}`` is the unit's official code, ``{unit}`` its name as written within a sentence, ``{slug}`` its short name
    without diacritics and spaces.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")] = Field(
        description="small letters, digits and _, at most 40, unique"
    )
    for_each: Literal["commune"] = Field(description="commune")
    id_pattern: str = Field(description="an id with {code} in it, e.g. ubnd_{code}")
    name_pattern: str = Field(description="a name with {unit} in it, e.g. UBND {unit}")
    home_pattern: str | None = Field(None, description="an address with {slug} or {code} in it, or leave the line out")
    kind: SourceKind = Field(description="one of the kinds in docs/add-a-source.md")
    area: str = Field("", description="the province that they write about where they name none, e.g. Hải Phòng")
    language: Literal["vi", "en", "zh", "multi"] = Field("vi", description="vi, en, zh or multi")
    enabled: Literal[False] = Field(False, description="false: turn one unit on by a file of its own")
    verified: Literal[False] = Field(False, description="false: a person verifies one unit, in a file of its own")
    owner: Annotated[str, Field(min_length=1)] = Field(description="who is told when one falls silent")
    expect_every_hours: Annotated[int, Field(ge=1, le=2400)] = Field(
        24, description="whole hours without anything new after which one counts as silent, 1 to 2400"
    )
    group: Annotated[str, Field(min_length=1)] = Field(description="the name under which lists fold them")
    note: str = Field("", description="free text")

    @field_validator("id_pattern")
    @classmethod
    def _id(cls, value: str) -> str:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,39}", _filled(value, {"code"}, "code")):
            raise ValueError("small letters, digits and _ around {code}")
        return value

    @field_validator("name_pattern")
    @classmethod
    def _name(cls, value: str) -> str:
        _filled(value, {"unit", "code"}, "unit")
        return value

    @field_validator("home_pattern")
    @classmethod
    def _home(cls, value: str | None) -> str | None:
        if value is not None:
            needed = "code" if "{code}" in value else "slug"
            if not re.fullmatch(r"https?://[^\s/]+\S*", _filled(value, {"slug", "code"}, needed)):
                raise ValueError("must be an address that begins with http:// or https:// and has no spaces")
        return value


def _filled(pattern: str, known: set[str], needed: str) -> str:
    """The pattern filled in with a sample; raises ValueError for a placeholder that does not exist or is missing."""
    words = " and ".join(f"{{{name}}}" for name in sorted(known))
    try:
        parts = [(name, spec or how) for _, name, spec, how in Formatter().parse(pattern) if name is not None]
    except ValueError as bad:
        raise ValueError(f"only {words} may stand in braces") from bad
    names = {name for name, _ in parts}
    if not names <= known or any(extra for _, extra in parts):
        raise ValueError(f"only {words} may stand in braces")
    if needed not in names:
        raise ValueError(f"must hold {{{needed}}}")
    return pattern.format_map(_SAMPLE)


def expand(pattern: CommunePattern, units: Mapping[str, str]) -> dict[str, Source]:
    """id → Source for each unit; ``units``: code → full name (``Gazetteer.names``). Where several units have one slug,
    the pattern's address could be anybody's: it is left out and the note says so."""
    slugs = {code: _slug(name) for code, name in units.items()}
    shared = Counter(slugs.values())
    by_code = "{slug}" not in (pattern.home_pattern or "{slug}")
    found = {}
    for code, name in units.items():
        slug = slugs[code]
        home = pattern.home_pattern.format(slug=slug, code=code) if pattern.home_pattern else None
        note = pattern.note
        if home and shared[slug] > 1 and not by_code:
            others = ", ".join(_lower_type(units[c]) for c, s in slugs.items() if s == slug and c != code)
            note = "; ".join(part for part in (note, SHARED_SLUG.format(others=others, address=home)) if part)
            home = None
        source = _source(pattern, code, _lower_type(name), home, note)
        found[source.id] = source
    return found


def _source(pattern: CommunePattern, code: str, unit: str, home: str | None, note: str) -> Source:
    name = pattern.name_pattern.format(unit=unit, code=code)
    return Source(
        id=pattern.id_pattern.format(code=code),
        name=name,
        outlet=name,
        kind=pattern.kind,
        home=home,
        area=pattern.area,
        language=pattern.language,
        owner=pattern.owner,
        expect_every_hours=pattern.expect_every_hours,
        group=pattern.group,
        note=note,
    )


def _lower_type(name: str) -> str:
    return name[0].lower() + name[1:]


def _slug(name: str) -> str:
    short = next((name.removeprefix(kind) for kind in _TYPES if name.startswith(kind)), name)
    return re.sub(r"[^a-z0-9]", "", fold(short))
