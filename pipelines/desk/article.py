"""One article: its text with every fact marked, the rows of the facts, its versions and its copies."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from starlette.requests import Request

from pipelines.desk.compared import side_by_side
from pipelines.desk.marks import Mark, paragraphs
from pipelines.desk.newest import Reading
from pipelines.desk.view import NotThereError, View
from pipelines.reading import KINDS as TABLES
from pipelines.reading import article as article_of
from pipelines.reading import facts as facts_of
from pipelines.reading import interval
from pipelines.warehouse import literal

# In the order of the legend; the letter begins the name of a row, as in the address /article/...#f3.
KINDS = {
    "quantities": ("f", "Figures"),
    "quotes": ("q", "Quotes"),
    "mentions": ("n", "Names"),
    "roles": ("r", "Roles"),
    "times": ("t", "Times"),
    "silences": ("s", "Silences"),
}
PART = "part"  # of a fact: lit with it, but no mark of its own
WIDE = ("quotes", "silences")  # they hold other facts: shown as ground, not as a link of each of their pieces

# What narrows a table of all articles down are the days and times in whose order it lies; an id is a hash.
SHARDS = """
    select distinct f."table", f.path
    from clean.articles a
    join meta.shards c on c.path = a.shard
    join meta.shards f on f.day = c.day and f.shard = c.shard and starts_with(f."table", 'facts/')
    where a.captured_at between $first and $last and a.version_id = $version"""
LINKS = """
    select mention_id, entity_id
    from core.article_entities
    where day = $day and version_id = $version and is_latest
        and entity_id not in (select entity_id from meta.rules where what = 'hide')"""
KEYS = "select distinct key from core.figure_keys where day = $day and version_id = $version"
# The timeline lies in the order of the series, which are keys but where parts are set apart: keys that stand in the
# query itself can leave blocks of it out, and what is read of the others is the keys alone.
STEPS = """
    select quantity, series, step, relation, max(step) over (partition by series) as steps
    from mart.figure_timeline
    where rowid in (select rowid from mart.figure_timeline where key in ({keys}))
    qualify version_id = $version and steps > 1"""
NEIGHBOURS = """
    select version_id, version, captured_at, title, version_id = $version as is_this
    from core.articles where article_id = $article order by version"""
GROUP = "select copy_group from core.copies where article_id = $article"
COPIES = """
    select a.version_id, c.publisher, c.title, c.published_at, c.words, c.is_origin, c.origin
    from core.copies c
    join core.articles a on a.article_id = c.article_id and a.is_latest
    where c.copy_group = $group and c.article_id <> $article
    order by c.is_origin desc, c.published_at, c.publisher
    limit 100"""


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """An article version by its id."""
    version = request.path_params["version"]
    try:
        found = article_of(reading.connection, version)
    except LookupError:
        raise NotThereError(
            f"No article version has the id {version}. It may have another one since it changed."
        ) from None
    found |= _facts(reading, found)
    facts = {kind: list(_rows(kind, found)) for kind in KINDS}
    marks = [mark for listed in facts.values() for row in listed for mark in row["marks"]]
    article_id = found["article_id"]
    versions = reading.rows(NEIGHBOURS, {"article": article_id, "version": version})
    return {
        "title": found["title"] or "Without a title",
        "article": found,
        "kinds": KINDS,
        "not_narrow": (*WIDE, PART),
        "wide": WIDE,
        "part": PART,
        "facts": facts,
        "paragraphs": paragraphs(found["text"], marks),
        "versions": versions,
        "revision": _revision(reading, found),
        "copies": _copies(reading, article_id),
        "is_marked": bool(marks),
        "mentioned": speakers(found["mentions"]),
        "entities": {
            row["mention_id"]: row["entity_id"]
            for row in reading.rows(LINKS, {"day": found["day"], "version": version})
        },
        "series": _series(reading, {"day": found["day"], "version": version}),
    }


def _facts(reading: Reading, article: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The facts of a version by kind, read where its shards lie in their tables.

    A version that was captured twice may be in two shards, its facts are in one of them.
    """
    places: dict[str, tuple[int, int]] = {}
    where = {"version": article["version_id"], "first": article["captured_at"], "last": article["last_captured_at"]}
    for one in reading.rows(SHARDS, where):
        kind = one["table"].removeprefix("facts/")
        if kind in TABLES and one["path"] in reading.places():
            first, last = reading.places()[one["path"]]
            least, most = places.get(kind, (first, last))
            places[kind] = (min(first, least), max(last, most))
    version = article["version_id"]
    return {
        kind: facts_of(reading.connection, kind, version, places[kind]) if kind in places else [] for kind in TABLES
    }


