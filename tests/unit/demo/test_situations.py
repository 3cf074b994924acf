"""Every situation that the demonstration promises is really in the town (docs/demo.md lists them)."""

from __future__ import annotations

from demo.load import load_town, load_truth
from demo.model import Article, Truth

ARTICLES = {article.key: article for article in load_town()}
TRUTH = load_truth()


def story(name: str) -> list[tuple[Article, Truth]]:
    return [(a, TRUTH[key]) for key, a in ARTICLES.items() if TRUTH[key].story == name]


def text(key: str) -> str:
    version = ARTICLES[key].versions[-1]
    return "\n".join((version.title, version.lead, *version.body))


def test_a_rumour_is_reported_then_denied_by_the_department_the_next_day() -> None:
    members = story("nghi-mot-thang")
    reports = [a for a, truth in members if truth.rumour == "report"]
    debunks = [a for a, truth in members if truth.rumour == "debunk"]
    assert len(reports) >= 3 and len(debunks) >= 4
    first = min(debunks, key=lambda article: article.appears_at)
    assert first.outlet.id == "sogd"
    assert all(report.appears_at < first.appears_at for report in reports)
    assert TRUTH[first.key].day.toordinal() - TRUTH[reports[0].key].day.toordinal() == 1


def test_a_forged_letter_is_spoken_of_as_forged() -> None:
    assert "giả mạo" in text("sg-dinh-chinh") and "công văn" in text("sg-dinh-chinh")


def test_sharp_true_criticism_has_sources_and_is_never_a_rumour() -> None:
    members = story("lam-thu")
    assert {truth.relation for _, truth in members} == {"original", "follow_up", "reprint"}
    assert TRUTH["nn-lam-thu-luong-khe"].stance == "critical"
    assert "phiếu thu" in text("nn-lam-thu-luong-khe") and "thừa nhận" in text("nn-lam-thu-luong-khe")
    assert all(truth.rumour == "none" for _, truth in members)


def test_an_unsourced_complaint_is_later_taken_down() -> None:
    article = ARTICLES["tb-phat-tre-thuy-nguyen"]
    assert TRUTH[article.key].stance == "critical" and TRUTH[article.key].rumour == "report"
    assert article.gone_status == 410 and article.gone_at
    assert article.gone_at > article.appears_at


def test_a_silent_edit_changes_figures_under_the_same_address() -> None:
    article = ARTICLES["tb-tuyen-dung"]
    before, after = article.versions
    assert "1.150" in before.title and "510" in after.title
    assert before.body != after.body and after.at > before.at


def test_a_storm_closes_schools_and_takes_a_roof_and_blames_nobody() -> None:
    assert len(story("bao-nghi-hoc")) >= 4
    roof = [truth for _, truth in story("toc-mai") if truth.tone == "neg"]
    assert len(roof) >= 2 and all(truth.stance == "none" for truth in roof)


def test_two_outlets_give_different_figures_for_grade_ten() -> None:
    assert "28.500" in text("bc-lop-10") and "31.200" in text("tb-lop-10-so-lieu")
    assert TRUTH["bc-lop-10"].story == TRUTH["tb-lop-10-so-lieu"].story


def test_a_meal_story_runs_from_the_first_report_to_the_laboratory() -> None:
    relations = [truth.relation for _, truth in story("bua-an")]
    assert relations.count("follow_up") >= 2 and "reprint" in relations


def test_pupils_are_named_in_one_account_of_violence_and_masked_in_another() -> None:
    assert "Đỗ Khánh Vy" in text("tb-bao-luc-kim-thanh")
    assert "Khánh Vy" not in text("bd-bao-luc-kt") and "Em V." in text("bd-bao-luc-kt")


def test_a_prize_and_a_foreign_piece() -> None:
    assert TRUTH["bc-giai-robot"].tone == "pos"
    assert ARTICLES["co-hai-phong-schools"].outlet.language == "en"
    assert TRUTH["co-hai-phong-schools"].part == "hai_phong"


def test_namesakes_of_other_provinces_are_not_ours() -> None:
    elsewhere = {
        "pn-ngo-quyen-tphcm": "Ngô Quyền",
        "tb-ngo-quyen-bac-ninh": "Ngô Quyền",
        "tb-tran-phu-lam-dong": "Trần Phú",
        "tb-quang-trung-dak-lak": "Quang Trung",
        "tb-hoa-binh-phu-tho": "Hòa Bình",
        "tb-an-lao-gia-lai": "An Lão",
        "pn-truong-quoc-te": "An Hải",
    }
    for key, name in elsewhere.items():
        assert name in text(key)
        assert (TRUTH[key].hp, TRUTH[key].part) == ("none", "dia_phuong")
    assert "Ngô Quyền" in text("bc-le-hoi-ngo-quyen") and TRUTH["bc-le-hoi-ngo-quyen"].edu == "none"


def test_both_tone_mark_styles_and_the_former_province_occur() -> None:
    everything = "\n".join(text(key) for key in ARTICLES)
    for word in ("Kiến Thuỵ", "Thuỷ Nguyên", "Hòa Bình", "Chí Linh", "Kinh Môn", "Thanh Miện", "Hải Dương cũ"):
        assert word in everything, word


def test_teachers_in_other_peoples_news_do_not_make_it_education() -> None:
    for key in ("tb-nguoi-hai-phong-dn", "pn-quan-com", "bc-ca-khuc", "sc-hien-mau"):
        assert "giáo" in text(key) and TRUTH[key].part == "khong"


def test_broken_entries_are_there() -> None:
    assert ARTICLES["va-phong-hoc-moi"].published is None
    future = ARTICLES["pn-xe-buyt-hs"]
    assert future.published and future.published > future.appears_at
    assert not ARTICLES["tg-khong-link"].has_link
    assert ARTICLES["sc-sap-nhap-truong"].html


def test_an_outlet_is_down_for_two_days_while_it_publishes() -> None:
    outlet = ARTICLES["nl-mua-lu"].outlet
    assert outlet.down and outlet.down[1] - outlet.down[0] == 2 * 86_400_000
    hidden = [a for a in ARTICLES.values() if a.outlet.id == outlet.id and a.visible_at > a.appears_at]
    assert len(hidden) == 2
