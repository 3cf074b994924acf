"""The promises of a candidate: evidence alone raises one, tone never moves a score, no machine says "false"."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.candidates import Decision, decide
from analysis.claims import Article
from analysis.places import PlaceMatcher
from analysis.reference_index import Library, build
from analysis.references import Reference, reference_of

HERE = Path(__file__).parent
CASES = [json.loads(line) for line in (HERE / "claims_own.jsonl").read_text(encoding="utf-8").splitlines()]
_QUIET = ("concern", "debunks", "reports_rumour")


@pytest.fixture(scope="module")
def library(matcher: PlaceMatcher) -> Library:
    lines = (HERE / "claims_own_references.jsonl").read_text(encoding="utf-8").splitlines()
    return build([reference_of(json.loads(line)) for line in lines], matcher)


def _article(case: dict[str, Any]) -> Article:
    day = dt.date.fromisoformat(case["published"])
    return Article(case["id"], case["title"], case["body"], day, case["outlet"], case["outlet_kind"])


@pytest.fixture(scope="module")
def decided(library: Library, matcher: PlaceMatcher) -> dict[str, Decision]:
    return {c["id"]: decide(_article(c), library, matcher) for c in CASES}


def test_nothing_is_raised_among_criticism_concerns_debunks_and_reports(decided: dict[str, Decision]) -> None:
    quiet = [c for c in CASES if c["relation"] in _QUIET or c.get("why") == "criticism"]
    assert len(quiet) > 30
    assert [c["id"] for c in quiet if decided[c["id"]].candidate] == []


def test_half_of_the_own_cases_that_rules_were_written_by(decided: dict[str, Decision]) -> None:
    seen = [c for c in CASES if not c["held"]]
    raised = [c for c in seen if decided[c["id"]].candidate]
    wanted = [c for c in seen if c["candidate"]]
    hit = [c for c in raised if c["candidate"]]
    assert len(hit) / len(raised) >= 0.9
    assert len(hit) / len(wanted) >= 0.85
    assert sum(decided[c["id"]].relation == c["relation"] for c in seen) / len(seen) >= 0.9


def test_a_concern_is_never_a_candidate_and_carries_no_reference(decided: dict[str, Decision]) -> None:
    for one in decided.values():
        assert not (one.candidate and one.concern)
        assert one.relation != "concern" or not one.refs


def test_no_reason_says_wrong_or_false(decided: dict[str, Decision]) -> None:
    for one in decided.values():
        if one.candidate:
            assert one.reasons
            assert one.change_mind
            told = " ".join(reason.split("“")[0] for reason in one.reasons).lower()
            assert not any(word in told.split() for word in ("sai", "giả", "bịa"))
        if one.relation in ("contradicts", "outdated"):
            assert (
                "không khớp" in one.reasons[0]
                or "không đúng thể thức" in one.reasons[0]
                or "số văn bản" in one.reasons[0]
            )


def test_a_score_is_a_chance_and_never_certain(decided: dict[str, Decision]) -> None:
    assert all(0 < one.score < 1 for one in decided.values())
    assert len({one.score for one in decided.values()}) > 40


def test_hearsay_words_alone_raise_nothing(library: Library, matcher: PlaceMatcher) -> None:
    text = "Nghe nói hôm qua ở chợ vui lắm, người ta bảo chắc chắn sẽ còn vui nữa. Share gấp cho mọi người cùng biết."
    one = decide(Article("a", "", text, dt.date(2026, 9, 1), "Bến Sông Kể Chuyện", "page"), library, matcher)
    assert not one.candidate
    assert not one.concern


def test_a_newsrooms_own_attributed_report_is_no_unsourced_claim(library: Library, matcher: PlaceMatcher) -> None:
    text = "Sở Giáo dục và Đào tạo cho biết từ tháng sau học sinh toàn thành phố sẽ học thêm một tiết kỹ năng sống."
    one = decide(Article("a", "", text, dt.date(2026, 9, 1), "Tin Bến Đò", "city_press"), library, matcher)
    assert not one.candidate


def test_what_one_school_did_against_a_rule_is_no_contradiction(library: Library, matcher: PlaceMatcher) -> None:
    text = "Trường con em vẫn bắt mua đồng phục ở một cửa hàng, ai không mua bị nêu tên."
    one = decide(Article("a", "", text, dt.date(2026, 9, 1), "", "forum"), library, matcher)
    assert not one.candidate


def test_an_empty_library_and_an_empty_article(matcher: PlaceMatcher) -> None:
    none = build([], matcher)
    assert not decide(Article("a"), none, matcher).candidate
    told = decide(Article("a", "Giá vé là 80.000 đồng", "Xe chạy từ 15/8."), none, matcher)
    assert (told.relation, told.refs) == ("unrelated", ())


def test_hostile_text_is_bounded(library: Library, matcher: PlaceMatcher) -> None:
    text = "không được " * 4_000 + "1 " * 4_000 + "“" * 2_000 + "ngày 1, 2, 3, 4, 5, 6, 7, 8, 9, 10/6 " * 300
    assert decide(Article("a", text[:900], text), library, matcher).id == "a"


_WHO = st.sampled_from(
    ["Sở", "nhà trường", "ngành giáo dục", "lãnh đạo ngành", "thầy cô", "những người quản lý", "ban giám hiệu"]
)
_BLAME = st.sampled_from(
    ["quá vô cảm", "thật đáng thất vọng", "làm việc tùy tiện", "không còn coi ai ra gì", "chỉ giỏi hứa", "lười biếng",
     "chẳng hiểu gì về dân", "nên xin lỗi đi", "không thể chấp nhận được", "chỉ biết cấm đoán"]
)  # fmt: skip
_PRAISE = st.sampled_from(
    ["rất tận tâm", "thật đáng trân trọng", "làm việc chu đáo", "luôn nghĩ cho học trò", "rất đáng tin", "nhìn xa",
     "hiểu lòng dân", "xứng đáng được cảm ơn", "không thể chê được", "rất có trách nhiệm"]
)  # fmt: skip
_LEAD = st.sampled_from(["Tôi thấy", "Theo tôi", "Thật sự", "Nói thẳng là", "Càng nghĩ càng thấy", "Phải nói là"])
_ON = st.sampled_from(
    [
        "Quy định về điện thoại như thế",
        "Lịch thi kiểu này",
        "Cách thu học phí ấy",
        "Tuyển sinh mà như vậy",
        "Cấm đoán kiểu ấy",
    ]
)
_TAIL = st.sampled_from([".", "!", " và tôi sẽ không quên.", ", ai cũng biết.", " như lâu nay."])


@st.composite
def _judgements(draw: st.DrawFn) -> str:
    tone = draw(st.sampled_from([_BLAME, _PRAISE]))
    parts = [f"{draw(_LEAD)} {draw(_WHO)} {draw(tone)}{draw(_TAIL)}" for _ in range(draw(st.integers(1, 3)))]
    return " ".join(parts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=st.sampled_from(CASES), said=_judgements(), first=st.booleans())
def test_praise_or_blame_leaves_the_score_as_it_is(
    case: dict[str, Any], said: str, first: bool, library: Library, matcher: PlaceMatcher
) -> None:
    plain = _article(case)
    body = f"{said} {plain.body}" if first else f"{plain.body} {said}"
    toned = Article(plain.id, plain.title, body, plain.published, plain.outlet, plain.outlet_kind)
    a, b = decide(plain, library, matcher), decide(toned, library, matcher)
    assert (b.score, b.relation, b.candidate, b.refs) == (a.score, a.relation, a.candidate, a.refs)


@pytest.mark.shared
def test_every_triple_of_the_shared_set_has_one_score(shared: Path, matcher: PlaceMatcher) -> None:
    folder = shared / "labels" / "claims" / "dev"
    rows = [json.loads(line) for line in (folder / "references.jsonl").read_text(encoding="utf-8").splitlines()]
    library = build([reference_of(row) for row in rows], matcher)
    values = set()
    for line in (folder / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        said = {
            decide(Article(pair["id"], "", pair[key]), library, matcher).score
            for key in ("plain", "critical", "praising")
        }
        assert len(said) == 1, pair["id"]
        values |= said
    assert len(values) >= 10


_PLANTED = (
    ("Kế hoạch của UBND thành phố Hải Phòng đặt mục tiêu giai đoạn 2026-2030 tối thiểu 40% cán bộ làm công tác "
    "truyền thông "
     "tại Sở Giáo dục và Đào tạo và các cơ sở giáo dục được đào tạo, bồi dưỡng thường xuyên.", "004", "2026-04-10"),
    ("Thành phố Hải Phòng truyền thông thực hiện Nghị quyết số 71-NQ/TW ngày 12 tháng 10 năm 2025 của Bộ Chính "
    "trị về đột phá "
     "phát triển giáo dục và đào tạo.", "004", "2026-04-10"),
    ("Sở Giáo dục và Đào tạo Hải Phòng dự kiến mỗi lớp tập huấn nghiệp vụ thông tin đối ngoại có số lượng 300 "
    "người.", "003",
     "2023-06-10"),
)  # fmt: skip
_NEAR_MISSES = (
    ("Đến năm 2030, ít nhất 70% cán bộ làm truyền thông ở Sở GDĐT Hải Phòng được bồi dưỡng thường "
    "xuyên.", "2026-04-10"),
    ("Kế hoạch của UBND tỉnh Quảng Ninh đặt mục tiêu tối thiểu 40% cán bộ làm công tác truyền thông được bồi "
    "dưỡng.", "2026-04-10"),
    ("Nghị quyết số 71-NQ/TW được Bộ Chính trị ban hành ngày 22/8/2025, được Hải Phòng triển khai rộng.", "2026-04-10"),
)  # fmt: skip


@pytest.mark.shared
def test_the_plans_as_references_three_planted_differences_and_three_near_misses(
    shared: Path, matcher: PlaceMatcher
) -> None:
    years = {"000": 2022, "001": 2025, "002": 2020, "003": 2023, "004": 2026}
    plans = [
        Reference(
            p.name[:3],
            p.read_text(encoding="utf-8"),
            "UBND thành phố Hải Phòng",
            issued=dt.date(years[p.name[:3]], 2, 14),
        )
        for p in sorted((shared / "plans").glob("*.txt"))
    ]
    library = build(plans, matcher)

    def told(text: str, day: str) -> Decision:
        return decide(Article("a", "Hải Phòng", text, dt.date.fromisoformat(day), "", "portal"), library, matcher)

    for text, plan, day in _PLANTED:
        one = told(text, day)
        assert (one.candidate, one.relation, one.refs[0]) == (True, "contradicts", plan), text
    for text, day in _NEAR_MISSES:
        assert not told(text, day).candidate, text


def test_hearsay_elsewhere_in_a_feature_makes_no_rumour_of_what_a_newsroom_reports() -> None:
    body = (
        "Bà con trong xóm nghe nói cô giáo được tuyên dương thì mừng lắm. "
        "Qua rà soát đầu tháng 11, toàn thành phố Hải Phòng còn thiếu khoảng 1.260 giáo viên so với định mức."
    )
    paper = decide(Article("x", "Cô giáo ở đảo", body, None, "Báo Cửa Sóng", "city_press"), build([], None), None)
    assert not paper.candidate
