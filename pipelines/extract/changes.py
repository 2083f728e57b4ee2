"""Figures that are the size of a rise or a fall, and the figure that a change starts from."""

from collections.abc import Sequence

from pipelines.extract.change_words import ADVERBS, DIRECTIONS, NOUNS, TABLES, VERBS
from pipelines.extract.figures import Figure
from pipelines.extract.lexemes import Lexemes
from pipelines.extract.moves import is_range
from pipelines.extract.numerals import DASHES, STARTERS, figure_value
from pipelines.schemas import Change

_BETWEEN = frozenset(TABLES["between"]["words"].split())
_NO_CHANGE = frozenset(["ordinal", "score", "multiple", "duration"])
_PARTICLES: dict[str, frozenset[str]] = {way: frozenset(TABLES[way]["particles"].split()) for way in DIRECTIONS}
_BEING = frozenset(["was", "were", "been", "being", "is", "are", "be", "by"])
_RESULTS, _RESULTING = (frozenset(TABLES["results"][name].split()) for name in ("words", "before"))
_DETERMINERS = frozenset(["a", "an", "the", "its", "their", "his", "her", "another", "this", "that"])
_COMPARED = frozenset(["more", "fewer", "less", "off"])
_PAIRS = frozenset([("up", "to"), ("at", "least"), ("at", "most"), ("many", "as"), ("much", "as")])
_ENDS = frozenset(["to", "by", "in", "at", "and", "or", "for", "on"])
_MARGINS = frozenset(["lose", "loses", "lost", "losing"])  # "lost to England by five wickets"
_PUSHES: dict[str, Change] = {"up": "up", "down": "down"}  # "nudged up its forecast by 0.1 points"
_CLOSES = frozenset(["end", "ends", "ended", "ending", "pick", "picked", "picking"])
_SETTLES, _AFTER_WAY = (frozenset(TABLES["settles"][name].split()) for name in ("verbs", "behind"))
_CLOSE, _OBJECT = 4, 7


def mark_changes(lex: Lexemes, figures: Sequence[Figure]) -> None:
    """Set `change` on the sizes of rises and falls, and `baseline` on what follows from a starting figure.

    "Sales rose 3% to 4.5 million from 4.4 million." -> up 3
    "The index was down 190 points, or 0.6%." -> down 190
    "Shares closed 2.5 percent lower." -> down 2.5
    "a 12% drop in crime" -> down 12
    "a 12% year-on-year (YoY) drop" -> down 12
    """
    for index, figure in enumerate(figures):
        if figure.kind in _NO_CHANGE or figure.is_age:
            continue
        figure.change = _before(lex, figure) or _behind(lex, figure)
        if figure.change is None and index:
            before = figures[index - 1]
            said = _converted(lex, before, figure) or _repeated(lex, before, figure)
            figure.change = said or _continued(lex, before, figure)
    _tie(lex, figures)


def _before(lex: Lexemes, figure: Figure) -> Change | None:
    """A verb or adverb of change before the figure: "rose by about 3%", "up nearly 57%"."""
    at = _behind_change(lex, figure.first)
    if lex[at + 1].gap == "\n":
        return None
    word, follower = lex[at].lower, lex[at + 1].lower
    if word in ADVERBS:
        return _adverb(lex, figure, at)
    resulting = follower == "of" and figure.kind == "money" and word == "gain" and lex[at - 1].lower in _RESULTING
    way = None if resulting else VERBS.get(word)
    if follower == "by":
        return None if word in _MARGINS or _is_agent(lex, figure, at) else way or _of_object(lex, at)
    if way is None and follower == "of":
        return None if resulting else _noun(figure, word)
    return way if figure.kind != "cardinal" or _is_level(lex, figure) else None


def _adverb(lex: Lexemes, figure: Figure, at: int) -> Change | None:
    """The way of an adverb before a figure: "down 3%", but not "the lower 95%", "make up 80%", "more than 3%"."""
    word, before = lex[at].lower, lex[at - 1].lower
    if word == "off" and (before in _BEING or _is_beside_level(lex, figure, at)):
        return ADVERBS[word]
    closes = before in _CLOSES and figure.kind == "percent"  # "The index ended up 1.2%."
    particle = (before in _PARTICLES.get(word, frozenset()) and not closes) or before in _DETERMINERS
    particle = particle or (figure.kind == "cardinal" and not _is_level(lex, figure))
    return ADVERBS[word] if word not in _COMPARED and lex[at + 1].lower != "than" and not particle else None


