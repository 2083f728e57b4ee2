"""What the elements of a page tell of the lines that they hold together: the evidence of its templates."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.clean.features import Matrix
from pipelines.clean.lines import Line

Floats = NDArray[np.float64]
Group = NDArray[np.int64]
_LONG = 80  # words: a longer line says no more
_PROSE = 20  # words: lines from here on are seldom furniture
_DOUBT = 5  # words: how many the document's mean counts for beside those of a group


def groups(lines: Sequence[Line]) -> list[Group]:
    """The number of each line's container, of the one around it, and of its kind, counted from 0."""
    return [
        np.unique(np.fromiter((getattr(line, name) for line in lines), np.int64, len(lines)), return_inverse=True)[1]
        for name in ("container", "outer", "kind")
    ]


def of_groups(found: Sequence[Group], lines: Sequence[Line], n_words: Any) -> Matrix:
    """Share of the page's words, of links and of long lines in what each line stands in, and in lines of its kind."""
    weights = np.minimum(n_words, _LONG).astype(np.float64)
    linked = weights * np.fromiter((line.linked for line in lines), np.float64, len(lines))
    long = weights * (n_words >= _PROSE)
    columns = []
    for group in found:
        words = np.bincount(group, weights)[group] + 1e-6
        columns += [
            words / (weights.sum() + 1e-6),
            np.bincount(group, linked)[group] / words,
            np.bincount(group, long)[group] / words,
            np.log1p(np.bincount(group)[group]),
        ]
    return np.column_stack(columns).astype(np.float32)


def of_reading(probability: Floats, group: Group, n_words: Any) -> tuple[Floats, Floats]:
    """What the first reading says of the other lines of a group, and how much of the article the group holds."""
    weights = np.minimum(n_words, _LONG).astype(np.float64)
    mass = probability * weights
    mean = mass.sum() / (weights.sum() + 1e-6)
    inside = np.bincount(group, mass)[group]
    words = np.bincount(group, weights)[group]
    return (inside - mass + _DOUBT * mean) / (words - weights + _DOUBT), inside / (mass.sum() + 1e-6)
