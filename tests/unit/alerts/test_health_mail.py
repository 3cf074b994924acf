"""The letter about sources in trouble: precise, short, and nothing of it can be turned against the reader."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from alerts import health_mail, health_words
from config.settings import Settings
from config.sources import Source
from store.errors import Permanent, Transient
from store.model import AlertKind, HealthAlert
from store.sqlite import SqliteStore, open_store

NOW, HOUR, TZ = 1_795_150_800_000, 3_600_000, "Asia/Ho_Chi_Minh"  # 2026-11-20 12:00
RSS = {"url": "https://a.example/rss"}


def source(name: str, outlet: str = "Báo Bến Cảng", group: str = "") -> Source:
    return Source.model_validate(
        {"id": name, "name": outlet, "outlet": outlet, "kind": "city_press", "owner": "Văn phòng Sở", "group": group}
    )


def alert(source_id: str, kind: AlertKind = AlertKind.FAILING, at: int = NOW, **figures: object) -> HealthAlert:
    return HealthAlert(HealthAlert.make_id(source_id, kind, at), source_id, kind, at, "Văn phòng Sở", figures)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = open_store(tmp_path / "haidang.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, smtp_from="diembao@so.example", administrators=("quantri@so.example",))


@pytest.mark.parametrize(
    ("kind", "figures", "said"),
    [
        (AlertKind.SILENT, {"how": "gap", "since": NOW - 30 * HOUR, "until": NOW, "months": 60.0, "expected": 11.0},
         "không có tin mới từ thứ Năm, 19/11/2026 06:00 (30 giờ); quãng ấy thường có tin trong khoảng 11 giờ, và "
         "lặng như vậy ở nguồn này khoảng 5 năm mới gặp một lần."),
        (AlertKind.SILENT, {"how": "gap", "since": NOW - 80 * HOUR, "until": NOW, "patience_hours": 72},
         "không có tin mới từ thứ Ba, 17/11/2026 04:00 (3 ngày); quá mức chờ 72 giờ của nguồn này. Nguồn chưa đủ tin "
         "để biết nhịp riêng, nên chỉ đo bằng mức chờ."),
        (AlertKind.SILENT, {"how": "gap", "since": NOW - 30 * HOUR, "until": NOW, "ever": False},
         "trả lời, nhưng chưa có tin nào từ khi bắt đầu hỏi, thứ Năm, 19/11/2026 06:00 (30 giờ)."),
        (AlertKind.LATE, {"how": "few", "seen": 7, "expected": 45.2, "leanest": 31},
         "bảy ngày qua chỉ có 7 tin, bài; thường khoảng 45, tuần ít nhất trước nay 31."),
        (AlertKind.FLOODING, {"hours": 1, "seen": 1240, "expected": 2.4, "most": 9},
         "1 giờ qua có 1.240 tin, bài; thường khoảng 2,4, nhiều nhất trước nay 9."),
        (AlertKind.LAYOUT_CHANGED, {"since": NOW, "parts": [{"part": "date", "before": 0.95, "now": 0.05}]},
         "trang bài có thể đã đổi bố cục, từ thứ Sáu, 20/11/2026 12:00: ngày giờ đăng chỉ còn ở 5 % "
         "trang mới (trước 95 %)."),
        (AlertKind.FAILING, {"since": NOW - 9 * HOUR, "all": True, "channels": [RSS | {"outcome": "gone"}]},
         "không địa chỉ nào tải được từ thứ Sáu, 20/11/2026 03:00: https://a.example/rss (trang không còn)."),
        (AlertKind.FAILING, {"since": None, "all": False, "channels": [RSS | {"outcome": "timeout"}]},
         "một phần địa chỉ không tải được: https://a.example/rss (quá giờ chờ); các địa chỉ khác vẫn chạy."),
        (AlertKind.NEVER_ANSWERED, {"since": None, "channels": [RSS | {"outcome": "robots_denied"}]},
         "đã hỏi mà chưa trả lời lần nào: https://a.example/rss (robots.txt không cho tải)."),
    ],
)  # fmt: skip
def test_what_was_measured_is_a_sentence(kind: AlertKind, figures: dict[str, object], said: str) -> None:
    assert health_words.sentence(alert("bencang", kind, **figures), TZ) == said


@pytest.mark.parametrize(
    ("months", "said"),
    [(6.0, "khoảng 6 tháng"), (48.0, "khoảng 4 năm"), (480.0, "khoảng 40 năm"), (9999.0, "gần như chưa từng có")],
)
def test_rarity_is_told_in_what_people_count(months: float, said: str) -> None:
    assert health_words.rare(months).startswith(said)


def letter(store: SqliteStore, settings: Settings, alerts: list[HealthAlert], *sources: Source) -> tuple[str, str]:
    """(subject, text) as they arrive."""
    with store.transaction() as tx:
        tx.add_alerts(alerts)
    (delivery,) = health_mail.plan(NOW, settings.administrators, settings.smtp_from)
    wire = health_mail.write(store, delivery, {s.id: s for s in sources}, settings, NOW).as_bytes()
    wire.decode("ascii")
    assert max(map(len, wire.split(b"\r\n"))) <= 998
    got = message_from_bytes(wire, policy=policy.default)
    assert got["To"] == "quantri@so.example" and got["Auto-Submitted"] == "auto-generated"
    return got["Subject"], str(got.get_content())


def test_the_same_letter_on_every_try(store: SqliteStore, settings: Settings) -> None:
    one = health_mail.plan(NOW, ["A@so.example", "a@so.example"], settings.smtp_from)
    again = health_mail.plan(NOW, ["a@so.example"], settings.smtp_from)
    assert len(one) == 1 and one == again
    assert health_mail.is_health(one[0].event_id) and not health_mail.is_health("dig_abc")


def test_only_what_this_check_opened_is_in_it(store: SqliteStore, settings: Settings) -> None:
    before = alert("cu", at=NOW - HOUR)
    subject, text = letter(store, settings, [before, alert("bencang")], source("bencang"), source("cu", "Báo Cũ"))
    assert subject == "Nguồn theo dõi: Báo Bến Cảng – không tải được" and "Báo Cũ" not in text


def test_two_sources_are_counted_in_the_subject(store: SqliteStore, settings: Settings) -> None:
    subject, text = letter(store, settings, [alert("a"), alert("b", AlertKind.FLOODING)], source("a"), source("b"))
    assert subject == "Nguồn theo dõi: 2 nguồn cần xem"
    assert "1. Báo Bến Cảng (a) – không tải được" in text and "2. Báo Bến Cảng (b) – nhiều tin bất thường" in text


def test_many_changed_layouts_are_not_called_a_network_failure(store: SqliteStore, settings: Settings) -> None:
    alerts = [alert(f"s{n}", AlertKind.LAYOUT_CHANGED, parts=[]) for n in range(9)]
    subject, text = letter(store, settings, alerts)
    assert subject == "Nguồn theo dõi: 9 nguồn cần xem" and "mạng" not in text


def test_a_long_list_is_cut_and_says_so(store: SqliteStore, settings: Settings) -> None:
    _, text = letter(store, settings, [alert(f"s{n}") for n in range(60)])
    assert "40. S" in text and "41. S" not in text and "… và 20 nguồn nữa" in text


def test_a_quiet_day_of_all_has_a_subject_of_its_own(store: SqliteStore, settings: Settings) -> None:
    subject, text = letter(store, settings, [alert("*", AlertKind.LATE, low=30, judged=40)])
    assert subject.startswith("Hơn nửa số nguồn ít tin hẳn") and "30 trong 40 nguồn" in text


def test_an_outlets_name_smuggles_no_header_in(store: SqliteStore, settings: Settings) -> None:
    evil = source("bencang", "Báo\r\nBcc: ai-do@xau.example\r\n\r\n<script>")
    subject, _ = letter(store, settings, [alert("bencang", channels=[{"url": "x\r\ny" * 500, "outcome": None}])], evil)
    assert "\n" not in subject and "Bcc" in subject


def test_what_stands_in_its_way_is_said(store: SqliteStore, settings: Settings) -> None:
    (delivery,) = health_mail.plan(NOW, settings.administrators)
    with pytest.raises(Permanent, match="không còn báo động nào"):
        health_mail.write(store, delivery, {}, settings, NOW)
    with store.transaction() as tx:
        tx.add_alerts([alert("bencang")])
    with pytest.raises(Transient, match="smtp_from"):
        health_mail.write(store, delivery, {}, settings.model_copy(update={"smtp_from": ""}), NOW)
