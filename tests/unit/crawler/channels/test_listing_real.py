"""Five real front pages: every article link of their columns is found, and hardly anything that is none."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from crawler import markup
from crawler.channels.listing import KIND
from crawler.text import decode
from crawler.urls import canonical
from store.errors import InputError

pytestmark = pytest.mark.shared
NOON = 1_795_150_800_000
DANTRI = r"^https?://(?:\w+\.)?dantri\.com\.vn/(?!event/).*-\d{5,}\.htm$|/video-\d+/[^/]*\.htm$"
TUOITRE = r"^https?://(?:\w+\.)?tuoitre\.vn/tin/.*/\d+\.html$"
HOMES = {
    "dantri_home_a": ("https://dantri.com.vn/", DANTRI),
    "dantri_home_b": ("https://dantri.com.vn/", DANTRI),
    "dantri_home_c": ("https://dantri.com.vn/", DANTRI),
    "dantri_home_d": ("https://dantri.com.vn/", DANTRI),
    "tuoitre_home_2015": ("https://tuoitre.vn/", TUOITRE),
}


def articles(body: bytes, url: str, pattern: str) -> set[str]:
    """What the outlet's own addresses say is an article, outside side boxes: told by the eye, once for each outlet."""
    tree = markup.parse(decode(body, None)[0])
    assert tree is not None
    found = set()
    for href in tree.xpath("//a[not(ancestor::nav or ancestor::aside or ancestor::footer)]/@href"):
        try:
            address = canonical(urljoin(url, href.strip()).partition("#")[0])
        except (InputError, ValueError):
            continue
        if re.search(pattern, address):
            found.add(address)
    return found


@pytest.mark.parametrize("name", HOMES)
def test_precision_and_recall(shared: Path, name: str, record_property: pytest.RecordProperty) -> None:
    url, pattern = HOMES[name]
    body = (shared / "press" / "pages" / f"{name}.html").read_bytes()
    truth = articles(body, url, pattern)
    found = KIND.read(body, "text/html", url, NOON, None)
    got = {entry.canonical_url for entry in found.entries}
    hit = len(got & truth)
    record_property("figures", f"{name}: {hit} of {len(truth)} found, {hit} of {len(got)} right")
    print(f"{name}: {hit} of {len(truth)} found, {hit} of {len(got)} right")  # noqa: T201 - pytest -s shows it
    assert hit / len(truth) >= 0.97
    assert hit / len(got) >= 0.95
    assert all(entry.title for entry in found.entries)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("cafef_2018-07", "https://cafef.vn/mot-bai-20180701100000.chn"),
        ("vnexpress_2022-02", "https://vnexpress.net/mot-bai-4420000.html"),
        ("vnexpress_2025-10-22", "https://vnexpress.net/mot-bai-4950000.html"),
        ("tuoitre_2015-03", "https://tuoitre.vn/tin/mot-bai/720000.html"),
    ],
)
def test_real_articles_are_no_listings(shared: Path, name: str, url: str) -> None:
    body = (shared / "press" / "pages" / f"{name}.html").read_bytes()
    found = KIND.read(body, "text/html", url, NOON, None)
    assert found.entries == ()
    assert "article" in (found.not_a_feed or "")
