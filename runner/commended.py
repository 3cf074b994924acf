"""`haidang commended`: the commendation list of a window of days (:mod:`alerts.commended`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from alerts.commended import Commended, commended
from alerts.formats import local
from runner.deps import Deps
from runner.when import local as told_at
from store.errors import InputError

DAYS, MOST_DAYS = 30, 400


def listed(deps: Deps, first: dt.date | None = None, last: dt.date | None = None) -> list[Commended]:
    """Inclusive local days; the last :data:`DAYS` without any. Raises :class:`InputError` for a window that is none."""
    tz = deps.settings.timezone
    until = last or local(deps.now(), tz).date()
    since = first or until - dt.timedelta(days=DAYS - 1)
    if since > until:
        raise InputError("--from đứng sau --to")
    if (until - since).days >= MOST_DAYS:
        raise InputError(f"khoảng ngày dài quá {MOST_DAYS} ngày; chia làm nhiều lần")
    return commended(deps.store, _midnight(since, tz) - 1, _midnight(until + dt.timedelta(days=1), tz) - 1)


def lines(found: Sequence[Commended]) -> list[str]:
    """The list as people read it at a terminal."""
    out = []
    for one in found:
        out.append(one.title + ("" if one.sure else "  [cần xem lại]"))
        copies = f", {one.reprints} bài đăng lại" if one.reprints else ""
        out.append(f"    {', '.join(one.outlets)} · {told_at(one.article.first_seen_at)} · {one.originals} bài{copies}")
        out += [f"    {one.summary}"] if one.summary else []
        out += [f"    Nêu tên (đã đồng ý): {'; '.join(one.named)}"] if one.named else []
        out.append(f"    {one.article.url}")
    return out or ["Không có tin khen thưởng, gương tốt nào của Hải Phòng trong khoảng ngày này."]


def _midnight(day: dt.date, tz: str) -> int:
    return int(dt.datetime.combine(day, dt.time(), ZoneInfo(tz)).timestamp() * 1000)
