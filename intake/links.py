"""One address: an account, a post of a public page, a private page, or a page like any other.

An address is kept only as far as it leads to what was said and not to who said it. The networks' own forms of addresses
are in :mod:`intake.networks`; what is not known there is treated as an account.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from intake import numbers, people
from intake.networks import (
    CHAT_HOSTS,
    CHAT_PATH,
    HOST_OF,
    LOGIN_PATH,
    MAIL_HOSTS,
    PERSONAL_ID,
    POST_PATH,
    POST_QUERY,
    PROFILE_PATH,
    SHORTENERS,
    SOCIAL,
    TOKEN,
    TRACKING,
)
from lang import names
from lang.text import fold, nfc

_ODD = re.compile(r"[\s<>\"\\^`{|}]")
_ANY_SOCIAL = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(SOCIAL))) + r")(?![\w-])", re.I)
_CONTACT = re.compile(r"@|(?:\+?84|0)[35789]\d{8}")
_NAME_PARTS = frozenset(map(fold, names.NAME_SYLLABLES | names.SURNAMES))
_SURNAMES = frozenset(map(fold, names.COMMON_SURNAMES))


class Verdict(StrEnum):
    """What an address leads to."""

    PAGE = "page"  # a page like any other; `kept` is it without what identifies a reader
    POST = "post"  # a post on a network that looks like a page's; `kept` is its shortest form
    ACCOUNT = "account"  # somebody's account, or we cannot tell
    PRIVATE = "private"  # behind a log-in, or a secret in the address; `why` is a key of words.PRIVATE
    SHORTENED = "shortened"
    NOT_A_LINK = "not_a_link"


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict; ``kept``: what may be stored (``PAGE`` always, ``POST`` if the person says that it is public)."""

    verdict: Verdict
    kept: str | None = None
    why: str = ""
    removed: int = 0  # parameters and other parts dropped from `kept`


