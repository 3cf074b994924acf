"""What the digest may never say (promises 1 to 3), and how it speaks on a quiet day."""

from __future__ import annotations

import re
from pathlib import Path

import alerts
from alerts import messages, words
from alerts.digest import silent_source
from alerts.render import DOCUMENTS
from store.model import Relation

# The labels belong to the national fact-check centre or to Sở VHTTDL, never to a machine (promise 1).
FORBIDDEN = re.compile(r"tin giả|sai sự thật|tin sai|xác thực|bịa đặt|thất thiệt|xuyên tạc|tiêu cực", re.IGNORECASE)


def test_no_template_and_no_message_says_that_something_is_false():
    catalogues = Path(alerts.__file__).parent.rglob("*_words.py")
    sources = [*DOCUMENTS.rglob("*.jinja"), *(Path(m.__file__) for m in (messages, words)), *catalogues]
    assert len(sources) >= 10
    for source in sources:
        text = re.sub(r'"""[\s\S]*?"""', "", source.read_text(encoding="utf-8"), count=1)
        text = re.sub(r"RESERVED = re\.compile\([\s\S]*?\n\)", "", text)  # the list of what no template may say
        assert not FORBIDDEN.search(text), source.name


def test_vietnamese_for_the_reader_lives_in_the_catalogue_and_the_templates_alone():
    """A sentence hidden in the logic would escape the check above."""
    vietnamese = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    allowed = {
        "messages.py",
        "words.py",
        "formats.py",
        "roster_sheet.py",  # hours as a spreadsheet writes them
    }  # weekdays and abbreviations are the format itself
    for source in Path(alerts.__file__).parent.rglob("*.py"):
        if source.name in allowed or source.name.endswith("_words.py"):
            continue
        code = re.sub(r'"""[\s\S]*?"""|#.*', "", source.read_text(encoding="utf-8"))
        assert not vietnamese.search(code), source.name


def test_rumours_are_mentioned_or_rebutted_in_the_settled_words(press):
    press.article("Đồn", hp="direct", rumour="report")
    press.article("Bác", hp="direct", rumour="debunk")
    assert "nhắc tin đồn" in [c.word for c in press.block("Đồn").chips]
    assert "bác bỏ tin đồn" in [c.word for c in press.block("Bác").chips]
    html = press.build()[2]["html"].decode()
    assert not FORBIDDEN.search(html)


def test_tone_and_stance_are_words_and_shapes_with_a_confidence_word(press):
    press.article("Tin", hp="direct", tone="neg", stance="critical", score=0.7)
    chips = press.block("Tin").chips
    assert [(c.shape, c.word, c.confidence) for c in chips] == [
        ("▼", "bất lợi", "khá chắc"),
        ("", "có ý kiến phê bình", "khá chắc"),
    ]
    html = press.build()[2]["html"].decode()
    assert "▼ bất lợi <i>(khá chắc)</i>" in html
    assert "red" not in re.findall(r"<style>(.*?)</style>", html, re.S)[0].replace("prefers", "")


def test_no_figure_and_no_article_line_crosses_an_outlet_with_tone_or_stance(press):
    """Promise 2: the same articles with any tone and stance give the same figures and the same lists."""
    for n in range(6):
        press.article(f"Khen {n}", outlet="Báo Hải Âu", tone="pos", stance="supportive", story=f"k{n}")
        press.article(f"Chê {n}", outlet="Báo Cửa Biển", tone="neg", stance="critical", story=f"c{n}")
        press.article(f"Chê lại {n}", outlet="Báo Cửa Biển", tone="neg", story=f"k{n}", relation=Relation.REPRINT)
    digest, _, files = press.build()
    for key in digest.figures:
        assert not re.search(r"neg|neu|pos|crit|supp|tone|stance|phe_binh|bieu_duong|Báo", key)
    judged = [word for _, word in messages.TONE.values()] + list(messages.STANCE.values())
    annex = files["html"].decode().split('id="danh-sach"')[1]
    lists = "".join(re.findall(r"<details>.*?</details>", files["html"].decode(), re.S))
    assert "Báo Cửa Biển" in annex
    assert "Báo Cửa Biển" in lists
    assert not [word for word in judged if word in annex.split(messages.NOTE[:10])[0] or word in lists]


def test_the_subject_tells_the_day_and_the_count(press):
    press.article("Một", hp="direct")
    press.article("Hai", hp="direct")
    press.article("Ba", scope="national")
    assert press.build()[0].subject == "Điểm báo giáo dục 20/11/2026 — Hải Phòng 2 tin, bài"


def test_a_day_without_anything_is_one_line(press):
    digest, _, files = press.build()
    assert digest.subject == "Điểm báo giáo dục 20/11/2026 — ngày yên ắng"
    assert messages.QUIET_ALL in files["html"].decode()
    assert "<h2>" not in files["html"].decode().replace('<h2 id="nguon">', "")
    assert digest.figures == {}


def test_a_day_without_hai_phong_still_tells_the_sector(press):
    press.article("Thông tư mới", scope="national")
    draft = press.draft()
    assert draft.quiet == messages.QUIET_HP
    assert draft.subject == "Điểm báo giáo dục 20/11/2026 — Hải Phòng không có tin, Bộ, ngành 1"
    assert [b.headline for b in draft.must_read] == ["Thông tư mới"]


def test_quiet_with_dead_sources_is_not_called_quiet_without_a_warning(press):
    draft = press.draft(silent=(silent_source("Báo im", None),))
    assert draft.quiet.endswith(messages.QUIET_CAUTION)


def test_every_digest_is_marked_for_internal_use(press):
    files = press.build()[2]
    assert all(messages.INTERNAL in files[name].decode() for name in ("html", "text"))


def test_a_tone_or_stance_that_is_not_sure_enough_is_not_shown(press):
    press.article("Học sinh tự làm trạm báo lũ", hp="direct", tone="neg", stance="critical", score=0.5)
    assert press.block("Học sinh tự làm trạm báo lũ").chips == ()
