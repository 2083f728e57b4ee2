from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipelines.extract.document import facts
from pipelines.schemas import Quote

Parse = Callable[[str], Doc]
WORDS = ['"', "“", "”", "said", "Clara", ":", ",", ".", "\n\n", "he", "that", "who", "according", "to", "—"]


def found(doc: Doc) -> list[Quote]:
    return facts(doc, None)["quotes"]


def said(doc: Doc) -> list[tuple[str, str | None, str]]:
    return [(q["kind"], q["speaker"], q["text"]) for q in found(doc)]


def test_direct_speech_with_the_speaker_behind_it(parse: Parse) -> None:
    doc = parse('"We will not dredge the harbour again," said Marta Quist, the port director.')
    assert said(doc) == [("direct", "Marta Quist, the port director", '"We will not dredge the harbour again,"')]
    assert found(doc)[0]["speaker_name"] == "Marta Quist"


def test_broken_speech_is_one_attribution_in_pieces(parse: Parse) -> None:
    doc = parse('"The kiln is cold," Ivo Brandl said. "We lit it for the last time in June."')
    rows = found(doc)
    assert [q["text"] for q in rows] == ['"The kiln is cold,"', '"We lit it for the last time in June."']
    assert len({q["cue_start"] for q in rows}) == 1
    assert {q["speaker"] for q in rows} == {"Ivo Brandl"}


def test_indirect_speech(parse: Parse) -> None:
    doc = parse("The harbour master said the ferry had struck a sandbank.")
    assert said(doc) == [("indirect", "The harbour master", "the ferry had struck a sandbank")]


def test_speech_in_part_quoted_is_mixed(parse: Parse) -> None:
    doc = parse('The mayor said that the new bridge was "a gift to the valley" and would open in May.')
    assert [(kind, speaker) for kind, speaker, _ in said(doc)] == [("mixed", "The mayor")]


def test_according_to(parse: Parse) -> None:
    doc = parse("The lake has shrunk by a third since spring, according to the water board.")
    assert ("indirect", "the water board", "The lake has shrunk by a third since spring") in said(doc)


def test_headline_speech(parse: Parse) -> None:
    doc = parse("Miners are ready to return to work, union officials say.")
    assert said(doc) == [("indirect", "union officials", "Miners are ready to return to work")]


def test_a_dateline_is_not_said(parse: Parse) -> None:
    doc = parse("VELSTAD — Two bakeries closed in the old town, the guild said on Monday.")
    assert said(doc)[0][2] == "Two bakeries closed in the old town"


def test_an_utterance_over_paragraphs_keeps_its_speaker(parse: Parse) -> None:
    doc = parse('"The vines froze in April," said Clara Wendt.\n\n"What the frost left, the hail took in July."')
    first = found(doc)[0]
    assert first["speaker_name"] == "Clara Wendt"
    carried = parse('Clara Wendt said: "The vines froze in April.\n\n"What the frost left, the hail took in July."')
    assert [q["speaker_name"] for q in found(carried)] == ["Clara Wendt", "Clara Wendt"]


def test_a_colon_leads_to_the_next_paragraph(parse: Parse) -> None:
    doc = parse('The next day Clara Wendt wrote to the growers:\n\n"The vines froze in April and nothing is left."')
    assert ("direct", "Clara Wendt", '"The vines froze in April and nothing is left."') in said(doc)


def test_a_signed_quote(parse: Parse) -> None:
    doc = parse("“Nobody told us that the road would go through the orchard.” ― Clara Wendt\n\nThe road opened.")
    assert found(doc)[0]["speaker"] == "Clara Wendt"


def test_turns_of_a_transcript(parse: Parse) -> None:
    doc = parse("WENDT: When did the frost come?\n\nBRANDL: In April.\n\nWENDT: And the hail?\n\nBRANDL: In July.")
    assert [q["speaker"] for q in found(doc)] == ["WENDT", "BRANDL", "WENDT", "BRANDL"]


@pytest.mark.parametrize(
    "text",
    [
        'The "long field" was sold in March.',
        'Her third novel, "The Salt Road," came out in March.',
        'The wrestler Karl "Ox" Lindner lost in March.',
    ],
)
def test_terms_titles_and_nicknames_are_no_speech(parse: Parse, text: str) -> None:
    assert [q for q in found(parse(text)) if q["kind"] == "direct"] == []


def test_a_pronoun_has_the_name_it_refers_to(parse: Parse) -> None:
    doc = parse("Clara Wendt owns the vineyard. She said the frost had taken everything.")
    assert [(q["speaker"], q["speaker_name"]) for q in found(doc)] == [("She", "Clara Wendt")]


def test_nobody_named_has_no_name(parse: Parse) -> None:
    doc = parse("A fisherman said the nets were empty.")
    assert [(q["speaker"], q["speaker_id"], q["speaker_name"]) for q in found(doc)] == [("A fisherman", None, None)]


