"""The days for which a figure is given.

They are the days that its own words tell: of what it counts ("257 died on Aug. 7" is as of Aug. 7, whenever it was
found out), else the day on which somebody said so, else the day of publication. What a figure is compared with has days
of its own, or unknown ones.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from pipelines.extract.hedges import MODIFIERS, Over
from pipelines.extract.tree import Tree
from pipelines.schemas import Quantity, Time

Days = tuple[date | None, date | None]
CLAUSES = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
INTRODUCED = SUBJECTS | {"mark"}
RELATIVES = frozenset({"WDT", "WP", "TO"})
PARTICIPLES = frozenset({"VBG", "VBN", "VBD"})  # the tagger takes one for the other
THAN = frozenset({"than"})
STARTS = frozenset({"from", "versus", "against"})  # of what a change starts from, but also "men from Rome"
COMPARE = frozenset({"compare", "comparison"})
FALLING_DUE = frozenset({"due", "mature", "maturing", "expire", "expiring", "dated", "payable", "redeemable"})
# "marches that took place in May drew 40"
HAPPENING = frozenset({"hold", "stage", "conduct", "take", "publish", "release"})
SAID = 1_000  # deeper than any word: the cue, where it is not over the figure in the parse
_SINCE = re.compile(r"\bsince (?:at least |about |around |the )?$", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:between|from) (?:the )?$", re.IGNORECASE)
_LINKS = re.compile(r",? (?:and|to|until|till|through) |\s?[-–]\s?")
_SUPERLATIVE = re.compile(
    r"\b(?:\w+est|most|least|best|worst|first|highs?|lows?)\b[^,;.]{0,40} since (?:the )?$", re.IGNORECASE
)
_BACK = re.compile(r" (?:before|earlier)\b(?! \w+ing)")
_BESIDE = re.compile(r"(?: [a-z]+){0,2}?(?:,? or [^,;]{1,25})?,? (?:in |on |for |during )?(?:the )?")
_BEFORE = 60  # characters before a time that may open a span


class Figure(NamedTuple):
    """A quantity with its head in the parse, the words over it, and who reports it.

    `bases` are the quantities of the article from which others start, `is_base` says whether this is one of them,
    `changes` whether a figure of the same sentence tells of a change.
    """

    quantity: Quantity
    head: int
    over: Sequence[Over]
    cue: int | None
    bases: Sequence[Quantity]
    is_base: bool
    changes: bool


class Found(NamedTuple):
    """A time of a sentence, its own days and those that it means with a "since" or "to", and its head in the parse."""

    start: int
    end: int
    own: Days
    days: Days
    root: int
    is_span: bool


def as_of(text: str, tree: Tree, times: Sequence[Found], figure: Figure, published: date | None) -> Days:
    """The days of the innermost clause over a figure that has a time, else the day of publication.

    `times` are those of its sentence, by `found`. Of two times in one clause the nearer counts. Next come times of a
    participle or relative clause of what is counted ("12 men arrested in May"); a time beside the cue is when it was
    said, and serves where there is no other. What a change starts from has unknown days where it has none of its own.
    """
    depth = _depths(tree, figure)
    limit = _own(tree, figure, depth)
    given = figure.quantity
    near: list[tuple[int, int, int, Days]] = []
    for time in times:
        apart = time.end <= given["start"] or given["end"] <= time.start
        if apart and _clause_of(tree, time, figure):
            return time.own
        where = _hangs(text, tree, time, figure, depth) if apart else None
        if where is not None and where[1] < limit:
            near.append((*where, abs(time.start - given["start"]), time.days))
    if near:
        return min(near, key=lambda f: f[:3])[3]
    return (None, None) if limit < SAID else (published, published)


def found(tree: Tree, text: str, times: Sequence[Time], published: date | None) -> list[Found]:
    """Those of a sentence's times that have known days; each end of a span has the days of the whole."""
    here = [t for t in times if t["first_day"] is not None]
    rows: list[Found] = []
    for n, time in enumerate(here):
        root = tree.top(tree.touched(time["start"], time["end"]))
        if root is None or _points_elsewhere(text, time):
            continue
        days = _span(text, here, n, published)
        given = (time["first_day"], time["last_day"])
        rows.append(Found(time["start"], time["end"], given, days or given, root, days is not None))
    return rows


def _points_elsewhere(text: str, time: Time) -> bool:
    """Whether a time only leads to another: "the highest since April" is not of April, nor "the year before" of it."""
    ahead = max(0, time["start"] - _BEFORE)
    return bool(_BACK.match(text, time["end"]) or _SUPERLATIVE.search(text, ahead, time["start"]))


def _span(text: str, times: Sequence[Time], n: int, published: date | None) -> Days | None:
    """The days of the span that a time is an end of: "between May 1 and 3", "since 2018"; null where it is none."""
    time = times[n]
    for low, high in pairwise(times[max(n - 1, 0) : n + 2]):
        opened = _OPENS.search(text[max(0, low["start"] - _BEFORE) : low["start"]])
        if opened and _LINKS.fullmatch(text[low["end"] : high["start"]]):
            return low["first_day"], high["last_day"]
    since = _SINCE.search(text[max(0, time["start"] - _BEFORE) : time["start"]])
    first = time["first_day"]
    return (first, published) if since and first is not None and published is not None and first <= published else None


