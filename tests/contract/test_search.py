"""What searching promises on every backend: what is written is found, in order, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from zlib import crc32

import pytest

from store.api import Store
from store.model import (
    Article,
    Basis,
    FacetKind,
    Judgement,
    JudgementKind,
    NewTask,
    Revision,
    SavedSearch,
    SearchRequest,
)
from store.search import parse
from tests.contract.rows import article as plain_article
from tests.contract.rows import fetch

SECOND, DAY = 1000, 86_400_000
JUNE = 1_780_000_000_000


def write(
    store: Store,
    title: str,
    body: str = "",
    *,
    seen: int = JUNE,
    outlet: str = "Báo Cảng",
    basis: Basis = Basis.PAGE,
    of: Article | None = None,
    at: int | None = None,
) -> Revision:
    """One article with its text (or, with ``of``, a further text of it)."""
    one = of or replace(plain_article(crc32(f"{title}{seen}".encode()), seen), outlet=outlet)
    text_hash = Revision.hash_text(title, "", body)
    revision = Revision(
        Revision.make_id(one.id, text_hash), one.id, text_hash, basis, title, "", body, at or seen, fetch().id
    )
    with store.transaction() as tx:
        tx.add_articles([one])
        tx.add_revisions([revision])
    return revision


def judge(store: Store, revision: Revision, outcome: str | None = "relevant", at: int = JUNE, **labels: str) -> None:
    """Judgements by label; places as ``hp="direct:10507,11407"``."""
    rows = []
    for kind, label in labels.items():
        value, _, units = label.partition(":")
        places = [{"units": units.split(","), "in_hp": True, "confidence": 0.9}] if units else []
        detail = {"places": places} if kind == "hp" else {}
        rows.append(Judgement(revision.id, JudgementKind(kind), "linear", str(at), value, 0.9, detail, at))
    with store.transaction() as tx:
        tx.add_judgements(rows)
        if outcome:
            tx.add_tasks([NewTask("judge", revision.id, str(at), at)], at)
    if outcome:
        tasks = store.claim("judge", 10, "w", at, 60_000)
        with store.transaction() as tx:
            for task in tasks:
                tx.finish(task, outcome, "", at)


def found(store: Store, words: str = "", *, ranked: bool = False, **more: object) -> list[str]:
    """Titles of what is found, in order, all pages."""
    request = SearchRequest(parse(words), ranked=ranked, **more)  # type: ignore[arg-type]
    hits = []
    while True:
        result = store.search(request)
        hits += result.hits
        if result.next is None:
            break
        request = replace(request, cursor=result.next)
    texts = store.revisions([hit.revision_id for hit in hits])
    return [texts[hit.revision_id].title for hit in hits]


# ── words ───────────────────────────────────────────────────────────────────────────────────────────


def test_words_without_marks_find_every_spelling_and_words_with_marks_only_theirs(store: Store) -> None:
    write(store, "Học phí năm học mới", seen=JUNE)
    write(store, "Hóc búa phi lý", seen=JUNE + SECOND)
    write(store, "Đường đến trường", seen=JUNE + 2 * SECOND)
    assert found(store, "hoc phi") == ["Hóc búa phi lý", "Học phí năm học mới"]
    assert found(store, "học phí") == ["Học phí năm học mới"]
    assert found(store, "học phi") == ["Học phí năm học mới"]
    assert found(store, "duong den") == ["Đường đến trường"]
    assert found(store, "đương") == []
    assert found(store, "HỌC PHÍ") == ["Học phí năm học mới"]


@pytest.mark.parametrize("typed", ["hoà", "hòa", "HOÀ", "hoa", "ho\u0061\u0300", "hoà\u200b"])
@pytest.mark.parametrize("written", ["Trường Hoà Bình", "Trường Hòa Bình"])
def test_both_tone_styles_and_any_unicode_form_are_one_word(store: Store, typed: str, written: str) -> None:
    write(store, written)
    assert found(store, typed) == [written]


def test_a_phrase_stands_in_order_within_title_or_text(store: Store) -> None:
    write(store, "Thu học phí", seen=JUNE)
    write(store, "Phí học thêm", seen=JUNE + SECOND)
    write(store, "Học", "Phí nào cũng tăng", seen=JUNE + 2 * SECOND)
    assert found(store, '"hoc phi"') == ["Thu học phí"]
    assert found(store, '"học phí"') == ["Thu học phí"]
    assert found(store, "học phí") == ["Học", "Phí học thêm", "Thu học phí"]


def test_leaving_out_and_either_or(store: Store) -> None:
    write(store, "Tuyển sinh lớp 10", seen=JUNE)
    write(store, "Tuyển sinh đại học", seen=JUNE + SECOND)
    write(store, "Tuyển dụng giáo viên", seen=JUNE + 2 * SECOND)
    assert found(store, 'tuyen -"dai hoc"') == ["Tuyển dụng giáo viên", "Tuyển sinh lớp 10"]
    assert found(store, "tuyển -sinh") == ["Tuyển dụng giáo viên"]
    assert found(store, "tuyển đại | lớp") == ["Tuyển sinh đại học", "Tuyển sinh lớp 10"]


def test_numbers_and_joined_words(store: Store) -> None:
    write(store, "Thu 1.234,5 tỷ theo QĐ 17/2026/QĐ-UBND của Sở GD&ĐT")
    for words in ("1.234,5", "17/2026", "qđ-ubnd", "gd&đt", "GD ĐT", "2026"):
        assert len(found(store, words)) == 1, words
    assert found(store, "234.1") == []


@pytest.mark.parametrize(
    "words", ['"', '""', "-", "a* OR b:", "NEAR(a b)", "title:khai", "^khai", "khai' OR 1=1 --", "\x00khai", "{a b}"]
)
def test_signs_of_the_index_are_only_signs(store: Store, words: str) -> None:
    write(store, "Khai giảng")
    assert found(store, words) in ([], ["Khai giảng"])


# ── order, days, pages ──────────────────────────────────────────────────────────────────────────────


def test_newest_first_whatever_order_they_came_in(store: Store) -> None:
    for second in (5, 1, 9, 3, 7):
        write(store, f"Khai giảng {second}", seen=JUNE + second * SECOND)
    assert found(store, "khai") == [f"Khai giảng {n}" for n in (9, 7, 5, 3, 1)]


def test_a_burst_of_one_moment_is_all_found_once_page_by_page(store: Store) -> None:
    for n in range(30):
        write(store, f"Khai giảng {n}", seen=JUNE)
    write(store, "Khai giảng sau", seen=JUNE + 60 * SECOND)
    write(store, "Khai giảng trước", seen=JUNE - SECOND)
    titles = found(store, "khai giang", limit=7)
    assert titles[0] == "Khai giảng sau" and titles[-1] == "Khai giảng trước"
    assert sorted(titles[1:-1]) == sorted(f"Khai giảng {n}" for n in range(30))


def test_days_are_to_the_millisecond(store: Store) -> None:
    for ms in (0, 1, 999, 1000, 1001):
        write(store, f"Khai giảng {ms}", seen=JUNE + ms)
    assert found(store, "khai", after=JUNE, until=JUNE + 1000) == [f"Khai giảng {n}" for n in (1000, 999, 1)]
    assert found(store, "khai", after=JUNE + 5000) == found(store, "khai", until=JUNE - 1) == []
    assert found(store, "khai", ranked=True, after=JUNE + 999, until=JUNE + 1000) == ["Khai giảng 1000"]


def test_ranked_puts_the_title_and_the_denser_text_first(store: Store) -> None:
    write(
        store, "Tin vắn", "Hôm nay có nhắc học phí một lần trong một bài dài về chuyện khác của thành phố.", seen=JUNE
    )
    write(store, "Học phí năm học mới", "Học phí các cấp.", seen=JUNE - DAY)
    write(store, "Thời tiết", "Nắng.", seen=JUNE - 2 * DAY)
    assert found(store, "học phí", ranked=True) == ["Học phí năm học mới", "Tin vắn"]
    assert found(store, "hoc phi", ranked=True, limit=1) == ["Học phí năm học mới", "Tin vắn"]
    assert found(store, "học phí") == ["Tin vắn", "Học phí năm học mới"]


# ── what text counts ────────────────────────────────────────────────────────────────────────────────


def test_a_newer_text_replaces_the_older_one_and_a_page_replaces_a_feed_entry(store: Store) -> None:
    one = plain_article(1, JUNE)
    write(store, "Bản tin đầu", of=one, basis=Basis.FEED)
    assert found(store, "đầu") == ["Bản tin đầu"]
    write(store, "Toàn văn", "Có học phí.", of=one, at=JUNE + 1)
    assert found(store, "đầu") == [] and found(store, "học phí") == ["Toàn văn"]
    write(store, "Bản tin sau", of=one, basis=Basis.FEED, at=JUNE + 2)
    assert found(store, "sau") == [] and found(store, "học phí") == ["Toàn văn"]
    write(store, "Toàn văn sửa", "Có lệ phí.", of=one, at=JUNE + 3)
    assert found(store, "học") == [] and found(store, "lệ phí") == ["Toàn văn sửa"]


def test_what_was_rolled_back_is_not_found(store: Store) -> None:
    one = plain_article(1, JUNE)
    text_hash = Revision.hash_text("Khai giảng", "", "")
    revision = Revision(
        Revision.make_id(one.id, text_hash), one.id, text_hash, Basis.PAGE, "Khai giảng", "", "", JUNE, "f"
    )
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.add_articles([one])
        tx.add_revisions([revision])
        raise ZeroDivisionError
    assert found(store, "khai") == []
    write(store, "Khai giảng", of=one)
    assert found(store, "khai") == ["Khai giảng"]


def test_the_same_text_again_changes_nothing(store: Store) -> None:
    for _ in range(3):
        write(store, "Khai giảng", of=plain_article(1, JUNE))
    assert found(store, "khai") == ["Khai giảng"]


# ── narrowing ───────────────────────────────────────────────────────────────────────────────────────


def narrowed(store: Store, words: str = "khai", **by: Iterable[str]) -> list[str]:
    return found(store, words, facets={FacetKind(kind): tuple(values) for kind, values in by.items()})


def test_narrowing_by_outlet_place_topic_tone_and_outcome(store: Store) -> None:
    a = write(store, "Khai A", seen=JUNE, outlet="Báo Cảng")
    b = write(store, "Khai B", seen=JUNE + SECOND, outlet="Tin Sông")
    write(store, "Khai C", seen=JUNE + 2 * SECOND, outlet="Tin Sông")
    judge(store, a, hp="direct:10507,10525", topics="fees,exams", tone="neg")
    judge(store, b, "to_review", hp="mention:10525", topics="exams", tone="pos", edu="core")
    assert narrowed(store, outlet=["Tin Sông"]) == ["Khai C", "Khai B"]
    assert narrowed(store, outlet=["Tin Sông", "Báo Cảng"]) == ["Khai C", "Khai B", "Khai A"]
    assert narrowed(store, place=["10525"]) == ["Khai B", "Khai A"]
    assert narrowed(store, place=["hp"]) == ["Khai A"]
    assert narrowed(store, topic=["fees"]) == ["Khai A"]
    assert narrowed(store, topic=["exams"], tone=["pos"]) == ["Khai B"]
    assert narrowed(store, outcome=["relevant", "to_review"]) == ["Khai B", "Khai A"]
    assert narrowed(store, outcome=[""]) == ["Khai C"]
    assert narrowed(store, tone=["neu"]) == narrowed(store, outlet=["Báo Khác"]) == []
    assert narrowed(store, "", place=["10525"]) == ["Khai B", "Khai A"]
    assert narrowed(store, "") == ["Khai C", "Khai B", "Khai A"]
    ranked = found(store, "khai", ranked=True, facets={FacetKind.OUTLET: ("Tin Sông",)})
    assert sorted(ranked) == ["Khai B", "Khai C"]
    assert store.facet_values(FacetKind.OUTLET) == ["Báo Cảng", "Tin Sông"]


def judge_themes(store: Store, revision: Revision, themes: object, at: int = JUNE) -> None:
    """The topics' judgement, as it carries the themes."""
    row = Judgement(revision.id, JudgementKind.TOPICS, "linear", str(at), "fees", 0.9, {"themes": themes}, at)
    with store.transaction() as tx:
        tx.add_judgements([row])


