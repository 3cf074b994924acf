"""Invented months for the tests of reports: articles through a real store, as the earlier stages would leave them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from alerts.documents.nd30 import Letterhead, Signer
from alerts.report import Period, Periods, ReportInput, Window, before, window, year_before
from alerts.report_facts import Only, read_facts
from alerts.report_inputs import Names, Paper
from alerts.report_sources import by_day
from config.gazetteer import load_gazetteer
from config.plan_themes import load_plan_themes
from config.topics import load_topics
from store.api import Store
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

TZ = "Asia/Ho_Chi_Minh"
PERIODS = Periods()
MAY = window("month", "2026-05", PERIODS)
DAY = 86_400_000
HOUR = 3_600_000
PAPER = Paper(
    Letterhead("UBND thành phố Hải Phòng", "Sở Giáo dục và Đào tạo", "BC-SGDĐT", "Hải Phòng", 2026),
    ("Ủy ban nhân dân thành phố",), ("Giám đốc Sở",), Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")), "VT, VP",
)  # fmt: skip
HERE = {"hp": "direct"}


def at(day: dt.date, hour: int = 9) -> int:
    """A local moment, ms."""
    return int(dt.datetime.combine(day, dt.time(hour), dt.timezone(dt.timedelta(hours=7))).timestamp() * 1000)


class Month:
    """Writes articles into a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.count = 0
        self.stories: dict[str, str] = {}
        self.fetch = Fetch(
            Fetch.make_id("https://b.example/rss", 1), FetchKind.FEED, "s", "https://b.example/rss", 1, 2,
            FetchOutcome.FETCHED,
        )  # fmt: skip
        with store.transaction() as tx:
            tx.add_fetch(self.fetch)

    def add(
        self, when: int, title: str = "Trường học đón học sinh", *, outlet: str = "Báo Hải Âu", source: str = "hai_au",
        lead: str = "", story: str = "", copy: bool = False, topics: str = "policy", score: float = 0.9,
        places: tuple[str, ...] = (), outcome: str = "relevant", themes: tuple[str, ...] = (), scope: str = "national",
        **labels: str,
    ) -> Article:  # fmt: skip
        """One article."""
        return self.add_all([(when, dict(title=title, outlet=outlet, source=source, lead=lead, story=story, copy=copy,
                              topics=topics, score=score, places=places, outcome=outcome, themes=themes, scope=scope,
                              **labels))])[0]  # fmt: skip

    def add_all(self, rows: Iterable[tuple[int, dict]]) -> list[Article]:
        """Many, in one transaction."""
        made, stories, members, outcomes = [], [], [], {}
        articles, revisions, judgements, tasks = [], [], [], []
        for when, one in rows:
            self.count += 1
            url = f"https://bao-{self.count}.example/bai-{self.count}.html"
            article = Article(
                Article.make_id(url), url, url, one.get("source", "hai_au"), one.get("outlet", "Báo Hải Âu"), when,
                self.fetch.id,
            )  # fmt: skip
            title, lead = one.get("title", "Trường học đón học sinh"), one.get("lead", "")
            text = Revision.hash_text(title, lead, "")
            read = Revision(Revision.make_id(article.id, text), article.id, text, Basis.FEED, title, lead, "", when,
                            self.fetch.id)  # fmt: skip
            judgements += self._judged(read, one)
            outcomes[read.id] = one.get("outcome", "relevant")
            tasks.append(NewTask("judge", read.id, "v1", when))
            articles.append(article)
            revisions.append(read)
            if name := one.get("story"):
                if name not in self.stories:
                    self.stories[name] = Story.make_id(article.id)
                    stories.append(Story(self.stories[name], article.id, when))
                kind = Relation.REPRINT if one.get("copy") else Relation.ORIGINAL
                members.append(Membership(article.id, self.stories[name], kind, None, 1.0, "machine", "v1", when))
            made.append(article)
        with self.store.transaction() as tx:
            tx.add_articles(articles)
            tx.add_revisions(revisions)
            tx.add_judgements(judgements)
            tx.add_tasks(tasks, 1)
            tx.add_grouping(stories, members, [])
        while claimed := self.store.claim("judge", 500, "test", 2**50, 60_000):
            with self.store.transaction() as tx:
                for task in claimed:
                    tx.finish(task, outcomes.get(task.subject, "relevant"), "", 1)
        return made

    def _judged(self, read: Revision, one: dict) -> list[Judgement]:
        labels = {"edu": "core", "hp": "none", "tone": "neu", "stance": "none", "kind": "news", "rumour": "none"}
        labels |= {k: v for k, v in one.items() if k in labels}
        detail = {
            "hp": {"scope": one.get("scope", "national"),
                   "places": [{"in_hp": True, "units": [code], "span": code} for code in one.get("places", ())]},
            "topics": {"themes": [{"id": t, "name": t, "by": "words", "score": 0.9} for t in one.get("themes", ())]},
        }  # fmt: skip
        labels["topics"] = one.get("topics", "policy")
        return [
            Judgement(read.id, JudgementKind(k), "shipped", "v1", v, one.get("score", 0.9), detail.get(k, {}), 1)
            for k, v in labels.items()
        ]

    def read(self, one: Window = MAY, now: int | None = None, only: Only | None = None, **more: object) -> ReportInput:
        """The input of a report of that window."""
        plans, _ = load_plan_themes()
        return ReportInput(
            now=now or at(dt.date(2026, 6, 1)), tz=TZ, period=self._period(one, plans, only),
            then=self._period(before(one, PERIODS), plans, only),
            last_year=self._period(year_before(one, PERIODS), plans, only), paper=PAPER,
            names=Names(load_topics(), load_gazetteer().names, {}, {}), plans=plans, **more,
        )  # fmt: skip

    def _period(self, one: Window, plans: dict, only: Only | None) -> Period:
        after, until = one.bounds(TZ)
        seen = by_day(self.store.seen_by_hour(after, until), TZ)
        return Period(one, read_facts(self.store, after, until, plans, only), seen)
