"""Decisions about who is who: likely duplicates with their evidence, merged or kept apart, and each taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipelines import decisions
from pipelines.decisions import Decision, Replayed
from pipelines.desk.forms import Form
from pipelines.desk.newest import Reading
from pipelines.desk.people import TYPES
from pipelines.desk.view import PAGE, NotThereError, View, asked, page_of
from pipelines.settings import settings

TAKEN = 100  # decisions shown

DUPLICATES = """
    with page as materialized (
        from mart.entity_duplicates order by score desc, entity_id, other_id limit $most offset $skip
    )
    select p.*, e.type as own_type, o.type as other_type
    from page p
    join core.entities e on e.entity_id = p.entity_id
    join core.entities o on o.entity_id = p.other_id
    order by p.score desc, p.entity_id, p.other_id"""
NAMES = "select entity_id, name from core.entities where list_contains($entities, entity_id)"
PUBLISHED = "select count(*) as decisions from meta.decisions"


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """The likely duplicates that are not decided yet, and the newest decisions."""
    page = page_of(request)
    found = reading.rows(DUPLICATES, {"most": PAGE + 1, "skip": (page - 1) * PAGE})
    taken = decisions.read(settings().decisions)
    replayed = decisions.replay(taken)
    published = reading.rows(PUBLISHED)[0]["decisions"]
    numbered = list(enumerate(zip(taken, replayed.applies, strict=True), 1))[-TAKEN:]
    return {
        "title": "Decisions",
        "types": TYPES,
        "duplicates": _open(found[:PAGE], replayed),
        "taken": [_row(number, one, counts, published) for number, (one, counts) in reversed(numbered)],
        "names": _names(reading, [entity for _, (one, _) in numbered for entity in one.entities]),
        "waiting": len(taken) - published,
        "done": asked(request, "done", 9),
        "page": page,
        "follows": len(found) > PAGE,
    }


def _open(pairs: Sequence[dict[str, Any]], replayed: Replayed) -> list[dict[str, Any]]:
    """The pairs that no decision waits for; those published have left the list already."""
    becomes = {rule.entity_id: rule.value for rule in replayed.rules if rule.what == "merge"}
    apart = {frozenset((rule.entity_id, rule.part)) for rule in replayed.rules if rule.what == "apart"}
    return [
        pair
        for pair in pairs
        if frozenset((one := pair["entity_id"], other := pair["other_id"])) not in apart
        and becomes.get(one, one) != becomes.get(other, other)
    ]


def _row(number: int, one: Decision, counts: bool, published: int) -> dict[str, Any]:  # noqa: FBT001  # a column
    return {**vars(one), "number": number, "counts": counts, "is_published": number <= published}


def _names(reading: Reading, entities: Sequence[str]) -> Mapping[str, str]:
    found = reading.rows(NAMES, {"entities": sorted(set(entities))}) if entities else []
    return {row["entity_id"]: row["name"] for row in found}


def act(reading: Reading, form: Form) -> Response:
    """Write the decision that was clicked, the same row as `dateline entity` writes, and go back to the list."""
    what = form.get("what")
    if what == "undo":
        number = decisions.decide(settings().decisions, "undo", (), form.get("number", ""))
    elif what in {"merge", "apart"}:
        pair = (form.get("one", ""), form.get("other", ""))
        if len(_names(reading, pair)) < len(pair):
            raise NotThereError("One of the two is not there any more. Nothing was decided.")
        number = decisions.decide(settings().decisions, "merge" if what == "merge" else "apart", pair)
    else:
        raise NotThereError("There is no such decision here. Nothing was decided.")
    return RedirectResponse(f"/decisions?done={number}", 303)


VIEW = View("/decisions", "Decisions", "decisions.html", show, act=act)
