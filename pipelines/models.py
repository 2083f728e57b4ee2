"""The SQL of the warehouse, read out of `sql/`: models, checks, macros and the cookbook's questions.

Every file is plain SQL that can be pasted into any DuckDB shell. What else there is to say about it stands in the
comment lines at its head: the first says what it is, the others are `-- key: text`, and a line indented further carries
on the one before. A model's key is its path (`mart/figures.sql` makes `mart.figures`); what it reads is parsed out of
its SQL by DuckDB itself.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Literal, cast

import duckdb

from pipelines.catalogue import META, REFERENCE
from pipelines.schemas import TABLES

Kind = Literal["table", "view", "incremental", "sliced", "grouped"]
LAYERS = ("core", "mart")
VERSION = "version_id"
_OPTIONS = {
    "incremental": ("order",),
    "sliced": ("tracked", "beyond", "reach"),
    "grouped": ("by", "of", "beyond", "reach"),
    "table": ("tracked",),
}


class ModelError(Exception):
    """A file under `sql/` is not written as it has to be; the message names the file and the remedy."""


@dataclass(frozen=True)
class Model:
    """One select that becomes a table or a view of the warehouse.

    An incremental one is a table that is appended to while the one lake table that it reads only grows: its select
    gives the rows that the shards in `meta.fresh` bring; none may depend on a row that comes after theirs by `order`.

    A sliced one is a table whose rows of one article version depend on the rows of that version alone, in the tables
    that have a `version_id`, and on other tables as a whole. `reach` selects the versions whose rows change beside
    those in `meta.touched`. Of a table with `tracked`, the values of that column whose rows a publication changed are
    told in `meta.changed`, and what reads it is sliced nevertheless: its `reach` has to say which versions these
    values concern. The same goes for a table that a sliced model reads as a whole beside its slice: it is named with
    `beyond`, and written `core."name"` where the whole is meant. Of a tracked list, each element is a value.

    A grouped one is a table whose rows of one group, `by` a column, depend on that group's rows alone in those tables
    that have this column, and on rows of its versions in those that have a `version_id`; its versions are those that it
    has in `of`, the table that tells, tracked by this column, which groups changed. `reach` selects the groups that
    change beside these.
    """

    key: str
    kind: Kind
    query: str
    description: str
    grain: tuple[str, ...]
    columns: dict[str, str]
    depends_on: tuple[str, ...]
    order: str | None = None
    reach: str | None = None
    tracked: str | None = None
    beyond: str | None = None
    by: str | None = None
    of: str | None = None
    slices: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def sql_name(self) -> str:
        """The DuckDB name, `mart.figures`."""
        return self.key.replace("/", ".")

    @property
    def relation(self) -> Literal["table", "view"]:
        """What DuckDB keeps it as."""
        return "view" if self.kind == "view" else "table"

    @property
    def source(self) -> str:
        """The one table of the lake that an incremental model reads."""
        (table,) = (key for key in self.depends_on if key in TABLES)
        return table

    @property
    def sliced_query(self) -> str:
        """The select with slices in the place of the tables that have a row's version or group."""
        return in_slices(self.query, (*self.slices, *self.groups), self.by)

    @property
    def sha256(self) -> str:
        """What the model's content depends on, besides its inputs."""
        said = [self.kind, self.reach, self.tracked, self.beyond, self.by, self.of, self.query]
        return hashlib.sha256("\n".join(part for part in said if part).encode()).hexdigest()


@dataclass(frozen=True)
class Check:
    """A claim about a table, and the select that gives the rows that break it.

    With `by_version`, what breaks it in one article version follows from the rows of that version alone, or from those
    of all versions of its article.
    """

    table: str
    claim: str
    description: str
    blocking: bool
    query: str
    depends_on: tuple[str, ...]
    by_version: bool = False
    slices: tuple[str, ...] = ()

    @property
    def sliced_query(self) -> str:
        """The select with slices in the place of the tables that have a row's version."""
        return in_slices(self.query, self.slices)


