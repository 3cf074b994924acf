"""A story's headline: what the outlets say together, said plainly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lang.story_title import Headline, best_title

PLAIN = Headline(
    "a", "Trường Sao Mai tốc mái vì lốc, 240 học sinh an toàn", "Lốc làm tốc mái Trường Sao Mai.", original=True
)
ASKS = Headline("b", "Vì sao Trường Sao Mai tốc mái?", "Lốc làm tốc mái Trường Sao Mai, 240 học sinh an toàn.")
SHOUTS = Headline("c", "SỐC: TRƯỜNG SAO MAI TỐC MÁI VÌ LỐC", "Lốc làm tốc mái Trường Sao Mai.")
QUOTES = Headline("d", "“Chúng tôi chạy ra sân khi mái bay mất”", "Học sinh Trường Sao Mai kể.")
BESIDE = Headline("e", "Dự báo thời tiết cuối tuần có mưa giông ở nhiều nơi", "Sau vụ tốc mái, đài báo mưa.")


def test_the_plain_one_that_says_what_all_say() -> None:
    chosen = best_title([ASKS, SHOUTS, QUOTES, BESIDE, PLAIN])
    assert chosen is not None
    assert (chosen.key, chosen.title) == ("a", PLAIN.title)
    assert "của bài đầu" in chosen.why and "5 tiêu đề" in chosen.why


def test_copies_have_no_vote() -> None:
    copies = [Headline(f"r{n}", BESIDE.title, BESIDE.lead, reprint=True) for n in range(9)]
    chosen = best_title([PLAIN, ASKS, SHOUTS, *copies])
    assert chosen is not None and chosen.key == "a"


def test_one_alone_and_none() -> None:
    chosen = best_title([ASKS, Headline("r", PLAIN.title, "", reprint=True)])
    assert chosen is not None and chosen.title == ASKS.title and "duy nhất" in chosen.why
    assert best_title([]) is None
    assert best_title([Headline("x", "", "")]) is None


@given(
    st.lists(
        st.builds(Headline, st.text(max_size=3), st.text(max_size=40), st.text(max_size=40), st.booleans()), max_size=6
    )
)
def test_any_headlines_give_one_of_them(headlines: list[Headline]) -> None:
    chosen = best_title(headlines)
    assert chosen == best_title(headlines)
    assert (chosen is None) == (not any(h.title for h in headlines))
    assert chosen is None or chosen.title in {h.title for h in headlines}
