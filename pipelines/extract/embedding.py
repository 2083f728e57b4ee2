"""The first stage of spaCy's tok2vec, computed once a word instead of once a token.

A MultiHashEmbed mixes hashes of a token's norm, prefix, suffix and shape with its static vector, in two fifths of the
multiplications of the whole. All of it depends on attributes of the token alone, so what it gives is kept by these.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH, intify_attr
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

LIMIT = 2**16  # words kept; a row of 96 floats and its key take some 600 bytes
# The layers of a MultiHashEmbed; each works on one token at a time.
LAYERS = frozenset(
    {"extract_features", "list2ragged", "ints-getitem", "hashembed", "static_vectors"}
    | {"maxout", "layernorm", "dropout", "ragged2list"}
)

type Layer = Model[Any, Any]
type Attributes = NDArray[np.uint64]
type Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens without a document, as far as an embedding asks for one."""

    vocab: Vocab
    names: Sequence[int | str]
    rows: Attributes

    def __len__(self) -> int:
        return len(self.rows)

    def to_array(self, names: int | list[int | str]) -> Attributes:
        """Some attributes, a column each, or the only one, as `Doc.to_array` gives them."""
        if isinstance(names, int):
            return np.ascontiguousarray(self.rows[:, self.names.index(names)])
        return np.ascontiguousarray(self.rows[:, [self.names.index(_number(name)) for name in names]])


def remember(model: Layer, vocab: Vocab, limit: int = LIMIT) -> None:
    """Let each embedding inside of `model` that looks at single tokens alone keep what it gives, for `limit` words."""
    for node in list(model.walk()):
        embed = node.get_ref("embed") if node.has_ref("embed") else None
        if embed is not None and {part.name for part in embed.walk() if not part.layers} <= LAYERS:
            model.replace_node(embed, remembered(embed, vocab, limit))


def remembered(embed: Layer, vocab: Vocab, limit: int) -> Layer:
    """The embedding with a table of what it has given, which is begun anew when it has `limit` rows; not to train."""
    names, width = _attributes(embed, vocab), embed.get_dim("nO")
    table: Floats = np.empty((limit, width), dtype="float32")
    place: dict[bytes, int] = {}
    as_key = np.dtype((np.void, 8 * len(names)))

    def forward(_layer: Layer, docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Callable[[Any], Any]]:  # noqa: ARG001, FBT001  # thinc's signature
        rows = np.concatenate([doc.to_array(names) for doc in docs])
        keys = cast("list[bytes]", rows.view(as_key).ravel().tolist())
        new = {key: at for at, key in enumerate(keys) if key not in place}
        if len(place) + len(new) > limit:
            place.clear()
            new = {key: at for at, key in enumerate(keys)}
        if len(new) > limit:
            return embed(docs, is_train=False)
        if new:
            first = len(place)
            table[first : first + len(new)] = embed.predict([Words(vocab, names, rows[list(new.values())])])[0]
            place.update(zip(new, range(first, first + len(new)), strict=True))
        found = table[[place[key] for key in keys]]
        ends = np.cumsum([len(doc) for doc in docs])
        return np.split(found, ends[:-1]), lambda given: given

    return Model("remembered", forward, layers=[embed], dims={"nO": width})


def _attributes(embed: Layer, vocab: Vocab) -> list[int | str]:
    """What an embedding looks at of a token: the columns it hashes, and the key of its vector."""
    columns = [name for part in embed.walk() if part.name == "extract_features" for name in part.attrs["columns"]]
    return list(dict.fromkeys([getattr(vocab.vectors, "attr", ORTH), *map(_number, columns)]))


def _number(attribute: int | str) -> int:
    return cast("int", intify_attr(attribute))
