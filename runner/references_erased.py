"""An article whose copy must go: what the library read from its page counts no more.

Only a document whose version that counts was read from that page: one that a person handed in as a file, or typed, is
theirs. Candidates that rest on it are judged again by themselves (runner/rechecking.py sees the withdrawal).
"""

from __future__ import annotations

from store.api import Store, Transaction

WHY = "trang nguồn đã có quyết định phải xóa bản lưu: {why}"


def withdraw_read_from(tx: Transaction, store: Store, article_id: str, by: str, why: str, now: int) -> list[str]:
    """Withdraw in ``by``'s name what was read from any text of the article; ids of the versions that count no more."""
    gone: list[str] = []
    for revision in store.revisions_of([article_id]).get(article_id, []):
        read = store.reference_of_revision(revision.id)
        seen = store.reference_seen(read.document_id, "9999-12-31") if read else None
        if seen is None or seen.reference.withdrawn_at is not None or seen.reference.revision_id is None:
            continue
        gone += tx.withdraw_reference(seen.reference.document_id, by, WHY.format(why=why)[:2_000], now)
    return gone
