"""What a figure counts and what it describes, by the dependency parse."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from spacy.tokens import Doc, Token

from pipelines.extract.figures import Figure
from pipelines.schemas import Quantity

_NOUNS = frozenset(["NOUN", "PROPN"])
_MODIFIES = frozenset(["nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "poss"])
_LEADING = frozenset(["det", "poss", "predet", "case"])
_LISTED = frozenset(
    ["dead", "wounded", "injured", "missing", "killed", "hurt", "others", "sick", "homeless", "unemployed"]
)
_CLIMB = 8
Characters = tuple[int, int]


class Parse:
    """The tokens of a parsed document, found by character."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc

    @cached_property
    def _starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    def at(self, char: int) -> Token:
        """The token that holds a character."""
        return self.doc[max(bisect_right(self._starts, char) - 1, 0)]

    def root(self, start: int, end: int) -> Token:
        """The token of a span that the others hang on."""
        last = self.at(end - 1)
        first = self.at(start).i
        node = last
        while first <= node.head.i <= last.i and node.head is not node and node.head.i != node.i:
            node = node.head
        return node


def ground(parse: Parse, figures: Sequence[Figure]) -> None:
    """Set `counted` and `about` of each figure."""
    for index, figure in enumerate(figures):
        if figure.kind in ("score",):
            continue
        root = parse.root(figure.start, figure.end)
        noun = _counted(parse, figure, root)
        if noun is not None:
            figure.counted = _counted_span(parse, figure, noun)
        figure.about = _about(figure, root, noun)
        if (
            figure.about
            and figure.counted
            and figure.about[0] < figure.counted[1]
            and figure.counted[0] < figure.about[1]
        ):
            figure.about = None
        if figure.counted is None and figure.is_bare and index and figure.kind == "cardinal":
            figure.counted = _elided(parse, figures[index - 1], figure)


def _counted(parse: Parse, figure: Figure, root: Token) -> Token | None:
    """The noun counted or measured out."""
    if figure.is_age or figure.kind == "ordinal":
        return None
    if (part := _partitive(parse, figure, root)) is not None:
        return part
    if figure.kind not in ("cardinal", "fraction", "multiple"):
        return None
    head = root.head
    if root.dep_ in _MODIFIES and head.idx >= figure.end and (head.pos_ in _NOUNS or head.lower_ in _LISTED):
        return head
    return _next_noun(parse, figure)


def _partitive(parse: Parse, figure: Figure, root: Token) -> Token | None:
    """The noun behind "of": "75% of buildings", "3 million barrels of oil", "two of the deputies"."""
    follower = _following(parse, figure.end)
    if follower is None or follower.lower_ != "of":
        return None
    return next(
        (child for child in follower.children if child.dep_ in ("pobj", "pcomp") and child.pos_ in _NOUNS), None
    )


def _following(parse: Parse, end: int) -> Token | None:
    after = parse.at(end - 1).i + 1
    return parse.doc[after] if after < len(parse.doc) else None


def _next_noun(parse: Parse, figure: Figure) -> Token | None:
    """The head of the nouns that follow at once, where the parse hangs the number elsewhere."""
    token = _following(parse, figure.end)
    seen = None
    while token is not None and token.pos_ in ("NOUN", "PROPN", "ADJ"):
        seen = token if token.pos_ in _NOUNS or token.lower_ in _LISTED else seen
        token = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return seen


def _counted_span(parse: Parse, figure: Figure, noun: Token) -> Characters | None:
    """The noun phrase from behind the figure to its head, without determiners."""
    left = [t for t in noun.subtree if figure.end <= t.idx <= noun.idx]
    doc = noun.doc
    first = min((t.i for t in left), default=noun.i)
    while first < noun.i and (
        doc[first].dep_ in _LEADING
        or doc[first].pos_ in ("DET", "PUNCT", "ADP", "NUM", "SYM")
        or doc[first].lower_ in ("more", "of", "other's")
    ):
        first += 1
    return doc[first].idx, noun.idx + len(noun)


def _elided(parse: Parse, before: Figure, figure: Figure) -> Characters | None:
    """The noun of the figure before, where this one has none: "5,000 troops ... raise that to 10,000"."""
    same = parse.at(before.start).sent.start == parse.at(figure.start).sent.start
    return before.counted if same and before.kind == "cardinal" else None


def _about(figure: Figure, root: Token, noun: Token | None) -> Characters | None:
    """The noun phrase that a figure describes."""
    node = noun if noun is not None else root
    for _ in range(_CLIMB):
        head = node.head
        if head is node or head.i == node.i:
            return None
        dep = node.dep_
        if dep in _MODIFIES and head.pos_ in _NOUNS and head is not noun:
            return _phrase(head, figure)
        if dep == "pobj" and head.head.pos_ in _NOUNS:
            return _phrase(head.head, figure)
        if dep in ("nsubj", "nsubjpass") and node is not root:
            return None
        if dep == "appos" and head.pos_ in _NOUNS:
            return _phrase(head, figure)
        if head.pos_ in ("VERB", "AUX") and dep not in ("nsubj", "nsubjpass", "conj"):
            subject = _subject(head)
            return _phrase(subject, figure) if subject is not None else None
        node = head
    return None


def _subject(verb: Token) -> Token | None:
    """The noun that a verb is said of: its subject, the noun of its relative clause, or the subject above it."""
    for _ in range(_CLIMB):
        own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if own is not None and own.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            return verb.head
        if own is not None:
            return own if own.pos_ in _NOUNS else None
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in _NOUNS:
            return verb.head
        if verb.head.i == verb.i or verb.head.pos_ not in ("VERB", "AUX", "ADJ"):
            return None
        verb = verb.head
    return None


def _phrase(head: Token, figure: Figure) -> Characters | None:
    """A noun phrase without its determiner, with the prepositional phrases behind it, never over the figure."""
    doc = head.doc
    first = head.left_edge.i
    while first < head.i and (
        doc[first].dep_ in _LEADING or doc[first].pos_ in ("DET", "PUNCT") or doc[first].idx < figure.end <= head.idx
    ):
        first += 1
    last = head
    for child in head.rights:
        if child.dep_ != "prep" or child.i != last.i + 1 or child.right_edge.idx >= figure.start > head.idx:
            break
        last = child.right_edge
    start, end = doc[first].idx, last.idx + len(last)
    return (start, end) if end <= figure.start or start >= figure.end else None


def spans(row: Quantity, text: str, figure: Figure) -> Quantity:
    """Fill the counted and described noun phrases of a row."""
    if figure.counted:
        row["counted_start"], row["counted_end"] = figure.counted
        row["counted"] = text[figure.counted[0] : figure.counted[1]]
    if figure.about:
        row["about_start"], row["about_end"] = figure.about
        row["about"] = text[figure.about[0] : figure.about[1]]
    return row
