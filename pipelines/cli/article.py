"""One article for the terminal: its text with every fact in its colour, its figures beneath."""

from typing import Any

import duckdb
from rich.console import Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pipelines.cli.app import printable
from pipelines.cli.output import shown

KINDS = ("quotes", "mentions", "times", "quantities", "claims")
STYLES = {"quotes": "italic", "mentions": "cyan", "times": "magenta", "quantities": "bold yellow"}


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
    """An article version and its facts by kind."""
    found = _rows(connection, "select * from core.articles where version_id = ?", version)[0]
    for kind in KINDS:
        found[kind] = _rows(connection, f'select * from facts.{kind} where version_id = ? order by "index"', version)  # noqa: S608  # names of ours
    return found


def _rows(connection: duckdb.DuckDBPyConnection, query: str, version: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = connection.execute(query, [version]).to_arrow_table().to_pylist()
    return rows


def highlighted(article: dict[str, Any]) -> Group:
    """Head, legend, text and figures of an article."""
    head = Text(shown(article["title"]) or "without a title", style="bold")
    about = [", ".join(article["authors"]), article["publisher"], article["wire"], article["published_at"]]
    legend = Text("  ").join(Text(kind, style=style) for kind, style in STYLES.items())
    body = Text(printable(article["text"]))
    for kind, style in STYLES.items():
        for fact in article[kind]:
            body.stylize(style, fact["start"], fact["end"])
    return Group(
        head,
        Text(" | ".join(shown(a) for a in about if a), style="dim"),
        legend,
        Rule(),
        body,
        Rule(),
        _figures(article),
    )


def _figures(article: dict[str, Any]) -> Table:
    table = Table("figure", "value", "unit", "of", "said by", "how sure", "as of", header_style="bold", box=None)
    claims = {c["quantity"]: c for c in article["claims"]}
    for quantity in article["quantities"]:
        claim = claims.get(quantity["index"], {})
        until = claim.get("as_of_last")
        cells = (
            quantity["text"],
            interval(quantity),
            quantity["currency"] or quantity["unit"],
            quantity["counted"] or quantity["about"],
            claim.get("speaker_name") or claim.get("speaker") or claim.get("source_type"),
            claim.get("hedge"),
            until,
        )
        table.add_row(*(Text(shown(cell)) for cell in cells))
    return table


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
