"""What the words of a name, and those around it, say about its type: named cues, each present or absent."""

import re
from collections.abc import Container, Iterator

from spacy.tokens import Doc, Span, Token

from pipelines.extract.countries import is_demonym, territory
from pipelines.extract.gazetteer import towns
from pipelines.extract.name_lexicon import given_names, lexicon
from pipelines.extract.name_spans import Name
from pipelines.extract.titles import is_title

LONG = 3
ACRONYM = 6
OLDEST = 110
SMALL = re.compile(r"\b[a-zà-ÿ]{3,}\b")


def small_words(text: str) -> frozenset[str]:
    """Words that the text writes with a small first letter."""
    return frozenset(SMALL.findall(text))


def cues(doc: Doc, text: str, name: Name, small: Container[str]) -> frozenset[str]:
    """The cues of one mention; `text` is the document's, which spaCy puts together anew at each call.

    `small` are the words that the document writes small.
    """
    span = doc.char_span(name.start, name.end, alignment_mode="expand")
    if span is None:
        return frozenset()
    surface = text[name.start : name.end]
    own = (f"model {name.type}", *own_cues(surface), *known_cues(surface, small))
    return frozenset((*own, *left_cues(doc, span), *right_cues(doc, span), *tree_cues(span)))


def own_cues(surface: str) -> Iterator[str]:
    """Cues of the name's own words."""
    words = surface.split()
    if not words:
        return
    yield f"words {min(len(words), LONG)}"
    if words[0].lower() in given_names():
        yield "given name" if len(words) > 1 else "given name alone"
    last = words[-1].lower().strip(".,")
    yield from (f"last {kind}" for kind, known in lexicon("last").items() if last in known and len(words) > 1)
    if len(words) == 1 and len(surface) <= ACRONYM and surface.isupper() and surface.isalpha():
        yield "acronym"
    if any(c.isdigit() for c in surface):
        yield "digit"
    if any(w in {"of", "for", "and", "&", "the"} for w in words):
        yield "linked words"
    if len(words) == 1 and any(c.isupper() for c in surface[1:]) and any(c.islower() for c in surface):
        yield "inner capital"
    if len(words) > 1 and any(len(w) == len("X.") and w[0].isupper() and w[1] == "." for w in words[:2]):
        yield "initial"


def known_cues(surface: str, small: Container[str]) -> Iterator[str]:
    """Cues of what the name is known as: a people, a territory, a town, a common word of the document."""
    if is_demonym(surface):
        yield "people"
    elif territory(surface) is not None:
        yield "territory"
    elif (large := towns().get(surface.casefold())) is not None:
        yield "large town" if large else "town"
    if surface.isalpha() and not surface.isupper() and surface.lower() in small:
        yield "also small"


def left_cues(doc: Doc, span: Span) -> Iterator[str]:
    """Cues of the words before the name."""
    before = [t for t in doc[max(0, span.start - 3) : span.start] if not t.is_quote]
    if not before or "\n" in before[-1].text:
        yield "line start"
        return
    last = before[-1]
    word = last.lower_
    yield f"tag before {last.pos_}"
    if is_title(last.text):
        yield "Title before" if last.text[0].isupper() else "title before"
    yield from (f"{kind}" for kind, known in lexicon("beside").items() if kind.endswith("_before") and word in known)
    if word == "the":
        yield "the"
    if word == "of" and len(before) > 1 and before[-2].lower_ in lexicon("beside")["place_of"]:
        yield "place of"
    if word in {"at", "from", "to", "by", "with", "for", "(", "and", ","}:
        yield f"after {word}"


def right_cues(doc: Doc, span: Span) -> Iterator[str]:
    """Cues of the words behind the name."""
    behind = list(doc[span.end : span.end + 4])
    if not behind or "\n" in behind[0].text:
        yield "line end"
        return
    word = behind[0].lower_
    yield f"tag behind {behind[0].pos_}"
    if behind[0].lemma_ in {"say", "tell", "add", "ask", "note"}:
        yield "says"
    yield from possessed(behind)
    yield from (kind for kind, known in lexicon("beside").items() if kind.endswith("_after") and word in known)
    if word in lexicon("beside")["people_nouns"]:
        yield "people noun behind"
    if word == "," and len(behind) > 1:
        yield from appositive(behind[1:])
    if word == "(":
        yield "bracket behind"


def possessed(behind: list[Token]) -> Iterator[str]:
    """Cues of what the name owns."""
    if behind[0].lower_ in {"'s", "’s", "'", "’"} and len(behind) > 1:
        yield "owner"
        word = behind[1].lower_
        if word in lexicon("beside")["organization_after"]:
            yield "owner of staff"
        if word in {
            "wife",
            "husband",
            "son",
            "daughter",
            "father",
            "mother",
            "brother",
            "sister",
            "lawyer",
            "career",
            "death",
        }:
            yield "owner of kin"


def appositive(behind: list[Token]) -> Iterator[str]:
    """Cues of what follows the name after a comma."""
    word = behind[0].lower_
    if word.isdigit() and int(word) < OLDEST and len(behind) > 1 and behind[1].text in {",", ".", "and"}:
        yield "age"
    if word in {"who", "whose"}:
        yield "who"
    if word in {"which", "where"}:
        yield word
    if behind[0].ent_type_ == "GPE":
        yield "place appended"
    if word in {"a", "an", "the"}:
        yield "apposition"


def tree_cues(span: Span) -> Iterator[str]:
    """Cues of the name's part in the sentence."""
    root = span.root
    yield f"role {root.dep_}"
    if root.dep_ in {"nsubj", "nsubjpass"}:
        yield "subject of person verb" if root.head.lemma_ in lexicon("beside")["person_verbs"] else "subject"
    if root.head.pos_ == "PROPN" and root.dep_ == "conj":
        yield f"beside {root.head.ent_type_ or 'none'}"
    if root.dep_ == "compound" and not span.start <= root.head.i < span.end:
        yield "modifies name" if root.head.pos_ == "PROPN" else "modifies noun"
