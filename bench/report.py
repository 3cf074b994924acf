"""How long reports take, and how much memory: a month of 30,000 items, a month in which all of them are about schools,
ten months of 144,389; beside the calibration loop of the same run. With ``--null``: how often a change is told where
there is none (days of the recording dealt at random into two months).

    python -m bench.report [--archive HOME] [--null]

``--archive``: a home filled by `haidang replay` with the ten months (else that part is left out); nothing is written
there. Each report is made in a process of its own; memory is the peak of that process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.calibrate import loops_per_second

FIRST = dt.date(2026, 4, 15)
TOPICS = ("exams", "fees", "safety", "policy", "teachers", "facilities", "health", "activities")
WORDS = tuple(
    "trường học sinh giáo viên phụ huynh thành phố đề nghị hỗ trợ năm học mới chương trình kiểm tra".split()  # noqa: SIM905
)
REPLAYED = (dt.date(2025, 8, 9), dt.date(2026, 5, 31))


def fill(home: Path, items: int, about_schools: float) -> None:
    """A month of invented items and the month before it; ``about_schools``: the part of them that a judge kept."""
    from config.settings import Settings
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
    )  # fmt: skip
    from store.sqlite import open_store

    store = open_store(Settings(home=home).database)
    draw = random.Random(8)
    fetch = Fetch(Fetch.make_id("u", 1), FetchKind.FEED, "s", "u", 1, 2, FetchOutcome.FETCHED)
    with store.transaction() as tx:
        tx.add_fetch(fetch)
    begin = int(
        dt.datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=dt.timezone(dt.timedelta(hours=7))).timestamp() * 1000
    )
    for start in range(0, 2 * items, 500):
        articles, revisions, judgements, tasks, stories, members = [], [], [], [], [], []
        for n in range(start, min(start + 500, 2 * items)):
            at = begin + (n - items) * 30 * 86_400_000 // items + 1
            url = f"https://b{n % 40}.example/{n}.html"
            article = Article(Article.make_id(url), url, url, f"s{n % 40}", f"Báo số {n % 40}", at, fetch.id)
            title = f"Bài {n}: " + " ".join(draw.choices(WORDS, k=12))
            lead = " ".join(draw.choices(WORDS, k=40))
            text = Revision.hash_text(title, lead, "")
            read = Revision(
                Revision.make_id(article.id, text), article.id, text, Basis.FEED, title, lead, "", at, fetch.id
            )
            articles.append(article)
            revisions.append(read)
            if draw.random() >= about_schools:
                continue
            labels = {
                "edu": "core", "hp": draw.choice(["none", "none", "none", "direct"]), "stance": "none", "kind": "news",
                "tone": draw.choice(["pos", "neu", "neg"]), "topics": draw.choice(TOPICS), "rumour": "none",
            }  # fmt: skip
            detail = {
                "hp": {"scope": "national", "places": [{"in_hp": True, "units": [draw.choice(["11413", "11407"])]}]},
                "topics": {"themes": [{"id": f"t{n % 30}", "name": f"Chuyên mục {n % 30}", "by": "words"}]},
            }
            judgements += [
                Judgement(read.id, JudgementKind(k), "b", "1", v, 0.9, detail.get(k, {}), at) for k, v in labels.items()
            ]
            tasks.append(NewTask("judge", read.id, "1", at))
            story = Story.make_id(article.id)
            stories.append(Story(story, article.id, at))
            members.append(Membership(article.id, story, Relation.ORIGINAL, None, 1.0, "machine", "1", at))
        with store.transaction() as tx:
            tx.add_articles(articles)
            tx.add_revisions(revisions)
            tx.add_judgements(judgements)
            tx.add_tasks(tasks, 1)
            tx.add_grouping(stories, members, [])
        while claimed := store.claim("judge", 1_000, "bench", 2**50, 60_000):
            with store.transaction() as tx:
                for task in claimed:
                    tx.finish(task, "relevant", "", 1)
    store.close()


def one_report(home: Path, first: str, last: str, kind: str) -> dict[str, Any]:
    """In a process of its own: seconds, peak MB, items, charts."""
    code = (
        "import json,resource,sys,time,datetime as dt\n"
        "from pathlib import Path\n"
        "from config.settings import Settings\n"
        "from runner.deps import make_deps\n"
        "from runner import reports\n"
        "from alerts import report\n"
        "from alerts.documents.nd30 import Figure\n"
        "home, kind, first, last = sys.argv[1:5]\n"
        "began = time.perf_counter()\n"
        "deps = make_deps(Settings(home=Path(home)), lambda: 1796000000000, deliver=False)\n"
        "one = report.window(kind, first, reports.periods_of(deps), last)\n"
        "built = report.build(reports.read(deps, one), 1)\n"
        "took = time.perf_counter() - began\n"
        "print(json.dumps({'seconds': round(took, 2), 'cpu': round(time.process_time(), 2),\n"
        "  'mb': round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),\n"
        "  'items': built.report.figures.get('tong', 0), 'kept': len(built.items),\n"
        "  'charts': sum(isinstance(b, Figure) for b in built.document.blocks),\n"
        "  'bytes': sum(map(len, built.files.values()))}))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(home), kind, first, last], capture_output=True, text=True, check=True
    )
    made: dict[str, Any] = json.loads(found.stdout.strip().splitlines()[-1])
    return made


def null(home: Path, rounds: int = 100) -> dict[str, Any]:
    """Days of the archive dealt at random into two months of thirty days: how often any change is told."""
    from alerts.report_facts import read_facts
    from alerts.report_figures import common, in_stories
    from alerts.report_tests import benjamini_hochberg, changes, fisher
    from alerts.report_window import span
    from config.settings import Settings
    from store.sqlite import open_store

    store = open_store(Settings(home=home).database)
    after, until = span(*REPLAYED).bounds("Asia/Ho_Chi_Minh")
    by_day: dict[int, list[tuple[str, ...]]] = {}
    for members in in_stories(read_facts(store, after, until)):
        by_day.setdefault((members[0].at - after) // 86_400_000, []).append(common(members, "topics"))
    store.close()
    draw, told, topics, alone = random.Random(1), 0, 0, 0
    blocks = list(range(0, max(by_day), 3))
    for _ in range(rounds):
        picked = draw.sample(blocks, 20)
        parts: list[Any] = []
        for half in (picked[:10], picked[10:]):
            days = [b + k for b in half for k in range(3)]
            whole, found = {}, {}
            for place, day in enumerate(days):
                whole[place] = len(by_day.get(day, []))
                for story in by_day.get(day, []):
                    for topic in story:
                        found.setdefault(topic, {})[place] = found.setdefault(topic, {}).get(place, 0) + 1
            parts += [found, whole]
        result = changes(*parts)
        sure = [c for c in result if c.sure]
        told += bool(sure)
        topics += len(sure)
        raw = {c.key: fisher(c.now, c.now_of, c.then, c.then_of) for c in result}
        alone += any(p <= 0.10 for p in benjamini_hochberg(raw).values())
    return {"rounds": rounds, "with_any": told / rounds, "changes": topics, "fisher_alone_with_any": alone / rounds}


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--null", action="store_true")
    given = parser.parse_args()
    loops = loops_per_second()
    print(f"calibration {loops:,.0f} loops/s")
    for name, share in (
        ("month, 30,000 items, 7 % about schools", 0.07),
        ("month, 30,000 items, all about schools", 1.0),
    ):
        with tempfile.TemporaryDirectory() as folder:
            fill(Path(folder), 30_000, share)
            found = one_report(Path(folder), "2026-05", "", "month")
            print(name, found, f"relative {found['cpu'] * loops / 1e6:.2f}")
    if given.archive:
        first, last = map(str, REPLAYED)
        found = one_report(given.archive, first, last, "window")
        print("ten months, 144,389 items", found, f"relative {found['cpu'] * loops / 1e6:.2f}")
    if given.null and given.archive:
        print("no change", null(given.archive))
    print(
        f"this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, {time.strftime('%Y-%m-%d')}"
    )


if __name__ == "__main__":
    main()
