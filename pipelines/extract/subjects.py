"""The noun that a verb is said of: its own subject, one above it, or the noun of its relative clause."""

from spacy.tokens import Token

from pipelines.extract.cues import cue_classes
from pipelines.extract.phrases import NOUNS, VERBS, is_when

_PARTS = frozenset(["each", "all", "some", "most", "many", "none", "half", "both", "one"])
_RELATIVES = frozenset(["WDT", "WP"])
_DASHES = frozenset("-–—")
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_SAYS = frozenset(["say", "tell", "show", "think"])
_IMPERSONAL = frozenset(["be", "cost", "take", "seem", "appear", "emerge", "follow"])  # "it took three weeks"
_THINGS = frozenset(["ORG", "GPE", "PRODUCT", "FAC"])
_CLIMB = 10


def subject(verb: Token) -> Token | None:
    """The head of what a verb is said of; nothing where that is a pronoun that stands for nothing named before it."""
    for _ in range(_CLIMB):
        own = _own(verb)
        if own is not None:
            return _antecedent(own, verb) if own.tag_ in _RELATIVES else _nominal(own)
        if (missed := _neighbour(verb) or _changed(verb)) is not None:
            return missed
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in NOUNS and not _is_plan(verb):
            return verb.head
        if verb.dep_ in ("ccomp", "parataxis") and cue_classes(verb.head) & _SAYS:
            return None  # whoever says it is not what it is said of
        if _is_plan(verb):
            verb = verb.head
        if verb.head.i == verb.i or verb.head.pos_ not in (*VERBS, "ADJ", "ADP", "SCONJ"):
            return None
        verb = verb.head
    return None


def _own(verb: Token) -> Token | None:
    """The subject of a verb; behind a dateline ("RIVERTON (Agency) - Novar said"), the last that the parse gives."""
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.lower_ not in ("the", "a", "an")]
    between = verb.doc[own[0].i + 1 : own[1].left_edge.i] if len(own) > 1 else ()
    dash = any(t.text in _DASHES and t.nbor(-1).whitespace_ for t in between)
    dateline = dash and own[0].ent_type_ == "GPE" and own[0].left_edge.is_sent_start
    return own[-1] if dateline else own[0] if own else None


def _nominal(own: Token) -> Token | None:
    """A subject that is a noun or an index ("the STOXX 600"), the noun of a part, or the name of a pronoun."""
    index = own.pos_ == "NUM" and own.left_edge.i < own.i and own.nbor(-1).text[0].isupper()
    deed = own.tag_ == "VBG" and (own.i == 0 or own.nbor(-1).whitespace_)  # "Sampling found 4 parts per billion."
    return own if own.pos_ in NOUNS or index or deed else _whole(own) or _named_before(own)


def _changed(verb: Token) -> Token | None:
    """The object of which a participle is said: "left the dollar little changed at 90.8"."""
    if verb.dep_ != "ccomp" or verb.tag_ not in ("VBN", "VBD"):
        return None
    return next((c for c in verb.head.rights if c.dep_ == "dobj" and c.i < verb.i and c.pos_ in NOUNS), None)


def _antecedent(relative: Token, verb: Token) -> Token | None:
    """The noun of a relative clause: the one right before the pronoun, else the one that the parse gives."""
    before = relative.i - 1
    while before > 0 and relative.doc[before].is_punct:
        before -= 1
    near = relative.doc[before]
    if near.dep_ == "pobj" and near.head.lower_ == "per":  # "a fee per guest, which is $50"
        near = near.head.head
    if near.pos_ in NOUNS and near.i < relative.i:
        return near
    return verb.head if verb.head.pos_ in NOUNS else None


def _whole(part: Token) -> Token | None:
    """The noun behind "each of", "some of"."""
    if part.lower_ not in _PARTS:
        return None
    inner = (c for prep in part.children if prep.lower_ == "of" for c in prep.children if c.pos_ in NOUNS)
    return next(inner, None)


def _named_before(pronoun: Token) -> Token | None:
    """The name that "it", "he" or "she" stands for, where it is the subject before it in the sentence."""
    it = pronoun.lower_ == "it"
    if (it and pronoun.head.lemma_ in _IMPERSONAL) or (not it and pronoun.lower_ not in ("he", "she")):
        return None
    for at in range(pronoun.i - 1, pronoun.sent.start - 1, -1):
        token = pronoun.doc[at]
        if token.dep_ in ("nsubj", "nsubjpass") and token.pos_ in NOUNS:
            fits = token.ent_type_ in _THINGS if it else token.ent_type_ == "PERSON"
            return token if fits and token.pos_ == "PROPN" else None
    return None


def _neighbour(verb: Token) -> Token | None:
    """The noun phrase right before a finite verb to which the parse gave no subject.

    "the current was 2.5 amperes and the voltage across it was 5 volts": the parse may join the voltage to the amperes.
    """
    first = min([c.i for c in verb.lefts if c.dep_ in ("aux", "auxpass")], default=verb.i)
    doc = verb.doc
    if first <= verb.sent.start or doc[first].tag_ not in _FINITE:
        return None
    node = doc[first - 1]
    if node.pos_ not in (*NOUNS, "NUM", "PRON") or node.tag_ in _RELATIVES:
        return None
    while node.dep_ not in _JOINED and node.head.i < first and node.head.i != node.i:
        node = node.head
    return node if node.pos_ in NOUNS and node.dep_ == "conj" and not is_when(node) else None


_JOINED = frozenset(["conj", "dobj", "attr", "appos", "npadvmod", "dep", "ROOT"])


def _is_plan(verb: Token) -> bool:
    """As in "plans to lay off": the infinitive of a noun that is an object is said of the subject above."""
    infinitive = verb.dep_ == "acl" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return infinitive and verb.head.dep_ == "dobj"
