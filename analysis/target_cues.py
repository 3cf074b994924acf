"""Words that fault or praise, which side of them their object stands on, and what an institution does beside them.

A rule, no learning: the judge has said already *that* an item faults or praises; here it is only asked *whom*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.target_words import folded_pattern
from lang.text import old_tone_style

_FAULT_VERBS = (
    "tố cáo|tố|phản đối|chỉ trích|chê trách|chê|trách|phê phán|phê bình|khiển trách|tẩy chay|khiếu nại|"
    "khiếu kiện|kêu cứu|"
    "lên án|cáo buộc|chất vấn|phẫn nộ với|bức xúc với|bức xúc vì|bức xúc|bất bình|phàn nàn|kêu trời|"
    "than phiền|thắc mắc|phản ánh|nghi ngờ|không tin|"
    "mất niềm tin|thất vọng|đòi|yêu cầu công khai|đặt câu hỏi|hoài nghi|dậy sóng|nổi giận|ta thán|phẫn nộ|kiện"
)
_FAULTS = (
    "chậm trễ|chậm chạp|phản ứng chậm|chậm|thiếu trách nhiệm|vô trách nhiệm|tắc trách|buông lỏng|vô cảm|thờ ơ|"
    "né tránh|đùn đẩy|"
    "im lặng|bao che|lấp liếm|quanh co|lạm thu|thu sai|thu trái|ép|bắt ép|bắt|trái quy định|sai quy định|"
    "sai phạm|không minh bạch|thiếu minh bạch|"
    "mập mờ|bất cập|bất hợp lý|vô lý|cứng nhắc|hình thức|bệnh thành tích|lúng túng|rối ren|gây khó|làm khó|"
    "hành|xem nhẹ|"
    "phân biệt|tận thu|yếu kém|kém|thất hứa|thiếu công bằng|mất công bằng|lỗ hổng|thiếu sót|rối|bị động|"
    "chưa trả|không trả lời|chưa trả lời|"
    "không giải thích|đẩy|áp đặt|tham nhũng|ăn chặn|cắt xén|lèo tèo|gian dối|trù dập|mất an toàn|lãng phí|"
    "nguy hiểm|bối rối|gây tranh cãi|xôn xao|"
    "bất an|hoang mang|xẻ thịt|ngăn cản"
)
_PRAISE_VERBS = (
    "khen ngợi|khen|biểu dương|tuyên dương|cảm ơn|cám ơn|tri ân|biết ơn|ca ngợi|hoan nghênh|ghi nhận|"
    "đánh giá cao|tôn vinh|"
    "vinh danh|tin tưởng|tin yêu|đồng tình|ủng hộ|yên tâm|hài lòng|khâm phục|ngưỡng mộ|cảm kích|thán phục|"
    "xúc động|phấn khởi|"
    "tặng bằng khen|trao bằng khen|thư cảm ơn|chúc mừng|lời khen|nể phục"
)
_PRAISES = (
    "tận tâm|tận tụy|chu đáo|kịp thời|nhanh chóng|minh bạch|tự hào|điểm sáng|lá cờ đầu|mẫu mực|kiểu mẫu|"
    "hiệu quả|sáng tạo|"
    "dấu ấn|uy tín|xuất sắc|tiên phong|đổi mới|bứt phá|đi đầu|ấn tượng|thành công|nổi bật|vươn lên|"
    "chuyển mình|trách nhiệm|tâm huyết|"
    "chất lượng cao|công khai|lắng nghe|cầu thị|điển hình|dẫn đầu|khang trang|nhân văn"
)
_PASSIVE = r"(?:bị|được|nhận)(?: [^\W\d_]+){0,3}\s*[\"“'‘]?$"
# What stands right behind an office that acts, answers or judges others, and right before one that is only cited.
_ACTS = (
    r"^(?: [^\W\d_]+){0,4}? (?:yêu cầu|chỉ đạo|đề nghị|vào cuộc|kiểm tra|thanh tra|xác minh|làm rõ|đình chỉ|"
    r"xử lý|xử phạt|"
    r"kỷ luật|cảnh cáo|phê bình|khiển trách|nhắc nhở|chấn chỉnh|khen|biểu dương|tuyên dương|đánh giá cao|"
    r"ghi nhận|chúc mừng|cảm ơn|tặng|trao|"
    r"ca ngợi|tôn vinh|vinh danh|công bố kết luận|kết luận|cử|lập đoàn|thu hồi|ra quyết định|quyết định|"
    r"hướng dẫn|chê|bác bỏ|bác)(?![^\W_])"
)
_ANSWERS = (
    r"^(?: [^\W\d_]+){0,3}? (?:lên tiếng|nói gì|nói|phản hồi|trả lời|giải thích|thông tin|cho biết|khẳng định|"
    r"phủ nhận|cho rằng|"
    r"xin lỗi|thừa nhận|lý giải|cam kết|tiếp thu)(?![^\W_])"
)
_CITED = (
    r"(?:theo|gửi|gửi đơn|kiến nghị|báo cáo|lên|tới|đến|trình|đơn gửi|giám đốc|phó giám đốc|đại diện|"
    r"nguồn tin|văn bản của|quy định của|"
    r"chỉ đạo của|hướng dẫn của|quyết định của|kết luận của|bằng khen của|giấy khen của|do|được|phía)\s+$"
)
_MEMBER = (
    r"(?:phụ huynh|cha mẹ|học sinh|học trò|sinh viên|cựu học sinh|cựu sinh viên|tân sinh viên|nam sinh|nữ sinh|em)"
    r"(?: (?:của|ở|tại|lớp [\w/]+|khối \d+|đang học))*\s+$"
)
_PERSON = (
    r"(?:giáo viên|cô giáo|thầy giáo|nữ giáo viên|nam giáo viên|giảng viên|bảo mẫu|nhân viên|bảo vệ|thầy|cô|kế toán)"
    r"(?: (?!và)[^\W_]+){0,2}?(?: (?:của|ở|tại))?,?\s+$"
)

_SCENE = r"(?:điểm thi|hội đồng thi|cụm thi|phòng thi)(?: (?:tại|ở|của))? $"


@dataclass(frozen=True, slots=True)
class Cue:
    """An evaluative word. ``turn``: 1 its object follows ("phản đối X"), -1 it precedes ("X bị tố", "X chậm trễ")."""

    start: int
    end: int
    turn: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns of one stance; built once for each of (stance, folded)."""

    pattern: re.Pattern[str]
    passive: re.Pattern[str]
    acts: re.Pattern[str]
    answers: re.Pattern[str]
    cited: re.Pattern[str]
    member: re.Pattern[str]
    person: re.Pattern[str]
    scene: re.Pattern[str]

    @classmethod
    def compile(cls, stance: str, folded: bool) -> Cues:
        """``stance``: critical or supportive."""
        verbs, words = (_FAULT_VERBS, _FAULTS) if stance == "critical" else (_PRAISE_VERBS, _PRAISES)

        def make(source: str) -> re.Pattern[str]:
            source = old_tone_style(source)
            return re.compile(folded_pattern(source) if folded else source)

        def longest(listed: str) -> str:
            return "|".join(sorted(listed.split("|"), key=len, reverse=True))

        whole = rf"(?<![^\W_])(?:(?P<verb>{longest(verbs)})|(?P<word>{longest(words)}))(?![^\W_])"
        return cls(
            make(whole), make(_PASSIVE), make(_ACTS), make(_ANSWERS), make(_CITED), make(_MEMBER), make(_PERSON),
            make(_SCENE),
        )  # fmt: skip

    def find(self, low: str) -> list[Cue]:
        """Cues in reading order, at most 60."""
        found: list[Cue] = []
        for match in self.pattern.finditer(low):
            turn = -1
            if match.lastgroup == "verb":
                turn = -1 if self.passive.search(low[max(0, match.start() - 24) : match.start()]) else 1
            found.append(Cue(match.start(), match.end(), turn, 1.0 if match.lastgroup == "verb" else 0.8))
            if len(found) == 60:
                break
        return found

    def part(self, low: str, start: int, end: int) -> str:
        """What the institution at ``start:end`` does there: acts · answers · cited · person · member ·
        scene · ""."""
        before, after = low[max(0, start - 60) : start], low[end : end + 60]
        if self.person.search(before):
            return "person"
        if self.scene.search(before):
            return "scene"
        if self.cited.search(before) or after.startswith(":"):
            return "cited"
        if self.acts.search(after):
            return "acts"
        if self.answers.search(after):
            return "answers"
        return "member" if self.member.search(before) else ""
