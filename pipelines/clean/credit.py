"""News agencies by where their credit stands: in a dateline's brackets, after an end mark, on a line of its own."""

import re

from pipelines.clean.byline import agency, weekday_or_month

_NAME = re.compile(r"^[^\W\d_][\w.&'’ -]{1,39}$")
_AGENCY = re.compile(
    r"\b(?:news ?(?:agency|wires?|service)|newswires?|press (?:agency|association|service)|wire service"
    r"|(?:presse|nachrichten)-?\s?agentur|agence (?:de )?presse|agencia de noticias|agenzia)\b",
    re.IGNORECASE,
)
_STEMS = ("news", "press", "wire", "agen")  # one of which all of these have
# Three or four letters from K or W are an American station's call sign (47 CFR 2.302), not a news agency.
_STATION = re.compile(r"^[KW][A-Z]{2,3}(?:-?(?:TV|FM|AM))?$")
_SHORT = re.compile(r"^(?:[a-z]{2,5}|[A-Z]{2,6})$")
_LONGEST = 120  # characters: a longer line is no credit
_BEFORE = re.compile(r"^(?:by|von|source:?|via)\s", re.IGNORECASE)
_BETWEEN = re.compile(r"\s?[|•·]\s?")
_MOST_WORDS = 5


def bracketed(text: str | None, *, in_capitals: bool) -> str | None:
    """The agency in the brackets of a dateline.

    Args:
        text: what stands in the brackets.
        in_capitals: whether the place is; after a place in small letters only a name that says that it is an agency's,
            or an abbreviation in small letters as German agencies sign, is one.
    """
    if not text:
        return None
    if known := agency(text):
        return known
    name = re.split(r"\s?[/,;]\s?", text.strip())[0]
    if not _is_name(name) or _STATION.match(name):
        return None
    if _AGENCY.search(name):
        return name
    return name if _SHORT.match(name) and (in_capitals or name.islower()) else None


def signed(text: str | None) -> str | None:
    """The agency that signs after an end mark: whoever stands there."""
    if not text:
        return None
    return agency(text) or (text.strip() if _is_name(text.strip()) and not text.isupper() else None)


def of_line(text: str | None) -> str | None:
    """The agency that a credit of its own names: one that is known, or whose name says that it is one."""
    if not text or len(text) > _LONGEST:
        return None
    if known := agency(text):
        return known
    small = text.lower()
    if not any(stem in small for stem in _STEMS) or not _AGENCY.search(text):
        return None
    name = _BETWEEN.split(_BEFORE.sub("", text.strip()))[0]
    return name if _is_name(name) and _AGENCY.search(name) and name[0].isupper() and _is_titled(name) else None


def _is_name(text: str) -> bool:
    return bool(_NAME.match(text)) and len(text.split()) <= _MOST_WORDS and not weekday_or_month(text)


def _is_titled(text: str) -> bool:
    return all(word[0].isupper() for word in text.split() if len(word) > 3)  # noqa: PLR2004 - of, the, de
