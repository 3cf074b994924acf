"""Word by word: nothing is lost between two readings, whatever they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk.diff import changes, words

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
