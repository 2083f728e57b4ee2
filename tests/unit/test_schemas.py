"""The declared tables: what is made of a row's class."""

from typing import get_type_hints

import pyarrow as pa
import pytest

from pipelines.lake import arrow_table
from pipelines.schemas import TABLES, DateEvidence, Facts, Table
from tests.world import row


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_each_table_is_whole(table: Table) -> None:
    layer, name = table.key.split("/")
    assert table.sql_name == f"{layer}.{name}"
    assert set(table.grain) <= set(table.schema.names)
    assert not any(table.schema.field(g).nullable for g in table.grain)
    assert table.description.endswith(".")
    for field in table.schema:
        assert field.metadata[b"description"], field.name
    assert arrow_table(table, [row(table.key)]).schema.equals(table.schema, check_metadata=True)


def test_each_kind_of_fact_has_its_table() -> None:
    kinds = set(get_type_hints(Facts))
    assert {f"facts/{kind}" for kind in kinds} | {"facts/failures"} == {k for k in TABLES if k.startswith("facts/")}


def test_facts_begin_with_their_place_and_end_with_their_version() -> None:
    names = TABLES["facts/mentions"].schema.names
    assert names == ["version_id", "index", "start", "end", "text", "type", "entity_id", "name", "sentence",
                     "extractor_version"]  # fmt: skip


def test_evidence_for_a_time_is_a_table_of_its_own_with_all_that_cleaning_says_of_a_candidate() -> None:
    names = TABLES["clean/date_evidence"].schema.names
    assert names == ["capture_id", "rank", *get_type_hints(DateEvidence), "cleaner_version"]
    assert "date_evidence" not in TABLES["clean/articles"].schema.names


def test_types_follow_the_annotations() -> None:
    schema = TABLES["clean/articles"].schema
    assert schema.field("captured_at").type == pa.timestamp("us", tz="UTC")
    assert schema.field("published_day").type == pa.date32()
    assert (schema.field("published_day").nullable, schema.field("words").nullable) == (True, False)
    authors = schema.field("authors").type
    assert (authors.value_type, authors.value_field.nullable) == (pa.string(), False)
    assert schema.field("zone").metadata[b"values"] == b"known,assumed,none"
    assert b"values" not in schema.field("title").metadata
