"""Whose a surname is, where an article names several people of that surname in full.

Precision first: by "Mr." and "Mrs.", by who was named so far, and by who was named first and is still spoken of; where
none of these tells, it stays a surname.
"""

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.extract.name_lexicon import given_names

TITLE = re.compile(r"\b(?:(Mr|Sir|Lord|King|Prince)|(Mrs|Ms|Miss|Lady|Dame|Queen|Princess))\.? $")
TITLE_LENGTH = 10
PARAGRAPH = re.compile(r"\n\n")
SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s")
# Behind a name: the other is told of only as a relative of the one who bears it.
RELATIVE = re.compile(
    r",? (?:and )?(?:(?:his|her|the|a|an|whose) )?(?:[\w-]+ ){0,3}(?:wife|husband|son|daughter|father|mother|brother|"
    r"sister|widow|uncle|aunt|nephew|niece|cousin|grandson|granddaughter|grandfather|grandmother)\b"
)
# Paragraphs in which nobody speaks of the first any more, when the second comes.
FURTHEST = 3


class Called(NamedTuple):
    """A person's name where it stands, and what it is short for: itself, if nothing or too many."""

    start: int
    end: int
    text: str
    full: str


def bearers(text: str, people: Sequence[Called]) -> dict[int, str]:
    """For the start of a surname that stands alone, the full name of the one meant, where it is another than `full`.

    That is so where several bear it and the article tells which of them, or where a title says that it is not the only
    one who does: then, the surname itself.
    """
    named: defaultdict[str, list[Called]] = defaultdict(list)
    for person in people:
        if " " in person.full:
            named[person.full.split()[-1]].append(person)
    found: dict[int, str] = {}
    for surname, many in named.items():
        alone = [p for p in people if p.text == surname]
        if alone and len({p.full for p in many}) > 1:
            unclear = [p for p in alone if p.full == surname]
            found |= _meant(text, unclear, _without_first_names(many, len(unclear)))
        elif alone:
            found |= dict.fromkeys(_others(text, alone, many), surname)
    return found


def _others(text: str, alone: list[Called], people: list[Called]) -> list[int]:
    """Where the surname of the only one named in full means somebody else, by the titles before it."""
    gender = _genders(text, people).get(people[0].full)
    told = {p.start: _told(text, p) for p in alone}
    if gender is None or {gender, None}.issuperset(told.values()):
        return []
    return [start for start, one in told.items() if one not in {gender, None} or gender not in told.values()]


def _without_first_names(people: list[Called], surnames: int) -> list[Called]:
    """The people without those whom the article calls by first name more often than anybody by surname: children."""
    by_first_name = Counter(p.full for p in people if p.text == p.full.split()[0])
    return [p for p in people if by_first_name[p.full] <= surnames]


def _meant(text: str, alone: list[Called], people: list[Called]) -> dict[int, str]:
    breaks = [hit.start() for hit in PARAGRAPH.finditer(text)]
    genders = _genders(text, people)
    order = list(dict.fromkeys(p.full for p in people if " " in p.text))
    begin = {p.full: p for p in reversed(people) if " " in p.text}
    last_seen: dict[str, int] = {}
    found: dict[int, str] = {}
    for one in sorted([*alone, *people]):
        paragraph = bisect(breaks, one.start)
        if " " in one.full:
            last_seen[one.full] = paragraph
            continue
        fitting = [full for full in order if _fits(text, one, genders.get(full))]
        so_far = [full for full in fitting if full in last_seen] or fitting[:1]
        if so_far and _is_clear(text, so_far, begin, last_seen):
            found[one.start] = so_far[0]
            last_seen[so_far[0]] = paragraph
    return found


def _is_clear(text: str, named: list[str], begin: dict[str, Called], last_seen: dict[str, int]) -> bool:
    """Whether the first of those named is still the one whom the surname alone means."""
    first, *others = named
    return all(
        last_seen[other] - last_seen[first] <= FURTHEST and _is_apart(text, begin[first].end, begin[other].start)
        for other in others
    )


def _is_apart(text: str, end: int, start: int) -> bool:
    """Whether a name in another sentence, or one that only tells whose relative the first is, comes second."""
    return SENTENCE_END.search(text, end, start) is not None or RELATIVE.match(text, end, start) is not None


def _fits(text: str, one: Called, gender: str | None) -> bool:
    told = _told(text, one)
    return told is None or gender is None or told == gender


def _genders(text: str, people: list[Called]) -> dict[str, str]:
    """What titles, else given names, say of each."""
    found = {p.full: g for p in people if (g := given_names().get(p.full.split()[0].lower())) is not None}
    return found | {p.full: g for p in people if " " in p.text and (g := _told(text, p)) is not None}


def _told(text: str, one: Called) -> str | None:
    """The gender that the title before a name tells."""
    title = TITLE.search(text, max(0, one.start - TITLE_LENGTH), one.start)
    return None if title is None else "male" if title[1] else "female"
