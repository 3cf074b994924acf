"""A recording of invented feed items, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from zoneinfo import ZoneInfo

PLACES = [
    "phường Lê Chân, Hải Phòng",
    "xã Vĩnh Bảo, Hải Phòng",
    "phường Hồng Bàng (TP Hải Phòng)",
    "Hải Phòng",
    "Nghệ An",
    "TP.HCM",
    "Hà Nội",
    "phường Hải Dương, TP Hải Phòng",
    "đặc khu Cát Hải",
    "Lâm Đồng",
]
THINGS = [
    "học sinh lớp 9 ôn thi vào lớp 10",
    "giáo viên được thưởng Tết",
    "trường tiểu học thiếu phòng học",
    "phụ huynh phản ánh khoản thu đầu năm",
    "bếp ăn bán trú bị kiểm tra",
    "giá vàng tăng mạnh",
    "đội bóng giành ba điểm",
    "cầu mới thông xe",
    "Bộ GD-ĐT công bố đề minh hoạ",
    "học sinh đạt huy chương toán",
]
TAILS = [
    "trong tuần này",
    "sau nhiều tháng chờ đợi",
    "theo thông báo sáng nay",
    "khiến nhiều người quan tâm",
    "từ tháng tới",
]
OUTLETS = ["Báo Bến Cảng", "Tin Sông Cấm", "Nhật báo Hoa Phượng"]
START = dt.datetime(2026, 11, 2, 6, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def write(path: Path, items: int = 1200, days: float = 3.1, seed: int = 7) -> list[str]:
    """Write JSON lines; the URLs in order."""
    choose, urls = random.Random(seed), []
    step = dt.timedelta(days=days) / items
    with path.open("w", encoding="utf-8") as file:
        for number in range(items):
            thing, place = choose.choice(THINGS), choose.choice(PLACES)
            seen = START + step * number
            url = f"http://{choose.choice(['bencang', 'songcam', 'hoaphuong'])}.example/tin-{number}.html"
            item = {
                "url": url,
                "title": f"{place}: {thing} {choose.choice(TAILS)}",
                "summary": f"{thing.capitalize()} ở {place}, {choose.choice(TAILS)}: {choose.randint(2, 900)} người.",
                "source": choose.choice(OUTLETS),
                "feeds": ["demo"],
                "published": seen.isoformat(),
                "first_fetched": seen.isoformat(),
            }
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
            urls.append(url)
    return urls
