"""What reading real articles showed: years of birth in old texts, the dead by full name, accounts, lakes, brackets."""

from __future__ import annotations

import pytest

from lang.masking import Masked, mask


def shown(text: str) -> str:
    return mask(text, adults=True).text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "em Trần Văn H. (SN 2004), đang là học sinh lớp 7 Trường THCS Đồi Chè.",
            "em [tên] (SN 2004), đang là học sinh lớp 7 Trường THCS Đồi Chè.",
        ),
        ("Phí Văn Đông (SN 2002, học sinh lớp 9) nhặt được ví.", "[tên] (SN 2002, học sinh lớp 9) nhặt được ví."),
        ("Phí Văn Đông (SN 2002), hiện đang học lớp 9, đoạt giải.", "[tên] (SN 2002), hiện đang học lớp 9, đoạt giải."),
        (
            "Phí Văn Đông (sinh năm 2003, trú xã Vĩnh Am, học sinh lớp 8) mất tích.",
            "[tên] (sinh năm 2003, trú xã Vĩnh Am, học sinh lớp 8) mất tích.",
        ),
        ("Cháu Lò Thị Mủ (SN 2006) bị lạc từ sáng.", "Cháu [tên] (SN 2006) bị lạc từ sáng."),
        ("Học sinh lớp 8 Lò Thị Mủ (SN 2005) bị lạc.", "Học sinh lớp 8 [tên] (SN 2005) bị lạc."),
        ("Phi Van Dong (SN 2002, hoc sinh lop 9) nhat duoc vi.", "[tên] (SN 2002, hoc sinh lop 9) nhat duoc vi."),
        ("Phí Văn Đông (SN 2014), cùng trú xã Vĩnh Am, về nhà.", "[tên] (SN 2014), cùng trú xã Vĩnh Am, về nhà."),
    ],
)
def test_a_pupil_of_then_is_masked_however_old_he_would_be_today(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "Phí Văn Đông (SN 2002), sinh viên năm cuối, hiến máu.",
        "Em Phí Văn Đông (SN 2004), sinh viên Đại học Hải Phòng, hiến máu.",
        "Anh Phí Văn Đông (SN 1988), cựu học sinh trường, tặng sách.",
        "Anh Phí Văn Đông (SN 1988), giáo viên chủ nhiệm học sinh lớp 7, tặng sách.",
        "Ông Phí Văn Đông (SN 1950, học sinh khóa đầu) tặng sách.",
        "Anh Phí Văn Đông (SN 1995) cùng học sinh lớp 7 dọn rác.",
        "Em Phí Văn Đông, 22 tuổi, thăm lại học sinh lớp 7.",
    ],
)
def test_who_is_grown_stays(text: str) -> None:
    assert mask(text).masked == ()


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "Anh Đặng Văn Sóng (32 tuổi) và anh Đặng Văn Gió (37 tuổi) nhảy xuống cứu. Sau đó anh Sóng và anh Gió cũng "
            "tử vong.",
            "Anh [tên] (32 tuổi) và anh [tên] (37 tuổi) nhảy xuống cứu. Sau đó anh [tên] và anh [tên] cũng tử vong.",
        ),
        (
            "Bà Nguyễn Thị B. đi xe đạp qua cầu. Cú va chạm khiến bà B. tử vong tại chỗ.",
            "Bà [tên] đi xe đạp qua cầu. Cú va chạm khiến bà [tên] tử vong tại chỗ.",
        ),
        (
            "Tài xế Phí Văn Kha đỗ xe bên đường. Anh Kha bị xe khác tông.",
            "Tài xế [tên] đỗ xe bên đường. Anh [tên] bị xe khác tông.",
        ),
        (
            "Xe tải va chạm với xe máy do bà Nguyễn Thị B. điều khiển. Hậu quả, nạn nhân tử vong tại chỗ.",
            "Xe tải va chạm với xe máy do bà [tên] điều khiển. Hậu quả, nạn nhân tử vong tại chỗ.",
        ),
        (
            "Ông Phí Văn Kha trượt chân khỏi mái nhà. Đến tối, ông tử vong tại bệnh viện.",
            "Ông [tên] trượt chân khỏi mái nhà. Đến tối, ông tử vong tại bệnh viện.",
        ),
    ],
)
def test_the_full_name_goes_where_a_later_sentence_tells_of_the_harm(text: str, masked: str) -> None:
    assert shown(text) == masked


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Cô Lê Thị Mai dạy Văn. Chiều qua, ông Mai bị xe tông.", "Lê Thị Mai"),
        ("Hiệu trưởng Phí Văn Kha họp báo. Anh Kha bị xe tông.", "Phí Văn Kha"),
        ("Ông Phí Văn Kha trao học bổng. Anh bảo vệ thì bị xe tông tử vong.", "Phí Văn Kha"),
        ("Bác sĩ Phí Văn Kha cho biết. Hậu quả, nạn nhân tử vong tại chỗ.", "Phí Văn Kha"),
    ],
)
def test_another_person_and_an_office_stay(text: str, stays: str) -> None:
    assert stays in shown(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Facebook Huyphuoc Nguyen chia sẻ: cháu nhà tôi vui.", "Facebook [tên] chia sẻ: cháu nhà tôi vui."),
        ("Tài khoản Facebook Lan Anh Pham viết dài.", "Tài khoản Facebook [tên] viết dài."),
        ("Chủ tài khoản TikTok Minh Sóc Official bình luận.", "Chủ tài khoản TikTok [tên] bình luận."),
        ('Nick "Gió Lang Thang" bình luận về trường.', 'Nick "[tên]" bình luận về trường.'),
        (
            "Tài khoản có tên Sóc Nâu đăng clip. Sóc Nâu sau đó xóa bài.",
            "Tài khoản có tên [tên] đăng clip. [tên] sau đó xóa bài.",
        ),
        ("Facebook Huyphuoc Nguyen chia se bai viet.", "Facebook [tên] chia se bai viet."),
        ("Phụ huynh có Facebook Huyphuoc N. bày tỏ lo lắng.", "Phụ huynh có Facebook [tên] bày tỏ lo lắng."),
    ],
)
def test_the_name_of_an_account_goes(text: str, masked: str) -> None:
    assert shown(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Facebook cho biết sẽ xóa tài khoản trẻ em.",
        "Facebook Messenger ngừng chạy; TikTok Shop mở lại.",
        "Tài khoản Facebook Trường THCS Đồi Chè đăng ảnh lễ.",
        "Facebook Việt Nam cho biết sẽ gỡ bài.",
        "Facebook Công an Hải Phòng đăng cảnh báo.",
        "Chuyển tiền vào tài khoản Ngân hàng Nông nghiệp.",
        "Đăng nhập tài khoản VNeID để nộp hồ sơ.",
        "Theo Facebook, Bộ Giáo dục và Đào tạo đăng thông báo.",
        "Học sinh ra Hồ Núi Cát bơi.",
        "Học sinh tới Hồ Núi Nâu. Hồ Núi Nâu bị ô nhiễm.",
        "Em học sinh đuối nước ở Hồ Núi Cát.",
        "Nam sinh viên Mỹ tử vong khi leo núi. Học sinh Mỹ nghỉ học.",
        "Các sinh viên Mỹ bị bắt khi biểu tình.",
    ],
)
def test_services_bodies_lakes_and_peoples_stay(text: str) -> None:
    assert mask(text, adults=True) == Masked(text, ())


