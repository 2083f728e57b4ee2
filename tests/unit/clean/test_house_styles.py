"""Copy in the house styles of the agencies, about invented events: what each marks, and how."""

import pytest

from pipelines.clean import wire
from pipelines.clean.document import Document, clean
from tests.unit.clean.samples import PARAGRAPHS

REST = PARAGRAPHS[0].removeprefix("NORVALE -- ")
BODY = PARAGRAPHS[1:]
TITLE = "Norvale shuts its iron bridge for a year"


def copy(*lines: str, head: tuple[str, ...] = (TITLE,)) -> str:
    return "\n\n".join([*head, *lines])


@pytest.mark.parametrize(
    ("paragraph", "place", "agency"),
    [
        ("NORVALE, March 1. /TASS/. The bridge will close.", "NORVALE", "TASS"),
        ("NORVALE, Sarn, March 1, 2025 /PRNewswire/ -- The bridge will close.", "NORVALE, Sarn", "PR Newswire"),
        ("(ANSA) - NORVALE, MAR 1 - The bridge will close.", "NORVALE", "ANSA"),
        ("Norvale, 1 March (EFE).- The bridge will close.", "Norvale", "EFE"),
        ("Norvale, Mar 1 (PTI) The bridge will close.", "Norvale", "Press Trust of India"),
        ("NORVALE. March 1 (Interfax) - The bridge will close.", "NORVALE", "Interfax"),
        ("NORVALE, March 1 (Xinhua) -- The bridge will close.", "NORVALE", "Xinhua"),
        ("Norvale (dpa/lno) - The bridge will close.", "Norvale", "Deutsche Presse-Agentur"),
        ("NORVALE, Sarn (AP) _ The bridge will close.", "NORVALE, Sarn", "Associated Press"),
        ("NORVALE (Dow Jones)--The bridge will close.", "NORVALE", "Dow Jones Newswires"),
    ],
)
def test_datelines_of_the_houses(paragraph: str, place: str, agency: str) -> None:
    found = wire.dateline(paragraph)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert paragraph[found.length :].startswith("The bridge")


@pytest.mark.parametrize(
    "paragraph",
    [
        "Norvale, March 1 (a Saturday) was wet.",
        "Norvale, May 4 (see map) - no more.",
        "He came / she went (both) late.",
    ],
)
def test_days_and_brackets_in_sentences_are_no_datelines(paragraph: str) -> None:
    assert wire.dateline(paragraph) is None


@pytest.mark.parametrize(
    "line",
    [
        "(more)", "MORE", "(MORE)", "(continues)", "1st Add", "2nd take", "ADD 1", "Take 2: Norvale", "(Page 2)",
        "Lindqvist reported from Norvale. Reyes reported from Sarn.",
        "Lindqvist reported from Norvale. Associated Press writer Nia Okoro in Quay contributed.",
        "Embargoed for release until 1800 GMT on Monday", "# dpa-Notizblock", "WITH PHOTOS", "(Achtung: neu)",
        "Our Standards: The Quay Trust Principles.", "Follow QRX's coverage of Norvale: https://qrx.example/norvale",
    ],
)  # fmt: skip
def test_residue_of_the_houses(line: str) -> None:
    assert wire.is_residue(line)


@pytest.mark.parametrize(
    "line", ["More is needed.", "Add 1 spoon of salt and stir.", "First add the oil to the pan, then salt.",
             "With photos in hand, the engineers went home.", "Tarrant reported from work late, she said."]
)  # fmt: skip
def test_what_only_looks_like_residue(line: str) -> None:
    assert not wire.is_residue(line)


@pytest.mark.parametrize("line", ["(END)", "(ENDS)", "- ENDS -", "-END-", "Enditem", "-30-", "-0-", "###", "/END/"])
def test_end_marks(line: str) -> None:
    assert wire.end_mark(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "BC-EU--Norvale-Bridge, 1st Ld-Writethru",
        "NORVALE-BRIDGE/",
        "Norvale-bridge-closure-lead",
        "Verkehr/Brücken/Norvale/",
    ],
)
def test_slugs(line: str) -> None:
    assert wire.is_slug(line)


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("UPDATE 2-" + TITLE, TITLE),
        ("CORRECTED-" + TITLE, TITLE),
        ("2nd UPDATE: " + TITLE, TITLE),
        ("3rd LD: " + TITLE, TITLE),
        ("URGENT - " + TITLE, TITLE),
        (TITLE + " -2-", TITLE),
        (TITLE + " -- Update", TITLE),
        (TITLE + " — And nobody asked", TITLE + " — And nobody asked"),
    ],
)
def test_marks_of_headlines(line: str, headline: str) -> None:
    assert wire.headline(line) == (headline, None)


