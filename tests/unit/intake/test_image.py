"""Pictures: what a person drew is black, nothing that the file said beside its pixels is left."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from intake.form import Box, Refused
from intake.redact import RedactedFile, look, redact
from tests.unit.intake.samples import BOX, NOON, SECRET, holds, jpeg, picture, png, with_file


def only(data: bytes, *boxes: Box, declared: bool = False) -> RedactedFile:
    (found,) = redact(with_file(data, *boxes, declared=declared), now=NOON).files
    return found


def test_a_drawn_box_is_black_in_the_pixels_and_the_rest_is_as_it_was() -> None:
    image = picture(only(png(), BOX).data).convert("RGB")
    assert image.size == (200, 100)
    for x in range(20, 80):
        for y in range(10, 30):
            assert image.getpixel((x, y)) == (0, 0, 0)
    assert image.getpixel((150, 80)) == (255, 255, 255)
    assert (255, 0, 0) not in {color for _, color in image.getcolors() or []}


@pytest.mark.parametrize("data", [png(secret=SECRET), jpeg(SECRET)], ids=["png", "jpeg"])
def test_metadata_is_gone(data: bytes) -> None:
    assert holds(data, SECRET)
    found = only(data, BOX)
    assert not holds(found.data, SECRET)
    assert picture(found.data).info == {}
    assert dict(picture(found.data).getexif()) == {}


def test_what_was_taken_out_is_said() -> None:
    removed = redact(with_file(jpeg(SECRET), BOX, BOX), now=NOON).removed
    assert {(r.where, r.what) for r in removed} == {
        ("files.0", "metadata"), ("files.0", "drawn box"), ("files.0", "file name")
    }  # fmt: skip
    assert next(r.count for r in removed if r.what == "drawn box") == 2


def test_the_name_of_the_file_is_ours() -> None:
    sub = with_file(png(), BOX, name="../../Nguyễn Văn Kín\u202egnp.exe")
    found = redact(sub, now=NOON)
    assert found.files[0].name == "tep-1.png"
    assert SECRET not in repr(found)


def test_what_lies_under_transparency_is_gone() -> None:
    image = Image.new("RGBA", (50, 50), (255, 0, 0, 0))  # red, wholly transparent
    out = io.BytesIO()
    image.save(out, "PNG")
    shown = picture(only(out.getvalue(), Box(1, 0, 0, 0.1, 0.1)).data)
    assert shown.mode == "RGB"
    assert shown.getpixel((40, 40)) == (255, 255, 255)


def test_a_box_lies_where_the_person_saw_it_on_a_turned_photograph() -> None:
    # Orientation 6: shown turned right, so the red corner (upper left of the pixels) is seen upper right.
    shown = picture(only(jpeg(SECRET, orientation=6), Box(1, 0.7, 0, 0.3, 0.3)).data).convert("RGB")
    assert shown.size == (100, 200)
    reds = [1 for count, (r, g, b) in shown.getcolors(20_000) or [] if r > 200 and g < 80 and b < 80 and count]
    assert reds == []


def test_only_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (20, 20), c) for c in ("white", "red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    found = redact(with_file(out.getvalue(), Box(1, 0, 0, 0.1, 0.1)), now=NOON)
    assert picture(found.files[0].data).getpixel((15, 15)) == (255, 255, 255)
    assert ("frames", 2) in {(r.what, r.count) for r in found.removed}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixels_is_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert picture(only(out.getvalue(), declared=True).data).mode == "RGB"


def test_a_declaration_stands_in_for_boxes() -> None:
    assert only(png(), declared=True).media_type == "image/png"
    with pytest.raises(Refused, match="chưa có khung che"):
        only(png())


def test_a_box_on_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match="trang 2"):
        only(png(), Box(2, 0, 0, 0.5, 0.5))


def test_redacting_what_was_redacted_changes_nothing() -> None:
    once = only(png(secret=SECRET), BOX)
    assert only(once.data, BOX).data == once.data


def test_a_look_shows_the_boxes_so_far_and_is_small() -> None:
    (page,) = look(with_file(png((2400, 1200)), BOX).files[0])
    shown = picture(page)
    assert shown.size == (1200, 600)
    assert shown.getpixel((200, 100)) == (0, 0, 0)
    (bare,) = look(with_file(png((240, 120))).files[0])
    assert picture(bare).size == (240, 120)
