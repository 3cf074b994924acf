"""Rules, weights or the list of authorities' sites changed: texts of the last days are checked again, once a change.

The clock compares what stands now with what was last put on the list, so a machine that was off takes a change up when
it starts. A list that cannot be read plans nothing: the one before it still holds (runner/checking_hosts.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from alerts.inputs import newest_text
from config.official_hosts import OfficialHosts
from runner.checking import WINDOW_MS, check_version
from runner.checking_hosts import RELATION, alike_of
from runner.deps import Deps
from store.model import NewTask, Task

RULES, HOSTS = "rules:", "hosts:"
"""Begin the subjects of their tasks; what follows is the place to go on from: 500 texts a task."""
PAGE = 500
MOST = 3_000  # texts in all, the newest


def changed_tasks(deps: Deps) -> list[NewTask]:
    """A task for each of the two that stands otherwise than when it was last taken up; for the clock."""
    now = deps.now()
    if deps.store.first_fetch_at() is None:
        return []
    states = {RULES: check_version()}
    official = deps.tools.hosts_book.read()
    if official is not None:
        states[HOSTS] = stamp_of(official.with_sources(deps.tools.sources.values()))
    planned: Mapping[str, Sequence[Task]] = {subject: deps.store.tasks_for([subject]) for subject in states}
    found = []
    for subject, state in states.items():
        before = [_parts(t.version) for t in planned[subject] if t.stage == "recheck"]
        count, last = max(before, default=(0, ""))
        if last != state:
            found.append(NewTask("recheck", subject, f"{state}.{count + 1}", now))
    return found


def stamp_of(official: OfficialHosts) -> str:
    """A short hash over every host, who speaks there, and those that are left alone."""
    told = json.dumps([sorted(official.hosts.items()), sorted(official.known)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:10]


def texts_to_check(deps: Deps, subject: str, version: str) -> tuple[list[str], str]:
    """(ids of the texts of this task, the subject of the next one or ""): those of open candidates, then of relevant
    articles of the last days, the newest first. The first task of an installation leaves out what today's rules saw."""
    store, now = deps.store, deps.now()
    kind, _, after = subject.partition(":")
    place = int(after or 0)
    seen = store.relevant_seen(now - WINDOW_MS, now)[-MOST:][::-1]
    first: list[str] = []
    if f"{kind}:" == HOSTS:
        official = deps.tools.official_hosts.with_sources(deps.tools.sources.values())
        seen = [a for a in seen if alike_of(a.url, official) is not None]
        first = store.open_revisions((), RELATION)
    elif not place:
        opened = store.candidates(done=False, limit=PAGE)
        first = [f.revision_id for one in opened for f in one.findings if f.raised]
    part = seen[place : place + PAGE]
    texts = store.revisions_of([a.id for a in part])
    newest = [r.id for a in part if (r := newest_text(texts.get(a.id, [])))]
    following = f"{kind}:{place + PAGE}" if place + PAGE < len(seen) else ""
    wanted = list(dict.fromkeys([*first, *newest]))
    if _parts(version)[0] == 1:
        now_stands = check_version()
        done = {t.subject for t in store.tasks_for(wanted) if t.stage == "check" and t.version.startswith(now_stands)}
        wanted = [i for i in wanted if i not in done]
    return wanted, following


def _parts(version: str) -> tuple[int, str]:
    """(count, state) of a task's version."""
    state, _, count = version.rpartition(".")
    return (int(count) if count.isdigit() else 0), state
