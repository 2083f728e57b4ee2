"""The cookbook's queries run on any warehouse, and can be pasted as they are."""

from pathlib import Path

import pytest

from pipelines import models
from tests.sql.conftest import Filled
from tests.sql.test_core import LAST, corrected, reject
from tests.world import SQL, march

QUESTIONS = models.load(SQL).cookbook


def test_there_are_questions_enough() -> None:
    assert len(QUESTIONS) >= 10
    assert all(question.description.endswith((".", "?")) for question in QUESTIONS)


def test_every_question_is_answered_by_an_empty_warehouse_and_a_full_one(filled: Filled, tmp_path: Path) -> None:
    empty = filled()
    for question in QUESTIONS:
        assert isinstance(empty.execute(question.query).fetchall(), list), question.name
    (tmp_path / "lake").rename(tmp_path / "elsewhere")
    full = filled(march(1), march(2), corrected(LAST), reject("one"))
    answered = {question.name for question in QUESTIONS if full.execute(question.query).fetchall()}
    assert {
        "official_troop_numbers",
        "figures_over_time",
        "who_is_quoted",
        "full_text",
        "corrected_articles",
    } <= answered


@pytest.mark.parametrize("name", ["official_troop_numbers"])
def test_the_readmes_first_question(filled: Filled, name: str) -> None:
    (query,) = (question.query for question in QUESTIONS if question.name == name)
    assert [row[1:5] for row in filled(march(1), march(2, troops=90)).execute(query).fetchall()] == [
        ("200", None, "asserted", "Ministry of Defence"),
        ("90", None, "asserted", "Ministry of Defence"),
    ]
