"""`haidang inbox`: handed in at a terminal, and from there through the real stages into a digest."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from alerts.inputs import newest_text
from alerts.trace import trace
from crawler.channels.inbox import OUTLET
from runner import stages
from runner.deps import Deps
from runner.digests import build_now, last_whole_day
from runner.inbox import Given, add, lines, listing, to_json
from runner.run import Runner
from store.errors import InputError
from store.model import Basis, Digest
from tests.unit.intake.samples import docx, holds, paragraph, pdf, png
from tests.unit.runner.conftest import HOST, HOUR, Clock, Outlet

TEXT = (
    "Phụ huynh Trường Tiểu học Lê Chân, quận Lê Chân, Hải Phòng phản ánh nhà trường thu tiền học thêm ngoài quy định. "
    "Sở Giáo dục và Đào tạo Hải Phòng cho biết sẽ kiểm tra trong tuần."
)
SECRET = "Nguyễn Văn Kín"


def given(**more: Any) -> Given:
    return Given(**({"by": "Đỗ Thị Trực", "where": "bảng tin của trường"} | more))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "don.txt"
    path.write_text(f"Tài khoản Facebook: {SECRET} viết.\r\n{TEXT}", encoding="utf-8-sig")
    return path


def test_a_text_from_a_file_is_kept_masked_and_listed(deps: Deps, text: Path) -> None:
    kept = add(deps, given(text=text, seen="2026-11-20 07:30"))
    (one,) = listing(deps)
    assert one.fetch == kept.fetch and one.record is not None and SECRET not in one.record.text
    assert one.record.seen_at == deps.now() - 4 * HOUR - HOUR // 2
    (line,) = lines([one])
    assert kept.fetch.id in line and "Đỗ Thị Trực" in line and SECRET not in line
    told = json.loads(json.dumps(to_json([one]), ensure_ascii=False))
    assert told[0]["id"] == kept.fetch.id and told[0]["record"]["by"] == "Đỗ Thị Trực"


def test_standard_input_and_the_same_again(deps: Deps, clock: Clock) -> None:
    first = add(deps, given(text=Path("-")), io.BytesIO(TEXT.encode()))
    clock.at += HOUR
    again = add(deps, given(text=Path("-")), io.BytesIO(TEXT.encode()))
    assert (first.known, again.known) == (False, True) and len(listing(deps)) == 1


def test_files_with_boxes_by_name_path_and_place(deps: Deps, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.png", "b:c.png", "don.pdf", "don.docx")]
    data = [png(secret=SECRET), png(), pdf([["Don"], ["Hai"]]), docx(paragraph(f"Em {SECRET}, học sinh lớp 8A."))]
    for path, content in zip(paths, data, strict=True):
        path.write_bytes(content)
    boxes = ["a.png:1:10,10,30,20", f"{paths[1]}:1:0,0,50,4.5", "3:2:5,5,10,10"]
    kept = add(deps, given(files=paths, boxes=boxes, no_persons=["don.pdf"]))
    (one,) = listing(deps)
    assert one.record is not None and [f.media_type[:9] for f in one.record.files] == [
        "image/png", "image/png", "applicati", "text/plai"
    ]  # fmt: skip
    assert one.record.declarations == ("files.2.no_persons_visible",)
    for file in one.record.files:
        assert not holds(deps.bodies.get(file.sha256), SECRET)
    assert kept.fetch.article_id is not None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "--text"), ({"by": " ", "link": HOST}, "--by"), ({"where": "", "link": HOST}, "--where"),
        ({"link": "khong-phai"}, "--link"), ({"link": "https://www.facebook.com/groups/12345"}, "--link"),
        ({"link": HOST, "seen": "hôm qua"}, "--seen"), ({"link": HOST, "where": "nhóm Zalo lớp 6A"}, "--closed-group"),
        ({"link": HOST, "closed_group": True}, "--closed-group"),
        ({"link": HOST, "closed_group": True, "by_person_concerned": True}, "--consent"),
        ({"files": [Path("/khong/co.png")]}, "không có tệp này"), ({"files": [Path("/")]}, "không phải tệp thường"),
        ({"files": [Path("/dev/zero")]}, "không phải tệp thường"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_its_option_and_keeps_nothing(deps: Deps, more: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as refused:
        add(deps, given(**more))
    assert said in str(refused.value) and listing(deps) == [] and not list(deps.bodies.root.rglob("*.zst"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "chưa có khung che"), ({"boxes": ["a.png:1:1,1,1"]}, "--box"), ({"boxes": ["b.png:1:1,1,1,1"]}, "--file"),
        ({"boxes": ["9:1:1,1,1,1"]}, "--file"), ({"boxes": ["a.png:4:1,1,1,1"]}, "chỉ có 1 trang"),
        ({"boxes": ["a.png:1:90,0,20,1"]}, "khung che sai"), ({"boxes": [":1:1,1,1,1"]}, "--box"),
        ({"no_persons": ["c.png"]}, "--no-persons"),
    ],
)  # fmt: skip
def test_boxes_that_cannot_be(deps: Deps, tmp_path: Path, options: dict[str, Any], said: str) -> None:
    (tmp_path / "a.png").write_bytes(png())
    with pytest.raises(InputError) as refused:
        add(deps, given(files=[tmp_path / "a.png"], **options))
    assert said in str(refused.value) and listing(deps) == []


def test_two_files_of_one_name_are_told_apart_by_their_place(deps: Deps, tmp_path: Path) -> None:
    for folder, color in (("x", "red"), ("y", "blue")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.png").write_bytes(png(color=color))
    files = [tmp_path / "x" / "a.png", tmp_path / "y" / "a.png"]
    with pytest.raises(InputError, match="cùng tên"):
        add(deps, given(files=files, no_persons=["a.png"]))
    assert not add(deps, given(files=files, no_persons=["1", str(files[1])])).known


def test_too_much_is_not_read_into_memory(deps: Deps, tmp_path: Path) -> None:
    big = tmp_path / "to.png"
    with big.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        os.truncate(big, 1 << 40)
    with pytest.raises(InputError, match="nặng hơn 10 MB"):
        add(deps, given(files=[big]))
    with pytest.raises(InputError, match="dài hơn 1 MB"):
        add(deps, given(text=big))
    (tmp_path / "t.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="UTF-8"):
        add(deps, given(text=tmp_path / "t.txt"))


def test_a_damaged_record_hides_no_other(deps: Deps, text: Path, clock: Clock) -> None:
    lost = add(deps, given(text=text)).fetch
    clock.at += HOUR
    add(deps, given(text=text, note="Lần hai."))
    deps.bodies.path(lost.body_hash or "").write_bytes(b"hong")
    told = lines(listing(deps))
    assert len(told) == 2 and "không đọc được" in told[1] and to_json(listing(deps))[1]["record"] is None


# ── through the stages ──────────────────────────────────────────────────────────────────────────────


def test_it_is_judged_and_issued_as_any_item_and_marked_as_brought_in_by_staff(
    deps: Deps, text: Path, clock: Clock
) -> None:
    kept = add(deps, given(text=text))
    Runner(deps).drain(stages.READING)
    article = deps.store.find_article(kept.fetch.article_id or "")
    assert article is not None and article.outlet == OUTLET
    steps = " ".join(step.text for step in trace(deps.store, article, deps.settings.timezone).steps)
    assert (
        "cán bộ" in steps.lower() and "không phải báo" in steps and "inbox:" not in steps and "Tải trang:" not in steps
    )
    judged = deps.store.last_judged([article.id])[article.id]
    assert judged.outcome in ("relevant", "to_review"), judged.message
    clock.at += 24 * HOUR
    build_now(deps, last_whole_day(deps))
    digest = deps.store.digest(Digest.make_id("daily", last_whole_day(deps).isoformat()))
    assert digest is not None and [e.article_id for e in digest.entries] == [article.id]
    for name in ("html", "text"):
        body = deps.bodies.get(digest.files[name]).decode()
        assert OUTLET in body and "do cán bộ nhập, không phải báo" in body
        assert "inbox:" not in body and SECRET not in body


def test_staff_are_never_counted_among_the_outlets_of_a_story(
    deps: Deps, tmp_path: Path, outlet: Outlet, clock: Clock
) -> None:
    path = tmp_path / "t.txt"
    for who in ("Đỗ Thị Trực", "Lê Văn Trông"):
        path.write_text(TEXT, encoding="utf-8")
        add(deps, given(text=path, by=who))
        clock.at += HOUR
    Runner(deps).drain(stages.READING)
    clock.at += 24 * HOUR
    build_now(deps, last_whole_day(deps))
    digest = deps.store.digest(Digest.make_id("daily", last_whole_day(deps).isoformat()))
    assert digest is not None and len({e.story_id for e in digest.entries}) == 1 < len(digest.entries)
    assert not [key for key in digest.figures if key.endswith(".bao")]


def test_the_words_of_staff_never_stand_under_an_outlets_name(deps: Deps, outlet: Outlet, text: Path) -> None:
    article = outlet.article()
    feed = outlet.fetch(None, url=f"{HOST}/rss2", body=b"<rss/>")
    read = outlet.read(article, feed, ("Trường mở bếp ăn", "Bếp ăn mở lại.", ""), Basis.FEED)
    outlet.clock.at += HOUR
    add(deps, given(text=text, link=article.url))
    Runner(deps).drain([stages.READ])
    revisions = deps.store.revisions_of([article.id])[article.id]
    assert [r.basis for r in revisions] == [Basis.FEED, Basis.INBOX]
    assert newest_text(revisions) == read
    assert deps.store.articles([article.id])[article.id].outlet == "Bến Cảng"


def test_a_link_puts_its_page_on_the_list_of_the_crawl(deps: Deps) -> None:
    kept = add(deps, given(link=f"{HOST}/truong-sao-bien-100777.html"))
    Runner(deps).drain([stages.READ])
    article = deps.store.find_article(f"{HOST}/truong-sao-bien-100777.html")
    assert article is not None and article.found_in == kept.fetch.id
    (task,) = deps.store.tasks_for([article.id])
    assert (task.stage, task.version) == ("fetch", stages.FIRST_FETCH)
