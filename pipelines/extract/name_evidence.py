"""What the words of a name, and those around it, say about its type: named cues, each present or absent."""

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache

from spacy.lang.lex_attrs import is_quote
from spacy.tokens import Doc

from pipelines.extract.countries import is_demonym, territory
from pipelines.extract.gazetteer import towns
from pipelines.extract.name_lexicon import given_names, lexicon
from pipelines.extract.name_spans import Name
from pipelines.extract.titles import is_title
from pipelines.extract.tree import Tree, tree

LONG = 3
ACRONYM = 6
OLDEST = 110
KIN = frozenset(
    {"wife", "husband", "son", "daughter", "father", "mother", "brother", "sister", "lawyer", "career", "death"}
)
# Whom only people have; a body has sisters, and a ship's mother is a port.
FAMILY = frozenset({"wife", "husband", "widow", "son", "daughter"})
SMALL = re.compile(r"\b[a-zà-ÿ]{3,}\b")


def small_words(text: str) -> frozenset[str]:
    """Words that the text writes with a small first letter."""
    return frozenset(SMALL.findall(text))


def cues(doc: Doc, text: str, name: Name, small: Container[str]) -> frozenset[str]:
    """The cues of one mention; `small` are the words that the document writes small."""
    parse = tree(doc)
    words = parse.touched(name.start, name.end)
    surface = text[name.start : name.end]
    own = (f"model {name.type}", *surface_cues(surface), *(["also small"] if is_small(surface, small) else []))
    beside = (*left_cues(text, parse, words.start), *right_cues(parse, words.stop))
    return frozenset((*own, *beside, *tree_cues(parse, words)))


@lru_cache(maxsize=2**14)
def surface_cues(surface: str) -> tuple[str, ...]:
    """Cues of the name alone, kept since names come again and again."""
    return (*own_cues(surface), *known_cues(surface))


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


def known_cues(surface: str) -> Iterator[str]:
    """Cues of what the name is known as: a people, a territory, a town."""
    if is_demonym(surface):
        yield "people"
    elif territory(surface) is not None:
        yield "territory"
    elif (large := towns().get(surface.casefold())) is not None:
        yield "large town" if large else "town"


def is_small(surface: str, small: Container[str]) -> bool:
    """Whether the name is a common word of the document, too."""
    return surface.isalpha() and not surface.isupper() and surface.lower() in small


def left_cues(text: str, tree: Tree, start: int) -> Iterator[str]:
    """Cues of the words before the name, which begins with the token `start`."""
    before = [i for i in range(max(0, start - 3), start) if not is_quote(tree.lower[i])]
    if not before or "\n" in tree.lower[before[-1]]:
        yield "line start"
        return
    last = before[-1]
    word = tree.lower[last]
    yield f"tag before {tree.pos[last]}"
    if is_title(word):
        yield "Title before" if text[tree.start[last]].isupper() else "title before"
    yield from [kind for kind, known in kinds("_before") if word in known]
    if word == "the":
        yield "the"
    if word == "of" and len(before) > 1 and tree.lower[before[-2]] in lexicon("beside")["place_of"]:
        yield "place of"
    if word in {"at", "from", "to", "by", "with", "for", "(", "and", ","}:
        yield f"after {word}"


def right_cues(tree: Tree, end: int) -> Iterator[str]:
    """Cues of the words behind the name, which ends before the token `end`."""
    if end == len(tree.lower) or "\n" in tree.lower[end]:
        yield "line end"
        return
    word = tree.lower[end]
    yield f"tag behind {tree.pos[end]}"
    if tree.lemma[end] in {"say", "tell", "add", "ask", "note"}:
        yield "says"
    behind = tree.lower[end : end + 4]
    yield from possessed(behind)
    yield from [kind for kind, known in kinds("_after") if word in known]
    if word in lexicon("beside")["people_nouns"]:
        yield "people noun behind"
    if word == "administration":
        yield "administration behind"
    if word == "," and len(behind) > 1:
        yield from appositive(behind[1:], tree.entity[end + 1])
    if word == "(":
        yield "bracket behind"


@cache
def kinds(side: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The lists of words that stand on one side of a name, by what they tell."""
    return tuple((kind, known) for kind, known in lexicon("beside").items() if kind.endswith(side))


def possessed(behind: Sequence[str]) -> Iterator[str]:
    """Cues of what the name owns."""
    if behind[0] in {"'s", "’s", "'", "’"} and len(behind) > 1:
        yield "owner"
        if behind[1] in lexicon("beside")["organization_after"]:
            yield "owner of staff"
        if behind[1] in KIN:
            yield "owner of kin"
        if behind[1] in FAMILY:
            yield "owner of family"


def appositive(behind: Sequence[str], entity: str) -> Iterator[str]:
    """Cues of what follows the name after a comma; `entity` is the type of name that its first word is part of."""
    word = behind[0]
    if word.isdecimal() and int(word) < OLDEST and len(behind) > 1 and behind[1] in {",", ".", "and"}:
        yield "age"
    if word in {"who", "whose"}:
        yield "who"
    if word in {"which", "where"}:
        yield word
    if entity == "GPE":
        yield "place appended"
    if word in {"a", "an", "the"}:
        yield "apposition"


def tree_cues(tree: Tree, words: range) -> Iterator[str]:
    """Cues of the name's part in the sentence."""
    root = tree.top(words)
    if root is None:
        return
    dep, head = tree.dep[root], tree.head[root]
    yield f"role {dep}"
    if dep in {"nsubj", "nsubjpass"}:
        yield "subject of person verb" if tree.lemma[head] in lexicon("beside")["person_verbs"] else "subject"
    if tree.pos[head] == "PROPN" and dep == "conj":
        yield f"beside {tree.entity[head] or 'none'}"
    if dep == "compound" and head not in words:
        yield "modifies name" if tree.pos[head] == "PROPN" else "modifies noun"
