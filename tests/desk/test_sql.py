"""Questions in SQL, in a browser, and what a question may not do."""

import csv
import http.client
from datetime import date
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

from pipelines.desk.plot import plot
from pipelines.desk.sql import AskError, ask
from tests.desk.accessible import assert_accessible
from tests.desk.conftest import Open
from tests.desk.newsroom import HOSTILE
from tests.world import reading


def run(page: Page, query: str) -> None:
    page.get_by_label("Query").fill(query)
    page.get_by_role("button", name="Run").click()


def test_a_question_of_the_cookbook_is_asked_and_shown_as_table_and_chart(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/sql")
    page.get_by_label("Begin with a question").select_option("who_is_quoted")
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_role("region", name="Result")).to_have_count(0)  # nothing is asked by an address alone
    page.get_by_label("Query").focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Result")).to_contain_text("Kwabena Osei-Mensah")
    query = page.get_by_label("Query").input_value()
    assert "\nfrom mart.speakers\n" in query
    assert "\N{REPLACEMENT CHARACTER}" not in query
    page.get_by_text("As a chart").click()
    expect(page.get_by_role("img", name="quotes by speaker")).to_contain_text("Kwabena Osei-Mensah")
    page.get_by_text("mart.figures", exact=True).click()
    expect(page.locator("details[open]").get_by_text("The figure as printed")).to_be_visible()
    assert_accessible(page)


def test_a_result_is_taken_away_and_runs_nothing_in_a_spreadsheet(visit: Open, desk: str, tmp_path: Path) -> None:
    page = visit(f"{desk}/sql", scheme="dark", width=400)
    page.get_by_label("Query").fill("select '=1+1' as cell, 7 as n")
    for kind in ("CSV", "Parquet"):
        with page.expect_download() as download:
            page.get_by_role("button", name=kind).click()
        download.value.save_as(tmp_path / download.value.suggested_filename)
    assert list(csv.reader((tmp_path / "answer.csv").read_text().splitlines())) == [["cell", "n"], ["'=1+1", "7"]]
    assert pq.read_table(tmp_path / "answer.parquet").to_pylist() == [{"cell": "=1+1", "n": 7}]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_long_result_says_that_there_is_more_and_a_file_is_never_cut(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/sql")
    run(page, "from range(200_000)")
    expect(page.get_by_text("The first 1,000 rows; there are more.")).to_be_visible()
    page.get_by_role("button", name="CSV").click()
    expect(page.get_by_role("alert")).to_contain_text("more than 100,000 rows")


def test_hostile_rows_and_columns_are_text(visit: Open, made_up: str) -> None:
    page = visit(f"{made_up}/sql")
    column = '"<img src=x onerror=alert(1)>"'
    run(page, f"select publisher, publisher as {column}, 1 as n from core.articles where version_id = 'hostile'")  # noqa: S608
    expect(page.get_by_role("region", name="Result").get_by_text(HOSTILE)).to_have_count(2)
    expect(page.locator("main img, main script")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "no query"),
        ("selec 1", "syntax error"),
        ("from read_text('/etc/passwd')", "disabled by configuration"),
        ("copy (select 1) to '/tmp/x.csv'", "disabled by configuration"),
        ("attach '/tmp/x.duckdb'", "disabled by configuration"),
        ("set memory_limit = '90GB'", "locked"),
        ("delete from mart.figures", "read-only"),
        ("from range(1_000_000_000_000) order by hash(range)", "longer than 0.3 seconds"),
    ],
)
def test_a_query_can_read_the_warehouse_and_nothing_else(town: Path, query: str, told: str) -> None:
    with reading(town / "warehouse") as connection, pytest.raises(AskError, match=told):
        ask(connection.cursor(), query, 10, 0.3)


def test_another_site_can_ask_nothing(made_up: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(made_up).netloc)
    connection.request("POST", "/sql", urlencode({"query": "select 1"}), {"Sec-Fetch-Site": "cross-site"})
    assert connection.getresponse().status == 403
    connection.close()


def test_days_are_a_line_labels_are_bars_and_text_alone_is_nothing() -> None:
    days = [date(2026, 3, day) for day in (3, 1, 2)]
    line = plot(pa.table({"day": days, "articles": [3, 1, 2]}))
    assert line is not None
    assert (line.days, line.values) == (("2026-03-01", "2026-03-03"), ("3", "0"))
    assert line.line.startswith("M30.0 163.3L")
    bars = plot(pa.table({"name": ["up", "down", None], "n": [2.0, -2.0, 1.0]}))
    assert bars is not None
    assert [(bar.x, bar.length, bar.value) for bar in bars.bars] == [(445.0, 225.0, "2"), (220.0, 225.0, "-2")]
    assert plot(pa.table({"name": ["a"]})) is None
    assert plot(pa.table({"name": pa.array([], pa.string()), "n": pa.array([], pa.int64())})) is None
