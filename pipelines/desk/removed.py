"""What cleaning took away: the lines of what was captured that are not in the article's text."""

import re
from typing import Any, NamedTuple

import pyarrow.compute as pc
from starlette.requests import Request

from pipelines.clean import lines, page
from pipelines.clean.capture import document
from pipelines.clean.document import Rejected
from pipelines.desk.newest import Reading
from pipelines.desk.view import NotThereError, View
from pipelines.lake import LakeError, lake_of
from pipelines.schemas import Capture
from pipelines.settings import settings
from pipelines.storage import StorageError

CAPTURED = """
    select a.version_id, a.title, a.subtitle, a.text, a.capture_id, c.shard, c.source, c.media_type
    from core.articles a join raw.captures c using (capture_id)
    where a.version_id = ?"""
RUN = 5  # words in a row by which a line is known to be in the text in part
MOST = 2000  # lines shown
_WORD = re.compile(r"\w+")


class Removed(NamedTuple):
    """A line that is not in the text, or only in part."""

    text: str
    in_part: bool


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """The removed lines of an article version: read from the lake, so only when somebody asks."""
    found = reading.rows(CAPTURED, [request.path_params["version"]])
    if not found:
        raise NotThereError("No article version has this id.")
    article = found[0]
    kept = "\n".join(part for part in (article["title"], article["subtitle"], article["text"]) if part)
    gone = removed(_captured(article), kept)
    return {"title": "What cleaning took away", "article": article, "lines": gone[:MOST], "more": len(gone) - MOST}


def _captured(article: dict[str, Any]) -> list[str]:
    """The lines of what was captured, as a browser would show them.

    It gave an article once within the limits of a cleaning worker, so it is read here without one.
    """
    try:
        lake = lake_of(settings())
        shard = next(s for s in lake.shards("raw/captures") if s.path == article["shard"])
        table = lake.read(shard)
        capture: Capture = table.filter(pc.field("capture_id") == article["capture_id"]).to_pylist()[0]
        source, _ = document(capture, settings().fields)
    except (StorageError, LakeError, Rejected, StopIteration, IndexError):
        raise NotThereError("What was captured is not in the lake any more, or cannot be read.") from None
    found = lines.of_text(source.text or "") if source.html is None else lines.of_page(page.parse(source.html))
    return [line.text for line in found if line.text.strip()]


def removed(captured: list[str], kept: str) -> list[Removed]:
    """The lines that the text lacks, in their order; punctuation and case do not count."""
    words = _words(kept)
    whole = f" {' '.join(words)} "
    runs = {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    found = []
    for line in captured:
        own = _words(line)
        if not own or f" {' '.join(own)} " in whole:
            continue
        in_part = any(tuple(own[i : i + RUN]) in runs for i in range(len(own) - RUN + 1))
        found.append(Removed(line, in_part))
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


VIEW = View("/article/{version}/removed", "What cleaning took away", "removed.html", show, in_navigation=False)
