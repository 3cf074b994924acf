"""`haidang sources coverage`: every figure can be counted again, and no pupil is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import load_settings
from runner.deps import Deps, Tools
from runner.sources_coverage import coverage, lines, to_json
from store.blobs import BodyStore
from store.errors import InputError
from store.model import Article, Basis, Revision, Sighting
from store.sqlite import open_store

NOW, HOUR = 1_795_150_800_000, 3_600_000
FEED, MAP = "https://bencang.example/rss", "https://bencang.example/sitemap.xml"
YAML = f"""\
id: bencang
name: Báo Bến Cảng
outlet: Bến Cảng
kind: city_press
enabled: true
owner: Văn phòng Sở
channels:
  - kind: feed
    url: {FEED}
  - kind: sitemap
    url: {MAP}
"""


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "bencang.yml").write_text(YAML, encoding="utf-8")
    one_way = YAML.replace("bencang", "hanghai").split("  - kind: sitemap")[0]
    (tmp_path / "sources" / "hanghai.yml").write_text(one_way, encoding="utf-8")
    settings = load_settings({}, home=tmp_path, only_own_sources=True, sources_dir=tmp_path / "sources")
    store = open_store(settings.database)
    yield Deps(store, BodyStore(settings.bodies), settings, Tools(settings, lambda: NOW), lambda: NOW)
    store.close()


def saw(deps: Deps, title: str, hours: float, *channels: str) -> Article:
    at = int(NOW - hours * HOUR)
    url = f"https://bencang.example/{at}.html"
    article = Article(Article.make_id(url), url, url, "bencang", "Bến Cảng", at, "fet_1")
    text = Revision.hash_text(title, "", "")
    revision = Revision(Revision.make_id(article.id, text), article.id, text, Basis.FEED, title, "", "", at, "fet_1")
    with deps.store.transaction() as tx:
        tx.add_articles([article])
        tx.add_revisions([revision])
        tx.add_sightings([Sighting(article.id, channel, "bencang", at, "fet_1") for channel in channels])
    return article


def test_the_source_that_can_be_compared_comes_first_with_its_differences(deps: Deps) -> None:
    saw(deps, "Trường Sao Biển mở lại bếp ăn", 50, FEED, MAP)
    saw(deps, "Thông báo tuyển sinh lớp 10", 30, MAP)
    shown = list(lines(deps, coverage(deps, None)))
    assert shown[0] == "Bến Cảng (bencang): bản tin RSS 50 % (1/2, sót 1) · sơ đồ trang (sitemap) 100 % (2/2, sót 0)"
    assert "không có ở bản tin RSS: Thông báo tuyển sinh lớp 10" in shown[1]
    assert shown[2].strip() == f"https://bencang.example/{NOW - 30 * HOUR}.html"
    assert shown[3] == "Bến Cảng (hanghai): chỉ có một đường, chưa đối chiếu được"


def test_json_has_every_figure_and_every_difference(deps: Deps) -> None:
    saw(deps, "Cả hai", 50, FEED, MAP)
    missed = saw(deps, "Một", 30, MAP)
    (found,) = json.loads(json.dumps(to_json(deps, coverage(deps, "bencang"))))
    assert found["items"] == 2 and found["compared"] is True
    assert found["ways"][0] == {"kind": "feed", "addresses": 1, "seen": 1, "only_here": 0, "missed": 1, "share": 0.5}
    (difference,) = found["differences"]
    assert difference["article"] == missed.id and difference["missed_by"] == ["feed"] and difference["title"] == "Một"


def test_a_pupil_is_masked(deps: Deps) -> None:
    saw(deps, "Cả hai", 50, FEED, MAP)
    saw(deps, "Em Trần Thị Hạnh, học sinh lớp 5A, bị lạc", 30, MAP)
    found = coverage(deps, "bencang")
    assert "Hạnh" not in " ".join(lines(deps, found)) and "Hạnh" not in json.dumps(
        to_json(deps, found), ensure_ascii=False
    )


def test_the_days_bound_what_is_compared(deps: Deps) -> None:
    saw(deps, "Cả hai", 50, FEED, MAP)
    saw(deps, "Một", 30, MAP)
    assert coverage(deps, "bencang", days=1)[0].union == 0
    assert "chưa có gì để đối chiếu" in next(iter(lines(deps, coverage(deps, "bencang", days=1))))


@pytest.mark.parametrize(
    ("source", "days", "said"), [("khong_co", 7, "khong_co"), (None, 0, "--days 0"), (None, 61, "60")]
)
def test_what_cannot_be_asked_is_said(deps: Deps, source: str | None, days: int, said: str) -> None:
    with pytest.raises(InputError, match=said):
        coverage(deps, source, days)
