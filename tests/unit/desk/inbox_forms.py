"""Filling in the inbox's form as a browser does, and reading what it shows."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import html
from starlette.testclient import TestClient

HERE = "http://127.0.0.1:8420"
OURS = {"Origin": HERE, "Sec-Fetch-Site": "same-origin"}
BOUNDARY = "----WebKitFormBoundaryKx7"
Part = tuple[str, str | None, bytes]  # name, file name (None: a text field), value
TYPED = {
    "by": "Đỗ Thị Trực",
    "where_seen": "trang Facebook công khai của trường",
    "text": "Trường Sao Biển ở Lê Chân thu tiền ngoài quy định.",
}


def opened(desk: TestClient) -> html.HtmlElement:
    """The empty form."""
    return html.fromstring(desk.get("/gop-tin").text)


def fields(page: html.HtmlElement) -> dict[str, str]:
    """What a browser would send of the form as it stands, without a button."""
    found: dict[str, str] = {}
    for field in page.cssselect("form.inbox input, form.inbox textarea"):
        if field.tag == "textarea":  # the first line end after the tag is none of the value
            found[field.get("name")] = re.sub(r"^\n", "", field.text or "")
        elif field.get("type") == "checkbox":
            found |= {field.get("name"): field.get("value")} if field.get("checked") is not None else {}
        elif field.get("type") not in ("file",):
            found[field.get("name")] = field.get("value") or ""
    return found


def send(
    desk: TestClient,
    values: Mapping[str, str] | None = None,
    files: Sequence[tuple[str, bytes]] = (),
    *,
    page: html.HtmlElement | None = None,
    button: str = "luu",
    headers: Mapping[str, str] = OURS,
) -> Any:
    """Send the form of ``page`` (the empty one) with some fields filled in."""
    filled = fields(opened(desk) if page is None else page) | {"viec": button} | dict(values or {})
    parts: list[Part] = [(name, None, value.replace("\n", "\r\n").encode()) for name, value in filled.items()]
    parts += [("tep", name, data) for name, data in files] or [("tep", "", b"")]
    return post(desk, parts, headers)


def post(desk: TestClient, parts: Sequence[Part], headers: Mapping[str, str] = OURS) -> Any:
    """Send parts as a browser puts them together."""
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return desk.post("/gop-tin", content=body(parts), headers=kind | dict(headers))


def body(parts: Sequence[Part]) -> bytes:
    """A multipart body."""
    out = []
    for name, filename, value in parts:
        of_file = "" if filename is None else f'; filename="{filename}"\r\nContent-Type: application/octet-stream'
        out.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{of_file}\r\n\r\n'.encode() + value)
    return b"\r\n".join([*out, f"--{BOUNDARY}--\r\n".encode()])


def second_step(desk: TestClient, files: Sequence[tuple[str, bytes]], **values: str) -> html.HtmlElement:
    """The page on which boxes are drawn."""
    answer = send(desk, TYPED | values, files)
    assert answer.status_code == 200, answer.text[:2000]
    return html.fromstring(answer.text)


def pictures(page: html.HtmlElement) -> list[bytes]:
    """The pictures that lie in the page."""
    uris = [image.get("src") for image in page.cssselect(".sheet img")]
    return [base64.b64decode(uri.partition(",")[2]) for uri in uris]


def faults(page: html.HtmlElement) -> dict[str, str]:
    """Messages beside their fields, by field: only those that the field itself points to."""
    found = {}
    for field in page.cssselect("form.inbox [aria-describedby]"):
        for name in field.get("aria-describedby").split():
            if name.startswith("e-"):
                found[name[2:]] = page.get_element_by_id(name).text_content().strip()
    return found
