"""Titles, leads and links come from strangers; pupils are masked in everything that leaves."""

from __future__ import annotations

from lxml import html as lxml_html

EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)"> & "nháy" {{ 7*7 }} {% raw %}'


def page_of(press):
    return lxml_html.fromstring(press.build()[2]["html"].decode())


def test_markup_in_titles_leads_outlets_and_places_is_shown_as_text(press):
    press.article(EVIL, lead=EVIL, outlet=f"Báo {EVIL}", hp="direct", places=(EVIL[:40],))
    page = page_of(press)
    assert not page.xpath("//script | //img | //*[@onerror] | //iframe")
    assert "<script>alert(1)</script>" in page.xpath("//h3")[0].text_content()
    assert "{{ 7*7 }}" in page.text_content()


def test_plain_text_is_not_escaped(press):
    press.article("Cha & con <vào lớp>", hp="direct")
    assert "Cha & con <vào lớp>" in press.build()[2]["text"].decode()


def test_only_web_addresses_become_links(press):
    for n, url in enumerate(
        ("javascript:alert(1)", "data:text/html,x", "https://a.example/x y", 'https://b.example/"x"')
    ):
        press.article(f"Bài {n}", url=url, hp="direct")
    links = {a.get("href") for a in page_of(press).iter("a") if not a.get("href").startswith("#")}
    assert links == {'https://b.example/"x"'}
    assert "javascript" not in press.build()[2]["text"].decode()


def test_a_title_of_six_hundred_characters_is_cut_in_the_story_and_whole_in_the_list(press):
    title = " ".join(["giáo dục"] * 66)
    press.article(title, hp="direct")
    page = page_of(press)
    assert len(title) == 593
    assert page.xpath("//h3")[0].text_content().strip().endswith("…")
    assert title in page.get_element_by_id("b1").text_content()
    assert title.split()[0] in press.build()[2]["text"].decode()


def test_emoji_control_characters_and_broken_lines_do_no_harm(press):
    press.article("Vui 🎉👩‍🏫 quá\x07\x1b[31m\r\nhai dòng\u202e", lead="\x85Ổn.", hp="direct")
    files = press.build()[2]
    text = files["text"].decode()
    assert "Vui 🎉👩" in text
    assert "quá [31m hai dòng" in text
    assert not [c for c in files["html"].decode() if ord(c) < 32 and c != "\n"]


def test_an_empty_title_is_named(press):
    press.article("", hp="direct")
    assert "(không có tiêu đề)" in press.build()[2]["html"].decode()


def test_a_pupils_name_leaves_in_no_file(press):
    press.article(
        "Nữ sinh lớp 7A Trần Sóng Biển cứu bạn",
        lead="Em Trần Sóng Biển, học sinh lớp 7A, nhảy xuống kéo bạn lên. Biển được nhà trường khen.",
        hp="direct",
    )
    press.article("Em Lê Thị Hoa Gạo, 14 tuổi, đoạt giải", scope="national", basis="page")
    digest, _, files = press.build()
    everything = "".join(content.decode() for content in files.values()) + digest.subject
    assert "Sóng Biển" not in everything
    assert "Hoa Gạo" not in everything
    assert "cứu bạn" in everything


def test_a_role_in_the_title_masks_the_name_in_the_lead(press):
    press.article("Nam sinh đuối nước", lead="Nạn nhân là em Phạm Cát Trắng, 12 tuổi. Trắng học lớp 6.", hp="direct")
    assert "Cát Trắng" not in press.build()[2]["html"].decode()
