"""The characters of a noun phrase about its head: what a newsroom would print of it."""

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from pipelines.extract.figures import Figure

NOUNS = frozenset(["NOUN", "PROPN"])
LEADING = frozenset(["det", "poss", "predet", "case"])
VERBS = frozenset(["VERB", "AUX"])
SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj"])
_WHEN = frozenset(["DATE", "TIME"])
_NAMES = frozenset(["ORG", "PERSON", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART"])
_WEAK = frozenset(["much", "far", "even", "just", "only", "still", "also"])  # "a much larger battery"
_SIZES = frozenset(["high", "tall", "wide", "long", "deep", "thick", "old", "strong"])  # "a 15-metre high mast"
_LONGEST, _SHORT = 10, 6
_HYPHENS = frozenset("-‐‑")
Characters = tuple[int, int]


def is_when(token: Token) -> bool:
    """Whether a word is part of a date or a clock time."""
    return token.ent_type_ in _WHEN


def phrase(head: Token, figure: Figure, owners: Mapping[int, Figure]) -> Characters | None:
    """A noun phrase without its determiner, with the prepositional phrases behind it, never over the figure."""
    if head.i in owners or not any(map(str.isalnum, head.text)):
        return None
    while head.dep_ == "compound" and head.head.i > head.i and head.head.pos_ in NOUNS and head.head.i not in owners:
        head = head.head
    doc = head.doc
    if head.i > 1 and doc[head.i - 1].text == "(" and doc[head.i - 2].pos_ == "PROPN":  # "Ford (F)"
        head = doc[head.i - 2]
    first = max(
        (i + 1 for i in range(head.left_edge.i, head.i) if i in owners and _ends_before(doc[i], figure, owners)),
        default=head.left_edge.i,
    )
    while first < head.i and _is_dispensable(doc[first], figure, head):
        first += 1
    while first and doc[first - 1].pos_ == "PROPN" and _is_within_name(doc[first], head, owners):
        first -= 1  # a name that the parse took apart
    while head.i - first > _LONGEST:  # a clause that the parse hung on the noun
        first += 1
    first, last = unbroken(doc, _opened(doc, first, head.i), _last(head, owners).i, owners)
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    return (start, end) if end <= figure.start or start >= figure.end else None


def _ends_before(token: Token, figure: Figure, owners: Mapping[int, Figure]) -> bool:
    """Whether a phrase begins behind a figure: behind its own, and any that no hyphen ties to the phrase's words.

    The "homer" of "Ana Ruiz's two-run homer" is what the runs describe, without Ana Ruiz.
    """
    return owners[token.i] is figure or token.nbor().text != "-"


def _opened(doc: Doc, first: int, head: int) -> int:
    """The first token of a phrase behind a bracket that opens within it, as in "a bargain (base price: ..."."""
    opened = first
    for at in range(first, head):
        if doc[at].text in "([":
            opened = at + 1
        elif doc[at].text in ")]":
            opened = first
    return opened


def unbroken(doc: Doc, first: int, last: int, owners: Mapping[int, Figure]) -> tuple[int, int]:
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
        hyphen.text in _HYPHENS and not word.whitespace_ and not hyphen.whitespace_ and not {at, at + 2} & owners.keys()
    )


def _last(head: Token, owners: Mapping[int, Figure]) -> Token:
    """The last token of a noun phrase: names and numbers behind a name, and prepositional phrases without figures."""
    doc = head.doc
    last = head
    while last.i + 1 < len(doc) and _is_within_name(doc[last.i + 1], head, owners):
        last = doc[last.i + 1]
    while last.i + 1 < len(doc) and _belongs(doc[last.i + 1], head, owners):
        last = doc[last.i + 1]
    if (partner := _partner(last, head, owners)) is not None:
        return partner
    for child in head.rights:
        if child.i <= last.i:
            continue
        inside = range(child.i, child.right_edge.i + 1)
        timed = any(grand.ent_type_ in ("DATE", "TIME") for grand in child.children)
        known = child.dep_ == "prep" and child.lower_ in _PLACES
        known = (known or _is_done(child)) and child.i == last.i + 1
        if not known or timed or any(i in owners for i in inside):
            break
        clause = next(
            (c for c in child.subtree if (c.dep_ in ("relcl", "acl") and c.i != child.i) or _is_list_comma(c)), None
        )
        last = child.right_edge if clause is None else doc[clause.left_edge.i - 1]
        if clause is not None:
            break
    while last.i > head.i and _is_loose(last):
        last = doc[last.i - 1]
    return last


def _is_done(clause: Token) -> bool:
    """Whether a short participle tells of what a phrase is ("heat stored in the tank"), and not who did it or when."""
    words = [*clause.subtree]
    told = any(word.dep_ == "agent" or is_when(word) for word in words)
    return clause.dep_ == "acl" and clause.tag_ == "VBN" and len(words) <= _SHORT and not told


def _is_loose(token: Token) -> bool:
    """Whether a word cannot end a phrase: a preposition, or an adjective whose noun the parse gave to another."""
    adjective = token.pos_ == "ADJ" and token.dep_ != "pobj"
    return adjective or token.is_punct or token.pos_ in ("ADP", "ADV", "CCONJ", "DET")


def _is_within_name(token: Token, head: Token, owners: Mapping[int, Figure]) -> bool:
    """Whether a word goes on the name of its kind that a head belongs to: the "& Sons" of "Marlow & Sons"."""
    named = head.pos_ == "PROPN" and head.ent_type_ in _NAMES and token.ent_type_ == head.ent_type_
    return named and token.ent_iob_ == "I" and token.i not in owners and token.tag_ != "POS"


def _is_list_comma(token: Token) -> bool:
    """Whether a comma joins nouns ("the north, the west"), not two adjectives before one ("new, light trams")."""
    return token.text == "," and token.head.i < token.i


def _partner(last: Token, head: Token, owners: Mapping[int, Figure]) -> Token | None:
    """The second of two subjects that share a verb: "the lender and its parent have 30 days"."""
    joint = next((c for c in head.children if c.dep_ == "cc" and c.i == last.i + 1 and c.lower_ == "and"), None)
    second = next((c for c in head.children if c.dep_ == "conj" and c.i > last.i), None)
    if joint is None or second is None or head.dep_ not in SUBJECTS or second.pos_ != head.pos_:
        return None
    between = range(joint.i, second.right_edge.i + 1)
    simple = len(between) <= _SHORT and not any(i in owners or head.doc[i].pos_ in VERBS for i in between)
    return second if simple else None


def _belongs(token: Token, head: Token, owners: Mapping[int, Figure]) -> bool:
    """A number or a name behind a name or a noun: the 500 of "S&P 500", the name in "the base Dorado 7"."""
    if token.i in owners or token.is_punct or token.pos_ not in ("NUM", "PROPN"):
        return False
    name = token if token.dep_ == "appos" else token.head
    titled = name.dep_ == "appos" and name.head.i == head.i and name.left_edge.i == head.i + 1 and name.pos_ == "PROPN"
    named = head.pos_ == "PROPN" or head.text.isupper()
    return titled or (named and token.dep_ in ("nummod", "appos", "compound"))


_PLACES = frozenset(["of", "in", "for", "on", "to", "at", "between", "among", "across", "from", "with", "per"])


def _is_dispensable(token: Token, figure: Figure, head: Token) -> bool:
    """Whether a word before the head is left out at the start of a phrase: determiners, days, the figure itself."""
    before = token.nbor(-2 if token.i > 1 and token.nbor(-1).text in _HYPHENS else -1) if token.i else token
    size = token.lower_ in _SIZES and before.idx < figure.end <= token.idx
    if size or token.text in _HYPHENS:
        return True
    if is_when(token) and not is_when(head):
        day = token if token.head.i == head.i else token.head
        kept = day.head.i == head.i and day.dep_ in ("amod", "compound") and head.pos_ == "NOUN"
        return not kept  # "the December contract", "the daily limit", but "last week's vote"
    if token.dep_ in LEADING or token.pos_ in ("DET", "PUNCT", "PRON", "SYM", "CCONJ"):
        return token.pos_ not in NOUNS
    return token.idx < figure.end <= head.idx or token.lower_ in _WEAK
