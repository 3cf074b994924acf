"""The pages of one article as fetched, as WARC/1.1 (ISO 28500): for those who may see the original.

Honest about what we hold. A body is kept as it was *after* its Content-Encoding was undone, so the headers that
described the bytes on the wire are kept under ``X-Original-…`` and ``Content-Length`` is that of the body here. Header
names are in small letters, repeated ones are joined, cookies were never kept, the reason phrase is the usual one.
What we sent is not kept, so there are no request records. Feeds and listings tell of other articles: never in here.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any

from crawler.evidence import Attempt, Evidence
from store.blobs import BodyStore
from store.model import Fetch, FetchKind, FetchOutcome

_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 token: nothing else names a header
_NOTE = (
    "body stored after Content-Encoding was undone; headers describing the bytes on the wire are X-Original-*; "
    "header names in small letters, repeated headers joined, cookies never kept; requests not kept"
)


@dataclass(frozen=True, slots=True)
class Written:
    """What went in, and what could not: attempts whose body is missing or damaged."""

    responses: int
    revisits: int
    missing: tuple[Attempt, ...]


def write(evidence: Evidence, bodies: BodyStore, out: IO[bytes], about: Mapping[str, str], *, gzip: bool) -> Written:
    """Write the file. ``about``: fields of the warcinfo record. The same rows and fields give the same bytes.

    Raises :class:`store.errors.BodyMissing` when a body goes missing while this runs.
    """
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(out, gzip=gzip, warc_version="1.1")
    writer.write_record(_info(writer, about))
    responses = revisits = 0
    latest: Fetch | None = None  # the newest response before this, which a 304 refers to
    missing = []
    for attempt in evidence.attempts:
        fetch = attempt.fetch
        if not attempt.of_page:
            continue
        if attempt.whole and fetch.body_hash is not None:
            writer.write_record(_response(writer, fetch, bodies.get(fetch.body_hash)))
            latest, responses = fetch, responses + 1
        elif fetch.body_hash is not None:
            missing.append(attempt)
        elif fetch.outcome is FetchOutcome.NOT_MODIFIED and latest is not None:
            writer.write_record(_revisit(writer, fetch, latest))
            revisits += 1
        elif fetch.status is not None:
            writer.write_record(_response(writer, fetch, None))
        writer.write_record(_metadata(writer, attempt))
    return Written(responses, revisits, tuple(missing))


def _info(writer: Any, about: Mapping[str, str]) -> Any:
    fields = {
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey (RFC 9309); the decision for each attempt is in its metadata record",
        "description": _NOTE,
        **about,
    }
    headers = {"WARC-Record-ID": _record_id(*sorted(about.items())), "WARC-Date": about["date"]}
    return _block(writer, None, "warcinfo", _fields(fields), headers)


def _response(writer: Any, fetch: Fetch, body: bytes | None) -> Any:
    """A ``response`` (``resource`` for what staff brought in: it came from no server). Without a body: an answer
    whose page we do not keep (404, 5xx), with its headers."""
    headers = _headers(fetch, "response")
    if body is not None:
        headers["WARC-Payload-Digest"] = f"sha256:{fetch.body_hash}"
    else:
        headers["WARC-Truncated"] = "unspecified"
    if fetch.kind is FetchKind.INBOX:
        kind = fetch.content_type or "application/octet-stream"
        return writer.create_warc_record(
            _address(fetch), "resource", BytesIO(body or b""), len(body or b""), kind, headers
        )
    http = _http(fetch, len(body or b""))
    return writer.create_warc_record(
        _address(fetch),
        "response",
        BytesIO(body or b""),
        len(body or b""),
        http_headers=http,
        warc_headers_dict=headers,
    )


def _revisit(writer: Any, fetch: Fetch, latest: Fetch) -> Any:
    record = writer.create_revisit_record(
        _address(fetch), f"sha256:{latest.body_hash}", _address(latest), iso(latest.started_at),
        http_headers=_http(fetch, 0), warc_headers_dict=_headers(fetch, "response"),
    )  # fmt: skip
    record.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
    record.rec_headers.add_header("WARC-Refers-To", _record_id(latest.id, "response"))
    return record


def _metadata(writer: Any, attempt: Attempt) -> Any:
    """What our log says of the attempt, also of one that brought no answer."""
    fetch = attempt.fetch
    said = {
        "attempt": fetch.id,
        "requestedAddress": fetch.url,
        "finalAddress": fetch.final_url or fetch.url,
        "startedAt": iso(fetch.started_at),
        "finishedAt": iso(fetch.finished_at),
        "outcome": fetch.outcome.value,
        "status": str(fetch.status or ""),
        "sha256OfBody": fetch.body_hash or "",
        "bodyMissing": "yes: missing or damaged in the store" if attempt.fault else "",
        "robots": fetch.robots or "",
        "message": fetch.message,
    }
    headers = _headers(fetch, "metadata")
    if fetch.status is not None and not attempt.fault:
        headers["WARC-Concurrent-To"] = _record_id(fetch.id, "response")
    return _block(writer, _address(fetch), "metadata", _fields(said), headers)


def _block(writer: Any, address: str | None, kind: str, block: bytes, headers: dict[str, str]) -> Any:
    return writer.create_warc_record(address, kind, BytesIO(block), len(block), "application/warc-fields", headers)


def _headers(fetch: Fetch, part: str) -> dict[str, str]:
    return {"WARC-Record-ID": _record_id(fetch.id, part), "WARC-Date": iso(fetch.started_at)}


def _http(fetch: Fetch, length: int) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    status = fetch.status or 0
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    kept = [
        (f"X-Original-{name}" if name in _WIRE else name, _line(value))
        for name, value in fetch.headers.items()
        if "cookie" not in name.lower() and _NAME.fullmatch(name)
    ]
    return StatusAndHeaders(f"{status} {phrase}".strip(), [*kept, ("Content-Length", str(length))], protocol="HTTP/1.1")


def _address(fetch: Fetch) -> str:
    return _line(fetch.final_url or fetch.url)


def _fields(values: Mapping[str, str]) -> bytes:
    """``application/warc-fields``: a name and a value a line."""
    return "".join(f"{name}: {_line(value)}\r\n" for name, value in values.items() if value).encode()


def _line(value: str) -> str:
    """One line, whatever an answer put into a header: a record must not be ended from within."""
    return " ".join(value.split())


def _record_id(*parts: object) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'haidang:' + repr(parts))}>"


def iso(ms: int) -> str:
    """A WARC-Date with milliseconds."""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"
