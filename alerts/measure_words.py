"""How measures are shown: steps, counts, ranges, and what is not measured and why."""

from __future__ import annotations

from collections.abc import Mapping

STEPS: Mapping[str, str] = {
    "published": "đăng",
    "found": "phát hiện",
    "flagged": "đánh dấu",
    "delivered": "báo tới nơi",
    "received": "vào sổ nhận",
    "answered": "trả lời",
    "closed": "kết thúc",
}
SCOPES: Mapping[str, str] = {"all": "Tất cả", "office": "Đơn vị", "theme": "Chuyên mục", "month": "Tháng mở việc"}
TITLE = "Đo thời gian xử lý: {n} việc mở từ {first} đến {last}"
NOTHING = "Không có việc nào mở từ {first} đến {last}."
ALWAYS = "đầu"
MERGED = "{n} việc đã nhập vào việc khác, không tính riêng: {cases}"
GROUP = "{scope} {name}: {n} việc"
GROUP_ALL = "Tất cả: {n} việc"
NO_THEME = "(chưa có chuyên mục)"
HOP = "  {begins} → {ends}: {n} việc"
HOP_RANGE = ", từ {least} đến {most}"
HOP_MEDIAN = ", trung vị {wall} ({working} giờ làm việc)"
WAITING = "; chưa tới bước sau: {n}"
UNKNOWN = "; không biết bước trước: {n}"
DISORDERED = "; bước sau có trước (đã nhận trước khi báo tới): {n}"
ON_TIME = "  {clock}: đúng hạn {kept}/{of}{percent}"
PERCENT = " ({percent} %)"
LATE = "; trễ: {cases}"
OPEN = "; chưa tới hạn hoặc đang tạm dừng: {n}"
ENDED = "; kết thúc mà không trả lời: {n}"
UNRECEIVED = "; chưa vào sổ nhận: {n}"
OF = "    mẫu số: {cases}"
OWN = "  Tính từ lúc đơn vị vào sổ nhận:"
BEFORE = "  Thời gian trước khi vào sổ nhận (của Văn phòng): {n} việc, từ {least} đến {most}"
FOLLOWED = "  Theo dõi trả lời: không thuộc quyền Sở nên không đo đúng hạn, không xếp hạng."
ANSWERED = "  đã trả lời: {answered}; đang chờ: {waiting}"
PAUSED = "  Đã trừ thời gian tạm dừng: {n} việc, tổng {time}"
NOTE = (
    "Dưới {few} việc chỉ đếm, không tính tỷ lệ, không tính trung vị. Thời gian tạm dừng đã trừ. "
    "Đơn vị xếp theo danh bạ, không xếp hạng. Danh sách việc của từng con số: thêm --json."
)
MORE = "… và {n} việc nữa"
DAYS, HOURS, MINUTES = "{n} ngày {h} giờ", "{h} giờ {m} phút", "{m} phút"
NO_OFFICE = "{office}: không có mã này trong danh bạ liên hệ; xem `haidang channels list`"
BACKWARDS = "--from {first} sau --to {last}; đổi lại"
