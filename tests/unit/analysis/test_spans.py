"""The words that showed a tone or stance: a fixed small head, so that each weight is in sight, and the shipped one."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.linear import Head, Linear
from analysis.places import PlaceMatcher
from analysis.spans import MOST, Span, joined, shown
from config.gazetteer import load_gazetteer

SHIPPED = Linear.load("text")
LABELS = ("critical", "none", "supportive")


def head(weights: dict[str, float], idf: dict[str, float] | None = None) -> Linear:
    """A stance head in which these features speak for "critical" and against "none"."""
    names = list(weights)
    rows = np.array([[w, -w, 0.0] for w in weights.values()], np.float32)
    found = np.array([(idf or {}).get(n, 3.0) for n in names], np.float32)
    stance = Head("stance", LABELS, 0, 3, False, 1.0, (0.0,) * 3, (0.0,) * 3)
    return Linear(
        "t", {n: i for i, n in enumerate(names)}, found, rows, np.zeros(3, np.float32), {"stance": stance}, "v"
    )


def texts(linear: Linear, title: str, lead: str = "", label: str = "critical") -> list[str]:
    return [s.text for s in shown(linear, "stance", label, title, lead)]


def test_offsets_count_in_title_newline_lead() -> None:
    title, lead = "Một tin", "Phụ huynh bức xúc hôm nay"
    [span] = shown(head({"bức": 2.0, "bức xúc": 2.0, "xúc": 2.0}), "stance", "critical", title, lead)
    assert (span.text, f"{title}\n{lead}"[span.start : span.end]) == ("bức xúc", "bức xúc")
    assert span.weight == pytest.approx(1.0)


def test_a_negation_before_the_words_belongs_to_them() -> None:
    linear = head({"minh": 1.0, "bạch": 1.0, "minh bạch": 2.0})
    assert texts(linear, "Khoản thu không minh bạch") == ["không minh bạch"]
    assert texts(linear, "Khoản thu chưa được minh bạch") == ["chưa được minh bạch"]
    assert texts(linear, "Khoản thu, không, minh bạch") == ["minh bạch"]


def test_a_passive_belongs_to_the_verb() -> None:
    assert texts(head({"tố": 2.0}), "Trường bị tố thu sai") == ["bị tố"]


def test_a_word_of_two_syllables_is_never_cut() -> None:
    weights = {"xúc": 3.0, "bức": 0.0, "bức xúc": 0.1}
    assert texts(head(weights, dict.fromkeys(weights, 5.0)), "Cha mẹ bức xúc") == ["bức xúc"]


def test_names_show_nothing() -> None:
    linear = head({"lan": 9.0, "hoa": 9.0, "bức": 1.0, "hà": 9.0})
    assert texts(linear, "Bà Hoa Lan nói, cha mẹ bức bối") == ["bức"]
    text = "Ở Hà Nội có bức tường"
    found = shown(linear, "stance", "critical", text, "", mentions=PlaceMatcher(load_gazetteer()).find(text))
    assert [s.text for s in found] == ["bức"]


def test_capitals_throughout_are_no_names() -> None:
    assert texts(head({"bức": 2.0}), "CHA MẸ BỨC XÚC") == ["BỨC"]


def test_at_most_five_each_once_the_weightiest_first() -> None:
    words = ["một", "hai", "ba", "bốn", "năm9", "sáu", "bảy"]
    linear = head({w: 3.0 - i / 10 for i, w in enumerate(["đỏ", "xanh", "tím", "vàng", "nâu", "trắng", "đen"])})
    title = ", ".join(["đỏ", "xanh", "tím", "vàng", "nâu", "trắng", "đen", "đỏ"])
    assert texts(linear, title) == ["đỏ", "xanh", "tím", "vàng", "nâu"]
    assert len(words) > MOST
    weights = [s.weight for s in shown(linear, "stance", "critical", title, "")]
    assert weights == sorted(weights, reverse=True)
    assert sum(weights) <= 1.0


def test_a_word_that_speaks_against_the_label_is_not_shown() -> None:
    assert texts(head({"bức": 2.0}), "Cha mẹ bức xúc", label="none") == []


@pytest.mark.parametrize(
    ("title", "lead"), [("", ""), ("😀😀", "👍"), ("   ", "\n"), ("…", "!!!"), ("x" * 9_000, "y " * 9_000)]
)
def test_nothing_known_shows_nothing(title: str, lead: str) -> None:
    assert shown(SHIPPED, "tone", "neg", title, lead) == [] or title.startswith("x")


def test_an_unknown_head_or_label_is_an_error() -> None:
    with pytest.raises(KeyError):
        shown(SHIPPED, "mood", "neg", "a", "b")
    with pytest.raises(ValueError, match="tuple"):
        shown(SHIPPED, "tone", "bad", "a", "b")


def test_the_shipped_weights_show_words_of_the_text() -> None:
    title, lead = "Phụ huynh bức xúc vì nhà trường thu sai", "Nhiều phụ huynh phản ánh các khoản thu không minh bạch."
    spans = shown(SHIPPED, "stance", "critical", title, lead)
    assert spans
    assert all(f"{title}\n{lead}"[s.start : s.end] == s.text for s in spans)
    assert any("bức xúc" in s.text or "phản ánh" in s.text for s in spans)


def test_what_drew_the_target_comes_first_and_the_longer_of_two_stays() -> None:
    text = "Phụ huynh bị tố không minh bạch và chậm trễ"
    spans = [Span(13, 31, text[13:31], 0.5), Span(34, 43, text[34:43], 0.2)]
    both = joined(text, spans, [(10, 15), (23, 31)])
    assert both[0].text in ("bị tố", text[13:31])
    assert len(both) == len({(s.start, s.end) for s in both}) <= MOST
    assert all(not (a.start < b.end and b.start < a.end) for i, a in enumerate(both) for b in both[i + 1 :])
