"""The digest of a storm day: 500 relevant items, from rows to every form, and the release of it.

    python -m bench.digest               # prints one JSON object; exit 1 beyond bench/floors.json
    python -m bench.digest --items 100   # a shorter look, nothing gated

Items are invented: stories of three outlets with figures that agree and differ, one story of fifty. ``build``: rows of
the window read, told, masked, compared, rendered (HTML, text, the frozen draft). ``forms``: DOCX, PDF and Zalo of it.
``release``: edits laid over, every form, editions, rows. ``*_loops`` is the time in calibration loops
(bench.calibrate), which is what compares between machines. ``same``: two builds give the same bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alerts.digest import build_digest, window
from alerts.digest_formats import files_of
from alerts.release import Audience, release
from alerts.release_edit import Hand, draft_of
from bench.calibrate import loops_per_second
from config.settings import Settings
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
    Outcome,
    Relation,
    Revision,
    Story,
)  # fmt: skip
from store.sqlite import SqliteStore, open_store

DAY = dt.date(2026, 11, 20)
ITEMS, ROUNDS, BIG = 500, 3, 50
FLOORS = Path(__file__).resolve().parent / "floors.json"
LABELS = {"edu": "core", "tone": "neg", "stance": "none", "kind": "news", "rumour": "none"}
BODY = (
    "Sở GDĐT thông báo cho học sinh nghỉ học từ chiều 20/11. Theo thống kê ban đầu, {n} trường ở phường Lê Chân bị tốc "
    "mái, {m} phòng học ngập nước. Các trường liên hệ với phụ huynh qua sổ liên lạc điện tử. Đoàn kiểm tra của thành "
    "phố đã đến từng nơi, yêu cầu bảo đảm an toàn trước khi đón học sinh trở lại. "
)


def storm(folder: Path, items: int) -> tuple[SqliteStore, BodyStore, Settings]:
    """An installation as the earlier stages would have left it that morning."""
    settings = Settings(home=folder, digest_release="by_hand")
    store, bodies = open_store(settings.database), BodyStore(settings.bodies)
    fetch = Fetch(Fetch.make_id("https://b.example/rss", 1), FetchKind.FEED, "b", "https://b.example/rss", 1, 2,
                  FetchOutcome.FETCHED)  # fmt: skip
    with store.transaction() as tx:
        tx.add_fetch(fetch)
    after = window(DAY)[0]
    for begin in range(0, items, 100):
        _some(store, fetch.id, after, range(begin, min(begin + 100, items)))
    return store, bodies, settings


def _some(store: SqliteStore, fetch_id: str, after: int, numbers: range) -> None:
    articles, revisions, judged, members = [], [], [], []
    stories: dict[str, Story] = {}
    for n in numbers:
        url, seen = f"https://bao-{n % 23}.example/bao-so-8-{n}.html", after + 60_000 * (n + 1)
        article = Article(Article.make_id(url), url, url, f"b{n % 23}", f"Báo Ven Biển {n % 23}", seen, fetch_id)
        title = f"Bão số 8: {300 + n % 9} trường ở phường số {n} cho học sinh nghỉ, em bé lớp {n % 9 + 1} về nhà"
        lead = "Sở GDĐT thông báo nghỉ học từ chiều 20/11. Các trường liên hệ với phụ huynh. " * 2
        body = BODY.format(n=12 + n % 2, m=40) * 3
        texts = Revision.hash_text(title, lead, body)
        revision = Revision(Revision.make_id(article.id, texts), article.id, texts, Basis.PAGE, title, lead, body, seen,
                            fetch_id)  # fmt: skip
        group = 0 if n < BIG else n // 3
        first = f"https://bao-{0 if not group else (group * 3) % 23}.example/bao-so-8-{group * 3}.html"
        story = Story.make_id(Article.make_id(first))
        stories.setdefault(story, Story(story, Article.make_id(first), seen))
        relation = (Relation.ORIGINAL, Relation.FOLLOW_UP, Relation.REPRINT)[n % 3]
        articles.append(article)
        revisions.append(revision)
        members.append(Membership(article.id, story, relation, None, 1.0, "machine", "v1", seen))
        labels = {**LABELS, "hp": ("direct", "mention", "none")[n % 3]}
        where = {"hp": {"scope": ("national", "local")[n % 2], "places": [{"span": "Lê Chân", "in_hp": True}]}}
        judged += [
            Judgement(revision.id, JudgementKind(kind), "shipped", "v1", word, 0.9, where.get(kind, {}))
            for kind, word in labels.items()
        ]
    with store.transaction() as tx:
        tx.add_articles(articles)
        tx.add_revisions(revisions)
        tx.add_judgements(judged)
        tx.add_grouping(list(stories.values()), members, [])
        tx.add_tasks([NewTask("judge", r.id, "v1", after) for r in revisions], after)
    tasks = store.claim("judge", 200, "bench", after, 60_000)
    with store.transaction() as tx:
        for task in tasks:
            tx.finish(task, Outcome.RELEVANT, "", after)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def measured(items: int) -> dict[str, Any]:
    """All figures of one run."""
    now = window(DAY)[1]
    before = loops_per_second()
    with tempfile.TemporaryDirectory() as folder:
        store, bodies, settings = storm(Path(folder), items)
        built = [_timed(lambda: build_digest(store, bodies, DAY, settings, now)) for _ in range(ROUNDS)]
        digest, _, files = built[0][1]
        for content in files.values():
            bodies.put(content)
        with store.transaction() as tx:
            tx.add_digest(digest)
        draft = draft_of(bodies, digest)
        papers = [_timed(lambda: files_of(draft, "Sở", now, ("docx", "pdf", "zalo"))) for _ in range(ROUNDS)]
        hand = Hand("Nguyễn Thị Hoa", now + 1)
        out, _ = _timed(lambda: release(store, bodies, settings, Audience(("a@so.example",)), digest, hand))
        store.close()
    calibration = (before + loops_per_second()) / 2
    seconds = {"build": min(s for s, _ in built), "forms": min(s for s, _ in papers), "release": out}
    seconds["all"] = seconds["build"] + seconds["forms"]
    return {
        "items": items,
        "shown": digest.figures["tong"],
        "calibration_loops_per_second": round(calibration),
        "seconds": {k: round(v, 3) for k, v in seconds.items()},
        "digest_loops": {k: round(v * calibration) for k, v in seconds.items()},
        "bytes": {k: len(v) for k, v in {**files, **papers[0][1]}.items()},
        "same": all(one[1][2] == files for one in built) and all(one[1] == papers[0][1] for one in papers),
    }


def main() -> int:
    """Print the figures; 1 where one is beyond its ceiling."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    given = parser.parse_args()
    found = measured(given.items)
    print(json.dumps(found, indent=2, ensure_ascii=False))
    ceilings = json.loads(given.floors.read_text()).get("digest", {}).get("ceilings", {})
    if given.items < ITEMS:
        return 0
    wrong = [f"{key}_loops" for key, most in ceilings.items() if found["digest_loops"][key] > most]
    wrong += [] if found["same"] else ["same"]
    wrong += [] if found["shown"] == given.items else ["shown"]
    if wrong:
        print("beyond its ceiling: " + ", ".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
