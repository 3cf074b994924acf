"""The original of a document leaves only to a named person with a reason, written down first, under a name of ours."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from store.model_reference import Reference
from tests.unit.desk.conftest import Press
from tests.unit.desk.pages import tree
from tests.unit.desk.test_references import BY, by_machine, fields, kept, send
from tests.unit.intake.official_samples import letter, letter_text

WHY = "Cần bản gốc để đối chiếu chữ ký."
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def ask(desk: TestClient, reference: Reference, **typed: str) -> Any:
    """Send the form of a document's page; one without a form lends the mark of another page."""
    page = tree(desk, f"/van-ban/{reference.document_id}")
    forms = [fields(page, k) for k in range(len(page.cssselect("form[method=post]")))]
    own = next((f for f in forms if "ly_do" in f), {"the": forms[0]["the"], "ma": reference.id})
    return send(desk, "/van-ban/tep", own | typed)


def taken(press: Press, reference: Reference) -> list[tuple[str, str]]:
    return [(t.taken_by, t.reason) for t in press.store.references_taken(reference.id)]


@pytest.mark.parametrize(("data", "end", "kind"), [(letter(), "docx", WORD), (letter_text(), "txt", "text/plain")])
def test_it_is_handed_out_as_it_came_and_who_took_it_is_shown(
    desk: TestClient, press: Press, data: bytes, end: str, kind: str
) -> None:
    reference = kept(press, data)
    answer = ask(desk, reference, ten=BY, ly_do=WHY)
    assert (answer.status_code, answer.content) == (200, data)
    assert answer.headers["content-disposition"] == f'attachment; filename="{reference.id}.{end}"'
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert taken(press, reference) == [(BY, WHY)]
    page = desk.get(f"/van-ban/{reference.document_id}").text
    assert WHY in page
    assert "Tải bản gốc (1 lần)" in page


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"ten": "Trực"}, 422, "họ và tên"),
        ({"ly_do": "xem"}, 422, "Viết rõ lý do"),
        ({"the": "1." + "a" * 64}, 403, "Trang đã mở quá lâu"),
        ({"la": "x"}, 400, "có ô lạ"),
        ({"ma": "ref_khong"}, 404, ""),
    ],
)
def test_without_a_name_a_reason_or_a_mark_nothing_leaves(
    desk: TestClient, press: Press, more: dict[str, str], status: int, said: str
) -> None:
    reference = kept(press, letter())
    answer = ask(desk, reference, **{"ten": BY, "ly_do": WHY, **more})
    assert (answer.status_code, taken(press, reference)) == (status, [])
    assert said in answer.text
    assert letter() not in answer.content


def test_what_was_read_on_a_page_has_no_file(desk: TestClient, press: Press) -> None:
    reference = by_machine(press)
    assert "Tải bản gốc" not in desk.get(f"/van-ban/{reference.document_id}").text
    assert ask(desk, reference, ten=BY, ly_do=WHY).status_code == 404


def test_a_file_that_is_lost_is_said_and_not_written_down_as_taken(desk: TestClient, press: Press) -> None:
    reference = kept(press, letter())
    press.bodies.path(reference.body_hash or "").unlink()
    answer = ask(desk, reference, ten=BY, ly_do=WHY)
    assert (answer.status_code, taken(press, reference)) == (404, [])
    assert "Không mở được bản gốc" in answer.text


def test_opened_by_its_address_it_leads_to_the_library(desk: TestClient) -> None:
    assert desk.get("/van-ban/tep").headers["location"] == "/van-ban"
