"""What an authority says on its own page becomes a reference that nobody has confirmed; what it retells does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.sources import Source
from intake import official_keep
from intake.form import Refused
from intake.official_form import Given
from runner.deps import Deps
from runner.references_crawl import of_page, page_text
from store.model import Article, Basis, Revision
from store.model_reference import MACHINE, ReferenceSource
from tests.unit.intake.official_samples import letter_text

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
URL = "https://so-giao-duc.example/thong-bao-1.html"
DENIED = "Sở khẳng định không có việc học sinh nghỉ học ngày 09/9/2026 như trên mạng xã hội."
FACT = "Học sinh toàn thành phố đi học bình thường từ ngày 09/9/2026."


def source(**more: Any) -> Source:
    values = {"id": "so_gd", "name": "Sở Giáo dục và Đào tạo Hải Phòng", "outlet": "Sở GDĐT", "kind": "department_site",
              "owner": "Văn phòng Sở", "authority": True}  # fmt: skip
    return Source(**(values | more))


def page(body: str = FACT, title: str = "Học sinh đi học bình thường sau bão", **more: Any) -> Revision:
    text_hash = Revision.hash_text(title, "", body)
    values = {"basis": Basis.PAGE, "title": title, "lead": "", "body": body, "seen_at": 1_789_000_000_000,
              "fetch_id": "fet_1", "published_at": 1_788_900_000_000} | more  # fmt: skip
    article_id = Article.make_id(URL)
    return Revision(id=Revision.make_id(article_id, text_hash), article_id=article_id, text_hash=text_hash, **values)


ARTICLE = Article(Article.make_id(URL), URL, URL, "so_gd", "Sở GDĐT", 1_789_000_000_000, "fet_0")


def texts(revision: Revision, of: Source | None = None) -> list[str]:
    made = of_page(revision, ARTICLE, of or source(), ZONE)
    return [s.text for s in made[1]] if made else []


def test_a_page_of_an_authority() -> None:
    made = of_page(page(), ARTICLE, source(), ZONE)
    assert made is not None
    reference, clauses = made
    assert (reference.entered_by, reference.source, reference.url) == (MACHINE, ReferenceSource.CRAWLED, URL)
    assert (reference.issuer, reference.document) == ("Sở Giáo dục và Đào tạo Hải Phòng", "Bài trên Sở GDĐT")
    assert (reference.issued, reference.valid_from, reference.valid_to) == (
        "2026-09-09",
        "2026-09-09",
        None,
    )  # the day here
    assert [c.text for c in clauses] == ["Học sinh đi học bình thường sau bão.", FACT]
    text = page_text(page())
    assert all(text[c.starts : c.ends] == c.text for c in clauses)
    assert of_page(page(), ARTICLE, source(), ZONE) == made  # the same text is the same version, whenever it is read


@pytest.mark.parametrize(
    ("revision", "of"),
    [
        (page(), source(authority=False)),
        (page(), None),
        (page(basis=Basis.FEED), source()),
        (page(basis=Basis.INBOX), source()),
        (page(language="en"), source()),
        (page(body="", title="Ảnh"), source()),
    ],
)
def test_what_is_no_word_of_an_authority(revision: Revision, of: Source | None) -> None:
    assert of_page(revision, ARTICLE, of, ZONE) is None


def test_what_it_retells_or_asks_is_left_out_and_its_answer_kept() -> None:
    body = "\n".join(
        (
            "Những ngày qua, mạng xã hội lan truyền tin học sinh Hải Phòng nghỉ học ngày 09/9/2026.",
            "“Ngày mai cả thành phố nghỉ học, mọi người chia sẻ gấp cho phụ huynh biết.”",
            "Học sinh có được nghỉ học ngày 09/9/2026 hay không?",
            DENIED,
            FACT,
        )
    )
    assert texts(page(body, title="Thông tin về việc nghỉ học?")) == [DENIED, FACT]


def test_a_page_that_is_the_document_itself_is_a_version_of_it(deps: Deps) -> None:
    revision = page(letter_text().decode(), title="Công văn về việc nghỉ học")
    made = of_page(revision, ARTICLE, source(), ZONE)
    assert made is not None
    assert (made[0].number, made[0].issued) == ("812/SGDĐT-QLCL", "2026-09-07")
    assert [s.clause for s in made[1]] == ["mục 1", "mục 2"]
    given = Given("Đỗ Thị Trực")
    kept = official_keep.keep(
        deps.store, deps.bodies, letter_text(), official_keep.understood(_text(letter_text())), given, 1
    )
    assert kept.reference.document_id == made[0].document_id


def _text(data: bytes) -> Any:
    from intake.official import text_of

    return text_of(data)


def save(deps: Deps, revision: Revision) -> bool:
    made = of_page(revision, ARTICLE, source(), ZONE)
    assert made is not None
    with deps.store.transaction() as tx:
        return tx.add_reference(*made)


def test_confirmed_by_a_person_and_changed_on_the_page_afterwards(deps: Deps) -> None:
    assert save(deps, page()) and not save(deps, page())
    (entered,) = deps.store.references_in_force("2026-09-10")
    assert entered.by_machine
    kept = official_keep.confirm(
        deps.store, entered.id, Given("Đỗ Thị Trực", valid_to="30/9/2026", replaces=""), 1_789_100_000_000
    )
    (counted,) = deps.store.references_in_force("2026-09-10")
    assert counted.id == kept.reference.id
    assert (counted.valid_to, counted.url, counted.revision_id) == ("2026-09-30", URL, page().id)
    assert counted.document == entered.document
    assert [s.text for s in deps.store.statements_of([counted.id])[counted.id]] == texts(page())
    with pytest.raises(Refused):
        official_keep.confirm(deps.store, kept.reference.id, Given("Đỗ Thị Trực"), 1_789_100_000_001)
    assert save(deps, replace(page(FACT.replace("09/9", "10/9")), seen_at=1_789_200_000_000))
    seen = deps.store.reference_seen(counted.document_id, "2026-09-10")
    assert seen is not None and seen.reference.id == counted.id and seen.newer is not None


def test_withdrawn_by_a_person_the_page_does_not_bring_it_back(deps: Deps) -> None:
    save(deps, page())
    (entered,) = deps.store.references_in_force("2026-09-10")
    official_keep.withdraw(deps.store, entered.id, "Ngô Văn Bến", "trang bị chiếm quyền", 1_789_100_000_000)
    assert not save(deps, page(FACT.replace("09/9", "10/9")))
    assert deps.store.references_in_force("2026-09-10") == []


def test_the_shipped_authorities_are_the_departments_the_citys_the_ministrys_and_the_fact_checks() -> None:
    from config.loader import load_folder
    from config.settings import SHIPPED

    sources, errors = load_folder(SHIPPED / "sources")
    named = {s.id for s in sources.values() if s.authority}
    assert errors == [] and {"sgddt_hp", "hp_portal", "moet", "tingia"} <= named
    assert {sources[i].kind for i in named} <= {"department_site", "government_portal", "fact_check"}
