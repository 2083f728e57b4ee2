"""The data dictionary says everything that there is."""

from pipelines.dictionary import dictionary
from pipelines.models import load
from pipelines.schemas import TABLES
from tests.world import SQL


def test_every_table_column_macro_and_check_stands_in_it() -> None:
    project = load(SQL)
    page = dictionary(project)
    sections = {part.split("\n")[0].split("(")[0]: part for part in page.split("### ")[1:]}
    for table in TABLES.values():
        for field in table.schema:
            assert f"| `{field.name}` | " in sections[table.sql_name]
            assert field.metadata[b"description"].decode() in sections[table.sql_name]
    for model in project.models:
        assert model.description in sections[model.sql_name]
        assert [f"| `{name}` | " in sections[model.sql_name] for name in model.columns] == [True] * len(model.columns)
    for macro in project.macros:
        assert macro.description in sections[macro.name]
    for check in project.checks:
        assert check.description in page


def test_types_are_those_of_the_built_tables() -> None:
    page = dictionary(load(SQL))
    assert "| `figures_added` | VARCHAR[] | Figures, with what they count" in page
    assert "| `content` | BLOB NOT NULL | The bytes of the document, unchanged" in page
    assert "In the lake alone" in page


def test_it_is_the_same_every_time() -> None:
    project = load(SQL)
    assert dictionary(project) == dictionary(project)