def test_narrowing_by_theme_and_a_later_judgement_instead_of_the_earlier(store: Store) -> None:
    a, b = write(store, "Khai A", seen=JUNE), write(store, "Khai B", seen=JUNE + SECOND)
    judge_themes(store, a, [{"id": "hocphi", "words": ["học phí"]}, {"id": "ts10"}])
    judge_themes(store, b, [{"id": "ts10"}])
    assert narrowed(store, theme=["hocphi"]) == ["Khai A"]
    assert narrowed(store, theme=["ts10"], topic=["fees"]) == ["Khai B", "Khai A"]
    assert store.facet_values(FacetKind.THEME) == ["hocphi", "ts10"]
    judge_themes(store, b, [], at=JUNE + 1)
    assert narrowed(store, theme=["ts10"]) == ["Khai A"]
    with store.transaction() as tx:
        tx.clear_index()
        tx.reindex(0, 10)
    assert narrowed(store, theme=["ts10"]) == ["Khai A"]


@pytest.mark.parametrize("themes", [None, "ts10", {"id": "ts10"}, [{"id": 7}, ["ts10"], None, {"name": "x"}, "ts10"]])
def test_themes_of_an_outside_hand_are_read_with_care(store: Store, themes: object) -> None:
    revision = write(store, "Khai")
    judge_themes(store, revision, themes)
    assert narrowed(store, theme=["ts10"]) == []
    assert narrowed(store, topic=["fees"]) == ["Khai"]


