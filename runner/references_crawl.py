"""What an authority says on its own page, as a version of the library that nobody has confirmed yet. Pure functions."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from config.sources import Source
from intake.official_keep import statements
from lang.clauses import Head, head, split, tidy
from lang.clauses_links import validity
from lang.clauses_names import display
from lang.text import nfc
from store.model import Article, Basis, Revision
from store.model_reference import MACHINE, Reference, ReferenceSource, Statement

REFERENCE_VERSION = "1"
"""Of the ``reference`` stage: what makes a document of a page. Bump it to read stored pages again."""

# An authority's page retells what others say before it answers. The retelling is no statement of the authority; the
# answer is. A sentence that does both (… là thông tin không đúng) is an answer.
_RETOLD = re.compile(
    r"\b(?:xuất hiện (?:\w+ ){0,3}(?:thông tin|tin|bài|hình ảnh|clip|văn bản)|lan truyền|phát tán|đồn đoán|tin đồn"
    r"|tung tin|loan tin|có thông tin|có ý kiến|(?:phụ huynh|người dân|dư luận|theo) phản ánh|cho rằng"
    r"|một số (?:tài khoản|trang|người)|mạng xã hội)\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:khẳng định|bác bỏ|không chính xác|không đúng|sai sự thật|tin giả|giả mạo|bịa đặt|đính chính"
    r"|không (?:có|ban hành|phát hành)|chưa (?:có|ban hành|phát hành))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")


def of_page(
    revision: Revision, article: Article, source: Source | None, zone: ZoneInfo
) -> tuple[Reference, list[Statement]] | None:
    """The version and its clauses; None for a source that is no authority, a text that is no page, or no statement.

    The same text of a page gives the same id, whenever it is read. A page that is the document itself (letterhead,
    number, day) is a version of that document, whoever handed it in before; any other page is a document of its own.
    """
    if source is None or not source.authority or revision.basis is not Basis.PAGE or revision.language != "vi":
        return None
    text, at = _page(revision)
    found = head(text[at:])
    whole = bool(found.number and found.issued and found.issuer)
    body_at = at + found.body_at
    clauses = [c for c in split(text, body_at if whole else 0) if _says(c.text)]
    if not clauses:
        return None
    about = _About(found, source, article, revision, zone) if whole else _About(Head(), source, article, revision, zone)
    text_hash = Statement.hash_text(text)
    held = validity(text[body_at:], found.issued) if whole else None
    begin = (held.valid_from if held else None) or about.issued
    end = held.valid_to if held else None
    made = Reference(
        id=Reference.make_id(about.document_id, revision.id, MACHINE, 0), document_id=about.document_id, version=0,
        issuer=about.issuer, document=about.document, number=about.number, title=nfc(revision.title)[:500],
        issued=about.issued.isoformat(), valid_from=begin.isoformat(),
        valid_to=end.isoformat() if end and end >= begin else None, source=ReferenceSource.CRAWLED,
        url=article.canonical_url, revision_id=revision.id, fetch_id=revision.fetch_id, body_hash=None,
        media_type=None, text_hash=text_hash, entered_by=MACHINE, entered_at=revision.seen_at,
    )  # fmt: skip
    return made, statements(made.id, clauses)


def page_text(revision: Revision) -> str:
    """The text of which a crawled version's places are: title, lead and body as read, tidied."""
    return _page(revision)[0]


def _page(revision: Revision) -> tuple[str, int]:
    """The text, and where the page's body begins in it."""
    front = tidy("\n\n".join(part for part in (_sentence(revision.title), revision.lead) if part))
    body = tidy(revision.body)
    return (f"{front}\n\n{body}", len(front) + 2) if front else (body, 0)


class _About:
    """What a page is called, by whom and of what day."""

    def __init__(self, found: Head, source: Source, article: Article, revision: Revision, zone: ZoneInfo) -> None:
        self.issuer = found.issuer or source.issuer or source.name
        self.number = found.number
        at = revision.published_at if revision.published_at is not None else article.first_seen_at
        self.issued: dt.date = found.issued or dt.datetime.fromtimestamp(at / 1000, zone).date()
        self.document = display(found.kind, found.number) if found.number else f"Bài trên {source.outlet}"
        self.document_id = (
            Reference.make_document_id(self.issuer, self.number, self.issued.isoformat())
            if found.number
            else Reference.make_document_id("article", article.id, "")
        )


def _says(text: str) -> bool:
    """Whether the authority itself says it: no question, no retelling without an answer, no mere quotation."""
    if text.rstrip().endswith("?"):
        return False
    bare = _QUOTED.sub(" ", text)
    if len(bare.split()) < 4:
        return False
    return not _RETOLD.search(bare) or _ANSWERED.search(bare) is not None


def _sentence(title: str) -> str:
    """A title ends where it ends: what follows is no rest of it."""
    title = nfc(title)
    return f"{title}." if title and title[-1] not in ".!?…:;" else title
