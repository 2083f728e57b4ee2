"""Which addresses lead to one article: what of an address tells articles apart, and what only how it is fetched."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

# Addresses of an AMP cache and of Google's AMP viewer hold the article's own (amp.dev, "AMP Cache URL format").
_CACHED = re.compile(
    r"^https?://(?:[^/]+\.cdn\.ampproject\.org/[acirv]/|(?:www\.)?google\.[a-z.]+/amp/)(?:s/)?", re.IGNORECASE
)
_EDITION = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_AMP_ENDING = re.compile(r"\.amp(?=(?:\.html?)?$)|(?<=/)amp\.html?$")
# A path with a headline or a number in it names its article; a query then says only how it is shown.
_TELLING = re.compile(r"[^/-]+(?:-[^/-]+){3,}|\d{5,}")
_PAGES = frozenset(["page", "p", "pagenum"])
_AMP_KEYS = frozenset(["amp", "outputtype"])


def address_key(url: str) -> str:
    """What all addresses of one article have in common, for instance `example.org/2026/harbour`.

    Scheme, `www.`, mobile and AMP editions, a slash at the end and the fragment do not matter. A query does, unless the
    path names its article by itself; the page of an article in several parts always does.
    """
    parts = urlsplit(_CACHED.sub("https://", url))
    host = site(url)
    segments = [s for s in _AMP_ENDING.sub("", parts.path).split("/") if s]
    if len(segments) > 1:
        segments = [s for i, s in enumerate(segments) if s.lower() != "amp" or 0 < i < len(segments) - 1]
    telling = any(_TELLING.search(s) for s in segments)
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if _matters(k, v, telling=telling)]
    query = f"?{urlencode(sorted(pairs))}" if pairs else ""
    return "/".join([host, *segments]) + query


def site(url: str) -> str:
    """The host of an address, the same for a site's mobile and AMP editions: `example.org`."""
    return _EDITION.sub("", (urlsplit(_CACHED.sub("https://", url)).hostname or "").lower())


def _matters(key: str, value: str, *, telling: bool) -> bool:
    if key.lower() in _PAGES and value.isdigit():
        return value != "1" or not telling
    return not telling and key.lower() not in _AMP_KEYS
