"""Figures: the examples of every rule's docstring, and what the layers make of whole sentences."""

import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipelines.extract import changes, figures, numerals, qualifiers, readings, units
from pipelines.extract.quantities import quantities
from pipelines.schemas import Quantity

EXAMPLE = re.compile(r'^ *(?:""")? ?"(?P<text>[^"\n]+)" -> (?P<meaning>.+?)(?:""")?$', re.MULTILINE)
WORDS = frozenset(["approx", "at_least", "at_most", "more_than", "less_than", "up", "down"])


def examples() -> Iterator[tuple[str, str, str]]:
    modules: list[ModuleType] = [changes, figures, numerals, qualifiers, readings, units]
    for module in modules:
        for name, rule in inspect.getmembers(module, inspect.isfunction):
            if rule.__module__ == module.__name__:
                for found in EXAMPLE.finditer(rule.__doc__ or ""):
                    yield f"{module.__name__}.{name}", found["text"], found["meaning"]


def meaning(row: Quantity) -> set[str]:
    low, high = ("" if end is None else f"{end:.10g}" for end in (row["low"], row["high"]))
    told = {
        f"{low}..{high}",
        str(row["unit"]),
        str(row["bound"]),
        str(row["change"]),
        "approx" if row["approx"] else "",
    }
    return told | ({f"{row['value']:.10g}"} if row["value"] is not None else set())


@pytest.mark.parametrize(("rule", "text", "told"), list(examples()))
def test_examples_of_the_rules_hold(rule: str, text: str, told: str, parse: Callable[[str], Doc]) -> None:
    rows = quantities(parse(text), [], [])
    assert rows, rule
    words = told.split(" ", 1) if told.split(" ", maxsplit=1)[0] in WORDS or told[0] in "-.0123456789" else [told]
    wanted = {f"{float(w):.10g}" if re.fullmatch(r"-?[\d.]+", w) and ".." not in w else w for w in words}
    assert wanted <= meaning(rows[0])


@given(text=st.text(alphabet=st.sampled_from("0123456789 .,-–$%£€/()one two million to of mkK½\n'’"), max_size=60))
def test_any_text_gives_rows_that_are_their_spans(text: str, parse: Callable[[str], Doc]) -> None:
    end = 0
    for row in quantities(parse(text), [], []):
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["start"] >= end
        end = row["end"]
