"""``python -m desk``: the desk as its own process, on this machine's loopback only, until SIGTERM or Ctrl-C.

Exit codes: 0 stopped · 1 the store cannot be used · 2 a setting must be mended.
"""

from __future__ import annotations

import errno
import logging
import socket
import sys
import time

from config.settings import load_settings
from desk import words
from desk.guard import loopback_address
from store.errors import ConfigError, HaidangError

log = logging.getLogger("haidang.desk")


def main() -> int:
    """Serve until stopped; our own errors become one clear line on stderr and an exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        serve()
    except HaidangError as wrong:
        log.error("%s", wrong)
        return 2 if isinstance(wrong, ConfigError) else 1
    return 0


def serve() -> None:
    """Bind first, then open the store. Raises :class:`ConfigError` for a host or port that cannot be had."""
    import uvicorn

    from desk.app import build_app
    from store.blobs import BodyStore
    from store.sqlite import open_store

    settings = load_settings()
    with _bind(loopback_address(settings.desk_host), settings.desk_port) as bound:
        store = open_store(settings.database)
        app = build_app(settings, store, BodyStore(settings.bodies), lambda: time.time_ns() // 1_000_000)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
            timeout_keep_alive=5,
            limit_concurrency=200,
            proxy_headers=False,  # nobody stands in front of a desk without accounts
        )
        log.info("desk at %s (this machine only)", _address(bound))
        uvicorn.Server(config).run(sockets=[bound])


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(128)  # from here on a browser waits instead of being turned away
    except OSError as bad:
        bound.close()
        what = words.PORT_TAKEN if bad.errno == errno.EADDRINUSE else f"{{address}}: {bad.strerror}"
        raise ConfigError(f"desk_port: {port}", what.format(address=f"{host}:{port}"), "see docs/desk.md") from bad
    return bound


def _address(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


if __name__ == "__main__":
    sys.exit(main())
