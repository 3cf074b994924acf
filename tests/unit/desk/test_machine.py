"""Sources, tasks, health: what the machine does and where it hurts."""

from __future__ import annotations

from starlette.testclient import TestClient

from store.model import NewTask
from tests.unit.desk.conftest import DAY, FEED, HOUR, MINUTE, NOW, Press
from tests.unit.desk.pages import tree, words


def rows(client: TestClient, address: str = "/nguon") -> list[str]:
    return [words(row) for row in tree(client, address).cssselect("tbody tr")]


def test_a_channel_never_fetched_says_so_and_an_unverified_source_is_marked(desk: TestClient) -> None:
    shown = rows(desk)
    assert len(shown) == 2
    assert all("chưa tải lần nào" in row and "chưa kiểm chứng" in row for row in shown)
    assert "phụ trách: Văn phòng Sở" in shown[0]


def test_the_troubled_stand_first(press: Press, desk: TestClient) -> None:
    press.article("Tin", at=NOW - HOUR)
    press.channel(FEED, last_fetch_at=NOW - 2 * HOUR, last_ok_at=NOW - 2 * HOUR, last_outcome="fetched")
    other = "https://bao-cang.example/rss/moi-nhat.rss"
    press.channel(other, last_fetch_at=NOW - HOUR, last_ok_at=None, last_outcome="timeout", failure_weight=1.25)
    first, second = rows(desk)
    assert "▲ đang lỗi: quá giờ chờ" in first and "moi-nhat" in first
    assert "1 giờ trước" in first and "lần được cuối: chưa lần nào" in first and "1,25" in first
    assert "còn 10 phút" in first and "mỗi 30 phút" in first
    assert "● chạy, chưa kiểm chứng" in second and "2 giờ trước" in second


def test_a_source_without_news_for_longer_than_its_rhythm_is_silent(press: Press, desk: TestClient) -> None:
    press.article("Tin cũ", at=NOW - 25 * HOUR)
    press.channel(FEED, last_fetch_at=NOW - HOUR, last_ok_at=NOW - HOUR, last_outcome="not_modified")
    assert "▲ im lặng" in rows(desk)[0]


def test_every_count_of_sources_opens_its_rows(press: Press, desk: TestClient) -> None:
    press.channel(FEED, last_fetch_at=NOW, last_ok_at=NOW, last_outcome="fetched")
    press.channel("https://da-bo.example/rss", last_fetch_at=NOW, last_outcome="gone")
    links = tree(desk, "/nguon").cssselect(".state a")
    assert len(links) == 3
    for link in links:
        assert len(rows(desk, link.get("href"))) == int(words(link).split()[-1])
    assert "da-bo.example" in " ".join(rows(desk)[-1:])


def test_today_counts_the_channels_that_cannot_be_relied_on(press: Press, desk: TestClient) -> None:
    press.issue()
    press.channel(FEED, last_fetch_at=NOW, last_outcome="timeout")
    links = {words(a): a.get("href") for a in tree(desk, "/").cssselect("main a[href^='/nguon']")}
    assert list(links) == ["đang lỗi 1", "im lặng 0", "chưa tải lần nào 1"]
    for said, address in links.items():
        assert len(rows(desk, address)) == int(said.split()[-1])
    assert "chưa chắc là không có tin" in words(tree(desk, "/"))


def test_a_source_file_that_cannot_be_used_is_named(press: Press, desk: TestClient) -> None:
    bad = press.settings.sources_dir / "hong.yml"  # type: ignore[operator]
    bad.write_text("id: hong\nloai: báo\n", encoding="utf-8")
    said = words(tree(desk, "/nguon"))
    assert "hong.yml:2" in said and "các nguồn khác vẫn chạy" in said


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
