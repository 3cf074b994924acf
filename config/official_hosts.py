"""Sites of authorities: the shipped list, what a department adds to it, and the home pages of its own sources.

``official_hosts.yml`` in the data folder (``HAIDANG_HOME``) adds to the shipped file. Read strictly: every fault has
its file, its line and its cure, and costs the own file only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from config.settings import SHIPPED
from config.sources import Source
from config.strict import build, compose
from store.errors import ConfigError

FILE = "official_hosts.yml"
GUIDE = "see the head of the shipped config/official_hosts.yml"
_SHARED = ("facebook.com", "youtube.com", "zalo.me")  # an authority's page there makes no site of everybody official
_HOST = r"^[a-z0-9][a-z0-9-]{0,62}(\.[a-z0-9][a-z0-9-]{0,62})+$"

Host = Annotated[str, StringConstraints(pattern=_HOST, max_length=253)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    hosts: dict[Host, Name] = Field(
        default_factory=dict, max_length=500, description="`host: who speaks there` lines, in small letters"
    )
    known: tuple[Host, ...] = Field((), max_length=2000, description="a list of hosts, in small letters")


@dataclass(frozen=True, slots=True)
class OfficialHosts:
    """``hosts``: host → who speaks there; ``known``: hosts that a person has looked at, left alone."""

    hosts: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def with_sources(self, sources: Iterable[Source]) -> OfficialHosts:
        """These and the home pages of the sources that are authorities, watched or not."""
        found = dict(self.hosts)
        for source in sources:
            host = host_of(source.home or "") if source.authority else ""
            if host and not under(host, _SHARED):
                found[host] = source.issuer or source.name
        return OfficialHosts(found, self.known)


def load_official_hosts(home: Path | None = None) -> tuple[OfficialHosts, list[ConfigError]]:
    """The shipped hosts with those of ``HOME/official_hosts.yml``, and what is wrong with that file (then left out).

    Raises :class:`ConfigError` when the shipped file is damaged.
    """
    shipped, errors = _read(SHIPPED / FILE)
    if shipped is None:
        raise errors[0]
    own_path = home / FILE if home else None
    own, errors = _read(own_path) if own_path and own_path.is_file() else (None, [])
    if own is None:
        return OfficialHosts(shipped.hosts, frozenset(shipped.known)), errors
    return OfficialHosts(dict(shipped.hosts) | own.hosts, frozenset((*shipped.known, *own.known))), []


def host_of(url: str) -> str:
    """The host of a web address in small letters, without www.; "" for what is no web address."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or "" if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def under(host: str, of: Iterable[str]) -> bool:
    """Whether a host is one of these or lies under one."""
    return any(host == one or host.endswith("." + one) for one in of)


def _read(path: Path) -> tuple[_File | None, list[ConfigError]]:
    try:
        node = compose(path)
    except ConfigError as bad:
        return None, [bad]
    return build(path, node, _File, {}, GUIDE)
