"""Invented documents for the tests of the document engine: a report with everything in it, a letter, hostile words."""

from __future__ import annotations

from alerts.documents.nd30 import (
    Annex,
    Count,
    Document,
    Figure,
    Heading,
    Letterhead,
    Paragraph,
    Points,
    Run,
    Signer,
    Style,
    Table,
)
from alerts.documents.nd30_words import EVERY_LETTER

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200">'
    '<rect x="60" y="20" width="80" height="150" fill="#555"/>'
    '<text x="100" y="190" text-anchor="middle" font-size="18">Tuyển sinh lập (ựậ)</text></svg>'
)
HOSTILE = (
    '#read("/etc/passwd") *đậm* _nghiêng_ $x^2$ \\ #import "@preview/foo:1.0.0": * <script>alert(1)</script> ]] '
    '&amp; "ngoặc" {{ 7*7 }} w:p </w:t> `mã` // chú thích /* x */ @nhãn <nhãn> = Đề mục - gạch '
    "+ số \u202eđảo\u202c \x00\x07"
)
LONG = "Tiêu đề rất dài " * 40  # 640 characters
ADDRESS = "https://cua-bien.example/" + "a" * 300
HEAD = Letterhead("UBND thành phố Hải Phòng", "Sở Giáo dục và Đào tạo", "BC-SGDĐT", "Hải Phòng", 2026)

BODY = (
    Paragraph("Căn cứ Kế hoạch truyền thông năm 2026;", Style.BASIS),
    Heading(1, "Tình hình chung"),
    Paragraph(("Có ", Run("312 tin, bài", bold=True), "; ", Run("bản gốc", href="https://bao.example/a?x=1&y=2"), ".")),
    Heading(2, "Số lượng"),
    Points(("tuyển sinh", "học phí")),
    Points(("một", "hai"), Count.NUMBER),
    Points(("một", "hai", "ba", "bốn", "năm"), Count.LETTER),
    Points(("lại từ một",), Count.NUMBER),
    Table(
        ("TT", "Xã, phường", "Số tin"),
        (*((str(n), f"Phường {n}", str(n * 7)) for n in range(1, 60)), ("", "Cộng", "12.390")),
        (1, 6, 2),
        "clr",
        "Số tin theo xã, phường",
        total=True,
    ),
    Figure(SVG, "Tháng này báo chí viết gì nhiều hơn thường lệ?", "Biểu đồ cột"),
    Heading(1, "Kiến nghị, đề xuất"),
    Paragraph(EVERY_LETTER + EVERY_LETTER.upper()),
    Paragraph("Trên đây là báo cáo./."),
)
REPORT = Document(
    "Báo cáo",
    "Kết quả theo dõi thông tin báo chí tháng 5 năm 2026",
    BODY,
    HEAD,
    ("Ủy ban nhân dân thành phố",),
    Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    ("Ban Giám đốc Sở", "Các phòng thuộc Sở"),
    "VT, VP",
    (
        Annex(
            "Danh mục tin, bài", (Table(("TT", "Tiêu đề"), tuple((str(n), "x") for n in range(80))),), landscape=True
        ),
        Annex("Cách làm", (Heading(1, "Nguồn"), Paragraph("Ghi chú.", Style.NOTE))),
    ),
    internal=True,
    made_at=1_780_000_000_000,
)
LETTER = Document(
    "",
    "đôn đốc trả lời về khoản thu đầu năm",
    (Paragraph("Đề nghị Quý cơ quan trả lời./."),),
    Letterhead("UBND thành phố Hải Phòng", "Sở Giáo dục và Đào tạo", "SGDĐT-VP", "Hải Phòng", 2026),
    ("Ủy ban nhân dân phường Lê Chân", "Sở Văn hóa, Thể thao và Du lịch"),
    Signer(("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")),
    (),
    "VT, VP",
)
