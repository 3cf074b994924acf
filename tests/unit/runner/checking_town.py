"""An invented town for the `check` stage: outlets of several kinds, an authority's page, facts that a person typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from config.settings import load_settings
from intake import official_keep
from intake.official_form import Given
from runner import rechecking, stages
from runner.deps import Deps, Tools
from runner.run import Runner
from store.blobs import BodyStore
from store.model import Article, Basis, Fetch, FetchKind, FetchOutcome, NewTask, Revision
from store.model_candidate import CandidateRows, ConcernRows
from store.model_reference import Reference
from store.sqlite import open_store
from tests.unit.runner.conftest import NOON, Clock

DEPARTMENT = "Sở Giáo dục và Đào tạo Hải Phòng"
BY = "Đỗ Thị Trực"
FACT = (
    "Kỳ thi tuyển sinh vào lớp 10 trung học phổ thông công lập thành phố Hải Phòng năm học 2027-2028: mỗi thí sinh "
    "được đăng ký tối đa 3 nguyện vọng. Thí sinh thi môn Toán vào sáng ngày 05/6/2027."
)
WRONG = (
    "Tuyển sinh lớp 10 năm 2027 ở Hải Phòng",
    "Thí sinh cần lưu ý khi đăng ký vào lớp 10 công lập.",
    "Kỳ thi tuyển sinh vào lớp 10 công lập Hải Phòng năm học 2027-2028, mỗi thí sinh được đăng ký 5 nguyện vọng.",
)
RIGHT = (WRONG[0], WRONG[1], WRONG[2].replace("5 nguyện vọng", "tối đa 3 nguyện vọng"))
SOURCES = {
    "bencang": ("Bến Cảng", "city_press", False),
    "songxanh": ("Sóng Xanh", "city_press", False),
    "chophien": ("Chợ Phiên", "youtube", False),
    "so": (DEPARTMENT, "department_site", True),
}


@dataclass
class Town:
    """Writes texts as the crawl and the read stage leave them, and drains the stages after."""

    deps: Deps
    clock: Clock
    count: int = field(default=0)

    def fact(self, text: str = FACT, issuer: str = DEPARTMENT, **more: str) -> Reference:
        """An authority's statement, typed by a person, in force from the start of the year."""
        given = Given(BY, issuer, valid_from=more.pop("valid_from", "2026-01-01"), issued="2026-01-01", **more)
        day = dt.date(2026, 11, 20)
        return official_keep.type_fact(self.deps.store, self.deps.bodies, given, text, self.deps.now(), day).reference

    def text(
        self, text: tuple[str, str, str], source: str = "bencang", article: Article | None = None, hours: float = 0.0
    ) -> Article:
        """One page, first seen ``hours`` after noon; with ``article``: a newer text of it."""
        self.count += 1
        at = int(NOON + hours * 3_600_000) + self.count
        self.clock.at = max(self.clock.at, at)
        url = f"https://{source}.example/bai-{self.count}.html"
        found = article or Article(Article.make_id(url), url, url, source, SOURCES[source][0], at, "fet_1")
        body = self.deps.bodies.put("\n".join(text).encode())
        fetch = Fetch(
            Fetch.make_id(found.url, at), FetchKind.PAGE, source, found.url, at, at + 5, FetchOutcome.FETCHED,
            status=200, body_hash=body, article_id=found.id,
        )  # fmt: skip
        hashed = Revision.hash_text(*text)
        revision = Revision(Revision.make_id(found.id, hashed), found.id, hashed, Basis.PAGE, *text, at, fetch.id)
        version = self.deps.tools.judge.version
        with self.deps.store.transaction() as tx:
            tx.add_articles([found])
            tx.add_fetch(fetch)
            tx.add_revisions([revision])
            tx.add_tasks([NewTask("judge", revision.id, version, found.first_seen_at, at)], at)
        return found

    def work(self) -> None:
        """Everything that is due, as the worker does it; references that came or went first."""
        with self.deps.store.transaction() as tx:
            tx.add_tasks(rechecking.recheck_tasks(self.deps), self.deps.now())
        self.clock.at += 10
        Runner(self.deps).drain((*stages.READING, stages.RECHECK, stages.CHECK))

    def candidates(self) -> list[CandidateRows]:
        """Those with a ground now."""
        return [c for c in self.deps.store.candidates() if standing(c)]

    def concerns(self) -> list[ConcernRows]:
        """All of them."""
        return self.deps.store.concerns()

    def roles(self, rows: CandidateRows) -> dict[str, str]:
        """article → its part."""
        return {m.article_id: str(m.role) for m in rows.members}

    def outcome(self, article: Article) -> list[str]:
        """How the checks of an article's texts ended, in order."""
        ids = [r.id for r in self.deps.store.revisions_of([article.id])[article.id]]
        return [str(t.outcome) for t in self.deps.store.tasks_for(ids) if t.stage == "check"]


def standing(rows: CandidateRows) -> bool:
    """Whether some article's newest finding still gives a ground."""
    return any({f.article_id: f for f in rows.findings}[a].raised for a in {f.article_id for f in rows.findings})


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    clock, folder = Clock(), tmp_path / "sources"
    folder.mkdir()
    for name, (outlet, kind, authority) in SOURCES.items():
        lines = [f"id: {name}", f"name: {outlet}", f"outlet: {outlet}", f"kind: {kind}", "enabled: false"]
        lines += ["area: Hải Phòng", "owner: Văn phòng Sở"] + (["authority: true"] if authority else [])
        (folder / f"{name}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    settings = load_settings({}, home=tmp_path / "nha", sources_dir=folder, only_own_sources=True)
    store = open_store(settings.database)
    store.connection.execute("PRAGMA synchronous=OFF")  # no test here pulls the plug
    yield Town(Deps(store, BodyStore(settings.bodies), settings, Tools(settings, clock), clock), clock)
    store.close()
