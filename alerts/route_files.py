"""The router of an installation, read from the files that a department edits; read again when one of them changes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from alerts.route import Router
from config.contacts import load_contacts
from config.offices import load_offices
from config.routing import load_routing
from store.errors import ConfigError

FILES = ("offices.yml", "contacts.yml", "routing.yml", "topics.yml")


def load_router(home: Path) -> tuple[Router, tuple[ConfigError, ...]]:
    """(the router, every fault in those files): what is faulty is left out, as each loader says."""
    return _loaded(home, tuple(_signature(home / name) for name in FILES))


def _signature(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_mtime_ns, about.st_size


@lru_cache(maxsize=4)
def _loaded(home: Path, signature: tuple[tuple[int, int], ...]) -> tuple[Router, tuple[ConfigError, ...]]:
    offices, of_offices = load_offices(home)
    contacts, of_contacts = load_contacts(home)
    rules, of_rules = load_routing(home)
    return Router(rules, offices, contacts), (*of_offices, *of_contacts, *of_rules)
