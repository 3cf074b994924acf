"""A YouTube channel through the Data API: its list of uploads, newest first, at one unit of quota a page.

robots.txt of YouTube forbids the old RSS feed of a channel, so without a key the channel is off. Documented shapes:
https://developers.google.com/youtube/v3/docs/playlistItems/list and …/docs/errors. The list of uploads of channel
UC… is playlist UU…. The key travels in a header, as Google advises, so that no address ever holds it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from config.settings import Settings
from config.sources import Channel
from crawler import dates
from crawler.channels import answers, official, secrets
from crawler.channels.feed import validators
from crawler.channels.kind import Ask, Verdict
from crawler.feeds import Feed
from store.model import ChannelState, Fetch, FetchOutcome

_WHAT = "khóa của YouTube Data API"
_VIDEO = re.compile(r"[\w-]{11}", re.ASCII)
_PACIFIC = ZoneInfo("America/Los_Angeles")  # the quota is counted in days of Google's home
_GONE_TITLES = ("Private video", "Deleted video")
DESCRIPTION = 2000
"""Letters of a description that are kept: YouTube takes 5,000, most of them links and hashtags."""

_WORDS = {
    "quotaExceeded": "hết hạn mức trong ngày của YouTube Data API; tự hỏi lại sau nửa đêm giờ Thái Bình Dương",
    "dailyLimitExceeded": "hết hạn mức trong ngày của YouTube Data API; tự hỏi lại sau nửa đêm giờ Thái Bình Dương",
    "rateLimitExceeded": "hỏi YouTube Data API quá nhanh; tự hỏi lại sau ít phút",
    "userRateLimitExceeded": "hỏi YouTube Data API quá nhanh; tự hỏi lại sau ít phút",
    "keyInvalid": "khóa YouTube không đúng; tạo khóa khác rồi ghi lại vào tệp của youtube_key_file",
    "keyExpired": "khóa YouTube đã hết hạn; tạo khóa khác rồi ghi lại vào tệp của youtube_key_file",
    "accessNotConfigured": "dự án của khóa chưa bật YouTube Data API v3; bật nó trong Google Cloud Console",
    "ipRefererBlocked": "khóa YouTube chỉ cho phép địa chỉ máy khác; sửa giới hạn của khóa trong Google Cloud Console",
    "playlistNotFound": "không có kênh YouTube này; xem lại địa chỉ /channel/UC… trong tệp nguồn",
    "playlistItemsNotAccessible": "kênh YouTube này không cho xem danh sách video",
    "invalidPageToken": "YouTube không nhận số trang tiếp; lần sau hỏi lại từ trang đầu",
}
_DAY_IS_OVER = ("quotaExceeded", "dailyLimitExceeded")
_TOO_FAST = ("rateLimitExceeded", "userRateLimitExceeded")


class YoutubeKind:
    """See :class:`crawler.channels.kind.Kind`."""

    def missing(self, settings: Settings) -> str:
        """The key."""
        return secrets.missing(settings.youtube_key_file, "youtube_key_file", _WHAT, settings.home)

    def ask(self, row: ChannelState, settings: Settings) -> Ask:
        """A page of the uploads; the first one conditionally (a 304 costs quota too, but no reading)."""
        uploads = "UU" + row.url.rsplit("/", 1)[-1].removeprefix("UC")
        page = official.cursor_of(row)
        url = (
            f"{settings.youtube_api.rstrip('/')}/playlistItems?part=snippet,contentDetails&maxResults=50"
            f"&playlistId={quote(uploads, safe='')}" + (f"&pageToken={quote(page[1], safe='')}" if page else "")
        )
        headers = {"Accept": "application/json"} | ({} if page else validators(replace(row, last_modified=None)))
        key = secrets.key_of(settings.youtube_key_file, settings.home)
        return Ask(url, headers | ({"X-goog-api-key": key} if key else {}), official=True)

    def verdict(self, status: int, headers: Mapping[str, str], body: bytes) -> Verdict | None:
        """Quota, key and channel: the reason stands in the body, the status is 400, 403 or 404 for many."""
        if status == 304 or status >= 500:
            return None
        try:
            told = answers.object_of(answers.load(body)[0])
        except answers.BadAnswer as bad:
            return Verdict(FetchOutcome.HTTP_ERROR, f"HTTP {status}: YouTube không trả lời bằng JSON ({bad})")
        if status == 200 and "error" not in told:
            return None
        return _refusal(status, headers, _reason(told))

    def remember(self, row: ChannelState, fetch: Fetch, body: bytes | None) -> ChannelState:
        """The tag of the first page, and the next page while this one's oldest video is newer than the last visit."""
        told = _told(body)
        items = answers.list_of(told.get("items"))
        times = [at for item in items if (at := _published(answers.object_of(item))) is not None]
        if fetch.outcome is FetchOutcome.FETCHED and official.cursor_of(row) is None:
            tag = fetch.headers.get("etag") or told.get("etag")
            good = isinstance(tag, str) and len(tag) <= 200 and tag.isascii() and tag.isprintable()
            row = replace(row, etag=_quoted(str(tag)) if good else None, last_modified=None)
        oldest = min((at.at for at in times), default=None)
        row = official.next_page(row, fetch, told.get("nextPageToken"), oldest)
        # should a further page fail, a 304 for the first one must not end the next visit before it
        return replace(row, etag=None) if row.cursor else row

    def clean(self, body: bytes) -> bytes:
        """The answer as it is: it holds no key and no account."""
        return body

    def read(self, body: bytes, content_type: str | None, url: str, seen_at: int, channel: Channel | None) -> Feed:
        """Its videos; private and deleted ones are named as faults."""
        try:
            value, twice = answers.load(body)
        except answers.BadAnswer as bad:
            return Feed(not_a_feed=f"not an answer of the YouTube Data API: {bad}")
        items = answers.object_of(value).get("items")
        if not isinstance(items, list):
            return Feed(not_a_feed="not an answer of the YouTube Data API: it has no list of items")
        found = answers.Gathering(url, seen_at)
        if twice:
            found.fault(-1, "duplicate_keys", f"{twice} names stand twice in the JSON; the first counts")
        for position, item in enumerate(items[:200]):  # we asked for 50
            _video(found, position, answers.object_of(item))
        return found.feed()


