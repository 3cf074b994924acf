"""An invented press over an invented town, judged and grouped, for whatever counts or tells of a window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from config.settings import Settings
from runner.deps import Deps, Tools
from store.blobs import BodyStore
from store.model import (
    Article,
    Basis,
    Fetch,
    FetchKind,
    FetchOutcome,
    Judgement,
    JudgementKind,
    Membership,
    NewTask,
    Relation,
    Revision,
    Story,
)
from store.sqlite import open_store

BY, OTHER = "Đỗ Thị Trực", "Ngô Văn Bến"
LABELS = {"edu": "core", "hp": "direct", "tone": "neg", "stance": "critical", "kind": "news", "rumour": "none",
          "topics": "policy"}  # fmt: skip
SOURCES = {
    "bao_cang": ("Báo Cảng Biển", "city_press", True),
    "dai_song": ("Đài Sóng Biển", "tv_radio", True),
    "bao_neo": ("Báo Mỏ Neo", "city_press", False),
    "bao_xa": ("Báo Xa Khơi", "central_press", True),
    "ubnd_10660": ("UBND phường Ái Quốc", "government_portal", True),
    "th_saomai": ("Trường Tiểu học Sao Mai", "school_site", True),
}


def at(text: str) -> int:
    """A local moment as ms UTC."""
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)


@dataclass
class Town:
    """Writes rows as the stages leave them; ``clock`` is what a command asks for the time."""

    deps: Deps
    count: int = 0
    stories: dict[str, str] = field(default_factory=dict)

    def article(
        self, when: str, title: str, lead: str = "", body: str = "", *, source: str = "bao_cang", story: str = "",
        relation: Relation = Relation.ORIGINAL, themes: tuple[str, ...] = (), url: str = "", **labels: str,
    ) -> Article:  # fmt: skip
        """One article, read, judged and (``story``) grouped."""
        self.count += 1
        seen = at(when) + self.count
        store = self.deps.store
        url = url or f"https://{source.replace('_', '-')}.example/bai-{self.count}.html"
        fetch = Fetch(
            Fetch.make_id(url, seen), FetchKind.PAGE, source, url, seen, seen + 5, outcome=FetchOutcome.FETCHED,
            status=200,
        )  # fmt: skip
        made = Article(Article.make_id(url), url, url, source, SOURCES[source][0], seen, fetch.id)
        text_hash = Revision.hash_text(title, lead, body)
        revision = Revision(
            Revision.make_id(made.id, text_hash), made.id, text_hash, Basis.PAGE, title, lead, body, seen, fetch.id,
            published_at=seen - 3_600_000, published_from="json-ld",
        )  # fmt: skip
        with store.transaction() as tx:
            tx.add_fetch(fetch)
            tx.add_articles([made])
            tx.add_revisions([revision])
            tx.add_judgements(self._judgements(revision, labels, themes, seen))
            tx.add_tasks([NewTask("judge", revision.id, "v1", seen)], seen)
        for task in store.claim("judge", 10, "test", seen, 60_000):
            with store.transaction() as tx:
                tx.finish(task, "relevant", "", seen)
        if story:
            self._join(made, story, relation, seen)
        return made

    def _judgements(
        self, revision: Revision, labels: Mapping[str, str], themes: tuple[str, ...], seen: int
    ) -> list[Judgement]:
        details: dict[str, dict[str, Any]] = {
            "hp": {"scope": "local", "places": [{"span": "Ái Quốc", "in_hp": True, "units": ["10660"]}]},
            "topics": {"themes": [{"id": t, "name": t.upper(), "words": [], "by": "words"} for t in themes]},
        }
        return [
            Judgement(revision.id, JudgementKind(kind), "linear", "v1", value, 0.9, details.get(kind, {}), seen)
            for kind, value in (LABELS | labels).items()
        ]

    def _join(self, article: Article, story: str, relation: Relation, seen: int) -> None:
        new = story not in self.stories
        story_id = self.stories.setdefault(story, Story.make_id(article.id))
        with self.deps.store.transaction() as tx:
            tx.add_grouping(
                [Story(story_id, article.id, seen)] if new else [],
                [Membership(article.id, story_id, relation, None, 1.0, "machine", "v1", seen)], [],
            )  # fmt: skip


def make_town(home: Path, now: Any) -> Town:
    """An empty store with the invented sources."""
    (home / "sources").mkdir()
    for id_, (outlet, kind, enabled) in SOURCES.items():
        area = "" if kind == "central_press" else "area: Hải Phòng\n"
        text = (
            f"id: {id_}\nname: {outlet}\noutlet: {outlet}\nkind: {kind}\n{area}enabled: {str(enabled).lower()}\n"
            f"owner: Văn phòng Sở\nchannels:\n  - {{kind: feed, url: 'https://{id_.replace('_', '-')}.example/rss'}}\n"
        )
        (home / "sources" / f"{id_}.yml").write_text(text, encoding="utf-8")
    settings = Settings(home=home, sources_dir=home / "sources", only_own_sources=True)
    store = open_store(settings.database)
    store.connection.execute("PRAGMA synchronous=OFF")  # no test here pulls the plug
    return Town(Deps(store, BodyStore(settings.bodies), settings, Tools(settings, now), now))
