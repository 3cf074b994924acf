from __future__ import annotations

from datetime import datetime
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import urls
from crawler.urls import LOCAL, article_number, canonical, time_in_url
from store.errors import InputError

SAME = [
    ("https://vnexpress.net/bai-4924696.html#vn_source=Home", "https://vnexpress.net/bai-4924696.html"),
    ("http://m.vnexpress.net/bai-4924696.html?utm_source=x&fbclid=y", "https://vnexpress.net/bai-4924696.html"),
    ("https://www.dantri.com.vn:443/a//b/../c.htm", "https://dantri.com.vn/a/c.htm"),
    ("https://amp.plo.vn/bai-post1.html/amp", "https://plo.vn/bai-post1.html"),
    ("https://plo.vn/amp/bai-post1.html", "https://plo.vn/bai-post1.html"),
    ("https://plo.vn/bai-post1.amp.html?outputType=amp", "https://plo.vn/bai-post1.html"),
    ("https://plo.vn/bai-post1.html?mibextid=Zx&zalosrc=1", "https://plo.vn/bai-post1.html"),
    ("https://plo.vn/champion-post1.html", "https://plo.vn/champion-post1.html"),
    ("https://bencang.example/amp/a.amp.html", "https://bencang.example/amp/a.amp.html"),
    ("HTTP://BenCang.Example.:80/Tin?b=2&a=1&gclid=3", "http://bencang.example/Tin?a=1&b=2"),
    ("https://bencang.example", "https://bencang.example/"),
    ("https://bencang.example/bai.html/", "https://bencang.example/bai.html"),
    ("https://bencang.example/a;jsessionid=9F?x=", "https://bencang.example/a?x="),
    ("https://bencang.example/h%e1%bb%8dc%20ph%C3%AD", "https://bencang.example/h%E1%BB%8Dc%20ph%C3%AD"),
    ("https://bencang.example/học phí", "https://bencang.example/h%E1%BB%8Dc%20ph%C3%AD"),
    ("https://user:pass@bencang.example/a", "https://bencang.example/a"),
    (' https://bencang.example/a.html">\n', "https://bencang.example/a.html"),
    ("https://bencang.example/a.html)", "https://bencang.example/a.html"),
    ("https://bencang.example/wiki/A_(b)", "https://bencang.example/wiki/A_(b)"),
]


@pytest.mark.parametrize(("given_url", "expected"), SAME)
def test_spellings_of_one_page_become_one(given_url: str, expected: str) -> None:
    assert canonical(given_url) == expected


def test_unknown_hosts_keep_scheme_www_and_mobile_host() -> None:
    assert canonical("http://m.bencang.example/a") == "http://m.bencang.example/a"
    assert canonical("http://www.bencang.example/a") != canonical("http://bencang.example/a")


@pytest.mark.parametrize(
    "bad", ["", "mailto:a@b.vn", "javascript:void(0)", "/a/b", "https://", "http://[::1", "ftp://x.vn/a"]
)
def test_what_is_no_web_address_is_refused_with_the_address_named(bad: str) -> None:
    with pytest.raises(InputError, match="not a"):
        canonical(bad)


_hosts = st.sampled_from(
    ["vnexpress.net", "m.tuoitre.vn", "www.bencang.example", "bencang.example:8080", "BÁO.example"]
)
_paths = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40)


@given(st.sampled_from(["http", "https", "HTTPS"]), _hosts, _paths, _paths)
def test_canonical_is_idempotent(scheme: str, host: str, path: str, query: str) -> None:
    try:
        once = canonical(f"{scheme}://{host}/{path}?{query}")
    except InputError:
        return  # e.g. a port that the path made impossible
    assert canonical(once) == once


@given(
    st.lists(st.sampled_from(["utm_source=1", "fbclid=2", "gclid=3", "utm_x=4", "_ga=5"]), max_size=5),
    st.permutations(["a=1", "b=2", "c=3"]),
)
def test_tracking_and_order_of_parameters_never_matter(tracking: list[str], kept: list[str]) -> None:
    assert (
        canonical("https://bencang.example/x?" + "&".join(tracking + kept)) == "https://bencang.example/x?a=1&b=2&c=3"
    )


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://vnexpress.net/bai-dau-4924696.html", "4924696"),
        ("https://nhandan.vn/bai-post887766.html", "887766"),
        ("https://laodong.vn/giao-duc/bai-1412345.ldo", "1412345"),
        ("https://bencang.example/giao-duc/", None),
        ("https://bencang.example/nam-hoc-2026-2027-bat-dau.html", None),
    ],
)
def test_article_number(url: str, number: str | None) -> None:
    assert article_number(url) == number


def _local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, LOCAL)


def test_the_day_and_clock_in_addresses_of_outlets_that_put_them_there() -> None:
    for url in (
        "https://tuoitre.vn/bai-20261118093714970.htm",
        "https://tuoitre.vn/bai-100261118093714970.htm",
        "https://thanhnien.vn/bai-185261118093714839.htm",
    ):
        told = time_in_url(url)
        assert told is not None
        assert _local(told.at).isoformat() == "2026-11-18T09:37:14+07:00"


def test_digits_that_are_no_time_and_outlets_that_are_not_known_to_do_so_tell_nothing() -> None:
    assert time_in_url("https://tuoitre.vn/bai-20261399093714970.htm") is None
    assert time_in_url("https://bencang.example/bai-20261118093714970.htm") is None
    day_only = time_in_url("https://tuoitre.vn/bai-20261118997714970.htm")
    assert day_only is not None
    assert _local(day_only.at).hour == 0
    assert day_only.confidence < 0.5


_parts = st.sampled_from(["a", "bai-1.html", ".", "..", "amp", "-", "~x", "_", "A.b", "", "x;y", "a.", "%41", "tin)"])
_any_host = st.sampled_from(
    ["vnexpress.net", "www.vnexpress.net", "m.tuoitre.vn", "bencang.example", "www.bencang.example", "a-.example",
     "bencang.example.", "BenCang.example", "a..example", "-", "10.0.0.1", "x_y.example", "bencang.example:443"]
)  # fmt: skip


@given(st.sampled_from(["http", "https"]), _any_host, st.lists(_parts, max_size=4).map("/".join))
def test_an_address_taken_as_it_is_has_nothing_to_mend(scheme: str, host: str, path: str) -> None:
    url = f"{scheme}://{host}/{path}"
    try:
        assert canonical(url) == urls._mend(urls._mend(urls._mend(url)))
    except InputError:
        with pytest.raises(InputError):
            urls._mend(url)


@given(st.sampled_from(["http", "https"]), _any_host, st.lists(_parts, max_size=4).map("/".join))
def test_a_plain_address_means_the_same_from_everywhere(scheme: str, host: str, path: str) -> None:
    url = f"{scheme}://{host}/{path}"
    if urls.PLAIN.fullmatch(url):
        assert urljoin("https://other.example/x/y?z#w", url) == url
        assert urljoin(f"{scheme}://{host}/x/y", url) == url
