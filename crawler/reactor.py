"""The reactor on a thread of its own, started once a process: a Twisted reactor cannot be started twice.

So `crawl` may be called again and again (demo, tests), and the calling thread stays free to be the writer.
"""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any

_PATH = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def submit(work: Coroutine[Any, Any, None]) -> Future[None]:
    """Run a coroutine on the reactor's thread."""
    return asyncio.run_coroutine_threadsafe(work, loop())


def loop() -> asyncio.AbstractEventLoop:
    """The running reactor's event loop; starts it at the first call."""
    global _loop  # noqa: PLW0603 - one reactor a process is Twisted's rule
    with _lock:
        if _loop is None:
            started: Future[asyncio.AbstractEventLoop] = Future()
            threading.Thread(target=_run, args=(started,), name="reactor", daemon=True).start()
            _loop = started.result(timeout=30)
        return _loop


def _run(started: Future[asyncio.AbstractEventLoop]) -> None:
    try:
        from scrapy.utils.reactor import install_reactor

        install_reactor(_PATH)
        from twisted.internet import reactor as installed

        reactor: Any = installed  # the module is the reactor itself; its types are those of an interface
        daemon = functools.partial(threading.Thread, daemon=True)  # its helpers must not keep the process alive
        reactor.getThreadPool().threadFactory = daemon
        reactor.callLater(0, lambda: started.set_result(asyncio.get_running_loop()))
        reactor.run(installSignalHandlers=False)
    except BaseException as bad:
        if not started.done():
            started.set_exception(bad)
        raise
