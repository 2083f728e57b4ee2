"""What sort of source somebody is: an office, a named person or body, unnamed people, a document, other media."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import cast

from spacy.tokens import Doc, Token

from pipelines.extract.speakers import RELATIVE, Speaker
from pipelines.extract.titles import bare
from pipelines.extract.tree import Tree
from pipelines.schemas import Mention, SourceKind, SourceType

WORD = re.compile(r"[\w.\-&’']*\w")
PLACES = frozenset({"GPE", "NORP", "LOC"})
FIRST = frozenset({"i", "we"})  # outside of quotation marks, the author
PRONOUNS = FIRST | {"he", "she", "they", "it"}
ELLIPTIC = frozenset({"others", "some", "many", "several", "most", "both", "one", "another", "two", "few"})
PARTS = frozenset(
    {"group", "number", "majority", "handful", "couple", "dozen", "score", "crowd"}
)  # "a group of farmers"
APART = frozenset({"relcl", "acl", "conj", "appos"})  # what is told of somebody beyond his description
BESIDE = frozenset({"compound", "amod", "nmod", "poss", "appos", "prep"})


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files(__package__) / "data" / "sources.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def says(kind: str, words: set[str]) -> bool:
    """Whether one of the words, singular or plural, tells that sort of source."""
    table = _lexicon()[kind]
    return not table.isdisjoint(words) or any(word[-1:] == "s" and word[:-1] in table for word in words)


class Sources:
    """The sources of one document: what is said of somebody in one place holds for him in all."""

    def __init__(self, doc: Doc, tree: Tree, mentions: Sequence[Mention], speakers: Iterable[Speaker]) -> None:
        """Take the names, and who speaks where."""
        self._doc = doc
        self._tree = tree
        self._types = {m["entity_id"]: m["type"] for m in mentions}
        self._mentions: dict[str, list[Mention]] = {}
        self._words: dict[str, set[str]] = {}
        self._sorts: dict[int, SourceType] = {}
        named = (s for s in speakers if s.head.lower_ not in PRONOUNS | RELATIVE)
        self._speakers = sorted(named, key=lambda s: s.start)
        for mention in mentions:
            self._mentions.setdefault(mention["entity_id"], []).append(mention)

    def type_of(self, speaker: Speaker) -> SourceType:
        """The sort of source; of a pronoun that stands for nobody known, that of who spoke last."""
        head, mention = speaker.head, speaker.mention
        if head.i not in self._sorts:
            self._sorts[head.i] = self._named(head, mention["entity_id"]) if mention else self._described(head)
        return self._sorts[head.i]

    def known(self, speaker: Speaker | None) -> tuple[SourceType, SourceKind] | tuple[None, None]:
        """The sort of source and whether it is named; null for a pronoun that may stand for anybody."""
        if speaker is None:
            return None, None
        if speaker.mention is None and _is_pronoun(speaker.head):
            last = self._last_before(speaker.head)
            if last is None or last.mention is not None or last.head.pos_ not in {"NOUN", "PROPN"}:
                return None, None
            carried = self.known(last)
            return carried if _agree(speaker.head, last.head, carried[1]) else (None, None)
        source_type = self.type_of(speaker)
        return source_type, _kind(source_type, speaker)

    def _named(self, head: Token, entity: str | None) -> SourceType:
        kind = self._types.get(entity or "")
        words = self._beside(entity or "") | description(self._tree, head.i)
        if kind in PLACES:
            return "official"
        if kind == "PERSON":
            return "official" if holds_office(words) else "named"
        if says("private", words) and not says("official", words):
            return "media" if says("media", words) else "named"
        if says("media", words):
            return "media"
        return "official" if says("public_body", words) or says("official", words) else "named"

    def _beside(self, entity: str) -> set[str]:
        """The words beside all mentions of somebody; read off when he first speaks, since most never do."""
        if entity not in self._words:
            spans = (
                self._doc.char_span(m["start"], m["end"], alignment_mode="expand")
                for m in self._mentions.get(entity, ())
            )
            self._words[entity] = {
                word for span in spans if span is not None for word in description(self._tree, span.root.i)
            }
        return self._words[entity]

    def _described(self, head: Token) -> SourceType:
        if head.lower_ in RELATIVE:
            clause = next((a for a in head.ancestors if a.dep_ == "relcl" and a.head != head), None)
            return self._described(clause.head) if clause is not None else "anonymous"
        if head.lower_ in FIRST:
            return "author"
        if head.lower_ in ELLIPTIC | PRONOUNS:
            return self._carried(head)
        if head.lemma_.lower() in PARTS and (people := _of(head)) is not None:
            return self._described(people)
        own = {head.lower_, head.lemma_.lower(), *(f"{c.lower_}-{head.lower_}" for c in head.lefts)}
        if says("document", own):
            owner = next((c for c in head.children if c.dep_ == "poss" and c.pos_ != "PRON"), None)
            return "official" if owner is not None and self._described(owner) == "official" else "document"
        return "media" if says("media", own) else _office(head, own, description(self._tree, head.i) | own)

    def _carried(self, head: Token) -> SourceType:
        """The source that a pronoun or "others" takes up: the last speaker, or the subject of the sentence before."""
        if head.lower_ in ELLIPTIC:
            subject = _subject_before(head)
            return self._described(subject) if subject is not None else "anonymous"
        last = self._last_before(head)
        return self.type_of(last) if last is not None else "anonymous"

    def _last_before(self, head: Token) -> Speaker | None:
        """Who spoke last before a word, other than in a pronoun."""
        at = bisect_left(self._speakers, head.idx, key=_start) - 1
        return self._speakers[at] if at >= 0 else None


def _start(speaker: Speaker) -> int:
    return speaker.start


def _is_pronoun(head: Token) -> bool:
    """Whether a word stands for somebody else's: "he", "this", but not "others", and not "who"."""
    return head.pos_ == "PRON" and head.lower_ not in FIRST | ELLIPTIC | RELATIVE


