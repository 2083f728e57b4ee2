"""What a view of the desk is."""

from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from pipelines.desk.forms import Form
from pipelines.desk.newest import Reading

PAGE = 50  # rows on one page of a list
LAST_PAGE = 200  # whoever looks further wants to search instead


Act = Callable[[Reading, Form], dict[str, Any] | Response]


class NotThereError(Exception):
    """What the address names is not in the warehouse; the message says so."""


class View(NamedTuple):
    """One view: `show` reads from the warehouse what the template needs, or gives a file; it may raise `NotThereError`.

    `act` does what a form of the view asks for, and gives what the template needs or an answer of its own.
    """

    path: str
    name: str
    template: str
    show: Callable[[Reading, Request], dict[str, Any] | Response]
    in_navigation: bool = True
    act: Act | None = None


def asked(request: Request, name: str, longest: int = 200) -> str:
    """A parameter of the query string, without the space around it; empty where it is not given."""
    return request.query_params.get(name, "").strip()[:longest]


def attached(content: bytes, media_type: str, name: str) -> Response:
    """A file to take away."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=media_type, headers=headers)


def page_of(request: Request) -> int:
    """The page of a list that is asked for, from 1; what is no number is the first."""
    given = asked(request, "page", 9)
    return min(max(int(given), 1), LAST_PAGE) if given.isdecimal() else 1