def _is_beside_level(lex: Lexemes, figure: Figure, at: int) -> bool:
    """Whether "off" stands between a level and what it lost.

    "The index stood at 40, off 2.75." -> last down 2.75
    "The share closed at $23.25, off 12.5 cents." -> last down 12.5 cent
    """
    mark, level = lex[at - 1], range(at - 2, at - 5, -1)
    sized = figure.kind in ("percent", "money") or _is_level(lex, figure)
    return mark.text in (",", "(") and sized and any(lex[i].kind == "num" for i in level)


def _behind_change(lex: Lexemes, first: int) -> int:
    """The lexeme before a figure, past what may stand between a word of change and its size."""
    at = first - 1
    while lex[at + 1].gap != "\n":
        if (lex[at - 1].lower, lex[at].lower) in _PAIRS:
            at -= 2
        elif lex[at].lower in _BETWEEN:
            at -= 1
        else:
            break
    return at


def _is_agent(lex: Lexemes, figure: Figure, at: int) -> bool:
    """Whether "by" names who did it: "was cut by three mayors", but "was cut by three points"."""
    few = figure.kind == "cardinal" and figure.number.form in ("words", "vague") and not figure.number.scaled
    return few and not _is_level(lex, figure) and lex[at - 1].lower in _BEING


def _of_object(lex: Lexemes, at: int) -> Change | None:
    """The verb whose object stands before "by": "grow sales by 35%"."""
    for step in range(at, at - _OBJECT, -1):
        if lex[step].kind != "word" or lex[step].lower in _MARGINS:
            return None
        if way := VERBS.get(lex[step].lower) or _PUSHES.get(lex[step].lower):
            return way
        if lex[step].gap == "\n":
            return None
    return None


def _is_level(lex: Lexemes, figure: Figure) -> bool:
    """Whether a bare number is a level of something and no count: "fell 190 points", "rose 20"."""
    follower = lex[figure.after]
    reached = follower.lower == "to" and lex[figure.after + 1].kind == "num"
    reached = reached and figure_value(lex[figure.after + 1].text) > (figure.value or 0.0)  # "fell 30 to 4,520"
    at = follower.lower == "at" and (lex[figure.after + 1].kind == "num" or lex[figure.after + 1].lower in STARTERS)
    return reached or at or follower.lower in ("point", "points") or follower.kind != "word"


def _behind(lex: Lexemes, figure: Figure) -> Change | None:
    """A comparative or a noun of change behind the figure: "2.5 percent lower", "a 12% drop"."""
    at = figure.after
    word = lex[at].lower
    if figure.is_bare and lex[at].gap == " ":  # "a 469,000 increase", but "two increases", "one slide showed"
        return NOUNS.get(word) if lex[figure.first - 1].lower in _DETERMINERS and not word.endswith("s") else None
    tied = word in DASHES and not lex[at].gap and lex[at + 2].gap == " "
    if figure.is_bare and tied and (way := NOUNS.get(lex[at + 2].lower)):  # "a 50-point drop"
        return way
    if lex[at].gap == "\n" or figure.kind not in ("percent", "money", "measure", "fraction"):
        return None
    than = lex[at + 1].lower == "than" and (lex[at + 2].kind == "num" or lex[at + 2].lower in STARTERS)
    compared = word in ADVERBS and not lex[at].text[:1].isupper() and lex[at + 1].lower != "the" and not than
    if compared:
        return _settled(lex, figure) if word in ("up", "off", "down") else ADVERBS[word]
    at = _behind_span(lex, at)
    for step in range(at, at + 2):
        if lex[step].lower in NOUNS and lex[step].gap == " ":
            return _noun(figure, lex[step].lower)
    return None


def _settled(lex: Lexemes, figure: Figure) -> Change | None:
    """The way that a price has gone by the end, from the adverb behind the size.

    "Tin closed 1.39 cents up at 63.72 cents." -> up 1.39
    "The index was 0.4 percent down on Friday." -> down 0.4
    """
    verb = lex[_behind_change(lex, figure.first)].lower
    behind = lex[figure.after + 1]
    ends = behind.kind != "word" or behind.lower in _AFTER_WAY
    return ADVERBS[lex[figure.after].lower] if verb in _SETTLES and ends else None


def _behind_span(lex: Lexemes, at: int) -> int:
    """The lexeme behind a span that a change is over, and its abbreviation: "28% year-on-year (YoY) growth"."""
    if lex[at].lower == lex[at + 4].lower and lex[at].lower in _SPANS and lex[at + 2].lower in ("on", "over"):
        at += 5
    return at + 3 if lex[at].text == "(" and lex[at + 2].text == ")" and lex[at + 1].kind == "word" else at


_SPANS = frozenset(["year", "quarter", "month", "week", "day"])


