"""What the inbox says to the person who hands something in: one message for each thing that can be wrong."""

from __future__ import annotations

NOTHING = "Chưa có gì để lưu. Hãy dán liên kết, dán nội dung chữ, hoặc chọn một tệp ảnh, PDF hay DOCX."
NO_NAME = "Chưa biết ai đưa vào. Hãy ghi họ tên cán bộ tiếp nhận."
NO_PLACE = "Chưa ghi nơi nhìn thấy. Ví dụ: trang Facebook công khai, báo giấy, nhóm Zalo phụ huynh."
TOO_LONG = "Dài {size} ký tự, tối đa {limit}. Hãy rút gọn, chỉ giữ đoạn cần làm chứng cứ."
NOT_A_TIME = "Không đọc được thời điểm. Hãy ghi ngày và giờ, ví dụ 2026-01-05T08:30."
FUTURE = "Thời điểm nhìn thấy nằm ở tương lai. Hãy kiểm tra lại ngày, giờ."
TOO_OLD = "Thời điểm nhìn thấy trước năm 2000. Hãy kiểm tra lại ngày, giờ."
UNKNOWN_FIELD = "Biểu mẫu không có ô “{name}”. Hãy tải lại trang và nhập lại."

NOT_A_LINK = "Đây không phải liên kết http(s) đầy đủ. Hãy sao chép nguyên địa chỉ trên trình duyệt."
PRIVATE_LINK = (
    "Liên kết này dẫn tới trang riêng tư hoặc phải đăng nhập ({why}). Hệ thống không lấy nội dung sau đăng nhập. "
    "Nếu chính người liên quan cung cấp, hãy dán nội dung chữ hoặc tải ảnh chụp đã che."
)
ACCOUNT_ONLY = (
    "Liên kết này dẫn tới một tài khoản nên không được lưu, mà ngoài nó chưa có gì khác. Hãy dán nội dung chữ hoặc tải "
    "ảnh chụp đã che. Nếu đây là bài đăng của một trang công khai, hãy đánh dấu “Trang công khai”."
)
SHORT_LINK = "Đây là liên kết rút gọn, không biết dẫn tới đâu. Hãy mở ra rồi dán địa chỉ đầy đủ của bài."
PRIVATE = {
    "group": "nhóm trên mạng xã hội",
    "chat": "tin nhắn, hội thoại",
    "login": "trang đăng nhập",
    "token": "địa chỉ mang mã đăng nhập hoặc mật khẩu",
    "inside": "máy nội bộ",
    "mail": "hộp thư hoặc kho tệp cá nhân",
}

CLOSED_GROUP = (
    "Không nhận tài liệu lấy từ nhóm kín. Chỉ chính người được nói tới trong tài liệu (hoặc cha mẹ, người giám hộ của "
    "trẻ) mới được đưa vào, vì các thành viên khác đã viết trong nhóm mà không biết là sẽ bị chuyển ra ngoài. "
    "Nếu đúng là người đó đưa, hãy đánh dấu vào ô “Người liên quan tự cung cấp”."
)
LOOKS_CLOSED = (
    "Nơi nhìn thấy là nhóm kín hoặc tin nhắn riêng (“{what}”). Hãy đánh dấu ô “Nhóm kín”; "
    "chỉ người liên quan mới được đưa vào."
)
NO_CONSENT = (
    "Hãy ghi người liên quan đã đồng ý thế nào: đưa trực tiếp hay gửi đến, ngày nào, có giấy tờ gì kèm theo. "
    "Không cần ghi tên người đó."
)

