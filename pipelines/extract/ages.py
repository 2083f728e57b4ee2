"""Bare numbers that are ages: "Maria, 34,", "aged 5 to 11", "children under five", "in his 40s"."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

from pipelines.extract.figures import Figure
from pipelines.extract.lexemes import Lexemes
from pipelines.extract.name_lexicon import occupations
from pipelines.extract.plurals import is_plural
from pipelines.extract.readings import Reading
from pipelines.extract.units import measures
from pipelines.schemas import Mention

_TABLES = tomllib.loads(files("pipelines.extract.data").joinpath("shapes.toml").read_text("utf-8"))["aged"]
_BEFORE = frozenset(_TABLES["before"])
_PEOPLE = frozenset(_TABLES["people"].split())
_POSSESSIVES = frozenset(_TABLES["possessives"])
_BEING = frozenset(["is", "was", "be", "were", "am", "turned", "turns", "turn", "turning", "being", "'s", "’s"])
_DEFINITE = frozenset(["the", "a", "an", "his", "her", "their"])
_PERSONS = frozenset(["he", "she", "i", "who"])
_CONTRACTED = frozenset(["he's", "she's", "i'm", "you're", "he’s", "she’s", "i’m", "you’re"])
_BESIDE_YEARS = frozenset(["between", "under", "over", "of", "about", "around", "from", "up", "to", "just", "only"])
_DIES = frozenset(["dies", "died", "dead", "die"])
_BESIDE_AGE = frozenset(["under", "over", "above", "below"])
_STILL = frozenset(["he", "she", "she's", "he's", "she’s", "he’s"])
_BETWEEN = frozenset(
    ["will", "would", "now", "just", "only", "also", "about", "around", "nearly", "almost", "and", "at", "least"]
)
_GOES_ON = frozenset(
    ["and", "by", "when", "in", "on", "at", "but", "or", "has", "is", "was", "had", "who", "of", "from", "said"]
)
_CHILD, _OLDEST, _DECADE = 5, 120, 10


def read_ages(lex: Lexemes, figures: Sequence[Figure], mentions: Sequence[Mention]) -> None:
    """Give the bare numbers that are ages their unit.

    "people aged 18 to 34" -> 18..34 year of age
    "He will be 35 in June." -> 35 year of age
    "a woman in her 40s" -> 40..49 year of age
    "children under five" -> less_than year of age
    "a survey of pupils aged 8-10 years" -> 8..10 year of age
    "Even at 86 she sings." -> 86 year of age
    "The goalkeeper, 24, was sold." -> 24 year of age
    "The novelist Ana Ruiz died at 79." -> 79 year of age
    "She was crowned at the age of just 25." -> 25 year of age
    """
    named = {m["end"] for m in mentions if m["type"] == "PERSON"}
    before: Figure | None = None
    for figure in figures:
        if not _may_be_age(figure):
            before = figure
            continue
        if _is_decade(lex, figure):
            _widen(lex, figure)
            _age(figure)
        elif _is_aged(lex, figure) or (
            figure.is_bare
            and (_is_being(lex, figure) or _is_beside(lex, figure, named) or _is_listed(lex, before, figure))
        ):
            _age(figure)
        before = figure


def _is_listed(lex: Lexemes, before: Figure | None, figure: Figure) -> bool:
    """As in "aged 50 and 46", "Omar (26), Jan (23) and Prince (24)": behind an age of the same form."""
    if before is None or not before.is_age or figure.value is None or figure.first - before.after > _CHILD:
        return False
    if figure.first - before.after == 1:
        return lex[before.after].lower in ("and", "or", ",") and _is_aged(lex, before) and _ends(lex, figure.after)
    bracketed = lex[before.after].text == lex[figure.after].text == ")" and lex[figure.first - 1].text == "("
    return bracketed and lex[figure.first - 2].text.istitle()


def mark_age(figure: Figure) -> None:
    """Make an age of a bare number that may be one."""
    if figure.is_bare and _may_be_age(figure):
        _age(figure)


def _may_be_age(figure: Figure) -> bool:
    """Whether it is a bare number, or years without "old": "aged 13 years"."""
    top = figure.high if figure.value is None else figure.value
    written = (figure.is_bare and figure.kind == "cardinal") or (figure.kind == "duration" and figure.unit == "year")
    whole = top is not None and (figure.kind == "duration" or float(top).is_integer())
    return written and whole and top is not None and 0 < top <= _OLDEST


def _age(figure: Figure) -> None:
    figure.read(Reading("measure", "year of age", figure.after, measures()["year"], age=True))


def _is_aged(lex: Lexemes, figure: Figure) -> bool:
    """As in "aged 5 to 11", "age 87", "over the age of 21"."""
    at = figure.first - 1
    if [lex[i].lower for i in (at - 2, at - 1, at)] in (["as", "young", "as"], ["as", "old", "as"]):
        return lex[figure.after].lower not in ("years", "months")
    while lex[at].lower in _BESIDE_YEARS:
        at -= 1
    return lex[at].lower in _BEFORE


def _ends(lex: Lexemes, after: int) -> bool:
    """Whether a number stands without a noun behind it."""
    return lex[after].kind != "word" or lex[after].gap == "\n" or lex[after].lower in _GOES_ON


def _is_being(lex: Lexemes, figure: Figure) -> bool:
    """As in "She was 10", "who turned 40 in May", "people over 65"."""
    if lex[figure.first - 1].lower in _BESIDE_AGE and lex[figure.first - 2].lower in _PEOPLE:
        return not is_plural(lex[figure.after].lower)
    still = lex[figure.after].lower in _STILL and lex[figure.first - 1].lower in ("at", "now")
    if not (_ends(lex, figure.after) or still) or lex[figure.after].text in ("%", "-", "–"):
        return False
    at = figure.first - 1
    if lex[at].lower == "at" and lex[at - 1].lower in _DIES:
        return figure.value is not None and figure.value >= _CHILD  # "Novelist Ana Ruiz dies at 79."
    if lex[at].lower in ("at", "now") and lex[figure.after + (lex[figure.after].text == ",")].lower in _STILL:
        return figure.value is not None and figure.value >= _CHILD  # "Even at 86 she sings."
    while lex[at].lower in _BETWEEN:
        at -= 1
    if lex[at].lower in _BEING:
        at -= 1
        while lex[at].lower in _BETWEEN:
            at -= 1
        return lex[at].lower in _PERSONS
    return lex[at].lower in _CONTRACTED


def _is_beside(lex: Lexemes, figure: Figure, named: set[int]) -> bool:
    """As in "Ana Ruiz, 34, said"; and without commas where the copy lost them."""
    before, behind = lex[figure.first - 1], lex[figure.after]
    comma = before.text in (",", "(")
    name = lex[figure.first - 2] if comma else before
    if figure.other is not None or figure.number.form != "figures" or figure.value is None:
        return False
    role = name.lower in occupations() and lex[figure.first - 3].lower in _DEFINITE
    if role and before.text == behind.text == ",":
        return figure.value >= _CHILD  # "The welder, 34, said so."
    if comma and name.end not in named:
        likely = (
            name.text.istitle() and name.gap == " " and figure.value >= _CHILD and lex[figure.first - 3].kind == "word"
        )
        return (
            (likely or lex[figure.first - 2].gap == "\n")
            and name.text.istitle()
            and behind.text == ","
            and before.text == ","
        )
    if name.end not in named:
        return False
    if comma:
        return behind.text in (",", ".", ";", ")", "—", "–", "―") or behind.gap == "\n"
    return behind.lower in _GOES_ON and behind.gap == " "


def _is_decade(lex: Lexemes, figure: Figure) -> bool:
    """As in "in his 40s", "in her early 20s"."""
    behind, at = lex[figure.after], figure.first - 1
    if behind.text in ("'", "’") and not behind.gap:  # "in his late 20's"
        behind = lex[figure.after + 1]
    if behind.lower != "s" or behind.gap or figure.value is None or figure.value % _DECADE:
        return False
    while lex[at].lower in ("early", "mid", "late", "-"):
        at -= 1
    return lex[at].lower in _POSSESSIVES and lex[at].lower != "the"


def _widen(lex: Lexemes, figure: Figure) -> None:
    step = figure.after + (lex[figure.after].lower != "s")
    if figure.value is not None:
        figure.low, figure.high, figure.value = figure.value, figure.value + _DECADE - 1, None
        figure.number = replace(figure.number, form="vague")
        figure.after = step + 1
        figure.end = lex[step].end
