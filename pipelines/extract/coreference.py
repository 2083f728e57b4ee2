"""What pronouns refer to, as far as it is safe."""

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipelines.schemas import Mention

SINGULAR = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def antecedents(doc: Doc, mentions: Sequence[Mention]) -> dict[int, Mention]:
    """For a token index (a pronoun, or the head of a description), the mention it refers to; absent where unsure."""
    people = [mention for mention in mentions if mention["type"] == "PERSON"]
    found: dict[int, Mention] = {}
    for token in doc:
        if token.lower_ in SINGULAR:
            person = nearest_person(doc, token, people)
            if person is not None:
                found[token.i] = person
    return found


def nearest_person(doc: Doc, pronoun: Token, people: Sequence[Mention]) -> Mention | None:
    """The only person of the paragraph so far, or of the paragraph before; else the last sentence's subject."""
    end = bisect_left(people, pronoun.idx, key=lambda m: m["start"])
    bottom = doc.text.rfind("\n\n", 0, pronoun.idx) + 1
    while True:
        near = [m for m in people[:end] if m["start"] >= bottom]
        names = {m["entity_id"] for m in near}
        if len(names) == 1:
            return near[-1]
        if names or bottom <= 0:
            break
        bottom = doc.text.rfind("\n\n", 0, bottom - 1) + 1
    subjects = [m for m in near if is_subject(doc, m)]
    return subjects[-1] if subjects else None


def is_subject(doc: Doc, mention: Mention) -> bool:
    """Whether the name is the subject of a clause."""
    span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
    return span is not None and span.root.dep_ in SUBJECTS
