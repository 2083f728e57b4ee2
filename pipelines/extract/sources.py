"""What sort of source somebody is: an office, a named person or body, unnamed people, a document, other media."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from spacy.tokens import Doc, Token

from pipelines.extract.speakers import RELATIVE
from pipelines.extract.titles import bare
from pipelines.schemas import Mention, Quote, SourceType

WORD = re.compile(r"[\w.\-&’']*\w")
PLACES = frozenset({"GPE", "NORP", "LOC"})
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})
ELLIPTIC = frozenset({"others", "some", "many", "several", "most", "both", "one", "another", "two", "few"})
BESIDE = frozenset({"compound", "amod", "nmod", "poss", "appos", "prep"})


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files(__package__) / "data" / "sources.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def says(kind: str, words: Iterable[str]) -> bool:
    """Whether one of the words, singular or plural, tells that sort of source."""
    table = _lexicon()[kind]
    return any(word in table or word.removesuffix("s") in table for word in words)


class Sources:
    """The sources of one document: what is said of somebody in one place holds for him in all."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], quotes: Sequence[Quote]) -> None:
        """Read off what stands beside each name, and who speaks where."""
        self._doc = doc
        self._types = {m["entity_id"]: m["type"] for m in mentions}
        self._words: dict[str, set[str]] = {}
        self._speakers = [q for q in quotes if (q["speaker"] or "he").lower() not in PRONOUNS | RELATIVE]
        for mention in mentions:
            head = self._head(mention["start"], mention["end"])
            if head is not None:
                self._words.setdefault(mention["entity_id"], set()).update(description(head))

    def of_quote(self, quote: Quote) -> SourceType:
        """The sort of source that a quote's speaker is; where there is none, the author speaks."""
        head = self._head(quote["speaker_start"], quote["speaker_end"])
        if head is None:
            return "author"
        entity = quote["speaker_id"]
        return self._named(head, entity) if entity in self._types else self._described(head)

    def of_head(self, head: Token, mention: Mention | None) -> SourceType:
        """The same of the head of a phrase and the mention that it stands for."""
        return self._named(head, mention["entity_id"]) if mention is not None else self._described(head)

    def _head(self, start: int | None, end: int | None) -> Token | None:
        if start is None or end is None:
            return None
        span = self._doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None else None

    def _named(self, head: Token, entity: str | None) -> SourceType:
        kind = self._types.get(entity or "")
        words = self._words.get(entity or "", set()) | description(head)
        if kind in PLACES:
            return "official"
        if kind == "PERSON":
            return "official" if holds_office(words) else "named"
        if says("private", words) and not says("official", words):
            return "media" if says("media", words) else "named"
        if says("media", words):
            return "media"
        return "official" if says("public_body", words) or says("official", words) else "named"

    def _described(self, head: Token) -> SourceType:
        if head.lower_ in RELATIVE:
            clause = next((a for a in head.ancestors if a.dep_ == "relcl" and a.head != head), None)
            return self._described(clause.head) if clause is not None else "anonymous"
        if head.lower_ in ELLIPTIC | PRONOUNS:
            return self._carried(head)
        own = {head.lower_, head.lemma_.lower(), *(f"{c.lower_}-{head.lower_}" for c in head.lefts)}
        if says("document", own):
            owner = next((c for c in head.children if c.dep_ == "poss" and c.pos_ != "PRON"), None)
            return "official" if owner is not None and self._described(owner) == "official" else "document"
        return "media" if says("media", own) else _office(head, own)

    def _carried(self, head: Token) -> SourceType:
        """The source that a pronoun or "others" takes up: the last speaker, or the subject of the sentence before."""
        if head.lower_ in ELLIPTIC:
            subject = _subject_before(head)
            return self._described(subject) if subject is not None else "anonymous"
        earlier = [q for q in self._speakers if (q["speaker_start"] or 0) < head.idx]
        last = max(earlier, key=lambda q: q["speaker_start"] or 0, default=None)
        return self.of_quote(last) if last is not None else "anonymous"


def _office(head: Token, own: set[str]) -> SourceType:
    """Official, named or anonymous, for somebody who is described only."""
    words = description(head) | own
    past = says("past", words)
    if head.ent_type_ in PLACES or says("official", own) or (says("role", own) and holds_office(words)):
        return "named" if past else "official"
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


def description(head: Token) -> set[str]:
    """Words and pairs of words of a name's phrase and its appositions; peoples and places count as states."""
    words: set[str] = set()
    tops = [head, head.head] if head.dep_ == "appos" else [head]
    for top in tops:
        branches = [c for c in top.children if c.dep_ in BESIDE]
        tokens = [top, *(t for c in branches for t in _phrase(c))]
        parts = [part for t in sorted(tokens, key=lambda t: t.i) for part in _words(t)]
        words |= {*parts, *(f"{a}-{b}" for a, b in pairwise(parts))}
    return words


def _phrase(token: Token) -> list[Token]:
    """A phrase without the clauses in it."""
    found = [token]
    for child in token.children:
        if child.dep_ not in {"relcl", "acl", "conj", "appos"}:
            found += _phrase(child)
    return found


def _words(token: Token) -> list[str]:
    words = [bare(word).removesuffix("'s").removesuffix("’s") for word in WORD.findall(token.lower_)]
    return [*words, "state"] if token.ent_type_ in {"GPE", "NORP"} else words


def _subject_before(head: Token) -> Token | None:
    """The subject of the sentence before, in the same paragraph."""
    start = head.sent.start
    if start == 0 or "\n" in head.doc[start - 1].text:
        return None
    before = head.doc[start - 1].sent
    subjects = [t for t in before if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ in {"NOUN", "PROPN"}]
    return subjects[0] if subjects else None
