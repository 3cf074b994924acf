"""What a page names as its canonical address is believed within its own site, and told otherwise."""

from __future__ import annotations

import socket
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.identity import MAX_CLAIMS, alias_of, named, site
from store.model import Article
from tests.unit.crawler.conftest import article

BEP = "https://bencang.example/giao-duc/truong-sao-bien-mo-lai-bep-an-100231.html"


@pytest.mark.parametrize(
    ("own", "claim"),
    [
        ("https://m.bencang.example/giao-duc/truong-sao-bien-mo-lai-bep-an-100231.html", BEP),
        ("https://amp.bencang.example/giao-duc/truong-sao-bien-mo-lai-bep-an-100231.html", BEP),
        (BEP.replace("https", "http"), BEP),
        (f"{BEP}?trang=1", BEP),
        (BEP.replace(".html", ".amp.html"), BEP),
        (BEP.replace("/giao-duc/", "/amp/giao-duc/"), BEP),
        ("https://bencang.example/bep-an-da-mo-lai-100231.html", BEP),  # the headline was edited, the number stays
        ("https://giaoduc.bencang.example/tin/sao-bien-mo-bep-100231.html", BEP),
        ("https://bencang.example/2026/11/truong-sao-bien-mo-lai-bep-an", "https://bencang.example/truong-sao-bien-mo-lai-bep-an/"),
        ("https://m.thcs-saobien.edu.vn/tin/hoc-sinh-di-bien-100231.html", "https://thcs-saobien.edu.vn/tin/hoc-sinh-di-bien-100231.html"),
    ],
)  # fmt: skip
def test_another_spelling_on_the_same_site_is_an_alias(own: str, claim: str) -> None:
    assert alias_of(article(own), claim) == claim


@pytest.mark.parametrize(
    ("own", "claim", "why"),
    [
        (BEP, "https://songxanh.example/giao-duc/truong-sao-bien-mo-lai-bep-an-100231.html", "nêu bản gốc ở"),
        (BEP, "https://bencang.example/", "trang chủ"),
        (BEP, "https://bencang.example/index.html", "trang chủ"),
        (BEP, "https://bencang.example/vi/trang-chu", "trang chủ"),
        (BEP, "https://bencang.example/giao-duc", "chuyên mục"),
        (BEP, "https://bencang.example/van-hoa-the-thao-du-lich", "chuyên mục"),
        (BEP, "https://bencang.example/giao-duc/truong-sao-bien-mo-lai-bep-an-100999.html", "số bài khác"),
        ("https://bencang.example/chi-tiet?id=5", "https://bencang.example/chi-tiet", "dấu ?"),
        ("https://bencang.example/xem-chi-tiet-tin-tuc?id=5", "https://bencang.example/xem-chi-tiet-tin-tuc", "dấu ?"),
        ("https://bencang.example/tin-2026/?id=5", "https://bencang.example/tin-2026/", "dấu ?"),
        ("https://xa-a.haiphong.gov.vn/tin/hop-100231", "https://xa-b.haiphong.gov.vn/a/hop-100231", "đơn vị khác"),
        ("https://a.haiphong.edu.vn/tin/hop-dan-bon-xa", "https://b.haiphong.edu.vn/a/hop-dan-bon-xa", "đơn vị khác"),
        ("https://a.github.io/tin-rat-dai-100231", "https://b.github.io/tin-rat-dai-100231", "nêu bản gốc ở"),
        ("http://192.0.2.7:81/tin-rat-dai-100231", "http://192.0.2.7:82/tin-rat-dai-100231", "nêu bản gốc ở"),
        ("http://192.0.2.7/tin-rat-dai-100231", "http://192.0.3.7/tin-rat-dai-100231", "nêu bản gốc ở"),
        (BEP, "javascript:alert(1)", "không dùng được"),
        (BEP, "https://[bencang", "không dùng được"),
        (BEP, "https://bencang.example/" + "a" * 5_000, "không dùng được"),
    ],
)  # fmt: skip
def test_a_claim_that_could_swallow_another_page_is_told_not_believed(own: str, claim: str, why: str) -> None:
    told = named(article(own), claim)
    assert told.alias is None
    assert why in told.note


def test_two_schools_on_one_host_name_stay_two_even_with_one_path() -> None:
    one, other = (
        f"https://{name}.haiphong.edu.vn/tin/hop-phu-huynh-dau-nam-100231.html" for name in ("thcs-a", "thcs-b")
    )
    assert alias_of(article(one), other) is None


def test_naming_itself_or_nothing_is_no_news() -> None:
    assert named(article(BEP), BEP + "?utm_source=zalo").note == ""
    assert named(article(BEP), "").note == ""


def test_an_address_that_everything_claims_is_the_templates() -> None:
    page = article("https://m.bencang.example/giao-duc/truong-sao-bien-mo-lai-bep-an-100231.html")
    assert alias_of(page, BEP, claims=MAX_CLAIMS) == BEP
    assert alias_of(page, BEP, claims=MAX_CLAIMS + 1) is None


def test_sites_are_told_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert site("https://dulich.bencang.com.vn/a") == "bencang.com.vn"
    assert site("https://xa-a.haiphong.gov.vn/a") == "haiphong.gov.vn"
    assert site("https://tin.bencang.example/a") == "bencang.example"
    assert site("http://192.0.2.7/a") == "192.0.2.7"
    assert site("http://[2001:db8::1]/a") == "2001:db8::1"


@given(st.text(max_size=60), st.sampled_from(["", "https://bencang.example/", "//", "https://"]))
def test_no_claim_breaks_the_reading_and_an_alias_is_never_the_article_itself(text: str, before: str) -> None:
    page = article(BEP)
    found = alias_of(page, before + text)
    assert found is None or (found != page.canonical_url and site(found) == "bencang.example")
    assert found is None or Article.make_id(found) != page.id
