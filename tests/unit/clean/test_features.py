"""The words of a document as numbers."""

import numpy as np

from pipelines.clean import features
from pipelines.clean.lines import of_text


def test_a_word_has_the_same_number_wherever_it_stands() -> None:
    _, _, words = features.of_lines(of_text("The bridge, shut.\nBridge reopens: the “bridge”\n…"))
    assert words.texts == ["the", "bridge", "shut", "bridge", "reopens", "the", "bridge", ""]
    assert words.numbers.tolist() == [0, 1, 2, 1, 4, 0, 1, 7]
    assert list(zip(words.begins, words.ends, strict=True)) == [(0, 3), (3, 7), (7, 8)]
    assert features.of_each(words, map(len, words.places)).tolist() == [3, 6, 4, 6, 7, 3, 6, 0]


def test_a_word_counts_once_in_a_line() -> None:
    _, _, words = features.of_lines(of_text("bridge bridge road\nroad bridge"))
    lines, numbers = features.different(words, np.ones(5, bool))
    assert sorted(zip(lines.tolist(), numbers.tolist(), strict=True)) == [(0, 0), (0, 2), (1, 0), (1, 2)]
