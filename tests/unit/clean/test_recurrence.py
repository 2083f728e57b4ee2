"""What comes again down a document."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean import recurrence


def test_stamped_lines_are_counted_before_and_after() -> None:
    stamps, words = np.array([0, 2, 0, 3, 0]), np.array([40, 6, 30, 9, 25])
    stamped, behind, ahead, passed, *_ = recurrence.of_stamps(stamps, words)
    assert stamped.tolist() == [0, 1, 0, 1, 0]
    assert passed.tolist() == [0, 0, 1, 1, 2]
    assert behind.tolist()[2:] == [1, 0, 1]
    assert ahead.tolist()[:4] == [1, 0, 1, 0]


def test_a_sentence_with_dates_is_no_stamp() -> None:
    assert not recurrence.of_stamps(np.array([4]), np.array([30]))[0][0]


def test_teasers_of_two_lines_have_the_rhythm_of_two() -> None:
    teasers = recurrence.of_lengths(np.array([5, 40] * 12))
    assert teasers[1][12] < 0.01 < teasers[0][12]
    story = recurrence.of_lengths(np.array([31, 18, 44, 60, 25, 38, 52, 20, 47, 33, 61, 29, 36, 55, 22, 41, 30, 58]))
    assert story[4][9] > teasers[4][12]


def test_the_subject_is_found_in_lines_of_any_length() -> None:
    found = recurrence.of_subject(np.array([2, 1, 0]), 2)
    assert found[0].tolist() == [1.0, 0.5, 0.0]
    assert not np.any(recurrence.of_subject(np.array([0, 0]), 0))


@given(st.lists(st.integers(1, 200), min_size=1, max_size=40))
def test_every_line_has_finite_evidence(sizes: list[int]) -> None:
    words = np.array(sizes)
    for found in (recurrence.of_stamps(words % 4, words), recurrence.of_lengths(words)):
        assert all(len(column) == len(sizes) for column in found)
        assert np.isfinite(np.stack(found)).all()
