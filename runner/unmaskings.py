"""`haidang unmaskings`: who saw which text unmasked on the desk, when and why. Reasons are printed masked."""

from __future__ import annotations

from typing import Any

from alerts.inputs import newest_text
from lang.masking_lines import masked_texts
from runner.deps import Deps
from runner.finding import find
from runner.when import local
from store.errors import InputError
from store.model_reading import Unmasking

NONE = "Chưa ai xem bản chưa che."


def log(deps: Deps, target: str | None = None, limit: int = 1_000) -> list[dict[str, Any]]:
    """Rows as plain values, newest first; of one article, or of all. Raises :class:`InputError` for an unknown one."""
    article = find(deps, target.strip()) if target else None
    if target and article is None:
        raise InputError(f"{target.strip()[:300]}: không có bài này trong kho; kiểm tra địa chỉ hoặc mã bài (art_…)")
    rows = deps.store.unmaskings(article.id if article else None, limit)
    reasons = _reasons(deps, rows)
    return [
        {"id": r.id, "article": r.article_id, "revision": r.revision_id, "seen_by": r.seen_by, "at": r.at,
         "reason": reasons[r.id]}
        for r in rows
    ]  # fmt: skip


def lines(rows: list[dict[str, Any]]) -> list[str]:
    """The log as people read it at a terminal."""
    told = [f"{local(r['at'])}  {r['seen_by']}  {r['article']}  {r['revision']}: {r['reason'] or '—'}" for r in rows]
    return told or [NONE]


def _reasons(deps: Deps, rows: list[Unmasking]) -> dict[str, str]:
    """id → reason, masked beside the text that it is about: "hỏi về Tươi" gives a child away only there."""
    texts = deps.store.revisions_of({r.article_id for r in rows})
    said = {}
    for row in rows:
        read = newest_text(texts.get(row.article_id, []))
        about = [(read.title, read.lead, read.body[:4_000])] if read else []
        said[row.id] = masked_texts([*about, ("", row.reason, "")])[-1].lead
    return said
