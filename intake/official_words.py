"""What the reference library says to the person who adds to it: one message for each thing that can be wrong."""

from __future__ import annotations

FILE = {
    "empty": "Tệp rỗng. Hãy chọn lại tệp.",
    "too_large": "Tệp nặng hơn {limit} MB. Hãy xuất lại tệp nhỏ hơn, hoặc tách phần cần đối chiếu.",
    "unknown": "Không phải DOCX, PDF hay tệp chữ UTF-8 (xét theo nội dung, không theo tên tệp).",
    "picture": "Đây là ảnh. Máy không đọc được chữ trong ảnh: hãy gõ lại phần chữ vào ô chữ, hoặc đưa tệp chữ.",
    "old_office": "Đây là tài liệu Office kiểu cũ (.doc, .xls) hoặc RTF. Hãy lưu lại thành DOCX hoặc PDF.",
    "html": "Đây là một trang web. Hãy chép phần chữ của văn bản vào tệp .txt.",
    "not_utf8": "Tệp chữ không phải UTF-8. Hãy lưu lại với bảng mã UTF-8.",
    "broken": "Tệp hỏng hoặc bị cắt cụt, không mở được. Hãy xuất lại.",
    "encrypted": "Tệp có mật khẩu. Hãy bỏ mật khẩu (in ra PDF mới) rồi đưa lại.",
    "scanned": "PDF này là bản quét: {pages} trang đều là ảnh, không có chữ để đọc. Hãy đưa kèm phần chữ gõ tay hoặc "
    "chữ nhận dạng đã được người soát lại; bản quét vẫn được giữ làm bản gốc.",
    "too_many_pages": "Tệp dài {pages} trang, tối đa 500. Hãy tách lấy phần cần đối chiếu.",
    "no_pages": "Tệp không có trang nào.",
    "no_text": "Tài liệu không có chữ nào. Nếu nội dung là ảnh, hãy đưa kèm phần chữ gõ tay.",
    "text_too_long": "Văn bản có hơn 2 triệu ký tự. Hãy tách lấy phần cần đối chiếu.",
    "too_heavy": "Tệp cần quá nhiều thời gian hoặc bộ nhớ để mở. Hãy xuất lại thành PDF, hoặc gõ phần chữ.",
    "macros": "Tệp có macro (chương trình) bên trong. Hãy lưu lại thành DOCX thường hoặc PDF.",
    "external": "Tệp gọi tới mẫu hoặc tệp nằm ngoài nó. Hãy xuất ra PDF rồi đưa lại.",
    "bomb": "Tệp khi giải nén lớn bất thường. Không nhận.",
    "not_docx": "Tệp nén nhưng không phải tài liệu DOCX.",
    "odd_font": "Chữ trong tệp dùng phông cũ (TCVN3, VNI) hoặc phông lạ, máy không đọc được. Hãy lưu lại bằng phông "
    "Unicode, hoặc đưa kèm phần chữ gõ tay.",
    "no_questions": "Không thấy câu hỏi nào. Cần một bảng (DOCX, CSV) có dòng đầu ghi “Câu hỏi”, “Trả lời”, hoặc các "
    "đoạn bắt đầu bằng “Hỏi:” và “Đáp:”.",
    "no_statements": "Không tách được nội dung nào từ văn bản (chỉ thấy phần đầu, nơi nhận, chữ ký). Hãy kiểm tra lại.",
}
"""Code of what is wrong with a file → what to do."""

WARN = {
    "scanned_pages": "Trang {pages} là ảnh quét: máy không đọc được chữ ở đó.",
    "pictures": "Tài liệu có {count} hình: chữ trong hình không được đọc.",
    "legacy": "Chữ dùng phông cũ ({name}) đã được chuyển sang Unicode: hãy đọc lại.",
    "most": "Văn bản dài: chỉ giữ {count} điều khoản đầu.",
    "persons": "Có {count} chỗ giống tên, lớp, địa chỉ hay số điện thoại của học sinh. Văn bản được giữ nguyên trong "
    "kho (trên bàn làm việc những chỗ ấy được che). Nếu là danh sách học sinh: hãy bỏ phần đó rồi đưa lại.",
    "draft": "Số hoặc ngày ký còn để trống: có thể là bản dự thảo. Chỉ đưa văn bản đã ban hành.",
    "issued_late": "Ngày ban hành nằm ở tương lai.",
    "unknown_replaced": "{name}: chưa có trong kho nên chưa ghi được là bị thay thế. Nạp văn bản đó rồi thêm lại "
    "văn bản này với ô Thay thế.",
    "named_by": "{name} (đang có trong kho) nói tới văn bản này: “{said}”. Hãy xem văn bản này còn hiệu lực không.",
}
"""What a person should look at; nothing is refused for it."""

FIELD = {
    "by": "Chưa biết ai nhập. Hãy ghi họ và tên.",
    "approved_by": "Chưa biết ai duyệt. Hãy ghi họ và tên người duyệt, hoặc thêm cột “Người duyệt”.",
    "begins": "Chưa có ngày áp dụng. Hãy ghi ngày, hoặc thêm cột “Có hiệu lực từ”.",
    "newer": "dòng {row}: trong kho đã có câu trả lời từ ngày {day} cho câu hỏi này; ghi ngày sau ngày đó.",
    "by_short": "“{value}” chưa đủ họ và tên.",
    "issuer": "Chưa biết cơ quan ban hành. Ví dụ: Sở Giáo dục và Đào tạo Hải Phòng.",
    "document": "Chưa có số, ký hiệu. Ví dụ: 812/SGDĐT-QLCL. Văn bản không có số thì ghi trích yếu.",
    "number": "“{value}” không phải số, ký hiệu văn bản. Ví dụ: 812/SGDĐT-QLCL.",
    "issued": "Chưa có ngày ban hành. Ví dụ: 10/3/2026.",
    "day": "Không đọc được ngày “{value}”. Ghi dạng 10/3/2026 hoặc 2026-03-10.",
    "order": "Ngày hết hiệu lực đứng trước ngày có hiệu lực.",
    "before_issue": "Hết hiệu lực trước ngày ban hành.",
    "text": "Chưa có nội dung. Ghi một câu, ví dụ: Học sinh toàn thành phố nghỉ học ngày 08/9/2026.",
    "long": "Dài {size} ký tự, tối đa {limit}.",
    "why": "Hãy ghi rõ lý do (ít nhất 10 chữ); lý do được lưu lại.",
    "unknown_document": "“{value}”: không có văn bản này trong kho. Ghi đúng số, ký hiệu, hoặc mã (ref_…, doc_…).",
    "several": "“{value}”: có {count} văn bản cùng số. Ghi mã của văn bản: {ids}.",
    "itself": "Một văn bản không thể tự thay thế nó.",
    "withdrawn": "Văn bản này đã được thu hồi khỏi kho.",
    "confirmed": "Văn bản này đã có người xác nhận.",
    "version_of": "“{value}”: không có văn bản này để thêm phiên bản.",
}
"""Code of what is wrong with a field → what to do."""
