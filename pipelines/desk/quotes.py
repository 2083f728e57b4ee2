"""What was said: quotes by their words, speaker, source and day; and one utterance as different papers printed it."""

import re
from typing import Any

from starlette.requests import Request

from pipelines.desk.newest import Reading
from pipelines.desk.view import PAGE, NotThereError, View, asked, page_of

WORDS = 8  # that are looked for
KINDS = ("official", "named", "anonymous", "document", "media", "author")

QUOTES = """
    select q.version_id, q.quote, q.day, q.publisher, q.title, q.text, q.kind, q.speaker, q.source_type, q.role, q.venue,
        q.said_first, q.said_last
    from mart.quotes q
    where {conditions}
    order by q.day desc, q.version_id, q.quote
    limit {most} offset {skip}"""
PRINTS = """
    select version_id, quote, utterance_id, prints
    from mart.quote_lineage
    where list_contains($versions, version_id)"""
UTTERANCE = """
    from mart.quote_lineage
    where utterance_id = (
        select utterance_id from mart.quote_lineage where version_id = $version and quote = $quote
    )
    order by day, version_id, quote"""


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """A page of quotes, the newest first."""
    given = {name: asked(request, name) for name in ("q", "speaker", "source", "day")}
    page = page_of(request)
    conditions, values = _conditions(given)
    query = QUOTES.format(conditions=conditions, most=PAGE + 1, skip=(page - 1) * PAGE)
    found = reading.rows(query, values)
    prints = _prints(reading, found[:PAGE])
    return {
        "title": "Quotes",
        "given": given,
        "kinds": KINDS,
        "quotes": found[:PAGE],
        "prints": prints,
        "page": page,
        "follows": len(found) > PAGE,
    }


def _conditions(given: dict[str, str]) -> tuple[str, list[str]]:
    parts, values = ["true"], []
    for word in re.findall(r"\w[\w'’-]*", given["q"])[:WORDS]:
        parts.append("has_word(q.text, ?)")
        values.append(word)
    for name, condition in (
        ("speaker", "has_word(q.speaker, ?)"),
        ("source", "q.source_type = ?"),
        ("day", "q.day = try_cast(? as date)"),
    ):
        if given[name]:
            parts.append(condition)
            values.append(given[name])
    return " and ".join(parts), values


def _prints(reading: Reading, quotes: list[dict[str, Any]]) -> dict[tuple[str, int], int]:
    """How many articles print each of the quotes, where more than one does."""
    versions = sorted({quote["version_id"] for quote in quotes})
    found = reading.rows(PRINTS, {"versions": versions}) if versions else []
    return {(row["version_id"], row["quote"]): row["prints"] for row in found}


def show_utterance(reading: Reading, request: Request) -> dict[str, Any]:
    """All prints of the utterance that a quote is one of."""
    where = {"version": request.path_params["version"], "quote": request.path_params["quote"]}
    prints = reading.rows(UTTERANCE, where)
    if not prints:
        raise NotThereError("No other article prints this quote.")
    return {"title": "One utterance", "prints": prints, "first": prints[0]}


VIEW = View("/quotes", "Quotes", "quotes.html", show)
UTTERANCE_VIEW = View(
    "/quote/{version}/{quote:int}", "One utterance", "utterance.html", show_utterance, in_navigation=False
)
