"""Cues of how a sentence is said: hearsay, somebody asking, a denial, an opinion, an allegation, a rule.

No cue alone makes a candidate or a result: cues tell roles apart (who spreads, who asks, who denies) and send an
allegation to the queue of concerns. Tone and stance are read nowhere here.
"""

from __future__ import annotations

import re

from lang.claims_modes import VERDICT


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


HEARSAY = _any(
    r"nghe nói|nghe đâu|nghe bảo|nghe kể|nghe đồn|nghe người ta|người ta (?:bảo|nói|kể|xì xào)|(?:bạn|chị|anh|"
    r"mẹ|người quen|hàng xóm|em gái|"
    r"bà|cô|bác)[^.,;]{0,30} (?:bảo|kể|nói|rỉ tai)|kể (?:lại|cho)|em (?:vừa )?nghe|đồn|xì xào|có người (?:bảo|"
    r"nói|trong cuộc)|chưa thấy (?:giấy|báo|văn bản)|"
    r"chắc (?:chắn|như đinh)|tin (?:này )?chắc|share gấp|chia sẻ (?:gấp|trước khi)|trước khi (?:bài )?bị (?:xóa|"
    r"gỡ)|giấu tên|mấy hôm nữa là có|báo chí không|"
    r"chỉ chờ áp dụng|đã chốt|xong hết rồi"
)
"""Words of passing on what others are said to have said."""

RUMOUR_NOUN = _any(
    r"tin đồn|lời đồn|đồn|chuyện đồn|thông tin|tin nhắn|bài đăng|bài viết|nội dung|dòng tin|tin bài|tin|đoạn "
    r"clip|clip|ảnh chụp|ảnh|tờ rơi|lời mời|"
    r"cuộc gọi|văn bản|công văn|quyết định|thông báo|trang|chuyện|người gọi|lời kể|lời bàn tán|những lời này|tờ"
)
DENY = re.compile(
    VERDICT.pattern
    + r"|(?<!\w)(?:không (?:hề )?có chuyện|không có việc|bác tin|bác bỏ|bác thông tin|đính chính|chưa từng "
    r"(?:ban hành|giao|có)|chưa hề|không phải của|"
    r"trái với (?:thông báo|văn bản|công văn|quyết định|hướng dẫn)|gỡ bài|mạo danh|khẳng định[^.]{0,60}(?:không|"
    r"chưa)|không ban hành)(?!\w)"
)
"""Somebody says that something told is not so."""

ASK = tuple(
    _any(words)
    for words in (
        r"chưa (?:được |thể )?(?:xác minh|kiểm chứng|xác nhận)|chưa (?:được )?xác định|không rõ thật|chưa rõ "
        r"(?:thật|thực)|chưa rõ|thật (?:hay )?giả|thật không",
        r"đang (?:được )?(?:xác minh|kiểm tra|làm rõ|rà soát|trích xuất|tìm hiểu|vào cuộc|chờ xác minh|lấy mẫu)|"
        r"(?:tới|để) làm rõ|tiếp tục tìm hiểu|yêu cầu[^.]{0,20}báo cáo|"
        r"đã lấy mẫu|nhờ kiểm tra|xác minh tin|ai xác minh|lập biên bản|vào cuộc",
        r"chưa có kết luận|chưa thể kết luận|còn quá sớm|chưa có bằng chứng|chưa (?:ai )?trả lời|chưa ai trả "
        r"lời|chờ (?:câu )?trả lời|khi có (?:kết quả|kết luận|trả lời)|chờ kết quả",
        r"(?:bài đăng|tin nhắn|bài viết|ảnh)[^.]{0,30}(?:cho rằng|nói|viết|ghi)[^.]{0,120}(?:nhưng|tuy nhiên|"
        r"song)|thực hư|có hay không|nghi vấn|liệu[^.]{0,80}(?:hay không|có)|được cho là|ai biết[^.]{0,"
        r"40}(?:không|thật)|kháo nhau|xôn xao|bàn tán|lời đồn|tin đồn|những lời này|lan truyền",
        r"phóng viên|tòa soạn|toà soạn|chúng tôi (?:đã|đang|chưa|sẽ|không)|đã (?:nhắn hỏi|gửi câu hỏi|chuyển ảnh)",
        r"chưa (?:ghi nhận|tiếp nhận)|chưa nhận (?:được )?chỉ đạo|chưa có gia đình nào|chưa ai (?:trông thấy|"
        r"đưa ra|thấy)|không bài nào dẫn|không (?:nêu|tận mắt)|không có "
        r"(?:đường dẫn|dấu thời gian|số văn bản)|thì (?:bà|chị|anh|ông) (?:không biết|chưa rõ)|không tận mắt",
        r"khoan chia sẻ|đừng (?:phát tán|chia sẻ)|không nên (?:chia sẻ|đặt may)|đừng vội|nên đợi thông tin|bình tĩnh",
    )
)
"""Kinds of words of somebody who asks, checks or saw; two kinds make a report of a rumour."""

