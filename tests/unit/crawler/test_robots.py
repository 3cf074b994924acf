"""robots.txt as RFC 9309, and what an answer that is no file means."""

from __future__ import annotations

import pytest

from crawler import robots
from crawler.octets import normal, path_of
from crawler.robots import MAX_BYTES, MAX_CRAWL_DELAY_S

HOST = "https://bencang.example"


def allowed(file: str | bytes, url: str, agent: str = "HaiDang") -> bool:
    body = file.encode() if isinstance(file, str) else file
    return robots.parse(body, agent).decide(url if "://" in url else HOST + url).allowed


def everybody(*lines: str) -> str:
    return "\n".join(("User-agent: *", *lines))


# ── whose group ─────────────────────────────────────────────────────────────────────────────────────

A_AND_B = "User-agent: HaiDang\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n"
GROUPS = {
    "our own group": (A_AND_B, "HaiDang", "/a", False),
    "replaces the one for everybody": (A_AND_B, "HaiDang", "/b", True),
    "everybody else": (A_AND_B, "Other", "/b", False),
    "everybody else is not us": (A_AND_B, "Other", "/a", True),
    "in any case": (A_AND_B, "HAIDANG", "/a", False),
    "with a version of ours": (A_AND_B, "HaiDang/1.2 (+so@bencang.example)", "/a", False),
    "with a version of theirs": ("User-agent: HaiDang/9.9\nDisallow: /", "HaiDang", "/", False),
    "a longer name is another": ("User-agent: HaiDang-Anh\nDisallow: /", "HaiDang", "/", True),
    "a shorter name is another": ("User-agent: Hai\nDisallow: /", "HaiDang", "/", True),
    "groups of one name are joined, first": (A_AND_B + "User-agent: haidang\nDisallow: /c", "HaiDang", "/a", False),
    "groups of one name are joined, last": (A_AND_B + "User-agent: haidang\nDisallow: /c", "HaiDang", "/c", False),
    "groups for everybody are joined": (everybody("Disallow: /a") + "\n" + everybody("Disallow: /b"), "X", "/a", False),
    "several names, one group": ("User-agent: a\nUser-agent: b\nDisallow: /x", "a", "/x", False),
    "several names, the last": ("User-agent: a\nUser-agent: b\nDisallow: /x", "b", "/x", False),
    "a name and everybody": ("User-agent: a\nUser-agent: *\nDisallow: /x", "c", "/x", False),
    "a rule ends the names": ("User-agent: a\nAllow: /\nUser-agent: b\nDisallow: /x", "a", "/x", True),
    "an empty rule ends them, too": ("User-agent: a\nDisallow:\nUser-agent: b\nDisallow: /x", "a", "/x", True),
    "an empty line does not": ("User-agent: a\n\nUser-agent: b\nDisallow: /x", "a", "/x", False),
    "an empty line does not end a group": ("User-agent: a\nDisallow: /y\n\nDisallow: /x", "a", "/x", False),
    "a Sitemap line does not": ("User-agent: a\nSitemap: http://x.vn\nUser-agent: b\nDisallow: /x", "a", "/x", False),
    "a Sitemap line does not end a group": ("User-agent: a\nSitemap: http://x.example\nDisallow: /x", "a", "/x", False),
    "an unknown line does not": ("User-agent: a\nClean-param: u\nUser-agent: b\nDisallow: /x", "a", "/x", False),
    "a Crawl-delay does not": ("User-agent: a\nCrawl-delay: 5\nUser-agent: b\nDisallow: /x", "a", "/x", False),
    "rules before any name are nobody's": ("Disallow: /\nUser-agent: b\nDisallow: /x", "a", "/", True),
    "a name that is empty is nobody's": ("User-agent:\nDisallow: /", "a", "/", True),
    "a star with more is not everybody": ("User-agent: *bot\nDisallow: /", "a", "/", True),
    "a star with a comment is": ("User-agent: * # all\nDisallow: /", "a", "/", False),
    "a name without rules shares those below": ("User-agent: a\n\n" + everybody("Disallow: /"), "a", "/", False),
    "an empty Disallow of ours frees us": ("User-agent: a\nDisallow:\n" + everybody("Disallow: /"), "a", "/x", True),
    "no group": ("Sitemap: http://x.example/s", "a", "/", True),
    "nothing": ("", "a", "/", True),
}  # fmt: skip


