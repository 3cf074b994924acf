"""The article that a person means: by its id, by any of its addresses, as printed or as it is spelled here."""

from __future__ import annotations

from crawler.urls import canonical
from runner.deps import Deps
from store.errors import InputError
from store.model import Article


def find(deps: Deps, target: str) -> Article | None:
    """``target``: public id, URL as found, canonical URL, or another address that the article is known under."""
    if found := deps.store.find_article(target):
        return found
    try:
        address = canonical(target)
    except InputError:  # no web address: then it is nothing that we could have seen
        return None
    if found := deps.store.find_article(address):
        return found
    known = deps.store.aliases([address])
    return deps.store.articles(list(known.values())).get(known[address]) if address in known else None
