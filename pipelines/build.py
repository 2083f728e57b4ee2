"""The SQL of the project run inside one DuckDB file: models, search index, macros and checks."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines import relinked, search_index, slices
from pipelines.incremental import append, follows, shards, tell
from pipelines.models import Check, Macro, Model, Project
from pipelines.warehouse import WarehouseError, comment, identifier, literal

MACROS = """select function_name, function_type = 'table_macro', parameters from duckdb_functions()
    where schema_name = 'main' and not internal and function_type in ('macro', 'table_macro')"""


class BuildError(WarehouseError):
    """A model or macro is not what its head says it is; the message names it."""


@dataclass(frozen=True)
class Outcome:
    """What a check found: how many rows break its claim, and the first of them as column to value."""

    check: Check
    failures: int
    example: dict[str, Any]


def build(
    con: duckdb.DuckDBPyConnection,
    project: Project,
    touched: frozenset[str],
    fresh: Sequence[str] = (),
    done: Callable[[str], None] = lambda _: None,
) -> tuple[str, ...]:
    """Bring models, search index, macros and checks up to date, and give the keys of the models that were built.

    A model is built if its SQL has changed, or a table that it reads has; `touched` are the keys of the tables that
    the load changed, and `fresh` the shards that it added, if that is all that it did: an incremental model is then
    appended to, where their rows come after all that were there, and else built whole. Of a sliced model only the rows
    of the versions in `meta.touched` are made anew, as far as it is known which ones they are. `done` is called with
    each step that is behind. Run it within a transaction.

    Raises:
        BuildError: a model's columns or grain are not those of its head, or a macro's parameters.
        duckdb.Error: DuckDB cannot run a file.
    """
    present = _drop_unknown(con, project)
    built: list[str] = []
    untold = {table for table in touched if not slices.is_told(table)}  # it is not known whose rows changed there
    tell(con, None)
    slices.begin(con)
    for model in project.models:
        changed = present.get(model.key) != model.sha256
        if changed or (touched | set(built)).intersection(model.depends_on):
            known = not changed and not untold.intersection(model.depends_on)
            if not _bring(con, model, fresh, is_there=model.key in present, changed=changed, known=known):
                untold.add(model.key)
            built.append(model.key)
            done(model.key)
        if model.key == search_index.INDEXED and model.key in built:  # before others touch versions of the same text
            search_index.make(con) if model.key in untold else search_index.follow(con)
            done("search index")
    comment(con, {m.sql_name: (m.relation, m.description, m.columns) for m in project.models})
    _record(con, project)
    _install(con, project.macros)
    _check(con, project, touched | set(built), untold)
    done("checks")
    slices.end(con)
    return tuple(built)


def _bring(
    con: duckdb.DuckDBPyConnection, model: Model, fresh: Sequence[str], *, is_there: bool, changed: bool, known: bool
) -> bool:
    """Bring one model up to date, and say whether it is known now whose rows changed in it."""
    reach = {"sliced": slices.reach, "grouped": slices.reach_groups}.get(model.kind)
    sliced = reach is not None and known and reach(con, model)
    if model.sql_name == relinked.LINKS and is_there:
        relinked.remember(con, only_touched=sliced)
    if sliced:
        remake_model(con, model)
        return True
    tracked = model.tracked is not None and is_there
    if tracked:
        slices.remember(con, model)
    grows = not changed and model.kind == "incremental" and follows(con, model, fresh)
    build_model(con, model, fresh if grows else None)
    if tracked:
        slices.note_changes(con, model)
    return tracked


def _drop_unknown(con: duckdb.DuckDBPyConnection, project: Project) -> dict[str, str]:
    """Drop models that are gone or have turned from table to view or back; give the SHA-256 of those that stay."""
    rows = con.execute("select model, kind, sha256 from meta.models").fetchall()
    relations = {model.key: model.relation for model in project.models}
    old = {key: ("view" if kind == "view" else "table", digest) for key, kind, digest in rows}
    for key, (relation, _) in old.items():
        if relations.get(key) != relation:
            con.execute(f"drop {relation} {identifier(key.replace('/', '.'))}")
    return {key: digest for key, (relation, digest) in old.items() if relations.get(key) == relation}


def build_model(con: duckdb.DuckDBPyConnection, model: Model, fresh: Sequence[str] | None = None) -> None:
    """Make the table or view of a model, or append to it what these shards bring, and hold it to its head.

    Raises:
        BuildError: its SQL cannot be run, or its columns or grain are not those of its head.
    """
    name = identifier(model.sql_name)
    try:
        if model.kind == "incremental":
            tell(con, [])
        if model.kind == "sliced":
            slices.make(con, model)
        elif fresh is None:
            con.execute(f"create or replace {model.relation} {name} as {model.query}")
        if model.kind == "incremental":
            append(con, model, shards(con, model) if fresh is None else fresh)
    except duckdb.Error as error:
        raise BuildError(f"sql/{model.key}.sql: {error}") from error
    described = con.execute(f"select column_name from (describe {name})").fetchall()  # noqa: S608
    columns = [column for (column,) in described]
    if columns != list(model.columns):
        raise BuildError(f"sql/{model.key}.sql gives the columns {columns}, and its head describes {[*model.columns]}")
    _hold_to_grain(con, model, name)


def remake_model(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make the rows of a sliced or grouped model that may have changed anew, and hold them to its grain.

    Raises:
        BuildError: its SQL cannot be run, or gives two rows of one grain.
    """
    try:
        rows = slices.remake(con, model)
    except duckdb.Error as error:
        raise BuildError(f"sql/{model.key}.sql: {error}") from error
    _hold_to_grain(con, model, f"(from {identifier(model.sql_name)} where {rows})")


