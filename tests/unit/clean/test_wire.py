"""The grammar of wire copy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean import wire


@pytest.mark.parametrize(
    ("paragraph", "place", "agency"),
    [
        ("NORVALE -- The bridge will close for a year.", "NORVALE", None),
        ("NORVALE, Aug 4 (Reuters) - The bridge will close.", "NORVALE", "Reuters"),
        ("Norvale, Estonia (AP) — The bridge will close.", "Norvale, Estonia", "Associated Press"),
        ("SÃO BENTO/NORVALE (AFP) – The bridge will close.", "SÃO BENTO/NORVALE", "Agence France-Presse"),
        ("NORVALE, N.J. — The bridge will close.", "NORVALE, N.J.", None),
    ],
)
def test_datelines(paragraph: str, place: str, agency: str | None) -> None:
    found = wire.dateline(paragraph)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert paragraph[found.length :].startswith("The bridge")


@pytest.mark.parametrize(
    "paragraph",
    [
        "The mayor - a former engineer - said no.",
        "I - we - all agreed.",
        "Norvale (the capital) - a history",
        "NORVALE --",
        "",
    ],
)
def test_sentences_are_no_datelines(paragraph: str) -> None:
    assert wire.dateline(paragraph) is None


def test_end_marks_carry_their_credit() -> None:
    assert wire.end_mark("(END) Dow Jones Newswires") == "Dow Jones Newswires"
    assert wire.end_mark("-0-") == ""
    assert wire.end_mark("ENDS") == ""
    assert wire.end_mark("The strike ends on Friday.") is None
    assert wire.end_mark("Ends of the road: a walk through Norvale") is None


@pytest.mark.parametrize(
    "line",
    [
        "(more)", "(MORE TO FOLLOW) Dow Jones Newswires", "- more -",
        "(Reporting by Ada Lindqvist in Norvale; Editing by Tom Reyes)",
        "Write to Ada Lindqvist at ada.lindqvist@example.com",
        "—Tom Reyes in Norvale contributed to this article.",
        "EDS: Updates with quotes from the mayor.", "Editor's note: An earlier version gave another day.",
    ],
)  # fmt: skip
def test_the_wires_own_lines(line: str) -> None:
    assert wire.is_residue(line)


@pytest.mark.parametrize(
    "line",
    [
        "More than 40 people came.",
        "She wrote to the mayor about it.",
        "Reporting to the council on Monday, he said no.",
    ],
)
def test_the_storys_lines(line: str) -> None:
    assert not wire.is_residue(line)


def test_headlines_lose_the_wires_marks() -> None:
    assert wire.headline("UPDATE 2-Norvale bridge to close -- WSJ") == ("Norvale bridge to close", "WSJ")
    assert wire.headline("Norvale - a town in waiting") == ("Norvale - a town in waiting", None)


@given(st.text(max_size=300))
def test_any_line_can_be_asked(line: str) -> None:
    found = wire.dateline(line)
    assert found is None or 0 < found.length < len(line)
    wire.end_mark(line)
    wire.is_residue(line)
    wire.headline(line)
