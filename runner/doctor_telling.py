"""What `haidang doctor` says of telling people: reach, duty, papers, the auditor. Part of :mod:`runner.doctor`."""

from __future__ import annotations

from collections.abc import Iterator

from config.settings import Settings
from lang.reasons import vi
from store.api import Store
from store.errors import ConfigError

Told = tuple[str, str, str]
"""(level, what, what to do)."""


def telling(settings: Settings) -> Iterator[Told]:
    """From files alone."""
    from alerts import papers
    from alerts.documents.pdf_engine import BUNDLED, family
    from config.contacts import load_contacts, without_address
    from config.escalation import load_escalation

    try:
        contacts, _ = load_contacts(settings.home)
        _, errors = load_escalation(contacts, settings.home)
    except ConfigError as bad:
        yield "error", f"{bad.where}: {vi(bad.what)}", "khôi phục tệp của bản phát hành"
        return
    for wrong in errors:
        yield "error", f"{wrong.where}: {vi(wrong.what)}", "sửa dòng đó; xem `haidang roster check`"
    silent = len(without_address(contacts))
    if silent:
        what = f"{silent} nơi chưa có địa chỉ nhận tin (xã, phường, phòng ban, vai trực)"
        yield "warning", what, "điền contacts.yml trong thư mục dữ liệu; xem `haidang route check`"
    _, faults = papers.load(settings.home)
    for fault in faults:
        yield "error", str(fault), "sửa mẫu văn bản; tới lúc đó dùng mẫu có sẵn"
    if family() == BUNDLED:
        yield "warning", "Máy chưa có phông Times New Roman hay Liberation Serif 2", "cài gói fonts-liberation2"


def auditor(store: Store, settings: Settings, now: int) -> Iterator[Told]:
    """Whether it looks, and what it found."""
    from alerts.formats import moment_short
    from runner.auditing import OLD_MS, last_beat

    seen, open_ = last_beat(settings), store.audit_findings()
    if seen is None:
        yield "warning", "Máy kiểm tra độc lập chưa chạy lần nào", "chạy `haidang up`, hoặc `haidang auditor once`"
    elif now - seen > OLD_MS:
        what = f"Máy kiểm tra độc lập nhìn lần cuối lúc {moment_short(seen, settings.timezone)}"
        yield "error", what, "khởi động lại `haidang up`"
    if open_:
        yield "error", f"Kiểm tra độc lập: {len(open_)} việc lẽ ra phải báo mà chưa báo", "xem `haidang auditor show`"
