"""Promise 5: every printed number opens to the items that it counts, in the mail and in the frozen rows."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from lxml import html as lxml_html

from alerts.compose import FULL
from alerts.digest import silent_source, unwatched_source
from alerts.draft import Figure
from store.model import Basis, Relation


def a_day(press, seed: int, size: int = 60) -> None:
    """A random but reproducible day."""
    rng = random.Random(seed)
    press.article("Tin nhà", hp="direct", story="s0", relation=Relation.REPRINT)  # each figure that is read back exists
    for n in range(size):
        press.article(
            f"Tin {n}",
            outlet=f"Báo {rng.randrange(7)}",
            story=rng.choice(["", "", f"s{rng.randrange(10)}"]),
            relation=rng.choice(list(Relation)),
            basis=rng.choice(list(Basis)),
            outcome=rng.choice(["relevant", "relevant", "to_review", "irrelevant"]),
            scope=rng.choice(["national", "local", "abroad", "unclear"]),
            edu=rng.choice(["core", "core", "higher", "none"]),
            hp=rng.choice(["direct", "mention", "none", "none"]),
            tone=rng.choice(["neg", "neu", "pos"]),
            stance=rng.choice(["critical", "supportive", "none"]),
            rumour=rng.choice(["none", "none", "report", "debunk"]),
        )


@pytest.mark.parametrize("seed", range(5))
def test_a_figure_is_the_number_of_entries_that_carry_it(press, seed):
    a_day(press, seed)
    digest = press.build()[0]
    carried = Counter(key for entry in digest.entries for key in entry.figures)
    assert digest.figures == dict(carried)
    assert digest.figures["tong"] == len(digest.entries) > 0
    assert [e.position for e in digest.entries] == list(range(1, len(digest.entries) + 1))
    by_part = Counter(entry.part for entry in digest.entries)
    assert all(digest.figures[part] == n for part, n in by_part.items())


@pytest.mark.parametrize("seed", range(5))
def test_story_figures_count_stories_and_outlets_once(press, seed):
    a_day(press, seed)
    digest, draft = press.build()[0], press.draft()
    for part in {e.part for e in digest.entries}:
        stories = {e.story_id or e.article_id for e in digest.entries if e.part == part}
        assert digest.figures[f"{part}.nhom"] == len(stories)
        told = next(p for p in draft.parts if p.key == part)
        assert len(told.blocks) + len(told.rest) == len(stories)
        assert len(told.blocks) <= FULL[part]
        assert digest.figures.get(f"{part}.con_lai", 0) == len(told.rest) >= len(stories) - FULL[part]
    names = press.store.articles([e.article_id for e in digest.entries])
    printed = {key.removesuffix(".bao") for key in digest.figures if key.endswith(".bao")}
    assert printed
    for story in printed:
        members = [e for e in digest.entries if e.story_id == story]
        assert digest.figures[f"{story}.bao"] == len({names[e.article_id].outlet for e in members})
        assert digest.figures.get(f"{story}.goc", 0) + digest.figures.get(f"{story}.dang_lai", 0) == len(members)


@pytest.mark.parametrize("seed", range(5))
def test_every_relevant_article_of_the_window_has_exactly_one_entry(press, seed):
    a_day(press, seed)
    digest = press.build()[0]
    seen = press.store.relevant_seen(digest.window_from, digest.window_to)
    assert sorted(e.article_id for e in digest.entries) == sorted(a.id for a in seen)


@pytest.mark.parametrize("seed", range(5))
def test_every_link_inside_the_mail_leads_somewhere(press, seed):
    a_day(press, seed)
    page = read(press, silent=(silent_source("Báo im", None),))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert targets <= set(ids)


@pytest.mark.parametrize("seed", range(5))
def test_every_printed_figure_opens_to_exactly_the_items_frozen_under_its_key(press, seed):
    a_day(press, seed)
    digest = press.build()[0]
    page = read(press)
    links = page.xpath("//a[starts-with(@href, '#f-')]")
    assert links
    for link in links:
        row = page.get_element_by_id(link.get("href")[1:])
        key = link.get("href")[3:]
        frozen = [e.position for e in digest.entries if key in {k.replace(".", "-") for k in e.figures}]
        assert opened(row) == frozen
        assert int(link.text_content().split()[0].replace(".", "")) == len(frozen)


@pytest.mark.parametrize("seed", range(5))
def test_the_plain_text_lists_the_same_items_under_each_figure(press, seed):
    a_day(press, seed)
    digest, _, files = press.build()
    text = files["text"].decode().replace("\n  ", " ")
    for label, key in (
        ("Hải Phòng (tin, bài)", "hai_phong"),
        ("Tất cả (tin, bài)", "tong"),
        ("Bài đăng lại", "dang_lai"),
    ):
        found = re.search(rf"^{re.escape(label)}: (\d+) – (.*)$", text, re.M)
        frozen = [e.position for e in digest.entries if key in e.figures]
        assert found is not None
        assert int(found[1]) == len(frozen)
        assert ranges(found[2]) == frozen


def test_the_state_line_links_each_number_and_counts_the_sources(press):
    press.article("Tin", hp="direct")
    page = read(press, silent=(silent_source("Báo im", None), unwatched_source("Đài A"), unwatched_source("Đài B")))
    state = page.find_class("state")[0]
    words = " ".join(state.text_content().split())
    assert words == (
        "Hải Phòng 1 tin, bài · Bộ, ngành 0 · Địa phương khác 0 · nguồn im lặng: 1 · chưa theo dõi được: 2"
    )
    linked = {n for a in state.iter("a") for n in re.findall(r"\d+", a.text_content())}
    assert linked == set(re.findall(r"\d+", words))
    assert "Báo im: im lặng, chưa lần nào thấy tin" in page.text_content()


def test_neighbouring_numbers_are_written_as_a_run():
    assert Figure("k", "l", (1, 2, 3, 5, 6, 9)).runs == ((1, 3), (5, 5), (6, 6), (9, 9))


def read(press, silent=()):
    return lxml_html.fromstring(press.build(silent=silent)[2]["html"].decode())


def opened(row) -> list[int]:
    """Numbers that the links of one figure row lead to, runs expanded."""
    own = [a for a in row.iter("a") if a.get("href", "").startswith("#b")]
    text = ", ".join(a.get("href")[2:] + ("–" if (a.tail or "").startswith("–") else "") for a in own)
    return ranges(text.replace("–, ", "–"))


def ranges(text: str) -> list[int]:
    numbers: list[int] = []
    for first, last in re.findall(r"\[?(\d+)\]?(?:–\[?(\d+)\]?)?", text):
        numbers += range(int(first), int(last or first) + 1)
    return numbers
