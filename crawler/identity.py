"""Which other address is the same Article: what a page itself names as canonical, believed only within its own site.

A page may claim anything. Were every ``rel=canonical`` believed, a hostile page could take over the identity of
another outlet's article, and a site whose template names its front page everywhere would melt into one article. So an
alias needs the same site *and* the same article number or the same words in the address; a doubtful claim is told in
the task's message and nothing else happens. A missed alias costs one reprint in a story; a wrong one hides an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from crawler.urls import article_number, canonical
from lang.text import fold
from store.errors import InputError
from store.model import Article

if TYPE_CHECKING:
    from tldextract import TLDExtract

MAX_CLAIMS = 3
"""Articles that may name one address; more, and it is the template that names it, not the articles."""
LONGEST = 2_000  # characters of an address; longer ones are nobody's
_FEW_DIGITS = 6  # of a number, from which it alone tells an article when the paths are equal
_FEW_WORDS = 4  # of an address, from which they tell an article and not a section
_TWIN = re.compile(r"(?:www|m|amp|mobile|wap)\.")
_FRONT = frozenset({"", "index", "default", "home", "trang-chu", "trangchu", "portal", "vi", "en"})
# Below these every organ has its own host: a school's page is never another school's, nor a commune's another's.
_INSTITUTIONS = ("gov.vn", "edu.vn")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Named:
    """``alias``: the address to record, in our spelling; ``note``: what to say when it is none (may be empty)."""

    alias: str | None = None
    note: str = ""


def alias_of(article: Article, named_canonical: str, claims: int = 0) -> str | None:
    """The canonical spelling of another address of this article, or None when the claim is not to be believed."""
    return named(article, named_canonical, claims).alias


def named(article: Article, named_canonical: str, claims: int = 0) -> Named:
    """What to make of the address that a page of ``article`` names. ``claims``: other articles that name it too."""
    try:
        other = canonical(named_canonical) if 0 < len(named_canonical) <= LONGEST else ""
    except InputError:
        other = ""
    if not other:
        return Named(note="trang nêu một địa chỉ gốc không dùng được" if named_canonical.strip() else "")
    if other == article.canonical_url:
        return Named()
    if site(other) != site(article.canonical_url):
        return Named(note=f"nêu bản gốc ở {other}")
    if why := _refused(article.canonical_url, other, claims):
        return Named(note=f"trang nêu {other} là địa chỉ gốc, không nhận: {why}")
    return Named(alias=other, note=f"trang nêu địa chỉ gốc {other}")


def _refused(own: str, other: str, claims: int) -> str:
    """Why the claim is not believed; empty: it is."""
    mine, theirs = article_number(own), article_number(other)
    if claims > MAX_CLAIMS:
        return f"{claims} bài khác cũng nêu địa chỉ ấy"
    if _is_front(other):
        return "đó là trang chủ"
    if not _close(own, other):
        return "đó là trang của đơn vị khác cùng tên miền"
    if mine and theirs and mine != theirs:
        return "đó là số bài khác"
    return _too_little(own, other, mine if mine == theirs else None)


def _too_little(own: str, other: str, number: str | None) -> str:
    """Why one article cannot be told from the two addresses, which share ``number``."""
    few = _words(own) != _words(other) or len(_words(own)) < _FEW_WORDS
    if _path(own) != _path(other):
        return "" if number or not few else "không có số bài hay tên bài chung, có thể là trang chuyên mục"
    # they differ in host or query alone; a query may be all that tells one article from the next
    if number and len(number) >= _FEW_DIGITS:
        return ""
    same = urlsplit(own).query == urlsplit(other).query
    return "" if same and (number or not few) else "bỏ phần sau dấu ? thì không còn rõ bài nào"


def site(url: str) -> str:
    """Who owns the address: the registered domain (baohaiphong.vn, haiphong.gov.vn), by a list that came with the
    program, and the port if it is an odd one; the host where there is no such thing (an IP address, one label)."""
    host, port = _host(url), urlsplit(url).port
    here = f":{port}" if port else ""
    found = _suffixes()(host)
    if found.suffix:
        return (f"{found.domain}.{found.suffix}" if found.domain else host) + here
    labels = host.split(".")  # a top level that the list does not know: the last two labels, as its default rule says
    return (host if len(labels) < 2 or labels[-1].isdigit() or ":" in host else ".".join(labels[-2:])) + here


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    # no address of a newer list: nothing is ever asked of the network; private names (github.io) count as suffixes
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def _close(own: str, other: str) -> bool:
    """One host but for www., m., amp.; another host of the same outlet, unless each host there is another organ."""
    mine, theirs = _bare(own), _bare(other)
    return mine == theirs or not mine.endswith(_INSTITUTIONS)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _bare(url: str) -> str:
    return _TWIN.sub("", _host(url), count=1)


def _path(url: str) -> str:
    """Without the marks of a telephone's version, which some outlets put into the path."""
    steps = [s for s in urlsplit(url).path.split("/") if s and s.lower() not in ("amp", "m", "mobile")]
    return re.sub(r"[._-]amp(?=\.html?$|$)", "", "/".join(steps), flags=re.IGNORECASE)


def _is_front(url: str) -> bool:
    steps = [step for step in urlsplit(url).path.lower().split("/") if step]
    return all(re.sub(r"\.[a-z]{2,5}$", "", step) in _FRONT for step in steps)


def _words(url: str) -> list[str]:
    """The words of the last step, without number and ending: ``truong-sao-bien-mo-lai-bep-an``."""
    steps = _path(url).split("/")
    last = re.sub(r"\.[a-z]{2,5}$", "", steps[-1], flags=re.IGNORECASE)
    return [word for word in _WORD.findall(fold(unquote(last))) if not any(c.isdigit() for c in word)]
