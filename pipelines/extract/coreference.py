"""What pronouns and descriptions refer to, as far as it is safe.

Precision first: where two people or bodies would do, nothing is said.
"""

import tomllib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from spacy.tokens import Doc, Span, Token

from pipelines.extract.name_lexicon import given_names, lexicon
from pipelines.extract.plain_text import text_of
from pipelines.schemas import Mention, Role

type Gender = Literal["male", "female"]

PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OPENING, CLOSING = "“", "”"
# Paragraphs before the pronoun's own that may hold its antecedent.
FURTHEST = 2
# How much more salient a person must be than the next one.
MARGIN = 2
# Names behind a pronoun that may be its subject's.
FEW = 3
# What a title or a given name weighs against the pronouns of the text.
STRONG = 5
# Before the noun of a title, they make it another office: the vice president is not "the president".
UNDER = frozenset({"vice", "deputy", "assistant", "associate", "under", "junior"})
COMPANIES = frozenset({"company", "firm", "carrier", "airline", "lender", "bank", "group", "club", "team", "retailer"})


@cache
def person_nouns() -> dict[str, str]:
    """Nouns and titles for people -> male, female or either."""
    table = tomllib.loads((files(__package__) / "data" / "person_nouns.toml").read_text("utf-8"))
    return {word: gender for gender, words in table.items() for word in words}


def antecedents(doc: Doc, mentions: Sequence[Mention], roles: Sequence[Role]) -> dict[int, Mention]:
    """For a token index (a pronoun, or the head of a description), the mention it refers to; absent where unsure."""
    return Resolver(doc, mentions, roles).resolved()


class Resolver:
    """One document's people and bodies, and what its pronouns and descriptions make of them."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], roles: Sequence[Role]) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.people = [m for m in mentions if m["type"] == "PERSON" and not self._modifies(m)]
        self.bodies = [m for m in mentions if m["type"] == "ORG"]
        self.roles = [(mentions[r["mention"]], r) for r in roles if r["kind"] in {"title", "role"}]
        self.named = {token.i for mention in mentions for token in span_of(doc, mention)}
        self.quoted = quoted_tokens(doc)
        self.genders = self._genders()

    def resolved(self) -> dict[int, Mention]:
        """Antecedents by token index."""
        pronouns = [t for t in self.doc if t.lower_ in PRONOUNS and not is_anybody(t)]
        for token in pronouns:
            # A paragraph with one person settles what later paragraphs with two are read by.
            if (person := self._only_person(token)) is not None:
                self.genders[person["entity_id"]][PRONOUNS[token.lower_]] += 1
        found = {t.i: m for t in pronouns if (m := self._person(t)) is not None}
        described = {t.i: m for t in self.doc if is_description(t) and (m := self._described(t)) is not None}
        return found | described

    def _genders(self) -> defaultdict[str, Counter[str]]:
        """What titles, nouns and given names say of each person's gender."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for person in {m["entity_id"]: m for m in self.people}.values():
            gender = given_names().get(person["name"].split()[0].lower())
            if gender is not None:
                found[person["entity_id"]][gender] += STRONG
        for person, role in self.roles:
            for word in role["text"].lower().replace(".", " ").split():
                gender = person_nouns().get(word)
                if gender in {"male", "female"}:
                    found[person["entity_id"]][gender] += STRONG
        return found

    def _modifies(self, mention: Mention) -> bool:
        """Whether the name only modifies another noun: "the Example administration"."""
        span = span_of(self.doc, mention)
        return bool(span.root.dep_ == "compound" and span.root.head.i >= span.end)

    def _may_be(self, mention: Mention, gender: Gender) -> bool:
        counts = self.genders[mention["entity_id"]]
        other = "female" if gender == "male" else "male"
        return counts[gender] >= counts[other]

    def _candidates(self, pronoun: Token) -> Iterator[list[Mention]]:
        """People before the pronoun: of its own paragraph, then of each one before, nearest first."""
        text = self.text
        end = pronoun.idx
        for _ in range(FURTHEST + 1):
            bottom = text.rfind("\n\n", 0, end) + 1
            first, last = (bisect_left(self.people, x, key=lambda m: m["start"]) for x in (bottom, end))
            yield [m for m in self.people[first:last] if self._fits(m, pronoun)]
            end = bottom - 1
            if bottom <= 0:
                return

    def _fits(self, mention: Mention, pronoun: Token) -> bool:
        """Whether gender, quotation marks and the clause allow it."""
        span = span_of(self.doc, mention)
        if not self._may_be(mention, PRONOUNS[pronoun.lower_]):
            return False
        if self.quoted[pronoun.i] != self.quoted[span.root.i] and self.quoted[pronoun.i]:
            return False
        same_clause = span.root.head == pronoun.head and pronoun.dep_ not in {"poss", *SUBJECTS}
        return not same_clause or pronoun.lower_.endswith("self")

    def _only_person(self, pronoun: Token) -> Mention | None:
        own = next(self._candidates(pronoun))
        alone = len({m["entity_id"] for m in own}) == 1 and not self.quoted[pronoun.i]
        return own[-1] if alone and self._stranger(own[-1], pronoun) is None else None

    def _person(self, pronoun: Token) -> Mention | None:
        """The person that the pronoun means, where one is more salient than all others."""
        for near in self._candidates(pronoun):
            if near:
                scores: Counter[str] = Counter()
                for mention in near:
                    scores[mention["entity_id"]] = max(scores[mention["entity_id"]], self._salience(mention, pronoun))
                (best, top), *rest = scores.most_common(2)
                if rest and top - rest[0][1] < MARGIN:
                    return None
                chosen = [m for m in near if m["entity_id"] == best][-1]
                is_open = self._stranger(chosen, pronoun) is not None or self._announces(pronoun, chosen)
                return None if is_open else chosen
            if self.quoted[pronoun.i]:
                return None
        return None

    def _announces(self, pronoun: Token, chosen: Mention) -> bool:
        """Whether the subject behind it may be meant instead: "In her book, Lund told ..."."""
        verb = next((t for t in pronoun.ancestors if any(c.dep_ in SUBJECTS for c in t.children)), None)
        subjects = {c.i for c in verb.children if c.dep_ in SUBJECTS and c.i > pronoun.i} if verb is not None else set()
        behind = self.people[bisect_left(self.people, pronoun.idx, key=lambda m: m["start"]) :]
        return any(
            m["entity_id"] != chosen["entity_id"]
            and self._may_be(m, PRONOUNS[pronoun.lower_])
            and span_of(self.doc, m).root.i in subjects
            for m in behind[:FEW]
        )

    def _salience(self, mention: Mention, pronoun: Token) -> int:
        """Points for being a subject, near, and subject of the clause that the pronoun's depends on."""
        root = span_of(self.doc, mention).root
        place = root.i
        while root.dep_ == "conj":
            root = root.head
        points = 3 if root.dep_ in SUBJECTS else 1 if root.dep_ in {"dobj", "pobj", "appos", "attr"} else 0
        sentences = sum(1 for t in self.doc[place + 1 : pronoun.i + 1] if t.is_sent_start)
        points += max(0, 3 - sentences)
        if root.dep_ in SUBJECTS and root.head in pronoun.ancestors:
            points += 2
        return points

    def _stranger(self, mention: Mention, pronoun: Token) -> Token | None:
        """An unnamed person between the name and the pronoun, whom it may mean instead."""
        gender = PRONOUNS[pronoun.lower_]
        span = span_of(self.doc, mention)
        titles = {i for _, role in self.roles for i in range(role["start"], role["end"])}
        for token in self.doc[span.end : pronoun.i]:
            if token.pos_ == "PROPN" and token.dep_ in SUBJECTS and token.i not in self.named:
                return token
            kind = person_nouns().get(token.lower_)
            if kind in {gender, "either"} and token.pos_ == "NOUN" and token.dep_ in {*SUBJECTS, "dobj", "pobj"}:
                described = token.dep_ == "pobj" and kind == "either"
                if not described and token.idx not in titles and not self.quoted[token.i]:
                    return token
        return None

    def _described(self, noun: Token) -> Mention | None:
        """The person or body that "the president", "the authority" or "the company" means."""
        word = noun.lower_
        holders = [m for m, r in self.roles if r["start"] < noun.idx and title_head(r["text"]) == word]
        if word in person_nouns():
            return only(holders)
        before = [m for m in self.bodies if m["end"] <= noun.idx]
        named = [m for m in before if m["name"].lower().split()[-1] == word and " " in m["name"]]
        if named and word in lexicon("last")["organization"]:
            return only(named)
        if word not in COMPANIES:
            return None
        bottom = self.text.rfind("\n\n", 0, max(0, self.text.rfind("\n\n", 0, noun.idx))) + 1
        public = lexicon("public")["body"]
        return only([m for m in before if m["start"] >= bottom and m["name"].lower().split()[-1] not in public])