@dataclass(frozen=True)
class Macro:
    """A macro for analysts: a function in SQL."""

    name: str
    description: str
    parameters: dict[str, str]
    statement: str


@dataclass(frozen=True)
class Question:
    """A query that an analyst would ask."""

    name: str
    description: str
    query: str


@dataclass(frozen=True)
class Project:
    """All that `sql/` holds; the models in the order in which they have to be built."""

    models: tuple[Model, ...]
    checks: tuple[Check, ...]
    macros: tuple[Macro, ...]
    cookbook: tuple[Question, ...]


def slice_name(key: str, by: str | None = None) -> str:
    """SQL name of the slice of a table: of versions, or of groups by a column."""
    return f"temp.{key.replace('/', '_')}" + (f"_by_{by}" if by else "")


def in_slices(query: str, slices: Iterable[str], by: str | None = None) -> str:
    """A select with slices in the place of these tables."""
    for key in slices:
        query = re.sub(rf"\b{re.escape(key.replace('/', '.'))}\b", slice_name(key, by), query)
    return query


def load(root: Path) -> Project:
    """Read a folder of SQL.

    Raises:
        ModelError: the folder is missing, or a file in it is not written as it has to be.
    """
    if not root.is_dir():
        raise ModelError(f"{root} is no folder; set DATELINE_SQL to the folder of the SQL models")
    return _loaded(
        root, tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in _files(root, "**/*.sql"))
    )


@lru_cache(maxsize=2)
def _loaded(root: Path, _state: tuple[tuple[Path, int, int], ...]) -> Project:
    """The project of a folder as it is now: a run asks for it three times, and it takes a sixth of a second."""
    with duckdb.connect() as parser:
        models = {m.key: m for layer in LAYERS for m in (_model(p, parser) for p in _files(root, f"{layer}/*.sql"))}
        checks = tuple(_check(path, parser) for path in _files(root, "checks/*/*.sql"))
        versioned = _versioned(models)
        models = {k: _with_groups(m, models) if m.kind == "grouped" else m for k, m in models.items()}
        models = {
            k: _with_slices(m, versioned, parser) if m.kind in ("sliced", "grouped") else m for k, m in models.items()
        }
        checks = tuple(_with_slices(c, versioned, parser) if c.by_version else c for c in checks)
    known = {*TABLES, *(f"meta/{n}" for n in META), *(f"ref/{n}" for n in REFERENCE), *models}
    for of, depends_on in [(m.key, m.depends_on) for m in models.values()] + [(c.table, c.depends_on) for c in checks]:
        if unknown := [key for key in (of, *depends_on) if key not in known]:
            raise ModelError(
                f"{of} reads {unknown[0].replace('/', '.')}, which is neither in pipelines/schemas nor under sql/"
            )
    return Project(
        models=_in_order(models),
        checks=checks,
        macros=_macros_in_order([_macro(path) for path in _files(root, "macros/*.sql")]),
        cookbook=tuple(map(_question, _files(root, "cookbook/*.sql"))),
    )


def _files(root: Path, pattern: str) -> list[Path]:
    return sorted(root.glob(pattern))


