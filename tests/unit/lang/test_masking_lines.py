"""Readings of one article are masked together: who is masked in one is masked in all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lang.masking import mask
from lang.masking_lines import masked_texts, names_of_minors, names_taken_out

FIRST = (
    "Em Trịnh Khắc Tươi trả lại ví",
    "Em Tươi học lớp 8A, Trường THCS Hoa Phượng.",
    "Sáng nay em Tươi nhặt được ví.",
)
EDITED = ("Trịnh Khắc Tươi trả lại ví", "Chuyện ở chợ Hoa Phượng.", "Sáng nay Trịnh Khắc Tươi nhặt được ví.")


def test_an_edit_that_drops_the_word_before_a_name_does_not_show_the_name() -> None:
    alone = masked_texts([EDITED])[0]
    assert "Tươi" in alone.title, "nothing in this text says that it is a pupil: the test would prove nothing"
    first, edited = masked_texts([FIRST, EDITED])
    shown = "\n".join((first.title, first.lead, *first.paragraphs, edited.title, edited.lead, *edited.paragraphs))
    assert "Tươi" not in shown and "Khắc" not in shown
    assert edited.title == "[tên] trả lại ví"


def test_the_names_are_told_once_and_without_the_words_around_them() -> None:
    assert names_of_minors([FIRST, EDITED])[0] == "Trịnh Khắc Tươi"
    assert names_of_minors([("Giá cà phê tăng", "Ông Lê Văn Sóng, giám đốc, nói.", "")]) == ()


def test_adults_go_too_where_the_text_leaves_the_house() -> None:
    text = ("Khởi tố Trịnh Văn Gạo", "Gạo khai đã lừa bán suất học.", "Ông Lê Văn Sóng, giám đốc sở, nói.")
    assert masked_texts([text])[0].title == "Khởi tố Trịnh Văn Gạo"
    shown = masked_texts([text], adults=True)[0]
    assert (shown.title, shown.lead) == ("Khởi tố [tên]", "[tên] khai đã lừa bán suất học.")
    assert shown.paragraphs == ("Ông Lê Văn Sóng, giám đốc sở, nói.",)
    assert names_taken_out([text], adults=True) == ("Trịnh Văn Gạo", "Gạo")
    assert names_of_minors([text]) == ()


def test_a_long_text_is_cut_and_says_so_and_a_repeated_one_stays_masked() -> None:
    text = masked_texts([("Tiêu đề", "", "chữ " * 100)], limit=40)[0]
    assert text.cut and sum(map(len, text.paragraphs)) <= 40
    many = [(FIRST[0], FIRST[1], "Câu không đổi trong mọi bản đọc. " * 1_000)] * 20
    assert {t.title for t in masked_texts(many)} == {masked_texts([FIRST])[0].title}


_SOME = (
    "em Tươi",
    "Trịnh Khắc Tươi",
    "học sinh",
    "lớp 8A",
    "Trường THCS Hoa Phượng",
    "ông Lê Văn Sóng",
    "số 5",
    "đi học.",
)
words = st.lists(st.sampled_from(_SOME), max_size=6).map(" ".join)


@given(st.lists(words, max_size=5), words, words)
def test_a_line_stays_a_line_and_nothing_is_masked_less_than_alone(body: list[str], title: str, lead: str) -> None:
    (text,) = masked_texts([(title, lead, "\n".join(body))])
    assert len(text.paragraphs) == len([line for line in body if line.strip()])
    lines = [title, lead, *(line for line in body if line.strip())]
    whole = mask("\n".join(lines))
    if not any("\n" in span.span for span in whole.masked):
        assert "\n".join((text.title, text.lead, *text.paragraphs)) == whole.text
