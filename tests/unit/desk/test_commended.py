"""The commendation list: who is praised in Hải Phòng, named only by a consent that is in force."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from alerts.commended import commended
from store.model import Article, Relation
from store.model_reading import Consent, Purpose
from tests.unit.desk.conftest import NOW, Press
from tests.unit.desk.pages import tree, words

GIVEN = Consent("cns_1", Purpose.COMMENDATION, "Hoàng Kim Ngân", "7A", "THCS Hoa Ban", "Số 12", "Lê Thị Sóng", 5)
TITLE = "Em Hoàng Kim Ngân đoạt giải Nhất thành phố"
LEAD = "Em Ngân học lớp 7A Trường Trung học cơ sở Hoa Ban. Cùng đoạt giải có em Bùi Gia Huy."
PRAISE = {"topics": "commendation,exams"}


def consent(press: Press, **changes: str) -> None:
    with press.store.transaction() as tx:
        tx.add_consent(replace(GIVEN, **changes))


def praised(press: Press, **more: str) -> Article:
    return press.article(TITLE, LEAD, "Danh sách: Hoàng Kim Ngân, Bùi Gia Huy.", **(PRAISE | more))


def shown(desk: TestClient) -> list[str]:
    return [words(li) for li in tree(desk, "/guong-tot").cssselect("main li")]


def test_without_consent_nobody_is_named(press: Press, desk: TestClient) -> None:
    praised(press)
    (line,) = shown(desk)
    assert line.startswith("Em [tên] đoạt giải Nhất thành phố")
    assert not any(name in desk.get("/guong-tot").text for name in ("Ngân", "Huy", "7A"))


def test_consent_names_that_pupil_there_and_nowhere_else(press: Press, desk: TestClient) -> None:
    article = praised(press)
    consent(press)
    (line,) = shown(desk)
    assert line.startswith(TITLE) and "Nêu tên (đã đồng ý): Hoàng Kim Ngân, 7A, THCS Hoa Ban" in line
    assert "Huy" not in line and "lớp 7A" not in line
    press.issue()
    for address in ("/", "/tin-bai", f"/tin-bai/{article.id}", "/tin-bai?q=giai"):
        assert "Kim Ngân" not in desk.get(address).text, address


def test_a_consent_that_is_withdrawn_masks_the_name_at_once(press: Press, desk: TestClient) -> None:
    praised(press)
    consent(press)
    assert "Kim Ngân" in desk.get("/guong-tot").text
    with press.store.transaction() as tx:
        tx.withdraw_consent("cns_1", "Lê Thị Sóng", "Phụ huynh đề nghị bỏ.", NOW)
    assert "Ngân" not in desk.get("/guong-tot").text


@pytest.mark.parametrize("school", ["THPT Hoa Ban", "THCS Hoa Phượng"])
def test_the_same_name_at_another_school_is_another_child(press: Press, desk: TestClient, school: str) -> None:
    praised(press)
    consent(press, school=school)
    assert "Ngân" not in desk.get("/guong-tot").text


def test_told_of_as_hurt_a_pupil_with_consent_is_masked_all_the_same(press: Press, desk: TestClient) -> None:
    press.article("Em Hoàng Kim Ngân bị bạn đánh", "Em học Trường THCS Hoa Ban.", **PRAISE)
    consent(press)
    (line,) = shown(desk)
    assert line.startswith("Em [tên] bị bạn đánh") and "Nêu tên" not in line


def test_only_praise_of_our_own_city_is_listed_newest_first_and_copies_are_counted_apart(
    press: Press, desk: TestClient
) -> None:
    press.article("Thầy giáo được tặng bằng khen", story="a", **PRAISE)
    press.article(
        "Thầy giáo được tặng bằng khen", outlet="Báo Sóng Xanh", story="a", relation=Relation.REPRINT, **PRAISE
    )
    press.article("Học sinh tỉnh bạn đoạt giải", hp="none", **PRAISE)
    press.article("Thu học phí", topics="fees")
    press.article("Trường được cờ thi đua", outcome="to_review", **PRAISE)
    lines = shown(desk)
    assert [line.split(" Báo")[0] for line in lines] == ["Trường được cờ thi đua", "Thầy giáo được tặng bằng khen"]
    assert "cần xem lại" in lines[0] and "cần xem lại" not in lines[1]
    assert "Báo Cảng Biển, Báo Sóng Xanh" in lines[1] and "1 bài, 1 bài đăng lại" in lines[1]


def test_the_window_is_of_whole_local_days(press: Press, desk: TestClient) -> None:
    praised(press)
    assert "Không có tin khen thưởng" in desk.get("/guong-tot?tu=2026-10-01&den=2026-10-31").text
    assert "đoạt giải" in desk.get("/guong-tot?tu=2026-11-19&den=2026-11-19").text
    for bad in ("tu=x", "den=2026-13-01", "tu=2026-11-20&den=2026-11-01", "tu=2020-01-01&den=2026-01-01",
                "tu=0001-01-01", "den=9999-12-31", "tu=20261119"):  # fmt: skip
        assert desk.get(f"/guong-tot?{bad}").status_code == 400, bad


def test_an_accused_adult_is_masked_here_too(press: Press) -> None:
    press.article("Học sinh được khen vì giúp bắt trộm", "Công an bắt Trịnh Văn Gạo.", **PRAISE)
    (one,) = commended(press.store, 0, NOW)
    assert "Gạo" not in f"{one.title} {one.summary}"
