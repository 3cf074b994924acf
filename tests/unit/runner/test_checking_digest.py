"""The digest's block on what is to be checked: counts with links, no sentence of an article, and silence for none."""

from __future__ import annotations

import datetime as dt
import re

from alerts.candidates import sheet
from runner.digests import digest_task, due_at
from runner.run import Runner
from runner.stages import DIGEST
from store.model import Digest
from tests.unit.runner.checking_town import WRONG, Town, town
from tests.unit.runner.test_checking import COMPLAINT

__all__ = ["town"]  # the fixture, used by name

DAY = dt.date(2026, 11, 21)


def issue(town: Town) -> tuple[str, str]:
    due = due_at(town.deps, DAY)
    town.clock.at = due
    with town.deps.store.transaction() as tx:
        tx.add_tasks([digest_task(DAY, due)], due)
    Runner(town.deps).drain([DIGEST])
    digest = town.deps.store.digest(Digest.make_id("daily", DAY.isoformat()))
    assert digest is not None
    return town.deps.bodies.get(digest.files["html"]).decode(), town.deps.bodies.get(digest.files["text"]).decode()


def test_counts_lead_to_the_items_and_no_claim_is_repeated(town: Town) -> None:
    town.fact()
    town.text(WRONG)
    town.text(COMPLAINT, "chophien", hours=1)
    town.work()
    (found,), (concern,) = town.candidates(), town.concerns()
    html, text = issue(town)
    assert "Cần đối chiếu: 1 mục đang chờ, 1 mới trong kỳ" in html and f"/can-doi-chieu/{sheet(found).id}" in html
    assert "Phản ánh cần xác minh: 1 đang chờ xem, 1 mới trong kỳ" in html
    assert f"/phan-anh/{concern.concern.id}" in html and "khoản thu, Phường Lê Chân" in html
    assert "ĐỐI CHIẾU, XÁC MINH" in text and "/can-doi-chieu" in text
    block = html[html.index('id="doi-chieu"') :].partition("<h2 ")[0]
    assert "nguyện vọng" not in block and "500.000" not in block
    assert not re.search(r"tin giả|sai sự thật|\bsai\b|\bgiả\b", block)


def test_without_any_there_is_no_block(town: Town) -> None:
    town.text(WRONG)
    town.work()
    html, text = issue(town)
    assert 'id="doi-chieu"' not in html and "XÁC MINH" not in text
