"""Element names of ordinary feeds, as feedparser sorts them: what each one means to an entry."""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache

ATOM = "http://www.w3.org/2005/Atom"
RSS1 = "http://purl.org/rss/1.0/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Act(Enum):
    """What to do with an element; ODD: leave the feed to the tolerant reader."""

    ODD = auto()
    SKIP = auto()
    TITLE = auto()
    LINK = auto()
    GUID = auto()
    SUMMARY = auto()
    CONTENT = auto()
    ATOM_CONTENT = auto()
    PUBLISHED = auto()
    UPDATED = auto()
    CREATED = auto()
    CATEGORY = auto()
    RESET = auto()
    IMAGE = auto()
    PEOPLE = auto()
    PERSON_PART = auto()
    TTL = auto()
    PERIOD = auto()
    FREQUENCY = auto()
    HOURS = auto()
    SEQUENCE = auto()


# Namespaces that feedparser treats as one with RSS: "" is the core.
_PREFIX = {
    ATOM: "",
    RSS1: "",
    RDF: "rdf",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://purl.org/syndication/thread/1.0": "",  # replaced below: unknown to feedparser, kept by its prefix
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://webns.net/mvcb/": "admin",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/DTDs/PodCast-1.0.dtd": "itunes",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://madskills.com/public/xml/rss/module/pingback/": "pingback",
    "http://creativecommons.org/ns#license": "cc",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons",
    "http://www.georss.org/georss": "georss",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
del _PREFIX["http://purl.org/syndication/thread/1.0"]

# Prefixes that mean something to feedparser whatever they are bound to, and pieces of addresses it knows in
# other spellings: such a feed is left to it.
_RESERVED = frozenset(
    {
        "admin", "ag", "annotate", "audio", "blogchannel", "cc", "creativecommons", "co", "content", "cp", "dc",
        "dcterms", "email", "ev", "feedburner", "fm", "foaf", "geo", "georss", "gml", "icbm", "image", "itunes", "l",
        "media", "pingback", "prism", "psc", "rdf", "rdfs", "ref", "reqv", "search", "slash", "soap", "ss", "str",
        "sub", "sy", "szf", "taxo", "thr", "ti", "trackback", "wfw", "wiki", "xhtml", "xlink", "xml",
    }
)  # fmt: skip
_KNOWN_PLACES = (
    "userland", "blogs.law.harvard", "cyber.law.harvard", "purl.org", "netscape", "example.com", "uri/of/echo",
    "w3.org", "webns.net", "tangent.org", "creativecommons", "web.resource.org", "theinfo.org", "rssnamespace",
    "freshmeat", "xmlns.com", "georss", "opengis", "postneo", "itunes.com", "yahoo.com/mrss", "madskills",
    "prismstandard", "xmlsoap", "hammersley", "pocketsoap", "wellformedweb", "podlove",
)  # fmt: skip
_FREE = frozenset({"http://purl.org/syndication/thread/1.0", "http://schemas.google.com/g/2005"})
_SILENT = frozenset({"slash", "wfw", "admin", "geo", "trackback", "pingback", "prism", "foaf", "rdf"})

_CORE = {
    "title": Act.TITLE,
    "link": Act.LINK,
    "description": Act.SUMMARY,
    "summary": Act.SUMMARY,
    "content": Act.ATOM_CONTENT,
    "pubDate": Act.PUBLISHED,
    "published": Act.PUBLISHED,
    "updated": Act.UPDATED,
    "lastBuildDate": Act.UPDATED,
    "guid": Act.GUID,
    "category": Act.CATEGORY,
    "author": Act.PEOPLE,
    "contributor": Act.PEOPLE,
    "managingEditor": Act.PEOPLE,
    "name": Act.PERSON_PART,
    "email": Act.PERSON_PART,
    "uri": Act.PERSON_PART,
    "source": Act.RESET,
    "image": Act.IMAGE,
    "ttl": Act.TTL,
    "skipHours": Act.HOURS,
    "skipDays": Act.HOURS,
    "items": Act.SEQUENCE,
} | dict.fromkeys(
    (
        "comments", "enclosure", "rights", "copyright", "generator", "docs", "language", "webMaster", "subtitle",
        "logo", "icon", "cloud", "rating", "url", "width", "height", "thumb",
    ),
    Act.SKIP,
)  # fmt: skip
_OTHER = {
    ("content", "encoded"): Act.CONTENT,
    ("dc", "date"): Act.UPDATED,
    ("dc", "subject"): Act.CATEGORY,
    ("dcterms", "modified"): Act.UPDATED,
    ("dcterms", "issued"): Act.PUBLISHED,
    ("dcterms", "created"): Act.CREATED,
    ("sy", "updatePeriod"): Act.PERIOD,
    ("sy", "updateFrequency"): Act.FREQUENCY,
} | dict.fromkeys(
    [
        *(("dc", name) for name in ("creator", "publisher", "rights", "language", "format", "identifier", "type")),
        *(("media", name) for name in ("content", "thumbnail", "credit", "rating", "copyright")),
        *(("itunes", name) for name in ("author", "duration", "image", "explicit", "episode", "episodeType")),
        *(("feedburner", name) for name in ("origLink", "origEnclosureLink", "info", "emailServiceId")),
        ("sy", "updateBase"),
    ],
    Act.SKIP,
)
_MOST_NAMES = 40


class Actions(dict[str, Act]):
    """Tag to meaning, found out at its first use and kept: a feed has few tags, and asks for them often."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, tag: str) -> Act:
        found = _act(tag, self._prefixes)
        if len(self) < 300 and len(tag) < 200:
            self[tag] = found
        return found


@lru_cache(maxsize=64)
def actions_for(names: tuple[tuple[str | None, str], ...]) -> Actions | None:
    """The meaning of each tag (``{namespace}name``) in a feed that declares ``names`` (prefix, address) at its root.

    None where the declarations themselves are odd.
    """
    if len(names) > _MOST_NAMES:
        return None
    prefixes: dict[str, str] = {}
    for prefix, address in names:
        known = _PREFIX.get(address)
        if known is None and (not _unknown(address) or prefix is None or prefix.lower() in _RESERVED - {"thr"}):
            return None
        if prefix is not None and known is not None and prefix.lower() in _RESERVED and prefix != known:
            return None
        prefixes[address] = known if known is not None else "?"
    return Actions(prefixes)


def _unknown(address: str) -> bool:
    """Whether feedparser has no meaning for a namespace, however it is spelt."""
    low = address.lower()
    return address in _FREE or not any(place in low for place in _KNOWN_PLACES)


def _act(tag: str, prefixes: dict[str, str]) -> Act:
    if not tag.startswith("{"):
        return _CORE.get(tag, Act.ODD)
    address, _, name = tag[1:].partition("}")
    prefix = prefixes.get(address)
    if prefix == "":
        return Act.GUID if name == "id" else _CORE.get(name, Act.ODD)
    if prefix is None:
        return Act.ODD
    if prefix == "?" or prefix in _SILENT:
        return Act.SKIP
    return _OTHER.get((prefix, name), Act.ODD)
