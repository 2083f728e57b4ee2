"""Decisions show wherever an entity does, speakers among them, and each can be taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.decisions import Decision, What, append
from pipelines.lake import Lake
from pipelines.publish import publish
from pipelines.warehouse import connect
from tests.world import SQL, march, put

MINISTRY, PORT = "org:defense-ministry", "gpe:port-almer"
SHOWN = (
    "select distinct speaker_id, speaker from mart.quotes order by all",
    "select distinct speaker_id, speaker from mart.figures order by all",
    "select speaker_id, speaker, quotes, figures from mart.speakers order by all",
    "select entity_id, name, type from mart.entities order by all",
)
Marts = list[list[tuple[Any, ...]]]
Decide = Callable[..., Marts]


@pytest.fixture
def decide(tmp_path: Path) -> Decide:
    """Write a decision, publish, and give what the marts show."""
    lake, file = Lake(tmp_path / "lake"), tmp_path / "decisions.csv"
    put(lake, "a", march(1), march(2))

    def write(what: What | None = None, *entities: str, value: str = "") -> Marts:
        if what:
            append(file, Decision("2026-03-02T12:00:00+00:00", "desk", what, entities, value, ""))
        publish(lake, tmp_path / "warehouse", SQL, decisions=file)
        with connect(tmp_path / "warehouse" / "warehouse.duckdb") as con:
            return [con.execute(query).fetchall() for query in SHOWN]

    return write


def test_speakers_are_the_entities_of_the_registry(decide: Decide) -> None:
    quotes, figures, speakers, entities = decide()
    assert quotes == figures == [(MINISTRY, "Ministry of Defence")]
    assert speakers == [(MINISTRY, "Ministry of Defence", 2, 2)]
    assert (MINISTRY, "Ministry of Defence", "ORG") in entities


def test_each_decision_shows_and_is_undone(decide: Decide) -> None:
    before = decide()
    after = {
        "rename": decide("rename", MINISTRY, value="The Ministry"),
        "undo rename": decide("undo", value="1"),
        "retype": decide("retype", MINISTRY, value="GPE"),
        "undo retype": decide("undo", value="3"),
        "merge": decide("merge", PORT, MINISTRY),
        "undo merge": decide("undo", value="5"),
        "split": decide("split", MINISTRY, "article-march-2", value="harbour"),
        "undo split": decide("undo", value="7"),
        "hide": decide("hide", MINISTRY),
        "undo hide": decide("undo", value="9"),
    }
    assert all(after[key] == before for key in after if key.startswith("undo"))
    assert after["rename"][0] == after["rename"][1] == [(MINISTRY, "The Ministry")]
    assert after["retype"][3][-1] == (MINISTRY, "Ministry of Defence", "GPE")
    assert [found[0][0] for found in after["merge"][:3]] == [PORT] * 3
    assert [r[0] for r in after["split"][2]] == [MINISTRY, f"{MINISTRY}~harbour"]
    assert after["hide"] == [[(None, "The Ministry of Defence")]] * 2 + [[], [before[3][0]]]


def test_of_decisions_that_contradict_each_other_the_later_counts(decide: Decide) -> None:
    decide("rename", MINISTRY, value="One")
    assert decide("rename", MINISTRY, value="Other")[0] == [(MINISTRY, "Other")]
    assert decide("undo", value="2")[0] == [(MINISTRY, "One")]
    assert decide("merge", PORT, MINISTRY)[2][0][0] == PORT
    assert decide("merge", MINISTRY, PORT)[2][0][0] == PORT  # it is PORT already
    assert decide("split", PORT, MINISTRY)[2][0][0] == MINISTRY
    assert decide("undo", value="6")[2][0][0] == PORT


def test_a_name_merged_into_what_is_hidden_is_hidden(decide: Decide) -> None:
    decide("hide", PORT)
    assert decide("merge", PORT, MINISTRY)[2:] == [[], []]


def test_a_decision_about_nobody_is_shown(tmp_path: Path) -> None:
    lake, file = Lake(tmp_path / "lake"), tmp_path / "decisions.csv"
    put(lake, "a", march(1))
    for about in (MINISTRY, "person:nobody"):
        append(file, Decision("2026-03-02T12:00:00+00:00", "desk", "rename", (about,), "New", ""))
    done = publish(lake, tmp_path / "warehouse", SQL, decisions=file)
    (found,) = [o for o in done.outcomes if o.check.claim == "decisions_meet"]
    assert (found.failures, found.example["entity_id"]) == (1, "person:nobody")