def _agree(pronoun: Token, noun: Token, kind: SourceKind | None) -> bool:
    """Whether a pronoun can take a noun up: "a clerk ... he", "residents ... they", "the board ... it"."""
    if pronoun.lower_ == "they":
        return noun.tag_ in {"NNS", "NNPS"}
    is_person = kind in {"anonymous", "unnamed_official"} and not _is_body(noun)
    single = noun.tag_ in {"NN", "NNP"}
    return single and pronoun.lower_ in ({"he", "she"} if is_person else {"it"})


def _kind(source_type: SourceType, speaker: Speaker) -> SourceKind:
    """Whether a source is named, and as what."""
    if source_type in {"document", "media", "author"}:
        return cast("SourceKind", source_type)
    if speaker.mention is not None:
        return "named_person" if speaker.mention["type"] == "PERSON" else "named_body"
    if source_type == "anonymous":
        return "anonymous"
    head = speaker.head
    if head.pos_ == "PROPN" and not says("official", {head.lemma_.lower()}):
        is_person = head.ent_type_ == "PERSON" or any(c.dep_ == "appos" and c.pos_ == "NOUN" for c in head.children)
        return "named_person" if is_person else "named_body"
    if _is_body(head) and any(c.pos_ == "PROPN" or c.ent_type_ in PLACES for c in head.lefts):
        return "named_body"  # "the Riverton council"
    return "unnamed_official" if source_type == "official" else "unnamed_body"


def _is_body(head: Token) -> bool:
    own = {head.lower_, head.lemma_.lower()}
    return says("body", own) or says("public_body", own)


def _office(head: Token, own: set[str], words: set[str]) -> SourceType:
    """Official, named or anonymous, for somebody who is described only, by the words for him and those beside him."""
    past = says("past", words)
    others = words - {"official", "officials"}
    if head.lemma_ == "official" and not says("official", others) and (says("private", others) or says("body", others)):
        return "anonymous"  # of a firm or a union
    if head.ent_type_ in PLACES or says("official", own) or (says("role", own) and holds_office(words)):
        return "official" if not past else "named" if head.pos_ == "PROPN" else "anonymous"
    if says("public_body", own) and not says("private", words - own):
        return "official"
    if says("anonymous", own) or says("role", own):
        return "official" if says("official", words) and not past else "anonymous"
    return "named" if head.pos_ == "PROPN" or says("body", own) else "anonymous"


def holds_office(words: set[str]) -> bool:
    """Whether words beside a name give it a public office: always so, or of a public body, and not in the past."""
    if says("past", words):
        return False
    if says("official", words):
        return True
    return says("role", words) and not says("private", words) and (says("public_body", words) or says("rank", words))


def description(tree: Tree, head: int) -> set[str]:
    """Words and pairs of words of a name's phrase and its appositions; peoples and places count as states."""
    words: set[str] = set()
    tops = [head, tree.head[head]] if tree.dep[head] == "appos" else [head]
    for top in tops:
        below = [c for c in tree.children[top] if tree.dep[c] in BESIDE]
        for word in below:  # grows as it is read
            below += [c for c in tree.children[word] if tree.dep[c] not in APART]
        parts = [part for word in sorted([top, *below]) for part in _words(tree.lower[word], tree.entity[word])]
        words |= {*parts, *(f"{a}-{b}" for a, b in pairwise(parts))}
    return words


def _of(head: Token) -> Token | None:
    """The plural noun behind "of"."""
    inside = (c for prep in head.children if prep.lower_ == "of" for c in prep.children if c.dep_ == "pobj")
    return next((c for c in inside if c.tag_ == "NNS"), None)


@lru_cache(maxsize=2**14)
def _words(lower: str, entity: str) -> tuple[str, ...]:
    words = (bare(word).removesuffix("'s").removesuffix("’s") for word in WORD.findall(lower))
    return (*words, "state") if entity in {"GPE", "NORP"} else tuple(words)


def _subject_before(head: Token) -> Token | None:
    """The subject of the sentence before, in the same paragraph."""
    start = head.sent.start
    if start == 0 or "\n" in head.doc[start - 1].text:
        return None
    before = head.doc[start - 1].sent
    subjects = [t for t in before if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ in {"NOUN", "PROPN"}]
    return subjects[0] if subjects else None
