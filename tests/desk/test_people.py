"""People and places, profiles and the map, in a browser."""

from playwright.sync_api import expect

from tests.desk.accessible import assert_accessible
from tests.desk.conftest import Open
from tests.desk.newsroom import HOSTILE


def test_a_name_leads_to_a_profile_with_roles_quotes_figures_and_company(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/people")
    expect(page.get_by_role("link", name="Santa Rufina")).to_be_visible()
    page.get_by_role("searchbox", name="Name").fill("charlery")
    page.get_by_label("Kind").select_option("person")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert_accessible(page)
    page.get_by_role("link", name="Alban Charlery").click()
    expect(page.get_by_role("row", name="Prime Minister 14 Oct 2026 6 Nov 2026 2")).to_be_visible()
    expect(page.locator("blockquote", has_text="three days of mourning")).to_be_visible()
    figure = page.get_by_role("row", name="EC$45 million")
    expect(figure).to_contain_text("expected")
    figure.get_by_role("link").click()
    expect(page.locator(".row.lit .surface")).to_have_text("EC$45 million")


def test_the_network_is_a_drawing_and_a_table_of_the_same(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/entity/place:karvelia", scheme="dark", width=400)
    drawn = page.locator(".network a")
    table = page.get_by_role("region", name="Who is named with Karvelia", exact=True)
    assert drawn.count() == table.locator("tbody tr").count()
    expect(table.locator("tbody tr").first).to_contain_text("United Nations")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
    drawn.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("United Nations")


def test_places_lie_where_they_are_on_a_map(visit: Open, desk: str) -> None:
    page = visit(f"{desk}/places")
    accra = page.get_by_role("link", name="Accra, 2 articles")
    circle = accra.locator("circle")
    assert abs(float(circle.get_attribute("cx") or 0) - 179.8) < 0.1  # 0.2 degrees west
    assert abs(float(circle.get_attribute("cy") or 0) - 84.4) < 0.1  # 5.6 degrees north
    assert_accessible(page)
    accra.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Accra")
    page.get_by_role("link", name="on the map").click()
    expect(page.locator(".map a:target")).to_contain_text("Accra")
    page.get_by_label("Named since").fill("2027-01-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No place is named since 2027-01-01.")).to_be_visible()


def test_a_hostile_name_is_text_in_list_profile_and_drawing(visit: Open, made_up: str) -> None:
    page = visit(f"{made_up}/people")
    page.get_by_role("link", name=HOSTILE).click()
    expect(page.locator("h1")).to_have_text(HOSTILE)
    expect(page.locator("blockquote")).to_have_text(HOSTILE)
    expect(page.locator("main img, main script")).to_have_count(0)


def test_who_is_not_there_is_told(visit: Open, made_up: str) -> None:
    page = visit(f"{made_up}/people?q=nobody")
    expect(page.get_by_text("is called “nobody”")).to_be_visible()
