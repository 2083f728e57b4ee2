"""Numbers that are no figures: years, codes, parts of names, labels, the pronoun one."""

import tomllib
from importlib.resources import files

from pipelines.extract.figures import Figure
from pipelines.extract.lexemes import Lexemes
from pipelines.extract.numerals import DASHES

_TABLES = tomllib.loads(files("pipelines.extract.data").joinpath("exclusions.toml").read_text("utf-8"))
_LABELS = frozenset(_TABLES["labels"]["words"].split())
_MONTHS = frozenset(_TABLES["months"]["words"].split())
_JOINED = frozenset(_TABLES["prefixes"]["words"].split())
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_LONGEST_NUMBER = 15


def is_figure(lex: Lexemes, figure: Figure) -> bool:
    """Whether a number says how much or how many, as far as the words around it tell."""
    if figure.value is not None and abs(figure.value) == float("inf"):
        return False
    if not figure.is_bare:
        return not _is_code(lex, figure)
    return not any(
        rule(lex, figure) for rule in (_is_code, is_year, is_label, is_pronoun, is_marker, is_date, is_span_of_years)
    )


def _is_code(lex: Lexemes, figure: Figure) -> bool:
    """ "F-16", "COVID-19", "737-800": figures hung to letters, or long rows of digits."""
    first, before = lex[figure.first], lex[figure.first - 1]
    if figure.number.form in ("words", "vague", "ordinal", "fraction") or first.kind != "num":
        return False
    if not first.gap and (before.kind in ("word", "opaque") or before.text in ("#", "/", "_", "@")):
        return True
    if before.text in DASHES and not first.gap and not before.gap:
        return lex[figure.first - 2].lower not in _JOINED and not lex[figure.first - 2].text.isdigit()
    return first.text.isdigit() and len(first.text) > _LONGEST_NUMBER


def is_year(lex: Lexemes, figure: Figure) -> bool:
    """A bare number of four digits that can be a year: "in 2019", "the 2014-15 season", "the 1990s"."""
    text = lex[figure.first].text
    spelled = figure.number.form == "words" and figure.after - figure.first in (2, 3, 4) and not figure.number.scaled
    if not spelled and not (len(text) == 4 and text.isdigit()):  # noqa: PLR2004
        return False
    low = figure.value if figure.value is not None else figure.low
    if low is None or not _FIRST_YEAR <= low < _LAST_YEAR or figure.number.scaled:
        return False
    return not _counts(lex, figure)


def _counts(lex: Lexemes, figure: Figure) -> bool:
    """Whether a plural noun follows, as it does not follow a year: "2000 people", not "2000 elections"."""
    low = figure.value if figure.value is not None else figure.low or 0
    follower = lex[figure.after].lower
    round_number = low % 100 == 0
    return round_number and (follower.endswith("s") or follower in ("people", "men", "women", "children"))


def is_span_of_years(lex: Lexemes, figure: Figure) -> bool:
    """ "2012-13" is a season."""
    follower = lex[figure.after + 1]
    return lex[figure.after].text in DASHES and follower.kind == "num" and is_year(lex, figure)


def is_date(lex: Lexemes, figure: Figure) -> bool:
    """ "Dec. 13", "9 May"."""
    before, behind = lex[figure.first - 1], lex[figure.after]
    if before.text == ".":
        before = lex[figure.first - 2]
    low = figure.value if figure.value is not None else figure.low
    if low is None or not 1 <= low <= 31:  # noqa: PLR2004
        return False
    return (before.lower in _MONTHS and before.text[:1].isupper()) or (
        behind.lower in _MONTHS and behind.text[:1].isupper() and behind.gap == " "
    )


def is_label(lex: Lexemes, figure: Figure) -> bool:
    """ "page 3", "Section 5", "No. 1", "phase two"."""
    before = lex[figure.first - 1]
    if before.text == ".":
        before = lex[figure.first - 2]
    if lex[figure.first].gap == "\n" or figure.number.form == "ordinal":
        return False
    return before.lower in _LABELS


def is_pronoun(lex: Lexemes, figure: Figure) -> bool:
    """ "one of the", "no one", "the one who", "this one": one that counts nothing."""
    if figure.value != 1 or figure.number.form != "words" or figure.after - figure.first > 1:
        return False
    before, behind = lex[figure.first - 1].lower, lex[figure.after]
    if behind.lower == "of" or before in (
        "no",
        "any",
        "every",
        "each",
        "some",
        "this",
        "that",
        "which",
        "another",
        "the",
    ):
        return True
    return behind.kind != "word" or behind.lower in (
        "who",
        "that",
        "another",
        "can",
        "is",
        "was",
        "would",
        "has",
        "day",
        "or",
        "and",
        "to",
        "in",
    )


def is_marker(lex: Lexemes, figure: Figure) -> bool:
    """ "1." or "2)" at the beginning of a line."""
    here, behind = lex[figure.first], lex[figure.after]
    return here.gap == "\n" and behind.text in (".", ")") and not behind.gap and figure.number.form == "figures"
