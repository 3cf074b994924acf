"""An article as read: what it said, what changed, what was judged, what became of it."""

from __future__ import annotations

from starlette.testclient import TestClient

from store.model import Absence, Alias, Basis, Disclosure, FetchKind, FetchOutcome, NewTask, Relation
from tests.unit.desk.conftest import DAY, HOUR, MINUTE, Press
from tests.unit.desk.pages import section, tree, words


def test_the_newest_page_is_shown_and_an_older_one_can_be_opened(press: Press, desk: TestClient) -> None:
    article = press.article("Trường Hoa Phượng thu 200.000 đồng", "Khoản thu tự nguyện.", basis=Basis.FEED)
    press.read(
        article, "Trường Hoa Phượng thu 200.000 đồng", "Sapo.", "Đoạn một.\nĐoạn hai.", Basis.PAGE, press.clock + 1
    )
    press.read(
        article, "Trường Hoa Phượng thu 150.000 đồng", "Sapo.", "Đoạn một.\nĐoạn hai.", Basis.PAGE, press.clock + 2
    )
    press.read(article, "Tin trên bản RSS sửa sau", "Sapo.", "", Basis.FEED, press.clock + 3)
    page = tree(desk, f"/tin-bai/{article.id}")
    assert words(page.cssselect("h1")[0]) == "Trường Hoa Phượng thu 150.000 đồng"
    assert [words(p) for p in section(page, "ban-goc").cssselect(".text p")] == ["Sapo.", "Đoạn một.", "Đoạn hai."]
    older = [a.get("href") for a in section(page, "thay-doi").cssselect("a")]
    assert len(older) == 4
    first = tree(desk, older[-1])
    assert words(first.cssselect("h1")[0]) == "Trường Hoa Phượng thu 200.000 đồng"
    assert "không phải bản mới nhất" in words(section(first, "ban-goc"))
    assert "chỉ có tiêu đề và sapo" in words(section(first, "ban-goc"))


def test_a_silent_edit_is_shown_word_by_word(press: Press, desk: TestClient) -> None:
    article = press.article("Thu 200.000 đồng mỗi tháng", "Sapo giữ nguyên.", "Đoạn một.\nĐoạn hai bị bỏ.")
    press.read(article, "Thu 150.000 đồng mỗi tháng", "Sapo giữ nguyên.", "Đoạn một.", Basis.PAGE, press.clock + 1)
    changed = section(tree(desk, f"/tin-bai/{article.id}"), "thay-doi").cssselect(".diff")[0]
    assert [words(d) for d in changed.cssselect("del")] == ["200.000", "Đoạn hai bị bỏ."]
    assert [words(i) for i in changed.cssselect("ins")] == ["150.000"]
    assert "2 đoạn không đổi" in words(changed)


def test_judgements_are_words_with_the_number_on_demand_and_their_version(press: Press, desk: TestClient) -> None:
    article = press.article("Phụ huynh phản đối khoản thu", tone="neg", stance="critical", topics="fees,safety")
    revision = press.store.revisions_of([article.id])[article.id][0]
    press.judge(revision, "relevant", "lần hai", press.clock + 1, {}, version="v2", tone="neu", stance="critical")
    judged = section(tree(desk, f"/tin-bai/{article.id}"), "nhan-dinh")
    rows = [words(row) for row in judged.cssselect("tbody tr")]
    tones = [row for row in rows if row.startswith("Sắc thái")]
    assert len(tones) == 2
    assert "■ trung lập" in tones[0] and "v2" in tones[0] and "bản trước" not in tones[0]
    assert "▼ bất lợi (bản trước)" in tones[1] and "v1" in tones[1]
    assert any("có ý kiến phê bình" in row and "chắc" in row for row in rows)
    assert any("học phí và các khoản thu, an toàn trường học" in row for row in rows)
    assert all("0,910" in words(d) for d in judged.cssselect("details"))
    assert "không phải kết luận" in words(judged)
    assert "sai" not in words(judged)


def test_words_that_a_judge_named_are_marked_where_they_stand(press: Press, desk: TestClient) -> None:
    named = {"hp": {"places": [{"span": "Lê Chân", "in_hp": True}, {"span": "Hà Nội", "in_hp": False}]}}
    article = press.article("Học ở Lê Chân", "Ở Lê Chân, không ở Hà Nội.", "Lê Chânx thì không.", details=named)
    marks = section(tree(desk, f"/tin-bai/{article.id}"), "ban-goc").cssselect(".text mark")
    assert [words(m) for m in marks] == ["Lê Chân"]
    assert marks[0].get("class") == "k-hp"


