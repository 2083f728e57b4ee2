"""What pronouns and descriptions refer to, as far as it is safe.

Precision first: where two people or bodies would do, nothing is said.
"""

import tomllib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Literal

from spacy.tokens import Doc

from pipelines.extract.given_forms import gender_of
from pipelines.extract.name_lexicon import lexicon
from pipelines.extract.plain_text import text_of
from pipelines.extract.tree import Tree, tree
from pipelines.schemas import Mention, Role

type Gender = Literal["male", "female"]

PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"him", "her"})
RELATIVES = frozenset({"who", "that", "which"})
# Parts of a clause in which the subject is that of the verb above.
UNDERSTOOD = frozenset({"advcl", "conj", "acl", "pcomp", "prep", "dobj"})
INDEFINITE = frozenset({"a", "an", "another"})
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
        self.tree = tree(doc)
        self.text = text_of(doc)
        self.people = [m for m in mentions if m["type"] == "PERSON" and not self._modifies(m)]
        self.bodies = [m for m in mentions if m["type"] == "ORG"]
        self.roles = [(mentions[r["mention"]], r) for r in roles if r["kind"] in {"title", "role"}]
        self.titles = {i for _, role in self.roles for i in range(role["start"], role["end"])}
        self.named = {word for mention in mentions for word in self._words(mention)}
        self.quoted = quoted_tokens(doc)
        self.sentence = list(accumulate(self.tree.opens))
        self.genders = self._genders()

    def resolved(self) -> dict[int, Mention]:
        """Antecedents by token index."""
        lowers = self.tree.lower
        pronouns = [word for word, lower in enumerate(lowers) if lower in PRONOUNS and not is_anybody(lowers, word)]
        for pronoun in pronouns:
            # A paragraph with one person settles what later paragraphs with two are read by.
            if (person := self._only_person(pronoun)) is not None:
                self.genders[person["entity_id"]][PRONOUNS[self.tree.lower[pronoun]]] += 1
        found = {word: m for word in pronouns if (m := self._person(word)) is not None}
        nouns = [word for word, tag in enumerate(self.tree.tag) if tag == "NN" and is_description(self.tree, word)]
        described = {word: m for word in nouns if (m := self._described(word)) is not None}
        return found | described

    def _words(self, mention: Mention) -> range:
        return self.tree.touched(mention["start"], mention["end"])

    def _root(self, mention: Mention) -> int:
        """The word of a mention that the others hang on.

        Raises:
            ValueError: the mention is of another document.
        """
        root = self.tree.top(self._words(mention))
        if root is None:
            raise ValueError(f"No tokens at {mention['start']} to {mention['end']}")
        return root

    def _genders(self) -> defaultdict[str, Counter[str]]:
        """What titles, nouns and given names say of each person's gender."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for person in {m["entity_id"]: m for m in self.people}.values():
            gender = gender_of(person["name"].split()[0].lower())
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
        root = self._root(mention)
        return self.tree.dep[root] == "compound" and self.tree.head[root] >= self._words(mention).stop

    def _may_be(self, mention: Mention, gender: Gender) -> bool:
        counts = self.genders[mention["entity_id"]]
        other = "female" if gender == "male" else "male"
        return counts[gender] >= counts[other]

    def _candidates(self, pronoun: int) -> Iterator[list[Mention]]:
        """People before the pronoun: of its own paragraph, then of each one before, nearest first."""
        text = self.text
        end = self.tree.start[pronoun]
        for _ in range(FURTHEST + 1):
            bottom = text.rfind("\n\n", 0, end) + 1
            first, last = (bisect_left(self.people, x, key=_start) for x in (bottom, end))
            yield [m for m in self.people[first:last] if self._fits(m, pronoun)]
            end = bottom - 1
            if bottom <= 0:
                return

    def _fits(self, mention: Mention, pronoun: int) -> bool:
        """Whether gender, quotation marks and the clause allow it."""
        lower = self.tree.lower[pronoun]
        if not self._may_be(mention, PRONOUNS[lower]):
            return False
        root = self._root(mention)
        if self.quoted[pronoun] and not self.quoted[root]:
            return False
        same_head = self.tree.head[root] == self.tree.head[pronoun]
        same_clause = same_head and self.tree.dep[pronoun] not in {"poss", *SUBJECTS}
        return lower.endswith("self") or not (same_clause or root in self._doers(pronoun))

    def _doers(self, pronoun: int) -> list[int]:
        """Who does to the pronoun what its verb says, and so is somebody else: named there, or understood.

        That is the subject above in "Lund wrote to Berg, thanking him", and Lund in "Lund, who thanked him".
        """
        dep, head = self.tree.dep, self.tree.head
        verb = head[pronoun]
        if dep[pronoun] in SUBJECTS and self.tree.lower[pronoun] in OBJECTS:
            verb = head[verb]  # "called him to play"
        elif dep[pronoun] not in {"dobj", "dative"}:
            return []
        for word in [verb, *self.tree.ancestors(verb)]:
            subjects = self._subjects(word)
            if subjects and dep[word] == "relcl" and self.tree.lower[subjects[0]] in RELATIVES:
                return [head[word]]
            if subjects or dep[word] not in UNDERSTOOD:
                return subjects
        return []

    def _only_person(self, pronoun: int) -> Mention | None:
        own = next(self._candidates(pronoun))
        alone = len({m["entity_id"] for m in own}) == 1 and not self.quoted[pronoun]
        return own[-1] if alone and not self._strangers(own[-1], pronoun) else None

    def _person(self, pronoun: int) -> Mention | None:
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
                return None if self._strangers(chosen, pronoun) or self._announces(pronoun, chosen) else chosen
            if self.quoted[pronoun]:
                return None
        return None

    def _announces(self, pronoun: int, chosen: Mention) -> bool:
        """Whether the subject behind it may be meant instead: "In her book, Lund told ..."."""
        above = (self._subjects(word) for word in self.tree.ancestors(pronoun))
        subjects = [word for word in next((words for words in above if words), []) if word > pronoun]
        if not subjects:
            return False
        gender = PRONOUNS[self.tree.lower[pronoun]]
        first = bisect_left(self.people, self.tree.start[pronoun], key=_start)
        return any(
            m["entity_id"] != chosen["entity_id"] and self._may_be(m, gender) and self._root(m) in subjects
            for m in self.people[first : first + FEW]
        )

    def _subjects(self, verb: int) -> list[int]:
        return [word for word in self.tree.children[verb] if self.tree.dep[word] in SUBJECTS]

    def _salience(self, mention: Mention, pronoun: int) -> int:
        """Points for being a subject, near, and subject of the clause that the pronoun's depends on."""
        dep, head = self.tree.dep, self.tree.head
        root = place = self._root(mention)
        while dep[root] == "conj":
            root = head[root]
        points = 3 if dep[root] in SUBJECTS else 1 if dep[root] in {"dobj", "pobj", "appos", "attr"} else 0
        points += max(0, 3 - (self.sentence[pronoun] - self.sentence[place]))
        if dep[root] in SUBJECTS and head[root] in self.tree.ancestors(pronoun):
            points += 2
        return points

    def _strangers(self, mention: Mention, pronoun: int) -> bool:
        """Whether there is an unnamed person between the name and the pronoun, whom it may mean instead."""
        _, _, pos, _, dep, _, start, _, _, _ = self.tree
        gender = PRONOUNS[self.tree.lower[pronoun]]
        for word in range(self._words(mention).stop, pronoun):
            if pos[word] == "PROPN" and dep[word] in SUBJECTS and word not in self.named:
                return True
            if pos[word] != "NOUN" or dep[word] not in {*SUBJECTS, "dobj", "pobj"}:
                continue
            kind = person_nouns().get(self.tree.lower[word])
            if kind in {gender, "either"}:
                described = dep[word] == "pobj" and kind == "either"
                if not described and start[word] not in self.titles and not self.quoted[word]:
                    return True
        return False

    def _described(self, noun: int) -> Mention | None:
        """The person or body that "the president", "the authority" or "the company" means."""
        word, at = self.tree.lower[noun], self.tree.start[noun]
        if word in person_nouns():
            return only([m for m, r in self.roles if r["start"] < at and title_head(r["text"]) == word])
        before = [m for m in self.bodies if m["end"] <= at]
        named = [m for m in before if m["name"].lower().split()[-1] == word and " " in m["name"]]
        if named and word in lexicon("last")["organization"]:
            return None if self._is_new(noun, named[-1]) else only(named)
        if word not in COMPANIES:
            return None
        bottom = self.text.rfind("\n\n", 0, max(0, self.text.rfind("\n\n", 0, at))) + 1
        public = lexicon("public")["body"]
        return only([m for m in before if m["start"] >= bottom and m["name"].lower().split()[-1] not in public])

    def _is_new(self, noun: int, mention: Mention) -> bool:
        """Whether another of the kind came up since the name: "a church", then "the church"."""
        word, lower = self.tree.lower[noun], self.tree.lower
        return any(
            lower[i] == word and any(lower[left] in INDEFINITE for left in self.tree.lefts(i))
            for i in range(self._words(mention).stop, noun)
        )


