"""People out of bylines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean import byline


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("By Ada Lindqvist, Tom Reyes and Benoît Faure", ["Ada Lindqvist", "Tom Reyes", "Benoît Faure"]),
        ("by ADA LINDQVIST, Staff Writer", ["Ada Lindqvist"]),
        ("Ada Lindqvist in Norvale", ["Ada Lindqvist"]),
        ("By Ada Lindqvist | ada@example.com", ["Ada Lindqvist"]),
        ("Tom Reyes / Associated Press", ["Tom Reyes"]),
        ("Ludwig van der Berg & María de la Cruz", ["Ludwig van der Berg", "María de la Cruz"]),
        ("Ada Lindqvist@adalindqvist Mar 3, 2025, 11:47am", ["Ada Lindqvist"]),
        ("By Ada LindqvistStaff Writer", ["Ada Lindqvist"]),
        ("By Ada LindqvistQRXBusiness", ["Ada Lindqvist"]),
        ("By ADA LINDQVIST and TOM REYESAssociated Press", ["Ada Lindqvist", "Tom Reyes"]),
        ("By Ada Lindqvist Staff Writer", ["Ada Lindqvist"]),
        ("Political correspondent Ada Lindqvist", ["Ada Lindqvist"]),
        ("Tom Reyes, Middle East correspondent", ["Tom Reyes"]),
        ("ByAda Lindqvist", ["Ada Lindqvist"]),
        ("Analysis by Ada Lindqvist, QRX Editor-at-large", ["Ada Lindqvist"]),
        ("By Dr. Ada Lindqvist, PhD and Tom Reyes, Jr.", ["Ada Lindqvist", "Tom Reyes Jr"]),
        ("Von Jörg Faure und Ada Lindqvist", ["Jörg Faure", "Ada Lindqvist"]),
        ("Por Tomás Ortega y Faure", ["Tomás Ortega y Faure"]),
        ("Par Ada Lindqvist et Benoît Faure", ["Ada Lindqvist", "Benoît Faure"]),
        ("By Ana McDonald and Jo LaSalle", ["Ana McDonald", "Jo LaSalle"]),
        ("By Ada Lindqvist on Monday, March 3rd, 2025 at 11:08 a.m.", ["Ada Lindqvist"]),
        ("By Ada Lindqvist 3 March 2025", ["Ada Lindqvist"]),
        ("By Ada Lindqvist On 11/13/25 at 4:00 PM", ["Ada Lindqvist"]),
        ("By MARÍA DE LA CRUZ, SEÁN O'BRIEN and J. MCDONALD", ["María de la Cruz", "Seán O'Brien", "J. McDonald"]),
        ("Ada Lindqvist Special to the Courier", ["Ada Lindqvist"]),
        ("By Ada Lindqvist Today 5:00 am", ["Ada Lindqvist"]),
        ("Posted by Ada Lindqvist", ["Ada Lindqvist"]),
        ("Jean-Luc Faure-Reyes; A. B. Lindqvist", ["Jean-Luc Faure-Reyes", "A. B. Lindqvist"]),
        ("The Norvale Digest", []),
        ("Norvale Times Staff", []),
        ("Associated Press", []),
        ("admin", []),
        ("Copyright Ada Lindqvist", []),
        ("https://news.example/author/ada", []),
        ("田中太郎", ["田中太郎"]),
    ],
)
def test_names(credit: str, names: list[str]) -> None:
    assert byline.people([credit]) == names


def test_the_site_is_no_author() -> None:
    assert byline.people(["Blue Harbour", "Ada Lindqvist"], ["Blue Harbour"]) == ["Ada Lindqvist"]


def test_everybody_stands_once() -> None:
    assert byline.people(["Ada Lindqvist", "By Ada Lindqvist"]) == ["Ada Lindqvist"]


def test_agencies_have_one_name() -> None:
    assert byline.agency("AFP, MANILA") == "Agence France-Presse"
    assert byline.agency("By The Associated Press") == "Associated Press"
    assert byline.agency("Ada Lindqvist") is None


@given(st.text(max_size=200))
def test_any_text_can_be_a_byline(text: str) -> None:
    assert all(byline.is_name(name) or name for name in byline.people([text]))
