"""Names where a page of comments puts them: before a colon, above "3 giờ", in "… đã bình luận", behind "Tác giả:".

There a name may be anything ("Bống Bông", "Me Cun 2015"), so the place in the line decides and not the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.patterns import any_of
from intake.people import NAME
from intake.tracked import Span
from lang.masking_text import LETTER, UPPER

_WORD = rf"[{UPPER}][{LETTER}\d'’._-]*"
_SHOWN = rf"{_WORD}(?: (?:{_WORD}|\d{{1,4}})){{0,5}}"
# What stands before a name at the head of a line: a bullet, a number, a time of day, a date.
_BULLET = r"[-–•*+▪◦·>»|]+[ \t]*"
_CLOCK = r"[\[(]?\d{1,2}[:hg]\d{2}[^\]\n]{0,24}[\])]?[ \t,–-]*"
_DATE = r"(?:\d{1,2}[/.-]){2}\d{2,4}[ \t,–-]*"
_LEAD = rf"^[ \t]*(?:{_BULLET}|\d{{1,3}}[.)][ \t]+|{_CLOCK}|\[[^\]\n]{{4,30}}\d[^\]\n]{{0,30}}\][ \t]*|{_DATE}){{0,4}}"
_UNITS = any_of(
    "giây; phút; giờ; ngày; tuần; tháng; năm; s; m; h; d; w; y; min; mins; hr; hrs; hours?; days?; gio; phut; ngay"
)
_AGO = any_of(
    rf"""vừa xong; hôm qua; hôm nay; just now; yesterday; \d{{1,3}} ?{_UNITS}(?: trước| ago)?;
    \d{{1,2}} tháng \d{{1,2}}; \d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}; \d{{1,2}}:\d{{2}}"""
)
_BADGE = any_of(
    """theo dõi; tác giả; quản trị viên; người kiểm duyệt; thành viên(?: mới)?; người tham gia ẩn danh; fan cứng;
    follow; người đóng góp(?: nhiều nhất| hàng đầu)?; author; admin; moderator; top contributor; nhóm trưởng;
    trưởng nhóm; phó nhóm"""
)
_UI = any_of("thích; trả lời; phản hồi; chia sẻ; like; reply; share; đã chỉnh sửa; xem bản dịch; bình luận")
_DEED = any_of(
    """bình luận; đăng; chia sẻ; viết; trả lời; phản hồi; gửi; thêm; cập nhật; nhắc đến; gắn thẻ; bày tỏ; tham gia;
    rời; thu hồi; ở; cảm thấy; phát trực tiếp; tạo; ghim; thả; tải; đổi; cùng với"""
)
_DID = any_of(
    rf"""(?:đã|vừa|đang|mới) {_DEED}; (?:bình luận|trả lời|phản hồi|chia sẻ|viết)(?= ?:|\s*$| rằng); cùng với;
    commented; posted; replied; shared; wrote; is with; is feeling; was live"""
)
_CREDIT = any_of(
    """tác giả; người đăng; người viết; người gửi; người bình luận; người chia sẻ; người quay; người chụp;
    người nhận; chủ tài khoản; chủ thớt; chủ bài viết; chủ nhóm; admin; quản trị viên; nguồn; ảnh; clip; video;
    theo; phụ huynh; đến; họ (?:và )?tên; author; by; from; reply to; trả lời; gửi từ; đăng lại từ"""
)
_CREDIT_OPEN = any_of(  # these need no colon
    """đăng bởi; đăng tải bởi; chia sẻ bởi; bài đăng của; bài viết của; bình luận của; bình luận từ; chia sẻ của;
    trang cá nhân của; tường nhà; facebook của; posted by; written by"""
)
_LINES = tuple(
    re.compile(pattern, re.M)
    for pattern in (
        rf"{_LEAD}(?P<who>{_SHOWN})[ \t]*(?:\((?i:{_BADGE})\)[ \t]*)?[:：](?!//|\d)",
        rf"{_LEAD}(?P<who>{_SHOWN})(?:[ \t]+(?:và|and)[ \t]+\d+[^\n]{{0,25}}?)?[ \t]+(?i:{_DID})",
        rf"{_LEAD}(?P<who>{_SHOWN})[ \t]*(?:[·•|,–-]+[ \t]*)?(?i:{_AGO}|{_BADGE})[ \t]*(?:[·•|].*)?$",
        rf"^[ \t]*(?P<who>{_SHOWN})[ \t]*[·•]?[ \t]*\n(?:[ \t]*\n)?[ \t]*[·•]?[ \t]*(?i:{_AGO}|{_BADGE})\b",
        rf"^[ \t]*(?P<who>{_SHOWN})[ \t]*\n[^\n]{{1,400}}\n[ \t]*(?i:{_UI}|{_AGO})[ \t]*(?:[·•|]|$|(?i:{_UI}|{_AGO}))",
        rf"^[ \t]*(?P<who>{_SHOWN})[ \t]*[▸►▶›»>][ \t]*\S",
        rf"(?i:\b(?:đang |đã )?(?:ở )?cùng với|\bis with)[ \t]+(?P<who>{_SHOWN})",
        # the last line, or the last words, after a sentence that has ended
        rf"[.!?…”\"](?:[ \t]*\n+[ \t]*|[ \t]+)(?:[-–—(][ \t]*)?(?P<who>{_WORD}(?: {_WORD}){{1,4}})[ \t]*\)?[ \t]*\Z",
    )
)
_CREDITED = re.compile(
    rf"(?:^|(?<=[.!?(\n\]])|(?<=[.!?] ))[ \t]*(?i:{_CREDIT}[ \t]*[:：]|{_CREDIT_OPEN}[ \t]*[:：]?)[ \t]*"
    rf"(?P<who>{_SHOWN})",
    re.M,
)
_LOW = re.compile(r" [a-zà-ỹ]")
# Heads of lines that are no persons: institutions, places, and the words that forms and reports put before a colon.
_NOBODY = re.compile(
    any_of(
        r"""trường; sở; phòng; ban; ubnd; hđnd; bộ; báo; đài; công an; công ty; trung tâm; cổng; hội; đoàn;
        thành đoàn; quận; huyện; phường; xã; tỉnh; thành phố; tp; thpt; thcs; th; tiểu học; mầm non; đại học;
        hải phòng; hà nội; việt nam; hải dương; nhóm; group; liên; tổ; lớp; khối; khoa; viện; văn phòng; cục; vụ;
        chi; cơ quan; nhà trường; trang; quốc; ủy; uỷ; mặt trận; đảng; chính phủ; lưu ý; chú ý; ghi chú; nội dung;
        tiêu đề; ngày; giờ; thời gian; địa (?:điểm|chỉ); nơi; kính; hỏi; đáp; trả lời; bình luận; phản hồi; ý kiến;
        kết luận; mục; phần; điều; khoản; bài; câu; số; về; v/v; căn cứ; theo; nguồn; ảnh; hình; video; clip; link;
        liên kết; trích; tóm tắt; thông báo; công văn; quyết định; kế hoạch; email; facebook; zalo; tiktok;
        youtube; fb; tác giả; người; xem; chi tiết; ví dụ; vd; nb; ps; p/s; tb; re; fwd; cc; subject; title; date;
        note; thứ; chủ nhật; tháng; năm; tết; hiệu trưởng; giám đốc; chủ tịch; bí thư; hotline; sđt; đt; họ; tên;
        phụ huynh; học sinh; giáo viên; môn; toán; ngữ văn; tiếng; update; cập nhật; tin; hot; nóng; khẩn; kết quả;
        yêu cầu; đề nghị; mong; xin; cảm ơn; nay; hôm; sáng; chiều; tối; vậy; đó; đây; thực tế; cụ thể; đồng thời;
        tuy; sau; trước; trong; ngoài; tại; từ; đến; còn; và; hoặc; nếu; khi; https?"""
    )
    + r"(?![^\W_])",
    re.I,
)


def find(text: str) -> Iterator[Span]:
    """Names of those who posted, commented or are credited, by their place in the line; and their later mentions."""
    shown: dict[str, None] = {}
    for pattern in (*_LINES, _CREDITED):
        for m in pattern.finditer(text):
            who = m["who"].rstrip(" .-_")
            end = m.start("who") + len(who)
            word = pattern is _CREDITED and " " not in who and _LOW.match(text, end)  # "Ảnh: Nhân vật cung cấp"
            if len(who) > 60 or word or _NOBODY.match(who):
                continue
            shown[who] = None
            yield Span(m.start("who"), end, "name", NAME)
    for who in shown:
        if len(who) >= 6 and " " in who:
            for m in re.finditer(rf"(?<!\w){re.escape(who)}(?!\w)", text, re.I):
                yield Span(m.start(), m.end(), "name", NAME)