ATTRIBUTED = _any(
    r"theo (?:thông báo|công văn|quyết định|nghị quyết|kế hoạch|hướng dẫn|kết luận|báo cáo|văn bản|số liệu|"
    r"thống kê|lãnh đạo|đại diện|sở|ubnd|bộ|công an|ông|bà|thông tin từ)|"
    r"(?:sở|ubnd|bộ|công an|hđnd|đại diện|lãnh đạo|ông|bà|hiệu trưởng|giám đốc|ban giám hiệu|trạm y tế|bệnh "
    r"viện)[^.]{0,60}(?:cho biết|cho hay|khẳng định|thông tin|nói|ban hành|"
    r"công bố|thông báo|yêu cầu|kết luận|xác nhận|quyết định)|báo cáo của"
)
CITES = _any(
    r"(?:kế hoạch|quyết định|nghị quyết|thông báo|công văn|quy định|hướng dẫn|kết luận|văn bản|chỉ thị|báo cáo|lịch)"
    r"[^.;,]{0,40}(?:của|số|mới|hiện hành|do|ubnd|hđnd|sở|bộ)|theo (?:sở|ubnd|bộ|hđnd)"
)
"""Says that it passes on what an authority has laid down."""
OPINION = _any(
    r"tôi (?:thấy|cho rằng|nghĩ|tin|cảm thấy|có cảm giác|gọi đó|đánh giá|hoan nghênh|ghi nhận|vẫn|luôn|thật|rất|"
    r"không|chỉ)|theo tôi|với tôi|"
    r"(?:em|mình) (?:thấy|nghĩ)|nói thật|nói không ngoa|nói thẳng|phải (?:khen|nói)|càng nghĩ|đáng (?:xấu hổ|"
    r"trách|khen|quý|tin|thất vọng|trân trọng|chê|sợ|buồn)|"
    r"vô cảm|vô trách nhiệm|vô lý|vô lương tâm|vô tâm|tùy tiện|quan liêu|thất vọng|thiếu (?:tôn trọng|trách "
    r"nhiệm|tầm nhìn|lắng nghe)|có trách nhiệm|bệnh "
    r"(?:thành tích|hình thức)|chán|ngán|thật đáng|quá đáng|quá thể|buồn cả|uất|giận|bực|mệt mỏi|mỉa mai|nực "
    r"cười|phẫn nộ|khinh|căm|nhục|xấu hổ|tàn nhẫn|nhẫn tâm|"
    r"lạnh lùng|thiển cận|hời hợt|cẩu thả|tắc trách|lề mề|chậm chạp|lúng túng|lười biếng|kém cỏi|bất lực|lạc "
    r"hậu|áp đặt|coi thường|làm ăn|lấy được|hình thức|"
    r"móc túi|làm khổ|bóc lột|hành học sinh|lung tung|thể thống|quá tệ|tồi tệ|dở|rối như|khẩu hiệu|hoan nghênh|"
    r"khâm phục|trân trọng|biết ơn|cảm ơn|tuyệt vời|"
    r"tuyệt|chu đáo|tận (?:tâm|tụy|tình)|tự hào|ấm lòng|xúc động|yên tâm|nhân văn|sáng suốt|cầu thị|quyết đoán|"
    r"hợp lý|hợp lòng|kiên quyết|giỏi giang|thiết thực|"
    r"có tâm|hết lòng|yêu (?:mến|quý)|quý (?:mến|các)|lòng tin|niềm tin|tin tưởng|thương (?:dân|học)|nên nghỉ|"
    r"nên xin lỗi|làm cho có"
)
"""Words of judging. A sentence with one and nothing to look up is no claim."""