def judge(url: str) -> Judged:
    """What ``url`` leads to, from the address alone. Never raises; never asks the network."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".").lower()
        port = parts.port
    except ValueError:
        return Judged(Verdict.NOT_A_LINK)
    odd = _ODD.search(url.strip()) or not url.strip().isprintable()
    if odd or not host or parts.scheme.lower() not in ("http", "https"):
        return Judged(Verdict.NOT_A_LINK)
    if why := _private(parts, host):
        return Judged(Verdict.PRIVATE, why=why)
    if _registered(host, SHORTENERS):
        return Judged(Verdict.SHORTENED)
    if social := _registered(host, SOCIAL):
        return _social(parts, HOST_OF.get(social, social))
    return _page(parts, host, port)


def _registered(host: str, known: frozenset[str]) -> str:
    """The known domain that ``host`` is or lies under, or nothing."""
    labels = host.split(".")
    found = (".".join(labels[k:]) for k in range(len(labels)))
    return next((name for name in found if name in known), "")


def _private(parts: SplitResult, host: str) -> str:
    """Why a page is not open to everybody (a key of words.PRIVATE), or nothing."""
    path = unquote(parts.path)
    social = _registered(host, SOCIAL)
    facebook = social in ("facebook.com", "fb.com") and re.match(r"/(?:groups?|share/g)/", path, re.I)
    pairs = parse_qsl(parts.query.replace(";", "&"))
    tests = {
        "token": parts.username is not None or any(TOKEN.match(k) and len(v) >= 12 for k, v in pairs),
        "inside": _inside(host),
        "mail": bool(_registered(host, MAIL_HOSTS)),
        "chat": bool(_registered(host, CHAT_HOSTS) or (social and CHAT_PATH.search(path))),
        "group": bool(facebook or (social == "t.me" and re.match(r"/c/\d", path))),
        "login": bool(LOGIN_PATH.search(path)),
    }
    return next((why for why, so in tests.items() if so), "")


def _inside(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return "." not in host or host.endswith(
            (".local", ".internal", ".lan", ".localhost", ".home.arpa", ".intranet")
        )


def _social(parts: SplitResult, host: str) -> Judged:
    path = unquote(parts.path)
    if host == "youtu.be" or (host == "youtube.com" and path.startswith(("/@", "/c/", "/user/", "/channel/"))):
        found = POST_PATH["youtu.be"].fullmatch(path) if host == "youtu.be" else None
        return Judged(Verdict.POST, f"https://youtu.be{path}") if found else Judged(Verdict.ACCOUNT)
    query = dict(parse_qsl(parts.query))
    if needed := POST_QUERY.get((host, path.rstrip("/"))):
        values = [query.get(name, "") for name in needed]
        if not all(re.fullmatch(r"[\w-]{5,80}", v) for v in values) or any(map(PERSONAL_ID.fullmatch, values)):
            return Judged(Verdict.ACCOUNT)
        kept = urlencode(list(zip(needed, values, strict=True)))
        return Judged(Verdict.POST, f"https://www.{host}{path}?{kept}", removed=len(query) - len(needed))
    pattern = POST_PATH.get(host)
    found = pattern.fullmatch(path) if pattern else None
    if not found or not path.isascii():
        return Judged(Verdict.ACCOUNT)
    page = (found.groupdict().get("page") or "").lstrip("@")
    if page and host == "x.com":
        path = "/i/web/status/" + path.rsplit("/", 1)[1]  # the same post without whose it is
    elif page and host == "instagram.com":
        path = path[1 + len(page) :] if path.startswith(f"/{page}/") and page not in ("p", "reel", "tv") else path
    elif page and looks_personal(page):
        return Judged(Verdict.ACCOUNT)
    www = "" if host in ("t.me", "x.com", "fb.watch") else "www."
    return Judged(Verdict.POST, f"https://{www}{host}{path}", removed=len(query))


def looks_personal(page: str) -> bool:
    """Whether the name of a page in an address is a person's: a profile number, or Vietnamese name syllables only."""
    plain = fold(unquote(page)).lstrip("@")
    if PERSONAL_ID.fullmatch(plain) or plain in ("profile.php", "people", "people.php"):
        return True
    parts = [p for p in re.split(r"[._\-\d]+", plain) if p]
    if len(parts) == 1:
        parts = _syllables(parts[0])
    known = all(p in _NAME_PARTS or (k and len(p) == 1) for k, p in enumerate(parts))
    return 2 <= len(parts) <= 5 and known and bool(_SURNAMES & {parts[0], parts[-1]})


def _syllables(run: str) -> list[str]:
    """A run of letters as name syllables, longest first ("nguyenvana" → nguyen van a); empty when it is none."""
    ends: dict[int, list[str]] = {0: []}
    for end in range(1, min(len(run), 40) + 1):
        for start in range(max(0, end - 6), end):
            if start in ends and (
                run[start:end] in _NAME_PARTS or (end == len(run) and end - start == 1 and start > 5)
            ):
                ends[end] = [*ends[start], run[start:end]]
                break
    return ends.get(len(run), [])


def _page(parts: SplitResult, host: str, port: int | None) -> Judged:
    path = unquote(unquote(parts.path))
    if PROFILE_PATH.search(path) or _ANY_SOCIAL.search(path) or _CONTACT.search(path):
        return Judged(Verdict.ACCOUNT)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(k, v) for k, v in pairs if not TRACKING.match(k) and not _names_somebody(v) and not _names_somebody(k)]
    query = "?" + (parts.query if len(kept) == len(pairs) else urlencode(kept)) if kept else ""
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    dropped = len(pairs) - len(kept) + bool(parts.fragment)
    return Judged(Verdict.PAGE, f"{parts.scheme.lower()}://{netloc}{parts.path}{query}", removed=dropped)


def _names_somebody(value: str) -> bool:
    plain = unquote(unquote(value))
    if _ANY_SOCIAL.search(plain) or _CONTACT.search(plain):
        return True
    return any(True for _ in (*numbers.find(plain), *people.find(nfc(plain))))
