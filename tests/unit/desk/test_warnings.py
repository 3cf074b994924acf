"""Early warnings and measures on the desk: each number opens to what is behind it, nothing is shown unmasked."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from alerts.case_fold import added, clock_body
from store.model_case import CaseClock, CaseKind, EventKind, NewEvent
from store.model_warning import EarlyWarning, WarningKind
from tests.unit.desk.conftest import HOUR, NOW, Press
from tests.unit.desk.pages import tree, words


def raised(press: Press, kind: WarningKind, subject: str, items: tuple[str, ...] = (), level: str = "1",
           at: int = NOW - HOUR) -> EarlyWarning:  # fmt: skip
    one = EarlyWarning(
        EarlyWarning.make_id(kind, subject, level), kind, subject, level, at, f"Tiêu đề {subject}",
        ("Vì 9 bài, thường 2.", "- Em bé nào đó"), {"count": 9}, items, ("role:bao_chi",),
    )  # fmt: skip
    with press.store.transaction() as tx:
        tx.add_warnings([one])
    return one


def test_a_desk_without_warnings_says_so(desk: TestClient) -> None:
    assert "Chưa có cảnh báo nào" in desk.get("/canh-bao-som").text


def test_a_warning_opens_to_why_now_and_to_its_items_masked(press: Press, desk: TestClient) -> None:
    article = press.article("Em Hoàng Kim Ngân lớp 7A phải nộp quỹ lớp")
    one = raised(press, WarningKind.RISE, "lamthu", (f"article:{article.id}",))
    (line,) = [words(li) for li in tree(desk, "/canh-bao-som").cssselect("main li")]
    assert line.startswith("Tiêu đề lamthu") and "Vì 9 bài, thường 2." in line
    shown = desk.get(f"/canh-bao-som/{one.id}")
    assert shown.status_code == 200 and f'href="/tin-bai/{article.id}"' in shown.text
    assert "Kim Ngân" not in shown.text and "Báo Cảng Biển" in shown.text and "Cán bộ báo chí" in shown.text


def test_beside_criticism_no_outlet_is_named(press: Press, desk: TestClient) -> None:
    article = press.article("Bếp ăn bị phê bình", stance="critical", story="s")
    story = press.stories["s"]
    one = raised(press, WarningKind.CRITICISM, story, (f"article:{article.id}",))
    shown = desk.get(f"/canh-bao-som/{one.id}").text
    assert "Báo Cảng Biển" not in shown and f'href="/nhom-tin/{story}"' in shown


def test_the_list_pages_and_is_chosen_by_kind(press: Press, desk: TestClient) -> None:
    for n in range(55):
        raised(press, WarningKind.RISE, f"t{n:02}", at=NOW - n)
    raised(press, WarningKind.UNANSWERED, "cas_x", ("case:cas_x",))
    page = tree(desk, "/canh-bao-som?loai=rise")
    assert len(page.cssselect("main li")) == 50
    (older,) = [a.get("href") for a in page.cssselect("main a") if a.text == "cũ hơn"]
    assert len(tree(desk, older).cssselect("main li")) == 5
    assert len(tree(desk, "/canh-bao-som?loai=unanswered").cssselect("main li")) == 1
    (one,) = press.store.warnings("unanswered")
    assert 'href="/viec/cas_x"' in desk.get(f"/canh-bao-som/{one.id}").text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/canh-bao-som?loai=moi", 400),
        ("/canh-bao-som?sau=wrn_x", 400),
        ("/canh-bao-som/wrn_x", 404),
        ("/do-luong?tu=hom-qua", 400),
        ("/do-luong?tu=2026-11-02&den=2026-11-01", 400),
        ("/do-luong?tu=2020-01-01&den=2026-11-01", 400),
        ("/do-luong", 200),
    ],
)
def test_odd_addresses_are_answered_plainly(desk: TestClient, address: str, status: int) -> None:
    assert desk.get(address).status_code == status


def case(press: Press, n: int, office: str, late: bool) -> str:
    store, began = press.store, NOW - 40 * HOUR
    clock = CaseClock("", "close", "x", office, began, began + 20 * HOUR, None, None,
                      stopped_at=began + (30 if late else 10) * HOUR)  # fmt: skip
    with store.transaction() as tx:
        made, _ = tx.add_case(CaseKind.STORY, "story", f"sto_{n}", 2026, began)
        body = {"title": "Bếp ăn", "office": office, "clocks": [clock_body(clock)], "flagged_at": began, "theme": ""}
        events = [NewEvent(made.id, EventKind.OPENED, began, "Đỗ Thị Trực", body, "o"),
                  NewEvent(made.id, EventKind.RECEIVED, began + HOUR, "Đỗ Thị Trực", {}, "r")]  # fmt: skip
        tx.add_case_events(events)
        tx.put_case(added(None, made, events))
    return made.id


def test_every_measure_opens_to_its_cases_and_a_few_have_no_percentage(press: Press, desk: TestClient) -> None:
    kept = [case(press, n, "office:sgddt_phong", late=False) for n in range(3)]
    late = case(press, 9, "office:sgddt_phong", late=True)
    followed = case(press, 10, "commune:11413", late=True)
    text = desk.get("/do-luong").text
    assert all(f'href="/viec/{id_}"' in text for id_ in (*kept, late, followed))
    assert "3/4" in text and " %" not in text
    assert "Theo dõi trả lời" in text
    for n in range(20, 50):
        case(press, n, "office:sgddt_phong", late=False)
    assert "33/34 (97,1 %)" in desk.get("/do-luong").text
