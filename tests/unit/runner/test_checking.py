"""The `check` stage on rows: candidates grouped by claim, roles, concerns apart, judged again as references change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake import official_keep
from runner import stages
from runner.checking import load_check, work_check
from runner.deps import Tools
from runner.run import Runner
from store.model_candidate import Role
from store.sqlite import SqliteStore
from tests.unit.runner.checking_town import BY, DEPARTMENT, FACT, RIGHT, WRONG, Town, town
from tests.unit.runner.conftest import HOUR

__all__ = ["town"]  # the fixture, used by name

DENIAL = (
    "Sở GD&ĐT bác tin thí sinh lớp 10 Hải Phòng được đăng ký 5 nguyện vọng",
    "Sở khẳng định thông tin lan truyền là không chính xác.",
    'Thông tin "kỳ thi tuyển sinh vào lớp 10 công lập Hải Phòng mỗi thí sinh được đăng ký 5 nguyện vọng" là không '
    "chính xác, Sở GD&ĐT khẳng định. Mỗi em chỉ được đăng ký tối đa 3 nguyện vọng.",
)
ASKED = (
    "Lớp 10 Hải Phòng được đăng ký 5 nguyện vọng? Phụ huynh chưa rõ thực hư",
    "Tin đồn lan truyền trên mạng xã hội.",
    "Có tin mỗi thí sinh vào lớp 10 công lập Hải Phòng được đăng ký 5 nguyện vọng. Thông tin chưa được xác minh, phóng "
    "viên đã gửi câu hỏi và đang chờ câu trả lời của Sở.",
)
COMPLAINT = (
    "Bức xúc ở trường tiểu học phường Lê Chân, Hải Phòng",
    "Phụ huynh kể lại.",
    "Cô giáo chủ nhiệm ở một trường tiểu học phường Lê Chân bắt mỗi học sinh nộp 500.000 đồng tiền quỹ, ai không nộp "
    "thì bị nêu tên trước lớp.",
)
HOAX = (
    "Học sinh Hải Phòng cẩn thận",
    "",
    "Nghe nói có nhóm người lạ mặt đi xe trắng bắt cóc trẻ trước cổng các trường tiểu học ở phường Lê Chân, Hải Phòng, "
    "mọi người chia sẻ gấp.",
)


def test_reprints_of_a_claim_are_one_candidate_with_everybodys_part(town: Town) -> None:
    town.fact()
    first = town.text(WRONG)
    again = town.text(WRONG, "songxanh", hours=2)
    asked = town.text(ASKED, "songxanh", hours=3)
    denied = town.text(DENIAL, "bencang", hours=5)
    town.work()
    (found,) = town.candidates()
    assert town.roles(found) == {
        first.id: Role.CARRIER, again.id: Role.CARRIER, asked.id: Role.REPORTER, denied.id: Role.DEBUNKER,
    }  # fmt: skip
    assert found.candidate.reason == "contradicts:number"
    for article in (asked, denied):
        assert set(town.outcome(article)) == {"role_noted"}
    finding = found.findings[0]
    assert 0 < finding.score < 1 and finding.raised
    assert any("không khớp với" in reason for reason in finding.reasons)
    (statement,) = [
        s for of in town.deps.store.statements_of([finding.evidence["reference"]]).values() for s in of
        if s.id in finding.statements
    ]  # fmt: skip
    assert "3 nguyện vọng" in statement.text and statement.text.startswith(finding.evidence["said"])
    revision = town.deps.store.revisions([finding.revision_id])[finding.revision_id]
    assert finding.evidence["text"] == revision.text_hash
    assert town.deps.bodies.get(finding.evidence["page"]).decode() == "\n".join(WRONG)
    begin, end = finding.evidence["claim_span"]
    assert found.claim is not None
    sentence = "\n".join(WRONG)[found.claim.starts : found.claim.ends]
    assert sentence[begin:end] == "5 nguyện vọng"


def test_the_same_figures_in_other_words_raise_nothing(town: Town) -> None:
    town.fact()
    article = town.text(RIGHT)
    town.work()
    assert town.deps.store.candidates() == [] and town.outcome(article) == ["nothing_raised"] * 2


def test_a_denial_that_came_first_is_attached_when_somebody_carries_it(town: Town) -> None:
    town.fact()
    denied = town.text(DENIAL)
    town.work()
    assert town.deps.store.candidates() == []
    carrier = town.text(WRONG, "songxanh", hours=3)
    town.work()
    (found,) = town.candidates()
    assert town.roles(found) == {denied.id: Role.DEBUNKER, carrier.id: Role.CARRIER}


def test_an_authoritys_own_page_answers_and_is_never_raised(town: Town) -> None:
    town.fact()
    town.text(WRONG)
    town.work()
    answer = town.text(RIGHT, "so", hours=4)
    town.work()
    (found,) = town.candidates()
    assert town.roles(found)[answer.id] == Role.OFFICIAL
    odd = town.text((*WRONG[:2], WRONG[2].replace("5 nguyện vọng", "6 nguyện vọng")), "so", hours=5)
    town.work()
    assert "candidate_raised" not in town.outcome(odd)
    assert town.candidates() == []  # now two authorities differ: shown as that, and no longer held against the article


@pytest.mark.parametrize("source", ["bencang", "chophien"])
def test_a_complaint_is_a_concern_and_never_a_candidate(town: Town, source: str) -> None:
    town.fact("Các trường tiểu học không được thu tiền quỹ quá 100.000 đồng mỗi học sinh một năm học.")
    article = town.text(COMPLAINT, source)
    again = town.text((COMPLAINT[0], "Một người gửi tới.", COMPLAINT[2]), "songxanh", hours=1)
    town.work()
    (concern,) = town.concerns()
    assert (concern.concern.kind, concern.concern.place) == ("khoản thu", "Phường Lê Chân")
    assert {m.article_id for m in concern.members} == {article.id, again.id}
    assert town.deps.store.candidates() == []
    assert town.outcome(article)[0] == "concern_noted"


def test_a_denial_by_the_accused_makes_a_concern_no_candidate(town: Town) -> None:
    town.text(COMPLAINT, "chophien")
    town.text(
        (
            "Trường bác tin thu 500.000 đồng tiền quỹ ở phường Lê Chân",
            "",
            'Hiệu trưởng khẳng định thông tin "cô giáo chủ nhiệm bắt mỗi học sinh nộp 500.000 đồng tiền quỹ, ai không '
            'nộp thì bị nêu tên" là không chính xác.',
        ),
        hours=2,
    )
    town.work()
    assert len(town.concerns()) == 1 and town.deps.store.candidates() == []


BLAME = " Thật đáng xấu hổ, một cách làm vô trách nhiệm và tùy tiện của Sở Giáo dục."
PRAISE = " Thật đáng khen, một cách làm tận tâm và chu đáo của Sở Giáo dục."


def test_praise_and_blame_leave_the_score_as_it_is(town: Town) -> None:
    town.fact()
    articles = [town.text((*WRONG[:2], WRONG[2] + more), hours=n) for n, more in enumerate(("", BLAME, PRAISE))]
    town.work()
    (found,) = town.candidates()
    scores = {f.article_id: f.score for f in found.findings}
    assert set(scores) == {a.id for a in articles} and len(set(scores.values())) == 1


def test_a_hoax_is_found_without_any_library_and_grouped_by_its_words(town: Town) -> None:
    first = town.text(HOAX, "chophien")
    other = town.text(
        (HOAX[0], "Ai có con nhỏ thì đọc.", HOAX[2].replace("mọi người chia sẻ gấp", "ai cũng sợ")), "chophien", hours=9
    )
    town.work()
    (found,) = town.candidates()
    assert found.candidate.reason == "unsourced" and found.findings[0].statements == ()
    assert town.roles(found) == {first.id: Role.CARRIER, other.id: Role.CARRIER}


def test_a_reference_that_comes_later_raises_what_was_published_before(town: Town) -> None:
    article = town.text(WRONG)
    town.work()
    assert town.outcome(article) == ["nothing_raised"]
    town.fact()
    town.work()
    (found,) = town.candidates()
    assert town.roles(found) == {article.id: Role.CARRIER}


def test_a_reference_withdrawn_ends_the_ground_and_keeps_what_was_said(town: Town) -> None:
    reference = town.fact()
    town.text(WRONG)
    town.work()
    assert len(town.candidates()) == 1
    town.clock.at += HOUR
    official_keep.withdraw(town.deps.store, reference.document_id, BY, "Nhập nhầm văn bản", town.clock.at)
    town.work()
    assert town.candidates() == []
    (kept,) = town.deps.store.candidates()
    assert [f.raised for f in kept.findings] == [True, False]
    assert kept.findings[0].version != kept.findings[1].version


def test_with_a_second_document_that_says_the_same_it_stays_one_candidate(town: Town) -> None:
    first = town.fact()
    town.text(WRONG)
    town.work()
    town.clock.at += HOUR
    second = town.fact(FACT.replace("Thí sinh thi", "Theo kế hoạch, thí sinh thi"), title="Nhắc lại")
    town.clock.at += HOUR
    official_keep.withdraw(town.deps.store, first.document_id, BY, "Nhập nhầm văn bản", town.clock.at)
    town.work()
    (found,) = town.candidates()
    assert len(town.deps.store.candidates()) == 1
    assert found.findings[-1].evidence["reference"] == second.id


def test_documents_that_differ_are_both_shown_and_nothing_is_raised(town: Town) -> None:
    town.fact()
    town.fact(FACT.replace("3 nguyện vọng", "4 nguyện vọng"), issuer="UBND thành phố Hải Phòng", title="Kế hoạch")
    town.text(WRONG)
    town.work()
    assert town.candidates() == []
    (shown,) = town.deps.store.candidates()
    (finding,) = shown.findings
    assert (shown.candidate.reason, finding.relation, finding.raised) == ("apart", "apart", False)
    assert {s["said"].partition("tối đa ")[2][:1] for s in finding.evidence["apart"]} == {"3", "4"}
    assert "chưa thống nhất" in finding.reasons[0] and len(finding.statements) == 2


def test_a_corrected_page_ends_what_its_older_text_raised(town: Town) -> None:
    town.fact()
    article = town.text(WRONG)
    town.work()
    town.text(RIGHT, article=article, hours=6)
    town.work()
    assert town.candidates() == []
    (kept,) = town.deps.store.candidates()
    assert [f.raised for f in kept.findings] == [True, False] and town.roles(kept) == {article.id: Role.CARRIER}


def rows(town: Town) -> dict[str, list[str]]:
    store = town.deps.store
    tables = ("claim", "candidate", "candidate_finding", "candidate_member", "concern", "concern_member")
    return {t: sorted(map(repr, (dict(r) for r in store.export(t)))) for t in tables}


def test_the_batch_does_not_matter_and_a_second_time_writes_nothing(town: Town) -> None:
    town.fact()
    town.text(HOAX, "chophien")
    for n, text in enumerate((WRONG, DENIAL, HOAX, COMPLAINT, WRONG, ASKED)):
        town.text(text, "songxanh", hours=n)
    town.work()
    expected = rows(town)
    assert all(expected.values())
    store = town.deps.store
    assert isinstance(store, SqliteStore)
    for table in expected:
        store.connection.execute(f"DELETE FROM {table}")
    store.connection.execute("UPDATE task SET state = 'due', outcome = NULL WHERE stage = 'check'")
    Runner(town.deps).drain([replace(stages.CHECK, batch=1)])
    assert rows(town) == expected
    store.connection.execute("UPDATE task SET state = 'due', outcome = NULL WHERE stage = 'check'")
    before = rows(town)
    Runner(town.deps).drain([stages.CHECK])
    assert rows(town) == before


def test_work_needs_no_store(town: Town) -> None:
    town.fact()
    town.text(WRONG)
    town.work()
    store = town.deps.store
    tasks = [t for r in store.export("revision") for t in store.tasks_for([r["id"]]) if t.stage == "check"]
    batch = load_check(town.deps, tasks)
    alone = Tools(town.deps.settings, town.clock)
    store.close()
    assert {str(r.outcome) for r in work_check(alone, batch)} == {"candidate_raised"}


def test_who_says_it_is_no_part_of_the_finding(town: Town) -> None:
    town.fact(issuer=DEPARTMENT)
    town.text(WRONG, "bencang")
    town.text(WRONG, "songxanh", hours=1)
    town.work()
    (found,) = town.candidates()
    assert len({f.score for f in found.findings}) == 1
