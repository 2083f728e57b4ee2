"""Today, figures and quotes, in a browser: what stands there, and where it leads."""

import re

import pytest
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
    page = visit(f"{desk}/figures")
    page.get_by_label("Of what").fill("inflation in Norway")
    page.keyboard.press("Enter")
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
    "/figures",
    "/figures?q=killed",
    "/quotes",
    "/articles",
    "/article/herald",
    "/article/hostile",
    "/no-page",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_barrier(visit: Open, made_up: str, scheme: str) -> None:
    for path in PAGES:
        page = visit(f"{made_up}{path}", scheme=scheme, width=1280 if scheme == "light" else 400)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