def _hold_to_grain(con: duckdb.DuckDBPyConnection, model: Model, rows: str) -> None:
    grain = ", ".join(map(identifier, model.grain))
    twice = con.execute(f"select {grain} from {rows} group by {grain} having count(*) > 1 limit 1").fetchone()  # noqa: S608
    if twice:
        raise BuildError(f"{model.sql_name} has more than one row for {dict(zip(model.grain, twice, strict=True))}")


def _record(con: duckdb.DuckDBPyConnection, project: Project) -> None:
    con.execute("delete from meta.models")
    keys, kinds, digests = ([str(getattr(m, of)) for m in project.models] for of in ("key", "kind", "sha256"))
    con.execute("insert into meta.models select unnest($1), unnest($2), unnest($3)", [keys, kinds, digests])


def _install(con: duckdb.DuckDBPyConnection, macros: Iterable[Macro]) -> None:
    for name, is_table, _ in con.execute(MACROS).fetchall():
        con.execute(f"drop macro {'table' if is_table else ''} {identifier(name)}")
    for macro in macros:
        try:
            con.execute(macro.statement)
        except duckdb.Error as error:
            raise BuildError(f"sql/macros/{macro.name}.sql: {error}") from error
    made = {name: told for name, *told in con.execute(MACROS).fetchall()}
    for macro in macros:
        is_table, parameters = made[macro.name]
        if parameters != list(macro.parameters):
            raise BuildError(
                f"sql/macros/{macro.name}.sql takes {parameters}, its head describes {[*macro.parameters]}"
            )
        kind = "macro table" if is_table else "macro"
        con.execute(f"comment on {kind} {identifier(macro.name)} is {literal(macro.description)}")


def _check(con: duckdb.DuckDBPyConnection, project: Project, touched: frozenset[str], untold: set[str]) -> None:
    """Run the checks that may come out differently now; what the others found is in `meta.checks` already.

    A claim by version that nothing broke can only be broken in the versions that are touched.
    """
    known = {(o.check.table, o.check.claim, o.check.query): o for o in outcomes(con, project)}
    old = [known.get((c.table, c.claim, c.query)) for c in project.checks]
    little = slices.is_little(con)
    found: list[Outcome] = []
    for check, outcome in zip(project.checks, old, strict=True):
        if outcome and not touched.intersection(check.depends_on):
            found.append(outcome)
            continue
        held = outcome is not None and outcome.failures == 0
        sliced = little and held and check.by_version and not untold.intersection(check.depends_on)
        if sliced:
            slices.fill(con, check.slices)
        found.append(run_check(con, check, check.sliced_query if sliced else check.query))
    con.execute("delete from meta.checks")
    columns = zip(*map(_told, found), strict=True) if found else [()] * 7
    unnested = ", ".join(f"unnest(${number})" for number in range(1, 8))
    con.execute(f"insert into meta.checks select {unnested}", [list(column) for column in columns])


def _told(o: Outcome) -> tuple[str | bool | int, ...]:
    """The row of an outcome in `meta.checks`."""
    check = o.check
    return (check.table, check.claim, check.description, check.blocking, check.query, o.failures, json.dumps(o.example))


def run_check(con: duckdb.DuckDBPyConnection, check: Check, query: str | None = None) -> Outcome:
    """Run a check on an open warehouse, or another select for its query.

    Raises:
        BuildError: DuckDB cannot run it.
    """
    query = query or check.query
    try:
        (failures,) = con.execute(f"select count(*) from ({query})").fetchone() or (0,)  # noqa: S608
        cursor = con.execute(f"from ({query}) limit 1")
    except duckdb.Error as error:
        raise BuildError(f"sql/checks/{check.table}.{check.claim}.sql: {error}") from error
    names = [column[0] for column in cursor.description or []]
    first = cursor.fetchone()
    return Outcome(check, failures, {} if first is None else dict(zip(names, map(_plain, first), strict=True)))


def outcomes(con: duckdb.DuckDBPyConnection, project: Project) -> tuple[Outcome, ...]:
    """What the project's checks found when this file was published."""
    rows = con.execute('select "table", claim, query, failures, example from meta.checks').fetchall()
    found = {(table, claim, query): (failures, json.loads(example)) for table, claim, query, failures, example in rows}
    keyed = [(check, found.get((check.table, check.claim, check.query))) for check in project.checks]
    return tuple(Outcome(check, *hit) for check, hit in keyed if hit is not None)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
