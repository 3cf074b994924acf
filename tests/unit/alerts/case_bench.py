"""A case in a real store for the tests of cases: the shipped rules, deadlines and calendar, an invented matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from alerts import cases, casework
from alerts.case_fold import fold
from alerts.case_open import Opening
from alerts.case_plans import Plans, load_plans
from store.model_case import CaseKind, CaseRows, NewEvent
from store.sqlite import SqliteStore, open_store

NOON = 1_795_150_800_000  # Friday 2026-11-20 12:00 in Hải Phòng
HOUR = 3_600_000
DAY = 24 * HOUR
BY, OTHER, THIRD, CLERK = "Đỗ Thị Trực", "Ngô Văn Bến", "Lê Thị Sóng", "Phạm Thị Cảng"
HEAD = "office:sgddt_vp"
WHY = "Đã so với kế hoạch tuyển sinh."


@dataclass
class Bench:
    """Opens cases and gives commands, each a minute after the last."""

    store: SqliteStore
    plans: Plans
    at: int = NOON
    count: int = 0

    def known(self, kind: CaseKind = CaseKind.SUSPECT, **more: object) -> Opening:
        self.count += 1
        one = Opening(
            kind, "candidate" if kind is CaseKind.SUSPECT else "request", f"can_{self.count}",
            "Mỗi thí sinh được đăng ký 5 nguyện vọng", self.at, place="11413", source_kind="local",
            links=(("candidate", f"can_{self.count}"), ("article", f"art_{self.count}")), found_at=self.at,
        )  # fmt: skip
        return replace(one, **more)  # type: ignore[arg-type]

    def open(self, kind: CaseKind = CaseKind.SUSPECT, **more: object) -> CaseRows:
        rows, new = casework.open_case(self.store, self.plans, self.known(kind, **more), BY, self.tick())
        assert new
        return rows

    def tick(self, ms: int = 60_000) -> int:
        self.at += ms
        return self.at

    def do(self, rows: CaseRows, command: object, *args: object, **more: object) -> CaseRows:
        """``command(rows, who, at, …)`` by BY unless ``who`` is given."""
        who, at = more.pop("who", BY), self.tick()

        def decide(now: CaseRows) -> Sequence[NewEvent]:
            return command(now, who, at, *args, **more)  # type: ignore[operator, no-any-return]

        return casework.act(self.store, rows.case.id, decide)

    def now(self, rows: CaseRows) -> CaseRows:
        found = self.store.case(rows.case.id)
        assert found is not None
        return found

    def kinds(self, rows: CaseRows) -> list[str]:
        return [str(e.event.kind) for e in self.store.timeline(rows.case.id)]

    def concluded(self, rows: CaseRows) -> CaseRows:
        rows = self.do(self.do(rows, cases.receive), cases.verify)
        return self.do(rows, cases.conclude, "khong_khop", reason=WHY, document="4120/KH-SGDĐT", office=HEAD)

    def adds_up(self) -> None:
        """Every case is what its stored events add up to."""
        for rows in self.store.walk_cases():
            assert fold(rows.case, self.store.timeline(rows.case.id)) == rows


@cache
def shipped() -> Plans:
    """The files as they are shipped: no department has changed any."""
    plans, errors = load_plans(Path(__file__).parent / "no-such-home")
    assert not errors
    return plans


def bench(folder: Path) -> Bench:
    store = open_store(folder / "viec.sqlite")
    store.connection.execute("PRAGMA synchronous=OFF")  # no test here pulls the plug
    return Bench(store, shipped())