def _video(found: answers.Gathering, position: int, item: Mapping[str, Any]) -> None:
    snippet, details = answers.object_of(item.get("snippet")), answers.object_of(item.get("contentDetails"))
    number = details.get("videoId") or answers.object_of(snippet.get("resourceId")).get("videoId")
    if not isinstance(number, str) or not _VIDEO.fullmatch(number):
        found.fault(position, "no_link", "the item names no video; skipped")
        return
    title = answers.words(snippet.get("title"), 300)
    if title in _GONE_TITLES and "videoPublishedAt" not in details:
        found.fault(position, "not_public", f"video {number} is private or deleted; skipped")
        return
    if not title:
        found.fault(position, "no_title", f"video {number} has no title; skipped")
        return
    at = found.possible(position, _published(item))
    if at is None:
        found.fault(position, "no_date", f"video {number} has no time of publication; kept without")
    link = found.address(position, f"https://www.youtube.com/watch?v={number}")
    if link:
        found.add(position, link, (title, answers.words(snippet.get("description"), DESCRIPTION)), at)


def _published(item: Mapping[str, Any]) -> dates.Published | None:
    """When the video was published; else when it was put on the list, which for uploads is nearly the same."""
    details, snippet = answers.object_of(item.get("contentDetails")), answers.object_of(item.get("snippet"))
    at = official.moment(details.get("videoPublishedAt"), "youtube")
    return at or official.moment(snippet.get("publishedAt"), "youtube")


def _told(body: bytes | None) -> Mapping[str, Any]:
    try:
        return answers.object_of(answers.load(body)[0]) if body else {}
    except answers.BadAnswer:
        return {}


def _quoted(tag: str) -> str:
    """The tag as If-None-Match wants it: the one in the body comes without its quotes."""
    return tag if tag.startswith(('"', 'W/"')) else f'"{tag}"'


def _reason(told: Mapping[str, Any]) -> str:
    """The machine's word for an error; never its message, which may repeat what we sent."""
    error = answers.object_of(told.get("error"))
    for detail in answers.list_of(error.get("details")):
        if answers.object_of(detail).get("reason") == "API_KEY_INVALID":
            return "keyInvalid"
        if answers.object_of(detail).get("reason") == "SERVICE_DISABLED":
            return "accessNotConfigured"
    listed = answers.list_of(error.get("errors"))
    reason = answers.object_of(listed[0]).get("reason") if listed else None
    return reason if isinstance(reason, str) and re.fullmatch(r"[A-Za-z_]{1,60}", reason) else "unknown"


def _refusal(status: int, headers: Mapping[str, str], reason: str) -> Verdict:
    words = f"HTTP {status}, {reason}: {_WORDS.get(reason, 'YouTube từ chối; xem docs/channels.md')}"
    if reason in _DAY_IS_OVER:
        return Verdict(FetchOutcome.TOO_MANY, words, _until_midnight(official.clock_of(headers)))
    if reason in _TOO_FAST or status == 429:
        return Verdict(FetchOutcome.TOO_MANY, words, 10 * 60 * 1000)
    if status == 404:
        return Verdict(FetchOutcome.GONE, words)
    return Verdict(FetchOutcome.HTTP_ERROR, words)


def _until_midnight(now: int | None) -> int:
    """Milliseconds to the next midnight in California, where the quota's day ends; 6 hours without a clock."""
    if now is None:
        return 6 * official.HOUR_MS
    here = datetime.fromtimestamp(now / 1000, UTC).astimezone(_PACIFIC)
    midnight = datetime.combine(here.date() + timedelta(days=1), datetime.min.time(), _PACIFIC)
    return int((midnight - here.astimezone(UTC)).total_seconds() * 1000) + 60_000  # a minute for clocks that differ


KIND = YoutubeKind()
