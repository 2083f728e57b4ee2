"""Forms of one given name: "Chuck" for "Charles", "Kristin" beside "Kristen"."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pipelines.extract.name_lexicon import given_names

# Shorter names differ by as little and are still two: "Mara" and "Mira".
SHORTEST_SPELLING = 6
MOST_CHANGES = 2
VOWELS = re.compile(r"[aeiouy]+")
DOUBLED = re.compile(r"(.)\1")


@cache
def short_forms() -> frozenset[tuple[str, str]]:
    """Pairs of a short form and the name that it is short for, in small letters."""
    table = tomllib.loads((files(__package__) / "data" / "short_given_names.toml").read_text("utf-8"))
    return frozenset((short, name) for short, names in table.items() for name in names.split())


@cache
def gender_of(given: str) -> str | None:
    """What a given name in small letters says of the gender, itself or by the names that it is short for."""
    whole = {given_names().get(name) for short, name in short_forms() if short == given} if given else set()
    return given_names().get(given) or (whole.pop() if len(whole) == 1 else None)


def are_one_given(one: str, other: str) -> bool:
    """Whether both may be one person's given name: a short form and the name in full, or two spellings of it."""
    a, b = one.casefold(), other.casefold()
    genders = {given_names().get(a), given_names().get(b)}
    if {"male", "female"} <= genders:
        return False
    return a == b or bool({(a, b), (b, a)} & short_forms()) or are_spellings(a, b)


def are_spellings(a: str, b: str) -> bool:
    """Whether two names sound alike: the same consonants in the same order, few vowels changed and never all."""
    if min(len(a), len(b)) < SHORTEST_SPELLING or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    if VOWELS.sub("", DOUBLED.sub(r"\1", a)) != VOWELS.sub("", DOUBLED.sub(r"\1", b)):
        return False
    one, other = VOWELS.findall(a), VOWELS.findall(b)
    changes = sum(x != y for x, y in zip(one, other, strict=False))
    return len(one) == len(other) and changes < min(len(one), MOST_CHANGES + 1)
