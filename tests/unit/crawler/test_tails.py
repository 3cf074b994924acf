"""What clings to the end of a body goes; what only begins like it stays."""

from __future__ import annotations

import pytest

from crawler.tails import without_tail

BODY = ["Trường khai giảng sáng 5/9.", "Từ khoá tới, sinh viên phải nộp bản mô tả quá trình làm luận án."]


@pytest.mark.parametrize(
    "tail",
    [
        ["Từ khóa: khai giảng, Hải Phòng"],
        ["Từ khoá", "khai giảng", "năm học mới"],
        ["Tags: giáo dục"],
        ["Chủ đề:", "tuyển sinh"],
        ["Xem thêm: Lịch nghỉ Tết"],
        ["© Báo Bến Cảng giữ bản quyền"],
        ["12 bình luận"],
    ],
)
def test_keywords_links_and_rights_are_cut(tail: list[str]) -> None:
    assert without_tail(BODY + tail) == BODY


def test_a_sentence_that_begins_with_the_same_words_is_text() -> None:
    assert without_tail(BODY) == BODY
    kept = ["Mở đầu.", "Chủ đề năm nay là an toàn trường học, theo ban tổ chức."]
    assert without_tail(kept) == kept
