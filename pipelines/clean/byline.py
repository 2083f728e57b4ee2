"""Authors out of bylines: people's names, without By, roles, agencies and addresses."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from pipelines.clean.characters import one_line

_BY = re.compile(
    r"^(?:(?:story|words|text|written|posted|published|reported|reporting|interview|analysis|opinion|review|submitted)\s+)?"
    r"(?:(?:by|von|par|por|da|di|door|av|af)(?:\s?:|\s)|(?-i:By|BY)(?=[A-Z][a-z]))\s*|^(?:words|text|texte|texto|testo|tekst):\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|\||/|•|·|\n|\s&\s|\s(?:and|with|und)\s)\s*", re.IGNORECASE)
_WEAK = re.compile(r"\s(?:et|y|e|en|og|och|i|и)\s")  # and, which also stands inside a name
_YOUNGER = re.compile(r",\s(?=(?:Jr|Sr|II|III|IV)\b)")
_TAIL = re.compile(
    r"\s*(?:\(.*|\[.*|\S*@[\w-]+\.\S.*|@\w.*|https?:.*|\s[-–—]\s.*|\b(?:in|at|for|of|reports|reporting|contributed"
    r"|is|was|today|special to|from|updated|published|posted|on(?=\s(?:\w{3,6}day|\d)))\b.*"
    r"|(?:\s(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?)?\s\d.*"
    r"|\s(?:m\.?d|ph\.?d|m\.?p|mba|esq)\.?)$",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(
    r"^(?:dr|prof|professor|mr|mrs|ms|sir|dame|rev|lt|capt|col|gen|sgt|rep|sen)(?:\.\s?|\s)", re.IGNORECASE
)
# What stands before or after a person's name without a comma.
_JOB = (
    r"(?:(?:staff|senior|chief|special|deputy|assistant|associate|contributing|freelance|guest|political|sports?|business"
    r"|foreign|news|health|science|education|technology|crime|economics?|general|digital|multimedia|national)\s)*"
    r"(?:writer|reporter|editor|correspondent|columnist|contributor|journalist|critic|producer|photographer)s?"
)
_WRITER = re.compile(r"\b(?:writer|reporter|correspondent|editor)s?$", re.IGNORECASE)
_JOB_BEFORE = re.compile(rf"^(?:[A-Z]\w+\s){{0,2}}{_JOB}\s(?=[A-ZÀ-Þ])", re.IGNORECASE)
_JOB_AFTER = re.compile(rf"\s{_JOB}$", re.IGNORECASE)
# A page pasted as text glues what follows to the name; Mc and the like belong to it.
_GLUE = re.compile(r"(?<=[^\W\d_])(?=[A-Z])")
_INNER = re.compile(r"(?:^|[\s-])(?:Mc|Mac|De|Di|Du|Da|La|Le|Lo|Van|Von|Fitz|O|D|St|Al|El|Ja|Ka|Ra|Ta|Sha)$")
_ROLE = re.compile(
    r"\b(?:staff|reporters?|editors?|editorial|correspondents?|writers?|columnists?|contributors?|contributing|journalists?"
    r"|news|newsroom|newsdesk|desk|team|bureau|agency|agencies|agence|press|media|online|web|digital|producers?|admin|guest"
    r"|special|senior|chief|political|sports?|business|foreign|international|national|associate|assistant|author|board|intern"
    r"|freelance|photographers?|weekly|monthly|blog|reports|updates|wires|critic|advertorial|sponsored|partners?|agencies"
    r"|corporation|corp|gmbh|twitter|facebook|instagram|linkedin|popular"
    r"|trending|related|latest|breaking|sections?|menu|newsletters?|advertisements?|stories|center|centre|community|government|federation|society|research|communications|photo|photos|image|images|getty|video|magazine|times|post|daily|tribune|herald|gazette"
    r"|journal|service|services|newswires?|company|inc|ltd|llc|group|network|tv|radio|redaktion|various|anonymous|user|members?"
    r"|university|institute|foundation|council|committee|ministry|department|association|professor|phd|md|dr|subscribe|copyright|credits?|courtesy|source"
    r"|follow|share|read|view|comments?|updated|published|minutes?|hours?|ago|am|pm)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    ["de", "da", "di", "del", "della", "der", "den", "van", "von", "la", "le", "el", "al", "bin", "ibn", "ben", "dos",
     "das", "du", "y", "e", "ter", "ten", "af", "av", "zu", "st"]
)  # fmt: skip
_SMALL = frozenset(
    ["de", "del", "della", "der", "den", "dos", "das", "du", "von", "y", "e", "la"]
)  # of names in capitals
_NAME_WORD = re.compile(r"^[^\W\d_][\w.'’‘`´-]*$")
_EDGES = ' .,;:-–—|*"“”'
_NO_LETTER = re.compile(r"[\W_]+")
_MOST_WORDS = 6
_LONGEST = 300  # characters of a byline that is one


@cache
def _agencies() -> dict[str, str]:
    data = tomllib.loads((files("pipelines.clean") / "agencies.toml").read_text(encoding="utf-8"))
    return {_key(name): names[0] for names in data["agencies"] for name in names}


@cache
def _named() -> re.Pattern[str]:
    """Any agency's key inside a longer one."""
    return re.compile("|".join(map(re.escape, _agencies())))


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
    whole = _key(credit)
    if known := _agencies().get(whole):
        return known
    if not _named().search(whole):  # a short way for most lines: no part of it can be an agency's name
        return None
    parts = [*_BETWEEN.split(credit), _TAIL.sub("", credit)]
    found = next((found for part in parts if (found := _agencies().get(_key(part)))), None)
    return found or next((found for part in parts if (found := _employer(part))), None)


