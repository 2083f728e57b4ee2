"""Reading one article and its facts, and values as people write them: what the terminal and the desk show alike."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb

KINDS = ("quotes", "mentions", "times", "quantities", "claims", "roles", "silences")


def find(connection: duckdb.DuckDBPyConnection, which: str) -> str | None:
    """The version meant, by the beginning of an id or by words of its title; the newest of several."""
    row = connection.execute(
        """select version_id from core.articles
        where starts_with(version_id, $which) or starts_with(article_id, $which)
            or contains(lower(title), lower($which))
        order by is_latest desc, published_at desc, version_id limit 1""",
        {"which": which},
    ).fetchone()
    return row[0] if row else None


def read(connection: duckdb.DuckDBPyConnection, version: str) -> dict[str, Any]:
    """An article version and its facts by kind.

    Raises:
        LookupError: there is no such version.
    """
    return article(connection, version) | {kind: facts(connection, kind, version) for kind in KINDS}


def article(connection: duckdb.DuckDBPyConnection, version: str) -> dict[str, Any]:
    """An article version without its facts.

    Raises:
        LookupError: there is no such version.
    """
    found = rows(connection, "select * from core.articles where version_id = ?", [version])
    if not found:
        raise LookupError(f"no article version {version!r}")
    return found[0]


def facts(
    connection: duckdb.DuckDBPyConnection, kind: str, version: str, place: tuple[int, int] | None = None
) -> list[dict[str, Any]]:
    """The facts of one kind of an article version: in the whole table, or between two rows of it."""
    # A plain comparison would be pushed down to the table beside that of the rows, and then all blocks of it are read.
    where, values = (
        ("rowid between ? and ? and version_id || '' = ?", [*place, version])
        if place
        else ("version_id = ?", [version])
    )
    return rows(connection, f'select * from facts.{kind} where {where} order by "index"', values)  # noqa: S608  # names of ours


def rows(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[dict[str, Any]]:
    """The rows of a query, each a mapping by column."""
    found: list[dict[str, Any]] = connection.execute(query, parameters).to_arrow_table().to_pylist()
    return found


def interval(quantity: dict[str, Any]) -> str:
    """A figure's value as people write it: `~10,000`, `≤ 5,000`, `5 to 7`."""
    low, high = quantity["low"], quantity["high"]
    if low is not None and high is not None and low != high:
        plain = f"{shown(low)} to {shown(high)}"
    elif quantity["bound"]:
        sign = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}[quantity["bound"]]
        plain = f"{sign} {shown(quantity['value'] if quantity['value'] is not None else low if high is None else high)}"
    else:
        plain = shown(quantity["value"])
    return f"~{plain}" if quantity["approx"] else plain


def shown(value: Any) -> str:
    """A value as a person reads it, on one line, without control characters."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.6g}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value).replace("\n", " "))
