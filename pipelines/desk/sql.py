"""Questions in SQL: the cookbook to start from, the schema beside it, the result as table, drawing or file."""

import io
from collections import defaultdict
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from starlette.requests import Request
from starlette.responses import Response

from pipelines import models, results
from pipelines.desk.forms import Form
from pipelines.desk.newest import Reading
from pipelines.desk.plot import plot
from pipelines.desk.view import NotThereError, View, asked, attached
from pipelines.reading import shown
from pipelines.settings import settings

SECONDS = 20.0  # after which a query is ended
SHOWN = 1000  # rows of a result on the page
TAKEN = 100_000  # rows of a result to take away
WIDEST = 400  # characters of a cell
FIRST = "-- The newest figures of troops\nfrom figures('troops') limit 50;"

COLUMNS = """
    select c.schema_name || '.' || c.table_name as name, c.column_name, c.data_type, c.comment
    from duckdb_columns() c
    where c.schema_name in ('mart', 'core', 'facts', 'clean', 'raw', 'meta', 'ref')
    order by list_position(['mart', 'core', 'facts', 'clean', 'raw', 'meta', 'ref'], c.schema_name), name,
        c.column_index"""


class AskError(Exception):
    """A query gives nothing; the message says why."""


def ask(connection: duckdb.DuckDBPyConnection, query: str, most: int, seconds: float) -> pa.Table:
    """The first rows of a query's result.

    Raises:
        AskError: it is no query, fails, or takes longer than so many seconds.
    """
    timer = Timer(seconds, connection.interrupt)
    timer.start()
    try:
        found = connection.sql(query)
        if found is None:
            raise AskError("This is no query: it gives no rows.")
        return found.limit(most).to_arrow_table()
    except duckdb.InterruptException:
        raise AskError(
            f"The query took longer than {seconds:g} seconds and was ended. Ask for fewer rows or days, or let "
            "`dateline sql` take its time."
        ) from None
    except duckdb.Error as error:
        raise AskError(str(error)) from None
    finally:
        timer.cancel()


@cache
def cookbook(sql: Path) -> dict[str, models.Question]:
    """The questions of the cookbook by name."""
    return {question.name: question for question in models.load(sql).cookbook}


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """An editor with a question of the cookbook in it; nothing is asked yet, for the address may be another site's."""
    question = cookbook(settings().sql).get(asked(request, "cookbook"))
    text = f"-- {question.description}\n{question.query.strip()}" if question else FIRST
    return _page(reading, text, asked(request, "cookbook"))


def act(reading: Reading, form: Form) -> dict[str, Any] | Response:
    """Ask what the form asks: shown on the page, or as a file."""
    query, form_of_answer = form.get("query", "").replace("\r\n", "\n").strip(), form.get("as", "page")
    limit = (SHOWN if form_of_answer == "page" else TAKEN) + 1
    try:
        found = ask(reading.connection, query, limit, SECONDS)
        if form_of_answer != "page":
            return _file(found, form_of_answer)
    except AskError as error:
        return _page(reading, query) | {"wrong": str(error)}
    return _page(reading, query) | {"result": _result(found)}


def _page(reading: Reading, query: str, chosen: str = "") -> dict[str, Any]:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for column in reading.rows(COLUMNS):
        tables[column["name"]].append(column)
    return {
        "title": "SQL",
        "query": query,
        "chosen": chosen,
        "cookbook": cookbook(settings().sql),
        "tables": tables,
        "result": None,
        "wrong": "",
        "seconds": SECONDS,
    }


def _result(found: pa.Table) -> dict[str, Any]:
    kept = found.slice(0, SHOWN)
    return {
        "columns": [(f.name, pa.types.is_integer(f.type) or pa.types.is_floating(f.type)) for f in found.schema],
        "rows": [[_cell(value) for value in row] for row in results.rows(kept)],
        "has_more": found.num_rows > SHOWN,
        "plot": plot(kept),
    }


def _cell(value: Any) -> str:
    text = shown(value)
    return text if len(text) <= WIDEST else text[:WIDEST] + "…"


def _file(found: pa.Table, kind: str) -> Response:
    if found.num_rows > TAKEN:
        raise AskError(
            f"The result has more than {TAKEN:,} rows: add a limit, or take it whole with "
            "`dateline sql --format csv --output FILE`."
        )
    if kind == "csv":
        text = io.StringIO(newline="")
        results.write_csv(found, text)
        return attached(text.getvalue().encode(), "text/csv; charset=utf-8", "answer.csv")
    if kind == "parquet":
        file = io.BytesIO()
        try:
            pq.write_table(found, file, compression="zstd")
        except pa.ArrowException as error:
            raise AskError(f"Parquet cannot hold this result: {error}") from None
        return attached(file.getvalue(), "application/vnd.apache.parquet", "answer.parquet")
    raise NotThereError(f"A result cannot be had as {kind}.")


VIEW = View("/sql", "SQL", "sql.html", show, act=act)
