"""Reading `sql/`: what a file has to say at its head, what it depends on, and what is said of one that is wrong."""

from pathlib import Path

import duckdb
import pytest

from pipelines.models import ModelError, load, tables_read
from tests.world import SQL

GOOD = """-- Mentions by name.
-- kind: table
-- grain: name
-- name: The name,
--   as it is written most
-- kind: Another column that happens to be called so
select name, min(type) as kind from facts.mentions group by name
"""
SLICED = """-- Versions.
-- kind: sliced
-- grain: version_id
-- reach: select version_id from meta.touched
-- version_id: The version
select distinct version_id from facts.quotes
"""


def folder(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def view(selected: str) -> str:
    return "-- A.\n-- kind: view\n-- grain: a\n-- a: A\nselect " + selected


def read(query: str) -> tuple[str, ...]:
    with duckdb.connect() as parser:
        return tables_read(query, parser)


def test_a_model_is_its_head_and_its_select(tmp_path: Path) -> None:
    (model,) = load(folder(tmp_path, {"mart/names.sql": GOOD})).models
    assert (model.key, model.sql_name, model.kind, model.grain) == ("mart/names", "mart.names", "table", ("name",))
    assert model.description == "Mentions by name."
    assert model.columns == {
        "name": "The name, as it is written most",
        "kind": "Another column that happens to be called so",
    }
    assert model.depends_on == ("facts/mentions",)
    assert model.query.startswith("select")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from core.articles", ["core/articles"]),
        ("with x as (from facts.quotes) from x join mart.figures using (version_id)", ["facts/quotes", "mart/figures"]),
        ("select (select max(value) from facts.quantities), t.tag from core.articles a, unnest(a.authors) t(tag)",
         ["core/articles", "facts/quantities"]),
        ("select 1 where exists (from raw.captures union from clean.rejects)", ["clean/rejects", "raw/captures"]),
        ('from "Core"."Articles"', ["core/articles"]),
        ("with recursive up(n) using key (n) as (select 1 union select n + 1 from recurring.up) from up", []),
        ("select 'from secret.tables' -- from secret.others", []),
    ],
)  # fmt: skip
def test_what_a_select_reads_is_parsed_out_of_it(query: str, expected: list[str]) -> None:
    assert list(read(query)) == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("selec 1", "syntax error"),
        ("select 1; select 2", "several statements"),
        ("drop table core.articles", "Only SELECT"),
        ("from articles", "with its schema"),
    ],
)
def test_what_is_no_single_select_over_named_schemas_is_refused(query: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        read(query)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("mart/a.sql", "select 1 as a", "a comment that says what it is"),
        ("mart/a.sql", "-- Nothing follows.\n", "and SQL after it"),
        ("mart/a.sql", "-- A.\n-- grain: a\n-- a: A\nselect 1 as a", "then `-- grain: `"),
        (
            "mart/a.sql",
            "-- A.\n-- kind: index\n-- grain: a\n-- a: A\nselect 1 as a",
            "table, view, incremental, sliced or grouped, not index",
        ),
        ("core/a.sql", "-- A.\n-- kind: incremental\n-- grain: a\n-- a: A\nselect 1 as a", "`-- order: `"),
        (
            "core/a.sql",
            "-- A.\n-- kind: incremental\n-- grain: a\n-- order: a\n-- a: A\nselect text as a from facts.quotes",
            "reads meta.fresh",
        ),
        ("mart/a.sql", SLICED.replace("version_id", "name"), "the grain of a sliced model has version_id"),
        ("mart/a.sql", SLICED.replace("-- reach: ", "-- tracked: b\n-- reach: "), "tracks or groups by b"),
        ("mart/a.sql", "-- A.\n-- kind: grouped\n-- grain: a\n-- by: a\n-- a: A\nselect 1 as a", "come `-- by: `"),
        (
            "mart/a.sql",
            "-- A.\n-- kind: grouped\n-- grain: a\n-- by: a\n-- of: mart/b\n-- a: A\nselect kind as a from facts.times",
            "tracked by a",
        ),
        ("mart/a.sql", SLICED.replace("from meta.touched", "from facts.times"), "its reach reads facts.times"),
        ("mart/a.sql", SLICED.replace("from facts.quotes", 'from "facts".quotes'), "write facts.quotes without quotes"),
        ("mart/a.sql", "-- A.\n-- kind: view\n-- grain: b\n-- a: A\nselect 1 as a", "the grain names b"),
        ("mart/a.sql", "-- A.\n-- kind: view\n-- grain: a\n-- a: A\n-- a: B\nselect 1 as a", "a name twice"),
        ("mart/a.sql", "-- A.\n-- kind: view\n-- grain: a\n-- a:\nselect 1 as a", "is not `-- name: text`"),
        ("mart/a.sql", "-- A.\n-- kind: view\n-- grain: a\n-- a: A\nselect a from mart.nowhere", "mart.nowhere"),
        ("checks/mart/figures.sql", "-- A claim.\n-- severity: warn\nselect 1", "<table>.<claim>.sql"),
        ("checks/mart/figures.true.sql", "-- A claim.\nselect 1", "severity: blocking"),
        ("checks/mart/figures.true.sql", "-- A claim.\n-- severity: warn\n-- by: day\nselect 1", "-- by: version_id"),
        ("checks/mart/nothing.true.sql", "-- A claim.\n-- severity: warn\nselect 1", "mart.nothing"),
        (
            "macros/twice.sql",
            "-- Twice.\n-- x: Number\ncreate macro twice(x) as 2 * x",
            "create or replace macro twice",
        ),
        ("cookbook/who.sql", "-- Who?\n-- kind: view\nselect 1", "one comment at its head"),
    ],
)
def test_a_file_that_is_not_written_as_it_has_to_be_is_named(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        load(folder(tmp_path, {name: text}))


def test_a_sliced_model_reads_slices_of_what_has_versions(tmp_path: Path) -> None:
    query = "select q.version_id from facts.quotes q semi join ref.roles r on r.word = q.role -- facts.quotes_of_old"
    claim = "-- A claim.\n-- severity: warn\n-- by: version_id\nselect a.version_id from mart.a join ref.roles on true"
    files = {"mart/a.sql": SLICED[: SLICED.index("select distinct")] + query, "checks/mart/a.true.sql": claim}
    project = load(folder(tmp_path, files))
    assert project.models[0].slices == ("facts/quotes",)
    assert project.models[0].sliced_query.startswith("select q.version_id from temp.facts_quotes q semi join ref.roles")
    assert project.checks[0].sliced_query == "select a.version_id from temp.mart_a join ref.roles on true"


def test_models_come_after_what_they_read_and_macros_after_what_they_call(tmp_path: Path) -> None:
    files = {
        "core/z.sql": view("1 as a"),
        "core/b.sql": view("a from mart.y"),
        "mart/y.sql": view("a from core.z"),
        "macros/aunt.sql": "-- Calls another.\n-- x: Number\ncreate or replace macro aunt(x) as niece(x) + 1;",
        "macros/niece.sql": "-- Is called.\n-- x: Number\ncreate or replace macro niece(x) as x;",
    }
    project = load(folder(tmp_path, files))
    assert [model.key for model in project.models] == ["core/z", "mart/y", "core/b"]
    assert [macro.name for macro in project.macros] == ["niece", "aunt"]


def test_models_that_read_each_other_are_named(tmp_path: Path) -> None:
    files = {"core/a.sql": view("a from core.b"), "core/b.sql": view("a from core.a")}
    with pytest.raises(ModelError, match="in a circle: core/"):
        load(folder(tmp_path, files))


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="DATELINE_SQL"):
        load(tmp_path / "nowhere")


def test_a_models_hash_changes_with_its_sql_alone(tmp_path: Path) -> None:
    (one,) = load(folder(tmp_path / "1", {"mart/names.sql": GOOD})).models
    (retold,) = load(folder(tmp_path / "2", {"mart/names.sql": GOOD.replace("Mentions by", "How often,")})).models
    (other,) = load(folder(tmp_path / "3", {"mart/names.sql": GOOD.replace("min(", "max(")})).models
    assert one.sha256 == retold.sha256 != other.sha256


def test_no_macro_has_a_parameter_named_like_a_column() -> None:
    """Inside a macro a column would win over the parameter of its name, and the answer be silently another."""
    project = load(SQL)
    columns = {column for model in project.models for column in model.columns}
    assert not {p for macro in project.macros for p in macro.parameters} & columns