def test_the_latest_judgement_of_the_text_that_is_found_counts(store: Store) -> None:
    one = plain_article(1, JUNE)
    feed = write(store, "Khai", of=one, basis=Basis.FEED)
    judge(store, feed, tone="neg", topics="fees")
    page = write(store, "Khai giảng", of=one, at=JUNE + 1)
    assert narrowed(store, tone=["neg"]) == ["Khai giảng"]  # of the older text, until the newer one is judged
    judge(store, page, "irrelevant", at=JUNE + 2, edu="none", hp="none")
    assert narrowed(store, tone=["neg"]) == narrowed(store, topic=["fees"]) == []
    judge(store, page, at=JUNE + 3, tone="pos", hp="direct", topics="exams")
    judge(store, feed, None, at=JUNE + 4, tone="neg", topics="fees")
    assert narrowed(store, tone=["pos"], topic=["exams"]) == ["Khai giảng"] and narrowed(store, tone=["neg"]) == []
    assert narrowed(store, outcome=["irrelevant"]) == [] and narrowed(store, outcome=["relevant"]) == ["Khai giảng"]


@pytest.mark.parametrize(
    "places",
    [
        None,
        "x",
        7,
        [1, "a", None],
        [{"in_hp": True}],
        [{"in_hp": True, "confidence": "1", "units": ["10507"]}],
        [{"in_hp": True, "confidence": 0.9, "units": [1, None]}],
        [{"confidence": 1, "units": ["10507"]}],
    ],
)
def test_an_odd_judgement_costs_no_article(store: Store, places: object) -> None:
    revision = write(store, "Khai giảng")
    with store.transaction() as tx:
        tx.add_judgements(
            [Judgement(revision.id, JudgementKind.HP, "linear", "1", "mention", 0.9, {"places": places}, JUNE)]
        )
    assert narrowed(store) == ["Khai giảng"] and narrowed(store, place=["10507"]) == []


