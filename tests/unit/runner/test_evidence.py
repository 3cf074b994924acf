"""Evidence handed out: a masked copy for who reads, the original only as two named people approved, both on the log."""

from __future__ import annotations

import hashlib
import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html as markup
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from runner import erasure, evidence, stages
from runner.deps import Deps
from runner.run import Runner
from store.errors import InputError
from store.model import Article, Fetch, FetchKind, FetchOutcome
from tests.unit.runner.conftest import HOST, HOUR, NOON, Clock, Outlet

URL = f"{HOST}/em-trinh-khac-tuoi-tra-lai-vi-100231.html"
FIRST = (
    "Em Trịnh Khắc Tươi trả lại ví 200.000 đồng",
    "Em Tươi học lớp 8A.",
    "Em Tươi nhặt được ví.\nCông an phường nhận.",
)
EDITED = ("Trịnh Khắc Tươi trả lại ví 500.000 đồng", "Em học lớp 8A.", "Tươi nhặt được ví.\nCông an phường nhận.")
WHO = {
    "asked_by": "Phạm Thị Hải Âu",
    "approved_by": ["Lê Thị Sóng", "Trần Văn Bến"],
    "reason": "Công an phường đề nghị bằng văn bản số 12.",
}
PAGE = "<html><h1>Em Trịnh Khắc Tươi trả lại ví</h1><script>alert(1)</script></html>".encode()


@pytest.fixture
def article(outlet: Outlet, clock: Clock) -> Article:
    """Found, read, edited in silence, then deleted."""
    found = outlet.article(URL)
    first = outlet.fetch(
        found, at=NOON + 5, body=PAGE, final_url=URL + "?v=2",
        headers={"content-type": "text/html; charset=utf-8", "content-encoding": "gzip", "content-length": "77",
                 "link": f"<{URL}>; rel=canonical", "set-cookie": "id=bi-mat", "x-odd": "a\r\nWARC-Type: response"},
    )  # fmt: skip
    outlet.read(found, first, FIRST, published_at=NOON - HOUR)
    second = outlet.fetch(found, at=NOON + 6 * HOUR, body=PAGE + b"2")
    outlet.read(found, second, EDITED, published_at=NOON - HOUR)
    outlet.fetch(found, at=NOON + 7 * HOUR, outcome=FetchOutcome.NOT_MODIFIED, status=304)
    outlet.gone(found, at=NOON + 48 * HOUR)
    clock.at = NOON + 49 * HOUR
    Runner(outlet.deps).drain([stages.GONE])
    return found


