"""`haidang robots`: the verdict and the rule that decided, one line, for whoever wants to check us."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from runner.robots_pipe import run
from store.errors import InputError

FILE = """
User-agent: *
Disallow: /rieng/  # ours alone
Allow: /rieng/cong-khai
Disallow: /giáo-án
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "robots.txt"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def said(file: str, agent: str, url: str) -> str:
    out = io.StringIO()
    assert run(file, agent, url, out) == 0
    return out.getvalue()


@pytest.mark.parametrize(
    ("url", "line"),
    [("https://bencang.example/rieng/a", "disallowed\tDisallow: /rieng/\n"),
     ("/rieng/a", "disallowed\tDisallow: /rieng/\n"),
     ("/rieng/cong-khai/b", "allowed\tAllow: /rieng/cong-khai\n"),
     ("/gi%C3%A1o-%C3%A1n/1", "disallowed\tDisallow: /giáo-án\n"),
     ("/robots.txt", "allowed\tno rule of robots.txt speaks of it\n"),
     ("http://127.0.0.1/", "allowed\tno rule of robots.txt speaks of it\n"),
     ("/", "allowed\tno rule of robots.txt speaks of it\n")],
)  # fmt: skip
def test_the_verdict_and_the_rule(url: str, line: str, file: str) -> None:
    assert said(file, "HaiDang/1.0", url) == line


def test_a_file_may_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"User-agent: *\r\nDisallow: /\r\n")))
    assert said("-", "X", "/a") == "disallowed\tDisallow: /\n"


def test_an_empty_file_allows_and_a_web_page_is_called_one(tmp_path: Path) -> None:
    (tmp_path / "r").write_bytes(b"<html>")
    assert said(str(tmp_path / "r"), "X", "/a") == (
        "allowed\tno rule of robots.txt (a web page instead of rules) speaks of it\n"
    )


@pytest.mark.parametrize(
    ("agent", "url"),
    [("", "/"), ("123", "/"), ("/1.0", "/"), ("X", ""), ("X", "bencang.example/a"), ("X", "ftp://bencang.example/"),
     ("X", "http://"), ("X", "http://[::1"), ("X", "https://a:b@bencang.example/")],
)  # fmt: skip
def test_what_cannot_be_judged_is_said_and_nothing_is_printed(agent: str, url: str, file: str) -> None:
    out = io.StringIO()
    with pytest.raises(InputError) as caught:
        run(file, agent, url, out)
    assert str(caught.value)
    assert out.getvalue() == ""


@pytest.mark.parametrize("name", ["khong-co", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="không đọc được"):
        run(str(tmp_path / name), "X", "/", io.StringIO())
