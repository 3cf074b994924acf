"""Claims set beside references: what agrees, differs, was replaced, has nothing to do with it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from analysis.claims import Article, claims
from analysis.matching import Match, match
from analysis.places import PlaceMatcher
from analysis.reference_index import Library, build
from analysis.references import Reference, reference_of, statements, superseded
from store.errors import InputError

OWN = Path(__file__).with_name("claims_own_references.jsonl")


@pytest.fixture(scope="module")
def library(matcher: PlaceMatcher) -> Library:
    return build([reference_of(json.loads(line)) for line in OWN.read_text(encoding="utf-8").splitlines()], matcher)


def _said(text: str, day: str, library: Library, matcher: PlaceMatcher) -> Match:
    published = dt.date.fromisoformat(day)
    found = [c for c in claims(Article("a", "", text, published, outlet_kind="page"), matcher) if c.checkable]
    return match(found[0], library, published)


@pytest.mark.parametrize(
    ("text", "relation", "slot", "reference"),
    [
        ("Vé tháng xe buýt học đường cho học sinh là 180.000 đồng.", "contradicts", "number", "S06"),
        ("Vé tháng xe buýt học đường cho học sinh là tám mươi nghìn đồng.", "supports", "", "S06"),
        ("Xe buýt học đường bắt đầu vận hành từ ngày 05/9.", "contradicts", "date", "S06"),
        ("Nhà trường được từ chối tiếp nhận học sinh chưa đóng bảo hiểm y tế.", "contradicts", "negation", "S09"),
        ("Trường THPT Vạn Sóng quy mô 45 lớp đặt tại phường Kiến An.", "contradicts", "place", "S13"),
        ("Quyết định số 1420 do Sở Giáo dục và Đào tạo ký xây mới 27 trường.", "contradicts", "issuer", "S13"),
        ("Sở ban hành Công văn số 2688/SGDĐT-TCCB xét đặc cách giáo viên hợp đồng.", "contradicts", "issuer", "S16"),
    ],
)
def test_the_differing_slot_is_named(
    text: str, relation: str, slot: str, reference: str, library: Library, matcher: PlaceMatcher
) -> None:
    found = _said(text, "2026-08-25", library, matcher)
    assert found.relation == relation
    assert found.references[0] == reference
    if slot:
        assert found.finding is not None
        assert found.finding.kind == slot
        begin, end = found.finding.claim_span
        assert found.claim.text[begin:end]


def test_the_articles_day_decides_which_reference_speaks(library: Library, matcher: PlaceMatcher) -> None:
    text = "Hồ sơ lớp 6 nộp trực tuyến từ ngày 15/6 đến hết ngày 20/6/2026."
    assert _said(text, "2026-03-10", library, matcher).relation == "supports"
    later = _said(text, "2026-04-25", library, matcher)
    assert later.relation == "outdated"
    assert set(later.references[:2]) == {"S01", "S02"}


def test_an_older_value_beside_the_new_one_is_no_difference(library: Library, matcher: PlaceMatcher) -> None:
    text = "Hồ sơ lớp 6 dời từ 15-20/6 sang 22-27/6."
    assert _said(text, "2026-05-04", library, matcher).relation == "supports"


def test_another_provinces_rule_is_unrelated(library: Library, matcher: PlaceMatcher) -> None:
    text = "Tại Bắc Ninh, trẻ mầm non con công nhân khu công nghiệp được tỉnh hỗ trợ 160.000 đồng mỗi tháng."
    assert _said(text, "2026-09-06", library, matcher).relation == "unrelated"


def test_two_references_in_force_that_differ_are_both_shown_and_raise_nothing(matcher: PlaceMatcher) -> None:
    rows = [
        Reference("A", "Giá vé tháng xe buýt học đường của học sinh là 80.000 đồng.", issued=dt.date(2026, 1, 1)),
        Reference("B", "Giá vé tháng xe buýt học đường của học sinh là 90.000 đồng.", issued=dt.date(2026, 2, 1)),
    ]
    both = build(rows, matcher)
    for price in ("80.000", "90.000"):
        found = _said(f"Giá vé tháng xe buýt học đường của học sinh là {price} đồng.", "2026-03-01", both, matcher)
        assert found.relation == "supports"
        assert set(found.references[:2]) == {"A", "B"}


def test_a_reference_replaces_what_its_text_or_its_field_names() -> None:
    old = Reference("old", "Mức thu là 10.000 đồng.", document="Công văn số 12/SGDĐT-VP")
    by_text = Reference(
        "new", "Thay thế Công văn số 12/SGDĐT-VP. Mức thu là 12.000 đồng.", document="Công văn số 20/SGDĐT-VP"
    )
    by_field = Reference("other", "Mức thu là 15.000 đồng.", supersedes=("old",))
    assert superseded([old, by_text]) == {"old": ("new",)}
    assert superseded([old, by_field]) == {"old": ("other",)}


def test_validity_without_a_day_counts_open_references_alone() -> None:
    ended = Reference("a", "x" * 20, valid_to=dt.date(2026, 1, 1))
    assert not ended.in_force(None)
    assert Reference("b", "x" * 20).in_force(None)


def test_a_long_document_is_bounded() -> None:
    found = statements(Reference("big", "Trường được xây mới trong năm nay tại xã. " * 20_000))
    assert len(found) <= 4_000


@pytest.mark.parametrize(
    "row",
    [{"text": "x"}, {"id": "a"}, {"id": "a", "text": "x", "issued": "hôm qua"}, {"id": "a", "text": "x", "issuer": 3}],
)
def test_a_bad_reference_is_named_by_its_field(row: dict[str, object]) -> None:
    with pytest.raises(InputError, match="`"):
        reference_of(row)


def test_a_second_opinion_lowers_and_never_raises(library: Library, matcher: PlaceMatcher) -> None:
    class Sure:
        def __init__(self, follows: float, contradicts: float) -> None:
            self.said = follows, contradicts

        def judge(self, reference: str, claim: str) -> tuple[float, float]:
            return self.said

    day = dt.date(2026, 8, 25)
    wrong = claims(Article("a", "", "Vé tháng xe buýt học đường cho học sinh là 180.000 đồng.", day), matcher)[0]
    right = claims(Article("a", "", "Vé tháng xe buýt học đường cho học sinh là 80.000 đồng.", day), matcher)[0]
    alone = match(wrong, library, day)
    assert match(wrong, library, day, opinion=Sure(0.99, 0.0)).strength < alone.strength
    assert match(right, library, day, opinion=Sure(0.0, 0.99)).relation == "supports"
