"""The crawl process: the spider of crawler/ with this installation's store, sources and clock."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from runner.deps import Deps
from store.model import Fetch

if TYPE_CHECKING:
    from crawler.spider import CrawlStats


def run_crawl(
    deps: Deps,
    *,
    until_idle: bool = False,
    on_idle: Callable[[], bool] | None = None,
    on_fetch: Callable[[Fetch], None] | None = None,
) -> CrawlStats:
    """Crawl until stopped by a signal, or until nothing is due."""
    from crawler.spider import crawl

    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    idle = on_idle or ((lambda: False) if until_idle else None)
    return crawl(
        deps.store,
        deps.bodies,
        deps.settings,
        lambda: deps.tools.sources,
        now=deps.now,
        on_idle=idle,
        on_fetch=on_fetch,
        stop=stop,
    )
