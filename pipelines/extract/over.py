"""Words of place and topic that are qualifiers elsewhere: "over", "under", "around", "near"."""

import tomllib
from importlib.resources import files

from pipelines.extract.figures import Figure
from pipelines.extract.lexemes import Lexemes
from pipelines.extract.numerals import DASHES

_TABLES = tomllib.loads(files("pipelines.extract.data").joinpath("qualifiers.toml").read_text("utf-8"))["place"]
_WORDS, _DEFINITE, _MARKS, _TOPICS, _LASTING, _SINCE = (
    frozenset(_TABLES[name].split()) for name in ("words", "definite", "marks", "topics", "lasting", "since")
)
_AMOUNTS = frozenset(["%", "percent", "cent", "points", "times", "fold"])
_MUCH = frozenset(["lot", "much", "far", "way", "bit", "even", "little", "slightly"])
_QUANTIFIERS = frozenset(["more", "less", "fewer"])
_UNITS = frozenset(["money", "percent", "measure"])


def is_place(lex: Lexemes, figure: Figure, first: int, after: int) -> bool:
    """Whether what looks like a qualifier, from one lexeme up to another, says where or about what and not how much.

    "Guards stood around the 240 barns." -> 240
    "It rises in the sky above its 30 towers." -> 30..30
    "She handed over 40 medals." -> 40..40
    "Bonds touched a high near a 10-month peak." -> 10..10
    """
    if _compares(lex, first, after):
        return True
    word = lex[after - 1].lower
    between = {lex[i].lower for i in range(after, figure.first)}
    if between & _DEFINITE and _is_hyphened(lex, figure):
        return True
    if word not in _WORDS or (after - first > 1 and word != "near"):
        return False
    if between & _DEFINITE:
        return figure.kind not in _UNITS and lex[figure.after].lower not in _MARKS
    if figure.kind == "ordinal" or (between and word not in ("about", "around") and _is_hyphened(lex, figure)):
        return True
    return word == "over" and (
        lex[first - 1].lower in _TOPICS or (figure.kind == "duration" and _spans(lex, figure, first))
    )


def _compares(lex: Lexemes, first: int, after: int) -> bool:
    """Whether a figure stands before it, so that it says how far two figures are apart.

    "They paid 8 percent more than the $5 million asked." -> 8 percentage
    """
    before = lex[first - 1]
    if lex[after - 1].lower == "than" and lex[first].lower not in _QUANTIFIERS and before.lower in _MUCH:
        return True  # "far better than three chargers"
    return before.lower in _AMOUNTS or (before.kind == "num" and lex[first - 2].text in ("$", "£", "€"))


def _is_hyphened(lex: Lexemes, figure: Figure) -> bool:
    """Whether a figure with its unit is an adjective: "10-month", of which nothing can be above or near."""
    return any(lex[i].text in DASHES for i in range(figure.first + 1, figure.after + 1))


def _spans(lex: Lexemes, figure: Figure, first: int) -> bool:
    """Whether something happens in the course of a time: "spent $5 over two years", but "lasted over two years".

    "They paid $90 million over two years." -> 90000000
    """
    return lex[first - 1].lower not in _LASTING and lex[figure.after].lower not in _SINCE