FIRST_PERSON = _any(r"con tôi|cháu nhà tôi|con em|nhà tôi|con mình|con gái tôi|con trai tôi|tôi|nhìn con")

RULE = _any(
    r"quy định|văn bản|công văn|nghị quyết|quyết định|thông báo|kế hoạch|hướng dẫn|chính sách|lịch|mức|chỉ tiêu|"
    r"theo|từ năm học|năm học|các trường|tất cả|toàn bộ|mọi|được phép|cho phép|"
    r"bắt buộc|yêu cầu|sẽ|từ ngày|từ nay|áp dụng|được|phải|cấm|không còn|học sinh|giáo viên|phụ huynh"
)
"""Words of a rule or a plan, as against one case."""

INCIDENT = _any(
    r"bị bắt|cô (?:giáo )?[^.]{0,12}(?:bắt|ép)|trường (?:con|cháu|em|mình|tôi)|vẫn (?:bắt|thu|ép|không|nghĩ)|"
    r"con (?:tôi|em|mình)|nhà (?:tôi|em)|phiếu thu|hôm qua|sáng nay|tháng này|tuần trước|hôm trước|"
    r"(?:bắt|ép) (?:mỗi|cả|các|học sinh|phụ huynh|\d)|một trường|trường gần|trường [^.]{0,12}(?:bên|phía|dưới)|"
    r"ai không nộp|chưa nộp|nghe đủ thứ"
)
"""Words of one case told: what a school did is no claim about what the rule says."""

_MANY = (
    r"(?:các |những )?(?:học sinh|trẻ|cháu|em|bé|nữ sinh|thí sinh|người học|trường|giáo viên|gia đình|phụ huynh|khối|"
    r"cấp|bậc|lớp)"
)
UNIVERSAL = re.compile(
    rf"(?<!\w)(?:(?:tất cả|toàn bộ|mọi|hết thảy|bất kỳ|bất cứ)(?: mọi)? {_MANY}|(?:ai|em nào|nhà nào|cháu nào|"
    rf"trường nào|bạn nào) cũng|"
    r"không phân biệt|bất kể|kể cả|(?:và|hay|đến|lẫn|với|tới) [^.;]{2,40} đều)(?!\w)"
)

CHANGED = _any(
    r"thay bằng|thành|sang|dời|lùi|đổi|kéo|từng|trước đây|năm ngoái|cũ|thay vì|lên|lần trước|như trước|hồi|điều chỉnh"
)
"""Words of a change: an older value named beside the new one is told as the past."""

HOAX = _any(
    r"(?:tẩm|bơm|trộn|bỏ) (?:ma túy|ma tuý|thuốc|chất)[^.]{0,20}|ma túy|thuốc mê|thuốc ngủ|chụp thuốc|kim tiêm|"
    r"nhiễm hiv|dính máu|nội tạng|lấy thận|người lạ (?:dụ|phát|rủ|mặt)|kẻ lạ|"
    r"dụ (?:dỗ )?trẻ|bắt cóc|bắt trẻ|bắt học sinh|kéo lên xe|kẹo lạ|nhóm người [^.]{0,60}(?:bắt|dụ)|thôi miên"
)
"""Motifs of hoaxes that accuse nobody: strangers, needles, sweets."""

