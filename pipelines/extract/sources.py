"""What sort of source somebody is: an office, a named person or body, unnamed people, a document, other media."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from pipelines.extract.titles import bare
from pipelines.schemas import Mention, Quote, SourceType

WORD = re.compile(r"[\w.\-&’']*\w")
PLACES = frozenset({"GPE", "NORP", "LOC"})
PRONOUNS = frozenset({"he", "she", "they", "it", "who", "which", "that", "i", "we"})
ELLIPTIC = frozenset({"others", "some", "many", "several", "most", "both", "one", "another", "two", "few"})


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files(__package__) / "data" / "sources.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def words_of(text: str) -> list[str]:
    """Lower-case words of a description, without possessive endings."""
    return [bare(word).removesuffix("'s").removesuffix("’s") for word in WORD.findall(text)]


def says(kind: str, words: Iterable[str]) -> bool:
    """Whether one of the words tells that sort of source."""
    table = _lexicon()[kind]
    return any(word in table or word.removesuffix("s") in table for word in words)


class Sources:
    """The sources of one document: what is said of a person in one place holds for him in all."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        """Read off what stands beside each name."""
        self._doc = doc
        self._offices: dict[str, set[str]] = {}
        for mention in mentions:
            span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
            if span is not None:
                self._offices.setdefault(mention["entity_id"], set()).update(_beside(span.root))
        self._types = {m["entity_id"]: m["type"] for m in mentions}

    def type_of(self, quote: Quote) -> SourceType:
        """The sort of source that a quote's speaker is."""
        if quote["speaker_start"] is None or quote["speaker_end"] is None:
            return "author"
        span = self._doc.char_span(quote["speaker_start"], quote["speaker_end"], alignment_mode="expand")
        if span is None:
            return "author"
        entity = quote["speaker_id"]
        return self._named(span.root, entity) if entity is not None else self._described(span.root)

    def _named(self, head: Token, entity: str) -> SourceType:
        kind = self._types.get(entity)
        words = self._offices.get(entity, set()) | set(_beside(head))
        name = set(words_of(head.text))
        if kind in PLACES:
            return "official"
        if kind == "PERSON":
            return "official" if says("official", words) and not says("past", words) else "named"
        if says("media", words | name):
            return "media"
        return "official" if says("public_body", words | name) and not says("private", words | name) else "named"

    def _described(self, head: Token) -> SourceType:
        words = [head.lemma_.lower(), head.lower_]
        if head.lower_ in ELLIPTIC or head.lower_ in PRONOUNS:
            before = _earlier(head)
            return self._described(before) if before is not None else "anonymous"
        if says("document", words):
            return "document"
        if says("media", words):
            return "media"
        if head.ent_type_ in PLACES:
            return "official"
        described = [*words, *_beside(head)]
        if says("official", described) and not says("past", described):
            return "official"
        return "named" if head.pos_ == "PROPN" else "anonymous"


def _beside(head: Token) -> list[str]:
    """Words of the name's own phrase and of its apposition."""
    near = [c for c in head.children if c.dep_ in {"compound", "amod", "nmod", "poss"}]
    heads = [c for c in head.children if c.dep_ == "appos"]
    if head.dep_ == "appos":
        heads.append(head.head)
    words = [w for t in (head, *near) for w in words_of(t.text)]
    for other in heads:
        words += [w for t in (other, *other.lefts) for w in words_of(t.text)]
    return words


def _earlier(head: Token) -> Token | None:
    """The last plural subject of the sentence before, which "others" or "they" leaves unsaid."""
    sent = head.sent
    if sent.start == 0:
        return None
    before = sent.doc[sent.start - 1].sent
    subjects = [t for t in before if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ in {"NOUN", "PROPN"}]
    return subjects[0] if subjects else None
