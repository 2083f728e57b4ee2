"""The desk as a web application: each view behind its path, for this machine's own browser and nobody else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipelines.desk.newest import Newest
from pipelines.desk.page import HERE, render
from pipelines.desk.view import NotThereError, View
from pipelines.desk.views import VIEWS
from pipelines.warehouse import NotPublishedError, WarehouseError

# A page of another site that gets its name to point here is refused: it would read the warehouse as one of ours.
HOSTS = ("127.0.0.1", "localhost")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def application(published: Path) -> Starlette:
    """The desk over the warehouse that a link points to; the link may point to nothing yet."""
    newest = Newest(published)
    return Starlette(
        routes=[
            *(Route(view.path, _endpoint(view, newest)) for view in VIEWS),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)],
        exception_handlers={404: _not_found},
    )


def _endpoint(view: View, newest: Newest) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            with newest.reading() as reading:
                return _page(view.template, view=view, **view.show(reading, request))
        except NotThereError as error:
            return _message("Not here", str(error), 404)
        except NotPublishedError:
            return _message("Nothing is published yet", "Run `dateline run`, then load this page again.", 503)
        except WarehouseError as error:
            return _message("The warehouse cannot be read", str(error), 503)
        except duckdb.Error as error:  # no memory left, a damaged block
            return _message("The warehouse could not answer", str(error), 500)

    return answer


def _not_found(_request: Request, _error: Exception) -> Response:
    return _message("Not here", "The desk has no such page.", 404)


def _message(title: str, text: str, status: int) -> Response:
    return _page("message.html", status, view=None, title=title, text=text)


def _page(template: str, status: int = 200, **values: Any) -> Response:
    navigation = [view for view in VIEWS if view.in_navigation]
    return HTMLResponse(render(template, navigation=navigation, **values), status, HEADERS)
