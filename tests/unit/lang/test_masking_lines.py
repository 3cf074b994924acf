"""Readings of one article are masked together: who is masked in one is masked in all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lang.masking import mask
from lang.masking_lines import masked_line, masked_texts, masked_together, names_of_minors

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


def test_adults_go_too_unless_a_caller_says_otherwise() -> None:
    text = ("Khởi tố Trịnh Văn Gạo", "Gạo khai đã lừa bán suất học.", "Ông Lê Văn Sóng, giám đốc sở, nói.")
    assert masked_texts([text], adults=False)[0].title == "Khởi tố Trịnh Văn Gạo"
    together = masked_together([text])
    shown = together.texts[0]
    assert (shown.title, shown.lead) == ("Khởi tố [tên]", "[tên] khai đã lừa bán suất học.")
    assert shown.paragraphs == ("Ông Lê Văn Sóng, giám đốc sở, nói.",)
    assert together.names == ("Trịnh Văn Gạo", "Gạo")
    assert names_of_minors([text]) == ()
    assert masked_line("Khởi tố Trịnh Văn Gạo\nvì lừa bán suất học") == "Khởi tố [tên]\nvì lừa bán suất học"


def test_who_is_accused_in_one_text_is_masked_in_all_and_a_text_ends_where_it_ends() -> None:
    told = masked_texts([("Khởi tố Trịnh Văn Gạo", "", ""), ("Trịnh Văn Gạo và lớp học đêm", "", "")])
    assert [text.title for text in told] == ["Khởi tố [tên]", "[tên] và lớp học đêm"]
    apart = masked_texts([("Hôm nay công an bắt", "", ""), ("Phí Văn Cảnh sửa mái trường", "", "")])
    assert apart[1].title == "Phí Văn Cảnh sửa mái trường"


def test_a_commended_pupil_with_consent_stays() -> None:
    text = ("Em Hoàng Kim Ngân đoạt giải Nhất", "Cùng đi có em Bùi Gia Huy.", "")
    (shown,) = masked_texts([text], consented=["Hoàng Kim Ngân"])
    assert (shown.title, shown.lead) == ("Em Hoàng Kim Ngân đoạt giải Nhất", "Cùng đi có em [tên].")


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
