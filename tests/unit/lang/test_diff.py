"""Word by word: nothing is lost between two readings, whatever they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lang.diff import LINES, changes, words
from lang.diff_words import difference, plain
from lang.masking_lines import MaskedText

lines = st.lists(st.text("ab ,.đ ", min_size=1, max_size=30).filter(str.strip), max_size=6)


@given(st.text("ab đ.", max_size=60), st.text("ab đ.", max_size=60))
def test_the_new_line_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = words(old, new)
    assert " ".join(p.text for p in pieces if p.kind != "removed").split() == new.split()
    assert " ".join(p.text for p in pieces if p.kind != "added").split() == old.split()


@given(lines, lines)
def test_nothing_is_shown_for_the_same_text_and_something_for_other_words(old: list[str], new: list[str]) -> None:
    assert changes(old, old) == []
    if " ".join(old).split() != " ".join(new).split():
        assert changes(old, new)


def test_unchanged_lines_are_counted_not_repeated() -> None:
    rows = changes(["một", "hai", "ba cũ"], ["một", "hai", "ba mới"])
    assert [[(p.kind, p.text) for p in row] for row in rows] == [
        [("skipped", "2")],
        [("same", "ba"), ("removed", "cũ"), ("added", "mới")],
    ]


def test_a_page_made_to_be_slow_is_not() -> None:
    old = [" ".join(f"w{(i * 7) % 95}" for i in range(990)) for _ in range(40)]
    new = [" ".join(f"w{(i * 11) % 95}" for i in range(990)) for _ in range(40)]
    assert changes(old, new)  # compared word by word without a bound this takes hours


def test_a_paragraph_that_moved_is_shown_once_where_it_stands_now() -> None:
    moved = "Đoạn này dài hơn năm chữ."
    rows = changes(["một", "hai", moved, "ba"], [moved, "một", "hai", "ba"])
    assert [(p.kind, p.text) for row in rows for p in row if p.kind != "skipped"] == [("moved", moved)]
    twice = changes([moved, "một", moved], ["một", moved])
    assert [p.kind for row in twice for p in row if p.kind != "skipped"] == ["removed"], "one went, none moved"


def test_a_new_paragraph_before_an_edited_one_does_not_spoil_the_pairing() -> None:
    rows = changes(
        ["Học phí là 200.000 đồng một tháng."], ["Một đoạn mới hoàn toàn khác.", "Học phí là 150.000 đồng một tháng."]
    )
    assert [[p.kind for p in row] for row in rows] == [["added"], ["same", "removed", "added", "same"]]


def test_unchanged_words_of_a_long_line_are_folded_and_both_ends_stay() -> None:
    long = " ".join(f"chữ{i}" for i in range(100))
    (row,) = changes([f"{long} cũ"], [f"{long} mới"])
    assert [p.kind for p in row] == ["same", "folded", "same", "removed", "added"]
    assert row[1].text == "76" and row[0].text.startswith("chữ0 ") and row[2].text.endswith(" chữ99")


def test_numbers_that_changed_are_told_apart_from_words() -> None:
    (row,) = changes(["Thu 200.000 đồng tự nguyện"], ["Thu 150.000 đồng bắt buộc"])
    assert [p.text for p in row if p.figure] == ["200.000", "150.000"]


def test_lines_past_the_limit_are_said_not_dropped_in_silence() -> None:
    rows = changes([f"dòng {i}" for i in range(LINES)], [f"dòng {i}" for i in range(LINES + 7)])
    assert [(p.kind, p.text) for p in rows[-1]] == [("uncompared", "7")]


def test_the_difference_is_said_in_sentences() -> None:
    moved = "Đoạn chuyển chỗ vẫn giữ nguyên chữ."
    old = MaskedText(
        "Thu 200.000 đồng", "Sapo cũ.", ("Một.", "Hai.", "Mức thu là 200.000 đồng.", "Đoạn bị bỏ hẳn đi.", moved)
    )
    new = MaskedText("Thu 150.000 đồng", "", (moved, "Một.", "Hai.", "Mức thu là 150.000 đồng."))
    told = difference(old, new, ("07:00 20/11/2026", "09:00 20/11/2026"))
    assert told.sentences == (
        "Tiêu đề đổi từ “Thu 200.000 đồng” thành “Thu 150.000 đồng”.",
        "Sapo bị bỏ: “Sapo cũ.”.",
        "Giờ đăng đổi từ 07:00 20/11/2026 thành 09:00 20/11/2026.",
        "Nội dung: 1 đoạn sửa, 1 đoạn bỏ, 1 đoạn chuyển chỗ.",
        "Con số đổi: 200.000 → 150.000.",
    )
    lines = plain(told.rows)
    assert "Mức thu là [bỏ: 200.000] [thêm: 150.000] đồng." in lines
    assert f"[chuyển tới đây: {moved}]" in lines and "[bỏ: Đoạn bị bỏ hẳn đi.]" in lines
    assert difference(old, old).sentences == () and difference(old, old).rows == ()
