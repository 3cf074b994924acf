"""Reading a page as a reader would: its words, its links."""

from __future__ import annotations

import re

from lxml import html
from starlette.testclient import TestClient


def tree(client: TestClient, address: str, status: int = 200) -> html.HtmlElement:
    """The parsed page; the status is checked on the way."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:500]
    return html.fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    """All text, white space as one."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def section(page: html.HtmlElement, name: str) -> html.HtmlElement:
    """A part of a page by its id."""
    return page.get_element_by_id(name)
