"""Who saw a text unmasked, and whose consent is in force: what is written stays, what is withdrawn names nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.api import Store
from store.model_reading import Consent, Purpose, Unmasking

SEEN = Unmasking("unm_1", "art_1", "rev_1", "Đỗ Thị Trực", "Đối chiếu với công văn của trường.", 5000)
GIVEN = Consent("cns_1", Purpose.COMMENDATION, "Hoàng Kim Ngân", "7A", "THCS Hoa Ban", "Số 12, tủ hồ sơ 3",
                "Lê Thị Sóng", 5000)  # fmt: skip


def test_a_look_at_the_original_is_written_once_and_listed_newest_first(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.add_unmasking(SEEN)
        assert not tx.add_unmasking(replace(SEEN, seen_by="Trần Văn Bến"))
        assert tx.add_unmasking(replace(SEEN, id="unm_2", at=6000))
        assert tx.add_unmasking(replace(SEEN, id="unm_3", article_id="art_2", at=5500))
    assert [row.id for row in store.unmaskings()] == ["unm_2", "unm_3", "unm_1"]
    assert store.unmaskings("art_1") == [replace(SEEN, id="unm_2", at=6000), SEEN]
    assert [row.id for row in store.unmaskings(limit=1)] == ["unm_2"]
    assert store.unmaskings("art_9") == []


def test_the_id_is_that_of_the_form_so_that_each_shows_the_text_once() -> None:
    assert Unmasking.make_id("rev_1", "a") == Unmasking.make_id("rev_1", "a")
    assert len({Unmasking.make_id("rev_1", "a"), Unmasking.make_id("rev_1", "b"), Unmasking.make_id("rev_2", "a")}) == 3


def test_a_consent_is_in_force_until_it_is_withdrawn_and_then_names_nobody(store: Store) -> None:
    later = replace(GIVEN, id="cns_2", pupil="Bùi Gia Huy", at=6000)
    with store.transaction() as tx:
        assert tx.add_consent(GIVEN) and tx.add_consent(later)
        assert not tx.add_consent(replace(GIVEN, pupil="Người khác"))
    assert store.consents() == [GIVEN, later] == store.consents(Purpose.COMMENDATION)
    assert store.consent("cns_1") == GIVEN and store.consent("cns_9") is None
    with store.transaction() as tx:
        assert tx.withdraw_consent("cns_1", "Lê Thị Sóng", "Phụ huynh đề nghị bỏ.", 7000)
        assert not tx.withdraw_consent("cns_1", "Trần Văn Bến", "lần nữa", 8000)
        assert not tx.withdraw_consent("cns_9", "Trần Văn Bến", "không có", 8000)
    assert store.consents() == [later]
    ended = store.consents(withdrawn=True)[0]
    assert ended == replace(
        GIVEN, pupil="", pupil_class="", school="", withdrawn_by="Lê Thị Sóng",
        withdrawn_reason="Phụ huynh đề nghị bỏ.", withdrawn_at=7000,
    )  # fmt: skip
    assert "Ngân" not in str(list(store.export("consent")))


def test_the_id_of_a_consent_is_not_made_of_the_name() -> None:
    first = Consent.make_id(Purpose.COMMENDATION, "Số 12", "Lê Thị Sóng", 1)
    assert first == Consent.make_id(Purpose.COMMENDATION, "Số 12", "Lê Thị Sóng", 1)
    assert first != Consent.make_id(Purpose.COMMENDATION, "Số 12", "Lê Thị Sóng", 2)


def test_what_is_not_committed_was_not_seen(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction() as tx:
        tx.add_unmasking(SEEN)
        raise RuntimeError("power cut")
    assert store.unmaskings() == []
