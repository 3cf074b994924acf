"""`haidang extract` as a person or a script meets it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from runner.extract_pipe import run
from store.errors import InputError

PAGES = Path(__file__).resolve().parents[2] / "pages"
ARTICLE = PAGES / "bencang_article.html"
KEYS = ["kind", "title", "lead", "body", "published", "published_from", "section", "canonical", "quality"]


def ask(target: str, url: str | None = None, body: bytes = b"") -> tuple[int, dict[str, Any], str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(target, url, out, err, lambda at: (body, "text/html; charset=utf-8", at))
    return code, json.loads(out.getvalue() or "{}"), err.getvalue()


def test_a_file_becomes_one_object_with_the_keys_of_the_contract_first() -> None:
    code, said, err = ask(str(ARTICLE))
    assert (code, err) == (0, "")
    assert list(said)[: len(KEYS)] == KEYS
    assert said["kind"] == "article"
    assert said["published"] == "2026-11-18T07:42:00+07:00"
    assert said["published_from"] == "json-ld"
    assert said["section"] == "Giáo dục"
    assert said["language"] == "vi"
    assert "Hải Âu" not in json.dumps(said, ensure_ascii=False)


def test_an_address_is_fetched_and_named() -> None:
    code, said, _ = ask(
        "https://www.dengio.example/tin-1?utm_source=x", body=(PAGES / "dengio_portal.html").read_bytes()
    )
    assert code == 0
    assert said["canonical"] == "https://www.dengio.example/tin-1"
    assert said["published"] == "2026-11-20T07:30:00+07:00"


def test_a_file_without_an_address_names_none_and_is_still_an_article() -> None:
    code, said, _ = ask(str(PAGES / "dengio_portal.html"))
    assert (code, said["kind"], said["canonical"]) == (0, "article", None)


def test_a_listing_is_said_to_be_one_and_is_no_error() -> None:
    code, said, _ = ask(str(PAGES / "bencang_listing.html"), "https://bencang.example/giao-duc")
    assert (code, said["kind"], said["quality"]) == (0, "listing", 0.0)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "rỗng"), (b" \n", "rỗng"), (b"%PDF-1.7 ...", "PDF"), (b"PK\x03\x04..", "DOCX"), (b"\x89PNG\r\n", "PNG"),
     (b"\x1f\x8b\x08", "gzip"), (b"a\0\0\0" * 99, "nhị phân")],
)  # fmt: skip
def test_what_is_no_page_is_refused_with_what_it_is(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    code, said, err = ask(str(path))
    assert (code, said) == (2, {})
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("target", ["khong-co.html", "."])
def test_a_file_that_is_not_there_is_named(target: str) -> None:
    code, _, err = ask(target)
    assert code == 2
    assert repr(target) in err


def test_a_bad_address_is_named() -> None:
    code, _, err = ask(str(ARTICLE), "ftp://bencang.example/x")
    assert code == 2
    assert "ftp://bencang.example/x" in err


def test_a_page_that_cannot_be_had_is_one_sentence() -> None:
    def refuse(url: str) -> tuple[bytes, str | None, str]:
        raise InputError(f"{url}: robots.txt không cho phép")

    err = io.StringIO()
    assert run("https://bencang.example/a", None, io.StringIO(), err, refuse) == 2
    assert "robots.txt" in err.getvalue()


@pytest.mark.parametrize("given", [[], ["--url", "https://bencang.example/bai-100231.html"]])
def test_the_command_reads_a_file_with_or_without_its_address(given: list[str], tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from runner.cli import app

    (tmp_path / "trang.html").write_text("<h1>Trường mới</h1><p>Khai giảng.</p>", encoding="utf-8")
    done = CliRunner().invoke(app, ["extract", str(tmp_path / "trang.html"), *given])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["title"] == "Trường mới"
