"""A Zalo Official Account of the department's own through the OA API: its list of articles, ten at a time.

Shape of `GET /v2.0/article/getslice` (offset, limit of at most 10, type `normal` or `video`), confirmed against public
clients, for the maker's own pages could not be read: `{"error": 0, "message": …, "data": {"total": n, "medias": [{id,
title, status, create_date (ms), link_view, description?, thumb, total_view …}]}}`. A refusal comes with HTTP 200 and
a negative number in `error`. Of an article its headline, lead, time and address are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from config.settings import Settings
from config.sources import Channel
from crawler import dates
from crawler.channels import answers, official, scrub, secrets
from crawler.channels.kind import Ask, Verdict
from crawler.channels.sites import site_of
from crawler.feeds import Feed
from store.model import ChannelState, Fetch, FetchOutcome

_WHAT = "mã truy cập (access token) của Zalo OA"
LIMIT = 10
"""Articles a page: the interface refuses more (-201, "maximum limit is 10")."""
_SITES = frozenset({"zalo.me", "zapps.vn", "zapps.me", "zalo.cloud", "officialaccount.me"})
"""Where the articles of an account stand."""
_SECONDS = 10**11  # a time below this is in seconds; milliseconds have been beyond it since 1973

_TOO_MANY = {
    -32: "gọi Zalo OA API quá nhanh",
    -211: "Zalo OA đã hết hạn mức",
}
_WORDS = {
    -124: "mã truy cập Zalo không đúng; lấy mã mới rồi ghi vào tệp của zalo_token_file",
    -201: "Zalo không hiểu yêu cầu",
    -204: "tài khoản Zalo OA đã bị xóa",
    -205: "không có tài khoản Zalo OA này; xem lại địa chỉ trong tệp nguồn",
    -209: "ứng dụng chưa được phép gọi giao diện này; xem gói dịch vụ của OA",
    -216: "mã truy cập Zalo hết hạn (mỗi mã sống 25 giờ); lấy mã mới rồi ghi vào tệp của zalo_token_file",
    -221: "tài khoản Zalo OA chưa xác thực nên chưa dùng được giao diện này",
    -224: "gói dịch vụ của Zalo OA không cho gọi giao diện này",
}


class ZaloKind:
    """See :class:`crawler.channels.kind.Kind`."""

    def missing(self, settings: Settings) -> str:
        """The token."""
        return secrets.missing(settings.zalo_token_file, "zalo_token_file", _WHAT, settings.home)

    def ask(self, row: ChannelState, settings: Settings) -> Ask:
        """Ten articles, newest first. The token says whose: there is no account in the request."""
        page = official.cursor_of(row)
        offset = int(page[1]) if page and page[1].isdecimal() else 0
        url = f"{settings.zalo_api.rstrip('/')}/v2.0/article/getslice?offset={offset}&limit={LIMIT}&type=normal"
        token = secrets.key_of(settings.zalo_token_file, settings.home)
        headers = {"Accept": "application/json"} | ({"access_token": token} if token else {})
        return Ask(url, headers, official=True)

    def verdict(self, status: int, headers: Mapping[str, str], body: bytes) -> Verdict | None:
        """A refusal stands in the body of an HTTP 200."""
        if status >= 500:
            return None
        try:
            told = answers.object_of(answers.load(body)[0])
        except answers.BadAnswer as bad:
            return Verdict(FetchOutcome.HTTP_ERROR, f"HTTP {status}: Zalo không trả lời bằng JSON ({bad})")
        code = told.get("error")
        if code == 0 and not isinstance(code, bool):
            return None
        if not isinstance(code, int) or isinstance(code, bool) or not -(10**6) < code < 10**6:
            return Verdict(FetchOutcome.HTTP_ERROR, f"HTTP {status}: câu trả lời của Zalo không có mã lỗi")
        said = f"HTTP {status}, mã lỗi {code}"
        if code in _TOO_MANY:
            words = f"{said}: {_TOO_MANY[code]}; tự hỏi lại sau"
            return Verdict(FetchOutcome.TOO_MANY, words, 10 * 60 * 1000 if code == -32 else 6 * official.HOUR_MS)
        return Verdict(FetchOutcome.HTTP_ERROR, f"{said}: {_WORDS.get(code, 'Zalo từ chối; xem docs/channels.md')}")

    def remember(self, row: ChannelState, fetch: Fetch, body: bytes | None) -> ChannelState:
        """The next offset while this page is full, not the last, and its oldest article newer than the last visit."""
        data = _data(body)
        medias = [answers.object_of(item) for item in answers.list_of(data.get("medias"))]
        times = [at.at for item in medias if (at := _moment(item.get("create_date")))]
        page = official.cursor_of(row)
        offset = (int(page[1]) if page and page[1].isdecimal() else 0) + LIMIT
        total = data.get("total")
        more = len(medias) >= LIMIT and isinstance(total, int) and offset < total
        if fetch.outcome is FetchOutcome.FETCHED:
            row = replace(row, etag=None, last_modified=None, hint_ms=0)
        return official.next_page(row, fetch, str(offset) if more else None, min(times, default=None))

    def clean(self, body: bytes) -> bytes:
        """The answer without anything that looks like a token."""
        return scrub.tokens(body)

    def read(self, body: bytes, content_type: str | None, url: str, seen_at: int, channel: Channel | None) -> Feed:
        """Its articles; hidden ones are named as faults."""
        try:
            value, twice = answers.load(body)
        except answers.BadAnswer as bad:
            return Feed(not_a_feed=f"not an answer of the Zalo OA API: {bad}")
        medias = answers.object_of(answers.object_of(value).get("data")).get("medias")
        if not isinstance(medias, list):
            return Feed(not_a_feed="not an answer of the Zalo OA API: it has no list of articles")
        found = answers.Gathering(url, seen_at)
        if twice:
            found.fault(-1, "duplicate_keys", f"{twice} names stand twice in the JSON; the first counts")
        for position, item in enumerate(medias[:100]):  # we asked for 10
            _article(found, position, answers.object_of(item))
        return found.feed()


def _article(found: answers.Gathering, position: int, item: Mapping[str, Any]) -> None:
    title = answers.words(item.get("title"), 300)
    if item.get("status", "show") != "show":
        found.fault(position, "not_public", f"the article {title[:80]!r} is hidden; skipped")
        return
    if not title:
        found.fault(position, "no_title", "the article has no title; skipped")
        return
    link = item.get("link_view")
    if isinstance(link, str) and not (re.match(r"https?://", link) and site_of(link) in _SITES):
        found.fault(position, "foreign_link", f"the address of {title[:80]!r} is not Zalo's; skipped")
        return
    at = found.possible(position, _moment(item.get("create_date")))
    if at is None:
        found.fault(position, "no_date", f"the article {title[:80]!r} has no time; kept without")
    if address := found.address(position, link):
        found.add(position, address, (title, answers.words(item.get("description"), 2000)), at)


def _moment(value: Any) -> dates.Published | None:
    if isinstance(value, str) and re.fullmatch(r"\d{10,13}", value, re.ASCII):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 10**14:
        return None
    return dates.Published(value if value > _SECONDS else value * 1000, "zalo", 0.95)


def _data(body: bytes | None) -> Mapping[str, Any]:
    try:
        return answers.object_of(answers.object_of(answers.load(body)[0]).get("data")) if body else {}
    except answers.BadAnswer:
        return {}


KIND = ZaloKind()
