"""What the extractor takes from a page and what it leaves, on saved pages of invented outlets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from config.sources import Selectors
from crawler.extract import Extracted, PageKind, extract
from tests.unit.crawler.conftest import NOON

URL = "https://bencang.example/giao-duc/bai-100231.html"
LONG = "Nhà trường cho biết thực đơn của cả tuần được dán ở cổng để phụ huynh theo dõi, kèm giá từng món và nơi mua."


def at(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc,arg-type]


def article(body: str, head: str = "", url: str = URL, selectors: Selectors | None = None) -> Extracted:
    """A page with a headline, three long paragraphs and ``body`` after them."""
    text = "".join(f"<p>{LONG} Lần {i}.</p>" for i in range(3))
    inside = f"<h1>Trường Sao Biển mở lại bếp ăn</h1><div class='nd'>{text}{body}</div>"
    return extract(f"<html><head>{head}</head><body>{inside}</body></html>", url, NOON, selectors)


# ── kinds ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_of_captions_is_a_gallery_and_keeps_them_apart(page: Callable[[str], bytes]) -> None:
    found = extract(page("bencang_gallery.html").decode(), "https://bencang.example/anh/hoi-dieu-100300.html", NOON)
    assert found.kind is PageKind.GALLERY
    assert len(found.captions) == 6
    assert found.captions[0] == "Học sinh lớp 4 khoe con diều hình cá thu dán bằng giấy dó."
    assert "Hải Âu" not in repr(found)
    assert found.lead.startswith("Hơn ba trăm con diều")
    assert found.quality > 0.5


def test_a_film_with_a_line_of_text_is_a_video_and_dated(page: Callable[[str], bytes]) -> None:
    found = extract(page("bencang_video.html").decode(), "https://bencang.example/video/ngap-100400.html", NOON)
    assert found.kind is PageKind.VIDEO
    assert found.title == "Cổng trường ngập nước sau mưa lớn"
    assert "học sinh được đón ở cổng phụ" in found.lead + found.body
    assert found.published is not None
    assert found.published.at == at(2026, 11, 17, 2, 5)


def test_an_article_with_a_film_in_it_stays_an_article() -> None:
    found = article(
        "<video src='a.mp4'></video>", '<script type="application/ld+json">{"@type":"VideoObject"}</script>'
    )
    assert found.kind is PageKind.ARTICLE


@pytest.mark.parametrize("text", ["<html><body></body></html>", "<p>", "<script>x()</script>", "< < <", "&lt;&amp;"])
def test_a_page_without_words_is_empty(text: str) -> None:
    assert extract(text, URL, NOON).kind is PageKind.EMPTY


# ── a portal that says nothing of itself ────────────────────────────────────────────────────────────


def test_a_portal_s_date_line_section_and_text_are_read_and_its_editors_are_not(page: Callable[[str], bytes]) -> None:
    found = extract(page("dengio_portal.html").decode(), "https://dengio.example/tin-giao-duc/lop-hoc.html", NOON)
    assert found.kind is PageKind.ARTICLE
    assert found.title == "Phường Đèn Gió khai giảng lớp học tình thương năm thứ mười"
    assert found.published is not None
    assert (found.published.at, found.published.source) == (at(2026, 11, 20, 0, 30), "page")
    assert found.section == "Tin giáo dục"
    text = found.lead + "\n" + found.body
    assert "kế hoạch của phường" in text, "a link inside a sentence belongs to it"
    assert text.rstrip().endswith("mùa hè tới.")
    for left_out in ("Sóng", "bientap@", "Lượt xem", "họp phụ huynh", "Bản quyền", "Thứ sáu"):
        assert left_out not in text


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Ngày đăng: 18/11/2026 14:05", (2026, 11, 18, 7, 5)),
        ("14:05 | 18/11/2026", (2026, 11, 18, 7, 5)),
        ("Thứ tư, ngày 18 tháng 11 năm 2026, 14:05 (GMT+7)", (2026, 11, 18, 7, 5)),
        ("18-11-2026 - 14h05", (2026, 11, 18, 7, 5)),
    ],
)
def test_dates_as_pages_write_them_below_the_headline(line: str, moment: tuple[int, ...]) -> None:
    text = f"<html><body><h1>Trường Sao Biển mở lại bếp ăn</h1><div>{line}</div>" + f"<p>{LONG}</p>" * 4
    published = extract(text, URL, NOON).published
    assert published is not None
    assert (published.at, published.source) == (at(*moment), "page")


@pytest.mark.parametrize(
    "line",
    [
        "Cập nhật lần cuối: 18/11/2026 14:05",
        "Kế hoạch có hiệu lực từ 18/11/2026",
        "Ngày 18/11/2026, đoàn của Ủy ban nhân dân phường Đèn Gió đã tới thăm và tặng quà thầy trò nhà trường.",
    ],
)
def test_a_date_in_a_sentence_or_of_a_change_is_no_time_of_publication(line: str) -> None:
    text = f"<html><body><h1>Trường Sao Biển mở lại bếp ăn</h1><p>{line}</p>" + f"<p>{LONG}</p>" * 4
    assert extract(text, URL, NOON).published is None


def test_a_future_time_is_refused_and_the_next_surest_taken() -> None:
    record = '{"@type":"NewsArticle","datePublished":"2027-01-01T08:00:00+07:00"}'
    head = f'<script type="application/ld+json">{record}</script>'
    found = article("", head, "https://tuoitre.vn/bai-20261119080000123.htm")
    assert found.refused_date is not None
    assert found.refused_date[0] == "date_in_future"
    assert found.published is not None
    assert found.published.source == "url"


# ── people, tails, captions ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "signed",
    [
        "<p><strong>Nguyễn Văn Sóng</strong></p>",
        "<p>NGUYỄN VĂN SÓNG - TRẦN HẢI ÂU</p>",
        "<p class='detailAuthor'>Bài, ảnh: Văn Sóng</p>",
        "<p>Theo Văn Sóng (Báo Bến Cảng)</p>",
        "<p><em>(Theo Văn Sóng)</em></p>",
        "<p>Thực hiện: Văn Sóng, Hải Âu</p>",
        "<p>vansong@bencang.example</p>",
        "<p>Liên hệ: vansong@bencang.example</p>",
        "<div class='author-info'>Văn Sóng <a href='/tac-gia/van-song'>Xem các bài</a></div>",
        "<span itemprop='author'>Văn Sóng</span>",
        f"<p>{LONG} Văn Sóng</p>",
        f"<p>{LONG} (Theo Văn Sóng)</p>",
    ],
)
def test_whoever_wrote_it_is_cut(signed: str) -> None:
    text = repr(article(signed)).lower()
    assert "lần 2" in text
    for name in ("văn sóng", "hải âu", "vansong"):
        assert name not in text


@pytest.mark.parametrize("author", ["Nguyễn Văn Sóng", "Bài: Văn Sóng", "Văn Sóng - vansong@bencang.example"])
def test_whoever_wrote_it_is_cut_above_the_text_too(author: str) -> None:
    text = f"<html><body><h1>Trường Sao Biển mở lại bếp ăn</h1><p>{author}</p>" + f"<p>{LONG}</p>" * 4 + "</body>"
    assert "Sóng" not in repr(extract(text, URL, NOON))


@pytest.mark.parametrize(
    "last",
    [
        "Cuộc thi năm sau tổ chức tại TP. Hải Phòng",
        "Theo hiệu trưởng, đơn vị cung cấp mới được chọn qua ba vòng chấm.",
        "Em Nguyễn Văn Sóng được trao giải nhất.",
        "Liên hệ tuyển sinh: văn phòng nhà trường từ thứ hai, hoặc thư về vanphong@saobien.example trước 30/11.",
    ],
)
def test_a_last_sentence_with_names_or_places_stays(last: str) -> None:
    assert article(f"<p>{last}</p>").body.endswith(last)


ELSEWHERE = [
    "<p><a href='/bai-1.html'>Ba trường khác cũng rà soát bếp ăn bán trú trong tuần này</a></p>",
    "<ul><li><a href='/bai-1.html'>Ba trường khác cũng rà soát bếp ăn bán trú</a></li></ul>",
    "<p>Xem thêm: <a href='/bai-1.html'>Ba trường khác cũng rà soát bếp ăn bán trú</a></p>",
    "<p>&gt;&gt; Ba trường khác cũng rà soát bếp ăn bán trú</p>",
    "<div class='binh-luan'><p>Mong trường rà soát bếp ăn bán trú thường xuyên hơn nữa nhé các thầy cô ơi.</p></div>",
]
AT_THE_END = [
    "<p>Từ khóa: rà soát bếp ăn bán trú</p>",
    "<p>© Bến Cảng giữ bản quyền rà soát bếp ăn bán trú</p>",
    "<p>128 bình luận</p>",
    "<p>Lượt xem: 1.204</p>",
]


@pytest.mark.parametrize("tail", ELSEWHERE + AT_THE_END)
def test_what_leads_elsewhere_or_counts_is_cut_at_the_end(tail: str) -> None:
    assert article(tail).body.endswith("Lần 2.")


@pytest.mark.parametrize("middle", ELSEWHERE)
def test_what_leads_elsewhere_is_cut_within_the_text(middle: str) -> None:
    body = article(f"{middle}<p>{LONG} Cuối cùng.</p>").body
    assert "bếp ăn bán trú" not in body
    assert body.endswith("Cuối cùng.")


def test_captions_are_apart_and_without_the_photographer_whatever_the_markup() -> None:
    found = article(
        "<figure><img><figcaption>Bếp mới của trường. Ảnh: Văn Sóng</figcaption></figure>"
        "<table class='picture'><tr><td><img></td></tr>"
        "<tr><td class='pCaption'>Phụ huynh ký sổ giao nhận (Ảnh: NVCC)</td></tr></table>"
        "<p>Học sinh rửa tay trước bữa trưa. Ảnh: VĂN SÓNG</p>"
        f"<p>{LONG} Cuối.</p>"
    )
    assert set(found.captions) == {
        "Bếp mới của trường.",
        "Phụ huynh ký sổ giao nhận.",
        "Học sinh rửa tay trước bữa trưa.",
    }
    assert "ký sổ" not in found.body
    assert "sóng" not in repr(found).lower()


# ── sapo ────────────────────────────────────────────────────────────────────────────────────────────

SAPO = "Bếp ăn bán trú hoạt động trở lại từ thứ tư, sau khi đổi đơn vị cung cấp thực phẩm và lắp thêm hai tủ lưu mẫu."


@pytest.mark.parametrize(
    "shown",
    [
        f"<h2 class='detail-sapo' data-role='sapo'>{SAPO}</h2>",
        f"<p class='description'>{SAPO}</p>",
        f"<h2>{SAPO}</h2>",
        f"<div class='x'><strong>(Bến Cảng) - {SAPO}</strong></div>",
    ],
)
def test_the_sapo_is_found_where_the_page_shows_it_and_not_repeated(shown: str) -> None:
    text = "".join(f"<p>{LONG} Lần {i}.</p>" for i in range(4))
    head = f"<meta name='description' content='{SAPO[:90]}...'>"
    found = extract(f"<html><head>{head}</head><body><h1>Mở lại bếp ăn</h1>{shown}{text}</body></html>", URL, NOON)
    assert found.lead.endswith(SAPO)
    assert SAPO not in found.body


def test_the_slogan_of_the_outlet_is_no_sapo() -> None:
    slogan = "Báo điện tử Bến Cảng, tin tức mới nhất trong ngày, nhanh và chính xác, cập nhật liên tục"
    assert article("", f"<meta name='description' content='{slogan}'>").lead == ""


def test_a_caption_that_is_called_description_is_no_sapo() -> None:
    text = f"<figure><img><figcaption class='description'>{SAPO}</figcaption></figure>" + f"<p>{LONG}</p>" * 4
    found = extract(f"<html><body><h1>Mở lại bếp ăn</h1>{text}</body></html>", URL, NOON)
    assert found.lead != SAPO
    assert found.captions == (SAPO,)


def test_a_headline_said_again_above_the_text_is_not_part_of_it() -> None:
    text = "<h2>Bữa trưa đầu tiên: Trường Sao Biển mở lại bếp ăn</h2>" + f"<p>{LONG}</p>" * 4
    found = extract(f"<html><body><h1>Trường Sao Biển mở lại bếp ăn</h1>{text}</body></html>", URL, NOON)
    assert "mở lại bếp ăn" not in found.body


def test_selectors_of_the_source_win() -> None:
    chosen = Selectors(title=".t", sapo=".s", body=".b", date=".d", remove=(".ads",))
    text = (
        f"<html><body><h1>Không phải</h1><i class='t'>Tiêu đề thật</i><i class='d'>18/11/2026 14:05</i>"
        f"<i class='s'>{SAPO}</i><div class='b'><p>{LONG}</p><p class='ads'>Mua vé xe Tết</p></div><p>{LONG} Ngoài.</p>"
    )
    found = extract(text, URL, NOON, chosen)
    assert (found.title, found.lead, found.body) == ("Tiêu đề thật", SAPO, LONG)
    assert found.published is not None
    assert found.published.source == "selector"
