"""What is kept of an embedding is what the embedding gives."""

from typing import Any

import numpy as np
import pytest
from spacy.ml.models.tok2vec import CharacterEmbed, MaxoutWindowEncoder, build_Tok2Vec_model
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

from pipelines.extract import embedding, model

TEXTS = ["Olsava's mayor didn't sign it.", "", "It cost 30,000 crowns\n\nin 2024, the mayor's office said.", "It did."]


@pytest.fixture(scope="module")
def docs() -> list[Doc]:
    return [model.load().make_doc(text) for text in TEXTS]


@pytest.fixture(scope="module", params=["tok2vec", "ner"])
def remembered(request: pytest.FixtureRequest) -> Model[Any, Any]:
    pipe: Any = model.load().get_pipe(request.param)
    return next(node.get_ref("embed") for node in pipe.model.walk() if node.has_ref("embed"))


@pytest.mark.parametrize("limit", [100, 24, 3])
def test_first_and_second_time_and_where_the_table_is_full(
    remembered: Model[Any, Any], docs: list[Doc], limit: int
) -> None:
    stock = remembered.layers[0]
    table = embedding.remembered(stock, model.load().vocab, limit)
    expected = stock.predict(docs)
    for batch in (slice(0, 2), slice(0, 4), slice(2, 4), slice(0, 4)):
        for ours, its in zip(table.predict(docs[batch]), expected[batch], strict=True):
            np.testing.assert_allclose(ours, its, atol=1e-5)


def test_the_model_remembers_all_its_embeddings(remembered: Model[Any, Any]) -> None:
    assert remembered.name == "remembered"


def test_words_of_one_spelling_that_are_read_in_two_ways(remembered: Model[Any, Any]) -> None:
    vocab = model.load().vocab
    plain, read = (Doc(vocab, words=["ca", "n't"]) for _ in range(2))
    read[0].norm_ = "can"
    one, other = remembered.predict([plain])[0], remembered.predict([read])[0]
    assert not np.allclose(one[0], other[0])
    np.testing.assert_allclose(one[1], other[1], atol=1e-6)


def test_an_embedding_that_reads_whole_words_is_left_alone() -> None:
    made = build_Tok2Vec_model(
        embed=CharacterEmbed(width=8, rows=10, nM=2, nC=2, include_static_vectors=False, feature="LOWER"),
        encode=MaxoutWindowEncoder(width=8, window_size=1, maxout_pieces=2, depth=1),
    )
    embedding.remember(made, Vocab())
    assert "remembered" not in {node.name for node in made.walk()}
