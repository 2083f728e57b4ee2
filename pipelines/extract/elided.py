"""The noun that a figure leaves out because another figure has named it."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipelines.extract.figures import Figure
from pipelines.extract.parsed import Parse
from pipelines.extract.phrases import VERBS, Characters, is_when


def elided(parse: Parse, figures: Sequence[Figure], index: int) -> Characters | None:
    """The noun that a figure leaves out: "5,000 troops ... raise that to 10,000", "two or three men"."""
    figure = figures[index]
    behind = figures[index + 1] if index + 1 < len(figures) else None
    text = parse.text
    if behind is not None and text[figure.end : behind.start].strip(" -").lower() in _LINKS and behind.is_bare:
        return behind.counted
    if (
        behind is not None
        and behind.change
        and _is_points(parse, behind)
        and _STANDS.fullmatch(text, figure.end, behind.start)
    ):
        return behind.counted  # "at 16,240, up 58 points"
    if (same := of_them(parse, figures, index) or _of_same_role(parse, figures, index)) is not None:
        return same
    before = next((f for f in reversed(figures[max(0, index - 3) : index]) if f.kind == "cardinal"), None)
    follower, leader = parse.following(figure.end), parse.at(figure.start)
    if before is None or before.counted is None or parse.at(before.end - 1).sent != leader.sent:
        return None
    leads = ("to", "from", "including", "at") if _is_points(parse, before) else ("to", "from", "including")
    led = leader.i > 0 and leader.nbor(-1).lower_ in leads
    followed = follower is not None and follower.lower_ in ("who", "total", "more", "others")
    return before.counted if led or followed else None


def of_them(parse: Parse, figures: Sequence[Figure], index: int) -> Characters | None:
    """The noun that a pronoun stands for of which a figure is a part.

    "They found 40 stray dogs, 12 of them ill." -> last counted stray dogs
    "They have 40 dogs, of which 30% are old." -> last counted dogs
    """
    figure = figures[index]
    text = parse.text
    behind = _OF_THEM.match(text, figure.end)
    ahead = _OF_WHICH.search(text, max(figure.start - _CLOSE, 0), figure.start)
    if behind is None and ahead is None:
        return None
    named = [f for f in reversed(figures[max(0, index - _FAR) : index]) if f.counted is not None]
    first = next(iter(named), None)
    if first is None or first.counted is None or first.kind == "duration":
        return None
    noun = parse.at(first.counted[1] - 1)
    far = figure.start - first.counted[1] > _CLOSE and (ahead or (behind and behind["near"]))
    return first.counted if noun.tag_ in _PLURAL and noun.sent == parse.at(figure.start).sent and not far else None


_OF_THEM = re.compile(r" of (?:(?P<near>whom|which)|them|those(?= (?:are|were|is|had|have|has)\b|[,.]))\b")
_OF_WHICH = re.compile(r"\bof (?:them|whom|which) (?:(?:about|only|just|at least|nearly|some) )?$")
_CLOSE = 40
_PLURAL = frozenset(["NNS", "NNPS"])


def _of_same_role(parse: Parse, figures: Sequence[Figure], index: int) -> Characters | None:
    """The noun of an earlier count in the sentence, where the number stands as a noun of the same role.

    "Three barges sank and 12 were damaged." -> last counted barges
    "The storm killed 14 ewes, including 3 lambs, and hurt 60." -> last counted ewes
    "The Reds have 26 seats, the Blues have 51." -> last counted seats
    """
    figure = figures[index]
    root = parse.root(figure.start, figure.end)
    if figure.number.form == "zero" or not _is_alone(root):
        return None
    for before in reversed(figures[max(0, index - _FAR) : index]):
        if before.counted is None or before.kind != "cardinal" or before.reading is not None:
            continue
        noun = parse.at(before.counted[1] - 1)
        if noun.sent != root.sent:
            return None
        if not is_when(noun) and noun.lemma_ not in _OF_THEIR_VERB and _is_parallel(root, noun):
            return before.counted
    return None


def _is_alone(root: Token) -> bool:
    """Whether a number is a noun of its own, with no noun behind it that it could be of."""
    partitive = any(child.dep_ == "prep" and child.lower_ in ("of", "points") for child in root.rights)
    role = root.dep_ in _ROLES or _is_missed_subject(root)
    return role and root.head.pos_ in VERBS and not partitive


def _is_missed_subject(root: Token) -> bool:
    """Whether the parse joined a number to a verb, though another verb that has no subject follows at once."""
    follows = root.i + 1 < len(root.doc) and root.nbor().tag_ in ("VBD", "VBZ", "VBP", "MD")
    return root.dep_ == "conj" and follows


def _is_parallel(root: Token, noun: Token) -> bool:
    """Whether a number is said of in the same way as the noun counted before it."""
    verb, other = root.head, noun.head
    if root.dep_ == "conj":
        return noun.dep_ in _ROLES and other.i == verb.i
    if _ROLES[root.dep_] == "subject":
        return noun.dep_ in _ROLES and other.i != verb.i and other.i in {t.i for t in _above(verb)}
    if _ROLES.get(noun.dep_) != "object" or other.i == verb.i:
        return False
    shared = not any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    joined = verb.dep_ == "conj" and other.i in {t.i for t in _above(verb)}
    return (joined and shared) or verb.lemma_ == other.lemma_ or {verb.lemma_, other.lemma_} <= _HOLD


def _above(verb: Token) -> Iterator[Token]:
    """The verbs that one is joined on to by "and", or stands beside as a clause."""
    while verb.dep_ in ("conj", "ccomp", "parataxis") and verb.head.i != verb.i:
        verb = verb.head
        yield verb


_FAR = 5
_OF_THEIR_VERB = frozenset(["life", "run"])  # "claimed 40 lives and hurt 60"
_ROLES = {"nsubj": "subject", "nsubjpass": "subject", "dobj": "object"}
_HOLD = frozenset(["have", "hold", "win", "take", "get", "gain", "receive", "lose", "own", "keep"])


def _is_points(parse: Parse, figure: Figure) -> bool:
    """Whether a figure is the level of an index: the next one after "at" is, too."""
    return figure.counted is not None and parse.text[slice(*figure.counted)] == "points"


_STANDS = re.compile(r",? \(?(?:up|down|a gain of|a loss of|a rise of|a fall of) ")
_LINKS = frozenset(["or", "to", "and", ",", ", and", ", or"])
