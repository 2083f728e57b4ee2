"""Shares, mixed numbers and vague ones: the longest reading of a number that the grammar knows."""

from dataclasses import replace

from pipelines.extract.lexemes import Lexemes
from pipelines.extract.numerals import (
    DASHES,
    DENOMINATORS,
    ORDINALS,
    SCALES,
    SMALL,
    TENS,
    VAGUE,
    VAGUE_FACTORS,
    Number,
    plain,
    scaled,
    sign,
    spelled,
)

_THOUSAND = 1000
SPANS = frozenset(["next", "past", "last", "first", "previous", "prior", "recent", "consecutive", "straight"])
RANKS = frozenset(["top", "bottom", "poorest", "richest", "lowest", "highest", "wealthiest", "middle"])


def number(lex: Lexemes, at: int) -> Number | None:
    """The number beginning at a lexeme, the longest reading that the grammar knows.

    "1.2 million" -> 1200000
    "two dozen" -> 24
    "35 lakh crore" -> 35000000000000
    "a baker's dozen" -> 13
    """
    known: dict[int, Number | None] = lex.numbers
    if at not in known:
        known[at] = _read(lex, at)
    return known[at]


def _read(lex: Lexemes, at: int) -> Number | None:
    if lex[at].lower == "dozen" and lex[at - 1].lower in ("baker's", "baker’s"):
        return Number(at, at + 1, 13.0, "words", scale=12.0)
    found = _of_fractions(lex, at) or vague(lex, at) or _negative(lex, at) or plain(lex, at)
    return found and _with_half(lex, found)


def _negative(lex: Lexemes, at: int) -> Number | None:
    """A share below nothing.

    "minus two fifths" -> -0.4
    """
    step = sign(lex, at)
    share = _counted_parts(lex, at + step) if step else None
    return replace(share, first=at, value=-share.value) if share and share.value else None


def _of_fractions(lex: Lexemes, at: int) -> Number | None:
    """A share in words, and what it is a share of where that is a number.

    "two-thirds" -> 0.6666666666666666
    "three quarters of a million" -> 750000
    "half a million" -> 500000
    "a fifth" -> 0.2
    """
    share = _half(lex, at) or _counted_parts(lex, at) or _one_part(lex, at)
    if share is None or share.value is None:
        return None
    step = share.after
    if lex[step].lower == "of":
        step += 1
    if lex[step].lower in ("a", "an", "one"):
        step += 1
    if lex[step].text in DASHES and not lex[step].gap:
        step += 1
    factor = SCALES.get(lex[step].lower)
    if factor and not lex[step].lower.endswith("s") and lex[step].gap != "\n":
        whole = replace(share, form="words").times(factor, step + 1)
        return scaled(lex, whole)
    return share


def _half(lex: Lexemes, at: int) -> Number | None:
    if lex[at].lower not in ("half", "quarter"):
        return None
    value = 1 / DENOMINATORS[lex[at].lower]
    return Number(at, at + 1, value, "fraction")


def _counted_parts(lex: Lexemes, at: int) -> Number | None:
    """A numerator, then a denominator in the right number, which is the singular too where a hyphen ties it.

    "three fifths" -> 0.6
    "one-third" -> 0.3333333333
    "a three-quarter majority" -> 0.75
    """
    above = _numerator(lex, at)
    if above is None or above.value is None:
        return None
    if tied := _tied_parts(lex, above):
        return tied
    step = above.after
    if lex[step].text in DASHES and not lex[step].gap:
        step += 1
    hyphened = step > above.after and above.form == "words"
    below = _denominator(lex, step, plural=above.value != 1)
    if below is None and hyphened and (below := _denominator(lex, step, plural=False)) and below[0] <= above.value:
        return None
    if below is None or _are_times(lex, at, below[1]):
        return None
    divisor, after = below
    return Number(at, after, above.value / divisor, "fraction")


