"""A desk over cases in a real store, and a person who opens pages and sends the forms that stand on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from lxml import html
from starlette.testclient import TestClient

from alerts import cases, casework
from alerts.case_open import Opening
from alerts.case_plans import Plans, load_plans
from desk.app import build_app
from store.model_case import CaseKind, CaseRows, EventKind
from store.sqlite import SqliteStore, open_store
from tests.unit.desk.pages import words
from tests.unit.runner.checking_town import Town

BASE = "http://127.0.0.1:8420"
LIST = "/viec-can-xu-ly"
BY, OTHER, THIRD = "Đỗ Thị Trực", "Ngô Văn Bến", "Lê Thị Sóng"
WHY = "Đã so với kế hoạch tuyển sinh, khác số nguyện vọng."
HEAD = "office:sgddt_vp"
HOUR = 3_600_000


@dataclass
class Office:
    """One person at the desk. Pages are sent back as a browser would: every field of the form that stands on them."""

    client: TestClient
    store: SqliteStore
    plans: Plans
    town: Town

    def see(self, address: str, status: int = 200) -> html.HtmlElement:
        answer = self.client.get(address, follow_redirects=True)
        assert answer.status_code == status, answer.text[:800]
        return html.fromstring(answer.text)

    def text(self, address: str) -> str:
        return words(self.see(address))

    def form(self, page: html.HtmlElement, key: str, action: str = LIST) -> html.HtmlElement:
        """The form of a command on a page, as it stands there."""
        found = [f for f in page.cssselect(f'form[action="{action}"]') if not key or lam(f) == key]
        assert found, f"no form {key} on the page"
        return found[0]

    def send(self, page: html.HtmlElement, key: str, action: str = LIST, **typed: object) -> tuple[int, str, str]:
        """(status, where it leads, the page that came) of a form filled in; hidden fields go along as they stand."""
        form = self.form(page, key, action)
        values: dict[str, object] = {
            str(i.get("name")): i.get("value") or "" for i in form.cssselect("input[type=hidden], input[type=text]")
        }
        for area in form.cssselect("textarea"):
            values[area.get("name")] = (area.text or "").removeprefix("\n")
        for choice in form.cssselect("select"):
            chosen = choice.cssselect("option[selected]") or choice.cssselect("option")
            values[choice.get("name")] = chosen[0].get("value", chosen[0].text) if chosen else ""
        unknown = typed.keys() - {i.get("name") for i in form.cssselect("input, textarea, select")}
        assert not unknown, f"the form has no {unknown}"
        answer = self.client.post(action, data=values | typed, headers={"Origin": BASE})
        return answer.status_code, answer.headers.get("location", ""), answer.text

    def does(self, case_id: str, key: str, **typed: object) -> CaseRows:
        """Open the page, fill in a form, send it: it must be taken."""
        status, place, page = self.send(self.see(f"{LIST}/{case_id}"), key, **({"ten": BY} | typed))
        assert status == 303, words(html.fromstring(page))[:1500]
        self.see(place)
        return self.rows(case_id)

    def rows(self, case_id: str) -> CaseRows:
        found = self.store.case(case_id)
        assert found is not None
        return found

    def case(self, kind: CaseKind = CaseKind.STORY, title: str = "Học phí lớp 10", **more: object) -> CaseRows:
        """A case of that kind, opened a minute before now."""
        now = self.town.clock()
        known = Opening(kind, "request", f"req_{self.store.chain_head()[0]}", title, now - HOUR, place="11413",
                        source_kind="local", found_at=now - HOUR)  # fmt: skip
        return casework.open_case(self.store, self.plans, replace(known, **more), BY, now - 60_000)[0]  # type: ignore[arg-type]

    def do(self, rows: CaseRows, command: object, *args: object, **more: object) -> CaseRows:
        """A command given elsewhere, by OTHER."""
        at = self.town.clock()
        return casework.act(self.store, rows.case.id, lambda now: command(now, OTHER, at, *args, **more))  # type: ignore[operator]

    def to(self, rows: CaseRows, *steps: str) -> CaseRows:
        """Further on its way: received, verifying, result, answered."""
        for step in steps:
            match step:
                case "received":
                    rows = self.do(rows, cases.receive)
                case "verifying":
                    rows = self.do(rows, cases.verify)
                case "result":
                    rows = self.do(rows, cases.conclude, "khong_khop", reason=WHY, document="1/KH", office=HEAD)
                case "answered":
                    rows = self.do(rows, cases.answer, EventKind.ANSWERED, document="họp báo chiều nay")
        return rows

    def kinds(self, case_id: str) -> list[str]:
        return [str(e.event.kind) for e in self.store.timeline(case_id)]


def lam(form: html.HtmlElement) -> str:
    found = form.cssselect('input[name="lam"]')
    return found[0].get("value", "") if found else ""


def seal(page: str) -> str:
    found = re.search(r'name="the" value="([^"]+)"', page)
    assert found
    return found[1]


def desk_over(town: Town) -> Iterator[Office]:
    settings = town.deps.settings
    app = build_app(settings, open_store(settings.database), town.deps.bodies, town.clock)
    plans, _ = load_plans(settings.home)
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield Office(client, town.deps.store, plans, town)


@pytest.fixture
def office(town: Town) -> Iterator[Office]:
    """The desk over an invented town."""
    yield from desk_over(town)
