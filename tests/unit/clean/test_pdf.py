"""PDF by its text layer: what is read, in the order in which people read it, and nothing that the printer added."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean.capture import cleaned, document
from pipelines.clean.rejected import Rejected
from tests.unit.clean.captures import capture
from tests.unit.clean.pdfs import Run, column, pdf

PDF = "application/pdf"
LEFT = (
    "OSTREVA, March 2 - The harbour of Ostreva reopened on Monday after twelve days of re\xadpairs, the port"
    " author\xadity said, and the ﬁrst ferries sailed to the is\xadlands before noon.\n\n"
    "The repairs cost 3.4 million crowns, about half a mil\xadlion more than planned, said Nia Okoro, who heads the"
    " au\xadthor\xadity. She ex\xadpects 12,000 pas\xadsen\xadgers a week, and"
)
RIGHT = (
    "hopes for more. Shops on the well-known pier opened again. Tam Reyes, a ﬁsher\xadman, said that his boats had lost"
    " 40,000 crowns in the mean\xadtime.\n\n"
    "The coun\xadcil will vote in April on a ﬂood wall that would cost 90 mil\xadlion crowns, a sum that the"
    " oppo\xadsition calls far too high."
)
PARAGRAPHS = [
    text.replace("\xad", "").replace("ﬁ", "fi").replace("ﬂ", "fl") for text in f"{LEFT} {RIGHT}".split("\n\n")
]
HEAD = [Run(60, 700, 22, "Ferries sail again from Ostreva"), Run(60, 676, 10, "By Nia Okoro")]


def read(content: bytes) -> tuple[list[str], dict[str, Any]]:
    made, _ = document(capture(content, media_type=PDF), {})
    return (made.text or "").split("\n\n"), dict(made.given)


def by_row(left: list[Run], right: list[Run]) -> list[Run]:
    """Two columns as programs write them that go line by line over the page."""
    return sorted(left + right, key=lambda run: (-run.y, run.x))


@pytest.mark.parametrize("width", range(36, 47))
@pytest.mark.parametrize("order", [lambda left, right: left + right, by_row, lambda left, right: right + left])
def test_columns_are_read_one_after_the_other_and_parted_words_are_whole(width: int, order: Any) -> None:
    body = order(column(60, 640, LEFT, width), column(320, 640, RIGHT, width))
    text, about = read(pdf([[*HEAD, *body]]))
    assert text == ["Ferries sail again from Ostreva", "By Nia Okoro", *PARAGRAPHS]
    assert about == {"title": "Ferries sail again from Ostreva"}


def test_the_article_is_cleaned_like_any_text() -> None:
    body = by_row(column(60, 640, LEFT), column(320, 640, RIGHT))
    row, encoding = cleaned(capture(pdf([[*HEAD, *body]]), media_type=PDF), {})
    assert (row["title"], row["authors"], row["dateline"]) == (
        "Ferries sail again from Ostreva",
        ["Nia Okoro"],
        "OSTREVA",
    )
    assert (row["text"].split("\n\n"), row["flags"], encoding) == (PARAGRAPHS, [], "utf-8")
    flagged, _ = cleaned(capture(pdf([[*HEAD, *body]]), media_type=PDF, stated='{"flags": ["truncated"]}'), {})
    assert flagged["flags"] == ["truncated"]


def test_running_titles_and_page_numbers_are_left_out_and_paragraphs_go_on() -> None:
    pages = []
    for n in range(1, 5):
        island = ("Aurel", "Brone", "Corvane", "Delm")[n - 1]
        story = (
            f"{island} had its ferry in {2000 + n}, as {['one', 'two', 'three', 'four'][n - 1]} reports tell. It says"
        )
        rest = f"goes on here with those who sailed to {island}, which were {n}00,000."
        rest += f"\n\nThe pier of {island} is another matter, told then."
        body = column(60, 700, story if n == 1 else f"{rest} {story}", 70)
        edges = [Run(60, 760, 9, f"Harbour report {'left' if n % 2 else 'right'}"), Run(300, 30, 9, f"Page {n} of 4")]
        pages.append([*edges, *body])
    text, _ = read(pdf(pages))
    whole = " ".join(text)
    assert "Harbour report" not in whole
    assert "Page" not in whole
    assert "It says goes on here with those who sailed" in whole
    assert sum(paragraph.startswith("The pier of") for paragraph in text) == 3


def test_a_title_that_runs_on_in_small_type_stays_where_it_is_large() -> None:
    running = Run(60, 760, 9, "Ferries sail again from Ostreva")
    rest = [[running, *column(60, 700, story)] for story in (RIGHT, "The pier is mended, and open to all again.")]
    text, about = read(pdf([[*HEAD, *column(60, 640, LEFT)], *rest]))
    assert text.count("Ferries sail again from Ostreva") == 1
    assert about["title"] == "Ferries sail again from Ostreva"


def test_the_name_of_a_paper_is_no_headline() -> None:
    name = Run(60, 740, 40, "The Post")
    assert read(pdf([[name, *HEAD, *column(60, 640, LEFT)]]))[1] == {"title": "Ferries sail again from Ostreva"}
    assert read(pdf([[name, *column(60, 640, LEFT)]]))[1] == {}


def test_items_of_a_list_are_paragraphs_and_their_lines_hang_together() -> None:
    runs = [
        Run(60, 700, 10, "The authority opens three piers of the harbour, and it names them in this order:"),
        *(run for n, item in enumerate(("the pier of Aurel, which is", "the pier of Brone, which is")) for run in (
            Run(66, 688 - 24 * n, 10, f"• {item} mended since the storm of last week and"),
            Run(80, 676 - 24 * n, 10, "carries cars, and the ferry to the islands")))
    ]  # fmt: skip
    text, _ = read(pdf([runs]))
    assert len(text) == 3
    assert text[1].endswith("and carries cars, and the ferry to the islands")


def test_a_compound_keeps_the_hyphen_that_it_has_elsewhere() -> None:
    runs = [
        Run(60, 700, 10, "The well-known pier of Ostreva is open. It is a well-"),
        Run(60, 688, 10, "known pier with shops, said the harbour com-"),
        Run(60, 676, 10, "mission on Monday, and the rest of it follows."),
    ]
    assert read(pdf([runs]))[0] == [
        (
            "The well-known pier of Ostreva is open. It is a well-known pier with shops, said the harbour commission on"
            " Monday, and the rest of it follows."
        )
    ]


@pytest.mark.parametrize(
    ("info", "about"),
    [
        ("/Title (Microsoft Word - ferries.docx) /Author (nokoro)", {"title": "Ferries sail again from Ostreva"}),
        ("/Title (Quarterly template)", {"title": "Ferries sail again from Ostreva"}),
        ("/Title (FERRIES SAIL AGAIN FROM OSTREVA)", {"title": "FERRIES SAIL AGAIN FROM OSTREVA"}),
        (
            "/Author (Nia Okoro) /CreationDate (D:20200101000000Z)",
            {"title": "Ferries sail again from Ostreva", "authors": ["Nia Okoro"]},
        ),
        ("/Author (Somebody Else)", {"title": "Ferries sail again from Ostreva"}),
    ],
)
def test_metadata_count_only_where_the_page_prints_them(info: str, about: dict[str, Any]) -> None:
    assert read(pdf([[*HEAD, *column(60, 640, LEFT)]], info))[1] == about


@pytest.mark.parametrize(
    ("content", "reason", "said"),
    [
        (pdf([[]]), "no_text_layer", "run OCR first"),
        (pdf([[Run(60, 700, 10, "Scan 1")]] * 3), "no_text_layer", "3 pages"),
        (b"%PDF-1.4\nnothing", "bad_pdf", "fetch it again"),
        (
            pdf([HEAD], trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
                f" /ID [<{'43' * 16}> <{'43' * 16}>]"),
            "encrypted",
            "password",
        ),
    ],
)  # fmt: skip
def test_what_gives_no_text_is_rejected_with_what_to_do(content: bytes, reason: str, said: str) -> None:
    with pytest.raises(Rejected) as refused:
        read(content)
    assert refused.value.reason == reason
    assert said in refused.value.detail


def test_a_table_is_read_by_its_rows_and_tilted_text_is_left_out() -> None:
    table = [Run(x, 500 - 12 * n, 10, f"{name} {n}") for n in range(5) for x, name in ((60, "Ferry"), (300, "Crowns"))]
    text, _ = read(pdf([[*column(60, 700, LEFT, 80), *table]]))
    assert "Ferry 0 Crowns 0" in " ".join(text)


WHOLE = pdf([[*HEAD, *column(60, 640, LEFT)], column(60, 700, RIGHT)])


@settings(max_examples=150)
@given(
    st.one_of(
        st.integers(0, len(WHOLE)).map(lambda cut: WHOLE[:cut]),
        st.binary(max_size=200).map(lambda rest: b"%PDF-1.4" + rest),
        st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)).map(
            lambda at: WHOLE[: at[0]] + bytes([at[1]]) + WHOLE[at[0] + 1 :]
        ),
    )
)
def test_any_bytes_are_a_document_or_a_reject(content: bytes) -> None:
    try:
        text, _ = read(content)
    except Rejected:
        return
    assert any(text)
