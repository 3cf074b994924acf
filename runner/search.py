"""``haidang search``: find articles, keep a search, build the index anew. Everything printed is masked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from alerts.messages import UNTITLED
from alerts.words import OUTCOMES
from config.topics import load_topics, theme_names
from runner.deps import Deps
from runner.when import local
from store import search_kept
from store.errors import InputError
from store.model import SavedSearch
from store.search import parse
from store.search_ask import Asked, request_of
from store.search_shown import Line, find

MOST = 100  # lines of one call
_STEP = 50  # articles of one transaction of the rebuild: 20 to 40 ms with full texts of usual length
_MARK = ("«", "»")


def search(deps: Deps, asked: Asked, limit: int = 20, cursor: int | None = None) -> dict[str, Any]:
    """One page as plain values: ``lines``, ``next`` (None: nothing more), ``unfinished``, ``newest_only``, ``cut``.

    Raises :class:`InputError` for a day, place, outlet, topic or tone that there is not, and when nothing is asked.
    """
    if not asked.to_json().keys() - {"ranked"}:
        raise InputError('chưa ghi từ cần tìm; ví dụ: haidang search "học phí" --from 2026-11-01')
    if not 1 <= limit <= MOST:
        raise InputError(f"--limit: từ 1 đến {MOST}")
    tz, own = deps.settings.timezone, deps.settings.home
    page = find(deps.store, request_of(deps.store, asked, tz, limit, cursor, home=own))
    judged = deps.store.last_judged([line.article.id for line in page.lines])
    outcomes = {article: task.outcome or "" for article, task in judged.items()}
    return {
        "asked": asked.to_json(),
        "lines": [_plain(line, outcomes.get(line.article.id, "")) for line in page.lines],
        "next": page.next,
        "unfinished": page.unfinished,
        "newest_only": page.newest_only,
        "cut": parse(asked.words).cut,
    }


def _plain(line: Line, outcome: str) -> dict[str, Any]:
    return {
        "article": line.article.id,
        "url": line.article.url,
        "outlet": line.article.outlet,
        "first_seen": local(line.article.first_seen_at),
        "outcome": outcome,
        "title": line.title.text or UNTITLED,
        "title_spans": [list(span) for span in line.title.spans],
        "text": line.text.text,
        "text_spans": [list(span) for span in line.text.spans],
    }


def told(report: dict[str, Any]) -> list[str]:
    """The report in lines for people; what was looked for stands between « and »."""
    out = []
    for line in report["lines"]:
        outcome = OUTCOMES.get(line["outcome"], "chưa nhận định")
        out.append(_marked(line["title"], line["title_spans"]))
        out.append(f"    {line['outlet']} · {line['first_seen']} · {outcome}")
        if line["text"]:
            out.append(f"    {_marked(line['text'], line['text_spans'])}")
        out.append(f"    {line['url']}")
    if not report["lines"]:
        out.append("Chưa thấy bài nào trong phần đã tìm." if report["unfinished"] else "Không có bài nào như vậy.")
    if report["cut"]:
        out.append("Câu tìm quá dài: chỉ phần đầu được dùng.")
    if report["newest_only"]:
        out.append("Chỉ xếp hạng trong 50.000 bài khớp mới nhất.")
    if report["next"] is not None:
        out.append(f"{'Chưa tìm hết' if report['unfinished'] else 'Còn nữa'}: thêm --after {report['next']}")
    return out


def _marked(text: str, spans: list[list[int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}{_MARK[0]}{text[start:end]}{_MARK[1]}{text[end:]}"
    return " ".join(text.split())


# kept searches ──────────────────────────────────────────────────────────────────────────────────────


def keep(deps: Deps, name: str, by: str, asked: Asked) -> SavedSearch:
    """Keep a search under a name. Raises :class:`InputError` for what :func:`store.search_kept.keep` refuses."""
    settings = deps.settings
    return search_kept.keep(
        deps.store, name, by, asked, settings.timezone, deps.now(), home=settings.home, called=("--save", "--by")
    )


def kept_named(deps: Deps, name: str) -> SavedSearch:
    """The kept search of that name. Raises :class:`InputError` naming those that there are."""
    return search_kept.kept_named(deps.store, name)


def forget(deps: Deps, name: str) -> SavedSearch:
    """Keep it no longer."""
    return search_kept.forget(deps.store, name, deps.now())


def kept_lines(deps: Deps) -> list[str]:
    """The kept searches, a line each."""
    names = {"topic": load_topics(), "theme": theme_names(deps.settings.home)}
    lines = []
    for one in deps.store.saved_searches():
        query = {key: names.get(key, {}).get(str(value), value) for key, value in one.query.items()}
        lines.append(f"{one.name}: {', '.join(str(v) for v in query.values())} ({one.by}, {local(one.created_at)})")
    return lines or ["Chưa lưu lần tìm nào."]


# the index ──────────────────────────────────────────────────────────────────────────────────────────


def rebuild(deps: Deps, *, anew: bool = False, more: Callable[[int], None] = lambda _: None) -> int:
    """Index what the index lacks; how many articles were looked at, in whole steps.

    Stopped at any moment, the next call goes on from there. ``anew`` (or an index in another program's word forms)
    empties it first. ``more`` hears of every step.
    """
    if anew or not deps.store.index_state().current:
        with deps.store.transaction() as tx:
            tx.clear_index()
    looked, at = 0, deps.store.rebuilt_to()
    while True:
        with deps.store.transaction() as tx:
            after = tx.reindex(at, _STEP)
        if after is None:
            return looked
        at, looked = after, looked + _STEP
        more(_STEP)
