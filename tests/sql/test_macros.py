"""Macros for analysts."""

import duckdb
import pytest

from tests.sql.conftest import Filled
from tests.world import article, march, row, span


def one(con: duckdb.DuckDBPyConnection, query: str, *given: object) -> object:
    ((value,),) = con.execute(query, given).fetchall()
    return value


def test_evidence_marks_the_characters_in_their_sentence(filled: Filled) -> None:
    con = filled(march(1))
    text = march(1)["clean/articles"][0]["text"]
    where = span(text, "Port Almer")
    marked = one(con, "select evidence('march-1', ?, ?)", where["start"], where["end"])
    assert marked == "Rain fell on «Port Almer» 🌧."
    over = one(con, "select evidence('march-1', ?, ?)", text.index("🌧"), text.index("Ministry"))
    assert over == "Rain fell on Port Almer «🌧. The »Ministry of Defence said 200 troops had left Port Almer."
    assert one(con, "select evidence('no such version', 0, 4)") is None


def test_evidence_of_many_rows_at_once(filled: Filled) -> None:
    con = filled(march(1), march(2, troops=90))
    found = con.execute(
        'select evidence(version_id, start, "end") from facts.quantities order by version_id'
    ).fetchall()
    assert found == [
        ("The Ministry of Defence said «200» troops had left Port Almer.",),
        ("The Ministry of Defence said «90» troops had left Port Almer.",),
    ]


def test_evidence_where_there_are_no_sentences_is_the_characters_alone(filled: Filled) -> None:
    con = filled(article("v", "Nobody came.") | {"facts/sentences": []})
    assert one(con, "select evidence('v', 0, 6)") == "«Nobody»"


@pytest.mark.parametrize(
    ("phrase", "word", "found"),
    [
        ("Troops on the march", "troop", True),
        ("a troop of monkeys", "troops", True),
        ("paratroops", "troop", False),
        ("the École normale", "école", True),
        ("Gaza City", "gaza city", True),
        ("(Gaza)", "Gaza", True),
        ("bus lines", "us", False),
        ("U.S. dollar", "u.s.", True),
        ("100% of it", "100%", True),
        ("anything", ".*", False),
        (None, "word", False),
    ],
)
def test_has_word(filled: Filled, phrase: str | None, word: str, *, found: bool) -> None:
    assert one(filled(), "select coalesce(has_word(?, ?), false)", phrase, word) is found


def test_search_ranks_and_shows_the_place(filled: Filled) -> None:
    far = "Nothing happened. " * 30 + "At last the ferries to Ostrel sailed again.\n\nThat was all."
    con = filled(
        march(1),
        article("ferry", far, title="A quiet week"),
        article("ferries", "Ferries, ferries and ferries.", title="Ferries to Ostrel"),
        article("accent", "La Coruña saw 4,512 visitors."),
    )
    found = con.execute("select version_id, snippet from search('ferry Ostrel')").fetchall()
    assert [version for version, _ in found] == ["ferries", "ferry"]
    assert "ferries to Ostrel sailed again." in found[1][1]
    assert len(found[1][1]) < 200
    assert [v for (v,) in con.execute("select version_id from search('coruna')").fetchall()] == ["accent"]
    assert [v for (v,) in con.execute("select version_id from search('4,512')").fetchall()] == ["accent"]
    assert con.execute("from search('zeppelin')").fetchall() == []
    assert con.execute("from search('')").fetchall() == []


def test_figures_by_what_is_counted_or_described(filled: Filled) -> None:
    described = march(2, troops=90)
    text = described["clean/articles"][0]["text"]
    about = {f"about_{edge}": span(text, "Port Almer")[edge] for edge in ("start", "end")}
    described["facts/quantities"][0] |= {"counted": None, "counted_start": None, "counted_end": None}
    described["facts/quantities"][0] |= {"about": "Port Almer", **about}
    con = filled(march(1), described)
    assert con.execute("select figure, speaker from figures('troop')").fetchall() == [("200", "Ministry of Defence")]
    assert con.execute("select figure from figures('lmer')").fetchall() == []
    assert con.execute("select figure from figures('port')").fetchall() == [("90",)]


def test_figures_about_a_name_in_their_sentence(filled: Filled) -> None:
    con = filled(march(1), march(2, troops=90))
    assert con.execute("select figure from figures_about('port almer')").fetchall() == [("200",), ("90",)]
    assert con.execute("select figure from figures_about('Ostrel')").fetchall() == []
    elsewhere = con.execute("select figure from figures_about((select 'Ministry'))").fetchall()
    assert elsewhere == [("200",), ("90",)]


def test_quotes_by_a_name_or_a_description(filled: Filled) -> None:
    unnamed = march(2)
    unnamed["facts/quotes"][0] |= {"speaker_name": None, "speaker_id": None}
    con = filled(march(1), unnamed)
    assert len(con.execute("from quotes_by('defence')").fetchall()) == 2
    assert con.execute("select speaker from quotes_by('the ministry')").fetchall() == [("The Ministry of Defence",)]


def test_a_mention_twice_in_one_sentence_gives_its_figure_once(filled: Filled) -> None:
    twice = march(1)
    again = row("facts/mentions", **twice["facts/mentions"][2] | {"index": 3})
    twice["facts/mentions"].append(again)
    con = filled(twice)
    assert con.execute("select figure from figures_about('Almer')").fetchall() == [("200",)]
