"""Read the town from ``town/*.yml`` and its truth from ``town/truth.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from demo.model import Article, Feed, Outlet, Truth, Version, to_local, to_ms
from lang.text import fold

TOWN = Path(__file__).resolve().parent / "town"
SOURCES = Path(__file__).resolve().parent / "sources"
"""Source files for the product's crawler, one an outlet: the value of ``sources_dir``."""

Row = Mapping[str, Any]


@cache
def load_town(folder: Path = TOWN) -> tuple[Article, ...]:
    """Every article, oldest first; a reprint takes its text from the article it names, edits applied.

    Raises ``ValueError`` naming the key when an edit finds nothing to change or a key is used twice.
    """
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yml"))]
    rows = [(_outlet(file["outlet"]), row) for file in files for row in file["articles"]]
    by_key: dict[str, Article] = {}
    # reprints last: their text comes from an article of another file
    for outlet, row in sorted(rows, key=lambda pair: "reprint_of" in pair[1]):
        if row["key"] in by_key:
            raise ValueError(f"{row['key']}: this key is used twice")
        by_key[row["key"]] = _article(outlet, row, by_key)
    return tuple(sorted(by_key.values(), key=lambda article: (article.appears_at, article.key)))


def load_truth(folder: Path = TOWN) -> dict[str, Truth]:
    """The truth table by article key."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: _truth(row) for row in csv.DictReader(file)}


def _truth(row: dict[str, str]) -> Truth:
    plain = {name: value for name, value in row.items() if name not in ("day", "must")}
    return Truth(**plain, day=date.fromisoformat(row["day"]), must=row["must"] == "true")


def _outlet(row: Row) -> Outlet:
    feeds = tuple(Feed(**{**feed, "sections": tuple(feed.get("sections", ()))}) for feed in row["feeds"])
    down = row.get("down")
    return Outlet(
        id=row["id"],
        name=row["name"],
        short=row["short"],
        host=row["host"],
        kind=row["kind"],
        language=row["language"],
        layout=row["layout"],
        url=row["url"],
        feeds=feeds,
        robots=None if row["robots"] is None else tuple(row["robots"]),
        down=(_at(down[0]), _at(down[1])) if down else None,
        gzip=row.get("gzip", False),
        comments=tuple(row.get("comments", ())),
    )


def _article(outlet: Outlet, row: Row, known: Mapping[str, Article]) -> Article:
    first = _reprint(row, known[row["reprint_of"]]) if "reprint_of" in row else _version(row)
    gone = row.get("gone")
    return Article(
        key=row["key"],
        outlet=outlet,
        section=row["section"],
        path=_path(outlet, row["section"], first),
        versions=(first, *(_version(later) for later in row.get("versions", ()))),
        published=_published(row),
        has_link=row.get("link", True),
        html=row.get("html", False),
        gone_at=_at(gone["at"]) if gone else None,
        gone_status=gone["status"] if gone else 404,
        reprint_of=row.get("reprint_of"),
    )


def _version(row: Row) -> Version:
    return Version(_at(row["at"]), row["title"], row["lead"], tuple(row["body"]))


def _reprint(row: Row, original: Article) -> Version:
    """The original's text as it stood when it was taken over, with the editor's small changes."""
    at = _at(row["at"])
    source = original.version(at)
    text = "\n".join(source.body)
    for edit in row["edits"]:
        if edit["from"] not in text:
            raise ValueError(f"{row['key']}: “{edit['from']}” is not in {original.key}")
        text = text.replace(edit["from"], edit["to"], 1)
    return Version(at, row["title"], source.lead, tuple(text.split("\n")))


def _published(row: Row) -> int | None:
    stated = row.get("stated", row["at"])
    return None if stated == "none" else _at(stated)


def _at(text: str) -> int:
    return to_ms(datetime.strptime(text, "%Y-%m-%d %H:%M"))  # noqa: DTZ007 — local by definition


def slug(words: str, most: int = 10) -> str:
    """`Hải Phòng: 12 trường` → `hai-phong-12-truong`, at most ``most`` parts."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(words))[:most])


def _path(outlet: Outlet, section: str, first: Version) -> str:
    number = f"{to_local(first.at):%y%m%d%H%M}"
    return outlet.url.format(section=slug(section), slug=slug(first.title), id=number)


def outlets(articles: Iterable[Article]) -> dict[str, Outlet]:
    """The outlets of these articles by host."""
    return {article.outlet.host: article.outlet for article in articles}
