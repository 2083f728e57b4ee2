"""The commands as a user meets them: what they print, where, and how they end."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from pipelines import publish
from pipelines.cli import app
from pipelines.lake import Lake
from pipelines.settings import settings
from tests.world import DAY, NOON, SQL, article, march, put

HOSTILE = "=HYPERLINK('x')\x1b[31m <b>Ferry</b> \x9b2J"


@pytest.fixture
def dateline(data: Path) -> Any:
    """Run a command on the data folder of this test."""
    assert settings().data == data
    return lambda *arguments, given=None: CliRunner().invoke(app, list(arguments), input=given)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles, published; the second has a title that means harm."""
    folder = tmp_path_factory.mktemp("world")
    lake = Lake(folder / "lake")
    put(lake, "a", march(1), article("harm", "Ferries sail again.", title=HOSTILE, published_day=DAY), march(3))
    publish.publish(lake, folder / "warehouse", SQL)
    return folder


@pytest.fixture
def published(world: Path, data: Path) -> Path:
    """The data folder of this test, with those articles."""
    shutil.copytree(world, data, symlinks=True)
    return data


def query(dateline: Any, text: str) -> list[dict[str, Any]]:
    result: Result = dateline("sql", text, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


COMMANDS = [
    "ingest",
    "run",
    "status",
    "sql",
    "show",
    "extract",
    "verify",
    "sweep",
    "rebuild",
    "up",
    "desk",
    "brief",
    "docs",
    "demo",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(dateline: Any, command: str) -> None:
    result = dateline(command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_no_command_is_left_out() -> None:
    assert sorted(c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands) == sorted(COMMANDS)


def test_status_of_nothing_says_so_and_makes_nothing(dateline: Any, data: Path) -> None:
    result = dateline("status")
    assert (result.exit_code, data.exists()) == (0, False)
    assert "nothing yet; dateline run publishes" in result.stdout
    found = json.loads(dateline("status", "--json").stdout)
    assert (found["published"], found["days"], set(found["rows"].values())) == (None, [], {0})


@pytest.mark.parametrize("arguments", [("sql", "select 1"), ("show", "x"), ("sql",)])
def test_without_a_publication_there_is_nothing_to_ask(dateline: Any, arguments: tuple[str, ...]) -> None:
    result = dateline(*arguments)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "dateline run" in result.stderr


def test_a_wrong_path_is_not_understood(dateline: Any, tmp_path: Path) -> None:
    result = dateline("ingest", str(tmp_path / "gone"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no such file or folder" in result.stderr


def test_a_wrong_day_is_not_understood(dateline: Any) -> None:
    result = dateline("run", "--day", "yesterday")
    assert result.exit_code == 2
    assert "'yesterday' is no day" in result.stderr


def test_ingest_counts(dateline: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ostreva reopened.")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.doc").write_text("")
    found = json.loads(dateline("ingest", str(tmp_path), "--json").stdout)
    left = [str(tmp_path / "c.doc")]
    assert found == {"files": 2, "new": 2, "known": 0, "problems": 1, "skipped": left}
    assert "2 captured before" in dateline("ingest", str(tmp_path)).stdout
    todo = json.loads(dateline("status", "--json").stdout)["to do"]
    assert todo["shards to clean"] == 1


@pytest.mark.usefixtures("published")
class TestSql:
    def test_a_table_shows_control_characters_and_obeys_none(self, dateline: Any) -> None:
        result = dateline("sql", "select title from core.articles order by title")
        assert result.exit_code == 0
        assert "\x1b" not in result.stdout
        assert "\x9b" not in result.stdout
        assert "HYPERLINK" in result.stdout
        assert "<b>Ferry" in result.stdout

    def test_csv_holds_no_formula(self, dateline: Any) -> None:
        cells = "select * from (values ('=1+1'), ('+1'), ('-1'), ('@x'), (chr(9) || 'x'), ('＝1'), ('plain')) t(cell)"
        result = dateline("sql", cells, "-f", "csv")
        lines = result.stdout.replace("\r\n", "\n").split("\n")
        assert lines == ["cell", "'=1+1", "'+1", "'-1", "'@x", "'\tx", "'＝1", "plain", ""]
        numbers = dateline("sql", "select -1 a, -0.5::double b, date '2026-03-02' c, null d", "-f", "csv")
        assert numbers.stdout.replace("\r\n", "\n") == "a,b,c,d\n-1,-0.5,2026-03-02,\n"

    def test_json_and_parquet_are_exact(self, dateline: Any, tmp_path: Path) -> None:
        (found,) = query(
            dateline, "select title, published_day, authors from core.articles where starts_with(title, '=')"
        )
        assert found == {"title": HOSTILE, "published_day": "2026-03-02", "authors": []}
        target = tmp_path / "out.parquet"
        assert dateline("sql", "from core.articles", "-f", "parquet", "-o", str(target)).exit_code == 0
        assert pq.read_table(target).num_rows == 3

    def test_parquet_needs_a_file(self, dateline: Any) -> None:
        result = dateline("sql", "select 1", "-f", "parquet")
        assert (result.exit_code, "--output" in result.stderr) == (1, True)

    @pytest.mark.parametrize(
        "kind",
        [
            "select interval 1 month",
            "select uuid()",
            "select {'a': [1]}",
            "select 1 a, 2 a",
            "select map {'a': 1}",
            "select 'x'::blob",
            "select 1 where false",
            "select time '10:00'",
            "select 170141183460469231731687303715884105727::hugeint",
        ],
    )
    @pytest.mark.parametrize("form", ["table", "csv", "json"])
    def test_any_type_is_written(self, dateline: Any, kind: str, form: str) -> None:
        result = dateline("sql", kind, "-f", form)
        assert (result.exit_code, result.stderr) == (0, "")
        if form == "json":
            assert len([json.loads(line) for line in result.stdout.splitlines()]) == ("false" not in kind)

    def test_a_file_of_a_query_is_run(self, dateline: Any, tmp_path: Path) -> None:
        file = tmp_path / "count.sql"
        file.write_text("select count(*) as n from core.articles -- all of them")
        assert query(dateline, str(file)) == [{"n": 3}]
        missing = dateline("sql", str(tmp_path / "gone.sql"))
        assert missing.exit_code == 1

    def test_a_query_that_fails_says_why(self, dateline: Any) -> None:
        result = dateline("sql", "from core.artikles")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "artikles does not exist" in result.stderr

    @pytest.mark.parametrize(
        "statement",
        [
            "create table core.x as select 1",
            "insert into core.articles select * from core.articles",
            "delete from core.articles",
            "drop table core.articles",
            "copy (select 1) to '{folder}/out.csv'",
            "copy core.articles to '{folder}/out.parquet'",
            "export database '{folder}/out'",
            "attach '{folder}/other.duckdb'",
            "attach '{folder}/other.duckdb' (read_write)",
            "from read_text('{folder}/secret.txt')",
            "from read_csv('{folder}/secret.txt')",
            "from '{folder}/secret.csv'",
            "from glob('{folder}/*')",
            "install httpfs",
            "load '{folder}/x.duckdb_extension'",
            "set enable_external_access = true",
            "reset lock_configuration",
            "pragma enable_external_access",
            "select getenv('HOME')",
            "from read_blob('/proc/self/environ')",
        ],
    )
    def test_a_query_reads_the_warehouse_and_nothing_else(
        self, dateline: Any, tmp_path: Path, statement: str, published: Path
    ) -> None:
        for name in ("secret.txt", "secret.csv"):
            (tmp_path / name).write_text("secret\n1\n")
        before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
        result = dateline("sql", statement.format(folder=tmp_path))
        assert result.exit_code == 1, result.stdout
        assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before
        assert publish.is_current(Lake(published / "lake"), published / "warehouse", SQL)

    def test_the_cookbook_is_listed(self, dateline: Any) -> None:
        result = dateline("sql", "--cookbook")
        assert result.stdout.count("sql/cookbook/") == len(list((SQL / "cookbook").glob("*.sql")))

    def test_the_prompt_answers_and_outlives_errors(self, dateline: Any) -> None:
        result = dateline("sql", given="select 40\n + 2 as n;\nfrom nowhere;\nselect 'still here';\n")
        assert result.exit_code == 0
        assert "42" in result.stdout
        assert "nowhere" in result.stdout
        assert "still here" in result.stdout


@pytest.mark.usefixtures("published")
class TestShow:
    def test_by_id_and_by_words_of_the_title(self, dateline: Any) -> None:
        for which in ("march-1", "article-march-1", "PORT ALMER, DAY 1"):
            found = json.loads(dateline("show", which, "--json").stdout)
            assert found["version_id"] == "march-1"
        assert [q["text"] for q in found["quantities"]] == ["200"]

    def test_for_people_with_its_figures(self, dateline: Any) -> None:
        result = dateline("show", "march-3")
        assert result.exit_code == 0
        assert "200 troops had left Port Almer" in result.stdout.replace("\n", " ")
        assert "Ministry of Defence" in result.stdout

    def test_a_title_steers_no_terminal(self, dateline: Any) -> None:
        result = dateline("show", "harm")
        assert result.exit_code == 0
        assert not {"\x1b", "\x9b"} & set(result.stdout)

    def test_what_is_not_there_is_told(self, dateline: Any) -> None:
        result = dateline("show", "no such thing")
        assert (result.exit_code, result.stdout) == (3, "")
        assert "search" in result.stderr


def test_the_ui_listens_on_this_machine_alone(dateline: Any, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[list[str]] = []
    monkeypatch.chdir(data.parent)
    monkeypatch.setattr(os, "execve", lambda _program, arguments, _environment: begun.append(arguments))
    assert dateline("up", "--port", "3111").exit_code == 0
    (arguments,) = begun
    assert arguments[arguments.index("--host") :] == ["--host", "127.0.0.1", "--port", "3111"]


@pytest.mark.parametrize("command", [("ingest", "{folder}"), ("ingest", "{folder}/gone\x1b[2J"), ("entity", "list")])
def test_no_name_steers_a_terminal(dateline: Any, data: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "left\x1b[2J[red]out.doc").write_text("")
    data.mkdir()
    row = f"2026-03-02T10:00:00+00:00,a,rename,ORG:a,{HOSTILE},[link=x]why[/link]"
    (data / "decisions.csv").write_text(f"at,who,what,entities,value,why\n{row}\n")
    result = dateline(*(part.format(folder=folder) for part in command))
    told = result.stdout + result.stderr
    assert "\N{REPLACEMENT CHARACTER}" in told
    assert not {"\x1b", "\x9b"} & set(told)
    assert ("[red]out" in told) == (command[1] == "{folder}")
    assert ("[link=x]" in told.replace("\n", "")) == (command[0] == "entity")


def test_verify_names_damage_and_run_keeps_the_old_publication(dateline: Any, published: Path) -> None:
    assert json.loads(dateline("verify", "--json").stdout)["problems"] == []
    lake = Lake(published / "lake")
    (shard,) = lake.shards("raw/captures")
    path = lake.store.local(shard.path)
    path.write_bytes(path.read_bytes()[:-20])
    told = dateline("verify")
    assert (told.exit_code, told.stdout) == (1, "")
    assert shard.path in told.stderr
    found = dateline("verify", "--json")
    assert found.exit_code == 1
    (problem,) = json.loads(found.stdout)["problems"]
    assert problem.startswith(shard.path)
    refused = dateline("rebuild")
    assert refused.exit_code == 1
    assert "verify" in refused.stderr
    assert query(dateline, "select count(*) as n from core.articles") == [{"n": 3}]


def test_rebuild_publishes_the_same_anew(dateline: Any, published: Path) -> None:
    before = query(dateline, "from core.articles order by version_id")
    found = json.loads(dateline("rebuild", "--json").stdout)
    assert (found["generation"], found["rows"]["core/articles"]) == (2, 3)
    assert query(dateline, "from core.articles order by version_id") == before
    assert (published / "warehouse/warehouse.duckdb").resolve().name == "gen_000002.duckdb"


@pytest.mark.usefixtures("in_process")
def test_extract_reads_and_writes_json_lines(dateline: Any) -> None:
    lines = ['{"doc_id": "\\ud83d", "text": "Two ferries carried 1,200 people."}', "broken"]
    result = dateline("extract", "--body", given="\n".join(lines))
    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.stdout_bytes.splitlines())
    assert first["doc_id"] == "\ud83d"
    assert "1,200" in {q["text"].split()[0] for q in first["quantities"]}
    assert second["error"].startswith("not JSON")


def test_looking_loads_neither_models_nor_dagster(published: Path) -> None:
    script = """
import sys
from pipelines.cli import app
for command in (["status"], ["sql", "select 1"], ["verify"]):
    app(command, standalone_mode=False)
print(*sorted({"spacy", "trafilatura", "dagster", "lxml", "thinc"} & sys.modules.keys()), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "\n"
    assert str(published) in done.stdout
    assert NOON.date().isoformat() in done.stdout


def test_sweep_removes_what_no_commit_names_a_day_later(dateline: Any, published: Path) -> None:
    shard = Lake(published / "lake").shards("facts/quotes")[0]
    stray = published / "lake" / shard.path.replace(shard.sha256[:12], "0" * 12)
    stray.write_bytes(b"of a killed writer")
    assert json.loads(dateline("sweep", "--json").stdout) == {"removed": []}
    os.utime(stray, (NOON.timestamp(), NOON.timestamp()))
    assert json.loads(dateline("sweep", "--json").stdout)["removed"] == [str(stray.relative_to(published / "lake"))]
    assert dateline("verify").exit_code == 0


def test_a_lake_that_is_nowhere_is_told_without_a_traceback(dateline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_LAKE", "gs://bucket/lake")
    settings.cache_clear()
    result = dateline("status")
    assert (result.exit_code, result.stderr.strip()) == (
        1,
        "gs://bucket/lake is no place for a lake: give a folder or s3://bucket/prefix",
    )


def test_the_lake_may_be_another_folder(dateline: Any, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (published / "lake").rename(published / "elsewhere")
    monkeypatch.setenv("DATELINE_LAKE", str(published / "elsewhere"))
    settings.cache_clear()
    status = json.loads(dateline("status", "--json").stdout)
    assert (status["lake"], status["rows"]["clean/articles"]) == (str(published / "elsewhere"), 3)
    assert dateline("verify").exit_code == 0
