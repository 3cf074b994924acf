"""``make demo``: two weeks of the town's press, crawled over real HTTP on loopback, through every stage to the digests.

Only the clock is the demo's own. Each day it visits the outlets five times, the last time just before the digest.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from alerts import words
from config.settings import Settings, load_settings
from demo.model import to_ms
from demo.server import Town
from runner.crawling import run_crawl
from runner.deps import Deps, make_deps
from runner.digests import digest_task, due_at
from runner.health import health_task, slot
from runner.lock import own
from runner.references_load import load
from runner.replay import ReplayClock
from runner.run import Runner
from runner.stages import DIGEST, GONE, HEALTH, READING
from runner.when import local
from store.errors import HaidangError
from store.model import Basis, Digest, Fetch, FetchOutcome

FIRST = dt.date(2026, 11, 2)
DAYS = 14
VISITS = ("06:20", "09:30", "13:00", "17:30", "22:00")  # local; the first is just before the digest of 06:30
SOURCES = Path(__file__).resolve().parent / "sources"
REFERENCES = Path(__file__).resolve().parent / "references.jsonl"
MARKER = ".haidang-demo"


@dataclass
class Story:
    """What the demo did, for its last page."""

    fetches: Counter[str] = field(default_factory=Counter)
    days: list[str] = field(default_factory=list)
    asked: int = 0


def settings_for(home: Path, port: int) -> Settings:
    """The town's outlets only, through the town's proxy, without delays.

    What is true of the demo's home for good stands in its settings.yml, so that the desk and the commands that are
    tried on it afterwards see the same sources; the proxy is gone by then.
    """
    shutil.copy(Path(__file__).resolve().parent / "contacts.yml", home / "contacts.yml")
    lasting = {"only_own_sources": True, "sources_dir": str(SOURCES), "contact": "demo@haidang.example"}
    (home / "settings.yml").write_text(yaml.safe_dump(lasting, allow_unicode=True), encoding="utf-8")
    return load_settings({}, home=home, http_proxy=f"http://127.0.0.1:{port}", allow_loopback=True, host_delay_s=0)


STAGES = (*READING, GONE, HEALTH)


def steps() -> Iterator[tuple[dt.date, str]]:
    """(day, what): the visits and the digests in order of time."""
    for number in range(DAYS + 1):
        day = FIRST + dt.timedelta(days=number)
        for visit in VISITS:
            if number == DAYS and visit != VISITS[0]:
                return
            yield day, visit
            if visit == VISITS[0] and number:
                yield day, "digest"


def run(home: Path, show: Console | None = None) -> tuple[Deps, Story]:
    """Crawl, read, judge, group and digest the town into ``home`` (made anew). The caller closes the store."""
    _make_anew(home)
    clock = ReplayClock(_ms(FIRST, VISITS[0]))
    town = Town(clock)
    port = town.start()
    story = Story()
    try:
        with own(home, "demo"):
            deps = make_deps(settings_for(home, port), clock, deliver=False)
            load(deps, REFERENCES, "Người dựng bản mẫu")
            plan = steps()
            next(plan)
            runner = Runner(deps)

            def on_idle() -> bool:
                if runner.drain(STAGES):
                    return True
                for day, what in plan:
                    if what != "digest":
                        clock.move(_ms(day, what))
                        _look_at_health(deps)
                        return True
                    _digest(deps, runner, clock, day)
                    story.days.append(day.isoformat())
                    if show:
                        show.print(f"  {_subject(deps, day)}", highlight=False)
                return False

            def on_fetch(fetch: Fetch) -> None:
                story.fetches[fetch.outcome] += 1

            run_crawl(deps, on_idle=on_idle, on_fetch=on_fetch)
    finally:
        town.stop()
    story.asked = len(town.asked)
    return deps, story


def _look_at_health(deps: Deps) -> None:
    with deps.store.transaction() as tx:
        tx.add_tasks([health_task(slot(deps.now()), deps.settings.timezone)], deps.now())


def _digest(deps: Deps, runner: Runner, clock: ReplayClock, day: dt.date) -> None:
    due = due_at(deps, day)
    clock.move(due)
    with deps.store.transaction() as tx:
        tx.add_tasks([digest_task(day, due)], due)
    runner.drain([DIGEST])


def _subject(deps: Deps, day: dt.date) -> str:
    digest = deps.store.digest(Digest.make_id("daily", day.isoformat()))
    return digest.subject if digest else f"{day}: chưa dựng được"


def _ms(day: dt.date, at: str) -> int:
    hour, minute = map(int, at.split(":"))
    return to_ms(dt.datetime(day.year, day.month, day.day, hour, minute))  # noqa: DTZ001 - to_ms takes local time


def _make_anew(home: Path) -> None:
    if home.exists() and any(home.iterdir()):
        if not (home / MARKER).exists():
            raise HaidangError(f"{home} is not empty and not a demo's: name another folder with --home")
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / MARKER).touch()


def _tell(show: Console, deps: Deps, story: Story, seconds: float) -> None:
    counts = deps.store.counts()
    show.print(
        f"\n{story.asked} yêu cầu HTTP trên loopback, {counts['article']} bài của {len(deps.tools.sources)} báo, "
        f"{counts['revision']} bản nội dung, {counts['story']} nhóm tin, {len(story.days)} điểm báo, {seconds:.0f} s.",
        highlight=False,
    )
    table = Table("khâu", "kết quả", "số việc", title="Mỗi việc kết thúc bằng đúng một kết quả", title_justify="left")
    for outcome, n in sorted(story.fetches.items()):
        table.add_row(words.STAGES["fetch"], words.FETCHED.get(outcome, outcome), str(n))
    for (stage, outcome), n in sorted(deps.store.outcome_counts().items()):
        if stage != "fetch":
            table.add_row(words.STAGES.get(stage, stage), words.OUTCOMES.get(outcome, outcome), str(n))
    show.print(table)
    for line in _sights(deps):
        show.print(f"• {line}", highlight=False, soft_wrap=True)
    for line in (*_checks(deps), *_coverage(deps)):
        show.print(f"• {line}", highlight=False, soft_wrap=True)
    for alert in reversed(deps.store.alerts(20)):
        until = f" đến {local(alert.closed_at)}" if alert.closed_at else ", còn mở"
        outlet = deps.tools.sources[alert.source_id].outlet
        show.print(
            f"• Cảnh báo nguồn {outlet}: {words.ALERTS[alert.kind][1]}, từ {local(alert.opened_at)}{until}",
            highlight=False,
        )
    show.print(f"\nĐiểm báo (mở bằng trình duyệt): {deps.settings.digests}/", highlight=False, soft_wrap=True)
    home = deps.settings.home
    show.print(f"Bàn làm việc: HAIDANG_HOME={home} .venv/bin/python -m desk", highlight=False, soft_wrap=True)
    show.print(f"Dấu vết một bài: .venv/bin/haidang trace URL --home {home}", highlight=False, soft_wrap=True)


def _sights(deps: Deps) -> Iterator[str]:
    """A few things worth a look, read from the rows."""
    end = deps.now()
    articles = deps.store.articles_seen(0, end)
    revisions = deps.store.revisions_of([a.id for a in articles])
    for article in articles:
        pages = [r for r in revisions.get(article.id, []) if r.basis is Basis.PAGE]
        if len(pages) > 1:
            yield f"Sửa bài không báo trước ({len(pages)} bản): {article.url}"
        fetched = deps.store.fetches_for(article_id=article.id)
        outcomes = {f.outcome for f in fetched}
        if FetchOutcome.GONE in outcomes:
            yield f"Bài đã bị gỡ, bản đã tải còn giữ: {article.url}"
        if FetchOutcome.ROBOTS_DENIED in outcomes:
            yield f"robots.txt không cho tải, chỉ có tiêu đề và sapo: {article.url}"


def _checks(deps: Deps) -> Iterator[str]:
    """What the reference library set beside the articles."""
    from alerts.candidates import sheet

    for rows in deps.store.candidates(0, deps.now(), limit=50):
        one = sheet(rows)
        state = {"open": "chờ đối chiếu", "done": "đã có kết quả"}.get(one.state, "không còn căn cứ")
        yield f"Cần đối chiếu ({state}, {one.carriers} bài nêu): haidang candidates show {one.id}"


def _coverage(deps: Deps) -> Iterator[str]:
    """What feed, sitemap and front page found, where an outlet has more than one way."""
    from runner.sources_coverage import coverage, said

    for one in coverage(deps, None, DAYS):
        if one.compared:
            yield f"Đối chiếu {deps.tools.sources[one.source_id].outlet}: {said(one)}"


def main(arguments: list[str] | None = None) -> int:
    """Run and tell."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--home", type=Path, default=Path("out/demo"))
    want: Any = ask.parse_args(arguments)
    show = Console()
    started = time.monotonic()
    show.print("Hai tuần báo chí của một thành phố giả định, thu thập thật qua HTTP trên máy này:", highlight=False)
    try:
        deps, story = run(want.home.absolute(), show)
    except HaidangError as wrong:
        show.print(str(wrong), style="red", highlight=False)
        return 1
    _tell(show, deps, story, time.monotonic() - started)
    deps.store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
