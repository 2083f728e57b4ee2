"""From the probability of each line to the lines kept: the likeliest sequence, without what strays far from the story.

A page changes seldom between story and furniture, so that each change has a price; a remnant far from the story with
few of its words is more likely a teaser that reads like prose.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from operator import mul

_FAR = 10  # lines that part a remnant from the story
_REMNANT = 0.1  # of the words of the longest run: what strays has fewer


def kept(probabilities: Sequence[float], n_words: Sequence[int], threshold: float | None, price: float) -> list[bool]:
    """Which lines are the article's; see `likeliest` and `gathered`. Without a threshold it is that of `fitting`."""
    level = fitting(probabilities, n_words) if threshold is None else threshold
    return gathered(likeliest(probabilities, level, price), n_words)


def fitting(probabilities: Sequence[float], n_words: Sequence[int]) -> float:
    """The threshold that promises the highest F1 of a document's words: half of that F1.

    Where little is certain, more has to be kept than where all is. Lipton, Elkan and Naryanaswamy, Optimal Thresholding
    of Classifiers to Maximize F1 Measure, 2014.
    """
    likely = sum(map(mul, probabilities, n_words))
    best = given = hits = 0.0
    for probability, words in sorted(zip(probabilities, n_words, strict=True), reverse=True):
        given += words
        hits += probability * words
        best = max(best, 2 * hits / (given + likely))
    return best / 2


def likeliest(probabilities: Sequence[float], threshold: float, price: float) -> list[bool]:
    """The sequence of kept and dropped lines of the highest probability (Viterbi).

    Args:
        probabilities: how probable it is of each line that it is the article's, between 0 and 1, neither included.
        threshold: the probability at which a line alone is as good kept as dropped.
        price: what a change between kept and dropped costs, in logits; 0 decides each line by itself.
    """
    if not price:
        return [probability >= threshold for probability in probabilities]
    level = math.log(threshold / (1 - threshold))
    without, with_it = 0.0, -price  # the best worth of the lines so far if the last is dropped, and if it is kept
    came_kept: list[tuple[bool, bool]] = []  # whether the line before was kept, if this one is dropped, or is kept
    for probability in probabilities:
        came_kept.append((with_it - price > without, with_it >= without - price))
        gain = math.log(probability / (1 - probability)) - level
        without, with_it = max(without, with_it - price), max(with_it, without - price) + gain
    out: list[bool] = []
    state = with_it >= without
    for before in reversed(came_kept):
        out.append(state)
        state = before[state]
    return out[::-1]


def gathered(chosen: Sequence[bool], n_words: Sequence[int]) -> list[bool]:
    """What is kept without the runs of lines that stand far from the longest and are short beside it."""
    at = [i for i, keep in enumerate(chosen) if keep]
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(at), 1) if b - a > _FAR), len(at)]
    parts = [at[a:b] for a, b in pairwise(cuts)]
    sizes = [sum(n_words[i] for i in part) for part in parts]
    out = list(chosen)
    for part, size in zip(parts, sizes, strict=True):
        if size < _REMNANT * max(sizes):
            for i in part:
                out[i] = False
    return out