def _series(reading: Reading, where: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """Which step of which series a figure is, where others are to be compared with it."""
    keys = ", ".join(literal(row["key"]) for row in reading.rows(KEYS, where))
    own = reading.rows(STEPS.format(keys=keys), {"version": where["version"]}) if keys else []
    return {step["quantity"]: step for step in own}


def speakers(mentions: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """By name, the id of the one who speaks: of several, people and bodies first, as in core.claim_speakers."""
    uses = Counter((one["name"], one["entity_id"]) for one in mentions)
    by_id = sorted(uses, key=lambda one: one[1], reverse=True)
    return dict(
        sorted(by_id, key=lambda one: (one[1].startswith(("person:", "org:")), uses[one]))
    )  # the last one stays


def _copies(reading: Reading, article_id: str) -> list[dict[str, Any]]:
    group = reading.rows(GROUP, {"article": article_id})
    return reading.rows(COPIES, {"article": article_id, "group": group[0]["copy_group"]}) if group else []


def _rows(kind: str, article: dict[str, Any]) -> Iterator[dict[str, Any]]:
    letter, _ = KINDS[kind]
    if kind == "mentions":
        yield from _names(letter, article["mentions"])
        return
    claims = {claim["quantity"]: claim for claim in article["claims"]}
    for fact in article[kind]:
        row = f"{letter}{fact['index']}"
        claim = claims.get(fact["index"], {}) if kind == "quantities" else {}
        about = _about(kind, fact, claim)
        marks = [Mark(row, kind, fact["start"], fact["end"], about), *_parts(row, fact), *_parts(row, claim)]
        yield {"row": row, "fact": fact, "claim": claim, "marks": marks}


def _parts(row: str, fact: dict[str, Any]) -> Iterator[Mark]:
    """What else of the text a row tells of: who speaks, what is counted, the verb, the place ..."""
    for column, start in fact.items():
        if column.endswith("_start") and start is not None:
            yield Mark(row, PART, start, fact[column.removesuffix("start") + "end"])


def _names(letter: str, mentions: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row for each name, with all places where it stands."""
    by_entity = defaultdict(list)
    for mention in mentions:
        by_entity[mention["entity_id"]].append(mention)
    for number, of_one in enumerate(by_entity.values()):
        row = f"{letter}{number}"
        about = f"{of_one[0]['name']}, {of_one[0]['type']}"
        marks = [Mark(row, "mentions", m["start"], m["end"], about) for m in of_one]
        yield {"row": row, "fact": of_one[0], "claim": {}, "marks": marks}


def _about(kind: str, fact: dict[str, Any], claim: dict[str, Any]) -> str:
    """What a mark tells who points at it, in a few words."""
    if kind == "quantities":
        said = claim.get("speaker_name") or claim.get("speaker")
        of_what = fact["counted"] or fact["about"]
        parts = [
            interval(fact),
            fact["currency"] or fact["unit"],
            of_what,
            said and f"said by {said}",
            claim.get("hedge"),
        ]
    elif kind == "times":
        parts = [fact["type"].lower(), fact["value"]]
    elif kind == "roles":
        parts = [fact["kind"], fact["name"]]
    else:
        parts = [fact["kind"], fact["speaker_name"] or fact["speaker"]]
    return ", ".join(part for part in parts if part)


def _revision(reading: Reading, article: dict[str, Any]) -> dict[str, Any] | None:
    """What changed from the version before, and both texts side by side; None where there is none before."""
    if article["version"] == 1:
        return None
    found = reading.rows("from mart.revisions where version_id = ?", [article["version_id"]])
    if not found:
        return None
    before = reading.rows("select text from core.articles where version_id = ?", [found[0]["previous_id"]])
    return found[0] | {"lines": side_by_side(before[0]["text"], article["text"])}


VIEW = View("/article/{version}", "Article", "article.html", show, in_navigation=False)