def _depths(tree: Tree, figure: Figure) -> dict[int, int]:
    """How far over the figure each word stands; a participle's clause ("..., killing 72") is of the one over it."""
    depth = {figure.head: 0} | {step.word: n for n, step in enumerate(figure.over, 1)}
    word = figure.over[-1].word if figure.over else figure.head
    while (
        word != figure.cue
        and (_is_participle(tree, word) or tree.lower[word] == "with")
        and tree.head[word] not in depth
    ):
        word = tree.head[word]
        depth[word] = len(depth)
    if figure.cue is not None and figure.cue not in depth:
        depth[figure.cue] = SAID
    return depth


def _is_participle(tree: Tree, word: int) -> bool:
    """Whether a verb is said beside another, of the same subject: "..., killing 72", "to close at 50"."""
    if tree.dep[word] != "advcl" or tree.has(word, INTRODUCED):
        return False
    return tree.tag[word] in PARTICIPLES or any(tree.tag[c] == "TO" for c in tree.lefts(word))


def _own(tree: Tree, figure: Figure, depth: Mapping[int, int]) -> int:
    """The depth from which on times are another figure's, where this one is what a change starts from."""
    leads = [depth[s.word] for s in figure.over if _compares(tree, s.word, changes=True)] if figure.is_base else []
    return min(leads, default=SAID + 1)


def _compares(tree: Tree, word: int, *, changes: bool) -> bool:
    """Whether a word leads what something is compared with: "than", "compared with", and of changes "from"."""
    lower = tree.lower[word]
    if lower in THAN or (changes and lower in STARTS):
        return True
    return lower in {"to", "with"} and tree.lemma[tree.head[word]].lower() in COMPARE


def _hangs(text: str, tree: Tree, time: Found, figure: Figure, depth: Mapping[int, int]) -> tuple[int, int] | None:
    """Whose time it is (the clause's: 0, that of what is counted: 1, of who says it: 2), and the depth where it hangs.

    Null where it is another clause's, another figure's, or the day on which something falls due.
    """
    for base in figure.bases:
        if base["end"] < time.start and _BESIDE.fullmatch(text, base["end"], time.start):
            return (0, 0) if base is figure.quantity else None
    said = depth[figure.cue] if figure.cue is not None else SAID
    within = False
    for word in (time.root, *tree.ancestors(time.root)):
        if word in depth:
            rank = 2 if depth[word] >= said else int(within)
            return (rank, depth[word]) if _is_shared(tree, time, word, figure) else None
        if (
            _counts_other(tree, word, figure)
            or tree.lower[word] in FALLING_DUE
            or (not time.is_span and _compares(tree, word, changes=figure.changes))
        ):
            return None
        dep = tree.dep[word]
        if tree.pos[word] in CLAUSES and dep != "xcomp":
            if figure.cue is not None and dep == "acl" and tree.head[tree.head[word]] == figure.cue:
                return 2, SAID  # "a poll released in May found"
            if not (_restricts(tree, word, figure) or (dep in {"acl", "relcl"} and tree.lemma[word] in HAPPENING)):
                return None
            within = True
    return None


def _clause_of(tree: Tree, time: Found, figure: Figure) -> bool:
    """Whether the figure stands in a clause on the time itself: "in May, when they traded at $10"."""
    top = figure.over[-1].word if figure.over else figure.head
    return tree.dep[top] in {"relcl", "advcl"} and time.start <= tree.start[tree.head[top]] < time.end


def _counts_other(tree: Tree, word: int, figure: Figure) -> bool:
    """Whether a word is the next item of a list: "12 ships, one in 2019 and the second in 2021"."""
    if word <= figure.head or tree.dep[word] not in {"conj", "appos"} or tree.entity[word] in {"DATE", "TIME"}:
        return False
    numbered = tree.pos[word] == "NUM" or tree.entity[word] == "ORDINAL"
    return numbered or any(tree.dep[c] == "nummod" for c in tree.lefts(word))


def _restricts(tree: Tree, verb: int, figure: Figure) -> bool:
    """Whether a verb says of what is counted which is meant: "12 men arrested in May", "12 men who fled in May"."""
    nouns = [figure.head]
    for step in figure.over:
        if step.by not in MODIFIERS:
            break
        nouns.append(step.word)
    head = tree.head[verb]
    if head not in nouns or verb < figure.head or "," in tree.lower[head:verb]:
        return False
    dep = tree.dep[verb]
    return dep == "acl" or (dep == "relcl" and any(tree.tag[c] in RELATIVES for c in tree.lefts(verb)))


def _is_shared(tree: Tree, time: Found, verb: int, figure: Figure) -> bool:
    """Whether the time of a clause is also that of one that is coordinated to it, in which the figure stands.

    So it is where it stands in front of both, or where the second has the same tense and no subject of its own.
    """
    if tree.pos[verb] not in CLAUSES:
        return True
    steps = (s.below for s in figure.over if s.word == verb and s.by == "conj" and tree.pos[s.below] in CLAUSES)
    below = next(steps, None)
    if below is None:
        return True
    subjects = [min(tree.under([c])) for c in tree.lefts(verb) if tree.dep[c] in SUBJECTS]
    if time.end <= tree.start[min(subjects, default=verb)]:
        return True
    return not tree.has(below, SUBJECTS) and tree.tag[below] == tree.tag[verb]
