"""Whose host is it? Twins and subdomains are one site, look-alikes never."""

from __future__ import annotations

import pytest

from crawler.channels.sites import site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://bencang.example/x", "bencang.example"),
        ("https://www.bencang.example", "bencang.example"),
        ("http://tuyensinh.bencang.com.vn:8080/x", "bencang.com.vn"),
        ("https://baitrieu.cangxanh.gov.vn/", "cangxanh.gov.vn"),
        ("https://com.vn/", "com.vn"),
        ("https://BENCANG.example./x", "bencang.example"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://localhost/", "localhost"),
        ("ftp://bencang.example/", ""),
        ("javascript:alert(1)", ""),
        ("/x", ""),
        ("http://[", ""),
        ("http:///x", ""),
    ],
)
def test_the_registered_name(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bencang.example", "https://bеncang.example"),  # a Cyrillic е
        ("https://bencang.example", "https://bencang.example.evil.example"),
        ("https://bencang.com.vn", "https://khac.com.vn"),
        ("https://bencang.example", "https://xbencang.example"),
        ("https://bencang.example", "https://bencang.example@evil.example"),
        ("http://127.0.0.1", "http://localhost"),
    ],
)
def test_look_alikes_are_others(one: str, other: str) -> None:
    assert site_of(one) != site_of(other)
