"""The days for which a figure is given.

They are the days that its own words tell: of what it counts ("257 died on Aug. 7" is as of Aug. 7, whenever it was
found out), else the day on which somebody said so, else the day of publication. What a figure is compared with has days
of its own, or unknown ones.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipelines.extract.hedges import MODIFIERS, Over
from pipelines.schemas import Quantity, Time

Days = tuple[date | None, date | None]
CLAUSES = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
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

    `bases` are the quantities of the article from which others start, `changes` says whether a figure of the same
    sentence tells of a change.
    """

    quantity: Quantity
    head: Token
    over: Sequence[Over]
    cue: Token | None
    bases: Sequence[Quantity]
    changes: bool

    @property
    def is_base(self) -> bool:
        """Whether another figure starts from it."""
        return any(base is self.quantity for base in self.bases)


class Found(NamedTuple):
    """A time of a sentence, its own days and those that it means with a "since" or "to", and its head in the parse."""

    start: int
    end: int
    own: Days
    days: Days
    root: Token
    is_span: bool


def as_of(doc: Doc, text: str, times: Sequence[Time], figure: Figure, published: date | None) -> Days:
    """The days of the innermost clause over a figure that has a time, else the day of publication.

    Of two times in one clause the nearer counts. Next come times of a participle or relative clause of what is counted
    ("12 men arrested in May"); a time beside the cue is when it was said, and serves where there is no other. What a
    change starts from has unknown days where it has none of its own.
    """
    depth = _depths(figure)
    limit = _own(figure, depth)
    given = figure.quantity
    found: list[tuple[int, int, int, Days]] = []
    for time in _near(doc, text, times, figure.head, published):
        apart = time.end <= given["start"] or given["end"] <= time.start
        if apart and _clause_of(time, figure):
            return time.own
        where = _hangs(text, time, figure, depth) if apart else None
        if where is not None and where[1] < limit:
            found.append((*where, abs(time.start - given["start"]), time.days))
    if found:
        return min(found, key=lambda f: f[:3])[3]
    return (None, None) if limit < SAID else (published, published)


def _near(doc: Doc, text: str, times: Sequence[Time], head: Token, published: date | None) -> Iterator[Found]:
    """Times with known days in the figure's sentence; each end of a span has the days of the whole."""
    sent = head.sent
    here = [t for t in times if t["first_day"] is not None and sent.start_char <= t["start"] < sent.end_char]
    for n, time in enumerate(here):
        span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
        if span is None or _points_elsewhere(text, time):
            continue
        days = _span(text, here, n, published)
        given = (time["first_day"], time["last_day"])
        yield Found(time["start"], time["end"], given, days or given, span.root, days is not None)


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


def _depths(figure: Figure) -> dict[int, int]:
    """How far over the figure each word stands; a participle's clause ("..., killing 72") is of the one over it."""
    depth = {figure.head.i: 0} | {step.word.i: n for n, step in enumerate(figure.over, 1)}
    token = figure.over[-1].word if figure.over else figure.head
    while token != figure.cue and (_is_participle(token) or token.lower_ == "with") and token.head.i not in depth:
        token = token.head
        depth[token.i] = len(depth)
    if figure.cue is not None and figure.cue.i not in depth:
        depth[figure.cue.i] = SAID
    return depth


def _is_participle(token: Token) -> bool:
    """Whether a verb is said beside another, of the same subject: "..., killing 72", "to close at 50"."""
    own = any(c.dep_ in SUBJECTS or c.dep_ == "mark" for c in token.children)
    bare = token.tag_ in PARTICIPLES or any(c.tag_ == "TO" for c in token.lefts)
    return token.dep_ == "advcl" and bare and not own


def _own(figure: Figure, depth: Mapping[int, int]) -> int:
    """The depth from which on times are another figure's, where this one is what a change starts from."""
    leads = [depth[s.word.i] for s in figure.over if _compares(s.word, changes=True)] if figure.is_base else []
    return min(leads, default=SAID + 1)


