"""Which story stands where, in what order, and what is said of it."""

from __future__ import annotations

from alerts import messages
from store.model import Basis, Judgement, JudgementKind, NewTask, Relation


def test_hai_phong_comes_first_and_what_only_names_it_stands_where_it_belongs(press):
    press.article("Chỉ nhắc tên", hp="mention", scope="national")
    press.article("Ở Hải Phòng", hp="direct")
    press.article("Dự thảo thông tư", scope="national")
    press.article("Chuyện tỉnh bạn", scope="local")
    press.article("Chưa chắc", outcome="to_review")
    assert press.titles("hai_phong") == ["Ở Hải Phòng"]
    assert press.titles("bo_nganh") == ["Chỉ nhắc tên", "Dự thảo thông tư"]
    assert messages.WHY_HP_MENTION in press.block("Chỉ nhắc tên").reasons
    assert press.titles("dia_phuong") == ["Chuyện tỉnh bạn"]
    assert press.titles("xem_lai") == ["Chưa chắc"]


def test_higher_education_stands_with_the_ministry_only_when_it_is_national_policy(press):
    press.article("Quy chế tuyển sinh đại học", edu="higher", scope="national")
    press.article("Một trường đại học khai giảng", edu="higher", scope="local")
    assert press.titles("bo_nganh") == ["Quy chế tuyển sinh đại học"]
    assert press.titles("dia_phuong") == ["Một trường đại học khai giảng"]
    assert messages.WHY_HIGHER in press.block("Quy chế tuyển sinh đại học").reasons


def test_a_scope_that_the_judge_never_gave_is_unclear_and_nothing_breaks(press):
    press.article("Không rõ ở đâu", scope="")
    assert press.titles("dia_phuong") == ["Không rõ ở đâu"]
    assert messages.WHY_SCOPE["unclear"] in press.block("Không rõ ở đâu").reasons


def test_schools_of_another_country_are_listed_and_never_told_in_full(press):
    press.article("Trường học ở nước ngoài", scope="abroad")
    press.article("Chuyện tỉnh bạn", scope="local")
    part = next(p for p in press.draft().parts if p.key == "dia_phuong")
    assert [b.headline for b in part.blocks] == ["Chuyện tỉnh bạn"]
    assert [b.headline for b in part.rest] == ["Trường học ở nước ngoài"]


def test_lessons_and_advertisement_are_listed_unless_they_are_ours(press):
    press.article("Bí quyết ôn thi môn Toán", kind="service", scope="national")
    press.article("Trường quốc tế ưu đãi học phí", kind="promo", scope="local")
    press.article("Lịch thi lớp 10 Hải Phòng", kind="service", hp="direct")
    press.article("Thông tư mới", scope="national")
    parts = {part.key: part for part in press.draft().parts}
    assert [b.headline for b in parts["bo_nganh"].blocks] == ["Thông tư mới"]
    assert [b.headline for b in parts["bo_nganh"].rest] == ["Bí quyết ôn thi môn Toán"]
    assert [b.headline for b in parts["dia_phuong"].rest] == ["Trường quốc tế ưu đãi học phí"]
    assert [b.headline for b in parts["hai_phong"].blocks] == ["Lịch thi lớp 10 Hải Phòng"]


def test_only_five_stories_of_other_places_are_told_and_the_rest_is_counted(press):
    for n in range(8):
        press.article(f"Tỉnh bạn {n}", scope="local")
    part = next(p for p in press.draft().parts if p.key == "dia_phuong")
    assert (len(part.blocks), len(part.rest)) == (5, 3)
    assert press.draft().figure("dia_phuong.con_lai").count == 3
    html = press.build()[2]["html"].decode()
    assert '<a href="#f-dia_phuong-con_lai">3 nhóm tin</a>' in html
    assert all(f"Tỉnh bạn {n}" in html for n in range(8))