def test_the_trace_tells_every_stage_in_order_and_the_conclusion(press: Press, desk: TestClient) -> None:
    article = press.article("Trường Hoa Phượng khai giảng", why="Nói về giáo dục mầm non, phổ thông.")
    with press.store.transaction() as tx:
        tx.add_tasks([NewTask("fetch", article.id, "again-6h", press.clock, press.clock + 6 * HOUR)], press.clock)
    failed = press.clock + MINUTE
    press.fetch(article.url, FetchKind.PAGE, failed, article, outcome=FetchOutcome.TIMEOUT, status=None)
    press.issue()
    page = tree(desk, f"/tin-bai/{article.id}")
    steps = [words(step) for step in section(page, "dau-vet").cssselect("li")]
    told = " | ".join(steps)
    order = ["Thấy lần đầu trên Báo Cảng Biển, trong https://bao-cang.example/rss/giao-duc.rss",
             "Tải trang: tải được, HTTP 200", "Đọc được toàn văn; đăng 19/11/2026", "Giáo dục: giáo dục mầm non",
             "Việc “Nhận định”: được chọn: Nói về giáo dục", "Tải trang: quá giờ chờ",
             "Có trong điểm báo thứ Sáu, 20/11/2026."]  # fmt: skip
    places = [told.index(part) for part in order]
    assert places == sorted(places)
    assert "[linear v1]" in told
    assert "Việc “Tải trang”: đang chờ" in told and "[again-6h]" in told
    assert words(page.cssselect(".state")[0]).startswith("Có trong điểm báo: thứ Sáu, 20/11/2026.")
    assert page.cssselect(".state a")[0].get("href") == f"/diem-bao/{DAY}"


def test_why_an_article_is_not_in_a_digest_is_said_first(press: Press, desk: TestClient) -> None:
    out = press.article("Giá cà phê tăng", outcome="irrelevant", why="Không nói về giáo dục.")
    waiting = press.article("Tin vừa tới", outcome=None)
    chosen = press.article("Tin được chọn")
    said = [words(tree(desk, f"/tin-bai/{a.id}").cssselect(".state")[0]) for a in (out, waiting, chosen)]
    assert said[0] == "Không có trong điểm báo: Không nói về giáo dục."
    assert said[1].startswith("Chưa được nhận định")
    assert said[2].startswith("Được chọn, nhưng chưa có điểm báo nào")


def test_the_story_lists_its_members_with_their_relation(press: Press, desk: TestClient) -> None:
    first = press.article("Bài đầu về bán trú", story="a")
    copy = press.article("Bài chép về bán trú", outlet="Báo Sóng Xanh", story="a", relation=Relation.REPRINT)
    press.article("Chuyện khác", story="b")
    told = section(tree(desk, f"/tin-bai/{copy.id}"), "nhom-tin")
    assert [words(li).split(" · ")[-1] for li in told.cssselect("li")] == ["bài đầu", "đăng lại"]
    assert [a.get("href") for a in told.cssselect("a")] == [f"/nhom-tin/{press.stories['a']}", f"/tin-bai/{first.id}"]
    assert "(bài này)" in words(told) and "Chuyện khác" not in words(told)
    alone = press.article("Đứng một mình")
    assert "chưa được xếp" in words(section(tree(desk, f"/tin-bai/{alone.id}"), "nhom-tin"))


def test_pupils_are_masked_wherever_the_desk_shows_text(press: Press, desk: TestClient) -> None:
    title = "Em Trịnh Khắc Tươi, học sinh lớp 8A, trả lại ví"
    article = press.article(
        title, "Em Tươi được khen.", "Sáng nay, em Tươi nhặt được ví.", why="Nói về em Trịnh Khắc Tươi.", story="vi",
        details={"hp": {"places": [{"span": "Trịnh Khắc Tươi", "in_hp": True}]}},
    )  # fmt: skip
    press.read(article, title + " nhặt được", "Em Tươi được khen.", "Em Tươi kể lại.", Basis.PAGE, press.clock + 1)
    other = press.article("Chuyện khác cùng nhóm", story="vi", relation=Relation.FOLLOW_UP)
    press.issue()
    addresses = ["/", f"/diem-bao/{DAY}", f"/diem-bao/{DAY}/so-lieu/tong", "/tin-bai", f"/tin-bai/{article.id}",
                 f"/tin-bai/{other.id}", "/tin-bai?q=em", "/viec"]  # fmt: skip
    shown = [desk.get(address).text for address in addresses]
    assert not any("Tươi" in text or "Khắc" in text for text in shown)
    assert sum("[tên]" in text for text in shown) >= 6
    assert "Không có bài nào như vậy" in words(tree(desk, "/tin-bai?q=Trịnh Khắc Tươi"))


