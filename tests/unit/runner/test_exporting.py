"""A table leaves the house with names masked, JSON columns included; ids and addresses stay."""

import json

from runner.exporting import masked_row

TITLE = "Em Nguyễn Bảo Trâm Anh, lớp 7A3 Trường THCS Sông Giá, bị bạn đánh"


def test_names_are_masked_in_every_sentence_of_a_row_and_in_json_inside_it() -> None:
    detail = {
        "why": "Trâm Anh bị đánh ở sân trường",
        "spans": [{"text": "Nguyễn Bảo Trâm Anh bị bạn đánh", "start": 3}],
    }
    row = {
        "id": "rev_abc",
        "title": TITLE,
        "body": "Gia đình em Trâm Anh cho biết.\nEm Nguyễn Bảo Trâm Anh đã nghỉ học.",
        "url": "https://bao.example/a",
        "detail": json.dumps(detail, ensure_ascii=False),
        "first_seen_at": 17,
    }
    shown = masked_row(row)
    assert "Trâm Anh" not in json.dumps(shown, ensure_ascii=False)
    assert (shown["id"], shown["url"], shown["first_seen_at"]) == ("rev_abc", "https://bao.example/a", 17)
    assert json.loads(shown["detail"])["spans"][0]["start"] == 3
    assert "\n" in shown["body"]


def test_a_row_without_sentences_is_as_it_was() -> None:
    row = {"id": "x", "n": 3, "nothing": None, "list": "[1, 2]"}
    assert masked_row(row) == row
