"""Which captures are one article, and which of them the same version of it."""

import hashlib
import re

from pipelines.link.address import address_key
from pipelines.schemas import Cleaned

OPENING = 200  # characters of the text that tell an article without a title


def article_id(article: Cleaned) -> str:
    """The same for every version of an article: by its address, or else by who ran what headline on which day."""
    if article["url"]:
        return _digest("url", address_key(article["url"]))
    who = article["publisher"] or article["wire"] or ""
    what = article["title"] or article["text"][:OPENING]
    return _digest("headline", _letters(who), _letters(what), (article["published_at"] or "")[:10])


def version_id(article: Cleaned) -> str:
    """The same for every capture of one text under one headline of one article."""
    return _digest(article_id(article), article["title"] or "", article["text"])


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