@pytest.mark.parametrize("name", GROUPS)
def test_groups(name: str) -> None:
    file, agent, url, verdict = GROUPS[name]
    assert allowed(file, url, agent) is verdict


# ── which rule ──────────────────────────────────────────────────────────────────────────────────────

RULES = {
    # paths and prefixes (RFC 9309 2.2.2)
    "a prefix": ("Disallow: /fish", "/fish.html", False),
    "a prefix is no folder": ("Disallow: /fish", "/fishheads/yummy", False),
    "a prefix, in its case only": ("Disallow: /fish", "/Fish", True),
    "a prefix at the beginning only": ("Disallow: /fish", "/cat/fish", True),
    "a folder": ("Disallow: /fish/", "/fish/salmon", False),
    "a folder, not its name": ("Disallow: /fish/", "/fish", True),
    "a folder with a query": ("Disallow: /fish/", "/fish/?id=1", False),
    "everything": ("Disallow: /", "/a", False),
    "everything, the root": ("Disallow: /", "/", False),
    "everything, no path at all": ("Disallow: /", HOST, False),
    "nothing": ("Disallow:", "/a", True),
    "an empty Allow": ("Disallow: /\nAllow:", "/a", False),
    "robots.txt itself": ("Disallow: /", "/robots.txt", True),
    "a query": ("Disallow: /tim?q=", "/tim?q=hoc", False),
    "without that query": ("Disallow: /tim?q=", "/tim", True),
    "a query without a path": ("Disallow: /?p=", HOST + "?p=1", False),
    "an empty query": ("Disallow: /*?", "/a?", False),
    "no query": ("Disallow: /*?", "/a", True),
    "an empty query is not its path": ("Disallow: /a$", "/a?", True),
    "a fragment does not count": ("Disallow: /a$", "/a#b?c", False),
    "a semicolon": ("Disallow: /a;x", "/a;xyz", False),
    "two slashes": ("Disallow: /a//b", "/a//b", False),
    "dots are resolved": ("Disallow: /rieng/", "/x/../rieng/a", False),
    "encoded dots are resolved": ("Disallow: /rieng/", "/x/%2e%2E/rieng/a", False),
    "one dot is resolved": ("Disallow: /rieng/", "/./rieng/a", False),
    # the longest (2.2.2)
    "the longer wins, Allow": ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
    "the longer wins, Disallow": ("Allow: /a\nDisallow: /a/b", "/a/b/c", False),
    "order says nothing": ("Allow: /a/b\nDisallow: /a", "/a/b", True),
    "a tie is allowed": ("Disallow: /a\nAllow: /a", "/a", True),
    "a tie is allowed in any order": ("Allow: /a\nDisallow: /a", "/a", True),
    "the RFC's page": ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif",
                       "/example/page/disallowed.gif", False),
    "the RFC's other page": ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/a", True),
    "a star counts as one": ("Allow: /*.html\nDisallow: /page", "/page.html", True),
    "stars alone count, too": ("Disallow: /*\nAllow: /", "/page", False),
    "an anchor counts as one": ("Allow: /$\nDisallow: /", "/", True),
    "octets count, not letters": ("Disallow: /đ\nAllow: /*ab", "/đab", False),
    "encoded letters count once": ("Disallow: /%61%62\nAllow: /abc", "/abcd", True),
    # special characters (2.2.3)
    "a star in the middle": ("Disallow: /a*z", "/abcz", False),
    "a star is also nothing": ("Disallow: /a*z", "/az", False),
    "a star over folders": ("Disallow: /a*z", "/a/b/c/z", False),
    "a star at the end": ("Disallow: /fish*", "/fish/x", False),
    "a star at the beginning": ("Disallow: *.php", "/x/index.php?a", False),
    "stars one by one": ("Disallow: /a*b*c", "/a-c-b", True),
    "stars side by side": ("Disallow: /a***b", "/ab", False),
    "a star alone": ("Disallow: *", "/x", False),
    "an anchored end": ("Disallow: /*.php$", "/a.php", False),
    "not at the end": ("Disallow: /*.php$", "/a.php?x", True),
    "not at the end, again and again": ("Disallow: /*.php$", "/a.php/b.php", False),
    "an anchor in another case": ("Disallow: /*.php$", "/windows.PHP", True),
    "an anchored path": ("Disallow: /a$", "/a", False),
    "an anchored path, more": ("Disallow: /a$", "/ab", True),
    "the root alone": ("Disallow: /$", "/a", True),
    "an anchor behind a star": ("Disallow: /a*$", "/abc", False),
    "the end may not overlap": ("Disallow: /a*ab$", "/ab", True),
    "a dollar in the middle is a dollar": ("Disallow: /a$b", "/a$bc", False),
    "a dollar in the middle is no end": ("Disallow: /a$b", "/a", True),
    "an encoded dollar is a dollar": ("Disallow: /a%24", "/a$", False),
    "an encoded dollar is no end": ("Disallow: /a%24", "/a", True),
    "an encoded star is a star": ("Disallow: /a-%2A.html", "/a-*.html", False),
    "an encoded star stands for itself": ("Disallow: /a-%2A.html", "/a-b.html", True),
    "a star matches a star": ("Disallow: /a-*.html", "/a-%2a.html", False),
    "a question mark is itself": ("Disallow: /a?b", "/acb", True),
    "a dot is itself": ("Disallow: /a.b", "/acb", True),
    "brackets are themselves": ("Disallow: /[ab]", "/a", True),
    # octets (2.2.2, its table)
    "the table, 1": ("Disallow: /foo/bar?baz=quz", "/foo/bar?baz=quz", False),
    "the table, 2": ("Disallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", False),
    "the table, 2, the other way": ("Disallow: /foo/bar?baz=https%3a%2f%2ffoo", "/foo/bar?baz=https://foo.bar", False),
    "the table, 2, behind a star": ("Disallow: /*baz=https://foo", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", False),
    "the table, 3": ("Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", False),
    "the table, 4": ("Disallow: /foo/bar/%E3%83%84", "/foo/bar/ツ", False),
    "the table, 5": ("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", False),
    "the table, 5, the other way": ("Disallow: /foo/bar/baz", "/foo/bar/%62%61%7a", False),
    "hexadecimal in any case": ("Disallow: /%e1%ba%a3", "/%E1%BA%A3", False),
    "Vietnamese, as written": ("Disallow: /giáo-dục/", "/gi%C3%A1o-d%E1%BB%A5c/tin", False),
    "composed and decomposed are two": ("Disallow: /a\u0301", "/\u00e1", True),
    "an encoded slash is no slash": ("Disallow: /a/b", "/a%2Fb", True),
    "an encoded slash is itself": ("Disallow: /a%2fb", "/a%2Fb", False),
    "an encoded question mark is none": ("Disallow: /a?b", "/a%3Fb", True),
    "an encoded per cent sign is not decoded twice": ("Disallow: /%61", "/%2561", True),
    "a bare per cent sign": ("Disallow: /100%", "/100%25", False),
    "a blank": ("Disallow: /a b", "/a%20b", False),
    "a tilde": ("Disallow: /%7Ejoe/", "/~joe/index.html", False),
    "a bar": ("Disallow: /a|b", "/a%7Cb", False),
    # how a line is written
    "no blank": ("Disallow:/a", "/a", False),
    "many blanks": ("  Disallow \t :  /a  \t", "/ab", False),
    "in capitals": ("DISALLOW: /a", "/a", False),
    "with a comment": ("Disallow: /a # not this", "/a", False),
    "a comment in the path": ("Disallow: /a#b", "/a", False),
    "a line that is a comment": ("# Disallow: /a", "/a", True),
    "without its slash": ("Disallow: rieng", "/rieng/a", False),
    "with its host": ("Disallow: https://bencang.example/rieng", "/rieng/a", False),
    "a misspelling": ("Dissallow: /a", "/a", False),
    "without its colon": ("Disallow /a", "/a", False),
    "a sentence": ("Disallow everything and more", "/everything", True),
    "an Allow without its colon opens nothing": ("Disallow: /a\nAllow /a/b", "/a/b", False),
    "another word": ("Noindex: /a", "/a", True),
    "a colon in the path": ("Disallow: /a:b", "/a:b", False),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_rules(name: str) -> None:
    lines, url, verdict = RULES[name]
    assert allowed(everybody(lines), url) is verdict


def test_the_tables_are_long() -> None:
    assert len(GROUPS) + len(RULES) >= 120


def test_the_decision_names_the_rule() -> None:
    file = everybody("Disallow: /rieng/", "Allow: /rieng/cong-khai").encode()
    said = robots.parse(file, "X")
    assert said.decide(HOST + "/rieng/a").reason == "disallowed: Disallow: /rieng/"
    assert said.decide(HOST + "/rieng/cong-khai").reason == "allowed: Allow: /rieng/cong-khai"
    assert said.decide(HOST + "/").reason == "allowed: no rule of robots.txt speaks of it"
    assert said.decide(HOST + "/").rule is None


def test_what_is_told_of_a_rule_can_be_stored() -> None:
    file = b"User-agent: *\nDisallow: /\xff\xfe\x01\xe1\xba\xa3" + b"a" * 9000
    decision = robots.parse(file, "X").decide(HOST + "/%FF%FE%01ả" + "a" * 9000)
    assert not decision.allowed
    assert len(decision.reason) < 260
    assert decision.reason.isprintable()
    decision.reason.encode()


# ── the file ────────────────────────────────────────────────────────────────────────────────────────

FILE = everybody("Disallow: /a", "Disallow: /giáo")


@pytest.mark.parametrize(
    "body",
    [FILE.encode(), b"\xef\xbb\xbf" + FILE.encode(), FILE.replace("\n", "\r").encode(),
     FILE.replace("\n", "\r\n").encode(), FILE.replace("\n", "\n\n\r\n").encode(), FILE.encode("utf-16"),
     b"\xef\xbb\xbf# x\n" + FILE.encode(), b"\0\0\n" + FILE.encode(), b"\xff\xff\xff\n" + FILE.encode(),
     FILE.encode() + b"\n" + b"\0" * 1000, (FILE + "\n" + "Disallow: /z\n" * 60_000).encode()],
)  # fmt: skip
def test_every_way_of_writing_the_file(body: bytes) -> None:
    assert not allowed(body, "/a")
    assert not allowed(body, "/gi%C3%A1o-duc")
    assert allowed(body, "/b")


def test_octets_that_are_no_utf_8_are_compared_as_they_are() -> None:
    file = b"User-agent: *\nDisallow: /tr\xe8ng"
    assert not allowed(file, "/tr%E8ng/a")
    assert allowed(file, "/trèng/a")


def test_a_file_over_the_limit_counts_up_to_its_last_whole_line() -> None:
    head = b"User-agent: *\nDisallow: /a\n"
    cut = MAX_BYTES - len(b"Allow: /a/bi")  # the limit falls into the last line
    file = head + b"#" * (cut - len(head) - 1) + b"\nAllow: /a/bi-mat\nDisallow: /b\n"
    assert not allowed(file, "/a/bi-mat")
    assert not allowed(file, "/a/bi")  # half a line would have opened this
    assert allowed(file, "/b")


@pytest.mark.parametrize(
    "body", [b"", b"\0" * 5000, b"<html><p>Disallow everything</p></html>", b"\x1f\x8b\x08\0", b":"]
)
def test_what_is_no_file_holds_no_rules(body: bytes) -> None:
    said = robots.from_answer(200, body, "X")
    assert (said.rules, said.closed) == ((), False)
    assert allowed(body, "/a")


def test_a_web_page_instead_of_rules_is_said() -> None:
    said = robots.from_answer(200, b"\n<!DOCTYPE html><title>404</title>", "X")
    assert (
        said.decide(HOST + "/a").reason == "allowed: no rule of robots.txt (a web page instead of rules) speaks of it"
    )


@pytest.mark.parametrize(
    ("status", "verdict", "closed"),
    [(404, True, False), (401, True, False), (403, True, False), (410, True, False), (451, True, False),
     (500, False, True), (503, False, True), (599, False, True), (429, False, True), (302, False, True),
     (304, False, True), (206, False, True), (700, False, True)],
)  # fmt: skip
def test_a_missing_file_opens_and_an_unreachable_one_closes(status: int, verdict: bool, closed: bool) -> None:
    rules = robots.from_answer(status, b"User-agent: *\nAllow: /", "X")
    assert (rules.decide(HOST + "/a").allowed, rules.closed) == (verdict, closed)
    assert str(status) in rules.decide(HOST + "/a").reason


# ── bounded time ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("line", [b"Disallow: /" + b"*a" * 250_000 + b"$", b"Disallow: /" + b"*" * 500_000 + b"b$"])
def test_a_rule_of_many_stars_cannot_make_us_hang(line: bytes) -> None:
    rules = robots.parse(b"User-agent: *\n" + line, "X")
    assert rules.decide(HOST + "/" + "a" * 8000 + "c").allowed  # with a backtracking pattern this never returns


def test_as_many_rules_as_fit_are_read_and_asked() -> None:
    rules = robots.parse(b"User-agent: *\n" + b"Disallow:*?a\n" * 60_000, "X")
    assert len(rules.rules) > 39_000
    assert rules.decide(HOST + "/" + "b" * 2000).allowed


# ── Crawl-delay, Sitemap ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7.0), ("0.5", 0.5), (".5", 0.5), ("10 s", 10.0), ("10 seconds", 10.0), ("0", 0.0),
     ("3600", 3600.0), ("86400", MAX_CRAWL_DELAY_S), ("9" * 400, MAX_CRAWL_DELAY_S), ("soon", None), ("-5", None),
     ("nan", None), ("inf", None), ("1e5", None), ("1_0", None), ("１０", None), ("", None), ("5, 10", None)],
)  # fmt: skip
def test_crawl_delay(said: str, seconds: float | None) -> None:
    assert robots.parse(everybody(f"Crawl-delay: {said}").encode(), "X").crawl_delay_s == seconds


