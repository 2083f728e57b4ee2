"""Decisions by a click, in a browser: what is written, and who may write."""

import csv
import getpass
import http.client
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.settings import settings
from tests.conftest import keeping
from tests.desk.accessible import assert_accessible
from tests.desk.conftest import Open, serving
from tests.world import reading

MARTA, MARTHA = "person:marta-oreskov", "person:martha-oreskov"


@pytest.fixture
def own_town(town: Path, tmp_path: Path) -> Iterator[str]:
    """Address of a desk over a copy of the town, whose decisions are those of the settings."""
    with keeping(tmp_path / "data") as folder:
        shutil.copytree(town, folder, symlinks=True)
        with serving(settings().published) as address:
            yield address


def written() -> list[list[str]]:
    """The decisions, without when they were taken."""
    file = settings().decisions
    lines = file.read_text(encoding="utf-8").splitlines()[1:] if file.exists() else []
    return [row[1:] for row in csv.reader(lines)]


def pair(page: Page) -> None:
    row = page.get_by_role("region", name="Likely duplicates").locator("tbody tr")
    expect(row).to_contain_text("surname; 99% alike")


def test_a_click_merges_and_another_undoes_with_the_rows_of_the_command_line(visit: Open, own_town: str) -> None:
    page = visit(f"{own_town}/decisions")
    pair(page)
    expect(page.get_by_role("status")).to_have_count(0)  # what was decided is published
    before = settings().decisions.read_bytes()
    assert_accessible(page)
    page.get_by_role("button", name="Merge Martha Oreskov (person) into Marta Oreskov (person)").click()
    expect(page.get_by_role("status")).to_contain_text("Decision 2 is written. 1 decision waits")
    expect(page.get_by_text("Martha Oreskov merged into Marta Oreskov")).to_be_visible()
    expect(page.get_by_role("region", name="Likely duplicates")).to_have_count(0)
    page.get_by_role("button", name="Undo decision 2").click()
    expect(page.get_by_role("status")).to_contain_text("2 decisions wait")
    pair(page)
    by_clicks = written()
    settings().decisions.write_bytes(before)
    for command in (["merge", MARTA, MARTHA], ["undo", "2"]):
        assert CliRunner().invoke(app, ["entity", *command]).exit_code == 0
    assert by_clicks == written()
    assert by_clicks[1:] == [
        [getpass.getuser(), "merge", f"{MARTA} {MARTHA}", "", ""], [getpass.getuser(), "undo", "", "2", ""],
    ]  # fmt: skip


def test_what_is_kept_apart_leaves_the_list(visit: Open, own_town: str) -> None:
    page = visit(f"{own_town}/decisions", scheme="dark", width=400)
    page.get_by_role("button", name="Keep apart Marta Oreskov and Martha Oreskov").click()
    expect(page.get_by_text("No two names are so alike")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page, "color-contrast")
    by_click = written()[1:]
    assert CliRunner().invoke(app, ["entity", "apart", MARTA, MARTHA]).exit_code == 0
    assert written()[1:] == [*by_click, *by_click]


def test_what_is_kept_apart_is_no_likely_duplicate_in_the_next_publication(town: Path) -> None:
    with reading(town / "warehouse") as con:
        alike = """select count(*) from core.entities a join core.entities b on a.entity_id < b.entity_id
            where a.type = 'PERSON' and b.type = 'PERSON' and split_part(a.name, ' ', 2) = split_part(b.name, ' ', 2)"""
        assert con.execute(alike).fetchall() == [(2,)]
        assert con.execute("select name, other_name from mart.entity_duplicates").fetchall() == [
            ("Marta Oreskov", "Martha Oreskov")
        ]


def sent(address: str, form: str, headers: dict[str, str]) -> int:
    """Status of the answer to a form."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("POST", "/decisions", form, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_only_pages_of_the_desk_can_decide(own_town: str) -> None:
    form = f"what=merge&one={MARTA}&other={MARTHA}"
    for headers, refused in (
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),  # another port of this machine
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Host": "evil.example"}, 400),  # a name that was made to point here
    ):
        assert sent(own_town, form, headers) == refused
    assert len(written()) == 1
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": own_town}):
        assert sent(own_town, form, headers) == 303
    assert len(written()) == 3


def test_what_cannot_be_decided_is_not_written(own_town: str) -> None:
    ours = {"Sec-Fetch-Site": "same-origin"}
    assert sent(own_town, "what=hide&one=Q142", ours) == 404
    assert sent(own_town, f"what=merge&one={MARTA}&other=person:nobody", ours) == 404
    assert sent(own_town, "what=undo&number=7", ours) == 400
    assert sent(own_town, "what=undo&number=" + "1" * 200_000, ours) == 403
    assert len(written()) == 1
