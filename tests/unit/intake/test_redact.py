"""The one entry point: whatever is planted in a submission, in any field or file, is in no byte that comes out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.form import Refused, Upload
from intake.record import Meta, dump
from intake.redact import redact
from intake.words import WHAT
from lang.masking import Masked, MaskedSpan
from tests.unit.intake.samples import BOX, NOON, docx, holds, jpeg, paragraph, pdf, png, submission

# What is planted, and the part of it that must not be found again.
PLANTED = {
    "Nguyễn Thị Zênh": "Zênh",
    "chị Zênh": "Zênh",
    "facebook.com/zenhzenh": "zenhzenh",
    "https://www.tiktok.com/@zenhzenh": "zenhzenh",
    "@zenhzenh": "zenhzenh",
    "zenhzenh@thu.example": "zenhzenh",
    "0987 123 321": "123 321",
    "+84987123321": "987123321",
}
LINES = st.lists(
    st.sampled_from(
        ["Trường thu sai.", "Mong Sở xem lại", "Hải Phòng, ngày 5/1", "Lớp đóng 500.000 đồng;", "Kính gửi"]
    ),
    max_size=3,
)


def xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@settings(max_examples=12, deadline=None)
@given(LINES, st.sampled_from(sorted(PLANTED)), LINES)
def test_what_is_planted_is_in_no_byte_that_comes_out(before: list[str], planted: str, after: list[str]) -> None:
    lines = [*before, f"Xem {planted} nhé.", *after]
    said = "\n".join(lines)
    files = (
        Upload(f"{planted}.docx", docx("".join(paragraph(xml(line)) for line in lines))),
        Upload(f"{planted}.pdf", pdf([lines])),
        Upload(f"{planted}.png", png(secret=planted), (BOX,)),
        Upload(f"{planted}.jpg", jpeg(planted), (BOX,)),
    )
    sub = submission(text=said, note=said, where_seen=f"trang công khai của {planted}", url=f"https://bao.example/?q={planted}"
                     .replace(" ", "+"), files=files)  # fmt: skip
    found = redact(sub, now=NOON)
    secret = PLANTED[planted]
    for data in (dump(Meta.of(sub, NOON), found), *(file.data for file in found.files)):
        assert not holds(data, secret)
        assert not holds(data, planted)
    assert secret not in repr(found)
    assert "[" in found.text
    assert "[" in found.files[0].data.decode()


def test_redacting_the_result_changes_nothing() -> None:
    text = "Bống Bông: chị Zênh ở fb.com/zenh gọi 0987123321"
    once = redact(submission(text=text, note=text, where_seen="trang của chị Zênh"), now=NOON)
    again = redact(submission(text=once.text, note=once.note, where_seen=once.where_seen), now=NOON)
    assert (again.text, again.note, again.where_seen) == (once.text, once.note, once.where_seen)
    assert again.removed == ()


def test_every_kind_of_thing_taken_out_has_its_word() -> None:
    sub = submission(
        text="chị Zênh, fb.com/z, @zz, 0987123321, a@b.example, STK 0123456789, lớp 9A2 Trường THCS Trần Phú"
    )
    assert {r.what for r in redact(sub, now=NOON).removed} <= set(WHAT)


def test_the_mask_for_pupils_is_the_one_given() -> None:
    def everything(text: str) -> Masked:
        if "Zênh" not in text:
            return Masked(text, ())
        start = text.index("Zênh")
        return Masked(text.replace("Zênh", "[tên]", 1), (MaskedSpan("Zênh", start, "minor_name"),))

    assert redact(submission(text="mèo Zênh"), mask=everything, now=NOON).text == "mèo [tên]"
    assert redact(submission(text="mèo Zênh"), now=NOON).text == "mèo Zênh"


@pytest.mark.parametrize(("public", "kept"), [(True, "https://www.facebook.com/thptcang/posts/123456"), (False, None)])
def test_a_post_is_kept_only_when_its_page_is_said_to_be_public(public: bool, kept: str | None) -> None:
    url = "https://m.facebook.com/thptcang/posts/123456?mibextid=abc"
    found = redact(submission(url=url, public_page=public), now=NOON)
    assert found.url == kept
    assert [(r.where, r.what) for r in found.removed] == [("url", "tracking" if public else "account link")]


def test_of_a_closed_group_no_link_is_kept() -> None:
    sub = submission(
        url="https://www.facebook.com/thptcang/posts/123456", public_page=True, closed_group=True,
        by_person_concerned=True, consent_note="Đến trực tiếp.",
    )  # fmt: skip
    assert redact(sub, now=NOON).url is None


def test_a_refused_submission_says_all_its_faults_and_opens_no_file() -> None:
    with pytest.raises(Refused) as caught:
        redact(submission(by="", files=(Upload("a", b""), Upload("b", png()[:100], (BOX,)))), now=NOON)
    assert [f.field for f in caught.value.faults] == ["by", "files.0"]
    assert "Tệp 1 rỗng" in str(caught.value)
