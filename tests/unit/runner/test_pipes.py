"""`haidang places`, `mask` and `group` as a script meets them: lines in, one line out for each."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any, BinaryIO

import pytest

from analysis.judge import Judge
from analysis.places import PlaceMatcher
from analysis.stories import Grouper
from config.gazetteer import load_gazetteer
from runner import group_pipe, mask_pipe, pipe, places_pipe
from store.errors import InputError

Run = Callable[[BinaryIO, BinaryIO], tuple[int, int]]
Row = dict[str, Any]


@pytest.fixture(scope="module")
def places() -> Run:
    gazetteer = load_gazetteer()
    both = places_pipe.Places(PlaceMatcher(gazetteer), Judge.load(gazetteer))
    return lambda source, out: places_pipe.run(source, out, both)


@pytest.fixture(scope="module")
def group() -> Run:
    grouper = Grouper.load()
    return lambda source, out: group_pipe.run(source, out, grouper)


def ask(run: Run, *rows: Row | bytes) -> list[Row]:
    source = b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
    out = io.BytesIO()
    run(io.BytesIO(source), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


# ── places ──────────────────────────────────────────────────────────────────────────────────────────


def test_places_answers_with_the_contracts_keys(places: Run) -> None:
    [said] = ask(places, {"id": "a", "text": "UBND phường Lê Chân (TP Hải Phòng) mở lớp bơi cho học sinh."})
    assert list(said) == ["id", "mentions", "hp"]
    ward, city = said["mentions"]
    assert ward == {
        "span": "phường Lê Chân", "start": 5, "end": 19, "kind": "unit_new", "units": ["11383"], "in_hp": True,
        "confidence": ward["confidence"], "weights": [1.0],
    }  # fmt: skip
    assert (city["kind"], city["units"], said["hp"]) == ("city", [], "direct")


def test_an_old_commune_gives_all_its_new_units_with_weights(places: Run) -> None:
    [said] = ask(places, {"id": "a", "text": "Điểm trường ở phường Vĩnh Niệm cũ, Hải Phòng."})
    old = said["mentions"][0]
    assert (old["kind"], old["units"], old["weights"]) == ("unit_old", ["11383", "11407"], [0.5, 0.5])


def test_a_district_weighs_its_units_by_communes(places: Run) -> None:
    [said] = ask(places, {"id": "a", "text": "Học sinh huyện An Lão cũ, Hải Phòng, đi thi."})
    weights = said["mentions"][0]["weights"]
    assert len(weights) == len(said["mentions"][0]["units"]) == 6
    assert sum(weights) == pytest.approx(1, abs=0.001)
    assert max(weights) > 2 * min(weights)


def test_the_outlets_section_speaks_for_a_shared_name_and_a_bare_department(places: Run) -> None:
    text = "Sở GDĐT và xã Tân An họp về học phí."
    ours, other = ask(
        places,
        {"id": "a", "text": text, "outlet_section": "Báo Hải Phòng"},
        {"id": "b", "text": text, "outlet_section": "Báo Nghệ An"},
    )
    assert [m["kind"] for m in ours["mentions"]] == ["office", "unit_new"]
    assert [m["in_hp"] for m in other["mentions"]] == [False]
    assert (ours["hp"], other["hp"]) == ("direct", "none")


def test_another_province_that_bears_a_name_of_ours_is_a_namesake(places: Run) -> None:
    [said] = ask(
        places, {"id": "a", "text": "Xã Hà Nam (Hải Phòng) không phải tỉnh Hà Nam xưa, càng không phải Hà Nội."}
    )
    assert [(m["span"], m["kind"]) for m in said["mentions"]] == [
        ("Xã Hà Nam", "unit_new"), ("Hải Phòng", "city"), ("tỉnh Hà Nam", "namesake"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Cô giáo quê xã Vĩnh Lại, Hải Phòng, được tỉnh Đồng Nai khen.",
        "Đoàn trường Lạng Sơn từng thăm phường Ái Quốc (Hải Phòng).",
        "Xem thêm: Gia Lai thiếu giáo viên; phường Lê Chân (Hải Phòng) xây trường.",
    ],
)
def test_a_place_that_is_only_passed_by_is_a_mention(places: Run, text: str) -> None:
    [said] = ask(places, {"id": "a", "text": text})
    assert said["hp"] != "direct"
    assert any(m["in_hp"] for m in said["mentions"])


@pytest.mark.parametrize(
    "text",
    [
        "Xa\u0303 Ke\u0309 Sa\u0323\u0306t, Ha\u0309i Pho\u0300ng xây trường",  # taken apart
        "Xã Kẻ\u200b Sặt,\u00a0Hải \u200f\u2067Phòng xây trường",  # zero width, marks of direction, hard space
        "Xã  Kẻ\nSặt, Hải\t Phòng xây trường",
    ],
)
def test_offsets_count_in_the_text_as_it_came(places: Run, text: str) -> None:
    [said] = ask(places, {"id": "a", "text": text})
    assert [m["units"] for m in said["mentions"]] == [["10945"], []]
    for m in said["mentions"]:
        assert text[m["start"] : m["end"]] == m["span"]
    assert said["mentions"][1]["end"] == text.index(" xây")


# ── mask ────────────────────────────────────────────────────────────────────────────────────────────


def test_mask_gives_the_masked_text_and_what_went() -> None:
    text = "Em Phạm Thị Mơ, lớp 9A Trường THCS Hoa Ban, trả lại ví."
    [said] = ask(mask_pipe.run, {"id": 7, "text": text})
    assert said == {
        "id": "7",
        "text": "Em [tên], [lớp, trường], trả lại ví.",
        "masked": [
            {"span": "Phạm Thị Mơ", "start": 3, "why": "minor_name"},
            {"span": "lớp 9A Trường THCS Hoa Ban", "start": 16, "why": "class_plus_school"},
        ],
    }


def test_mask_takes_exposed_adults_only_when_asked() -> None:
    row = {"id": "a", "text": "Công an bắt Lê Văn Tặc; Chủ tịch xã Trần Văn Đích khen cô Vũ Thị Lành."}
    assert ask(mask_pipe.run, row)[0]["masked"] == []
    [said] = ask(lambda source, out: mask_pipe.run(source, out, adults=True), row)
    assert said["text"] == "Công an bắt [tên]; Chủ tịch xã Trần Văn Đích khen cô Vũ Thị Lành."


def test_a_text_too_long_to_mask_whole_is_refused_and_the_rest_goes_on() -> None:
    long, short = ask(mask_pipe.run, {"id": "a", "text": "x" * (mask_pipe.LONGEST + 1)}, {"id": "b", "text": "ví"})
    assert long["id"] == "a" and "split it" in long["error"] and "text" not in long
    assert short["text"] == "ví"


# ── group ───────────────────────────────────────────────────────────────────────────────────────────


def item(name: str, hour: int, title: str, summary: str, outlet: str = "Bến Cảng", **more: str) -> Row:
    seen = {"first_fetched": f"2026-05-04T{hour:02d}:00:00+07:00"}
    return {"id": name, "title": title, "summary": summary, "outlet": outlet, "url": f"https://bao.example/{name}"} | (
        seen | more
    )


FLOOD = (
    "Trường Tiểu học Cửa Nắng ở phường Đồ Sơn ngập sâu 60 cm sau trận mưa đêm, 420 học sinh phải nghỉ học đến thứ Tư."
)
FIRST = item("dau", 6, "Trường Tiểu học Cửa Nắng ngập 60 cm, 420 học sinh nghỉ học", FLOOD)
COPY = item("sao", 9, "Trường Tiểu học Cửa Nắng ngập 60 cm, 420 học sinh nghỉ học", FLOOD, "Đèn Gió")
OTHER = item("khac", 7, "Tuyển 30 giáo viên dạy nhạc", "Hồ sơ nhận tới hết tháng sáu tại phòng một cửa của quận.")


def test_group_orders_by_time_and_answers_in_the_order_of_the_lines(group: Run) -> None:
    copy, other, first = ask(group, COPY, OTHER, FIRST)
    assert (first["id"], first["relation"], first["of"]) == ("dau", "original", None)
    assert copy == {"id": "sao", "story": first["story"], "relation": "reprint", "of": "dau"}
    assert (other["relation"], other["of"]) == ("single", None)
    assert other["story"] != first["story"]


def test_a_story_is_called_the_same_whatever_else_the_stream_holds(group: Run) -> None:
    assert ask(group, FIRST)[0]["story"] == ask(group, OTHER, COPY, FIRST)[2]["story"]


def test_a_pair_is_a_stream_of_its_own(group: Run) -> None:
    pair = {"a": "x", "b": "y", "a_item": COPY | {"id": "x"}, "b_item": FIRST | {"id": "y"}}
    named, single = ask(group, pair, FIRST)
    assert (named["near_duplicate"], named["same_story"]) == (True, True)
    assert [(one["id"], one["relation"], one["of"]) for one in named["items"]] == [
        ("x", "reprint", "y"),
        ("y", "original", None),
    ]
    assert single["relation"] == "single", "the pair's items are no part of the stream"


def test_a_pair_may_name_two_items_of_the_stream(group: Run) -> None:
    known, unknown = ask(group, {"a": "dau", "b": "sao"}, {"a": "dau", "b": "khong"}, FIRST, COPY)[:2]
    assert known["near_duplicate"] is True
    assert "no items of these ids" in unknown["error"]


def test_lines_without_a_time_keep_the_order_in_which_they_came(group: Run) -> None:
    untimed = [{k: v for k, v in row.items() if k != "first_fetched"} for row in (FIRST, COPY)]
    assert [one["relation"] for one in ask(group, *untimed)] == ["original", "reprint"]


@pytest.mark.parametrize("time", ["hôm qua", 5, "2026-13-40", ["2026"], "9" * 40])
def test_a_time_that_is_none_is_said_and_loses_nothing_else(group: Run, time: object) -> None:
    bad, good = ask(group, OTHER | {"first_fetched": time}, FIRST)
    assert "first_fetched" in bad["error"] and bad["id"] == "khac"
    assert good["relation"] == "single"


def test_an_id_given_twice_is_refused(group: Run) -> None:
    first, again = ask(group, FIRST, OTHER | {"id": "dau"})
    assert first["relation"] == "single"
    assert "given before" in again["error"]


# ── what all pipes share ────────────────────────────────────────────────────────────────────────────

BAD = [
    (b"{", "not JSON"),
    (b"[1]", "expected a JSON object, found a list"),
    (b'{"text": "x"}', "`id` is missing"),
    (b'{"id": true, "text": "x"}', "`id` must be text"),
    (b'{"id": "a"}', "missing"),
    (b'{"id": "a", "text": 5, "title": 5}', "must be text, found a number"),
    (b'{"id": "a", "text": "\xff"}', "not UTF-8"),
    (b"[" * 100_000, "not JSON"),
]


@pytest.mark.parametrize(("line", "why"), BAD)
def test_a_bad_line_is_answered_and_the_rest_go_on(places: Run, group: Run, line: bytes, why: str) -> None:
    good = {"id": "z", "text": "ví", "title": "ví"}
    for run in (places, mask_pipe.run, group):
        bad, after = ask(run, line, good)
        assert "error" in bad and ("id" in bad or bad["line"] == 1)
        assert why in bad["error"] or "needed" in bad["error"]
        assert after["id"] == "z" and "error" not in after


def test_blank_lines_are_skipped_and_a_last_line_needs_no_end() -> None:
    out = io.BytesIO()
    assert mask_pipe.run(io.BytesIO(b'\n  \n{"id": "a", "text": "x"}'), out) == (3, 0)
    assert out.getvalue().count(b"\n") == 1


def test_half_a_surrogate_pair_is_written_out_as_a_question_mark() -> None:
    [said] = ask(mask_pipe.run, b'{"id": "a\\ud800", "text": "Em Lan \\udc00"}')
    assert said["id"] == "a?" and said["text"] == "Em [tên] ?"


@pytest.mark.parametrize("head", [b"\x1f\x8b\x08", b"\xff\xfe{\0", b"PK\x03\x04", b"ab\0cd"])
def test_input_that_is_no_text_ends_the_run(head: bytes) -> None:
    with pytest.raises(InputError, match="not UTF-8 JSON lines"):
        mask_pipe.run(io.BytesIO(head), io.BytesIO())


def test_a_line_without_end_is_passed_over_in_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipe, "LINE_LIMIT", 50_000)
    monkeypatch.setattr(pipe, "CHUNK", 1_000)
    long, good = ask(mask_pipe.run, b'{"id": "a", "text": "' + b"x" * 200_000, {"id": "b", "text": "ví"})
    assert "passed over" in long["error"] and long["line"] == 1
    assert good["text"] == "ví"
