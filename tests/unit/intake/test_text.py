"""What is blacked out of a text and what stays: accounts, numbers and names go, offices, schools and places stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.text import redact
from lang.masking import mask


def clean(text: str) -> str:
    return redact(text, mask).text


ACCOUNTS = [
    "https://www.facebook.com/ten.nguoi.99",
    "http://m.facebook.com/profile.php?id=100012345678901",
    "facebook.com/tennguoi",
    "fb.com/tennguoi",
    "Fb.me/tennguoi",
    "m.me/tennguoi",
    "https://zalo.me/0912345678",
    "zalo.me/g/abcdef",
    "https://www.tiktok.com/@tennguoi",
    "https://youtube.com/@tennguoi",
    "x.com/tennguoi",
    "twitter.com/tennguoi",
    "instagram.com/tennguoi",
    "t.me/tennguoi",
    "https://www.threads.net/@tennguoi",
    "facebook [.] com/tennguoi",
    "fb . com / tennguoi",
    "facebook(.)com/tennguoi",
    "facebook chấm com/tennguoi",
    "fасebооk.com/tennguoi",
    "face\u200bbook.com/tennguoi",
    "ｆacebook.com/tennguoi",
    "https://diendan.example/u/tennguoi",
    "@tennguoi",
    "@Tên Người Này",
    "fb: tennguoi",
    "nick: tennguoi",
    "tài khoản Facebook “tennguoi”",
    "mailto:tennguoi@thu.example",
    "tennguoi@thu.example",
    "tennguoi (at) gmail.com",
    "tennguoi [at] thu [dot] vn",
    "bit.ly/tennguoi",
]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_accounts_go(account: str) -> None:
    found = clean(f"Xem ở {account} nhé mọi người.")
    assert "tennguoi" not in found
    assert "Tên Người" not in found
    assert "0912345678" not in found
    assert found.startswith("Xem ở ")
    assert found.endswith("nhé mọi người.")


@pytest.mark.parametrize(
    "phone",
    ["0912345678", "0912 345 678", "0912.345.678", "091-234-5678", "+84 912 345 678", "84912345678", "(0225) 3 842 123",
     "0225.3842123", "+849 1234 5678", "(+84)912345678", "0912/345/678", "+1 415 555 0100", "o912345678",
     "sdt0912345678", "𝟎𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "1900 1234"],
)  # fmt: skip
def test_telephones_go(phone: str) -> None:
    found = clean(f"Gọi cho tôi theo {phone} nhé.")
    assert not any(c.isdigit() for c in found)
    assert found.endswith("nhé.")


@pytest.mark.parametrize(
    "text", ["CCCD 031090012345", "số CCCD: 031 090 012 345", "STK 0451000123456 VCB", "031090012345"]
)
def test_numbers_of_papers_and_bank_accounts_go(text: str) -> None:
    assert not any(c.isdigit() for c in clean(text))


@pytest.mark.parametrize(
    "text",
    [
        "Trường thu 1.500.000 đồng ngày 03.09.2024 08:15, theo công văn số 1234/SGDĐT-VP ngày 12/9/2024.",
        "Năm học 2025-2026 có 1.234.567 học sinh ở 114 xã, phường.",
        "Trường THCS Trần Phú, phường Lê Chân; Trường Tiểu học Nguyễn Văn Tố ở phường Lê Ích Mộc.",
        "Sở Giáo dục và Đào tạo Hải Phòng, UBND quận Ngô Quyền, đường Lê Lai.",
        "Xem https://baocang.example/tin-1.html để biết thêm.",
        "Nội dung: phản ánh việc lạm thu. Lưu ý: chưa kiểm chứng. Địa điểm: Hải Phòng.",
        "Ông Lê Văn Bình, Giám đốc Sở GDĐT Hải Phòng, cho biết.",
        "Hiệu trưởng Trường THCS Trần Phú Nguyễn Thị Hoa đã họp. Bà Hoa nói rõ.",
        "Phó Chủ tịch UBND thành phố Lê Khắc Nam dự. Ông Nam phát biểu.",
        "Bà Trần Thị Xuân - Hiệu trưởng nhà trường - xác nhận.",
        "Bộ trưởng Bộ Giáo dục và Đào tạo Phạm Văn Xa trả lời.",
        "Thủ tướng Chính phủ Phạm Văn Xa và Bộ trưởng Bộ Kế hoạch và Đầu tư Lê Thị Xuyến dự.",
        "Đại biểu Quốc hội hỏi, Chính phủ trả lời. Ảnh: Nhân vật cung cấp.",
        "Các tỉnh Bà Rịa-Vũng Tàu, Cà Mau, Cao Bằng; khu vực Thái Bình Dương.",
        "Phường Trần Hưng Đạo kỷ niệm ngày sinh Nguyễn Bỉnh Khiêm.",
    ],
)
def test_what_is_nobodys_stays(text: str) -> None:
    assert clean(text) == text


NAMES = [
    "Tôi nghe Nguyễn Văn Tèo nói thế.",
    "Tôi nghe Phạm Tèo nói thế.",
    "chị Tèo đánh con tôi",
    "Cô giáo Trần Thị Tèo bị tố.",
    "Thầy Tèo dạy Toán.",
    "Hello Nguyen Van Tèo said.",
    "NGUYỄN VĂN TÈO LỪA ĐẢO",
    "nguyễn văn tèo lấy tiền",
    "lê thị hồng tèo, phường Lê Chân",
    "Tèo Tí: hay quá",
    "- Tèo Tí: hay quá",
    "[08:12, 12/9/2025] Tèo Tí: hay quá",
    "Tèo Tí đã bình luận về một bài viết.",
    "Tèo Tí cùng với Nguyễn Lan và 3 người khác",
    "Tèo Tí · 3 giờ",
    "Tèo Tí\n3 giờ · Công khai\nHay quá.",
    "Tèo Tí\nhay quá các mẹ\nThích · Phản hồi · 2 giờ",
    "Tèo Tí ▸ Hội phụ huynh",
    "Tác giả: Tèo Tí",
    "Người đăng: Tèo Tí",
    "Đăng bởi Tèo Tí",
    "Bài viết của Tèo Tí.",
    "Ảnh: Tèo Tí",
    "Tôi phản ánh việc này.\n\nTèo Tí",
    "𝐍𝐠𝐮𝐲ễ𝐧 𝐕ă𝐧 𝐓è𝐨 nói",
    "Nguyễn Văn T\u200bèo nói",
    unicodedata.normalize("NFD", "Nguyễn Văn Tèo nói"),
    "thành phố. Vũ Văn Tèo nói",
    "Hiệu trưởng gặp phụ huynh Nguyễn Văn Tèo",
    "Trưởng ban đại diện cha mẹ học sinh Nguyễn Văn Tèo",
    "Chủ tịch HĐQT Nguyễn Văn Tèo",
]


@pytest.mark.parametrize("text", NAMES)
def test_names_go(text: str) -> None:
    found = clean(text).lower()
    assert "tèo" not in found
    assert "[tên" in found


def test_every_later_mention_goes_too() -> None:
    found = clean(
        "Thầy Nguyễn Văn Tuyên đánh học trò. Tuyên chối, Văn Tuyên bị gọi lên.\nBống Bông: đúng, Bống Bông thấy"
    )
    assert "Tuyên" not in found
    assert "Bống Bông" not in found


def test_pupils_go_with_class_and_address() -> None:
    found = clean("Em Phạm Gia Bảo, lớp 9A2 Trường THCS Trần Phú, trú tại số 5 ngõ 12 đường Lạch Tray bị đánh.")
    assert not any(gone in found for gone in ("Gia Bảo", "9A2", "ngõ 12"))


def test_what_was_taken_out_is_counted() -> None:
    work = redact("Nguyễn Văn Tèo, 0912345678, fb.com/teo, a@b.example", mask)
    assert dict(work.counts) == {"name": 1, "phone": 1, "account link": 1, "e-mail": 1}


def test_the_cuts_are_places_in_the_original() -> None:
    text = "Ai\u200b đó: gọi \u20280912 345 678\r\nchị Tèo"
    cuts = {text[start:end] for start, end, _ in redact(text, mask).cuts}
    assert "0912 345 678" in cuts
    assert "Tèo" in cuts


def test_an_own_mask_is_used() -> None:
    seen: list[str] = []

    def spy(text: str) -> object:
        seen.append(text)
        return mask(text)

    redact("em Bảo gọi 0912345678", spy)  # type: ignore[arg-type]
    assert seen
    assert "0912345678" not in seen[0]


# ── properties ──────────────────────────────────────────────────────────────────────────────────────

_PIECES = st.sampled_from(
    [*ACCOUNTS, *NAMES, "0912 345 678", "Nguyễn", "Văn", "Tèo", "@", ":", "\n", " ", ".", "fb.com", "/", "[tên]",
     "lớp 9A", "[tài khoản]", "học sinh", "Trường THCS Trần Phú", "Giám đốc Sở", "Hiệu trưởng", ",", "3 giờ", "Thích",
     "\u0301", "\u200b", "chị", "đã bình luận", "Tác giả:", "http://", "www.", "0", "9", "+84", "(", ")", "“", "zalo:",
     "tài khoản", "em", "cháu"]
)  # fmt: skip
_TEXTS = st.one_of(
    st.lists(_PIECES, max_size=14).map(" ".join), st.lists(_PIECES, max_size=14).map("".join), st.text(max_size=200)
)


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_redacting_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@settings(max_examples=300, deadline=None)
@given(_TEXTS, st.sampled_from([a for a in ACCOUNTS if "tennguoi" in a] + ["0988776655"]), _TEXTS)
def test_what_was_planted_between_spaces_never_survives(before: str, planted: str, after: str) -> None:
    found = clean(f"{before}\n {planted.replace('tennguoi', 'zqxj99')} \n{after}")
    assert "zqxj99" not in found
    assert "0988776655" not in found


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES), st.lists(st.sampled_from(["Trường thu sai.", "Mong Sở xem.", "Hải Phòng."]), max_size=3))
def test_a_planted_name_never_survives_among_other_lines(name: str, lines: list[str]) -> None:
    assert "tèo" not in clean("\n\n".join([*lines, name])).lower()


@pytest.mark.parametrize(
    "unit", ["a", "A", "0", "@", ".", "fb.", "a@", "Nguyễn ", "Tèo: ", "http://", "\n", "1.2/3-", "[", "Ă\u0301"]
)
def test_a_long_text_of_one_thing_ends(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert len(clean(text)) <= 12 * len(text)
