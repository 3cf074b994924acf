"""Which addresses are kept, and in what form: what was said may be found again, who said it is not written down."""

from __future__ import annotations

import pytest

from intake.links import Verdict, judge, looks_personal


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://baocang.example/tin-1.html", "https://baocang.example/tin-1.html"),
        (
            "https://baocang.example/tin-1.html?fbclid=X&utm_source=fb&trang=2",
            "https://baocang.example/tin-1.html?trang=2",
        ),
        ("https://baocang.example/tin-1.html#:~:text=abc", "https://baocang.example/tin-1.html"),
        ("http://BaoCang.example:8080/a?b=c", "http://baocang.example:8080/a?b=c"),
        ("https://baocang.example/a?back=https%3A%2F%2Ffacebook.com%2Fx", "https://baocang.example/a"),
        ("https://baocang.example/a?who=ten%40thu.example", "https://baocang.example/a"),
    ],
)
def test_a_page_is_kept_without_what_names_its_reader(url: str, kept: str) -> None:
    assert (judge(url).verdict, judge(url).kept) == (Verdict.PAGE, kept)
    assert judge(kept).kept == kept


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (
            "https://m.facebook.com/thptcang/posts/pfbid0abc?mibextid=x",
            "https://www.facebook.com/thptcang/posts/pfbid0abc",
        ),
        ("https://fb.com/thptcang/videos/123456/", "https://www.facebook.com/thptcang/videos/123456/"),
        (
            "https://www.facebook.com/permalink.php?story_fbid=pfbid01&id=61550000&comment_id=7",
            "https://www.facebook.com/permalink.php?story_fbid=pfbid01&id=61550000",
        ),
        ("https://www.facebook.com/watch/?v=123456&ref=sharing", "https://www.facebook.com/watch/?v=123456"),
        ("https://www.youtube.com/watch?v=abcdefghijk&ab_channel=Ten", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://youtu.be/abcdefghijk?si=who", "https://youtu.be/abcdefghijk"),
        ("https://x.com/ai_do/status/123?s=20", "https://x.com/i/web/status/123"),
        ("https://www.instagram.com/ai.do/p/Cabc123/?igsh=1", "https://www.instagram.com/p/Cabc123/"),
        ("https://www.tiktok.com/@baocang/video/123", "https://www.tiktok.com/@baocang/video/123"),
        ("https://t.me/kenhcang/12", "https://t.me/kenhcang/12"),
    ],
)
def test_a_post_is_kept_in_its_shortest_form(url: str, kept: str) -> None:
    assert (judge(url).verdict, judge(url).kept) == (Verdict.POST, kept)
    assert judge(kept).kept == kept


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/nguyen.van.a.12",
        "https://www.facebook.com/thptcang",
        "https://www.facebook.com/profile.php?id=100012345678901",
        "https://www.facebook.com/people/Ai-Do/100012345678901/",
        "https://www.facebook.com/nguyen.van.a.12/posts/pfbid0abc",
        "https://www.facebook.com/nguyenvana/posts/pfbid0abc",
        "https://www.facebook.com/100012345678901/posts/123456",
        "https://www.facebook.com/permalink.php?story_fbid=pfbid01&id=100012345678901",
        "https://www.facebook.com/share/p/abcDEF/",
        "https://www.facebook.com/",
        "https://zalo.me/0912345678",
        "https://www.tiktok.com/@tran.thi.b/video/123",
        "https://www.tiktok.com/@ai",
        "https://www.youtube.com/@ai",
        "https://www.youtube.com/channel/UCabc",
        "https://www.threads.net/@ai",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fbao.example",
        "https://diendan.example/members/ai-do.12/",
        "https://diendan.example/@ai",
        "https://luu.example/https://facebook.com/ai",
    ],
)
def test_an_account_is_never_kept(url: str) -> None:
    found = judge(url)
    assert (found.verdict, found.kept) == (Verdict.ACCOUNT, None)


@pytest.mark.parametrize(
    "url", ["http://[", "https://a b.example/", "//x", "", "https://bao.example:99999/", "x" * 3000]
)
def test_nothing_raises(url: str) -> None:
    assert judge(url).verdict is Verdict.NOT_A_LINK


@pytest.mark.parametrize("page", ["nguyen.van.a.99", "tranthimai", "le-hong-hanh", "mai.nguyen", "@phamvanb"])
def test_names_of_people_in_addresses(page: str) -> None:
    assert looks_personal(page)


@pytest.mark.parametrize("page", ["thptlequydon", "baohaiphong", "sogddthaiphong", "TruongTHCSTranPhu", "vtv24news"])
def test_names_of_institutions_in_addresses(page: str) -> None:
    assert not looks_personal(page)
