"""What the article calls a speaker: the title or description beside the name, or the words that stand for one."""

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from pipelines.extract.coreference import person_nouns
from pipelines.extract.name_lexicon import occupations
from pipelines.extract.reporting import upto
from pipelines.extract.sources import says
from pipelines.extract.speakers import Speaker
from pipelines.extract.titles import bare, is_title
from pipelines.extract.titles import lexicon as titles
from pipelines.schemas import Mention, Role, SourceKind

PEOPLE: frozenset[SourceKind] = frozenset({"anonymous", "unnamed_official", "named_person"})
Characters = tuple[int, int]
# They say that somebody is a person, and no more.
PLAIN = frozenset({"person", "people", "source", "man", "woman", "insider", "boy", "girl", "member", "user", "child"})
# They say that somebody is spoken of politely, and no more.
COURTESY = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "messrs", "mister", "sir", "dame", "madam", "madame", "mme", "herr", "frau"}
)
PARTISAN = frozenset({"republican", "democrat", "independent"})  # a party, which facts.roles has as such
AGENTS = ("er", "or", "ers", "ors", "ist", "ists", "ian", "ians", "man", "men", "woman", "women", "ee", "ees")
# They end so, and are no people.
THINGS = frozenset({
    "power", "number", "paper", "letter", "order", "quarter", "center", "chapter", "matter", "computer", "factor",
    "newspaper", "member", "offer", "border", "water", "river", "disaster", "sector", "error", "monitor", "however",
    "other", "former", "senior", "junior", "major", "minor", "prior", "superior", "after", "under", "over", "never",
    "for", "user",
})  # fmt: skip
NOUNS = frozenset({"NOUN", "PROPN"})


class SpeakerRoles:
    """The roles of one document's people, by mention and by person."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], roles: Sequence[Role]) -> None:
        """Take the words beside each name, the longest where there are several."""
        self._doc = doc
        self._beside: dict[int, Characters] = {}
        self._first: dict[str, Characters] = {}
        for start, end, mention in _in_order(doc, mentions, roles):
            known = self._beside.get(mention["start"])
            if known is None or end - start > known[1] - known[0]:
                self._beside[mention["start"]] = (start, end)
        for mention in mentions:
            if mention["start"] in self._beside:
                self._first.setdefault(mention["entity_id"], self._beside[mention["start"]])

    def of(self, speaker: Speaker | None, kind: SourceKind | None) -> Characters | None:
        """Characters of the role: beside this name, else beside the person's first name that has one."""
        if speaker is None:
            return None
        mention = speaker.mention
        if mention is None:
            return self._described(speaker) if kind in PEOPLE else None
        if speaker.start <= mention["start"] < speaker.end and mention["start"] in self._beside:
            return self._beside[mention["start"]]
        return self._first.get(mention["entity_id"])

    def _described(self, speaker: Speaker) -> Characters | None:
        """The words for somebody who is not named, without the clause behind them; null where they tell no role."""
        if not is_role(speaker.head):
            return None
        first = speaker.head.left_edge.i
        while self._doc[first].idx < speaker.start:
            first += 1
        span = upto(self._doc, first, speaker.head, frozenset())
        return span.start_char, span.end_char


def is_role(noun: Token) -> bool:
    """Whether a noun says what a person does or is."""
    words = {noun.lower_, noun.lemma_.lower()}
    if noun.pos_ not in NOUNS or words & PLAIN or says("body", words):
        return False
    known = words & known_roles() or is_title(noun.lemma_) or _is_agent(noun.lower_)
    return bool(known) or says("role", words) or says("anonymous", words)


def _in_order(doc: Doc, mentions: Sequence[Mention], roles: Sequence[Role]) -> Iterator[tuple[int, int, Mention]]:
    """Titles, each with the words that belong before it, and descriptions."""
    for role in roles:
        mention = mentions[role["mention"]]
        if bare(role["text"]) in COURTESY | PARTISAN:
            continue
        if role["kind"] == "role" and _tells(role["text"]):
            yield role["start"], role["end"], mention
        if role["kind"] == "title" or role["end"] + 1 == mention["start"]:
            yield _from_left_edge(doc, role["start"], mention["start"]), role["end"], mention


def _tells(words: str) -> bool:
    """Whether a description says what somebody is or does, as far as known: not "the depository of the accords"."""
    return any(bare(word).removesuffix("s") in known_roles() or _is_agent(bare(word)) for word in words.split())


def _is_agent(word: str) -> bool:
    return word.endswith(AGENTS) and word.removesuffix("s") not in THINGS


@cache
def known_roles() -> frozenset[str]:
    """Nouns for what people do or are."""
    return occupations() | person_nouns().keys() | titles()[0]


def _from_left_edge(doc: Doc, start: int, name: int) -> int:
    """Where a title begins with all that stands before it in the name's phrase: "Norlund transport / minister"."""
    span = doc.char_span(start, name + 1, alignment_mode="expand")
    if span is None:
        return start
    head = span[-1]
    while head.dep_ == "compound" and head.head.i > head.i:
        head = head.head
    first = span.start
    while first > head.left_edge.i and _belongs(doc[first - 1]):
        first -= 1
    while first < span.start and doc[first].pos_ in {"DET", "PART", "CCONJ", "ADP", "PUNCT"}:
        first += 1
    return int(doc[first].idx)


def _belongs(token: Token) -> bool:
    if token.is_space or (token.is_punct and token.text != "-"):
        return False
    return token.pos_ not in {"VERB", "AUX", "PRON", "SCONJ"}