TOO_MANY_FILES = "Có {count} tệp, tối đa {limit} tệp một lần. Hãy gửi làm nhiều lần."
FILE = {
    "empty": "Tệp {n} rỗng. Hãy chọn lại tệp.",
    "too_large": "Tệp {n} nặng hơn 10 MB. Hãy chụp hoặc xuất lại tệp nhỏ hơn.",
    "unknown": "Tệp {n} không phải ảnh PNG, JPEG, WebP, tệp PDF hay DOCX (xét theo nội dung, không theo tên tệp).",
    "old_office": "Tệp {n} là tài liệu Office kiểu cũ (.doc, .xls). Hãy lưu lại thành DOCX hoặc PDF.",
    "image_unmarked": (
        "Tệp {n} là ảnh mà chưa có khung che nào. Máy không tự đọc được chữ trong ảnh: hãy vẽ khung che tên, ảnh đại "
        "diện, tài khoản; hoặc đánh dấu “Không có tên, ảnh đại diện, tài khoản nào nhìn thấy được”."
    ),
    "page_unmarked": (
        "Tệp {n}: trang {pages} có hình hoặc chữ mà máy không đọc được, có thể là ảnh đại diện hoặc tên, mà chưa có "
        "khung che. Hãy vẽ khung che ở trang đó, hoặc đánh dấu “Không có tên, ảnh đại diện, tài khoản nào nhìn thấy "
        "được”."
    ),
    "box": "Tệp {n} có khung che sai: trang từ 1, các số từ 0 đến 1, rộng và cao lớn hơn 0, không ra ngoài trang.",
    "too_many_boxes": "Tệp {n} có hơn 200 khung che. Hãy gộp các khung lại.",
    "box_page": "Tệp {n} có khung che ở trang {page}, nhưng tệp chỉ có {pages} trang. Hãy vẽ lại khung đó.",
    "broken": "Tệp {n} hỏng hoặc bị cắt cụt, không mở được. Hãy xuất hoặc chụp lại.",
    "too_many_pixels": "Tệp {n} là ảnh quá lớn (hơn 24 triệu điểm ảnh). Hãy cắt lấy phần cần thiết.",
    "too_heavy": "Tệp {n} cần quá nhiều thời gian hoặc bộ nhớ để mở. Hãy chụp màn hình phần cần thiết.",
    "encrypted": "Tệp {n} có mật khẩu. Hãy bỏ mật khẩu rồi tải lại.",
    "too_many_pages": "Tệp {n} dài hơn 20 trang. Hãy tách lấy các trang cần làm chứng cứ.",
    "no_pages": "Tệp {n} không có trang nào.",
    "macros": "Tệp {n} có macro (chương trình) bên trong. Hãy lưu lại thành DOCX thường hoặc PDF.",
    "external": "Tệp {n} gọi tới mẫu hoặc tệp nằm ngoài nó. Hãy xuất ra PDF rồi tải lại.",
    "bomb": "Tệp {n} khi giải nén lớn bất thường. Không nhận.",
    "not_docx": "Tệp {n} là tệp nén nhưng không phải tài liệu DOCX.",
    "no_text": "Tệp {n} không có chữ nào. Hãy xuất ra PDF để giữ hình (rồi vẽ khung che).",
    "text_too_long": "Tệp {n} có hơn 100.000 ký tự. Hãy tách lấy phần cần làm chứng cứ.",
}

WHAT = {
    "name": "tên người",
    "account link": "liên kết tài khoản",
    "account": "tên tài khoản",
    "phone": "số điện thoại",
    "e-mail": "địa chỉ thư điện tử",
    "identity number": "số giấy tờ, số tài khoản ngân hàng",
    "class and school": "lớp và trường",
    "address": "địa chỉ nhà",
    "link": "liên kết riêng tư hoặc rút gọn",
    "tracking": "mã theo dõi trong liên kết",
    "drawn box": "chỗ che do người nộp vẽ",
    "metadata": "thông tin ẩn của tệp",
    "file name": "tên tệp gốc",
    "frames": "các khung hình động phía sau",
    "text layer": "lớp chữ của PDF",
    "attachment": "tệp đính kèm",
    "script": "mã lệnh",
    "annotation": "ghi chú, ô điền",
    "image": "hình trong tài liệu",
    "hidden text": "chữ ẩn, chữ đã xóa",
    "comment": "nhận xét, đầu trang, chân trang",
}
"""What was taken out, in words for the desk: :class:`intake.redact.Removed`.what → Vietnamese."""
