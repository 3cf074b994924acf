"""Merge, split, undo: reversible, binding for the machine, and of two people at once the second sees the first."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from runner.deps import Deps, Tools
from runner.run import Runner
from runner.stages import GROUP
from runner.stories import find_story, members_of, merge, split, undo
from runner.stories_cli import app
from store.errors import InputError
from store.model import Article, Basis, NewTask, Relation
from store.sqlite import open_store
from tests.unit.runner.conftest import HOUR, Clock, Outlet

WHO, OTHER_ONE = "Lê Thị Sóng", "Ngô Văn Bến"
WHY = "hai việc khác nhau ở hai trường"
STORM = (
    "Lốc xoáy cuốn bay mái Trường tiểu học Sao Mai ở phường Gò Bồi",
    "Cơn lốc chiều 12/5 giật tung mái tôn sáu phòng của Trường tiểu học Sao Mai, 240 em được đưa ra an toàn.",
    "",
)
STORM_AGAIN = (
    "Trường Sao Mai tốc mái vì lốc xoáy, 240 học sinh học nhờ nhà văn hóa",
    "Sau cơn lốc chiều 12-5, Trường tiểu học Sao Mai (phường Gò Bồi) cho học sinh sáu lớp học nhờ nhà văn hóa.",
    "",
)
STORM_LATER = (
    "Sau lốc xoáy, Trường tiểu học Sao Mai ở Gò Bồi lợp lại mái sáu phòng học",
    "Trường tiểu học Sao Mai ở phường Gò Bồi lợp lại mái tôn sáu phòng bị cơn lốc giật tung; 240 em trở lại lớp.",
    "",
)
PRIZE = (
    "Nữ sinh lớp 11 đoạt huy chương vàng Olympic hóa học châu Á",
    "Em được ban tổ chức tại Jakarta trao huy chương vàng với số điểm cao nhất đoàn.",
    "",
)


class Town:
    """Articles through the real grouping stage."""

    def __init__(self, deps: Deps, outlet: Outlet, clock: Clock) -> None:
        self.deps, self.outlet, self.clock = deps, outlet, clock
        self.count = 0

    def article(self, text: tuple[str, str, str]) -> Article:
        self.clock.at += HOUR
        self.count += 1
        article = self.outlet.article(url=f"https://bencang.example/tin-{'abcdefgh'[self.count]}.html")
        fetch = self.outlet.fetch(article)
        self.outlet.read(article, fetch, text, Basis.FEED)
        self.group(article)
        return article

    def group(self, *articles: Article, version: str = "v1") -> None:
        with self.deps.store.transaction() as tx:
            tx.add_tasks([NewTask("group", a.id, version, a.first_seen_at) for a in articles], self.clock.at)
        Runner(self.deps).drain([GROUP])

    def place(self, article: Article) -> str:
        return find_story(self.deps, article.id).id

    def relations(self, story: str) -> dict[str, str]:
        return {m.article_id: m.relation.value for m in members_of(self.deps, story)}


@pytest.fixture
def town(deps: Deps, outlet: Outlet, clock: Clock) -> Town:
    return Town(deps, outlet, clock)


def test_a_split_binds_the_machine_and_what_looks_like_it_follows(town: Town) -> None:
    first, second = town.article(STORM), town.article(STORM_AGAIN)
    old = town.place(first)
    assert town.place(second) == old
    done = split(town.deps, old, [second.id], WHO, WHY)
    assert town.place(second) == done.into_id != old
    assert town.relations(done.into_id) == {second.id: "original"}
    town.group(first, second, version="v2")  # the machine's own turn again
    assert (town.place(first), town.place(second)) == (old, done.into_id)
    copy = town.article((STORM_AGAIN[0], STORM_AGAIN[1].replace("nhà văn hóa", "nhà văn hoá"), ""))
    assert town.place(copy) == done.into_id


def test_undoing_a_split_gives_everything_back_and_what_followed_with_it(town: Town) -> None:
    first, second = town.article(STORM), town.article(STORM_AGAIN)
    old = town.place(first)
    done = split(town.deps, old, [second.id], WHO, WHY)
    copy = town.article(STORM_AGAIN)
    assert town.place(copy) == done.into_id
    undone = undo(town.deps, done.id, OTHER_ONE, "đọc lại thì cùng một cơn lốc")
    assert (undone.undone_by, undone.undone_at) == (OTHER_ONE, undone.undone_at)
    assert {town.place(a) for a in (first, second, copy)} == {old}
    assert town.relations(old)[first.id] == "original"
    assert find_story(town.deps, done.into_id).id == old


def test_a_split_takes_the_reprints_along_and_leaves_a_first_article_behind(town: Town) -> None:
    first, copy, told = town.article(STORM), town.article(STORM), town.article(STORM_AGAIN)
    old = town.place(first)
    assert town.relations(old) == {first.id: "original", copy.id: "reprint", told.id: "follow_up"}
    done = split(town.deps, old, [first.id], WHO, WHY)
    assert town.relations(done.into_id) == {first.id: "original", copy.id: "reprint"}
    assert town.relations(old) == {told.id: "original"}
    undo(town.deps, done.id, WHO, "tách nhầm, trả lại")
    assert town.relations(old) == {first.id: "original", copy.id: "reprint", told.id: "follow_up"}


def test_a_merge_leads_on_and_is_undone(town: Town) -> None:
    storm, prize = town.article(STORM), town.article(PRIZE)
    one, other = town.place(storm), town.place(prize)
    done = merge(town.deps, prize.id, one, WHO, "cùng một buổi lễ của trường")
    assert (done.story_id, done.into_id) == (other, one)
    assert town.place(prize) == one
    assert set(town.relations(one)) == {storm.id, prize.id}
    later = town.article((PRIZE[0] + " lần thứ hai", PRIZE[1], ""))
    assert town.place(later) == one
    undo(town.deps, done.id, WHO, "gộp nhầm, trả lại")
    assert {town.place(a) for a in (prize, later)} == {other}
    assert town.place(storm) == one


def test_what_a_digest_froze_is_still_there(town: Town) -> None:
    first, second = town.article(STORM), town.article(STORM_AGAIN)
    frozen = town.deps.store.memberships_of([second.id])[second.id]
    split(town.deps, first.id, [second.id], WHO, WHY)
    rows = [(r["article_id"], r["decided_by"], r["version"]) for r in town.deps.store.export("membership")]
    assert (second.id, "machine", frozen.version) in rows


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (lambda t, a, b: merge(t.deps, a.id, b.id, WHO, WHY), "đã là một nhóm tin"),
        (lambda t, a, b: split(t.deps, a.id, [a.id, b.id], WHO, WHY), "ít nhất một bài"),
        (lambda t, a, b: split(t.deps, a.id, [], WHO, WHY), "chưa nêu bài nào"),
        (lambda t, a, b: split(t.deps, a.id, ["https://la.example/x"], WHO, WHY), "không có bài nào"),
        (lambda t, a, b: merge(t.deps, "sto_khong_co", a.id, WHO, WHY), "không có nhóm tin"),
        (lambda t, a, b: undo(t.deps, "sdc_khong_co", WHO, WHY), "không có quyết định"),
        (lambda t, a, b: split(t.deps, a.id, [b.id], "Sóng", WHY), "--by"),
        (lambda t, a, b: split(t.deps, a.id, [b.id], WHO, "nhầm"), "--reason"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(
    town: Town, what: Callable[[Town, Article, Article], object], said: str
) -> None:
    a, b = town.article(STORM), town.article(STORM_AGAIN)
    before = list(town.deps.store.export("membership"))
    with pytest.raises(InputError, match=said):
        what(town, a, b)
    assert list(town.deps.store.export("membership")) == before
    assert town.deps.store.story_decisions() == []


def test_the_second_sees_the_first(town: Town) -> None:
    a, b = town.article(STORM), town.article(STORM_AGAIN)
    old = town.place(a)
    done = split(town.deps, old, [b.id], WHO, WHY)
    with pytest.raises(InputError, match=f"{done.into_id}, do {WHO} quyết định"):
        split(town.deps, old, [b.id], OTHER_ONE, WHY)
    merged = merge(town.deps, done.into_id, old, OTHER_ONE, "đọc lại thì cùng một cơn lốc")
    with pytest.raises(InputError, match=f"{OTHER_ONE} đã gộp lúc .*{merged.id}"):
        merge(town.deps, b.id, a.id, WHO, "cùng một cơn lốc mà thôi")
    with pytest.raises(InputError, match=f"{merged.id} của {OTHER_ONE}"):
        undo(town.deps, done.id, WHO, "trả lại như cũ giúp tôi")
    undo(town.deps, merged.id, WHO, "trả lại như cũ giúp tôi")
    undo(town.deps, done.id, WHO, "trả lại như cũ giúp tôi")
    with pytest.raises(InputError, match=f"{WHO} đã hoàn tác"):
        undo(town.deps, done.id, OTHER_ONE, "trả lại như cũ giúp tôi")
    assert town.place(b) == old


def test_two_people_at_once_make_one_decision(town: Town, tmp_path: Path) -> None:
    a, b = town.article(STORM), town.article(STORM_AGAIN)
    old = town.place(a)
    told: list[str] = []
    gate = threading.Barrier(2)

    def person(name: str) -> None:
        store = open_store(town.deps.settings.database)
        deps = Deps(store, town.deps.bodies, town.deps.settings, Tools(town.deps.settings, town.clock), town.clock)
        gate.wait()
        try:
            told.append(split(deps, old, [b.id], name, WHY).decided_by)
        except InputError as refused:
            told.append(str(refused))
        store.close()

    threads = [threading.Thread(target=person, args=(name,)) for name in (WHO, OTHER_ONE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (done,) = town.deps.store.story_decisions()
    assert done.decided_by in told
    assert any(done.decided_by in line and line != done.decided_by for line in told)


def test_the_machine_corrects_an_early_aggregator_but_never_a_person(town: Town) -> None:
    a, b = town.article(STORM), town.article(STORM)
    split(town.deps, a.id, [b.id], WHO, WHY)
    own = town.deps.store.memberships_of([b.id])[b.id]
    assert (own.relation, own.decided_by) == (Relation.ORIGINAL, WHO)


def test_the_commands(town: Town) -> None:
    a, b = town.article(STORM), town.article(STORM_AGAIN)
    old, home = town.place(a), ["--home", str(town.deps.settings.home)]
    signed = ["--by", WHO, "--reason", WHY, *home]

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, list(words), catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    assert "Chưa có" in run("log", *home)
    assert "Đã tách sang" in run("split", old, b.id, *signed)
    shown = json.loads(run("show", b.url, "--json", *home))
    assert [row["article_id"] for row in shown["articles"]] == [b.id]
    decision = shown["decisions"][0]["id"]
    assert WHO in run("show", shown["id"], *home) and WHY in run("log", *home)
    assert "Đã hoàn tác" in run("undo", decision, *signed)
    assert json.loads(run("log", "--json", *home))[0]["undone_by"] == WHO
    assert "Đã gộp" in run("merge", town.place(town.article(PRIZE)), old, *signed)
