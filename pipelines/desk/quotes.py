"""What was said: quotes by their words, speaker, source and day; and one utterance as different papers printed it."""

import re
from typing import Any

from starlette.requests import Request

from pipelines.desk.newest import Reading
from pipelines.desk.view import PAGE, NotThereError, View, asked, page_of

WORDS = 8  # that are looked for
ARTICLES = 1000  # the newest, looked at first
KINDS = ("official", "named", "anonymous", "document", "media", "author")

# First which quotes, then what the mart tells of them: the mart's joins are not made for all that is left out.
CHOSEN = """
    select q.version_id, q."index" as quote
    from facts.quotes q
    join core.articles a on a.version_id = q.version_id and a.is_latest
    where {conditions}
    order by a.day desc, q.version_id, quote
    limit {most} offset {skip}"""
# Most pages are full of quotes of the newest articles; all are looked at only where those do not fill it.
RECENT = (
    "a.day >= (select min(day) from (select day from core.articles where is_latest order by day desc limit {most}))"
)
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
    bounds = {"most": PAGE + 1, "skip": (page - 1) * PAGE}
    recent = f"{conditions} and {RECENT.format(most=page * ARTICLES)}"
    found = reading.rows(CHOSEN.format(conditions=recent, **bounds), values)
    return found if len(found) > PAGE else reading.rows(CHOSEN.format(conditions=conditions, **bounds), values)


def _conditions(given: dict[str, str]) -> tuple[str, list[str]]:
    """What a quote has to be, as SQL, and the values of its parameters."""
    words = re.findall(r"\w[\w'’-]*", given["q"])[:WORDS]
    parts = ["has_word(q.text, ?)"] * len(words)
    others = {
        "speaker": "has_word(concat_ws(' ', q.speaker_name, q.speaker), ?)",
        "source": "q.source_type = ?",
        "day": "a.day = try_cast(? as date)",
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