def test_a_story_is_told_once_with_its_outlets_in_order_and_copies_apart(press):
    press.article("Bài của Hải Âu", outlet="Báo Hải Âu", hp="direct", story="s")
    press.article("Bài chép", outlet="Tin Sáng", hp="direct", story="s", relation=Relation.REPRINT)
    press.article("Bài tiếp", outlet="Báo Cửa Biển", hp="direct", story="s", relation=Relation.FOLLOW_UP)
    assert press.titles("hai_phong") == ["Bài của Hải Âu"]
    block = press.block("Bài của Hải Âu")
    assert block.outlets == ("Báo Hải Âu", "Tin Sáng", "Báo Cửa Biển")
    assert [(f.count, f.label) for f in block.counts] == [(3, "báo"), (2, "bài gốc"), (1, "bài đăng lại")]
    assert [item.title for item in block.items] == ["Bài của Hải Âu", "Bài chép", "Bài tiếp"]
    assert messages.WHY_OUTLETS in block.reasons


def test_more_outlets_go_before_fewer_and_an_advertisement_goes_last(press):
    press.article("Quảng bá", scope="national", kind="promo")
    press.article("Một báo", scope="national")
    for n in range(3):
        press.article("Ba báo", scope="national", story="s", outlet=f"Báo {n}")
    assert press.titles("bo_nganh") == ["Ba báo", "Một báo", "Quảng bá"]


def test_the_must_read_list_is_short_and_starts_at_home(press):
    for n in range(7):
        press.article(f"Bộ {n}", scope="national")
    press.article("Ở nhà", hp="direct")
    assert press.draft().must_read[0].headline == "Ở nhà"
    assert len(press.draft().must_read) == 3


def test_a_rumour_in_the_city_is_always_on_the_first_screen(press):
    for n in range(12):
        press.article(f"Tin thường {n}", hp="direct", story=f"s{n}")
        press.article(f"Tin thường {n}", hp="direct", story=f"s{n}", outlet="Báo khác")
    press.article("Rộ tin nghỉ học hết tháng", hp="direct", rumour="report")
    assert press.draft().must_read[0].headline == "Rộ tin nghỉ học hết tháng"


def test_two_sentences_of_the_lead_are_told_and_the_body_speaks_where_there_is_no_lead(press):
    press.article("A", lead="Câu một. Câu hai. Câu ba.")
    press.article("B", body="Thân bài một. Thân bài hai. Thân bài ba.")
    assert press.block("A").summary == "Câu một. Câu hai."
    assert press.block("B").summary == "Thân bài một. Thân bài hai."


def test_an_article_known_only_from_its_feed_says_so_in_both_files(press):
    press.article("Chỉ có sapo", hp="direct", basis=Basis.FEED)
    files = press.build()[2]
    assert messages.FEED_ONLY in files["html"].decode()
    assert messages.FEED_ONLY.split(" (")[0] in files["text"].decode()
    assert press.build()[0].figures["chi_sapo"] == 1


def test_the_page_speaks_for_an_article_even_when_a_feed_entry_came_later(press):
    article = press.article("Tiêu đề trên trang", hp="direct")
    later = press.revision(article, "Tiêu đề trên feed", "", "", Basis.FEED, press.clock + 5)
    with press.store.transaction() as tx:
        tx.add_revisions([later])
    assert press.titles("hai_phong") == ["Tiêu đề trên trang"]


def test_of_two_texts_of_the_page_the_newer_is_told(press):
    article = press.article("Tiêu đề lúc đầu", hp="direct")
    edited = press.revision(article, "Tiêu đề đã sửa", "", "", Basis.PAGE, press.clock + 5)
    with press.store.transaction() as tx:
        tx.add_revisions([edited])
    assert press.titles("hai_phong") == ["Tiêu đề đã sửa"]


def test_an_article_with_its_page_speaks_for_the_story_before_one_known_from_its_feed(press):
    press.article("Chỉ có sapo", hp="direct", story="s", basis=Basis.FEED)
    press.article("Có toàn văn", hp="direct", story="s", outlet="Báo khác", relation=Relation.FOLLOW_UP)
    press.article("Bài chép có toàn văn", hp="direct", story="s", outlet="Tin Sáng", relation=Relation.REPRINT)
    assert press.titles("hai_phong") == ["Có toàn văn"]


