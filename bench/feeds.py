"""Feed parsing beside feedparser: `python -m bench.feeds` prints JSON; ends with 1 below its floor.

Ours is the whole of `crawler.feeds.parse`: bytes to entries with canonical address, date and plain text.
Theirs is `feedparser.parse` alone, as it comes, and again with its sanitising switched off. The feeds are
made here, 50 invented items each, and no feed is parsed twice by ours in a timed round, so nothing can be
remembered from one to the next. Both sides take turns; a kind's figure is the median over the rounds.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import math
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from crawler import feed_fast, feeds

ROOT = Path(__file__).resolve().parent.parent
FLOOR = 10.0
ITEMS = 50
NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
_WORDS = """
Sở Giáo dục và Đào tạo Hải Phòng công bố lịch thi tuyển sinh lớp mười năm học mới phụ huynh học sinh trường
trung học phổ thông quận Lê Chân tăng mức thu học phí giáo viên được hỗ trợ nhà ở bếp ăn bán trú thư viện
""".split()  # noqa: SIM905
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
    "<title>Báo Bến Cảng: giáo dục</title><description>Tin giáo dục</description>"
    "<link>https://bencang.example/rss/giao-duc.rss</link><generator>Bến Cảng</generator>"
)


def _say(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize()


def _item(chance: random.Random) -> dict[str, Any]:
    number = chance.randrange(4_000_000, 5_000_000)
    link = f"https://bencang.example/giao-duc/truong-moi-mo-cua-{chance.randrange(99)}-{number}.html"
    picture = f"https://i.bencang.example/2026/11/20/anh-{number}_180x108.jpg"
    lead = _say(chance, 38) + "."
    return {
        "title": _say(chance, 12),
        "link": link,
        "lead": lead,
        # the lead as VnExpress wraps it, `</br>` included
        "markup": f'<a href="{link}"><img width=130 height=100 src="{picture}" ></a></br>{lead}',
        "at": NOON - timedelta(minutes=chance.randrange(3000)),
    }


def _rss(chance: random.Random, wrap: Callable[[str], str]) -> bytes:
    items = []
    for _ in range(ITEMS):
        one = _item(chance)
        at = format_datetime(one["at"].astimezone(timezone(timedelta(hours=7))))
        items.append(
            f"<item><title>{one['title']}</title><description>{wrap(one['markup'])}</description>"
            f"<pubDate>{at}</pubDate><link>{one['link']}</link><guid>{one['link']}</guid>"
            "<slash:comments>0</slash:comments></item>"
        )
    return f"{_HEAD}{''.join(items)}</channel></rss>".encode()


def _atom(chance: random.Random, kind: str, field: str, wrap: Callable[[str], str]) -> bytes:
    items = []
    for _ in range(ITEMS):
        one = _item(chance)
        items.append(
            f"<entry><title>{one['title']}</title><link rel='alternate' type='text/html' href='{one['link']}'/>"
            f"<id>{one['link']}</id><published>{one['at'].isoformat()}</published>"
            f"<updated>{one['at'].isoformat()}</updated><author><name>Bến Cảng</name></author>"
            f"<category term='Giáo dục'/><summary type='{kind}'>{wrap(one[field])}</summary></entry>"
        )
    head = '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Bến Cảng</title>'
    return f"{head}<id>urn:bencang</id><updated>{NOON.isoformat()}</updated>{''.join(items)}</feed>".encode()


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "rss_cdata_html": lambda c: _rss(c, _cdata),
    "rss_escaped_html": lambda c: _rss(c, html.escape),
    "atom_escaped_html": lambda c: _atom(c, "html", "markup", html.escape),
    "atom_cdata_html": lambda c: _atom(c, "html", "markup", _cdata),
    "atom_text": lambda c: _atom(c, "text", "lead", html.escape),
}


def _seconds(parse: Callable[[bytes], object], bodies: list[bytes]) -> float:
    started = time.process_time()
    for body in bodies:
        parse(body)
    return (time.process_time() - started) / len(bodies)


def measure(kind: str, rounds: int, seed: int) -> dict[str, float]:
    """Feeds a second of each side on one kind of feed, and the ratio; CPU seconds, sides taking turns."""
    import feedparser

    chance = random.Random(f"{kind}{seed}")
    at = int(NOON.timestamp() * 1000)

    def ours(body: bytes) -> feeds.Feed:
        return feeds.parse(body, "application/xml", "https://bencang.example/rss/giao-duc.rss", at)

    def theirs(body: bytes) -> object:
        return feedparser.parse(io.BytesIO(body))

    def bare(body: bytes) -> object:
        return feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)

    first = KINDS[kind](chance)
    found = ours(first)
    if feed_fast.read(first) is None or len(found.entries) != ITEMS or found.faults:
        raise SystemExit(f"bench.feeds: {kind} is not read strictly and whole: {found.faults[:2]}")
    if found != feeds.finish(feeds.read_raw(first, None, strict_first=False), "https://bencang.example/", at):
        raise SystemExit(f"bench.feeds: on {kind} the two readers differ")
    theirs(first)
    times: dict[str, list[float]] = {"ours": [], "feedparser": [], "feedparser_unsanitised": []}
    for _ in range(rounds):
        bodies = [KINDS[kind](chance) for _ in range(24)]
        times["ours"].append(_seconds(ours, bodies))
        times["feedparser"].append(_seconds(theirs, bodies[:4]))
        times["feedparser_unsanitised"].append(_seconds(bare, bodies[:4]))
    middle = {side: statistics.median(each) for side, each in times.items()}
    return {
        **{f"{side}_per_second": round(1 / seconds, 1) for side, seconds in middle.items()},
        "ratio": round(middle["feedparser"] / middle["ours"], 2),
        "ratio_unsanitised": round(middle["feedparser_unsanitised"] / middle["ours"], 2),
    }


def _mean(figures: dict[str, dict[str, float]], name: str) -> float:
    return round(math.exp(statistics.fmean(math.log(figure[name]) for figure in figures.values())), 2)


def main() -> int:
    """Measure every kind, print JSON, compare the geometric mean with its floor."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rounds", type=int, default=7)
    ask.add_argument("--seed", type=int, default=1)
    want = ask.parse_args()
    kinds = {kind: measure(kind, want.rounds, want.seed) for kind in KINDS}
    floors = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8")).get("feeds", {})
    ratio, floor = _mean(kinds, "ratio"), floors.get("ratio", FLOOR)
    wrong = [f"ratio {ratio} < {floor}"] if ratio < floor else []
    means = {"ratio": ratio, "ratio_unsanitised": _mean(kinds, "ratio_unsanitised")}
    print(json.dumps({"kinds": kinds, "geometric_mean": means, "below_floor": wrong}, indent=2))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