def text_of(path: Path) -> str:
    page = markup.fromstring(path.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", page.text_content())


# ── the copy ────────────────────────────────────────────────────────────────────────────────────────


def test_the_copy_tells_what_was_seen_and_when(deps: Deps, article: Article, tmp_path: Path) -> None:
    path = evidence.export_copy(deps, URL, tmp_path / "ban-sao.html")
    told = text_of(path)
    for part in (
        "BẢN SAO ĐÃ CHE",
        "Bến Cảng",
        "Thấy lần đầu12:00:00 20/11/2026 (UTC 2026-11-20 05:00:00)",
        "Thấy lần cuối18:00:00 20/11/2026",
        "không còn (404) từ 22/11/2026 12:00:00",
        "HTTP 404",
        "robots.txt: cho phép",
        f"sha256 {hashlib.sha256(PAGE).hexdigest()}",
        "còn nguyên",
        "Con số đổi: 200.000 → 500.000.",
        "Tiêu đề đổi từ “Em [tên] trả lại ví 200.000 đồng” thành “[tên] trả lại ví 500.000 đồng”.",
        "content-encoding",
        "Đọc bằng bộ đọc" if deps.store.tasks_for([article.found_in]) else "Các lần tải",
    ):
        assert part in told, part


def test_no_pupil_is_named_anywhere_in_the_copy_or_its_manifest(deps: Deps, article: Article, tmp_path: Path) -> None:
    path = evidence.export_copy(deps, article.id, tmp_path / "ban-sao.html")
    for file in (path, path.with_suffix(".json")):
        raw = file.read_text(encoding="utf-8")
        assert not re.search("tươi|khắc|khac-tuoi|trinh-khac|bi-mat", raw, re.IGNORECASE), file
    assert "em-[tên]" in path.read_text(encoding="utf-8") or "/[tên]-tra-lai-vi" in path.read_text(encoding="utf-8")


def test_the_copy_loads_and_runs_nothing_and_judges_nothing(deps: Deps, article: Article, tmp_path: Path) -> None:
    raw = evidence.export_copy(deps, URL, tmp_path / "ban-sao.html").read_text(encoding="utf-8")
    page = markup.fromstring(raw)
    assert not page.xpath("//script | //img | //link | //iframe | //a | //form | //@src | //@href | //@onload")
    assert "default-src 'none'" in raw and "url(" not in raw and "@import" not in raw
    assert "A4" in raw and 'lang="vi"' in raw


def test_hostile_text_stays_text(deps: Deps, outlet: Outlet, tmp_path: Path) -> None:
    article = outlet.article(f"{HOST}/a-100777.html")
    fetch = outlet.fetch(article, body=b"x", headers={"x-a": "<img src=x>"}, robots="<b>", message="</td><script>")
    outlet.read(article, fetch, ("<script>alert(1)</script>", "<img src=x onerror=y>", "</html>"))
    page = markup.fromstring(evidence.export_copy(deps, article.id, tmp_path / "a.html").read_text(encoding="utf-8"))
    assert not page.xpath("//script | //img | //b")
    assert "<script>alert(1)</script>" in page.text_content()


def test_the_manifest_carries_the_hash_of_the_copy(deps: Deps, article: Article, tmp_path: Path) -> None:
    path = evidence.export_copy(deps, URL, tmp_path / "ban-sao.html")
    manifest = json.loads((tmp_path / "ban-sao.json").read_text(encoding="utf-8"))
    assert manifest["sha256_of_file"] == hashlib.sha256(path.read_bytes()).hexdigest()
    kept = [a for a in manifest["attempts"] if a["kind"] == "page" and a["sha256_of_body"]]
    assert [a["body_has_that_hash"] for a in kept] == [True, True]


def test_a_body_that_is_missing_is_said_and_the_rest_is_there(deps: Deps, article: Article, tmp_path: Path) -> None:
    deps.bodies.path(hashlib.sha256(PAGE).hexdigest()).unlink()
    told = text_of(evidence.export_copy(deps, URL, tmp_path / "ban-sao.html"))
    assert told.count("KHÔNG KIỂM LẠI ĐƯỢC") == 1
    assert told.count("còn nguyên") == 2
    assert str(deps.settings.home) not in told


def test_a_body_that_was_swapped_is_not_called_whole(deps: Deps, article: Article, tmp_path: Path) -> None:
    other = deps.bodies.path(deps.bodies.put(b"something else"))
    deps.bodies.path(hashlib.sha256(PAGE).hexdigest()).write_bytes(other.read_bytes())
    assert "KHÔNG KIỂM LẠI ĐƯỢC" in text_of(evidence.export_copy(deps, URL, tmp_path / "ban-sao.html"))


def test_the_same_rows_give_the_same_copy(deps: Deps, article: Article, clock: Clock, tmp_path: Path) -> None:
    first = evidence.export_copy(deps, URL, tmp_path / "a.html").read_bytes()
    clock.at += 1
    again = evidence.export_copy(deps, URL, tmp_path / "b.html").read_bytes()
    assert re.sub(rb"l\xc3\xbac [^<]*", b"", first) == re.sub(rb"l\xc3\xbac [^<]*", b"", again)


def test_an_article_of_which_nothing_was_read_still_has_its_attempts(
    deps: Deps, outlet: Outlet, tmp_path: Path
) -> None:
    article = outlet.article()
    outlet.fetch(article, outcome=FetchOutcome.ROBOTS_DENIED, status=None, robots="disallowed: Disallow: /")
    told = text_of(evidence.export_copy(deps, article.id, tmp_path / "a.html"))
    assert "Chưa đọc được chữ nào" in told and "robots.txt không cho tải" in told


@pytest.mark.parametrize("target", ["https://bencang.example/khong-co.html", "không phải địa chỉ", "art_khongco"])
def test_an_unknown_article_is_told_with_what_to_do(deps: Deps, tmp_path: Path, target: str) -> None:
    with pytest.raises(InputError, match="haidang trace"):
        evidence.export_copy(deps, target, tmp_path / "a.html")


@pytest.mark.parametrize("target", ["cas_abc123", "case-2026-1", "vu-12"])
def test_a_case_is_exported_by_its_own_command_and_that_is_said(deps: Deps, tmp_path: Path, target: str) -> None:
    with pytest.raises(InputError, match="haidang case export"):
        evidence.export_copy(deps, target, tmp_path / "a.html")


def test_nothing_is_overwritten_and_no_folder_is_made_up(deps: Deps, article: Article, tmp_path: Path) -> None:
    path = evidence.export_copy(deps, URL, tmp_path / "a.html")
    before = path.read_bytes()
    with pytest.raises(InputError, match="đã có"):
        evidence.export_copy(deps, URL, path)
    with pytest.raises(InputError, match="không có thư mục"):
        evidence.export_warc(deps, URL, tmp_path / "khong" / "a.warc", **WHO)
    with pytest.raises(InputError, match="đã có"):
        evidence.export_warc(deps, URL, path, **WHO)
    assert path.read_bytes() == before
    assert len(evidence.log(deps)) == 1


# ── the original ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["goc.warc", "goc.warc.gz"])
def test_the_original_is_a_valid_warc_with_the_bodies_as_received(
    deps: Deps, article: Article, tmp_path: Path, name: str
) -> None:
    path = evidence.export_warc(deps, URL, tmp_path / name, **WHO)
    checker = Checker(type("Asked", (), {"inputs": [str(path)], "verbose": True})())
    checker.process_all()
    assert checker.exit_value == 0
    records = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            records.append(
                (record.rec_type, dict(record.rec_headers.headers), record.http_headers, record.content_stream().read())
            )
    kinds = [kind for kind, *_ in records]
    assert kinds == [
        "warcinfo",
        "response",
        "metadata",
        "response",
        "metadata",
        "revisit",
        "metadata",
        "response",
        "metadata",
    ]
    _, rec, http, body = records[1]
    assert body == PAGE
    assert rec["WARC-Target-URI"] == URL + "?v=2"
    assert rec["WARC-Date"] == "2026-11-20T05:00:00.005Z"
    assert rec["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(PAGE).hexdigest()}"
    assert http.get_header("X-Original-content-encoding") == "gzip"
    assert http.get_header("X-Original-content-length") == "77"
    assert http.get_header("Content-Length") == str(len(PAGE))
    assert http.get_header("content-encoding") is None and http.get_header("set-cookie") is None
    assert http.get_header("x-odd") == "a WARC-Type: response", "a header cannot end its record"
    revisit = records[5][1]
    assert revisit["WARC-Profile"].endswith("revisit/server-not-modified")
    assert revisit["WARC-Refers-To"] == records[3][1]["WARC-Record-ID"]
    gone = records[7]
    assert gone[2].get_statuscode() == "404" and gone[3] == b"" and gone[1]["WARC-Truncated"] == "unspecified"
    assert b"robots: allowed: no rule" in records[2][3]
    assert b"Content-Encoding was undone" in records[0][3]


def test_feeds_are_never_in_the_original(deps: Deps, article: Article, tmp_path: Path) -> None:
    path = evidence.export_warc(deps, URL, tmp_path / "goc.warc", **WHO)
    assert b"<rss/>" not in path.read_bytes()


def test_what_staff_brought_in_is_a_resource_not_an_answer(deps: Deps, outlet: Outlet, tmp_path: Path) -> None:
    article = outlet.article()
    outlet.fetch(article, kind=FetchKind.INBOX, body=b"%PDF", content_type="application/pdf", status=None, headers={})
    path = evidence.export_warc(deps, article.id, tmp_path / "goc.warc", **WHO)
    records = [r.rec_type for r in ArchiveIterator(BytesIO(path.read_bytes()))]
    assert records == ["warcinfo", "resource", "metadata"]


def test_who_asked_who_approved_and_why_are_on_the_log_with_the_hash(
    deps: Deps, article: Article, tmp_path: Path
) -> None:
    path = evidence.export_warc(deps, URL, tmp_path / "goc.warc", **WHO)
    (row,) = evidence.log(deps, URL)
    assert (row.kind, row.asked_by, tuple(row.approved_by), row.reason) == (
        "warc", "Phạm Thị Hải Âu", ("Lê Thị Sóng", "Trần Văn Bến"), WHO["reason"],
    )  # fmt: skip
    assert row.file_hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert row.at == deps.now()
    assert row.id.encode() in path.read_bytes(), "the file names the log row that let it out"
    assert path.stat().st_mode & 0o077 == 0, "for its owner alone"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"approved_by": []}, "hai người duyệt"),
        ({"asked_by": ""}, "hai người duyệt"),
        ({"approved_by": ["Lê Thị Sóng"]}, "mới có 1"),
        ({"approved_by": ["Lê Thị Sóng", "lê  thị  sóng"]}, "mới có 1"),
        ({"approved_by": ["Lê Thị Sóng", "Bà LÊ THỊ SÓNG"]}, "mới có 1"),
        ({"approved_by": ["Lê Thị Sóng", "Le Thi Song"]}, "mới có 1"),
        ({"approved_by": ["Lê Thị Sóng", "Lê Thị Sóng (Văn phòng)"]}, "mới có 1"),
        ({"approved_by": ["Nguyễn Hoà Thuỷ", "Nguyễn Hòa Thủy"]}, "mới có 1"),
        ({"approved_by": ["Lê Thị Sóng", "Phạm Thị Hải Âu"]}, "không duyệt cho chính mình"),
        ({"approved_by": ["Lê Thị Sóng", "PHẠM THỊ HẢI ÂU", "Trần Văn Bến"]}, "không duyệt cho chính mình"),
        ({"approved_by": ["Lê Thị Sóng", "Sếp"]}, "chưa đủ họ và tên"),
        ({"approved_by": ["Lê Thị Sóng", "12345 678"]}, "không phải tên người"),
        ({"reason": "xem"}, "lý do"),
    ],
)  # fmt: skip
def test_the_original_is_refused_in_words_and_nothing_is_left_behind(
    deps: Deps, article: Article, tmp_path: Path, changed: dict[str, object], why: str
) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    with pytest.raises(InputError, match=why):
        evidence.export_warc(deps, URL, out / "goc.warc", **{**WHO, **changed})  # type: ignore[arg-type]
    assert list(out.iterdir()) == []
    assert evidence.log(deps) == []


