"""mart.arithmetic: percentages, totals, parts and headlines that do not add up."""

import re
from typing import Any

import duckdb
import pytest

from pipelines import models
from pipelines.build import run_check
from tests.sql.conftest import Filled
from tests.world import DAY, SQL, Rows, article, row

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


def test_a_total_is_held_against_the_parts_listed_with_it(filled: Filled) -> None:
    con = filled(
        printed("colon", "The storm left 13 dead: 7 sailors, 4 nurses and 1 driver."),
        printed("consist", "The 2,311 boats in the port consist of 1,207 ferries and 1,006 tugs of the guild."),
        printed("before", "They found 7 sailors and 4 nurses, a total of 13 people."),
        printed("right", "The storm left 12 dead: 7 sailors, 4 nurses and 1 driver."),
        printed("rounded", "The 2,200 boats in the port consist of 1,207 ferries and 1,006 tugs."),
        printed("open", "The storm left 13 dead, 7 sailors and 4 nurses."),
        printed("some", "The storm left 13 dead: 7 sailors, 4 nurses and several drivers, and 2 were lost."),
        printed("unlike", "The storm left 13 dead: 7 sailors and damage of $4 million."),
    )
    assert sums(con) == [
        ("before", "7 + 4 is 11, not 13"),
        ("colon", "7 + 4 + 1 is 12, not 13"),
        ("consist", "1207 + 1006 is 2213, not 2,311"),
    ]
    rules = con.execute("select distinct rule from mart.arithmetic").fetchall()
    assert rules == [("total",)]


def test_a_part_is_no_larger_than_the_people_whom_it_is_of(filled: Filled) -> None:
    con = filled(
        printed("wrong", "The storm killed 12 people, including 15 children."),
        printed("right", "The storm killed 15 people, including 12 children."),
        printed("others", "The storm hit 12 families, including 15 children."),
    )
    assert sums(con) == [("wrong", "15 are more than 12")]


def told(name: str, title: str, text: str) -> Rows:
    """An article with a headline whose figures are claimed by its author, each of people."""
    rows = printed(name, text)
    for quantity in rows["facts/quantities"]:
        start = text.index("people", quantity["end"])
        quantity |= {"counted": "people", "counted_start": start, "counted_end": start + len("people")}
    rows["clean/articles"][0]["title"] = title
    return rows | {
        "facts/claims": [
            row("facts/claims", version_id=name, index=q["index"], quantity=q["index"], sentence=q["sentence"],
                hedge="asserted", source_type="author", as_of_first=DAY, as_of_last=DAY)
            for q in rows["facts/quantities"]
        ]
    }  # fmt: skip


def test_a_toll_of_the_headline_stands_in_the_story(filled: Filled) -> None:
    con = filled(
        told("wrong", "Almer storm: 21 killed", "The storm killed 12 people in Almer."),
        told("right", "Almer storm: 12 killed", "The storm killed 12 people in Almer."),
        told("later", "Almer storm: 21 killed", "The storm killed 12 people and flooded homes of 21 people in Almer."),
        told("bound", "Storm: more than 10 killed", "The storm killed 12 people in Almer."),
        told("hurt", "Almer storm: 21 injured", "The storm killed 12 people in Almer."),
    )
    assert sums(con) == [("wrong", "the headline says 21, the story 12")]
