"""A draft is cut, put in order, given proposals and released by a named person; above nobody gets anything else."""

from __future__ import annotations

import datetime

import pytest

from alerts import digest_words as words
from alerts.digest import earlier_digests, window
from alerts.digest_file import from_bytes, to_bytes
from alerts.release import Audience, due_by, release, state_of
from alerts.release_edit import Act, Hand, act, draft_of, now_of
from config.presets import Preset, Reader
from store.errors import InputError
from store.model import Digest, Relation
from store.model_release import EditKind

WHO = "Nguyễn Thị Hoa"
LEADER = "giamdoc@so.example"


@pytest.fixture
def draft(press) -> Digest:
    """A built draft with three stories of the city, one of the sector, one to review."""
    for name in ("Bếp ăn", "Học phí", "Sách cũ"):
        press.article(name, hp="direct", story=name)
    press.article("Thông tư mới", scope="national", story="tt")
    press.article("Không rõ", outcome="to_review")
    return press.issue()[0]


def hand(press, seen=None, by=WHO) -> Hand:
    return Hand(by, window(press.day)[1] + 20 * 60_000, seen)


def do(press, digest, what, title, value=""):
    whole = draft_of(press.bodies, digest)
    key = next(b.key for p in whole.parts for b in (*p.blocks, *p.rest) if b.headline == title)
    return act(press.store, press.bodies, digest, Act(what, key, value), hand(press))


def heads(press, digest, part="hai_phong"):
    draft, _ = now_of(press.store, press.bodies, digest)
    found = next(p for p in draft.parts if p.key == part)
    return [b.headline for b in (*found.blocks, *found.rest)]


def out(press, digest, to=None):
    made = release(press.store, press.bodies, press.settings, to or Audience((LEADER,)), digest, hand(press))
    return made, {name: press.bodies.get(h) for name, h in made.files.items()}


def test_a_draft_says_that_it_is_one_and_reads_back_as_it_was(press, draft):
    assert words.STAMP in press.bodies.get(draft.files["html"]).decode()
    content = press.bodies.get(draft.files["draft"])
    assert to_bytes(from_bytes(content)) == content
    assert from_bytes(content).must_read[0].headline == "Bếp ăn"


def test_stories_are_cut_brought_back_and_moved(press, draft):
    assert heads(press, draft) == ["Bếp ăn", "Học phí", "Sách cũ"]
    do(press, draft, "up", "Sách cũ")
    assert heads(press, draft) == ["Bếp ăn", "Sách cũ", "Học phí"]
    do(press, draft, "down", "Bếp ăn")
    assert heads(press, draft) == ["Sách cũ", "Bếp ăn", "Học phí"]
    do(press, draft, "top", "Học phí")
    do(press, draft, EditKind.CUT, "Bếp ăn")
    assert heads(press, draft) == ["Học phí", "Sách cũ"]
    do(press, draft, EditKind.RESTORE, "Bếp ăn")
    assert "Bếp ăn" in heads(press, draft)
    assert [e.edited_by for e in press.store.digest_edits(draft.id)] == [WHO] * 5


def test_numbers_are_counted_anew_from_what_is_left(press, draft):
    do(press, draft, EditKind.CUT, "Bếp ăn")
    edited, _ = now_of(press.store, press.bodies, draft)
    assert edited.figure("hai_phong").count == 2
    assert [item.number for item in edited.items] == list(range(1, len(edited.items) + 1))
    assert edited.subject.endswith("Hải Phòng 2 tin, bài")
    for figure in edited.figures:
        assert figure.numbers == tuple(i.number for i in edited.items if figure.key in i.figures)


def test_a_proposal_is_masked_and_stands_in_every_form(press, draft):
    do(press, draft, EditKind.PROPOSE, "Bếp ăn", "Giao Phòng Giáo dục Tiểu học làm rõ; em Trần Văn Tý lớp 3A được nghỉ")
    _, files = out(press, draft)
    for name in ("html", "text", "zalo"):
        told = " ".join(files[name].decode().split())
        assert "Giao Phòng Giáo dục Tiểu học làm rõ" in told, name
        assert "Trần Văn Tý" not in told, name


def test_what_is_released_is_frozen_and_the_draft_stays(press, draft):
    before = press.bodies.get(draft.files["html"])
    do(press, draft, EditKind.CUT, "Học phí")
    made, files = out(press, draft)
    html = files["html"].decode()
    assert set(files) == {"html", "text", "docx", "pdf", "zalo", "draft"}
    assert "LƯU HÀNH NỘI BỘ" in html and words.STAMP not in html
    assert "Học phí" not in html and "Không rõ" not in html, "cut, and what only the officer reviews"
    assert "đã lược 1 nhóm tin" in html and WHO in html
    assert press.bodies.get(draft.files["html"]) == before and "Học phí" in before.decode()
    assert press.store.digest(draft.id) == draft
    assert press.store.digest_release(draft.id) == made


def test_the_same_release_has_the_same_bytes(press, draft):
    from alerts.digest_formats import files_of
    from alerts.release import released_draft

    edits = press.store.digest_edits(draft.id)
    made = [
        files_of(released_draft(draft_of(press.bodies, draft), edits, WHO, 9, "Asia/Ho_Chi_Minh"), "Sở", 9)
        for _ in range(2)
    ]
    assert made[0] == made[1]


