"""Who a source is: the span that names or describes it, and its name after coreference."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipelines.extract.direct import Attribution
from pipelines.extract.tree import Tree
from pipelines.schemas import Mention

RELATIVE = frozenset({"who", "which", "that", "whom"})


class Speaker(NamedTuple):
    """Who speaks, or is silent: the head of the phrase, its characters, and whom it names or stands for."""

    head: Token
    start: int
    end: int
    mention: Mention | None


def speaker(
    doc: Doc, tree: Tree, said: Attribution, mentions: Sequence[Mention], antecedents: Mapping[int, Mention]
) -> Speaker | None:
    """The speaker of what is said; null where there is none."""
    span = source_span(doc, tree, said)
    if said.source is None or span is None:
        return None
    return Speaker(said.source, *span, named(tree, said.source.i, mentions, antecedents))


def source_span(doc: Doc, tree: Tree, said: Attribution) -> tuple[int, int] | None:
    """Characters of the phrase that names or describes the source, with its appositions and relative clauses."""
    head = said.source
    if head is None:
        return None
    phrase = set(tree.under([head.i]))
    out = {word for word in phrase if any(s <= tree.start[word] < e for s, e in said.pieces)}
    if said.cue is not None and said.cue.i in phrase and said.cue != head:
        out.update(tree.under([said.cue.i]))
    first = last = head.i
    phrase -= out
    while first - 1 in phrase:
        first -= 1
    while last + 1 in phrase:
        last += 1
    while first < head.i and (doc[first].is_punct or doc[first].is_space):
        first += 1
    while last > head.i and (doc[last].is_space or doc[last].text in {",", ";", ":", "-", "--", "–", "—"}):
        last -= 1
    last = _without_time(doc, head.i, last)
    return doc[first].idx, doc[last].idx + len(doc[last])


def _without_time(doc: Doc, head: int, last: int) -> int:
    """The last token before a day that the parser hung on the source: "The mayor / on Tuesday"."""
    end = last
    while end > head and doc[end].ent_type_ in {"DATE", "TIME"}:
        end -= 1
    if end < last and end > head and doc[end].lower_ == "on":
        end -= 1
    elif doc[end].pos_ == "ADP":
        return last
    hung = any(t.head.i == head for t in doc[end + 1 : last + 1])  # not on a clause: "a report published on Tuesday"
    return end if hung else last


def named(tree: Tree, head: int, mentions: Sequence[Mention], antecedents: Mapping[int, Mention]) -> Mention | None:
    """The mention that a source's head word stands in, is called by, or refers to; null where nobody is named."""
    if tree.lower[head] in RELATIVE:
        clause = tree.first(tree.ancestors(head), "relcl")
        above = tree.head[clause] if clause is not None else head
        return named(tree, above, mentions, antecedents) if above not in {clause, head} else None
    for word in (head, *(c for c in tree.children[head] if tree.dep[c] == "appos")):
        mention = mention_at(tree.start[word], mentions)
        if mention is not None:
            return mention
    return antecedents.get(head)


def mention_at(position: int, mentions: Sequence[Mention]) -> Mention | None:
    """The mention in which a character stands; mentions are in order and do not overlap."""
    at = bisect_right(mentions, position, key=_start) - 1
    return mentions[at] if at >= 0 and position < mentions[at]["end"] else None


def _start(mention: Mention) -> int:
    return mention["start"]
