"""The working clock: 10,000 due times, beside a walk from minute to minute and numpy's business days; JSON.

`python -m bench.workclock`: microseconds a due time (bare, and explained step by step), how often the answers agree
with the walk (must be always) and with `numpy.busday_offset` (whole days), and the ratio to the walk (a floor). The
walk is what a simple program does: look at every minute of the calendar.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import numpy as np

from alerts.due import due
from alerts.due_words import lines
from alerts.workclock import WorkClock
from config.calendar import Calendar, load_calendar
from config.deadlines import load_deadlines

FLOORS = Path(__file__).with_name("floors.json")
ZONE, MINUTE, HOUR, DAY = "Asia/Ho_Chi_Minh", 60_000, 3_600_000, 86_400_000
N, WALKED, YEARS = 10_000, 60, range(2025, 2036)
OFFSET = 7 * HOUR


def walk(calendar: Calendar, start: int, minutes: int) -> int:
    """The same by looking at every minute; whole minutes only."""
    at = start
    while minutes:
        here = dt.datetime.fromtimestamp(at // 1000, ZoneInfo(ZONE))
        minute = here.hour * 60 + here.minute
        if any(a <= minute < b for a, b in calendar.day(here.date()).parts):
            minutes -= 1
        at += MINUTE
    return at


def each(work: Callable[[int], object], starts: list[int]) -> float:
    """Microseconds a call: the best of three runs."""
    best = float("inf")
    for _ in range(3):
        begun = perf_counter()
        for start in starts:
            work(start)
        best = min(best, perf_counter() - begun)
    return best / len(starts) * 1e6


def main() -> int:
    """Print the figures; 1 below a floor."""
    calendar, clock = (c := load_calendar()[0]), WorkClock(c, ZONE)
    known = load_deadlines()[0].live
    rng = random.Random(7)
    first, last = (round(dt.datetime(y, 1, 1, tzinfo=ZoneInfo(ZONE)).timestamp() * 1000) for y in (2025, 2035))
    starts = [rng.randrange(first, last, MINUTE) for _ in range(N)]
    for start in starts:
        clock.add(start, 40 * HOUR)  # the tables of ten years: made once
    hours, days = known["first_answer_wh"], known["case_close_wd"]
    bare = each(lambda s: clock.add(s, 40 * HOUR), starts)
    explained = each(lambda s: due("x", hours, s, clock), starts)
    explained_days = each(lambda s: due("x", days, s, clock), starts)
    worded = each(lambda s: lines(due("x", hours, s, clock), ZONE), starts[:1000])
    few = starts[:WALKED]
    begun = perf_counter()
    walked = [walk(calendar, s, 40 * 60) for s in few]
    per_walk = (perf_counter() - begun) / WALKED * 1e6
    agree = sum(clock.add(s, 40 * HOUR) == w for s, w in zip(few, walked, strict=True)) / WALKED

    off = [row.day for year in YEARS for row in calendar.days_off(year)]
    made_up = {swap.pair[1] for swap in calendar.rows.swaps.values()}
    table = np.busdaycalendar(holidays=np.array(off, dtype="datetime64[D]"))
    local = np.array([(s + OFFSET) // DAY for s in starts], dtype="datetime64[D]")
    begun = perf_counter()
    ends = np.busday_offset(np.busday_offset(local, 0, roll="backward", busdaycal=table), 10, busdaycal=table)
    per_numpy = (perf_counter() - begun) / N * 1e6
    ours = np.array([(clock.add_days(s, 10) - 1 + OFFSET) // DAY for s in starts], dtype="datetime64[D]")
    near = np.array([any(abs((d - m).days) < 30 for m in made_up) for d in local.tolist()])
    figures = {
        "due_us": round(bare, 2),
        "due_explained_us": round(explained, 2),
        "due_days_explained_us": round(explained_days, 2),
        "due_in_words_us": round(worded, 2),
        "ten_thousand_explained_s": round(max(explained, explained_days) * N / 1e6, 3),
        "walk_us": round(per_walk, 1),
        "times_faster_than_walk": round(per_walk / bare),
        "agrees_with_walk": agree,
        "numpy_days_us": round(per_numpy, 2),
        "agrees_with_numpy": float((ours == ends)[~near].mean()),
        "numpy_knows_no_swapped_days": int(near.sum()),
    }
    print(json.dumps(figures, indent=1))
    floors = json.loads(FLOORS.read_text(encoding="utf-8")).get("workclock", {})
    low = {key: floor for key, floor in floors.items() if figures[key] < floor}
    if low:
        print(f"below the floor: {low}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
