"""Rows to test with, about invented outlets."""

from __future__ import annotations

from store.model import Article, Basis, Fetch, FetchKind, FetchOutcome, Judgement, JudgementKind, Revision


def fetch(number: int = 1, **changes: object) -> Fetch:
    url = f"http://baocang.example/rss/{number}.rss"
    values: dict[str, object] = {
        "id": Fetch.make_id(url, number),
        "kind": FetchKind.FEED,
        "source_id": "baocang",
        "url": url,
        "started_at": number,
        "finished_at": number + 5,
        "outcome": FetchOutcome.FETCHED,
        "status": 200,
        "headers": {"ETag": '"a"'},
    }
    return Fetch(**(values | changes))  # type: ignore[arg-type]


def article(number: int = 1, seen: int = 1000) -> Article:
    url = f"http://baocang.example/bai-{number}.html"
    return Article(Article.make_id(url), url, url + "?utm_source=x", "baocang", "Báo Cảng", seen, fetch().id)


def revision(
    of: Article, text: str = "Trường tổ chức khai giảng.", basis: Basis = Basis.FEED, seen: int = 1000
) -> Revision:
    text_hash = Revision.hash_text("Khai giảng", text, "")
    return Revision(
        Revision.make_id(of.id, text_hash), of.id, text_hash, basis, "Khai giảng", text, "", seen, fetch().id
    )


def judgement(
    of: Revision, label: str = "core", version: str = "1", kind: JudgementKind = JudgementKind.EDU
) -> Judgement:
    return Judgement(of.id, kind, "linear", version, label, 0.9, {"why": "có từ “khai giảng”"}, 2000)