def test_an_edit_is_told_in_sentences_before_it_is_shown(press: Press, desk: TestClient) -> None:
    article = press.article("Thu 200.000 đồng mỗi tháng", "Sapo giữ nguyên.", "Đoạn một.")
    press.read(article, "Thu 150.000 đồng mỗi tháng", "Sapo giữ nguyên.", "Đoạn một.", Basis.PAGE, press.clock + 1)
    changed = section(tree(desk, f"/tin-bai/{article.id}"), "thay-doi")
    told = [words(li) for li in changed.cssselect("li li")]
    assert "Tiêu đề đổi từ “Thu 200.000 đồng mỗi tháng” thành “Thu 150.000 đồng mỗi tháng”." in told
    assert "Con số đổi: 200.000 → 150.000." in told
    assert [words(b) for b in changed.cssselect("del b, ins b")] == ["200.000", "150.000"]


def test_an_edit_that_drops_the_word_before_a_name_still_does_not_show_it(press: Press, desk: TestClient) -> None:
    article = press.article("Em Trịnh Khắc Tươi trả lại ví", "Em Tươi học lớp 8A.", "Đoạn một.")
    press.read(article, "Trịnh Khắc Tươi trả lại ví", "Chuyện lạ.", "Đoạn một.", Basis.PAGE, press.clock + 1)
    page = desk.get(f"/tin-bai/{article.id}").text
    assert "[tên] trả lại ví" in page
    shown = words(section(tree(desk, f"/tin-bai/{article.id}"), "thay-doi"))
    assert "Khắc" not in shown and "Tươi" not in shown
    assert "Khắc" not in words(tree(desk, f"/tin-bai/{article.id}").cssselect("h1")[0])


def test_a_page_that_is_gone_says_so_at_the_top_with_when_it_was_last_seen(press: Press, desk: TestClient) -> None:
    article = press.article("Trường Hoa Phượng khai giảng")
    gone_at = press.clock + 6 * HOUR
    gone = press.fetch(article.url, FetchKind.PAGE, gone_at, article, outcome=FetchOutcome.GONE, status=404)
    with press.store.transaction() as tx:
        tx.add_absences([Absence(article.id, gone_at, press.clock, gone.id, 404, False)])
    top = words(tree(desk, f"/tin-bai/{article.id}").cssselect(".state")[1])
    assert top.startswith("Trang gốc không còn (404) từ 19/11/2026 12:31:00, thấy lần cuối 19/11/2026 06:31:00")
    assert "mới thấy một lần" in top
    press.fetch(article.url, FetchKind.PAGE, gone_at + 6 * HOUR, article, outcome=FetchOutcome.GONE, status=404)
    assert "đã xác nhận bằng lần xem lại" in words(tree(desk, f"/tin-bai/{article.id}").cssselect(".state")[1])
    with press.store.transaction() as tx:
        tx.end_absence(article.id, gone_at + 7 * HOUR)
    assert "thấy lại 19/11/2026 19:31:00" in words(tree(desk, f"/tin-bai/{article.id}").cssselect(".state")[1])


def test_who_was_handed_the_evidence_is_listed(press: Press, desk: TestClient) -> None:
    article = press.article("Trường Hoa Phượng khai giảng")
    assert "Chưa xuất lần nào" in words(section(tree(desk, f"/tin-bai/{article.id}"), "bang-chung"))
    approvers = ("Lê Thị Sóng", "Trần Văn Bến")
    reason = "Gia đình em Trịnh Khắc Tươi, học sinh lớp 8A, đề nghị."
    with press.store.transaction() as tx:
        tx.add_disclosures(
            [
                Disclosure("dis_1", article.id, "redacted", press.clock, "", (), "", "ab" * 32),
                Disclosure(
                    "dis_2", article.id, "warc", press.clock + 1, "Phạm Thị Hải Âu", approvers, reason, "cd" * 32
                ),
            ]
        )
    table = section(tree(desk, f"/tin-bai/{article.id}"), "bang-chung").cssselect("tbody tr")
    newest, oldest = ([words(cell) for cell in row.cssselect("td")][1:] for row in table)
    assert newest[:3] == ["bản gốc (WARC)", "Phạm Thị Hải Âu", "Lê Thị Sóng, Trần Văn Bến"]
    assert "[tên]" in newest[3] and "Tươi" not in newest[3] and newest[4] == "cd" * 32
    assert oldest == ["bản sao đã che", "—", "—", "—", "ab" * 32]


def test_other_addresses_of_an_article_are_listed(press: Press, desk: TestClient) -> None:
    article = press.article("Trường Hoa Phượng khai giảng")
    assert "địa chỉ khác" not in words(tree(desk, f"/tin-bai/{article.id}"))
    other = "https://bao-cang.example/goc/bai-1.html"
    with press.store.transaction() as tx:
        tx.add_aliases([Alias(other, article.id, article.found_in, press.clock)])
    assert f"địa chỉ khác: {other}" in words(tree(desk, f"/tin-bai/{article.id}"))
