"""PhoBERT's own words and merges (``vocab.txt``, ``bpe.codes``) as a tokenizer, without transformers.

The files count pieces that go on with ``@@`` and merges that end a word with ``</w>``; the library wants the mark at
the end of the word. Merges pass through pieces that are no words of the model: they get numbers beyond its own, and
whoever reads the numbers takes those for the unknown piece, as PhoBERT's own code does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from store.errors import InputError

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_LAST = "</w>"


def read_vocabulary(path: Path) -> dict[str, int]:
    """Piece → number, in the model's spelling. Raises :class:`InputError` with the line."""
    words = {name: number for number, name in enumerate(_SPECIAL)}
    for at, line in enumerate(_lines(path), 1):
        word, blank, _ = line.strip().rpartition(" ")
        if not blank:
            raise InputError(f"{path}:{at}: phải là `mảnh số`; tải lại tệp này")
        words[word] = len(words)
    words["<mask>"] = len(words)
    return words


def phobert_tokenizer(vocabulary: Path, codes: Path) -> tuple[Any, int]:
    """(tokenizer, how many numbers are the model's own). Raises :class:`InputError` for a damaged file."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    own = read_vocabulary(vocabulary)
    pieces = {_spelled(word): number for word, number in own.items() if word not in _SPECIAL}
    pieces |= {name: number for number, name in enumerate(_SPECIAL)}
    merges: list[tuple[str, str]] = []
    for at, line in enumerate(_lines(codes), 1):
        parts = line.split()
        if len(parts) < 2:
            raise InputError(f"{codes}:{at}: phải là `mảnh mảnh số`; tải lại tệp này")
        pair = (parts[0], parts[1])
        merges.append(pair)
        for piece in (*pair, pair[0] + pair[1]):
            pieces.setdefault(piece, len(own) + len(pieces))
    tokenizer = Tokenizer(models.BPE(pieces, merges, unk_token="<unk>", end_of_word_suffix=_LAST))  # noqa: S106
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", BEGIN), ("</s>", END)],
    )
    return tokenizer, len(own)


def _spelled(word: str) -> str:
    return word[:-2] if word.endswith("@@") else word + _LAST


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as bad:
        raise InputError(f"{path}: không phải chữ UTF-8; tải lại tệp này") from bad
    return [line for line in text.split("\n") if line.strip()]