def test_who_bears_the_name_of_a_lake_or_a_people_is_masked_still() -> None:
    assert shown("Em Hồ Núi bị lạc. Học sinh Hồ Văn Cát bị lạc.") == "Em [tên] bị lạc. Học sinh [tên] bị lạc."
    assert shown("Hồ Xanh Lan, học sinh lớp 9, bị lạc.") == "[tên], học sinh lớp 9, bị lạc."
    assert shown("Hồ Núi Sậy (SN 2012) bị lạc.") == "[tên] (SN 2012) bị lạc."
    assert shown("Ông Hồ Sen bị bắt. Bé Hồ Thủy Sậy bị lạc.") == "Ông [tên] bị bắt. Bé [tên] bị lạc."
    assert shown("Chị Mỹ bị xe tông. Em Mỹ học giỏi.") == "Chị [tên] bị xe tông. Em [tên] học giỏi."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Em N., lớp 9A (Trường THCS Đồi Chè) về nhà.", "Em [tên], [lớp, trường] về nhà."),
        ("Em N. (lớp 9A (Trường THCS Đồi Chè)) về nhà.", "Em [tên] ([lớp, trường]) về nhà."),
        (
            "Em N., lớp 9A (THCS Đồi Chè, xã Vĩnh Am) về nhà.",
            "Em [tên], [lớp, trường] ([lớp, trường], xã Vĩnh Am) về nhà.",
        ),
        ("Em N. (lớp 9A Trường THCS Đồi Chè) về nhà.", "Em [tên] ([lớp, trường]) về nhà."),
        ("Gọi mẹ em N.: (0912) 345 678.", "Gọi mẹ em [tên]: [số điện thoại]."),
    ],
)
def test_brackets_are_left_in_pairs(text: str, masked: str) -> None:
    assert shown(text) == masked
    assert shown(masked) == masked
