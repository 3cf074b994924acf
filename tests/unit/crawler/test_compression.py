from __future__ import annotations

import gzip
import zlib

import pytest

from crawler.compression import undo
from crawler.outcome import FetchFailed
from store.model import FetchOutcome

TEXT = "Hải Phòng ".encode() * 500
LIMIT = 1_000_000


def failure(body: bytes, encoding: str = "gzip", limit: int = LIMIT) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        undo(body, encoding, limit)
    return caught.value


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), "x-gzip"),
        (gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]), "gzip"),
        (gzip.compress(TEXT) + b"\0\0\0", "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (zlib.compress(TEXT)[2:-4], "deflate"),
        (gzip.compress(zlib.compress(TEXT)), "deflate, gzip"),
        (TEXT, "identity"),
    ],
)
def test_whole_bodies_come_back_whole(body: bytes, encoding: str) -> None:
    assert undo(body, encoding, LIMIT) == TEXT


def test_a_gzip_cut_anywhere_is_truncated_and_never_half_a_page() -> None:
    whole = gzip.compress(TEXT)
    for cut in range(1, len(whole), 7):
        assert failure(whole[:cut]).outcome is FetchOutcome.TRUNCATED


def test_damaged_bytes_are_said_to_be_damaged() -> None:
    body = bytearray(gzip.compress(TEXT))
    body[-6] ^= 0xFF  # in the checksum
    bad = failure(bytes(body))
    assert bad.outcome is FetchOutcome.TRUNCATED
    assert "damaged" in str(bad)


def test_a_bomb_is_stopped_at_the_limit() -> None:
    assert failure(gzip.compress(b"\0" * 50_000_000), limit=100_000).outcome is FetchOutcome.TOO_LARGE


def test_an_encoding_that_we_did_not_ask_for_is_named() -> None:
    bad = failure(TEXT, "br")
    assert bad.outcome is FetchOutcome.HTTP_ERROR
    assert "'br'" in str(bad)
