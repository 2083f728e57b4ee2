"""How sure and how bounded: about, at least, up to, and bounds that a negation turns round."""

import tomllib
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

from pipelines.extract.figures import Figure
from pipelines.extract.lexemes import Lexemes, lex
from pipelines.extract.over import is_place
from pipelines.schemas import Bound

Meaning = Literal["approx", "more_than", "at_least", "less_than", "at_most"]

_TABLES: dict[str, Any] = tomllib.loads(files("pipelines.extract.data").joinpath("qualifiers.toml").read_text("utf-8"))
_REVERSED: dict[Bound, Bound] = {
    "more_than": "at_most",
    "at_least": "less_than",
    "less_than": "at_least",
    "at_most": "more_than",
}
_REACH = 9
_STRETCHES, _MODALS = (frozenset(_TABLES["negation"][name]) for name in ("stretches", "modals"))


def _phrases(table: dict[str, list[str]], *, backwards: bool) -> dict[str, dict[tuple[str, ...], Meaning]]:
    """Phrases as tuples of lexemes, by the lexeme that touches the number."""
    made: dict[str, dict[tuple[str, ...], Meaning]] = {}
    for meaning in ("approx", "more_than", "at_least", "less_than", "at_most"):
        for phrase in table.get(meaning, []):
            pieces = tuple(piece.lower for piece in lex(phrase).items)
            made.setdefault(pieces[-1 if backwards else 0], {})[pieces] = meaning
    return made


_BEFORE = _phrases(_TABLES["before"], backwards=True)
_AFTER = _phrases(_TABLES["after"], backwards=False)
_FILLER = frozenset(_TABLES["before"]["filler"])
_NEGATIONS = frozenset(_TABLES["negation"]["words"])
_CLAUSE_ENDS = frozenset(_TABLES["negation"]["clause_ends"])


def qualify(lexemes: Lexemes, figure: Figure) -> None:
    """Set `approx`, `bound` and the interval of a figure from the words around it.

    "as many as 500 people" -> at_most ..500
    "unlikely to ever have more than 8,000" -> at_most ..8000
    "30 or more" -> at_least 30..
    "about 70" -> approx 70..70
    """
    at = figure.first
    for _ in range(3):
        found = _before(lexemes, at)
        if found is None or is_place(lexemes, figure, found[1], found[2]):
            break
        meaning, at, _ = found
        _apply(figure, meaning)
    figure.cue, figure.cue_start = at, lexemes[at].start
    if behind := _after(lexemes, figure.after) or (figure.reading and _after(lexemes, figure.number.after)):
        _apply(figure, behind[0])
        figure.after_cue = behind[1]
    if figure.bound and _negated(lexemes, at):
        figure.bound = _REVERSED[figure.bound]
    _close(figure)


def _apply(figure: Figure, meaning: Meaning) -> None:
    if meaning == "approx":
        figure.approx = True
    elif figure.bound is None:
        figure.bound = meaning


def _before(lexemes: Lexemes, at: int) -> tuple[Meaning, int, int] | None:
    """The longest qualifier that ends before a lexeme, past words that change nothing, and where it begins and ends."""
    if lexemes[at - 1].text == "-" and not lexemes[at].gap and not lexemes[at - 1].gap:  # "sub-300"
        at -= 1
    for _ in range(3):
        if lexemes[at].gap == "\n":
            return None
        if lexemes[at - 2].text + lexemes[at - 1].text == "<>":  # unequal to, and no bound
            return None
        best: tuple[Meaning, int, int] | None = None
        for pieces, meaning in _BEFORE.get(lexemes[at - 1].lower, {}).items():
            first = at - len(pieces)
            longer = best is None or first < best[1]
            if longer and first >= 0 and all(lexemes[first + i].lower == p for i, p in enumerate(pieces)):
                best = meaning, first, at
        if best or lexemes[at - 1].lower not in _FILLER:
            return best
        at -= 1
    return None


def _after(lexemes: Lexemes, at: int) -> tuple[Meaning, int] | None:
    """The longest qualifier behind a figure: "or more", "-odd"."""
    if lexemes[at].gap == "\n":
        return None
    if lexemes[at].text == "-" and not lexemes[at].gap:
        at += 1
    fitting = [
        (at + len(pieces), meaning)
        for pieces, meaning in _AFTER.get(lexemes[at].lower, {}).items()
        if all(lexemes[at + i].lower == p for i, p in enumerate(pieces))
    ]
    if not fitting:
        return None
    after, meaning = max(fitting)
    if lexemes[after].kind == "num" or lexemes[after].text == "$":  # "or less than 6,000": the next figure's own
        return None
    return meaning, after


def _negated(lexemes: Lexemes, at: int) -> bool:
    """Whether a negation stands before the qualifier in its clause.

    A stretch of time lies outside of what did not happen, and inside of what must not.

    "nobody was seen for at least two years" -> at_least 2 year
    "nobody can be held for more than two days" -> at_most 2 day
    """
    stretch = lexemes[at - 1].lower in _STRETCHES
    for step in range(at - 1, max(at - _REACH, -1), -1):
        here = lexemes[step]
        if here.lower in _NEGATIONS or here.lower.endswith(("n't", "n’t")):
            beside = {lexemes[i].lower.removesuffix("n't").removesuffix("n’t") for i in range(step - 1, step + 2)}
            return bool(not stretch or beside & _MODALS) and lexemes[step + 1].lower not in ("just", "only")
        if here.lower in _CLAUSE_ENDS or here.kind == "sign" or here.gap == "\n":
            return False
    return False


def _close(figure: Figure) -> None:
    """The interval that a bound leaves open on one side."""
    if figure.bound in ("at_least", "more_than"):
        figure.low, figure.high = figure.low if figure.value is None else figure.value, None
    elif figure.bound in ("at_most", "less_than"):
        figure.low, figure.high = None, figure.high if figure.value is None else figure.value


def share_qualifiers(lexemes: Lexemes, figures: list[Figure]) -> None:
    """What is said of a figure holds for its conversion too: "more than 100 km (62 miles)"."""
    for one, other in pairwise(figures):
        if one.after + 1 == other.first and lexemes[one.after].text == "(" and one.unit != other.unit and other.unit:
            other.approx, other.bound = other.approx or one.approx, other.bound or one.bound
            _close(other)


def merge_bounds(lexemes: Lexemes, figures: list[Figure]) -> list[Figure]:
    """Two bounds of one thing as its interval.

    "marks above 1,100 and below 1,500" -> 1100..1500
    """
    kept: list[Figure] = []
    for figure in figures:
        if kept and _one_interval(lexemes, kept[-1], figure):
            _widen(kept[-1], figure)
        else:
            kept.append(figure)
    return kept


def _one_interval(lexemes: Lexemes, one: Figure, other: Figure) -> bool:
    bounds = {one.bound in _LOWER, other.bound in _LOWER}
    if one.bound is None or other.bound is None or len(bounds) == 1 or one.value is None or other.value is None:
        return False
    between = [lexemes[i].lower for i in range(one.after, other.cue)]
    ordered = one.value < other.value if one.bound in _LOWER else other.value < one.value
    return ordered and one.unit == other.unit and 0 < len(between) < 3 and bool(_JOINTS & set(between))  # noqa: PLR2004


_LOWER = frozenset(["at_least", "more_than"])
_JOINTS = frozenset(["and", "but", ","])


def _widen(one: Figure, other: Figure) -> None:
    ends = sorted(value for value in (one.value, other.value) if value is not None)
    one.value, one.bound, (one.low, one.high) = None, None, ends
    one.after, one.end, one.other = other.after, other.end, other.number
