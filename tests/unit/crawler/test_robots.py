"""robots.txt as RFC 9309, and what an answer that is no file means."""

from __future__ import annotations

import pytest

from crawler import robots

FILE = b"""
# comment
User-agent: *
Disallow: /rieng/
Allow: /rieng/cong-khai
Disallow: /*.pdf$
Disallow: /tim?q=
Crawl-delay: 2

User-agent: OtherBot
User-agent: HaiDang
Disallow: /khong-cho-hai-dang
Crawl-delay: 7
Noindex: /x
this line is none

User-agent: haidang
Disallow: /them
"""
HOST = "https://bencang.example"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/rieng/a", False),
        ("/rieng/cong-khai/b", True),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x=1", True),
        ("/tim?q=hoc", False),
        ("/tim", True),
        ("/robots.txt", True),
        ("/r%69eng/a", False),
    ],
)
def test_the_longest_matching_rule_decides(path: str, allowed: bool) -> None:
    assert robots.parse(FILE, "SomeBot").decide(HOST + path).allowed is allowed


def test_our_own_groups_are_joined_and_replace_the_one_for_everybody() -> None:
    ours = robots.parse(FILE, "HaiDang/1.0")
    assert not ours.decide(HOST + "/khong-cho-hai-dang").allowed
    assert not ours.decide(HOST + "/them").allowed
    assert ours.decide(HOST + "/rieng/a").allowed
    assert ours.crawl_delay_s == 7


def test_the_decision_names_the_rule() -> None:
    assert robots.parse(FILE, "X").decide(HOST + "/rieng/a").reason == "disallowed: Disallow: /rieng/"
    assert robots.parse(FILE, "X").decide(HOST + "/rieng/cong-khai").reason == "allowed: Allow: /rieng/cong-khai"


def test_allow_wins_a_tie() -> None:
    assert robots.parse(b"User-agent: *\nDisallow: /a\nAllow: /a", "X").decide(HOST + "/a/b").allowed


@pytest.mark.parametrize(
    ("status", "allowed", "closed"),
    [(404, True, False), (401, True, False), (403, True, False), (410, True, False), (500, False, True),
     (503, False, True), (429, False, True), (302, False, True)],
)  # fmt: skip
def test_a_missing_file_opens_and_an_unreachable_one_closes(status: int, allowed: bool, closed: bool) -> None:
    rules = robots.from_answer(status, b"User-agent: *\nAllow: /", "X")
    assert (rules.decide(HOST + "/a").allowed, rules.closed) == (allowed, closed)
    assert str(status) in rules.decide(HOST + "/a").reason


def test_html_where_a_file_should_be_holds_no_rules() -> None:
    assert robots.from_answer(200, b"<html><p>Disallow everything</p></html>", "X").rules == ()


def test_a_rule_of_many_stars_cannot_make_us_hang() -> None:
    rules = robots.parse(b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"$", "X")
    assert rules.decide(HOST + "/" + "a" * 1990 + "b").allowed  # with a backtracking pattern this never returns


def test_an_absurd_crawl_delay_is_cut_to_what_a_lease_can_bear() -> None:
    assert robots.parse(b"User-agent: *\nCrawl-delay: 86400", "X").crawl_delay_s == robots.MAX_CRAWL_DELAY_S
    assert robots.parse(b"User-agent: *\nCrawl-delay: soon", "X").crawl_delay_s is None
