"""Saved pages of invented outlets through the read stage, and the real ones where they lie beside the project."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.loader import load_folder
from config.settings import SHIPPED
from config.sources import Selectors, Source
from crawler.extract import PageKind, extract
from crawler.read import ReadResult, read
from crawler.text import decode
from store.errors import Permanent
from store.model import Basis, FetchKind, Outcome
from tests.unit.crawler.conftest import NOON, article, fetch, source

URL = "https://bencang.example/giao-duc/truong-sao-bien-mo-lai-bep-an-100231.html"


def read_page(body: bytes, url: str = URL, by: Source | None = None) -> ReadResult:
    return read(fetch(FetchKind.PAGE, url=url, article_id=article().id), body, by or source(), article())


def at(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc,arg-type]


def test_an_article_page_gives_title_sapo_body_minute_and_section(page: Callable[[str], bytes]) -> None:
    result = read_page(page("bencang_article.html"))
    assert result.outcome == Outcome.READ
    (revision,) = result.revisions
    assert revision.basis is Basis.PAGE
    assert revision.article_id == article().id
    assert revision.title == "Trường THCS Sao Biển mở lại bếp ăn sau ba tuần"
    assert revision.lead.startswith("Bếp ăn bán trú")
    assert revision.lead.endswith("hai tủ lưu mẫu.")
    assert revision.body.startswith("Sáng 18/11, 412 học sinh")
    assert revision.body.endswith("trước ngày 30/11.")
    assert revision.published_at == at(2026, 11, 18, 0, 42)
    assert revision.published_from == "json-ld"
    assert revision.section == "Giáo dục"
    assert revision.quality > 0.9


def test_neither_byline_nor_comments_nor_tail_survive(page: Callable[[str], bytes]) -> None:
    text = repr(read_page(page("bencang_article.html")).revisions)
    for left_out in ("Hải Âu", "Bạn đọc", "Từ khóa", "©", "rà soát bếp ăn"):
        assert left_out not in text


def test_the_sapo_is_not_repeated_in_the_body(page: Callable[[str], bytes]) -> None:
    (revision,) = read_page(page("bencang_article.html")).revisions
    assert revision.lead not in revision.body


def test_a_listing_is_no_article_even_if_it_says_so(page: Callable[[str], bytes]) -> None:
    result = read_page(page("bencang_listing.html"), "https://bencang.example/giao-duc")
    assert result.outcome == Outcome.NOT_AN_ARTICLE
    assert result.revisions == ()
    assert "headline links" in result.message


def test_selectors_of_the_source_are_tried_first(page: Callable[[str], bytes]) -> None:
    chosen = Selectors(body="#noi-dung", date=".when", sapo="h2.sapo", remove=(".quang-cao",))
    (revision,) = read_page(page("vinham_article.html"), by=source(selectors=chosen)).revisions
    assert revision.published_at == at(2026, 11, 18, 8, 5)
    assert revision.published_from == "selector"
    assert revision.lead.startswith("Từ sáu chai nhựa")
    assert len(revision.body.split("\n")) == 3
    assert "vé xe" not in revision.body


def test_a_page_without_selectors_and_without_json_ld_is_still_read(page: Callable[[str], bytes]) -> None:
    (revision,) = read_page(page("vinham_article.html")).revisions
    assert revision.title == "Học sinh Vịnh Ngầm dựng trạm đo mưa bằng chai nhựa"
    assert revision.lead.startswith("Từ sáu chai nhựa")
    assert "Sai số so với trạm" in revision.body


def test_another_canonical_address_only_informs(page: Callable[[str], bytes]) -> None:
    body = page("bencang_article.html").replace(b"an-100231.html", b"an-999999.html", 1)
    result = read_page(body)
    assert result.outcome == Outcome.READ
    assert "an-999999.html là địa chỉ gốc, không nhận: đó là số bài khác" in result.message
    assert result.aliases == ()
    assert result.revisions[0].article_id == article().id


def test_a_future_date_on_a_page_is_refused_and_the_text_kept(page: Callable[[str], bytes]) -> None:
    result = read_page(page("bencang_article.html").replace(b"2026-11-18T07:42", b"2027-11-18T07:42"))
    assert [p.code for p in result.problems] == ["date_in_future"]
    assert result.revisions[0].published_at is None


def test_a_wrong_charset_on_a_page_does_not_spoil_it(page: Callable[[str], bytes]) -> None:
    body = page("bencang_article.html").replace(b'charset="utf-8"', b'charset="iso-8859-1"')
    assert "Trường THCS Sao Biển" in read_page(body).revisions[0].title


@pytest.mark.parametrize(
    "body", [b"", b"   \n ", b"\x00\x00", b"<html></html>", b"<html><body><div></div></body></html>"]
)
def test_a_page_without_text_is_unreadable(body: bytes) -> None:
    with pytest.raises(Permanent) as caught:
        read_page(body)
    assert caught.value.outcome == Outcome.UNREADABLE


def test_a_page_nested_ten_thousand_deep_ends_with_an_outcome() -> None:
    deep = b"<html><body>" + b"<div>" * 10_000 + "Một câu ở rất sâu. ".encode() * 40 + b"</body></html>"
    try:
        assert read_page(deep).outcome in set(Outcome)
    except Permanent as bad:
        assert bad.outcome == Outcome.UNREADABLE


def test_control_characters_in_a_page_cost_nothing_but_themselves(page: Callable[[str], bytes]) -> None:
    body = page("vinham_article.html").replace("Sai số".encode(), b"\x01\x0b\x1fSai\xef\xbf\xbf s\xe1\xbb\x91")
    assert "Sai số so với trạm" in read_page(body).revisions[0].body


def test_a_page_that_belongs_to_no_article_is_refused() -> None:
    with pytest.raises(Permanent, match="nobody's page"):
        read(fetch(FetchKind.PAGE), b"<p>x</p>", source(), None)


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["dantri_home_a", "dantri_home_b", "dantri_home_c", "dantri_home_d", "tuoitre_home_2015"]
)
def test_real_front_pages_are_listings_even_at_a_section_s_address(shared: Path, name: str) -> None:
    text, _ = decode((shared / f"press/pages/{name}.html").read_bytes(), None)
    assert extract(text, "https://bencang.example/giao-duc.htm", NOON).kind is PageKind.LISTING


@pytest.mark.shared
@pytest.mark.parametrize("name", ["cafef_2018-07", "tuoitre_2015-03", "vnexpress_2022-02", "vnexpress_2025-10-22"])
@pytest.mark.parametrize("with_selectors", [False, True])
def test_real_articles_have_title_sapo_minute_and_no_tail(shared: Path, name: str, with_selectors: bool) -> None:
    shipped, _ = load_folder(SHIPPED / "sources")
    outlet = shipped.get(name.split("_", maxsplit=1)[0])
    chosen = outlet.selectors if outlet and with_selectors else None
    text, _ = decode((shared / f"press/pages/{name}.html").read_bytes(), None)
    found = extract(text, "https://bencang.example/bai-100500.html", NOON, chosen)
    assert found.kind is PageKind.ARTICLE
    assert min(len(found.title), len(found.lead)) > 20
    assert len(found.body) > 1000
    assert found.published is not None
    assert found.published.confidence >= 0.9
    assert found.body[-1] in '.!?”"’'


@pytest.mark.shared
def test_the_page_with_a_gold_record_matches_it(shared: Path) -> None:
    gold = json.loads((shared / "press/pages/vnexpress_2025-10-22.gold.json").read_text(encoding="utf-8"))
    text, _ = decode((shared / "press/pages/vnexpress_2025-10-22.html").read_bytes(), None)
    found = extract(text, "https://vnexpress.net/bai-4953000.html", NOON)
    wanted = gold["V1"]["body"]
    assert found.lead == wanted["summary"][0]
    paragraphs = [p for section in wanted["sections"] for p in section["paragraphs"]]
    captions = [p for p in paragraphs if "Ảnh:" in p]  # the gold record counts them as text, we do not
    assert found.body.split("\n") == [p for p in paragraphs if p not in captions]
    assert not any(author in found.body for author in gold["V1"]["authors"])
