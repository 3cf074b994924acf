"""What is allowed, required, forbidden, ended or denied in a clause, and on which words that bears.

A marker (không được, cho phép, phải, tạm dừng …) bears on the words behind it up to the end of its clause; a verdict
(… là bịa đặt, … không có thật) on the words before it. Signs: +1 said to be so or to be allowed, −1 not so or not
allowed; ``strong`` where somebody allows, requires or forbids, or where it is said to have ended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARKERS = {
    "forbid": "không được phép|không được tự ý|không được|không cho phép|không cho|nghiêm cấm|bị cấm|cấm|tuyệt "
        "đối không|"
    "không có quyền|không được quyền|không ai được|chưa được phép|không thể được|đừng",
    "notreq": "không bắt buộc|không buộc|không phải|không cần|không yêu cầu|không đòi hỏi|không nhất thiết|"
        "không ép|khỏi phải|"
    "không bắt|không còn phải|chẳng cần|khỏi cần|khỏi",
    "cease": "không còn được|không còn|thôi không|thì thôi|bãi bỏ|hủy bỏ|huỷ bỏ|tạm dừng|tạm ngừng|dừng việc|"
        "ngừng|chấm "
        "dứt|bị bỏ|bỏ|hết được|"
    "bị dừng|bị hủy|đình chỉ việc|thu hồi",
    "neg": "không hề|không từng|chưa từng|không có chuyện|không có việc|không có trường hợp|không có|không ghi "
        "nhận|không|chưa có|"
    "chưa được|chưa|chẳng|chả|không áp dụng|không tổ chức và không|không ban hành",
    "permit": "được phép|cho phép|được quyền|có quyền|có thể|đã được|mới được|được tự|cũng được|sẽ được|vẫn được|được",
    "require": "bắt buộc phải|bắt buộc|buộc phải|bị buộc|buộc|phải|có trách nhiệm|yêu cầu|đòi|ép",
    "only": "chỉ được|chỉ phải|chỉ cần|chỉ",
    "except": "trừ trường hợp|ngoại trừ|trừ khi|trừ",
}  # fmt: skip
_KIND = {word: kind for kind, words in _MARKERS.items() for word in words.split("|")}
_MARKER = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_KIND, key=len, reverse=True))})(?!\w)")
SIGN = {
    "forbid": -1,
    "notreq": -1,
    "cease": -1,
    "neg": -1,
    "permit": 1,
    "require": 1,
    "only": 1,
    "except": 0,
    "plain": 1,
}
STRONG = frozenset({"forbid", "permit", "require", "cease", "notreq"})
# "được" in these is part of a word, no leave
_NOT_LEAVE = re.compile(r"(?:nhận|thấy|biết|có|đạt|làm|hưởng|mua|bán|tìm|nghe|gặp|giữ|trả lời|nộp|ghi)\s+$")
_PASSIVE = re.compile(
    r"^\s*(?:công bố|tổ chức|thực hiện|áp dụng|đăng|theo dõi|phát hiện|xác định|ban hành|điều chỉnh|thông qua|"
    r"giao(?! bài)|cấp|tạo lập)"
)
_PART_OF_WORD = re.compile(r"(?:chứng|địa|tiêu|chứng nhận) $")  # chứng chỉ is a paper
_DOUBTFUL = {
    "chỉ": re.compile(r"\s*(?:tiêu|đạo|định|thị|số|huy|dẫn|ra|rõ|trích)(?!\w)"),
    "không": re.compile(r"\s*(?:gian|khí|quân|trung|vận|quá|vượt|dưới|ít|những|chỉ|chừng|gì|kém)(?!\w)"),
    "chưa": re.compile(r"\s*(?:quá|tới|đến|đầy|chắc|kể)(?!\w)"),
    "bỏ": re.compile(r"\s*(?:học|phiếu|ngỏ|lỡ|cuộc|qua|ra|vào|tiền|việc)(?!\w)"),
    "đòi": re.compile(r"\s*(?:hỏi)(?!\w)"),
    "buộc": re.compile(r"\s*(?:dây|chặt)(?!\w)"),
    "yêu cầu": re.compile(r"\s*(?:của)(?!\w)"),
    "phải": re.compile(r"\s*(?:trái|không)(?!\w)"),
}
_PAIR = re.compile(r"\S+ (?:trước|và|hoặc|hay|ở|tại)(?!\w)")  # cấm dừng, đỗ trước cổng trường
_CUT = re.compile(
    r"[;.?!]|,\s|(?<!\w)(?:nhưng|còn|trong khi|song|tuy|riêng|vẫn|thì|mà(?! mình)|thay vì|nếu|vì|để|do đó|nên)(?!\w)"
)
VERDICT = re.compile(
    r"(?<!\w)(?:(?:hoàn toàn )?(?:là )?(?:không có thật|không đúng(?: sự thật)?(?! (?:quy|theo|hạn|tuyến|đối|mục|"
    r"nơi|chỗ|giờ|lịch|trình|thẩm|mức|thời|với quy))|bịa đặt|bịa|nói điêu|nói láo|nói bừa|nói oan|sai sự thật|"
    r"không chính "
    r"xác|giả mạo|thông tin giả|"
    r"không phải (?:là )?(?:của|do)|tin giả|đồ giả|văn bản giả|hàng giả|văn bản giả mạo|tin đồn|tin bịa|"
    r"xuyên tạc|thất thiệt|mạo danh|lừa đảo|vô căn cứ|không có căn cứ))(?!\w)"
)


_SAID = re.compile(r"(?:là|hoàn toàn|đều|thực chất|xác định)\s+(?:\S+\s+){0,2}$")


@dataclass(frozen=True, slots=True)
class Mode:
    """One marker: its kind, its place, and the stretch of text that it bears on."""

    kind: str
    begin: int
    end: int
    until: int


def modes(low: str, words: Sequence[tuple[int, int]] = ()) -> list[Mode]:
    """Markers in lower-case text of one tone style, in order, with what they bear on; none inside one of ``words``
    (buộc thôi học is a punishment, not a duty)."""
    found: list[Mode] = []
    for match in _MARKER.finditer(low):
        if any(a <= match.start() and match.end() < b for a, b in words):
            continue
        kind = _KIND[match[0]]
        if match[0] == "được" and (
            _NOT_LEAVE.search(low[max(0, match.start() - 10) : match.start()]) or _PASSIVE.match(low[match.end() :])
        ):
            continue
        if _PART_OF_WORD.search(low[max(0, match.start() - 8) : match.start()]) and kind == "only":
            continue
        if match[0] in _DOUBTFUL and _DOUBTFUL[match[0]].match(low[match.end() :]):
            continue
        if match[0] == "không" and low[: match.start()].endswith(("hàng ", "chân ", "thinh ", "trên ")):
            continue  # hàng không, chân không
        if match[0] == "cấm" and _RIVER.search(low[max(0, match.start() - 6) : match.end() + 4]):
            continue
        if kind == "permit" and _ONLY_THEN.search(low[: match.end()]):
            kind = "only"  # chỉ em nào … mới được: the exception told, not a leave for all
        found.append(Mode(kind, match.start(), match.end(), _until(low, match.end())))
    return found


_MEANS = re.compile(r"\s*(?:dùng|sử dụng|lấy|mang|đưa|tổ chức)(?!\w)")


_RIVER = re.compile(r"(?:sông|cửa) cấm|cấm chợ")  # a name and a saying, no ban
_ONLY_THEN = re.compile(r"(?<!\w)chỉ (?!tiêu|đạo|số|thị|huy)[^.;]{3,80} mới (?:\S+ )?(?:được|có thể)(?: phép)?$")


def _until(low: str, at: int) -> int:
    colon = low.find(":", at, at + 60)
    means = _MEANS.match(low, at)
    for cut in _CUT.finditer(low, at):
        if cut[0] == "để" and (means or not low[at : cut.start()].strip()):
            continue  # không được dùng … để chấm điểm: what it is used for is meant; được phép để … làm lets it do so
        if cut[0].startswith(",") and ((colon != -1 and cut.start() > colon) or _PAIR.match(low[cut.end() :])):
            continue  # a list behind a colon belongs to its head
        return cut.start()
    return len(low)


def sign_at(found: list[Mode], at: int) -> tuple[int, str]:
    """Sign and kind at one place: of the last marker that bears on it (two negations make a yes)."""
    over = [m for m in found if m.end <= at < m.until]
    if not over:
        return 1, "plain"
    last = over[-1]
    sign = SIGN[last.kind]
    inner = [m for m in over[:-1] if SIGN[m.kind] < 0 and m.kind in ("neg", "forbid", "cease")]
    if inner and sign > 0 and last.kind not in ("only",) and inner[-1].end + 25 > last.begin:
        return -1, inner[-1].kind
    return sign, last.kind


def denied(low: str) -> tuple[int, int] | None:
    """The stretch that a verdict denies: from the start of its sentence to the verdict; None without one."""
    for match in VERDICT.finditer(low):
        before = low[: match.start()].split()
        said = match[0].startswith(("là", "hoàn toàn", "không")) or _SAID.search(low[: match.start()])
        if len(before) >= 3 and said:  # "phản bác thông tin sai sự thật" denies nothing in particular
            return 0, match.start()
    return None
