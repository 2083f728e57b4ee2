"""Figures with a shape of their own: scores and votes, shares ("one in five"), multiples ("doubled", "3x")."""

import tomllib
from importlib.resources import files

from pipelines.extract.figures import Figure, made
from pipelines.extract.fractions import number
from pipelines.extract.lexemes import Lexeme, Lexemes
from pipelines.extract.numerals import DASHES, Number
from pipelines.extract.readings import unit_after

_TABLES = tomllib.loads(files("pipelines.extract.data").joinpath("shapes.toml").read_text("utf-8"))
MULTIPLES: dict[str, float] = _TABLES["multiples"]
_BESIDE = {side: frozenset(words) for side, words in _TABLES["beside"].items()}
_COMPARED = frozenset(_TABLES["compared"]["words"])
_SCORES = frozenset(_TABLES["scores"]["words"].split())
_SUBJECTS = frozenset(["he", "she", "they", "it", "we", "you"])
_SMALL, _ROUND = 10, frozenset([100.0, 1000.0, 10_000.0, 100_000.0])
_CONTEXT, _HIGH_SCORE, _HIGHEST_SCORE, _FARTHEST_SHARE = 12, 200, 1000, 100_000


def shape(lex: Lexemes, at: int) -> Figure | None:
    """The figure of a shape of its own that begins at a lexeme."""
    return multiple(lex, at) or score(lex, at) or share(lex, at)


def multiple(lex: Lexemes, at: int) -> Figure | None:
    """A multiplier.

    "Exports doubled in May." -> multiple 2
    "The new bridge is three times as long as the old one." -> multiple 3
    "a tenfold rise in rents" -> multiple 10
    "a 30-fold increase" -> multiple 30
    "The mill trades at 12 times earnings." -> multiple 12
    """
    word = lex[at].lower
    if word in MULTIPLES:
        return _multiple(lex, at, at + 1, MULTIPLES[word]) if _multiplies(lex, at) else None
    found = number(lex, at)
    if found is None or found.value is None or found.form == "ordinal":
        return None
    step = found.after + (lex[found.after].text in DASHES)
    if lex[step].lower == "fold" and lex[step].gap != "\n":
        return _multiple(lex, at, step + 1, found.value)
    if lex[step].lower in ("x", "×") and not lex[step].gap and lex[step + 1].kind != "num":
        return _multiple(lex, at, step + 1, found.value)
    if lex[step].lower == "times" and lex[step].gap != "\n" and lex[step + 1].lower in _COMPARED:
        return _multiple(lex, at, step + 1, found.value)
    return None


def _multiplies(lex: Lexemes, at: int) -> bool:
    word = lex[at].lower
    if lex[at + 1].lower == "down":  # "doubled down"
        return False
    if word in ("twice", "thrice"):
        compared = lex[at + 2].text if lex[at + 1].lower == "as" else lex[at + 1].text
        return lex[at + 1].lower in _COMPARED and compared.islower() and compared not in _SUBJECTS
    if word in ("double", "triple", "treble", "quadruple"):
        return lex[at - 1].lower in _BESIDE["before"] or lex[at + 1].lower in _BESIDE["behind"]
    return word not in ("doubles", "triples") or lex[at + 1].lower in _BESIDE["behind"]


def _multiple(lex: Lexemes, first: int, after: int, value: float) -> Figure:
    return made(lex, first, after, Number(first, after, value, "words"), "multiple", value)