def test_a_quote_tells_the_sort_of_its_source_and_whether_it_is_named(parse: Parse) -> None:
    doc = parse(
        "Clara Wendt said the frost had come. The vintners' union said it would come again. "
        "A transport ministry official said the road was shut. Three farmers said they had lost everything. "
        "The report said the harvest had failed. The Almer Gazette reported that the mill had shut."
    )
    assert [(q["source_type"], q["source_kind"]) for q in found(doc)] == [
        ("named", "named_person"),
        ("named", "unnamed_body"),
        ("official", "unnamed_official"),
        ("anonymous", "anonymous"),
        ("document", "document"),
        ("media", "media"),
    ]


def test_a_pronoun_takes_up_who_was_described_and_is_unknown_where_nobody_was(parse: Parse) -> None:
    doc = parse("A fisherman said the nets were empty. He said the boats would stay in port.")
    assert [q["source_kind"] for q in found(doc)] == ["anonymous", "anonymous"]
    lost = parse("He said the boats would stay in port.")
    assert [(q["source_type"], q["source_kind"]) for q in found(lost)] == [(None, None)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ('"We shut it," said Marta Quist, the port director.', "the port director"),
        ('"We shut it," said Almer council spokesman Ivo Brandl.', "Almer council spokesman"),
        ('"We shut it," said Secretary of State Ivo Brandl.', "Secretary of State"),
        ('"We shut it," said a former harbour board official who left in May.', "a former harbour board official"),
        ('"We shut it," said Mr. Ivo Brandl.', None),
        ('"We shut it," said people in the town.', None),
    ],
)
def test_the_role_is_what_stands_beside_the_name_or_for_one(parse: Parse, text: str, role: str | None) -> None:
    doc = parse(text)
    (row,) = found(doc)
    assert row["role"] == role
    assert role is None or text[row["role_start"] : row["role_end"]] == role


def test_the_role_of_a_person_holds_where_only_the_name_stands(parse: Parse) -> None:
    doc = parse('Marta Quist, the port director, opened the gate. "The tide is high," Quist said.')
    assert [(q["speaker"], q["role"]) for q in found(doc)] == [("Quist", "the port director")]


@pytest.mark.parametrize(
    ("text", "kind", "venue"),
    [
        ("The mill had failed, the owner said in a statement on Monday.", "statement", "in a statement"),
        ("In a letter to the growers, the owner said the mill had failed.", "letter", "In a letter to the growers"),
        ('"The mill has failed," the owner wrote on Facebook.', "social_media", "on Facebook"),
        ("The owner told Reuters in an interview that the mill had failed.", "interview", "Reuters in an interview"),
        ("The owner told reporters that the mill had failed.", "media", "reporters"),
        ("The owner told a news conference that the mill had failed.", "news_conference", "a news conference"),
        ("Speaking at a rally in Almer, the owner said the mill had failed.", "speech", "at a rally in Almer"),
        ("A letter from the owner said the mill had failed.", "letter", "A letter from the owner"),
        ("The owner testified that the mill had failed.", "testimony", "testified"),
        ("The owner said the mill had failed after a statement by the bank.", None, None),
    ],
)
def test_the_venue_is_where_it_was_said(parse: Parse, text: str, kind: str | None, venue: str | None) -> None:
    row = found(parse(text))[0]
    assert (row["venue_kind"], row["venue"]) == (kind, venue)
    assert venue is None or text[row["venue_start"] : row["venue_end"]] == venue


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The owner said on Monday that the mill had failed.", date(2031, 5, 12)),
        ("The owner on Monday said the mill had failed.", date(2031, 5, 12)),
        ("On Monday, the owner told reporters that the mill had failed.", date(2031, 5, 12)),
        ("The owner said in a letter dated May 7 that the mill had failed.", date(2031, 5, 7)),
        ("The owner said that the mill had failed on Monday.", None),
        ("The owner said after Monday's vote that the mill had failed.", None),
        ("The owner said the mill had failed.", None),
    ],
)
def test_the_day_of_a_statement_stands_beside_its_cue(parse: Parse, text: str, day: date | None) -> None:
    row = facts(parse(text), date(2031, 5, 14))["quotes"][0]
    assert (row["said_first"], row["said_last"]) == (day, day)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The owner on Monday said the mill had failed.", "The owner"),
        (
            "The mill had failed, said a report that the bank published on Monday.",
            "a report that the bank published on Monday",
        ),
    ],
)
def test_a_day_is_part_of_the_speaker_only_within_a_clause_of_his(parse: Parse, text: str, speaker: str) -> None:
    assert found(parse(text))[0]["speaker"] == speaker


def test_a_thought_has_no_day(parse: Parse) -> None:
    rows = facts(parse("On Monday, the owner believed that the mill had failed."), date(2031, 5, 14))["quotes"]
    assert [(q["cue"], q["said_first"]) for q in rows] == [("believed", None)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS)))
def test_rows_prove_themselves_on_any_text(parse: Parse, words: list[str]) -> None:
    doc = parse(" ".join(words))
    for q in found(doc):
        assert q["text"] == doc.text[q["start"] : q["end"]] != ""
        for part in ("cue", "speaker", "role", "venue"):
            start, end = q[f"{part}_start"], q[f"{part}_end"]  # type: ignore[literal-required]
            surface = q[part]
            assert (surface is None) == (start is None) == (end is None)
            assert surface is None or surface == doc.text[start:end] != ""
