"""A warehouse made several times as large: each row again, under other ids and on later days.

`python -m benchmarks.multiplied FILE LARGER TIMES` tells how long queries and pages take in the larger file, for sizes
that no build can be waited for. It is a warehouse of TIMES regions that have countries, publishers and spellings in
common: a name has TIMES bearers, a word TIMES as many series, and tables lie in the order in which a build leaves them.
"""

import re
import shutil
import sys
from pathlib import Path

import duckdb

from benchmarks import desk, history
from benchmarks.measure import Measurement
from benchmarks.scale import queries
from pipelines import models
from pipelines.search_index import SCHEMA as SEARCH
from pipelines.settings import PROJECT

LAYOUT = """
    create temp view layout as
    select schema_name || '.' || table_name as name, column_name as "column", data_type as type, column_index as index
    from duckdb_columns() join duckdb_tables() using (schema_name, table_name)
    where schema_name in ('raw', 'clean', 'facts', 'core', 'mart')
"""
SHARED = {"mart.publishers", "mart.sources", "mart.source_health", "core.same_article"}  # without an id of their own
ID = re.compile(r".*_ids?|series|key|origin|copy_group|(other|previous)_version|entity_[ab]|path|shard")
COUNTRY = "Q[0-9]+"  # ids of territories, which all regions share
_ORDER = re.compile(r"^order by ([^()]*?);?\s*\Z", re.MULTILINE)


def multiply(con: duckdb.DuckDBPyConnection, times: int) -> None:
    """Put the rows of every table of articles, facts and models there so many times."""
    (days,) = con.execute("select max(day) - min(day) + 1 from core.articles").fetchone() or (0,)
    con.execute(LAYOUT)
    tables = con.execute("select distinct name from layout").fetchall()
    orders = {model.sql_name: order for model in models.load(PROJECT / "sql").models if (order := _order(model))}
    for (table,) in tables:
        if table not in SHARED:
            _multiply(con, table, times, days, orders.get(table))
    _multiply_index(con, times)
    con.execute("checkpoint")


def _order(model: models.Model) -> str | None:
    """The order of a table by other things than the day, in which copies of later days would not lie."""
    found = _ORDER.search(model.query)
    order = re.sub(r"\b[a-z]\.", "", found[1]) if found else ""
    return None if re.match(r"(day|captured_at|due_last)\b", order) else order or None


def _multiply(con: duckdb.DuckDBPyConnection, table: str, times: int, days: int, order: str | None) -> None:
    columns = con.execute('select "column", type from layout where name = ? order by index', [table]).fetchall()
    copied = ", ".join(_copied(name, kind) for name, kind in columns)
    own = f"""where not regexp_full_match("{columns[0][0]}", '{COUNTRY}')""" if columns[0][0] == "entity_id" else ""
    con.execute("begin")
    con.execute(f"create temp table first as from {table}")
    for nth in range(1, times):
        con.execute(f"set variable nth = {nth}; set variable days = {nth * days}")
        con.execute(f"insert into {table} select {copied} from first {own}")  # noqa: S608
    con.execute("drop table first")
    if order:
        con.execute(f"create temp table ordered as from {table} order by {order}")
        con.execute(f"truncate {table}; insert into {table} from ordered; drop table ordered")
    con.execute("commit")


def _copied(name: str, kind: str) -> str:
    """The column as the copy of a row has it."""
    column = f'"{name}"'
    if kind == "VARCHAR" and ID.fullmatch(name):
        return f"if(regexp_full_match({column}, '{COUNTRY}'), {column}, {column} || '~' || getvariable('nth'))"
    if kind == "UBIGINT":  # a hash of ids
        return f"xor({column}, hash(getvariable('nth')))"
    if kind == "DATE":
        return f"{column} + getvariable('days')"
    if kind.startswith("TIMESTAMP"):
        return f"{column} + to_days(getvariable('days'))"
    return column


def _multiply_index(con: duckdb.DuckDBPyConnection, times: int) -> None:
    con.execute(f"""
        create temp table first as select *, (select max(docid) + 1 from {SEARCH}.docs) as more from {SEARCH}.docs;
        insert into {SEARCH}.docs
            select docid + nth * more, name || '~' || nth, len from first cross join range(1, {times}) t(nth);
        create temp table ordered as
            select docid + nth * (select any_value(more) from first) as docid, fieldid, termid
            from {SEARCH}.terms cross join range({times}) t(nth) order by termid, docid;
        truncate {SEARCH}.terms;
        insert into {SEARCH}.terms from ordered;
        drop table ordered;
        drop table first;
        update {SEARCH}.dict set df = df * {times};
        update {SEARCH}.stats set num_docs = num_docs * {times};
    """)  # noqa: S608


def main(file: str, larger: str, times: str) -> None:
    """Make the larger file, and tell how long queries and pages take in it."""
    shutil.copy(file, larger)
    with duckdb.connect(larger) as con:
        con.execute("set memory_limit = '8GB'; set threads = 2; set preserve_insertion_order = true")
        multiply(con, int(times))
        (articles,) = con.execute("select count(*) from core.articles").fetchone() or (0,)
    found = [
        Measurement(f"warehouse of {articles:,} articles, multiplied", Path(larger).stat().st_size / 2**20, "MB", "")
    ]
    found += [*queries(Path(larger), models.load(PROJECT / "sql")), *desk.measure(Path(larger))]
    for measurement in found:
        print(f"{measurement.name}: {measurement.value:,.1f} {measurement.unit} {measurement.goal}", flush=True)
    history.keep(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
