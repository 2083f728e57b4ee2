"""What a figure counts and what it describes, by the dependency parse."""

import itertools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files

from spacy.tokens import Token

from pipelines.extract.ages import mark_age
from pipelines.extract.beside import beside, owner, shared
from pipelines.extract.change_words import NOUNS as CHANGES
from pipelines.extract.described import MODIFIES, described
from pipelines.extract.elided import elided, of_them
from pipelines.extract.figures import Figure
from pipelines.extract.name_row import name_of_row
from pipelines.extract.parsed import Parse
from pipelines.extract.phrases import LEADING, NOUNS, Characters, is_when, unbroken
from pipelines.extract.readings import SINCE
from pipelines.schemas import Quantity

_LISTED = frozenset(
    ["dead", "wounded", "injured", "missing", "killed", "hurt", "others", "sick", "homeless", "unemployed"]
)


def ground(parse: Parse, figures: Sequence[Figure]) -> None:
    """Set `counted` and `about` of each figure."""
    owners = {token.i: figure for figure in figures for token in parse.tokens(figure.start, figure.end)}
    for figure in figures:
        if figure.kind != "score":
            _ground(parse, figure, owners)
    _fill_gaps(parse, figures)
    share_baselines(figures)


def _ground(parse: Parse, figure: Figure, owners: Mapping[int, Figure]) -> None:
    """Set `counted` and `about` of one figure by what stands around it."""
    if (name := name_of_row(parse.text, figure)) is not None:
        figure.about = name
        return
    root = parse.root(figure.start, figure.end)
    noun = _counted(parse, figure, root)
    if noun is not None and ((not noun.text[0].isalpha() and not _is_model(noun)) or _is_no_thing(parse, noun, figure)):
        noun = None
    if noun is not None:
        figure.plural = noun.tag_ in PLURAL
        figure.unit = figure.unit or _rate(figure, noun)
        figure.counted = _counted_span(figure, noun, owners)
    at = parse.at(figure.start).i
    figure.about = beside(parse.doc, at, figure, owners) or described(figure, root, noun, owners)
    if figure.about is None and figure.counted is None:
        figure.about = shared(parse.doc, at, figure, owners)
    elif figure.about is None:
        figure.about = owner(parse.doc, at, figure, owners)
    figure.about = _outside(parse, figure)
    if figure.about and figure.counted is None and _AGES.match(parse.text, *figure.about):
        mark_age(figure)


def _fill_gaps(parse: Parse, figures: Sequence[Figure]) -> None:
    """Set `counted` of the figures whose noun other figures have."""
    for index in range(len(figures) - 1, -1, -1):
        figure = figures[index]
        if figure.counted is not None:
            continue
        if figure.is_bare and figure.kind == "cardinal":
            figure.counted = elided(parse, figures, index)
        elif figure.kind in ("percent", "fraction"):
            figure.counted = of_them(parse, figures, index)
        figure.about = _outside(parse, figure)


def share_baselines(figures: Sequence[Figure]) -> None:
    """Let what a level starts from describe what the level does: "the stake rose to 60%, from the 18% it owns"."""
    for figure in figures:
        start = figure.baseline
        if start is None or figure.about is None or figure.change is not None or start.counted is not None:
            continue
        if figure.about[1] <= start.start or figure.about[0] >= start.end:
            start.about = figure.about


def _is_no_thing(parse: Parse, noun: Token, figure: Figure) -> bool:
    """As in "raise that to 10,000 total", "a 469,000 increase", "from 1.4767 late Wednesday": the noun is left out."""
    day = is_when(noun) and noun.tag_ in ("NN", "NNP") and figure.value != 1 and noun.idx >= figure.end
    tied = parse.text[figure.end : figure.end + 1] == "-"
    return noun.lower_ == "total" or bool(figure.change and noun.lower_ in CHANGES) or (day and not tied)


# "the average life expectancy in the north was 73"
_PREPOSITION = r"(?:of|in|for|on|to|at)\b"
_AGES = re.compile(
    rf"(?:(?!{_PREPOSITION})\S+ )*?(?:ages?|lifespan|life expectancy)(?= {_PREPOSITION}|$)", re.IGNORECASE
)


