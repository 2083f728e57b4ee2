"""The clause that a figure stands in: its subject, its verb, and the place that it gives."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipelines.extract.frames import subject
from pipelines.extract.hedges import Over
from pipelines.extract.reporting import upto
from pipelines.extract.speakers import RELATIVE
from pipelines.extract.tree import Tree
from pipelines.schemas import Mention

Characters = tuple[int, int]
Place = tuple[Mention, int]
VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
AUXILIARIES = frozenset({"aux", "auxpass"})
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

    head: int | None
    subject: Characters | None
    verb: Characters | None


def clause(doc: Doc, tree: Tree, figure: int, stops: frozenset[int]) -> Clause:
    """The innermost clause that has a verb; `stops` are the tokens of times."""
    above = (w for w in tree.ancestors(figure) if tree.pos[w] in VERBS and tree.dep[w] not in AUXILIARIES)
    verb = next(above, None)
    if verb is None:
        return Clause(None, None, None)
    head = _subject(tree, verb)
    return Clause(head, _phrase(doc, doc[head], verb, stops) if head is not None else None, _verb(doc, tree, verb))


def _subject(tree: Tree, verb: int) -> int | None:
    """The head of the subject; of "there were", what there was; of a relative clause, its noun."""
    if tree.first(tree.children[verb], "expl") is not None:
        return next((c for c in tree.rights(verb) if tree.dep[c] in {"attr", "nsubj", "dobj"}), None)
    own = [c for c in tree.lefts(verb) if tree.dep[c] in SUBJECTS]
    head = own[-1] if own else _above(tree, verb)  # the first of two may be a dateline
    if head is not None and tree.lower[head] in RELATIVE:
        above = tree.first(tree.ancestors(head), "relcl")
        return tree.head[above] if above is not None else None
    if head is None and tree.dep[verb] == "acl" and tree.tag[verb] == "VBN":
        return tree.head[verb]  # "40 homes built by the lake"
    return head


def _above(tree: Tree, verb: int) -> int | None:
    """The subject through coordination and control, and through an adjective: "is likely to be"."""
    head = tree.head[verb]
    likely = tree.dep[verb] == "xcomp" and tree.pos[head] == "ADJ"
    return subject(tree, tree.head[head] if likely else verb)


def _phrase(doc: Doc, head: Token, verb: int, stops: frozenset[int]) -> Characters:
    if head.pos_ == "PRON":
        return head.idx, head.idx + len(head)
    first = head.left_edge.i
    while first < head.i and (doc[first].is_punct or doc[first].is_space):
        first += 1
    span = upto(doc, first, head, stops if head.i not in stops else frozenset())
    if span.start <= verb < span.end and verb != head.i:
        span = doc[span.start : verb] if verb > head.i else doc[verb + 1 : span.end]
    return span.start_char, span.end_char


def _verb(doc: Doc, tree: Tree, verb: int) -> Characters:
    """From the first auxiliary to the verb and its particle, where nothing else stands between."""
    helpers = {c for c in tree.children[verb] if tree.dep[c] in HELPERS}
    first = last = verb
    while first - 1 in helpers:
        first -= 1
    while first < verb and tree.dep[first] == "advmod":
        first += 1
    if last + 1 < len(doc) and tree.dep[last + 1] == "prt" and tree.head[last + 1] == verb:
        last += 1
    return tree.start[first], tree.start[last] + len(doc[last])


def places(tree: Tree, mentions: Sequence[Mention]) -> list[Place]:
    """The places among some names, each with its head."""
    heads = ((m, tree.top(tree.touched(m["start"], m["end"]))) for m in mentions if m["type"] in PLACES)
    return [(mention, head) for mention, head in heads if head is not None]


def place(
    tree: Tree, named: Sequence[Place], figure: int, own: frozenset[int], over: Sequence[Over], cue: int | None
) -> Mention | None:
    """The place named in the innermost clause that names one, up to the cue; null where the sentence gives none.

    What stands in or at comes before what stands elsewhere, then the nearer. `named` are the places of the sentence,
    `own` the tokens of what the figure counts or describes: of these alone a place may be the owner ("Norlund's
    exports").
    """
    levels = {figure: 0} | {step.word: n for n, step in enumerate(over, 1) if step.word != cue}
    found: list[tuple[int, int, int, Mention]] = []
    for mention, head in named:
        held = _held(tree, head, own | {figure}, levels)
        if held is not None:
            found.append((*held, abs(head - figure), mention))
    return min(found, key=lambda f: f[:3])[3] if found else None


def _held(tree: Tree, name: int, own: frozenset[int], levels: dict[int, int]) -> tuple[int, int] | None:
    """How far out the word stands that a place hangs on, and how well it is told; null where it is no place."""
    how = _how(tree, name, own)
    if how is None:
        return None
    return next(((levels[above], how) for above in _up(tree, name) if above in levels), None)


def _how(tree: Tree, name: int, own: frozenset[int]) -> int | None:
    """0 for where, 1 for whither, 2 for whose."""
    dep, head = tree.dep[name], tree.head[name]
    if dep == "pobj":
        return _by_preposition(tree, head, own)
    if dep in MODIFIERS:
        if head in own:
            return None if tree.lemma[head] in FORCES else 2
        inside = tree.dep[head] == "pobj" and tree.lower[tree.head[head]] in LOCATIVE | TOWARDS
        return 1 if inside else None
    return 2 if dep in SUBJECTS and tree.lemma[head] in HOLDING else None


def _by_preposition(tree: Tree, preposition: int, own: frozenset[int]) -> int | None:
    word, head = tree.lower[preposition], tree.head[preposition]
    if word in LOCATIVE:
        return 0
    if word == "of":
        return 1 if head in own else None
    return 1 if word in TOWARDS and tree.pos[head] in VERBS else None


def _up(tree: Tree, name: int) -> Iterator[int]:
    """The words over a place, up to a clause of its own."""
    for above in tree.ancestors(name):
        yield above
        if tree.pos[above] in VERBS and tree.dep[above] != "xcomp":
            return
