"""Forms that do something: what they hold, and whether a page of this desk sent them."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request

LARGEST = 100_000  # bytes of a form
FIELDS = 20  # of a form

Form = Mapping[str, str]


class ForeignError(Exception):
    """Another site sent the form, or one too large; the message says so."""


def is_ours(request: Request) -> bool:
    """Whether a page of this desk sent a request, as the browser tells: a page of another site can send forms here too.

    W3C, Fetch Metadata Request Headers: only `same-origin` is a page of ours. Browsers without it send `Origin` with a
    form. A program that sends neither is refused: the command line does all that the forms do.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("origin") == f"http://{request.headers.get('host')}"


async def form_of(request: Request) -> Form:
    """The fields of a form, each once, as text.

    Raises:
        ForeignError: it comes from another site, or is too large.
    """
    if not is_ours(request):
        raise ForeignError("Another site sent this form. Nothing was done.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise ForeignError("The form is too large. Nothing was done.")
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        raise ForeignError("The form cannot be understood. Nothing was done.") from None
    return {name: values[-1] for name, values in fields.items()}
