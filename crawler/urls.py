"""One spelling for each address, and what an address itself tells: its number and its day.

The canonical URL is an Article's identity. The rules are conservative where we do not know the host: two
spellings are joined only when no server that we know of would answer them with different pages.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit
from zoneinfo import ZoneInfo

from store.errors import InputError

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")

# Hosts of outlets that serve one page under www., m., amp. and under http as under https.
KNOWN_HOSTS = frozenset(
    {
        "vnexpress.net",
        "dantri.com.vn",
        "tuoitre.vn",
        "thanhnien.vn",
        "vietnamnet.vn",
        "laodong.vn",
        "nld.com.vn",
        "tienphong.vn",
        "vietnamplus.vn",
        "nhandan.vn",
        "baotintuc.vn",
        "vtcnews.vn",
        "qdnd.vn",
        "cand.com.vn",
        "plo.vn",
        "sggp.org.vn",
        "znews.vn",
        "soha.vn",
        "kenh14.vn",
        "24h.com.vn",
        "kienthuc.net.vn",
        "doisongphapluat.com",
        "baogiaothong.vn",
        "suckhoedoisong.vn",
        "congluan.vn",
        "daidoanket.vn",
        "danviet.vn",
        "phunuvietnam.vn",
        "kinhtedothi.vn",
        "baochinhphu.vn",
        "baovanhoa.vn",
        "giaoducthoidai.vn",
        "giaoduc.net.vn",
        "moet.gov.vn",
        "baohaiphong.vn",
        "anhp.vn",
        "thhp.vn",
        "baohaiduong.vn",
        "vtv.vn",
        "vov.vn",
        "antv.gov.vn",
        "haiphong.gov.vn",
        "haiphong.edu.vn",
        "cafef.vn",
    }
)
_TWIN = re.compile(r"(?:www|m|amp|mobile|wap)\.")

_TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|_ga|_gl"
    r"|gidzl|zarsrc|zalo_\w+|vn_source|vn_medium|vn_campaign|vn_term|vn_thumb|vn_aid|at_medium|at_campaign"
    r"|ref_src|spm|cmpid|ocid|amp|outputtype|mibextid|sfnsn|extid|wtsid|rdt|fb_action_\w+|__twitter_impression|dicbo"
    r"|zalosrc|_x_tr_\w+)",
    re.IGNORECASE,
)
PLAIN = re.compile(
    r"(https?)://((?:[a-z0-9-]+\.)*[a-z0-9-]*[a-z0-9])/[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*"
)
"""An absolute address without query, dots or anything else to resolve or to mend."""
_JUNK_END = " \t\r\n\"'<>»”’,;"
_SESSION = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_SAFE_PATH = "!$&'()*+,;=:@/~-._"
_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """The one spelling of ``url``; ``canonical(canonical(u)) == canonical(u)``.

    Raises :class:`InputError` for what is not an http(s) address with a host.
    """
    plain = PLAIN.fullmatch(url)
    if plain and _nothing_to_mend(url, *plain.groups()):
        return url  # nearly every address of a feed
    mended = _mend(url)
    for _ in range(5):  # what one pass uncovers (a bracket behind a dropped parameter) the next one mends
        again = _mend(mended)
        if again == mended:
            break
        mended = again
    return mended


def _nothing_to_mend(url: str, scheme: str, host: str) -> bool:
    if host in KNOWN_HOSTS:
        return scheme == "https" and "amp" not in url
    twin = _TWIN.match(host)
    return twin is None or host[twin.end() :] not in KNOWN_HOSTS


def _mend(url: str) -> str:
    cleaned = "".join(c for c in unicodedata.normalize("NFC", url) if c.isprintable()).strip()
    cleaned = cleaned.rstrip(_JUNK_END if "(" in cleaned else _JUNK_END + ")")
    try:
        parts = urlsplit(cleaned)
        port = parts.port
    except ValueError as bad:
        raise InputError(f"not an address: {url[:200]!r} ({bad})") from bad
    scheme = parts.scheme.lower()
    host = _ascii_host(parts.hostname or "")
    if scheme not in _PORTS or not host:
        raise InputError(f"not an http(s) address: {url[:200]!r}")
    twin = _TWIN.match(host)
    bare = host[twin.end() :] if twin else host
    if bare in KNOWN_HOSTS and port in (None, 80, 443):
        scheme, host, port = "https", bare, None
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = _path(parts.path, known=bare in KNOWN_HOSTS)
    query = _query(parts.query)
    return f"{scheme}://{netloc}{path}{query}"


def _ascii_host(host: str) -> str:
    host = host.rstrip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as bad:
            raise InputError(f"not a host name: {host[:200]!r}") from bad
    if any(c in host for c in " \t<>\"'\\^`{|}%"):
        raise InputError(f"not a host name: {host[:200]!r}")
    return host


def _path(path: str, known: bool) -> str:
    path = _SESSION.sub("", path)
    path = quote(unquote(path, errors="surrogateescape"), safe=_SAFE_PATH, errors="surrogateescape")
    kept: list[str] = []
    for step in path.split("/"):
        if step == "..":
            if kept:
                kept.pop()
        elif step not in ("", "."):
            kept.append(step)
    if known:
        kept = _without_amp(kept)
    folder = path.endswith(("/", "/.", "/..")) and bool(kept) and not kept[-1].endswith((".html", ".htm"))
    return "/" + "/".join(kept) + ("/" if folder else "")


_AMP_END = re.compile(r"\.amp(?=\.html?$|$)")


def _without_amp(steps: list[str]) -> list[str]:
    """The page for readers instead of its AMP twin: `/amp/bai.html`, `/bai.html/amp`, `/bai.amp.html`."""
    if len(steps) > 1 and steps[0] == "amp":
        steps = steps[1:]
    if steps and steps[-1] == "amp":
        steps = steps[:-1]
    return [*steps[:-1], _AMP_END.sub("", steps[-1])] if steps else steps


def _query(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = sorted(pair for pair in pairs if not _TRACKING.fullmatch(pair[0]))
    return "?" + urlencode(kept, errors="surrogateescape") if kept else ""


_NUMBER = re.compile(r"(?:^|-|/|_)(?:post|p|d|art|id)?(\d{4,})(?:\.[a-z]{2,5})?/?$", re.IGNORECASE)


def article_number(url: str) -> str | None:
    """The outlet's own number of the article at the end of the path, as digits; None when there is none.

    Two addresses of one outlet with one number are one article under two headlines.
    """
    found = _NUMBER.search(urlsplit(url).path)
    return found.group(1) if found else None


@dataclass(frozen=True, slots=True)
class UrlTime:
    """What the digits of an address say: ``at`` ms UTC; the time of drafting, so publication is not before it."""

    at: int
    confidence: float


# Tuổi Trẻ: 20YYMMDD… and, since June 2026, 100YYMMDD…; Thanh Niên: 185YYMMDD…; the next six digits are the
# clock at drafting (findings: Date traps in real feeds). Dân Trí: 20YYMMDDHHMMSS… .
_DATED = {
    "tuoitre.vn": re.compile(r"-(?:20|100)(\d{6})(\d{6})?\d*\.html?$"),
    "thanhnien.vn": re.compile(r"-185(\d{6})(\d{6})?\d*\.html?$"),
    "dantri.com.vn": re.compile(r"-20(\d{6})(\d{6})\d*\.html?$"),
}


def time_in_url(canonical_url: str) -> UrlTime | None:
    """The time that the outlets known to put it there put into an address; None elsewhere or if it is no time."""
    host, _, rest = canonical_url.partition("://")[2].partition("/")
    pattern = _DATED.get(host)
    found = pattern.search(rest) if pattern else None
    if found is None:
        return None
    day, clock = found.group(1), found.group(2)
    numbers = [int(day[i : i + 2]) for i in (0, 2, 4)]
    hours = [int(clock[i : i + 2]) for i in (0, 2, 4)] if clock else [0, 0, 0]
    if max(hours[1:]) > 59 or hours[0] > 23:
        clock, hours = None, [0, 0, 0]  # the day is right, the digits after it are something else
    try:
        at = datetime(2000 + numbers[0], numbers[1], numbers[2], hours[0], hours[1], hours[2], tzinfo=LOCAL)
    except ValueError:
        return None
    return UrlTime(int(at.timestamp() * 1000), 0.7 if clock else 0.4)
