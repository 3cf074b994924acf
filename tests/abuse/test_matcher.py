"""Hostile text for the place matcher and the masker: true offsets, no exception, work that grows with the text."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.place_passing import only_passing
from analysis.place_search import MOST, lowered
from analysis.place_text import read_text
from analysis.places import LONGEST_TEXT, PlaceMatcher
from config.gazetteer import load_gazetteer
from lang.masking import mask
from lang.text import nfc, old_tone_style

MATCHER = PlaceMatcher(load_gazetteer())

PIECES = st.sampled_from(
    ["phường", "Xã", "Ngô Quyền", "Hải Phòng", "Hà Nội", "TP.", "P.", "Q.", "cũ", "(", ")", ",", ".", "\n", "\t", "  ",
     "các", "và", "Sở GDĐT", "Trường THPT", "Hải Dương", "HP", "ông", "Nguyễn", "Thanh Hà", "đường", "İ", "ß", "ﬁ", "𝐇",
     "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff", "\u0301", "\u0323", "😀", "\ud800", "quận Lê Chân", "Hai Phong",
     "duong kinh", "huyện An Lão", "xã Tân Trào", "quê", "từng dạy ở", "hoà", "thuỷ", "quý"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=120)


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_whatever_comes_offsets_are_true_in_the_text_as_it_came(text: str, section: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    read = read_text(text)
    assert unicodedata.is_normalized("NFC", read.text) or "\u0301" in text or "\u0323" in text
    at = 0
    mentions = MATCHER.find(read.text, section)
    only_passing(read.text, mentions)
    for one in mentions:
        assert read.text[one.start : one.end] == one.span and one.start >= at
        at = one.end
        start, end = read.span(one.start, one.end)
        assert 0 <= start < end <= len(text)
        assert nfc(text[start:end]) == nfc(one.span)
        assert len(one.weights) == len(one.units)
        assert not one.units or sum(one.weights) == pytest.approx(1, abs=0.002)


@given(st.lists(PIECES, max_size=30).map(" ".join), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
@settings(max_examples=150, deadline=None)
def test_taken_apart_or_put_together_the_same_places_are_found(text: str, form: Any) -> None:
    text = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
    other = unicodedata.normalize(form, text)
    if unicodedata.normalize("NFC", other) != text:
        return  # compatibility forms change the letters themselves
    said = [(m.span, m.kind, m.units) for m in MATCHER.find(read_text(text).text)]
    assert [(m.span, m.kind, m.units) for m in MATCHER.find(read_text(other).text)] == said


@given(st.text(alphabet=st.sampled_from("hoàáảãạeèéẻẽẹuyỳýỷỹỵòóùúQqHOÀÁTUÝ quÝkhỏethuỷ.İ"), max_size=40))
@settings(max_examples=300, deadline=None)
def test_the_fast_spelling_is_the_one_of_the_whole_house(text: str) -> None:
    slow = old_tone_style(text).lower()
    if len(slow) == len(text):
        assert lowered(text) == slow
    assert len(lowered(text)) == len(text)


# ── work grows with the text ────────────────────────────────────────────────────────────────────────


def steps(work: Callable[[], object]) -> int:
    """Lines of Python run: the same on every machine, unlike seconds."""
    count = 0

    def tick(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return tick

    before = sys.gettrace()
    sys.settrace(tick)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


TRAPS = {
    "provinces and wards": "phường Lê Chân, Hà Nội, ",
    "wards attached through wards": "Lê Chân, ",
    "one name over another": "An An ",
    "names of the city": "Hải Phòng, ",
    "departments": "Sở GDĐT ",
    "no sentence ever ends": "xã Tân An và ",
    "open brackets": "((((",
    "pupils": "em Nguyễn Văn An và bạn Trần Bình, ",
    "initials": "N.V.A. ",
    "accused": "ông Nguyễn Văn An, bị bắt, ",
    "capitals": "NGUYỄN VĂN AN ",
    "classes": "lớp 9A Trường THCS ",
    "addresses": "số 1 ngõ 2 đường 3 ",
    "line breaks": "An\n",
}


@pytest.mark.parametrize("unit", TRAPS.values(), ids=TRAPS.keys())
def test_twice_the_text_is_about_twice_the_work(unit: str) -> None:
    short, long = (unit * (size // len(unit)) for size in (800, 3_200))
    for work in (lambda text: mask(text, adults=True), lambda text: MATCHER.find(text[:LONGEST_TEXT])):
        small, big = steps(lambda text=short, do=work: do(text)), steps(lambda text=long, do=work: do(text))
        assert big < 7 * small + 10_000, f"{unit!r}: {small} steps, then {big}"


def test_a_dump_of_names_costs_no_more_than_the_first_names_of_it() -> None:
    text = "phường Lê Chân, Hải Phòng; xã An Lão, Gia Lai; " * 2_000
    assert len(MATCHER.find(text)) <= 2 * MOST
    assert MATCHER.find(text) == MATCHER.find(text[:LONGEST_TEXT])


@pytest.mark.parametrize("mark", ["\u0301", "\u200b", "\u202e", "\u0323\u0306"])
def test_a_letter_under_ten_thousand_marks(mark: str) -> None:
    text = "phường Le\u0302" + mark * 10_000 + " Chân, Hải Phòng"
    read = read_text(text)
    for one in MATCHER.find(read.text):
        start, end = read.span(one.start, one.end)
        assert 0 <= start < end <= len(text)
    assert mask(text).text
