"""The desk as a web application: each view behind its path, for this machine's own browser and nobody else."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import duckdb
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipelines.decisions import DecisionError
from pipelines.desk.forms import ForeignError, form_of
from pipelines.desk.newest import Newest, Reading
from pipelines.desk.page import HERE, compile_all, render
from pipelines.desk.view import Act, NotThereError, View
from pipelines.desk.views import VIEWS
from pipelines.warehouse import NotPublishedError, WarehouseError

# A page of another site that gets its name to point here is refused: it would read the warehouse as one of ours.
HOSTS = ("127.0.0.1", "localhost")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def application(published: Path) -> Starlette:
    """The desk over the warehouse that a link points to; the link may point to nothing yet."""
    compile_all()
    newest = Newest(published)
    return Starlette(
        routes=[
            *(Route(view.path, _endpoint(view, newest)) for view in VIEWS),
            *(Route(view.path, _form(view, act, newest), methods=["POST"]) for view in VIEWS if (act := view.act)),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)],
        exception_handlers={404: _not_found},
    )


def _endpoint(view: View, newest: Newest) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return _answer(view, newest, lambda reading: view.show(reading, request))

    return answer


def _form(view: View, act: Act, newest: Newest) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            form = await form_of(request)
        except ForeignError as error:
            return _message("Refused", str(error), 403)
        return await run_in_threadpool(_answer, view, newest, lambda reading: act(reading, form))

    return answer


def _answer(view: View, newest: Newest, work: Callable[[Reading], Any]) -> Response:
    """The page of what a view gives, or what it answers by itself, or why there is neither."""
    try:
        with newest.reading() as reading:
            found = work(reading)
            return found if isinstance(found, Response) else _page(view.template, view=view, **found)
    except NotThereError as error:
        return _message("Not here", str(error), 404)
    except NotPublishedError:
        return _message("Nothing is published yet", "Run `dateline run`, then load this page again.", 503)
    except DecisionError as error:
        return _message("No decision", str(error), 400)
    except WarehouseError as error:
        return _message("The warehouse cannot be read", str(error), 503)
    except duckdb.Error as error:  # no memory left, a damaged block
        return _message("The warehouse could not answer", str(error), 500)


def _not_found(_request: Request, _error: Exception) -> Response:
    return _message("Not here", "The desk has no such page.", 404)


def _message(title: str, text: str, status: int) -> Response:
    return _page("message.html", status, view=None, title=title, text=text)


def _page(template: str, status: int = 200, **values: Any) -> Response:
    navigation = [view for view in VIEWS if view.in_navigation]
    return HTMLResponse(render(template, navigation=navigation, **values), status, HEADERS)
