"""`haidang label`: from the command line and from files, and out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from runner.cli import app
from runner.deps import Deps
from runner.labels import imported
from runner.labels_desk import desk_items
from runner.labels_file import MOST_ROWS, read_labels, whole
from store.errors import InputError
from store.model import Article, Basis, Judgement, JudgementKind
from store.model_label import LabelTask
from tests.unit.runner.conftest import Clock, Outlet

WHO = "Lê Thị Sóng"
TEXT = ("Trường Sao Biển mở bếp ăn", "Bếp phục vụ 200 học sinh từ thứ hai.", "")


@pytest.fixture
def article(deps: Deps, outlet: Outlet) -> Article:
    made = outlet.article()
    outlet.page(made, TEXT)
    (text,) = deps.store.revisions_of([made.id])[made.id]
    with deps.store.transaction() as tx:
        tx.add_judgements([Judgement(text.id, JudgementKind.TONE, "haidang", "v1", "neg", 0.55, {}, 5)])
    return made


def run(deps: Deps, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words, "--home", str(deps.settings.home)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def lines(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in rows) + "\n")
    return path


def test_a_label_is_given_listed_and_taken_back(deps: Deps, article: Article) -> None:
    code, told = run(deps, "label", "add", article.url, "tone=pos", "topics=food", "--by", WHO, "--why", "đọc cả bài")
    assert code == 0
    assert "máy: ▼ bất lợi (0,55) · người: ▲ thuận lợi" in told
    assert "đọc cả bài" in told
    label = deps.store.labels_in_force([article.id])[article.id][LabelTask.TONE]
    assert run(deps, "label", "withdraw", label.id, "--by", "Ngô Văn Bến")[0] == 0
    assert LabelTask.TONE not in deps.store.labels_in_force([article.id])[article.id]
    listed = json.loads(run(deps, "label", "list", "--json")[1])
    assert [row["withdraws"] for row in listed] == [label.id, "", ""]
    assert run(deps, "label", "list", "--article", article.id)[1].count("lab_") >= 3


def test_what_somebody_typed_is_told_and_exported_masked_beside_the_article(deps: Deps, outlet: Outlet) -> None:
    told = ("Em Tạ Thảo Miên bị bạn đánh ở cổng trường", "Em Tạ Thảo Miên, học sinh lớp 7A2, phải nhập viện.", "")
    article = outlet.article()
    outlet.page(article, told)
    code, said = run(
        deps, "label", "add", article.id, "stance_target=lớp của Thảo Miên", "tone=neg", "--by", WHO,
        "--why", "Thảo Miên kể khác bài",
    )  # fmt: skip
    assert code == 0
    outputs = (
        said,
        *(run(deps, "label", *words)[1] for words in (["list"], ["list", "--json"], ["export"])),
        run(deps, "export", "label")[1],
    )
    for out in outputs:
        assert "Miên" not in out
        assert "kể khác bài" in out
    stands = deps.store.labels_in_force([article.id])[article.id]
    assert stands[LabelTask.TONE].why == "Thảo Miên kể khác bài"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("art_khong_co", "tone=pos"), "không có bài nào"),
        (("ARTICLE", "tone"), "tone=pos"),
        (("ARTICLE", "tone=pos", "tone=neg"), "một lần"),
        (("ARTICLE", "mau=xanh"), "không có câu hỏi"),
        (("ARTICLE", "hp=gần"), "direct, mention, none"),
    ],
)
def test_what_cannot_be_kept_is_said(deps: Deps, article: Article, words: tuple[str, ...], told: str) -> None:
    given = [article.id if word == "ARTICLE" else word for word in words]
    with pytest.raises(InputError, match=told):
        run(deps, "label", "add", *given, "--by", WHO)
    with pytest.raises(InputError, match="--by"):
        run(deps, "label", "add", article.id, "tone=pos", "--by", "sóng")
    assert deps.store.labels() == []


def test_what_goes_out_comes_in_again_elsewhere(deps: Deps, article: Article, tmp_path: Path, clock: Clock) -> None:
    run(deps, "label", "add", article.id, "tone=pos", "topics=food,fees", "stance_target=Trường Sao Biển", "--by", WHO)
    (row,) = [json.loads(line) for line in run(deps, "label", "export")[1].splitlines()]
    assert (row["title"], row["topics"], row["tone"]) == (TEXT[0], ["food", "fees"], "pos")
    assert row["given"]["tone"] == {
        "by": WHO, "at": row["given"]["tone"]["at"], "why": "", "machine": "neg", "score": 0.55,
        "version": "haidang v1",
    }  # fmt: skip
    assert "hp" not in row
    (bare,) = [json.loads(line) for line in run(deps, "label", "export", "--without-text")[1].splitlines()]
    assert not {"title", "summary"} & bare.keys()
    assert TEXT[0] not in json.dumps(bare, ensure_ascii=False)
    before = deps.store.labels_in_force([article.id])[article.id]
    for label in before.values():
        run(deps, "label", "withdraw", label.id, "--by", WHO)
    clock.at += 5
    done = imported(deps, lines(tmp_path / "nhan.jsonl", bare), "Ngô Văn Bến")
    assert (done.labels, done.articles, done.bad, done.unknown) == (3, 1, [], [])
    again = deps.store.labels_in_force([article.id])[article.id]
    assert {t: x.value for t, x in again.items()} == {t: x.value for t, x in before.items()}
    assert {x.why for x in again.values()} == {"nhập từ nhan.jsonl"}


def test_an_import_names_bad_lines_and_articles_that_are_not_here(deps: Deps, article: Article, tmp_path: Path) -> None:
    file = lines(
        tmp_path / "nhan.jsonl",
        {"id": "a1", "url": article.url, "tone": "pos", "rumour": "spread"},
        {"id": "a2", "url": "https://khac.example/b.html", "tone": "pos"},
        {"id": "a3", "url": article.url, "tone": "xấu"},
        "không phải JSON",
        {"id": "a1", "url": article.url, "tone": "neg"},
        [1, 2],
    )
    code, told = run(deps, "label", "import", str(file), "--by", WHO)
    assert code == 0
    assert "1 nhãn mới cho 1 bài" in told
    assert "1 bài không có ở đây" in told
    for number in (3, 4, 5, 6):
        assert f"dòng {number}:" in told
    assert [(x.task, x.value) for x in deps.store.labels()] == [(LabelTask.TONE, "pos")]
    assert "0 nhãn mới" in run(deps, "label", "import", str(file), "--by", WHO)[1]


@pytest.mark.parametrize(
    "row",
    [
        {"title": "Tin"},
        {"id": "a", "title": 5},
        {"id": "a", "title": "x", "topics": "fees,exams,food"},
        {"id": "a", "title": "x", "topics": ["fees,exams"]},
        {"id": "a", "title": "x", "tone": ["pos"]},
        {"id": "a", "title": "x" * 60_000},
        {"id": "a", "title": "x", "first_fetched": "hôm qua"},
        {"id": "a", "title": "x", "first_fetched": "2026-05-15T05:54:07"},
        {"id": "a", "title": "\ud800"},
        '{"id": "a", "title": "\\ud800"}',
        {"id": "a"},
        "[" * 50_000,
        "null",
    ],
)
def test_a_hostile_line_costs_only_itself(tmp_path: Path, row: object) -> None:
    text = row if isinstance(row, str) else json.dumps(row)
    file = tmp_path / "nhan.jsonl"
    file.write_text(f'{text}\n{{"id": "tot", "title": "Tin", "tone": "pos"}}\n', encoding="utf-8")
    found = read_labels(file)
    assert [one.id for one in found.rows] == ["tot"]
    assert [number for number, _ in found.bad] == [1]
    with pytest.raises(InputError, match="dòng 1"):
        whole(file)


def test_a_file_that_is_none_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"khong-co\.jsonl"):
        read_labels(tmp_path / "khong-co.jsonl")
    with pytest.raises(InputError, match="không dòng nào"):
        read_labels(lines(tmp_path / "a.jsonl", "x", "y"))
    (tmp_path / "dai.jsonl").write_bytes(b"x" * 1_200_000)
    with pytest.raises(InputError, match="byte"):
        read_labels(tmp_path / "dai.jsonl")
    with pytest.raises(InputError, match="thiếu nhãn"):
        whole(lines(tmp_path / "b.jsonl", {"id": "a", "title": "x", "tone": "pos"}), needs=[LabelTask.HP])
    assert MOST_ROWS > 100_000


def test_an_item_speaks_with_the_text_that_was_labelled(deps: Deps, outlet: Outlet, article: Article) -> None:
    run(deps, "label", "add", article.id, "tone=pos", "--by", WHO)
    fetch = outlet.fetch(article, at=outlet.clock.at + 9)
    outlet.read(article, fetch, ("Trường Sao Biển đóng bếp", "Sau ba ngày.", ""), Basis.PAGE)
    (item,) = desk_items(deps)
    assert item.revision.title == TEXT[0]
    assert (item.group, item.machine[JudgementKind.TONE].label) == (article.id, "neg")
    assert item.item().title == TEXT[0]
