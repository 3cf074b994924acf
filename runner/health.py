"""The `health` stage: every half hour one look at all sources; what is wrong becomes rows and one letter.

A check judges the present, whenever it is claimed: one whose half hour is over says nothing, for a newer one stands
on the list. It must be worked alone (it reads the alerts that the one before has opened).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runner.deps import Deps, Tools
from runner.rows import Result
from store.model import Article, ChannelState, HealthAlert, NewTask, Outcome, Task

if TYPE_CHECKING:
    from crawler.health import Facts, Look
    from crawler.layout import PageSigns

HEALTH_VERSION = "1"
EVERY_MS = 30 * 60_000
LOOKS, LOOK_AGAIN_MS = 10, 30_000  # a check waits five minutes for bodies that are fetched and not read yet
_PAGES, _GRACE_MS = 80, 6 * 3_600_000  # pages of a busy host wait their turn so long
_ASKED = 2_000  # attempts looked through for when we began to ask


@dataclass(frozen=True, slots=True)
class HealthInputs:
    """One check. ``at``: the half hour that it was put on the list for; ``waiting``: bodies not read yet."""

    at: int
    now: int
    facts: Facts
    open_alerts: Sequence[HealthAlert]
    administrators: tuple[str, ...]
    waiting: int
    looks: int


def slot(now: int) -> int:
    """The half hour that ``now`` lies in (its begin, ms UTC)."""
    return now - now % EVERY_MS


def health_task(at: int, tz: str = "Asia/Ho_Chi_Minh") -> NewTask:
    """The task of one half hour; its subject is the local time with the offset, to the minute."""
    local = dt.datetime.fromtimestamp(at / 1000, ZoneInfo(tz))
    return NewTask("health", local.isoformat(timespec="minutes"), HEALTH_VERSION, at, at)


def load_health(deps: Deps, tasks: list[Task]) -> list[HealthInputs]:
    """What each check judges; the same for all but for the half hour."""
    now = deps.now()
    loaded = []
    for task in tasks:
        at = int(dt.datetime.fromisoformat(task.subject).timestamp() * 1000)
        late = slot(now) != at
        facts = load_facts(deps, now, pages=True) if not late else _nothing()
        waiting = deps.store.count_open(("read",), now)
        open_alerts = deps.store.open_alerts()
        administrators = deps.settings.administrators
        loaded.append(HealthInputs(at, now, facts, open_alerts, administrators, waiting, task.attempt))
    return loaded


def work_health(tools: Tools, inputs: Sequence[HealthInputs]) -> list[Result]:
    """Alerts to open and to close, and the letter about what was opened."""
    return [_check(tools, one) for one in inputs]


def _check(tools: Tools, given: HealthInputs) -> Result:
    from alerts.health_mail import plan
    from crawler.alarms import change
    from crawler.health import look

    if slot(given.now) != given.at:
        return Result(Outcome.CHECKED, "its half hour is over; a newer check stands for it")
    if given.waiting and given.looks < LOOKS:
        return Result(Outcome.CHECKED, f"{given.waiting} bodies are not read yet", retry_at=given.now + LOOK_AGAIN_MS)
    settings = tools.settings
    seen = look(tools.sources, given.facts, given.now, settings.timezone)
    found = change(seen, given.open_alerts, ADMINISTRATOR)
    deliveries = plan(given.now, given.administrators, settings.smtp_from) if found.opened else []
    return Result(
        Outcome.CHECKED,
        _summary(seen, found.opened, len(found.closed)),
        alerts=found.opened,
        closed_alerts=found.closed,
        deliveries=tuple(deliveries),
        tasks=tuple(NewTask("deliver", d.id, "1", given.now, given.now) for d in deliveries),
    )


ADMINISTRATOR = "Người quản trị"


def _summary(seen: Look, opened: Sequence[HealthAlert], closed: int) -> str:
    known = sum(view.rhythm is not None for view in seen.views.values())
    watched = sum(view.watched for view in seen.views.values())
    kinds = ", ".join(f"{kind} {n}" for kind, n in sorted(Counter(str(one.kind) for one in opened).items()))
    return f"{watched} sources watched, {known} with a rhythm; opened {len(opened)} ({kinds or '-'}), closed {closed}"


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────


def load_facts(deps: Deps, now: int, *, pages: bool = False) -> Facts:
    """All that a look needs, as of ``now``; the layout of pages only on demand (it reads many texts)."""
    from crawler.health import Facts, keys_missing
    from crawler.rhythm import HOUR_MS, LEARNT_MS

    store, sources = deps.store, deps.tools.sources
    channels = store.channels()
    watched = [source.id for source in sources.values() if source.enabled and source.channels]
    arrivals = store.arrivals(watched, now - LEARNT_MS - 24 * HOUR_MS, now)
    newest = {i: found[-1] for i, found in arrivals.items() if found}
    others = [i for i in sources if i not in newest]
    newest |= {i: at for i, at in store.newest_of_sources(others).items() if at <= now}
    return Facts(
        channels,
        newest,
        arrivals,
        missing=keys_missing(sources, deps.settings),
        asked_since=_asked_since(deps, channels, newest),
        pages={i: _pages(deps, i, arrivals[i], now) for i in watched if sources[i].fetch_pages} if pages else {},
    )


def _nothing() -> Facts:
    from crawler.health import Facts

    return Facts((), {})


def _asked_since(deps: Deps, channels: Sequence[ChannelState], newest: Mapping[str, int]) -> dict[str, int]:
    """The first attempts that we know of, at sources that never brought an item."""
    found: dict[str, int] = {}
    for row in channels:
        if row.source_id in newest or row.last_fetch_at is None or row.source_id not in deps.tools.sources:
            continue
        for fetch in deps.store.fetches_for(url=row.url, limit=_ASKED)[-1:]:
            found[row.source_id] = min(fetch.started_at, found.get(row.source_id, fetch.started_at))
    return found


def _pages(deps: Deps, source_id: str, arrivals: Sequence[int], now: int) -> list[PageSigns]:
    """The newest articles that had time to be fetched, newest first; one whose page was not read has no signs."""
    from crawler.layout import PageSigns, signs

    old_enough = [at for at in arrivals if at <= now - _GRACE_MS][-_PAGES:]
    if not old_enough:
        return []
    read = deps.store.newest_pages(source_id, now, 2 * _PAGES)
    seen = {a.id: a.first_seen_at for a in deps.store.articles([r.article_id for r in read]).values()}
    found = [(seen[r.article_id], signs(r)) for r in read if old_enough[0] <= seen[r.article_id] <= now - _GRACE_MS]
    unread = Counter(old_enough) - Counter(at for at, _ in found)
    found += [(at, PageSigns("", at, frozenset())) for at in unread.elements()]
    found.sort(key=lambda one: (-one[0], one[1].article_id))
    return _named(deps, source_id, [one for _, one in found][:_PAGES])


def _named(deps: Deps, source_id: str, pages: list[PageSigns]) -> list[PageSigns]:
    """With the ids of the newest unread ones, where there are enough of them to be told."""
    from crawler import layout

    unread = [n for n, page in enumerate(pages[: layout.NOW]) if not page.has]
    if len(unread) <= layout.DROP * layout.NOW:
        return pages
    known = {page.article_id for page in pages}
    for n in unread[: layout.EXAMPLES]:
        article = next((a for a in _seen_at(deps, source_id, pages[n].seen_at) if a.id not in known), None)
        if article is not None:
            pages[n] = replace(pages[n], article_id=article.id)
            known.add(article.id)
    return pages


def _seen_at(deps: Deps, source_id: str, at: int) -> list[Article]:
    return [a for a in deps.store.articles_seen(at - 1, at) if a.source_id == source_id]
