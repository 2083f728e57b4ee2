"""What is made of a row's class: a table of the lake with its pyarrow schema."""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Literal, NewType, TypedDict, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

Hash64 = NewType("Hash64", int)  # a hash as a signed 64-bit integer


class FactKey(TypedDict):
    """What every row of facts begins with."""

    version_id: Annotated[str, "The article version that the fact stands in"]
    index: Annotated[int, "Place among the facts of its kind in the article, from 0"]


class FactEnd(TypedDict):
    """What every row of facts ends with."""

    extractor_version: Annotated[str, "Version of the extractor and its language model"]


class InSentence(TypedDict):
    """Facts with a place of their own know the sentence they begin in."""

    sentence: Annotated[int | None, "Index of the sentence in the article; null outside of any"]


@dataclass(frozen=True)
class Table:
    """A table of the lake: `facts/quantities` is its asset key, its folder and, with a point, its DuckDB name."""

    key: str
    parts: tuple[type, ...]
    grain: tuple[str, ...]

    @property
    def sql_name(self) -> str:
        """The DuckDB name, `facts.quantities`."""
        return self.key.replace("/", ".")

    @property
    def description(self) -> str:
        """The first line of what the row's class says of itself."""
        row = next(part for part in self.parts if part not in (FactKey, FactEnd, InSentence))
        return (row.__doc__ or "").strip().splitlines()[0]

    @cached_property
    def schema(self) -> pa.Schema:
        """The pyarrow schema: a description for each field, and the values allowed where they are a list."""
        return pa.schema([f for part in self.parts for f in _fields(part)])


_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    bytes: pa.binary(),
    int: pa.int32(),
    Hash64: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def _fields(row: type) -> Iterator[pa.Field]:
    for name, hint in get_type_hints(row, include_extras=True).items():
        annotated, description = get_args(hint)
        kind, nullable = _without_none(annotated)
        about = {"description": description}
        if get_origin(kind) is Literal:
            about["values"] = ",".join(get_args(kind))
        yield pa.field(name, _arrow(kind), nullable=nullable, metadata=about)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType):
        (kept,) = (a for a in get_args(hint) if a is not type(None))
        return kept, True
    return hint, False


def _arrow(kind: Any) -> pa.DataType:
    if get_origin(kind) is Literal:
        return pa.string()
    if get_origin(kind) is list:
        return pa.list_(pa.field("item", _arrow(get_args(kind)[0]), nullable=False))
    return _ARROW[kind]