def _employer(role: str) -> str | None:
    """The agency whose writer a role is: Associated Press Writer, PA political correspondent."""
    words = role.split()
    if not _WRITER.search(role) or len(words) > _MOST_WORDS:
        return None
    heads = (" ".join(words[:count]) for count in (3, 2, 1))
    return next((found for head in heads if (found := _agencies().get(_key(head)))), None)


def is_agency(text: str) -> bool:
    """Whether a text is the name of a news agency and nothing else."""
    return _key(text) in _agencies()


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
    text = _YOUNGER.sub(" ", _BY.sub("", one_line(credit)))
    if len(text) > _LONGEST:
        return
    for i, part in enumerate(_BETWEEN.split(text)):
        name = _TAIL.sub("", unglued(_BY.sub("", part))).strip(_EDGES)
        for bare in _apart(_JOB_BEFORE.sub("", _HONORIFIC.sub("", name))):
            if is_name(bare):
                yield _cased(bare)
            elif is_name(shorter := _JOB_AFTER.sub("", bare)) and i == 0 and _BY.match(credit):
                yield _cased(shorter)


def _apart(text: str) -> list[str]:
    """The names that a word for and joins, where each is whole."""
    parts = _WEAK.split(text)
    return parts if all(len(part.split()) > 1 for part in parts) else [text]


def unglued(text: str) -> str:
    """A name without the role, agency or initials that a paste glued to it."""
    for found in _GLUE.finditer(text):
        head, tail = text[: found.start()], text[found.start() :]
        if head[-1].islower() and _INNER.search(head):
            continue
        if head[-1].isupper() and not re.match(r"[A-Z][a-z]", tail):
            continue
        if " " in head and (_ROLE.match(tail) or agency(tail) or re.match(r"[A-Z]{3}", tail)):
            return head
    return text


def is_name(text: str) -> bool:
    """Whether a text can be a person's name: some words that begin with capitals, none of them a role."""
    words = text.split()
    if not words or len(words) > _MOST_WORDS or words[0].casefold() == "the" or _ROLE.search(text):
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
    if not name.isupper():
        return name
    first, *others = name.split()
    return " ".join([_title(first), *(word.lower() if word.lower() in _SMALL else _title(word) for word in others)])


def _title(word: str) -> str:
    if len(word.strip(".")) == 1:
        return word
    return re.sub(
        r"(?<=\bMc)[a-z]", lambda m: m.group().upper(), re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), word)
    )
