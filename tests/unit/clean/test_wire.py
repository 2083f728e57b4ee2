"""The grammar of wire copy."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean import wire
from pipelines.clean.document import Document, clean
from tests.unit.clean.samples import PARAGRAPHS

REST = PARAGRAPHS[0].removeprefix("NORVALE -- ")
MORE = PARAGRAPHS[1]


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


@pytest.mark.parametrize(
    "line",
    [
        "QRX2231 3 E AGR 0188 /BC-BRIDGE-CLOSURE",
        "a0412 4 r i BC-Bridge 1stLd 03-01 0188",
        "BRIDGE-CLOSURE/NORVALE (UPDATE 1, PIX)",
    ],
)
def test_routing_lines_and_slugs(line: str) -> None:
    assert wire.is_slug(line)
    assert wire.dateline(line) is None


@pytest.mark.parametrize("line", ["B1200 is the road that was shut", "In 2019 the bridge was shut", "A2231 shut"])
def test_numbers_make_no_routing_line(line: str) -> None:
    assert not wire.is_slug(line)


@pytest.mark.parametrize(
    ("source", "agency", "title"),
    [
        (
            (
                "QRX2231 3 E AGR 0188 /BC-BRIDGE\n\nBRIDGE/CLOSURE\n\nNorvale shuts its iron bridge for a year\n\n"
                "  * Traders fear for their trade in the quarter\n\nBy Ada Lindqvist\n\n"
                f"NORVALE, March 1 (QRX) - {REST}\n\n(more)\n\nQRX2232 3 E AGR 0101 /BC-BRIDGE 2\n\n{MORE}\n\n"
                "qrx/al/tr\n\nEND\n\n011430 GMT MAR 25"
            ),
            "QRX",
            "Norvale shuts its iron bridge for a year",
        ),
        (
            (
                "a0412 4 r i BC-Bridge 03-01 0188\n\nNorvale shuts its iron bridge for a year\n\nBy Ada Lindqvist\n\n"
                f"NORVALE (AP) - {REST}\n\n{MORE}\n\nAP-NY-03-01-25 0930EST"
            ),
            "Associated Press",
            "Norvale shuts its iron bridge for a year",
        ),
        (
            (
                "Norvale shuts its iron bridge for a year\n\nBy Ada Lindqvist\n\n"
                f"NORVALE -- {REST}\n\n{MORE}\n\n(END) Southern Newswires\n\nMarch 01, 2025 09:30 ET (14:30 GMT)"
            ),
            "Southern Newswires",
            "Norvale shuts its iron bridge for a year",
        ),
    ],
)
def test_copy_of_agencies(source: str, agency: str, title: str) -> None:
    found = clean(Document(text=source))
    assert (found["title"], found["wire"], found["authors"]) == (title, agency, ["Ada Lindqvist"])
    assert found["published_at"] is not None
    assert datetime.fromisoformat(found["published_at"]) == datetime(2025, 3, 1, 14, 30, tzinfo=UTC)
    first, *_, last = found["text"].split("\n\n")
    assert first.endswith(REST)
    assert last == MORE
    assert "BC-BRIDGE" not in found["text"]
