"""Agencies by where their credit stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean import credit


@pytest.mark.parametrize(
    ("text", "in_capitals", "agency"),
    [
        ("AP", True, "Associated Press"),
        ("QRX", True, "QRX"),
        ("Northern Press Agency", False, "Northern Press Agency"),
        ("xpn/lno", False, "xpn"),
        ("QRX", False, None),
        ("KQRX", True, None),
        ("Oct", True, None),
        ("population 4,000", True, None),
        (None, True, None),
    ],
)
def test_brackets_of_a_dateline(text: str | None, in_capitals: bool, agency: str | None) -> None:  # noqa: FBT001
    assert credit.bracketed(text, in_capitals=in_capitals) == agency


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Southern Newswires", "Southern Newswires"),
        ("Dow Jones", "Dow Jones Newswires"),
        ("OF STORY", None),
        ("09:15", None),
        ("", None),
    ],
)
def test_whoever_stands_after_the_end_mark_signs(text: str, agency: str | None) -> None:
    assert credit.signed(text) == agency


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("By Northern Press Agency", "Northern Press Agency"),
        ("Northern Press Agency | Friday", "Northern Press Agency"),
        ("Ada Lindqvist", None),
        ("A news service for everyone", None),
    ],
)
def test_a_line_of_credit_must_say_that_it_is_an_agencys(text: str, agency: str | None) -> None:
    assert credit.of_line(text) == agency


@given(st.text(max_size=60))
def test_any_text_is_a_credit_or_none(text: str) -> None:
    for found in (credit.bracketed(text, in_capitals=True), credit.signed(text), credit.of_line(text)):
        assert found is None or found.strip()
