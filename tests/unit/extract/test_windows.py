"""Layers in pieces give what thinc's layers give."""

from typing import Any

import numpy as np
import pytest
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from thinc.api import Model, chain, noop

from pipelines.extract import model, windows


def encoder(window: int = 1, depth: int = 3, width: int = 8) -> Model[Any, Any]:
    made: Model[Any, Any] = MaxoutWindowEncoder(width=width, window_size=window, maxout_pieces=3, depth=depth)
    made.initialize(X=[np.zeros((2, width), dtype="float32")])
    return made


def tok2vec(encode: Model[Any, Any]) -> Model[Any, Any]:
    made: Model[Any, Any] = chain(encode, noop())
    made.set_ref("encode", encode)
    return made


@pytest.mark.parametrize("lengths", [[1], [0, 2, 5], [windows.PIECE - 8, windows.PIECE, windows.PIECE + 1, 3]])
def test_documents_of_any_length(lengths: list[int]) -> None:
    stock = encoder()
    ours = tok2vec(stock)
    windows.in_pieces(ours)
    assert stock not in ours.layers
    draw = np.random.default_rng(1)
    rows = [draw.standard_normal((length, 8), dtype="float32") for length in lengths]
    for found, expected in zip(ours.predict(rows), stock.predict(rows), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-4)


def test_wider_windows_are_left_alone() -> None:
    stock = encoder(window=2)
    made = tok2vec(stock)
    windows.in_pieces(made)
    assert made.layers[0] is stock


@pytest.mark.parametrize("pipe", ["tok2vec", "ner"])
def test_the_model_uses_them(pipe: str) -> None:
    found: Any = model.load().get_pipe(pipe)
    assert "in_pieces" in {node.name for node in found.model.walk()}
