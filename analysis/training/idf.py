"""Make `analysis/models/idf.npz`: document frequencies of hashed terms in recorded feed items.

    python -m analysis.training.idf ../shared/press/feeds/items_2025-08_2026-05.jsonl.xz --before 2026-05-01

Unsupervised. Items from ``--before`` on are left out, so the story labels (May 2026) are measured with a table that
has never seen their words. Only hashes and one number each are written: no text can be read back from the table,
and a term of fewer than five documents is not in it at all.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from analysis.terms import Hashes, pair_hashes, tokens

TABLE = Path(__file__).resolve().parent.parent / "models" / "idf.npz"
_CHUNK = 5_000_000  # hashes counted at once: about 40 MB


def texts(path: Path, before: str) -> Iterator[tuple[str, str]]:
    """Title and summary of each distinct item first fetched before that ISO day."""
    seen: set[int] = set()
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            text = (item["title"], item["summary"] or "")
            if item["first_fetched"] < before and hash(text) not in seen:
                seen.add(hash(text))
                yield text


def distinct_terms(parts: tuple[str, ...]) -> Hashes:
    """The syllables and pairs of one item, each once."""
    found = []
    for part in parts:
        syllables, _ = tokens(part)
        found += [syllables, pair_hashes(syllables[:-1], syllables[1:])]
    return np.unique(np.concatenate(found))


def count(path: Path, before: str) -> tuple[int, Hashes, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Documents, sorted term hashes and the number of documents of each."""
    documents = 0
    hashes, counts = np.empty(0, np.uint64), np.empty(0, np.int64)
    waiting: list[Hashes] = []
    size = 0
    for parts in texts(path, before):
        documents += 1
        waiting.append(distinct_terms(parts))
        size += len(waiting[-1])
        if size > _CHUNK:
            hashes, counts = _merge(hashes, counts, waiting)
            waiting, size = [], 0
    hashes, counts = _merge(hashes, counts, waiting)
    return documents, hashes, counts


def _merge(
    hashes: Hashes, counts: np.ndarray[tuple[int], np.dtype[np.int64]], more: list[Hashes]
) -> tuple[Hashes, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    new, new_counts = np.unique(np.concatenate(more) if more else np.empty(0, np.uint64), return_counts=True)
    union, at = np.unique(np.concatenate([hashes, new]), return_inverse=True)
    total = np.bincount(at, weights=np.concatenate([counts, new_counts]), minlength=len(union))
    return union, total.astype(np.int64)


def main() -> None:
    """Count, drop what is rarer than ``--least`` documents, write."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("items", type=Path)
    ask.add_argument("--before", default="2026-05-01")
    ask.add_argument("--least", type=int, default=5)
    ask.add_argument("--out", type=Path, default=TABLE)
    want = ask.parse_args()
    documents, hashes, counts = count(want.items, want.before)
    keep = counts >= want.least
    worth = np.log(documents / counts[keep]).astype(np.float16)
    # a term below the limit was seen in 0..4 items: counted as 1.5
    unseen = np.float32(np.log(documents / 1.5))
    np.savez(want.out, hashes=hashes[keep], idf=worth, unseen=unseen)
    print(f"{documents} items, {len(hashes)} terms, {int(keep.sum())} kept, {want.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
