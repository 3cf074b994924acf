"""What a stage may use. ``Tools`` (models, sources) is all that ``work`` sees; the store stays outside of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from config.settings import Settings
from store.api import Store
from store.blobs import BodyStore

if TYPE_CHECKING:
    from analysis.judge import Judge
    from analysis.stories import Grouper
    from config.book import SourceBook
    from config.official_hosts import OfficialHosts
    from config.sources import Source
    from runner.checking_hosts import HostsBook
    from runner.checking_library import LibraryCache
    from runner.checking_models import BesideModels

Clock = Callable[[], int]
log = logging.getLogger("haidang.judge")


def wall_clock() -> int:
    """Milliseconds UTC, now."""
    return time.time_ns() // 1_000_000


class Tools:
    """Models and configuration, each loaded when first used (the CLI starts in half a second)."""

    def __init__(self, settings: Settings, now: Clock) -> None:
        self.settings, self.now = settings, now

    @cached_property
    def judge(self) -> Judge:
        """The judge with the topics, offices, accepted weights and chosen encoders of this installation.

        Their files are read once: a change counts from the next start, so that one run says one version.
        """
        from runner.judging import load_judge
        from runner.models_state import recorder

        judge, bad, warning = load_judge(self.settings.home, recorder(self.settings.home, self.now))
        for error in bad:
            log.error("%s", error)
        if warning:
            log.warning("%s", warning)
        return judge

    @cached_property
    def grouper(self) -> Grouper:
        """The grouping rules and their table of term weights."""
        from analysis.stories import Grouper

        return Grouper.load()

    @cached_property
    def library(self) -> LibraryCache:
        """The reference library; only a stage's `load` asks for it, with the store in hand."""
        from runner.checking_library import LibraryCache

        return LibraryCache()

    @cached_property
    def beside(self) -> BesideModels:
        """What stands beside the rules of the check, of ``models.yml``; read once."""
        from runner.checking_models import load_beside
        from runner.models_state import recorder

        return load_beside(self.settings.home, recorder(self.settings.home, self.now))

    @property
    def official_hosts(self) -> OfficialHosts:
        """Sites of authorities, shipped and the department's own as its file says now. Those of sources are added per
        batch."""
        return self.hosts_book.current()

    @cached_property
    def hosts_book(self) -> HostsBook:
        """The list of those sites, read again when its file changes."""
        from runner.checking_hosts import HostsBook

        return HostsBook(self.settings.home)

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources as their files say now; a bad file is reported by `haidang doctor` and on the log, not fatal."""
        return self.book.sources()

    @cached_property
    def book(self) -> SourceBook:
        """The source files, read again when they change."""
        from config.book import SourceBook

        return SourceBook(self.settings)


@dataclass(frozen=True)
class Deps:
    """Built once by the CLI (or a test) and passed in."""

    store: Store
    bodies: BodyStore
    settings: Settings
    tools: Tools
    now: Clock
    recipients: tuple[str, ...] = ()
    deliver: bool = True  # False: whatever contacts.yml says, no digest is mailed to anybody


def make_deps(settings: Settings, now: Clock = wall_clock, *, deliver: bool = True) -> Deps:
    """Open the store of this installation. ``deliver=False``: digests are built, nobody is written to."""
    from store.sqlite import open_store

    return Deps(
        store=open_store(settings.database),
        bodies=BodyStore(settings.bodies),
        settings=settings,
        tools=Tools(settings, now),
        now=now,
        recipients=settings.recipients if deliver else (),
        deliver=deliver,
    )
