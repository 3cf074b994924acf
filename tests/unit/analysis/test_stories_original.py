"""Who wrote first: an aggregator seen early, an original found late, a person who said so; and reprints of bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.stories import Grouped, Grouper, GroupItem
from store.model import Membership, Story

HOUR = 3_600_000
START = 1_770_000_000_000
BODY = "\n".join(
    f"Đoạn {n}: nhà trường cho biết dãy phòng học số {n} đã lợp lại mái tôn sau cơn lốc chiều thứ {n % 5 + 2}, "
    f"phụ huynh tổ {n * 3} góp công, thầy cô khối {n % 4 + 1} dọn sách vở về thư viện phường Gò Bồi."
    for n in range(14)
)
GROUPER = Grouper.load()


def article(name: str, hour: float, *, published: float | None = None, **more: object) -> GroupItem:
    item = GroupItem(
        name,
        "Trường tiểu học Sao Mai lợp lại mười bốn phòng học sau cơn lốc",
        "Mười bốn phòng học của Trường tiểu học Sao Mai ở phường Gò Bồi đã lợp lại mái sau cơn lốc chiều 12/5.",
        BODY,
        f"Báo {name}",
        f"https://{name}.example/bai",
        int(START + hour * HOUR),
        published_at=None if published is None else int(START + published * HOUR),
    )
    return replace(item, **more)


class Rows:
    """The store as the runner uses it: memberships in force, the newest row of the machine's first."""

    def __init__(self) -> None:
        self.items: dict[str, GroupItem] = {}
        self.keys: dict[int, list[str]] = {}
        self.all: list[Membership] = []

    def in_force(self) -> dict[str, Membership]:
        order = sorted(self.all, key=lambda m: (m.decided_by != "machine", m.decided_at, m.version))
        return {m.article_id: m for m in order}

    def add(self, *items: GroupItem, now: int = START) -> dict[str, Grouped]:
        keys = [GROUPER.keys(item) for item in items]
        found = {key: self.keys.get(key, [])[::-1] for own in keys for key in own}
        out = GROUPER.group(items, keys, found, self.items, self.in_force(), now)
        for item, grouped in zip(items, out, strict=True):
            self.items[item.article_id] = item
            self.all += [grouped.membership, *grouped.corrections]
            for row in grouped.keys:
                self.keys.setdefault(row.key, []).append(row.article_id)
        return {grouped.article_id: grouped for grouped in out}

    def relations(self) -> dict[str, tuple[str, str | None]]:
        return {name: (str(m.relation), m.of_article_id) for name, m in sorted(self.in_force().items())}


def one_by_one_and_together(items: Sequence[GroupItem]) -> dict[str, tuple[str, str | None]]:
    together, apart = Rows(), Rows()
    together.add(*items)
    for item in items:
        apart.add(item)
    assert together.relations() == apart.relations()
    return together.relations()


def test_an_original_found_after_the_aggregator_takes_its_place() -> None:
    rows = Rows()
    rows.add(article("gom", 0, aggregator=True))
    before = rows.in_force()["gom"]
    rows.add(article("goc", 1))
    assert rows.relations() == {"goc": ("original", None), "gom": ("reprint", "goc")}
    assert before in rows.all  # the row that a digest may have frozen is still there
    assert rows.in_force()["gom"].story_id == rows.in_force()["goc"].story_id == Story.make_id("gom")


def test_an_aggregator_seen_later_changes_nothing() -> None:
    assert one_by_one_and_together([article("goc", 0), article("gom", 1, aggregator=True, published=-3)]) == {
        "goc": ("original", None),
        "gom": ("reprint", "goc"),
    }


def test_the_one_published_earlier_is_the_original_however_late_it_was_seen() -> None:
    items = [article("nhanh", 0, published=-1), article("cham", 2, published=-4)]
    assert one_by_one_and_together(items) == {"cham": ("original", None), "nhanh": ("reprint", "cham")}


def test_minutes_apart_nobody_was_first() -> None:
    items = [article("a", 0, published=-1), article("b", 2, published=-1.05)]
    assert one_by_one_and_together(items)["b"] == ("reprint", "a")


def test_an_hour_that_is_not_known_or_not_of_this_month_decides_nothing() -> None:
    assert one_by_one_and_together([article("a", 0), article("b", 2, published=-9)])["b"] == ("reprint", "a")
    old = one_by_one_and_together([article("a", 0, published=-1), article("b", 2, published=-24 * 90)])
    assert old["b"] == ("reprint", "a")


def test_earlier_reprints_are_told_of_the_new_original_and_it_of_a_still_earlier_one() -> None:
    items = [
        article("a", 0, published=-1),
        article("b", 1, published=0),
        article("c", 2, published=-5),
        article("d", 3, published=-9),
    ]
    assert one_by_one_and_together(items) == {
        "a": ("reprint", "d"),
        "b": ("reprint", "d"),
        "c": ("reprint", "d"),
        "d": ("original", None),
    }


def test_what_a_person_said_of_the_first_stays() -> None:
    rows = Rows()
    rows.add(article("gom", 0, aggregator=True))
    rows.all.append(replace(rows.all[0], decided_by="Đoàn Thị Sóng", version="split-1"))
    rows.add(article("goc", 1))
    assert rows.relations() == {"goc": ("reprint", "gom"), "gom": ("original", None)}


def test_a_renamed_page_of_one_outlet_is_no_new_original() -> None:
    items = [article("a", 0, published=-1), article("b", 2, published=-5, outlet="Báo a")]
    assert one_by_one_and_together(items)["b"] == ("reprint", "a")


def test_grouping_again_under_new_rules_keeps_who_was_first() -> None:
    rows = Rows()
    items = [article("gom", 0, aggregator=True), article("goc", 1)]
    for item in items:
        rows.add(item)
    told = rows.relations()
    for item in items:
        rows.add(item, now=START + 1)
    assert rows.relations() == told


def test_two_outlets_own_words_under_one_lead_are_no_reprint() -> None:
    other = "\n".join(
        f"Tổ trưởng dân phố số {n} kể rằng đêm ấy gió giật, cây phượng trước cổng đổ ngang đường {n * 11}, "
        f"đội xung kích mang cưa máy đến dọn xong trước giờ học thứ {n % 6 + 1} của các em."
        for n in range(14)
    )
    rows = Rows()
    rows.add(article("a", 0))
    rows.add(article("b", 1, title="Dãy phòng học tốc mái ở Gò Bồi đã lành lặn", body=other))
    assert rows.relations()["b"] == ("follow_up", "a")


def test_a_persons_place_of_an_article_is_followed_when_it_is_grouped_again() -> None:
    rows = Rows()
    rows.add(article("a", 0))
    person = replace(rows.all[0], story_id="sto_khac", decided_by="Đoàn Thị Sóng", version="split-1")
    rows.all.append(person)
    done = rows.add(article("a", 0), article("b", 1), now=START + 1)
    assert rows.in_force()["a"] == person
    assert done["b"].membership.story_id == "sto_khac"
