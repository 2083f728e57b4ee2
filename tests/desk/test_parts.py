"""What the pages are made of: marks, versions, charts, what was removed, and how values are written."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.desk.article import speakers
from pipelines.desk.chart import HEIGHT, WIDTH, chart, compact
from pipelines.desk.compared import side_by_side
from pipelines.desk.figure import citation
from pipelines.desk.figures import sought
from pipelines.desk.marks import BREAK, Mark, paragraphs
from pipelines.desk.page import days, evidence, giver, web_address
from pipelines.desk.removed import Removed, removed

TEXTS = st.text(alphabet="ab \n\N{CLOUD WITH RAIN}", max_size=40)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)
DAY = date(2026, 3, 2)


@given(TEXTS, SPANS)
def test_the_pieces_are_the_text_and_each_has_the_marks_that_cover_it(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [
        Mark(f"f{n}", "quantities", min(span), max(span))
        for n, span in enumerate(spans)
        if min(span) < max(span) <= len(text)
    ]
    at = 0
    found = paragraphs(text, marks)
    assert BREAK.join("".join(piece.text for piece in paragraph) for paragraph in found) == text
    for paragraph in found:
        for piece in paragraph:
            assert {m.row for m in piece.marks} == {
                m.row for m in marks if m.start <= at and m.end >= at + len(piece.text)
            }
            at += len(piece.text)
        at += len(BREAK)


def test_the_narrowest_mark_comes_first() -> None:
    quote, figure = Mark("q0", "quotes", 0, 9), Mark("f0", "quantities", 4, 6)
    (pieces,) = paragraphs("They 12 x", [quote, figure])
    assert [(p.text, [m.row for m in p.marks], [m.row for m in p.begins]) for p in pieces] == [
        ("They", ["q0"], ["q0"]), (" 1", ["f0", "q0"], ["f0"]), ("2 x", ["q0"], []),
    ]  # fmt: skip


def test_paragraphs_that_changed_stand_beside_each_other() -> None:
    lines = side_by_side("One.\n\nIt cut 340 jobs.\n\nGone.", "One.\n\nIt cut 430 jobs.\n\nGone.\n\nNew.")
    assert [line.is_same for line in lines] == [True, False, True, False]
    assert lines[1].before == [("It cut", False), ("340", True), ("jobs.", False)]
    assert (lines[3].before, lines[3].after) == (None, [("New.", True)])


def test_a_line_that_the_text_lacks_is_removed_and_one_in_part_is_told() -> None:
    kept = "Rain fell on Port Almer on Monday, officials said."
    captured = [
        "Share on X",
        "Rain fell on Port Almer on MONDAY",
        "PORT ALMER (News) - Rain fell on Port Almer on Monday",
        "—",
    ]
    assert removed(captured, kept) == [Removed(captured[0], in_part=False), Removed(captured[2], in_part=True)]


def step(value: float | None, after: int, **given: Any) -> dict[str, Any]:
    plain = {
        "series": "s", "value": value, "low": value, "high": value, "approx": False, "relation": "first",
        "as_of_last": DAY + timedelta(days=after), "version_id": str(after), "quantity": 0, "previous_version": None,
        "previous_quantity": None,
    }  # fmt: skip
    return plain | given


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.floats(-1e13, 1e13), st.integers(0, 9000), st.sampled_from(["", "low", "high"])),
        min_size=1,
        max_size=9,
    )
)
def test_every_point_and_label_lies_in_the_drawing(given: list[tuple[float, int, str]]) -> None:
    drawn = chart("count", [[step(v, after, **({open_end: None} if open_end else {})) for v, after, open_end in given]])
    assert drawn
    assert len(drawn.points) == len(given)
    assert all(0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT for point in drawn.points)
    assert all(0 <= tick.at <= WIDTH for tick in drawn.days)
    assert 2 <= len(drawn.values) <= 12


def test_a_wide_range_has_a_logarithmic_axis() -> None:
    drawn = chart("count", [[step(3, 0), step(90_000, 1)]])
    assert drawn
    assert [tick.label for tick in drawn.values] == ["1", "10", "100", "1,000", "10,000", "100,000"]


@pytest.mark.parametrize(
    ("value", "label"), [(0.25, "0.25"), (12_500, "12,500"), (1.4e9, "1.4 billion"), (-2e6, "-2 million")]
)
def test_an_axis_writes_short(value: float, label: str) -> None:
    assert compact(value) == label


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (DAY, DAY, "2 Mar 2026"),
        (date(2026, 2, 1), date(2026, 2, 28), "Feb 2026"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (DAY, date(2026, 3, 9), "2 Mar 2026 to 9 Mar 2026"),
        (None, None, ""),
    ],
)
def test_days_are_written_as_people_do(first: date | None, last: date | None, written: str) -> None:
    assert days(first, last) == written


def test_who_speaks_under_a_name_that_a_place_has_too_is_the_person() -> None:
    called = [("Almer", "person:almer"), ("Almer", "place:almer"), ("Almer", "place:almer"), ("Lund", "org:lund")]
    mentions = [{"name": name, "entity_id": entity} for name, entity in called]
    assert speakers(mentions) == {"Almer": "person:almer", "Lund": "org:lund"}


def test_a_citation_keeps_the_quotation_marks_of_its_sentence_and_says_what_is_negated() -> None:
    figure = {
        "figure": "9", "evidence": "«We lost «9» ships», she said.", "speaker": "Ada Lind", "source_type": "named",
        "hedge": "asserted", "negated": True, "as_of_first": DAY, "as_of_last": DAY, "title": "Storm",
        "publisher": "The Courier", "day": DAY, "version_id": "v", "start": 9, "end": 10,
    }  # fmt: skip
    assert citation(figure, None) == (
        "9: “«We lost 9 ships», she said.” (Ada Lind, asserted, negated, as of 2 Mar 2026). "
        "Storm, The Courier, 2 Mar 2026. Dateline v:9-10."
    )


def test_only_the_articles_own_figures_are_cited_as_its_own() -> None:
    given = [("Ada Lind", "named"), (None, "author"), (None, "anonymous"), (None, None)]
    assert [giver(*one) for one in given] == ["Ada Lind", "the article itself", "source unknown", "source unknown"]
    figure = {
        "figure": "9", "evidence": "“We lost «9» ships.”", "speaker": None, "source_type": "anonymous",
        "hedge": "asserted", "negated": False, "as_of_first": None, "as_of_last": None, "title": "Storm",
        "publisher": "The Courier", "day": DAY, "version_id": "v", "start": 9, "end": 10,
    }  # fmt: skip
    assert "(source unknown, anonymous, asserted)" in citation(figure, None)


def test_evidence_is_marked_and_its_markup_is_text() -> None:
    assert evidence("<b> «9» & “more” ») end", "9") == "&lt;b&gt; <mark>9</mark> &amp; “more” ») end"
    assert evidence("none", "9") == "none"
    assert evidence("«We saw «9 <»», she said", "9 <") == "«We saw <mark>9 &lt;</mark>», she said"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x.example", "http://[", None])
def test_only_web_addresses_are_linked(address: str | None) -> None:
    assert web_address(address) == ""


def test_a_question_is_asked_in_the_words_of_topics() -> None:
    assert sought("Inflation in France") == ["inflation", "france"]
    assert sought("the people killed, families") == ["person", "killed", "famil"]
