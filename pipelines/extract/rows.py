"""Facts as rows of their tables."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from pipelines.extract.document import Failed, facts_of
from pipelines.extract.sentences import sentence_at
from pipelines.extract.version import extractor_version
from pipelines.schemas import TABLES, Facts

Rows = dict[str, list[dict[str, Any]]]


def rows_of(texts: Mapping[str, tuple[str, str | None]]) -> Rows:
    """The rows of every table of facts, for texts and their publication times by version."""
    rows: Rows = {table: [] for table in TABLES if table.startswith("facts/")}
    for version, found in zip(texts, facts_of(list(texts.values())), strict=True):
        if isinstance(found, Failed):
            failure = {"version_id": version, "error": found.error, "extractor_version": extractor_version()}
            rows["facts/failures"].append(failure)
            continue
        for kind in found:
            rows[f"facts/{kind}"] += _table_rows(kind, version, found)
    return rows


def _table_rows(kind: str, version: str, found: Facts) -> Iterator[dict[str, Any]]:
    facts = cast("Iterable[dict[str, Any]]", found[kind])  # type: ignore[literal-required]  # a table is named by its facts
    for index, fact in enumerate(facts):
        row = {"version_id": version, "index": index, **fact, "extractor_version": extractor_version()}
        if kind not in {"sentences", "claims"}:
            row["sentence"] = sentence_at(found["sentences"], fact["start"])
        yield row
