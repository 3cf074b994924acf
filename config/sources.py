"""What a source file may say: one file per outlet, portal or page that we watch, frozen once it is read."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

SourceKind = Literal[
    "central_press",
    "sector_press",
    "city_press",
    "tv_radio",
    "government_portal",
    "department_site",
    "school_site",
    "fact_check",
    "foreign_press_vi",
    "foreign_press_en",
    "external_info_en",
    "external_info_zh",
    "external_info_multi",
    "aggregator",
    "youtube",
    "manual_entry",
]

_WEB = re.compile(r"https?://[^\s/]+\S*")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _web_address(value: str) -> str:
    if not _WEB.fullmatch(value):
        raise ValueError("must be an address that begins with http:// or https:// and has no spaces")
    return value


ChannelKind = Literal["feed", "sitemap", "listing", "youtube", "facebook", "zalo"]

_OFFICIAL = {
    "youtube": (re.compile(r"https://www\.youtube\.com/channel/UC[\w-]{22}"), "https://www.youtube.com/channel/UC…"),
    "facebook": (
        re.compile(r"https://www\.facebook\.com/\d{5,20}"),
        "https://www.facebook.com/ followed by the page's number",
    ),
    "zalo": (re.compile(r"https://oa\.zalo\.me/\d{5,25}"), "https://oa.zalo.me/ followed by the account's number"),
}


class Channel(_Strict):
    """One address that is asked again and again."""

    kind: ChannelKind = Field("feed", description="feed, sitemap, listing, youtube, facebook or zalo")
    url: str = Field(description="the address, with http:// or https://; see docs/add-a-source.md for each kind")
    every_minutes: Annotated[int, Field(ge=1, le=1440)] = Field(
        30, description="whole minutes between two checks, 1 to 1440"
    )
    at_most_minutes: Annotated[int, Field(ge=1, le=1440)] = Field(
        60, description="whole minutes, 1 to 1440: no TTL or cache header makes us wait longer (Retry-After may)"
    )
    links: str | None = Field(None, description="listing: a CSS selector of the headlines' links")
    path_like: str | None = Field(
        None, description="listing, sitemap: a regular expression that an article's path matches"
    )
    max_age_days: Annotated[int, Field(ge=1, le=60)] = Field(
        3, description="sitemap: whole days; older entries are left alone, 1 to 60"
    )

    _url = field_validator("url")(_web_address)

    @field_validator("links")
    @classmethod
    def _links(cls, value: str | None) -> str | None:
        return value if value is None else _selector(value)

    @field_validator("path_like")
    @classmethod
    def _pattern(cls, value: str | None) -> str | None:
        if value is not None:
            _harmless(value)
        return value

    @model_validator(mode="after")
    def _whole(self) -> Channel:
        if self.kind in _OFFICIAL and not _OFFICIAL[self.kind][0].fullmatch(self.url):
            raise ValueError(f"the address of a {self.kind} channel is {_OFFICIAL[self.kind][1]}")
        if self.links is not None and self.kind != "listing":
            raise ValueError("`links` belongs to a listing")
        if self.path_like is not None and self.kind not in ("listing", "sitemap"):
            raise ValueError("`path_like` belongs to a listing or a sitemap")
        return self


def _harmless(pattern: str) -> None:
    """A short expression without nested repetition: it is matched against addresses that others write."""
    if len(pattern) > 200 or re.search(r"[+*}]\s*\)\s*[+*{]", pattern) or re.search(r"\\[1-9]|\(\?", pattern):
        raise ValueError("a regular expression of at most 200 characters without nested repetition or look-around")
    try:
        re.compile(pattern)
    except re.error as bad:
        raise ValueError(f"not a regular expression ({bad})") from bad


class Selectors(_Strict):
    """CSS selectors for a page of this source; each is optional and is tried before the general rules."""

    title: str | None = Field(None, description="a CSS selector")
    sapo: str | None = Field(None, description="a CSS selector")
    body: str | None = Field(None, description="a CSS selector")
    date: str | None = Field(None, description="a CSS selector; its datetime or content attribute, else its text")
    remove: tuple[str, ...] = Field((), description="a list of CSS selectors cut out before reading")

    @field_validator("title", "sapo", "body", "date")
    @classmethod
    def _one(cls, value: str | None) -> str | None:
        return value if value is None else _selector(value)

    @field_validator("remove")
    @classmethod
    def _many(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_selector(value) for value in values)


def _selector(value: str) -> str:
    from cssselect import ExpressionError, HTMLTranslator, SelectorError

    try:
        HTMLTranslator().css_to_xpath(value)  # some that can be read cannot be carried out
    except (SelectorError, ExpressionError) as bad:
        raise ValueError(f"not a CSS selector ({bad})") from bad
    return value


class Source(_Strict):
    """One outlet, portal or page. `verified` is true only after a person saw it work over a network."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")] = Field(
        description="small letters, digits and _, at most 40, unique"
    )
    name: Annotated[str, Field(min_length=1)] = Field(description="the full name")
    outlet: Annotated[str, Field(min_length=1)] = Field(description="the short name that people say")
    kind: SourceKind = Field(description="one of the kinds in docs/add-a-source.md")
    home: str | None = Field(None, description="the address of the front page, or leave the line out")
    area: str = Field("", description="the province that it writes about where it names none, e.g. Hải Phòng")
    language: Literal["vi", "en", "zh", "multi"] = Field("vi", description="vi, en, zh or multi")
    enabled: bool = Field(False, description="true or false")
    verified: bool = Field(False, description="true or false; true only after somebody saw it work")
    owner: Annotated[str, Field(min_length=1)] = Field(description="who is told when it falls silent")
    channels: tuple[Channel, ...] = Field((), description="a list of `- kind: … url: …` entries")
    selectors: Selectors = Field(Selectors(), description="see docs/add-a-source.md")
    expect_every_hours: Annotated[int, Field(ge=1, le=2400)] = Field(
        24, description="whole hours without anything new after which it counts as silent, 1 to 2400"
    )
    fetch_pages: bool = Field(True, description="true or false: also fetch the article pages")
    group: str = Field("", description="a name for many like sources; the digest then names them in one line")
    authority: bool = Field(
        False, description="true or false: what it says of itself is official, and is compared with"
    )
    issuer: str = Field("", description="authority: the body that speaks there, if it is not the name")
    note: str = Field("", description="free text")

    @field_validator("home")
    @classmethod
    def _home(cls, value: str | None) -> str | None:
        return value if value is None else _web_address(value)

    @model_validator(mode="after")
    def _speaks_for_itself(self) -> Source:
        if self.issuer and not self.authority:
            raise ValueError("`issuer` belongs to a source with `authority: true`")
        return self
