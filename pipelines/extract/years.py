"""Bare numbers of four digits: a year, or a count written without its comma."""

import tomllib
from importlib.resources import files

from pipelines.extract.figures import Figure
from pipelines.extract.lexemes import Lexemes
from pipelines.extract.qualifiers import cue_before

_TABLES = tomllib.loads(files("pipelines.extract.data").joinpath("exclusions.toml").read_text("utf-8"))["years"]
_WORDS, _PLACES, _NAMING, _YEARLY, _SURE, _LINKS, _PLURALS = (
    frozenset(_TABLES[name].split(",") if name == "sure" else _TABLES[name].split())
    for name in ("words", "places", "naming", "yearly", "sure", "links", "plurals")
)
_VERBS = frozenset(
    ["is", "was", "has", "does", "rises", "falls", "gains", "s", "this", "as", "us", "its", "his", "says"]
)
_FIRST, _LAST = 1500, 2100
_LIKELY = range(1900, 2051)


def is_plural(word: str) -> bool:
    """Whether a word may be a plural noun, by its look."""
    if word.endswith("s"):
        return not word.endswith(("ss", "is", "us")) and word not in _VERBS
    return word in _PLURALS or word.endswith(("men", "children"))


def is_year(lex: Lexemes, figure: Figure) -> bool:
    """A bare number of four digits that can be a year: "in 2019", "the 2014-15 season", "the 1990s"."""
    text = lex[figure.first].text
    spelled = figure.number.form == "words" and figure.after - figure.first in (2, 3, 4) and not figure.number.scaled
    if not spelled and not (len(text) == 4 and text.isdigit()):  # noqa: PLR2004
        return False
    low, high = (figure.value, figure.value) if figure.value is not None else (figure.low, figure.high)
    if low is None or high is None or not _FIRST <= low <= high < _LAST or figure.number.scaled:
        return False
    return not _counts(lex, figure, likely=low in _LIKELY and high in _LIKELY, even=low % 100 == 0 == high % 100)


def _counts(lex: Lexemes, figure: Figure, *, likely: bool, even: bool) -> bool:
    """Whether the words around make it a count: "has 2000 books", "at least 1850 homes", not "the 2016 elections".

    `likely` numbers are years of living memory, `even` ones are whole hundreds.
    """
    plural = _plural_behind(lex, figure.after)
    doubtful = likely and not even
    if lex[figure.after].lower in _YEARLY:
        return False
    if figure.other is not None:
        return plural and not doubtful
    if cue := cue_before(lex, figure):
        return cue[1].strip() in _SURE or plural or (cue[0] != "approx" and not doubtful)
    return _counts_behind(lex, figure, plural=plural, likely=likely, doubtful=doubtful)


def _counts_behind(lex: Lexemes, figure: Figure, *, plural: bool, likely: bool, doubtful: bool) -> bool:
    """Whether the word before a number leaves it a count, where no qualifier says so."""
    before = lex[figure.first - 1]
    if lex[figure.first].gap == "\n" or before.kind != "word" or before.text[:1].isupper():
        return plural and not doubtful
    word = before.lower
    if word in _WORDS:
        return plural and not likely
    if word in _NAMING or word.endswith(("'s", "’s", "s'", "s’")):
        return plural and not doubtful
    return plural or (not likely and word not in _PLACES)


def _plural_behind(lex: Lexemes, at: int) -> bool:
    """Whether a plural that is no yearly thing follows, perhaps behind one adjective: "2000 armed guards"."""
    here, follower = lex[at], lex[at + 1]
    if here.kind != "word" or here.gap != " " or here.lower in _LINKS:
        return False
    if is_plural(here.lower):
        return True
    near = follower.kind == "word" and follower.gap == " " and follower.lower not in _YEARLY
    return here.text.islower() and near and is_plural(follower.lower)
