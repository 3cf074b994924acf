"""Adults who are accused, hurt or ill leave digests and exports; those in public office stay. Consent to be praised."""

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
    spec = importlib.util.spec_from_file_location("bench_masking_grown", ROOT / "bench" / "masking.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_masking_grown"] = module
    spec.loader.exec_module(module)
    return module


BENCH = bench()
GROWN = BENCH.own_cases(BENCH.ADULTS)


def spans(text: str, **how: object) -> list[tuple[str, str]]:
    return [(m.span, m.why) for m in mask(text, adults=True, **how).masked]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Công an khởi tố Trịnh Văn Gạo vì lừa chạy trường.", "Trịnh Văn Gạo"),
        ("Cô giáo Đinh Thị Mận bị tố đánh trẻ.", "Đinh Thị Mận"),
        ("Bà Vũ Thị Na, 60 tuổi, tử vong sau va chạm.", "Vũ Thị Na"),
        ("Thầy Lò Văn Ính mắc ung thư vẫn đứng lớp.", "Lò Văn Ính"),
        ("Tài xế Đ.V.T. khai ngủ gật.", "Đ.V.T."),
        ("Người tung tin là Bùi Văn Kẹo, 24 tuổi.", "Bùi Văn Kẹo"),
        ("Cong an bat Nguyen Van Keo vi lua dao.", "Nguyen Van Keo"),
    ],
)
def test_the_accused_the_hurt_and_the_ill_go_and_by_default_stay(text: str, name: str) -> None:
    why = "adult_initials" if "." in name else "adult_name"
    assert spans(text) == [(name, why)]
    assert mask(text).masked == (), "masking of pupils alone is unchanged"


@pytest.mark.parametrize(
    "text",
    [
        "Hiệu trưởng Phạm Thị Vân bị khởi tố vì lập khống hồ sơ.",
        "Nguyên giám đốc sở Lê Bá Hoành hầu toà.",
        "Ông Trần Văn Bút, phó chủ tịch xã, bị kỷ luật.",
        "Thượng úy Phan Văn Dương bị thương khi cứu học sinh.",
        "Luật sư Đỗ Thị Kiều nói nạn nhân cần được bồi thường.",
        "Anh Phí Văn Cảnh đưa nạn nhân đi cấp cứu.",
        "Thầy Trần Quang Bảo dạy Toán hơn 30 năm.",
        "Anh hùng Võ Thị Sáu bị địch bắt năm 1950.",
        "Trường THPT Trần Phú bị ngập.",
    ],
)
def test_public_office_speakers_helpers_and_history_stay(text: str) -> None:
    assert mask(text, adults=True) == Masked(text, ())


def test_the_head_of_a_firm_holds_no_public_office() -> None:
    assert spans("Giám đốc công ty Đinh Công Tráng bị tạm giữ.") == [("Đinh Công Tráng", "adult_name")]


def test_every_mention_of_an_exposed_adult_goes_and_so_does_the_address() -> None:
    text = (
        "Phan Văn Tâm (SN 1990, trú tại thôn Trại, xã Vĩnh Am) bị bắt. Tại toà, Tâm xin lỗi; ông Tâm nói mình hối hận."
    )
    assert mask(text, adults=True).text == (
        "[tên] (SN 1990, trú tại [địa chỉ], xã Vĩnh Am) bị bắt. Tại toà, [tên] xin lỗi; ông [tên] nói mình hối hận."
    )


def test_what_is_said_of_one_in_a_list_is_said_of_all() -> None:
    found = spans("Hai nghi can Nguyễn Văn Sửu và Trần Văn Dần đã ra đầu thú.")
    assert [name for name, _ in found] == ["Nguyễn Văn Sửu", "Trần Văn Dần"]


def test_a_child_in_the_same_sentence_is_masked_as_a_child() -> None:
    assert spans("Bảo mẫu N.T.L. thừa nhận tát cháu G.H. trong giờ ăn.") == [
        ("N.T.L.", "adult_initials"),
        ("G.H.", "minor_initials"),
    ]


