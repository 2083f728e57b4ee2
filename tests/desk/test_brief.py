"""The brief: what it tells, in a browser, and that it needs nothing but itself."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.desk.brief import brief, newest_days
from tests.desk.accessible import assert_accessible
from tests.desk.conftest import Open
from tests.desk.newsroom import HOSTILE
from tests.world import DAY, reading


def shown(visit: Open, page: str, **how: int | str) -> Page:
    window = visit("about:blank", **how)
    window.set_content(page)
    return window


@pytest.fixture(scope="module")
def towns(town: Path) -> str:
    with reading(town / "warehouse") as connection:
        return brief(connection, DAY)


def test_the_brief_has_figures_with_their_proof_conflicts_quotes_silences_and_rejects(
    visit: Open, examples: Path
) -> None:
    with reading(examples / "warehouse") as connection:
        page = shown(visit, brief(connection, date(2026, 11, 2)))
    expect(page.locator(".totals")).to_have_text("1 article by 1 publisher · 54 figures · 37 quotes")
    first = page.locator("ol > li").first
    for words in ("12,000 troops", "officials (official) · planned", "as of 2 Nov 2026", "The Ledger"):
        expect(first).to_contain_text(words)
    expect(first.locator("mark")).to_have_text("12,000")
    expect(page.locator("blockquote").first).to_be_visible()
    expect(page.get_by_text("declined to say · on the schedule")).to_be_visible()
    expect(page.get_by_text("Nothing that was captured on this day was rejected.")).to_be_visible()
    assert_accessible(page)


def test_both_sides_of_a_conflict_stand_beside_each_other(visit: Open, towns: str) -> None:
    page = shown(visit, towns, scheme="dark", width=400)
    sides = page.locator("table.sides td")
    expect(sides).to_have_count(2)
    for side, words in zip(sides.all(), ("The Courier", "The Herald"), strict=True):
        expect(side).to_contain_text(words)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


def test_hostile_text_is_text_and_nothing_is_fetched(visit: Open, towns: str) -> None:
    page = shown(visit, towns)
    expect(page.get_by_text(HOSTILE).first).to_be_visible()
    expect(page.locator("img, script, link, iframe, [src], a[href^=javascript]")).to_have_count(0)
    assert "url(" not in towns
    expect(page.get_by_role("cell", name=HOSTILE)).to_be_visible()  # in the table of what was rejected


def test_a_day_and_a_warehouse_without_articles_have_a_brief_that_says_so(nothing: Path) -> None:
    with reading(nothing / "warehouse") as empty:
        assert newest_days(empty) == []
        page = brief(empty, DAY)
    assert "No article is of this day." in page
    assert "Figures" not in page


def test_the_command_writes_the_newest_day_and_says_where(examples: Path, tmp_path: Path, data: Path) -> None:
    data.symlink_to(examples)
    target = tmp_path / "mail" / "brief.html"
    done = CliRunner().invoke(app, ["brief", "--out", str(target)])
    assert (done.exit_code, done.stdout.strip()) == (0, str(target))
    assert target.read_bytes() == (examples / "briefs" / "2026-11-17.html").read_bytes()  # as the job wrote it


def test_the_command_says_what_is_missing(data: Path) -> None:
    none_yet = CliRunner().invoke(app, ["brief"])
    assert (none_yet.exit_code, "dateline run" in none_yet.stderr) == (3, True)
    wrong = CliRunner().invoke(app, ["brief", "--day", "Monday"])
    assert (wrong.exit_code, "2026-11-22" in wrong.stderr) == (2, True)
    assert not data.exists()
