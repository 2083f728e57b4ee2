"""Who and what is named: a list to search in, and the profile of one of them."""

from typing import Any

from starlette.requests import Request

from pipelines.desk.network import Network, network
from pipelines.desk.newest import Reading
from pipelines.desk.view import PAGE, NotThereError, View, asked, page_of

# Of OntoNotes' types, those that a reader looks for.
TYPES = {
    "PERSON": "person",
    "ORG": "body",
    "GPE": "country or city",
    "LOC": "region",
    "FAC": "building or road",
    "EVENT": "event",
    "NORP": "people or party",
}
FEW = 20  # rows of each section of a profile

ENTITIES = """
    select e.entity_id, e.name, e.type, e.roles, e.names, e.articles, e.first_day, e.last_day
    from mart.entities e
    where ($type = '' or e.type = $type)
        and ($terms = '' or has_word(e.name, $terms) or has_word(array_to_string(e.names, ' '), $terms))
    order by e.articles desc, e.mentions desc, e.entity_id
    limit $most offset $skip"""
ENTITY = """
    select e.*, p.latitude, p.longitude, p.population
    from mart.entities e
    left join mart.places p using (entity_id)
    where e.entity_id = $entity"""
NAMES = "from core.aliases where entity_id = $entity order by mentions desc, alias limit 20"
ROLES = "from mart.entity_roles where entity_id = $entity order by first_day, role limit 50"
# First which quotes, by the tables that know it, then what the mart tells of them: its joins are dear.
SAID = """
    select q.version_id, q."index" as quote
    from core.article_entities e
    join facts.quotes q on q.version_id = e.version_id and q.speaker_id = e.mention_id
    join core.articles a on a.version_id = e.version_id
    where e.entity_id = $entity and e.is_latest
    order by a.day desc, q.version_id, quote
    limit $most"""
SAID_OF = """
    with newest as materialized (
        select e.version_id, e.mention_id, a.day
        from core.article_entities e
        join core.articles a using (version_id)
        where e.entity_id = $entity and e.is_latest
        order by a.day desc, e.version_id
        limit 300
    ),
    named as (
        select distinct m.version_id, m.sentence, n.day
        from facts.mentions m
        join newest n on n.version_id = m.version_id and n.mention_id = m.entity_id
    )
    select q.version_id, q."index" as quote
    from facts.quotes q
    join named n using (version_id, sentence)
    order by n.day desc, q.version_id, quote
    limit $most"""
QUOTES = """
    select version_id, quote, day, publisher, text, kind, speaker, speaker_id
    from mart.quotes
    where list_contains($versions, version_id) and speaker is not null
    order by day desc, version_id, quote"""
FIGURES = """
    select f.version_id, f.quantity, f.figure, f.counted, f.about, f.hedge, f.negated, f.as_of_first,
        f.as_of_last, f.evidence
    from mart.figures f
    where f.speaker_id = $entity
    order by f.day desc, f.version_id, f.quantity
    limit $most"""
COMPANY = """
    select if(entity_a = $entity, entity_b, entity_a) as entity_id, if(entity_a = $entity, name_b, name_a) as name,
        if(entity_a = $entity, type_b, type_a) as type, sentences, example
    from mart.entity_pairs
    where entity_a = $entity or entity_b = $entity
    order by sentences desc, articles desc, entity_id
    limit $most"""
BETWEEN = """
    select entity_a, entity_b, sentences
    from mart.entity_pairs
    where list_contains($entities, entity_a) and list_contains($entities, entity_b)"""


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """A page of entities, the most named first, narrowed by name and type."""
    terms, kind, page = asked(request, "q"), asked(request, "type"), page_of(request)
    bounds = {"most": PAGE + 1, "skip": (page - 1) * PAGE}
    found = reading.rows(ENTITIES, {"terms": terms, "type": kind, **bounds})
    return {
        "title": "People and places",
        "terms": terms,
        "kind": kind,
        "types": TYPES,
        "entities": found[:PAGE],
        "page": page,
        "follows": len(found) > PAGE,
    }


def show_profile(reading: Reading, request: Request) -> dict[str, Any]:
    """One entity: its names and roles, what it said, what was said of it, its figures, and who is named with it."""
    one = {"entity": request.path_params["entity"]}
    found = reading.rows(ENTITY, one)
    if not found:
        raise NotThereError("Nobody and nothing has this id. It may have been merged into another, or hidden.")
    few = one | {"most": FEW}
    company = reading.rows(COMPANY, few)
    return {
        "title": found[0]["name"],
        "entity": found[0],
        "types": TYPES,
        "names": reading.rows(NAMES, one),
        "roles": reading.rows(ROLES, one),
        "said": [quote for quote in _quotes(reading, SAID, one) if quote["speaker_id"] == one["entity"]][:FEW],
        "said_of": [quote for quote in _quotes(reading, SAID_OF, one) if quote["speaker_id"] != one["entity"]][:FEW],
        "figures": reading.rows(FIGURES, few),
        "company": company,
        "network": _network(reading, found[0], company),
        "few": FEW,
    }


def _quotes(reading: Reading, which: str, entity: dict[str, str]) -> list[dict[str, Any]]:
    """The quotes that a query chooses; more than are shown, since some may be the entity's own, or silences."""
    chosen = [(row["version_id"], row["quote"]) for row in reading.rows(which, entity | {"most": 3 * FEW})]
    if not chosen:
        return []
    found = reading.rows(QUOTES, {"versions": sorted({version for version, _ in chosen})})
    return [quote for quote in found if (quote["version_id"], quote["quote"]) in set(chosen)]


def _network(reading: Reading, entity: dict[str, Any], company: list[dict[str, Any]]) -> Network | None:
    if not company:
        return None
    return network(entity, company, reading.rows(BETWEEN, {"entities": [one["entity_id"] for one in company]}))


VIEW = View("/people", "People and places", "people.html", show)
PROFILE_VIEW = View("/entity/{entity:path}", "Profile", "profile.html", show_profile, in_navigation=False)
