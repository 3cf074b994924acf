"""``haidang sources add URL``: look at a site, try what it offers, keep the best as a source file of one's own."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from config.loader import load_sources, same_address
from config.settings import Settings
from config.sources import Channel, Source
from crawler.channels.sites import site_of
from crawler.discover import Candidate
from runner.sources_look import LOG_IN, look
from runner.sources_probe import probe
from runner.sources_report import ChannelReport
from runner.sources_words import outcome_words
from store.errors import InputError
from store.model import Fetch

DAY_MS = 24 * 3600 * 1000
STALE_MS = 60 * DAY_MS
"""A feed whose newest entry is older was left behind, however well it answers."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One candidate and how it answered; the lower ``rank``, the better."""

    candidate: Candidate
    report: ChannelReport
    rank: int


@dataclass(frozen=True, slots=True)
class Found:
    """A site as it was found: ``tried`` has the working candidates, best first, and then the others."""

    url: str
    name: str
    language: str
    tried: tuple[Tried, ...]

    @property
    def working(self) -> list[Tried]:
        """Those that show something."""
        return [one for one in self.tried if one.report.entries]


def explore(
    settings: Settings,
    url: str,
    *,
    now: Callable[[], int],
    replaces: str = "",
    say: Callable[[str], None] = lambda _: None,
) -> Found:
    """Look at ``url``, then try each candidate. Raises :class:`InputError`: nothing there may or can be watched, or a
    source (other than ``replaces``) watches it already."""
    say(f"Xem {url} và robots.txt …")
    seen = look(settings, url, now)
    wanted = _new_ones(settings, seen.candidates, replaces)
    time.sleep(seen.gap_s)  # the next session knows nothing of this one's last request
    say(f"Thử {len(wanted)} địa chỉ, lần lượt và giãn cách …")
    channels = tuple(Channel(kind=c.kind, url=c.url) for c in wanted)
    trial = Source(id="x", name="x", outlet="x", kind="manual_entry", owner="x", channels=channels)
    (report,) = probe(settings, [trial], now=now, on_fetch=lambda fetch: say(f"  {_told(fetch)}"))
    at = now()
    tried = [Tried(c, r, _rank(c, r, at)) for c, r in zip(wanted, report.channels, strict=True)]
    tried.sort(key=lambda one: one.rank)  # stable: the order of the candidates decides between equals
    found = Found(seen.url, seen.name, seen.language, tuple(tried))
    if not found.working and seen.closed:
        raise InputError(f"{url}: {LOG_IN}")
    return found


def _new_ones(settings: Settings, offered: Sequence[Candidate], replaces: str) -> list[Candidate]:
    """Those that no source watches; raises where that is what the site itself names first."""
    sources, _ = load_sources(settings)
    watched = {
        same_address(channel.url): source
        for source in sources.values()
        if source.enabled and source.id != replaces
        for channel in source.channels
    }
    kept = [c for c in offered if same_address(c.url) not in watched]
    named = [c for c in offered if c.found in ("itself", "page") and same_address(c.url) in watched]
    if named and (not kept or named[0] is offered[0]):
        source = watched[same_address(named[0].url)]
        raise InputError(f"{named[0].url} đã được theo dõi bởi nguồn {source.id} ({source.outlet}); xem `sources test`")
    if not kept:
        raise InputError("không thấy địa chỉ nào để thử; thử địa chỉ của chuyên mục giáo dục thay vì trang chủ")
    return kept


def _rank(candidate: Candidate, report: ChannelReport, at: int) -> int:
    """Feeds with dates, news sitemaps, feeds without dates, listings; what was left behind, then what shows nothing."""
    count = len(report.entries)
    if not count:
        return 9
    newest = report.newest
    if newest is not None and at - newest.at > STALE_MS:
        return 7
    dated = report.dated * 2 >= count
    if candidate.kind == "feed" and dated:
        return 0 if candidate.about_education else 1
    if candidate.kind == "sitemap":
        return 2 if dated else 4
    return 3 if candidate.kind == "feed" else 5


def _told(fetch: Fetch) -> str:
    return f"{outcome_words(fetch)} · {fetch.url}"


def stands_for(url: str, sources: Mapping[str, Source]) -> Source | None:
    """The source of this very host that is off: it was waiting for an address, so the new file fills it."""
    host = _host(url)
    waiting = [s for s in sources.values() if not s.enabled and _host(s.home or "") == host]
    return waiting[0] if len(waiting) == 1 else None


def neighbours(url: str, sources: Mapping[str, Source]) -> list[str]:
    """Ids of sources that watch this very host already."""
    host = _host(url)
    on = [s for s in sources.values() if s.enabled]
    return [s.id for s in on if any(_host(at) == host for at in [s.home or "", *(c.url for c in s.channels)])]


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower().removeprefix("www.")
    except ValueError:  # a file may say anything; the guard refuses it when it is asked
        return ""


def proposed_id(url: str, taken: Mapping[str, object]) -> str:
    """`tin.bencang.example` → `tin_bencang`, with a number where that is taken."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    site = site_of(url)
    inner = host.removesuffix(site).rstrip(".")
    name = host if re.fullmatch(r"[\d.]+", host) else "_".join(filter(None, [inner, site.partition(".")[0]]))
    base = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:36] or "nguon"
    return next(i for i in [base, *(f"{base}_{n}" for n in range(2, 100))] if i not in taken)