def _start(mention: Mention) -> int:
    return mention["start"]


def only(mentions: Sequence[Mention]) -> Mention | None:
    """The last of the mentions if all are of one entity."""
    return mentions[-1] if len({m["entity_id"] for m in mentions}) == 1 else None


def is_anybody(lowers: Sequence[str], pronoun: int) -> bool:
    """Whether it is one of a pair that means whoever it may be: "his or her"."""
    beside = (lowers[pronoun + 1 : pronoun + 3], lowers[max(0, pronoun - 2) : pronoun])
    return any("or" in two and not PRONOUNS.keys().isdisjoint(two) for two in beside)


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


def is_description(tree: Tree, noun: int) -> bool:
    """Whether a noun is the head of "the NOUN" without more: no adjective, no "of", no name in front."""
    if tree.pos[noun] != "NOUN" or tree.dep[noun] == "compound":
        return False
    before = tree.lefts(noun)
    behind = [c for c in tree.rights(noun) if tree.dep[c] in {"prep", "relcl", "appos", "acl"}]
    return len(before) == 1 and tree.lower[before[0]] == "the" and not behind


def quoted_tokens(doc: Doc) -> list[bool]:
    """For each token, whether it stands between quotation marks; a paragraph break ends a quotation."""
    inside = False
    found: list[bool] = []
    for lower in tree(doc).lower:
        if lower == CLOSING or "\n" in lower:
            inside = False
        elif lower == OPENING:
            inside = True
        elif lower in {'"', "``", "''"}:
            inside = not inside
        found.append(inside)
    return found