def test_the_log_row_is_there_before_the_file(
    deps: Deps, article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(evidence.os, "link", crash)
    out = tmp_path / "ra"
    out.mkdir()
    with pytest.raises(KeyboardInterrupt):
        evidence.export_warc(deps, URL, out / "goc.warc", **WHO)
    assert list(out.iterdir()) == []
    assert [d.kind for d in evidence.log(deps)] == ["warc"]


def test_without_a_whole_page_there_is_no_original(
    deps: Deps, outlet: Outlet, article: Article, tmp_path: Path
) -> None:
    for fetch in deps.store.fetches_for(article_id=article.id):
        if fetch.body_hash:
            deps.bodies.path(fetch.body_hash).unlink()
    with pytest.raises(InputError, match="thiếu hoặc hỏng"):
        evidence.export_warc(deps, URL, tmp_path / "goc.warc", **WHO)
    never = outlet.article(f"{HOST}/chi-co-trong-rss-100555.html")
    with pytest.raises(InputError, match="chưa tải được trang nào"):
        evidence.export_warc(deps, never.id, tmp_path / "goc.warc", **WHO)


def test_a_damaged_page_is_named_in_the_original_and_the_others_are_there(
    deps: Deps, article: Article, tmp_path: Path
) -> None:
    deps.bodies.path(hashlib.sha256(PAGE).hexdigest()).unlink()
    raw = evidence.export_warc(deps, URL, tmp_path / "goc.warc", **WHO).read_bytes()
    assert b"bodyMissing: yes" in raw and PAGE + b"2" in raw


def test_what_must_be_erased_is_not_handed_out_any_more(deps: Deps, article: Article, tmp_path: Path) -> None:
    (review,) = deps.store.erasure_reviews()
    erasure.mark(deps, review.id, "Lê Thị Sóng", "Phụ huynh đề nghị gỡ bài.")
    for export in (
        lambda: evidence.export_copy(deps, URL, tmp_path / "a.html"),
        lambda: evidence.export_warc(deps, URL, tmp_path / "goc.warc", **WHO),
    ):
        with pytest.raises(InputError, match="phải xóa"):
            export()


def test_the_log_lists_every_export_newest_first(deps: Deps, article: Article, clock: Clock, tmp_path: Path) -> None:
    evidence.export_copy(deps, URL, tmp_path / "a.html")
    clock.at += 1
    evidence.export_warc(deps, URL, tmp_path / "goc.warc", **WHO)
    assert [d.kind for d in evidence.log(deps)] == ["warc", "redacted"]
    assert [d.kind for d in evidence.log(deps, article.id)] == ["warc", "redacted"]


def test_a_hundred_attempts_are_all_told(deps: Deps, outlet: Outlet, tmp_path: Path) -> None:
    article = outlet.article()
    made: list[Fetch] = [outlet.fetch(article, at=NOON + n, body=f"bản {n % 3}".encode()) for n in range(100)]
    told = text_of(evidence.export_copy(deps, article.id, tmp_path / "a.html"))
    assert told.count("còn nguyên") == len(made) + 1
