"""The data dictionary: every table, column, macro and check of the warehouse as one page of Markdown."""

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from pipelines.build import build_model
from pipelines.catalogue import META, REFERENCE, SCHEMAS
from pipelines.models import Macro, Model, Project
from pipelines.schemas import TABLES
from pipelines.warehouse import LEFT_IN_LAKE, create, loaded_columns, sql_type, text

HEAD = """# The tables

Made by `dateline docs` from `pipelines/schemas/` and the heads of the files under `sql/`; a test holds it current.
The same texts stand in the warehouse itself: `select * from duckdb_columns()`.

Every `start` and `end` counts Unicode code points in the article's `text`, half open: `text[start + 1 : "end"]` in SQL.
`end` is a word of SQL's own and has to be quoted.
"""


def dictionary(project: Project) -> str:
    """The page. The types of the models' columns are those that DuckDB gives them, over empty tables.

    Raises:
        BuildError: a model's SQL cannot be run, or its columns are not those of its head.
    """
    types = _types(project)
    parts: list[str] = [HEAD]
    for schema, about in SCHEMAS.items():
        parts.append(f"## {schema}\n\n{about}\n")
        parts += [_lake_table(key) for key in TABLES if key.startswith(f"{schema}/")]
        models = sorted((m for m in project.models if m.key.startswith(f"{schema}/")), key=lambda m: m.key)
        parts += [_model(model, types[model.key]) for model in models]
        own = {"meta": META, "ref": REFERENCE}.get(schema, {})
        parts += [_section(f"{schema}.{n}", f"{about}\n", c) for n, (about, c) in own.items()]
    parts.append(_macros(project.macros))
    parts.append(_checks(project))
    return "\n".join(parts)


def _types(project: Project) -> dict[str, dict[str, str]]:
    with duckdb.connect() as con:
        create(con)
        for model in project.models:
            build_model(con, model)
        rows = con.execute(
            "select schema_name || '/' || table_name, column_name, data_type from duckdb_columns()"
        ).fetchall()
    types: dict[str, dict[str, str]] = {}
    for key, column, kind in rows:
        types.setdefault(key, {})[column] = kind
    return types


def _lake_table(key: str) -> str:
    table = TABLES[key]
    left = {name: table.schema.field(name) for of, name in LEFT_IN_LAKE if of == key}
    columns = loaded_columns(table) | {n: (sql_type(f), f"{text(f)}. In the lake alone") for n, f in left.items()}
    return _section(table.sql_name, f"{table.description}\n\n{_grain(table.grain)}\n", columns)


def _model(model: Model, types: Mapping[str, str]) -> str:
    columns = {name: (types[name], text) for name, text in model.columns.items()}
    kind = {
        "incremental": "A table that is appended to",
        "sliced": "A table, of which the rows of some article versions can be made anew",
        "grouped": "A table, of which some groups of rows can be made anew",
    }.get(model.kind, f"A {model.kind}")
    made = f"{kind}, from {', '.join(f'`{key.replace("/", ".")}`' for key in model.depends_on)}."
    return _section(model.sql_name, f"{model.description}\n\n{_grain(model.grain)} {made}\n", columns)


def _grain(grain: Iterable[str]) -> str:
    return f"One row for each {', '.join(f'`{column}`' for column in grain)}."


def _section(name: str, about: str, columns: Mapping[str, tuple[str, str]]) -> str:
    rows = [f"| `{column}` | {_cell(kind)} | {_cell(text)} |" for column, (kind, text) in columns.items()]
    return "\n".join([f"### {name}\n", about, "| column | type | what it is |", "|---|---|---|", *rows, ""])


def _macros(macros: Iterable[Macro]) -> str:
    return "\n".join(["## Macros\n", *(line for macro in macros for line in _macro(macro))])


def _macro(macro: Macro) -> Iterator[str]:
    yield f"### {macro.name}({', '.join(macro.parameters)})\n"
    yield f"{macro.description}\n"
    yield from (f"- `{name}`: {text}" for name, text in macro.parameters.items())
    yield ""


def _checks(project: Project) -> str:
    lines = ["## Checks\n", "| table | claim | a broken claim |", "|---|---|---|"]
    for check in project.checks:
        consequence = "stops publication" if check.blocking else "warns"
        lines.append(f"| {check.table.replace('/', '.')} | {_cell(check.description)} | {consequence} |")
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
