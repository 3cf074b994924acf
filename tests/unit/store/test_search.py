"""What may be typed, what it means, and where it is found in a text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.model import Article, Basis, FacetKind, Revision, SearchRequest
from store.search import LONGEST, MOST, Query, Term, Word, parse
from store.search_text import FORM, holds, index_columns, snippet, spans, words_of
from store.sqlite import SqliteStore, open_store
from store.sqlite_search_read import match_expression


def words(text: str) -> Term:
    return Term(tuple(Word(*forms) for forms in words_of(text)))


# ── what is typed ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "groups", "excluded"),
    [
        ("hoc phi", ["hoc", "phi"], []),
        ("học  phí", ["học", "phí"], []),
        ('"học phí" mới', ["học phí", "mới"], []),
        ("“học phí” »mới«", ["học phí", "mới"], []),
        ("tuyển -sinh", ["tuyển"], ["sinh"]),
        ('tuyển -"đại học"', ["tuyển"], ["đại học"]),
        ("Hà Nội - Hải Phòng", ["Hà", "Nội", "Hải", "Phòng"], []),
        ("covid-19", ["covid 19"], []),
        ("-thi", ["thi"], []),
        ('"học phí', ["học", "phí"], []),
        ("gd&đt", ["gd đt"], []),
        ("1.234,5", ["1 234 5"], []),
        ("NOT AND học*", ["not", "and", "học"], []),
        ("", [], []),
        (' - " | -"" ', [], []),
        ("| a | | b", ["a b"], []),
    ],
)
def test_what_is_typed_is_read_so(typed: str, groups: list[str], excluded: list[str]) -> None:
    query = parse(typed)
    if typed == "| a | | b":
        assert query.groups == ((words("a"), words("b")),)
        return
    assert query.groups == tuple((words(group),) for group in groups)
    assert query.excluded == tuple(words(term) for term in excluded)


def test_only_words_typed_with_marks_ask_for_marks() -> None:
    assert parse("Hoà hoa").groups == ((Term((Word("hoa", "hòa"),)),), (Term((Word("hoa", ""),)),))


def test_what_is_too_long_is_cut_and_said() -> None:
    assert parse("a " * 16).cut is False
    assert parse("a " * 17).cut is True
    assert sum(len(term.words) for group in parse("a " * 50).groups for term in group) == MOST
    assert parse("a" * (LONGEST + 1)).cut is True
    assert parse("x" * 1_000_000).cut is True


_TYPED = st.one_of(
    st.text(max_size=300),
    st.text(alphabet='aăđ"“”|- \t&.,*()^:{}+\u0300\u200b\x00', max_size=60),
    st.lists(st.sampled_from(['"', "-", "|", "học", "hoc", "OR", "NEAR(", " ", "đ", "\ud800"]), max_size=30).map(
        "".join
    ),
)


@settings(max_examples=400, deadline=None)
@given(_TYPED)
def test_any_string_is_a_query(typed: str) -> None:
    query = parse(typed)
    terms = [term for group in query.groups for term in group] + list(query.excluded)
    assert all(group for group in query.groups) and all(term.words for term in terms)
    assert sum(len(term.words) for term in terms) <= MOST
    assert bool(query) or not query.excluded
    for word in (word for term in terms for word in term.words):
        assert word.folded and word.folded == word.folded.strip() and '"' not in word.folded + word.marked


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_a_text_is_found_by_each_of_its_own_words(text: str) -> None:
    body, title = index_columns("", "", text)
    indexed = set(body.split(" ")) - {""}
    assert title == "" and all(c.isascii() is False or c.isalnum() for word in indexed for c in word)
    for folded, marked in words_of(text):
        assert (marked or folded) in indexed and folded in indexed
        assert holds(Query(((Term((Word(folded, marked),)),),)), [text])


# ── the index against the texts ─────────────────────────────────────────────────────────────────────

_VOCABULARY = ["học", "hoc", "phí", "phi", "trường", "hòa", "hoà", "hoa", "đường", "duong", "10", "a", "Đ", "thi"]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[SqliteStore, list[Revision]]:
    """A store with 150 short texts of few words, so that everything meets everything."""
    store = open_store(tmp_path_factory.mktemp("search") / "store.sqlite")
    store.connection.execute("PRAGMA synchronous=OFF")
    chance, revisions = random.Random(4), []
    with store.transaction() as tx:
        for n in range(150):
            at = 1_780_000_000_000 + n * 7_000_000
            article = Article(f"art_{n}", f"http://b.example/{n}", "", "b", "Báo", at, "f")
            title, body = (" ".join(chance.choices(_VOCABULARY, k=k)) for k in (2, 5))
            revisions.append(
                Revision(f"rev_{n}", article.id, str(n), Basis.PAGE, title.capitalize(), "", f"{body}.", at, "f")
            )
            tx.add_articles([article])
            tx.add_revisions([revisions[-1]])
    return store, revisions


_ASKED = st.lists(
    st.tuples(st.sampled_from(["", "", "", "-", "| "]), st.lists(st.sampled_from(_VOCABULARY), min_size=1, max_size=3)),
    min_size=1,
    max_size=4,
).map(lambda parts: " ".join(f'{sign}"{" ".join(said)}"' if len(said) > 1 else sign + said[0] for sign, said in parts))


@settings(max_examples=300, deadline=None)
@given(_ASKED, st.booleans())
def test_the_index_finds_all_that_the_texts_hold_and_the_texts_decide(
    shelf: tuple[SqliteStore, list[Revision]], typed: str, ranked: bool
) -> None:
    store, revisions = shelf
    query = parse(typed)
    hits = [hit.revision_id for hit in store.search(SearchRequest(query, ranked=ranked, limit=200)).hits]
    texts = {r.id: (r.title, f"\n{r.body}") for r in revisions}
    true = [r.id for r in reversed(revisions) if holds(query, texts[r.id])]
    checked = [one for one in hits if holds(query, texts[one])]
    assert (sorted(checked) if ranked else checked) == (sorted(true) if ranked else true)
    if '"' not in typed:
        assert len(hits) == len(true)  # words need no second look


@settings(max_examples=200, deadline=None)
@given(_TYPED)
def test_no_string_breaks_the_index(shelf: tuple[SqliteStore, list[Revision]], typed: str) -> None:
    query = parse(typed)
    for ranked in (False, True):
        shelf[0].search(SearchRequest(query, {FacetKind.OUTLET: ("Báo",)}, ranked=ranked))
    assert query.groups == () or match_expression(query)


def test_the_index_is_whole_after_many_changes_and_holds_no_word_that_no_text_has(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.sqlite")
    store.connection.execute("PRAGMA synchronous=OFF")
    chance = random.Random(6)
    for n in range(120):
        at = 1_780_000_000_000 + n
        article = Article(f"art_{n % 10}", f"http://b.example/{n % 10}", "", "b", "Báo", at, "f")
        text = f"bản{n} " + " ".join(chance.choices(_VOCABULARY, k=30))
        with store.transaction() as tx:
            tx.add_articles([article])
            tx.add_revisions([Revision(f"rev_{n}", article.id, str(n), Basis.PAGE, text, "", text, at, "f")])
    store.connection.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
    store.connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search_index, row)")
    terms = {term for (term,) in store.connection.execute("SELECT term FROM terms WHERE term LIKE 'ban%'")}
    assert terms == {f"ban{n}" for n in range(110, 120)}
    store.close()


# ── where it stands ─────────────────────────────────────────────────────────────────────────────────


def marked(typed: str, text: str) -> list[str]:
    return [text[start:end] for start, end in spans(parse(typed), text)]


def test_what_is_marked_is_what_was_looked_for() -> None:
    text = "Học phí: học sinh hoc phi, HỌC-PHÍ; trường Hoà Bình, hòa bình"
    assert marked("hoc phi", text) == ["Học", "phí", "học", "hoc", "phi", "HỌC", "PHÍ"]
    assert marked('"học phí"', text) == ["Học phí", "HỌC-PHÍ"]
    assert marked("hoà", text) == ["Hoà", "hòa"]
    assert marked("trường -hoc", text) == ["trường"]
    assert marked("duong", "Đường") == ["Đường"]
    assert marked("hoà", "hoa\u0300 ho\u00ada\u0300") == ["hoa\u0300", "ho\u00ada\u0300"]


@settings(max_examples=200, deadline=None)
@given(_TYPED, st.text(alphabet="aăđ bờ\n.“”họcphí\u0300\u200bİ_", max_size=400), st.integers(20, 120))
def test_marks_lie_inside_the_piece_in_order_and_apart(typed: str, text: str, length: int) -> None:
    query = parse(typed)
    piece = snippet(query, text, length)
    assert piece.text in text and len(piece.text) <= max(length, 0) + 1
    last = 0
    for start, end in piece.spans:
        assert last <= start < end <= len(piece.text)
        last = end
    assert piece.before or text.startswith(piece.text)


def test_a_piece_shows_where_most_of_it_stands_together() -> None:
    text = "Học " + "x " * 300 + "thu học phí của trường " + "y " * 300
    piece = snippet(parse("học phí trường"), text)
    assert [piece.text[s:e] for s, e in piece.spans] == ["học", "phí", "trường"]
    assert piece.before and piece.after


def test_the_forms_of_words_are_those_that_existing_indexes_hold() -> None:
    """When this fails the index of every installation is stale: raise FORM, and say so in the changelog."""
    sample = (
        "Trường THPT Hoà Bình–Đồ Sơn: 1.234,5 tỷ; GD&ĐT, covid-19 quý ủy_ban ﬁn Straße Ꭓ дом 中文 ho\u00ada\u0300 İ"
    )
    assert FORM == "1"
    assert index_columns(sample, "Sapo", "Thân") == (
        "sapo than thân",
        "truong thpt hoa binh do son 1 234 5 ty gd dt covid 19 quy uy ban ﬁn straße ꭓ дом 中文 hoa i"
        " trường hòa bình đồ sơn tỷ đt quý ủy hòa i̇",
    )
