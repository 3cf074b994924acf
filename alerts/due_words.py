"""Due times in words: each step as a line that an official can check with a calendar on the wall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from alerts.due import Due, Step
from alerts.formats import WEEKDAYS, number

UNVERIFIED, PROJECTED = "chưa xác minh", "dự kiến"
COUNTS: Mapping[str, str] = {
    "calendar_hours": "giờ đồng hồ", "working_hours": "giờ làm việc", "working_days": "ngày làm việc",
    "calendar_days": "ngày",
}  # fmt: skip
STARTS: Mapping[str, str] = {
    "event_known": "biết sự việc",
    "request_received": "nhận yêu cầu",
    "published": "bài được đăng",
    "found": "phát hiện",
    "handover_issued": "phát hành công văn chuyển",
    "takedown_requested": "cơ quan có thẩm quyền yêu cầu gỡ",
    "notice_received": "nhận thông báo",
    "case_opened": "lập hồ sơ",
}
CLOCKS: Mapping[str, str] = {
    "first_answer": "trả lời lần đầu",
    "close": "kết thúc",
    "verify": "đối chiếu",
    "report": "báo cáo",
    "handover": "nhận bàn giao",
    "takedown": "gỡ bài",
    "explain": "giải trình",
    "data_request": "yêu cầu về dữ liệu cá nhân",
}
KINDS: Mapping[str, str] = {
    "holiday": "ngày lễ", "in_lieu": "nghỉ bù", "swap": "nghỉ hoán đổi", "local": "nghỉ của địa phương, cơ quan",
}  # fmt: skip


def lines(due: Due, zone: str) -> tuple[str, ...]:
    """The explanation of a due time, a line a step."""
    tz = ZoneInfo(zone)
    return tuple(_line(step, due, tz) for step in due.steps)


def step_lines(steps: list[Step], zone: str, *, in_days: bool = False) -> tuple[str, ...]:
    """Steps of ``alerts.due.explain`` alone."""
    tz = ZoneInfo(zone)
    return tuple(_counted(step, tz, in_days) for step in steps)


def amount(counts: str, value: float) -> str:
    """`24 giờ đồng hồ`, `2 ngày làm việc`."""
    return f"{number(value, 0 if value == int(value) else 2)} {COUNTS[counts]}"


def marks(*, verified: bool, projected: bool = False) -> str:
    """` (dự kiến, chưa xác minh)` or nothing."""
    told = [word for word, says in ((PROJECTED, projected), (UNVERIFIED, not verified)) if says]
    return f" ({', '.join(told)})" if told else ""


def span(ms: int) -> str:
    """`1 giờ 30 phút`, `45 phút`, `0 phút`."""
    hours, minutes = divmod(ms // 60_000, 60)
    if hours and minutes:
        return f"{number(hours)} giờ {minutes} phút"
    return f"{number(hours)} giờ" if hours else f"{minutes} phút"


def day(at: dt.date) -> str:
    """`thứ Sáu 13/02/2026`."""
    return f"{WEEKDAYS[at.weekday()]} {at:%d/%m}/{at.year}"


def _line(step: Step, due: Due, tz: ZoneInfo) -> str:
    at, until = _wall(step.begins, tz), _wall(step.ends, tz)
    name = step.names[0] if step.names else ""
    said = {
        "hours": f"{span(step.worked)} liền, kể cả đêm và ngày nghỉ",
        "days": f"{step.days} ngày theo lịch, không tính ngày bắt đầu",
        "paused": f"tạm dừng từ {_moment(at)} đến {_moment(until)}, {step.who}: {name}",
        "due": f"hạn: {_moment(at)}{marks(verified=step.verified, projected=due.projected)}",
    }
    if step.kind in said:
        return said[step.kind]
    if step.kind == "start":
        basis = f"; căn cứ: {due.basis}{marks(verified=due.verified)}" if due.basis else ""
        return f"tính từ {_moment(at)} ({STARTS.get(name, name)}){basis}"
    if step.kind == "rolled":
        called = f" ({', '.join(step.names)})" if step.names else ""
        mark = marks(verified=step.verified, projected=step.projected)
        return f"{day(at.date())} là ngày nghỉ{called}{mark}: tính đến {_moment(until)}"
    if step.kind in ("instruction", "instruction_late"):
        late = (
            ", muộn hơn thời hạn theo quy định: giữ thời hạn theo quy định" if step.kind == "instruction_late" else ""
        )
        return f"ý kiến chỉ đạo của {step.who} lúc {_moment(at)}: “{name}”, hạn {_moment(until)}{late}"
    return _counted(step, tz, due.counts == "working_days")


def _counted(step: Step, tz: ZoneInfo, in_days: bool) -> str:
    at, until = _wall(step.begins, tz), _wall(step.ends, tz)
    last = _wall(step.ends - 1, tz).date()
    mark = marks(verified=step.verified, projected=step.projected)
    left = f"còn {step.left} ngày" if in_days else f"còn {span(step.left)}"
    did = f"{step.days} ngày làm việc" if in_days else f"làm việc {span(step.worked)}"
    days, names = _days(at.date(), last), ", ".join(step.names)
    if step.kind == "work" and not in_days:
        days = f"{day(last)} {at:%H:%M}–{until:%H:%M}" if at.date() == last else f"{_moment(at)} đến {_moment(until)}"
    storm = f"; {did}, {left}" if step.worked or step.days else ""
    said = {
        "off": f"nghỉ {', '.join(_bare(n) for n in step.names)}: {days}{mark}",
        "weekly": f"nghỉ hằng tuần: {days}",
        "storm": f"{names}: {days}, đồng hồ dừng{mark}{storm}",
        "made_up": f"làm bù {days} ({names}){mark}: {did}, {left}",
        "elided": f"… {days}: {did}, {left}{mark}",
    }
    return said.get(step.kind, f"{days}: {did}, {left}")


def _bare(name: str) -> str:
    """`Tết Bính Ngọ` of `Nghỉ Tết Bính Ngọ`: the line says it already."""
    return name[5:] if name.lower().startswith("nghỉ ") else name


def _days(first: dt.date, last: dt.date) -> str:
    return day(first) if first == last else f"{day(first)} đến {day(last)}"


def _moment(at: dt.datetime) -> str:
    return f"{at:%H:%M} {day(at.date())}"


def _wall(ms: int, tz: ZoneInfo) -> dt.datetime:
    return dt.datetime.fromtimestamp(ms / 1000, tz)
