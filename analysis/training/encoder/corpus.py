"""Text for pretraining, streamed: feed items as (title, lead), article bodies as passages. No labels are read.

Gold items and whole-article gold are left out by address or id, so that figures on them stay honest.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path

from lang.text import nfc

_TAG = re.compile(r"<[^>]{0,500}>")
PASSAGE = 110  # syllables: a passage fills one sequence
LEAST = 12


def held_out(labels: Path) -> set[str]:
    """Addresses of the gold items and ids of the whole gold articles."""
    kept = set()
    for line in (labels / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        kept.add(json.loads(line)["url"])
    for line in (labels / "full_dev.jsonl").read_text(encoding="utf-8").splitlines():
        kept.add(str(json.loads(line)["id"]))
    return kept


def feed_items(press: Path, without: set[str]) -> Iterator[tuple[str, str]]:
    """(title, lead) of each recorded feed item, each title once."""
    seen: set[str] = set()
    with lzma.open(press / "feeds" / "items_2025-08_2026-05.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            title = nfc(row["title"] or "")
            if row["url"] in without or not title or title in seen:
                continue
            seen.add(title)
            yield title, nfc(_TAG.sub(" ", row["summary"] or ""))


def passages(press: Path, without: set[str]) -> Iterator[str]:
    """Runs of about :data:`PASSAGE` syllables of article bodies (2017 and older)."""
    texts = press / "texts"
    for name in ("baomoi_2017.txt.xz", "vntc8.txt.xz"):
        with lzma.open(texts / name, "rt", encoding="utf-8") as lines:
            yield from _passages(lines)
    with lzma.open(texts / "baomoi_2017_education_and_haiphong.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if str(row.get("id")) not in without:
                body = "\n".join(str(row.get(k) or "") for k in ("title", "summary", "text", "body", "content"))
                yield from _passages(body.splitlines())


def _passages(lines: Iterator[str] | list[str]) -> Iterator[str]:
    held: list[str] = []
    for line in lines:
        words = nfc(line[:200_000]).split()
        if not words:
            if len(held) >= LEAST:
                yield " ".join(held)
            held = []
            continue
        held += words
        while len(held) >= PASSAGE:
            yield " ".join(held[:PASSAGE])
            held = held[PASSAGE:]
    if len(held) >= LEAST:
        yield " ".join(held)
