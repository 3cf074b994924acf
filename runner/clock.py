"""The clock only inserts Task rows; rows then carry the work, so a missed tick is caught up by the next one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from alerts.digest_days import WEEKLY, at_ms
from runner.auditing import watch_auditor
from runner.deps import Deps
from runner.digests import digest_task, due_at, wanted, week_of
from runner.escalating import escalate_tasks
from runner.health import health_task, slot
from runner.labels_drift import drift_task, last_whole_month
from runner.rechecking import recheck_tasks
from runner.route_tests import notify_tick
from runner.warning import warn_tasks
from store.model import NewTask

CATCH_UP_DAYS = 10  # a machine that was off still makes the digests of those working days


def tick(deps: Deps) -> int:
    """Put on the list what should be there by now; how many tasks were new. Idempotent."""
    now = deps.now()
    zone = ZoneInfo(deps.settings.timezone)
    today = dt.datetime.fromtimestamp(now / 1000, zone).date()
    since = first_day(deps)
    asked = _digests(deps, today, since) if since else []
    asked += [health_task(slot(now), deps.settings.timezone), drift_task(last_whole_month(deps))] if since else []
    known = {t.subject for t in deps.store.tasks_for([t.subject for t in asked])}
    new = [task for task in asked if task.subject not in known]  # a new version re-issues nothing old
    new += recheck_tasks(deps)
    new += escalate_tasks(deps, chores=since is not None)
    new += warn_tasks(deps) if since else []
    told = notify_tick(deps) + watch_auditor(deps)
    if not new:
        return told
    with deps.store.transaction() as tx:
        return told + tx.add_tasks(new, now)


def _digests(deps: Deps, today: dt.date, since: dt.date) -> list[NewTask]:
    """Digests whose hour has come, of working days and of days off with something urgent, the week's, and today's
    reminder to release."""
    now = deps.now()
    days = [day for back in range(CATCH_UP_DAYS + 1) if (day := today - dt.timedelta(days=back)) >= since]
    found = [digest_task(day, at) for day in days if (at := due_at(deps, day)) <= now and wanted(deps, day, today)]
    weeks = dict.fromkeys(week for back in (0, 7) if (week := week_of(deps, today - dt.timedelta(days=back))))
    found += [
        digest_task(day, at, WEEKLY) for day in weeks if day >= since and (at := due_at(deps, day, WEEKLY)) <= now
    ]
    limit = at_ms(today, deps.settings.digest_release_by, deps.settings.timezone)
    if deps.settings.digest_release == "by_hand" and today >= since and limit <= now and wanted(deps, today, today):
        found.append(replace(digest_task(today, limit), subject=f"remind {today.isoformat()}"))
    return found


def first_day(deps: Deps) -> dt.date | None:
    """The day of the first digest hour after this installation's first visit to a source; None before any visit."""
    first = deps.store.first_fetch_at()
    if first is None:
        return None
    day = dt.datetime.fromtimestamp(first / 1000, ZoneInfo(deps.settings.timezone)).date()
    return day if first <= due_at(deps, day) else day + dt.timedelta(days=1)


def schedule(deps: Deps) -> Any:
    """An APScheduler that ticks at the digest hour and every minute. The caller starts and stops it.

    The time zone stands on every trigger: a CronTrigger ignores its scheduler's (measured).
    """
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.cron import CronTrigger
    from apscheduler.triggers.interval import IntervalTrigger

    zone = ZoneInfo(deps.settings.timezone)
    hour, minute = deps.settings.digest_at.split(":")
    scheduler = BackgroundScheduler(timezone=zone)
    options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler.add_job(tick, CronTrigger(hour=int(hour), minute=int(minute), timezone=zone), [deps], **options)
    scheduler.add_job(tick, IntervalTrigger(seconds=60, timezone=zone), [deps], **options)
    return scheduler
