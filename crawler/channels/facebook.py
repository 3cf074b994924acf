"""A Facebook page of the department's own through the Graph API, with a token that its owner gave us.

Documented shapes: https://developers.facebook.com/docs/graph-api/reference/page/feed , …/guides/error-handling and
…/overview/rate-limiting . Of a post its text, its time and its address are asked for and kept: no comments, no
reactions, nobody's name (promise 3). The token travels in a header; `clean` takes it out of what comes back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from config.settings import Settings
from config.sources import Channel
from crawler.channels import answers, official, scrub, secrets
from crawler.channels.kind import Ask, Verdict
from crawler.channels.sites import site_of
from crawler.feeds import Feed
from store.model import ChannelState, Fetch, FetchOutcome

_WHAT = "mã truy cập (token) của trang Facebook"
_FIELDS = "id,message,created_time,updated_time,permalink_url"
_POST = re.compile(r"\d{1,30}(?:_\d{1,30})?", re.ASCII)
TITLE, TEXT = 150, 10_000
"""Letters of a headline made of a post's first line, and of the post."""

FULL_PERCENT = 90
"""Use of the hourly allowance at which we stop by ourselves: who reaches 100 is shut out."""

_TOO_MANY = {
    4: "ứng dụng đã gọi Graph API quá hạn mức",
    17: "người dùng của token đã gọi Graph API quá hạn mức",
    32: "trang đã bị gọi quá hạn mức",
    341: "ứng dụng chạm giới hạn tạm thời của Facebook",
    613: "gọi Graph API quá nhanh",
    80001: "trang đã bị gọi quá hạn mức",
}
_WORDS = {
    10: "ứng dụng chưa có quyền đọc bài của trang; cấp quyền pages_read_engagement rồi tạo token mới",
    100: "Graph API không hiểu yêu cầu; xem lại số của trang trong tệp nguồn và facebook_api trong settings.yml",
    102: "token không còn hiệu lực; tạo token mới cho trang rồi ghi vào tệp của facebook_token_file",
    190: "token hết hạn hoặc đã bị thu hồi; tạo token mới cho trang rồi ghi vào tệp của facebook_token_file",
    368: "Facebook tạm khóa ứng dụng vì chính sách; người quản trị trang phải xem thông báo của Facebook",
    803: "không có trang Facebook nào mang số này; xem lại địa chỉ trong tệp nguồn",
}
_PERMISSION = "token thiếu quyền đọc trang; cấp quyền pages_read_engagement rồi tạo token mới"
_TEMPORARY = (1, 2)


class FacebookKind:
    """See :class:`crawler.channels.kind.Kind`."""

    def missing(self, settings: Settings) -> str:
        """The token."""
        return secrets.missing(settings.facebook_token_file, "facebook_token_file", _WHAT, settings.home)

    def ask(self, row: ChannelState, settings: Settings) -> Ask:
        """A page of posts, newest first; only the cursor of the next one is ever taken from an answer."""
        number = row.url.rstrip("/").rsplit("/", 1)[-1]
        page = official.cursor_of(row)
        url = f"{settings.facebook_api.rstrip('/')}/{quote(number, safe='')}/posts?fields={_FIELDS}&limit=50" + (
            f"&after={quote(page[1], safe='')}" if page else ""
        )
        token = secrets.key_of(settings.facebook_token_file, settings.home)
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        return Ask(url, headers, official=True)

    def verdict(self, status: int, headers: Mapping[str, str], body: bytes) -> Verdict | None:
        """The error's number says more than the status; an allowance that is nearly used up makes us wait."""
        try:
            told = answers.object_of(answers.load(body)[0])
        except answers.BadAnswer as bad:
            if status >= 500:
                return None
            return Verdict(FetchOutcome.HTTP_ERROR, f"HTTP {status}: Facebook không trả lời bằng JSON ({bad})")
        if "error" in told:
            return _refusal(status, headers, answers.object_of(told["error"]))
        used, regain_ms = _used(headers)
        if status == 200 and used >= FULL_PERCENT:
            words = f"đã dùng {used} % hạn mức gọi Graph API; tự nghỉ"
            return Verdict(FetchOutcome.FETCHED, words, regain_ms or official.HOUR_MS)
        return None

    def remember(self, row: ChannelState, fetch: Fetch, body: bytes | None) -> ChannelState:
        """The next page while this one's oldest post is newer than the last visit, and the allowance allows."""
        told = _told(body)
        posts = [answers.object_of(post) for post in answers.list_of(told.get("data"))]
        times = [at.at for post in posts if (at := official.moment(post.get("created_time"), "facebook"))]
        paging = answers.object_of(told.get("paging"))
        token = answers.object_of(paging.get("cursors")).get("after") if "next" in paging or "more" in paging else None
        used, regain_ms = _used(fetch.headers)
        if used >= FULL_PERCENT:
            return replace(row, cursor=None, hint_ms=max(row.hint_ms, regain_ms or official.HOUR_MS))
        if fetch.outcome is FetchOutcome.FETCHED:
            row = replace(row, etag=None, last_modified=None, hint_ms=0)
        return official.next_page(row, fetch, token, min(times, default=None))

    def clean(self, body: bytes) -> bytes:
        """The answer without our token: it stands in the addresses of the next and the previous page."""
        return scrub.tokens(body)

    def read(self, body: bytes, content_type: str | None, url: str, seen_at: int, channel: Channel | None) -> Feed:
        """Its posts; a post without text is a fault, for there is nothing in it that we could read."""
        try:
            value, twice = answers.load(body)
        except answers.BadAnswer as bad:
            return Feed(not_a_feed=f"not an answer of the Graph API: {bad}")
        posts = answers.object_of(value).get("data")
        if not isinstance(posts, list):
            return Feed(not_a_feed="not an answer of the Graph API: it has no list of posts")
        found = answers.Gathering(url, seen_at)
        if twice:
            found.fault(-1, "duplicate_keys", f"{twice} names stand twice in the JSON; the first counts")
        for position, post in enumerate(posts[:200]):  # we asked for 50
            _post(found, position, answers.object_of(post))
        return found.feed()


