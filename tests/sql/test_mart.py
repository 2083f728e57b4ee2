"""mart.*: what analysts query first, from a few typed rows."""

from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from pipelines import models
from pipelines.build import run_check
from tests.sql.conftest import Filled
from tests.sql.test_core import LAST, captured_again, corrected, reject
from tests.world import NOON, SQL, article, march, row, span

MISPLACED_TIME = """insert into facts.times by name
    select version_id, 0 as "index", 0 as start, 4 as "end", 'Rain' as text, 'DATE' as type, '2026' as value,
        2 as sentence, extractor_version, shard
    from facts.claims"""

STRAY_ROLE = """insert into facts.roles by name
    select version_id, 0 as "index", 0 as start, 4 as "end", 'Rain' as text, 'title' as kind, 0 as mention,
        'Rain' as name, 2 as sentence, extractor_version, shard
    from facts.claims"""


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return con.execute(query).fetchall()


def test_a_figure_says_who_how_sure_and_where_it_stands(filled: Filled) -> None:
    con = filled(march(1))
    (found,) = con.execute("from mart.figures").fetchall()
    names = [column[0] for column in con.description or []]
    figure = dict(zip(names, found, strict=True))
    text = march(1)["clean/articles"][0]["text"]
    assert figure["evidence"] == "The Ministry of Defence said «200» troops had left Port Almer."
    assert text[figure["start"] : figure["end"]] == figure["figure"] == "200"
    assert {k: figure[k] for k in ("speaker", "source_type", "hedge", "cue", "counted", "low", "value", "high")} == {
        "speaker": "Ministry of Defence", "source_type": "official", "hedge": "asserted", "cue": "said",
        "counted": "troops", "low": 200, "value": 200, "high": 200,
    }  # fmt: skip
    assert (figure["publisher"], figure["day"]) == ("The Almer Courier", date(2026, 3, 2))


def test_a_figure_that_nobody_claims_is_there_without_a_speaker(filled: Filled) -> None:
    con = filled(march(1) | {"facts/claims": []})
    assert rows(con, "select figure, speaker, source_type from mart.figures") == [("200", None, None)]


def test_a_figure_has_the_clause_that_it_stands_in(filled: Filled) -> None:
    placed = march(1)
    text = placed["clean/articles"][0]["text"]
    port, verb = text.rindex("Port Almer"), span(text, "had left")
    placed["facts/claims"][0] |= {
        "subject": "200 troops", "subject_start": text.index("200 troops"), "subject_end": text.index(" had left"),
        "verb": "had left", "verb_start": verb["start"], "verb_end": verb["end"], "place": "Port Almer",
        "place_start": port, "place_end": port + 10, "place_id": "gpe:port-almer", "place_name": "Port Almer",
    }  # fmt: skip
    con = filled(placed)
    found = rows(con, "select subject, verb, place, place_id from mart.figures")
    assert found == [("200 troops", "had left", "Port Almer", "gpe:port-almer")]
    assert rows(con, "select subject, verb, place from figures('troops')") == [("200 troops", "had left", "Port Almer")]


def test_an_unnamed_source_stands_under_its_description(filled: Filled) -> None:
    unnamed = march(1)
    unnamed["facts/claims"][0] |= {"speaker_name": None, "speaker": "Two officials"}
    unnamed["facts/quotes"] = []
    con = filled(unnamed)
    assert rows(con, "select speaker from mart.figures") == [("Two officials",)]
    assert rows(con, "select speaker, named, quotes, figures from mart.speakers") == [("two officials", False, 0, 1)]


def test_a_figure_outside_of_any_sentence_keeps_its_row(filled: Filled) -> None:
    loose = march(1)
    loose["facts/quantities"][0] |= {"sentence": None}
    con = filled(loose)
    assert rows(con, "select figure, evidence from mart.figures") == [("200", None)]


def test_marts_count_the_newest_version_of_an_article_alone(filled: Filled) -> None:
    con = filled(march(1), captured_again(march(1), "again", NOON), corrected(LAST))
    assert rows(con, "select figure from mart.figures") == [("180",)]
    assert rows(con, "select version_id from mart.quotes") == [("march-1b",)]
    assert rows(con, "select articles, updated from mart.articles_daily") == [(1, 1)]
    assert rows(con, "select name, articles, mentions from mart.entities order by name") == [
        ("Ministry of Defence", 1, 1),
        ("Port Almer", 1, 2),
    ]
    assert rows(con, "select articles, updated, figures, quotes from mart.publishers") == [(1, 1, 1, 1)]


def test_articles_and_names_are_counted_by_their_own_day(filled: Filled) -> None:
    next_day = date(2026, 3, 3)
    con = filled(march(1), march(2), march(3, day=next_day))
    assert rows(con, "select day, publisher, articles from mart.articles_daily") == [
        (date(2026, 3, 2), "The Almer Courier", 2),
        (next_day, "The Almer Courier", 1),
    ]
    assert rows(con, "select day, name, articles, mentions from mart.entities_daily") == [
        (date(2026, 3, 2), "Port Almer", 2, 4),
        (date(2026, 3, 2), "Ministry of Defence", 2, 2),
        (next_day, "Port Almer", 1, 2),
        (next_day, "Ministry of Defence", 1, 1),
    ]


