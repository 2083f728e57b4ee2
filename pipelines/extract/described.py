"""The noun phrase that a figure describes: the subject of what is said, or the noun whose property it is."""

from collections.abc import Mapping

from spacy.tokens import Token

from pipelines.extract.change_words import ADVERBS
from pipelines.extract.change_words import NOUNS as CHANGES
from pipelines.extract.change_words import VERBS as CHANGING
from pipelines.extract.coreference import person_nouns
from pipelines.extract.cues import cue_classes
from pipelines.extract.figures import Figure
from pipelines.extract.phrases import NOUNS, VERBS, Characters, is_when, phrase
from pipelines.extract.subjects import subject

MODIFIES = frozenset(["nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "poss"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj"])
_PREDICATES = frozenset([*VERBS, "ADJ"])
_SETS = frozenset(["to", "for", "from", "at"])  # "cut its forecast to 2%", "sold the house for $3 million"
_ALTERS = frozenset(["raise", "raises", "raised", "raising", *CHANGING])
_TAKES = frozenset(["wipe", "cut", "shave", "slash", "knock", "trim", "slice", "strip", "erase", "take"])
_ADJUNCTS = frozenset(["in", "after", "during", "since", "before", "within", "throughout"])
_NEXT = frozenset(["first", "next", "last", "past", "coming", "previous", "following", "every", "each"])
_ORDERED = frozenset(["after", "before", "later", "earlier", "ago"])
_WHEN = frozenset(["after", "before", "since", "until", "during"])
_PASSED = frozenset(["total", "age"])
# "to a low of 4,120", "on top of", "over the age of 21", "gained control of 40 mines", "changed hands at $2"
_LEVELS = frozenset(
    [
        *("close", "high", "low", "peak", "equivalent", "top", "age", "control", "tune", "front", "hands", "thanks"),
        *("level", "mark", "barrier"),  # "the $2 level", "past the 10,000 mark"
    ]
)
_AMOUNTS = frozenset(["total", "maximum", "minimum", "sum", "record", "pace"])
_STRETCHES = frozenset(["quarter", "year", "month", "week", "day", "half"])
# nouns that make a preposition with the words around them: "in addition to 40 farms", "over the course of 12 months"
_PREPOSITIONS = frozenset(
    [
        *("addition", "behalf", "course", "favor", "favour", "hand", "neighborhood", "neighbourhood", "part"),
        *("range", "region", "space", "spite", "terms", "vicinity"),
    ]
)
_AROUND = frozenset(["in", "on", "by", "as", "over", "within", "the"]), frozenset(["of", "to"])
_TOPICS = frozenset(["of", "to", "about"])
_SPEAKS = frozenset(["say", "show", "think", "topic"])
_OPINES = frozenset(
    [
        "say",
        "tell",
        "claim",
        "argue",
        "think",
        "believe",
        "warn",
        "note",
        "insist",
        "expect",
        "forecast",
        "predict",
        "project",
        "estimate",
        "anticipate",
        "fear",
        "hope",
        "foresee",
        "guess",
        "reckon",
    ]
)
_FINDS = frozenset(["find", "show", "say", "report", "reveal", "estimate", "suggest", "discover"])
# whose finding says nothing of itself: "the study found 40 cases"
_INQUIRIES = frozenset(
    [
        *("study", "survey", "poll", "report", "review", "analysis", "research", "census", "inquiry", "enquiry"),
        *("investigation", "audit", "probe", "data", "record", "article"),
    ]
)
_WHERE = frozenset(["in", "across", "among", "at", "within", "throughout"])
_ROLES = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative", "oprd"])
_HYPHENS = frozenset("-‐‑")
_CLIMB = 10


def described(figure: Figure, root: Token, noun: Token | None, owners: Mapping[int, Figure]) -> Characters | None:
    """The phrase, in characters; nothing where the figure only counts, or only tells how long something takes.

    `owners` tells for a token which figure it belongs to: one figure never describes another.
    """
    if figure.kind == "ordinal" and (tied := _tied(figure, root)) is not None:
        return tied.idx, tied.idx + len(tied)
    if _stands_alone(figure, root, noun):
        return None
    if root.pos_ == "VERB":
        found = _multiplied(root)
    elif figure.kind == "duration" and _is_followed(root):
        return None
    else:
        found = _above(figure, root, noun, owners)
    return phrase(found, figure, owners) if found is not None else None


def _multiplied(verb: Token) -> Token | None:
    """What doubles: the object of the verb, if it has one, else its subject.

    "The barge line will double its sailings." -> about sailings
    "The value of barges doubled." -> about value of barges
    """
    objects = (c for c in verb.rights if c.dep_ == "dobj" and c.pos_ in NOUNS and not is_when(c))
    return next(objects, None) or subject(verb)