def test_our_own_sentences_about_adults_keep_the_floor() -> None:
    figures = BENCH.measure(GROWN, adults=True)
    assert figures["sentences"] >= 120
    assert figures["recall"] >= 0.97 and figures["precision"] >= 0.97, figures["wrong"]
    assert figures["keep_violations"] == 0, figures["wrong"]


# ── consent ─────────────────────────────────────────────────────────────────────────────────────────

LIST = "Danh sách tuyên dương: em Hoàng Kim Ngân (lớp 7A Trường THCS Hoa Ban), em Bùi Gia Huy."


def test_a_commended_pupil_with_consent_is_named_and_nothing_else_of_the_child() -> None:
    said = mask(LIST, consented=["Hoàng Kim Ngân"]).text
    assert said == "Danh sách tuyên dương: em Hoàng Kim Ngân ([lớp, trường]), em [tên]."


@pytest.mark.parametrize(
    "name", ["hoàng kim ngân", "HOÀNG  KIM NGÂN", unicodedata.normalize("NFD", "Hoàng Kim Ngân"), "Hoàng Kim Ngân "]
)
def test_consent_is_found_in_any_spelling_of_the_name(name: str) -> None:
    assert "Kim Ngân" in mask(LIST, consented={name}).text


def test_a_consented_pupils_short_name_stays_with_the_whole_one() -> None:
    text = "Em Hoàng Kim Ngân đoạt giải Nhất. Em Ngân học giỏi Toán."
    assert mask(text, consented=["Hoàng Kim Ngân"]).text == text
    two = "Em Hoàng Kim Ngân và em Lê Bảo Ngân đoạt giải. Em Ngân học giỏi."
    assert mask(two, consented=["Hoàng Kim Ngân"]).text == "Em Hoàng Kim Ngân và em [tên] đoạt giải. Em [tên] học giỏi."


@pytest.mark.parametrize(
    "text",
    [
        "Em Hoàng Kim Ngân bị bạn đánh ở cổng trường.",
        "Nạn nhân là em Hoàng Kim Ngân.",
        "Em Hoàng Kim Ngân mắc bệnh tim.",
    ],
)
def test_consent_to_be_praised_is_none_to_be_shown_as_a_victim(text: str) -> None:
    assert "Kim Ngân" not in mask(text, consented=["Hoàng Kim Ngân"]).text


@pytest.mark.parametrize("name", ["", "Ngân", "  ", "N."])
def test_one_syllable_is_nobodys_consent(name: str) -> None:
    assert mask(LIST, consented=[name]) == mask(LIST)


# ── on any text ─────────────────────────────────────────────────────────────────────────────────────

_TEXTS = st.lists(st.sampled_from([c.text for c in GROWN]) | st.text(max_size=20), min_size=1, max_size=4).map(
    " ".join
) | st.lists(
    st.sampled_from(
        ["bị", "bắt", "Nguyễn", "Văn", "An", "ông", "bà", "và", ",", ".", "(", ")", "giám đốc", "công ty", "khởi tố",
         "T.", "N.V.A.", "hiệu trưởng", "nạn nhân", "là", "tử vong", "trú tại", "thôn 2", "\n", "\u200b", "\u202e",
         "e\u0301", "BÀ", "LÊ", "THỊ", "HOA", "[tên]", "em"]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


@given(_TEXTS)
@settings(max_examples=250, deadline=None)
def test_offsets_are_true_and_masking_twice_changes_nothing(text: str) -> None:
    said = mask(text, adults=True, consented=["Nguyễn Văn An"])
    last = 0
    for one in said.masked:
        assert one.start >= last and one.span
        assert text[one.start : one.start + len(one.span)] == one.span
        last = one.start + len(one.span)
    assert mask(said.text, adults=True, consented=["Nguyễn Văn An"]) == Masked(said.text, ())


@given(_TEXTS)
@settings(max_examples=100, deadline=None)
def test_masking_adults_too_hides_no_less_of_pupils(text: str) -> None:
    pupils = {(m.start, m.start + len(m.span)) for m in mask(text).masked}
    both = [(m.start, m.start + len(m.span)) for m in mask(text, adults=True).masked]
    assert all(any(a <= start and end <= b for a, b in both) for start, end in pupils)
