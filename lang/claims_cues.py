"""Cues of how a sentence is said: hearsay, somebody asking, a denial, an opinion, an allegation, a rule.

No cue alone makes a candidate or a result: cues tell roles apart (who spreads, who asks, who denies) and send an
allegation to the queue of concerns. Tone and stance are read nowhere here.
"""

from __future__ import annotations

import re

from lang.claims_concerns import CONCERNS, concern_of
from lang.claims_modes import VERDICT

__all__ = ["CONCERNS", "concern_of"]


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


HEARSAY = _any(
    r"nghe nói|nghe đâu|nghe bảo|nghe kể|nghe đồn|nghe người ta|người ta (?:bảo|nói|kể|xì xào)|(?:bạn|chị|anh|"
    r"mẹ|người quen|hàng xóm|em gái|"
    r"bà|cô|bác)[^.,;]{0,30} (?:bảo|kể|nói|rỉ tai)|kể (?:lại|cho)|em (?:vừa )?nghe|đồn|xì xào|có người (?:bảo|"
    r"nói|trong cuộc)|chưa thấy (?:giấy|báo|văn bản)|"
    r"chắc (?:chắn|như đinh)|tin (?:này )?chắc|share gấp|chia sẻ (?:gấp|trước khi)|trước khi (?:bài )?bị (?:xóa|"
    r"gỡ)|giấu tên|mấy hôm nữa là có|báo chí không|"
    r"chỉ chờ áp dụng|đã chốt|xong hết rồi|(?:mấy|các) nhóm (?:đang )?(?:chuyển|truyền|đồn)|vừa báo em|nhắn về"
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
    r"trái với (?:thông báo|văn bản|công văn|quyết định|hướng dẫn)|gỡ bài|gỡ (?:ngay|xuống|bỏ)|mạo danh|"
    r"(?:khẳng định|nói rõ|cho hay|cho biết|lên tiếng|nhấn mạnh|xác nhận)[^.]{0,60}(?:không|chưa)|"
    r""
    r"không ban hành|phủ nhận|giả danh|mạo nhận|(?:là|đều) (?:đồ )?giả|nói (?:điêu|láo|bừa|oan|dối)|(?:là |"
    r"toàn )(?:tin |chuyện |đồ )?(?:tầm bậy|bậy|nhảm|xạo|vớ vẩn|linh tinh|láo|dựng|dựng chuyện|fake)|"
    r"không có cơ sở|thêu dệt|tin vịt|tin nhảm|tào lao|"
    r"làm gì có|không tồn tại|hoàn toàn sai|"
    r"(?:là|đều) (?:tin |nội dung |thông tin )?sai|(?:tin|thông tin|nội dung) sai|không có ca nào như|đừng tin)(?!\w)"
)
"""Somebody says that something told is not so."""

