"""Text of old portals becomes Unicode; text that is none of theirs is left alone to the letter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang.legacy import from_tcvn3, from_vni, mend

PLAIN = "Sở Giáo dục và Đào tạo thành phố công bố lịch thi của học sinh các trường phổ thông năm nay."
TCVN3 = "Së Gi¸o dôc vµ §µo t¹o thµnh phè c«ng bè lÞch thi cña häc sinh c¸c tr\u00adêng phæ th«ng n¨m nay."
VNI = "Sôû Giaùo duïc vaø Ñaøo taïo thaønh phoá coâng boá lòch thi cuûa hoïc sinh caùc tröôøng phoå thoâng naêm nay."


@pytest.mark.parametrize(("text", "name"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_old_fonts_are_told_by_their_words(text: str, name: str) -> None:
    assert mend(text) == (PLAIN, name)


@pytest.mark.parametrize(("text", "name"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_also_where_they_were_read_as_windows_1258(text: str, name: str) -> None:
    assert mend(text.encode("latin-1").decode("cp1258")) == (PLAIN, name)


@pytest.mark.parametrize("form", ["&#{};", "&#x{:X};"])
def test_also_where_an_editor_wrote_the_letters_as_entities(form: str) -> None:
    written = "".join(form.format(ord(c)) if c > "\x7f" else c for c in TCVN3)
    assert mend(f"<p class='a&amp;b'>{written} &lt;3</p>") == (f"<p class='a&amp;b'>{PLAIN} &lt;3</p>", "tcvn3")


def test_every_vni_letter_in_both_cases() -> None:
    assert from_vni("aø aù aû aõ aï aâ aê aà aá aå aã aä aè aé aú aü aë") == "à á ả ã ạ â ă ầ ấ ẩ ẫ ậ ằ ắ ẳ ẵ ặ"
    assert from_vni("eø eâ eä oø oâ oä ô ôø ôï uø uï ö öø öï yø yù î ì í æ ó ò ñ") == (
        "è ê ệ ò ô ộ ơ ờ ợ ù ụ ư ừ ự ỳ ý ỵ ì í ỉ ĩ ị đ"
    )
    assert from_vni("HOÏC SINH TRÖÔØNG ÑAÏI HOÏC, Höôùng") == "HỌC SINH TRƯỜNG ĐẠI HỌC, Hướng"


def test_tcvn3_knows_every_small_letter() -> None:
    bases = "aăâeêioôơuưy"
    wanted = {unicodedata.normalize("NFC", b + tone) for b in bases for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")}
    have = {from_tcvn3(chr(code)) for code in range(0xA1, 0x100)} | set("aeiouy")
    assert wanted - have == set()


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        unicodedata.normalize("NFD", PLAIN),
        "Der Bär für die Straße, schöne Grüße, Überraschung nächste Woche, größer, über Äpfel",
        "L'école a été créée là où l'élève préféré était déjà très fâché, voilà le français",
        "São Paulo é não coração ação avó você também está às três português",
        "El niño comió una piña en España mañana, según el señor Muñoz, qué año, canción",
        "plain ASCII about a school in Hai Phong",
        "",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert mend(text * 3) == (text * 3, None)


@given(st.text(alphabet=st.characters(max_codepoint=0x17F)))
def test_it_takes_any_text(text: str) -> None:
    mended, name = mend(text)
    assert name in (None, "tcvn3", "vni")
    assert name or mended == text
