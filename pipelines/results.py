"""Results of queries as files for programs: CSV and JSON lines."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from typing import IO, Any, cast

import pyarrow as pa

# OWASP, "CSV Injection": a spreadsheet takes cells that begin so for formulas, also in their full-width forms
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rows(found: pa.Table) -> Iterable[tuple[Any, ...]]:
    """The rows of a result; several columns may have one name."""
    return zip(*(cast("list[Any]", c.to_pylist()) for c in found.columns), strict=True) if found.num_columns else ()


def write_csv(found: pa.Table, file: IO[str]) -> None:
    """A result as CSV; text that a spreadsheet would run as a formula begins with an apostrophe."""
    writer = csv.writer(file)
    writer.writerow(found.column_names)
    for row in rows(found):
        writer.writerow([_harmless(value) for value in row])


def _harmless(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value.isoformat() if isinstance(value, date) else value


def write_json(found: pa.Table, file: IO[str]) -> None:
    """A result as JSON lines."""
    for row in found.to_pylist():
        file.write(json.dumps(row, ensure_ascii=False, default=_json_value) + "\n")


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)
