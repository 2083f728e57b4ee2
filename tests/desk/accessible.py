"""axe-core's check of a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def assert_accessible(page: Page, *rules: str) -> None:
    """Fail with what axe-core finds serious or critical, by these rules or all."""
    options = {"runOnly": rules} if rules else None
    found = [
        v for v in Axe().run(page, options=options).response["violations"] if v["impact"] in {"serious", "critical"}
    ]
    assert not [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]
