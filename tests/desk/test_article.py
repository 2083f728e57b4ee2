"""The article view, in a browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import keeping
from tests.desk.conftest import Open


def karvelia(visit: Open, desk: str, **how: int) -> Page:
    page = visit(f"{desk}/articles?q=Karvelia+buffer+zone", **how)
    page.get_by_role("link", name="U.N. Races to Man Karvelia Buffer Zone").click()
    return page


def test_pointing_at_a_mark_shows_its_row_and_pointing_at_the_row_shows_the_mark(visit: Open, desk: str) -> None:
    page = karvelia(visit, desk)
    mark = page.locator(".text a.quantities", has_text="7,500")
    mark.hover()
    row = page.locator(".row.lit")
    for words in ("7,500", "at most", "troops", "two officials who have seen the deployment schedule", "expected"):
        expect(row).to_contain_text(words)
    expect(row).to_contain_text("31 Mar 2027")
    assert "troops" in page.locator(".text .of").all_inner_texts()
    page.locator(".text span[data-parts]:not([data-rows])").first.hover()
    page.locator(".row.quantities", has_text="18,000").hover()
    expect(page.locator(".text .lit")).to_have_text("18,000")


def test_the_keyboard_reaches_marks_and_rows(visit: Open, desk: str) -> None:
    page = karvelia(visit, desk)
    page.locator(".text a.quantities").first.focus()
    expect(page.locator(".row.lit .surface")).to_have_text("12,000")
    page.keyboard.press("Enter")
    row = page.url.partition("#")[2]
    page.locator(f"#{row} .surface").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(row.removeprefix("row-"))


def test_a_kind_can_be_switched_off(visit: Open, desk: str) -> None:
    page = karvelia(visit, desk)
    names = page.locator(".text a.mentions", has_text="Ghana").first
    expect(names).to_have_attribute("href", "#row-n3")
    page.get_by_label("Names").uncheck()
    expect(page.locator(".text .mentions")).to_have_count(0)
    expect(page.locator("section[data-kind=mentions]")).to_be_hidden()
    page.get_by_label("Names").check()
    expect(names).to_have_attribute("href", "#row-n3")


def test_in_a_narrow_window_the_row_comes_as_a_card(visit: Open, desk: str) -> None:
    page = karvelia(visit, desk, width=400)
    page.locator(".text a.quantities", has_text="1,150").focus()
    expect(page.locator("#pointed")).to_be_visible()
    expect(page.locator("#pointed")).to_contain_text("the official")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_names_lead_to_who_they_are(visit: Open, desk: str) -> None:
    page = karvelia(visit, desk)
    speaker = page.locator(".row.quotes", has_text="We are asking countries").get_by_role("link", name="Ingrid Solheim")
    expect(speaker).to_have_attribute("href", "/entity/person%3Aingrid-solheim")
    page.locator(".text a.mentions", has_text="Ghana").first.hover()
    page.locator(".row.lit").get_by_role("link", name="profile").click()
    expect(page.locator("h1")).to_have_text("Ghana")


def test_on_paper_the_facts_stand_beneath_the_text(visit: Open, desk: str) -> None:
    page = karvelia(visit, desk)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Views")).to_be_hidden()
    text, facts = page.locator(".text").bounding_box(), page.locator("#facts").bounding_box()
    assert text
    assert facts
    assert facts["y"] >= text["y"] + text["height"]
    assert page.locator("#facts").evaluate("e => e.scrollHeight <= e.clientHeight + 1")  # nothing is cut off


def test_what_cleaning_took_away_unfolds(visit: Open, desk: str, examples: Path) -> None:
    page = karvelia(visit, desk)
    with keeping(examples):
        page.get_by_text("What cleaning took away").click()
        expect(page.locator(".removed li").first).to_be_visible()
    kept = page.locator(".text").inner_text()
    assert page.locator(".removed li").first.inner_text() not in kept


def test_changed_figures_come_first_and_both_versions_stand_side_by_side(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/articles?q=Corvane+jobs")
    page.get_by_role("link", name="Corvane Energy to cut 430 jobs").click()
    changed = page.get_by_role("table", name="Figures that changed")
    expect(changed.locator("tbody tr").first.locator("td")).to_have_text(["340 jobs", "430 jobs"])
    page.get_by_text("side by side").click()
    expect(page.locator(".sides del").first).to_have_text("340")
    expect(page.locator(".sides ins").first).to_have_text("430")


def test_copies_of_the_story_are_listed(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/articles?q=cocoa+crop")
    page.get_by_role("link", name="Ghana's cocoa crop heads").click()
    page.get_by_role("link", name="Chocolate makers brace").click()
    expect(page.locator("h1")).to_have_text("Chocolate makers brace as Ghana cuts cocoa forecast")


def test_hostile_text_stands_there_as_text(visit: Open, made_up: str) -> None:
    page = visit(f"{made_up}/article/hostile")
    expect(page.locator("h1")).to_contain_text("<script>alert('script')</script>")
    assert "\u202e" not in page.content()
    assert "\x1b" not in page.content()
    expect(page.locator(".text img, .facts img, main script")).to_have_count(0)
    expect(page.locator("a[href^='javascript']")).to_have_count(0)
    page.locator(".text a.quantities").hover()
    expect(page.locator(".row.lit")).to_contain_text("<img src=x")
