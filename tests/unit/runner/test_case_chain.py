"""The last link of the chain stands in every digest, and `audit verify` looks it up."""

from __future__ import annotations

import datetime as dt

from alerts import cases, casework
from runner.cases import plans_of
from runner.cases_audit import report_lines, verified
from runner.deps import Deps
from runner.digests import build_now, digest_task, due_at
from store.model import Digest
from tests.unit.runner.conftest import HOUR, Clock, Outlet

BY = "Đỗ Thị Trực"
DAY = dt.date(2026, 11, 20)


def opened(deps: Deps, question: str) -> str:
    known = cases.press_request("Báo Cửa Biển", question, deps.now(), "thư", deps.now())
    return casework.open_case(deps.store, plans_of(deps), known, BY, deps.now())[0].case.id


def issued(deps: Deps, clock: Clock, outlet: Outlet, day: dt.date) -> Digest:
    clock.at = due_at(deps, day) - 2 * HOUR
    outlet.article(f"https://bencang.example/bai-{day}.html")
    clock.at = due_at(deps, day) + 1000
    build_now(deps, day)
    found = deps.store.digest(Digest.make_id("daily", day.isoformat()))
    assert found is not None
    return found


def test_a_digest_prints_the_last_link_and_a_chain_cut_off_behind_it_is_found(
    deps: Deps, clock: Clock, outlet: Outlet
) -> None:
    assert digest_task(DAY, 0).subject == "2026-11-20"
    clock.at = due_at(deps, DAY) - 30 * HOUR
    outlet.article()
    quiet = issued(deps, clock, outlet, DAY)
    assert "chain" not in quiet.versions, "nothing has happened yet"
    opened(deps, "Học phí thế nào?")
    last = opened(deps, "Tuyển sinh thế nào?")
    day = DAY + dt.timedelta(days=1)
    digest = issued(deps, clock, outlet, day)
    seq, hashed = deps.store.chain_head()
    assert digest.versions["chain"] == f"{seq} {hashed}"
    for kind in ("html", "text"):
        assert hashed in deps.bodies.get(digest.files[kind]).decode()
    assert verified(deps, [f"{seq}:{hashed[:12]}"]).findings == []
    connection = deps.store.connection  # type: ignore[attr-defined]
    for table in ("case_now", "case_clock", "case_link", "case_event"):
        connection.execute(f"DELETE FROM {table} WHERE case_id = ?", (last,))
    connection.execute("DELETE FROM work_case WHERE id = ?", (last,))
    connection.execute("DELETE FROM case_payload WHERE event_id NOT IN (SELECT id FROM case_event)")
    told = "\n".join(report_lines(verified(deps, [])))
    assert f"điểm báo {day}: đã in mắt xích {seq}" in told and "phần cuối đã bị cắt" in told