def _tied(figure: Figure, root: Token) -> Token | None:
    """The noun that a hyphen ties to an ordinal, which is what it numbers.

    "She sold a fifth-floor flat." -> about floor
    """
    behind = [t for t in root.doc[root.i + 1 : root.i + 3] if t.idx >= figure.end]
    tied = len(behind) == 2 and behind[0].text in _HYPHENS and not behind[0].whitespace_  # noqa: PLR2004
    return behind[1] if tied and behind[1].pos_ in NOUNS and behind[0].idx == figure.end else None


def _stands_alone(figure: Figure, root: Token, noun: Token | None) -> bool:
    """Whether a figure is a noun of its own and describes no other.

    "The clerk kept the 6-year-old at home." -> about None
    "The clerk praised the two." -> about None
    """
    if figure.is_age:
        led = any(child.lower_ in ("the", "a", "an", "this", "that") and child.i < root.i for child in root.children)
        return led and root.dep_ in _ROLES and root.head.lower_ not in ("as", "of")
    return noun is None and _is_known(figure, root)


def _above(figure: Figure, root: Token, noun: Token | None, owners: Mapping[int, Figure]) -> Token | None:
    """The head of the phrase, by a climb through the parse."""
    part = noun is not None and _is_partitive(noun, root)
    node = noun if noun is not None and not part else root
    is_time = _is_adjunct if figure.kind == "duration" else _is_after
    for _ in range(_CLIMB):
        head = node.head
        if is_time(node) or head.i == node.i or (node.dep_ in _SUBJECTS and head.pos_ in _PREDICATES):
            return None
        found = (
            None
            if head.i in owners or (noun is not None and head.i == noun.i) or head.lower_ in _PASSED
            else _noun_of(node, head, owners)
        )
        if (
            found is not None
            and not _is_passed(found, node, figure)
            and not is_when(found)
            and not _is_preposition(found)
        ):
            return found
        if found is None and head.pos_ in VERBS and node.dep_ != "conj" and head.i not in owners:
            # "the survey found 81% of the farms ...": the parse took a clause for an object
            if noun is not None and _is_known(figure, noun):
                return None
            if node.dep_ == "dobj" and ((part and head.lemma_ in _FINDS) or _is_inquiry(head)):
                return None
            return None if _is_where(figure, node, noun, head) else _of_verb(figure, node, head, owners)
        node = head if found is None else found
    return None


def _is_passed(noun: Token, node: Token, figure: Figure) -> bool:
    """Whether a noun only says that there is a figure, or how it compares.

    "The index fell to a low of 4,120." -> about index
    "Donations passed the $2 million mark." -> about Donations
    "Elba received a total of 75 barges." -> about Elba
    "Sales were $10, a 43% increase from $7." -> last about Sales
    "Sales increased in the quarter ended Sept. 30 to $747 million." -> about Sales
    """
    stretch = noun.lower_ in _STRETCHES and figure.kind not in ("duration", "ordinal")
    if noun.lower_ in _LEVELS or stretch or (node.head.lower_ == "from" and noun.lower_ in CHANGES):
        return True
    measured = node.head.lower_ == "of" if node.dep_ == "pobj" else node.dep_ in MODIFIES
    owned = any(child.dep_ == "poss" and child.pos_ in NOUNS for child in noun.children)
    return noun.lower_ in _AMOUNTS and measured and not owned


def _is_inquiry(verb: Token) -> bool:
    """Whether a study, a survey or the like has found what a verb tells.

    "A study found 31 cases of theft." -> about None
    """
    finds = verb.lemma_ in _FINDS or verb.lemma_ in ("record", "identify")
    return finds and any(child.dep_ == "nsubj" and child.lemma_.lower() in _INQUIRIES for child in verb.children)


def _is_where(figure: Figure, node: Token, noun: Token | None, verb: Token) -> bool:
    """Whether a figure tells where or in how many cases, ahead of what is said.

    "In four cases, the guards left." -> about None
    """
    preposition = node if node.dep_ == "prep" else node.head
    led = noun is not None and noun.head.i == preposition.i and preposition.lower_ in _WHERE
    ahead = any(child.dep_ in _SUBJECTS and preposition.i < child.i for child in verb.children)
    return figure.kind == "cardinal" and led and ahead and preposition.head.i == verb.i


def _is_known(figure: Figure, noun: Token) -> bool:
    """Whether as many are taken as known, and told of nothing: "sent aid to the two countries"."""
    few = figure.kind == "cardinal" and figure.number.form == "words" and not figure.number.scaled
    return few and any(child.lower_ in _KNOWN and child.i < noun.i for child in noun.children)


_KNOWN = frozenset(["the", "these", "those"])


