"""Rules, weights or the list of sites changed: texts of the last days are checked again, once, and no others."""

from __future__ import annotations

import pytest

from runner import checking, clock, rechecking_rules
from runner.rechecking_rules import HOSTS, RULES
from store.model import Task
from tests.unit.runner.checking_town import WRONG, Town, town
from tests.unit.runner.conftest import HOUR
from tests.unit.runner.test_checking_hosts import OWN, PRAISE, TWIN, _own_list, _page

__all__ = ["town"]  # the fixture, used by name


def planned(town: Town, kind: str) -> list[Task]:
    """Tasks of that kind that ever stood on the list."""
    return [t for t in town.deps.store.tasks_for([kind]) if t.stage == "recheck"]


def test_a_site_that_becomes_official_raises_what_was_read_before(town: Town) -> None:
    page = town.text(PRAISE, article=_page(f"https://{TWIN}/a.html"))
    other = town.text(PRAISE, article=_page("https://songxanh.example/b.html", "songxanh"))
    town.work()
    assert town.candidates() == []
    _own_list(town)
    town.work()
    (found,) = town.candidates()
    assert set(town.roles(found)) == {page.id}
    assert len(town.outcome(other)) == 1, "only what the list may touch is checked again"
    town.work()
    assert len(planned(town, HOSTS)) == 2, "once at the start, once for the change"


def test_a_host_that_a_person_has_looked_at_ends_what_stood(town: Town) -> None:
    _own_list(town)
    town.text(PRAISE, article=_page(f"https://{TWIN}/a.html"))
    town.work()
    assert len(town.candidates()) == 1
    _own_list(town, f"{OWN}known: [{TWIN}]\n")
    town.work()
    assert town.candidates() == []
    _own_list(town)  # taken back: a state that stood before is a change too
    town.work()
    assert len(town.candidates()) == 1


def test_a_faulty_list_plans_nothing_and_the_one_before_it_holds(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    _own_list(town)
    town.text(PRAISE, article=_page(f"https://{TWIN}/a.html"))
    town.work()
    _own_list(town, "hosts: [x]\n")
    town.text(PRAISE, article=_page(f"https://{TWIN}/b.html"), hours=1)
    town.work()
    (found,) = town.candidates()
    assert len(town.roles(found)) == 2
    assert len(planned(town, HOSTS)) == 1
    assert caplog.text.count("official_hosts.yml:1") == 1, "told once, not at every batch"


def test_new_rules_check_the_texts_of_thirty_days_again_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.fact()
    recent = town.text(WRONG)
    old = town.text(WRONG, "songxanh", hours=-31 * 24)
    town.work()
    before = {a.id: len(town.outcome(a)) for a in (recent, old)}
    monkeypatch.setattr(checking, "CHECK_VERSION", "99")
    for _ in range(3):
        town.work()
    assert len(town.outcome(recent)) == before[recent.id] + 1
    assert planned(town, RULES)[-1].version.startswith("99+")
    (found,) = town.candidates()
    assert {f.article_id for f in found.findings if f.version.startswith("99+")} == {recent.id, old.id}, (
        "of the old ones those that carry what stands open"
    )


def test_many_texts_are_put_on_the_list_page_by_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rechecking_rules, "PAGE", 2)
    articles = [town.text((f"Trường ở Hải Phòng mở lớp {n}", "", PRAISE[2]), hours=n) for n in range(5)]
    town.work()
    monkeypatch.setattr(checking, "CHECK_VERSION", "99")
    town.work()
    assert [len(town.outcome(a)) for a in articles] == [2] * 5
    assert len(planned(town, "rules:2")) == len(planned(town, "rules:4")) >= 1


def test_the_clock_plans_it_and_an_empty_house_has_nothing_to_plan(town: Town) -> None:
    clock.tick(town.deps)
    assert planned(town, RULES) == planned(town, HOSTS) == []
    town.text(PRAISE)
    town.clock.at += HOUR
    clock.tick(town.deps)
    clock.tick(town.deps)
    assert [len(planned(town, kind)) for kind in (RULES, HOSTS)] == [1, 1]


def test_the_list_is_read_again_when_its_file_changes(town: Town) -> None:
    tools = town.deps.tools
    assert "sogiaoducbencang.example" not in tools.official_hosts.hosts
    _own_list(town)
    assert "sogiaoducbencang.example" in tools.official_hosts.hosts
    (town.deps.settings.home / "official_hosts.yml").unlink()
    assert "sogiaoducbencang.example" not in tools.official_hosts.hosts
