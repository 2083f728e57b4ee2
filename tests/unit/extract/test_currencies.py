"""Currencies: all of ISO 4217, and shared names by the article's place."""

from collections.abc import Callable

import pytest
from babel.core import get_global
from babel.numbers import get_territory_currencies
from spacy.tokens import Doc

from pipelines.extract.home_currency import _TABLES, FAMILIES
from pipelines.extract.quantities import quantities
from pipelines.extract.units import currencies, currency_names, doubtful_names

Parse = Callable[[str], Doc]


def in_use() -> set[str]:
    """The codes that Unicode CLDR knows as legal tender somewhere."""
    return {code for territory in get_global("territory_currencies") for code in get_territory_currencies(territory)}


def test_every_currency_in_use_has_a_row() -> None:
    assert (
        in_use() - set(currency_names()) == {"CLF", "USN", "UYW", "CHE", "CHW", "COU", "MXV", "UYI", "BOV"} & in_use()
    )


def test_every_code_and_every_name_of_a_currency_is_known() -> None:
    signs, names = currencies()
    for code, name in currency_names().items():
        assert signs[code].code == code
        assert code in {found.code for found in names.values()}, name
        assert " " not in name or names[name].code == code


def test_a_name_in_doubt_is_a_name() -> None:
    assert doubtful_names() <= currencies()[1].keys()


def test_the_members_of_a_family_have_places_and_rows() -> None:
    members = frozenset().union(*FAMILIES.values())
    assert members == set(_TABLES["places"])
    assert members <= set(currency_names())


def test_each_shared_name_has_its_family() -> None:
    signs, names = currencies()
    assert {found.shared for found in (*signs.values(), *names.values()) if found.shared} == set(FAMILIES)


def test_sums_converted_alike_are_in_one_currency(parse: Parse) -> None:
    text = "It costs 240,000 yen ($1,600) by rail and 310,000 ($2,000) by air.\n\nSales were 310,000 ($2,000)."
    codes = [row["currency"] for row in quantities(parse(text), [], [])]
    assert codes == ["JPY", "USD", "JPY", "USD", None, "USD"]


@pytest.mark.parametrize(
    ("text", "code", "unit"),
    [
        ("TORONTO - The mill sold for $4 million.", "CAD", "dollar"),
        ("TORONTO - The mill sold for 4 million dollars.", "CAD", "dollar"),
        ("SYDNEY (Newsdesk) - The mill sold for $4 million.", "AUD", "dollar"),
        ("SYDNEY (Reuters) - The mill sold for $4 million.", "USD", "dollar"),
        ("Shares rose 12 Canadian cents.", "CAD", "cent"),
        ("The mill in Texas sold for $4 million.", "USD", "dollar"),
        ("Canada fined the mill. It paid Canada $4 million.", "CAD", "dollar"),
        ("TORONTO - The mill sold for US$4 million.", "USD", "dollar"),
        ("TORONTO - Shares rose 4 cents.", "CAD", "cent"),
        ("OSLO - The mill sold for 600 million kroner.", "NOK", "norwegian krone"),
        ("The Danish mill sold for 600 million kroner.", "DKK", "danish krone"),
        ("The Danish mill pays 600 kroner a month.", "DKK", "danish krone per month"),
        ("The mill sold for 600 million kroner.", None, "krone"),
        ("The mill sold for 600 million kroner in Denmark or Norway.", None, "krone"),
        ("The Czech mill sold for 600 million crowns.", "CZK", "czech koruna"),
        ("The Swedish mill sold for 600 kr.", "SEK", "swedish krona"),
        ("The Icelandic mill sold for 600 million kronur.", "ISK", "icelandic króna"),
        ("CAIRO - The mill sold for 60 million pounds.", "EGP", "egyptian pound"),
        ("The mill by the river sold for 60 million pounds.", "GBP", "pound sterling"),
        ("The Egyptian mill sold for 60 million pounds in London.", "GBP", "pound sterling"),
        ("The Pakistani mill sold for Rs 60 million.", "PKR", "pakistani rupee"),
        ("The mill sold for Rs 60 million.", "INR", "indian rupee"),
        ("KARACHI, March 2 - The mill sold for 60 million rupees.", "PKR", "pakistani rupee"),
        ("The Senegalese mill sold for 60 million CFA francs.", "XOF", "west african cfa franc"),
        ("The Cameroonian mill sold for 60 million CFA francs.", "XAF", "central african cfa franc"),
        ("The mill sold for 60 million CFA francs.", None, "cfa franc"),
        ("The Kuwaiti mill sold for 60 million dinars.", "KWD", "kuwaiti dinar"),
        ("The Moroccan mill sold for 60 million dirhams.", "MAD", "moroccan dirham"),
        ("The Kenyan mill sold for Sh60 million.", "KES", "kenyan shilling"),
        ("The Chinese mill sold for ¥60 million.", "CNY", "chinese yuan"),
        ("The mill sold for ¥60 million.", "JPY", "japanese yen"),
        ("MANILA - The mill sold for P60 million.", "PHP", "philippine peso"),
        ("The Chilean mill sold for 60 million pesos.", "CLP", "chilean peso"),
        ("The mill sold for 60 million Swiss francs in Paris.", "CHF", "swiss franc"),
        ("The fine is 500 Costa Rican colons.", "CRC", "costa rican colón"),
        ("The fine is 200 Peruvian sol.", "PEN", "peruvian sol"),
        ("A $5 fee applies.", "USD", "dollar"),
        ("It is a $5-a-day fee.", "USD", "dollar per day"),
        ("The fee is A$5.", "AUD", "australian dollar"),
        ("The fee is HK $5.", "HKD", "hong kong dollar"),
        ("The fee is 99¢.", "USD", "cent"),
        ("The fee is 50p.", "GBP", "penny"),
        ("The fee is Y=100 million.", "JPY", "japanese yen"),
        ("The fee is EUR50m.", "EUR", "euro"),
    ],
)
def test_a_shared_name_is_that_of_the_place(text: str, code: str | None, unit: str, parse: Parse) -> None:
    (row,) = quantities(parse(text), [], [])
    assert (row["currency"], row["unit"]) == (code, unit)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The mill cost 5 million Swedish kronor. Norway gave 3 million kroner.", ["SEK", "NOK"]),
        ("The mill cost 5 million Egyptian pounds. The state gave 3 million pounds.", ["EGP", "EGP"]),
        ("SYDNEY - The mill cost A$5 million. The state gave $3 million.", ["AUD", "USD"]),
        ("The mill cost A$5 million. The state gave $3 million.", ["AUD", "USD"]),
        ("The mill cost 5 million Swedish crowns. The Danish state gave 3 million crowns.", ["SEK", None]),
    ],
)
def test_a_currency_named_in_full_counts(text: str, codes: list[str | None], parse: Parse) -> None:
    assert [row["currency"] for row in quantities(parse(text), [], [])] == codes


def test_cents_and_dollars_side_by_side_are_two(parse: Parse) -> None:
    rows = quantities(parse("The toll was 4 cents or 4$."), [], [])
    assert [(row["value"], row["unit"]) for row in rows] == [(4, "cent"), (4, "dollar")]
