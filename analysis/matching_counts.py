"""Counts that go on: how far something has come, what one school has of it, what is counted up to another day.

A reference of 412 cases up to 23 September is not at odds with 540 a month later, nor 318 to be built with 204 built,
nor the prizes of one school with those of the city. Such figures are set beside nothing.
"""

from __future__ import annotations

import re

from analysis.claim_slots import Fact
from analysis.claims import Claim
from analysis.references import Statement
from lang.claims_dates import Day
from lang.claims_numbers import Amount

_RULES = frozenset(
    ("nguyện vọng", "đồng", "phút", "giờ", "ngày", "tuần", "tháng", "năm", "tuổi", "%", "độ", "mét", "km", "tiết")
) | {"buổi"}

_UP_TO = re.compile(r"(?<!\w)(?:từ đầu năm|tính đến|lũy kế|cộng dồn|ghi nhận)(?!\w)")
# the day of a count
_AS_OF = re.compile(r"(?<!\w)(?:từ đầu năm(?: \d+)? đến|tính đến|tính tới)(?: hết)?(?: ngày)?\s*$")
_GROWN = re.compile(
    r"(?<!\w)(?:nâng (?:tổng )?số|lên (?:tới )?(?=\d)|đến nay|tới nay|tính đến|hiện (?:có|đã)|thêm \d|"
    r"trong tuần (?:qua|này)|"
    r"vượt|đã (?:là|có))(?!\w)|(?<=lên )\d"
)
_SO_FAR = re.compile(
    r"(?<!\w)(?:mới (?:có |chỉ )?(?=\d|\w+ \w+)|đến nay|tới nay|hiện (?:mới|đã|còn)|tính đến|(?:đến|tới|sau|"
    r"hết)(?: hết)? "
    r"(?:quý|tháng|tuần|\S+ (?:tuần|ngày|tháng))|đã (?:xong|hoàn thành|đón|nhận|học xong|trả|cấp|mở|sửa|"
    r"giải ngân)|đã có|"
    r"còn (?:lại )?(?=\d)|giải ngân|ngày đầu|bước đầu|đợt đầu)(?!\w)|đã xong"
)


def counted_on(claim: Claim, fact: Fact, statement: Statement, other: Fact) -> bool:
    """May both figures hold: one of a part or of another day of what the other counts?"""
    x, y = fact.value, other.value
    if isinstance(y, Day):
        return bool(_AS_OF.search(statement.slots.low, max(0, other.begin - 40), other.begin))
    if not isinstance(x, Amount) or not isinstance(y, Amount) or x.value == y.value:
        return False
    low = claim.slots.low
    if x.unit not in _RULES and _UP_TO.search(statement.slots.low) and _GROWN.search(low):
        return True
    if (
        x.value > y.value
        or y.bound
        or (y.unit in _RULES and not (y.unit == "đồng" and not y.per and _SO_FAR.search(low)))
    ):
        return False
    return bool(_SO_FAR.search(low)) or _of_one_school(claim, statement)


def _of_one_school(claim: Claim, statement: Statement) -> bool:
    """A school tells its own share of what the reference counts for all."""
    return bool(claim.slots.schools) and not statement.slots.schools
