"""``haidang doctor``: is this installation able to do its work, and if not, what to do. Changes nothing."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from config.settings import Settings
from runner.deps import wall_clock
from runner.sources_words import in_words
from runner.when import local
from store.api import Store

MIN_FREE_BYTES = 2_000_000_000
DRIFT_TOLD_MS = 31 * 86_400_000  # a month has its say until the next
STALE_FETCH_MS = 2 * 3_600_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: ``level`` is ok, warning or error; ``fix`` says what to do."""

    level: str
    what: str
    fix: str = ""


def examine(settings: Settings) -> list[Finding]:
    """All checks; an early error does not hide later ones."""
    checks = (
        _python,
        _home,
        _disk,
        _database,
        _configuration,
        _models,
        _sources,
        _weights,
        _desk,
        _mail,
        _telling,
        _work,
    )
    return [finding for check in checks for finding in check(settings)]


def _python(settings: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("ok", f"Python {version}, SQLite {sqlite3.sqlite_version}")


def _home(settings: Settings) -> Iterator[Finding]:
    if not settings.home.is_dir():
        yield Finding("error", f"Chưa có thư mục dữ liệu {settings.home}", "chạy `haidang init`")
        return
    probe = settings.home / ".doctor"
    try:
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as bad:
        yield Finding("error", f"Không ghi được vào {settings.home}: {bad.strerror}", "sửa quyền của thư mục")
    else:
        yield Finding("ok", f"Thư mục dữ liệu {settings.home} ghi được")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.home if settings.home.is_dir() else settings.home.parent
    while not folder.is_dir():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    level = "ok" if free >= MIN_FREE_BYTES else "error"
    left = f"{free / 1e9:.1f}".replace(".", ",")
    yield Finding(level, f"Đĩa còn {left} GB", "" if level == "ok" else "dọn đĩa: cần ít nhất 2 GB")


def _database(settings: Settings) -> Iterator[Finding]:
    if not settings.database.exists():
        yield Finding("warning", "Chưa có cơ sở dữ liệu", "chạy `haidang init`")
        return
    try:
        with sqlite3.connect(f"file:{settings.database}?mode=ro", uri=True) as connection:
            verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
        connection.close()
    except sqlite3.DatabaseError as bad:
        verdict = str(bad)
    if verdict == "ok":
        yield Finding("ok", f"Cơ sở dữ liệu lành lặn ({settings.database.stat().st_size / 1e6:.0f} MB)")
    else:
        yield Finding("error", f"Cơ sở dữ liệu hỏng: {verdict}", "dừng hệ thống, khôi phục bản sao lưu gần nhất")


def _configuration(settings: Settings) -> Iterator[Finding]:
    from config.gazetteer import load_gazetteer
    from store.errors import ConfigError

    try:
        load_gazetteer()
    except ConfigError as bad:
        yield Finding("error", str(bad), "sửa tệp địa danh")
    else:
        yield Finding("ok", "Địa danh đọc được")
    yield from _themes(settings)


def _themes(settings: Settings) -> Iterator[Finding]:
    """What a department edits beside its settings; each shipped file goes on where its own is faulty."""
    from config.calendar import load_calendar
    from config.contacts import load_contacts
    from config.deadlines import load_deadlines
    from config.offices import load_offices
    from config.official_hosts import load_official_hosts
    from config.routing import load_routing
    from config.topics import load_themes
    from store.errors import ConfigError

    for name, load, told in (
        ("topics.yml", load_themes, "{} chuyên mục đọc được"),
        ("offices.yml", load_offices, "{} cơ quan đọc được"),
        ("official_hosts.yml", load_official_hosts, ""),
        ("contacts.yml", load_contacts, "{} mục liên hệ đọc được"),
        ("routing.yml", load_routing, ""),
        ("calendar.yml", load_calendar, ""),
        ("deadlines.yml", load_deadlines, ""),
    ):
        try:
            found, errors = load(settings.home)
        except ConfigError as bad:
            yield Finding("error", in_words(bad), f"khôi phục config/{name} của bản phát hành")
            continue
        for wrong in errors:
            yield Finding("error", in_words(wrong), "sửa dòng đó rồi khởi động lại; tới lúc đó dùng bản có sẵn")
        if told and not errors:
            yield Finding("ok", told.format(len(found)))  # type: ignore[arg-type]


def _models(settings: Settings) -> Iterator[Finding]:
    from runner.models_state import findings

    yield from (Finding(*one) for one in findings(settings.home))


def _sources(settings: Settings) -> Iterator[Finding]:
    from config.loader import load_sources

    sources, errors = load_sources(settings)
    for bad in errors:
        yield Finding("error", in_words(bad), "sửa dòng đó; các nguồn khác vẫn chạy")
    on = [s for s in sources.values() if s.enabled]
    unverified = [s for s in on if not s.verified]
    yield Finding(
        "ok" if on else "error", f"{len(on)} nguồn đang bật trên {len(sources)}", "" if on else "bật một nguồn"
    )
    if unverified:
        yield Finding(
            "warning",
            f"{len(unverified)} nguồn đang bật chưa được kiểm chứng trực tiếp",
            "chạy `haidang sources check --live`, rồi `haidang sources test TÊN`; chạy được thì ghi `verified: true`",
        )


def _mail(settings: Settings) -> Iterator[Finding]:
    import smtplib

    if not settings.administrators:
        what = "Chưa có người quản trị nhận thư khi một nguồn im lặng"
        yield Finding("warning", what, "đặt `administrators` trong settings.yml; tới lúc đó xem trang Nguồn theo dõi")
    if not settings.recipients:
        yield Finding("warning", "Chưa có người nhận điểm báo", "đặt `recipients` trong settings.yml")
        return
    if not settings.smtp_host:
        yield Finding("error", "Có người nhận nhưng chưa có máy chủ thư", "đặt `smtp_host` trong settings.yml")
        return
    address = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        kind = smtplib.SMTP_SSL if settings.smtp_security == "tls" else smtplib.SMTP
        with kind(settings.smtp_host, settings.smtp_port, timeout=5) as server:
            server.noop()
    except OSError as bad:
        yield Finding("error", f"Không tới được máy chủ thư {address}: {bad}", "kiểm tra tên, cổng và tường lửa")
    else:
        yield Finding("ok", f"Máy chủ thư {address} trả lời")


def _desk(settings: Settings) -> Iterator[Finding]:
    if settings.desk_host not in ("127.0.0.1", "localhost", "::1"):
        what = f"desk_host {settings.desk_host}: bàn làm việc chưa có tài khoản nên sẽ không khởi động"
        yield Finding("error", what, "đặt desk_host: 127.0.0.1")
    if not settings.contact:
        what = "Chưa có địa chỉ liên hệ trong User-Agent"
        yield Finding("warning", what, "đặt `contact` trong settings.yml trước khi tải nguồn thật")


def _work(settings: Settings) -> Iterator[Finding]:
    from store.errors import StoreError
    from store.sqlite import open_store

    if not settings.database.exists():
        return
    try:
        store = open_store(settings.database)
    except (StoreError, sqlite3.DatabaseError) as bad:
        fix = "sửa quyền, cài đúng phiên bản, hoặc khôi phục bản sao lưu"
        yield Finding("error", f"Không mở được cơ sở dữ liệu: {bad}", fix)
        return
    try:
        yield from _state_of(store, settings)
    except sqlite3.DatabaseError as bad:
        yield Finding("error", f"Không đọc được danh sách việc: {bad}", "khôi phục bản sao lưu gần nhất")
    finally:
        store.close()


def _weights(settings: Settings) -> Iterator[Finding]:
    from runner.evaluate_choice import weights_in_use
    from store.errors import ConfigError

    try:
        used = weights_in_use(settings.home)
    except ConfigError as bad:
        yield Finding("error", str(bad), "cài lại bản phát hành")
        return
    if used.warning:
        yield Finding("error", used.warning, "haidang evaluate --accept THƯ_MỤC --by …, hoặc --accept shipped --by …")
    elif not used.shipped:
        yield Finding("ok", f"Nhận định bằng trọng số {used.version}, đã được chấp nhận")


def _drift(store: Store, now: int) -> Iterator[Finding]:
    from alerts.labelling_words import DRIFT_DO, drift_told

    for notice in store.drift_notices(12):
        if now - notice.at < DRIFT_TOLD_MS:
            yield Finding("warning", drift_told(notice), DRIFT_DO)


def _overdue(settings: Settings, day: str, now: int) -> bool:
    from alerts.digest_days import calendar_of, missed

    clock = calendar_of(settings.home, settings.timezone)
    return missed(clock, dt.date.fromisoformat(day), now, settings.digest_at, settings.timezone)


def _telling(settings: Settings) -> Iterator[Finding]:
    from runner.doctor_telling import telling

    yield from (Finding(*told) for told in telling(settings))


def _state_of(store: Store, settings: Settings) -> Iterator[Finding]:
    from runner.doctor_telling import auditor

    yield from _drift(store, wall_clock())
    now = wall_clock()
    yield from (Finding(*told) for told in auditor(store, settings, now))
    dead = store.dead_tasks(1000)
    if dead:
        what = f"{len(dead)} việc đã thử nhiều lần không xong; mới nhất: {dead[0].stage} {dead[0].message[:120]}"
        yield Finding("error", what, "xem `haidang tasks`, sửa nguyên nhân, rồi `haidang tasks --revive`")
    else:
        yield Finding("ok", "Không có việc nào cần can thiệp")
    index = store.index_state()
    if index.missing or not index.current:
        yield Finding("warning", f"{index.missing} bài chưa tìm kiếm được", "chạy `haidang search --rebuild`")
    failed = store.failed_deliveries(20)
    for delivery in failed:
        what = f"Không gửi được cho {delivery.recipient}: {delivery.error}"
        yield Finding("error", what, "sửa địa chỉ hoặc máy chủ thư; điểm báo vẫn ở thư mục digests")
    newest = max((c.last_ok_at for c in store.channels() if c.last_ok_at), default=None)
    stale = newest is None or now - newest > STALE_FETCH_MS
    what = f"Lần tải nguồn thành công gần nhất: {local(newest) if newest else 'chưa có lần nào'}"
    yield Finding("warning" if stale else "ok", what, "xem `haidang up` có đang chạy không, và trang Nguồn theo dõi")
    last = [d for d in store.digests(8) if d.kind == "daily"]
    late = not last or _overdue(settings, last[0].day, now)
    what = f"Điểm báo gần nhất: {last[0].day if last else 'chưa có'}"
    yield Finding("warning" if late else "ok", what, "xem `haidang up` có đang chạy không, rồi `haidang tasks`")
