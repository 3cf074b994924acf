"""Approved lists of questions and answers made by code, all invented: a table of Word, a CSV, paragraphs."""

from __future__ import annotations

from tests.unit.intake.official_samples import cell, table
from tests.unit.intake.samples import docx, paragraph

QUESTION = "Thí sinh vào lớp 10 công lập năm học 2027-2028 được đăng ký mấy nguyện vọng?"
ANSWER = "Mỗi thí sinh được đăng ký tối đa 3 nguyện vọng."
FEE = ("Nhà trường có được thu tiền quỹ lớp không?", "Nhà trường không thu tiền quỹ lớp của học sinh tiểu học.")
PAIRS = ((QUESTION, ANSWER), FEE)


def word(*rows: tuple[str, ...], head: tuple[str, ...] = ("STT", "Câu hỏi", "Câu trả lời")) -> bytes:
    """A table of Word with a title above it; each row gets its number."""
    lines = [[cell(text) for text in head]]
    lines += [[cell(str(k)), *(cell(*text.split("\n")) for text in row)] for k, row in enumerate(rows, 1)]
    return docx(paragraph("DANH MỤC HỎI – ĐÁP ĐÃ ĐƯỢC PHÊ DUYỆT") + table(*lines) + paragraph("Hết."))


def lines(*pairs: tuple[str, str]) -> bytes:
    """Paragraphs, as people type them."""
    told = [f"Hỏi {k}: {question}\nĐáp: {answer}\n" for k, (question, answer) in enumerate(pairs, 1)]
    return ("Một số nội dung thường hỏi\n\n" + "\n".join(told)).encode()
