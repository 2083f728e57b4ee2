"""What a figure counts and what it describes, by the dependency parse."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from pipelines.extract.changes import NOUNS as CHANGES
from pipelines.extract.described import LEADING, MODIFIES, NOUNS, Characters, described, phrase
from pipelines.extract.figures import Figure
from pipelines.schemas import Quantity

_LISTED = frozenset(
    ["dead", "wounded", "injured", "missing", "killed", "hurt", "others", "sick", "homeless", "unemployed"]
)


class Parse:
    """The tokens of a parsed document, found by character."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, doc.text

    @cached_property
    def _starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    def at(self, char: int) -> Token:
        """The token that holds a character."""
        return self.doc[max(bisect_right(self._starts, char) - 1, 0)]

    def tokens(self, start: int, end: int) -> Span:
        """The tokens of a stretch of characters."""
        return self.doc[self.at(start).i : self.at(end - 1).i + 1]

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
    owners = {token.i: figure for figure in figures for token in parse.tokens(figure.start, figure.end)}
    for figure in figures:
        if figure.kind == "score":
            continue
        root = parse.root(figure.start, figure.end)
        noun = _counted(parse, figure, root)
        if noun is not None and not noun.text[0].isalpha():
            noun = None
        if noun is not None and (noun.lower_ == "total" or (figure.change and noun.lower_ in CHANGES)):
            # "raise that to 10,000 total", "a 469,000 increase" leave the noun out
            noun = None
        if noun is not None:
            figure.plural = noun.tag_ in PLURAL
            figure.unit = figure.unit or _rate(figure, noun)
            figure.counted = _counted_span(figure, noun)
        figure.about = _beside(parse, figure, owners) or described(figure, root, noun, owners)
        if figure.about is None and figure.counted is None:
            figure.about = _shared(parse, figure, owners)
        if figure.about and figure.counted and _overlap(figure.about, figure.counted):
            figure.about = None
    for index in range(len(figures) - 1, -1, -1):
        figure = figures[index]
        if figure.counted is None and figure.is_bare and figure.kind == "cardinal":
            figure.counted = _elided(parse, figures, index)


def _counted(parse: Parse, figure: Figure, root: Token) -> Token | None:
    """The noun counted or measured out."""
    if figure.is_age or figure.kind == "ordinal":
        return None
    part = _partitive(parse, figure)
    return part if part is not None or figure.kind not in _COUNTS else _head_noun(parse, figure, root)


_COUNTS = frozenset(["cardinal", "fraction", "multiple"])


def _head_noun(parse: Parse, figure: Figure, root: Token) -> Token | None:
    """The noun that a number modifies."""
    head = root.head
    if figure.number.form == "zero":
        return head if root.dep_ == "det" and head.idx >= figure.end and head.pos_ in NOUNS else None
    if parse.text[figure.end : figure.end + 1] == "-":  # "a three-bed apartment" counts beds
        return _next_noun(parse, figure, hyphened=True)
    if root.dep_ in MODIFIES and head.idx >= figure.end and (head.pos_ in NOUNS or head.lower_ in _LISTED):
        return _whole(head, figure)
    return _next_noun(parse, figure)


def _rate(figure: Figure, noun: Token) -> str | None:
    """The unit of a count in a time: "three thousand tests per day" -> test per day."""
    doc = noun.doc
    if figure.kind != "cardinal" or figure.number.form in ("vague", "zero") or noun.i + 2 >= len(doc):
        return None
    each, period = doc[noun.i + 1], doc[noun.i + 2]
    timed = period.lower_ in _PERIODS and each.lower_ in ("a", "an", "per", "each", "every")
    return f"{noun.lemma_.lower()} per {period.lower_}" if timed else None


_PERIODS = frozenset(["second", "minute", "hour", "day", "night", "week", "month", "year", "season", "game"])
PLURAL = frozenset(["NNS", "NNPS"])


def _partitive(parse: Parse, figure: Figure) -> Token | None:
    """The noun behind "of": "75% of buildings", "3 million barrels of oil", "two of the deputies"."""
    follower = _following(parse, figure.end)
    if follower is None or follower.lower_ != "of":
        return None
    return next((child for child in follower.children if child.dep_ in ("pobj", "pcomp") and child.pos_ in NOUNS), None)


def _following(parse: Parse, end: int) -> Token | None:
    after = parse.at(end - 1).i + 1
    return parse.doc[after] if after < len(parse.doc) else None


def _whole(noun: Token, figure: Figure) -> Token:
    """The plural noun that a noun is part of: "two gas-only options", but "a 3 cylinder engine" counts cylinders."""
    last = noun
    while last.dep_ in MODIFIES and last.head.i > last.i and last.head.pos_ in (*NOUNS, "ADJ"):
        last = last.head
    return last if last.tag_ in ("NNS", "NNPS") or figure.value == 1 else noun


