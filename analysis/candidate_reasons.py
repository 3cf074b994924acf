"""Reasons of a decision in plain Vietnamese: what does not match what; never that something is wrong or false."""

from __future__ import annotations

from analysis.claims import Claim
from analysis.matching import Match, forged

_SLOT = {
    "number": "số liệu", "date": "ngày giờ", "negation": "điều được phép hoặc phải làm", "scope": "đối tượng áp dụng",
    "place": "nơi chốn", "issuer": "cơ quan ban hành hoặc số văn bản", "validity": "văn bản còn hiệu lực",
}  # fmt: skip


def reasons_of(relation: str, match: Match | None, claim: Claim | None) -> tuple[str, ...]:  # noqa: PLR0911
    """Sentences for a reader of the desk."""
    finding = match.finding if match else None
    if relation in ("contradicts", "outdated") and match and finding:
        said = _cut(match.claim.text[slice(*finding.claim_span)])
        there = _cut(finding.statement.text[slice(*finding.reference_span)]) or _cut(finding.statement.text)
        where = named(match)
        if relation == "outdated":
            return (f"“{said}” khớp với văn bản đã được thay thế; không khớp với {where} đang có hiệu lực: “{there}”",)
        if finding.kind == "issuer":
            return (f"“{said}”: cơ quan ban hành hoặc số văn bản không khớp với {where}",)
        return (f"“{said}” không khớp với {where}: “{there}” ({_SLOT[finding.kind]})",)
    if relation == "contradicts" and claim is not None and (why := forged(claim)):
        return (f"số văn bản “{claim.text[why[0].begin : why[0].end]}”: {why[1]}",)
    if relation == "unsourced":
        return (
            "nói về một quyết định hay sự việc mà chưa cơ quan nào công bố, không nêu nguồn và không có văn bản "
            "nào trong thư viện nói tới",
        )
    if relation == "concern":
        return (
            "phản ánh cần xác minh: nêu một việc gây thiệt hại hoặc sai phạm mà chưa có nguồn; cần hỏi nơi xảy "
            "ra, không phải nghi vấn về tính xác thực",
        )
    if relation == "debunks":
        return ("bài bác một thông tin đang lan truyền; gắn với thông tin đó, không nghi vấn bài này",)
    if relation == "reports_rumour":
        return ("bài thuật lại lời đồn và cho biết đang kiểm tra; không nghi vấn bài này",)
    if relation == "supports" and match:
        return (f"khớp với {named(match)}",)
    return ("không có văn bản nào trong thư viện nói về điều này",)


def mind(relation: str) -> tuple[str, ...]:
    """What would change the decision."""
    if relation in ("contradicts", "outdated"):
        return (
            "một văn bản mới hơn, còn hiệu lực vào ngày đăng, nói như bài",
            "bài nói về nơi khác, đối tượng khác hoặc năm học khác",
        )
    if relation == "unsourced":
        return ("văn bản hoặc lời xác nhận của cơ quan có thẩm quyền", "bài nêu được nguồn")
    if relation == "concern":
        return ("kết quả kiểm tra của nơi có thẩm quyền",)
    return ()


def named(match: Match) -> str:
    """The reference as a reader knows it."""
    assert match.finding is not None or match.references
    reference = match.finding.statement.reference if match.finding else None
    if reference is None:
        return "văn bản trong thư viện"
    name = reference.document or "phát ngôn"
    day = f" ngày {reference.issued:%d/%m/%Y}" if reference.issued else ""
    return f"{name}{day}" + (f" của {reference.issuer}" if reference.issuer else "")


def _cut(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;:.")
    return text if len(text) <= 120 else text[:117].rstrip() + "…"
