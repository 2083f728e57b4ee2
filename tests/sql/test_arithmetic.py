"""mart.arithmetic: percentages that do not fit what they rose or fell from and to."""

import re
from typing import Any

import duckdb
import pytest

from pipelines import models
from pipelines.build import run_check
from tests.sql.conftest import Filled
from tests.world import SQL, Rows, article, row

FIGURE = re.compile(r"\$?\d[\d,]*(?:\.\d+)?(?:%| million)?")


def printed(name: str, text: str, **given: Any) -> Rows:
    """An article of one sentence whose figures are read off their digits: money, percentages and counts."""
    quantities = []
    for index, found in enumerate(FIGURE.finditer(text)):
        figure = found[0]
        value = float(re.sub(r"[^\d.]", "", figure)) * (1e6 if "million" in figure else 1)
        kind = "percent" if figure.endswith("%") else "money" if figure.startswith("$") else "cardinal"
        read = {"value": value, "low": value, "high": value, "currency": "USD" if kind == "money" else None} | given
        quantities.append(
            row("facts/quantities", version_id=name, index=index, sentence=0, start=found.start(), end=found.end(),
                text=figure, kind=kind, **read)
        )  # fmt: skip
    return article(name, text) | {"facts/quantities": quantities}


def sums(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute("select version_id, sum from mart.arithmetic order by all").fetchall()


def test_a_percentage_is_held_against_both_ends_in_any_order(filled: Filled) -> None:
    con = filled(
        printed("a", "Sales rose 21% to $561 million from $501 million."),
        printed("b", "Sales fell 21% from $561 million to $501 million."),
        printed("c", "Sales were $560.4 million, up 21.5% from $500.2 million"),
        printed("d", "The harbour counted 1,312 boats, a fall of 8% from 1,640."),
    )
    assert sums(con) == [
        ("a", "from $501 million to $561 million is 12.0%, not 21%"),
        ("b", "from $561 million to $501 million is 10.7%, not 21%"),
        ("c", "from $500.2 million to $560.4 million is 12.0%, not 21.5%"),
        ("d", "from 1,640 to 1,312 is 20.0%, not 8%"),
    ]
    (found,) = con.execute("select printed, evidence from mart.arithmetic where version_id = 'a'").fetchall()
    assert found == (21, "Sales rose «21%» to $561 million from $501 million.")


def test_what_fits_within_rounding_is_not_reported(filled: Filled) -> None:
    con = filled(
        printed("exact", "Sales rose 12% to $561 million from $501 million."),
        printed("cut", "Sales rose 12% to $563.9 million from $500.1 million."),
        printed("noughts", "Sales rose 9% to 1,300 boats from 1,200."),
        printed("wrong", "Sales rose 9% to 1,311 boats from 1,111."),
    )
    assert [name for name, _ in sums(con)] == ["wrong"]


def test_what_may_be_another_sum_is_not_reported(filled: Filled) -> None:
    con = filled(
        printed("adjusted", "Adjusted for inflation, sales rose 21% to $561 million from $501 million."),
        printed("points", "The share rose 21% to 56% from 50%."),
        printed("others", "Sales rose 21% to $561 million from 500."),
        printed("far", "Sales rose 21%, and costs came to $561 million, from $501 million."),
        printed("about", "Sales rose 21% to $561 million from $501 million.", approx=True),
        printed("bound", "Sales rose 21% to $561 million from $501 million.", bound="more_than"),
        printed("wrong", "Sales rose 21% to $561 million from $501 million."),
    )
    assert [name for name, _ in sums(con)] == ["wrong"]


@pytest.mark.parametrize("fitting", [20, 21, 22])
def test_the_check_finds_a_percentage_that_fits(filled: Filled, fitting: float) -> None:
    (check,) = (c for c in models.load(SQL).checks if c.table == "mart/arithmetic")
    con = filled(printed("a", "Sales rose 21% to $561 million from $501 million."))
    assert run_check(con, check).failures == 0
    con.execute("update mart.arithmetic set expected_low = 20, expected_high = 22, printed = ?", [fitting])
    assert run_check(con, check).failures == 1
