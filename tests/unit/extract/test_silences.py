from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipelines.extract.document import facts
from pipelines.schemas import Silence

Parse = Callable[[str], Doc]
WORDS = [
    "Clara",
    "did",
    "not",
    "respond",
    "to",
    "a",
    "request",
    "for",
    "comment",
    "declined",
    "no",
    "was",
    "reached",
    ".",
    '"',
]


def found(doc: Doc) -> list[Silence]:
    return facts(doc, date(2031, 5, 14))["silences"]


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "topic"),
    [
        ("The brewery declined to comment on the sale.", "declined_to_comment", "The brewery", "the sale"),
        ("The brewery declined to comment on “market talk”.", "declined_to_comment", "The brewery", "market talk"),
        ("Clara Wendt declined an interview request.", "declined_to_comment", "Clara Wendt", None),
        ("Clara Wendt refused to comment about the sale.", "refused_to_comment", "Clara Wendt", "the sale"),
        ("The brewery would not comment.", "refused_to_comment", "The brewery", None),
        ("The brewery had no comment on the sale.", "did_not_comment", "The brewery", "the sale"),
        ("Clara Wendt declined to discuss the sale.", "declined_to_say", "Clara Wendt", "the sale"),
        ("She refused to give details.", "refused_to_say", "She", None),
        ("The mayor would not say whether he would resign.", "refused_to_say", "The mayor", "whether he would resign"),
        ("Police gave no reason for the search.", "did_not_say", "Police", "the search"),
        ("The mayor did not elaborate.", "did_not_say", "The mayor", None),
        ("The brewery did not immediately respond to a request for comment.", "did_not_respond", "The brewery", None),
        ("Clara Wendt did not return calls seeking comment.", "did_not_respond", "Clara Wendt", None),
        ("Calls to the brewery were not returned.", "did_not_respond", "the brewery", None),
        ("Clara Wendt could not be reached for comment.", "could_not_be_reached", "Clara Wendt", None),
        ("The mayor was not immediately available for comment.", "could_not_be_reached", "The mayor", None),
        ("Nobody at the brewery could be reached for comment.", "could_not_be_reached", "the brewery", None),
    ],
)
def test_who_is_silent_how_and_on_what(parse: Parse, text: str, kind: str, speaker: str, topic: str | None) -> None:
    (row,) = found(parse(text))
    assert (row["kind"], row["speaker"], row["topic"]) == (kind, speaker, topic)


@pytest.mark.parametrize(
    "text",
    [
        "The envoy declined to be named.",
        "The fever did not respond to the new medicine.",
        "An agreement could not be reached.",
        "The brewery did not say that it would close.",
        "The brewery commented on the sale.",
        "Groups that do not disclose their donors were fined.",
        "If the brewery declines to comment, the paper will print anyway.",
        '"He declined to comment on the sale," said Clara Wendt.',
    ],
)
def test_what_only_looks_like_silence(parse: Parse, text: str) -> None:
    assert found(parse(text)) == []


@pytest.mark.parametrize(
    ("text", "asked_by"),
    [
        ("The brewery did not respond to a Reuters request for comment.", "Reuters"),
        ("The brewery did not respond to requests for comment from the Associated Press.", "Associated Press"),
        ("The brewery did not respond to a request for comment.", None),
    ],
)
def test_who_had_asked(parse: Parse, text: str, asked_by: str | None) -> None:
    (row,) = found(parse(text))
    assert (row["asked_by"] or "").removeprefix("the ") == (asked_by or "")


def test_a_silence_has_a_source_a_role_and_a_day(parse: Parse) -> None:
    (row,) = found(parse("Ivo Brandl, the harbour master, declined to comment on Monday."))
    assert (row["cue"], row["text"]) == ("declined", "declined to comment on Monday")
    assert (row["speaker_name"], row["source_kind"], row["role"]) == (
        "Ivo Brandl",
        "named_person",
        "the harbour master",
    )
    assert (row["said_first"], row["said_last"]) == (date(2031, 5, 12), date(2031, 5, 12))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS)))
def test_rows_prove_themselves_on_any_text(parse: Parse, words: list[str]) -> None:
    doc = parse(" ".join(words))
    for row in found(doc):
        assert row["text"] == doc.text[row["start"] : row["end"]] != ""
        for part in ("cue", "speaker", "role", "topic", "asked_by"):
            start, end = row[f"{part}_start"], row[f"{part}_end"]  # type: ignore[literal-required]
            surface = row[part]
            assert (surface is None) == (start is None) == (end is None)
            assert surface is None or surface == doc.text[start:end] != ""
