"""The judge on invented items: what a press officer would expect of each."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.judge import Item, Judge, parse_line
from analysis.verdict import Verdict
from config.gazetteer import load_gazetteer
from lang.text import fold
from store.errors import InputError
from store.model import JudgementKind

JUDGE = Judge.load(load_gazetteer())
CONTRACT = [
    "id", "edu", "edu_score", "hp", "hp_score", "places", "topics", "tone", "tone_score", "stance", "stance_score",
    "stance_target", "kind", "kind_score", "rumour", "rumour_score", "versions",
]  # fmt: skip


def one(title: str, lead: str = "", **more: str) -> Verdict:
    return JUDGE.judge([Item("x", title, lead, **more)])[0]


def test_school_news_of_the_city_is_relevant_and_says_why() -> None:
    said = one(
        "Hải Phòng miễn học phí cho học sinh phổ thông từ năm học mới",
        "Sở GD-ĐT Hải Phòng hướng dẫn các trường tiểu học, THCS và THPT thực hiện nghị quyết miễn học phí.",
    )
    assert (said.edu, said.hp, said.relevance, said.scope) == ("core", "direct", "relevant", "local")
    assert "fees" in said.topics
    assert "Hải Phòng" in said.why


def test_news_of_the_city_without_education_is_out_and_says_why() -> None:
    said = one("Hải Phòng khởi công cầu vượt sông Cấm", "Cây cầu dài 2 km có sáu làn xe, dự kiến thông xe năm 2028.")
    assert (said.edu, said.hp, said.relevance) == ("none", "direct", "irrelevant")
    assert said.why == "Có nhắc Hải Phòng nhưng không nói về giáo dục."


def test_a_storm_that_tears_a_school_roof_off_blames_nobody() -> None:
    said = one(
        "Bão giật tung mái trường tiểu học, 300 học sinh phải nghỉ học",
        "Gió mạnh đêm qua làm tốc mái hai dãy phòng học của Trường tiểu học Sóng Biếc, rất may không ai bị thương.",
    )
    assert (said.edu, said.tone, said.stance) == ("core", "neg", "none")
    assert said.stance_target == ""


def test_the_ministry_is_national_another_province_local_a_country_abroad() -> None:
    assert one("Bộ GD-ĐT công bố lịch thi tốt nghiệp THPT", "Thí sinh cả nước thi hai ngày.").scope == "national"
    assert one("Cà Mau xây thêm trường mầm non", "Tỉnh dành 90 tỷ đồng xây trường.").scope == "local"
    assert one("Học sinh Phần Lan học ít bài tập", "Trường học giao bài tập dưới 30 phút mỗi ngày.").scope == "abroad"


def test_other_provinces_are_named() -> None:
    assert one("Lào Cai và Cà Mau trao đổi giáo viên", "").other_provinces == ("Lào Cai", "Cà Mau")


def test_the_line_has_the_contracts_keys_first_and_survives_json() -> None:
    line = one("Trường mầm non phường Lê Chân khai giảng", "Trẻ em vui đón năm học mới ở Hải Phòng.").to_json()
    assert list(line)[: len(CONTRACT)] == CONTRACT
    again = json.loads(json.dumps(line, ensure_ascii=False))
    assert again == line
    [place, *_] = line["places"]
    assert set(place) >= {"span", "start", "end", "kind", "units", "in_hp", "confidence"}
    assert all(m["kind"] not in ("province", "abroad") for m in line["places"])


def test_scores_are_probabilities_of_the_label_given() -> None:
    said = one("Học sinh lớp 9 ôn thi vào lớp 10", "Các trường THCS tổ chức ôn tập.")
    for name in ("edu", "hp", "tone", "stance", "kind", "rumour"):
        assert 0 <= getattr(said, f"{name}_score") <= 1
    assert said.edu_score > 0.8


def test_rows_for_the_store_irrelevant_items_keep_only_what_says_why() -> None:
    out = one("Giá vàng tăng phiên thứ ba", "Vàng miếng lên thêm 500.000 đồng một lượng.").judgements("rev_a", 7)
    assert [j.kind for j in out] == [JudgementKind.EDU, JudgementKind.HP]
    assert out[0].detail["why"] == "Không nói về giáo dục."
    kept = one("Học sinh tiểu học tựu trường", "Các trường tiểu học đón học sinh lớp 1.").judgements("rev_b", 7)
    assert [j.kind for j in kept] == [k for k in JudgementKind if k is not JudgementKind.SUMMARY]
    assert {j.judged_at for j in kept} == {7}
    assert all(j.version == JUDGE.versions[j.kind] and j.judge == JUDGE.name for j in kept)
    assert "scope" in kept[1].detail
    json.dumps([dict(j.detail) for j in kept])


@pytest.mark.parametrize(
    ("title", "lead", "relevance"),
    [
        ("", "", "cannot_judge"),
        ("😀😀😀", "🎉🎉", "cannot_judge"),
        ("...", "!!!", "cannot_judge"),
        ("学校は今日から始まります", "子供たちは元気です", "cannot_judge"),
        ("The city opens a new bridge over the river", "It is the longest of the region.", "irrelevant"),
        ("Schools in Hai Phong are closed for the storm", "The pupils of the city stay at home.", "relevant"),
        (
            "Hai Phong: hoc sinh nghi hoc tranh bao",
            "So giao duc yeu cau cac truong cho hoc sinh nghi hoc.",
            "to_review",
        ),
        ("HẢI PHÒNG: HỌC SINH TIỂU HỌC ĐƯỢC MIỄN HỌC PHÍ", "CÁC TRƯỜNG TIỂU HỌC THÔNG BÁO TỚI PHỤ HUYNH.", "relevant"),
    ],
)
def test_odd_input_has_a_defined_answer(title: str, lead: str, relevance: str) -> None:
    said = one(title, lead)
    assert said.relevance == relevance
    assert said.why


def test_a_hundred_thousand_words_are_judged_in_bounded_time_and_alike() -> None:
    body = "Học sinh trường tiểu học phường Lê Chân trồng cây. " * 10_000
    said = one("Học sinh trồng cây", "", body=body)
    assert said.edu == "core"
    assert len(said.places) <= 1_000


def test_a_body_without_lead_is_read() -> None:
    body = "Sáng nay, học sinh Trường THCS Lập Lễ ở Hải Phòng nhận sách giáo khoa mới từ hội khuyến học."
    said = one("Món quà đầu năm học", "", body=body)
    assert (said.edu, said.hp) == ("core", "direct")
    text = f"Món quà đầu năm học\n{body}"
    assert all(text[m.start : m.end] == m.span for m in said.places)


def test_decomposed_text_is_judged_like_composed_text() -> None:
    title, lead = "Trường mầm non phường Lê Chân khai giảng", "Cô và trò ở Hải Phòng đón năm học."
    loose = one(unicodedata.normalize("NFD", title), unicodedata.normalize("NFD", lead))
    assert loose.to_json() == one(title, lead).to_json()


def test_a_batch_says_what_single_calls_say() -> None:
    items = [
        Item("a", "Học sinh lớp 1 tựu trường ở Hải Phòng", "Các trường tiểu học mở cổng từ 7h."),
        Item("b", "", ""),
        Item("c", "Giá xăng giảm", "Từ chiều nay."),
    ]
    together = JUDGE.judge(items)
    assert [v.id for v in together] == ["a", "b", "c"]
    for item, said in zip(items, together, strict=True):
        alone = JUDGE.judge([item])[0]
        assert (alone.edu, alone.hp, alone.topics, alone.why) == (said.edu, said.hp, said.topics, said.why)
        assert alone.edu_score == pytest.approx(said.edu_score, abs=2e-4)
    assert JUDGE.judge([]) == []


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=60))
def test_no_text_can_make_a_batch_fail(title: str, lead: str, body: str) -> None:
    [said] = JUDGE.judge([Item("x", title, lead, body)])
    assert said.relevance in ("relevant", "to_review", "irrelevant", "cannot_judge")


def test_versions_name_every_kind_and_the_judge_has_one_short_version() -> None:
    assert set(JUDGE.versions) == set(JudgementKind) - {JudgementKind.SUMMARY}
    assert 6 <= len(JUDGE.version) <= 16
    assert Judge.load(load_gazetteer()).version == JUDGE.version


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_of_the_contract_becomes_an_item() -> None:
    line = {"id": "1", "title": "Tin", "summary": "Sapo", "outlet": "Báo Đèn Biển", "published": "2026-01-01", "x": [1]}
    assert parse_line(json.dumps(line)) == Item("1", "Tin", "Sapo", outlet="Báo Đèn Biển")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "expected a JSON object, found a list"),
        ("null", "expected a JSON object, found null"),
        ('{"title": "a"}', "`id` is missing"),
        ('{"id": true, "title": "a"}', "`id` must be text, found true or false"),
        ('{"id": "1"}', "one of `title`, `summary`, `body` is needed"),
        ('{"id": "1", "title": 5}', "`title` must be text, found a number"),
        ('{"id": "1", "title": "a", "body": {}}', "`body` must be text, found an object"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_refused_precisely(line: str, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("[", r"\[")):
        parse_line(line)


def test_half_a_surrogate_pair_does_not_poison_the_output() -> None:
    item = parse_line('{"id": "1", "title": "Học sinh \\ud83d Hải Phòng"}')
    json.dumps(JUDGE.judge([item])[0].to_json(), ensure_ascii=False).encode()


def test_text_without_marks_is_read_through_its_folded_form() -> None:
    marked = one("Học sinh tiểu học Hải Phòng nghỉ học tránh bão", "Các trường mầm non cũng đóng cửa.")
    plain = one(fold("Học sinh tiểu học Hải Phòng nghỉ học tránh bão"), fold("Các trường mầm non cũng đóng cửa."))
    assert plain.edu == marked.edu == "core"