@pytest.mark.parametrize(
    ("source", "agency", "authors"),
    [
        (
            copy("By ADA LINDQVIST and TOM REYES", "Associated Press Writers", f"NORVALE, Sarn (AP) — {REST}", *BODY,
                 "___", "Lindqvist reported from Norvale. Reyes reported from Quay."),
            "Associated Press", ["Ada Lindqvist", "Tom Reyes"],
        ),
        (
            copy("March 1 (Reuters)", "By Ada Lindqvist", f"NORVALE, March 1 (Reuters) - {REST}", *BODY,
                 "(Reporting by Ada Lindqvist in Norvale; Additional reporting by Nia Okoro; Editing by Tom Reyes)"),
            "Reuters", ["Ada Lindqvist"],
        ),
        (
            copy(f"Norvale, March 1, 2025 (AFP) - {REST}", *BODY, "al/tr"),
            "Agence France-Presse", [],
        ),
        (
            copy("Von Ada Lindqvist, dpa", f"Norvale (dpa) - {REST}", *BODY, "# dpa-Notizblock"),
            "Deutsche Presse-Agentur", ["Ada Lindqvist"],
        ),
        (
            copy("By Ada Lindqvist, PA Political Correspondent", REST, *BODY, "ends"),
            "Press Association", ["Ada Lindqvist"],
        ),
        (
            copy("by Xinhua writer Ada Lindqvist", f"NORVALE, March 1 (Xinhua) -- {REST}", *BODY, "Enditem"),
            "Xinhua", ["Ada Lindqvist"],
        ),
        (copy(f"NORVALE, March 1. /TASS/. {REST}", *BODY), "TASS", []),
        (copy(f"NORVALE, March 1 (Kyodo) -- {REST}", *BODY, "==Kyodo"), "Kyodo News", []),
    ],
    ids=["AP", "Reuters", "AFP", "dpa", "PA", "Xinhua", "TASS", "Kyodo"],
)  # fmt: skip
def test_stories_of_the_houses(source: str, agency: str, authors: list[str]) -> None:
    found = clean(Document(text=source))
    assert (found["title"], found["wire"], found["authors"]) == (TITLE, agency, authors)
    first, *_, last = found["text"].split("\n\n")
    assert first.endswith(REST)
    assert last == BODY[-1]


def test_the_day_of_a_dateline_is_evidence() -> None:
    found = clean(Document(text=copy(f"Norvale, March 1, 2025 (AFP) - {REST}", *BODY)))
    assert found["published_at"] == "2025-03-01"
    assert [(e["source"], e["verdict"]) for e in found["date_evidence"]] == [("dateline", "won")]


def test_a_rule_between_parts_of_a_story_stays_and_one_below_it_goes() -> None:
    source = copy(f"NORVALE (AP) — {REST}", BODY[0], "___", *BODY[1:], "___", "Lindqvist reported from Norvale.")
    assert clean(Document(text=source))["text"].split("\n\n")[1:] == [BODY[0], "___", *BODY[1:]]


def test_takes_are_one_story() -> None:
    source = copy(
        f"NORVALE (QRX) - {REST}", BODY[0], "(MORE)", "2nd take", BODY[1], "(more)", "ADD 2: BRIDGE", *BODY[2:], "(END)"
    )
    text = clean(Document(text=source))["text"]
    assert text.split("\n\n")[1:] == list(BODY)


def test_a_corrected_story_and_an_advisory_are_flagged() -> None:
    story = (f"NORVALE (QRX) - {REST}", *BODY)
    assert clean(Document(text=copy(*story)))["flags"] == []
    assert clean(Document(text=copy(*story, head=("CORRECTED-" + TITLE,))))["flags"] == ["corrected"]
    assert clean(Document(text=copy(*story, head=("PRESS DIGEST- Sarn Courier - March 1",))))["flags"] == ["advisory"]
    assert clean(Document(text=copy(*story, head=("MEDIA ADVISORY: Norvale to open its books",))))["flags"] == [
        "advisory"
    ]
