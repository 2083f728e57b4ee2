from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipelines.extract.coreference import antecedents
from pipelines.extract.names import mentions
from pipelines.extract.quotes import quotes
from pipelines.extract.roles import roles
from pipelines.schemas import Quote

Parse = Callable[[str], Doc]
WORDS = ['"', "“", "”", "said", "Clara", ":", ",", ".", "\n\n", "he", "that", "who", "according", "to", "—"]


def found(doc: Doc) -> list[Quote]:
    names = mentions(doc)
    return quotes(doc, names, antecedents(doc, names, roles(doc, names)))


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


def test_silence_is_a_row(parse: Parse) -> None:
    doc = parse("The Lindner brewery declined to comment on the sale.")
    assert [(q["cue"], q["speaker"]) for q in found(doc)] == [("declined", "The Lindner brewery")]


def test_a_pronoun_has_the_name_it_refers_to(parse: Parse) -> None:
    doc = parse("Clara Wendt owns the vineyard. She said the frost had taken everything.")
    assert [(q["speaker"], q["speaker_name"]) for q in found(doc)] == [("She", "Clara Wendt")]


def test_nobody_named_has_no_name(parse: Parse) -> None:
    doc = parse("A fisherman said the nets were empty.")
    assert [(q["speaker"], q["speaker_id"], q["speaker_name"]) for q in found(doc)] == [("A fisherman", None, None)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS)))
def test_rows_prove_themselves_on_any_text(parse: Parse, words: list[str]) -> None:
    doc = parse(" ".join(words))
    for q in found(doc):
        assert q["text"] == doc.text[q["start"] : q["end"]] != ""
        for part in ("cue", "speaker"):
            start, end = q[f"{part}_start"], q[f"{part}_end"]  # type: ignore[literal-required]
            surface = q[part]
            assert (surface is None) == (start is None) == (end is None)
            assert surface is None or surface == doc.text[start:end] != ""
