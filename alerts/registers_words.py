"""Words of the registers of reports: lists, reminders, the drafted công văn, what is wrong with an entry."""

from __future__ import annotations

from collections.abc import Mapping

DIRECTIONS: Mapping[str, str] = {"incoming": "Đơn vị báo cáo Sở", "outgoing": "Sở báo cáo"}
STATES: Mapping[str, str] = {
    "on_time": "đã nhận, đúng hạn",
    "late": "đã nhận, sau hạn",
    "missing": "CHƯA NHẬN",
    "waiting": "chưa đến hạn",
}
SENT_STATES: Mapping[str, str] = {
    "on_time": "đã gửi, đúng hạn",
    "late": "đã gửi, sau hạn",
    "missing": "CHƯA GỬI",
    "waiting": "chưa đến hạn",
}
AD_HOC = "ad_hoc"
PERIOD = "{name}, kỳ {begins} – {ends}"
LINE = "{id}  {due}  {name}: {received}/{all} {did}{missing}"
RECEIVED, SENT = "đã nhận", "đã gửi"
MISSING = ", {n} chưa có"
MOVED = "ngày {day} là ngày nghỉ, hạn là {due}"
NO_DATES = "{name}: chưa có ngày; {fix}"
SET_DATES = "đặt `{dates}` trong deadlines.yml (docs/registers.md)"
NONE = "Không có kỳ báo cáo nào trong khoảng này."
CONFIRM = "cần hỏi lại: {what}"

REMIND_IN = "Nhắc: {name} đến hạn {due}"
REMIND_IN_LINE = "{received}/{all} đơn vị đã gửi; còn {missing}. Kỳ báo cáo {begins} – {ends}."
REMIND_OUT = "Nhắc ký: {name} phải gửi trước {due}"
REMIND_OUT_LINE = "Sở phải gửi {to}; sổ chưa ghi số phát hành. Kỳ báo cáo {begins} – {ends}."
REMIND_DO = "Xem sổ: `haidang reports-due missing {id}` hoặc trang Báo cáo đến hạn trên bàn làm việc."
LATE = "Quá hạn: {missing} đơn vị chưa gửi {name}"
LATE_OUT = "Quá hạn: sổ chưa ghi Sở đã gửi {name}"
LATE_DO = (
    "Soạn công văn đôn đốc (dự thảo, phải trình ký): `haidang reports-due urge {id}`. Không có gì được gửi tự động."
)

# The drafted công văn.
URGE_SUBJECT = "V/v đôn đốc gửi {name}"
URGE_ALL = "Các đơn vị có tên trong danh sách kèm theo"
URGE_OPEN = (
    "Theo {basis}, các đơn vị gửi {name} về {agency} (Văn phòng Sở) trước {due} để tổng hợp, báo cáo cấp có thẩm quyền."
)
URGE_BASIS = "chế độ báo cáo định kỳ"
URGE_STATE = (
    "Đến {today}, {agency} đã nhận báo cáo của {received}/{all} đơn vị; {missing} đơn vị chưa gửi (danh sách kèm theo)."
)
URGE_ASK = (
    "{agency} đề nghị các đơn vị chưa gửi hoàn thành báo cáo{until}; nếu đã gửi, đề nghị cho biết số, ngày của văn bản."
)
URGE_UNTIL = " trước {day}"
URGE_END = "Trân trọng sự phối hợp của các đơn vị./."
URGE_LIST = "DANH SÁCH ĐƠN VỊ CHƯA GỬI BÁO CÁO"
URGE_SIGN = ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")
URGE_SYMBOL = "SGDĐT-VP"
ARCHIVE = "VT, VP"
MOST_NAMED = 5

# The collated annex.
ANNEX_KIND = "BẢNG TỔNG HỢP"
ALREADY = "đã "
ANNEX_SUBJECT = "tình hình {did} {name} (kỳ {begins} – {ends}, hạn {due})"
ANNEX_SUM = "{received}/{all} {did}, trong đó {late} sau hạn; {missing} chưa có. Số liệu của sổ đến {now}."
ANNEX_METHOD = (
    "Ngày nhận, số, ký hiệu do người ghi sổ nhập; “đúng hạn” tính theo ngày ghi trong sổ so với hạn đã tính ngày nghỉ."
)
COLUMNS = ("TT", "Đơn vị", "Tình trạng", "Ngày", "Số, ký hiệu", "Người ghi sổ", "Ghi chú")
CSV_COLUMNS = ("ma", "don_vi", "tinh_trang", "ngay", "so", "nguoi_ghi", "ghi_luc", "tep", "sha256", "ghi_chu")
FILE_KEPT = "có tệp kèm"

# What is wrong.
NO_PERIOD = "{id}: không có kỳ báo cáo này; xem `haidang reports-due list`"
TWO_PERIODS = "{id}: có {n} kỳ bắt đầu như vậy; viết đủ mã rpp_…"
NO_PARTY = "{party}: không có trong danh sách của kỳ này; xem `haidang reports-due missing {id} --all`"
TWO_PARTIES = "{party}: có {n} đơn vị tên như vậy ({names}); viết mã, như {example}"
NO_ENTRY = "{id}: không có mục ghi sổ này, hoặc đã rút lại"
FUTURE = "ngày {day} chưa tới; ghi ngày đã nhận hoặc đã gửi"
BAD_DAY = "{option} {text!r}: viết ngày dạng 2026-05-04"
WRONG_WAY = "{name} là báo cáo {direction}; dùng lệnh `haidang reports-due {command}`"
NOTHING_MISSING = "Mọi đơn vị đều đã gửi; không có gì để đôn đốc."
NOT_DUE = "chưa đến hạn ({due}): đôn đốc được soạn sau hạn; muốn nhắc trước hạn thì thêm --early"
URGE_INCOMING = "Sở tự gửi báo cáo này: không có ai để đôn đốc"
NO_URGE = "{id}: không có dự thảo này; xem `haidang reports-due urge`"
URGE_KNOWN = "{id}: đã ghi số {number}"
BAD_NUMBER = "{option} {text!r}: viết số, ký hiệu như 12/BC-UBND"
TOO_LONG = "{field}: dài quá {limit} ký tự"
EMPTY = "{field}: chưa viết gì"
BAD_SPAN = "kỳ báo cáo: ngày đầu {begins} đứng sau ngày cuối {ends}"
FIELDS: Mapping[str, str] = {"name": "tên báo cáo", "basis": "căn cứ", "note": "ghi chú", "number": "số, ký hiệu"}
