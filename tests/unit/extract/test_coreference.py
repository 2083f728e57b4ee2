"""Pronouns and descriptions: resolved where one fits, left open where two do."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipelines.extract import model
from pipelines.extract.coreference import antecedents, quoted_tokens, title_head
from pipelines.extract.names import mentions
from pipelines.extract.roles import roles

Parse = Callable[[str], Doc]


def resolved(doc: Doc) -> dict[str, list[str | None]]:
    names = mentions(doc)
    who = antecedents(doc, names, roles(doc, names))
    found: dict[str, list[str | None]] = {}
    for token in doc:
        found.setdefault(token.lower_, []).append(who[token.i]["name"] if token.i in who else None)
    return found


def test_the_only_person_is_meant(parse: Parse) -> None:
    assert resolved(parse("Ruth Okoye opened the bridge in Lisbon. She said it was safe."))["she"] == ["Ruth Okoye"]


def test_gender_decides_between_two(parse: Parse) -> None:
    who = resolved(parse("Maria Holm met Peter Berg in Oslo on Friday. She said he had agreed to the plan."))
    assert who["she"] == ["Maria Holm"]
    assert who["he"] == ["Peter Berg"]


def test_two_that_fit_leave_it_open(parse: Parse) -> None:
    assert resolved(parse("Peter Berg and Robert Dale spoke in Oslo. The vote failed, and he left."))["he"] == [None]


def test_an_unnamed_person_between_leaves_it_open(parse: Parse) -> None:
    text = "Peter Berg opened the bridge on Friday. A spokesman answered questions later. He said the cost was known."
    assert resolved(parse(text))["he"] == [None]


def test_nobody_before_leaves_it_open(parse: Parse) -> None:
    assert resolved(parse("He said the bridge was safe. Peter Berg agreed with that."))["he"] == [None]


def test_descriptions_take_up_titles_and_last_words(parse: Parse) -> None:
    text = (
        "President Ruth Okoye met the Baltic Ferry Authority on Friday.\n\n"
        "The president said the plan was good, and the authority agreed."
    )
    who = resolved(parse(text))
    assert who["president"][-1] == "Ruth Okoye"
    assert who["authority"][-1] == "Baltic Ferry Authority"


def test_two_presidents_leave_it_open(parse: Parse) -> None:
    text = "President Ruth Okoye met President Peter Berg in Oslo. The president said the plan was good."
    assert resolved(parse(text))["president"][-1] is None


def test_vice_president_is_not_the_president(parse: Parse) -> None:
    text = "Vice President Ruth Okoye landed in Oslo. The president stayed at home."
    assert resolved(parse(text))["president"][-1] is None


def test_public_bodies_are_no_company(parse: Parse) -> None:
    text = "The Baltic Harbour Commission sued Almer Ferries on Friday. The company denied the charge."
    assert resolved(parse(text))["company"] == ["Almer Ferries"]


def test_head_of_a_description() -> None:
    assert title_head("deputy harbour inspector") == ""
    assert title_head("a former inspector of harbours") == "inspector"
    assert title_head("") == ""


def test_quotation_ends_with_its_paragraph(parse: Parse) -> None:
    doc = parse("“It rained.” He left. “It\n\nsnowed.")
    inside = {token.text for token, quoted in zip(doc, quoted_tokens(doc), strict=True) if quoted}
    assert inside == {"“", "It", "rained", "."}


@given(st.text(alphabet=st.sampled_from("he she \n\nAnn Lee said \"“”., the president Mr Berg's "), max_size=150))
@settings(max_examples=60)
def test_any_text_refers_back_only_to_its_own_names(text: str) -> None:
    doc = model.of(text)
    names = mentions(doc)
    for index, mention in antecedents(doc, names, roles(doc, names)).items():
        assert mention in names
        assert mention["end"] <= doc[index].idx


def test_his_or_her_means_nobody(parse: Parse) -> None:
    text = "Maria Holm spoke in Oslo. Every voter must bring his or her card."
    assert resolved(parse(text))["her"] == [None]


def test_a_subject_behind_the_pronoun_leaves_it_open(parse: Parse) -> None:
    text = "Maria Holm spoke in Oslo on Friday. In her book, Anna Berg told another story."
    assert resolved(parse(text))["her"] == [None]


def test_who_does_it_is_not_whom_it_is_done_to(parse: Parse) -> None:
    who = resolved(parse("Peter Berg rolled out the carpet for Robert Dale, welcoming him as a friend."))
    assert who["him"] == ["Robert Dale"]
    text = "Police arrested Peter Berg in Oslo. He came before Robert Dale, who remanded him in custody."
    assert resolved(parse(text))["him"] != ["Robert Dale"]


def test_a_short_form_tells_the_gender(parse: Parse) -> None:
    text = "Ruth Okoye spoke in Oslo. Bernie Berg told reporters that nobody would question her."
    assert resolved(parse(text))["her"] == ["Ruth Okoye"]


def test_another_of_the_kind_is_not_the_body(parse: Parse) -> None:
    text = "Monks of the Almer Valley Church met on Friday. They passed a church in the hills and painted the church."
    assert resolved(parse(text))["church"][-1] is None
    text = "Monks of the Almer Valley Church met on Friday. They walked over the hills and painted the church."
    assert resolved(parse(text))["church"][-1] == "Almer Valley Church"