def tables_read(query: str, parser: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Keys of the tables that a select reads, sorted; names of its own CTEs are not among them.

    The parser is any connection: the query is not run, and its tables need not exist.

    Raises:
        ModelError: it is not one select, or it names a table without its schema.
    """
    (text,) = parser.execute("select json_serialize_sql(?)", [query]).fetchone() or ("",)
    tree = json.loads(text)
    if tree["error"]:
        raise ModelError(f"not a select that DuckDB can parse: {tree['error_message']}")
    if len(tree["statements"]) != 1:
        raise ModelError("it has to be one select, and is several statements")
    nodes = list(_nodes(tree["statements"][0]))
    local = {entry["key"].lower() for n in nodes if "cte_map" in n for entry in n["cte_map"]["map"]}
    found = set()
    for node in nodes:
        if node.get("type") == "BASE_TABLE":
            schema, name = node["schema_name"].lower(), node["table_name"].lower()
            if name in local and schema in ("", "recurring"):  # `recurring.x` is what a recursive CTE has so far
                continue
            if schema == "recurring":  # the rows so far of a recursive CTE with a key
                continue
            if schema:
                found.add(f"{schema}/{name}")
            else:
                raise ModelError(f"write the table {name} with its schema")
    return tuple(sorted(found))


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)


def _in_order(models: Mapping[str, Model]) -> tuple[Model, ...]:
    graph = {key: [d for d in model.depends_on if d in models] for key, model in sorted(models.items())}
    return tuple(models[key] for key in _sorted(graph, "models"))


def _sorted(graph: Mapping[str, list[str]], what: str) -> list[str]:
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise ModelError(f"these {what} read each other in a circle: {' -> '.join(error.args[1])}") from error


def _macros_in_order(macros: list[Macro]) -> tuple[Macro, ...]:
    """A macro has to be there before another that calls it: `name(` in its text."""
    calls = {m.name: [o.name for o in macros if o != m and re.search(rf"\b{o.name}\(", m.statement)] for m in macros}
    named = {m.name: m for m in macros}
    return tuple(named[name] for name in _sorted(calls, "macros"))


def _model(path: Path, parser: duckdb.DuckDBPyConnection) -> Model:
    key = f"{path.parent.name}/{path.stem}"
    description, entries, query = _parts(path)
    if [name for name, _ in entries[:2]] != ["kind", "grain"]:
        raise ModelError(
            f"{path}: after its first line come `-- kind: table` or `view`, then `-- grain: ` and its columns"
        )
    kind, grain = entries[0][1], tuple(column.strip() for column in entries[1][1].split(","))
    if kind not in ("table", "view", *_OPTIONS):
        raise ModelError(f"{path}: its kind is table, view, incremental, sliced or grouped, not {kind}")
    given: dict[str, str] = {}
    while len(given) < len(entries) - 2 and entries[2 + len(given)][0] in _OPTIONS.get(kind, ()):
        name, value = entries[2 + len(given)]
        given[name] = value
    columns = _unique(path, entries[2 + len(given) :])
    if strange := [column for column in grain if column not in columns]:
        raise ModelError(f"{path}: the grain names {strange[0]}, which its head does not describe")
    depends_on = _read_by(path, query, parser)
    model = Model(key, cast("Kind", kind), query, description, grain, columns, depends_on)
    model = replace(model, order=given.get("order"), reach=given.get("reach"), tracked=given.get("tracked"))
    model = replace(model, beyond=given.get("beyond"), by=given.get("by"), of=given.get("of"))
    _hold_to_kind(path, model, parser)
    return model


def _versioned(models: Mapping[str, Model]) -> set[str]:
    """Keys of the tables whose rows have an article version."""
    columns = {key: m.columns for key, m in models.items()} | {key: t.schema.names for key, t in TABLES.items()}
    return {key for key, names in columns.items() if VERSION in names}


def _with_groups(model: Model, models: Mapping[str, Model]) -> Model:
    """A grouped model with the tables that have its column."""
    of = models.get(model.of or "")
    if of is None or model.by not in (of.tracked, of.by) or model.of not in model.depends_on:
        raise ModelError(
            f"sql/{model.key}.sql: `-- of: ` names a table that it reads and that is tracked by {model.by}"
        )
    return replace(model, groups=tuple(k for k in model.depends_on if k in models and model.by in models[k].columns))


def _with_slices[T: (Model, Check)](of: T, versioned: set[str], parser: duckdb.DuckDBPyConnection) -> T:
    groups = set(of.groups) if isinstance(of, Model) else set()
    whole = {of.beyond} if isinstance(of, Model) else set()
    others = groups | (whole if groups else set())
    slices = tuple(key for key in of.depends_on if key in versioned and key not in others)
    sliced = replace(of, slices=slices)
    if missed := groups.union(slices).difference(whole).intersection(tables_read(sliced.sliced_query, parser)):
        name = of.key if isinstance(of, Model) else f"checks/{of.table}.{of.claim}"
        raise ModelError(f"sql/{name}.sql: write {missed.pop().replace('/', '.')} without quotes and in lower case")
    return sliced


def _hold_to_kind(path: Path, model: Model, parser: duckdb.DuckDBPyConnection) -> None:
    lake = [table for table in model.depends_on if table != "meta/fresh"]
    if model.kind == "incremental" and not (
        model.order and len(lake) == 1 and lake[0] in TABLES and "meta/fresh" in model.depends_on
    ):
        raise ModelError(
            f"{path}: an incremental model has `-- order: ` and a column after its grain, and reads meta.fresh and one"
            " table of the lake"
        )
    if model.kind == "sliced" and VERSION not in model.grain:
        raise ModelError(f"{path}: the grain of a sliced model has {VERSION}")
    if model.kind == "grouped" and not (model.by and model.of):
        raise ModelError(
            f"{path}: after the grain of a grouped model come `-- by: ` and a column, `-- of: ` and a table"
        )
    for column in (model.tracked, model.by):
        if column and column not in model.columns:
            raise ModelError(f"{path}: it tracks or groups by {column}, which its head does not describe")
    may_read = {model.key, "meta/touched", "meta/changed", *(f"ref/{n}" for n in REFERENCE), *model.depends_on}
    if model.reach and (other := [t for t in _read_by(path, model.reach, parser) if t not in may_read]):
        raise ModelError(f"{path}: its reach reads {other[0].replace('/', '.')}, which the model does not read")


def _check(path: Path, parser: duckdb.DuckDBPyConnection) -> Check:
    table, _, claim = path.stem.partition(".")
    description, entries, query = _parts(path)
    if not claim:
        raise ModelError(f"{path}: its name has to be <table>.<claim>.sql")
    by_version = entries[1:] == [("by", VERSION)]
    if entries[:1] not in ([("severity", "blocking")], [("severity", "warn")]) or (entries[1:] and not by_version):
        raise ModelError(
            f"{path}: after its first line comes `-- severity: blocking` or `-- severity: warn`, then nothing or"
            f" `-- by: {VERSION}`"
        )
    blocking, depends_on = entries[0][1] == "blocking", _read_by(path, query, parser)
    return Check(f"{path.parent.name}/{table}", claim, description, blocking, query, depends_on, by_version)


def _macro(path: Path) -> Macro:
    description, entries, statement = _parts(path)
    if not statement.lower().startswith(f"create or replace macro {path.stem}("):
        raise ModelError(f"{path}: it has to begin with `create or replace macro {path.stem}(`")
    return Macro(path.stem, description, _unique(path, entries), statement)


def _question(path: Path) -> Question:
    description, entries, query = _parts(path)
    if entries:
        raise ModelError(f"{path}: a question has one comment at its head: the question")
    return Question(path.stem, description, query)


def _read_by(path: Path, query: str, parser: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    try:
        return tables_read(query, parser)
    except ModelError as error:
        raise ModelError(f"{path}: {error}") from error


def _unique(path: Path, entries: list[tuple[str, str]]) -> dict[str, str]:
    described = dict(entries)
    if len(described) < len(entries):
        raise ModelError(f"{path}: its head describes a name twice")
    return described


def _parts(path: Path) -> tuple[str, list[tuple[str, str]], str]:
    """The description, the `key: text` entries of the head, and the SQL without its semicolon."""
    lines = path.read_text(encoding="utf-8").splitlines()
    length = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    head: list[str] = []
    for line in lines[:length]:
        if line.startswith("--   ") and head:
            head[-1] += " " + line.removeprefix("--").strip()
        else:
            head.append(line.removeprefix("--").strip())
    query = "\n".join(lines[length:]).strip().removesuffix(";").rstrip()
    if not head or not query:
        raise ModelError(f"{path}: it has to be a comment that says what it is, and SQL after it")
    entries = [(key, text.strip()) for key, _, text in (line.partition(":") for line in head[1:])]
    if odd := [key for key, text in entries if not text or not key.isidentifier()]:
        raise ModelError(f"{path}: `-- {odd[0]}` in its head is not `-- name: text`")
    return head[0], entries, query
