# ruff: noqa: E501 - a case reads best on few lines
"""Links that lead nowhere, somewhere else, or to the same place under another spelling."""

from __future__ import annotations

from tests.abuse.feeds.case import GOOD, HOME, Case, case, item, rss

KEPT = "Tin hỏng|Tin lành"


def _link(name: str, why: str, link: str, canonical: str | None, faults: str = "0:bad_link") -> Case:
    body = rss(item(link=link), GOOD)
    if canonical is None:
        return case(name, why, body, "Tin lành", faults)
    return case(name, why, body, KEPT, urls=(canonical, HOME + "lanh.html"))


CASES = [
    _link("link_relative_path", "a path from the root", "/hong.html", HOME + "hong.html"),
    _link("link_relative_file", "a path from the feed", "hong.html", HOME + "rss/hong.html"),
    _link("link_relative_up", "a path upward", "../hong.html", HOME + "hong.html"),
    _link("link_relative_too_far_up", "more steps up than there are", "../../../../hong.html", HOME + "hong.html"),
    _link("link_without_scheme", "//host/path", "//bencang.example/hong.html", HOME + "hong.html"),
    _link("link_query_only", "only a query", "?id=1", HOME + "rss/giao-duc.rss?id=1"),
    _link("link_fragment_only", "only a fragment: the feed itself", "#a", None),
    _link("link_host_without_scheme", "www.… without scheme is a path", "www.bencang.example/a", HOME + "rss/www.bencang.example/a"),
    _link("link_javascript", "a script", "javascript:void(0)", None),
    _link("link_data", "a data address", "data:text/html,<b>x", None),
    _link("link_mailto", "an e-mail address", "mailto:a@bencang.example", None),
    _link("link_ftp", "ftp", "ftp://bencang.example/a", None),
    _link("link_file", "a file of ours", "file:///etc/passwd", None),
    _link("link_tel", "a telephone number", "tel:0225000000", None),
    _link("link_zalo", "an application's own scheme", "zalo://qr/p/x", None),
    _link("link_scheme_only", "https:// and nothing", "https://", None),
    _link("link_open_bracket", "a bracket that is never closed", "http://[::1", None),
    _link("link_port_letters", "a port of letters", "http://bencang.example:abc/", None),
    _link("link_port_too_large", "port 99999", "http://bencang.example:99999/", None),
    _link("link_host_with_blank", "a blank in the host", "http://ben cang.example/", None),
    _link("link_host_quotes", "a quotation mark in the host", 'http://ben"cang.example/', None),
    _link("link_host_percent", "an escaped host", "http://%62encang.example/", None),
    _link("link_host_label_too_long", "a host name of 70 Vietnamese letters", "http://" + "á" * 70 + ".example/", None),
    _link("link_too_long", "an address of 5,000 characters", HOME + "a" * 5000, None),
    _link("link_in_capitals", "scheme and host in capitals", "HTTPS://BENCANG.EXAMPLE/Hong", HOME + "Hong"),
    _link("link_slashes_too_many", "https:////host", "https:////bencang.example/hong.html", HOME + "hong.html"),
    _link("link_blanks_around", "blanks and line ends around", f"\n   {HOME}hong.html\t\n", HOME + "hong.html"),
    _link("link_line_end_inside", "a line end inside the address", HOME + "ho\nng.html", HOME + "hong.html"),
    _link("link_blank_inside", "a blank inside the path", HOME + "ho ng.html", HOME + "ho%20ng.html"),
    _link("link_vietnamese", "Vietnamese letters in the path", HOME + "học-phí", HOME + "h%E1%BB%8Dc-ph%C3%AD"),
    _link("link_vietnamese_decomposed", "the same letters apart", HOME + "ho\u0323c-phi\u0301", HOME + "h%E1%BB%8Dc-ph%C3%AD"),
    _link("link_idn_host", "a Vietnamese host name", "https://bếncảng.example/a", "https://xn--bncng-x11bzh.example/a"),
    _link("link_tracking", "tracking parameters", HOME + "hong.html?utm_source=rss&fbclid=x", HOME + "hong.html"),
    _link("link_fragment", "a fragment for statistics", HOME + "hong.html#ref=rss", HOME + "hong.html"),
    _link("link_session", "a session in the path", HOME + "hong.html;jsessionid=9F", HOME + "hong.html"),
    _link("link_user", "a name and password", "https://a:b@bencang.example/hong.html", HOME + "hong.html"),
    _link("link_usual_port", "the port that goes without saying", "https://bencang.example:443/hong.html", HOME + "hong.html"),
    _link("link_host_dot", "a dot behind the host", "https://bencang.example./hong.html", HOME + "hong.html"),
    _link("link_double_slash_in_path", "two slashes in the path", HOME + "a//hong.html", HOME + "a/hong.html"),
    _link("link_dot_segments", "/./ and /../ in the path", HOME + "a/./b/../hong.html", HOME + "a/hong.html"),
    _link("link_closing_bracket", "a bracket that came along", HOME + "hong.html)", HOME + "hong.html"),
    _link("link_in_angle_brackets", "an address in angle brackets", f"<{HOME}hong.html>", HOME + "hong.html"),
    _link("link_in_quotes", "an address in quotation marks", f'"{HOME}hong.html"', HOME + "hong.html"),
    _link("link_zero_width", "a zero-width character in the address", HOME + "ho\u200bng.html", HOME + "hong.html"),
    _link("link_escaped_twice", "&amp;amp; in the address", HOME + "hong?a=1&amp;b=2", HOME + "hong?a=1&b=2"),
    _link("link_bad_escape", "a % that escapes nothing", HOME + "100%", HOME + "100%25"),
    _link("link_escape_of_no_utf8", "escaped bytes that are no UTF-8", HOME + "%ff", HOME + "%FF"),
    _link("link_backslashes", "backslashes instead of slashes", "https:\\\\bencang.example\\hong.html", HOME + "hong.html"),
    _link("link_of_loopback", "an address of this machine: kept, the guard refuses it when it is fetched", "http://127.0.0.1/a",
          "http://127.0.0.1/a"),
]  # fmt: skip
