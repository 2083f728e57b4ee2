"""Writes pipelines/extract/data/territory_names.tsv: what names of countries and regions are looked up in.

rigour makes this table anew in each process that asks it for a name, by transliterating 29,000 names: a second or two
of every run. The names are rigour's, as `lookup_territory` has them; those in letters of other scripts than Latin are
there as it transliterates them.
"""

from pathlib import Path

from rigour.territories.lookup import _get_territory_names

from pipelines.extract.countries import SHORTEST

TARGET = Path(__file__).parents[1] / "pipelines" / "extract" / "data" / "territory_names.tsv"
HEAD = "# Names in plain letters, and the territory that rigour knows by them. Made by scripts/territory_names.py.\n"


def rows() -> list[tuple[str, str]]:
    """Normalised name and territory code, by name; names that are too short to be looked up are left out."""
    names = _get_territory_names().items()
    return sorted((name, found.code) for name, found in names if name.isascii() and len(name) >= SHORTEST)


def text() -> str:
    """The file."""
    return HEAD + "".join(f"{name}\t{code}\n" for name, code in rows())


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
    print(f"{TARGET.name}: {len(rows())} names")
