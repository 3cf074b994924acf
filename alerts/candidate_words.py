"""Words of candidates and concerns, for the desk, the command line and the digest (promise 1: never a verdict)."""

from __future__ import annotations

from collections.abc import Mapping

RESULTS: Mapping[str, str] = {
    "khop": "khớp với văn bản",
    "khong_khop": "không khớp với văn bản",
    "dung_mot_phan": "đúng một phần",
    "chua_du_can_cu": "chưa đủ căn cứ",
    "la_y_kien": "là ý kiến",
}
STATES: Mapping[str, str] = {
    "open": "chờ đối chiếu",
    "done": "đã có kết quả",
    "over": "không còn căn cứ",
    "apart": "văn bản chưa thống nhất",
}
ROLES: Mapping[str, str] = {
    "carrier": "Nêu",
    "reporter": "Thuật lại, hỏi",
    "debunker": "Bác bỏ",
    "official": "Cơ quan trả lời",
}
SLOTS: Mapping[str, str] = {
    "number": "số liệu",
    "date": "ngày giờ",
    "time": "ngày giờ",
    "negation": "điều được phép hoặc phải làm",
    "scope": "đối tượng áp dụng",
    "place": "nơi chốn",
    "issuer": "cơ quan ban hành hoặc số văn bản",
    "validity": "văn bản còn hiệu lực",
}
NOTES: Mapping[str, str] = {
    "looked": "đã xem",
    "found": "đã tìm hiểu",
    "passed": "đã chuyển Văn phòng Sở",
}
CLOSED_BY: Mapping[str, str] = {
    "supports": "nay khớp với văn bản trong kho",
    "unrelated": "văn bản trong kho nay không nói tới điều này",
    "debunks": "bản mới của bài bác bỏ điều này",
    "reports_rumour": "bản mới của bài thuật lại và hỏi",
    "apart": "các văn bản nói khác nhau",
    "contradicts": "nay được so với văn bản khác",
    "outdated": "nay được so với văn bản khác",
    "unsourced": "nay không văn bản nào nói tới",
    "concern": "là phản ánh cần xác minh",
}


def reason_name(reason: str) -> str:
    """A kind of reason: ``contradicts:number`` → *không khớp về số liệu*."""
    relation, _, slot = reason.partition(":")
    if relation == "contradicts":
        return f"không khớp về {SLOTS.get(slot, slot)}"
    told = {
        "outdated": "khớp với văn bản đã được thay thế",
        "unsourced": "không nêu nguồn, chưa cơ quan nào công bố",
        "forged": "số văn bản không thể có",
        "look_alike": "địa chỉ trang gần giống trang của cơ quan",
        "apart": "các văn bản nói khác nhau",
    }
    return told.get(relation, relation)


def likely(score: float) -> str:
    """A score in a word."""
    return "căn cứ rõ" if score >= 0.8 else "căn cứ khá rõ" if score >= 0.5 else "căn cứ yếu"


BORNE_OUT = "lý do này: {confirmed}/{of} lần được xác nhận"
CANDIDATES = "Cần đối chiếu: {open} mục đang chờ, {new} mới trong kỳ"
CONCERNS = "Phản ánh cần xác minh: {open} đang chờ xem, {new} mới trong kỳ"
CARRIED_BY = "{reason}, {count} bài"

# What is wrong with a form, each beginning with the field that it is about.
RESULT, REASON, NAME, TEXT = "kết quả", "lý do", "họ và tên", "nội dung"
NO_RESULT = "kết quả: chọn một trong năm kết quả"
NO_KIND = "việc đã làm: chọn một trong ba"
NEEDS_DOCUMENT = (
    "văn bản: ghi số, ký hiệu hoặc mã của văn bản đã đối chiếu; không có văn bản thì kết quả là “chưa đủ căn cứ” hoặc "
    "“là ý kiến”"
)
DOCUMENT_TOO_LONG = "văn bản: dài quá {limit} ký tự; chỉ ghi số, ký hiệu hoặc mã"
SECOND_FIRST = "đọc lại: chưa có kết quả lần đầu nên chưa đọc lại được"
SECOND_OTHER = "đọc lại: người đọc lại phải khác người đã ghi kết quả lần đầu"
NO_CANDIDATE = "{id}: không có mục đối chiếu này; xem `haidang candidates list`"
NO_CONCERN = "{id}: không có phản ánh này; xem `haidang concerns list`"
