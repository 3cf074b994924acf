"""Notices, their deliveries in bundles, and which ways of telling work."""

from __future__ import annotations

import pytest

from store.api import Store
from store.model import Delivery, DeliveryState, NewTask
from store.model_notice import Notice, Reach, ReachTry


def notice(key: str = "1", due: int = 1000, about: str = "cas_x", **more: object) -> Notice:
    values: dict[str, object] = {
        "id": Notice.make_id("alarm", about, "role:truc", key),
        "kind": "alarm",
        "about": about,
        "contact": "role:truc",
        "urgent": False,
        "subject": "Sắp đến hạn",
        "lines": ("Vụ việc sắp đến hạn.",),
        "created_at": due - 10,
        "due_at": due,
    }
    return Notice(**(values | more))  # type: ignore[arg-type]


def delivery(of: Notice, to: str = "a@so.example", at: int = 1000, **more: object) -> Delivery:
    made = Delivery.make_id(of.id, to, "email")
    values: dict[str, object] = {
        "id": made,
        "event_id": of.id,
        "recipient": to,
        "channel": "email",
        "state": DeliveryState.PENDING,
        "created_at": at,
        "message_id": f"<{made}@x>",
    }
    return Delivery(**(values | more))  # type: ignore[arg-type]


def test_a_notice_is_written_once_and_read_back_whole(store: Store) -> None:
    first = notice(urgent=True, deadline_at=5000, thread="cas_x", path="/vu-viec/cas_x", without=("school:a",))
    with store.transaction() as tx:
        assert tx.add_notices([first]) == {first.id}
    with store.transaction() as tx:
        assert tx.add_notices([notice(subject="Lời khác"), notice("2")]) == {notice("2").id}
    assert store.notices([first.id, "ntc_none"]) == {first.id: first}
    assert [n.id for n in store.notices_about("cas_x")] == sorted([first.id, notice("2").id])


def test_a_notice_without_a_task_is_found_when_it_is_due(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_notices([notice("1", 1000), notice("2", 900), notice("3", 2000), notice("4", 800)])
        tx.add_tasks([NewTask("notify", notice("4", 800).id, "1", 0)], 1)
    assert [n.due_at for n in store.untold_notices(1000, 10)] == [900, 1000]
    assert len(store.untold_notices(9000, 2)) == 2


def test_deliveries_of_notices_keep_what_is_new_about_them(store: Store) -> None:
    carrier = delivery(notice("1"), urgent=True, deadline_at=9, contact="role:truc")
    carried = delivery(notice("2"), at=1001, state=DeliveryState.BUNDLED, bundled_into=carrier.id)
    with store.transaction() as tx:
        tx.add_deliveries([carrier, carried])
        tx.note_receipt(carrier.id, "250 queued as 7")
    assert store.bundled_in([carrier.id]) == {carrier.id: [carried]}
    got = store.delivery(carrier.id)
    assert got is not None
    assert (got.urgent, got.deadline_at, got.contact, got.receipt) == (True, 9, "role:truc", "250 queued as 7")
    assert store.deliveries_of([notice("1").id, "ntc_none"]) == {notice("1").id: [got]}
    assert store.deliveries_to(["a@so.example"], 1000) == [got], "what lies in a bundle is no message of its own"
    assert store.deliveries_to(["a@so.example"], 1001) == []


def test_out_of_its_bundle_a_delivery_is_pending_by_itself(store: Store) -> None:
    carried = delivery(notice(), state=DeliveryState.BUNDLED, bundled_into="del_gone")
    with store.transaction() as tx:
        tx.add_deliveries([carried])
        assert tx.unbundle(carried.id, 77)
        assert not tx.unbundle(carried.id, 78)
    again = store.delivery(carried.id)
    assert again is not None
    assert (again.state, again.bundled_into, again.next_try_at) == (DeliveryState.PENDING, "", 77)


@pytest.mark.parametrize(
    ("tries", "expected"),
    [
        ([(1, "")], Reach("a", "sms", 1)),
        ([(1, ""), (2, "x"), (3, "y")], Reach("a", "sms", 1, 3, 2, "y")),
        ([(1, ""), (2, "x"), (3, "")], Reach("a", "sms", 3, 2)),
        ([(2, "x"), (3, ""), (4, "z")], Reach("a", "sms", 3, 4, 4, "z")),
    ],
)
def test_unreachable_since_is_the_first_failure_after_the_last_success(
    store: Store, tries: list[tuple[int, str]], expected: Reach
) -> None:
    with store.transaction() as tx:
        tx.note_reach([ReachTry("a", "sms", at, error) for at, error in tries])
    assert store.reaches() == [expected]
