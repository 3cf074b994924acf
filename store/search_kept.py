"""Searches that people keep: under a name, by somebody who can be asked, run and dropped by that name."""

from __future__ import annotations

from pathlib import Path

from lang.text import nfc
from store.api import Store
from store.errors import InputError
from store.model import SavedSearch
from store.people import named_person
from store.search_ask import Asked, request_of

LONGEST_NAME = 80
MOST = 200  # kept at one time: more is an archive, not a list to run


def keep(
    store: Store, name: str, by: str, asked: Asked, tz: str, now: int, *, home: Path | None = None,
    called: tuple[str, str] = ("tên", "người lưu"),
) -> SavedSearch:  # fmt: skip
    """Keep a search under a name; ``called``: how the two fields are called where they were filled in.

    Raises :class:`InputError` for a name that is taken, empty or too long, a person without a full name, and a search
    that says nothing or cannot be run.
    """
    of_name, of_person = called
    clean = " ".join(nfc(name).split())
    if not clean or len(clean) > LONGEST_NAME or not clean.isprintable():
        raise InputError(f"{of_name}: đặt tên từ 1 đến {LONGEST_NAME} ký tự")
    person = named_person(by, of_person)
    request_of(store, asked, tz, home=home)  # what cannot be run is not kept
    if not asked.to_json():
        raise InputError(f"{of_name}: chưa có gì để tìm")
    if len(store.saved_searches()) >= MOST:
        raise InputError(f"{of_name}: đã lưu {MOST} lần tìm; bỏ bớt rồi lưu lại")
    kept = SavedSearch(SavedSearch.make_id(clean, person, now), clean, asked.to_json(), person, now)
    with store.transaction() as tx:
        if not tx.add_saved_search(kept):
            raise InputError(f"{of_name}: đã có lần tìm tên {clean!r}; dùng tên khác hoặc bỏ lần tìm đó trước")
    return kept


def kept_named(store: Store, name: str) -> SavedSearch:
    """The kept search of that name. Raises :class:`InputError` naming those that there are."""
    clean = " ".join(nfc(name).split())
    kept = store.saved_searches()
    for one in kept:
        if one.name == clean:
            return one
    raise InputError(f"chưa lưu lần tìm nào tên {clean!r}; có: {', '.join(one.name for one in kept) or 'chưa có'}")


def forget(store: Store, name: str, now: int) -> SavedSearch:
    """Keep it no longer; its row stays."""
    one = kept_named(store, name)
    with store.transaction() as tx:
        tx.remove_saved_search(one.id, now)
    return one
