"""The clause that a figure stands in: its subject, its verb, and the place that it gives."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipelines.extract.frames import subject_token
from pipelines.extract.hedges import Over
from pipelines.extract.reporting import upto
from pipelines.extract.speakers import RELATIVE
from pipelines.extract.tree import Tree
from pipelines.schemas import Mention

Characters = tuple[int, int]
VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
HELPERS = frozenset({"aux", "auxpass", "neg", "advmod"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
# "in Port Almer" before "to Port Almer", and both before "Port Almer's".
LOCATIVE = frozenset(
    {"in", "at", "near", "across", "around", "outside", "inside", "within", "throughout", "along", "off"}
)
TOWARDS = frozenset({"on", "over", "to", "into", "through", "onto"})
FORCES = frozenset({"troop", "soldier", "force", "citizen", "national", "official", "diplomat"})  # "U.S. troops"
MODIFIERS = frozenset({"compound", "poss", "amod", "nmod"})
# Of these a country is the place as well as the subject: "Norlund has 40 mines".
HOLDING = frozenset(
    {"have", "report", "record", "see", "register", "suffer", "host", "hold", "number", "boast", "count"}
)


class Clause(NamedTuple):
    """The head of the subject, its characters, and those of the verb with its auxiliaries."""

    head: Token | None
    subject: Characters | None
    verb: Characters | None


def clause(doc: Doc, tree: Tree, figure: Token, stops: frozenset[int]) -> Clause:
    """The innermost clause that has a verb; `stops` are the tokens of times."""
    verb = next((t for t in figure.ancestors if t.pos_ in VERBS and t.dep_ not in {"aux", "auxpass"}), None)
    if verb is None:
        return Clause(None, None, None)
    head = _subject(tree, verb)
    return Clause(head, _phrase(doc, head, verb, stops) if head is not None else None, _verb(doc, verb))


def _subject(tree: Tree, verb: Token) -> Token | None:
    """The head of the subject; of "there were", what there was; of a relative clause, its noun."""
    if any(c.dep_ == "expl" for c in verb.children):
        return next((c for c in verb.rights if c.dep_ in {"attr", "nsubj", "dobj"}), None)
    own = [c for c in verb.lefts if c.dep_ in SUBJECTS]
    head = own[-1] if own else _above(tree, verb)  # the first of two may be a dateline
    if head is not None and head.lower_ in RELATIVE:
        above = next((a for a in head.ancestors if a.dep_ == "relcl"), None)
        return above.head if above is not None else None
    if head is None and verb.dep_ == "acl" and verb.tag_ == "VBN":
        return verb.head  # "40 homes built by the lake"
    return head


def _above(tree: Tree, verb: Token) -> Token | None:
    """The subject through coordination and control, and through an adjective: "is likely to be"."""
    adjective = verb.head if verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ" else None
    return subject_token(tree, adjective.head if adjective is not None else verb)


def _phrase(doc: Doc, head: Token, verb: Token, stops: frozenset[int]) -> Characters:
    if head.pos_ == "PRON":
        return head.idx, head.idx + len(head)
    first = head.left_edge.i
    while first < head.i and (doc[first].is_punct or doc[first].is_space):
        first += 1
    span = upto(doc, first, head, stops if head.i not in stops else frozenset())
    if span.start <= verb.i < span.end and verb.i != head.i:
        span = doc[span.start : verb.i] if verb.i > head.i else doc[verb.i + 1 : span.end]
    return span.start_char, span.end_char


def _verb(doc: Doc, verb: Token) -> Characters:
    """From the first auxiliary to the verb and its particle, where nothing else stands between."""
    helpers = {c.i for c in verb.children if c.dep_ in HELPERS}
    first = last = verb.i
    while first - 1 in helpers:
        first -= 1
    while first < verb.i and doc[first].dep_ == "advmod":
        first += 1
    if last + 1 < len(doc) and doc[last + 1].dep_ == "prt" and doc[last + 1].head == verb:
        last += 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def place(
    doc: Doc, mentions: Sequence[Mention], figure: Token, own: frozenset[int], over: Sequence[Over], cue: Token | None
) -> Mention | None:
    """The place named in the innermost clause that names one, up to the cue; null where the sentence gives none.

    What stands in or at comes before what stands elsewhere, then the nearer. `own` are the tokens of what the figure
    counts or describes: of these alone a place may be the owner ("Norlund's exports").
    """
    levels = {figure.i: 0} | {step.word.i: n for n, step in enumerate(over, 1) if step.word != cue}
    sent = figure.sent
    found: list[tuple[int, int, int, Mention]] = []
    for mention in mentions:
        if mention["type"] not in PLACES or not sent.start_char <= mention["start"] < sent.end_char:
            continue
        span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
        if span is None:
            continue
        held = _held(span.root, own | {figure.i}, levels)
        if held is not None:
            found.append((*held, abs(span.root.i - figure.i), mention))
    return min(found, key=lambda f: f[:3])[3] if found else None


def _held(name: Token, own: frozenset[int], levels: dict[int, int]) -> tuple[int, int] | None:
    """How far out the word stands that a place hangs on, and how well it is told; null where it is no place."""
    how = _how(name, own)
    if how is None:
        return None
    return next(((levels[above.i], how) for above in _up(name) if above.i in levels), None)


def _how(name: Token, own: frozenset[int]) -> int | None:
    """0 for where, 1 for whither, 2 for whose."""
    if name.dep_ == "pobj":
        return _by_preposition(name.head, own)
    if name.dep_ in MODIFIERS:
        if name.head.i in own:
            return None if name.head.lemma_ in FORCES else 2
        inside = name.head.dep_ == "pobj" and name.head.head.lower_ in LOCATIVE | TOWARDS
        return 1 if inside else None
    return 2 if name.dep_ in SUBJECTS and name.head.lemma_ in HOLDING else None


def _by_preposition(preposition: Token, own: frozenset[int]) -> int | None:
    word = preposition.lower_
    if word in LOCATIVE:
        return 0
    if word == "of":
        return 1 if preposition.head.i in own else None
    return 1 if word in TOWARDS and preposition.head.pos_ in VERBS else None


def _up(name: Token) -> Iterator[Token]:
    """The words over a place, up to a clause of its own."""
    for above in name.ancestors:
        yield above
        if above.pos_ in VERBS and above.dep_ != "xcomp":
            return
