"""The department's themes of an item: words that it chose, and the words that fired shown."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.judge import Item, Judge
from analysis.themes import Theme, ThemeReader
from config.gazetteer import load_gazetteer
from config.topics import Theme as Words
from config.topics import load_themes, theme_names, themes_version
from lang.text import fold, nfc
from store.model import JudgementKind

THEMES, _ = load_themes()
READER = ThemeReader(THEMES)
JUDGE = Judge.load(load_gazetteer(), THEMES)


def ids(title: str, lead: str = "", *, ours: bool = False, **topics: float) -> list[str]:
    return [t.id for t in READER.read(nfc(title), nfc(lead), topics, ours=ours)]


def test_the_department_has_its_32_themes() -> None:
    assert len(THEMES) == 32
    assert all(t.name and t.owner and (t.words or t.learned) for t in THEMES.values())


def test_a_theme_opens_to_its_words_as_they_stand_in_the_text() -> None:
    [said] = READER.read("Thành phố MIỄN HỌC PHÍ từ năm sau", "Mức học phí cũ được trả lại.", {"fees": 0.9})
    assert said == Theme("hocphi", "words", ("HỌC PHÍ",), "fees", 0.9, "Học phí, miễn học phí")


def test_an_item_may_have_several_themes_those_of_the_title_first() -> None:
    said = ids("Trường mầm non Cửa Nắng đổi bếp ăn", "Phụ huynh còn hỏi về học phí.", fees=0.2, food=0.4)
    assert set(said[:2]) == {"mamnon", "antoan_thucpham"}
    assert said[2:] == ["hocphi"]


def test_both_ways_of_setting_the_tone_mark_are_one() -> None:
    assert ids("Tặng bằng khen cho cụ bà xoá mù chữ") == ids("Tặng bằng khen cho cụ bà xóa mù chữ")
    assert "gdtx_nghe" in ids("Lớp xóa mù chữ trên đảo")


def test_an_abbreviation_that_stands_alone_must_be_written_large() -> None:
    assert ids("Ai được miễn trực nhật?") == []
    assert ids("Lớp học thử dùng AI chấm bài") == ["chuyendoiso"]
    assert ids("AI ĐƯỢC MIỄN TRỰC NHẬT?") == []


def test_a_weak_word_counts_only_beside_its_learned_topic() -> None:
    title = "Bão làm tốc mái nhà dân ven biển"
    assert ids(title) == []
    assert ids(title, safety=0.6) == ["antoan_truong"]


def test_a_word_in_passing_does_not_count_where_the_judge_saw_nothing_of_it() -> None:
    lead = "Đội bóng của trường từng được khen thưởng hai lần."
    assert ids("Đội bóng trường Sóng Xanh thua đậm", lead) == []
    assert ids("Đội bóng trường Sóng Xanh thắng đậm", lead, commendation=0.2) == ["khenthuong"]


def test_a_longer_phrase_takes_the_meaning_away() -> None:
    assert "lamthu" in ids("Phụ huynh hỏi về khoản thu lạ", fees=0.5)
    assert "lamthu" not in ids("Khoản thu nhập của thầy giáo về hưu", fees=0.5)


def test_a_theme_of_the_city_needs_the_city() -> None:
    title = "HĐND thành phố bàn về cơ chế đặc thù cho trường học"
    assert "chinhsach_dacthu" not in ids(title)
    assert "chinhsach_dacthu" in ids(title, ours=True)


def test_where_no_word_fires_the_learned_topic_may_say_it_and_shows_what_weighed() -> None:
    title = "Học sinh đau bụng sau bữa trưa ở trường tiểu học Cửa Nắng"
    lead = "Hai mươi em nôn ói sau khi ăn cơm trưa tại trường, nhà trường gửi mẫu đi kiểm nghiệm."
    [said] = JUDGE.judge([Item("1", title, lead)])
    food = next(t for t in said.themes if t.id == "antoan_thucpham")
    assert (food.by, food.topic) == ("learned", "food")
    assert food.words
    assert all(w in nfc(f"{title} {lead}").lower() for w in food.words)


def test_text_without_marks_is_read_by_phrases_of_two_syllables_or_more() -> None:
    title = fold("Học phí và SGK của năm tới")
    found = READER.read(title, "", {"fees": 0.5, "curriculum": 0.5}, marked=False)
    assert [t.id for t in found] == ["hocphi"]


def test_tone_and_stance_are_no_arguments() -> None:
    assert list(inspect.signature(ThemeReader.read).parameters) == ["self", "title", "lead", "topics", "ours", "marked"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.booleans())
def test_no_text_can_fail_and_every_word_shown_stands_in_it(title: str, lead: str, marked: bool) -> None:
    for theme in READER.read(title, lead, {"fees": 0.9, "food": 0.1}, marked=marked):
        assert all(w in title or w in lead for w in theme.words)


# ── in the judge ────────────────────────────────────────────────────────────────────────────────────


def test_the_judge_says_themes_of_what_is_shown_and_keeps_them_with_the_topics() -> None:
    items = [
        Item("in", "Hải Phòng miễn học phí cho học sinh", "Sở GD-ĐT hướng dẫn các trường THCS."),
        Item("out", "Giá vàng tăng", "Học phí không đổi."),
    ]
    shown, hidden = JUDGE.judge(items)
    assert "hocphi" in [t["id"] for t in shown.to_json()["themes"]]
    assert hidden.themes == ()
    row = next(j for j in shown.judgements("rev_a", 7) if j.kind is JudgementKind.TOPICS)
    assert row.detail["themes"] == shown.to_json()["themes"]


def test_english_has_no_themes() -> None:
    assert JUDGE.judge([Item("1", "Hai Phong schools cut tuition", "The pupils of the city pay less.")])[0].themes == ()


def test_without_configured_themes_the_judge_says_none_and_judges_alike() -> None:
    item = Item("1", "Hải Phòng miễn học phí cho học sinh", "Sở GD-ĐT hướng dẫn các trường THCS.")
    plain, themed = Judge.load(load_gazetteer()).judge([item])[0], JUDGE.judge([item])[0]
    assert plain.themes == ()
    assert (plain.edu_score, plain.hp_score, plain.topics) == (themed.edu_score, themed.hp_score, themed.topics)


# ── the file that the department edits ──────────────────────────────────────────────────────────────


def own(tmp_path: Path, text: str) -> Path:
    (tmp_path / "topics.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_an_own_file_replaces_adds_and_switches_off_theme_by_theme(tmp_path: Path) -> None:
    home = own(
        tmp_path,
        "themes:\n  hocphi: {name: Học phí, words: [tiền học]}\n  hai_san: {name: Bữa ăn hải sản, words: [cơm cá]}\n"
        "  nq71: {name: Nghị quyết 71, enabled: false}\n",
    )
    themes, errors = load_themes(home)
    assert not errors
    assert (len(themes), themes["hocphi"].words) == (32, ("tiền học",))
    assert "nq71" not in themes
    reader = ThemeReader(themes)
    assert [t.id for t in reader.read("Thu tiền học và cơm cá", "", {})] == ["hocphi", "hai_san"]
    assert reader.version != READER.version


def test_an_edit_changes_the_version_of_the_topics_and_of_nothing_else() -> None:
    edited = dict(THEMES) | {"hocphi": Words(name="Học phí", words=("tiền học",))}
    other = Judge.load(load_gazetteer(), edited)
    changed = {k for k in JUDGE.versions if JUDGE.versions[k] != other.versions[k]}
    assert changed == {"topics"}
    renamed = dict(THEMES) | {"hocphi": THEMES["hocphi"].model_copy(update={"name": "Tiền học"})}
    assert themes_version(renamed) == themes_version(THEMES)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("themes:\n  hocphi:\n    name: Học phí\n    wrods: [a]\n", 4, "unknown key `themes.hocphi.wrods`"),
        ("themes:\n  hocphi:\n    words: [học phí]\n", 2, "`themes.hocphi.name` is missing"),
        ("themes:\n  hocphi:\n    name: Học phí\n    topics: [fee]\n", 4, "themes.hocphi.topics"),
        ("themes:\n  hocphi:\n    name: Học phí\n    learned: 7\n", 4, "themes.hocphi.learned"),
        ("themes:\n  hocphi:\n    name: Học phí\n    words:\n      - '...'\n", 4, "neither letters nor digits"),
        ("themes:\n  hocphi: {name: a}\n  hocphi: {name: b}\n", 3, "stands there twice"),
        ("themes: [a\n", 2, "not YAML"),
        ("topics:\n  exmas: Thi\n", 2, "unknown or missing topic 'exmas'"),
        ("topcs:\n  exams: Thi\n", 1, "unknown key `topcs`"),
    ],
)
def test_a_fault_names_file_and_line_and_the_shipped_themes_stay(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    themes, [error] = load_themes(own(tmp_path, text))
    assert f"topics.yml:{line}" in str(error)
    assert message in str(error)
    assert themes == THEMES


def test_names_are_those_of_now_and_a_faulty_own_file_says_nothing(tmp_path: Path) -> None:
    assert (
        theme_names(own(tmp_path, "themes:\n  hocphi: {name: Tiền học, words: [tiền học]}\n"))["hocphi"] == "Tiền học"
    )
    assert (
        theme_names(own(tmp_path, "themes:\n  hocphi: {name: Tiền học phí, words: [a b]}\n"))["hocphi"]
        == "Tiền học phí"
    )
    assert theme_names(own(tmp_path, "themes: [a\n")) == theme_names()
    assert theme_names(tmp_path / "nowhere") == theme_names() == {k: t.name for k, t in THEMES.items()}
