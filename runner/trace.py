"""``haidang trace URL``: what became of one address. The sentences come from alerts.trace, the desk's too."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from alerts.trace import Step, told_fetch
from alerts.trace import trace as trace_article
from runner.deps import Deps
from runner.finding import find

NEVER_SEEN = (
    "Chưa thấy địa chỉ này ở nguồn nào đang theo dõi. Kiểm tra lại địa chỉ, hoặc xem nguồn có được bật không; "
    "docs/vi-sao-khong-thu-thap.md dẫn từng bước."
)
A_CHANNEL = "Đây là địa chỉ của một nguồn, không phải một bài."


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole story of one address; ``conclusion`` answers "is it in a digest, and why (not)?"."""

    url: str
    article_id: str | None
    conclusion: str
    steps: tuple[Step, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def trace(deps: Deps, url: str) -> Trace:
    """Everything known of ``url`` (as found, canonical, or a public article id)."""
    article = find(deps, url)
    if article is not None:
        told = trace_article(deps.store, article, deps.settings.timezone)
        return Trace(article.url, article.id, told.conclusion, told.steps)
    fetches = deps.store.fetches_for(url=url)
    steps = tuple(told_fetch(f) for f in reversed(fetches))
    return Trace(url, None, A_CHANNEL if fetches else NEVER_SEEN, steps)