def _are_times(lex: Lexemes, first: int, after: int) -> bool:
    """Whether quarters are stretches of a year: "over the next three quarters", but "three quarters of the town"."""
    return lex[after - 1].lower == "quarters" and lex[first - 1].lower in SPANS and lex[after].lower != "of"


def _tied_parts(lex: Lexemes, above: Number) -> Number | None:
    """Parts of more than twenty, whose tens were read into the numerator; an "and" before them leaves them there.

    "three twenty-firsts" -> fraction 0.1428571429
    "one hundred thirty-fifths" -> fraction 2.857142857
    "one hundred and thirty fifths" -> fraction 26
    """
    last, before = above.after - 1, lex[above.after - 2]
    step = above.after + (lex[above.after].text in DASHES)
    tens, ones = TENS.get(lex[last].lower), ORDINALS.get(lex[step].lower[:-1], 10)
    plural = lex[step].lower.endswith("s") and lex[step].gap != "\n"
    if above.form != "words" or last <= above.first or not tens or not plural or ones >= 10 or before.lower == "and":  # noqa: PLR2004
        return None
    whole = (above.value or 0.0) - tens
    numerator = whole / 100 if before.lower in SMALL or before.lower in TENS else whole
    return Number(above.first, step + 1, numerator / (tens + ones), "fraction")


def _one_part(lex: Lexemes, at: int) -> Number | None:
    """The share that "a" or a rank makes of an ordinal, where no noun follows: "a fifth of", but not "a fifth man".

    "the bottom fifth of incomes" -> fraction 0.2
    "It fell by almost a fifth to 90 tonnes." -> fraction 0.2
    "They cut it by a third by using less steel." -> fraction 0.3333333333
    "an eighth of the herd" -> fraction 0.125
    """
    follower = lex[at + 1]
    ranked = lex[at - 1].lower in RANKS and follower.lower == "of"
    if (
        (lex[at - 1].lower not in ("a", "an") and not ranked)
        or lex[at].lower not in ORDINALS
        or lex[at].lower not in DENOMINATORS
    ):
        return None
    sized = lex[at - 2].lower in _SIZED and follower.lower in _AFTER_SIZE
    if follower.lower != "of" and (follower.kind == "word" or follower.text in DASHES) and not sized:
        return None
    return Number(at, at + 1, 1 / DENOMINATORS[lex[at].lower], "fraction")


_SIZED = frozenset(["by", "than", "almost", "nearly", "about", "around", "roughly", "over", "another"])
_AFTER_SIZE = frozenset(
    [
        *(
            "to",
            "in",
            "from",
            "since",
            "among",
            "after",
            "last",
            "this",
            "over",
            "on",
            "at",
            "as",
            "and",
            "or",
            "during",
        ),
        *("by", "when", "if", "because", "next", "with", "without", "compared", "within", "while", "through", "but"),
    ]
)


def _numerator(lex: Lexemes, at: int) -> Number | None:
    here = lex[at]
    if here.kind == "num" and here.text.isdecimal():
        return Number(at, at + 1, float(here.text), "figures")
    bare = here.lower in SCALES and not here.lower.endswith("s") and lex[at - 1].lower == "a"
    above = spelled(lex, at) if here.lower in SMALL or here.lower in TENS or bare else None
    if above is not None and above.form == "ordinal":  # "one third": the denominator was read as the end
        return Number(at, at + 1, float(SMALL.get(here.lower, 0)) or None, "words")
    return above


def _denominator(lex: Lexemes, at: int, *, plural: bool) -> tuple[float, int] | None:
    """As in "thirds", "quarter", "twenty-firsts"; a singular only after one."""
    word = lex[at].lower
    if lex[at].gap == "\n":
        return None
    if word in DENOMINATORS and (word.endswith("s") or word == "halves") == plural:
        return DENOMINATORS[word], at + 1
    if word in TENS and lex[at + 1].text in DASHES and plural and lex[at + 2].lower.endswith("s"):
        unit = ORDINALS.get(lex[at + 2].lower[:-1])
        return (TENS[word] + unit, at + 3) if unit and unit < 10 else None  # noqa: PLR2004
    return None


