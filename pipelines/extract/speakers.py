"""Who a source is: the span that names or describes it, and its name after coreference."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from pipelines.extract.direct import Attribution
from pipelines.schemas import Mention

RELATIVE = frozenset({"who", "which", "that", "whom"})


def source_span(doc: Doc, said: Attribution) -> tuple[int, int] | None:
    """Characters of the phrase that names or describes the source, with its appositions and relative clauses."""
    head = said.source
    if head is None:
        return None
    out = {t.i for t in head.subtree if any(s <= t.idx < e for s, e in said.pieces)}
    if said.cue is not None and head.is_ancestor(said.cue):
        out |= {t.i for t in said.cue.subtree}
    first = last = head.i
    phrase = {t.i for t in head.subtree if t.i not in out or t.i == head.i}
    while first - 1 in phrase:
        first -= 1
    while last + 1 in phrase:
        last += 1
    while first < head.i and (doc[first].is_punct or doc[first].is_space):
        first += 1
    while last > head.i and (doc[last].is_space or doc[last].text in {",", ";", ":", "-", "--", "–", "—"}):
        last -= 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def named(head: Token, mentions: Sequence[Mention], antecedents: Mapping[int, Mention]) -> Mention | None:
    """The mention that a source's head word stands in, is called by, or refers to; null where nobody is named."""
    if head.lower_ in RELATIVE:
        clause = next((a for a in head.ancestors if a.dep_ == "relcl"), None)
        return named(clause.head, mentions, antecedents) if clause is not None and clause.head != head else None
    for token in (head, *(c for c in head.children if c.dep_ == "appos")):
        mention = _at(token, mentions)
        if mention is not None:
            return mention
    return antecedents.get(head.i)


def _at(token: Token, mentions: Sequence[Mention]) -> Mention | None:
    return next((m for m in mentions if m["start"] <= token.idx < m["end"]), None)
