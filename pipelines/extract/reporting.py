"""The reporting clause: what stands beside a cue that is neither what is said nor who says it."""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from pipelines.extract.cues import cue_classes
from pipelines.extract.direct import Attribution
from pipelines.extract.tree import Tree

VERBS = frozenset({"VERB", "AUX"})
CLAUSES = frozenset({"ccomp", "relcl", "acl", "advcl", "conj", "parataxis", "csubj", "appos"})
SPEECH = frozenset({"say", "tell", "speak", "ask", "order", "call"})
SPEAKING = frozenset({"speak", "talk", "write", "testify", "appear", "address", "post"})
HANGS = frozenset({"advcl", "acl", "xcomp"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "ccomp", "expl"})


class Beside(NamedTuple):
    """A phrase of the reporting clause by its head, and the word that it hangs on."""

    head: Token
    on: Token


def verbs(said: Attribution) -> list[Token]:
    """The cue if it tells of speech, and the verbs that tell of the same act: they hang on it, or it on them.

    "speaking in Port Almer, she said", "wrote on Facebook, saying that", "in a letter he thanked them and said".
    """
    if said.cue is None:
        return []
    cue = said.cue
    if not _is_speech(cue):
        return []
    found = [cue, *(c for c in cue.children if c.dep_ == "advcl" and c.tag_ == "VBG" and c.lemma_ in SPEAKING)]
    if cue.tag_ == "VBG" and cue.dep_ in HANGS and cue.head.pos_ in VERBS:
        found.append(cue.head)
    if cue.dep_ == "conj" and cue.head.pos_ in VERBS and not any(c.dep_ in SUBJECTS for c in cue.children):
        found.append(cue.head)
    return found


def belongs(phrase: Token, verb: Token, cue: Token) -> bool:
    """Whether what hangs on a verb is about the cue too; of two verbs side by side, what opens the sentence is."""
    return not (cue.dep_ == "conj" and verb == cue.head) or phrase.i < verb.i


def _is_speech(cue: Token) -> bool:
    """Whether a cue is an act of speech, with a place and a day: not a thought or a wish, and no finding."""
    return cue.lower_ == "according" or cue.pos_ == "NOUN" or bool(cue_classes(cue) & SPEECH)


def beside(said: Attribution, told: Sequence[Token]) -> list[Beside]:
    """The phrases of a reporting clause that hang on its verbs."""
    return [
        Beside(child, verb)
        for verb in told
        for child in verb.children
        if child.dep_ not in SUBJECTS | CLAUSES and not _is_said(child, said) and belongs(child, verb, told[0])
    ]


def _is_said(token: Token, said: Attribution) -> bool:
    return any(start <= token.idx < end for start, end in said.pieces)


def upto(doc: Doc, first: int, head: Token, stops: frozenset[int]) -> Span:
    """A phrase from its first token on, up to a clause, a comma or a token to stop at behind its head.

    `stops` are tokens of times, which are told apart from the phrase: "in a statement / on Tuesday".
    """
    end = head.right_edge.i + 1
    at = head.i + 1
    while at < end and not _ends(doc[at], head, stops):
        at += 1
    while at - 1 > head.i and (doc[at - 1].is_punct or doc[at - 1].pos_ in {"ADP", "ADV", "CCONJ", "DET", "PART"}):
        at -= 1
    return doc[first:at]


def _ends(token: Token, head: Token, stops: frozenset[int]) -> bool:
    if (
        token.i in stops
        or token.ent_type_ in {"DATE", "TIME"}
        or token.is_space
        or token.text in {",", ";", ":", "(", "—", "–", "--", "-"}
    ):
        return not (token.text == "-" and not token.nbor(-1).whitespace_)
    return token.dep_ in {"relcl", "acl", "advcl", "ccomp"} or _opens(token, head)


def _opens(token: Token, head: Token) -> bool:
    """Whether a token begins a clause on the phrase: "that the mayor sent"."""
    clause = next((a for a in token.ancestors if a.dep_ in {"relcl", "acl", "advcl", "ccomp"}), None)
    return clause is not None and head.is_ancestor(clause)


def within(tree: Tree, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Indices of the tokens that character spans touch."""
    return frozenset(word for start, end in spans for word in tree.touched(start, end))
