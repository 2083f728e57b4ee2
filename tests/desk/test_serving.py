"""The desk as a service: what it answers before anything is there, who it answers, and that it follows publishing."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.desk.serve import bound
from pipelines.desk.views import VIEWS
from tests.desk.conftest import serving

LISTS = [view.path for view in VIEWS if view.in_navigation]


def test_an_empty_warehouse_has_pages_and_a_new_generation_is_picked_up(
    nothing: Path, town: Path, tmp_path: Path
) -> None:
    link = tmp_path / "warehouse.duckdb"
    with serving(link) as desk:
        before = httpx.get(desk)
        assert (before.status_code, "dateline run" in before.text) == (503, True)
        show(link, nothing)
        for path in [*LISTS, "/figures?q=troops", "/quotes?q=rain", "/articles?q=rain"]:
            assert httpx.get(f"{desk}{path}", timeout=30).status_code == 200, path
        assert "Nothing has come in yet" in httpx.get(desk).text
        show(link, town)
        assert "Flood kills 30" in httpx.get(f"{desk}/articles").text
        assert httpx.get(f"{desk}/article/herald").status_code == 200


def show(link: Path, data: Path) -> None:
    """Let a link point to what is published in a data folder, as publishing does: in one step."""
    beside = link.with_name("next")
    beside.symlink_to((data / "warehouse" / "warehouse.duckdb").resolve())
    beside.replace(link)


def test_only_this_machines_own_names_are_answered(made_up: str) -> None:
    assert httpx.get(made_up, headers={"Host": "rebound.example"}).status_code == 400
    assert httpx.get(made_up, headers={"Host": "localhost:8100"}).status_code == 200


def test_no_page_may_run_what_is_not_the_desks(made_up: str) -> None:
    for path in [*LISTS, "/article/hostile", "/no-page"]:
        policy = httpx.get(f"{made_up}{path}").headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "/article/no-such",
        "/article/no-such/removed",
        "/figure/herald/9",
        "/figure/no-such/0",
        "/series/no-such.csv",
        "/quote/no-such/1",
        "/article/'; drop table x",
        "/no-page",
    ],
)
def test_what_is_not_there_is_said_to_be_missing(made_up: str, path: str) -> None:
    answer = httpx.get(f"{made_up}{path}")
    assert (answer.status_code, "Not here" in answer.text) == (404, True)


@pytest.mark.parametrize(
    "path",
    [
        "/?day=x",
        "/articles?page=-3",
        "/articles?page=9999999&day=x",
        "/quotes?day=1&q=''%25_",
        "/figures?q=%F0%9F",
        "/articles?q=(((%00",
        "/articles?q=the",
        "/people?q='&type=x",
        "/figures?series='",
    ],
)
def test_what_is_asked_for_wrongly_gets_a_page(made_up: str, path: str) -> None:
    assert httpx.get(f"{made_up}{path}").status_code == 200


def test_the_command_serves_what_is_published(examples: Path) -> None:
    program = [sys.executable, "-c", "from pipelines.cli import app; app()", "desk", "--port", "0"]
    environment = {**os.environ, "DATELINE_DATA": str(examples), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            address = next(word for word in process.stdout.readline().split() if word.startswith("http://"))
            assert "Lumetra in Talks" in httpx.get(f"{address}/articles").text
        finally:
            process.terminate()


def test_a_missing_package_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pipelines.desk.serve")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ran = CliRunner().invoke(app, ["desk", "--port", "0"])
    assert (ran.exit_code, "uvicorn" in ran.stderr, "[desk]" in ran.stderr) == (1, True, True)


def test_a_port_that_is_taken_is_named() -> None:
    with bound(0) as at:
        at.listen()
        port = str(at.getsockname()[1])
        ran = CliRunner().invoke(app, ["desk", "--port", port])
    assert (ran.exit_code, port in ran.stderr, "--port" in ran.stderr) == (1, True, True)
