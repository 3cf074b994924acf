"""Every word of the desk that is not in a template. Words shared with the digest stand in `alerts.messages`.

A label is an observation of a machine, never a finding: nothing here says that something is false (promise 1).
"""

from __future__ import annotations

from collections.abc import Mapping

REFUSED_WHAT = (
    "bàn làm việc chưa có tài khoản và phân quyền nên chỉ được mở trên chính máy này · "
    "the desk has no accounts yet, so it listens on this machine only"
)
REFUSED_FIX = (
    "đặt desk_host: 127.0.0.1 (hoặc bỏ dòng đó) trong settings.yml, bỏ HAIDANG_DESK_HOST · "
    "set desk_host to 127.0.0.1, or remove it"
)
PORT_TAKEN = (
    "{address} đang có chương trình khác dùng; đặt desk_port khác trong settings.yml · "
    "the port is taken, choose another desk_port"
)
WRONG_HOST = (
    "Bàn làm việc chỉ trả lời trên chính máy này: mở http://127.0.0.1 hoặc http://localhost kèm cổng đã cấu hình.\n"
    "This desk answers on this machine only.\n"
)

NAV = (("today", "/", "Hôm nay"), ("articles", "/tin-bai", "Tin, bài"), ("sources", "/nguon", "Nguồn theo dõi"),
       ("tasks", "/viec", "Việc của máy"))  # fmt: skip

ERRORS: Mapping[int, tuple[str, str, str]] = {
    400: ("Địa chỉ này có chỗ không đọc được", "Không có gì bị mất.", "Sửa chỗ nói dưới đây rồi thử lại."),
    404: (
        "Không có trang này",
        "Không có gì bị mất.",
        "Kiểm tra lại địa chỉ; bài, điểm báo chỉ mở được sau khi hệ thống đã ghi nhận.",
    ),
    405: ("Bàn làm việc bản này chỉ để đọc", "Không có gì bị thay đổi.", "Dùng lệnh haidang để ra lệnh cho hệ thống."),
    500: (
        "Trang này gặp lỗi",
        "Dữ liệu đã lưu vẫn nguyên; việc tải tin và phát hành điểm báo chạy riêng, không dừng.",
        "Thử lại sau một phút. Nếu vẫn lỗi, báo người quản trị kèm mã lỗi và chạy “haidang doctor”.",
    ),
    503: (
        "Cơ sở dữ liệu đang bận hoặc không mở được",
        "Dữ liệu đã lưu vẫn nguyên.",
        "Thử lại sau một phút. Nếu vẫn lỗi, báo người quản trị kèm mã lỗi và chạy “haidang doctor”.",
    ),
}

KINDS: Mapping[str, str] = {
    "edu": "Giáo dục",
    "hp": "Hải Phòng",
    "topics": "Chủ đề",
    "tone": "Sắc thái",
    "stance": "Thái độ với cơ quan, trường",
    "kind": "Thể loại",
    "rumour": "Tin đồn",
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
}
TOPICS: Mapping[str, str] = {
    "exams": "thi, tuyển sinh",
    "curriculum": "chương trình, sách giáo khoa",
    "fees": "học phí, thu chi",
    "extra_teaching": "dạy thêm, học thêm",
    "violence": "bạo lực học đường, xâm hại",
    "safety": "an toàn trường học",
    "food": "bán trú, an toàn thực phẩm",
    "teachers": "nhà giáo",
    "facilities": "trường lớp, cơ sở vật chất",
    "digital": "chuyển đổi số",
    "policy": "chính sách, quản lý",
    "commendation": "gương tốt, khen thưởng",
    "wrongdoing": "vi phạm, tiêu cực",
    "health": "sức khoẻ, tâm lý",
    "international": "hợp tác quốc tế, du học",
    "activities": "sự kiện, hoạt động",
}

STAGES: Mapping[str, str] = {
    "found": "Phát hiện",
    "fetch": "Tải trang",
    "read": "Đọc",
    "judge": "Nhận định",
    "group": "Nhóm tin",
    "digest": "Điểm báo",
    "deliver": "Gửi",
}
STATES: Mapping[str, str] = {"due": "đang chờ", "leased": "đang làm", "done": "đã xong", "dead": "bỏ dở"}
OUTCOMES: Mapping[str, str] = {
    "fetched": "đã tải",
    "not_fetched": "không tải được; vẫn giữ tiêu đề và sapo",
    "read": "đã đọc",
    "read_partly": "đọc được một phần",
    "unchanged": "không có gì thay đổi",
    "not_an_article": "không phải một bài",
    "unreadable": "không đọc được",
    "relevant": "được chọn",
    "to_review": "cần xem lại",
    "irrelevant": "không thuộc phạm vi theo dõi",
    "cannot_judge": "không nhận định được",
    "story_started": "mở đầu một nhóm tin",
    "story_joined": "vào nhóm tin đã có",
    "reprint": "là bài đăng lại",
    "not_grouped": "không xếp vào nhóm tin nào",
    "built": "đã phát hành",
    "already_built": "đã phát hành từ trước",
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
FINE = frozenset({"fetched", "not_modified"})
DELIVERY: Mapping[str, str] = {
    "pending": "chờ gửi",
    "sending": "đang gửi",
    "sent": "đã gửi",
    "failed": "không gửi được",
    "bundled": "gộp vào thư khác",
}
BASIS: Mapping[str, str] = {
    "feed": "chỉ có tiêu đề và sapo (chưa có toàn văn)",
    "page": "toàn văn",
}
PUBLISHED_FROM: Mapping[str, str] = {
    "json-ld": "dữ liệu của trang",
    "meta": "dữ liệu của trang",
    "feed": "bản tin RSS",
    "url": "địa chỉ bài",
}
CHOICES: Mapping[str, str] = {
    "chon": "được chọn và cần xem lại",
    "relevant": "được chọn",
    "to_review": "cần xem lại",
    "irrelevant": "không thuộc phạm vi theo dõi",
    "cannot_judge": "không nhận định được",
    "chua": "chưa nhận định",
    "tat_ca": "tất cả",
}

FAILING, SILENT, NEVER, UNVERIFIED, RUNNING, OFF, NO_CHANNEL = range(7)
TROUBLE: Mapping[int, tuple[str, str]] = {
    FAILING: ("▲", "đang lỗi"),
    SILENT: ("▲", "im lặng"),
    NEVER: ("○", "chưa tải lần nào"),
    UNVERIFIED: ("●", "chạy, chưa kiểm chứng"),
    RUNNING: ("●", "chạy"),
    OFF: ("–", "chưa bật"),
    NO_CHANNEL: ("–", "chưa có kênh"),
}


def label(kind: str, value: str) -> str:
    """A judgement's label in words; one that we do not know stays as it is."""
    if kind == "topics":
        names = [TOPICS.get(part, part) for part in value.split(",") if part]
        return ", ".join(names) or "không rõ chủ đề"
    return LABELS.get(kind, {}).get(value, value or "không có")
