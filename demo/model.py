"""The words of the demonstration town: outlets, articles as they stood at a time, and what must become of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import takewhile

LOCAL = timezone(timedelta(hours=7), "+07")
"""Asia/Ho_Chi_Minh has had no change of clock since 1975, so a fixed offset is exact here."""

DIGEST_AT = timedelta(hours=6, minutes=30)


def to_ms(local: datetime) -> int:
    """Milliseconds UTC of a naive local time of the town."""
    return int(local.replace(tzinfo=LOCAL).timestamp()) * 1000


def to_local(at: int) -> datetime:
    """Local time of milliseconds UTC."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(LOCAL)


def digest_day(seen_at: int) -> date:
    """The day D whose window (D−1 06:30, D 06:30] holds ``seen_at``."""
    local = to_local(seen_at)
    due = datetime.combine(local.date(), datetime.min.time(), LOCAL) + DIGEST_AT
    return local.date() if local <= due else local.date() + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed address of an outlet, with the oddities that it serves on purpose."""

    path: str
    sections: tuple[str, ...] = ()  # empty = every section
    format: str = "rss"  # rss · atom
    encoding: str = "utf-8"
    dates: str = "rfc822"  # rfc822 · gmt7 (a zone no standard knows) · dmy (day first, no zone)
    html: bool = False  # the description wraps the sapo in markup
    track: str = ""  # a query string added to every link


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented outlet: a host of its own under ``.example`` (reserved, never on the network)."""

    id: str
    name: str
    short: str
    host: str
    kind: str
    language: str
    layout: str
    url: str  # pattern of an article's path
    feeds: tuple[Feed, ...]
    robots: tuple[str, ...] | None  # None: no robots.txt (404)
    down: tuple[int, int] | None = None  # 503 from … until …, ms UTC
    gzip: bool = False
    comments: tuple[str, ...] = ()  # readers' comments below every article

    def is_down(self, now: int) -> bool:
        """Whether every address answers 503 at ``now``."""
        return self.down is not None and self.down[0] <= now < self.down[1]


@dataclass(frozen=True, slots=True)
class Version:
    """The text of an article from ``at`` on."""

    at: int
    title: str
    lead: str
    body: tuple[str, ...]

    @property
    def words(self) -> int:
        """Words of the body, split at white space."""
        return sum(len(paragraph.split()) for paragraph in self.body)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the town; ``versions[0].at`` is when it appears."""

    key: str
    outlet: Outlet
    section: str
    path: str
    versions: tuple[Version, ...]
    published: int | None  # as the outlet states it; None: no date anywhere
    has_link: bool = True
    html: bool = False  # markup inside the feed's description
    gone_at: int | None = None
    gone_status: int = 404
    reprint_of: str | None = None

    @property
    def appears_at(self) -> int:
        """When the outlet puts it out."""
        return self.versions[0].at

    @property
    def visible_at(self) -> int:
        """When anybody can first fetch it: later than it appears if the outlet is down then."""
        down = self.outlet.down
        return down[1] if down and down[0] <= self.appears_at < down[1] else self.appears_at

    @property
    def url(self) -> str:
        """The address without any tracking."""
        return f"http://{self.outlet.host}{self.path}"

    def is_gone(self, now: int) -> bool:
        """Whether the outlet has taken it down."""
        return self.gone_at is not None and now >= self.gone_at

    def listed(self, now: int) -> bool:
        """Whether feeds and front pages show it at ``now``."""
        return self.appears_at <= now and not self.is_gone(now)

    def version(self, now: int) -> Version:
        """The text as it stands at ``now``."""
        return list(takewhile(lambda version: version.at <= now, self.versions))[-1]

    def changed_at(self, now: int) -> int:
        """The last change that a reader at ``now`` could notice."""
        return self.gone_at if self.is_gone(now) and self.gone_at else self.version(now).at


@dataclass(frozen=True, slots=True)
class Truth:
    """What must become of one article (``town/truth.csv``); ``must`` is false where people may disagree."""

    key: str
    outlet: str
    edu: str
    hp: str
    part: str
    day: date
    story: str
    relation: str
    tone: str
    stance: str
    rumour: str
    must: bool
