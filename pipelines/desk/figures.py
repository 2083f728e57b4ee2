"""The figures on something: how they developed, and who contradicts whom."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from starlette.requests import Request

from pipelines.desk.chart import Chart, chart
from pipelines.desk.newest import Reading
from pipelines.desk.view import View, asked, page_of

SERIES = 12  # on one page
IN_CHART = 8  # as many colours there are
STEPS = 60  # of one series, the newest; of a series looked at alone, ten times as many
WORDS = 6  # that are looked for
_EMPTY = frozenset("a an and at by for from in of on over the to with".split())
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child"}

# Steps that are first are as many as series; each word has to stand in what is counted or in what it is said of.
MATCHING = """
    select series, count(*) as steps, count(*) filter (relation in ('update', 'conflict', 'correction')) as moves
    from mart.figure_timeline
    where {words}
    group by series
    order by moves desc, max(day) desc, series
    limit {most} offset {skip}"""
TIMELINE = """
    from mart.figure_timeline
    where list_contains($series, series) and series between $first and $last
    qualify row_number() over (partition by series order by step desc) <= $most
    order by series, step"""
CONFLICTS = """
    from mart.figure_conflicts
    where ($series is null or list_contains($series, series))
    order by greatest(day, other_day) desc, gap desc nulls last, series, step, other_step
    limit $most"""
DEVELOPED = """
    select series, topic, subject_name, outlook, steps, newest
    from (
        select series, any_value(topic) as topic, any_value(subject_name) as subject_name, any_value(outlook) as outlook,
            count(*) as steps, max(day) as newest,
            count(*) filter (relation in ('update', 'correction', 'conflict')) as moves
        from mart.figure_timeline
        group by series
        having moves > 0
    )
    order by newest desc, moves desc, series
    limit 30"""


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """The series that the words find, or the one that is asked for; without either, what moved of late."""
    terms, one, page = asked(request, "q"), asked(request, "series", 32), page_of(request)
    ids, follows = ([one], False) if one else _matching(reading, terms, page) if terms else ([], False)
    series = _timeline(reading, ids, STEPS * 10 if one else STEPS)
    return {
        "title": f"Figures: {terms}" if terms else "Figures",
        "terms": terms,
        "one": one,
        "series": series,
        "charts": _charts(series),
        "conflicts": conflicts(reading, ids or None, 20) if ids or not terms else [],
        "developed": [] if terms or one else reading.rows(DEVELOPED),
        "page": page,
        "follows": follows,
    }


def conflicts(reading: Reading, series: Sequence[str] | None, most: int) -> list[dict[str, Any]]:
    """Both sides of the newest conflicts, of some series or of all."""
    return reading.rows(CONFLICTS, {"series": series, "most": most})


def _matching(reading: Reading, terms: str, page: int) -> tuple[list[str], bool]:
    """The series whose topic or subject has each of the words, those that moved most first; whether others follow."""
    words = sought(terms)
    if not words:
        return [], False
    has = " and ".join("(has_word(topic, ?) or has_word(subject_name, ?))" for _ in words)
    query = MATCHING.format(words=has, most=SERIES + 1, skip=(page - 1) * SERIES)
    found = [row["series"] for row in reading.rows(query, [word for word in words for _ in range(2)])]
    return found[:SERIES], len(found) > SERIES


def sought(terms: str) -> list[str]:
    """The words of a question that tell something, as topics have them: singular, or what singular and plural begin with."""
    words = [word for word in re.findall(r"[\w.%$€£-]+", terms.lower()) if word not in _EMPTY]
    return [_IRREGULAR.get(word) or re.sub(r"(?<=\w\w)ies$", "", word) for word in words[:WORDS]]


def _timeline(reading: Reading, ids: Sequence[str], most: int) -> list[list[dict[str, Any]]]:
    """The steps of each series, in the order of the ids."""
    if not ids:
        return []
    bounds = {"series": list(ids), "first": min(ids), "last": max(ids), "most": most}
    found = {
        key: list(steps) for key, steps in groupby(reading.rows(TIMELINE, bounds), key=lambda step: step["series"])
    }
    return [found[key] for key in ids if key in found]


def _charts(series: Sequence[Sequence[Mapping[str, Any]]]) -> list[Chart]:
    """One chart a unit, those with most steps first."""
    by_unit: defaultdict[str, list[list[Mapping[str, Any]]]] = defaultdict(list)
    for steps in series:
        for unit in dict.fromkeys(_unit(step) for step in steps):
            by_unit[unit].append([step for step in steps if _unit(step) == unit])
    ordered = sorted(by_unit.items(), key=lambda item: -sum(map(len, item[1])))
    drawn = (chart(unit, steps[:IN_CHART]) for unit, steps in ordered)
    return [one for one in drawn if one]


def _unit(step: Mapping[str, Any]) -> str:
    return str(step["currency"] or step["unit"] or "count")


VIEW = View("/figures", "Figures", "figures.html", show)
