"""Facts as rows of their tables."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from pipelines.extract.document import facts_of
from pipelines.extract.sentences import sentence_at
from pipelines.extract.version import extractor_version
from pipelines.schemas import TABLES, Facts

Rows = dict[str, list[dict[str, Any]]]
FACT_TABLES = tuple(key for key in TABLES if key.startswith("facts/"))


def rows_of(texts: Mapping[str, tuple[str, str | None]]) -> Rows:
    """The rows of every table of facts, for texts and their publication times by version."""
    rows: Rows = {table: [] for table in FACT_TABLES}
    for version, found in zip(texts, facts_of(texts.values()), strict=True):
        for table in FACT_TABLES:
            rows[table] += _table_rows(table.removeprefix("facts/"), version, found)
    return rows


def _table_rows(kind: str, version: str, found: Facts) -> Iterator[dict[str, Any]]:
    facts = cast("Iterable[dict[str, Any]]", found[kind])  # type: ignore[literal-required]  # a table is named by its facts
    for index, fact in enumerate(facts):
        row = {"version_id": version, "index": index, **fact, "extractor_version": extractor_version()}
        if kind not in {"sentences", "claims"}:
            row["sentence"] = sentence_at(found["sentences"], fact["start"])
        yield row
