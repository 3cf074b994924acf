"""How often a theme is told to be above its level, on the recorded ten months and on shuffled days.

    python -m bench.warnings [--shared ../shared] [--home FOLDER] [--shuffles 20] [--floors bench/floors.json]

Replays the recording (four to ten minutes of one core; with ``--home`` a replayed installation is read instead, and one
that is not there yet is made and kept) and counts, per local day and theme, items of their own. The recording has three
national outlets and next to nothing on Hải Phòng (35 items in ten months), so beside these the education items of the
whole country are counted: 27 a day, with the real school year; and a third of them, as many as a city has.

Per series, warnings a month: ``told`` by the shipped rules; ``no_calendar`` without the school year's seasons;
``poisson``, the peer: a Poisson law with one mean a theme, the same allowance; ``shuffled``: days dealt anew within
each weekday, so that no theme is above its level but by chance: the false alarms, with real events of one day still in
them; ``dealt``: what a story had on one day put on another by chance, so that only stories clump. ``stated`` is what
every message states. Nothing but counts is kept or printed. Exit 1 above ``warnings`` in the floors.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from alerts.inputs import load_inputs
from alerts.stories import label, reprint
from alerts.themes import themes_of
from alerts.warnings_level import Level, tail
from alerts.warnings_read import bounds, here
from alerts.warnings_rise import MONTH_DAYS, chance_each, rises
from config.contacts import load_contacts
from config.settings import load_settings
from config.subscriptions import Watch, load_watch
from config.topics import load_themes
from runner.deps import make_deps
from runner.replaying import run_replay
from store.model import JudgementKind
from store.model_warning import ThemeDay

ROOT = Path(__file__).resolve().parent.parent
ITEMS = "press/feeds/items_2025-08_2026-05.jsonl.xz"
FIRST, LAST = dt.date(2025, 8, 9), dt.date(2026, 5, 31)
TZ = "Asia/Ho_Chi_Minh"
THIN = 3
SEED = 7

Item = tuple[int, int, tuple[str, ...]]
"""(day from the first, story, themes): all that is kept of an article."""


def items_of(home: Path) -> tuple[list[Item], list[Item]]:
    """Own education items of a replayed installation: on Hải Phòng, and all."""
    deps = make_deps(load_settings({}, home=home), deliver=False)
    ours: list[Item] = []
    everything: list[Item] = []
    numbers: dict[str, int] = {}
    for n in range((LAST - FIRST).days + 1):
        for one in load_inputs(deps.store, *bounds(FIRST + dt.timedelta(days=n), TZ)):
            if not one.sure or reprint(one) or label(one, JudgementKind.EDU) not in {"core", "higher"}:
                continue
            story = numbers.setdefault(one.story_id or one.article.id, len(numbers))
            item = (n, story, tuple(t.id for t in themes_of(one.judgements.get(JudgementKind.TOPICS))))
            everything.append(item)
            ours += [item] if here(one) else []
    deps.store.close()
    return ours, everything


def counted(items: Sequence[Item]) -> list[ThemeDay]:
    """Rows of every day; all of them were collected."""
    counts: Counter[tuple[int, str]] = Counter()
    stories: dict[tuple[int, str], set[int]] = defaultdict(set)
    for day, story, themes in items:
        for theme in ("", *themes):
            counts[day, theme] += 1
            stories[day, theme].add(story)
    days = [(n, "") for n in range((LAST - FIRST).days + 1)]
    keys = sorted({*days, *counts})
    return [ThemeDay(_day(n), t, counts[n, t], len(stories[n, t]), int(not t)) for n, t in keys]


def _day(n: int) -> str:
    return str(FIRST + dt.timedelta(days=n))


def told(counts: Sequence[ThemeDay], watch: Watch, themes: Sequence[str]) -> float:
    """Warnings a month, as the stage would have told them day by day."""
    by_day: dict[str, list[ThemeDay]] = defaultdict(list)
    for one in counts:
        by_day[one.day].append(one)
    past: list[ThemeDay] = []
    known: dict[str, list[tuple[dt.date, int]]] = defaultdict(list)
    days = spoken = 0
    for n in range((LAST - FIRST).days + 1):
        past += by_day[_day(n)]
        if n < watch.rules.rise.least_days:
            continue
        days += 1
        for one in rises(past, FIRST + dt.timedelta(days=n), watch, themes, known):
            known[one.theme].append((one.day, one.grade))
            spoken += 1
    return spoken / days * MONTH_DAYS


def poisson(counts: Sequence[ThemeDay], watch: Watch, themes: Sequence[str]) -> float:
    """The peer: one mean a theme over the same history, no weekday, no scatter, no season; told at most once a week."""
    rules, allowed = watch.rules.rise, chance_each(watch, len(themes))
    number = {(c.theme, c.day): c.originals for c in counts}
    days = spoken = 0
    last: dict[str, int] = {}
    for n in range(rules.least_days, (LAST - FIRST).days + 1):
        days += 1
        back = range(max(0, n - rules.history_days), n)
        for theme in themes:
            count = number.get((theme, _day(n)), 0)
            if count < rules.least or n - last.get(theme, -99) < rules.apart_days:
                continue
            mean = sum(number.get((theme, _day(k)), 0) for k in back) / len(back)
            if tail(count, Level(mean, 0.0, len(back))) <= allowed:
                last[theme] = n
                spoken += 1
    return spoken / days * MONTH_DAYS


def shuffled(items: Sequence[Item], draw: random.Random) -> list[Item]:
    """Days dealt anew within each weekday."""
    to: dict[int, int] = {}
    for weekday in range(7):
        days = [n for n in range((LAST - FIRST).days + 1) if (FIRST + dt.timedelta(days=n)).weekday() == weekday]
        to.update(zip(days, draw.sample(days, len(days)), strict=True))
    return [(to[day], story, themes) for day, story, themes in items]


def dealt(items: Sequence[Item], draw: random.Random) -> list[Item]:
    """What a story had on one day, on a random day of that weekday: stories that come together do so by chance."""
    all_days = range((LAST - FIRST).days + 1)
    weekdays = {w: [n for n in all_days if (FIRST + dt.timedelta(days=n)).weekday() == w] for w in range(7)}
    to: dict[tuple[int, int], int] = {}
    out = []
    for day, story, themes in items:
        if (day, story) not in to:
            to[day, story] = draw.choice(weekdays[(FIRST + dt.timedelta(days=day)).weekday()])
        out.append((to[day, story], story, themes))
    return out


def measured(items: Sequence[Item], watch: Watch, themes: Sequence[str], shuffles: int) -> dict[str, Any]:
    """Every figure of one series."""
    draw = random.Random(SEED)
    bare = watch.model_copy(update={"seasons": {}})
    often = watch.model_copy(
        update={"rules": watch.rules.model_copy(update={"rise": watch.rules.rise.model_copy(update={"apart_days": 0})})}
    )
    plain = often.model_copy(update={"seasons": {}})
    counts = counted(items)
    by_chance = [told(counted(shuffled(items, draw)), plain, themes) for _ in range(shuffles)]
    alone = [told(counted(dealt(items, draw)), plain, themes) for _ in range(shuffles)]
    return {
        "items_a_day": round(len(items) / ((LAST - FIRST).days + 1), 2), "themes": len(themes),
        "stated": watch.rules.rise.false_alarms_a_month, "told": round(told(counts, watch, themes), 2),
        "no_calendar": round(told(counts, bare, themes), 2), "poisson": round(poisson(counts, watch, themes), 2),
        "shuffled": round(sum(by_chance) / shuffles, 2), "dealt": round(sum(alone) / shuffles, 2),
        "poisson_shuffled": round(poisson(counted(shuffled(items, draw)), watch, themes), 2),
    }  # fmt: skip


def replayed(home: Path, shared: Path) -> Path:
    """The installation with the recording in it."""
    settings = load_settings({}, home=home)
    if not settings.database.exists():
        run_replay(settings, shared / ITEMS, None, None, quiet=True)
    return home


def series(home: Path, shuffles: int) -> Mapping[str, Any]:
    """Of Hải Phòng, of the country, of a third of it."""
    watch, _ = load_watch(load_contacts()[0])
    themes = tuple(load_themes()[0])
    ours, everything = items_of(home)
    draw = random.Random(SEED)
    third = [i for i in everything if draw.random() < 1 / THIN]
    return {
        "hai_phong": measured(ours, watch, themes, shuffles), "country": measured(everything, watch, themes, shuffles),
        "third": measured(third, watch, themes, shuffles),
    }  # fmt: skip


def main() -> int:
    """Print one JSON object."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    ask.add_argument("--home", type=Path)
    ask.add_argument("--shuffles", type=int, default=20)
    ask.add_argument("--floors", type=Path, default=ROOT / "bench" / "floors.json")
    want = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = series(replayed(want.home or Path(folder) / "home", want.shared), want.shuffles)
    most = json.loads(want.floors.read_text(encoding="utf-8")).get("warnings", {})
    above = [
        f"{name}.{key} {figures[name][key]} > {high}"
        for name, highs in most.items() for key, high in highs.items() if figures[name][key] > high
    ]  # fmt: skip
    sys.stdout.write(json.dumps({**figures, "above": above}, indent=1) + "\n")
    return 1 if above else 0


if __name__ == "__main__":
    sys.exit(main())
