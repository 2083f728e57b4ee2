"""Units against UCUM's own grammar and definitions, and measures in the SI."""

import warnings
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from ucumvert import PintUcumRegistry

from pipelines.extract.quantities import quantities
from pipelines.extract.units import Unit, measures, power, ratio, symbols, words

# What ucumvert's table takes for another unit (calories of physics, minutes of time, mercury at 60 °F): pint's own.
MISTAKEN = {
    "calorie": "kilocalorie",
    "arcminute": "arcminute",
    "arcsecond": "arcsecond",
    "inch of mercury": "inch_Hg",
}
Parse = Callable[[str], Doc]
CODED = [unit for unit in measures().values() if unit.ucum]
COUNTED = "{"  # an annotation alone is a count, which UCUM's grammar allows and its pint does not know


@pytest.fixture(scope="module")
def ucum() -> Any:
    return PintUcumRegistry()


def same(ucum: Any, unit: Unit) -> bool:
    """Whether UCUM makes of one and of two of a unit what its factor and offset make of them."""
    si = ucum.from_ucum(unit.si).units
    given = ucum.from_ucum(unit.ucum).units if unit.offset else None
    for count in (1.0, 2.0):
        quantity = ucum.Quantity(count, given) if given else count * ucum.from_ucum(unit.ucum)
        if quantity.to(si).magnitude != pytest.approx(unit.to_si(count), rel=1e-9):
            return False
    return True


@pytest.mark.parametrize("unit", CODED, ids=[unit.name for unit in CODED])
def test_each_code_is_of_ucum_and_each_factor_is_its_own(unit: Unit, ucum: Any) -> None:
    code = str(unit.ucum)
    if COUNTED in code and not code.startswith("d{"):
        ucum._ucum_parser.parse(code)
    elif unit.factor is None:
        ucum.from_ucum(code)
    elif unit.name in MISTAKEN:
        ucum._ucum_parser.parse(code)
        assert ucum.Quantity(1, MISTAKEN[unit.name]).to_base_units().magnitude == pytest.approx(unit.factor)
    else:
        assert same(ucum, unit)


def test_a_code_that_is_none_is_refused(ucum: Any) -> None:
    with pytest.raises(Exception, match="ksi"):
        ucum.from_ucum("[ksi]")


def test_a_wrong_factor_is_noticed(ucum: Any) -> None:
    assert not same(ucum, Unit("mile", "[mi_i]", "length", 1609.0, si="m"))


def test_quotients_and_powers_are_of_ucum_too(ucum: Any) -> None:
    scaled = [u for u in CODED if u.factor and u.si != "1" and not u.offset]
    plain = [u for u in scaled if COUNTED not in str(u.ucum) and u.name not in MISTAKEN]
    for above, below in product(plain, (measures()[n] for n in ("day", "decade", "litre", "hectare", "kilogram"))):
        made = ratio(above, below)
        if made.factor:
            assert same(ucum, made), made
    for name, exponent in product(("mile", "inch", "yard", "kilometre"), (2, 3)):
        assert same(ucum, power(measures()[name], exponent))


def test_no_unit_without_a_code_has_a_namesake() -> None:
    assert {unit.name for unit in measures().values() if not unit.ucum} == {
        "dunam", "feddan", "kanal", "tola", "metric horsepower", "barrel of oil equivalent", "tonne of oil equivalent"
    }  # fmt: skip


def test_each_unit_can_be_written() -> None:
    written = {unit.name for unit in (*symbols().values(), *words().values())}
    unwritten = set(measures()) - written
    assert unwritten <= {"litre per 100 kilometres"}


@pytest.mark.parametrize(
    ("text", "si"),
    [
        ("The reef is 26.2 miles long.", ("length", 42164.8128, 42164.8128, 42164.8128, "m")),
        ("The gale reached 40 m/s.", ("speed", 40, 40, 40, "m/s")),
        ("The van uses 6 litres per 100 km.", ("fuel consumption", 6e-8, 6e-8, 6e-8, "m3/m")),
        ("The mill weighs between 3 and 5 tonnes.", ("mass", None, 3000, 5000, "kg")),
        ("The strike lasted more than two weeks.", ("time", 1209600, 1209600, None, "s")),
        ("The strike lasted up to three months.", ("time", 7889400, None, 7889400, "s")),
        ("The air held 35 micrograms per cubic metre.", ("concentration", 3.5e-8, 3.5e-8, 3.5e-8, "kg/m3")),
        ("The tide gauge read 940 millibars.", ("pressure", 94000, 94000, 94000, "Pa")),
        ("The clay is 24-karat gold.", ("purity", None, None, None, None)),
        ("The drill made 90 decibels of noise.", ("level", None, None, None, None)),
        ("The mast leaned at a 45-degree angle.", ("angle", 0.785398163397, 0.785398163397, 0.785398163397, "rad")),
        ("It was 45 degrees in the sun.", (None, None, None, None, None)),
        ("The barn cost $45.", (None, None, None, None, None)),
        ("About 45 barns burned.", (None, None, None, None, None)),
    ],
)
def test_a_measure_has_its_value_in_the_si(text: str, si: tuple[Any, ...], parse: Parse) -> None:
    row = quantities(parse(text), [], [])[0]
    found = (row["dimension"], row["si_value"], row["si_low"], row["si_high"], row["si_unit"])
    assert found == pytest.approx(si)


@pytest.mark.parametrize(
    ("text", "kelvin"),
    [
        ("It was 25 degrees Celsius at noon.", 298.15),
        ("The lake is at 68 degrees Fahrenheit.", 293.15),
        ("Temperatures rose 2 degrees Celsius.", 2),
        ("The lake cooled by 9 degrees Fahrenheit.", 5),
        ("May was 1.5 degrees Celsius above the mean.", 1.5),
        ("They want to limit warming to 1.5 degrees Celsius.", 1.5),
        ("Temperatures rose to 30 degrees Celsius.", 303.15),
        ("The valley had 40 degrees Celsius below zero.", 233.15),
    ],
)
def test_a_change_of_temperature_is_a_difference(text: str, kelvin: float, parse: Parse) -> None:
    row = quantities(parse(text), [], [])[0]
    assert row["si_value"] == pytest.approx(kelvin)
    assert row["dimension"] == "temperature"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("It was 30 degrees Celsius on Monday and 35 degrees on Tuesday.", ["celsius", "celsius"]),
        ("It was 86 F, or 30 degrees.", ["fahrenheit", "degree"]),
        ("It was 30 degrees Celsius, 86 degrees Fahrenheit, then 35 degrees.", ["celsius", "fahrenheit", "degree"]),
        ("It was 30 degrees Celsius on the mast, at an angle of 35 degrees.", ["celsius", "degree"]),
    ],
)
def test_bare_degrees_are_those_of_the_article(text: str, units: list[str], parse: Parse) -> None:
    assert [row["unit"] for row in quantities(parse(text), [], []) if row["kind"] == "measure"] == units


@given(value=st.floats(-1e9, 1e9), name=st.sampled_from(sorted(measures())))
def test_the_order_of_values_stays(value: float, name: str) -> None:
    unit = measures()[name]
    one, other = unit.to_si(value), unit.to_si(value + abs(value) + 1)
    assert (one is None and other is None) or (one is not None and other is not None and one < other)
