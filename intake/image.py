"""A picture without its secrets: first frame, boxes painted into the pixels, encoded anew without any metadata.

Runs in a process of its own (:mod:`intake.apart`). Transparent pixels are laid on white: what is hidden under full
transparency is still in the file otherwise.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageDraw, ImageOps

from intake.apart import Unusable

MAX_PIXELS = 24_000_000
MAX_SIDE = 20_000
MAX_PNG_BYTES = 12 * 1024 * 1024
_FORMATS = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}
# What a file says of itself that tells nobody anything; everything else in `info` counts as metadata.
_HARMLESS = frozenset(
    [
        "gamma",
        "srgb",
        "transparency",
        "background",
        "loop",
        "duration",
        "timestamp",
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "interlace",
        "progressive",
        "progression",
        "adobe",
        "adobe_transform",
        "aspect",
        "default_image",
        "blend",
        "disposal",
        "bbox",
        "chromaticity",
    ]
)
Rectangle = Sequence[float]  # x, y, w, h as fractions


def clean(data: bytes, kind: str, boxes: Sequence[Rectangle], max_side: int = 0) -> tuple[dict[str, Any], list[bytes]]:
    """PNG (JPEG if that would be huge) of the first frame. ``max_side``: scaled down to it, for a preview.

    Raises :class:`Unusable`: broken, too_many_pixels.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        canvas, metadata, frames = _seen(data, kind)
    except Image.DecompressionBombError as bad:  # Pillow's own alarm, at twice the limit
        raise Unusable("too_many_pixels") from bad
    paint(canvas, boxes)
    if max_side and max(canvas.size) > max_side:
        canvas.thumbnail((max_side, max_side))
    media_type, out = encode(canvas)
    about = {"media_type": media_type, "size": list(canvas.size), "metadata": metadata, "frames": frames - 1}
    return about, [out]


def _seen(data: bytes, kind: str) -> tuple[Image.Image, int, int]:
    """What is seen of the first frame, how many pieces of metadata the file had, how many frames."""
    with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as opened:
        if opened.width * opened.height > MAX_PIXELS or max(opened.size) > MAX_SIDE:
            raise Unusable("too_many_pixels")
        frames = int(getattr(opened, "n_frames", 1))
        opened.load()
        metadata = sum(str(key).lower() not in _HARMLESS for key in opened.info) + bool(opened.getexif())
        return flat(ImageOps.exif_transpose(opened)), metadata, frames


def flat(image: Image.Image) -> Image.Image:
    """A new RGB image that carries nothing but what is seen, on white."""
    canvas = Image.new("RGB", image.size, "white")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        seen = image.convert("RGBA")
        canvas.paste(seen, mask=seen.getchannel("A"))
    elif image.mode.startswith("I;16") or image.mode in ("I", "F"):  # 16-bit greys: to 8 bit, not cut off
        canvas.paste(image.convert("F").point(lambda grey: grey / 256).convert("L"))
    else:
        canvas.paste(image.convert("RGB"))
    return canvas


def paint(canvas: Image.Image, boxes: Sequence[Rectangle]) -> None:
    """Black rectangles, rounded outwards and a pixel wider: smoothed edges of letters lie beside them."""
    draw = ImageDraw.Draw(canvas)
    wide, high = canvas.size
    for x, y, w, h in boxes:
        left, top = math.floor(x * wide) - 1, math.floor(y * high) - 1
        right, bottom = math.ceil((x + w) * wide), math.ceil((y + h) * high)
        draw.rectangle((left, top, right, bottom), fill="black")


def encode(canvas: Image.Image) -> tuple[str, bytes]:
    """Media type and bytes; the same pixels give the same bytes."""
    out = io.BytesIO()
    canvas.save(out, "PNG")
    if out.tell() <= MAX_PNG_BYTES:
        return "image/png", out.getvalue()
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=90, subsampling=0)
    return "image/jpeg", out.getvalue()
