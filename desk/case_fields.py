"""What a form of a case is made of, and the fields that many forms share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from alerts.case_parts import LONGEST_TEXT
from store.model_case import EventKind
from store.people import LONGEST_NAME, LONGEST_REASON

FieldKind = Literal["text", "area", "moment", "select", "radio", "checks", "office"]


@dataclass(frozen=True, slots=True)
class Field:
    """``options``: (value, words); ``limit``: characters."""

    name: str
    label: str
    kind: FieldKind = "text"
    limit: int = 200
    hint: str = ""
    need: bool = False
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    rows: int = 3
    half: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """``event`` decides in which states it can be given; ``button`` what it says."""

    key: str
    title: str
    event: EventKind
    group: str
    fields: tuple[Field, ...]
    button: str
    hint: str = ""


WHY = Field("ly_do", "Lý do", "area", LONGEST_REASON, "Ít nhất 10 chữ; được lưu lại.", need=True, rows=2)
TEXT = Field("noi_dung", "Nội dung", "area", LONGEST_TEXT, need=True)
WHEN = Field("luc", "Lúc nào", "moment", 20, "Bỏ trống: ngay bây giờ.")
OFFICE = Field("don_vi", "Đơn vị của người ghi", "office", 200, "Không ai kết luận về việc của chính đơn vị mình.")
BY = Field("ten", "Họ và tên người ghi", "text", LONGEST_NAME, "Được lưu lại cùng việc này.", need=True)


def options(words: Mapping[str, str], *keys: str) -> tuple[tuple[str, str], ...]:
    """(value, words) of these keys, or of all."""
    return tuple((key, words[key]) for key in (keys or words))
