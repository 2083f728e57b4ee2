"""The noun phrase that a figure describes: the subject of what is said, or the noun whose property it is."""

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from pipelines.extract.figures import Figure

NOUNS = frozenset(["NOUN", "PROPN"])
MODIFIES = frozenset(["nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "poss"])
LEADING = frozenset(["det", "poss", "predet", "case"])
_VERBS = frozenset(["VERB", "AUX"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj"])
_OF_OBJECT = frozenset(["by", "to", "for", "from", "at"])
_ADJUNCTS = frozenset(["in", "after", "during", "since", "before"])
_PARTS = frozenset(["each", "all", "some", "most", "many", "none", "half", "both", "one"])
_RELATIVES = frozenset(["WDT", "WP"])
_PASSED = frozenset(["total", "age"])
_LEVELS = frozenset(["close", "high", "low", "peak", "equivalent", "top"])  # "to a low of 4,120", "on top of"
_CLIMB, _LONGEST, _SHORT = 10, 10, 6
HYPHENS = frozenset("-‐‑")
Characters = tuple[int, int]


def described(figure: Figure, root: Token, noun: Token | None, owners: Mapping[int, Figure]) -> Characters | None:
    """The phrase, in characters; nothing where the figure only counts, or only tells how long something takes.

    `owners` tells for a token which figure it belongs to: one figure never describes another.
    """
    node = noun if noun is not None and not _is_partitive(noun, root) else root
    if figure.kind == "duration" and _is_adjunct(node):
        return None
    for _ in range(_CLIMB):
        head = node.head
        if head.i == node.i:
            return None
        if head.i in owners or head is noun or head.lower_ in _PASSED:
            node = head
            continue
        found = _noun_of(node, head, owners)
        if found is not None and found.lower_ in _LEVELS:
            node = found
            continue
        if found is None and head.pos_ in _VERBS and node.dep_ != "conj":
            found = _of_verb(node, head, owners) if node.dep_ not in _SUBJECTS else None
            return phrase(found, figure, owners) if found is not None else None
        if found is not None:
            return phrase(found, figure, owners)
        node = head
    return None


def _is_partitive(noun: Token, root: Token) -> bool:
    """Whether the noun counted hangs on the figure by "of": the climb then begins at the figure."""
    return noun.dep_ in ("pobj", "pcomp") and noun.head.head.i == root.i


def _is_adjunct(node: Token) -> bool:
    """As in "in three months", "nine days later": tells when or how long."""
    late = node.dep_ == "npadvmod" and node.head.pos_ in ("ADV", "ADP", "SCONJ")
    return late or (node.dep_ == "pobj" and node.head.lower_ in _ADJUNCTS and node.head.head.pos_ in _VERBS)


def _noun_of(node: Token, head: Token, owners: Mapping[int, Figure]) -> Token | None:
    """The noun that a modifier, a prepositional phrase or an apposition belongs to, if the step is one."""
    if node.dep_ in MODIFIES and head.pos_ in NOUNS:
        return head
    if node.dep_ in ("pobj", "pcomp") and head.head.pos_ in NOUNS and head.head.i not in owners:
        return head.head
    if node.dep_ in ("appos", "acl", "advmod", "prep", "relcl") and head.pos_ in NOUNS and node.pos_ != "VERB":
        return head
    return None


def _of_verb(node: Token, verb: Token, owners: Mapping[int, Figure]) -> Token | None:
    """What a verb says the figure of: the object that it changes ("cut its forecast to 2%"), else its subject."""
    changes_object = node.dep_ in ("npadvmod", "advmod", "acomp", "oprd") or node.lower_ in _OF_OBJECT
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.i not in owners and c.pos_ in NOUNS]
    if changes_object and objects and objects[0].i < node.i and objects[0].ent_type_ not in ("DATE", "TIME"):
        return objects[0]
    return _subject(verb)


def _subject(verb: Token) -> Token | None:
    """The noun that a verb is said of: its subject, the noun of its relative clause, or the subject above it."""
    for _ in range(_CLIMB):
        own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if own is not None and own.tag_ in _RELATIVES:
            return _antecedent(own, verb)
        if own is not None:
            return own if own.pos_ in NOUNS else _whole(own)
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in NOUNS and not _is_plan(verb):
            return verb.head
        if _is_plan(verb):
            verb = verb.head
        if verb.head.i == verb.i or verb.head.pos_ not in (*_VERBS, "ADJ", "ADP", "SCONJ"):
            return None
        verb = verb.head
    return None


def _antecedent(relative: Token, verb: Token) -> Token | None:
    """The noun of a relative clause: the one right before the pronoun, else the one that the parse gives."""
    before = relative.i - 1
    while before > 0 and relative.doc[before].is_punct:
        before -= 1
    near = relative.doc[before]
    if near.pos_ in NOUNS and near.i < relative.i:
        return near
    return verb.head if verb.head.pos_ in NOUNS else None


def _whole(part: Token) -> Token | None:
    """The noun behind "each of", "some of"."""
    if part.lower_ not in _PARTS:
        return None
    inner = (c for prep in part.children if prep.lower_ == "of" for c in prep.children if c.pos_ in NOUNS)
    return next(inner, None)


def _is_plan(verb: Token) -> bool:
    """As in "plans to lay off": the infinitive of a noun that is an object is said of the subject above."""
    infinitive = verb.dep_ == "acl" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return infinitive and verb.head.dep_ == "dobj"


def phrase(head: Token, figure: Figure, owners: Mapping[int, Figure]) -> Characters | None:
    """A noun phrase without its determiner, with the prepositional phrases behind it, never over the figure."""
    if head.i in owners:
        return None
    while head.dep_ == "compound" and head.head.i > head.i and head.head.pos_ in NOUNS and head.head.i not in owners:
        head = head.head
    doc = head.doc
    if head.i > 1 and doc[head.i - 1].text == "(" and doc[head.i - 2].pos_ == "PROPN":  # "Ford (F)"
        head = doc[head.i - 2]
    first = max(
        (i + 1 for i in range(head.left_edge.i, head.i) if i in owners and doc[i + 1].text != "-"),
        default=head.left_edge.i,
    )
    while first < head.i and _is_dispensable(doc[first], figure, head):
        first += 1
    while head.i - first > _LONGEST:  # a clause that the parse hung on the noun
        first += 1
    first, last = _unbroken(doc, first, _last(head, owners).i, owners)
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    return (start, end) if end <= figure.start or start >= figure.end else None


def _unbroken(doc: Doc, first: int, last: int, owners: Mapping[int, Figure]) -> tuple[int, int]:
    """The tokens of a phrase, with what a hyphen ties to either end of it: the "minis" of "e-minis"."""
    while last + 2 < len(doc) and _is_tied(doc, last, owners):
        last += 2
    while first > 1 and _is_tied(doc, first - 2, owners):
        first -= 2
    return first, last


def _is_tied(doc: Doc, at: int, owners: Mapping[int, Figure]) -> bool:
    """Whether a word is written together with the one after the next, over a hyphen."""
    word, hyphen = doc[at], doc[at + 1]
    return (
        hyphen.text in HYPHENS and not word.whitespace_ and not hyphen.whitespace_ and not {at, at + 2} & owners.keys()
    )


def _last(head: Token, owners: Mapping[int, Figure]) -> Token:
    """The last token of a noun phrase: names and numbers behind a name, and prepositional phrases without figures."""
    doc = head.doc
    last = head
    while last.i + 1 < len(doc) and _belongs(doc[last.i + 1], head, owners):
        last = doc[last.i + 1]
    if (partner := _partner(last, head, owners)) is not None:
        return partner
    for child in head.rights:
        if child.i <= last.i:
            continue
        inside = range(child.i, child.right_edge.i + 1)
        timed = any(grand.ent_type_ in ("DATE", "TIME") for grand in child.children)
        known = child.dep_ == "prep" and child.i == last.i + 1 and child.lower_ in _PLACES
        if not known or timed or any(i in owners for i in inside):
            break
        clause = next((c for c in child.subtree if c.dep_ in ("relcl", "acl") or c.text == ","), None)
        last = child.right_edge if clause is None else doc[clause.left_edge.i - 1]
        if clause is not None:
            break
    while last.is_punct and last.i > head.i:
        last = doc[last.i - 1]
    return last


def _partner(last: Token, head: Token, owners: Mapping[int, Figure]) -> Token | None:
    """The second of two subjects that share a verb: "the lender and its parent have 30 days"."""
    joint = next((c for c in head.children if c.dep_ == "cc" and c.i == last.i + 1 and c.lower_ == "and"), None)
    second = next((c for c in head.children if c.dep_ == "conj" and c.i > last.i), None)
    if joint is None or second is None or head.dep_ not in _SUBJECTS or second.pos_ != head.pos_:
        return None
    between = range(joint.i, second.right_edge.i + 1)
    simple = len(between) <= _SHORT and not any(i in owners or head.doc[i].pos_ in _VERBS for i in between)
    return second if simple else None


def _belongs(token: Token, head: Token, owners: Mapping[int, Figure]) -> bool:
    """A number or a name behind a name: the 500 of "S&P 500"."""
    hung = token.dep_ in ("nummod", "appos", "compound") and not token.is_punct
    return head.pos_ == "PROPN" and hung and token.i not in owners and token.pos_ in ("NUM", "PROPN")


_PLACES = frozenset(["of", "in", "for", "on", "to", "at", "between", "among", "across", "from", "with", "per"])


def _is_dispensable(token: Token, figure: Figure, head: Token) -> bool:
    if token.ent_type_ in ("DATE", "TIME"):
        return True
    if token.dep_ in LEADING or token.pos_ in ("DET", "PUNCT", "PRON", "SYM", "CCONJ"):
        return token.pos_ not in NOUNS
    return token.idx < figure.end <= head.idx
