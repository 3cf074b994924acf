"""Real plans as references, through the whole pipeline: three planted contradictions raised, their near misses not."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.official_form import Given
from runner import references
from tests.unit.runner.checking_town import BY, Town, town

__all__ = ["town"]  # the fixture, used by name

PLANS = {
    "000": ("Sở Giáo dục và Đào tạo Hải Phòng", "", "Hợp tác truyền thông năm 2022", "2022-07-15"),
    "001": ("UBND thành phố Hải Phòng", "26/KH-UBND", "Hợp tác truyền thông năm 2025", "2025-02-14"),
    "002": ("Sở Thông tin và Truyền thông Hải Phòng", "", "Tuyên truyền Quyết định số 628/QĐ-TTg", "2020-10-01"),
    "003": ("Sở Giáo dục và Đào tạo Hải Phòng", "", "Thông tin đối ngoại năm 2023", "2023-03-01"),
    "004": ("UBND thành phố Hải Phòng", "", "Truyền thông thực hiện Nghị quyết số 71-NQ/TW", "2026-02-20"),
}
SHARE = (
    "Giai đoạn 2026-2030, tối thiểu {0} cán bộ làm công tác truyền thông tại Sở Giáo dục và Đào tạo {1} và các cơ sở "
    "giáo dục được đào tạo, bồi dưỡng thường xuyên về kỹ năng truyền thông."
)
DAY = (
    "Hải Phòng đẩy mạnh truyền thông tới giáo viên, học sinh về Nghị quyết số 71-NQ/TW ngày {0} của Bộ Chính trị về "
    "đột phá phát triển giáo dục và đào tạo."
)
ISSUER = (
    "Theo Kế hoạch số 26/KH-UBND {0}, thành phố Hải Phòng hợp tác truyền thông với các cơ quan báo chí năm 2025, trong "
    "đó có tuyên truyền về giáo dục, đào tạo."
)


@pytest.fixture
def plans(town: Town, shared: Path) -> Town:
    for begin, (issuer, number, title, issued) in PLANS.items():
        (path,) = (shared / "plans").glob(f"{begin}_*.txt")
        data, draft = references.open_file(path)
        references.add(town.deps, data, draft, Given(BY, issuer, number, title, issued, issued, "", "", ""))
    return town


@pytest.mark.shared
@pytest.mark.parametrize(
    ("planted", "near", "slot", "said"),
    [
        (SHARE.format("50%", "Hải Phòng"), SHARE.format("70%", "Hải Phòng"), "number", "50%"),
        (DAY.format("12/8/2025"), DAY.format("22/8/2025"), "date", "12/8/2025"),
        (
            ISSUER.format("do Sở Giáo dục và Đào tạo Hải Phòng ban hành"),
            ISSUER.format("của UBND thành phố Hải Phòng"),
            "issuer",
            "26/KH-UBND",
        ),
    ],
    ids=["share", "day", "issuer"],
)
def test_a_planted_contradiction_is_raised_and_its_near_miss_is_not(
    plans: Town, planted: str, near: str, slot: str, said: str
) -> None:
    title = ("Truyền thông giáo dục ở Hải Phòng", "Ngành giáo dục thành phố triển khai kế hoạch truyền thông.")
    article = plans.text((*title, planted))
    quiet = plans.text((*title, near), "songxanh", hours=1)
    plans.work()
    (found,) = plans.candidates()
    assert [m.article_id for m in found.members] == [article.id]
    (finding,) = [f for f in found.findings if f.version == found.findings[-1].version]
    assert finding.differs_in == slot and said in finding.reasons[0]
    assert finding.statements, "the clause itself can be opened"
    assert "candidate_raised" not in plans.outcome(quiet)


@pytest.mark.shared
def test_the_same_sentence_about_another_province_is_left_alone(plans: Town) -> None:
    text = SHARE.format("50%", "Quảng Ninh")
    plans.text(("Truyền thông giáo dục ở Quảng Ninh và Hải Phòng", "Ngành giáo dục Quảng Ninh triển khai.", text))
    plans.work()
    assert plans.candidates() == []
