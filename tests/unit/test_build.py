"""The SQL of the project inside one file: what is built, and what is said of SQL that is not what its head says."""

from pathlib import Path

import duckdb
import pytest

from pipelines.build import BuildError, build, outcomes, run_check
from pipelines.models import load
from pipelines.warehouse import create

LAKE_TABLES = frozenset({"facts/quantities"})


def table(query: str) -> str:
    return "-- Numbers.\n-- kind: table\n-- grain: a\n-- a: A number\n" + query


def view(query: str) -> str:
    return table(query).replace("kind: table", "kind: view")


def project_of(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def built(con: duckdb.DuckDBPyConnection, root: Path, touched: frozenset[str] = frozenset()) -> tuple[str, ...]:
    create(con)
    return build(con, load(root), touched)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"mart/n.sql": table("select 1 as b")}, r"gives the columns \['b'\]"),
        ({"mart/n.sql": table("select 1 as a, 2 as b")}, r"gives the columns \['a', 'b'\]"),
        ({"mart/n.sql": view("select 1 as a union all select 1")}, "more than one row for {'a': 1}"),
        ({"mart/n.sql": view("select nothing as a")}, r"sql/mart/n.sql: Binder Error"),
        (
            {"macros/m.sql": "-- M.\n-- x: X\ncreate or replace macro m(y) as y"},
            r"takes \['y'\], its head describes \['x'\]",
        ),
        (
            {"macros/m.sql": "-- M.\n-- x: X\ncreate or replace macro m(x) as nosuch(x)"},
            r"sql/macros/m.sql: Catalog Error",
        ),
        (
            {"checks/facts/quotes.true.sql": "-- True.\n-- severity: warn\nselect nothing from facts.quotes"},
            r"sql/checks/facts/quotes.true.sql: Binder Error",
        ),
    ],
)
def test_sql_that_is_not_what_its_head_says_is_named(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with duckdb.connect() as con, pytest.raises(BuildError, match=message):
        built(con, project_of(tmp_path, files))


def test_a_model_is_built_again_only_if_it_or_its_inputs_changed(tmp_path: Path) -> None:
    root = project_of(
        tmp_path,
        {
            "mart/n.sql": table('select distinct "index" as a from facts.quantities'),
            "mart/o.sql": table("select a from mart.n"),
            "mart/p.sql": table("select 1 as a"),
        },
    )
    with duckdb.connect() as con:
        assert set(built(con, root)) == {"mart/n", "mart/o", "mart/p"}
        assert built(con, root) == ()
        assert built(con, root, LAKE_TABLES) == ("mart/n", "mart/o")
        project_of(tmp_path, {"mart/o.sql": table("select a + 1 as a from mart.n")})
        assert built(con, root) == ("mart/o",)


def test_a_check_runs_again_only_if_its_tables_changed(tmp_path: Path) -> None:
    check = "-- There is nothing.\n-- severity: warn\nselect count(*) as n, {} as x from facts.quantities having n > -1"
    root = project_of(tmp_path, {"checks/facts/quantities.none.sql": check.format("random()")})
    with duckdb.connect() as con:
        built(con, root)
        (first,) = outcomes(con, load(root))
        assert (first.failures, first.example["n"], first.check.blocking) == (1, 0, False)
        built(con, root)
        assert outcomes(con, load(root)) == (first,)
        built(con, root, LAKE_TABLES)
        (second,) = outcomes(con, load(root))
        assert second.example["x"] != first.example["x"]
        project_of(tmp_path, {"checks/facts/quantities.none.sql": check.format(7)})
        built(con, root)
        assert outcomes(con, load(root))[0].example == {"n": 0, "x": 7}


def test_a_check_can_be_run_on_its_own(tmp_path: Path) -> None:
    claim = "-- No day is over.\n-- severity: blocking\nselect date '2026-03-02' as day, 'a|b' as what from range(3)"
    root = project_of(tmp_path, {"checks/facts/times.none.sql": claim})
    with duckdb.connect() as con:
        outcome = run_check(con, load(root).checks[0])
    assert (outcome.failures, outcome.example) == (3, {"day": "2026-03-02", "what": "a|b"})


def test_a_macro_that_is_gone_goes(tmp_path: Path) -> None:
    files = {
        "macros/one.sql": "-- One.\n-- x: X\ncreate or replace macro one(x) as x + 1",
        "macros/many.sql": "-- Many.\n-- x: X\ncreate or replace macro many(x) as table select one(x) as y",
    }
    root = project_of(tmp_path, files)
    with duckdb.connect() as con:
        built(con, root)
        assert con.execute("from many(2)").fetchall() == [(3,)]
        assert con.execute(
            """select function_name, comment from duckdb_functions()
            where schema_name = 'main' and not internal order by all"""
        ).fetchall() == [("many", "Many."), ("one", "One.")]
        (root / "macros/many.sql").unlink()
        built(con, root)
        with pytest.raises(duckdb.CatalogException):
            con.execute("from many(2)")
