"""Hôm nay and the issued digests: what was frozen is what is shown, and every figure opens."""

from __future__ import annotations

import datetime
import re

from starlette.testclient import TestClient

from store.model import Basis, Relation
from tests.unit.desk.conftest import DAY, Press
from tests.unit.desk.pages import section, tree, words


def a_day(press: Press) -> None:
    press.article("Phường Lê Chân mở thêm ba lớp bán trú", "Nhà trường nhận học sinh từ tuần tới.", story="ban-tru")
    press.article("Lê Chân mở thêm lớp bán trú", outlet="Báo Sóng Xanh", story="ban-tru", relation=Relation.REPRINT)
    press.article("Trường ở Kiến An thi robot", basis=Basis.FEED, tone="pos")
    press.article("Bộ công bố lịch thi tốt nghiệp", hp="none")
    press.article("Giá cà phê tăng", outcome="irrelevant", edu="none", hp="none")


def test_an_empty_desk_says_what_would_be_here_and_how_to_get_it(desk: TestClient) -> None:
    said = words(tree(desk, "/"))
    assert "Chưa có bản điểm báo nào" in said
    assert "haidang up" in said and "haidang digest" in said and "06:30" in said
    assert "Chưa có bản điểm báo nào" in words(tree(desk, "/diem-bao"))


def test_today_shows_the_newest_digest_by_part_with_its_figures(press: Press, desk: TestClient) -> None:
    a_day(press)
    press.issue()
    page = tree(desk, "/")
    said = words(page)
    assert "thứ Sáu, 20/11/2026" in said
    assert "Hải Phòng 3 tin, bài" in words(page.cssselect(".state")[0])
    assert "Bộ, ngành 1" in words(page.cssselect(".state")[0])
    assert said.index("mở thêm ba lớp bán trú") < said.index("lịch thi tốt nghiệp")
    assert "cà phê" not in said
    assert "1 bài khác cùng nhóm tin" in said
    assert "chỉ có tiêu đề và sapo" in said
    assert "▲ thuận lợi" in said and "0,91" in said


def test_every_figure_printed_opens_exactly_its_items(press: Press, desk: TestClient) -> None:
    a_day(press)
    digest = press.issue()
    opened = 0
    for address in ("/", f"/diem-bao/{DAY}"):
        for link in tree(desk, address).cssselect("a[href*='/so-lieu/']"):
            printed = int(
                re.findall(r"\d+", words(link))[-1] if link.cssselect("b") else re.findall(r"\d+", words(link))[0]
            )
            figure = tree(desk, link.get("href"))
            assert len(figure.cssselect("ol.items > li")) == printed
            assert words(figure.cssselect("h1")[0]).endswith(f": {printed}")
            assert "phải bằng nhau" not in words(figure)
            opened += 1
    assert opened >= 15
    for key, count in digest.figures.items():
        assert len(tree(desk, f"/diem-bao/{DAY}/so-lieu/{key}").cssselect("ol.items > li")) == count


def test_judging_again_changes_nothing_that_was_issued(press: Press, desk: TestClient) -> None:
    article = press.article("Trường Hoa Phượng đón học sinh mới", "Sáng nay.", tone="pos")
    press.issue()
    before = words(tree(desk, f"/diem-bao/{DAY}/so-lieu/hai_phong").cssselect("main")[0])
    later = press.read(article, "Trường Hoa Phượng hoãn khai giảng", "Sáng nay.", "", Basis.PAGE, press.clock + 9)
    press.judge(later, "irrelevant", "", press.clock + 9, {}, tone="neg", version="v2")
    first = press.store.revisions_of([article.id])[article.id][0]
    press.judge(first, "irrelevant", "", press.clock + 9, {}, tone="neg", version="v2")
    assert words(tree(desk, f"/diem-bao/{DAY}/so-lieu/hai_phong").cssselect("main")[0]) == before
    today = words(tree(desk, "/"))
    assert "đón học sinh mới" in today and "hoãn khai giảng" not in today
    assert "thuận lợi" in today and "bất lợi" not in today


def test_a_long_part_is_cut_on_the_page_and_whole_behind_its_figure(press: Press, desk: TestClient) -> None:
    for n in range(130):
        press.article(f"Tin số {n} về trường học ở Hải An")
    press.issue()
    page = tree(desk, f"/diem-bao/{DAY}")
    assert len(page.cssselect("article.story")) == 25
    assert "Còn 105 nhóm tin nữa" in words(page)
    first = tree(desk, f"/diem-bao/{DAY}/so-lieu/hai_phong")
    assert len(first.cssselect("ol.items > li")) == 100
    more = next(a.get("href") for a in first.cssselect("a") if "Trang sau" in words(a))
    assert len(tree(desk, f"/diem-bao/{DAY}/so-lieu/hai_phong{more}").cssselect("ol.items > li")) == 30


def test_the_issued_files_are_served_byte_for_byte_in_a_sandbox(press: Press, desk: TestClient) -> None:
    a_day(press)
    digest = press.issue()
    html = desk.get(f"/diem-bao/{DAY}/ban-phat-hanh")
    assert html.content == press.bodies.get(digest.files["html"])
    policy = html.headers["content-security-policy"]
    assert policy.startswith("sandbox ") and "allow-scripts" not in policy and "allow-same-origin" not in policy
    assert "script-src" not in policy and "default-src 'none'" in policy
    text = desk.get(f"/diem-bao/{DAY}/van-ban")
    assert text.content == press.bodies.get(digest.files["text"])
    assert text.headers["content-type"] == "text/plain; charset=utf-8"


def test_the_digests_before_are_listed_newest_first(press: Press, desk: TestClient) -> None:
    for back in (2, 1, 0):
        press.issue(DAY - datetime.timedelta(days=back))
    links = [a.get("href") for a in tree(desk, "/").cssselect("aside a")]
    assert links == ["/diem-bao/2026-11-19", "/diem-bao/2026-11-18", "/diem-bao"]
    rows = [a.get("href") for a in tree(desk, "/diem-bao").cssselect("td a")]
    assert rows == ["/diem-bao/2026-11-20", "/diem-bao/2026-11-19", "/diem-bao/2026-11-18"]
    assert "Ngày yên ắng" in words(tree(desk, "/"))


def test_the_page_says_since_when_its_numbers_are(press: Press, desk: TestClient) -> None:
    foot = words(tree(desk, "/").cssselect("footer")[0])
    assert "20/11/2026 08:30:00" in foot
    assert "LƯU HÀNH NỘI BỘ" in foot
    assert "trên máy này" in foot and "đã được che" in foot


def test_every_page_has_a_title_and_marks_where_the_reader_is(press: Press, desk: TestClient) -> None:
    a_day(press)
    press.issue()
    for address in ("/", "/diem-bao", f"/diem-bao/{DAY}", "/tin-bai", "/nguon", "/viec"):
        page = tree(desk, address)
        assert page.findtext(".//title").endswith("– Hải Đăng")
        assert len(page.cssselect("h1")) == 1
        assert len(page.cssselect("nav [aria-current=page]")) == 1
        assert page.get("lang") == "vi"
        assert section(page, "noi-dung") is not None


def test_an_old_digest_is_not_passed_off_as_todays(press: Press, desk: TestClient) -> None:
    press.issue(DAY - datetime.timedelta(days=4))
    assert "Điểm báo này đã cũ" in words(tree(desk, "/"))
    press.issue(DAY)
    assert "Điểm báo này đã cũ" not in words(tree(desk, "/"))
