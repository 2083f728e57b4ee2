"""One article for the terminal: its text with every fact in its colour, its figures beneath."""

from typing import Any

from rich.console import Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pipelines.cli.app import printable
from pipelines.reading import interval, shown

STYLES = {"quotes": "italic", "mentions": "cyan", "times": "magenta", "quantities": "bold yellow"}


def highlighted(article: dict[str, Any]) -> Group:
    """Head, legend, text and figures of an article."""
    head = Text(shown(article["title"]) or "without a title", style="bold")
    about = [", ".join(article["authors"]), article["publisher"], article["wire"], article["published_at"]]
    legend = Text("  ").join(Text(kind, style=style) for kind, style in STYLES.items())
    body = Text(printable(article["text"]))
    for kind, style in STYLES.items():
        for fact in article[kind]:
            body.stylize(style, fact["start"], fact["end"])
    return Group(
        head,
        Text(" | ".join(shown(a) for a in about if a), style="dim"),
        legend,
        Rule(),
        body,
        Rule(),
        _figures(article),
    )


def _figures(article: dict[str, Any]) -> Table:
    table = Table("figure", "value", "unit", "of", "said by", "how sure", "as of", header_style="bold", box=None)
    claims = {c["quantity"]: c for c in article["claims"]}
    for quantity in article["quantities"]:
        claim = claims.get(quantity["index"], {})
        until = claim.get("as_of_last")
        cells = (
            quantity["text"],
            interval(quantity),
            quantity["currency"] or quantity["unit"],
            quantity["counted"] or quantity["about"],
            claim.get("speaker_name") or claim.get("speaker") or claim.get("source_type"),
            claim.get("hedge"),
            until,
        )
        table.add_row(*(Text(shown(cell)) for cell in cells))
    return table
