"""Rows in words: judgements, stages, outcomes and states as people read them, on the desk and in `haidang trace`.

A label is an observation of a machine, never a finding: nothing here says that something is false (promise 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from config.topics import load_topics

KINDS: Mapping[str, str] = {
    "edu": "Giáo dục",
    "hp": "Hải Phòng",
    "topics": "Chủ đề",
    "tone": "Sắc thái",
    "stance": "Thái độ với cơ quan, trường",
    "kind": "Thể loại",
    "rumour": "Tin đồn",
    "summary": "Tóm tắt",
}
LABELS: Mapping[str, Mapping[str, str]] = {
    "edu": {
        "core": "giáo dục mầm non, phổ thông, thường xuyên",
        "higher": "đại học, nghề nghiệp",
        "none": "không phải giáo dục",
    },
    "hp": {"direct": "nói về Hải Phòng", "mention": "có nhắc Hải Phòng", "none": "không nhắc Hải Phòng"},
    "tone": {"neg": "▼ bất lợi", "neu": "■ trung lập", "pos": "▲ thuận lợi"},
    "stance": {
        "critical": "có ý kiến phê bình",
        "supportive": "ghi nhận, biểu dương",
        "none": "không khen, không phê bình",
    },
    "kind": {
        "news": "tin tức",
        "opinion": "ý kiến, bình luận",
        "service": "thông tin tra cứu, hướng dẫn",
        "feature": "chân dung, ghi chép",
        "promo": "bài quảng bá",
    },
    "rumour": {"report": "nhắc tin đồn", "debunk": "bác bỏ tin đồn", "none": "không nói tới tin đồn"},
    "summary": {"extractive": "trích nguyên văn"},
}
STAGES: Mapping[str, str] = {
    "found": "Phát hiện",
    "fetch": "Tải trang",
    "gone": "Trang bị gỡ",
    "health": "Kiểm tra nguồn",
    "read": "Đọc",
    "judge": "Nhận định",
    "label": "Nhãn của người",
    "reference": "Văn bản đối chiếu",
    "group": "Nhóm tin",
    "check": "Đối chiếu",
    "recheck": "Xét lại theo văn bản",
    "digest": "Điểm báo",
    "escalate": "Nhắc hạn, leo thang",
    "warn": "Cảnh báo sớm",
    "notify": "Báo việc",
    "deliver": "Gửi",
    "drift": "Xem máy có nhận định khác trước",
}
STATES: Mapping[str, str] = {"due": "đang chờ", "leased": "đang làm", "done": "đã xong", "dead": "cần can thiệp"}
OUTCOMES: Mapping[str, str] = {
    "fetched": "đã tải",
    "reference": "thành văn bản đối chiếu, chờ người xác nhận",
    "no_reference": "không phải văn bản, thông tin của cơ quan",
    "not_fetched": "không tải được; vẫn giữ tiêu đề và sapo",
    "read": "đã đọc",
    "read_partly": "đọc được một phần",
    "unchanged": "không có gì thay đổi",
    "not_an_article": "không phải một bài",
    "unreadable": "không đọc được",
    "checked": "đã kiểm tra",
    "deletion_recorded": "đã ghi việc bị gỡ",
    "review_opened": "đã ghi việc bị gỡ, cần xem xét xóa bản lưu",
    "relevant": "được chọn",
    "to_review": "cần xem lại",
    "irrelevant": "không thuộc phạm vi theo dõi",
    "cannot_judge": "không nhận định được",
    "story_started": "mở đầu một nhóm tin",
    "story_joined": "vào nhóm tin đã có",
    "reprint": "là bài đăng lại",
    "not_grouped": "không xếp vào nhóm tin nào",
    "candidate_raised": "có câu cần đối chiếu",
    "concern_noted": "là phản ánh cần xác minh",
    "role_noted": "thuật lại, bác bỏ hoặc trả lời điều bài khác nêu",
    "nothing_raised": "không có gì phải đối chiếu",
    "text_replaced": "bài đã có bản mới hơn",
    "checks_planned": "đã xếp lịch đối chiếu lại",
    "built": "đã phát hành",
    "already_built": "đã phát hành từ trước",
    "planned": "đã xếp gửi",
    "told_before": "đã báo từ trước",
    "sent": "đã gửi",
    "not_sent": "không gửi được",
    "gave_up": "thôi thử sau nhiều lần",
}
FETCHED: Mapping[str, str] = {
    "fetched": "tải được",
    "not_modified": "không có gì mới",
    "robots_denied": "robots.txt không cho tải",
    "robots_unreachable": "không hỏi được robots.txt nên chưa tải",
    "http_error": "máy chủ báo lỗi",
    "gone": "trang không còn",
    "too_many": "máy chủ hẹn lại",
    "timeout": "quá giờ chờ",
    "unreachable": "không nối được",
    "too_large": "trang quá lớn",
    "too_many_redirects": "chuyển hướng quá nhiều lần",
    "target_refused": "địa chỉ không được phép tải",
    "truncated": "tải thiếu",
}
BASIS: Mapping[str, str] = {
    "feed": "chỉ có tiêu đề và sapo (chưa có toàn văn)",
    "page": "toàn văn",
    "inbox": "nội dung cán bộ nhập (không phải báo)",
}
PUBLISHED_FROM: Mapping[str, str] = {
    "json-ld": "dữ liệu của trang",
    "meta": "dữ liệu của trang",
    "feed": "bản tin RSS",
    "url": "địa chỉ bài",
    "page": "dòng ngày giờ trên trang",
    "time-tag": "dòng ngày giờ trên trang",
    "selector": "dòng ngày giờ trên trang",
    "sitemap": "sơ đồ trang",
    "listing": "trang chuyên mục",
    "youtube": "YouTube",
    "facebook": "Facebook",
    "zalo": "Zalo",
}
UNKNOWN = "không rõ"
ALERTS: Mapping[str, tuple[str, str]] = {
    "never_answered": ("▲", "chưa trả lời lần nào"),
    "failing": ("▲", "không tải được"),
    "silent": ("▲", "im lặng"),
    "late": ("△", "chậm hơn thường lệ"),
    "flooding": ("△", "nhiều tin bất thường"),
    "layout_changed": ("△", "đổi bố cục trang"),
}
ALERT_EVERYWHERE = "nhiều nguồn cùng ít tin"
CHANNELS: Mapping[str, str] = {
    "feed": "bản tin RSS",
    "sitemap": "sơ đồ trang (sitemap)",
    "listing": "trang chuyên mục",
    "youtube": "kênh YouTube",
    "facebook": "trang Facebook",
    "zalo": "tài khoản Zalo",
}
COVERAGE_ONE_WAY = "chỉ có một đường, chưa đối chiếu được"
COVERAGE_NOTHING = "chưa có gì để đối chiếu trong quãng này"
COVERAGE_PATH = "{kind} {percent} % ({seen}/{union}, sót {missed})"

ABSENT = "Trang gốc không còn ({status}) từ {since}, thấy lần cuối {seen}"
ABSENT_BACK = "Trang gốc từng không còn ({status}) từ {since}, thấy lại {back}; trước đó thấy lần cuối {seen}"
ABSENT_ONCE = "mới thấy một lần, có thể là lỗi tạm thời của máy chủ; còn xem lại"
ABSENT_CONFIRMED = "đã xác nhận bằng lần xem lại {at}"
ABSENT_MINOR = "bài có tên người chưa thành niên"

TRACE_FOUND = "Thấy lần đầu trên {outlet}, trong {where}."
TRACE_BROUGHT = "Cán bộ đưa vào hộp thư góp tin; đã che trước khi lưu."
TRACE_FETCH = "Tải trang: {said}."
TRACE_READ = "Đọc được {basis}{published}; tiêu đề “{title}”."
TRACE_PUBLISHED = "; đăng {at} (theo {source})"
TRACE_TASK = "Việc “{stage}”: {said}"
TRACE_DEAD = "cần can thiệp: không xong sau {attempt} lần thử"
TRACE_WAITS = "{state}, từ {at}"
TRACE_SHOWN = "Có trong điểm báo {day}."
IN_DIGESTS = "Có trong điểm báo: {days}."
LEFT_OUT_BY = "Không có trong điểm báo: {by} xem lại và cho là không thuộc phạm vi theo dõi."
NOT_READ = "Chưa đọc được nội dung nào của bài này."
NOT_JUDGED = "Chưa được nhận định; đang chờ trong danh sách việc."
NOT_ISSUED = "Được chọn, nhưng chưa có điểm báo nào phát hành cho khoảng thời gian của bài."
NOT_IN_DIGEST = "Không có trong điểm báo: {why}"


@cache
def _topics() -> Mapping[str, str]:
    """Names from config/topics.yml: one place to word them."""
    return load_topics()


def label(kind: str, value: str) -> str:
    """A judgement's label in words; one that we do not know stays as it is."""
    if kind == "topics":
        known = _topics()
        names = [_lower_first(known.get(part, part)) for part in value.split(",") if part]
        return ", ".join(names) or "không rõ chủ đề"
    return LABELS.get(kind, {}).get(value, value or "không có")


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]
