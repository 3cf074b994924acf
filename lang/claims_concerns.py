"""Words of a wrongdoing or a harm at a school: what a *phản ánh cần xác minh* may be about, by kind.

Everyday verbs of taking money, hitting, cheating, spoiling food, keeping back pay, letting data out, giving away
land. None of them makes a candidate, none says that it happened: `analysis/candidates.py` asks whether anybody is
named for it.
"""

from __future__ import annotations

import re

_FORCE = r"(?:bắt|ép|bị bắt|buộc|bị buộc|đòi|dọa|doạ|đe|đe dọa|gây sức ép|o ép|bảo phải|gợi ý)"
_WHOM = r"(?:trẻ|bé|cháu|học sinh|em|bạn|con|đứa|nữ sinh|nam sinh|học trò)"
_EAT = (
    r"(?:thực phẩm|thịt|cá|tôm|sữa|bánh|gia vị|đồ ăn|thức ăn|nguyên liệu|xúc xích|chả|giò|hộp|gói|chai|bột|rau|"
    r"gạo|dầu|"
    r"cơm|cháo|canh|suất|bữa|món)"
)
_PLOT = (
    r"(?:sân(?: trường| chơi| bóng| tập)?|mảnh đất|đất(?: của)? trường|đất|khuôn viên|phòng học|nhà đa năng|"
    r"vườn trường|ao)"
)
_LOOSE = r"(?:trần|vữa|gạch|quạt|cánh cửa|cửa sổ|cổng|lan can|tường|khung|cột|cây|mái tôn|bảng|giá sách|xà)"
_KINDS = {
    "khoản thu": rf"{_FORCE}[^.;]{{0,40}}(?:nộp|đóng|mua|góp)|(?:chưa|không) (?:nộp|đóng|góp)[^.]{{0,20}}"
    r"(?:thì|là|bị|cô|phải)|tận thu|lạm thu|phụ thu|thu (?:chui|lén|ngầm|bừa|vô tội vạ|khống)|"
    r"thu [^.]{0,40}(?:(?:không|chẳng|chả)(?: hề| có| đưa| viết| xuất| cấp| thấy| kèm)* (?:phiếu|biên lai|hóa đơn|"
    r"giấy|chứng từ)|"
    r"ngoài sổ|hai sổ)|ăn chặn|ăn bớt|(?:bỏ|chui|đút|rơi|chảy|nhét)(?: vào| thẳng vào)? túi|phong bì|lót tay|lo lót|"
    r"chung chi|bôi trơn|vòi (?:tiền|vĩnh)|làm luật|chạy (?:chỗ|trường|lớp|suất|tuyến|biên chế|việc|vào)|"
    r"(?:ra|hét|kêu) giá|(?:triệu|nghìn|tr)(?: đồng)?[^.;]{0,12} (?:một|mỗi|cho|để lấy|đổi) (?:suất|chỗ|slot|vé vào)|"
    r"(?:cắt|bớt|rút) xén|rút ruột|(?:khai|kê) khống|hoa hồng|chia chác|(?:mua|bán) suất|"
    r"nộp lại[^.;]{0,30}(?:thưởng|lương|tiền)|(?:tiếng là|gọi là|mang tiếng|bảo là|nói là|ghi|ký) tự nguyện|"
    r"tự nguyện (?:mà|nhưng|kiểu)|"
    r"quỹ (?:đen|lớp|trường)[^.;]{0,40}(?:không|biến|mất|mờ ám|chẳng)|(?:không|chưa) (?:nộp|"
    r"đóng)[^.]{0,40}(?:bàn cuối|không cho|"
    r"đứng|ra ngoài)|(?:bêu|đọc|nêu|réo) tên",
    "lương": r"(?:nợ|chậm|quỵt|cắt|giam|khất|giữ|xù|nuốt|trừ|bớt)(?: tiền)? (?:lương|công|thưởng|phụ cấp)|quỵt|"
    r"(?:chưa|không|chẳng|chả) (?:hề |ai )?(?:được )?(?:trả|nhận|phát|thấy|lĩnh|lãnh|thanh toán|chi trả|"
    r"có)(?: được)?[^.,;]{0,16} "
    r"(?:lương|đồng(?: nào)?|phụ cấp|tiền công|tiền dạy|tiền trực|thù lao|chế độ)(?! đội)|"
    r"lương[^.]{0,30}(?:chưa|không)[^.]{0,12}(?:trả|nhận|có|về)|dọa cắt hợp đồng|(?:tháng|năm)(?: nay| liền| trời|"
    r" ròng)? "
    r"(?:làm|dạy|nấu|trực)[^.;]{0,20}(?:không|chưa)[^.;]{0,16}(?:lương|đồng|công)|"
    r"(?:lương|phụ cấp|thù lao|tiền (?:thừa giờ|vượt giờ|công|trực))[^.;]{0,40}(?:bị (?:treo|nợ|cắt|giữ|chậm)|"
    r"biệt tăm|bặt)",
    "trù dập": r"trù dập|cho thôi việc|bị đuổi việc|đuổi việc|vì (?:gửi đơn|tố cáo|lên tiếng)|bị (?:dọa|đe dọa|đe|"
        r"ép|cô lập)|"
    r"chuyển công tác vì|"
    rf"{_FORCE}[^.;]{{0,40}}(?:ký|viết đơn|làm đơn|xin nghỉ|nghỉ việc|không thi|chuyển (?:lớp|trường))",
    "bạo lực": r"đánh(?! giá| vần| số| máy| dấu)[^.]{0,40}(?:bầm|gãy|tím|chảy máu|nhập viện|hội đồng|trẻ|bé|cháu|"
        r"học sinh|em|bạn)|"
    r"bị (?:cô|thầy|bạn|nhóm|năm|ba|bốn|\d)[^.]{0,30}(?:đánh|mắng|chửi|tát|phạt|quát|vụt|quất)|bạo hành|hành hung|"
    r"tát|"
    r"(?:vụt|quất|đạp (?:vào|lên|thẳng|ngã|cho)|giẫm|bóp cổ|xách tai|kéo tai|trấn lột|xin đểu|dội nước|hắt nước)|"
    r"xâm hại|dâm ô|"
    r"quấy rối|sàm sỡ|lột (?:đồ|áo|quần)|bầm tím|trói|nhốt (?:trẻ|cháu|em|con|bé|học sinh)|bỏ quên (?:trẻ|cháu|"
    r"học sinh|em)[^.]{0,20} xe|"
    rf"(?:gõ|quật|véo|nhéo|đấm|đá(?! bóng)(?!\w)|túm tóc|giật tóc|bạt tai|dúi|ném(?! phao)|xô|"
    rf"nhét)[^.]{{0,30}}(?:đầu|mặt|"
    rf"trán|tai|lưng|"
    rf"tay|mồm|miệng|{_WHOM})|"
    r"(?:chửi|mắng|lăng mạ|xúc phạm|sỉ nhục|miệt thị|phạt quỳ|bắt (?:quỳ|đứng|liếm|phơi nắng|chạy))|"
    r"(?:sưng|tím|hằn)(?: cả| vù)? (?:mặt|trán|đầu|mắt|môi|tay|chân|người|vết)",
    "thi cử": r"lộ đề|bị lộ|đưa bài giải|chạy điểm|mua (?:điểm|giải)|gian lận|nâng điểm|thi hộ|làm bài hộ|bán đề|"
        r"(?:sửa|xin) điểm|"
    r"mua bằng|mớm (?:đề|bài|đáp án)|(?:bán|mua|tuồn|chuyền|lộ|đọc|ném|đưa|phát)[^.,]{0,16} (?:đáp án|đề thi|"
    r"bài giải|phao|lời giải)|"
    r"quay cóp|giám thị[^.;]{0,40}(?:làm ngơ|ngó lơ|nhắm mắt|bỏ ra ngoài|mặc kệ)|"
    r"đề[^.]{0,60}(?:lộ|làm trước|biết trước|giống (?:hệt|từng|y)|tuồn|bán)|bán (?:bằng|chứng chỉ)",
    "thực phẩm": rf"{_EAT}[^.;]{{0,40}}(?:quá|hết) (?:hạn|đát|date)|(?:quá|hết) (?:hạn sử dụng|đát|date)|(?:ôi|"
        rf"thiu|mốc|hôi|thối|"
    r"ươn|giòi|dòi|gián|đỉa|giun)(?! nhà)|bốc mùi|ngộ độc|nôn (?:ói|mửa|ọe|oẹ|thốc)|(?:suất ăn|thực phẩm|bếp|"
    r"nước) bẩn|"
    rf"{_EAT}[^.;]{{0,40}}(?:có (?:sâu|ruồi|tóc|sạn|dị vật|mùi|nhớt)|chảy nhớt|nổi váng|còn sống|đỏ hỏn|tái mét)|"
    r"(?:cơm|suất|bữa|khẩu phần)[^.]{0,60}(?:lèo tèo|loãng|thiếu|sống sượng|chỉ có|vỏn vẹn)|"
    r"ăn xong[^.;]{0,40}(?:đau bụng|nôn|đi ngoài)|"
    r"(?:đau bụng|đi ngoài|nôn)[^.;]{0,24}(?:hàng loạt|liên tục|cả lớp|sau (?:khi ăn|bữa))",
    "bệnh": r"phát ban|sốt cao|bệnh lạ|ổ dịch|lây (?:bệnh|lan)|co giật|(?:nghỉ|ốm|sốt|nghỉ ốm) hàng loạt|ngất|"
        r"nổi (?:mẩn|mụn|"
    r"ban)|khó thở|tiêu chảy|đau mắt|ngứa|(?:nửa|cả) lớp (?:ốm|sốt|nghỉ)",
    "đất": rf"{_PLOT}[^.]{{0,60}}(?:bán|cho thuê|thuê|chiếm|bất động sản|rào|cắt cho|xẻ|lấn|bãi (?:xe|đỗ|gửi)|"
        rf"quán|xây nhà|"
    rf"karaoke|nhà hàng|kho hàng)|(?:bán|cho[^.]{{0,20}}thuê|cắt|xẻ|lấn|chiếm|nhường|"
    rf"quây)[^.]{{0,40}}(?:{_PLOT})(?= |$|[.,])",
    "dữ liệu": r"(?:thông tin|dữ liệu|số điện thoại|họ tên|danh sách|ảnh|hồ sơ|căn cước|học bạ)[^.]{0,80}(?:bán|"
        r"rao bán|"
    r"bị lộ|lộ ra|rò rỉ|buôn|phát tán|tuồn|đem cho|tràn lan|ai cũng xem được)|(?:bán|lộ|rò rỉ|tuồn)[^.]{0,30}"
    r"(?:dữ liệu|thông tin|danh sách|số điện thoại)|(?:đọc|gọi|biết) (?:đúng|vanh vách|rõ|rành rọt|"
    r"trúng)[^.;]{0,20}(?:họ tên|tên (?:con|cháu|bé)|"
    r"điểm|lớp)",
    "dạy thêm": rf"{_FORCE}[^.]{{0,40}}(?:học thêm|đi học|học (?:hè|tối|nhóm))|"
    r"không (?:đi )?học thêm[^.]{0,40}(?:điểm|bị|cô|thầy|trù)|(?:đề|bài) (?:kiểm tra|"
    r"thi)[^.;]{0,40}(?:lớp học thêm|nhà cô|nhà thầy)",
    "an toàn": r"sập|đổ tường|rơi trần|điện giật|suýt (?:đuối|chết|ngã|mất)|tai nạn|rơi (?:trúng|từ)|ngã (?:gãy|"
        r"từ)|hỏng phanh|"
    rf"{_LOOSE}[^.;]{{0,30}} (?:rơi|đổ|sập|bung|gãy|rụng)[^.;]{{0,16}}(?:trúng|suýt|sát|ngay|xuống đầu|vào (?:đầu|"
    rf"người|chân|tay))|(?:bỏ|để) (?:quên|mặc|lạc)[^.;]{{0,12}}{_WHOM}[^.;]{{0,20}} (?:trên xe|trong|ngoài|ở|lại)",
}  # fmt: skip
CONCERNS = {kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for kind, words in _KINDS.items()}
"""Kinds of wrongdoing or harm that an allegation may be about."""

_GROUPED = re.compile(r"(?<=\d)\.(?=\d{3})")  # the stop within 300.000 ends nothing


# không ép mua, không được bắt học sinh đóng: what is not done or not allowed is no allegation
_NOT_SO = re.compile(
    r"(?<!\w)(?:không|không được|không hề|chưa từng|cấm|nghiêm cấm|tuyệt đối không|không ai|không bị)(?: được)? "
    r"(?:bắt buộc|bắt|ép|buộc|đòi|gợi ý)(?!\w)"
)


def concern_of(low: str) -> str:
    """Kind of wrongdoing or harm that a sentence (lower case) tells of, "" for none."""
    low = _NOT_SO.sub(" ", _GROUPED.sub("", low))
    return next((kind for kind, pattern in CONCERNS.items() if pattern.search(low)), "")
