from __future__ import annotations

import gzip
import zlib

import pytest

from crawler.compression import MAX_LAYERS, MAX_MEMBERS, undo
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
    ids=["gzip", "x-gzip", "two members", "padded", "zlib", "bare deflate", "twice", "plain"],
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


def test_every_size_around_the_chunk_comes_back_whole() -> None:
    """Output that waits inside the decompressor when its input has run out is not forgotten."""
    for size in (0, 1, 65535, 65536, 65537, 131072, 200_000, 999_999):
        for text in (b"\0" * size, bytes(i * 7 % 251 for i in range(size))):
            assert undo(gzip.compress(text), "gzip", LIMIT) == text


def test_the_limit_is_what_may_come_out_and_not_one_byte_more() -> None:
    body = gzip.compress(b"a" * 1000)
    assert len(undo(body, "gzip", 1000)) == 1000
    assert failure(body, limit=999).outcome is FetchOutcome.TOO_LARGE
    two = gzip.compress(b"a" * 600) * 2
    assert failure(two, limit=1000).outcome is FetchOutcome.TOO_LARGE


def test_a_bomb_in_any_layer_is_stopped() -> None:
    inner = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    assert failure(inner, "gzip, gzip", limit=100_000).outcome is FetchOutcome.TOO_LARGE


def test_layers_and_members_are_counted() -> None:
    body = TEXT
    for _ in range(MAX_LAYERS):
        body = gzip.compress(body)
    assert undo(body, ", identity,".join(["gzip"] * MAX_LAYERS), LIMIT) == TEXT
    assert failure(body, ",".join(["gzip"] * (MAX_LAYERS + 1))).outcome is FetchOutcome.HTTP_ERROR
    assert undo(gzip.compress(b"a") * MAX_MEMBERS, "gzip", LIMIT) == b"a" * MAX_MEMBERS
    assert failure(gzip.compress(b"a") * (MAX_MEMBERS + 1)).outcome is FetchOutcome.TOO_LARGE
    assert failure(gzip.compress(b"") * 400_000).outcome is FetchOutcome.TOO_LARGE  # 8 MB: copying it would never end


@pytest.mark.parametrize("body", [b"\x1f", b"\x1f\x8b", b"\x1f\x8b\x08\xff" * 9, b"PK\x03\x04", b"\0" * 100, b"<html>"])
def test_what_is_no_gzip_is_truncated_in_words(body: bytes) -> None:
    for encoding in ("gzip", "deflate"):
        bad = failure(body, encoding)
        assert bad.outcome is FetchOutcome.TRUNCATED
        assert len(str(bad).split()) > 4
