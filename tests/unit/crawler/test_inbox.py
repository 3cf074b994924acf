"""What staff handed in as the pipeline sees it: an article, a revision, a page to fetch."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.read import read
from intake.form import Box, Submission, Upload
from intake.keep import Kept, keep
from store.blobs import BodyStore
from store.errors import Permanent
from store.model import Article, Basis, Fetch, Outcome
from store.sqlite import SqliteStore, open_store
from tests.unit.intake.samples import BOX, png

NOW = 1_795_150_800_000
PAGE = "https://bao-cang.example/truong-sao-bien-mo-bep-an-100231.html"
TEXT = "Trường Sao Biển ở Lê Chân thu tiền ngoài quy định. Phụ huynh đề nghị trả lời.\nĐoạn hai."


class House:
    """A store and its bodies."""

    def __init__(self, folder: Any) -> None:
        self.store: SqliteStore = open_store(folder / "haidang.sqlite")
        self.bodies = BodyStore(folder / "bodies")

    def keep(self, **given: Any) -> Kept:
        values: dict[str, Any] = {"by": "Đỗ Thị Trực", "where_seen": "báo giấy"} | given
        return keep(self.store, self.bodies, Submission(**values), NOW)

    def read(self, **given: Any) -> Any:
        fetch = self.keep(**given).fetch
        return read(fetch, self.bodies.get(fetch.body_hash or ""), None, None)


@pytest.fixture
def house(tmp_path: Any) -> Any:
    made = House(tmp_path)
    yield made
    made.store.close()


def test_a_text_is_an_article_of_staff_with_an_identity_of_its_own(house: House) -> None:
    found = house.read(text=TEXT)
    (article,), (revision,) = found.articles, found.revisions
    assert (article.outlet, article.source_id, article.first_seen_at) == ("Cán bộ nhập", "manual_social", NOW)
    assert article.url == article.canonical_url and article.url.startswith("inbox:inb_")
    assert revision.basis is Basis.INBOX and revision.article_id == article.id == Article.make_id(article.url)
    assert revision.title == "Trường Sao Biển ở Lê Chân thu tiền ngoài quy định"
    assert (revision.lead, revision.body) == ("", TEXT)
    assert found.outcome == Outcome.READ and found.fetch_pages == ()


def test_a_bare_link_is_an_article_whose_page_is_asked_for_and_nothing_is_read_before(house: House) -> None:
    found = house.read(url=f"{PAGE}?utm_source=zalo")
    (article,) = found.articles
    assert article.canonical_url == PAGE and found.fetch_pages == (article.id,) and found.revisions == ()


def test_a_link_with_words_or_files_is_read_at_once_and_its_page_is_asked_for(house: House) -> None:
    for more in ({"text": TEXT}, {"note": "Phụ huynh hỏi nhiều."}, {"files": (Upload("a.png", png(), (BOX,)),)}):
        found = house.read(url=PAGE, **more)
        assert found.fetch_pages == (found.articles[0].id,) == (found.revisions[0].article_id,)
        assert found.revisions[0].basis is Basis.INBOX and found.revisions[0].title


def test_files_alone_are_an_article_that_says_where_they_were_seen(house: House) -> None:
    found = house.read(files=(Upload("a.png", png(), (BOX,)),))
    assert found.revisions[0].title == "Tài liệu nhận tại hộp thư: báo giấy" and found.revisions[0].body == ""


def test_two_people_with_the_same_words_are_two_articles(house: House) -> None:
    first, second = house.read(text=TEXT), house.read(text=TEXT, by="Lê Văn Trông")
    assert first.articles[0].id != second.articles[0].id


def test_the_same_again_later_is_the_same_record_and_writes_nothing(house: House) -> None:
    first = house.keep(text=TEXT)
    before = (dict(house.store.counts()), sorted(house.bodies.root.rglob("*.zst")))
    again = keep(house.store, house.bodies, Submission(by="Đỗ Thị Trực", where_seen="báo giấy", text=TEXT), NOW + 999)
    assert (first.known, again.known) == (False, True) and again.fetch == first.fetch
    assert (dict(house.store.counts()), sorted(house.bodies.root.rglob("*.zst"))) == before


def test_a_file_handed_in_again_with_one_box_more_is_another_record(house: House) -> None:
    one = house.keep(files=(Upload("a.png", png(), (BOX,)),))
    wider = Box(1, 0.1, 0.1, 0.5, 0.5)
    two = house.keep(files=(Upload("a.png", png(), (wider,)),))
    assert one.fetch.id != two.fetch.id


def test_the_id_of_a_record_tells_nothing_of_what_was_masked(house: House) -> None:
    """Otherwise names could be tried against it until one fits."""
    said = "Tài khoản Facebook: {} viết lời chê trường."
    ids = {house.keep(text=said.format(who)).fetch.url for who in ("Trần Kín", "Lê Mật")}
    assert len(ids) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"\xff", b'{"format":"haidang-inbox-2"}', b"[" * 100_000, b"x" * 1_000_001]
)
def test_a_damaged_record_ends_its_task_and_is_named(house: House, body: bytes) -> None:
    fetch = house.keep(text=TEXT).fetch
    with pytest.raises(Permanent) as ended:
        read(fetch, body, None, None)
    assert ended.value.outcome == Outcome.UNREADABLE and fetch.url in str(ended.value)


def test_a_record_that_names_more_than_it_may_is_refused(house: House) -> None:
    fetch = house.keep(text=TEXT).fetch
    record = json.loads(house.bodies.get(fetch.body_hash or "")) | {"account": "ai đó"}
    with pytest.raises(Permanent):
        read(fetch, json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(), None, None)


class Stop(BaseException):
    """The plug is pulled."""


class Pulled(BodyStore):
    """Bodies until the plug is pulled before the n-th."""

    left = 0

    def put(self, body: bytes) -> str:
        if self.left == 0:
            raise Stop
        self.left -= 1
        return super().put(body)


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_a_crash_between_two_writes_leaves_no_row_and_the_retry_is_one_record(house: House, writes: int) -> None:
    files = tuple(Upload("a", png(color=color), (BOX,)) for color in ("red", "blue"))
    given = Submission(by="Đỗ Thị Trực", where_seen="báo giấy", text=TEXT, files=files)
    pulled = Pulled(house.bodies.root)
    pulled.left = writes
    with pytest.raises(Stop):
        keep(house.store, pulled, given, NOW)
    assert house.store.inbox(9) == [] and house.store.task_counts() == {}
    kept = keep(house.store, house.bodies, given, NOW + 60_000)
    assert not kept.known and [f.id for f in house.store.inbox(9)] == [kept.fetch.id]
    assert house.store.task_counts() == {("read", "due"): 1}
    named = [house.bodies.get(f["sha256"]) for f in json.loads(house.bodies.get(kept.fetch.body_hash or ""))["files"]]
    assert len(named) == 2


def test_a_crash_inside_the_transaction_leaves_neither_row_nor_task(house: House) -> None:
    class Torn(SqliteStore):
        def transaction(self) -> Any:
            outer = super().transaction()

            class Halfway:
                def __enter__(self) -> Any:
                    tx = outer.__enter__()

                    def stop(*_: object) -> int:
                        raise Stop

                    tx.add_tasks = stop
                    return tx

                def __exit__(self, *told: Any) -> Any:
                    return outer.__exit__(*told)

            return Halfway()

    torn = Torn(house.store.path)
    with pytest.raises(Stop):
        keep(torn, house.bodies, Submission(by="Đỗ Thị Trực", where_seen="báo giấy", text=TEXT), NOW)
    torn.close()
    assert house.store.inbox(9) == [] and house.store.task_counts() == {}
    assert not house.keep(text=TEXT).known


def test_the_attempt_says_what_it_is(house: House) -> None:
    fetch: Fetch = house.keep(text=TEXT).fetch
    assert house.store.fetch(fetch.id) == fetch and fetch.content_type == "application/json; charset=utf-8"
    assert fetch.robots is None and fetch.status is None
