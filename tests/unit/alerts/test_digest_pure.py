"""The same rows give the same bytes, and a storm day is ready before anybody waits."""

from __future__ import annotations

import random

from alerts.digest import compose, load_inputs, render, silent_source, window
from store.model import Relation


def storm(press, size: int) -> None:
    for n in range(size):
        press.article(
            f"Bão số {n % 14}: trường học ở phường số {n} cho học sinh nghỉ học, em bé lớp {n % 9 + 1} được đưa về nhà",
            lead="Sở GDĐT thông báo nghỉ học từ chiều 20/11. Các trường liên hệ với phụ huynh qua sổ liên lạc. " * 2,
            outlet=f"Báo {n % 23}",
            story=f"s{n // 3}" if n % 4 else "",
            relation=list(Relation)[n % 4],
            hp=("direct", "mention", "none")[n % 3],
            scope=("national", "local")[n % 2],
            tone="neg",
        )


def test_the_order_of_the_inputs_changes_nothing(press):
    storm(press, 60)
    after, until = window(press.day)
    inputs = load_inputs(press.store, after, until)
    silent = [silent_source("B", None), silent_source("A", until)]
    first = render(compose(press.day, after, until, inputs, silent))
    for seed in range(5):
        shuffled = random.Random(seed).sample(inputs, len(inputs))
        assert render(compose(press.day, after, until, shuffled, silent[::-1])) == first


def test_building_twice_gives_the_same_rows_and_bytes(press):
    storm(press, 40)
    assert press.build(now=1) == press.build(now=1)


def test_the_frozen_rows_name_what_was_said_and_by_whom(press):
    press.article("Tin", hp="direct", story="s")
    digest = press.build()[0]
    assert digest.versions["edu"] == "shipped v1"
    assert digest.versions["group"] == "machine v1"
    assert digest.versions["digest"]
    entry = digest.entries[0]
    judged = press.store.judgements_of([entry.revision_id])[entry.revision_id]
    assert set(entry.judgements.values()) == {j.id for j in judged}
    assert entry.membership_id == press.store.memberships_of([entry.article_id])[entry.article_id].id


def test_what_was_frozen_is_what_the_store_gives_back(press):
    storm(press, 30)
    digest, files = press.issue()
    assert press.store.digest(digest.id) == digest
    for name, body_hash in digest.files.items():
        assert press.bodies.get(body_hash) == files[name]


def test_a_storm_of_five_hundred_items_is_told_whole(press):
    storm(press, 500)
    assert press.build()[0].figures["tong"] == 500
