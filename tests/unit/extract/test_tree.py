"""The columns of a parse say what spaCy says of each token."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from pipelines.extract.plain_text import text_of
from pipelines.extract.tree import tree

TEXTS = [
    "“The cost,” Rosa Thiel said on Tuesday in Port Almer, “was what the board had hidden.”\n\nNobody answered.",
    "A hearing is scheduled on the issue today, which the miners of Norlund, two of them aged 40, had asked for.",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_columns(parse: Callable[[str], Doc], text: str) -> None:
    doc = parse(text)
    columns = tree(doc)
    for token in doc:
        i = token.i
        strings = (columns.lower, columns.lemma, columns.pos, columns.tag, columns.dep, columns.entity)
        told = (token.lower_, token.lemma_, token.pos_, token.tag_, token.dep_, token.ent_type_)
        assert tuple(column[i] for column in strings) == told
        assert (columns.start[i], columns.head[i], columns.opens[i]) == (token.idx, token.head.i, token.is_sent_start)
        assert columns.children[i] == [c.i for c in token.children]
        assert sorted(columns.under([i])) == sorted(t.i for t in token.subtree)
        assert list(columns.ancestors(i)) == [t.i for t in token.ancestors]
        assert columns.sentence_start(i) == token.sent.start
        assert [columns.branch(top.i, i) is not None for top in doc] == [top.is_ancestor(token) for top in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_the_head_of_what_some_characters_touch_is_that_of_the_span(parse: Callable[[str], Doc], text: str) -> None:
    doc = parse(text)
    columns = tree(doc)
    for first in doc:
        for last in doc[first.i :]:
            start, end = first.idx, last.idx + len(last)
            span = doc.char_span(start, end, alignment_mode="expand")
            assert span is not None
            assert columns.touched(start, end) == range(span.start, span.end)
            assert columns.top(range(span.start, span.end)) == span.root.i


def test_the_text_is_that_of_the_document(parse: Callable[[str], Doc]) -> None:
    doc = parse(TEXTS[0])
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[1:3])
    assert text_of(doc) == text_of(doc) == doc.text == TEXTS[0]