def _counted(parse: Parse, figure: Figure, root: Token) -> Token | None:
    """The noun counted or measured out."""
    if figure.is_age or figure.kind == "ordinal" or (figure.kind == "multiple" and root.pos_ == "VERB"):
        return None
    part = None if _is_opening(parse, figure) else _partitive(parse, figure)
    return part if part is not None or figure.kind not in _COUNTS else _head_noun(parse, figure, root)


def _is_opening(parse: Parse, figure: Figure) -> bool:
    """Whether a stretch of time is a part of a longer one, or up to an event, and not filled with it.

    "It rained in the first two months of war." -> counted None
    "She left within two weeks of the fire." -> counted None
    "She left after two weeks of rain." -> counted rain
    """
    at = parse.at(figure.start).i
    while at > 0 and parse.doc[at - 1].lower_ in ("about", "just", "only"):
        at -= 1
    return figure.kind == "duration" and at > 0 and parse.doc[at - 1].lower_ in _OPENINGS


_OPENINGS = frozenset(["first", "last", "final", "opening", "within"])
_COUNTS = frozenset(["cardinal", "fraction", "multiple"])


def _head_noun(parse: Parse, figure: Figure, root: Token) -> Token | None:
    """The noun that a number modifies."""
    head = root.head
    if figure.number.form == "zero":
        return head if root.dep_ == "det" and head.idx >= figure.end and head.pos_ in NOUNS else None
    if figure.kind == "fraction" and root.dep_ in ("predet", "det") and head.idx >= figure.end:
        return head if head.pos_ in NOUNS else None  # "half the barns"
    if parse.text[figure.end : figure.end + 1] == "-":  # "a three-bed apartment" counts beds
        return _next_noun(parse, figure, hyphened=True)
    if figure.value == 0 and head.pos_ == "NUM" and head.head.pos_ in NOUNS:
        return head.head  # "zero 787 jets"
    if root.dep_ in MODIFIES and head.idx >= figure.end and (head.pos_ in NOUNS or head.lower_ in _LISTED):
        return _whole(head, figure)
    return _next_noun(parse, figure)


def _rate(figure: Figure, noun: Token) -> str | None:
    """The unit of a count in a time: "three thousand tests per day" -> test per day."""
    doc = noun.doc
    if figure.kind != "cardinal" or figure.number.form in ("vague", "zero") or noun.i + 2 >= len(doc):
        return None
    each, period = doc[noun.i + 1], doc[noun.i + 2]
    name = "count" if noun.lower_ == "times" else noun.lemma_.lower()
    if each.lower_ == "per" and period.lower_ not in _PERIODS:
        return _per_noun(name, period, noun)
    timed = period.lower_ in _PERIODS and each.lower_ in ("a", "an", "per", "each", "every")
    timed = timed and (noun.i + 3 >= len(doc) or doc[noun.i + 3].lower_ not in SINCE)  # "400 contracts a week earlier"
    return f"{name} per {period.lower_}" if timed else None


def _per_noun(name: str, first: Token, noun: Token) -> str | None:
    """A count for each of something: "2.1 children per woman" -> child per woman, "per square mile"."""
    squared = first.lower_ in ("square", "cubic") and first.i + 1 < len(first.doc)
    below = first.nbor() if squared else first
    if below.tag_ not in ("NN", "NNP") or name == noun.lower_ == "count":
        return None
    return f"{name} per {first.lower_} {below.lemma_.lower()}" if squared else f"{name} per {below.lemma_.lower()}"


_PERIODS = frozenset(["second", "minute", "hour", "day", "night", "week", "month", "year", "season", "game"])
_OBJECTS = frozenset(["dobj", "attr"])
PLURAL = frozenset(["NNS", "NNPS"])


def _partitive(parse: Parse, figure: Figure) -> Token | None:
    """The noun behind "of" or, for sums, "in": "75% of barns", "$2 million worth of fish", "$3 million in fines"."""
    follower = parse.following(figure.end)
    if follower is not None and follower.lower_ == "worth" and follower.i + 1 < len(parse.doc):
        follower = follower.nbor()
    if follower is None or follower.lower_ not in ("of", "in"):
        return None
    if follower.lower_ == "in":
        return _sum(follower) if figure.kind in ("money", "cardinal") else None
    noun = next((c for c in follower.children if c.dep_ in ("pobj", "pcomp") and c.pos_ in NOUNS), None)
    return noun and _possessed(noun)