def _compares(token: Token, *, changes: bool) -> bool:
    """Whether a word leads what something is compared with: "than", "compared with", and of changes "from"."""
    over = token.head.lemma_.lower() in COMPARE
    return token.lower_ in THAN or (changes and token.lower_ in STARTS) or (over and token.lower_ in {"to", "with"})


def _hangs(text: str, time: Found, figure: Figure, depth: Mapping[int, int]) -> tuple[int, int] | None:
    """Whose time it is (the clause's: 0, that of what is counted: 1, of who says it: 2), and the depth where it hangs.

    Null where it is another clause's, another figure's, or the day on which something falls due.
    """
    for base in figure.bases:
        if base["end"] < time.start and _BESIDE.fullmatch(text, base["end"], time.start):
            return (0, 0) if base is figure.quantity else None
    said = depth[figure.cue.i] if figure.cue is not None else SAID
    within = False
    for token in (time.root, *time.root.ancestors):
        if token.i in depth:
            rank = 2 if depth[token.i] >= said else int(within)
            return (rank, depth[token.i]) if _is_shared(time, token, figure) else None
        if (
            _counts_other(token, figure)
            or token.lower_ in FALLING_DUE
            or (not time.is_span and _compares(token, changes=figure.changes))
        ):
            return None
        if token.pos_ in CLAUSES and token.dep_ != "xcomp":
            if figure.cue is not None and token.dep_ == "acl" and token.head.head == figure.cue:
                return 2, SAID  # "a poll released in May found"
            if not (_restricts(token, figure) or (token.dep_ in {"acl", "relcl"} and token.lemma_ in HAPPENING)):
                return None
            within = True
    return None


def _clause_of(time: Found, figure: Figure) -> bool:
    """Whether the figure stands in a clause on the time itself: "in May, when they traded at $10"."""
    top = figure.over[-1].word if figure.over else figure.head
    return top.dep_ in {"relcl", "advcl"} and time.start <= top.head.idx < time.end


def _counts_other(token: Token, figure: Figure) -> bool:
    """Whether a word is the next item of a list: "12 ships, one in 2019 and the second in 2021"."""
    numbered = token.pos_ == "NUM" or token.ent_type_ == "ORDINAL" or any(c.dep_ == "nummod" for c in token.lefts)
    return token.dep_ in {"conj", "appos"} and token.i > figure.head.i and numbered and not _is_date(token)


def _is_date(token: Token) -> bool:
    return token.ent_type_ in {"DATE", "TIME"}


def _restricts(verb: Token, figure: Figure) -> bool:
    """Whether a verb says of what is counted which is meant: "12 men arrested in May", "12 men who fled in May"."""
    nouns = [figure.head]
    for step in figure.over:
        if step.by not in MODIFIERS:
            break
        nouns.append(step.word)
    if verb.head not in nouns or verb.i < figure.head.i or any(t.text == "," for t in verb.doc[verb.head.i : verb.i]):
        return False
    return verb.dep_ == "acl" or (verb.dep_ == "relcl" and any(c.tag_ in RELATIVES for c in verb.lefts))


def _is_shared(time: Found, verb: Token, figure: Figure) -> bool:
    """Whether the time of a clause is also that of one that is coordinated to it, in which the figure stands.

    So it is where it stands in front of both, or where the second has the same tense and no subject of its own.
    """
    below = next((s.below for s in figure.over if s.word == verb and s.by == "conj" and s.below.pos_ in CLAUSES), None)
    if below is None or verb.pos_ not in CLAUSES:
        return True
    subject = [c.left_edge.idx for c in verb.lefts if c.dep_ in SUBJECTS]
    own = any(c.dep_ in SUBJECTS for c in below.children)
    return time.end <= min(subject, default=verb.idx) or (not own and below.tag_ == verb.tag_)
