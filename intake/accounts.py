"""Who can be reached, found in a text: links to accounts, handles, names of accounts, e-mail addresses.

Written against people who type around filters ("fb . com / ten", "facebook[.]com", Cyrillic letters) as well as against
plain text. Doubt falls on the side of blacking out. Every repetition is bounded: a text without spaces costs no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake import numbers
from intake.links import Verdict, judge
from intake.networks import SOCIAL
from intake.patterns import any_of
from intake.tracked import Span
from lang.masking_text import LETTER, UPPER

LINK = "[liên kết tài khoản]"
ACCOUNT = "[tài khoản]"
EMAIL = "[thư điện tử]"
PRIVATE = "[liên kết]"

# Letters of other scripts that look like ours: read as ours, one for one, so that offsets stay.
_LOOKALIKE = str.maketrans("аеорсухіјѕвкмнтАЕОРСУХІЈЅВКМНТοανικ․。｡", "aeopcyxijsbkmhtAEOPCYXIJSBKMHToavik...")

_DOT = r"(?:\s?(?:\.|\(\.\)|\[\.\]|\(dot\)|\[dot\])\s?| (?:dot|chấm|cham) )"
_HOSTS = "|".join(_DOT.join(map(re.escape, host.split("."))) for host in sorted(SOCIAL, key=lambda h: (-len(h), h)))
_STOP = r"\s<>\"“”«»"
_REST = rf"[^{_STOP}]{{0,2000}}"
_SOCIAL_LINK = re.compile(
    rf"(?:https?\s?:\s?/\s?/\s?)?(?:[^{_STOP}]{{1,64}}@)?(?<![\w.-])(?:[\w-]{{1,60}}\.){{0,4}}(?:{_HOSTS})(?![\w-])"
    rf"(?!\.[a-z])(?::\d+)?(?:\s?/\s?{_REST}|[?#]{_REST})?",
    re.I,
)
_SCHEMES = "mailto|tel|sms|zalo|fb|fb-messenger|tg|viber|whatsapp|skype|intent|instagram"
_SCHEME_LINK = re.compile(rf"\b(?:{_SCHEMES}):/{{0,2}}[^{_STOP}]{{1,2000}}", re.I)
_ANY_LINK = re.compile(
    rf"(?:https?://|ftp://|www\.){_REST}|(?<![\w@.-])(?:[a-z0-9-]{{1,60}}\.){{1,4}}[a-z]{{2,12}}/[^{_STOP}]{{1,2000}}",
    re.I,
)
_TAIL = ".,;:!?)]}'’…"
# A long address is broken at the end of a line: what follows belongs to it if it looks like a piece of one.
_NEXT_LINE = re.compile(
    rf"\n[ \t]*((?=[^{_STOP}]{{0,200}}[\d/_=&%?])(?=[^{_STOP}]{{0,200}}[a-z/])[^{_STOP}]{{1,500}})", re.I
)
_ANY_NEXT = re.compile(rf"\n[ \t]*[^{_STOP}]{{1,500}}")

_MAIL_PART = rf"[^{_STOP}'(),;:@\[\]]{{1,100}}"
_AT = r"(?:\(at\)|\[at\]|\(a\)|\[a\]|\(a còng\)| a còng | at (?=g|hot|ya|out))"
_EMAIL = re.compile(
    rf"{_MAIL_PART}@{_MAIL_PART}"
    rf"|[\w.+-]{{1,64}} ?{_AT}\s?[\w-]{{1,64}}(?:\s?(?:\.|\(dot\)|\[dot\])\s?|\s(?:chấm|cham|dot)\s)\w{{2,12}}"
    r"(?:\.\w{2,12})?"
    r"|[\w.+-]{1,64} ?@ ?(?:gmail|yahoo|outlook|hotmail|icloud|email)\b[\w.]{0,20}",
    re.I,
)
_CAPRUN = rf"[{UPPER}][{LETTER}\w.'’-]{{0,40}}(?: [{UPPER}][{LETTER}\w.'’-]{{0,40}}){{0,4}}"
_HANDLE = re.compile(rf"(?<![\w@/])@ ?(?:{_CAPRUN}|\w[\w.\-]*)")

_NETWORK = any_of(
    """facebook; face book; fb; phây búc; phây; zalo; tik ?tok; tóp tóp; instagram; insta; ig; telegram; tele;
    youtube; threads; twitter; viber"""
)
_ACCOUNT = any_of(
    "tài khoản; nick(?: ?name)?; acc(?:ount)?; trang cá nhân; facebooker; tiktoker; youtuber; kênh; fanpage"
)
_LABEL = any_of("user(?: ?name)?; tên đăng nhập; tk; profile; link fb; id")
_OF = any_of("cá nhân; mạng xã hội; mang tên; tên là; có tên; tên; là; của mình; của em; của; có; kênh; người dùng")
_LABELLED = re.compile(
    rf"\b(?i:{_NETWORK}|{_ACCOUNT}|{_LABEL})\b(?i: (?:{_NETWORK}|{_OF})){{0,4}}[ \t]*[:=][ \t]*"
    rf"(?P<who>[\"“«'][^\"”»'\n]{{1,60}}[\"”»']?|{_CAPRUN}|[^\s\[\]]{{1,60}})"
)
_TITLED = re.compile(
    rf"\b(?i:{_ACCOUNT}(?: (?:{_NETWORK}|{_OF})){{0,4}}|{_NETWORK})[ \t]+"
    rf"(?P<who>[\"“«][^\"”»\n]{{1,60}}[\"”»]?|{_CAPRUN})"
)
# What stands there instead of a person: an institution or a place keeps its name.
_INSTITUTION = re.compile(
    r"[\"“«']?"
    + any_of(
        r"""trường; sở; phòng; ban; ubnd; hđnd; bộ; báo; đài; công an; công ty; trung tâm; cổng; hội; đoàn;
        thành đoàn; quận; huyện; phường; xã; tỉnh; thành phố; tp; thpt; thcs; th; tiểu học; mầm non; đại học;
        hải phòng; hà nội; việt nam; vtv\d*; vnexpress; dân trí; nhóm; group; oa; official; live; mini; shop;
        messenger; reels?; story; watch; pay; facebook; zalo; tiktok; youtube; instagram; telegram; ngân hàng;
        vietcombank; bidv; agribank; vietinbank; mb"""
    )
    + r"\b",
    re.I,
)


def find(text: str) -> Iterator[Span]:
    """Everything in ``text`` (normal form) that leads to a person's account, telephone, mail box or papers."""
    plain = text.translate(_LOOKALIKE)
    for m in (*_SOCIAL_LINK.finditer(plain), *_SCHEME_LINK.finditer(plain)):
        yield Span(m.start(), _over_line(plain, m), "account link", LINK)
    for m in _ANY_LINK.finditer(plain):
        yield from _link(m.start(), text[m.start() : m.end()])
    yield from (Span(m.start(), m.end(), "e-mail", EMAIL) for m in _EMAIL.finditer(plain))
    yield from numbers.find(plain)
    yield from (Span(m.start(), m.end(), "account", ACCOUNT) for m in _HANDLE.finditer(plain))
    for m in (*_LABELLED.finditer(plain), *_TITLED.finditer(plain)):
        if not _INSTITUTION.match(m["who"]):
            yield Span(m.start("who"), m.end("who"), "account", ACCOUNT)


def _over_line(text: str, m: re.Match[str]) -> int:
    """Where the link ends: without the sentence's marks behind it, with its piece on the next line."""
    link = m.group().rstrip(_TAIL)
    end = m.start() + len(link)
    if end < m.end() or "/" not in link:
        return end
    follows = (_ANY_NEXT if link[-1] in "/-_=?&%" else _NEXT_LINE).match(text, end)
    return follows.end() if follows else end


def _link(start: int, found: str) -> Iterator[Span]:
    url = found.rstrip(_TAIL)
    whole = url if "://" in url else f"https://{url}"
    judged = judge(whole)
    end = start + len(url)
    if judged.verdict is Verdict.PAGE and judged.kept is not None:
        if judged.removed:
            yield Span(start, end, "tracking", judged.kept if whole == url else judged.kept.removeprefix("https://"))
    elif judged.verdict in (Verdict.ACCOUNT, Verdict.POST):
        yield Span(start, end, "account link", LINK)
    elif judged.verdict is not Verdict.NOT_A_LINK or "@" in url:
        yield Span(start, end, "link", PRIVATE)
