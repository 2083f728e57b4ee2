"""One desk over the examples, one over made-up rows, and one browser for all tests of the desk.

They live as long as the tests of this package run: the browser's driver keeps an event loop in this thread, which would
disturb others. What is published is published once for all processes.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from pipelines.desk.app import application
from pipelines.desk.serve import bound
from pipelines.lake import Lake
from pipelines.publish import publish
from tests.conftest import made_once
from tests.desk.newsroom import settle
from tests.world import SQL

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
Open = Callable[..., Page]


@pytest.fixture(scope="package")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, to be copied by tests that write: made-up rows, what the examples lack, and hostile text."""
    return made_once(tmp_path_factory, "town", settle)


@pytest.fixture(scope="package")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose warehouse is published and empty."""

    def make(folder: Path) -> None:
        publish(Lake(folder / "lake"), folder / "warehouse", SQL)

    return made_once(tmp_path_factory, "nothing", make)


@pytest.fixture(scope="package")
def desk(examples: Path) -> Iterator[str]:
    """Address of a desk over the examples."""
    with serving(examples / "warehouse" / "warehouse.duckdb") as address:
        yield address


@pytest.fixture(scope="package")
def made_up(town: Path) -> Iterator[str]:
    """Address of a desk over the made-up rows."""
    with serving(town / "warehouse" / "warehouse.duckdb") as address:
        yield address


@contextmanager
def serving(published: Path) -> Iterator[str]:
    """A desk in a thread of this process; gives its address."""
    at = bound(0)
    server = uvicorn.Server(uvicorn.Config(application(published), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [at]})
    thread.start()
    try:
        yield "http://{}:{}".format(*at.getsockname())
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="package")
def browser(examples: Path) -> Iterator[Browser]:
    """Debian's chromium.

    The examples come first: once the driver's loop is at work in this thread, they could not be run any more.
    """
    assert examples
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed: apt-get install chromium")
        pytest.skip("the browser tests drive chromium, which is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Opens an address in a window; a script's error, a refused script or a call to another host fails the test."""
    context = browser.new_context()
    wrong: list[str] = []

    def open_page(address: str, *, scheme: str = "light", width: int = 1280) -> Page:
        page = context.new_page()
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.on(
            "console", lambda said: wrong.append(said.text) if said.type == "error" and "404" not in said.text else None
        )
        page.on("request", lambda asked: None if "//127.0.0.1:" in asked.url else wrong.append(asked.url))
        page.goto(address)
        return page

    yield open_page
    context.close()
    assert not wrong
