"""mart.quote_lineage: which quotes are one utterance, and what each print made of it."""

from datetime import date, timedelta
from typing import Any

import duckdb

from pipelines import models
from pipelines.build import run_check
from pipelines.link.fingerprint import fingerprint
from tests.sql.conftest import Filled
from tests.sql.test_copies import prose
from tests.world import DAY, SQL, Rows, article, row, span

WHOLE = "“We won’t close the harbour of Port Almer. Not this winter, and not the next one either,”"
PART = '"We won\'t close the harbour of Port Almer,"'
SAME = "“The ferry will sail again once the wind has turned to the west,”"
BRIEF = "“Nobody told us,”"


def printed(name: str, *quotes: tuple[str, str | None], kind: str = "direct", lead: str = "", **given: Any) -> Rows:
    """An article of these quotes, each with its speaker, who is named at the end."""
    named = list(dict.fromkeys(speaker for _, speaker in quotes if speaker))
    text = " ".join([lead, *(said for said, _ in quotes), *(f"{speaker} spoke." for speaker in named)]).strip()
    about = {"publisher": f"The {name} Post", "fingerprint": fingerprint(text)} | given
    return article(name, text, **about) | {
        "facts/sentences": [],
        "facts/mentions": [
            row("facts/mentions", version_id=name, index=i, type="PERSON", entity_id=f"person:{speaker.lower()}",
                name=speaker, **span(text, speaker))
            for i, speaker in enumerate(named)
        ],
        "facts/quotes": [
            row("facts/quotes", version_id=name, index=i, kind=kind, speaker_name=speaker,
                speaker_id=speaker and f"person:{speaker.lower()}", **span(text, said))
            for i, (said, speaker) in enumerate(quotes)
        ],
    }  # fmt: skip


def groups(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """The articles of each utterance."""
    return con.execute(
        "select list(version_id order by version_id, quote) from mart.quote_lineage group by utterance_id order by 1"
    ).fetchall()


def test_a_part_belongs_to_the_whole_and_says_what_it_lacks(filled: Filled) -> None:
    day = DAY + timedelta(days=1)
    con = filled(printed("a", (WHOLE, "Ada Lind"), published_day=day), printed("b", (PART, None)), printed("c"))
    shown = "version_id, utterance, prints, independent, speakers, first_day, is_first, text, speaker, left_out, added"
    assert con.execute(f"select {shown} from mart.quote_lineage").fetchall() == [  # noqa: S608
        ("b", WHOLE, 2, 2, ["Ada Lind"], DAY, True, PART, None,
         ["not", "this", "winter", "and", "next", "one", "either"], []),
        ("a", WHOLE, 2, 2, ["Ada Lind"], DAY, False, WHOLE, "Ada Lind", [], []),
    ]  # fmt: skip


def test_copies_of_one_story_are_one_independent_print(filled: Filled) -> None:
    story = " ".join(prose(1))
    con = filled(
        printed("a", (SAME, "Ada Lind"), lead=story),
        printed("b", (SAME, "Ada Lind"), lead=story),
        printed("c", (SAME, "Ines Okoro"), lead=" ".join(prose(2))),
    )
    shown = "version_id, prints, independent, speakers, copy_group is null"
    assert con.execute(f"select {shown} from mart.quote_lineage order by all").fetchall() == [  # noqa: S608
        ("a", 3, 2, ["Ada Lind", "Ines Okoro"], False),
        ("b", 3, 2, ["Ada Lind", "Ines Okoro"], False),
        ("c", 3, 2, ["Ada Lind", "Ines Okoro"], True),
    ]


def test_few_words_are_one_utterance_only_of_one_speaker_on_one_day(filled: Filled) -> None:
    con = filled(
        printed("a", (BRIEF, "Ada Lind"), (PART, "Ada Lind")),
        printed("b", (BRIEF, "Ada Lind"), (PART, "Ines Okoro")),
        printed("c", (BRIEF, "Ada Lind"), published_day=date(2026, 3, 9)),
        printed("d", (BRIEF, "Ines Okoro")),
        printed("e", (BRIEF, None)),
        printed("f", (BRIEF, None)),
    )
    assert groups(con) == [(["a", "b"],)]
    assert con.execute("select distinct utterance from mart.quote_lineage").fetchall() == [(BRIEF,)]


def test_what_only_shares_a_phrase_is_another_utterance(filled: Filled) -> None:
    other = "“We won’t close the harbour of Port Almer to those who have fished there all of their lives,”"
    assert groups(filled(printed("a", (WHOLE, "Ada Lind")), printed("b", (other, "Ada Lind")))) == []


def test_of_a_mixed_quote_only_what_stands_between_marks_was_said(filled: Filled) -> None:
    told = "that boats would wait until late in the spring but “we won’t close the harbour of Port Almer”"
    con = filled(printed("a", (WHOLE, "Ada Lind")), printed("b", (told, None), kind="mixed"))
    assert con.execute("select added from mart.quote_lineage").fetchall() == [([],), ([],)]


def test_an_article_that_repeats_itself_is_no_second_print(filled: Filled) -> None:
    con = filled(printed("a", (SAME, "Ada Lind"), (SAME.replace("turned", "turned at last"), "Ada Lind")))
    assert groups(con) == []


def test_the_check_counts_the_articles(filled: Filled) -> None:
    (check,) = (c for c in models.load(SQL).checks if c.table == "mart/quote_lineage")
    con = filled(printed("a", (SAME, None)), printed("b", (SAME, None)))
    assert run_check(con, check).failures == 0
    con.execute("delete from mart.quote_lineage where version_id = 'a'")
    assert run_check(con, check).failures == 1