def _noun(figure: Figure, word: str) -> Change | None:
    """The way of a noun of change; a loss or gains in money are a result and no change: "a net loss of $5 million"."""
    return None if figure.kind == "money" and word in _RESULTS else NOUNS.get(word)


def _repeated(lex: Lexemes, before: Figure, figure: Figure) -> Change | None:
    """The same change said again: "190 points, or 0.6%"."""
    gap = [lex[i].lower for i in range(before.after, min(figure.first, before.after + _CLOSE + 1))]
    said = gap[1:] if gap[:1] and gap[0].endswith("s") else gap  # "190 points, or 0.6%"
    said = said[1:] if said[:1] in ([","], ["("]) else said
    return before.change if before.change and len(gap) <= _CLOSE and said[:1] == ["or"] and "to" not in gap else None


def _converted(lex: Lexemes, before: Figure, figure: Figure) -> Change | None:
    """The same change in another unit, in brackets.

    "The fund lost 20 million kroner ($1.9 million) in May." -> last down 1900000 dollar
    """
    inside = lex[before.after].text == "(" and figure.first == before.after + 1 and lex[figure.after].text == ")"
    return before.change if inside and figure.reading is not None and figure.kind != "percent" else None


def _continued(lex: Lexemes, before: Figure, figure: Figure) -> Change | None:
    """The same change at another time or place: "rose 3% in May and 2% in June"."""
    between = [lex[i] for i in range(before.after, min(figure.first, before.after + _OBJECT + 1))]
    told = between and all(x.text.istitle() or x.kind == "num" or x.lower in _WHEN_WHERE for x in between)
    same = before.unit == figure.unit and figure.kind in ("percent", "money") and between[-1:] != []
    if not told or not same or between[-1].lower != "and" or lex[figure.after].lower not in _WHEN_WHERE:
        return None
    return before.change if lex[figure.after].lower != "and" else None


_WHEN_WHERE = frozenset(
    ["in", "on", "since", "for", "last", "this", "the", "year", "month", "week", "quarter", "and", ","]
)


def _tie(lex: Lexemes, figures: Sequence[Figure]) -> None:
    """Tie sizes and levels to the figure that the change starts from.

    "Imports were 500 tonnes, down from 600 tonnes." -> 500
    """
    for index, figure in enumerate(figures):
        if figure.other is not None or not _follows_from(lex, figure):
            continue
        before = figures[index - 1] if index else None
        if before and _same_sentence(lex, before, figure) and _starts_from(lex, before, figure):
            before.baseline = figure
            first = figures[index - 2] if index > 1 else None
            if first and first.change and not before.change and before.first - first.after <= _CLOSE:
                first.baseline = figure  # "rose 3% to 4.5 million from 4.4 million"
        after = next((f for f in figures[index + 1 : index + 3] if f.kind != "duration"), None)
        moved = after and after.kind == figure.kind and _arrives(lex, figure, after) and not is_range(lex, figure.first)
        if after and moved and _same_sentence(lex, figure, after):
            after.baseline = figure


def _starts_from(lex: Lexemes, before: Figure, figure: Figure) -> bool:
    """Whether a figure before "from" is the size of the change or the level that it led to."""
    if before.change:
        return figure.kind not in _NO_CHANGE
    up_or_down = any(lex[i].lower in ADVERBS for i in range(before.after, figure.first))
    return before.kind == figure.kind and (up_or_down or _reached(lex, before))


def _follows_from(lex: Lexemes, figure: Figure) -> bool:
    """Whether "from" stands before a figure, or before what it is a figure of: "from a peak of 400"."""
    for at in range(figure.first - 1, figure.first - 1 - _CLOSE, -1):
        if lex[at].lower == "from":
            return lex[at + 1].gap != "\n"
        if (
            lex[at].kind not in ("word", "sign")
            or lex[at].text == ","
            or lex[at].lower in _ENDS
            or lex[at + 1].gap == "\n"
        ):
            return False
    return False


def _reached(lex: Lexemes, figure: Figure) -> bool:
    return lex[_behind_change(lex, figure.first)].lower in ("to", "at")


def _arrives(lex: Lexemes, start: Figure, level: Figure) -> bool:
    """Whether a level behind its start is what that led to: "from 12 to 15", but not "from Elba's 12, now at 15"."""
    word = lex[_behind_change(lex, level.first)].lower
    return word == "to" or (word == "at" and all(lex[i].text != "," for i in range(start.after, level.first)))


def _same_sentence(lex: Lexemes, one: Figure, other: Figure) -> bool:
    first, last = sorted((one.first, other.first))
    return not any(
        lex[i].text in ".;" or lex[i].gap == "\n" for i in range(first + 1, last + 1) if lex[i].kind == "sign"
    )
