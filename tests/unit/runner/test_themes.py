"""The department's own themes in a running installation: judged with, told when faulty, named where they are shown."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from runner.deps import Deps, Tools
from runner.doctor import examine
from runner.stages import work_judge
from store.model import JudgementKind
from tests.unit.runner.conftest import HOST, Outlet

OWN = "themes:\n  hocphi: {name: Tiền học, words: [học phí]}\n  com_ca: {name: Bữa ăn hải sản, words: [cơm cá]}\n"
TEXT = ("Hải Phòng miễn học phí cho học sinh", "Trường tiểu học Sao Biển đưa cơm cá vào bữa trưa của học sinh.", "")


def write(home: Path, text: str) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "topics.yml").write_text(text, encoding="utf-8")


def themes(deps: Deps, outlet: Outlet) -> dict[str, str]:
    """id → name of the themes in the judgement that the stage would save."""
    article = outlet.article(f"{HOST}/mien-hoc-phi-1.html")
    revision = outlet.read(article, outlet.fetch(article), TEXT)
    [result] = work_judge(deps.tools, [(revision, article)])
    [said] = [j for j in result.judgements if j.kind is JudgementKind.TOPICS]
    return {one["id"]: one["name"] for one in said.detail["themes"]}


def test_the_own_file_is_judged_with_beside_the_shipped_themes(deps: Deps, outlet: Outlet) -> None:
    write(deps.settings.home, OWN)
    found = themes(deps, outlet)
    assert (found["hocphi"], found["com_ca"]) == ("Tiền học", "Bữa ăn hải sản")


def test_a_change_counts_from_the_next_start_as_a_new_version_of_the_topics_alone(deps: Deps) -> None:
    before = deps.tools.judge
    write(deps.settings.home, OWN)
    assert deps.tools.judge is before
    after = Tools(deps.settings, deps.now).judge
    assert {kind for kind, version in after.versions.items() if before.versions[kind] != version} == {"topics"}
    assert after.version != before.version


def test_a_fault_is_told_with_its_line_and_the_shipped_themes_go_on(
    deps: Deps, outlet: Outlet, caplog: pytest.LogCaptureFixture
) -> None:
    write(deps.settings.home, "themes:\n  hocphi:\n    name: Học phí\n    wrods: [a]\n")
    with caplog.at_level(logging.ERROR, "haidang.judge"):
        assert "hocphi" in themes(deps, outlet)
    assert "topics.yml:4" in caplog.text
    [told] = [f for f in examine(deps.settings) if f.level == "error" and "topics.yml:4" in f.what]
    assert "khởi động lại" in told.fix


def test_doctor_counts_the_themes(deps: Deps) -> None:
    write(deps.settings.home, OWN)
    assert any(f.what == "33 chuyên mục đọc được" and f.level == "ok" for f in examine(deps.settings))
