"""What was said: quotes by their words, speaker, source and day; and one utterance as different papers printed it."""

import re
from typing import Any

from starlette.requests import Request

from pipelines.desk.newest import Reading
from pipelines.desk.view import PAGE, NotThereError, View, asked, page_of

WORDS = 8  # that are looked for
KINDS = ("official", "named", "anonymous", "document", "media", "author")

# Whole rows are read of those alone that are shown.
QUOTES = """
    select version_id, quote, day, publisher, title, text, kind, speaker, speaker_id, source_type, role, venue
    from mart.quotes
    where rowid in (
        select rowid
        from mart.quotes
        where {conditions}
        order by day desc, version_id, quote
        limit {most} offset {skip}
    )
    order by day desc, version_id, quote"""
PRINTS = """
    select version_id, quote, utterance_id, prints
    from mart.quote_lineage
    where version_id in (select unnest($versions))"""
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
    found = reading.rows(QUOTES.format(conditions=conditions, most=PAGE + 1, skip=(page - 1) * PAGE), values)
    quotes = found[:PAGE]
    return {
        "title": "Quotes",
        "given": given,
        "kinds": KINDS,
        "quotes": quotes,
        "prints": _prints(reading, quotes),
        "page": page,
        "follows": len(found) > PAGE,
    }


def _conditions(given: dict[str, str]) -> tuple[str, list[str]]:
    """What a quote has to be, as SQL, and the values of its parameters."""
    words = re.findall(r"\w[\w'’-]*", given["q"])[:WORDS]
    parts = ["has_word(text, ?)"] * len(words)
    others = {
        "speaker": "has_word(speaker, ?)",
        "source": "source_type = ?",
        "day": "day = try_cast(? as date)",
    }
    parts += [condition for name, condition in others.items() if given[name]]
    return " and ".join(["true", *parts]), words + [given[name] for name in others if given[name]]


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