# ── the rebuild ─────────────────────────────────────────────────────────────────────────────────────


def rebuild(store: Store, step: int = 2) -> None:
    at: int | None = store.rebuilt_to()
    while at is not None:
        with store.transaction() as tx:
            at = tx.reindex(at, step)


def test_an_index_built_anew_answers_as_the_one_that_grew(store: Store) -> None:
    one = plain_article(1, JUNE)
    feed = write(store, "Khai hội", of=one, basis=Basis.FEED)
    judge(store, feed, topics="activities", tone="pos", hp="direct:10507")
    page = write(store, "Khai giảng", "Có học phí.", of=one, at=JUNE + 1)
    judge(store, page, at=JUNE + 2, topics="fees", tone="neg", hp="mention:10525")
    for n in range(5):
        write(store, f"Khai {n}", seen=JUNE + n * SECOND, outlet=f"Báo {n % 2}")
    asked = [{}, {"place": ["10525"]}, {"place": ["10507"]}, {"topic": ["fees"]}, {"outlet": ["Báo 1"]},
             {"outcome": ["relevant"]}, {"outcome": [""]}, {"tone": ["neg"]}]  # fmt: skip
    before = [sorted(narrowed(store, **by)) for by in asked]
    with store.transaction() as tx:
        tx.clear_index()
    assert narrowed(store) == [] and store.index_state().missing == 6
    rebuild(store)
    assert [sorted(narrowed(store, **by)) for by in asked] == before
    assert store.index_state().missing == 0 and store.rebuilt_to() == 0
    write(store, "Khai mạc", of=one, at=JUNE + 9)
    assert found(store, "học phí") == [] and found(store, "mạc") == ["Khai mạc"]


