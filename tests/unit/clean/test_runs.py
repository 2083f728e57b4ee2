"""From probabilities to the lines kept."""

from math import log

from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean import runs

PROBABILITIES = st.lists(st.floats(0.001, 0.999), max_size=12)


def logit(p: float) -> float:
    return log(p / (1 - p))


@given(PROBABILITIES)
def test_without_a_price_each_line_is_decided_by_itself(probabilities: list[float]) -> None:
    assert runs.likeliest(probabilities, 0.4, 0.0) == [p >= 0.4 for p in probabilities]


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=8), st.floats(0.1, 3.0))
def test_no_other_sequence_is_likelier(probabilities: list[float], price: float) -> None:
    def worth(kept: list[bool]) -> float:
        gains = sum(logit(p) for p, keep in zip(probabilities, kept, strict=True) if keep)
        return gains - price * sum(a != b for a, b in zip([False, *kept], kept, strict=False))

    n = len(probabilities)
    best = max(worth([bool(code >> i & 1) for i in range(n)]) for code in range(2**n))
    assert abs(worth(runs.likeliest(probabilities, 0.5, price)) - best) < 1e-9


def test_a_doubtful_line_inside_the_story_stays_and_one_inside_the_menu_goes() -> None:
    assert runs.likeliest([0.95, 0.45, 0.95, 0.05, 0.55, 0.05], 0.5, 0.4) == [True, True, True, False, False, False]


def test_a_short_remnant_far_below_the_story_goes_and_a_second_part_of_it_stays() -> None:
    story, menu = [True] * 6, [False] * 11
    words = [60] * 6 + [2] * 11
    assert runs.gathered(story + menu + [True], [*words, 30]) == story + menu + [False]
    assert runs.gathered(story + menu + [True, True], [*words, 30, 40]) == story + menu + [True, True]
    assert runs.gathered(story + [False] * 9 + [True], [60] * 6 + [2] * 9 + [5])[-1]
    assert runs.gathered([], []) == []


@given(st.lists(st.tuples(st.floats(0.001, 0.999), st.integers(1, 60)), min_size=1, max_size=8))
def test_no_other_choice_of_lines_promises_a_higher_f1(lines: list[tuple[float, int]]) -> None:
    def promised(chosen: list[tuple[float, int]]) -> float:
        words, likely = sum(n for _, n in chosen), sum(p * n for p, n in lines)
        return 2 * sum(p * n for p, n in chosen) / (words + likely)

    level = runs.fitting([p for p, _ in lines], [n for _, n in lines])
    choices = ([line for i, line in enumerate(lines) if code >> i & 1] for code in range(1, 2 ** len(lines)))
    assert promised([line for line in lines if line[0] >= level - 1e-9]) >= max(map(promised, choices)) - 1e-6


def test_more_is_kept_where_little_is_certain() -> None:
    words = [20] * 4
    assert runs.kept([0.99, 0.99, 0.4, 0.01], words, None, 0.0) == [True, True, False, False]
    assert runs.kept([0.6, 0.5, 0.4, 0.01], words, None, 0.0) == [True, True, True, False]
