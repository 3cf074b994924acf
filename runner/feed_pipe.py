"""``haidang feed FILE|URL --json``: one JSON line an entry, the feed itself last. A public contract (docs/feed.md).

It says what the feed says: nothing is judged, refused for its date or stored.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from crawler import dates, feeds
from crawler.feed_entry import LONGEST_LINK, Fault, Raw, RawFeed, absolute, given_link
from crawler.text import plain
from crawler.urls import LOCAL, canonical
from lang.text import nfc
from store.errors import HaidangError, InputError

LARGEST = 10_000_000
"""Bytes of a feed that are read: the crawler's own limit."""

Fetch = Callable[[str], tuple[bytes, str | None, str]]


def run(target: str, out: BinaryIO, err: TextIO, fetch: Fetch) -> int:
    """Print the feed at ``target`` (a file, `-` for stdin, or an http(s) address); the exit code.

    ``fetch(url)`` gives body, content type and final address, and raises :class:`HaidangError` where it cannot.
    0: a feed, also with problems, which the last line names · 1: it could not be fetched · 2: no feed, or no
    such file. The last line is printed in every case.
    """
    try:
        body, content_type, base = _obtain(target, fetch)
    except InputError as wrong:
        return _refuse(out, err, "unreadable", str(wrong), 2)
    except HaidangError as wrong:
        return _refuse(out, err, "not_fetched", f"không tải được {target}: {wrong}", 1)
    raw = feeds.read_raw(body, content_type, strict_first=False)
    if isinstance(raw, str):
        hint = "cần tệp hoặc địa chỉ của RSS, Atom hay JSON Feed"
        return _refuse(out, err, "not_a_feed", raw, 2, f"{target}: {raw} — {hint}")
    link = _link_of(base, raw)
    telling = _Telling(base or link, raw.language or None, list(raw.faults))
    for position, item in enumerate(raw.items):
        if line := telling.entry(position, item):
            _print(out, line)
    about = {"title": plain(raw.title), "link": link, "language": raw.language or None}
    _print(out, about | {"problems": [_problem(fault) for fault in telling.faults]})
    return 0


def _obtain(target: str, fetch: Fetch) -> tuple[bytes, str | None, str | None]:
    if target.startswith(("http://", "https://")):
        return fetch(target)
    try:
        if target == "-":
            body = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(target).open("rb") as file:
                body = file.read(LARGEST + 1)
    except (OSError, ValueError) as bad:
        why = getattr(bad, "strerror", None) or str(bad)
        raise InputError(f"không đọc được tệp {target!r}: {why}; kiểm tra lại đường dẫn") from bad
    if len(body) > LARGEST:
        raise InputError(f"{target}: quá {LARGEST:,} byte; không nguồn tin nào lớn như vậy")
    return body, None, None


def _refuse(out: BinaryIO, err: TextIO, code: str, message: str, status: int, told: str | None = None) -> int:
    err.write(f"{told or message}\n")
    problems = [_problem(Fault(-1, code, message))]
    _print(out, {"title": "", "link": None, "language": None, "problems": problems})
    return status


def _link_of(base: str | None, raw: RawFeed) -> str | None:
    try:
        found = absolute(base or "", raw.link.strip()) if raw.link.strip() else ""
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None


@dataclass
class _Telling:
    """What has been said so far: the entries' identities, and the problems."""

    base: str | None
    language: str | None = None
    faults: list[Fault] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    whole: set[tuple[str, str, str]] = field(default_factory=set)

    def entry(self, position: int, raw: Raw) -> dict[str, Any] | None:
        """The line of one entry; None for what is told already or is no entry."""
        self.faults += [Fault(position, *fault) for fault in raw.more.faults]
        if raw.more.skip:
            return None
        title = plain(raw.title)
        summary = nfc(raw.summary) if raw.more.plain_text else plain(raw.summary)
        url = self._url(position, raw, title)
        if self._repeats(position, raw.id.strip(), (url or "", title, summary)):
            return None
        if not title:
            self._fault(position, "no_title", "the entry has no title")
        published = raw.published or raw.created
        if not published and not raw.updated:
            self._fault(position, "no_date", f"the entry {title[:80]!r} has no date")
        return {
            "id": raw.id.strip() or None,
            "url": url,
            "title": title,
            "summary": summary,
            "published": self._moment(position, published),
            "updated": self._moment(position, raw.updated),
            "author": plain(raw.more.author) or None,
            "categories": [name for name in map(plain, raw.more.categories) if name],
            "enclosures": [self._enclosure(*each) for each in raw.more.enclosures],
            "language": raw.more.language or self.language,
        }

    def _fault(self, position: int, code: str, message: str) -> None:
        self.faults.append(Fault(position, code, message))

    def _url(self, position: int, raw: Raw, title: str) -> str | None:
        link = given_link(raw)
        if not link:
            self._fault(position, "no_link", f"the entry {title[:80]!r} has no link")
            return None
        try:
            if len(link) > LONGEST_LINK:
                raise InputError(f"the link {link[:80]!r}… has {len(link):,} characters")
            url = absolute(self.base or "", link)
            if not self.base and "://" not in url and ":" not in url.split("/")[0]:
                self._fault(position, "relative_link", f"{link[:200]!r} is relative, and the feed names no address")
                return link
            canonical(url)  # says why it is no address of the web
        except (InputError, ValueError) as bad:
            self._fault(position, "bad_link", f"{bad}; kept without")
            return None
        return url

    def _repeats(self, position: int, its_id: str, whole: tuple[str, str, str]) -> bool:
        url = whole[0]
        first = self.told.get(its_id) if its_id else None
        if whole in self.whole or (first is not None and first == url):
            self._fault(position, "duplicate_entry", f"{its_id[:120] or url!r} is listed twice; the first is kept")
            return True
        self.whole.add(whole)
        if first is not None:
            words = f"the id {its_id[:120]!r} was given to {first or 'an entry without link'} before"
            self._fault(position, "duplicate_id", words)
        elif its_id:
            self.told[its_id] = url
        return False

    def _moment(self, position: int, given: str) -> str | None:
        read = dates.parse(given) if given else None
        try:
            if read is not None:
                moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=read[0])
                return moment.astimezone(LOCAL).isoformat(timespec="seconds")
        except OverflowError:
            pass  # the year 1, east of Greenwich: said below
        if given:
            self._fault(position, "date_unreadable", f"the date {given[:60]!r} cannot be read; left out")
        return None

    def _enclosure(self, url: str, kind: str, length: str) -> dict[str, Any]:
        try:
            whole = absolute(self.base or "", url.strip())
        except ValueError:
            whole = url.strip()
        size = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None
        return {"url": whole, "type": kind or None, "length": size}


def _problem(fault: Fault) -> dict[str, Any]:
    return {"position": fault.position, "code": fault.code, "message": fault.message}


def _print(out: BinaryIO, value: dict[str, Any]) -> None:
    out.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