def test_an_interrupted_rebuild_goes_on_where_it_was(store: Store) -> None:
    for n in range(6):
        write(store, f"Khai {n}", seen=JUNE + n * SECOND)
    with store.transaction() as tx:
        tx.clear_index()
    with store.transaction() as tx:
        tx.reindex(store.rebuilt_to(), 4)
    assert found(store, "khai") == ["Khai 3", "Khai 2", "Khai 1", "Khai 0"]
    assert store.rebuilt_to() > 0
    rebuild(store)
    assert len(found(store, "khai")) == 6


# ── kept searches ───────────────────────────────────────────────────────────────────────────────────


def test_a_kept_search_has_one_name_and_leaves_the_list_when_removed(store: Store) -> None:
    def kept(name: str, at: int) -> SavedSearch:
        return SavedSearch(SavedSearch.make_id(name, "Lê Thị Sóng", at), name, {"q": "học phí"}, "Lê Thị Sóng", at)

    with store.transaction() as tx:
        assert tx.add_saved_search(kept("Học phí", 1)) and tx.add_saved_search(kept("An toàn", 1))
        assert not tx.add_saved_search(kept("Học phí", 2))
    assert [(s.name, dict(s.query)) for s in store.saved_searches()] == [
        ("An toàn", {"q": "học phí"}), ("Học phí", {"q": "học phí"})
    ]  # fmt: skip
    with store.transaction() as tx:
        assert tx.remove_saved_search(kept("Học phí", 1).id, 5)
        assert not tx.remove_saved_search(kept("Học phí", 1).id, 6)
        assert tx.add_saved_search(kept("Học phí", 7))
    assert [s.created_at for s in store.saved_searches()] == [1, 7]
