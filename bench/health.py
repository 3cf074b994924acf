"""False alarms and delay of the health alerts on invented arrival streams: 79 sources, 60 days, a fixed seed.

    python -m bench.health            # prints one JSON object; exit 1 beyond bench/floors.json
    python -m bench.health --days 20  # a shorter look, nothing gated

Days 1–60 are history, then every other hour is judged as `haidang` would judge it. The streams have profiles by hour
and weekday, days that differ, bursts, a drift of the volume, polls that bring clumps; among the judged days lie nine
days of Tết (offices shut, the press at 45 %), one public holiday, and two nights in which our own machine was off.
From day 10 on a quarter of the sources die at random times and stay dead (they answer, and bring nothing new).

Beside it, in the same run and on the same streams, the peer: one fixed expectation per source (`expect_every_hours`,
as the shipped files have it for that kind), which is what most pollers do; and the same peer stretched until it
cries wolf no more often than we do, so that the delays can be compared.

"recorded": where ../shared lies beside the project, the same rules on real streams: seven feeds over ten months
(recorded every two or three hours), and each of them thinned to a tenth and a fortieth, as small sources are.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import lzma
import random
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from config.sources import Channel, Source
from crawler.alarms import EVERYWHERE, change
from crawler.health import LATE_MONTHS, SILENT_MONTHS, Facts, look
from crawler.rhythm import HOUR_MS, LEARNT_MS, Hours, dark_hours, gap, learn
from store.model import AlertKind, ChannelState, FetchKind, HealthAlert

HERE = Path(__file__).resolve().parent
RECORDED = HERE.parent.parent / "shared" / "press" / "feeds" / "items_2025-08_2026-05.jsonl.xz"
SEED = 20261120
TZ = "Asia/Ho_Chi_Minh"
DAY_MS = 24 * HOUR_MS
START = 1_791_738_000_000 - 1_791_738_000_000 % DAY_MS - 7 * HOUR_MS + 4 * DAY_MS  # a local midnight of October 2026
HISTORY, JUDGED = 60, 60
TET, HOLIDAY = range(95, 104), 78  # days of the stream
OFF = ((70, 22, 9), (88, 20, 12))  # our machine: day, hour at which it stops, hours that it is off

OFFICE = (0, 0, 0, 0, 0, 0, 0.2, 1, 3, 4, 4, 2, 0.5, 1.5, 4, 4, 3, 1, 0.3, 0.1, 0.1, 0, 0, 0)
PRESS = (0.4, 0.2, 0.1, 0.1, 0.2, 1, 2.5, 3, 3, 3, 3, 2.5, 2, 2, 2.5, 3, 3, 3, 2.5, 2.5, 2.5, 2, 1.5, 0.8)


@dataclass(frozen=True, slots=True)
class Kind:
    """So many sources of a kind: items a day, by weekday, what a holiday leaves, minutes between polls."""

    name: str
    count: int
    kind: str
    least: float
    most: float
    saturday: float
    sunday: float
    in_tet: float
    poll: int
    expect_hours: int


KINDS = (
    Kind("national", 8, "central_press", 120, 220, 0.8, 0.75, 0.45, 15, 12),
    Kind("press", 25, "central_press", 15, 80, 0.7, 0.6, 0.45, 15, 12),
    Kind("sector", 15, "sector_press", 4, 12, 0.5, 0.35, 0.3, 30, 24),
    Kind("portal", 18, "government_portal", 1, 5, 0.1, 0.05, 0.03, 60, 72),
    Kind("school", 13, "school_site", 0.2, 0.7, 0.2, 0.1, 0.0, 60, 240),
)


def streams(days: int) -> tuple[dict[str, Source], dict[str, list[int]], dict[str, Kind], dict[str, int]]:
    """Sources, when their items were first seen (ms UTC), their kinds, and when those that die do so."""
    rng = random.Random(SEED)
    sources, arrivals, kinds, deaths = {}, {}, {}, {}
    for kind in KINDS:
        for n in range(kind.count):
            name = f"{kind.name}_{n:02}"
            url = f"https://{kind.name}-{n:02}.example/rss"
            channel = Channel(url=url, every_minutes=kind.poll)
            given = {
                "id": name, "name": name, "outlet": name, "kind": kind.kind, "owner": "Văn phòng Sở", "enabled": True,
                "channels": (channel,), "expect_every_hours": kind.expect_hours,
            }  # fmt: skip
            sources[name] = Source.model_validate(given)
            kinds[name] = kind
            if rng.random() < 0.25:
                deaths[name] = START + int((HISTORY + 10 + rng.random() * (days - 15)) * DAY_MS)
            arrivals[name] = _stream(kind, rng, HISTORY + days, deaths.get(name))
    return sources, arrivals, kinds, deaths


def _stream(kind: Kind, rng: random.Random, days: int, death: int | None) -> list[int]:
    volume = kind.least * (kind.most / kind.least) ** rng.random()
    shift, shape = rng.choice((-1, 0, 0, 1)), rng.uniform(5, 25)
    profile = OFFICE if kind.kind.endswith(("portal", "site")) else PRESS
    whole, drift = sum(profile), rng.uniform(-0.3, 0.3)
    published: list[float] = []
    for day in range(days):
        weekday = (_weekday() + day) % 7
        strength = rng.gammavariate(shape, 1 / shape) * (1 + drift * (day / days - 0.5))
        strength *= kind.saturday if weekday == 5 else kind.sunday if weekday == 6 else 1.0
        strength *= kind.in_tet if day in TET else (kind.in_tet + 1) / 2 if day == HOLIDAY else 1.0
        for hour in range(24):
            mean = volume * strength * profile[(hour + shift) % 24] / whole
            count = _poisson(rng, mean)
            if rng.random() < 0.004 * min(mean, 5):  # a press conference, a storm
                count += rng.randint(3, 3 + int(volume / 8) + 2)
            published += [START + day * DAY_MS + (hour + rng.random()) * HOUR_MS for _ in range(count)]
    first_poll = rng.random() * kind.poll * 60_000
    gap = kind.poll * 60_000
    seen = (START + first_poll + ((at - START - first_poll) // gap + 1) * gap for at in published)
    return sorted(_when_on(int(at)) for at in seen if death is None or at < death)


def _weekday() -> int:
    return ((START + 7 * HOUR_MS) // DAY_MS + 3) % 7  # the epoch began on a Thursday


def _when_on(at: int) -> int:
    """What was published while we were off is found when we are back."""
    for day, hour, hours in OFF:
        begin = START + day * DAY_MS + hour * HOUR_MS
        if begin <= at < begin + hours * HOUR_MS:
            return begin + hours * HOUR_MS
    return at


def _off(at: int) -> bool:
    return any(0 <= at - (START + day * DAY_MS + hour * HOUR_MS) < hours * HOUR_MS for day, hour, hours in OFF)


def _poisson(rng: random.Random, mean: float) -> int:
    if mean <= 0:
        return 0
    if mean > 30:
        return max(0, round(rng.gauss(mean, mean**0.5)))
    count, left = 0, rng.expovariate(1.0)
    while left < mean:
        count += 1
        left += rng.expovariate(1.0)
    return count


@dataclass
class Ledger:
    """What was told: false alarms, and how long after its death a source was first named."""

    opened: list[HealthAlert]
    named: dict[str, int]


def judge(
    sources: Mapping[str, Source], arrivals: Mapping[str, list[int]], deaths: Mapping[str, int], days: int
) -> Ledger:
    """Every other hour of the judged days, with the code that runs at a department."""
    standing: dict[str, HealthAlert] = {}
    ledger = Ledger([], {})
    for hour in range(0, days * 24, 2):
        at = START + HISTORY * DAY_MS + hour * HOUR_MS
        if _off(at):
            continue
        change_of = change(look(sources, _facts(sources, arrivals, at), at, TZ), standing.values(), "Quản trị")
        for alert_id, _ in change_of.closed:
            standing.pop(alert_id, None)
        for alert in change_of.opened:
            standing[alert.id] = alert
            ledger.opened.append(alert)
            if alert.source_id in deaths and at >= deaths[alert.source_id]:
                ledger.named.setdefault(alert.source_id, at)
    return ledger


def _facts(sources: Mapping[str, Source], arrivals: Mapping[str, list[int]], at: int) -> Facts:
    known = {
        name: found[bisect_left(found, at - LEARNT_MS) : bisect_right(found, at)] for name, found in arrivals.items()
    }
    rows = []
    for source in sources.values():
        (channel,) = source.channels
        rows.append(
            ChannelState(source.id, channel.url, FetchKind.FEED, at, last_fetch_at=at, last_ok_at=at,
                         last_outcome="fetched")
        )  # fmt: skip
    return Facts(rows, {name: found[-1] for name, found in known.items() if found}, known)


def peer(
    sources: Mapping[str, Source],
    arrivals: Mapping[str, list[int]],
    deaths: Mapping[str, int],
    days: int,
    stretch: float = 1.0,
) -> Ledger:
    """One fixed expectation per source: an alarm for each gap that is longer."""
    ledger = Ledger([], {})
    begin, end = START + HISTORY * DAY_MS, START + (HISTORY + days) * DAY_MS
    for name, found in arrivals.items():
        patience = int(stretch * sources[name].expect_every_hours * HOUR_MS)
        for one, other in zip(found, [*found[1:], end], strict=True):
            told = one + patience
            if begin <= told < min(other, end):
                ledger.opened.append(HealthAlert("", name, AlertKind.SILENT, told, "", {}))
                if name in deaths and told >= deaths[name]:
                    ledger.named.setdefault(name, told)
    return ledger


def measure(ledger: Ledger, kinds: Mapping[str, Kind], deaths: Mapping[str, int], days: int) -> dict[str, object]:
    """False alarms per source-month by what was told, and the delay in hours by kind of source."""
    own = [a for a in ledger.opened if a.source_id != EVERYWHERE]
    alive = [a for a in own if a.opened_at < deaths.get(a.source_id, 1 << 62)]
    months = (
        sum(
            (min(deaths.get(name, 1 << 62), START + (HISTORY + days) * DAY_MS) - START) / DAY_MS - HISTORY
            for name in kinds
        )
        / 30
    )
    by_kind: dict[str, list[float]] = {}
    for name, died in deaths.items():
        if name in ledger.named:
            by_kind.setdefault(kinds[name].name, []).append((ledger.named[name] - died) / HOUR_MS)
    told = {kind: round(sum(a.kind == kind for a in alive) / months, 4) for kind in AlertKind}
    return {
        "false_per_source_month": round(len(alive) / months, 4),
        "by_alert": {kind.value: n for kind, n in told.items() if n},
        "source_months": round(months, 1),
        "everywhere": sum(a.source_id == EVERYWHERE for a in ledger.opened),
        "deaths": len(deaths),
        "deaths_told": len(ledger.named),
        "delay_hours": {kind: round(median(found), 1) for kind, found in sorted(by_kind.items())},
    }


def stretched(
    sources: Mapping[str, Source], arrivals: Mapping[str, list[int]], deaths: Mapping[str, int], days: int, most: int
) -> tuple[float, Ledger]:
    """The peer with every expectation stretched alike until it gives at most ``most`` false alarms."""
    stretch = 1.0
    while True:
        ledger = peer(sources, arrivals, deaths, days, stretch)
        if sum(a.opened_at < deaths.get(a.source_id, 1 << 62) for a in ledger.opened) <= most:
            return stretch, ledger
        stretch *= 1.1


def recorded() -> dict[str, object] | None:
    """Real streams: how often a silence is called late or silent there, per source-month; None without ../shared."""
    if not RECORDED.exists():
        return None
    found = _recorded_streams()
    start, end = min(v[0] for v in found.values()), max(v[-1] for v in found.values())
    worst: dict[tuple[str, int], float] = {}
    for day in range(start + 28 * DAY_MS, end, DAY_MS):
        hours = Hours(day - LEARNT_MS, day + DAY_MS, TZ)
        known = {name: v[bisect_left(v, day - LEARNT_MS) : bisect_right(v, day)] for name, v in found.items()}
        hours.dark = dark_hours(known, hours)
        for name, before in known.items():
            rhythm = learn(before, hours)
            if rhythm is None:
                continue
            today = found[name][bisect_right(found[name], day) : bisect_right(found[name], day + DAY_MS) + 1]
            for one, other in zip([before[-1], *today], [*today, day + DAY_MS], strict=True):
                months = gap(rhythm, one, min(other, day + DAY_MS), hours).months
                worst[(name, one)] = max(worst.get((name, one), 0.0), months)
    whole = len(found) * ((end - start) / DAY_MS - 28) / 30
    return {
        "source_months": round(whole, 1),
        "late_per_source_month": round(sum(m >= LATE_MONTHS for m in worst.values()) / whole, 4),
        "silent_per_source_month": round(sum(m >= SILENT_MONTHS for m in worst.values()) / whole, 4),
    }


def _recorded_streams() -> dict[str, list[int]]:
    streams_of: dict[str, list[int]] = {}
    with lzma.open(RECORDED, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            at = int(dt.datetime.fromisoformat(item["first_fetched"]).timestamp() * 1000)
            streams_of.setdefault(item["source"], []).append(at)
    rng = random.Random(SEED)
    for name in list(streams_of):
        streams_of[name].sort()
        for part in (10, 40):
            streams_of[f"{name} 1/{part}"] = [at for at in streams_of[name] if rng.random() < 1 / part]
    return streams_of


def main() -> int:
    """Print the figures; 1 when one is beyond its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=JUDGED)
    days = parser.parse_args().days
    sources, arrivals, kinds, deaths = streams(days)
    ledger = judge(sources, arrivals, deaths, days)
    ours = measure(ledger, kinds, deaths, days)
    false = sum(a.source_id != EVERYWHERE and a.opened_at < deaths.get(a.source_id, 1 << 62) for a in ledger.opened)
    by, slow = stretched(sources, arrivals, deaths, days, false)
    report = {
        "haidang": ours,
        "one fixed expectation": measure(peer(sources, arrivals, deaths, days), kinds, deaths, days),
        f"the same, stretched ×{by:.1f}": measure(slow, kinds, deaths, days),
        "recorded": recorded(),
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0 if days != JUDGED else _gate(report)


def _gate(report: Mapping[str, Any]) -> int:
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8")).get("health", {})
    ours, real = report["haidang"], report["recorded"] or {}
    measured = {
        "false_per_source_month": ours["false_per_source_month"],
        "deaths_told": -ours["deaths_told"],
        "delay_national_hours": ours["delay_hours"].get("national", 1e9),
        "delay_press_hours": ours["delay_hours"].get("press", 1e9),
        "recorded_late_per_source_month": real.get("late_per_source_month", 0.0),
    }
    bad = [name for name, most in floors.items() if measured[name] > (-most if name == "deaths_told" else most)]
    for name in bad:
        print(f"health: {name} is {abs(measured[name])}, its floor {floors[name]}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