def _post(found: answers.Gathering, position: int, post: Mapping[str, Any]) -> None:
    number = post.get("id")
    number = number if isinstance(number, str) and _POST.fullmatch(number) else ""
    title, text = headline(post.get("message"))
    if not title:
        found.fault(position, "no_text", f"post {number or '(without a number)'} has no text; skipped")
        return
    link = post.get("permalink_url")
    if not (isinstance(link, str) and link.startswith("https://") and site_of(link) == "facebook.com"):
        if link is not None:
            found.fault(position, "foreign_link", "the post's address is not on facebook.com; its number is used")
        link = f"https://www.facebook.com/{number}" if number else ""
    at = found.possible(position, official.moment(post.get("created_time"), "facebook"))
    if at is None:
        found.fault(position, "no_date", f"post {number} has no time; kept without")
    if address := found.address(position, link):
        found.add(position, address, (title, text), at)


def headline(message: Any) -> tuple[str, str]:
    """(title, rest): a post has no headline, so its first line is one, cut at a word where it is long."""
    lines = message.strip().splitlines() if isinstance(message, str) else []
    first = answers.words(lines[0], TEXT) if lines else ""
    rest = answers.words("\n".join(lines[1:]), TEXT)
    if len(first) <= TITLE:
        return (first, rest) if first else (answers.words(rest, TITLE), "")
    title = answers.words(first, TITLE)
    return title, answers.words(first + "\n" + rest, TEXT)


def _told(body: bytes | None) -> Mapping[str, Any]:
    try:
        return answers.object_of(answers.load(body)[0]) if body else {}
    except answers.BadAnswer:
        return {}


def _refusal(status: int, headers: Mapping[str, str], error: Mapping[str, Any]) -> Verdict:
    """Numbers only: the error's message may repeat the token."""
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    said = f"HTTP {status}, mã lỗi {code}" + (f"/{subcode}" if subcode else "")
    if code in _TOO_MANY:
        words = f"{said}: {_TOO_MANY[code]}; tự hỏi lại sau"
        return Verdict(FetchOutcome.TOO_MANY, words, _used(headers)[1] or official.HOUR_MS)
    if code in _TEMPORARY:
        return Verdict(FetchOutcome.HTTP_ERROR, f"{said}: Facebook đang trục trặc; tự hỏi lại")
    if code == 803:
        return Verdict(FetchOutcome.GONE, f"{said}: {_WORDS[code]}")
    permission = 200 <= code <= 299
    words = _WORDS.get(code, _PERMISSION if permission else "Facebook từ chối; xem docs/channels.md")
    return Verdict(FetchOutcome.HTTP_ERROR, f"{said}: {words}")


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else 0


def _used(headers: Mapping[str, str]) -> tuple[int, int]:
    """(percent of the fullest allowance, ms until it is had again or 0) as the usage headers tell."""
    used, regain = 0, 0
    for name in ("x-app-usage", "x-page-usage"):
        used = max(used, _percent(_header(headers, name)))
    for uses in _header(headers, "x-business-use-case-usage").values():
        for one in answers.list_of(uses)[:20]:
            case = answers.object_of(one)
            used = max(used, _percent(case))
            regain = max(regain, _number(case.get("estimated_time_to_regain_access")))
    return used, min(regain, 24 * 60) * 60_000  # minutes, as documented


def _header(headers: Mapping[str, str], name: str) -> Mapping[str, Any]:
    try:
        return answers.object_of(answers.load(headers.get(name, "").encode("utf-8", "replace"))[0])
    except answers.BadAnswer:
        return {}


def _percent(usage: Mapping[str, Any]) -> int:
    return max((_number(usage.get(name)) for name in ("call_count", "total_cputime", "total_time")), default=0)


KIND = FacebookKind()
