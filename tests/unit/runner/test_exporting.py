"""A table leaves the house with names masked, JSON columns included; ids and addresses stay."""

import json

from alerts.checking import Given, note, record
from runner.exporting import masked_row, masked_rows
from tests.unit.runner.checking_town import WRONG, Town, town
from tests.unit.runner.test_checking import COMPLAINT

__all__ = ["town"]  # the fixture, used by name

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


def test_what_people_typed_about_a_candidate_or_a_concern_is_masked_beside_its_articles(town: Town) -> None:
    town.fact()
    told = "Em Trịnh Khắc Tươi, lớp 9A, kể lại."
    town.text((WRONG[0], told, WRONG[2]))
    town.text((COMPLAINT[0], "Em Trịnh Khắc Tươi kể lại.", COMPLAINT[2]), hours=1)
    town.work()
    (candidate,), (concern,) = town.candidates(), town.concerns()
    store, now = town.deps.store, town.deps.now()
    given = Given("khong_khop", "Đã hỏi lại Trịnh Khắc Tươi và đọc văn bản.", "812/SGDĐT-QLCL", "Đỗ Thị Trực")
    record(store, candidate.candidate.id, given, now)
    note(store, concern.concern.id, "found", "Trịnh Khắc Tươi xác nhận đã nộp tiền.", "Đỗ Thị Trực", now)
    for table, word in (("candidate_check", "văn bản"), ("concern_note", "nộp tiền")):
        (row,) = masked_rows(store, table, list(store.export(table)))
        assert "Tươi" not in json.dumps(row, ensure_ascii=False)
        assert word in json.dumps(row, ensure_ascii=False)
        alone = json.dumps(masked_row(row | {"text": "Trịnh Khắc Tươi xác nhận."}), ensure_ascii=False)
        assert "Tươi" in alone, "the name gives nobody away without the article"
