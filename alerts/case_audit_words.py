"""What `haidang audit verify` says."""

from __future__ import annotations

GAP = "mắt xích {first}–{last} không còn (tiếp theo là {seq}): có dòng đã bị xóa"
PREV = "mắt xích {seq}: không nối với mắt xích trước; có dòng đã bị thay hoặc xóa"
HASH = "mắt xích {seq} ({id}): mã không khớp với nội dung dòng; dòng đã bị sửa"
PAYLOAD = "mắt xích {seq} ({id}): nội dung đã bị sửa hoặc thay bằng nội dung khác"
MISSING = "mắt xích {seq} ({id}): nội dung không còn mà không có quyết định xóa nào nêu"
STRAY = "nội dung của {id} không thuộc mắt xích nào"
ROWS = "việc {label} ({id}): trạng thái đang lưu khác với những gì các sự kiện cộng lại"
NO_ROWS = "{n} mắt xích thuộc việc không có trong danh sách việc"
LOST = "việc {label} ({id}): không có sự kiện nào"
HEAD_GONE = "{where}: đã in mắt xích {seq}, nay chuỗi chỉ đến {last}; phần cuối đã bị cắt"
HEAD_OTHER = "{where}: mắt xích {seq} đã in khác với mắt xích {seq} trong chuỗi; chuỗi đã bị viết lại"
DIGEST = "điểm báo {day}"
GIVEN = "mã đưa vào"
EXPORT = "hồ sơ đã xuất"
BAD_HEAD = "--head {text}: viết như trên bản in, số rồi mã: 12:3f9a0c1d… (ít nhất 8 ký tự của mã)"
SOUND = (
    "Chuỗi nguyên vẹn: {links} mắt xích, {payloads} nội dung khớp mã, {erased} nội dung đã xóa theo quyết định, "
    "{cases} việc đúng với sự kiện, {heads} mã đã in tìm thấy."
)
BROKEN = "Chuỗi KHÔNG nguyên vẹn: {n} chỗ."
MORE = "… và {n} chỗ nữa"
NOW = "Mắt xích cuối: {head}"
DO = "Giữ nguyên máy và bản sao lưu, báo người quản trị; so với bản sao lưu gần nhất và điểm báo đã in."
