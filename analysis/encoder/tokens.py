"""Texts to numbers of pieces, never longer than the model reads, whatever the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from analysis.encoder.folder import ModelFolder
from analysis.encoder.phobert import PAD, UNKNOWN, phobert_tokenizer
from analysis.encoder.runtime import EncoderFailed
from config.models import ModelChoice
from lang.text import nfc
from store.errors import InputError

LONGEST_TITLE, LONGEST_LEAD = 2_000, 6_000  # characters, as the shipped judge reads them
_PER_PIECE = 40  # characters of the text that are kept for one piece: a real one has four
_WORD = 400  # characters of a "word" without a blank: trying its splits costs more than its length

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader:
    """Title and lead → (numbers, part of each number: 0 or 1)."""

    tokenizer: Any
    known: int  # numbers from here on are unknown pieces; 0: all are known
    pad: int
    longest: int
    pair: bool
    segment: Callable[[str], str] | None

    def read(self, title: str, lead: str) -> tuple[list[int], list[int]] | None:
        """None where there is neither a letter nor a digit to read: nothing can be said of such a text."""
        title, lead = self._text(title, LONGEST_TITLE), self._text(lead, LONGEST_LEAD)
        if not any(c.isalnum() for c in title) and not any(c.isalnum() for c in lead):
            return None
        if self.segment is not None:
            title, lead = self.segment(title) if title else "", self.segment(lead) if lead else ""
        both = (title, lead) if self.pair and title and lead else (_joined(title, lead), None)
        found = _safely(lambda: self.tokenizer.encode(*both))
        ids: list[int] = list(found.ids)[: self.longest] or [self.pad]
        if self.known:
            ids = [i if i < self.known else UNKNOWN for i in ids]
        return ids, (list(found.type_ids)[: self.longest] or [0])

    def _text(self, text: str, most: int) -> str:
        text = nfc(text[: min(most, _PER_PIECE * self.longest)])
        if len(text) <= _WORD or max(map(len, text.split()), default=0) <= _WORD:
            return text
        return " ".join(w[:_WORD] for w in text.split())


def open_reader(found: ModelFolder, choice: ModelChoice) -> Reader:
    """Raises :class:`InputError` for a damaged tokenizer, or where words must be segmented and nothing can."""
    longest = min(choice.max_length, found.longest or choice.max_length)
    known = 0
    if len(found.tokenizer) == 2:
        tokenizer, known = _opened(found.tokenizer[0], lambda: phobert_tokenizer(*found.tokenizer))
        pad = found.pad if found.pad is not None else PAD
    else:
        path = found.tokenizer[0]
        from tokenizers import Tokenizer

        tokenizer = _opened(path, lambda: Tokenizer.from_str(path.read_text(encoding="utf-8")))
        pad = _pad(tokenizer, found.pad)
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    tokenizer.encode_special_tokens = True  # "[SEP]" in a title is text
    return Reader(tokenizer, known, pad, longest, choice.pair, segmenter() if choice.segment else None)


def segmenter() -> Callable[[str], str]:
    """Words joined by ``_`` as PhoBERT was trained. Raises :class:`InputError` without underthesea."""
    try:
        from underthesea import word_tokenize
    except ImportError as absent:
        raise InputError('`segment: true` cần underthesea: `pip install "haidang[train]"`') from absent

    def segment(text: str) -> str:
        return str(word_tokenize(text, format="text"))

    return segment


def _pad(tokenizer: Any, said: int | None) -> int:
    if said is not None:
        return said
    written = tokenizer.padding
    if written:
        return int(written["pad_id"])
    known = (tokenizer.token_to_id(name) for name in ("[PAD]", "<pad>"))
    return next((number for number in known if number is not None), 0)


def _joined(title: str, lead: str) -> str:
    if not title or not lead:
        return title or lead
    return f"{title} {lead}" if title[-1] in ".!?…:" else f"{title}. {lead}"


def _opened(path: Path, make: Callable[[], T]) -> T:
    try:
        return _safely(make)
    except (EncoderFailed, ValueError, OSError) as bad:
        raise InputError(f"{path}: không đọc được ({str(bad)[:200]}); tải lại") from bad


def _safely(call: Callable[[], T]) -> T:
    """The library is written in Rust: its panics are no ``Exception`` and would end the worker."""
    try:
        return call()
    except (KeyboardInterrupt, SystemExit, InputError):
        raise
    except BaseException as bad:
        raise EncoderFailed(f"tokenizer: {type(bad).__name__}: {str(bad)[:200]}") from bad
