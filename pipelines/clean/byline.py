"""Authors out of bylines: people's names, without By, roles, agencies and addresses."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from pipelines.clean.characters import one_line

_BY = re.compile(
    r"^(?:(?:story|words|text|written|posted|published|reported|reporting|interview|analysis|opinion|review)\s+)?"
    r"(?:by|von|par|por|da|door)[\s:]+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|\||/|•|·|\n|\s&\s|\s(?:and|with|und|et|y|e|en)\s)\s*")
_TAIL = re.compile(
    r"\s*(?:\(.*|\[.*|\S*@\S.*|https?:.*|\s[-–—]\s.*|\b(?:in|at|for|of|reports|reporting|contributed|is|was|from|updated"
    r"|published|posted)\b.*)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:staff|reporters?|editors?|editorial|correspondents?|writers?|columnists?|contributors?|contributing|journalists?"
    r"|news|newsroom|newsdesk|desk|team|bureau|agency|agencies|agence|press|media|online|web|digital|producers?|admin|guest"
    r"|special|senior|chief|political|sports?|business|foreign|international|national|associate|assistant|author|board|intern"
    r"|freelance|photographers?|photo|photos|image|images|getty|video|magazine|times|post|daily|tribune|herald|gazette"
    r"|journal|service|services|newswires?|company|inc|ltd|llc|group|network|tv|radio|redaktion|various|anonymous|user|members?"
    r"|university|institute|foundation|council|committee|ministry|department|association|professor|phd|md|dr|subscribe|copyright|credits?|courtesy|source"
    r"|follow|share|read|view|comments?|updated|published|minutes?|hours?|ago|am|pm)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "dos",
        "das",
        "du",
        "y",
        "e",
        "ter",
        "ten",
        "af",
        "av",
        "zu",
        "st",
    ]
)
_NAME_WORD = re.compile(r"^[^\W\d_][\w.'’‘`´-]*$")
_NO_LETTER = re.compile(r"[\W_]+")
_MOST_WORDS = 6
_LONGEST = 300  # characters of a byline that is one


@cache
def _agencies() -> dict[str, str]:
    data = tomllib.loads((files("pipelines.clean") / "agencies.toml").read_text(encoding="utf-8"))
    return {_key(name): names[0] for names in data["agencies"] for name in names}


@cache
def papers() -> dict[str, str]:
    """Papers by the short name that wires put after a headline."""
    data = tomllib.loads((files("pipelines.clean") / "agencies.toml").read_text(encoding="utf-8"))
    return {_key(short): name for short, name in data["papers"].items()}


def _key(name: str) -> str:
    return _NO_LETTER.sub("", name).casefold()


def paper(short: str) -> str | None:
    """The paper that a short name stands for."""
    return papers().get(_key(short))


_CALENDAR = re.compile(
    r"^(?:mon|tues?|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,7}\.?$",
    re.IGNORECASE,
)


def weekday_or_month(text: str) -> bool:
    """Whether a text is the name of a day of the week or of a month, which datelines also put in brackets."""
    return bool(_CALENDAR.match(text))


def agency(text: str | None) -> str | None:
    """The news agency that a credit names, if it names one and nothing else."""
    if not text or len(text) > _LONGEST:
        return None
    credit = _BY.sub("", one_line(text))
    parts = [credit, *_BETWEEN.split(credit)]
    return next((found for part in parts if (found := _agencies().get(_key(part)))), None)


def people(credits_given: Iterable[str], not_people: Iterable[str] = ()) -> list[str]:
    """The people whom bylines name, each once, in their order.

    Args:
        credits_given: bylines, with or without By; several people in one are taken apart.
        not_people: names of the site and its publisher, which are no authors.
    """
    barred = {_key(name) for name in not_people if name}
    found: dict[str, str] = {}
    for credit in credits_given:
        for name in _names(credit):
            key = _key(name)
            if key not in barred and key not in _agencies():
                found.setdefault(key, name)
    return list(found.values())


def _names(credit: str) -> Iterator[str]:
    text = _BY.sub("", one_line(credit))
    if len(text) > _LONGEST:
        return
    for part in _BETWEEN.split(text):
        name = _TAIL.sub("", _BY.sub("", part)).strip(' .,;:-–—|*"“”')
        if is_name(name):
            yield _cased(name)


def is_name(text: str) -> bool:
    """Whether a text can be a person's name: some words that begin with capitals, none of them a role."""
    words = text.split()
    if not words or len(words) > _MOST_WORDS or _ROLE.search(text):
        return False
    if not all(_NAME_WORD.match(word) for word in words):
        return False
    if not any(c.isascii() for c in text):
        return len(text) > 1
    large = [word for word in words if word[0].isupper() or word.lower() not in _PARTICLES]
    if len(words) == 1 or not all(word[0].isupper() or not word[0].isascii() for word in large):
        return False
    return not all(word.isupper() and len(word) <= 3 for word in words)  # noqa: PLR2004 - initials of an office


def _cased(name: str) -> str:
    """A name in capitals as it is usually written."""
    if not name.isupper() or not name.isascii():
        return name
    return " ".join(word if len(word.strip(".")) == 1 else _title(word) for word in name.split())


def _title(word: str) -> str:
    return (
        re.sub(r"[A-Za-z]+", lambda m: m.group().capitalize(), word)
        if not word.startswith("MC")
        else "Mc" + word[2:].title()
    )
