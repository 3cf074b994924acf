"""What `haidang sources` says, in words: outcomes with what to do, robots.txt, kinds of channels, alerts."""

from __future__ import annotations

from collections.abc import Mapping

from alerts.words import ALERTS as ALERTED
from alerts.words import FETCHED, PUBLISHED_FROM
from crawler.dates import Published
from lang import reasons
from runner.when import local
from store.errors import ConfigError
from store.model import AlertKind, Fetch, FetchOutcome

CHANNELS: Mapping[str, str] = {
    "feed": "bản tin RSS/Atom/JSON",
    "sitemap": "sơ đồ trang (sitemap)",
    "listing": "trang chuyên mục",
    "youtube": "YouTube",
    "facebook": "Facebook",
    "zalo": "Zalo",
}
KINDS: Mapping[str, str] = {
    "central_press": "báo trung ương",
    "sector_press": "báo ngành",
    "city_press": "báo thành phố",
    "tv_radio": "phát thanh, truyền hình",
    "government_portal": "cổng thông tin",
    "department_site": "trang của sở",
    "school_site": "trang của trường",
    "fact_check": "xác minh tin giả",
    "foreign_press_vi": "báo nước ngoài, tiếng Việt",
    "foreign_press_en": "báo nước ngoài, tiếng Anh",
    "external_info_en": "thông tin đối ngoại, tiếng Anh",
    "external_info_zh": "thông tin đối ngoại, tiếng Trung",
    "external_info_multi": "thông tin đối ngoại",
    "aggregator": "trang tổng hợp",
    "youtube": "YouTube",
    "manual_entry": "cán bộ nhập",
}
TIMES: Mapping[str, str] = {
    **PUBLISHED_FROM,
    "selector": "chỗ mà tệp nguồn chỉ",
    "time-tag": "thẻ thời gian của trang",
    "sitemap": "sơ đồ trang",
    "listing": "trang chuyên mục",
}
ADVICE: Mapping[FetchOutcome, str] = {
    FetchOutcome.FETCHED: "",
    FetchOutcome.NOT_MODIFIED: "",
    FetchOutcome.ROBOTS_DENIED: "trang không cho máy tải chỗ này: dùng RSS hoặc sơ đồ trang của họ, xin phép "
    "chủ trang, hoặc tắt kênh; phần mềm luôn tuân theo robots.txt",
    FetchOutcome.ROBOTS_UNREACHABLE: "chưa hỏi được robots.txt nên chưa tải gì; máy tự thử lại, xem lại sau một giờ",
    FetchOutcome.HTTP_ERROR: "mở địa chỉ bằng trình duyệt; nếu cần đăng nhập thì đây là trang đóng, không thu thập",
    FetchOutcome.GONE: "địa chỉ đã đổi: `haidang sources add` với trang chủ để tìm địa chỉ mới, rồi sửa `url`",
    FetchOutcome.TOO_MANY: "máy chủ bảo chờ; máy tự chờ rồi hỏi lại. Hay gặp thì tăng `every_minutes`",
    FetchOutcome.TIMEOUT: "thử lại sau; nếu luôn vậy, tăng `fetch_timeout_s` trong settings.yml",
    FetchOutcome.UNREACHABLE: "kiểm tra tên miền, đường mạng, proxy (`http_proxy`); mở thử bằng trình duyệt",
    FetchOutcome.TOO_LARGE: "nội dung lớn hơn `max_body_bytes`: chọn RSS hoặc chuyên mục nhỏ hơn",
    FetchOutcome.TOO_MANY_REDIRECTS: "ghi thẳng địa chỉ cuối cùng vào `url`",
    FetchOutcome.TARGET_REFUSED: "địa chỉ nội bộ hoặc không phải http(s): phần mềm không bao giờ vào; sửa `url`",
    FetchOutcome.TRUNCATED: "máy chủ gửi thiếu; thử lại sau, nếu luôn vậy thì báo chủ trang",
}
ALERTS: Mapping[AlertKind, str] = {kind: ALERTED[kind.value][1] for kind in AlertKind}
UNREAD_ADVICE = "mở địa chỉ bằng trình duyệt: nếu không phải RSS/sơ đồ trang thì sửa `kind` hoặc `url`"
EMPTY_ADVICE = (
    "RSS, sơ đồ trang: có thể chưa có tin mới, xem lại sau một ngày. Trang chuyên mục: sửa `links` hoặc `path_like` "
    "(docs/add-a-source.md), hoặc chọn địa chỉ khác"
)
NOT_ASKED = "chưa hỏi: hết thời gian, hoặc máy chủ bảo chờ"


def outcome_words(fetch: Fetch) -> str:
    """`tải được · HTTP 200 · 85 ms`, with the reason behind it where there is one."""
    parts = [FETCHED.get(fetch.outcome, fetch.outcome.value)]
    if fetch.status is not None:
        parts.append(f"HTTP {fetch.status}")
    parts.append(f"{fetch.finished_at - fetch.started_at} ms")
    said = f" ({reasons.vi(fetch.message)})" if fetch.message and fetch.outcome is not FetchOutcome.FETCHED else ""
    return " · ".join(parts) + said


def robots_words(decision: str | None) -> str:
    """The stored decision in Vietnamese, with the rule as it stands in the file."""
    return reasons.robots(decision)


def time_words(published: Published | None) -> str:
    """`20/11/2026 08:00:00 (theo bản tin RSS)`."""
    if published is None:
        return "không có ngày"
    return f"{local(published.at)} (theo {TIMES.get(published.source, published.source)})"


def in_words(error: ConfigError) -> str:
    """A fault of a file: where it stands, what is wrong, what to do."""
    return f"{error.where}: {reasons.vi(error.what)} — {reasons.vi(error.fix)}"


def number(value: int) -> str:
    """1234567 → `1.234.567`."""
    return f"{value:,}".replace(",", ".")


def short(text: str, most: int = 100) -> str:
    """One line of at most ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