def _with_half(lex: Lexemes, found: Number) -> Number:
    """A share added to the number before it.

    "two and a half million" -> 2500000
    "three and two thirds" -> 3.6666666666666665
    "a million and a half" -> 1500000
    "two-and-a-half years" -> 2.5 year
    "a dozen and a half" -> 18
    """
    at = _behind_dash(lex, found.after)
    if lex[at].lower != "and" or found.value is None or found.form not in ("figures", "words"):
        return found
    at = _behind_dash(lex, at + 1)
    if lex[at].lower == "a":
        at = _behind_dash(lex, at + 1)
    share = _of_fractions(lex, at)
    if share is None and lex[at].lower in DENOMINATORS and "a" in (lex[at - 1].lower, lex[at - 2].lower):
        share = Number(at, at + 1, 1 / DENOMINATORS[lex[at].lower], "fraction")
    if share is None or share.value is None or lex[at].gap == "\n" or lex[share.after].lower == "of":
        return found
    if share.form != "fraction":
        return (
            replace(found, after=share.after, value=found.value + share.value) if found.scaled else _tens(found, share)
        )
    if found.scale >= _THOUSAND or found.scale == SCALES["dozen"]:
        return replace(found, after=share.after, value=found.value + share.value * found.scale)
    return scaled(lex, replace(found, after=share.after, value=found.value + share.value))


def _behind_dash(lex: Lexemes, at: int) -> int:
    """The lexeme behind a hyphen that ties two words, or the one asked for."""
    return at + (lex[at].text in DASHES and not lex[at].gap and not lex[at + 1].gap)


def _tens(found: Number, share: Number) -> Number:
    """As in "five and a half million": the half stands before the scale word that both share."""
    value = ((found.value or 0.0) + (share.value or 0.0) / share.scale) * share.scale
    return replace(found, after=share.after, value=value, scale=share.scale)


def _means_no_number(lex: Lexemes, at: int) -> bool:
    """Whether a vague word is none here: "few doubt it", "the couple said", "their scores"."""
    word, follower = lex[at].lower, lex[at + 1]
    if word == "scores":  # of a game, as a rule
        return follower.lower != "of"
    if follower.lower in SCALES and follower.gap == " ":
        return False
    if word == "few":
        return lex[at - 1].lower not in ("a", "past", "last", "next", "the")
    return word == "couple" and not _is_some_couple(lex, at)


def _is_some_couple(lex: Lexemes, at: int) -> bool:
    """Whether "couple" counts and does not mean two people: "a couple of days", "the last couple weeks"."""
    follower = lex[at + 1]
    if follower.lower == "of" or lex[at - 1].lower in ("last", "next", "past", "another", "first"):
        return True
    return lex[at - 1].lower == "a" and (follower.gap == "\n" or follower.lower.endswith("s"))


def vague(lex: Lexemes, at: int) -> Number | None:
    """A vague number as an interval, by the table in `data/numerals.toml`.

    "dozens" -> 24..99
    "hundreds of thousands" -> 100000..1000000
    "several hundred" -> 300..900
    "a couple of" -> 2..3
    "a couple of hundred" -> 200..300
    "an extra few hundred dollars" -> 300..500 dollar
    """
    word = lex[at].lower
    if word in VAGUE_FACTORS and lex[at + 1].lower == "of" and lex[at + 2].lower in SCALES:
        low, high = VAGUE_FACTORS[word]
        scale = SCALES[lex[at + 2].lower]
        return Number(at, at + 3, None, "vague", low * scale, high * scale, scale)
    if word not in VAGUE or _means_no_number(lex, at):
        return None
    low, high = VAGUE[word]
    found = Number(at, at + 1, None, "vague", low, high)
    step = at + 1 + (word == "couple" and lex[at + 1].lower == "of")
    factor = SCALES.get(lex[step].lower)
    if factor and word in ("few", "several", "couple") and lex[step].gap == " ":
        return found.times(factor, step + 1)
    return found
