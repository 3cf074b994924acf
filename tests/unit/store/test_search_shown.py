"""What leaves the search: masked, marked, bounded; and how a search written in words is understood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import search_shown
from store.errors import InputError
from store.model import Article, Basis, FacetKind, Judgement, JudgementKind, Revision, SearchRequest
from store.search import parse
from store.search_ask import Asked, places, request_of
from store.search_shown import Page, find
from store.sqlite import SqliteStore, open_store

TZ = "Asia/Ho_Chi_Minh"
JUNE = 1_780_000_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = open_store(tmp_path / "store.sqlite")
    opened.connection.execute("PRAGMA synchronous=OFF")
    yield opened
    opened.close()


def write(store: SqliteStore, number: int, title: str, body: str = "", outlet: str = "Báo Cảng Biển") -> Revision:
    at = JUNE + number * 60_000
    url = f"https://bao-cang.example/{number}.html"
    article = Article(Article.make_id(url), url, url, "bao", outlet, at, "f")
    revision = Revision(f"rev_{number}", article.id, str(number), Basis.PAGE, title, "", body, at, "f")
    with store.transaction() as tx:
        tx.add_articles([article])
        tx.add_revisions([revision])
    return revision


def search(store: SqliteStore, words: str, **more: int) -> Page:
    return find(store, SearchRequest(parse(words), **more))


def titles(page: Page) -> list[str]:
    return [line.title.text for line in page.lines]


PUPIL = "Em Phạm Khánh Vy, 12 tuổi, học sinh lớp 7A Trường THCS Sóng Xanh, bị ngã trong giờ ra chơi."


def test_a_pupil_is_neither_found_by_name_nor_shown(store: SqliteStore) -> None:
    write(store, 1, "Tai nạn giờ ra chơi", PUPIL)
    for words in ("Khánh Vy", "khanh vy", '"Phạm Khánh Vy"', "7A", "vy ngã"):
        assert search(store, words).lines == (), words
    (line,) = search(store, "bị ngã").lines
    assert "Vy" not in line.text.text and "[" in line.text.text
    assert [line.text.text[s:e] for s, e in line.text.spans] == ["bị", "ngã"]


def test_a_phrase_with_marks_is_found_by_its_own_marks_alone(store: SqliteStore) -> None:
    write(store, 1, "Thủ khoa", "Ban nhạc có một bàn nhắc khéo.")
    write(store, 2, "Thủ khoa", "Ca sĩ của ban nhạc.")
    assert [line.article.url[-6:] for line in search(store, '"ban nhạc"').lines] == ["2.html", "1.html"]
    assert search(store, '"bàn nhạc"').lines == ()
    assert len(search(store, '"bàn nhắc"').lines) == 1
    assert [line.article.url[-6:] for line in search(store, 'thủ -"bàn nhắc"').lines] == ["2.html"]


def test_every_page_goes_on_after_the_last_even_where_lines_were_dropped(store: SqliteStore) -> None:
    for n in range(30):
        write(store, n, f"Tin {n}", PUPIL if n % 3 else "Bà Vy bán hàng ở chợ, cảnh trời nắng.")
    seen, cursor = [], None
    for _ in range(10):
        page = find(store, SearchRequest(parse("vy"), limit=4, cursor=cursor))
        seen += titles(page)
        cursor = page.next
        if cursor is None:
            break
    assert seen == [f"Tin {n}" for n in range(27, -1, -3)]


def test_a_page_masks_only_so_much_and_says_where_it_got_to(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_shown, "PATIENCE", 3_000)
    for n in range(5):
        write(store, n, f"Dài {n}", "trời nắng " * 200)
    page = search(store, "nắng")
    assert titles(page) == ["Dài 4", "Dài 3"] and page.unfinished
    assert page.next is not None
    assert titles(search(store, "nắng", cursor=page.next)) == ["Dài 2", "Dài 1"]


def test_a_walk_that_takes_too_long_stops_and_goes_on_when_asked(store: SqliteStore) -> None:
    write(store, 0, "Khai giảng")
    write(store, 3_000_000, "Khác")  # years later
    clock = iter(range(1_000_000))
    store.search_clock = lambda: float(next(clock))
    first = store.search(SearchRequest(parse("khai giảng")))
    assert first.unfinished and first.next is not None and first.hits == ()
    for _ in range(60):
        result = store.search(SearchRequest(parse("khai giảng"), cursor=first.next))
        if result.hits:
            break
        assert result.next is not None and result.next < first.next
        first = result
    assert [hit.revision_id for hit in result.hits] == ["rev_0"] and result.next is None


def test_a_rare_value_is_walked_by_itself(store: SqliteStore) -> None:
    for n in range(1_100):
        revision = write(store, n, f"Khai {n}")
        if n in (5, 700):
            with store.transaction() as tx:
                tx.add_judgements([Judgement(revision.id, JudgementKind.TONE, "j", "1", "neg", 0.9, {}, JUNE)])
    for words in ("khai", ""):
        request = SearchRequest(parse(words), {FacetKind.TONE: ("neg",), FacetKind.OUTLET: ("Báo Cảng Biển",)})
        assert [hit.revision_id for hit in store.search(request).hits] == ["rev_700", "rev_5"]


# ── in words ────────────────────────────────────────────────────────────────────────────────────────


def test_names_are_taken_with_or_without_marks_and_in_part(store: SqliteStore) -> None:
    write(store, 1, "Tin", outlet="Báo Cảng Biển")
    write(store, 2, "Tin", outlet="Cảng Mới")
    code = next(code for code, name in places().items() if name == "Phường Lê Chân")

    def facets(**said: str) -> dict[FacetKind, tuple[str, ...]]:
        return dict(request_of(store, Asked(**said), TZ).facets)

    assert facets(outlet="cang bien") == {FacetKind.OUTLET: ("Báo Cảng Biển",)}
    assert set(facets(outlet="Cảng")[FacetKind.OUTLET]) == {"Báo Cảng Biển", "Cảng Mới"}
    assert facets(place="lê chân") == facets(place="le chan") == facets(place=code) == {FacetKind.PLACE: (code,)}
    assert facets(place="Hải Phòng") == {FacetKind.PLACE: ("hp",)}
    assert facets(topic="fees") == facets(topic="hoc phi") == {FacetKind.TOPIC: ("fees",)}
    assert facets(outcome="relevant,none") == {FacetKind.OUTCOME: ("relevant", "")}


def test_themes_are_taken_by_id_and_by_the_name_that_the_department_gives_them(
    store: SqliteStore, tmp_path: Path
) -> None:
    (tmp_path / "topics.yml").write_text(
        "themes:\n  com_ca: {name: Bữa ăn hải sản, words: [cơm cá]}\n  nq71: {name: x, enabled: false}\n",
        encoding="utf-8",
    )
    revision = write(store, 1, "Tin")
    with store.transaction() as tx:
        old = {"themes": [{"id": "nq71"}]}
        tx.add_judgements([Judgement(revision.id, JudgementKind.TOPICS, "j", "1", "fees", 0.9, old, JUNE)])

    def meant(theme: str) -> tuple[str, ...]:
        return request_of(store, Asked(theme=theme), TZ, home=tmp_path).facets[FacetKind.THEME]

    assert meant("ts10") == meant("tuyen sinh lop 10") == ("ts10",)
    assert meant("bữa ăn hải sản") == meant("com_ca") == ("com_ca",)
    assert meant("nq71") == ("nq71",), "switched off, but the archive has it"
    with pytest.raises(InputError, match="không có chuyên mục"):
        request_of(store, Asked(theme="bữa ăn hải sản"), TZ)


def test_days_are_local_and_whole(store: SqliteStore) -> None:
    request = request_of(store, Asked(words="a", first="2026-11-20", last="2026-11-20"), TZ)
    assert request.until - request.after == 86_400_000  # type: ignore[operator]
    assert (request.after + 1) % 86_400_000 == 17 * 3_600_000  # type: ignore[operator]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ({"first": "hôm qua"}, "2026-11-20"),
        ({"first": "0001-01-01"}, "không đọc được"),
        ({"last": "9999-12-31"}, "không đọc được"),
        ({"first": "2026-11-20", "last": "2026-11-01"}, "đổi chỗ"),
        ({"place": "Sao Hỏa"}, "không có phường, xã"),
        ({"outlet": "x" * 5000}, "không có báo"),
        ({"topic": "tin giả"}, "không có chủ đề"),
        ({"tone": "xấu"}, "neg, neu, pos"),
    ],
)
def test_what_cannot_be_meant_is_said(store: SqliteStore, said: dict[str, str], part: str) -> None:
    with pytest.raises(InputError, match=part):
        request_of(store, Asked(**said), TZ)


def test_a_kept_search_comes_back_and_what_is_odd_in_it_is_left_out() -> None:
    asked = Asked(words="học phí", place="Lê Chân", ranked=True)
    assert Asked.from_json(asked.to_json()) == asked
    assert Asked.from_json({"words": 7, "later": "x", "ranked": "yes", "tone": "neg"}) == Asked(tone="neg")
