"""How long an answer asks to be left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.hints import LONGEST_MS, of_feed, of_headers

MINUTE = 60_000


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({}, 0),
        ({"cache-control": "max-age=600"}, 10),
        ({"cache-control": "public, max-age=600"}, 10),
        ({"cache-control": "max-age=600", "age": "120"}, 8),
        ({"cache-control": "max-age=60", "age": "120"}, 0),
        ({"cache-control": 'max-age="300"'}, 5),
        ({"cache-control": "s-maxage=120, max-age=600"}, 2),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "max-age=banana"}, 0),
        ({"cache-control": "max-age=-5"}, 0),
        ({"expires": "Fri, 20 Nov 2026 08:30:00 GMT", "date": "Fri, 20 Nov 2026 08:00:00 GMT"}, 30),
        ({"expires": "Fri, 20 Nov 2026 07:00:00 GMT", "date": "Fri, 20 Nov 2026 08:00:00 GMT"}, 0),
        ({"expires": "0", "date": "Fri, 20 Nov 2026 08:00:00 GMT"}, 0),
        ({"expires": "Fri, 20 Nov 2026 08:30:00 GMT"}, 0),
    ],
)
def test_freshness_of_an_answer(headers: dict[str, str], minutes: int) -> None:
    assert of_headers(headers) == minutes * MINUTE


@pytest.mark.parametrize(
    ("head", "minutes"),
    [
        (b"<rss><channel><ttl>15</ttl>", 15),
        (b"<rss><channel><TTL> 5 </TTL>", 5),
        (b"<sy:updatePeriod>hourly</sy:updatePeriod>", 60),
        (b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        (b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 24 * 60),
        (b"<ttl>soon</ttl>", 0),
        (b"x" * 20_000 + b"<ttl>15</ttl>", 0),
        (b"", 0),
    ],
)
def test_the_rhythm_that_a_feed_names_of_itself(head: bytes, minutes: int) -> None:
    assert of_feed(head) == minutes * MINUTE


@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "date", "age"]), st.text(max_size=60)), st.binary())
def test_nothing_that_a_host_says_breaks_it_or_grows_beyond_a_month(headers: dict[str, str], body: bytes) -> None:
    assert 0 <= of_headers(headers) <= LONGEST_MS
    assert 0 <= of_feed(body) <= LONGEST_MS
