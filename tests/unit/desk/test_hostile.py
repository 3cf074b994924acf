"""Outside text is text, outside names are refused, and every answer carries the guard's headers."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from config.settings import Settings
from desk.app import FORMS, SMALL_FORMS
from desk.guard import asked_here, loopback_address
from desk.show import safe_href
from store.errors import ConfigError
from store.model import Basis, NewTask
from tests.unit.desk.conftest import DAY, FEED, NOW, Press
from tests.unit.desk.pages import tree

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "<svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    '<a href="javascript:alert(1)">bấm</a>',
    "<style>*{display:none}</style>",
    "<!--<base href=//kexau.example>",
    "\u202e<iframe srcdoc='<script>alert(1)</script>'>",
)
LINKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "//kexau.example/", "vbscript:x", "https://", "https://a b", "http:\\\\kexau.example", "file:///etc/passwd",
    "https://[kexau", "https://x.example/\u0000",
)  # fmt: skip
ACTIVE = "script, img, iframe, svg, object, embed, base, style, [srcdoc], [style]"


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_from_outside_stays_text_on_every_page(press: Press, desk: TestClient, attack: str) -> None:
    details = {"hp": {"places": [{"span": attack, "in_hp": True}]}, "edu": {"why": attack}}
    article = press.article(
        attack, attack, attack, outlet=attack, why=attack, story="a", details=details, topics=attack, tone=attack
    )
    press.read(article, attack + " sửa", attack, "Đoạn " + attack, Basis.PAGE, press.clock + 1)
    with press.store.transaction() as tx:
        tx.add_tasks([NewTask("read", attack, attack, 1)], NOW)
    press.end("read", attack, attack, NOW, dead=True)
    press.channel(FEED, last_fetch_at=NOW, last_outcome=attack)
    press.channel("https://kexau.example/" + attack, last_outcome=attack)
    press.issue()
    addresses = ["/", "/diem-bao", f"/diem-bao/{DAY}", f"/diem-bao/{DAY}/so-lieu/tong", "/tin-bai", "/nguon", "/viec",
                 f"/tin-bai/{article.id}", "/tin-bai?ket_qua=tat_ca"]  # fmt: skip
    for address in addresses:
        page = tree(desk, address)
        assert not page.cssselect(ACTIVE), address
        ours = {path for path, _ in (*FORMS, *SMALL_FORMS)}
        for form in page.cssselect("form:not(.filter)"):
            assert form.get("action") in ours, address
        assert not [e for e in page.iter() for name in e.attrib if name.lower().startswith("on")], address
        assert "49" not in (page.findtext(".//title") or ""), address
        for link in page.cssselect("a[href]"):
            assert link.get("href").startswith(("/", "#", "?", "http://", "https://")), address
    echoed = desk.get("/tin-bai", params={"q": attack})
    assert echoed.status_code == 200 and attack not in echoed.text.replace("{{ 7*7 }}{% raw %}", "")


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_is_not_plain_http_is_printed_without_being_one(press: Press, desk: TestClient, link: str) -> None:
    assert safe_href(link) == ""
    article = press.article("Tin có địa chỉ lạ", url=link)
    press.channel(link)
    page = tree(desk, f"/tin-bai/{article.id}")
    hrefs = [a.get("href") for a in (*page.cssselect("main a"), *tree(desk, "/nguon").cssselect("td a"))]
    assert link not in hrefs


def test_links_to_the_press_tell_it_nothing(press: Press, desk: TestClient) -> None:
    article = press.article("Tin")
    links = [a for a in tree(desk, f"/tin-bai/{article.id}").cssselect("a") if a.get("href") == article.url]
    assert links and all(a.get("rel") == "noopener noreferrer" for a in links)


@pytest.mark.parametrize("address", ["/", "/khong-co", "/tin-bai?tu=x", "/static/desk.css", "/healthz", "/favicon.ico"])
def test_every_answer_carries_the_guards_headers(desk: TestClient, address: str) -> None:
    headers = desk.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    if address != "/static/desk.css":
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "host",
    ["kexau.example", "127.0.0.1.kexau.example", "localhost.kexau.example:8420", "10.0.0.7:8420", "0.0.0.0:8420",
     "127.0.0.1@kexau.example", "[::]:8420", "", "127.0.0.1:8420:1", "localhost:x"],
)  # fmt: skip
def test_a_foreign_host_header_is_refused(press: Press, desk: TestClient, host: str) -> None:
    press.article("Chuyện nội bộ")
    answer = desk.get("/tin-bai", headers={"Host": host})
    assert answer.status_code == 400
    assert "Chuyện nội bộ" not in answer.text and "chính máy này" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9000", "localhost:8420", "LOCALHOST", "[::1]:8420"])
def test_names_of_this_machine_are_answered(desk: TestClient, host: str) -> None:
    assert asked_here(host)
    assert desk.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "desk.so.example", "", "[::]", "8.8.8.8"])
def test_a_host_that_others_could_reach_is_refused_in_both_languages(host: str) -> None:
    with pytest.raises(ConfigError) as refused:
        loopback_address(host)
    assert "chưa có tài khoản" in str(refused.value) and "no accounts yet" in str(refused.value)
    assert "desk_host" in str(refused.value)


def test_the_default_host_is_this_machine() -> None:
    assert loopback_address(Settings.model_fields["desk_host"].default) == "127.0.0.1"
    assert loopback_address("localhost") == "127.0.0.1"
    assert loopback_address("::1") == "::1"


@pytest.mark.parametrize(
    "address",
    [
        "/khong-co", "/tin-bai/art_khongco", "/tin-bai/..%2f..%2fetc%2fpasswd", "/diem-bao/2026-01-01",
        "/diem-bao/hom-nay", "/diem-bao/2026-11-20/so-lieu/khong_co", "/diem-bao/2026-11-19/ban-phat-hanh",
        "/tin-bai/' OR 1=1 --", "/static/../app.py",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_what_to_do(press: Press, desk: TestClient, address: str) -> None:
    press.article("Tin")
    press.issue()
    page = desk.get(address)
    assert page.status_code == 404
    assert "Không có trang này" in page.text and "Kiểm tra lại địa chỉ" in page.text


def test_nothing_can_be_changed_here(desk: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = desk.request(method, "/tin-bai")
        assert answer.status_code == 405 and "chỉ để đọc" in answer.text
    assert desk.head("/").status_code == 200


def test_an_unknown_revision_and_a_damaged_body_are_explained(press: Press, desk: TestClient) -> None:
    article = press.article("Tin")
    digest = press.issue()
    assert desk.get(f"/tin-bai/{article.id}?ban=rev_khac").status_code == 400
    press.bodies.path(digest.files["html"]).write_bytes(b"hong")
    answer = desk.get(f"/diem-bao/{DAY}/ban-phat-hanh")
    assert answer.status_code == 503 and "Mã lỗi" in answer.text