def test_the_longest_delay_of_our_groups_counts_and_nobody_else_s() -> None:
    file = b"User-agent: HaiDang\nCrawl-delay: 2\nAllow: /\nUser-agent: *\nCrawl-delay: 60\nAllow: /\n"
    file += b"User-agent: haidang\nCrawl-delay: 9\nCrawl-delay: 3\n"
    assert robots.parse(file, "HaiDang").crawl_delay_s == 9
    assert robots.parse(file, "X").crawl_delay_s == 60


def test_sitemaps_are_those_of_the_whole_file_absolute_and_few() -> None:
    lines = [
        "Sitemap: https://bencang.example/tin.xml", "User-agent: a", "sitemap:https://kho.example/s.xml.gz # news",
        "Disallow: /", "Sitemap: /khong-du.xml", "Sitemap: ftp://x.example/s", "Sitemap: https://[::1",
        "Sitemap: https://bencang.example/tin.xml", "Sitemap: https://b.example/a b", "Sitemap:",
        *[f"Sitemap: https://bencang.example/{i}.xml" for i in range(100)],
    ]  # fmt: skip
    found = robots.parse("\n".join(lines).encode(), "HaiDang").sitemaps
    assert found[:3] == (
        "https://bencang.example/tin.xml", "https://kho.example/s.xml.gz", "https://bencang.example/0.xml",
    )  # fmt: skip
    assert len(found) == robots.MAX_SITEMAPS == 50
    assert robots.Robots().sitemaps == ()


# ── paths ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("url", "path"),
    [("https://b.example", "/"), ("https://b.example?a", "/?a"), ("/a?b#c", "/a?b"), ("https://b.example/a?", "/a?"),
     ("/a?u=http://x.example/y", "/a?u=http://x.example/y"), ("https://b.example/..", "/"), ("/a/b/..", "/a/"),
     ("/a/../../b", "/b"), ("/a/.", "/a/"), ("//a/b", "//a/b"), ("/a?b=..", "/a?b=.."), ("/%", "/%25"),
     ("/%zz", "/%25zz"), ("/\ud800", "/%ED%A0%80")],
)  # fmt: skip
def test_the_path_that_rules_are_matched_against(url: str, path: str) -> None:
    assert path_of(url) == path


def test_normal_is_stable() -> None:
    for text in ("/a%2fb?c=%41%2a*$", "/ả|b c", "/%%41", "/\udcff"):
        assert normal(normal(text)) == normal(text)
        assert normal(text).isascii()