def span_of(doc: Doc, mention: Mention) -> Span:
    """The tokens of a mention.

    Raises:
        ValueError: the mention is of another document.
    """
    span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
    if span is None:
        raise ValueError(f"No tokens at {mention['start']} to {mention['end']}")
    return span


def only(mentions: Sequence[Mention]) -> Mention | None:
    """The last of the mentions if all are of one entity."""
    return mentions[-1] if len({m["entity_id"] for m in mentions}) == 1 else None


def is_anybody(pronoun: Token) -> bool:
    """Whether it is one of a pair that means whoever it may be: "his or her"."""
    doc, i = pronoun.doc, pronoun.i
    beside = (doc[i + 1 : i + 3], doc[max(0, i - 2) : i])
    return any({"or"} < (words := {t.lower_ for t in two}) and bool(words & PRONOUNS.keys()) for two in beside)


def title_head(text: str) -> str:
    """The word of a title or description that says what the person is: the last before "of", "at", "for".

    Empty where a word before it makes it a lesser office.
    """
    head = ""
    for word in text.lower().replace("-", " ").split():
        if word in UNDER:
            return ""
        if word in {"of", "at", "for", "in", "from", "with", "to", "and", "on"}:
            break
        head = word.strip(".,'’")
    return head


def is_description(token: Token) -> bool:
    """Whether the token is the head of "the NOUN" without more: no adjective, no "of", no name in front."""
    if token.pos_ != "NOUN" or token.tag_ != "NN" or token.dep_ == "compound":
        return False
    children = list(token.children)
    before = [c for c in children if c.i < token.i]
    behind = [c for c in children if c.i > token.i and c.dep_ in {"prep", "relcl", "appos", "acl"}]
    return len(before) == 1 and before[0].lower_ == "the" and not behind


def quoted_tokens(doc: Doc) -> list[bool]:
    """For each token, whether it stands between quotation marks; a paragraph break ends a quotation."""
    inside = False
    found: list[bool] = []
    for token in doc:
        if "\n" in token.text or token.text == CLOSING:
            inside = False
        elif token.text == OPENING:
            inside = True
        elif token.text in {'"', "``", "''"}:
            inside = not inside
        found.append(inside)
    return found
