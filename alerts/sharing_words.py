"""Words of what is shared: the data dictionary says what each field is."""

from __future__ import annotations

TITLE = "Dữ liệu chia sẻ: tin, bài về giáo dục Hải Phòng"
RULES = (
    "Liên kết, không có toàn văn của báo. Tiêu đề đã che tên học sinh, và người lớn không giữ chức vụ công bị cáo "
    "buộc, bị nạn, bị bệnh. Không có sắc thái, thái độ: không ai ghép được báo với khen, chê. Tin, bài có phản ánh "
    "chưa được Văn phòng Sở cho chuyển không có trong tệp, chỉ được đếm."
)
DICTIONARY_COLUMNS = ("Trường", "Kiểu", "Nghĩa", "Giá trị, ví dụ")
BAD_WINDOW = "--from {first} đứng sau --to {last}"
LONG_WINDOW = "một tệp chia sẻ nhiều nhất {days} ngày; chia thành nhiều tệp"
UNKNOWN_FORMAT = "--format {given!r}: viết json hoặc csv"

FIELDS = (
    ("id", "chữ", "Mã của bài, không đổi; một địa chỉ là một bài", "art_…"),
    (
        "story", "chữ",
        "Mã của nhóm tin mà bài thuộc về; mã của bài khi đứng riêng. Hai nhóm gộp lại thì mang mã của nhóm còn lại",
        "sto_…",
    ),
    (
        "relation", "chữ", "Bài đứng thế nào trong nhóm tin",
        "original bài gốc · reprint đăng lại · follow_up tiếp theo · debunk bài bác bỏ · trống: đứng riêng",
    ),
    ("url", "địa chỉ", "Nơi đọc bài trên trang của báo", "https://…"),
    ("title", "chữ", "Tiêu đề, đã che", "một dòng, nhiều nhất 300 ký tự"),
    ("outlet", "chữ", "Tên báo, cơ quan như người ta gọi", "Báo Cảng Biển"),
    ("source", "chữ", "Mã nguồn trong config/sources", "bao_cang"),
    ("source_kind", "chữ", "Loại nguồn", "city_press, central_press, department_site … (docs/add-a-source.md)"),
    ("language", "chữ", "Ngôn ngữ của bài", "vi, en, zh"),
    ("first_seen", "ngày giờ", "Hệ thống thấy bài lần đầu, giờ Việt Nam", "2026-05-31T06:12:00+07:00"),
    ("published", "ngày giờ", "Giờ đăng ghi trên trang; trống khi không biết", "2026-05-31T05:50:00+07:00"),
    ("education", "chữ", "Máy nhận định: về giáo dục nào", "core mầm non, phổ thông · higher đại học, nghề"),
    ("here", "chữ", "Máy nhận định: có phải về Hải Phòng", "direct việc ở Hải Phòng · mention có nhắc"),
    ("topics", "danh sách", "Chủ đề máy nhận định", "exams, fees … (config/topics.yml, topics)"),
    ("themes", "danh sách", "Chuyên mục của Sở", "nq71, ts10 … (config/topics.yml, themes)"),
    ("communes", "danh sách", "Mã xã, phường, đặc khu mà bài nhắc tên, danh mục từ 01/7/2025", "10660 …"),
)  # fmt: skip
"""Name, type, meaning, values of each field of `alerts.sharing.Shared`, in order."""
