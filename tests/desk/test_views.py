"""Today, figures and quotes, in a browser: what stands there, and where it leads."""

import csv
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.desk.accessible import assert_accessible
from tests.desk.conftest import Open


def test_today_tells_what_came_in_and_what_was_rejected(visit: Open, desk: str) -> None:
    page = visit(desk)
    page.get_by_role("link", name="16 Nov 2026").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("16 Nov 2026")
    for words in ("truncated gzip", "the file has 0 bytes", "bad json"):
        expect(page.locator("section", has=page.get_by_role("heading", name="Rejected"))).to_contain_text(words)
    came = page.locator("section", has=page.get_by_role("heading", name="What came in"))
    expect(came.locator("tbody tr").first.locator("td").nth(1)).to_have_text("article")
    page.locator("section", has=page.get_by_role("heading", name="Articles by day")).get_by_role(
        "link", name="9 Nov 2026"
    ).click()
    page.get_by_role("link", name="UN says 2,300 peacekeepers").click()
    expect(page.locator("h1")).to_contain_text("UN says 2,300 peacekeepers now in Karvelia")


def test_today_names_silent_sources_and_the_newest_contradictions(visit: Open, made_up: str) -> None:
    page = visit(made_up)
    silent = page.locator("section", has=page.get_by_role("heading", name="Sources in trouble"))
    expect(silent).to_contain_text("silent")
    expect(page.locator("li.conflict").first).to_contain_text("Rescue Office")


def test_a_word_finds_its_figures_and_a_point_leads_to_its_sentence(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/sql")
    page.get_by_label("Find articles").fill("inflation in Norway")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="figures").click()
    expect(page.get_by_label("Of what")).to_have_value("inflation in Norway")
    expect(page.locator(".steps")).to_contain_text("inflation · Norway")
    point = page.locator("a.point", has_text="2.5%")
    expect(point).to_have_attribute("aria-label", re.compile("less than"))
    point.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".text .lit")).to_have_text("2.5%")


def test_updates_conflicts_bounds_and_intervals_are_told_apart(visit: Open, made_up: str) -> None:
    page = visit(f"{made_up}/figures?q=people+killed")
    conflict = page.locator("li.conflict")
    expect(conflict).to_have_count(1)
    for words in ("Rescue Office", "official", "The Courier", "Almer Hospital", "named", "The Herald"):
        expect(conflict).to_contain_text(words)
    assert page.locator("a.point").evaluate_all(
        "points => points.map(p => p.getAttribute('class').split(' ').slice(2).join(' '))"
    ) == ["first", "conflict", "update", "update approx", "update", "update"]
    expect(page.locator("a.point path.interval")).to_have_count(2)
    expect(page.locator("line.to.conflict")).to_have_count(1)
    conflict.get_by_role("link", name="30", exact=True).click()
    expect(page.locator("h1")).to_have_text("Flood kills 30")


def test_a_figure_that_nothing_is_compared_with_is_found_too(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/figures?q=mourning")
    expect(page.get_by_text("None of them can be compared with another yet.")).to_be_visible()
    page.get_by_label("Of what").fill("troops")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Every figure on “troops”").click()
    page.get_by_role("link", name="12,000", exact=True).last.click()
    expect(page.locator(".text .lit")).to_have_text("12,000")


def test_quotes_are_found_by_words_speaker_and_source(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/quotes")
    page.get_by_label("Words that were said").fill("helicopters")
    page.get_by_label("Speaker").fill("Achterberg")
    page.get_by_label("Source").select_option("official")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".quotations > li")).to_have_count(1)
    page.locator(".quotations a").first.click()
    expect(page.locator(".row.quotes.lit")).to_contain_text("Daniel Achterberg")


def test_one_utterance_is_followed_through_the_papers(visit: Open, made_up: str) -> None:
    page = visit(f"{made_up}/quotes?q=harbour")
    page.get_by_role("link", name="printed by 2 articles").first.click()
    expect(page.locator(".quotations > li")).to_have_count(2)
    expect(page.locator(".quotations")).to_contain_text("left out")


PAGES = (
    "/",
    "/figures?q=killed",
    "/quotes",
    "/articles",
    "/article/hostile",
    "/figure/hostile/0",
    "/no-page",
)


def test_no_page_has_a_serious_barrier(visit: Open, made_up: str) -> None:
    for path in PAGES:
        page = visit(f"{made_up}{path}")
        assert_accessible(page)
        assert page.title().endswith(" · Dateline")
        # What differs in the other scheme and a narrow window is contrast, and whether all fits in.
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 400, "height": 900})
        assert_accessible(page, "color-contrast")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_keyboard_begins_with_the_way_past_the_navigation(visit: Open, made_up: str) -> None:
    page = visit(f"{made_up}/article/herald")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_figure_has_an_address_a_citation_and_its_proof(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/articles?q=Karvelia+buffer+zone")
    page.get_by_role("link", name="U.N. Races to Man Karvelia Buffer Zone").click()
    page.locator(".row.quantities", has_text="7,500").get_by_role("link", name="cite").click()
    expect(page.locator("h1")).to_have_text("7,500 troops")
    cited = page.locator("#cited").inner_text()
    for words in (
        "7,500: “Planners hope to have up to 7,500 troops in place by the end of March",
        "(two officials who have seen the deployment schedule, expected, as of 31 Mar 2027)",
        "The Ledger, 2 Nov 2026",
    ):
        assert words in cited
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == cited
    proof = page.locator("pre").inner_text()
    page.goto(f"{desk}/sql")
    page.get_by_label("Query").fill(proof)
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Result").locator("tbody")).to_have_text("7,500")


def test_a_figure_leads_to_its_series_and_the_series_is_taken_away(visit: Open, made_up: str, tmp_path: Path) -> None:
    page = visit(f"{made_up}/article/herald")
    page.get_by_role("link", name="conflict, 2 of 6").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "series.csv")
    rows = list(csv.DictReader((tmp_path / "series.csv").read_text().splitlines()))
    assert [row["figure"] for row in rows] == ["9", "30", "41", "60", "70", "80"]
    assert (rows[1]["relation"], rows[1]["speaker"]) == ("conflict", "Almer Hospital")
