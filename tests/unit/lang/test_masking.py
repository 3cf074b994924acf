"""Masking of pupils: what leaves the desk names no child, and nothing else is lost."""

from __future__ import annotations

import importlib.util
import sys
import unicodedata
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lang.masking import Masked, mask

ROOT = Path(__file__).resolve().parents[3]


def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_masking", ROOT / "bench" / "masking.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_masking"] = module
    spec.loader.exec_module(module)
    return module


BENCH = bench()
OWN = BENCH.own_cases()

# Words that matter to the rules, in any order: nonsense texts on which no promise may break.
_WORDS = st.sampled_from(
    [
        "em",
        "Em",
        "cháu",
        "bé",
        "học",
        "sinh",
        "lớp",
        "9A2",
        "7",
        "Trường",
        "THCS",
        "Trần",
        "Phú",
        "Nguyễn",
        "Văn",
        "An",
        "Bình",
        "Minh",
        "N.V.A.",
        "T.",
        "H",
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        '"',
        "-",
        "–\n",
        "",
        "",
        "",
        "là",
        "tên",
        "mẹ",
        "của",
        "chị",
        "ông",
        "cô",
        "thầy",
        "giáo",
        "viên",
        "14",
        "tuổi",
        "(SN",
        "2012)",
        "trú",
        "tại",
        "thôn",
        "2",
        "số",
        "5",
        "đường",
        "xã",
        "0912",
        "345",
        "678",
        "và",
        "giải",
        "Nhất:\n",
        "",
        "",
        "",
        "[tên]",
        "[lớp,",
        "trường]",
        "con",
        "trai",
        "có",
        "học",
        "SINH",
        "NỮ",
        "NGUYỄN",
        "THỊ",
        "HOA",
        "\n",
        "\n\n",
        "named",
        "pupil",
        "Tran",
        "12,",
        "sinh",
        "viên",
    ]
)
_TEXTS = st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=80)


def rebuilt(text: str, result: Masked) -> bool:
    """The masked text is the original with each span exchanged for a bracket, and nothing else."""
    rest, at = result.text, 0
    for m in result.masked:
        same = text[at : m.start]
        if not rest.startswith(same + "["):
            return False
        rest = rest[len(same) :]
        rest = rest[rest.index("]") + 1 :]
        at = m.start + len(m.span)
    return rest == text[at:]


@given(_TEXTS)
@settings(max_examples=400, deadline=None)
def test_offsets_are_true_and_the_rest_is_untouched(text: str) -> None:
    result = mask(text)
    last = 0
    for m in result.masked:
        assert m.start >= last and m.span and text[m.start : m.start + len(m.span)] == m.span
        last = m.start + len(m.span)
    assert rebuilt(text, result)


@given(_TEXTS)
@settings(max_examples=400, deadline=None)
def test_masking_a_masked_text_changes_nothing(text: str) -> None:
    once = mask(text).text
    assert mask(once) == Masked(once, ())


@given(st.lists(st.sampled_from(OWN), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_sentences_set_side_by_side_stay_idempotent_and_whole(cases: list) -> None:
    text = "\n\n".join(c.text for c in cases)
    result = mask(text)
    assert rebuilt(text, result)
    assert mask(result.text).masked == ()


@pytest.mark.parametrize("case", OWN[:80], ids=lambda c: c.text[:40])
def test_decomposed_text_is_masked_as_the_composed(case) -> None:
    decomposed = unicodedata.normalize("NFD", case.text)
    result = mask(decomposed)
    assert [unicodedata.normalize("NFC", m.span) for m in result.masked] == [m.span for m in mask(case.text).masked]
    assert all(decomposed[m.start : m.start + len(m.span)] == m.span for m in result.masked)
    assert unicodedata.normalize("NFC", result.text) == mask(case.text).text


def test_zero_width_characters_inside_a_name_do_not_hide_it() -> None:
    text = "Em Ng\u200buyễn Thu H\u200bà nhặt được ví."
    assert mask(text).text == "Em [tên] nhặt được ví."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Em Nguyễn Minh Quân kể, chính Quân đã đề nghị.", "Em [tên] kể, chính [tên] đã đề nghị."),
        (
            "Em T., học sinh lớp 9C Trường THCS Ngũ Đoan, nghỉ học.",
            "Em [tên], học sinh [lớp, trường], nghỉ học.",
        ),
        ("Chị Lan, mẹ bé Su, mua máy.", "Chị [tên người thân], mẹ bé [tên], mua máy."),
        (
            "Cháu L. trú tại tổ 3, khu dân cư Đồng Tâm, phường Dương Kinh.",
            "Cháu [tên] trú tại [địa chỉ], phường Dương Kinh.",
        ),
        ("Liên hệ bố của bé: 0500 234 567.", "Liên hệ bố của bé: [số điện thoại]."),
    ],
)
def test_a_masked_sentence_still_reads(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "Hiệu trưởng Lê Thị Kim Oanh cho biết trường bỏ hẳn thu tiền mặt của học sinh.",
        "Một học sinh lớp 7 được khen.",
        "Học sinh Trường THPT Trần Phú nghỉ học.",
        "Em Bùi Văn Đức, sinh viên năm ba, hiến máu.",
        "Đường Trần Nguyên Hãn đông học sinh.",
        "",
    ],
)
def test_adults_schools_and_bare_grades_stay(text: str) -> None:
    assert mask(text) == Masked(text, ())


def test_a_hero_stays_while_the_child_of_that_name_does_not() -> None:
    text = "Em Lê Hồng Phong học giỏi, không liên quan tới nhà cách mạng Lê Hồng Phong."
    assert [(m.start, m.span) for m in mask(text).masked] == [(3, "Lê Hồng Phong")]


def test_a_long_text_without_a_full_stop_takes_bounded_time() -> None:
    text = "em Nguyễn Văn An và bạn Trần Bình, " * 1500
    assert len(mask(text).masked) == 3000


def test_our_own_sentences_keep_the_floor() -> None:
    figures = BENCH.measure(OWN)
    assert figures["recall"] >= 0.96 and figures["precision"] >= 0.95, figures["wrong"]
    assert figures["keep_violations"] == 0, figures["wrong"]


@pytest.mark.shared
def test_the_gold_sentences_are_masked_and_nothing_kept_is_touched(shared: Path) -> None:
    figures = BENCH.measure(BENCH.gold_cases(shared / "labels" / "masking" / "dev.jsonl"))
    assert figures["recall"] >= 0.99 and figures["precision"] >= 0.95, figures["wrong"]
    assert figures["keep_violations"] == 0, figures["wrong"]
