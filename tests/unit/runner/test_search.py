"""`haidang search`: what is printed, what is kept under a name, and the index built anew."""

from __future__ import annotations

import json

import pytest

from runner import search
from runner.deps import Deps
from store.errors import InputError
from store.model import Judgement, JudgementKind
from store.search_ask import Asked
from tests.unit.runner.conftest import HOST, NOON, Clock, Outlet

TEXT = ("Thu học phí năm học mới", "Học phí các cấp ở Lê Chân.", "Em Phạm Khánh Vy, 12 tuổi, lớp 7A, đã nộp học phí.")


def written(outlet: Outlet, number: int = 1, text: tuple[str, str, str] = TEXT) -> None:
    outlet.page(outlet.article(f"{HOST}/bai-{number}.html"), text)


def test_a_report_is_plain_masked_and_marked(deps: Deps, outlet: Outlet) -> None:
    written(outlet)
    report = search.search(deps, Asked(words='hoc phi "năm học"', first="2026-11-20"))
    assert json.loads(json.dumps(report)) == report
    (line,) = report["lines"]
    assert [line["title"][s:e] for s, e in line["title_spans"]] == ["học", "phí", "năm học"]
    told = "\n".join(search.told(report))
    assert "Thu «học» «phí» «năm học» mới" in told and "Bến Cảng" in told and "Vy" not in told + str(report)
    assert search.told(search.search(deps, Asked(words="Khánh Vy"))) == ["Không có bài nào như vậy."]


def test_more_is_said_with_the_way_to_it(deps: Deps, outlet: Outlet) -> None:
    for n in range(3):
        written(outlet, n)
    first = search.search(deps, Asked(words="học phí"), limit=2)
    assert search.told(first)[-1] == f"Còn nữa: thêm --after {first['next']}"
    assert len(search.search(deps, Asked(words="học phí"), limit=2, cursor=first["next"])["lines"]) == 1
    assert search.search(deps, Asked(words="phí " * 40))["cut"]


@pytest.mark.parametrize("asked", [Asked(), Asked(ranked=True), Asked(words="a", first="x"), Asked(place="Sao Hỏa")])
def test_what_cannot_be_asked_is_said(deps: Deps, asked: Asked) -> None:
    with pytest.raises(InputError):
        search.search(deps, asked)


def test_a_search_is_kept_by_a_named_person_run_by_its_name_and_forgotten(
    deps: Deps, outlet: Outlet, clock: Clock
) -> None:
    written(outlet)
    search.keep(deps, " Học  phí ", "Lê Thị Sóng", Asked(words="học phí", topic="fees"))
    with pytest.raises(InputError, match="đã có lần tìm tên"):
        search.keep(deps, "Học phí", "Lê Thị Sóng", Asked(words="khác"))
    with pytest.raises(InputError, match="--by"):
        search.keep(deps, "Khác", "Sóng", Asked(words="khác"))
    with pytest.raises(InputError, match="không có phường"):
        search.keep(deps, "Khác", "Lê Thị Sóng", Asked(place="Sao Hỏa"))
    (line,) = search.kept_lines(deps)
    assert line.startswith("Học phí: ") and "học phí" in line and "Lê Thị Sóng" in line
    kept = search.kept_named(deps, "Học phí")
    assert Asked.from_json(kept.query) == Asked(words="học phí", topic="fees")
    search.forget(deps, "Học phí")
    with pytest.raises(InputError, match="chưa lưu lần tìm nào"):
        search.kept_named(deps, "Học phí")
    clock.at += 1
    search.keep(deps, "Học phí", "Lê Thị Sóng", Asked(words="học phí"))


def test_the_index_is_built_anew_from_the_texts_in_steps(deps: Deps, outlet: Outlet) -> None:
    for n in range(120):
        written(outlet, n)
    with deps.store.transaction() as tx:
        tx.clear_index()
    heard: list[int] = []
    assert search.search(deps, Asked(words="phí"))["lines"] == []
    search.rebuild(deps, more=heard.append)
    assert len(heard) == 3 and deps.store.index_state().missing == 0
    assert len(search.search(deps, Asked(words="phí"), limit=100)["lines"]) > 0
    search.rebuild(deps, anew=True)
    assert deps.store.index_state().missing == 0


def test_an_index_in_other_word_forms_is_told_and_emptied_first(deps: Deps, outlet: Outlet, clock: Clock) -> None:
    written(outlet)
    with deps.store.transaction() as tx:
        tx._db.execute("UPDATE search_state SET value = '0' WHERE name = 'form'")  # type: ignore[attr-defined]
    assert not deps.store.index_state().current
    clock.at += 1000
    written(outlet, 1, ("Sửa", "Đã sửa.", "Bỏ hết."))  # its old words cannot be taken out: they stay until the rebuild
    assert search.search(deps, Asked(words="sửa"))["lines"] == []
    search.rebuild(deps)
    assert deps.store.index_state().current
    assert len(search.search(deps, Asked(words="sửa"))["lines"]) == 1
    assert search.search(deps, Asked(words="học phí"))["lines"] == []


def test_a_search_by_theme_is_run_and_kept_under_the_name_of_the_theme(deps: Deps, outlet: Outlet) -> None:
    one = outlet.article(f"{HOST}/bai-1.html")
    revision = outlet.read(one, outlet.fetch(one), TEXT)
    theme = [{"id": "hocphi", "name": "Học phí, miễn học phí", "by": "words", "words": ["học phí"]}]
    with deps.store.transaction() as tx:
        tx.add_judgements(
            [Judgement(revision.id, JudgementKind.TOPICS, "j", "1", "fees", 0.9, {"themes": theme}, NOON)]
        )
    assert len(search.search(deps, Asked(theme="miễn học phí"))["lines"]) == 1
    assert search.search(deps, Asked(theme="ts10"))["lines"] == []
    search.keep(deps, "Mảng học phí", "Lê Thị Sóng", Asked(theme="hocphi"))
    assert "Học phí, miễn học phí" in search.kept_lines(deps)[0]
    with pytest.raises(InputError, match="chuyên mục"):
        search.keep(deps, "Khác", "Lê Thị Sóng", Asked(theme="Sao Hỏa"))
