"""A simulated day of polling on a fake clock: every claim, turn and save is the real code, only the network is not.

    python -m bench.schedule             # 2,000 sources for a day; the cost of a poll at 200 and at 20,000 sources
    python -m bench.schedule --quick     # two simulated hours of 500 sources

Gated (floors.json, "schedule"): no request before its host's gap is over; 95 % of the polls at most 60 simulated
seconds late; the processor time of a poll does not grow with the number of sources.
"""

from __future__ import annotations

import argparse
import heapq
import itertools
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from config.settings import Settings
from config.sources import Channel, Source
from crawler.frontier import POLL_S, WINDOW
from crawler.orders import Done, Ledger, Order
from crawler.spider import BATCH
from store.blobs import BodyStore
from store.model import Fetch, FetchOutcome
from store.sqlite import open_store

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8")).get("schedule", {})
NOON = 1_795_150_800_000
GAP_S = 5.0


def town(sources: int, seed: int = 20261120) -> dict[str, Source]:
    """Outlets with one to three feeds; every tenth lives on a host that it shares with nine others."""
    draw = random.Random(seed)
    found = {}
    for i in range(sources):
        host = f"chung-{i // 100}.example" if i % 10 == 0 else f"bao-{i}.example"
        channels = tuple(
            Channel(url=f"https://{host}/{i}/{k}.rss", every_minutes=draw.choice((10, 15, 30, 30, 60)))
            for k in range(draw.choice((1, 1, 2, 3)))
        )
        found[f"s{i}"] = Source(
            id=f"s{i}", name=f"Báo {i}", outlet=f"Báo {i}", kind="sector_press", owner="Văn phòng", enabled=True,
            channels=channels,
        )  # fmt: skip
    return found


@dataclass
class Day:
    """What happened: for each poll how late it began, for each host when it was asked."""

    late_ms: list[int] = field(default_factory=list)
    asked: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    cpu_s: float = 0.0

    @property
    def polls(self) -> int:
        """How many."""
        return len(self.late_ms)

    def over_budget(self) -> int:
        """Requests that came before their host's gap was over."""
        gap = int(GAP_S * 1000)
        return sum(b - a < gap for times in self.asked.values() for a, b in itertools.pairwise(sorted(times)))

    def p95_s(self) -> float:
        """Seconds by which 95 % of the polls were late at most."""
        return sorted(self.late_ms)[int(self.polls * 0.95)] / 1000


def simulate(sources: int, hours: float, seed: int = 7) -> Day:
    """Poll for so many simulated hours, as the frontier does: a look a second, at most its window in flight."""
    draw, day = random.Random(seed), Day()
    with tempfile.TemporaryDirectory() as folder:
        clock = [NOON]
        store = open_store(Path(folder) / "rows.sqlite")
        ledger = Ledger(
            store,
            BodyStore(Path(folder) / "bodies"),
            Settings(home=Path(folder), host_delay_s=GAP_S),
            town(sources),
            lambda: clock[0],
            "bench",
        )
        flying: list[tuple[int, int, Order]] = []
        end, number = NOON + int(hours * 3_600_000), 0
        while clock[0] < end:
            began = time.process_time()
            landed = []
            while flying and flying[0][0] <= clock[0]:
                landed.append(heapq.heappop(flying)[2])
            for at in range(0, len(landed), BATCH):
                ledger.save([_answer(order, clock[0], draw) for order in landed[at : at + BATCH]])
            orders, _ = ledger.claim(WINDOW - len(flying)) if len(flying) < WINDOW else ([], 0)
            day.cpu_s += time.process_time() - began
            for order in orders:
                assert order.channel is not None
                number += 1
                day.late_ms.append(order.start_at - order.channel.next_due_at)
                day.asked[order.host].append(order.start_at)
                heapq.heappush(flying, (order.start_at + draw.randint(100, 2000), number, order))
            clock[0] += int(POLL_S * 1000)
        store.close()
    return day


def _answer(order: Order, now: int, draw: random.Random) -> Done:
    """Mostly unchanged; now and then a time-out, and now and then a host that asks for two minutes."""
    roll = draw.random()
    outcome = FetchOutcome.NOT_MODIFIED
    if roll < 0.02:
        outcome = FetchOutcome.TIMEOUT
    elif roll < 0.023:
        outcome = FetchOutcome.TOO_MANY
    fetch = Fetch(
        Fetch.make_id(order.url, order.start_at), order.kind, order.source_id, order.url, order.start_at, now, outcome
    )
    return Done(order, fetch, wait_ms=120_000 if outcome is FetchOutcome.TOO_MANY else None)


def main() -> int:
    """Print the figures; 1 when a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    day = simulate(500, 2) if quick else simulate(2000, 24)
    few, many = (simulate(100, 1), simulate(2000, 1)) if quick else (simulate(200, 6), simulate(20_000, 0.5))
    cost = [one.cpu_s / one.polls * 1e6 for one in (few, many)]
    figures = {
        "polls": day.polls,
        "over_budget": day.over_budget(),
        "late_p50_s": round(sorted(day.late_ms)[day.polls // 2] / 1000, 2),
        "late_p95_s": round(day.p95_s(), 2),
        "late_max_s": round(max(day.late_ms) / 1000, 1),
        "cpu_us_per_poll_few": round(cost[0]),
        "cpu_us_per_poll_many": round(cost[1]),
        "cost_ratio": round(cost[1] / cost[0], 2),
    }
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    broken = [
        name
        for name, holds in {
            "over_budget": figures["over_budget"] == 0,
            "late_p95_s": figures["late_p95_s"] <= FLOORS.get("late_p95_s", 60),
            "cost_ratio": figures["cost_ratio"] <= FLOORS.get("cost_ratio", 1.5),
        }.items()
        if not holds
    ]
    for name in broken:
        print(f"BROKEN: {name} is {figures[name]}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