ASK = tuple(
    _any(words)
    for words in (
        r"chưa (?:được |thể )?(?:(?:cơ quan|nơi|đơn vị|ai|trường)[^.,;]{0,12} )?(?:xác minh|kiểm chứng|xác nhận)|"
        r"có thật (?:không|hay)|nhiễu loạn|chưa (?:được )?xác định|không rõ thật|chưa rõ "
        r"(?:thật|thực)|chưa rõ|không rõ|chưa dám (?:đăng|tin|chắc)|nhờ (?:bà con|mọi người|"
        r"ai)[^.]{0,12} xác nhận|thật (?:hay )?giả|thật không",
        r"đang (?:được |trích |kiểm |cho ){0,2}(?:camera|xác minh|kiểm tra|làm rõ|rà soát|trích xuất|tìm hiểu|"
        r"vào cuộc|chờ xác minh|lấy mẫu)|"
        r"(?:tới|để) làm rõ|tiếp tục tìm hiểu|yêu cầu[^.]{0,20}báo cáo|"
        r"đã lấy mẫu|nhờ kiểm tra|xác minh tin|ai xác minh|lập biên bản|vào cuộc",
        r"không thấy (?:giấy tờ|văn bản|công văn|thông báo)|(?:chưa|không)(?: ai)? (?:bình luận|lên tiếng|"
        r"phản hồi|nghe máy|liên lạc được|nhận được văn bản|"
        r"tìm thấy|có văn bản)|"
        r"hẹn (?:sẽ )?trả lời|chưa thấy (?:công văn|văn bản|thông báo)|chưa có kết luận|chưa thể kết luận|"
        r"còn quá sớm|chưa có bằng chứng|chưa (?:ai )?trả lời|chưa ai trả "
        r"lời|chờ (?:câu )?trả lời|khi có (?:kết quả|kết luận|trả lời)|chờ kết quả",
        r"(?:bài đăng|tin nhắn|bài viết|ảnh)[^.]{0,30}(?:cho rằng|nói|viết|ghi)[^.]{0,120}(?:nhưng|tuy nhiên|"
        r"song)|thực hư|có hay không|truyền (?:nhau|tay)|mỗi người (?:kể|nói) một|(?:chỉ )?nghe kể lại|"
        r"người ta đồn|có người nói[^.]{0,60}có người|(?:tin|chuyện) (?:này )?(?:từ đâu|có thật|thật không)|(?:người|"
        r"kẻ) thì (?:bảo|nói)|"
        r"truyền miệng|truyền tai|(?:nghe|do) (?:khách|người|hàng xóm|bạn)[^.]{0,12} kể|"
        r"chưa (?:được )?kiểm chứng|nghi vấn|liệu[^.]{0,80}(?:hay không|có)|được cho là|ai biết[^.]{0,"
        r"40}(?:không|thật)|kháo nhau|xôn xao|bàn tán|lời đồn|tin đồn|những lời này|lan truyền",
        r"phóng viên|tòa soạn|toà soạn|(?:đã |vừa )?(?:gọi|nhắn|liên hệ|gửi câu hỏi)[^.]{0,12} (?:cho|tới|đến|"
        r"với) |chúng tôi (?:liên hệ|hỏi|tìm)|"
        r"chúng tôi (?:đã|đang|chưa|sẽ|không)|đã (?:nhắn hỏi|gửi câu hỏi|chuyển ảnh)",
        r"(?:không|chưa) (?:hề )?(?:nêu|dẫn|đưa ra|kèm|đưa)(?: được)?[^.]{0,12} (?:nguồn|bằng chứng|hình ảnh|tên|"
        r"văn bản|"
        r"chứng cứ|link|địa chỉ)|chưa (?:có )?(?:ai|người|gia đình|phụ huynh|nhà|trường|"
        r"nơi)(?: nào)?[^.]{0,12} (?:trình báo|báo|xác nhận|ghi nhận)|"
        r"chưa (?:ghi nhận|tiếp nhận)|chưa nhận (?:được )?chỉ đạo|chưa có gia đình nào|chưa ai (?:trông thấy|"
        r"đưa ra|thấy)|không bài nào dẫn|không (?:nêu|tận mắt)|không có "
        r"(?:đường dẫn|dấu thời gian|số văn bản)|thì (?:bà|chị|anh|ông) (?:không biết|chưa rõ)|không tận mắt",
        r"(?:chờ|đợi|theo dõi) (?:xem )?(?:có )?(?:thông báo|thông tin|kết luận|kết quả)|khoan chia sẻ|"
        r"đừng (?:phát tán|chia sẻ)|"
        r"không nên (?:chia sẻ|đặt may)|đừng vội|nên đợi thông tin|bình tĩnh",
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

OWN = _any(
    r"(?:con|cháu|bé)(?: gái| trai)?(?: nhà)? (?:tôi|mình|chúng tôi)|nhà tôi|"
    r"(?:con|cháu|bé|em|mình|tôi|tớ) (?:chỉ |thi |vừa |đã )*(?:được|đạt|thiếu|thừa|hơn|đỗ) [\d,]+ điểm"
)

RULE = _any(
    r"quy định|văn bản|công văn|nghị quyết|quyết định|thông báo|kế hoạch|hướng dẫn|chính sách|lịch|mức|chỉ tiêu|"
    r"theo|từ năm học|năm học|các trường|tất cả|toàn bộ|mọi|được phép|cho phép|"
    r"bắt buộc|yêu cầu|sẽ|từ ngày|từ nay|áp dụng|được|phải|cấm|không còn|học sinh|giáo viên|phụ huynh"
)
"""Words of a rule or a plan, as against one case."""

INCIDENT = _any(
    r"bị bắt|cô (?:giáo )?[^.]{0,12}(?:bắt|ép)|trường (?:con|cháu|em|mình|tôi)|vẫn (?:bắt|thu|ép|không|nghĩ)|"
    r"con (?:tôi|em|mình)|nhà (?:tôi|em)|phiếu thu|hôm qua|sáng nay|(?<!từ )tháng này|tuần trước|hôm trước|"
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
    r"dụ (?:dỗ )?trẻ|bắt cóc|bắt (?:trẻ(?: con| em)?|học sinh)(?! (?:con |em )?(?:đi|phải|làm|học|nộp|đóng|mua|"
    r"ngồi|đứng|ăn|ký))|kéo lên xe|kẹo lạ|nhóm người [^.]{0,60}(?:bắt|dụ)|thôi miên"
)
"""Motifs of hoaxes that accuse nobody: strangers, needles, sweets."""

_STRANGER = _any(
    r"(?:người|kẻ|đám|bọn|nhóm|thanh niên|phụ nữ|đàn ông|xe|ông|bà|chị)(?: [^\W\d_]+){0,2} lạ|kẻ (?:gian|xấu)|"
    r"nhóm người|"
    r"có (?:người|kẻ|nhóm|đám|bọn|đối tượng)|đối tượng|bọn (?:xấu|buôn|bắt)|mấy (?:người|tên|đứa) [^.,]{0,20}"
)
_LURE = _any(
    r"phát|cho|bán|tặng|mời|dụ|rủ|rải|nhét|đưa|chích|xịt|dí|bế|bắt|kéo|dắt|lôi|rình|bám|lảng vảng|giả (?:làm|"
    r"danh|vờ)|đóng giả"
)
_EFFECT = _any(
    r"lịm|lơ mơ|mê man|mê mẩn|ngất|co giật|ảo giác|hôn mê|bị (?:dắt|bế|bắt|kéo|lôi)|dắt đi|bế đi|bắt đi|mất tích|"
    r"đi theo luôn|"
    r"ngủ thiếp|mất trí|nghiện|tẩm|chứa (?:khí|chất|thuốc)|nhiễm|đơ ra|lừa đi|đưa (?:đi|sang|qua) "
)
_CHILD = _any(r"trẻ|cháu|học sinh|bé|em|con|đứa|trường|học trò|lớp")


_THING = _any(
    r"(?:vi ?rút|vi-rút|virus|vi khuẩn|bệnh|chất|hóa chất|chất độc|ký sinh trùng)(?: lạ| độc| mới)?[^.;]{0,40}"
    r"(?:lây qua|dính (?:trên|vào|ở)|có (?:trong|ở)|bám|nằm (?:trong|ở)|lẫn (?:trong|vào)|tẩm)[^.;]{0,20}"
    r"(?:bút|vở|giấy|sách|đồ chơi|bóng|tẩy|đất nặn|slime|khẩu trang|tem|nhãn|tiền|khăn|cặp|áo|dép|hình dán|kẹo|thước)"
)


def hoax(low: str) -> bool:
    """Strangers who give or take something, or a thing that harms by itself, and what becomes of the children:
    nobody's conduct is told of."""
    if HOAX.search(low) or (_THING.search(low) and not ACTOR.search(low)):
        return True
    return bool(_STRANGER.search(low) and _LURE.search(low) and _EFFECT.search(low) and _CHILD.search(low))


DECISION = _any(
    r"(?:sẽ |sắp |phải |bắt |không được |được |cấm |bỏ |thu |đóng |nộp |nghỉ |thi |học |tăng |áp dụng |chuyển "
    r")+[^.]{0,80}|giá \d|bỏ việc|nghỉ việc"
)
CITYWIDE = _any(
    r"toàn thành phố|cả thành phố|học sinh thành phố|toàn tp|hải phòng|học sinh (?:lớp \d+|cấp \S+|trường công)|"
    r"tất cả (?:các )?(?:trường|học sinh|bếp)|học sinh từ lớp \d+|từ lớp \d+ (?:trở lên|đến|tới)|"
    r"mọi (?:trường|học sinh)|các trường|khóa (?:\d+|này|tới|sau|mới)|"
    r"ai không có|thi vào|lớp 10 công lập|trường công"
)


TIP = _any(
    r"giấu tên|(?:giữ kín|giấu) danh tính|(?:đừng|không|xin đừng|miễn) nêu (?:tên|trường)|kể cho (?:trang|ad|em|"
    r"mình|tôi)|không dám (?:nói|kể|mách|nêu|lên tiếng)|mất việc|"
    r"(?:gửi|nhắn)(?: tin| ảnh)?(?: vào| tới| cho| về| qua)? (?:hòm thư|trang|page|admin|ad|nhóm)|hòm thư|inbox|"
    r"tin nhắn|ảnh do|"
    r"(?:con|cháu|bé|em|đứa nhỏ)(?: gái| trai)?(?: nhà)?(?: tôi| em| mình| chị| anh| bác| ấy)? (?:về )?kể|kể ở|về kể|"
    r"phụ huynh gửi|(?:bạn|người)[^.,]{0,12} gửi|biết kêu ai|gọi cho ai|gửi đơn|chưa ai (?:trả lời|giải quyết)|"
    r"cầu cứu|"
    r"bị dọa|chụp lại|có (?:ảnh|ghi âm|bằng chứng)|không muốn tố"
)
"""Words of somebody who tells in confidence, or passes on what was confided."""
ACTOR = _any(
    r"cô|thầy|hiệu trưởng|hiệu phó|ban giám hiệu|kế toán|giáo viên|bảo mẫu|bảo vệ|chủ (?:nhóm|trường|lớp|cơ sở)|"
    r"hội trưởng|"
    r"hội phụ huynh|nhà trường|trường|trung tâm|cơ sở|nhóm trẻ|lớp|bếp|căng tin|lái xe|(?:mấy|năm|bốn|ba|"
    r"hai) đứa|nhóm (?:bạn|học sinh)"
)
HARM = _any(
    r"bắt|ép|buộc|lôi|nhét|chặn|giật|đấm|đá|đánh|tát|mắng|chửi|quát|dọa|đe|phạt|nhốt|trói|khống|chia nhau|rút tiền|"
    r"khóa cửa|"
    r"không nghe (?:điện thoại|máy)|biến mất|ôm tiền|mất tiền|đau bụng|nôn|chảy máu|sưng|bầm|ngất|khó thở|váng|"
    r"bẩn|hôi|thối|"
    r"trúng (?:y|tủ|hết|sạch)|điểm (?:kém|thấp|liệt|\d)|thu (?:thêm|trọn|sai|khống)|quỵt|nợ|bán|lộ|trừ (?:lương|"
    r"điểm)|cắt"
)
SCHOOLING = _any(
    r"học sinh|giáo viên|nữ sinh|nam sinh|phụ huynh|thầy|cô giáo|bảo mẫu|mầm non|mẫu giáo|tiểu học|thcs|thpt|"
    r"trung học|"
    r"trường (?:học|công|tư)|nhà trường|lớp học|bán trú|nhà trẻ|hiệu trưởng|học trò|thí sinh|kỳ thi"
)
SATIRE = _any(r"trào phúng|chuyện cười|truyện cười|cá tháng tư|châm biếm|tiểu phẩm|hư cấu|biếm họa|báo cười|tấu hài")
"""A text that says of itself that it is made up to amuse."""


def asks(low: str) -> frozenset[int]:
    """Kinds of words of asking and checking that a text has."""
    return frozenset(n for n, pattern in enumerate(ASK) if pattern.search(low))
