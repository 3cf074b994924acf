"""The Graph API as documented: posts of our own page, refusals, allowances, and a token that leaves no trace."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from crawler.channels import scrub
from crawler.channels.facebook import KIND
from store.model import FetchKind, FetchOutcome

NOON = 1_795_150_800_000
HOUR = 3_600_000
PAGE = "https://www.facebook.com/100064000000001"
API = "https://graph.facebook.com/v23.0/100064000000001/posts"
TOKEN = "EAAGm0PX4ZCpsBAKhoaGiaCuaSoGiaoDuc123"


def post(number: int, message: Any, at: str = "2026-11-20T03:00:00+0000", **more: Any) -> dict[str, Any]:
    full = f"100064000000001_{number}"
    link = f"https://www.facebook.com/100064000000001/posts/{number}"
    return {"id": full, "message": message, "created_time": at, "permalink_url": link, **more}


def page(*posts: Any, after: Any = None) -> bytes:
    told: dict[str, Any] = {"data": list(posts)}
    if after is not None:
        told["paging"] = {
            "cursors": {"before": "QVFIbefore", "after": after},
            "next": f"https://graph.facebook.com/v23.0/1/posts?access_token={TOKEN}&limit=50&after={after}",
        }
    return json.dumps(told).encode()


def error(code: int, subcode: int | None = None, message: str = "no") -> bytes:
    told = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbC"}
    return json.dumps({"error": told | ({"error_subcode": subcode} if subcode else {})}).encode()


def read(body: bytes) -> Any:
    return KIND.read(body, "application/json", API, NOON, None)


# ── asking and pages ────────────────────────────────────────────────────────────────────────────────


def test_posts_are_asked_with_the_token_in_a_header(row: Any, settings: Any, key_file: Any) -> None:
    ask = KIND.ask(row(PAGE, FetchKind.FACEBOOK), settings(facebook_token_file=key_file(TOKEN)))
    assert ask.url == f"{API}?fields=id,message,created_time,updated_time,permalink_url&limit=50"
    assert ask.headers["Authorization"] == f"Bearer {TOKEN}"
    assert ask.official
    for unwanted in ("comments", "reactions", "from", "likes", TOKEN):
        assert unwanted not in ask.url
    assert "facebook_token_file" in KIND.missing(settings())


def test_only_the_cursor_is_taken_from_the_next_page_never_its_address(row: Any, fetched: Any, settings: Any) -> None:
    state = row(PAGE, FetchKind.FACEBOOK, last_ok_at=NOON - 6 * HOUR)
    new = page(post(1, "Một"), after="QVFIafter==")
    for body in (new, KIND.clean(new)):  # the stored body has lost the addresses
        after = KIND.remember(state, fetched(API, FetchKind.FACEBOOK), body)
        assert after.cursor == f"{NOON - 6 * HOUR}:QVFIafter=="
        assert TOKEN not in repr(after)
        ask = KIND.ask(replace(after, pages=1), settings())
        assert ask.url.endswith("&after=QVFIafter%3D%3D")
    old = page(post(1, "Cũ", "2026-11-10T03:00:00+0000"), after="QVFIafter")
    assert KIND.remember(state, fetched(API, FetchKind.FACEBOOK), old).cursor is None
    last = json.dumps({"data": [post(1, "Một")], "paging": {"cursors": {"after": "QVFIafter"}}}).encode()
    assert KIND.remember(state, fetched(API, FetchKind.FACEBOOK), last).cursor is None


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_post_has_its_first_line_as_headline_and_no_names() -> None:
    message = "Sở thông báo lịch nghỉ Tết\n\nHọc sinh nghỉ từ 25 tháng Chạp."
    more = {
        "from": {"name": "Nguyễn Văn Ẩn", "id": "1"},
        "comments": {"data": [{"message": "bình luận của phụ huynh"}]},
        "reactions": {"summary": {"total_count": 5}},
    }
    (entry,) = read(page(post(7, message, **more))).entries
    assert (entry.title, entry.summary) == ("Sở thông báo lịch nghỉ Tết", "Học sinh nghỉ từ 25 tháng Chạp.")
    assert entry.url == "https://www.facebook.com/100064000000001/posts/7"
    assert entry.published is not None
    assert (entry.published.at, entry.published.source) == (NOON - 2 * HOUR, "facebook")
    assert "Văn Ẩn" not in repr(entry)
    assert "bình luận" not in repr(entry)


def test_a_long_first_line_is_cut_at_a_word_and_kept_whole_in_the_text() -> None:
    message = "Trường học vùng cảng " * 20
    (entry,) = read(page(post(7, message))).entries
    assert len(entry.title) <= 151
    assert entry.title.endswith("…")
    assert entry.summary == message.strip()


def test_posts_that_say_nothing_are_named() -> None:
    found = read(page(post(1, None), post(2, "  \n "), post(3, 5), "rác", {"id": "1_4"}, post(5, "Có chữ")))
    assert [e.title for e in found.entries] == ["Có chữ"]
    assert [f.code for f in found.faults] == ["no_text"] * 5


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "https://evil.example/x", "https://facebook.com.evil.example/x", "http://www.facebook.com/x",
     "https://fаcebook.com/x", 5],
)  # fmt: skip
def test_an_address_that_is_not_facebooks_is_replaced_by_the_posts_own(link: Any) -> None:
    found = read(page(post(9, "Tin", permalink_url=link)))
    assert found.entries[0].url == "https://www.facebook.com/100064000000001_9"
    assert found.faults[0].code == "foreign_link"


# ── refusals and allowances ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "code", "outcome", "words"),
    [
        (400, 4, FetchOutcome.TOO_MANY, "quá hạn mức"),
        (403, 4, FetchOutcome.TOO_MANY, "quá hạn mức"),
        (400, 17, FetchOutcome.TOO_MANY, "quá hạn mức"),
        (400, 32, FetchOutcome.TOO_MANY, "quá hạn mức"),
        (400, 613, FetchOutcome.TOO_MANY, "quá nhanh"),
        (400, 80001, FetchOutcome.TOO_MANY, "quá hạn mức"),
        (400, 190, FetchOutcome.HTTP_ERROR, "tạo token mới"),
        (401, 190, FetchOutcome.HTTP_ERROR, "facebook_token_file"),
        (403, 10, FetchOutcome.HTTP_ERROR, "pages_read_engagement"),
        (403, 200, FetchOutcome.HTTP_ERROR, "pages_read_engagement"),
        (403, 299, FetchOutcome.HTTP_ERROR, "pages_read_engagement"),
        (400, 100, FetchOutcome.HTTP_ERROR, "xem lại số của trang"),
        (400, 803, FetchOutcome.GONE, "không có trang"),
        (500, 1, FetchOutcome.HTTP_ERROR, "trục trặc"),
        (500, 2, FetchOutcome.HTTP_ERROR, "trục trặc"),
        (400, 99_999, FetchOutcome.HTTP_ERROR, "99999"),
        (200, 190, FetchOutcome.HTTP_ERROR, "tạo token mới"),
    ],
)
def test_what_an_error_code_means(status: int, code: int, outcome: FetchOutcome, words: str) -> None:
    verdict = KIND.verdict(status, {}, error(code, 463, f"Malformed access token {TOKEN}"))
    assert verdict is not None
    assert verdict.outcome is outcome
    assert words in verdict.message
    assert f"mã lỗi {code}/463" in verdict.message
    assert TOKEN not in verdict.message
    assert (verdict.wait_ms == HOUR) == (outcome is FetchOutcome.TOO_MANY)


@pytest.mark.parametrize("code", [None, "190", True, -1, 10**12, [190], 1.5])
def test_an_error_without_a_number_is_still_an_error(code: Any) -> None:
    verdict = KIND.verdict(400, {}, json.dumps({"error": {"code": code}}).encode())
    assert verdict is not None
    assert verdict.outcome is FetchOutcome.HTTP_ERROR


def test_an_allowance_that_is_nearly_used_up_is_spared(row: Any, fetched: Any) -> None:
    app = {"x-app-usage": '{"call_count":91,"total_time":12,"total_cputime":3}'}
    case = [{"type": "pages", "call_count": 12, "total_cputime": 3, "total_time": 95}]
    case[0]["estimated_time_to_regain_access"] = 19
    for headers, wait in (
        (app, HOUR),
        ({"x-business-use-case-usage": json.dumps({"112130216863063": case})}, 19 * 60_000),
    ):
        verdict = KIND.verdict(200, headers, page())
        assert verdict is not None
        assert (verdict.outcome, verdict.wait_ms) == (FetchOutcome.FETCHED, wait)
        state = row(PAGE, FetchKind.FACEBOOK, last_ok_at=NOON - 6 * HOUR)
        done = fetched(API, FetchKind.FACEBOOK, headers=headers)
        after = KIND.remember(state, done, page(post(1, "Một"), after="QVFIafter"))
        assert (after.cursor, after.hint_ms) == (None, wait)


@pytest.mark.parametrize("usage", ["", "{", "[]", '{"call_count":"91"}', '{"call_count":89}', "null", '{"a":' * 5000])
def test_other_usage_headers_change_nothing(usage: str) -> None:
    assert KIND.verdict(200, {"x-app-usage": usage, "x-business-use-case-usage": usage}, page()) is None


def test_a_refusal_waits_as_long_as_the_header_says() -> None:
    usage = {"1": [{"call_count": 100, "estimated_time_to_regain_access": 30}]}
    verdict = KIND.verdict(400, {"x-business-use-case-usage": json.dumps(usage)}, error(32))
    assert verdict is not None
    assert verdict.wait_ms == 30 * 60_000


# ── the token in what is kept ───────────────────────────────────────────────────────────────────────


def test_the_kept_body_holds_no_token_and_the_same_posts() -> None:
    body = page(post(1, "Một bài về access_token của phần mềm"), after="QVFIafter")
    kept = KIND.clean(body)
    assert TOKEN.encode() not in kept
    assert b"QVFIafter" in kept
    assert [e.title for e in read(kept).entries] == [e.title for e in read(body).entries]
    assert KIND.clean(kept) == kept
    plain = page(post(1, "Một"))
    assert KIND.clean(plain) is plain  # nothing to take out: the bytes as received


@pytest.mark.parametrize(
    "body",
    [
        f'{{"paging":{{"next":"https://graph.facebook.com/x?access_token={TOKEN}"'.encode(),  # cut off
        f"<html>access_token%3D{TOKEN}&x=1".encode(),
        f'{{"access_token": "{TOKEN}"}}'.encode(),
        f'{{"a": [["{TOKEN}"]]}}'.encode(),
        f'{{"{TOKEN}": 1}}'.encode(),
        f'{{"a":"https:\\/\\/x\\/?access_token\\u003d{TOKEN}"}}'.encode(),
        f'{{"a":"access_token=khac-hinh-dang-{TOKEN[3:]}"}}'.encode(),
        (f'{{"\\u0061ccess_token":"{TOKEN}"}}').encode(),
        b"[" * 5000 + TOKEN.encode(),
        b"\xff\xfe" + TOKEN.encode(),
        b" " * 4_000_001 + TOKEN.encode(),
    ],
)
def test_no_form_of_answer_keeps_a_token(body: bytes) -> None:
    assert TOKEN.encode()[5:] not in KIND.clean(body)


def test_no_kept_header_holds_a_token() -> None:
    said = {
        "www-authenticate": f'OAuth "Facebook Platform" "invalid_token" "Malformed access token {TOKEN[5:]}"',
        "link": f"<https://graph.facebook.com/x?access_token={TOKEN}>; rel=next",
        "x-app-usage": '{"call_count":9}',
    }
    kept = scrub.headers(said)
    assert kept["x-app-usage"] == '{"call_count":9}'
    assert TOKEN[5:] not in repr(kept)
