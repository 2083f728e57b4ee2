"""What fuzzing begins with holds: a target that fails on its own seeds would find nothing else."""

import pytest

from tests.fuzz.targets import TARGETS, seeds


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_its_seeds(name: str) -> None:
    for seed in seeds(name):
        TARGETS[name].parse(seed)
        TARGETS[name].parse(seed[: len(seed) // 2])
