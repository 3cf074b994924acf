"""Patterns of days as Vietnamese writes and says them (`lang/claims_dates.py`)."""

from __future__ import annotations

import re

D, M, Y = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)", r"(?:1[0-2]|0?[1-9])(?!\d)", r"(?:20\d\d)(?!\d)"
TAIL = rf"(?:(?:\s?/\s?|[.-]){M}(?:(?:\s?/\s?|[.-]){Y})?|\s+tháng\s+{M}(?:(?:\s+năm\s+|\s*/\s*|,?\s+){Y})?)"
# the last of a list has the month: 15, 16, 17/7 · từ 22 tới hết 27 tháng 6 · 11-12/6
LIST = re.compile(
    rf"(?<![\w./,:-])(?<!giờ )(?P<first>(?:ngày |mùng |mồng )?{D}(?:\s*/\s*{M})?)(?P<more>(?:\s*(?:,|và|với|-|"
    rf"–|đến hết ngày|đến ngày|đến hết|đến|tới hết|tới)\s*"
    rf"(?:ngày |mùng )?{D}(?:\s*/\s*{M})?(?!\d))*?)(?P<join>\s*(?:,|và|với|-|–|đến hết ngày|đến ngày|đến hết|"
    rf"đến|tới hết|tới)\s*)(?:ngày |mùng )?"
    rf"(?P<day>{D})(?P<tail>{TAIL})(?![\d%])(?!\s*(?:nghìn|triệu|đồng|%))"
)
ONE = re.compile(rf"(?<![\w./,:-])(?P<day>{D})(?P<tail>{TAIL})(?![\d%/])")
MONTH = re.compile(
    rf"(?<!\w)(?<!mỗi )(?<!một )(?<!hằng )(?<!hàng )(?P<part>đầu|giữa|cuối|hết|ngày cuối cùng của|ngày cuối "
    rf"cùng|trong|suốt)?\s*tháng\s+(?P<month>{M}|giêng|chạp|tư|năm|bảy|tám|chín|mười|hai|ba|sáu)"
    rf"(?!\s*tuổi|\s*(?:tháng|liền|liên))(?:(?:\s+năm\s+|\s*/\s*){Y})?(?!\d|/)(?!\w)"
)
WEEKDAY = re.compile(
    r"(?<!\w)(?P<name>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)(?:\s+(?P<which>tuần sau|tuần tới|tới|"
    r"tuần này|này|vừa rồi|vừa qua|tuần trước|"
    r"tuần rồi|trước|qua|sau))?(?!\w)"
)
RELATIVE = re.compile(
    r"(?<!\w)(?:(?:sáng|trưa|chiều|tối|đêm|ngày|hôm)\s+(?P<day>mai|kia|nay|qua|kìa)|(?P<whole>hôm kia|hôm trước|"
    r"ngày kia))(?!\w)"
)
WHOLE = re.compile(
    r"(?<!\w)(?:(?P<part>đầu|giữa|cuối|hết|trong)\s+)?(?P<what>tháng|năm|tuần)\s+(?P<which>này|nay|sau|tới|"
    r"trước|ngoái|rồi)(?!\w)"
)
BARE = re.compile(
    rf"(?<!\w)(?:hết ngày|ngày|hôm mùng|mùng|mồng|hôm) (?P<day>{D})(?!\s*(?:tháng|/|,|và|-|–|\d|"
    rf"ngày|đêm))(?!\w)"
)
SHIFT = {"mai": 1, "kia": 2, "nay": 0, "qua": -1, "kìa": -2, "hôm kia": -2, "hôm trước": -2, "ngày kia": 2}
NAMES = {
    "giêng": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "chạp": 12,
}
DAYS = {
    "hai": 0,
    "ba": 1,
    "tư": 2,
    "năm": 3,
    "sáu": 4,
    "bảy": 5,
    "2": 0,
    "3": 1,
    "4": 2,
    "5": 3,
    "6": 4,
    "7": 5,
    "nhật": 6,
}
START = re.compile(
    r"(?:kể từ|bắt đầu từ|bắt đầu vào|bắt đầu|tính từ|từ|mở từ|mở vào|khởi đầu)(?:\s+(?:ngày|sáng|chiều|hôm|thứ "
    r"\w+|chủ nhật|lúc|\d+ giờ(?: \d+)?|đầu|giữa|tối|mùng|mồng))*,?\s*$"
)
END = re.compile(
    r"(?:đến hết|tới hết|cho đến hết|đến|tới|hết|trước|chậm nhất|muộn nhất|hạn chót|hạn cuối|hạn|cuối cùng|kết "
    r"thúc|đóng|khóa cổng|khóa sổ|khép lại|trong)"
    r"(?:\s+(?:tận|vào|nửa đêm|là|ngày|sáng|chiều|hôm|thứ \w+|chủ nhật|lúc|\d+ giờ(?: \d+)?|khi|hết|tối|trước|"
    r"cuối|giữa|đầu|"
    r"mùng|mồng))*(?:(?<!tới)(?<!đến),)?\s*$"
)
OPENS = re.compile(r"^[\s,]*(?:mới |sẽ )?(?:mở|bắt đầu|khởi động)(?!\w)")
CLOSES = re.compile(r"^[\s,]*(?:\S+ ){0,2}?(?:là (?:hạn|ngày) (?:chót|cuối)|hết hạn|đóng|dừng nhận|là hạn)(?!\w)")