def _sum(preposition: Token) -> Token | None:
    """What an amount consists of.

    "It sells for $3 in shops." -> counted None
    "They won $3 million in damages." -> counted damages
    "They gave $3 million in support of schools." -> counted None
    "There was a decline of $2 in the mill's stock." -> counted None
    """
    inside = (c for c in preposition.children if c.dep_ == "pobj" and c.pos_ == "NOUN")
    noun = next((c for c in inside if c.lemma_.lower() in _SUMS and not c.ent_type_), None)
    owned = noun is not None and any(c.dep_ in ("poss", "det") and c.i > preposition.i for c in noun.children)
    if noun is None or owned or (noun.lemma_ in _TOWARDS and noun.i + 1 < len(noun.doc) and noun.nbor().lower_ == "of"):
        return None
    return noun


_SUMS, _TOWARDS = (
    frozenset(words.split())
    for words in tomllib.loads(files("pipelines.extract.data").joinpath("counted.toml").read_text("utf-8")).values()
)


def _possessed(noun: Token) -> Token:
    """The noun that one owns, where the parse took the owner for it: "half of the state's nearly 40 farms"."""
    behind = noun.i + 1
    if behind >= len(noun.doc) or noun.doc[behind].tag_ != "POS":
        return noun
    rest = itertools.takewhile(lambda t: t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "ADV"), noun.doc[behind + 1 :])
    return next((t for t in reversed([*rest]) if t.pos_ in NOUNS), noun)


def _whole(noun: Token, figure: Figure) -> Token:
    """The plural noun that a noun is part of: "two gas-only options", but "a 3 cylinder engine" counts cylinders."""
    last = noun
    while last.dep_ in MODIFIES and last.head.i > last.i and last.head.pos_ in (*NOUNS, "ADJ"):
        last = last.head
    behind = noun.doc[last.i + 1 : last.i + 3]
    tied = len(behind) > 1 and behind[0].text == "-" and behind[1].tag_ in PLURAL  # "33 sector sub-indexes"
    return last if tied or last.tag_ in PLURAL or figure.value == 1 else noun


def _next_noun(parse: Parse, figure: Figure, *, hyphened: bool = False) -> Token | None:
    """The head of the nouns that follow at once, where the parse hangs the number elsewhere."""
    token = parse.following(figure.end)
    seen = None
    if hyphened and token is not None and token.text == "-" and token.i + 1 < len(token.doc):
        token = token.doc[token.i + 1]
        if token.lower_ not in ("plus", "odd", "some"):  # "the 600-plus songs"
            return token if token.pos_ in NOUNS else None
        token = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if token is not None and token.text == "+" and token.i + 1 < len(token.doc):
        token = token.nbor()
    if token is not None and token.lower_ in ("more", "other", "further") and token.i + 1 < len(token.doc):
        token = token.nbor()
    if token is not None and token.tag_ == "VBZ" and token.pos_ == "VERB" and (figure.value or 0) > 1:
        # "With eight more picks": the tagger took the plural for a verb, but "above 50 indicates growth"
        return None if any(child.dep_ in _OBJECTS for child in token.children) else token
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


def is_stand_in(parse: Parse, figure: Figure) -> bool:
    """Whether a number stands for things and counts none: "an earlier one", "finished in the top four"."""
    if _is_adverb(parse, figure):
        return True
    before = parse.at(figure.start).i - 1
    if before < 0 or figure.kind != "cardinal" or not figure.is_bare or figure.counted is not None:
        return False
    if parse.doc[before].lower_ in ("top", "bottom"):
        return before > 0 and parse.doc[before - 1].pos_ in ("DET", "PRON") and figure.number.scale == 1
    one = figure.value == 1 and figure.number.form == "words"
    return one and ((parse.doc[before].pos_ == "ADJ" and parse.doc[before].dep_ == "amod") or _is_told(parse, figure))