def test_a_new_text_that_is_not_judged_yet_keeps_the_judgements_of_the_old_one(press):
    article = press.article("Tin từ feed", hp="direct", basis=Basis.FEED, tone="neg")
    page = press.revision(article, "Tin từ trang", "", "", Basis.PAGE, press.clock + 5)
    with press.store.transaction() as tx:
        tx.add_revisions([page])
    assert press.titles("hai_phong") == ["Tin từ trang"]
    assert [c.word for c in press.block("Tin từ trang").chips] == ["bất lợi"]
    entry = press.build()[0].entries[0]
    assert entry.revision_id == page.id
    assert set(entry.judgements) == {k.value for k in JudgementKind} - {"topics", "summary"}


def test_the_summary_that_was_made_is_told_and_not_one_of_an_older_text(press):
    article = press.article("Tin", hp="direct", lead="Câu mở đầu. Câu hai. Câu ba.")
    (revision,) = press.store.revisions_of([article.id])[article.id]
    made = Judgement(revision.id, JudgementKind.SUMMARY, "haidang", "1", "extractive", 1.0, {"text": "Câu ba."})
    with press.store.transaction() as tx:
        tx.add_judgements([made])
    assert press.block("Tin").summary == "Câu ba."
    edited = press.revision(article, "Tin", "Câu đã sửa.", "", Basis.PAGE, press.clock + 5)
    with press.store.transaction() as tx:
        tx.add_revisions([edited])
    assert press.block("Tin").summary == "Câu đã sửa."


def test_the_newest_judgement_of_a_kind_speaks(press):
    article = press.article("Tin", hp="direct", tone="neg")
    revision = press.store.revisions_of([article.id])[article.id][0]
    again = Judgement(revision.id, JudgementKind.TONE, "shipped", "v2", "pos", 0.7, {}, press.clock + 1)
    with press.store.transaction() as tx:
        tx.add_judgements([again])
    chip = press.block("Tin").chips[0]
    assert (chip.shape, chip.word, chip.confidence) == ("▲", "thuận lợi", "khá chắc")


def test_a_page_that_reads_as_irrelevant_after_a_relevant_sapo_is_for_a_person(press):
    article = press.article("Sapo hứa hẹn", hp="direct", basis=Basis.FEED)
    page = press.revision(article, "Hoá ra là chuyện khác", "", "", Basis.PAGE, press.clock + 5)
    with press.store.transaction() as tx:
        tx.add_revisions([page])
        tx.add_tasks([NewTask("judge", page.id, "v1", press.clock)], press.clock)
    press.judge("irrelevant", press.clock)
    assert press.titles("hai_phong") == []
    assert press.titles("xem_lai") == ["Hoá ra là chuyện khác"]


def test_an_unsure_article_follows_its_story(press):
    press.article("Chắc chắn", hp="direct", story="s")
    press.article("Chưa chắc", outcome="to_review", story="s", outlet="Báo khác")
    assert press.titles("xem_lai") == []
    assert [i.title for i in press.block("Chắc chắn").items] == ["Chắc chắn", "Chưa chắc"]


def test_an_article_outside_the_window_or_irrelevant_is_not_told(press):
    after, until = press.draft().window, press.clock  # a draft of an empty store does not fail
    assert after and until
    from alerts.digest import window

    after_ms, until_ms = window(press.day)
    press.article("Đúng lúc mở", at=after_ms, hp="direct")
    press.article("Ngay sau lúc mở", at=after_ms + 1, hp="direct")
    press.article("Đúng lúc đóng", at=until_ms, hp="direct")
    press.article("Ngay sau lúc đóng", at=until_ms + 1, hp="direct")
    press.article("Ngoài phạm vi", at=until_ms - 1, outcome="irrelevant")
    assert sorted(press.titles("hai_phong")) == ["Ngay sau lúc mở", "Đúng lúc đóng"]


def test_the_reason_names_the_places_once_and_other_provinces(press):
    press.article("Ở đây", hp="direct", places=("phường Lê Chân", "phường Lê Chân", "xã An Biên"))
    press.article("Ở kia", scope="local", provinces=("Nghệ An",))
    assert press.block("Ở đây").reasons[0] == "nói về Hải Phòng: phường Lê Chân, xã An Biên"
    assert press.block("Ở kia").reasons[0] == "việc của địa phương khác: Nghệ An"
