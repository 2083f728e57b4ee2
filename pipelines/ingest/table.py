"""Rows of tables (CSV, Parquet) as records, by the names of their columns."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from pipelines.clean import fields
from pipelines.ingest.piece import Piece
from pipelines.settings import settings


def piece(row: Mapping[str, Any], place: str, limit: int) -> Piece:
    """A row as a JSON record; its address is that of the column of addresses."""
    content = json.dumps(_plain(row), ensure_ascii=False).encode("utf-8", "replace")
    if len(content) > limit:
        detail = f"a row of over {limit // 2**20} MB; DATELINE_CAPTURE_MEGABYTES raises the limit"
        return Piece(b"", "application/json", place, problem="too_large", detail=detail)
    return Piece(content, "application/json", place, fields.address(row, settings().fields))


def without_text(columns: Sequence[str]) -> Piece | None:
    """What tells that no column is known to hold a text or a page; null where one does."""
    mapping = settings().fields
    # A column may also be an object whose parts are named.
    named = {fields.key(name.partition(".")[0]) for field in ("text", "html") for name in fields.names(field, mapping)}
    if any(fields.key(column) in named for column in columns):
        return None
    detail = f"no column is known to hold the text: {', '.join(columns)}; name it, as in "
    detail += """DATELINE_FIELDS='{"text": "%s"}'""" % (columns[-1] if columns else "column")
    return Piece(b"", "application/octet-stream", problem="no_text", detail=detail[:2000])


def _plain(value: Any) -> Any:
    """A value as JSON can hold it: times as ISO 8601, decimals and bytes as text, what is no number as null."""
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, str | int) else str(value)
