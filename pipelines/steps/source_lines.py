"""What the lake has learned of its sources' fixed lines: which lines of new articles the same site printed before.

A line is fixed where the site printed it in three different articles on earlier days, each time at the article's edge,
or in a fifth of its articles. Sentences that papers use again ("The company did not respond to a request for comment.")
stand anywhere, and in few. Versions of one article and copies of one text count once.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import duckdb

from pipelines.clean.loose import Loose, loose_lines, without
from pipelines.clean.version import CLEANER_VERSION
from pipelines.lake import Lake, arrow_table
from pipelines.link.address import site
from pipelines.link.fingerprint import fingerprint
from pipelines.link.identity import article_id
from pipelines.scan import scan
from pipelines.schemas import TABLES, Capture, Cleaned, Hash64, SourceLine

TABLE = "clean/source_lines"
MEMORY = timedelta(days=90)  # residue older than that has changed, and a look back must not cost more every day
ARTICLES = 3  # different ones: two may share a quote or a paragraph
SHARE = 0.2  # of a site's articles with such lines
_FIXED = """
    with seen as (from shards semi join here using (site)),
    sites as (select site, count(distinct article_id) as articles from seen group by site),
    printed as (
        select site, line, min(story) as story, bool_and(at_edge) as at_edge
        from seen semi join here using (site, line) group by site, line, article_id
    ),
    lines as (
        select site, line, count(distinct story) as articles, bool_and(at_edge) as at_edge
        from printed group by site, line
    )
    select here.capture_id, here.line
    from here join lines using (site, line) join sites using (site)
    anti join (from seen where not taken_out) as kept on kept.article_id = here.article_id and kept.line = here.line
    where lines.articles >= $articles
        and (lines.at_edge and here.at_edge or lines.articles >= $share * sites.articles)
"""


def lines_of(capture: Capture, cleaned: Cleaned) -> list[SourceLine]:
    """The lines of an article that may be its site's, none of them taken out; no line where the site is unknown."""
    where = site(cleaned["url"]) if cleaned["url"] else cleaned["publisher"]
    if not where:
        return []
    found = loose_lines(cleaned["text"], cleaned["title"])
    article, story = article_id(cleaned), _story(cleaned, found)
    return [
        {
            "capture_id": capture["capture_id"],
            "line": one.line,
            "site": where,
            "article_id": article,
            "story": story,
            "at_edge": one.at_edge,
            "text": one.text,
            "taken_out": False,
            "cleaner_version": CLEANER_VERSION,
        }
        for one in found
    ]


def fixed(lake: Lake, day: date, lines: Sequence[SourceLine]) -> set[tuple[str, Hash64]]:
    """Which of these lines their sites printed on the 90 days before this one: their capture and their hash.

    A line that an earlier version of the same article kept is none of them: no edit was made there.
    """
    shards = [s for s in lake.shards(TABLE) if day - MEMORY <= s.day < day and s.rows]
    if not shards or not lines:
        return set()
    with duckdb.connect() as con, lake.copies(shards) as files:
        con.register("here", arrow_table(TABLES[TABLE], lines))
        con.execute(f"create view shards as from {scan(TABLES[TABLE], files)}")
        rows = con.execute(_FIXED, {"articles": ARTICLES, "share": SHARE}).fetchall()
    return {(capture, Hash64(line)) for capture, line in rows}


def take_out(cleaned: Cleaned, lines: Sequence[SourceLine], gone: Collection[Hash64]) -> None:
    """Leave these lines out of an article, and say so in their rows, unless the article would lose too much."""
    text = without(cleaned["text"], gone)
    if text == cleaned["text"]:
        return
    cleaned["text"] = text
    for row in lines:
        row["taken_out"] = row["line"] in gone
        row["article_id"] = article_id(cleaned)  # an article without address and headline is known by its opening


def _story(cleaned: Cleaned, found: Sequence[Loose]) -> Hash64:
    """The least hash of the runs of words of the rest: of near copies it is the same, as far as they are alike."""
    printed = {one.text for one in found}
    rest = "\n\n".join(line for line in cleaned["text"].split("\n\n") if line not in printed)
    sample = fingerprint(rest)
    return sample[0] if sample else Hash64(int(article_id(cleaned)[:15], 16))
