"""`haidang consent`, `haidang commended`, `haidang unmaskings`: what is recorded, what is refused, what is printed."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from typer.testing import CliRunner

from runner import commended, consents, unmaskings
from runner.cli import app
from runner.deps import Deps
from store.errors import InputError
from store.model import Judgement, JudgementKind, NewTask
from store.model_reading import Unmasking
from tests.unit.runner.conftest import NOON, Clock, Outlet

WHO = "Lê Thị Sóng"
TEXT = ("Em Hoàng Kim Ngân đoạt giải Nhất", "Em học Trường THCS Hoa Ban, Hải Phòng.", "")


def given(deps: Deps, **changes: str) -> str:
    values = {"pupil": "Hoàng Kim Ngân", "school": "THCS Hoa Ban", "document": "Số 12, tủ hồ sơ 3", "by": WHO} | changes
    return consents.add(deps, **values).id


def praised(deps: Deps, outlet: Outlet) -> str:
    article = outlet.article()
    revision = outlet.read(article, outlet.fetch(article), TEXT)
    labels = {"edu": "core", "hp": "direct", "topics": "commendation"}
    with deps.store.transaction() as tx:
        tx.add_judgements(
            [Judgement(revision.id, JudgementKind(k), "linear", "v1", v, 0.9, {}, NOON) for k, v in labels.items()]
        )
        tx.add_tasks([NewTask("judge", revision.id, "v1", NOON)], NOON)
    tasks = deps.store.claim("judge", 9, "test", NOON, 60_000)
    with deps.store.transaction() as tx:
        for task in tasks:
            tx.finish(task, "relevant", "", NOON)
    return article.id


def test_a_consent_is_recorded_listed_and_withdrawn_with_the_name_gone(deps: Deps, clock: Clock) -> None:
    name = given(deps, pupil_class="7A")
    told = "\n".join(consents.lines(deps, deps.store.consents()))
    assert "Hoàng Kim Ngân, lớp 7A, THCS Hoa Ban" in told and "Số 12, tủ hồ sơ 3" in told and WHO in told
    consents.withdraw(deps, name, WHO, "Phụ huynh gọi điện đề nghị bỏ.")
    assert consents.lines(deps, deps.store.consents()) == [consents.NONE]
    told = "\n".join(consents.lines(deps, deps.store.consents(withdrawn=True)))
    assert "(tên đã xóa)" in told and "Phụ huynh gọi điện" in told and "Ngân" not in told and "Hoa Ban" not in told
    with pytest.raises(InputError, match="trước đó"):
        consents.withdraw(deps, name, WHO, "Phụ huynh gọi điện lần nữa.")
    clock.at += 1
    given(deps)  # asked anew, it is a new row


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pupil": "Ngân"}, "họ và tên"), ({"pupil": ""}, "họ và tên"), ({"pupil": "Ngân 7A"}, "họ và tên"),
        ({"pupil": "a b " * 90}, "họ và tên"), ({"school": "Hoa Ban"}, "cấp học"), ({"school": ""}, "cấp học"),
        ({"document": " "}, "giấy đồng ý"), ({"document": "…"}, "giấy đồng ý"), ({"by": "Sóng"}, "--by"),
        ({"pupil_class": "x" * 99}, "--class"),
    ],
)  # fmt: skip
def test_what_is_no_consent_is_refused_with_what_to_write(deps: Deps, changes: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        given(deps, **changes)
    assert deps.store.consents() == []


def test_the_same_pupil_twice_is_told_and_two_at_once_are_not_one(deps: Deps, clock: Clock) -> None:
    name = given(deps)
    with pytest.raises(InputError, match=name):
        given(deps, pupil="HOÀNG KIM NGÂN", school="Trường Trung học cơ sở Hoa Ban")
    with pytest.raises(InputError, match="cùng lúc"):
        given(deps, pupil="Bùi Gia Huy")
    clock.at += 1
    given(deps, pupil="Bùi Gia Huy")
    assert len(deps.store.consents()) == 2


def test_a_reason_that_stays_must_not_name_the_pupil(deps: Deps) -> None:
    name = given(deps)
    with pytest.raises(InputError, match="đừng ghi tên"):
        consents.withdraw(deps, name, WHO, "Gia đình em Hoàng Kim Ngân đề nghị.")
    with pytest.raises(InputError, match="không có sự đồng ý"):
        consents.withdraw(deps, "cns_khong", WHO, "Gia đình đề nghị bỏ.")


def test_the_list_names_by_consent_and_takes_whole_days(deps: Deps, outlet: Outlet) -> None:
    praised(deps, outlet)
    assert "Ngân" not in "\n".join(commended.lines(commended.listed(deps)))
    given(deps)
    told = "\n".join(commended.lines(commended.listed(deps)))
    assert "Em Hoàng Kim Ngân đoạt giải Nhất" in told and "Nêu tên (đã đồng ý): Hoàng Kim Ngân, THCS Hoa Ban" in told
    day = dt.date(2026, 11, 20)
    assert len(commended.listed(deps, day, day)) == 1
    assert commended.lines(commended.listed(deps, day - dt.timedelta(9), day - dt.timedelta(1)))[0].startswith("Không")
    for first, last in ((day, day - dt.timedelta(1)), (day - dt.timedelta(500), day)):
        with pytest.raises(InputError):
            commended.listed(deps, first, last)


def test_the_log_of_unmasked_reading_is_printed_masked(deps: Deps, outlet: Outlet) -> None:
    assert unmaskings.lines(unmaskings.log(deps)) == [unmaskings.NONE]
    article = praised(deps, outlet)
    other = outlet.article("https://bencang.example/khac-1.html")
    with deps.store.transaction() as tx:
        tx.add_unmasking(Unmasking("unm_1", article, "rev_1", WHO, "Gia đình Ngân hỏi thăm.", NOON))
        tx.add_unmasking(Unmasking("unm_2", other.id, "rev_2", WHO, "Đối chiếu công văn.", NOON + 1))
    rows = unmaskings.log(deps)
    assert [r["id"] for r in rows] == ["unm_2", "unm_1"]
    assert [r["reason"] for r in unmaskings.log(deps, article)] == ["Gia đình [tên] hỏi thăm."]
    assert "20/11/2026 12:00:00" in unmaskings.lines(rows)[1] and WHO in unmaskings.lines(rows)[1]
    with pytest.raises(InputError, match="không có bài này"):
        unmaskings.log(deps, "art_khong")


def test_the_commands_speak_json(deps: Deps, outlet: Outlet) -> None:
    article = praised(deps, outlet)
    with deps.store.transaction() as tx:
        tx.add_unmasking(Unmasking("unm_1", article, "rev_1", WHO, "Đối chiếu công văn.", NOON))
    home = ["--home", str(deps.settings.home), "--json"]
    run = CliRunner()
    add = ["consent", "add", "Hoàng Kim Ngân", "--school", "THCS Hoa Ban", "--document", "Số 12", "--by", WHO]
    assert run.invoke(app, [*add, *home[:2]]).exit_code == 0
    (listed,) = json.loads(run.invoke(app, ["consent", "list", *home]).stdout)
    assert listed["pupil"] == "Hoàng Kim Ngân" and listed["purpose"] == "commendation"
    made = json.loads(run.invoke(app, ["commended", "--from", "2026-11-01", "--to", "2026-11-30", *home]).stdout)
    assert [one["article"] for one in made] == [article] and made[0]["named"] == ["Hoàng Kim Ngân, THCS Hoa Ban"]
    (row,) = json.loads(run.invoke(app, ["unmaskings", article, *home]).stdout)
    assert row["seen_by"] == WHO and row["article"] == article
    ended = run.invoke(app, ["consent", "withdraw", listed["id"], "--by", WHO, "--reason", "Gia đình đề nghị.",
                             *home[:2]])  # fmt: skip
    assert ended.exit_code == 0 and "đã xóa" in ended.stdout
    assert json.loads(run.invoke(app, ["consent", "list", *home]).stdout) == []
    shown = run.invoke(app, ["consent", "list", "--all", *home[:2]]).stdout
    assert "(tên đã xóa)" in shown
