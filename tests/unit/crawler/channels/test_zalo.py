"""The Zalo OA API: ten articles a page, refusals inside an HTTP 200, hidden articles left out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from crawler.channels.zalo import KIND
from store.model import FetchKind, FetchOutcome

NOON = 1_795_150_800_000
HOUR = 3_600_000
ACCOUNT = "https://oa.zalo.me/2400000000000000001"
API = "https://openapi.zalo.me/v2.0/article/getslice"


def article(number: int, title: Any, at: Any = NOON - HOUR, **more: Any) -> dict[str, Any]:
    link = f"https://rd.zapps.vn/detail/2400000000000000001?id=bai{number}&pageId=2400000000000000001"
    usual = {"id": f"bai{number}", "type": "normal", "title": title, "status": "show", "create_date": at}
    return {**usual, "thumb": "https://anh.example/1.jpg", "link_view": link, "total_view": 9, **more}


def page(*medias: Any, total: Any = None) -> bytes:
    data = {"total": len(medias) if total is None else total, "medias": list(medias)}
    return json.dumps({"error": 0, "message": "Success", "data": data}).encode()


def read(body: bytes) -> Any:
    return KIND.read(body, "application/json", API, NOON, None)


def test_articles_are_asked_ten_at_a_time_with_the_token_in_a_header(row: Any, settings: Any, key_file: Any) -> None:
    ask = KIND.ask(row(ACCOUNT, FetchKind.ZALO), settings(zalo_token_file=key_file()))
    assert ask.url == f"{API}?offset=0&limit=10&type=normal"
    assert ask.headers["access_token"] == "khoa-bi-mat-cua-so-123"
    assert ask.official
    assert "zalo_token_file" in KIND.missing(settings())


def test_the_next_offset_while_pages_are_full_and_new(row: Any, fetched: Any, settings: Any) -> None:
    state = row(ACCOUNT, FetchKind.ZALO, last_ok_at=NOON - 6 * HOUR)
    full = page(*(article(i, f"Bài {i}") for i in range(10)), total=25)
    state = KIND.remember(state, fetched(API, FetchKind.ZALO), full)
    assert "offset=10&" in KIND.ask(replace(state, pages=1), settings()).url
    state = KIND.remember(replace(state, pages=1, last_ok_at=NOON), fetched(API, FetchKind.ZALO), full)
    assert "offset=20&" in KIND.ask(replace(state, pages=2), settings()).url
    assert KIND.remember(replace(state, pages=2), fetched(API, FetchKind.ZALO), full).cursor is None  # 30 > 25
    old = page(*(article(i, f"Bài {i}", NOON - 9 * HOUR) for i in range(10)), total=25)
    assert (
        KIND.remember(
            row(ACCOUNT, FetchKind.ZALO, last_ok_at=NOON - 6 * HOUR), fetched(API, FetchKind.ZALO), old
        ).cursor
        is None
    )
    first = row(ACCOUNT, FetchKind.ZALO)
    assert KIND.remember(first, fetched(API, FetchKind.ZALO), full).cursor is None


def test_an_article_is_an_entry() -> None:
    (entry,) = read(page(article(1, "Lịch thi vào lớp 10", description="Ba môn thi, hai ngày."))).entries
    assert (entry.title, entry.summary) == ("Lịch thi vào lớp 10", "Ba môn thi, hai ngày.")
    assert entry.url.startswith("https://rd.zapps.vn/detail/")
    assert entry.published is not None
    assert (entry.published.at, entry.published.source) == (NOON - HOUR, "zalo")


@pytest.mark.parametrize("at", [NOON - HOUR, (NOON - HOUR) // 1000, str(NOON - HOUR), str((NOON - HOUR) // 1000)])
def test_times_in_seconds_or_milliseconds(at: Any) -> None:
    (entry,) = read(page(article(1, "Bài", at))).entries
    assert entry.published is not None
    assert entry.published.at == NOON - HOUR


@pytest.mark.parametrize("at", [None, "hôm qua", -1, 0, True, 10**30, [1], NOON + 24 * HOUR])
def test_other_times_are_named(at: Any) -> None:
    found = read(page(article(1, "Bài", at)))
    assert found.entries[0].published is None
    assert "no_date" in [f.code for f in found.faults]


def test_hidden_nameless_and_foreign_articles_are_left_out() -> None:
    found = read(
        page(
            article(1, "Ẩn", status="hide"),
            article(2, ""),
            article(3, "Lạ", link_view="https://evil.example/x"),
            article(4, "Mã lệnh", link_view="javascript:alert(1)"),
            article(5, "Không địa chỉ", link_view=None),
            "rác",
            article(7, "Có thật"),
        )
    )
    assert [e.title for e in found.entries] == ["Có thật"]
    assert [f.code for f in found.faults] == [
        "not_public", "no_title", "foreign_link", "foreign_link", "no_link", "no_title",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "outcome", "words", "wait_ms"),
    [
        (-216, FetchOutcome.HTTP_ERROR, "zalo_token_file", None),
        (-124, FetchOutcome.HTTP_ERROR, "zalo_token_file", None),
        (-32, FetchOutcome.TOO_MANY, "quá nhanh", 600_000),
        (-211, FetchOutcome.TOO_MANY, "hết hạn mức", 6 * HOUR),
        (-201, FetchOutcome.HTTP_ERROR, "không hiểu", None),
        (-205, FetchOutcome.HTTP_ERROR, "không có tài khoản", None),
        (-99_999, FetchOutcome.HTTP_ERROR, "-99999", None),
    ],
)
def test_refusals_come_with_http_200(code: int, outcome: FetchOutcome, words: str, wait_ms: int | None) -> None:
    body = json.dumps({"error": code, "message": "Access token khoa-bi-mat-cua-so-123 is invalid"}).encode()
    verdict = KIND.verdict(200, {}, body)
    assert verdict is not None
    assert (verdict.outcome, verdict.wait_ms) == (outcome, wait_ms)
    assert words in verdict.message
    assert "bi-mat" not in verdict.message


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b'{"error": "0"}', b'{"error": false}', b"<html>", b"", b'{"error": 1e400}']
)
def test_an_answer_without_its_number_is_no_answer(body: bytes) -> None:
    verdict = KIND.verdict(200, {}, body)
    assert verdict is not None
    assert verdict.outcome is FetchOutcome.HTTP_ERROR


def test_a_good_answer_and_a_server_error_are_left_to_the_status() -> None:
    assert KIND.verdict(200, {}, page()) is None
    assert KIND.verdict(502, {}, b"<html>") is None
    assert KIND.clean(page(article(1, "Bài"))) == page(article(1, "Bài"))
