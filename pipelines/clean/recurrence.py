"""What comes again down a document: stamps of comments and of teasers, and lines of like length at like distance.

A story is prose of no fixed rhythm; threads of comments and lists of other stories repeat a shape.
"""

from typing import Any

import numpy as np

_STAMPED = 14  # words: a longer line is a sentence, whatever dates it has
_FAR = 60  # lines: beyond that a stamp says no more
_PERIODS = (1, 2, 3, 4)  # lines: a teaser is seldom longer


def of_stamps(stamps: Any, n_words: Any) -> list[Any]:
    """How far the stamped lines around are, how many came before, and how many stand in the next lines.

    Args:
        stamps: words of each line that tell a day or an hour.
        n_words: words of each line.
    """
    n = len(n_words)
    at = np.arange(n)
    stamped = (stamps >= 2) & (n_words <= _STAMPED)  # noqa: PLR2004 - the name of a month alone is no stamp
    last = np.maximum.accumulate(np.where(stamped, at, -_FAR))
    coming = np.minimum.accumulate(np.where(stamped, at, n + _FAR)[::-1])[::-1]
    passed = np.concatenate([[0], np.cumsum(stamped)])
    columns = [stamped, np.minimum(at - last, _FAR), np.minimum(coming - at, _FAR), passed[:-1]]
    for width in (10, 30):
        low, high = np.maximum(at - width, 0), np.minimum(at + width + 1, n)
        columns += [passed[high] - passed[at], passed[at] - passed[low]]
    return columns


def of_lengths(n_words: Any) -> list[Any]:
    """How much the lengths around a line differ from those some lines further, for each period."""
    sizes = np.log1p(np.minimum(n_words, 80)).astype(np.float32)
    at = np.arange(len(sizes))
    low, high = np.maximum(at - 6, 0), np.minimum(at + 7, len(sizes))
    before = np.zeros((len(_PERIODS), len(sizes)), np.float32)
    for row, period in zip(before, _PERIODS, strict=True):
        row[period:] = sizes[:-period]
    total = np.zeros((len(_PERIODS), len(sizes) + 1))
    total[:, 1:] = np.cumsum(np.abs(sizes - before), 1)
    found = (total[:, high] - total[:, low]) / (high - low)
    return [*found, found[1:].min(0) / (found[0] + 0.1)]


def of_subject(shared: Any, n_subject: int) -> list[Any]:
    """Share of the subject's words in each line, and in the lines around it.

    Args:
        shared: how many of them each line has.
        n_subject: how many there are.
    """
    hits = (shared / max(n_subject, 1)).astype(np.float32)
    total = np.concatenate([[0.0], np.cumsum(hits)])
    at = np.arange(len(hits))
    low, high = np.maximum(at - 6, 0), np.minimum(at + 7, len(hits))
    return [hits, (total[high] - total[low]) / (high - low), np.full(len(hits), n_subject)]