def _is_adverb(parse: Parse, figure: Figure) -> bool:
    """Whether "first" tells when something was done: "was first built of wood", but not "came first"."""
    token = parse.at(figure.start)
    timed = token.lower_ == "first" and token.dep_ == "advmod" and token.head.pos_ == "VERB"
    return timed and token.i < token.head.i <= token.i + 2


def _is_told(parse: Parse, figure: Figure) -> bool:
    """Whether a "one" stands for a thing that a clause tells apart: "landed one she loved", "one used by her"."""
    token = parse.at(figure.start)
    return token.dep_ in ("dobj", "pobj", "attr") and any(c.dep_ in ("relcl", "acl") for c in token.rights)


def _counted_span(figure: Figure, noun: Token, owners: Mapping[int, Figure]) -> Characters:
    """The noun phrase from behind the figure to its head, without determiners."""
    left = [t for t in noun.subtree if figure.end <= t.idx <= noun.idx]
    doc = noun.doc
    first = min((t.i for t in left), default=noun.i)
    first = max((t.i + 1 for t in left if t.pos_ == "NUM" and doc[t.i - 1].pos_ == "CCONJ"), default=first)
    # "8 of its last 10 games": the games
    first = max((t.i for t in left if t.i > first and t.i in owners and _is_count(t, owners)), default=first)
    while first < noun.i and (
        doc[first].dep_ in LEADING
        or doc[first].pos_ in ("DET", "PUNCT", "ADP", "NUM", "SYM", "CCONJ")
        or doc[first].lower_ in ("more", "of", "-", "odd", "plus")
        or doc[first].text[0].isdigit()
        or _opens_other(doc[first], figure, owners)
    ):
        first += 1
    last = noun
    if noun.i + 1 < len(doc) and _is_model(doc[noun.i + 1]):
        last = doc[noun.i + 1]  # "12 Dorado 7s"
    _, end = unbroken(doc, first, last.i, owners)
    return doc[first].idx, doc[end].idx + len(doc[end])


def _is_count(token: Token, owners: Mapping[int, Figure]) -> bool:
    """Whether a token is a number that counts for itself, and no part of a word: "10", but not "two-bedroom"."""
    return owners[token.i].is_bare and not _is_hyphened(token)


def _is_hyphened(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor().text == "-"


def _is_model(token: Token) -> bool:
    """Whether a word ends the name of a model in the plural: the "7s" of "640 Dorado 7s"."""
    return token.i > 0 and token.nbor(-1).pos_ == "PROPN" and _MODELS.fullmatch(token.text) is not None


_MODELS = re.compile(r"\d+[a-z]?s")


def _opens_other(token: Token, figure: Figure, owners: Mapping[int, Figure]) -> bool:
    """Whether a phrase begins with another figure: "900 9-litre crates", "half of its nearly 40 farms"."""
    other = owners.get(token.i)
    if other is not None and other is not figure:
        return not other.is_bare or not _is_hyphened(token)
    return token.pos_ == "ADV" and token.nbor(1).pos_ == "NUM"


def spans(row: Quantity, text: str, figure: Figure) -> Quantity:
    """Fill the counted and described noun phrases of a row."""
    if figure.counted:
        row["counted_start"], row["counted_end"] = figure.counted
        row["counted"] = text[figure.counted[0] : figure.counted[1]]
    if figure.about:
        row["about_start"], row["about_end"] = figure.about
        row["about"] = text[figure.about[0] : figure.about[1]]
    return row


def _outside(parse: Parse, figure: Figure) -> Characters | None:
    """The phrase described without the noun counted.

    "It has a six-cylinder diesel engine." -> about diesel engine
    "She signed a 52-count civil complaint." -> about civil complaint
    """
    if figure.about is None or figure.counted is None:
        return figure.about
    (start, end), (begin, last) = figure.about, figure.counted
    if end <= begin or last <= start:
        return figure.about
    behind = parse.at(last - 1).i + 1
    inside = begin >= start and end > last and behind < len(parse.doc) and parse.doc[behind].pos_ in (*NOUNS, "ADJ")
    return (parse.doc[behind].idx, end) if inside else None
