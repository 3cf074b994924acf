"""RSS and Atom as outlets really serve them: odd encodings, odd dates, markup in the description."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

from demo.model import Article, Feed, Outlet, Version, to_local

MOST = 30
"""Entries in a feed, newest first."""


def render_feed(outlet: Outlet, feed: Feed, articles: Sequence[Article], now: int) -> bytes:
    """The feed's bytes at ``now``; ``articles`` are those of the outlet."""
    shown = [a for a in articles if a.listed(now) and (not feed.sections or a.section in feed.sections)]
    shown = sorted(shown, key=lambda article: article.appears_at, reverse=True)[:MOST]
    if feed.format == "atom":
        return _atom(outlet, feed, shown, now).encode()
    return encode(_rss(outlet, feed, shown, now), feed.encoding)


def render_sitemap(outlet: Outlet, articles: Sequence[Article], now: int) -> bytes:
    """A news sitemap of the last two days, as the protocol wants it; what has no page of its own is not in it."""
    shown = [a for a in articles if a.listed(now) and a.has_link and now - a.appears_at <= 2 * 24 * 3_600_000]
    urls = "\n".join(
        f"<url><loc>{escape(a.url)}</loc><news:news><news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{outlet.language}</news:language></news:publication>"
        f"<news:publication_date>{to_local(a.appears_at).isoformat()}</news:publication_date>"
        f"<news:title>{escape(a.version(now).title)}</news:title></news:news></url>"
        for a in sorted(shown, key=lambda a: a.appears_at, reverse=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}\n</urlset>\n'
    ).encode()


def content_type(feed: Feed) -> str:
    """The header that goes with it; the charset stands in the XML alone, as at many outlets."""
    return "application/atom+xml" if feed.format == "atom" else "application/rss+xml"


def encode(text: str, encoding: str) -> bytes:
    """``text`` in ``encoding``; windows-1258 has no ready-made ế, it takes ê and a combining accent."""
    if encoding != "windows-1258":
        return text.encode(encoding)
    return b"".join(_cp1258(character) for character in text)


def _cp1258(character: str) -> bytes:
    try:
        return character.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", character)
        if len(parts) == 1:
            return f"&#{ord(character)};".encode()
        # the last mark of a Vietnamese letter may be the horn or the tone: put the tone last
        tones = [mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", parts[0] + "".join(m for m in parts[1:] if m not in tones))
        return base.encode("cp1258") + "".join(tones).encode("cp1258")


def _link(article: Article, feed: Feed) -> str:
    return article.url + (f"?{feed.track}" if feed.track else "")


def _description(article: Article, version: Version, feed: Feed) -> str:
    """Plain text, or markup as an XML-escaped string."""
    lead = escape(version.lead, quote=False)
    if article.html:
        lead = f'<p class="sapo"><strong>{lead}</strong>&nbsp;<em>(đọc thêm)</em></p><br/><script>var v=1;</script>'
    elif feed.html:
        lead = f'<a href="{article.url}"><img src="http://{article.outlet.host}/anh/{article.key}.jpg"></a></br>{lead}'
    else:
        lead = version.lead
    return escape(lead, quote=False)


def _date(when: int, feed: Feed) -> str:
    local = to_local(when)
    if feed.dates == "dmy":
        return f"{local:%d/%m/%Y %H:%M:%S}"
    return _gmt7(local) if feed.dates == "gmt7" else format_datetime(local)


def _gmt7(local: datetime) -> str:
    return format_datetime(local).replace("+0700", "GMT+7")


def _rss(outlet: Outlet, feed: Feed, shown: Sequence[Article], now: int) -> str:
    items = "\n".join(_item(article, article.version(now), feed) for article in shown)
    return (
        f'<?xml version="1.0" encoding="{feed.encoding}"?>\n<rss version="2.0"><channel>\n'
        f"<title>{escape(outlet.name)}</title><link>http://{outlet.host}/</link>\n"
        f"<description>{escape(outlet.name)}</description><language>{outlet.language}</language>\n"
        f"{items}\n</channel></rss>\n"
    )


def _item(article: Article, version: Version, feed: Feed) -> str:
    parts = [f"<title>{escape(version.title)}</title>"]
    if article.has_link:
        link = escape(_link(article, feed))
        parts += [f"<link>{link}</link>", f'<guid isPermaLink="false">{article.outlet.id}-{article.key}</guid>']
    parts.append(f"<description>{_description(article, version, feed)}</description>")
    parts.append(f"<category>{escape(article.section)}</category>")
    if article.published is not None:
        parts.append(f"<pubDate>{_date(article.published, feed)}</pubDate>")
    return f"<item>{''.join(parts)}</item>"


def _atom(outlet: Outlet, feed: Feed, shown: Sequence[Article], now: int) -> str:
    changed = max((article.changed_at(now) for article in shown), default=now)
    entries = "\n".join(_entry(article, article.version(now), feed) for article in shown)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">\n'
        f"<title>{escape(outlet.name)}</title><id>http://{outlet.host}/</id>\n"
        f'<link href="http://{outlet.host}/"/><updated>{to_local(changed).isoformat()}</updated>\n'
        f"{entries}\n</feed>\n"
    )


def _entry(article: Article, version: Version, feed: Feed) -> str:
    published = ""
    if article.published is not None:
        published = f"<published>{to_local(article.published).isoformat()}</published>"
    return (
        f"<entry><title>{escape(version.title)}</title><id>tag:{article.outlet.host},2026:{article.key}</id>"
        f'<link rel="alternate" type="text/html" href="{escape(_link(article, feed))}"/>'
        f"{published}<updated>{to_local(version.at).isoformat()}</updated>"
        f'<category term="{escape(article.section)}"/>'
        f'<summary type="html">{_description(article, version, feed)}</summary></entry>'
    )