def _next_noun(parse: Parse, figure: Figure, *, hyphened: bool = False) -> Token | None:
    """The head of the nouns that follow at once, where the parse hangs the number elsewhere."""
    token = _following(parse, figure.end)
    seen = None
    if hyphened and token is not None and token.text == "-" and token.i + 1 < len(token.doc):
        token = token.doc[token.i + 1]
        if token.lower_ not in ("plus", "odd", "some"):  # "the 600-plus songs"
            return token if token.pos_ in NOUNS else None
        token = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    while token is not None and (_is_nominal(token) or (seen is None and _is_attribute(token))):
        seen = token if token.pos_ in NOUNS or token.lower_ in _LISTED else seen
        token = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return seen


def _is_nominal(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "ADJ") or token.lower_ in _LISTED


def _is_attribute(token: Token) -> bool:
    """A participle, or what joins two adjectives: "3m combined digital and physical sales"."""
    return (token.dep_ == "amod" and token.pos_ == "VERB") or (
        token.pos_ == "CCONJ" and token.i > 0 and token.nbor(-1).pos_ == "ADJ"
    )


def names_model(parse: Parse, figure: Figure) -> bool:
    """Whether a number is part of a name, as what it seems to count is one in the singular: "787 Dreamliner"."""
    if not figure.is_bare or figure.counted is None or figure.number.form != "figures" or figure.number.scaled:
        return False
    noun = parse.at(figure.counted[1] - 1)
    written = parse.text[figure.start : figure.end]
    alone = figure.value != 1 and written.isdigit() and parse.text[figure.end : figure.end + 1] == " "
    return alone and noun.tag_ == "NNP" and noun.idx >= figure.end and noun.text[-1] != "s"


def _counted_span(figure: Figure, noun: Token) -> Characters | None:
    """The noun phrase from behind the figure to its head, without determiners."""
    left = [t for t in noun.subtree if figure.end <= t.idx <= noun.idx]
    doc = noun.doc
    first = min((t.i for t in left), default=noun.i)
    first = max((t.i + 1 for t in left if t.pos_ == "NUM" and doc[t.i - 1].pos_ == "CCONJ"), default=first)
    while first < noun.i and (
        doc[first].dep_ in LEADING
        or doc[first].pos_ in ("DET", "PUNCT", "ADP", "NUM", "SYM", "CCONJ")
        or doc[first].lower_ in ("more", "of", "-", "odd", "plus")
        or doc[first].text[0].isdigit()
    ):
        first += 1
    return doc[first].idx, noun.idx + len(noun)


def _elided(parse: Parse, figures: Sequence[Figure], index: int) -> Characters | None:
    """The noun that a figure leaves out: "5,000 troops ... raise that to 10,000", "two or three men"."""
    figure = figures[index]
    behind = figures[index + 1] if index + 1 < len(figures) else None
    text = parse.text
    if behind is not None and text[figure.end : behind.start].strip(" -").lower() in _LINKS and behind.is_bare:
        return behind.counted
    before = next((f for f in reversed(figures[max(0, index - 3) : index]) if f.kind == "cardinal"), None)
    if before is None or "." in text[before.end : figure.start]:
        return None
    follower, leader = _following(parse, figure.end), parse.at(figure.start).i
    led = leader > 0 and parse.doc[leader - 1].lower_ in ("to", "from", "including")
    followed = follower is not None and follower.lower_ in ("who", "total")
    return before.counted if led or followed else None


_LINKS = frozenset(["or", "to", "and", ",", ", and", ", or"])


def spans(row: Quantity, text: str, figure: Figure) -> Quantity:
    """Fill the counted and described noun phrases of a row."""
    if figure.counted:
        row["counted_start"], row["counted_end"] = figure.counted
        row["counted"] = text[figure.counted[0] : figure.counted[1]]
    if figure.about:
        row["about_start"], row["about_end"] = figure.about
        row["about"] = text[figure.about[0] : figure.about[1]]
    return row


def _beside(parse: Parse, figure: Figure, owners: Mapping[int, Figure]) -> Characters | None:
    """What a figure that has no clause of its own describes.

    A conversion in brackets describes what the figure before it does; "Novar, down 3%" its name.
    """
    at = parse.at(figure.start).i - 1
    doc = parse.doc
    if at > 0 and doc[at].text == "(" and at - 1 in owners:
        return owners[at - 1].about
    while at > 0 and doc[at].idx > figure.cue_start:
        at -= 1
    if at < 2 or doc[at].lower_ not in ("up", "down"):  # noqa: PLR2004
        return None
    before = doc[at - 1]
    if before.text in (",", "("):
        before = doc[at - 2]
    if before.i in owners and owners[before.i] is not figure:
        return owners[before.i].about
    return phrase(before, figure, owners) if before.pos_ == "PROPN" else None


def _shared(parse: Parse, figure: Figure, owners: Mapping[int, Figure]) -> Characters | None:
    """What the figure of the same unit before it in its sentence describes: "49.5 Hz on Monday, 50.1 Hz on Friday"."""
    if figure.unit is None or figure.kind == "duration":
        return None
    doc = parse.doc
    for at in range(parse.at(figure.start).i - 1, -1, -1):
        if doc[at + 1].is_sent_start:
            return None
        before = owners.get(at)
        if before is not None and before is not figure:
            return before.about if before.unit == figure.unit else None
    return None


def _overlap(one: Characters, other: Characters) -> bool:
    return one[0] < other[1] and other[0] < one[1]
