"""What is said of a faulty own calendar.yml: the line, what is wrong, the cure; the shipped calendar goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.calendar import load_calendar

SHIPPED, _ERRORS = load_calendar()
TAIL = "reason: bão, decided_by: A, decided_on: 2027-09-01"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # the same day, day twice, days that do not exist
        ('holidays:\n  hai: {name: X, day: "04-30"}\n', 2, "`chien_thang` and `hai` are the same day 04-30"),
        ('holidays:\n  hai: {name: X, lunar: "03-10"}\n', 2, "are the same day 03-10"),
        ('holidays:\n  hai:\n    name: X\n    day: "02-30"\n', 4, "there is no day 30/02 in every year"),
        ('holidays:\n  hai:\n    name: X\n    day: "02-29"\n', 4, "there is no day 29/02 in every year"),
        ('holidays:\n  hai:\n    name: X\n    lunar: "13-01"\n', 4, "no lunar month"),
        ('holidays:\n  hai:\n    name: X\n    day: 30/4\n', 4, "no month and day as 09-02"),
        ('holidays:\n  hai: {name: X, day: "05-05"}\n  hai: {name: Y, day: "05-06"}\n', 3, "`hai` stands there twice"),
        ("holidays:\n  hai:\n    name: X\n", 2, "give either `day` or `lunar`"),
        ('holidays:\n  hai: {name: X, day: "05-05", starts: [1]}\n', 2, "day itself among the days off"),
        ("local:\n  mot:\n    name: X\n    decided_by: A\n    days:\n      - 2027-05-10\n      - 2027-02-30\n", 7,
         "there is no day 2027-02-30"),
        ("local:\n  mot:\n    name: X\n    decided_by: A\n    days: [2027-05-10, 2027-05-09..2027-05-11]\n", 5,
         "2027-05-10 stands there twice"),
        ("local:\n  mot: {name: X, decided_by: A, days: [2027-05-10]}\n"
         "  hai:\n    name: Y\n    decided_by: A\n    days: [2027-05-10]\n", 6, "is a day off in `mot` too"),
        ("local:\n  mot: {name: X, days: [2027-05-10]}\n", 2, "`local.mot.decided_by` is missing"),
        ("local:\n  mot: {name: X, decided_by: A, days: [2027-05-10..2027-05-01]}\n", 2, "ends before it begins"),
        ("local:\n  mot: {name: X, decided_by: A, days: [2026-05-10..2027-05-01]}\n", 2, "longer than 60 days"),
        ("local:\n  mot: {name: X, decided_by: A, days: [2026-08-22]}\n", 2, "is worked by the swap `bu_2026_08_31`"),
        # hours
        ('hours:\n  chung: {name: X, parts: ["07:30-11:30", "11:00-17:00"]}\n', 2, "the parts of the day overlap"),
        ('hours:\n  chung:\n    name: X\n    parts: ["17:00-07:00"]\n', 4, "ends before it begins"),
        ('hours:\n  chung:\n    name: X\n    parts: ["7h30-11h30"]\n', 4, "no part of a day as 07:30-11:30"),
        ('hours:\n  dem:\n    name: X\n    parts: ["22:00-24:00"]\n', 4, "no part of a day"),
        ('hours:\n  hai: {name: X, parts: ["08:00-12:00"]}\n', 2, "both office hours of the whole year"),
        ('hours:\n  he: {name: X, parts: ["08:00-12:00"], since: "04-01", until: "10-01"}\n'
         '  thu: {name: Y, parts: ["09:00-12:00"], since: "09-15", until: "11-01"}\n', 3,
         "the seasons `he` and `thu` overlap"),
        ('hours:\n  he: {name: X, parts: ["08:00-12:00"], since: "04-01"}\n', 2, "`since` and `until` go together"),
        ('hours:\n  chung: {name: X, parts: ["08:00-12:00"], enabled: false}\n', 1,
         "no office hours for the whole year"),
        ("weekend:\n  hang_tuan: {name: X, days: [sat, chunhat]}\n", 2, "chunhat"),
        ("weekend:\n  hai: {name: X, days: [mon, tue, wed, thu, fri]}\n", 2, "no day of the week is left to work"),
        ("hours:\n  chung: {name: X, parts: []}\n", 2, "the list is empty"),
        ("local:\n  mot: {name: X, decided_by: A, days: []}\n", 2, "the list is empty"),
        # decisions
        ("decisions:\n  a_b: {name: X, holiday: tet, year: 2027, days: [2027-02-05]}\n", 2, "`tet` is no holiday"),
        ("decisions:\n  a_b: {name: X, holiday: tet_am_lich, year: 2026, days: [2026-02-17]}\n", 2,
         "`tet_2026` and `a_b` both decide `tet_am_lich` of 2026"),
        ("decisions:\n  a_b: {name: X, holiday: tet_am_lich, year: 2027, days: [2027-02-10]}\n", 2,
         "2027-02-06, Tết Âm lịch itself, is not among the days"),
        ("decisions:\n  a_b:\n    name: X\n    holiday: tet_am_lich\n    year: 2027\n    days: [2026-02-06]\n",
         6, "2026-02-06 is far from Tết Âm lịch"),
        # swaps
        ("swaps:\n  a_b:\n    name: X\n    rest: 2026-08-31\n    work: 2026-09-12\n", 4,
         "2026-08-31 is swapped by `bu_2026_08_31` too"),
        ("swaps:\n  a_b: {name: X, rest: 2027-04-29, work: 2027-05-08}\n"
         "  c_d:\n    name: Y\n    rest: 2027-05-04\n    work: 2027-05-08\n", 6, "2027-05-08 is swapped by `a_b` too"),
        ("swaps:\n  a_b:\n    name: X\n    rest: 2027-05-01\n    work: 2027-05-08\n", 4, "a weekly day off already"),
        ("swaps:\n  a_b:\n    name: X\n    rest: 2027-04-30\n    work: 2027-05-08\n", 4, "is a holiday already"),
        ("swaps:\n  a_b:\n    name: X\n    rest: 2027-04-29\n    work: 2027-05-07\n", 5, "is worked anyway"),
        ("swaps:\n  a_b:\n    name: X\n    rest: 2027-04-29\n    work: 2027-05-01\n", 5, "is a holiday (Ngày Quốc tế"),
        ("swaps:\n  a_b:\n    name: X\n    rest: 2027-04-29\n    work: 2026-05-09\n", 5, "is far from"),
        ("swaps:\n  a_b:\n    name: X\n    rest: 2027-02-29\n    work: 2027-05-08\n", 4, "there is no day 2027-02-29"),
        # storms
        (f"storms:\n  a_b: {{name: X, begins: 2027-09-07 12:00, ends: 2027-09-07 12:00, {TAIL}}}\n", 2,
         "ends before"),
        (f"storms:\n  a_b: {{name: X, begins: 2027-09-07 12:00, ends: 2027-09-08 12:00, {TAIL}}}\n"
         f"  c_d: {{name: Y, begins: 2027-09-08 11:00, ends: 2027-09-09 12:00, {TAIL}}}\n", 3,
         "`a_b` and `c_d` overlap"),
        ('storms:\n  a_b: {name: X, begins: 2027-09-07 12:00, ends: 2027-09-08 12:00}\n', 2, "is missing"),
        (f"storms:\n  a_b:\n    name: X\n    begins: trưa\n    ends: 2027-09-08 12:00\n"
         f"    {TAIL.replace(', ', chr(10) + '    ')}\n", 4, "no day and hour as"),
        # words of the file itself
        ('holidays:\n  hai: {name: X, dya: "05-05"}\n', 2, "did you mean `day`?"),
        ("holiday:\n  hai: {}\n", 1, "did you mean `holidays`?"),
        ('holidays:\n  Hai: {name: X, day: "05-05"}\n', 2, "pattern"),
        ('holidays:\n  hai: {name: X, day: "05-05", verified_by: A}\n', 2,
         "`verified_by` and `verified_on` go together"),
        ("holidays: [1]\n", 1, "holidays"),
        ("- a\n", 1, "expected `name: value` lines"),
        ("holidays:\n\t- a\n", 2, "not YAML"),
        ("a: &x {b: 1}\nc: *x\n", 1, "an anchor"),
    ],
)  # fmt: skip
def test_a_faulty_own_file_is_told_with_its_line_and_the_shipped_calendar_goes_on(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    path = tmp_path / "calendar.yml"
    path.write_text(text, encoding="utf-8")
    calendar, errors = load_calendar(tmp_path)
    assert calendar == SHIPPED
    assert any(e.where == f"{path}:{line}" and words in str(e) and e.fix for e in errors), [str(e) for e in errors]


def test_a_giant_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "calendar.yml").write_text("holidays:\n" + "# x\n" * 50_000, encoding="utf-8")
    calendar, errors = load_calendar(tmp_path)
    assert calendar == SHIPPED
    assert "larger than" in str(errors[0])


def test_one_slip_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "calendar.yml").write_text(
        "local:\n  mot: {name: X, decided_by: A, days: [2027-02-30]}\n", encoding="utf-8"
    )
    assert len(load_calendar(tmp_path)[1]) == 1
