"""The crawl process: the spider of crawler/ with this installation's store, sources and clock."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

from runner.deps import Deps


def run_crawl(deps: Deps, *, until_idle: bool = False, on_idle: Callable[[], bool] | None = None) -> Any:
    """Crawl until stopped by a signal, or until nothing is due. Returns crawler.spider.CrawlStats."""
    from crawler.due import sync_channels
    from crawler.spider import crawl

    sources = deps.tools.sources
    sync_channels(deps.store, sources, deps.now())
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    idle = on_idle or ((lambda: False) if until_idle else None)
    return crawl(deps.store, deps.bodies, deps.settings, sources, now=deps.now, on_idle=idle, stop=stop)
