"""One figure by its permanent address: its sentence, who gave it, and how to cite and prove it."""

from typing import Any

from starlette.requests import Request

from pipelines.desk.newest import Reading
from pipelines.desk.page import day, days, giver, web_address
from pipelines.desk.view import NotThereError, View

PUBLISHED = "select day, url from core.articles where version_id = $version and is_latest"
FIGURE = "from mart.figures where day = $day and version_id = $version and quantity = $quantity"
SERIES = "select series from mart.figure_timeline where version_id = $version and quantity = $quantity"


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """A figure of the newest version of an article, by its place among the article's figures."""
    one = {"version": request.path_params["version"], "quantity": request.path_params["quantity"]}
    articles = reading.rows(PUBLISHED, {"version": one["version"]})
    found = reading.rows(FIGURE, one | {"day": articles[0]["day"]}) if articles else []
    if not found:
        raise NotThereError("No newest version of an article has this figure. An edit may have changed it.")
    figure = found[0]
    series = reading.rows(SERIES, one)
    return {
        "title": " ".join(part for part in (figure["figure"], figure["counted"] or figure["about"]) if part),
        "figure": figure,
        "citation": citation(figure, articles[0]["url"]),
        "series": series[0]["series"] if series else None,
    }


def citation(figure: dict[str, Any], url: str | None) -> str:
    """Sentence, who gave the figure and how, for which days, where it was printed, and the characters that prove it."""
    source = giver(figure["speaker"], figure["source_type"])
    unnamed = figure["source_type"] if not figure["speaker"] and figure["source_type"] != "author" else ""
    negated = "negated" if figure["negated"] else ""
    as_of = days(figure["as_of_first"], figure["as_of_last"])
    said = ", ".join(part for part in (source, unnamed, figure["hedge"], negated, as_of and f"as of {as_of}") if part)
    printed = ", ".join(
        part for part in (figure["title"], figure["publisher"], day(figure["day"]), web_address(url)) if part
    )
    sentence = figure["evidence"].replace(f"«{figure['figure']}»", figure["figure"], 1).strip()
    proof = f"{figure['version_id']}:{figure['start']}-{figure['end']}"
    return f"{figure['figure']}: “{sentence}” ({said}). {printed}. Dateline {proof}."


VIEW = View("/figure/{version}/{quantity:int}", "One figure", "figure.html", show, in_navigation=False)