def score(lex: Lexemes, at: int) -> Figure | None:
    """The result of a game or a vote: `value` is the number named first, `low` and `high` are the two.

    "The Reds won 3-1." -> score 3
    "They drew 2-2 at home." -> score 2
    "The bill passed by a vote of 218 to 213." -> score 218
    "The panel split in a 2-to-1 vote." -> score 2
    """
    tied = lex[at + 1].text == lex[at + 3].text == "-" and lex[at + 2].lower == "to"  # "a 2-to-1 vote"
    last = at + 4 if tied else at + 2
    left, joint, right = lex[at], lex[at + 1], lex[last]
    before, behind = lex[at - 1], lex[last + 1]
    if not (_is_points(left) and _is_points(right)) or joint.gap == "\n" or right.gap != joint.gap:
        return None
    if joint.text not in DASHES and (joint.lower != "to" or unit_after(lex, Number(last, last + 1, 1.0, "figures"))):
        return None
    # a record of wins and losses in brackets, alone or one of two
    record = (before.text == "(" and behind.text in (",", ")", "-")) or (before.text == "," and behind.text == ")")
    hung = not behind.gap and (behind.kind != "sign" or behind.text in "-–/%°")
    if (not left.gap and before.text not in "(“\"'[") or hung or before.text in ("$", "£", "€"):
        return None
    one, other = int(left.text), int(right.text)
    high_ = min(one, other) >= _HIGH_SCORE  # "751-613" may be a telephone number
    if (one < other or joint.lower == "to" or high_) and not record and not _told(lex, at):
        return None
    figure = made(lex, at, last + 1, Number(at, last + 1, float(one), "figures"), "score", float(one))
    figure.low, figure.high = float(min(one, other)), float(max(one, other))
    return figure


def _is_points(lexeme: Lexeme) -> bool:
    digits = lexeme.kind == "num" and lexeme.text.isdecimal()
    return digits and int(lexeme.text) < _HIGHEST_SCORE and (lexeme.text == "0" or not lexeme.text.startswith("0"))


def _told(lex: Lexemes, at: int) -> bool:
    """Whether the words around speak of games or votes."""
    near = range(max(at - _CONTEXT, 0), min(at + _CONTEXT, len(lex)))
    return any(lex[i].lower in _SCORES for i in near)


def share(lex: Lexemes, at: int) -> Figure | None:
    """So many out of so many, as a fraction.

    "One in five households rents." -> fraction 0.2
    "nine out of 10 dentists" -> fraction 0.9
    "2 of 10 samples failed" -> fraction 0.2
    "on 11-of-20 shooting" -> fraction 0.55
    "It got 3.5 out of 5 stars." -> fraction 0.7
    """
    above = number(lex, at)
    if above is None or above.value is None or above.form not in ("figures", "words"):
        return None
    step = above.after
    tied = lex[step].text == lex[step + 2].text == "-" and not any(lex[i].gap for i in range(step, step + 4))
    step += tied
    word = "of" if tied and lex[step].lower == "for" else lex[step].lower  # "went 8-for-12"
    if lex[step].gap == "\n" or word not in ("in", "of", "out", "over"):
        return None
    if word == "out" and lex[step + 1].lower != "of":
        return None
    below = number(lex, step + 1 + (word == "out" or tied))
    if below is None or below.value is None or below.form not in ("figures", "words"):
        return None
    if not _is_share(lex, above, below, word):
        return None
    value = above.value / below.value
    return made(lex, at, below.after, Number(at, below.after, value, "fraction"), "fraction", value)


def _is_share(lex: Lexemes, above: Number, below: Number, word: str) -> bool:
    if above.value is None or below.value is None or lex[below.first].gap == "\n":
        return False
    whole = below.value.is_integer() and (above.value.is_integer() or word == "out")
    if not 0 < above.value < below.value or not whole:
        return False
    if word == "of" and len(lex[below.first].text) == len("1977") and not below.scaled:  # "Act 51 of 1977"
        return False
    if word == "in":
        small = above.value < _SMALL or below.value in _ROUND or above.form == "words"  # but "took 24 in 48 balls"
        return (
            small
            and below.value <= _FARTHEST_SHARE
            and not lex[below.first].text.startswith(("19", "20"))
            and not above.scaled
        )
    if word == "over":
        return above.form == "words" and lex[below.after].kind != "word"
    return word == "out" or below.form == "figures"
