"""A page whose address reads like an authority's and is none: shown to a person, with the two hosts as evidence.

What the text says plays no part. A concern, a debunk and a report are left alone here too: whoever complains or asks
on a site with such a name is no candidate for it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.candidate_feedback import weighed
from analysis.candidate_groups import sketch, text_hash
from analysis.candidate_score import Scorer
from analysis.domains import look_alike
from config.official_hosts import FILE, OfficialHosts, host_of, load_official_hosts, under
from store.model import Article, Revision
from store.model_candidate import Candidate, CandidateFinding, CandidateMember, Checked, Claim, ReasonCount, Role

log = logging.getLogger("haidang.check")

RELATION = "look_alike"
LEFT_ALONE = frozenset({"concern", "debunks", "reports_rumour"})
CHANGE_MIND = ("cơ quan đó xác nhận đây là trang của mình", "biết được trang này của ai, vì sao mang tên như vậy")
_STATE = ("gov.vn",)  # handed out to bodies of the state alone
_HOW = {
    "characters": "dùng ký tự trông giống",
    "letters": "khác một, hai chữ",
    "inside": "lấy tên đó làm một phần tên của mình",
    "words": "cùng tên đó, thêm chữ hoặc khác đuôi",
}


@dataclass(frozen=True, slots=True)
class Alike:
    """A host (as in the address; ``read``: as the eye reads it) beside the official one, and who speaks there."""

    host: str
    read: str
    official: str
    name: str
    how: str

    @property
    def reason(self) -> str:
        """In plain Vietnamese: what is seen, never what it is for."""
        shown = self.host if self.host.removeprefix("www.") == self.read else f"{self.read} ({self.host})"
        return f"địa chỉ trang {shown} gần giống {self.official}, không phải trang của {self.name}: {_HOW[self.how]}"

    @property
    def evidence(self) -> dict[str, str]:
        """The two hosts and how one reads like the other."""
        return {"host": self.host, "official": self.official, "how": self.how}


class HostsBook:
    """The list of authorities' sites, read again when the department's own file changes. One that cannot be read is
    told on the log, and the list before it holds."""

    def __init__(self, home: Path) -> None:
        self._home, self._mark, self._fault = home, (-1, -1), False
        self._held: OfficialHosts | None = None

    def current(self) -> OfficialHosts:
        """As it stands, or as it stood last."""
        self.read()
        assert self._held is not None
        return self._held

    def read(self) -> OfficialHosts | None:
        """As it stands; None while the file cannot be read."""
        mark = self._stat()
        if self._held is None or mark != self._mark:
            found, bad = load_official_hosts(self._home)
            for error in bad:
                log.error("%s", error)
            if self._held is None or not bad:
                self._held = found
            self._mark, self._fault = mark, bool(bad)
        return None if self._fault else self._held

    def _stat(self) -> tuple[int, int]:
        try:
            about = (self._home / FILE).stat()
        except OSError:
            return (0, 0)
        return (about.st_mtime_ns, about.st_size)


def alike_of(url: str, official: OfficialHosts) -> Alike | None:
    """What the host of an address reads like; None for an official one, a known one, one of the state, any other."""
    host = host_of(url)
    if not host or under(host, official.known) or under(host, _STATE):
        return None
    found = look_alike(host, tuple(official.hosts))
    return Alike(host, found.host, found.official, official.hosts[found.official], found.how) if found else None


def score() -> float:
    """As of an impossible document number: one plain fact, on which nothing of the text bears."""
    return Scorer.load().final("contradicts", None)


@dataclass(frozen=True, slots=True)
class Page:
    """The text on such a host. ``at``: when it was published; ``version``: of the check."""

    revision: Revision
    article: Article
    body_hash: str
    story_id: str | None
    at: int
    version: str


def with_host(made: Checked, alike: Alike, page: Page, counts: Mapping[str, ReasonCount], now: int) -> Checked:
    """What the check of a text gave, with the candidate of its host beside it: one for all pages there."""
    r, key = page.revision, f"host|{alike.host}"
    hashed = text_hash(r.title)
    claim = Claim(
        Claim.make_id(r.id, hashed, RELATION), r.id, r.article_id, 0, len(r.title), hashed, RELATION, sketch(r.title),
        key, page.story_id, page.article.first_seen_at, page.version,
    )  # fmt: skip
    counted = counts.get(RELATION) or ReasonCount(RELATION, 0, 0)
    candidate_id, engine = Candidate.make_id(key), score()
    finding = CandidateFinding(
        candidate_id, r.id, r.article_id,
        page.version + (f"+{counted.confirmed}-{counted.refuted}" if counted.of else ""), True, RELATION, "issuer",
        weighed(engine, counted.confirmed, counted.refuted), (alike.reason,), CHANGE_MIND, (),
        {
            "page": page.body_hash, "fetch": r.fetch_id, "text": r.text_hash, "claim": hashed, "claim_id": claim.id,
            "engine_score": engine, "counted": [counted.confirmed, counted.refuted], "hosts": alike.evidence,
        }, now,
    )  # fmt: skip
    return replace(
        made,
        claims=(*made.claims, claim),
        candidates=(*made.candidates, Candidate(candidate_id, key, RELATION, claim.id, now)),
        findings=(*made.findings, finding),
        members=(*made.members, CandidateMember(candidate_id, r.article_id, Role.CARRIER, claim.id, page.at)),
    )
