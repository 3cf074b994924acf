"""Milliseconds as people here read them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(ms: int | None) -> str:
    """``20/11/2026 06:30:05``, or ``—``."""
    return "—" if ms is None else dt.datetime.fromtimestamp(ms / 1000, ZONE).strftime("%d/%m/%Y %H:%M:%S")
