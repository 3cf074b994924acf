"""The tokenizer: byte-pair merges over lower-cased syllables, learned from the press; and token arrays on disk."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.encoder.own_text import CLS, SEP, SPECIAL, UNKNOWN, cases, plain
from analysis.training.encoder.corpus import feed_items, held_out, passages

SIZE = 12_000


def learn(texts: Iterable[str], size: int = SIZE) -> Any:
    """A `tokenizers.Tokenizer` over lower-cased text."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE(unk_token=UNKNOWN))
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=False)]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=size, min_frequency=8, special_tokens=list(SPECIAL), limit_alphabet=400, show_progress=False
    )
    made.train_from_iterator(texts, trainer)
    return made


def encoded(tokenizer: Any, parts: Iterable[tuple[str, ...]]) -> Iterator[tuple[list[int], list[int], list[int]]]:
    """(ids, cases, segments) of each item: [CLS] first part [SEP] second part [SEP]."""
    cls, sep = tokenizer.token_to_id(CLS), tokenizer.token_to_id(SEP)
    batches = itertools.batched(parts, 512) if hasattr(itertools, "batched") else _batched(parts, 512)
    for batch in batches:
        flat = [text for item in batch for text in item]
        cut = iter(tokenizer.encode_batch([plain(t) for t in flat], add_special_tokens=False))
        texts = iter(flat)
        for item in batch:
            ids, case, segment = [cls], [0], [0]
            for number in range(len(item)):
                found, text = next(cut), next(texts)
                ids += [*found.ids, sep]
                case += [*cases(text, found.offsets), 0]
                segment += [number] * (len(found.ids) + 1)
            yield ids, case, segment


def _batched(parts: Iterable[tuple[str, ...]], size: int) -> Iterator[tuple[tuple[str, ...], ...]]:
    it = iter(parts)
    while batch := tuple(itertools.islice(it, size)):
        yield batch


def rows(tokenizer: Any, parts: Iterable[tuple[str, ...]], length: int = 128) -> NDArray[np.uint16]:
    """Token rows (n, 3, length) uint16: items one behind the other, cut to full rows."""
    stream: list[NDArray[np.uint16]] = [np.array(found, np.uint16) for found in encoded(tokenizer, parts)]
    whole = np.concatenate(stream, axis=1)
    kept = whole.shape[1] // length * length
    return np.ascontiguousarray(whole[:, :kept].reshape(3, -1, length).transpose(1, 0, 2))


def main() -> None:
    """Learn the tokenizer and write the token rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--press", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    without = held_out(chosen.labels)
    items = list(feed_items(chosen.press, without))
    bodies = list(passages(chosen.press, without))
    print(f"{len(items)} items, {len(bodies)} passages")
    sample = [plain(f"{t} {s}") for t, s in items] + [plain(b) for b in bodies[::6]]
    tokenizer = learn(sample)
    tokenizer.save(str(chosen.out / "tokenizer.json"))
    order = np.random.default_rng(0)
    order.shuffle(bodies)
    for name, parts in (("items", items), ("bodies", [(b,) for b in bodies])):
        order.shuffle(parts)
        made = rows(tokenizer, [tuple(p) for p in parts])
        np.save(chosen.out / f"{name}.npy", made)
        print(f"{name}: {made.shape[0]} rows of {made.shape[2]}, {made.shape[0] * made.shape[2] / 1e6:.1f} M tokens")


if __name__ == "__main__":
    main()
