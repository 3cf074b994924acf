"""``haidang rejudge``: old articles by the judge of now. What was judged before stays, and so does what was issued."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from runner.deps import Deps
from runner.digests import local_ms
from store.model import NewTask

SLICE = 200  # articles a transaction


def rejudge(deps: Deps, first: dt.date, last: dt.date) -> tuple[int, int]:
    """Put every text of the articles first seen on the inclusive local days on the list of the judge, at the version of
    now; (texts, how many of them are new on the list). Texts that this version has judged are not judged again."""
    zone, version = ZoneInfo(deps.settings.timezone), deps.tools.judge.version
    after = local_ms(first, "00:00", zone) - 1
    until = local_ms(last + dt.timedelta(days=1), "00:00", zone) - 1
    articles = deps.store.articles_seen(after, until)
    texts = new = 0
    for begin in range(0, len(articles), SLICE):
        part = {a.id: a.first_seen_at for a in articles[begin : begin + SLICE]}
        tasks = [
            NewTask("judge", revision.id, version, part[article_id])
            for article_id, revisions in deps.store.revisions_of(part).items()
            for revision in revisions
        ]
        with deps.store.transaction() as tx:
            new += tx.add_tasks(tasks, deps.now())
        texts += len(tasks)
    return texts, new
