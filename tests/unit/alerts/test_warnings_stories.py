"""A local story that goes further, a story that calls for an answer; and what is never said of either."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from alerts import warning_words
from alerts.warnings import About, chosen, notices, of_criticism, of_wider, subscribers
from alerts.warnings_stories import Member, criticism, step_of, wider
from config.contacts import Address, Contact, load_contacts
from config.subscriptions import CriticismRules, Subscription, Watch, WiderRules, load_watch

HOUR = 3_600_000
NOW = 1_795_150_800_000
ABOUT = About("sto_1", "Bếp ăn Trường Sao Biển", frozenset({"baoluc"}), frozenset({"11413"}))
TZ = "Asia/Ho_Chi_Minh"


def member(
    hours: float, where: str = "local", *, reprint: bool = False, critical: bool = False, outlet: str = "Bến Cảng"
) -> Member:
    """Seen so many hours ago."""
    return Member(f"art_{hours}_{where}", NOW - int(hours * HOUR), outlet, where, reprint, critical)


def levels(*members: Member, lead: int = 60) -> list[str]:
    return [w.level for w in wider(members, WiderRules(lead_minutes=lead), NOW)]


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ([member(9)], []),
        ([member(9), member(1, "national")], ["national"]),
        ([member(9), member(5), member(1, "foreign")], ["foreign"]),
        ([member(9), member(3, "national"), member(1, "foreign")], ["national", "foreign"]),
        ([member(9), member(1, "national", reprint=True)], ["national"]),  # a copy spreads it too
        ([member(9, "national"), member(1)], []),  # it was never local
        ([member(9, "national"), member(8), member(1, "foreign")], []),
        ([member(1.5), member(1, "national")], []),  # at the same time
        ([member(90), member(30, "national")], []),  # of yesterday: told then, or too late
        ([member(90), member(30, "national"), member(2, "national")], []),  # not the first
        ([member(9), member(1, "official")], []),
        ([member(9), member(1, "social")], []),
        ([member(9), member(1, "")], []),  # nobody knows what it is
        ([member(1, "national")], []),
        ([], []),
    ],
)
def test_the_first_national_or_foreign_outlet_on_a_story_of_local_ones(members: list[Member], told: list[str]) -> None:
    assert levels(*members) == told


def test_why_now_tells_who_and_when_and_how_many_had_it_before() -> None:
    members = [member(9), member(5), member(1, "national", outlet="Đất Việt Mới")]
    (one,) = wider(members, WiderRules(), NOW)
    warning = of_wider(one, ABOUT, NOW, TZ).warning
    assert "Đất Việt Mới" in warning.why[0] and "2 bài" in warning.why[0]
    assert warning.title == "Báo trung ương đầu tiên: Bếp ăn Trường Sao Biển"
    assert warning.items == tuple(f"article:{m.article_id}" for m in (members[2], members[0], members[1]))


def crit(*members: Member, least: int = 3, share: float = 0.5) -> int:
    one = criticism(members, CriticismRules(least=least, share=share), NOW)
    return one.step if one else 0


GROWING = [member(30 - n, critical=True) for n in (0, 10, 20)]


@pytest.mark.parametrize(
    ("members", "step"),
    [
        (GROWING, 1),
        (GROWING[:2], 0),  # too few
        ([replace(m, reprint=True) for m in GROWING], 0),  # copies are not more criticism
        ([replace(m, at=m.at - 30 * HOUR) for m in GROWING], 0),  # none since yesterday
        ([*GROWING, *(member(n + 0.5) for n in range(4))], 0),  # most of them do not criticise
        ([*GROWING, *(replace(m, article_id=m.article_id + "b") for m in GROWING)], 2),
        ([replace(m, where="official") for m in GROWING], 0),
        ([replace(m, where="person") for m in GROWING], 0),
        ([], 0),
    ],
)
def test_growing_criticism_is_counted_in_articles_of_their_own(members: list[Member], step: int) -> None:
    assert crit(*members) == step


def test_it_is_told_again_when_it_has_doubled() -> None:
    assert [step_of(n, 3) for n in (2, 3, 5, 6, 11, 12, 24)] == [0, 1, 1, 2, 2, 3, 4]


def found_criticism() -> object:
    one = criticism(GROWING, CriticismRules(), NOW)
    assert one is not None
    return of_criticism(one, ABOUT, NOW)


def test_it_says_that_an_answer_is_needed_and_nothing_of_who_wrote_or_of_what_is_so() -> None:
    """Promises 1 and 2: no outlet beside a stance, no word on truth, no candidate."""
    warning = found_criticism().warning  # type: ignore[attr-defined]
    said = "\n".join([warning.title, *warning.why])
    assert said.startswith("Cần trả lời: ") and "3 bài riêng, 3 bài có ý kiến phê bình; 24 giờ trước là 1" in said
    assert "Bến Cảng" not in said and "báo" not in re.sub("Bếp ăn.*", "", said).lower()
    assert not any(key in warning.figures for key in ("outlet", "outlets", "sources"))
    outlets = {name: v for name, v in vars(warning_words).items() if isinstance(v, str) and "{outlet}" in v}
    stances = {
        name for name, v in vars(warning_words).items() if isinstance(v, str) and re.search("phê bình|bất lợi", v)
    }
    assert outlets and stances and not outlets.keys() & stances
    everything = " ".join(str(v) for v in vars(warning_words).values())
    assert not re.search("tin giả|sai sự thật|tin sai|xuyên tạc|bịa đặt", everything)


def test_it_goes_to_the_press_officer_alone_whatever_a_subscription_says() -> None:
    contacts, _ = load_contacts()
    watch, _ = load_watch(contacts)
    one = found_criticism()
    assert subscribers(one, watch) == ("role:bao_chi",)  # type: ignore[arg-type]
    slipped = Subscription.model_construct(
        contact="role:chanh_van_phong", kinds=("criticism",), themes=(), places=(), enabled=True
    )
    other = Watch.model_construct(subscriptions={"x1": slipped}, rules=watch.rules, seasons={})
    assert chosen([one], other) == []  # type: ignore[list-item]
    (told,) = chosen([one], watch)  # type: ignore[list-item]
    known = {**contacts, "role:van_phong": Contact("role:van_phong", "Trực ban", (Address("email", "a@b.example"),))}
    (notice,) = notices(told, known, NOW)
    assert (notice.contact, notice.urgent) == ("role:bao_chi", False)
    assert {"role:chanh_van_phong", "role:van_phong"} <= set(notice.without)


def test_themes_and_places_choose_who_is_told_and_nobody_is_told_what_nobody_asked_for() -> None:
    (one,) = wider([member(9), member(1, "national")], WiderRules(), NOW)
    found = of_wider(one, ABOUT, NOW, TZ)

    def told(**more: object) -> tuple[str, ...]:
        given = Subscription.model_validate({"contact": "role:truc", "kinds": ("wider",), **more})
        return subscribers(found, Watch(subscriptions={"a1": given}))

    assert told() == ("role:truc",)
    assert told(themes=("baoluc",), places=("11413",)) == ("role:truc",)
    assert told(themes=("lamthu",)) == told(places=("11414",)) == told(kinds=("rise",)) == told(enabled=False) == ()
    assert chosen([found], Watch()) == []


def test_a_notice_is_the_same_notice_however_often_it_is_made() -> None:
    contacts, _ = load_contacts()
    twice = {
        "a1": Subscription(contact="role:truc", kinds=("wider",)),
        "b1": Subscription(contact="role:truc", kinds=("wider",), themes=("baoluc",)),
    }
    watch = Watch(subscriptions=twice)
    made = []
    for _ in range(2):
        (one,) = wider([member(9), member(1, "national")], WiderRules(), NOW)
        (told,) = chosen([of_wider(one, ABOUT, NOW, TZ)], watch)
        made.append(notices(told, contacts, NOW))
    assert made[0] == made[1] and len(made[0]) == 1
    assert made[0][0].path == f"/canh-bao-som/{told.warning.id}" and "?" not in made[0][0].path
