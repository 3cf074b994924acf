"""Tokens out of an answer before it is kept: the Graph API writes ours into the address of the next page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from crawler.channels import answers

REMOVED = "[removed]"
_NAMES = "access_token|appsecret_proof|refresh_token|input_token|client_secret|secret_key"
# in an address (= may be written %3D or u003d), and as a value of JSON
_IN_ADDRESS = re.compile(rf"((?:{_NAMES})(?:=|%3D|\\u003[dD]))[^&\"\\\s<>%]+", re.IGNORECASE)
_IN_JSON = re.compile(rf"(\"(?:{_NAMES})\"\s*:\s*\")[^\"\\]*", re.IGNORECASE)
_SHAPED = re.compile(r"\bEAA[A-Za-z0-9]{20,}")  # every token of the Graph API begins so
_UNKEPT = frozenset({"www-authenticate", "authorization", "access_token", "x-goog-api-key"})
_SECRET = re.compile(rf"^(?:{_NAMES})$", re.IGNORECASE)


def tokens(body: bytes) -> bytes:
    """The body without tokens and without the ready-made addresses of other pages; never raises.

    An answer without any is returned byte for byte; one that held some is written again as JSON (it would be no
    longer what was received in any case); what is no JSON is masked where it looks like a token.
    """
    text = body.decode("utf-8", errors="replace")
    try:
        value, _ = answers.load(body)
        cleaned = _clean(value)
    except (answers.BadAnswer, RecursionError):
        masked = _mask(text)
        return body if masked == text else masked.encode("utf-8", "replace")
    if cleaned == value:
        return body
    return json.dumps(cleaned, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def headers(given: Mapping[str, str]) -> dict[str, str]:
    """The headers of an official answer without tokens: `WWW-Authenticate` repeats the one that was wrong."""
    return {name: _mask(value) for name, value in given.items() if name not in _UNKEPT}


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_mask(name): _member(name, item) for name, item in value.items()}
    return _mask(value) if isinstance(value, str) else value


def _member(name: str, item: Any) -> Any:
    if _SECRET.match(name):
        return REMOVED
    if name == "paging" and isinstance(item, dict):
        item = {key: kept for key, kept in item.items() if key not in ("next", "previous")} | (
            {"more": True} if "next" in item else {}
        )
    return _clean(item)


def _mask(text: str) -> str:
    text = _IN_ADDRESS.sub(rf"\1{REMOVED}", text)
    text = _IN_JSON.sub(rf"\1{REMOVED}", text)
    return _SHAPED.sub(REMOVED, text)
