"""Which lines of a document are its article: boosted trees, read twice.

The first reading looks at each line and its neighbours; the second also at what the first made of the whole document:
where the article most probably begins and ends, and whose words a line shares. The trees are symmetric (each level
asks one question), so that a whole document goes through all of them in a few numpy operations.
`scripts/train_labeller.py` makes them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.clean import containers
from pipelines.clean.containers import Floats, Group
from pipelines.clean.features import CONTENT, Matrix, Words, beside, different, of_each, shifted

_CERTAIN = 1e-4  # probabilities stay off 0 and 1 by that much
LEAF = 0.001  # logits: the unit in which leaves are saved
_LIKELY = 0.1  # less probable lines lend no words


@dataclass(frozen=True)
class Trees:
    """Symmetric boosted trees of equal depth: questions `feature > border`, a value for each way of answers.

    Attributes:
        features: the column that each question asks of; trees share questions, and each is answered once.
        borders: what the column is compared with.
        asked: the questions of each tree, a level a row.
        leaves: the values of each tree, a tree a row, in logits.
        bias: what is added to their sum.
    """

    features: NDArray[np.int64]
    borders: NDArray[np.float32]
    asked: NDArray[np.int64]
    leaves: Floats
    bias: float

    @classmethod
    def load(cls, saved: dict[str, Any]) -> "Trees":
        """Trees as `scripts/train_labeller.py` writes them."""
        asked = np.stack([np.array(saved["features"], np.float64), np.array(saved["borders"], np.float32)])
        questions, which = np.unique(asked.reshape(2, -1), axis=1, return_inverse=True)
        return cls(
            questions[0].astype(np.int64),
            questions[1].astype(np.float32),
            np.ascontiguousarray(which.reshape(asked.shape[1:]).T),
            np.array(saved["leaves"], np.float64) * LEAF,
            float(saved["bias"]),
        )

    def probabilities(self, rows: Matrix) -> Floats:
        """The probability of each row."""
        columns = np.ascontiguousarray(rows.T)
        answers = (columns.take(self.features, 0) > self.borders[:, None]).view(np.uint8)
        way = np.zeros((len(self.leaves), len(rows)), np.uint8)  # a bit for each answer, the first level's the lowest
        for questions in reversed(self.asked):
            way += way
            way |= answers.take(questions, 0)
        leaf = way + (np.arange(len(self.leaves)) * self.leaves.shape[1])[:, None]
        logits = self.leaves.take(leaf).sum(0) + self.bias
        found: Floats = np.clip(1 / (1 + np.exp(-logits)), _CERTAIN, 1 - _CERTAIN)
        return found


@dataclass(frozen=True)
class Labeller:
    """The two readings, the probability from which a line is kept, and the price of a change (see `runs.kept`)."""

    first: Trees
    second: Trees
    threshold: float | None
    price: float

    def probabilities(self, rows: Matrix, n_words: Any, words: Words, groups: Sequence[Group] = ()) -> Floats:
        """How probable it is of each line that it belongs to the article; `groups` are those of a page's lines."""
        first = self.first.probabilities(rows)
        return self.second.probabilities(beside([rows, of_reading(first, n_words, words, groups)]))


@cache
def load(name: str) -> Labeller:
    """The labeller for pages (`page`) or for pasted text (`paste`)."""
    saved = json.loads((files("pipelines.clean") / f"labeller_{name}.json").read_text(encoding="utf-8"))
    first, second = Trees.load(saved["first"]), Trees.load(saved["second"])
    return Labeller(first, second, saved["threshold"], float(saved["price"]))


def of_reading(probability: Floats, n_words: Any, words: Words, groups: Sequence[Group] = ()) -> Matrix:
    """What the first reading says of the whole document, a line a row."""
    logit = np.log(probability / (1 - probability))
    mass = probability * np.minimum(n_words, 80)
    total = float(mass.sum()) + 1e-6
    passed = np.cumsum(mass)
    before, after = (passed - mass) / total, (total - passed) / total
    start, end = _densest((probability - 0.4) * np.minimum(n_words, 60))
    at = np.arange(len(probability))
    inside = (at >= start) & (at < end)
    return beside(
        [
            logit, *(shifted(logit, by) for by in (-4, -3, -2, -1, 1, 2, 3, 4)),
            before, after, inside, (start - at).clip(0, 40), (at - end + 1).clip(0, 40),
            *_means(mass, n_words, (2, 5, 10)), np.full(len(at), np.log1p(total)), _cohesion(mass, words),
            *(column for group in groups for column in containers.of_reading(probability, group, n_words)),
        ]
    )  # fmt: skip


def _densest(gains: Floats) -> tuple[int, int]:
    """The run of lines with the largest sum of gains (Kadane)."""
    best = current = 0.0
    start = end = opened = 0
    for at, gain in enumerate(gains.tolist()):
        if current <= 0:
            current, opened = 0.0, at
        current += gain
        if current > best:
            best, start, end = current, opened, at + 1
    return start, end


def _means(mass: Floats, n_words: Any, widths: Sequence[int]) -> list[Floats]:
    """Share of the words around each line that are probably the article's, for each width."""
    n = len(mass)
    sums, counts = np.zeros((2, n + 1))
    np.cumsum(mass, out=sums[1:])
    np.cumsum(np.minimum(n_words, 80), out=counts[1:])
    at = np.arange(n)
    spans = [(np.maximum(at - width, 0), np.minimum(at + width + 1, n)) for width in widths]
    return [(sums[high] - sums[low]) / (counts[high] - counts[low] + 1) for low, high in spans]


def _cohesion(mass: Floats, words: Words) -> Floats:
    """Share of a line's longer words that other lines of the probable article have too."""
    n = len(words.ends)
    owner, number = different(words, of_each(words, map(len, words.places)) > CONTENT)
    likely = (mass / np.bincount(words.lines, minlength=n)).clip(0, 1)
    heavy = np.where(likely > _LIKELY, likely, 0.0)
    weight = np.bincount(number, heavy[owner])[number]
    shared = np.where(weight > 0, np.minimum(weight - likely[owner], 2.0), 0.0)
    found: Floats = np.bincount(owner, shared, n) / (np.bincount(owner, minlength=n) + 1)
    return found
