"""One small module a channel kind: how it is asked, what to remember of an answer, and how its body is read.

=========  ==============================================================  =======================
kind       address in the source file                                      module
=========  ==============================================================  =======================
feed       an RSS, Atom or JSON feed                                       channels.feed
sitemap    a sitemap, a news sitemap or an index of them, gzip too         channels.sitemap
listing    a page whose headlines are links                                channels.listing
youtube    https://www.youtube.com/channel/UC…   (Data API, with a key)    channels.youtube
facebook   https://www.facebook.com/<page id>    (Graph API, own pages)    channels.facebook
zalo       https://oa.zalo.me/<account id>       (OA API, own accounts)    channels.zalo
=========  ==============================================================  =======================

`channels.inbox` reads what staff brought in; it is asked of nobody.
"""

from __future__ import annotations

from importlib import import_module

from crawler.channels.kind import Kind
from store.model import FetchKind

KINDS = (
    FetchKind.FEED,
    FetchKind.SITEMAP,
    FetchKind.LISTING,
    FetchKind.YOUTUBE,
    FetchKind.FACEBOOK,
    FetchKind.ZALO,
)


def kind_of(kind: FetchKind) -> Kind:
    """The module of a channel kind; loaded when first needed."""
    found: Kind = import_module(f"crawler.channels.{kind.value}").KIND
    return found