_CONCERNS = {
    "khoản thu": r"(?:bắt|ép|bị bắt|buộc|đòi)[^.;]{0,40}(?:nộp|đóng|mua|góp)|(?:chưa|không) (?:nộp|đóng)[^.]{0,"
    r"20}(?:thì|là|bị|cô|phải)|tận thu|lạm thu|thu [^.]{0,30}(?:không (?:phiếu|biên lai)|ngoài sổ)|ăn chặn|"
    r"bỏ túi|nhận phong bì|vòi tiền|chạy chỗ|chạy trường",
    "lương": r"nợ lương|chậm lương|quỵt|(?:chưa|không) (?:được )?(?:trả|nhận|phát) lương|cắt lương|giam lương|"
    r"lương[^.]{0,30}(?:chưa|không)[^.]{0,12}(?:trả|nhận|có)|dọa cắt hợp đồng",
    "trù dập": r"trù dập|cho thôi việc|bị đuổi việc|đuổi việc|vì (?:gửi đơn|tố cáo)",
    "bạo lực": r"đánh(?! giá)[^.]{0,40}(?:bầm|gãy|tím|chảy máu|nhập viện|hội đồng|trẻ|bé|cháu|học sinh|em|bạn)|"
    r"bị (?:cô|thầy|bạn|nhóm|năm|ba|bốn|\d)[^.]{0,30}đánh|bạo hành|hành hung|tát|xâm hại|dâm ô|quấy rối|sàm "
    r"sỡ|lột (?:đồ|áo|quần)|bầm tím|trói|nhốt trẻ|bỏ quên (?:trẻ|cháu|học sinh|em)[^.]{0,20} xe",
    "thi cử": r"lộ đề|bị lộ|đưa bài giải|chạy điểm|mua điểm|gian lận|nâng điểm|thi hộ|làm bài hộ|bán đề|sửa "
    r"điểm|mua bằng",
    "thực phẩm": r"quá hạn|hết hạn|ôi thiu|thịt ôi|thịt thối|mốc|giòi|có dòi|bốc mùi|ngộ độc|nôn (?:ói|mửa|"
    r"thốc)|suất ăn bẩn|thực phẩm bẩn",
    "bệnh": r"phát ban|sốt cao|bệnh lạ|ổ dịch|lây (?:bệnh|lan)|co giật|nghỉ ốm hàng loạt|ngất",
    "đất": r"(?:đất|sân trường|mảnh đất|khuôn viên)[^.]{0,60}(?:bán|cho thuê|thuê|chiếm|bất động sản)|(?:bán|"
    r"cho[^.]{0,20}thuê)[^.]{0,40}(?:đất|sân trường|sân bóng)",
    "dữ liệu": r"(?:thông tin|dữ liệu|số điện thoại|họ tên|danh sách|ảnh)[^.]{0,80}(?:bán|rao bán|bị lộ|rò rỉ|"
    r"buôn|phát tán)|(?:bán|lộ|rò rỉ)[^.]{0,30}(?:dữ liệu|thông tin|danh sách|số điện thoại)",
    "dạy thêm": r"(?:ép|bắt|buộc)[^.]{0,40}(?:học thêm|đi học)|không học thêm[^.]{0,30}(?:điểm|bị)",
    "an toàn": r"sập|đổ tường|rơi trần|điện giật|suýt đuối|tai nạn",
}
CONCERNS = {kind: _any(words) for kind, words in _CONCERNS.items()}
"""Kinds of wrongdoing or harm that an allegation may be about."""

DECISION = _any(
    r"(?:sẽ |sắp |phải |bắt |không được |được |cấm |bỏ |thu |đóng |nộp |nghỉ |thi |học |tăng |áp dụng |chuyển "
    r")+[^.]{0,80}|giá \d|bỏ việc|nghỉ việc"
)
CITYWIDE = _any(
    r"toàn thành phố|cả thành phố|học sinh thành phố|toàn tp|hải phòng|học sinh (?:lớp \d+|cấp \S+|trường công)|"
    r"tất cả (?:các )?(?:trường|học sinh|bếp)|mọi (?:trường|học sinh)|các trường|khóa \w+|"
    r"ai không có|thi vào|lớp 10 công lập|trường công"
)


def concern_of(low: str) -> str:
    """Kind of wrongdoing or harm that a sentence (lower case) tells of, "" for none."""
    low = _GROUPED.sub("", low)
    return next((kind for kind, pattern in CONCERNS.items() if pattern.search(low)), "")


_GROUPED = re.compile(r"(?<=\d)\.(?=\d{3})")  # the stop within 300.000 ends nothing


def asks(low: str) -> frozenset[int]:
    """Kinds of words of asking and checking that a text has."""
    return frozenset(n for n, pattern in enumerate(ASK) if pattern.search(low))