def test_leaders_get_nothing_before_and_the_edition_after(press, draft):
    assert press.store.deliveries(draft.id) == []
    made, _ = out(press, draft)
    edition = press.store.digest(made.editions["release"])
    assert [d.recipient for d in press.store.deliveries(edition.id)] == [LEADER]
    assert set(edition.files) == {"html", "text"}
    assert {e.part for e in edition.entries} == {"hai_phong", "bo_nganh"}
    assert edition.figures["hai_phong"] == 3
    tasks = press.store.tasks_for([d.id for d in press.store.deliveries(edition.id)])
    assert [t.stage for t in tasks] == ["deliver"]


def test_it_is_released_once_and_edited_no_more(press, draft):
    out(press, draft)
    with pytest.raises(InputError, match=f"đã được {WHO} phát hành"):
        out(press, draft)
    with pytest.raises(InputError, match="vừa sửa hoặc phát hành"):
        do(press, draft, EditKind.CUT, "Bếp ăn")


def test_of_two_people_who_edit_at_once_the_second_is_told(press, draft):
    do(press, draft, EditKind.CUT, "Bếp ăn")
    key = draft_of(press.bodies, draft).parts[0].blocks[1].key
    with pytest.raises(InputError, match="vừa sửa"):
        act(press.store, press.bodies, draft, Act("up", key), hand(press, seen=0))
    with pytest.raises(InputError, match="vừa sửa"):
        release(press.store, press.bodies, press.settings, Audience(), draft, hand(press, seen=0))
    assert len(press.store.digest_edits(draft.id)) == 1


@pytest.mark.parametrize("by", ["", "Hoa", "  ", "role:bao_chi"])
def test_nobody_without_a_full_name_edits_or_releases(press, draft, by):
    with pytest.raises(InputError, match="người sửa, người phát hành"):
        release(press.store, press.bodies, press.settings, Audience(), draft, hand(press, by=by))
    assert press.store.digest_release(draft.id) is None


def test_an_unknown_story_a_long_proposal_and_a_cut_story_are_refused(press, draft):
    with pytest.raises(InputError, match="không có nhóm tin"):
        act(press.store, press.bodies, draft, Act(EditKind.CUT, "sto_x"), hand(press))
    with pytest.raises(InputError, match="dài quá 600"):
        do(press, draft, EditKind.PROPOSE, "Bếp ăn", "x" * 601)
    with pytest.raises(InputError, match="đã ở đầu"):
        do(press, draft, "up", "Bếp ăn")
    do(press, draft, EditKind.CUT, "Bếp ăn")
    with pytest.raises(InputError, match="đã được lược"):
        do(press, draft, EditKind.PROPOSE, "Bếp ăn", "x")


def test_an_office_gets_its_own_themes_and_places_and_nothing_where_there_is_nothing(press):
    press.article("Của phường", hp="direct", story="a")
    press.article("Của nơi khác", hp="direct", story="b")
    digest = press.issue()[0]
    whole = draft_of(press.bodies, digest)
    key = whole.parts[0].blocks[0].key
    from dataclasses import replace

    blocks = tuple(replace(b, units=("11413",) if b.key == key else ()) for b in whole.parts[0].blocks)
    own = replace(whole, parts=(replace(whole.parts[0], blocks=blocks), *whole.parts[1:]))
    from alerts.digest_editions import office_edition

    edition = office_edition(own, (), ("11413",))
    assert edition is not None
    assert [b.headline for p in edition.parts for b in p.blocks] == [whole.parts[0].blocks[0].headline]
    assert edition.due == () and edition.checking == ()
    assert office_edition(own, (), ("11414",)) is None
    reader = Reader(to="office:sgddt_vp", preset=Preset.OFFICE, places=("11414",))
    made, _ = out(press, digest, Audience(offices=((reader, ("vp@so.example",)),)))
    assert set(made.editions) == {"release"}, "nothing of its own: no letter"


def test_what_was_cut_is_no_story_shown_before_and_its_articles_do_not_come_back(press):
    yesterday = press.day - datetime.timedelta(days=1)
    press.clock = window(yesterday)[0]
    press.article("Lược hôm qua", hp="direct", story="s")
    press.article("Đưa hôm qua", hp="direct", story="t")
    digest = press.issue(yesterday)[0]
    do(press, digest, EditKind.CUT, "Lược hôm qua")
    out(press, digest)
    press.clock = window(press.day)[0]
    press.article("Thêm về việc đã lược", hp="direct", story="s", relation=Relation.FOLLOW_UP)
    press.article("Thêm về việc đã đưa", hp="direct", story="t", relation=Relation.FOLLOW_UP)
    assert press.block("Thêm về việc đã lược").badges == ()
    assert press.block("Thêm về việc đã đưa").badges != ()
    titles = [i.title for i in press.draft().items]
    assert "Lược hôm qua" not in titles
    assert len(earlier_digests(press.store, press.day)) == 1


def test_late_and_never_are_said(press, draft):
    limit = due_by(draft, press.settings)
    assert state_of(draft, None, press.settings, limit - 1).words == words.STATE_WAITING
    late = state_of(draft, None, press.settings, limit + 1)
    assert late.due and "quá hẹn 07:15" in late.words
    assert state_of(draft, None, press.settings, limit + 3 * 86_400_000).words == words.STATE_NEVER
    made = release(press.store, press.bodies, press.settings, Audience(), draft, Hand(WHO, limit + 60_000))
    assert "phát hành muộn" in state_of(draft, made, press.settings, limit + 70_000).words
