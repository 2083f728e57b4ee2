"""How likely a frame is to report: logistic regression over what the parse and the lexicon say of it.

`scripts/train_cues.py` learns the weights from annotated articles; they are kept beside the code. The features come in
parts, each told by a few words: as these return in article after article, the weight of a part is remembered.
"""

import json
import math
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from pipelines.extract.cues import classes_of
from pipelines.extract.frames import VERBS, Frame
from pipelines.extract.tree import Tree

FIRST_WORDS = frozenset({
    "that", "to", "whether", "if", "what", "how", "why", "who", "which", "for", "of", "about", "on", "against", "in",
    "at", "with", "a", "the", "it", "him", "them", "her", "me", "us",
})  # fmt: skip


CLOSED = frozenset({"ADP", "SCONJ", "PART", "PUNCT", "DET", "PRON"})
EARLY = 2  # tokens, of which one opens the sentence
HELPERS = frozenset({"aux", "auxpass", "neg", "mark"})
SPEECH = frozenset({"say", "tell"})
FINITE = frozenset({"nsubj", "nsubjpass", "expl"})

type Part = tuple[Callable[..., Iterator[str]], tuple[Any, ...]]


@cache
def weights() -> dict[str, float]:
    """The learned weight of each feature."""
    table: dict[str, float] = json.loads((files(__package__) / "data" / "cue_weights.json").read_text("utf-8"))
    return table


def probability(tree: Tree, frame: Frame, quoted: frozenset[int]) -> float:
    """Probability that the frame reports; `quoted` are the tokens between quotation marks."""
    total = sum([_weight(part, given) for part, given in _parts(tree, frame, quoted)])
    return 1 / (1 + math.exp(-total))


def features(tree: Tree, frame: Frame, quoted: frozenset[int]) -> set[str]:
    """What is told of a frame, as names of binary features."""
    return {name for part, given in _parts(tree, frame, quoted) for name in part(*given)}


@lru_cache(maxsize=2**16)
def _weight(part: Callable[..., Iterator[str]], given: tuple[Any, ...]) -> float:
    table = weights()
    return sum(table.get(name, 0.0) for name in set(part(*given)))


def _parts(tree: Tree, frame: Frame, quoted: frozenset[int]) -> tuple[Part, ...]:
    """The parts of the features, each with what tells it."""
    cue = frame.cue
    return (
        (_lexical, (frame.shape, tree.pos[cue], tree.lemma[cue])),
        (_source, _of_source(tree, frame)),
        (_grammar, (tree.tag[cue], tree.dep[cue], *_helpers(tree, cue))),
        (_over, _verbs_over(tree, cue)),
        (_place, _of_place(tree, cue)),
        (_content, _of_content(tree, frame, quoted)),
        (_head, _of_head(tree, frame)),
    )


def _lexical(shape: str, pos: str, lemma: str) -> Iterator[str]:
    yield "bias"
    yield f"shape={shape}"
    yield f"lemma={lemma.lower()}"
    classes = classes_of(pos, lemma) or {"none"}
    for name in classes:
        yield f"class={name}"
        yield f"class={name}&{shape}"
    yield f"classes={len(classes)}"


def _of_source(tree: Tree, frame: Frame) -> tuple[str, ...]:
    """A pronoun, or the sort of name; on which side of the cue it stands; whether it hangs on it."""
    source = frame.source
    if source is None:
        return ("none",)
    word = tree.lower[source] if tree.pos[source] == "PRON" else tree.entity[source] or "noun"
    side = "left" if source < frame.cue else "right"
    return word, side, "own" if tree.head[source] == frame.cue else "shared"


def _source(word: str, *ties: str) -> Iterator[str]:
    yield f"source={word}"
    yield from (f"source {tie}" for tie in ties)


def _helpers(tree: Tree, cue: int) -> list[tuple[str, str]]:
    dep = tree.dep
    return [(dep[c], tree.lower[c]) for c in tree.children[cue] if dep[c] in HELPERS]


def _grammar(tag: str, dep: str, *helpers: tuple[str, str]) -> Iterator[str]:
    yield f"tag={tag}"
    yield f"dep={dep}"
    yield from (f"{role}={word}" for role, word in helpers)


def _verbs_over(tree: Tree, cue: int) -> tuple[int, frozenset[str], str]:
    """How many there are, the classes of the first, and whether any is one of speech."""
    classes = [classes_of(tree.pos[a], tree.lemma[a]) for a in tree.ancestors(cue) if tree.pos[a] in VERBS]
    speech = "under speech" if any(c & SPEECH for c in classes) else ""
    return min(3, len(classes)), classes[0] if classes else frozenset(), speech


def _over(depth: int, classes: frozenset[str], speech: str) -> Iterator[str]:
    yield f"depth={depth}"
    yield from (f"above={name}" for name in classes)
    if speech:
        yield speech


def _of_place(tree: Tree, cue: int) -> tuple[str, str]:
    """Whether the sentence has hardly begun, and the word behind the cue, or its part of speech."""
    early = "early" if any(tree.opens[max(0, cue - EARLY + 1) : cue + 1]) else ""
    if cue + 1 == len(tree.pos):
        return early, ""
    pos = tree.pos[cue + 1]
    return early, tree.lower[cue + 1] if pos in CLOSED else pos


def _place(early: str, following: str) -> Iterator[str]:
    if early:
        yield early
    if following:
        yield f"next={following}"


def _of_content(tree: Tree, frame: Frame, quoted: frozenset[int]) -> tuple[int, str, str]:
    """How long it is, its first word or part of speech, and how much of it is quoted."""
    content = frame.content
    first = min(content)
    word = tree.lower[first]
    inside = len(content & quoted) if quoted else 0
    share = "none" if not inside else "all" if inside >= len(content) - 2 else "some"
    return min(6, len(content).bit_length()), word if word in FIRST_WORDS else tree.pos[first], share


def _content(length: int, first: str, quoted: str) -> Iterator[str]:
    yield f"length={length}"
    yield f"first={first}"
    yield f"quoted={quoted}"


def _of_head(tree: Tree, frame: Frame) -> tuple[str, str, bool, bool] | tuple[()]:
    """The first word of the content that hangs on the cue: what it is, and whether it has a "that" and a subject."""
    head = next((c for c in tree.children[frame.cue] if c in frame.content), None)
    if head is None:
        return ()
    that = any(tree.dep[c] == "mark" and tree.lower[c] == "that" for c in tree.children[head])
    return tree.pos[head], tree.entity[head], that, tree.has(head, FINITE)


def _head(*told: Any) -> Iterator[str]:
    if told:
        pos, entity, that, finite = told
        yield f"head={pos}"
        yield f"head entity={entity}"
        yield "with that" if that else "without that"
        yield "finite" if finite else "no subject"
