"""The part an article plays in a rumour, by how it tells it: denies it, asks about it, or neither (D08).

A debunk names what was told (a quotation, a post, a document) and says that it is not so; a report of a rumour asks,
checks or was there. Either is no candidate, whatever the sentence that it repeats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.claims import Claim
from analysis.matching import Match
from lang import claims_cues as cues

_NO_SUCH = re.compile(
    r"(?<!\w)(?:không (?:hề )?có (?:chuyện|việc|vụ|ca|trường hợp|lịch|quyết định|kế hoạch|"
    r"chủ trương)|không phải (?:chủ trương|quyết định)|bác (?:tin|bỏ|thông tin)|đính chính)(?!\w)"
)
_EARLIER = re.compile(r"(?<!\w)(?:hồi|trước đây|tương tự|năm ngoái|lần trước|trước đó từng)(?!\w)")
_TELLING = re.compile(
    r"(?<!\w)(?:văn bản|công văn|thông báo|tin nhắn|bài đăng|bài viết|tin đồn|clip|tờ rơi|dòng tin|đoạn tin|"
    r"lời mời|cuộc gọi|nội dung)"
    r"[^.]{0,60}(?:mang số|ghi|nói|viết|cho rằng|yêu cầu|rao|khẳng định|kể|loan|tung)(?!\w)"
)
_NAMELESS = re.compile(
    r"(?<!\w)(?:người đăng|(?:nhiều|các|mấy|một số) trang|tài khoản|tin nhắn|đoạn tin|dòng tin|bài đăng|bài viết|"
    r"tin|tin đồn|lời đồn|chuyện|"
    r"ai (?:bảo|nói|tung)|"
    r"có người|mạng xã hội|nhiều người|người ta|kẻ|lời rao|đoạn)(?!\w)"
)
_FOUND = re.compile(
    r"(?<!\w)theo (?:cơ quan )?(?:công an|sở|ubnd|ủy ban|bệnh viện|báo cáo|kết luận|thông báo)(?!\w)|"
    r"(?<!\w)(?:công an|cơ quan[^.,]{0,20}|sở|ubnd|ủy ban|bệnh viện|báo cáo|thông báo|kết luận|quyết định|"
    r"công văn|nhà trường|"
    r"hiệu trưởng|ban giám hiệu|ngành [^.,]{0,15})[^.]{0,50}(?:kết luận|xác minh|khẳng định|cho biết|cho hay|"
    r"xác nhận|ghi|nêu|"
    r"trả lời|quy định)(?!\w)"
)
_THAT = re.compile(
    r"(?<!\w)(?:văn bản|thông tin|tin|nội dung|bài|bài viết|clip|chuyện|vụ|vụ việc|việc|lời mời|điều|ca|trường hợp) "
    r"(?:nào )?(?:này|trên|nói trên|nêu trên|ấy|đó|như vậy|như thế)(?!\w)|(?<!\w)(?:đây|đó) (?:chỉ )?(?:là|"
    r"không phải)(?!\w)"
)
_SYLLABLES = 5  # of a quotation that tells something; a shorter one is a name


def denial(found: Sequence[Claim]) -> Claim | None:
    """The sentence that says that something told is not so; None in a text that denies nothing."""
    asking = len(frozenset().union(*(cues.asks(c.slots.low) for c in found))) >= 2 if found else False
    for at, claim in enumerate(found):
        low = claim.slots.low
        if asking and _EARLIER.search(low):
            continue  # another rumour, settled before, recalled in a report of this one
        told = [low[a:b] for a, b in claim.slots.quotes if len(low[a:b].split()) >= _SYLLABLES]
        said = cues.DENY.search(low)
        no_such = _NO_SUCH.search(low)
        if no_such and (told or claim.number == 0 or re.search(r"bác (?:tin|bỏ|thông tin)|đính chính", low)):
            return claim
        if said and (told or _verdict_on_telling(low, said.start())):
            return claim
        if told and any(cues.DENY.search(other.slots.low) for other in found[at + 1 : at + 4]):
            return claim
        if (
            claim.number
            and _TELLING.search(low)
            and any(cues.DENY.search(o.slots.low) and _THAT.search(o.slots.low) for o in found[at + 1 : at + 4])
        ):
            return claim
    return None if asking else _set_right(found)


def _set_right(found: Sequence[Claim]) -> Claim | None:
    """Somebody nameless is quoted, and an authority tells what it found: the quotation is not the article's word."""
    for claim in found:
        low = claim.slots.low
        told = any(len(low[a:b].split()) >= _SYLLABLES for a, b in claim.slots.quotes)
        if told and _NAMELESS.search(low) and any(_FOUND.search(o.slots.low) for o in found if o is not claim):
            return claim
    return None


def quoted(match: Match) -> bool:
    """Does the difference stand within the quoted words of somebody nameless? Those are no words of the article."""
    if match.finding is None or not _NAMELESS.search(match.claim.slots.low):
        return False
    begin, end = match.finding.claim_span
    low = match.claim.slots.low
    return any(a <= begin and end <= b and len(low[a:b].split()) >= _SYLLABLES for a, b in match.claim.slots.quotes)


def _verdict_on_telling(low: str, at: int) -> bool:
    """thông tin … là bịa đặt, văn bản số … là giả mạo: the verdict is on something told, not on a state of things."""
    verdict = re.search(
        r"(?<!\w)(?:bịa đặt|không có thật|giả mạo|sai sự thật|không chính xác|tin giả|văn bản giả|đồ giả|mạo "
        r"danh|không đúng sự thật|thất thiệt|bịa|(?:là|hoàn toàn|đều) (?:tin |nội dung |thông tin )?sai|"
        r"không có cơ sở|lừa đảo|tào lao|thêu dệt|tầm bậy|nhảm|xạo|vớ vẩn|láo|dựng chuyện|fake)(?!\w)",
        low[at:],
    )
    return bool(verdict) and bool(cues.RUMOUR_NOUN.search(low[: at + (verdict.start() if verdict else 0)]))


def report(found: Sequence[Claim]) -> Claim | None:
    """The sentence with the rumour in a text that asks or checks; None in any other."""
    kinds: set[int] = set()
    best: tuple[int, Claim] | None = None
    for claim in found:
        here = cues.asks(claim.slots.low)
        kinds |= here
        if here and (best is None or len(here) > best[0]):
            best = (len(here), claim)
    checking = kinds & {0, 1, 2, 5}
    if best is None or len(kinds) < 2 or not checking:
        return None
    return best[1]
