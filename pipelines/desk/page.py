"""Pages out of templates. Whatever comes from an article is text: it is escaped, and cannot steer the page."""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pipelines.reading import interval
from pipelines.reading import shown as shown_on_a_line

HERE = Path(__file__).parent
# Control characters but tab and line feed, and marks of direction that would turn the text around them
_STEERS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")


@cache
def environment() -> Environment:
    """Jinja with what the templates of the desk use."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "number": number,
        "day": day,
        "days": days,
        "moment": moment,
        "interval": interval,
        "words": spaced,
        "evidence": evidence,
        "giver": giver,
        "web": web_address,
        "many": many,
    }
    return found


def compile_all() -> None:
    """Compile the templates, so that the first page need not wait for it."""
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


def harmless(value: Any) -> Any:
    """A value as a template prints it: nothing for None, and no control character that would steer the page."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _STEERS.sub("\N{REPLACEMENT CHARACTER}", value)
    return value


def number(value: Any) -> str:
    """A number as people read it: `10,000`, `2.4`."""
    return f"{value:,}" if isinstance(value, int) else shown_on_a_line(value)


def day(value: date | None) -> str:
    """A day as people write it: `12 Oct 2026`; empty for none."""
    return f"{value.day} {value:%b %Y}" if value else ""


def days(first: date | None, last: date | None) -> str:
    """A day or a stretch of days; a whole month or year goes by its name."""
    if first is None or last is None or first == last:
        return day(last or first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= 28:  # noqa: PLR2004  # February's
        return f"{first:%b %Y}"
    return f"{day(first)} to {day(last)}"


def moment(value: datetime | None) -> str:
    """A point in time to the minute: `12 Oct 2026, 14:05 UTC`."""
    return f"{day(value)}, {value:%H:%M} UTC" if value else ""


def spaced(value: str | None) -> str:
    """A value of a list as words: `at_least` as `at least`."""
    return (value or "").replace("_", " ")


def giver(speaker: str | None, source_type: str | None) -> str:
    """Who gave a figure or said something: a speaker, the article itself, or somebody who cannot be told."""
    return speaker or ("the article itself" if source_type == "author" else "source unknown")


def evidence(value: str | None, figure: str) -> Markup:
    """A sentence of evidence with its figure marked, which stands between « and »; what the text has of them stays."""
    before, found, after = (harmless(value) or "").partition(f"«{harmless(figure)}»")
    return escape(before) + (Markup("<mark>") + harmless(figure) + Markup("</mark>") + after if found else "")


def web_address(value: str | None) -> str:
    """An address that a link may lead to: http or https; empty for any other."""
    try:
        return value if value and urlsplit(value).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def many(count: int, one: str, more: str = "") -> str:
    """A count with its noun: `1 article`, `1,200 articles`."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def render(template: str, **values: Any) -> str:
    """The HTML of a template."""
    return environment().get_template(template).render(values)
