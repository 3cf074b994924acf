"""Tasks, health: what the machine does and where it hurts."""

from __future__ import annotations

from starlette.testclient import TestClient

from store.model import NewTask
from tests.unit.desk.conftest import DAY, HOUR, MINUTE, NOW, Press
from tests.unit.desk.pages import tree, words


def test_tasks_are_counted_by_stage_state_and_outcome(press: Press, desk: TestClient) -> None:
    press.article("Được chọn")
    press.article("Ngoài phạm vi", outcome="irrelevant")
    with press.store.transaction() as tx:
        tx.add_tasks([NewTask("group", "art_x", "v1", 1), NewTask("group", "art_y", "v1", 1)], NOW)
    page = tree(desk, "/viec")
    states, outcomes = page.cssselect("table")
    shown = {words(r[0]): [int(words(c)) for c in r[1:]] for r in states.cssselect("tbody tr")}
    assert shown == {"Nhận định": [0, 0, 2, 0], "Nhóm tin": [2, 0, 0, 0]}  # waiting, running, done, dead
    ended = [" ".join(words(cell) for cell in r) for r in outcomes.cssselect("tbody tr")]
    assert sorted(ended) == ["Nhận định không thuộc phạm vi theo dõi 1", "Nhận định được chọn 1"]
    assert "Đếm lúc 20/11/2026 08:30:00" in words(page)
    assert "Không có việc nào cần can thiệp" in words(page)


def test_a_dead_task_shows_its_message_and_how_to_revive_it(press: Press, desk: TestClient) -> None:
    with press.store.transaction() as tx:
        tx.add_tasks([NewTask("read", "fet_hong", "v1", 1)], NOW - HOUR)
    press.end("read", "gave_up", "thân trang bị cắt giữa chừng", NOW - 5 * MINUTE, dead=True)
    said = words(tree(desk, "/viec"))
    assert "fet_hong" in said and "thân trang bị cắt giữa chừng" in said
    assert "5 phút trước, sau 1 lần thử" in said
    assert "haidang tasks --revive --stage read" in said


def test_no_work_yet_is_said(desk: TestClient) -> None:
    assert "Chưa có việc nào" in words(tree(desk, "/viec"))


def test_health_is_three_facts(press: Press, desk: TestClient) -> None:
    assert desk.get("/healthz").json() == {"ok": True, "database": "ok", "last_digest": None}
    press.issue()
    assert desk.get("/healthz").json() == {"ok": True, "database": "ok", "last_digest": str(DAY)}


def test_a_broken_database_is_unhealthy_and_the_pages_stay_polite(press: Press, desk: TestClient) -> None:
    press.store.connection.execute("DROP TABLE digest")
    answer = desk.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["ok"] is False and "digest" in answer.json()["database"]
    page = desk.get("/")
    assert page.status_code == 500
    assert "Trang này gặp lỗi" in page.text and "Mã lỗi" in page.text and "haidang doctor" in page.text
    assert "sqlite" not in page.text.lower() and "Traceback" not in page.text
    assert page.headers["x-frame-options"] == "DENY"
