"""The second stage of spaCy's tok2vec, layers that each look at a token and its two neighbours, in less memory.

What thinc does layer by layer over whole documents is done here in pieces that stay in the processor's cache, and the
three pieces of a maxout lie side by side, so that vector instructions compare them.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model

PIECE = 384  # tokens worked at together
PARTS = {"expand_window", "maxout", "layernorm", "dropout"}
EPSILON = np.float32(1e-8)  # thinc's layernorm

type Layer = Model[Any, Any]
type Floats = NDArray[np.float32]


class Weights(NamedTuple):
    """One layer: three windows to maxout pieces of the layer's width, then layer normalization."""

    weight: Floats
    bias: Floats
    scale: Floats
    shift: Floats


def in_pieces(model: Layer) -> None:
    """Replace each `MaxoutWindowEncoder` inside of `model` that has windows of three tokens; not to train then."""
    for node in list(model.walk()):
        encode = node.get_ref("encode") if node.has_ref("encode") else None
        if encode is not None and (layers := _layers(encode)):
            model.replace_node(encode, _encoder(encode, layers))


def _layers(encode: Layer) -> list[Weights]:
    """The layers of an encoder; none, if it is another than the one known here."""
    stack = encode.layers[0].layers if encode.name.startswith("with_array(") else []
    found = []
    for layer in stack:
        parts = {part.name: part for part in layer.walk() if not part.layers}
        if not layer.name.startswith("residual(") or parts.keys() != PARTS:
            return []
        if parts["maxout"].get_dim("nI") != 3 * parts["maxout"].get_dim("nO"):
            return []
        found.append(_weights(parts["maxout"], parts["layernorm"]))
    return found


def _weights(maxout: Layer, norm: Layer) -> Weights:
    weight: Any = maxout.get_param("W")
    bias, scale, shift = maxout.get_param("b"), norm.get_param("G"), norm.get_param("b")
    width, pieces, inputs = weight.shape
    together = weight.transpose(1, 0, 2).reshape(pieces * width, inputs).T
    return Weights(*map(np.ascontiguousarray, (together, bias.T.ravel(), scale, shift)))


def _encoder(encode: Layer, layers: Sequence[Weights]) -> Layer:
    def forward(_model: Layer, given: Sequence[Floats], is_train: bool) -> tuple[list[Floats], Callable[[Any], Any]]:  # noqa: ARG001, FBT001  # thinc's signature
        return [encoded(rows, layers) for rows in given], lambda gradient: gradient

    return Model("in_pieces", forward, layers=[encode], dims={"nO": encode.get_dim("nO")})


def encoded(rows: Floats, layers: Sequence[Weights]) -> Floats:
    """The rows of a document's tokens after all layers.

    Empty rows stand before and after, as many as there are layers: they take part in each, as they do in thinc.
    """
    length, width = rows.shape
    around = len(layers) + 1  # the outermost row stays zero: what stands outside of the array for its neighbour
    state = np.zeros((length + 2 * around, width), dtype="float32")
    state[around : around + length] = rows
    for layer in layers:
        state = _layer(state, layer)
    return state[around : around + length]


def _layer(state: Floats, layer: Weights) -> Floats:
    width, outputs = state.shape[1], layer.weight.shape[1]
    after = state.copy()
    # Rows of their own for each step, used again by each piece, so that they stay in the cache.
    size = min(PIECE, len(state))
    windows, products, bests = (np.empty((size, columns), dtype="float32") for columns in (3 * width, outputs, width))
    for start in range(1, len(state) - 1, PIECE):
        end = min(start + PIECE, len(state) - 1)
        piece, product, best = windows[: end - start], products[: end - start], bests[: end - start]
        for at in range(3):
            piece[:, at * width : (at + 1) * width] = state[start + at - 1 : end + at - 1]
        np.matmul(piece, layer.weight, out=product)
        product += layer.bias
        best[:] = product[:, :width]
        for at in range(width, outputs, width):
            np.maximum(best, product[:, at : at + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + EPSILON
        best *= (1 / np.sqrt(variance))[:, None]
        best *= layer.scale
        best += layer.shift
        after[start:end] += best
    return after
