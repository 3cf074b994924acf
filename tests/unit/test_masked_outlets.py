"""Promise 3 at every way out: one story with an accused adult and a hurt pupil, followed to each outlet there is.

The people are invented. One text names the adult without a word of accusation, so that masking it alone is not enough,
and the holder of a public office stays: an outlet that shows nothing does not pass.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from alerts.digest_formats import files_of
from alerts.notifiers.message import prepare
from alerts.outbox import plan_deliveries
from alerts.release_edit import draft_of
from desk.app import build_app
from runner import commended, evidence, search
from runner.deps import Deps, Tools
from runner.trace import trace
from store.model import Article, Relation
from store.search_ask import Asked
from store.sqlite import open_store
from tests.unit.desk.conftest import DAY, NOW, Press, press

__all__ = ["press"]  # the fixture, used by name

GONE = ("Trịnh Văn Gạo", "Văn Gạo", "Gạo", "Phạm Khánh Vy", "Khánh Vy")
STAYS = "Lê Bá Hoành"  # holds a public office
TITLE = "Bảo vệ Trịnh Văn Gạo và chuyện ở Trường Sao Biển"
LEAD = "Giám đốc sở Lê Bá Hoành nói đã yêu cầu trường báo cáo."
BODY = (
    "Công an khởi tố Trịnh Văn Gạo, bảo vệ Trường Sao Biển, vì đánh em Phạm Khánh Vy.\n"
    "Ông Gạo trú tại thôn Trại Cá, xã Vĩnh Am."
)
COPY = "Trịnh Văn Gạo là ai?"  # nothing here accuses: only the story does
OTHER = "https://song-xanh.example/bai-2.html"


@pytest.fixture
def story(press: Press) -> Article:
    """Two outlets and an edit, judged, grouped, issued."""
    first = press.article(TITLE, LEAD, BODY, story="a", topics="violence,commendation")
    press.article(
        COPY, "Chuyện ở Trường Sao Biển.", "", outlet="Báo Sóng Xanh", story="a", relation=Relation.FOLLOW_UP,
        url=OTHER, topics="violence,commendation",
    )  # fmt: skip
    press.issue()
    return first


@pytest.fixture
def deps(press: Press) -> Deps:
    return Deps(press.store, press.bodies, press.settings, Tools(press.settings, lambda: NOW), lambda: NOW)


@pytest.fixture
def desk(press: Press) -> Iterator[TestClient]:
    app = build_app(press.settings, open_store(press.settings.database), press.bodies, lambda: NOW)
    with TestClient(app, base_url="http://127.0.0.1:8420", follow_redirects=False) as client:
        yield client


def masked(text: str, *, office: bool = True) -> None:
    """Nobody is named who must not be; the outlet does say something, and the office is named."""
    assert not [name for name in GONE if name in text]
    assert "[tên]" in text
    assert not office or STAYS in text


def test_the_text_as_it_came_names_them(press: Press, story: Article) -> None:
    (revision,) = press.store.revisions_of([story.id])[story.id]
    assert "Trịnh Văn Gạo" in revision.title and "Phạm Khánh Vy" in revision.body


def test_digest_as_page_text_and_letter(press: Press, story: Article) -> None:
    digest = press.store.digests()[0]
    files = {name: press.bodies.get(found).decode() for name, found in digest.files.items()}
    assert set(files) == {"html", "text", "draft"}
    forms = files_of(draft_of(press.bodies, digest), "Sở", NOW, ("docx", "zalo"))
    with ZipFile(io.BytesIO(forms["docx"])) as paper:
        files |= {"docx": paper.read("word/document.xml").decode()}
    assert not [gone for gone in GONE if gone in forms["zalo"].decode()]
    for text in files.values():
        masked(text)
        assert "[tên] là ai?" in text
    delivery = plan_deliveries(digest, ["van-phong@so.example"], NOW, "diem-bao@so.example")[0]
    with press.store.transaction() as tx:
        tx.add_deliveries([delivery])
    settings = press.settings.model_copy(update={"smtp_from": "diem-bao@so.example"})
    (delivery,) = press.store.deliveries(digest.id)
    letter = prepare(press.store, press.bodies, delivery.id, settings, NOW)
    for part in letter.iter_parts():
        masked(part.get_content())


def test_every_page_of_the_desk(press: Press, desk: TestClient, story: Article) -> None:
    other = press.store.find_article(OTHER)
    assert other is not None
    named = [f"/tin-bai/{story.id}", f"/tin-bai/{other.id}", f"/nhom-tin/{press.stories['a']}", "/", f"/diem-bao/{DAY}",
             f"/diem-bao/{DAY}/so-lieu/tong", f"/diem-bao/{DAY}/ban-phat-hanh", f"/diem-bao/{DAY}/van-ban",
             "/guong-tot?tu=2026-11-01&den=2026-11-20"]  # fmt: skip
    for address in named:
        answer = desk.get(address)
        assert answer.status_code == 200, address
        assert not [name for name in GONE if name in answer.text], address
    masked(desk.get(named[0]).text)
    found = desk.get("/tin-bai?q=báo cáo&tu=2026-11-01&den=2026-11-20")
    assert found.status_code == 200
    masked(found.text, office=False)
    assert "Không có bài nào như vậy" in desk.get("/tin-bai?q=Khánh Vy").text


def test_the_evidence_copy_and_its_manifest(deps: Deps, story: Article, tmp_path: Path) -> None:
    for name, target in (("mot", story.id), ("hai", OTHER)):
        path = evidence.export_copy(deps, target, tmp_path / f"{name}.html")
        masked(path.read_text(encoding="utf-8"), office=target == story.id)
        manifest = path.with_suffix(".json").read_text(encoding="utf-8")
        assert not [name for name in GONE if name in manifest]


def test_search_as_lines_and_as_json(deps: Deps, story: Article) -> None:
    report = search.search(deps, Asked(words="báo cáo"))
    masked("\n".join(search.told(report)), office=False)
    masked(json.dumps(report, ensure_ascii=False), office=False)
    assert search.search(deps, Asked(words="Khánh Vy"))["lines"] == []
    assert story.id not in str(search.search(deps, Asked(words="Văn Gạo")))


def test_the_trace_and_the_commendation_list(deps: Deps, story: Article) -> None:
    for address in (story.url, OTHER):
        masked(json.dumps(trace(deps, address).to_json(), ensure_ascii=False), office=False)
    found = commended.listed(deps)
    masked("\n".join(commended.lines(found)))
    masked(json.dumps([one.to_json() for one in found], ensure_ascii=False))
