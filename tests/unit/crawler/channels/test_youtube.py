"""The YouTube Data API as documented: a page of uploads, what each refusal means, and a key that is never shown."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from crawler.channels.youtube import KIND
from store.model import FetchKind, FetchOutcome

NOON = 1_795_150_800_000
HOUR = 3_600_000
CHANNEL = "https://www.youtube.com/channel/UCBenCangGiaoDuc0123456x"
API = "https://www.googleapis.com/youtube/v3/playlistItems"
DATE = {"date": "Fri, 20 Nov 2026 05:00:00 GMT"}  # noon in Hải Phòng, 21:00 the day before in California


def item(number: str, title: str, at: str | None = "2026-11-20T03:00:00Z", **more: Any) -> dict[str, Any]:
    details = {"videoId": number} | ({"videoPublishedAt": at} if at else {})
    snippet = {"publishedAt": at or "2026-11-20T03:00:00Z", "title": title, "description": "", **more}
    return {"kind": "youtube#playlistItem", "snippet": snippet, "contentDetails": details}


def page(*items: dict[str, Any], **more: Any) -> bytes:
    told = {"kind": "youtube#playlistItemListResponse", "etag": "abcDEF", "items": list(items), **more}
    return json.dumps(told, ensure_ascii=False).encode()


def error(status: int, reason: str, message: str = "no", **more: Any) -> bytes:
    listed = [{"message": message, "domain": "youtube", "reason": reason}]
    return json.dumps({"error": {"code": status, "message": message, "errors": listed, **more}}).encode()


def read(body: bytes) -> Any:
    return KIND.read(body, "application/json", API, NOON, None)


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_uploads_are_asked_with_the_key_in_a_header(row: Any, settings: Any, key_file: Any) -> None:
    given = settings(youtube_key_file=key_file())
    ask = KIND.ask(row(CHANNEL, FetchKind.YOUTUBE), given)
    assert ask.url == f"{API}?part=snippet,contentDetails&maxResults=50&playlistId=UUBenCangGiaoDuc0123456x"
    assert ask.headers["X-goog-api-key"] == "khoa-bi-mat-cua-so-123"
    assert ask.official
    assert "khoa" not in ask.url
    assert KIND.missing(given) == ""


def test_without_a_key_it_is_off_and_says_what_to_do(settings: Any, key_file: Any) -> None:
    assert "youtube_key_file" in KIND.missing(settings())
    assert "chmod 600" in KIND.missing(settings(youtube_key_file=key_file(mode=0o644)))


def test_a_key_that_vanished_meanwhile_is_not_sent(row: Any, settings: Any, tmp_path: Any) -> None:
    ask = KIND.ask(row(CHANNEL, FetchKind.YOUTUBE), settings(youtube_key_file=tmp_path / "khong-co"))
    assert "X-goog-api-key" not in ask.headers


def test_an_unchanged_list_is_asked_conditionally(row: Any, fetched: Any, settings: Any) -> None:
    state = KIND.remember(row(CHANNEL, FetchKind.YOUTUBE), fetched(API, FetchKind.YOUTUBE), page())
    assert KIND.ask(state, settings()).headers["If-None-Match"] == '"abcDEF"'
    headers = {"etag": '"from-header"'}
    state = KIND.remember(state, fetched(API, FetchKind.YOUTUBE, headers=headers), page())
    assert KIND.ask(state, settings()).headers["If-None-Match"] == '"from-header"'
    same = KIND.remember(state, fetched(API, FetchKind.YOUTUBE, outcome=FetchOutcome.NOT_MODIFIED, status=304), None)
    assert same.etag == state.etag
    assert KIND.verdict(304, {}, b"") is None


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_visit_takes_one_page(row: Any, fetched: Any) -> None:
    body = page(item("aaaaaaaaaaa", "Một"), nextPageToken="CDIQAA")
    assert KIND.remember(row(CHANNEL, FetchKind.YOUTUBE), fetched(API, FetchKind.YOUTUBE), body).cursor is None


def test_pages_are_followed_until_what_the_last_visit_saw(row: Any, fetched: Any, settings: Any) -> None:
    state = row(CHANNEL, FetchKind.YOUTUBE, last_ok_at=NOON - 6 * HOUR, etag='"old"')
    new = page(item("aaaaaaaaaaa", "Một", "2026-11-20T04:00:00Z"), nextPageToken="CDIQAA")
    state = KIND.remember(state, fetched(API, FetchKind.YOUTUBE), new)
    assert state.cursor is not None
    ask = KIND.ask(replace(state, pages=1, last_ok_at=NOON), settings())
    assert ask.url.endswith("&pageToken=CDIQAA")
    assert "If-None-Match" not in ask.headers

    older = page(item("bbbbbbbbbbb", "Hai", "2026-11-19T04:00:00Z"), nextPageToken="CGQQAA", etag="ofPageTwo")
    ended = KIND.remember(replace(state, pages=1, last_ok_at=NOON), fetched(ask.url, FetchKind.YOUTUBE), older)
    assert ended.cursor is None
    assert ended.etag is None  # had the second page failed, a 304 for the first must not hide it


@pytest.mark.parametrize("token", [None, 5, "", "x" * 2000, "a b", "a\nb", "a&key=x", ["a"], {"a": 1}])
def test_a_page_token_that_is_none_ends_the_visit(row: Any, fetched: Any, token: Any) -> None:
    state = row(CHANNEL, FetchKind.YOUTUBE, last_ok_at=NOON - 6 * HOUR)
    body = page(item("aaaaaaaaaaa", "Một", "2026-11-20T04:00:00Z"), nextPageToken=token)
    assert KIND.remember(state, fetched(API, FetchKind.YOUTUBE), body).cursor is None


def test_a_list_that_names_the_same_page_for_ever_ends(row: Any, fetched: Any) -> None:
    state = row(CHANNEL, FetchKind.YOUTUBE, last_ok_at=NOON - 6 * HOUR)
    body = page(item("aaaaaaaaaaa", "Một", "2026-11-20T04:00:00Z"), nextPageToken="CDIQAA")
    state = KIND.remember(state, fetched(API, FetchKind.YOUTUBE), body)
    assert KIND.remember(replace(state, pages=1), fetched(API, FetchKind.YOUTUBE), body).cursor is None


def test_a_failed_page_ends_the_visit(row: Any, fetched: Any) -> None:
    state = row(CHANNEL, FetchKind.YOUTUBE, last_ok_at=NOON - HOUR, cursor=f"{NOON - HOUR}:CDIQAA", pages=1)
    done = fetched(API, FetchKind.YOUTUBE, outcome=FetchOutcome.TIMEOUT, status=None)
    assert KIND.remember(state, done, None).cursor is None


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_video_is_an_entry() -> None:
    found = read(page(item("abc-DEF_123", "Khai giảng  ở đảo", description="Một ngày\r\nở trường.\u202e")))
    (entry,) = found.entries
    assert entry.url == entry.canonical_url == "https://www.youtube.com/watch?v=abc-DEF_123"
    assert (entry.title, entry.summary) == ("Khai giảng ở đảo", "Một ngày ở trường.")
    assert entry.published is not None
    assert (entry.published.at, entry.published.source) == (NOON - 2 * HOUR, "youtube")
    assert found.faults == ()


def test_a_description_is_cut_at_two_thousand_letters() -> None:
    (entry,) = read(page(item("aaaaaaaaaaa", "Một", description="chữ " * 5000))).entries
    assert 1_900 < len(entry.summary) <= 2_001
    assert entry.summary.endswith("chữ…")


def test_private_and_deleted_videos_are_named_and_left_out() -> None:
    found = read(
        page(
            item("aaaaaaaaaaa", "Private video", None),
            item("bbbbbbbbbbb", "Deleted video", None),
            item("ccccccccccc", "Private video", "2026-11-20T03:00:00Z"),  # a video that is called so
            item("không phải số", "x"),
            {"snippet": {"title": "không có gì"}},
            "rác",
            item("ddddddddddd", ""),
            item("eeeeeeeeeee", "Mai sau", "2027-01-01T00:00:00Z"),
        )
    )
    assert [e.title for e in found.entries] == ["Private video", "Mai sau"]
    assert found.entries[1].published is None
    assert [f.code for f in found.faults] == [
        "not_public", "not_public", "no_link", "no_link", "no_link", "no_title", "date_in_future", "no_date",
    ]  # fmt: skip


# ── refusals ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "reason", "outcome", "words"),
    [
        (400, "keyInvalid", FetchOutcome.HTTP_ERROR, "khóa YouTube không đúng"),
        (403, "accessNotConfigured", FetchOutcome.HTTP_ERROR, "chưa bật YouTube Data API v3"),
        (403, "ipRefererBlocked", FetchOutcome.HTTP_ERROR, "địa chỉ máy khác"),
        (403, "quotaExceeded", FetchOutcome.TOO_MANY, "hết hạn mức trong ngày"),
        (403, "rateLimitExceeded", FetchOutcome.TOO_MANY, "quá nhanh"),
        (429, "somethingNew", FetchOutcome.TOO_MANY, "somethingNew"),
        (404, "playlistNotFound", FetchOutcome.GONE, "không có kênh YouTube này"),
        (403, "playlistItemsNotAccessible", FetchOutcome.HTTP_ERROR, "không cho xem"),
        (403, "forbidden", FetchOutcome.HTTP_ERROR, "forbidden"),
        (400, "invalidPageToken", FetchOutcome.HTTP_ERROR, "từ trang đầu"),
    ],
)
def test_what_a_refusal_means(status: int, reason: str, outcome: FetchOutcome, words: str) -> None:
    verdict = KIND.verdict(status, DATE, error(status, reason))
    assert verdict is not None
    assert verdict.outcome is outcome
    assert words in verdict.message
    assert f"HTTP {status}" in verdict.message


def test_the_quota_is_waited_for_until_midnight_in_california() -> None:
    verdict = KIND.verdict(403, DATE, error(403, "quotaExceeded"))
    assert verdict is not None
    assert verdict.wait_ms == 3 * HOUR + 60_000
    summer = KIND.verdict(403, {"date": "Sun, 01 Nov 2026 08:30:00 GMT"}, error(403, "quotaExceeded"))
    assert summer is not None
    assert summer.wait_ms == int(23.5 * HOUR) + 60_000  # 1:30 on the day whose night is an hour longer
    unknown = KIND.verdict(403, {"date": "hôm nay"}, error(403, "quotaExceeded"))
    assert unknown is not None
    assert unknown.wait_ms == 6 * HOUR


def test_an_invalid_key_as_google_says_it_today() -> None:
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}]
    verdict = KIND.verdict(400, {}, error(400, "badRequest", details=details))
    assert verdict is not None
    assert "khóa YouTube không đúng" in verdict.message


def test_a_message_never_repeats_what_google_wrote() -> None:
    body = error(403, "forbidden", "key khoa-bi-mat-cua-so-123 is blocked")
    verdict = KIND.verdict(403, {}, body)
    assert verdict is not None
    assert "bi-mat" not in verdict.message
    verdict = KIND.verdict(403, {}, error(403, "khoa bi-mat"))
    assert verdict is not None
    assert "bi-mat" not in verdict.message


def test_server_errors_are_left_to_the_status_and_html_is_no_answer() -> None:
    assert KIND.verdict(500, {}, b"<html>") is None
    assert KIND.verdict(503, {}, error(503, "backendError")) is None
    assert KIND.verdict(200, {}, page()) is None
    verdict = KIND.verdict(200, {}, b"<html>Log in to the hotel's network</html>")
    assert verdict is not None
    assert verdict.outcome is FetchOutcome.HTTP_ERROR
    assert "JSON" in verdict.message
