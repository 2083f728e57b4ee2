"""The articles: the newest ones, or those that tell of the words searched for."""

from typing import Any

from starlette.requests import Request

from pipelines.desk.newest import Reading
from pipelines.desk.view import PAGE, View, asked, page_of

LAST_FOUND = 20  # page of a search: each makes the snippets of all before it

NEWEST = """
    select version_id, day, publisher, title, words, version, wire, text[1 : 200] as snippet
    from core.articles
    where rowid in (
        select rowid
        from core.articles
        where is_latest and ($publisher = '' or publisher = $publisher) and ($day = '' or day = try_cast($day as date))
        order by day desc, captured_at desc, version_id
        limit $most offset $skip
    )
    order by day desc, captured_at desc, version_id"""
FOUND = """
    select s.version_id, s.day, s.publisher, s.title, a.words, a.version, a.wire, s.snippet
    from search($terms, most := $most) s
    join core.articles a using (version_id)
    order by s.score desc, s.day desc, s.version_id
    offset $skip"""


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """A page of articles, one more than it shows to tell whether others follow."""
    terms = asked(request, "q")
    page = min(page_of(request), LAST_FOUND) if terms else page_of(request)
    bounds = {"most": PAGE + 1, "skip": (page - 1) * PAGE}
    if terms:
        found = reading.rows(FOUND, {"terms": terms, "most": page * PAGE + 1, "skip": bounds["skip"]})
    else:
        narrowed = {"publisher": asked(request, "publisher"), "day": asked(request, "day")}
        found = reading.rows(NEWEST, bounds | narrowed)
    return {
        "title": f"Articles on {terms}" if terms else "Articles",
        "terms": terms,
        "publisher": asked(request, "publisher"),
        "day": asked(request, "day"),
        "articles": found[:PAGE],
        "page": page,
        "follows": len(found) > PAGE and not (terms and page == LAST_FOUND),
    }


VIEW = View("/articles", "Articles", "articles.html", show)
