"""Each rule of the grammar of times says in its docstring what it is for; here the example is run."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from spacy.tokens import Doc

from pipelines.extract.times import CASCADE, times
from pipelines.extract.timex_durations import age
from pipelines.extract.timex_numbers import NUMBERS

PUBLISHED = date(2025, 12, 13)


def rules() -> Iterator[tuple[str, str, bool]]:
    seen = {age.__name__}
    for level in dict.fromkeys(CASCADE):
        for _, _, build in level.rules:
            if build.__name__ not in seen:
                seen.add(build.__name__)
                yield build.__name__, (build.__doc__ or "").strip(), level is NUMBERS


@pytest.mark.parametrize(("name", "example", "number"), list(rules()))
def test_the_example_of_a_rule_holds(parse: Callable[[str], Doc], name: str, example: str, number: bool) -> None:  # noqa: FBT001
    assert re.fullmatch(r"[^\[\]]*\[[^\[\]]+\][^\[\]]*", example), f"{name} has no example"
    start, end = example.index("["), example.index("]") - 1
    found = [(t["start"], t["end"]) for t in times(parse(example.replace("[", "").replace("]", "")), PUBLISHED)]
    if number:
        assert any(a <= start and end <= b for a, b in found)
    else:
        assert (start, end) in found


def test_an_age_is_no_time(parse: Callable[[str], Doc]) -> None:
    assert times(parse((age.__doc__ or "").strip()), PUBLISHED) == []
