"""Words of the papers: their names, the keys of their templates, what is wrong in one and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "phieu_trinh": "Phiếu trình",
    "tra_loi_bao_chi": "Công văn trả lời báo chí",
    "chuyen_thong_tin": "Công văn phúc đáp, chuyển thông tin",
    "de_nghi_cai_chinh": "Văn bản đề nghị cải chính",
    "don_doc": "Công văn đôn đốc",
    "thong_cao_bao_chi": "Thông cáo báo chí",
    "ho_so_viec": "Hồ sơ việc (bản đã che)",
}

# What a template may speak of. A list: the names of what each of its entries has.
TEXTS: Mapping[str, str] = {
    "ma_viec": "mã việc",
    "tieu_de": "tên việc",
    "tom_tat": "tóm tắt",
    "cau_neu": "câu mà tin, bài nêu",
    "noi_dung_hoi": "nội dung báo chí hoặc công dân hỏi",
    "han": "hạn trả lời, bằng chữ",
    "van_ban_truoc": "số, ngày của văn bản đã gửi trước",
    "nam": "năm",
    "don_vi": "cơ quan ban hành",
}
LISTS: Mapping[str, tuple[str, ...]] = {
    "tra_loi": (),
    "kinh_gui": (),
    "noi_nhan": (),
    "bai_viet": ("tieu_de", "bao", "dia_chi", "ngay"),
    "can_cu": ("so", "ngay", "co_quan", "dieu_khoan", "noi_dung"),
    "tien_trinh": ("luc", "ai", "viec"),
}

# Keys above the line `---` of a template.
KIND, SYMBOL, ABOUT, TO, COPY, ARCHIVE, SIGN = (
    "Loại",
    "Ký hiệu",
    "Trích yếu",
    "Kính gửi",
    "Nơi nhận",
    "Lưu",
    "Ký",
)
LETTERHEAD, INTERNAL = "Quốc hiệu", "Lưu hành nội bộ"
KEYS = (KIND, SYMBOL, ABOUT, TO, COPY, ARCHIVE, SIGN, LETTERHEAD, INTERNAL)
YES, NO = "có", "không"
LETTER = "Công văn"

PARENT = "UBND thành phố Hải Phòng"
AGENCY = "Sở Giáo dục và Đào tạo"
STEM = "SGDĐT"
PLACE = "Hải Phòng"
DIRECTOR, DEPUTY, CHIEF = "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"

# Labels that belong to the national fact-check centre or to Sở VHTTDL: no template of ours may use them by itself.
RESERVED = re.compile(
    r"tin giả|sai sự thật|tin sai|tin đồn thất thiệt|thất thiệt|bịa đặt|xuyên tạc|bóp méo|vu khống|tin xác thực",
    re.IGNORECASE,
)

NOT_A_KIND = "không có loại văn bản “{kind}”; có: {known}"
TOO_LONG = "{field} dài quá {limit} ký tự; rút gọn lại"
TOO_MANY = "{field} có {count} mục, nhiều nhất {limit}"
NOT_FIELDS = "nội dung văn bản không đọc được ở “{field}”; nhập lại văn bản này từ mẫu"
BAD_SIGNED_AS = "ký thay chỉ có “”, “KT.” hoặc “TL.”; nhận được “{value}”"

FILE_NAME = "tệp này không phải mẫu của loại văn bản nào", "đổi tên thành một trong: {known}"
FILE_NEAR = "có phải “{near}.jinja” không?"
UNREADABLE = "không đọc được tệp ({why})", "sửa quyền đọc tệp, lưu bằng UTF-8"
LARGE = "mẫu dài quá {limit} ký tự", "mỗi mẫu là một văn bản; chuyển phần thừa sang mẫu khác"
SYNTAX = (
    "dấu lệnh viết chưa đúng ({why})",
    "xem lại {{{{ … }}}} và {{% … %}} ở dòng này; mẫu gốc: `haidang papers show {kind}`",
)
NOT_ALLOWED = "mẫu không dùng được “{what}”", "mẫu chỉ có {{ tên }}, {% for %}, {% if %} và |gon(số)"
DEEP = "ba vòng {% for %} lồng nhau", "nhiều nhất hai vòng"
UNKNOWN = "không có “{name}”", "các tên dùng được: {known}"
NEAR = "có phải “{near}” không?"
IS_LIST = "“{name}” là danh sách", "viết {{% for x in {name} %}} … {{% endfor %}}"
NOT_LIST = "“{name}” không phải danh sách", "bỏ {% for %}, viết {{ tên }}"
NO_PART = "“{name}” không có “{part}”", "các phần dùng được: {known}"
NO_LINE = "thiếu dòng “---” ngăn phần đầu và nội dung", "thêm một dòng chỉ có ba dấu gạch: ---"
BAD_KEY = "phần đầu không có mục “{key}”", "các mục: {known}"
NOT_KEY = "dòng ở phần đầu không có dạng “Mục: nội dung”", "chuyển xuống dưới dòng ---, hoặc thêm tên mục"
MISSING = "phần đầu thiếu mục “{key}”", "thêm một dòng “{key}: …”"
YES_NO = "mục “{key}” chỉ nhận “có” hoặc “không”", "sửa giá trị"
EMPTY = "mẫu không có nội dung nào dưới dòng ---", "viết nội dung văn bản"
ROW = "dòng bảng có {cells} ô, đầu bảng có {columns} ô", "mỗi dòng bảng phải đủ ô: | a | b |"
WORDING = (
    "mẫu tự gọi thông tin là “{word}”",
    "viết “chưa khớp với văn bản số …”; tên gọi ấy thuộc cơ quan có thẩm quyền",
)
OUTPUT = "văn bản dựng ra quá dài", "bớt vòng lặp trong mẫu"

OK = "Mọi mẫu dùng được: {count} mẫu, {own} mẫu riêng của đơn vị"
OWN, SHIPPED = "mẫu riêng: {path}", "mẫu gốc"
COPIED = "Đã chép mẫu gốc ra {path}; sửa tệp ấy rồi chạy `haidang papers check`"
EXISTS = "{path} đã có; sửa tệp ấy, hoặc xóa nó để trở lại mẫu gốc"
WRITTEN = "Đã ghi {path}"
ENDING = "{name}: đặt tên tệp kết thúc bằng .docx hoặc .pdf"

SAMPLE: Mapping[str, str] = {
    "case": "HD-2026-0412",
    "title": "thông tin về mức thu đầu năm học tại một trường tiểu học",
    "summary": "Một tờ báo nêu mức thu khác với văn bản hướng dẫn. Văn phòng Sở đã nhận và giao đối chiếu.",
    "claim": "Mỗi học sinh phải nộp 1.200.000 đồng trước ngày 01/9.",
    "asked": "Căn cứ nào để nhà trường thu khoản nêu trên?",
    "answer": "Các khoản thu thực hiện theo văn bản hướng dẫn hiện hành.\nNhà trường công khai mức thu trước khi thu.",
    "deadline": "17 giờ ngày 27/11/2026",
    "earlier": "Công văn số 1021/SGDĐT-VP ngày 20/11/2026",
    "article": "Phụ huynh hỏi về khoản thu đầu năm",
    "outlet": "Báo Cửa Biển",
    "document": "812/SGDĐT-KHTC",
    "issuer": "Sở Giáo dục và Đào tạo",
    "clause": "khoản 2, mục II",
    "words": "Không thu gộp nhiều khoản vào đầu năm học.",
    "recipient": "Tòa soạn Báo Cửa Biển",
    "copy": "Ban Giám đốc Sở",
    "who": "cán bộ đối chiếu",
    "what": "ghi kết quả đối chiếu",
}
