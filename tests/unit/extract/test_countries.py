"""Names of countries and regions: the table that they are looked up in is rigour's, made once and not in each run."""

from rigour.territories import lookup_territory

from pipelines.extract.countries import SUPRANATIONAL, territory
from scripts import territory_names


def test_the_table_is_what_rigour_has() -> None:
    assert territory_names.TARGET.read_text("utf-8") == territory_names.text()


def test_names_are_looked_up_as_rigour_does() -> None:
    told = {name: territory(name) for name, _ in territory_names.rows()[::87]}
    found = {name: territory for name, territory in told.items() if territory is not None}
    assert len(found) > 120
    assert all(lookup_territory(name) == territory for name, territory in found.items())
    assert all(territory.region != SUPRANATIONAL for territory in found.values())


def test_marks_case_and_turns_of_spelling_do_not_matter() -> None:
    named = ("São Tomé and Príncipe", "SAO TOME AND PRINCIPE", "Sao Tome\nand Principe", "the Sao Tome and Principe")
    assert {getattr(territory(name), "code", None) for name in named} == {"st"}
    assert territory("Norlund") is None
