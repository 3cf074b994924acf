"""What belongs to a case, with words and addresses: articles, stories, candidates, concerns, documents, other cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alerts.case_commands import links as standing
from alerts.case_origins import rebuttals
from alerts.case_plans import Plans
from alerts.case_words import TARGETS
from alerts.formats import shorten
from alerts.inputs import newest_text
from desk import case_words as words
from desk import masked
from desk.case_filter import ADDRESS
from desk.case_lines import title_of
from desk.context import Desk
from store.errors import CaseError
from store.model_case import CaseRows

SHOWN = 60
FEW = 20  # of those that are asked for one by one


@dataclass(frozen=True, slots=True)
class Linked:
    """One thing: ``value`` is how a form names it."""

    kind: str
    id: str
    words: str
    href: str
    note: str = ""

    @property
    def value(self) -> str:
        """As a form names it."""
        return f"{self.kind}:{self.id}"

    @property
    def kind_words(self) -> str:
        """What it is."""
        return TARGETS.get(self.kind, self.kind)


def linked(desk: Desk, plans: Plans, rows: CaseRows) -> list[Linked]:
    """Everything that stands, whom it speaks of last; articles read together, the rest few at a time."""
    order = list(TARGETS)
    pairs = sorted(standing(rows), key=lambda p: (order.index(p[0]) if p[0] in order else 99, p[1]))[: 4 * SHOWN]
    told = articles(desk, [id_ for kind, id_ in pairs if kind in ("article", "rebuttal")][:SHOWN])
    asked = iter(range(FEW))
    return [_one(desk, plans, pair, told, lambda: next(asked, None) is not None) for pair in pairs]


def articles(desk: Desk, ids: Sequence[str]) -> dict[str, Linked]:
    """Article → its line; unknown ids are absent."""
    found, texts = desk.store.articles(ids), desk.store.revisions_of(ids)
    shown = {}
    for id_ in ids:
        if article := found.get(id_):
            title = shorten(masked.headline(newest_text(texts.get(id_, []))), 160)
            shown[id_] = Linked("article", id_, title, f"/tin-bai/{id_}", article.outlet)
    return shown


def proposed(desk: Desk, rows: CaseRows) -> list[Linked]:
    """Articles in which the machine saw a denial or an official answer, for a person to bind."""
    found = articles(desk, rebuttals(desk.store, rows)[:SHOWN])
    return [Linked("rebuttal", one.id, one.words, one.href, one.note) for one in found.values()]


_PAGES = {
    "candidate": ("câu trong bài và văn bản", "/can-doi-chieu/"), "concern": ("phản ánh cần xác minh", "/phan-anh/"),
    "story": ("các bài kể việc này", "/nhom-tin/"),
}  # fmt: skip


def _one(
    desk: Desk, plans: Plans, pair: tuple[str, str], told: dict[str, Linked], room: Callable[[], bool]
) -> Linked:  # fmt: skip
    """``room``: whether one more may be asked for by itself."""
    kind, id_ = pair
    if kind in ("article", "rebuttal"):
        one = told.get(id_)
        return Linked(kind, id_, one.words if one else id_, f"/tin-bai/{id_}", one.note if one else "")
    if kind in _PAGES:
        name, page = _PAGES[kind]
        return Linked(kind, id_, name, page + id_)
    if kind == "reference" and room() and (found := desk.store.reference(id_)):
        return Linked(kind, id_, masked.line(f"{found.document}, {found.issuer}"), f"/van-ban/{found.document_id}")
    if kind == "case":
        other = desk.store.case(id_) if room() else None
        name = f"{other.case.label}: {title_of(other.now.title)}" if other else id_
        return Linked(kind, id_, name, f"{ADDRESS}/{id_}")
    return Linked(kind, id_, plans.router.world.name(id_) if kind == "about" else id_, "")


def target(desk: Desk, kind: str, said: str) -> tuple[str, str]:
    """What a person pasted as (kind, id): an id, the address of its page here, of an article its own address too.

    Raises :class:`CaseError` for what is not there.
    """
    value = said.strip()
    bare = value.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
    found = _found(desk, kind, value, bare)
    if not found:
        raise CaseError(words.NO_TARGET.format(value=value[:80], kind=TARGETS.get(kind, kind)))
    return kind, found


def _found(desk: Desk, kind: str, value: str, bare: str) -> str:
    store = desk.store
    if kind in ("article", "rebuttal"):
        article = store.find_article(bare if bare.startswith("art_") else value)
        return article.id if article else ""
    if kind == "reference" and not store.reference(bare):
        versions = store.reference_versions(bare)
        return versions[-1].id if versions else ""
    there: dict[str, Callable[[], object]] = {
        "story": lambda: store.stories([bare]),
        "candidate": lambda: store.candidate(bare),
        "concern": lambda: store.concern(bare),
        "reference": lambda: True,
        "case": lambda: store.case(bare),
    }
    return bare if kind in there and there[kind]() else ""
