"""Official documents made by code, all invented: a letter as DOCX and PDF, a scan, a locked PDF."""

from __future__ import annotations

from collections.abc import Sequence

from tests.unit.intake.samples import assemble, docx, paragraph, pdf, stream

LETTER = (
    "Học sinh nghỉ học trong hai ngày 08/9/2026 và 09/9/2026.",
    "Các trường bố trí học bù trước ngày 30/9/2026.",
)
REPLACED = "Công văn này thay thế Công văn số 77/SGDĐT-VP ngày 01/9/2026."


def cell(*lines: str) -> str:
    return f"<w:tc>{''.join(paragraph(line) for line in lines)}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    lines = ["<w:tr>" + "".join(row) + "</w:tr>" for row in rows]
    return "<w:tbl>" + "".join(lines) + "</w:tbl>"


def letter(
    number: str = "812/SGDĐT-QLCL", day: str = "07 tháng 9 năm 2026", about: str = "nghỉ học do bão", *more: str
) -> bytes:
    """A letter of the Department as Word keeps it: letterhead and signature in tables without borders."""
    head = table(
        [
            cell("UBND THÀNH PHỐ HẢI PHÒNG", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", f"Số: {number}", f"V/v {about}"),
            cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", f"Hải Phòng, ngày {day}"),
        ]
    )
    body = paragraph("Kính gửi: Các cơ sở giáo dục.") + "".join(
        paragraph(f"{k}. {line}") for k, line in enumerate((*LETTER, *more), 1)
    )
    tail = table([cell("Nơi nhận:", "- Như trên;", "- Lưu: VT."), cell("GIÁM ĐỐC", "Ngô Văn Bến")])
    return docx(head + body + tail)


def letter_text(
    number: str = "812/SGDĐT-QLCL", day: str = "07 tháng 9 năm 2026", about: str = "nghỉ học do bão", *more: str
) -> bytes:
    """The same letter as plain text: no process is needed to read it."""
    lines = [
        "UBND THÀNH PHỐ HẢI PHÒNG", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", f"Số: {number}", f"V/v {about}", f"Hải Phòng, ngày {day}",
        "Kính gửi: Các cơ sở giáo dục.", *(f"{k}. {line}" for k, line in enumerate((*LETTER, *more), 1)),
        "Nơi nhận:", "- Như trên.", "GIÁM ĐỐC", "Ngô Văn Bến",
    ]  # fmt: skip
    return "\n".join(lines).encode()


def letter_lines(number: str = "812/SGDĐT-QLCL") -> list[str]:
    """The same as lines of a PDF page."""
    return [
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO", f"Số: {number}", "Hải Phòng, ngày 07 tháng 9 năm 2026", "THÔNG BÁO",
        "Về việc nghỉ học do bão", *(f"{k}. {line}" for k, line in enumerate(LETTER, 1)),
    ]  # fmt: skip


def scan(pages: int = 1) -> bytes:
    """A PDF of pictures alone."""
    picture = stream("\x80" * 300, "/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 "
                                   "/ColorSpace /DeviceRGB")  # fmt: skip
    objects = ["", "", picture, stream("q 595 0 0 842 0 0 cm /Im1 Do Q")]
    kids = []
    for _ in range(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            "/Resources << /XObject << /Im1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return assemble(objects)


def locked() -> bytes:
    """A PDF with a standard security handler whose password nobody has."""
    key = "<" + "11" * 32 + ">"
    handler = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O {key} /U {key} >> /ID [<00><00>]"
    return pdf([["a"]]).replace(b"trailer << ", f"trailer << {handler} ".encode())
