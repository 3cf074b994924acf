"""A story shown before comes back only with what is new; what a digest missed comes later, marked."""

from __future__ import annotations

import datetime

from alerts import messages
from alerts.digest import window
from store.model import Digest, NewTask, Relation

YESTERDAY = datetime.timedelta(days=1)


def test_a_story_of_yesterday_comes_back_with_its_new_articles_alone(press):
    press.clock = window(press.day - YESTERDAY)[0]
    press.article("Bài hôm qua", hp="direct", story="s", outlet="Báo Hải Âu")
    press.issue(press.day - YESTERDAY)
    press.article("Bài hôm nay", hp="direct", story="s", relation=Relation.FOLLOW_UP, outlet="Báo Cửa Biển")
    press.article("Tin khác", hp="direct")
    block = press.block("Bài hôm nay")
    assert [i.title for i in block.items] == ["Bài hôm nay"]
    assert block.badges == (messages.NEW_TURN, "đã đưa trong điểm báo 19/11/2026")
    assert block.first.startswith("Báo Hải Âu (06:31 18/11")
    assert messages.NEW_TURN not in press.block("Tin khác").badges


def test_mere_copies_of_yesterdays_story_go_last_and_are_not_must_read(press):
    press.clock = window(press.day - YESTERDAY)[0]
    press.article("Bài hôm qua", hp="direct", story="s")
    press.issue(press.day - YESTERDAY)
    press.article("Bài chép", hp="direct", story="s", relation=Relation.REPRINT, lead="Một. Hai.", rumour="report")
    press.article("Tin mới", hp="direct")
    assert press.titles("hai_phong") == ["Tin mới", "Bài chép"]
    assert press.block("Bài chép").badges[0] == messages.MORE_REPRINTS
    assert press.block("Bài chép").summary == ""
    assert [b.headline for b in press.draft().must_read] == ["Tin mới"]


def test_a_story_shown_a_week_ago_is_still_known(press):
    press.day += datetime.timedelta(days=7)
    old = press.day - datetime.timedelta(days=7)
    press.clock = window(old)[0]
    press.article("Bài cũ", hp="direct", story="s")
    press.issue(old)
    press.clock = window(press.day)[0]
    press.article("Bài mới", hp="direct", story="s", relation=Relation.FOLLOW_UP)
    assert messages.NEW_TURN in press.block("Bài mới").badges


def test_an_article_that_yesterdays_digest_missed_is_brought_in_and_marked(press):
    press.clock = window(press.day - YESTERDAY)[0]
    shown = press.article("Đã đưa", hp="direct")
    press.issue(press.day - YESTERDAY)
    late = press.article("Xét muộn", hp="direct", at=window(press.day - YESTERDAY)[1] - 1)
    digest = press.build()[0]
    assert [e.article_id for e in digest.entries] == [late.id]
    assert digest.figures["bo_sung"] == 1
    assert press.block("Xét muộn").badges[0].startswith("bổ sung: có từ 06:29 19/11")
    assert shown.id not in {e.article_id for e in digest.entries}


def test_days_on_which_the_machine_was_off_are_made_up_for(press):
    """A long holiday: no digest for four days, and what was seen then is in none."""
    press.clock = window(press.day - 6 * YESTERDAY)[0]
    press.article("Trước kỳ nghỉ", hp="direct")
    press.issue(press.day - 6 * YESTERDAY)
    missed = [
        press.article(f"Trong kỳ nghỉ {back}", hp="direct", at=window(press.day - back * YESTERDAY)[1] - 1)
        for back in (4, 3, 2)
    ]
    digest = press.build()[0]
    assert {e.article_id for e in digest.entries} == {a.id for a in missed}
    assert digest.figures["bo_sung"] == 3


def test_what_was_brought_in_late_is_not_brought_in_twice(press):
    press.clock = window(press.day - YESTERDAY)[0]
    press.issue(press.day - YESTERDAY)
    press.article("Xét muộn", hp="direct", at=window(press.day - YESTERDAY)[1] - 1)
    press.issue(press.day)
    tomorrow = press.build(press.day + YESTERDAY)[0]
    assert tomorrow.entries == ()


def test_an_issued_digest_stays_as_it_was_issued(press):
    article = press.article("Như đã phát hành", hp="direct")
    issued, files = press.issue()
    revision = press.store.revisions_of([article.id])[article.id][0]
    with press.store.transaction() as tx:
        tx.add_tasks([NewTask("judge", revision.id, "v2", press.clock)], press.clock)
    press.judge("irrelevant", press.clock)
    press.article("Đến sau khi phát hành", hp="direct", at=window(press.day)[1] - 1)
    again, _, same = press.build()
    assert same == files
    assert again == press.store.digest(Digest.make_id("daily", press.day.isoformat()))
    assert again.entries == issued.entries
