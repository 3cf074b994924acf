"""Charts: labels whole, greys told apart by shape, nothing from outside, the same bytes."""

from __future__ import annotations

import itertools
import re

import pytest
from lxml import etree

from alerts import charts
from alerts.charts_kinds import Life, Mark, Row, Series, columns, lifelines, lines, multiples, parted, rows
from alerts.documents.nd30_svg import drawing
from alerts.documents.pdf_engine import png

LONG = "Sở Giáo dục và Đào tạo phường Lập Lễ, thị trấn Ựậ ngập ngừng kéo dài mãi không thôi " * 3
LABELS = tuple(f"{n:02d}/05" for n in range(1, 31))
VALUES = tuple(float(n % 7) for n in range(30))
BANDS = Series("Bất lợi", (0.2, None, 0.4), (0.1, None, 0.3), (0.3, None, 1.0))
ALL = {
    "columns": columns(
        LABELS, [Series("Bài gốc", VALUES), Series(LONG, VALUES)], "t", marks=[Mark(LONG, 3, 5), Mark("Tết", 29, 40)]
    ),
    "columns of nothing": columns((), [], "t"),
    "columns of zeros": columns(LABELS, [Series("a", (0.0,) * 30)], "t"),
    "lines": lines(("a", "b", "c"), [BANDS, Series(LONG, (0.1, 0.1, 0.1))], "t", marks=[Mark("Khai giảng", -3, 0.1)]),
    "rows": rows([Row(LONG, 12_345_678, 3), Row("x", 0)], "t", names=("Kỳ này", LONG)),
    "differences": rows([Row("a", -0.2, None, -0.9, 0.1, " *"), Row(LONG, 0.1, None, 0.0, 0.2)], "t", signed=True),
    "no rows": rows([], "t"),
    "multiples": multiples(LABELS, [Series(LONG, VALUES), Series("b", (None,) * 30)], "t"),
    "lifelines": lifelines(
        [Life(LONG, ((0.0, 0), (1.0, 3)), LONG), Life("b", ())], ("01/05", "31/05"), ((0, "nêu"),), "t"
    ),
    "parted": parted([(LONG, (5, 0, 1)), ("b", (0, 0, 0))], ("đúng hạn", "trễ", LONG), "t"),
}


@pytest.mark.parametrize("name", ALL)
def test_it_is_self_contained_svg_that_both_writers_take(name: str) -> None:
    found = drawing(ALL[name])
    assert 0 < found.ratio < 4
    assert png(found.svg, 80, 60).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ALL)
def test_no_label_reaches_over_the_edge(name: str) -> None:
    root = etree.fromstring(ALL[name].encode())
    _, _, wide, high = map(float, root.get("viewBox").split())
    for node in root.iter("{*}text"):
        size = float(node.get("font-size"))
        length = charts.text_width(node.text or "", size, node.get("font-weight") == "bold")
        left = float(node.get("x")) - {"start": 0, "middle": length / 2, "end": length}[node.get("text-anchor")]
        assert left >= -0.01 and left + length <= wide + 0.01, (node.text, left, left + length)
        assert float(node.get("y")) - size >= -3 and float(node.get("y")) + size * 0.3 <= high, node.text


def test_widths_are_never_less_than_what_is_drawn() -> None:
    """Each letter is measured against a drawing of it: dots below, horns, dashes and the ellipsis included."""
    import io

    from PIL import Image

    for text in (
        "Sở Giáo dục và Đào tạo phường Lập Lễ",
        "điểm %, khoảng tin cậy 95 %: 12,5–20,1",
        "ngập ngừng…",
        "▼ ■ ● ▲",
    ):
        canvas = charts.Canvas(30)
        canvas.text(0, 20, text)
        image = Image.open(io.BytesIO(png(canvas.svg("t"), 165, 220))).convert("L")
        dark = image.point(lambda v: 255 if v < 128 else 0).getbbox()
        drawn = dark[2] / image.width * charts.WIDE
        assert drawn <= charts.text_width(text) + 1, (text, drawn, charts.text_width(text))


def test_series_are_told_apart_without_colour() -> None:
    svg = columns(LABELS, [Series(n, VALUES) for n in "abcde"], "t")
    colours = set(re.findall(r"#[0-9a-f]{6}", svg))
    assert all(c[1:3] == c[3:5] == c[5:7] for c in colours), "greys alone"
    looks = {(charts.FILLS[n], charts.HATCHES[n]) for n in range(5)}
    assert len(looks) == 5
    assert len({svg_mark(n) for n in range(4)}) == 4


def svg_mark(series: int) -> str:
    canvas = charts.Canvas(10)
    canvas.mark(5, 5, series)
    return canvas.parts[0]


def test_words_are_escaped_and_controls_left_out() -> None:
    svg = rows([Row('<script>"&\x00\x07', 1)], 'a "b" <c>')
    etree.fromstring(svg.encode())
    assert "<script>" not in svg


def test_hatching_stays_within_its_bar() -> None:
    canvas = charts.Canvas(100)
    canvas.box(10, 20, 30, 50, 3)
    ways = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", "".join(canvas.parts))
    assert len(ways) > 20
    assert all(10 <= float(x) <= 40 and 20 <= float(y) <= 70 for x, y in ways)


@pytest.mark.parametrize(("most", "last"), [(0, 1), (1, 1), (0.37, 0.4), (3, 3), (7, 8), (101, 150), (12_000, 15_000)])
def test_scales_end_at_a_round_number_over_the_highest(most: float, last: float) -> None:
    found = charts.ticks(most)
    assert found[0] == 0 and found[-1] == last and len(found) <= 8
    steps = {round(b - a, 9) for a, b in itertools.pairwise(found)}
    assert len(steps) == 1


def test_a_long_label_is_broken_then_cut() -> None:
    found = charts.wrapped(LONG, 200)
    assert len(found) == 2 and found[1].endswith("…") and all(charts.text_width(line) <= 200 for line in found)
    assert charts.wrapped("Phường Lê Chân", 200) == ["Phường Lê Chân"]


def test_the_same_values_give_the_same_bytes() -> None:
    again = lines(("a", "b", "c"), [BANDS, Series(LONG, (0.1, 0.1, 0.1))], "t", marks=[Mark("Khai giảng", -3, 0.1)])
    assert again == ALL["lines"]
