"""What was said: quotes by their words, speaker, source and day; and one utterance as different papers printed it."""

import re
from typing import Any

from starlette.requests import Request

from pipelines.desk.newest import Reading
from pipelines.desk.view import PAGE, NotThereError, View, asked, page_of

WORDS = 8  # that are looked for
KINDS = ("official", "named", "anonymous", "document", "media", "author")

# First which quotes, then what the mart tells of them: its joins are not made for all that is left out. Words are
# looked for in the quotes of the newest articles, and in all only where those do not fill the page.
CHOSEN = """
    with newest as (
        select version_id, day from core.articles where is_latest order by day desc, version_id limit {newest}
    ),
    quotes as {materialized} (
        select q.version_id, q."index", q.text, q.speaker_name, q.speaker, q.source_type, n.day
        from facts.quotes q join newest n using (version_id)
    )
    select version_id, "index" as quote
    from quotes q
    where {conditions}
    order by day desc, version_id, quote
    limit {most} offset {skip}"""
NEWEST, ALL = 1000, 2**40  # articles
QUOTES = """
    select version_id, quote, day, publisher, title, text, kind, speaker, source_type, role, venue
    from mart.quotes
    where list_contains($versions, version_id)
    order by day desc, version_id, quote"""
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
    chosen = _chosen(reading, given, page)
    quotes = _quotes(reading, [(row["version_id"], row["quote"]) for row in chosen[:PAGE]])
    return {
        "title": "Quotes",
        "given": given,
        "kinds": KINDS,
        "quotes": quotes,
        "prints": _prints(reading, quotes),
        "page": page,
        "follows": len(chosen) > PAGE,
    }


def _chosen(reading: Reading, given: dict[str, str], page: int) -> list[dict[str, Any]]:
    """Which quotes stand on a page, and one of the next where there is one."""
    conditions, values = _conditions(given)
    bounds: dict[str, Any] = {"most": PAGE + 1, "skip": (page - 1) * PAGE}
    for newest, materialized in ((NEWEST * page, "materialized"), (ALL, "not materialized")):
        bounds |= {"newest": newest, "materialized": materialized}
        found = reading.rows(CHOSEN.format(conditions=conditions, **bounds), values)
        if len(found) > PAGE:
            break
    return found


def _conditions(given: dict[str, str]) -> tuple[str, list[str]]:
    """What a quote has to be, as SQL, and the values of its parameters."""
    words = re.findall(r"\w[\w'’-]*", given["q"])[:WORDS]
    parts = ["has_word(q.text, ?)"] * len(words)
    others = {
        "speaker": "has_word(concat_ws(' ', q.speaker_name, q.speaker), ?)",
        "source": "q.source_type = ?",
        "day": "q.day = try_cast(? as date)",
    }
    parts += [condition for name, condition in others.items() if given[name]]
    return " and ".join(["true", *parts]), words + [given[name] for name in others if given[name]]


def _quotes(reading: Reading, chosen: list[tuple[str, int]]) -> list[dict[str, Any]]:
    versions = sorted({version for version, _ in chosen})
    found = reading.rows(QUOTES, {"versions": versions}) if versions else []
    return [row for row in found if (row["version_id"], row["quote"]) in set(chosen)]


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
