"""The town is what its truth table says: nothing without a truth, no truth without an article."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import datetime
from itertools import combinations, pairwise

from config.loader import load_folder
from config.settings import SHIPPED
from demo.load import SOURCES, TOWN, load_town, load_truth, outlets
from demo.model import LOCAL, Article, digest_day, to_local, to_ms
from lang.text import syllables

PRESS = ("press", "tv_radio", "aggregator", "external_info", "youtube")

ARTICLES = load_town()
TRUTH = load_truth()


def texts(article: Article) -> list[str]:
    return ["\n".join((v.title, v.lead, *v.body)) for v in article.versions]


def test_eleven_outlets_and_136_articles_over_fourteen_days() -> None:
    assert len(outlets(ARTICLES)) >= 9
    assert len(ARTICLES) >= 125
    days = {to_local(article.appears_at).date() for article in ARTICLES}
    assert [day.isoformat() for day in sorted(days)] == [f"2026-11-{day:02}" for day in range(2, 16)]


def test_every_article_has_a_truth_and_every_truth_an_article() -> None:
    assert {article.key: article.outlet.id for article in ARTICLES} == {
        truth.key: truth.outlet for truth in TRUTH.values()
    }


def test_the_digest_day_follows_from_when_it_can_first_be_seen() -> None:
    for article in ARTICLES:
        assert TRUTH[article.key].day == digest_day(article.visible_at), article.key


def test_nothing_appears_so_close_to_the_digest_that_a_crawl_could_miss_it() -> None:
    for article in ARTICLES:
        clock = f"{to_local(article.appears_at):%H:%M}"
        assert "06:35" <= clock <= "22:00", article.key


def test_labels_are_those_of_the_guidelines() -> None:
    for truth in TRUTH.values():
        assert truth.edu in {"core", "higher", "none"} and truth.hp in {"direct", "mention", "none"}, truth
        assert truth.tone in {"neg", "neu", "pos"}, truth
        assert truth.stance in {"critical", "supportive", "none"}, truth
        assert truth.rumour in {"none", "report", "debunk"}, truth  # `spread` is never learned
        assert truth.relation in {"original", "reprint", "follow_up", "debunk"}, truth


def test_the_part_follows_from_the_labels() -> None:
    for truth in TRUTH.values():
        if truth.edu == "none" or truth.key == "tg-khong-link":  # without a link nothing can be opened or cited
            assert truth.part == "khong", truth
        elif truth.hp == "direct":
            assert truth.part == "hai_phong", truth
        else:
            assert truth.part in {"bo_nganh", "dia_phuong"}, truth


def test_the_mix_is_that_of_a_press_review() -> None:
    parts = Counter(truth.part for truth in TRUTH.values())
    assert parts["hai_phong"] >= 45 and parts["bo_nganh"] >= 20 and parts["dia_phuong"] >= 18
    assert parts["khong"] >= 34
    assert sum(truth.edu == "higher" for truth in TRUTH.values()) >= 10


def test_at_most_15_percent_are_debatable() -> None:
    assert sum(not truth.must for truth in TRUTH.values()) <= 0.15 * len(TRUTH)


def test_no_day_has_more_than_five_of_other_provinces() -> None:
    """The digest shows five there; with more, the town would ask for what no digest can give."""
    perday = Counter(truth.day for truth in TRUTH.values() if truth.part == "dia_phuong")
    assert max(perday.values()) <= 5


def test_each_story_begins_with_its_earliest_article_or_its_original() -> None:
    stories: dict[str, list[Article]] = {}
    for article in ARTICLES:
        stories.setdefault(TRUTH[article.key].story, []).append(article)
    for story, members in stories.items():
        relations = [TRUTH[member.key].relation for member in members]
        assert relations[0] == "original", story
        assert relations.count("original") == 1, story


def test_a_body_is_90_to_220_words() -> None:
    for article in ARTICLES:
        assert all(90 <= version.words <= 220 for version in article.versions), article.key
        assert all(version.title and version.lead for version in article.versions), article.key


def test_all_text_is_nfc() -> None:
    for path in [*TOWN.iterdir(), *SOURCES.iterdir()]:
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name


def test_only_reprints_resemble_one_another() -> None:
    """Jaccard over pairs of syllables: a reprint of the town stays near 1, two of our own far below."""
    shingles = {}
    for article in ARTICLES:
        words = syllables(" ".join(article.versions[0].body))
        shingles[article.key] = set(pairwise(words))
    original = {article.key: article.reprint_of for article in ARTICLES}
    for one, other in combinations(ARTICLES, 2):
        a, b = shingles[one.key], shingles[other.key]
        alike = len(a & b) / len(a | b)
        if other.key == original[one.key] or one.key == original[other.key]:
            assert 0.85 < alike < 1, (one.key, other.key)
        else:
            assert alike < 0.2, (one.key, other.key, alike)


def test_every_reprint_comes_after_its_original_in_the_same_story() -> None:
    by_key = {article.key: article for article in ARTICLES}
    reprints = [article for article in ARTICLES if article.reprint_of]
    assert len(reprints) >= 10
    for article in reprints:
        original = by_key[article.reprint_of or ""]
        assert article.appears_at > original.appears_at
        assert article.outlet.id != original.outlet.id
        assert TRUTH[article.key].story == TRUTH[original.key].story
        assert TRUTH[article.key].relation == "reprint"


def real_names() -> set[str]:
    """Names of real press outlets, as the shipped source files give them."""
    sources, errors = load_folder(SHIPPED / "sources")
    assert not errors and len(sources) > 50
    press = [source for source in sources.values() if any(kind in source.kind for kind in PRESS)]
    said = {name for source in press for name in (source.name, source.outlet)}
    return {re.sub(r"^YouTube: |\s*\(.*\)$", "", name) for name in said}


def written() -> str:
    names = [name for outlet in outlets(ARTICLES).values() for name in (outlet.name, outlet.short)]
    return "\n".join([*names, *(text for article in ARTICLES for text in texts(article))])


def test_no_real_outlet_is_named() -> None:
    text = written()
    channel_of_an_institution = {"Bộ Giáo dục và Đào tạo"}  # the ministry may be named, press may not
    assert not {n for n in real_names() - channel_of_an_institution if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text)}


def test_every_host_is_reserved_for_examples() -> None:
    assert all(host.endswith(".example") for host in outlets(ARTICLES))
    assert not re.search(r"https?://(?!\S*\.example)", "".join(p.read_text() for p in TOWN.glob("*.yml")))


def test_a_day_begins_just_after_half_past_six() -> None:
    at = to_ms(datetime(2026, 11, 5, 6, 30, tzinfo=LOCAL))
    assert digest_day(at).isoformat() == "2026-11-05"
    assert digest_day(at + 1).isoformat() == "2026-11-06"