def test_the_name_of_an_entity_is_the_one_used_most(filled: Filled) -> None:
    other = march(3)
    for mention in other["facts/mentions"]:
        mention["name"] = "Almer Harbour" if mention["name"] == "Port Almer" else mention["name"]
    con = filled(march(1), march(2), other)
    assert rows(con, "select name from mart.entities where type = 'GPE'") == [("Port Almer",)]


def test_a_pair_is_named_in_one_sentence(filled: Filled) -> None:
    con = filled(march(1), march(2))
    assert rows(con, "select name_a, name_b, sentences, articles, example from mart.entity_pairs") == [
        ("Port Almer", "Ministry of Defence", 2, 2, "The Ministry of Defence said 200 troops had left Port Almer.")
    ]


@pytest.mark.parametrize(("names", "pairs"), [(20, 190), (21, 0)])
def test_a_list_of_names_makes_no_pairs(filled: Filled, names: int, pairs: int) -> None:
    words = [f"Name{chr(65 + i)}" for i in range(names)]
    text = ", ".join(words)
    listed = article("list", text)
    listed["facts/mentions"] = [
        row("facts/mentions", version_id="list", index=i, sentence=0, type="ORG", entity_id=w, name=w, **span(text, w))
        for i, w in enumerate(words)
    ]
    con = filled(listed)
    assert rows(con, "select count(*) from mart.entity_pairs") == [(pairs,)]


def test_quotes_and_speakers(filled: Filled) -> None:
    con = filled(march(1), march(2))
    assert (
        rows(con, "select speaker, text, kind from mart.quotes order by version_id")
        == [("Ministry of Defence", "200 troops had left Port Almer", "indirect")] * 2
    )
    assert rows(con, "select speaker, named, quotes, direct, figures, articles, publishers from mart.speakers") == [
        ("Ministry of Defence", True, 2, 0, 2, 2, 1)
    ]


def test_rejects_are_counted_by_reason_with_the_latest_as_example(filled: Filled) -> None:
    con = filled(march(1), reject("one"), reject("two", NOON + timedelta(days=1)))
    assert rows(con, "select stage, reason, rejects, example_source, example_detail from mart.rejects_by_reason") == [
        ("clean", "no_article", 2, "inbox/two", "A list of links")
    ]
    assert rows(con, "from mart.intake_daily") == [
        (date(2026, 3, 2), "article", None, 1),
        (date(2026, 3, 2), "reject", "no_article", 1),
        (date(2026, 3, 3), "reject", "no_article", 1),
    ]


def test_a_time_without_a_zone_may_be_ahead_of_the_capture(filled: Filled) -> None:
    (check,) = (c for c in models.load(SQL).checks if c.claim == "before_capture")
    con = filled(march(1))
    for stamp in ("2026-03-03T02:00:00", "2026-03-03", "2026-03-02T14:01:00+02:00"):
        con.execute("update clean.date_evidence set value = ?", [stamp])
        assert run_check(con, check).failures == 0


@pytest.mark.parametrize(
    ("claim", "statement"),
    [
        ("facts/claims.of_a_quantity", "update facts.claims set quantity = 5"),
        ("facts/claims.of_a_quantity", "insert into facts.claims from facts.claims"),
        ("facts/quantities.begin_in_their_sentence", "update facts.quantities set sentence = 0"),
        ("facts/quantities.begin_in_their_sentence", "update facts.quantities set sentence = 9"),
        ("facts/mentions.begin_in_their_sentence", "update facts.mentions set sentence = 2"),
        ("facts/quotes.begin_in_their_sentence", "update facts.quotes set sentence = 2"),
        ("facts/times.begin_in_their_sentence", MISPLACED_TIME),
        ("facts/roles.begin_in_their_sentence", STRAY_ROLE),
        ("facts/roles.of_a_person", STRAY_ROLE),
        ("mart/figures.interval_holds_value", "update mart.figures set low = 300"),
        ("clean/date_evidence.one_winner", "update clean.date_evidence set verdict = 'lesser_source'"),
        ("clean/date_evidence.one_winner", "update clean.date_evidence set value = '2026-03-01'"),
        ("clean/date_evidence.one_winner", "update clean.articles set published_at = null"),
        ("clean/date_evidence.one_winner", "insert into clean.date_evidence from clean.date_evidence"),
        ("clean/date_evidence.before_capture", "update clean.date_evidence set value = '2026-03-02T14:05:00+02:00'"),
        ("clean/date_evidence.before_capture", "update clean.date_evidence set value = '2026-03-03T02:05:00'"),
        ("clean/date_evidence.before_capture", "update clean.date_evidence set value = '2026-03-04'"),
        ("mart/articles_daily.adds_up", "update core.articles set is_latest = false"),
    ],
)  # fmt: skip
def test_a_broken_claim_is_found(filled: Filled, claim: str, statement: str) -> None:
    con = filled(march(1))
    (check,) = (c for c in models.load(SQL).checks if f"{c.table}.{c.claim}" == claim)
    assert run_check(con, check).failures == 0
    con.execute(statement)
    assert run_check(con, check).failures > 0


def test_every_check_has_been_seen_to_hold_on_sound_rows(filled: Filled) -> None:
    con = filled(march(1), corrected(LAST), reject("one"), captured_again(march(1), "again", LAST))
    assert [f"{c.table}.{c.claim}" for c in models.load(SQL).checks if run_check(con, c).failures] == []
