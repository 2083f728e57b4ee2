"""How likely a frame is to report: logistic regression over what the parse and the lexicon say of it.

`scripts/train_cues.py` learns the weights from annotated articles; they are kept beside the code.
"""

import json
import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from pipelines.extract.cues import cue_classes
from pipelines.extract.frames import Frame

FIRST_WORDS = frozenset({
    "that", "to", "whether", "if", "what", "how", "why", "who", "which", "for", "of", "about", "on", "against", "in",
    "at", "with", "a", "the", "it", "him", "them", "her", "me", "us",
})  # fmt: skip


CLOSED = frozenset({"ADP", "SCONJ", "PART", "PUNCT", "DET", "PRON"})
EARLY = 2  # tokens before a cue that opens its sentence


@cache
def weights() -> dict[str, float]:
    """The learned weight of each feature."""
    table: dict[str, float] = json.loads((files(__package__) / "data" / "cue_weights.json").read_text("utf-8"))
    return table


def probability(doc: Doc, frame: Frame, quoted: frozenset[int]) -> float:
    """Probability that the frame reports; `quoted` are the tokens between quotation marks."""
    table = weights()
    total = sum(table.get(feature, 0.0) for feature in set(features(doc, frame, quoted)))
    return 1 / (1 + math.exp(-total))


def features(doc: Doc, frame: Frame, quoted: frozenset[int]) -> Iterator[str]:
    """What is told of a frame, as names of binary features."""
    yield "bias"
    yield f"shape={frame.shape}"
    yield from _lexical(frame)
    yield from _source(frame)
    yield from _grammar(frame.cue)
    yield from _surroundings(doc, frame.cue)
    yield from _content(doc, frame, quoted)


def _lexical(frame: Frame) -> Iterator[str]:
    yield f"lemma={frame.cue.lemma_.lower()}"
    classes = cue_classes(frame.cue) or {"none"}
    for name in classes:
        yield f"class={name}"
        yield f"class={name}&{frame.shape}"
    yield f"classes={len(classes)}"


def _source(frame: Frame) -> Iterator[str]:
    source = frame.source
    if source is None:
        yield "source=none"
        return
    if source.pos_ == "PRON":
        yield f"source={source.lower_}"
    else:
        yield f"source={source.ent_type_ or 'noun'}"
    yield "source left" if source.i < frame.cue.i else "source right"
    yield "source own" if source.head == frame.cue else "source shared"


def _grammar(cue: Token) -> Iterator[str]:
    yield f"tag={cue.tag_}"
    yield f"dep={cue.dep_}"
    for child in cue.children:
        if child.dep_ in {"aux", "auxpass", "neg", "mark"}:
            yield f"{child.dep_}={child.lower_}"


def _surroundings(doc: Doc, cue: Token) -> Iterator[str]:
    """The verbs over a cue, its place in the sentence, and the word behind it."""
    above = [a for a in cue.ancestors if a.pos_ in {"VERB", "AUX"}]
    yield f"depth={min(3, len(above))}"
    if above:
        yield from (f"above={name}" for name in cue_classes(above[0]))
    if any(cue_classes(a) & {"say", "tell"} for a in above):
        yield "under speech"
    if cue.i - cue.sent.start < EARLY:
        yield "early"
    if cue.i + 1 < len(doc):
        following = doc[cue.i + 1]
        yield f"next={following.lower_ if following.pos_ in CLOSED else following.pos_}"


def _content(doc: Doc, frame: Frame, quoted: frozenset[int]) -> Iterator[str]:
    content = sorted(frame.content)
    first = doc[content[0]]
    yield f"length={min(6, len(content).bit_length())}"
    yield f"first={first.lower_ if first.lower_ in FIRST_WORDS else first.pos_}"
    inside = sum(i in quoted for i in content)
    yield "quoted=" + ("none" if not inside else "all" if inside >= len(content) - 2 else "some")
    head = next((doc[i] for i in content if doc[i].head == frame.cue), None)
    if head is not None:
        yield f"head={head.pos_}"
        yield f"head entity={head.ent_type_}"
        marks = {c.dep_ for c in head.children} | {c.lower_ for c in head.children if c.dep_ == "mark"}
        yield "with that" if "that" in marks else "without that"
        yield "finite" if marks & {"nsubj", "nsubjpass", "expl"} else "no subject"
