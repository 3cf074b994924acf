"""Measures over a real case: opened, told, received, paused, answered, closed; what the terminal says of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alerts import cases, casework
from alerts.case_open import press_request
from alerts.case_plans import load_plans
from config.settings import load_settings
from runner.cli import app
from runner.deps import Deps, Tools
from runner.measures import lines, measured, values
from store.blobs import BodyStore
from store.errors import InputError
from store.model import Delivery, DeliveryState
from store.model_case import EventKind
from store.model_notice import Notice, NoticeKind
from store.sqlite import open_store
from tests.unit.alerts.test_measures import DAY, HOUR, MONDAY

BY = "Đỗ Thị Trực"
Town = tuple[Deps, list[int], Path]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    settings = load_settings({}, home=tmp_path / "nha")
    at = [MONDAY]
    store = open_store(settings.database)
    yield (
        Deps(store, BodyStore(settings.bodies), settings, Tools(settings, lambda: at[0]), lambda: at[0]),
        at,
        settings.home,
    )
    store.close()


def question(deps: Deps, at: int, token: str = "t") -> str:
    plans, _ = load_plans(deps.settings.home)
    known = press_request("Bến Cảng", "Quỹ lớp thu bao nhiêu?", at - HOUR, "email", at, token=token)
    rows, _ = casework.open_case(deps.store, plans, known, BY, at)
    return rows.case.id


def told(deps: Deps, case_id: str, at: int, *, carrier: bool = False) -> None:
    notice = Notice(
        Notice.make_id(NoticeKind.RECEIPT, case_id, "role:bao_chi", "x"), NoticeKind.RECEIPT, case_id, "role:bao_chi",
        False, "Có việc mới", (), at, at,
    )  # fmt: skip
    id_ = Delivery.make_id(notice.id, "a@b.example", "email")
    row = Delivery(id_, notice.id, "a@b.example", "email", DeliveryState.SENT, at, "m", sent_at=at)
    rows = [row]
    if carrier:
        whole = Delivery("del_x", "ntc_other", "a@b.example", "email", DeliveryState.SENT, at, "m2", sent_at=at)
        rows = [
            whole,
            Delivery(id_, notice.id, "a@b.example", "email", DeliveryState.BUNDLED, at, "m", bundled_into="del_x"),
        ]
    with deps.store.transaction() as tx:
        tx.add_notices([notice])
        tx.add_deliveries(rows)


def worked(deps: Deps, at: list[int], *, carrier: bool = False, token: str = "t") -> str:
    case_id = question(deps, MONDAY, token)
    told(deps, case_id, MONDAY + HOUR, carrier=carrier)
    store = deps.store
    casework.act(store, case_id, lambda r: cases.receive(r, BY, MONDAY + 3 * HOUR))
    casework.act(
        store, case_id, lambda r: cases.pause(r, BY, MONDAY + 4 * HOUR, MONDAY + 10 * HOUR, "chờ số liệu của trường")
    )
    plans, _ = load_plans(deps.settings.home)
    casework.act(store, case_id, lambda r: cases.resume(r, BY, MONDAY + 10 * HOUR, plans.later))
    end = MONDAY + 26 * HOUR
    casework.act(store, case_id, lambda r: cases.answer(r, BY, end, EventKind.ANSWERED, document="12/SGDĐT-VP"))
    casework.act(store, case_id, lambda r: cases.close(r, BY, end + DAY, "đã trả lời xong bằng công văn"))
    at[0] = MONDAY + 5 * DAY
    return case_id


@pytest.mark.parametrize("carrier", [False, True])
def test_a_case_from_the_question_to_its_end_with_the_pause_taken_out(town: Town, carrier: bool) -> None:
    deps, at, _ = town
    case_id = worked(deps, at, carrier=carrier)
    report = measured(deps, None, None)
    whole = report.figures[0]
    lags = {(h.begins, h.ends): h.lags[0][1].wall // HOUR for h in whole.hops if h.lags}
    assert lags == {
        ("found", "flagged"): 0, ("flagged", "delivered"): 2, ("delivered", "received"): 2,
        ("received", "answered"): 17, ("answered", "closed"): 24,
    }  # fmt: skip
    assert whole.paused == ((case_id, 6 * HOUR),)
    first = next(c for c in whole.on_time if c.clock == "first_answer")
    assert first.kept == (case_id,), "24 hours from the question, moved on by six hours of pause"
    everything = json.dumps(values(report))
    assert everything.count(case_id) >= 20


def test_days_and_offices_choose_the_cases_and_odd_ones_are_refused(town: Town) -> None:
    deps, at, _ = town
    worked(deps, at)
    later = question(deps, MONDAY + 3 * DAY, "u")
    monday = dt.date(2026, 11, 23)
    assert len(measured(deps, None, None).cases) == 2
    assert [c.case_id for c in measured(deps, dt.date(2026, 11, 24), None).cases] == [later]
    assert len(measured(deps, monday, monday).cases) == 1
    office = measured(deps, None, None).cases[0].office
    assert len(measured(deps, None, None, office).cases) == 2
    assert measured(deps, None, None, "office:svhttdl").cases == ()
    with pytest.raises(InputError, match="không có mã"):
        measured(deps, None, None, "office:khong_co")
    with pytest.raises(InputError, match="đổi lại"):
        measured(deps, monday, dt.date(2026, 11, 22))


def test_more_cases_than_a_page_are_all_there_oldest_first(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    deps, _, _ = town
    monkeypatch.setattr("alerts.measures_report.PAGE", 3)
    ids = [question(deps, MONDAY + n * HOUR, f"q{n}") for n in range(8)]
    assert [c.case_id for c in measured(deps, None, None).cases] == ids


def test_the_terminal_tells_counts_and_denominators_and_no_percentage_of_a_few(town: Town) -> None:
    deps, at, home = town
    worked(deps, at)
    done = CliRunner().invoke(app, ["measures", "--to", "2026-12-31", "--home", str(home)])
    assert done.exit_code == 0
    assert "mẫu số: 2026/0001" in done.output and "%" not in done.output.replace("tỷ lệ", "")
    assert "vào sổ nhận → trả lời: 1 việc, từ 17 giờ 0 phút" in done.output
    assert "tạm dừng: 1 việc, tổng 6 giờ 0 phút" in done.output
    assert list(lines(measured(deps, dt.date(2027, 1, 1), dt.date(2027, 1, 2)))) == [
        "Không có việc nào mở từ 2027-01-01 đến 2027-01-02."
    ]


def test_thirty_cases_have_a_percentage_with_everything_that_it_is_of(town: Town) -> None:
    deps, at, _ = town
    for n in range(30):
        worked(deps, at, token=f"q{n}")
    report = measured(deps, None, None)
    first = next(c for c in values(report)["groups"][0]["on_time"] if c["clock"] == "first_answer")
    assert (first["of"], first["percent"], len(first["kept"])) == (30, 100.0, 30)
    assert any("(100,0 %)" in line for line in lines(report))
    assert any("trung vị" in line for line in lines(report))