def _is_preposition(noun: Token) -> bool:
    """Whether a noun is a part of a preposition, and nothing that a figure describes."""
    if noun.lower_ not in _PREPOSITIONS or noun.i == 0 or noun.i + 1 >= len(noun.doc):
        return False
    before, behind = _AROUND
    return noun.nbor(-1).lower_ in before and noun.nbor().lower_ in behind


def _is_partitive(noun: Token, root: Token) -> bool:
    """Whether the noun counted hangs on the figure by "of": the climb then begins at the figure."""
    return noun.dep_ in ("pobj", "pcomp") and noun.head.head.i == root.i


def _is_adjunct(node: Token) -> bool:
    """As in "in three months", "nine days later", "every ten years": tells when or how long."""
    if node.dep_ == "npadvmod" and node.head.pos_ in ("ADV", "ADP", "SCONJ"):
        return True
    if node.dep_ in ("pobj", "npadvmod") and any(c.lower_ in _NEXT for c in node.children):
        return node.dep_ == "npadvmod" or node.head.dep_ == "prep"
    return node.dep_ == "pobj" and node.head.lower_ in _ADJUNCTS and node.head.head.pos_ in VERBS


def _is_followed(root: Token) -> bool:
    """As in "one day after the vote": tells when."""
    return root.i + 1 < len(root.doc) and root.nbor().lower_ in _ORDERED


def _is_after(node: Token) -> bool:
    """As in "Shares fell after five weeks of gains", "left before 40 guards came": tells when."""
    return node.dep_ == "pobj" and node.head.lower_ in _WHEN and node.head.head.pos_ in VERBS


def _noun_of(node: Token, head: Token, owners: Mapping[int, Figure]) -> Token | None:
    """The noun that a modifier, a prepositional phrase or an apposition belongs to, if the step is one."""
    if node.dep_ in MODIFIES and head.pos_ in NOUNS:
        return head
    if node.dep_ in ("pobj", "pcomp") and head.head.pos_ in NOUNS and head.head.i not in owners:
        return head.head
    if node.dep_ in ("appos", "acl", "advmod", "prep", "relcl") and head.pos_ in NOUNS and node.pos_ != "VERB":
        return head
    return None


def _of_verb(figure: Figure, node: Token, verb: Token, owners: Mapping[int, Figure]) -> Token | None:
    """What a verb says the figure of: the object that it changes ("cut its forecast to 2%"), else its subject."""
    before = node.nbor(-1) if node.i else node
    if node.lower_ == "at" and before.dep_ == "pobj" and before.head.lower_ == "with" and before.pos_ in NOUNS:
        return before  # "seen with nitrate levels at 40 milligrams"
    if node.dep_ == "dobj" and verb.lemma_.lower() in _TAKES and (source := _source(node, verb, owners)) is not None:
        return source
    by_size = node.lower_ == "by" or node.dep_ in ("npadvmod", "advmod")
    moved = verb.lower_ in _ALTERS or any(c.lower_ in ADVERBS for c in verb.children)  # "pulled the sector 2% lower"
    changed = moved if by_size else node.lower_ in _SETS or node.dep_ in ("acomp", "oprd")
    changed = changed or any(before.text == ":" for before in node.doc[verb.i : node.i])
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.i < node.i and c.i not in owners and c.pos_ in NOUNS]
    if objects and changed and figure.kind != "duration" and _may_have(objects[0], figure):
        return objects[0]
    if not objects and verb.lower_ not in _ALTERS and cue_classes(verb) & _SPEAKS:
        return _spoken(node, verb)
    return subject(verb)


def _may_have(noun: Token, figure: Figure) -> bool:
    """Whether an object may be what a figure is of; only people have ages.

    "Ruiz began her studies at age 16." -> about Ruiz
    "Ruiz sent her son to sea at age 16." -> about son
    """
    person = not figure.is_age or noun.ent_type_ == "PERSON" or noun.lemma_.lower() in person_nouns()
    return person and noun.lower_ not in _LEVELS and not is_when(noun)


def _spoken(node: Token, verb: Token) -> Token | None:
    """What a figure beside a word of saying describes: never who says it, if it is part of what is said."""
    said = next((c for c in verb.lefts if c.dep_ == "ccomp"), None)
    if said is not None and "say" in cue_classes(verb):
        return subject(said)
    topic = node.lower_ in _TOPICS and not any(c.dep_ == "nsubjpass" for c in verb.children)  # "spoke of 40 farms"
    return None if topic or verb.lemma_ in _OPINES else subject(verb)


def _source(node: Token, verb: Token, owners: Mapping[int, Figure]) -> Token | None:
    """What an amount is taken from: "wiped $340 million from the firm's value"."""
    for prep in (*verb.rights, *node.rights):
        if prep.lower_ in ("from", "off"):
            inside = (c for c in prep.children if c.dep_ == "pobj" and c.pos_ in NOUNS and c.i not in owners)
            return next(inside, None)
    return None
