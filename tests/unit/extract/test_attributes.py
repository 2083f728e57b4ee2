"""The table gives every token what the attribute ruler gives it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from pipelines.extract import model
from pipelines.extract.attributes import from_table

WORDS = [
    "He",
    "gon",
    "na",
    "let",
    "'s",
    "there",
    "are",
    "is",
    "that",
    "did",
    "But",
    "I",
    "it",
    "an",
    "ships",
    "\n\n",
    "c'm",
    "on",
]
TAGS = ["PRP", "VB", "VBZ", "DT", "WDT", "IN", "CC", "NN", "MD", "_SP", "TO", ""]
ROLES = ["nsubj", "dobj", "expl", "ROOT", "aux", "mark", "det", "advmod", "pobj", ""]


def rows(doc: Doc) -> list[tuple[Any, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i) for t in doc]


@pytest.fixture(scope="module")
def ruler() -> AttributeRuler:
    found = model.load().get_pipe("attribute_ruler")
    assert isinstance(found, AttributeRuler)
    return found


@pytest.fixture(scope="module")
def nlp() -> Language:
    return model.load()


@given(tokens=st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(TAGS), st.sampled_from(ROLES)), max_size=9))
def test_any_words_tags_and_roles(ruler: AttributeRuler, nlp: Language, tokens: list[tuple[str, str, str]]) -> None:
    words, tags, deps = ([t[i] for t in tokens] for i in range(3))
    made = [Doc(nlp.vocab, words=words, tags=tags, deps=deps) for _ in range(2)]
    assert rows(from_table(ruler)(made[0])) == rows(ruler(made[1]))


def test_the_model_uses_it(nlp: Language) -> None:
    text = "There's a plan that Olsava's mayor didn't like.\n\nLet's say they're gonna vote, but it's theirs."
    stages = ["paragraph_starts", "tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
    stock = nlp.make_doc(text)
    for stage in stages:
        stock = nlp.get_pipe(stage)(stock)
    assert {"attribute_ruler", "lemmatizer"}.isdisjoint(nlp.pipe_names)
    assert rows(nlp(text)) == rows(stock)


def test_patterns_that_look_at_more_go_to_the_ruler(nlp: Language) -> None:
    ruler = AttributeRuler(nlp.vocab)
    ruler.add([[{"SHAPE": "dddd"}]], {"POS": "NUM"})
    assert from_table(ruler) is ruler
