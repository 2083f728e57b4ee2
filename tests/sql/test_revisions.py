"""mart.revisions: what changed between two versions of one article, from typed rows."""

from datetime import timedelta
from typing import Any

import duckdb

from tests.sql.conftest import Filled
from tests.sql.test_core import LAST, corrected
from tests.world import NOON, Rows, article, march, row, span

FERRY = "The ferry to Port Almer was cancelled on Monday because of the wind, the harbour master said."
GRAIN = "Forty ships with grain were waiting outside the harbour of Ostreva for their turn."
SCHOOL = "Schools on the islands stay closed until Thursday."


def version(number: int, *paragraphs: str, figures: tuple[dict[str, Any], ...] = (), quotes: Any = ()) -> Rows:
    """A version of the one article, with figures by surface and value, and quotes by speaker and words."""
    name, text = f"v{number}", "\n\n".join(paragraphs)
    rows = article(
        name, text, article_id="harbour", captured_at=NOON + timedelta(hours=number), title=f"Title {number}"
    )
    rows["facts/sentences"] = [
        row("facts/sentences", version_id=name, index=i, **span(text, p)) for i, p in enumerate(paragraphs)
    ]

    def sentence(surface: str) -> int:
        return next(i for i, p in enumerate(paragraphs) if surface in p)

    rows["facts/quantities"] = [
        row(
            "facts/quantities",
            version_id=name,
            index=i,
            sentence=sentence(f["text"]),
            **span(text, f["text"]),
            **fact(text, f),
        )
        for i, f in enumerate(figures)
    ]
    rows["facts/quotes"] = [
        row("facts/quotes", version_id=name, index=i, sentence=sentence(said), speaker_name=who, **span(text, said))
        for i, (who, said) in enumerate(quotes)
    ]
    return rows


def fact(text: str, figure: dict[str, Any]) -> dict[str, Any]:
    """A figure's columns but for its surface; what is counted is said where it stands."""
    where = span(text, figure["counted"]) if "counted" in figure else {}
    placed = {f"counted_{end}": where[end] for end in ("start", "end")} if where else {}
    value = figure.get("value")
    return {"low": value, "high": value} | {k: v for k, v in figure.items() if k != "text"} | placed


def changes(con: duckdb.DuckDBPyConnection, kind: str) -> tuple[Any, ...]:
    """Added, removed and changed of the one revision."""
    (found,) = con.execute(f"select {kind}_added, {kind}_removed, {kind}_changed from mart.revisions").fetchall()  # noqa: S608
    return found


def test_a_correction_shows_its_figure_before_and_after(filled: Filled) -> None:
    con = filled(march(1), corrected(LAST), march(2))
    found = con.execute("select version_id, previous_id, version, title, previous_title from mart.revisions").fetchall()
    assert found == [("march-1b", "march-1", 2, "Troops leave Port Almer, day 1", "Troops leave Port Almer, day 1")]
    assert changes(con, "figures") == ([], [], [{"before": "200 troops", "after": "180 troops"}])
    assert changes(con, "quotes") == (
        [],
        [],
        [
            {
                "before": "Ministry of Defence: 200 troops had left Port Almer",
                "after": "Ministry of Defence: 180 troops had left Port Almer",
            }
        ],
    )
    (before, after) = (march(1, troops=n)["clean/articles"][0]["text"] for n in (200, 180))
    assert changes(con, "paragraphs") == ([], [], [{"before": before, "after": after}])


def test_paragraphs_come_go_and_are_rewritten(filled: Filled) -> None:
    rewritten = GRAIN.replace("Forty", "Fifty")
    con = filled(version(1, FERRY, GRAIN), version(2, SCHOOL, rewritten))
    assert changes(con, "paragraphs") == ([SCHOOL], [FERRY], [{"before": GRAIN, "after": rewritten}])
    assert con.execute("select title, previous_title from mart.revisions").fetchall() == [("Title 2", "Title 1")]


def test_a_paragraph_that_only_moved_has_not_changed(filled: Filled) -> None:
    con = filled(version(1, FERRY, GRAIN, SCHOOL), version(2, SCHOOL, FERRY, GRAIN))
    assert changes(con, "paragraphs") == ([], [], [])


def test_each_rewritten_paragraph_finds_its_own_and_no_other(filled: Filled) -> None:
    one, two = FERRY.replace("Monday", "Tuesday"), FERRY.replace("wind", "storm").replace("ferry", "boat")
    con = filled(version(1, FERRY, two), version(2, one, two.replace("boat", "ship")))
    assert changes(con, "paragraphs")[2] == [
        {"before": FERRY, "after": one},
        {"before": two, "after": two.replace("boat", "ship")},
    ]


def test_a_figure_spelled_otherwise_is_the_same_one(filled: Filled) -> None:
    forty = {"text": "Forty", "value": 40.0, "counted": "ships"}
    figure = {"text": "40", "value": 40.0, "counted": "ships"}
    con = filled(version(1, GRAIN, figures=(forty,)), version(2, GRAIN.replace("Forty", "40"), figures=(figure,)))
    assert changes(con, "figures") == ([], [], [])


def test_figures_of_other_things_other_units_or_other_sentences_are_no_change_of_one(filled: Filled) -> None:
    before = "The wind reached 90 knots while 12 boats lay in the harbour, and 7 boats sank off the northern cape."
    after = "The wind reached 95 miles while 12 boats lay in the harbour."
    far = "Rescuers were still looking for the crew of 31 boats when night fell over the islands."
    con = filled(
        version(
            1,
            before,
            figures=(
                {"text": "90 knots", "value": 90.0, "kind": "measure", "unit": "knot"},
                {"text": "12", "value": 12.0, "counted": "boats"},
                {"text": "7", "value": 7.0, "counted": "boats"},
            ),
        ),
        version(
            2,
            after,
            far,
            figures=(
                {"text": "95 miles", "value": 95.0, "kind": "measure", "unit": "mile"},
                {"text": "12", "value": 12.0, "counted": "boats"},
                {"text": "31", "value": 31.0, "counted": "boats"},
            ),
        ),
    )
    assert changes(con, "figures") == (["95 miles", "31 boats"], ["90 knots", "7 boats"], [])


def test_a_quote_given_to_another_speaker_has_changed(filled: Filled) -> None:
    said = "the harbour will stay closed until the wind has turned"
    text = f"Officials agreed that {said}."
    con = filled(
        version(1, text, quotes=[("Ada Lind", said)]),
        version(2, text, SCHOOL, quotes=[("Ines Okoro", said), ("Ines Okoro", "Schools on the islands stay closed")]),
    )
    assert changes(con, "quotes") == (
        ["Ines Okoro: Schools on the islands stay closed"],
        [],
        [{"before": f"Ada Lind: {said}", "after": f"Ines Okoro: {said}"}],
    )


def test_each_version_is_held_against_the_one_before_it(filled: Filled) -> None:
    con = filled(version(1, FERRY), version(2, FERRY, GRAIN), version(3, GRAIN))
    found = con.execute(
        "select version, words_added, paragraphs_added, paragraphs_removed from mart.revisions order by version"
    ).fetchall()
    assert found == [(2, 14, [GRAIN], []), (3, -17, [], [FERRY])]
