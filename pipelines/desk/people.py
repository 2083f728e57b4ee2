"""Who and what is named: a list to search in, and the profile of one of them."""

import re
from typing import Any

from starlette.requests import Request

from pipelines.desk.network import Network, network
from pipelines.desk.newest import Reading
from pipelines.desk.view import PAGE, NotThereError, View, asked, page_of
from pipelines.warehouse import literal

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
MOST_DAYS = 50  # that are told one by one

ENTITIES = """
    select entity_id, name, type, roles, names, articles, first_day, last_day
    from mart.entities
    where rowid in (
        select rowid
        from mart.entities
        where ($type = '' or type = $type)
            and (
                $terms = ''
                or has_word(name, $terms)
                or entity_id in (select entity_id from core.aliases where has_word(alias, $terms))
            )
        order by articles desc, mentions desc, entity_id
        limit $most offset $skip
    )
    order by articles desc, mentions desc, entity_id"""
ENTITY = """
    select e.*, p.latitude, p.longitude, p.population
    from mart.entities e
    left join mart.places p using (entity_id)
    where e.entity_id = $entity"""
NAMES = "from core.aliases where entity_id = $entity order by mentions desc, alias limit 20"
ROLES = "from mart.entity_roles where entity_id = $entity order by first_day, role limit 50"
# These tables lie in the order of their days, so those of the entity narrow them down.
SAID = """
    select version_id, quote, day, publisher, text, kind
    from mart.quotes
    where speaker_id = $entity and {when}
    order by day desc, version_id, quote
    limit $most"""
# Quotes that have one of its names in them. It may be another's name elsewhere, so the articles have to be its own.
SAID_OF = """
    select version_id, quote, day, publisher, text, kind, speaker, speaker_id
    from mart.quotes
    where {when}
        and speaker is not null
        and speaker_id is distinct from $entity
        and ({named})
    order by day desc, version_id, quote
    limit 200"""
NAMED_IN = """
    select distinct version_id
    from core.article_entities
    where day between $first and $last and entity_id = $entity and version_id in (select unnest($versions))"""
FIGURES = """
    select version_id, quantity, figure, counted, about, hedge, negated, as_of_first, as_of_last, evidence
    from mart.figures
    where speaker_id = $entity and {when}
    order by day desc, version_id, quantity
    limit $most"""
SERIES = """
    select series, topic, outlook, steps, conflicts, last_day
    from mart.figure_series
    where subject_id = $entity
    order by moves desc, last_day desc, series
    limit $most"""
COMPANY = """
    select other_id as entity_id, name, type, sentences, last_day, example
    from mart.entity_company
    where entity_id = $entity
    order by place"""
BETWEEN = """
    select entity_id, other_id, max(sentences) as sentences
    from mart.entity_company
    where entity_id in ({ids}) and other_id in ({ids})
    group by all"""
DAYS = "select distinct day from mart.entities_daily where entity_id = $entity and day between $first and $last"


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
    entity = found[0]
    when = _when(reading, entity)
    few = one | {"most": FEW}
    names = reading.rows(NAMES, one)
    company = reading.rows(COMPANY, one)
    return {
        "title": entity["name"],
        "entity": entity,
        "types": TYPES,
        "names": names,
        "roles": reading.rows(ROLES, one),
        "said": reading.rows(SAID.format(when=when), few),
        "said_of": _said_of(reading, entity, [entity["name"], *(one["alias"] for one in names)], when),
        "figures": reading.rows(FIGURES.format(when=when), few),
        "series": reading.rows(SERIES, few),
        "company": company,
        "network": _network(reading, entity, company),
        "few": FEW,
    }


def _when(reading: Reading, entity: dict[str, Any]) -> str:
    """On which days the entity is named, as a condition in SQL."""
    bounds = {"entity": entity["entity_id"], "first": entity["first_day"], "last": entity["last_day"]}
    found = reading.rows(DAYS, bounds)
    if len(found) > MOST_DAYS:
        return f"day between date '{entity['first_day']}' and date '{entity['last_day']}'"
    return "day in ({})".format(", ".join(f"date '{one['day']}'" for one in found))


def _said_of(reading: Reading, entity: dict[str, Any], names: list[str], when: str) -> list[dict[str, Any]]:
    """The newest quotes of others that name the entity."""
    shortest = [name for name in names if not any(other != name and other in name for other in names)]
    named = " or ".join(f"contains(text, {literal(name)})" for name in shortest)
    found = reading.rows(SAID_OF.format(when=when, named=named), {"entity": entity["entity_id"]})
    whole = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
    found = [quote for quote in found if whole.search(quote["text"])]
    if not found:
        return []
    own = {
        "entity": entity["entity_id"],
        "versions": sorted({quote["version_id"] for quote in found}),
        "first": min(quote["day"] for quote in found),
        "last": max(quote["day"] for quote in found),
    }
    is_own = {row["version_id"] for row in reading.rows(NAMED_IN, own)}
    return [quote for quote in found if quote["version_id"] in is_own][:FEW]


def _network(reading: Reading, entity: dict[str, Any], company: list[dict[str, Any]]) -> Network | None:
    if not company:
        return None
    ids = ", ".join(literal(one["entity_id"]) for one in company)
    return network(entity, company, reading.rows(BETWEEN.format(ids=ids)))


VIEW = View("/people", "People and places", "people.html", show)
PROFILE_VIEW = View("/entity/{entity:path}", "Profile", "profile.html", show_profile, in_navigation=False)
