"""The figures on something: how they developed, and who contradicts whom."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request

from pipelines.desk.chart import Chart, chart
from pipelines.desk.newest import Reading
from pipelines.desk.view import View, asked, page_of

SERIES = 12  # on one page
IN_CHART = 8  # as many colours there are
STEPS = 40  # of one series, the newest
IN_TABLE = 8  # of them
ALONE = 600  # steps of a series that is looked at alone
WORDS = 6  # that are looked for
_EMPTY = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "over", "the", "to", "with"])
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child"}

# Each word has to stand in what is counted or in what it is said of. First, series whose topic has one of them: topics
# are in lower case, so that of most rows no more is asked. All are asked where those do not fill the page.
IN_TOPIC = "contains(topic, ?)"
HAS = """(
    contains(topic, ?) and has_word(topic, ?)
    or contains(lower(subject_name), ?) and has_word(subject_name, ?)
)"""
MATCHING = """
    select series, count(*) as steps, count(*) filter (relation in ('update', 'conflict', 'correction')) as moves
    from mart.figure_timeline
    where {words}
    group by series
    order by moves desc, max(day) desc, series
    limit {most} offset {skip}"""
# The table lies in the order of the series, so that one of them is found without reading the others.
TIMELINE = """
    from (from mart.figure_timeline where series = $series order by step desc limit $most) order by step"""
NEWEST_CONFLICTS = """
    from mart.figure_conflicts
    order by greatest(day, other_day) desc, gap desc nulls last, series, step, other_step limit $most"""
CONFLICTS = """
    from mart.figure_conflicts
    where as_of_last between $first and $last and list_contains($series, series)
    order by greatest(day, other_day) desc, gap desc nulls last, series, step, other_step limit $most"""
DEVELOPED = """
    select series, any_value(topic) as topic, any_value(subject_name) as subject_name, any_value(outlook) as outlook,
        max(step) as steps, max(day) as newest
    from (
        from mart.figure_timeline where relation in ('update', 'correction', 'conflict')
        order by day desc, series, step limit 300
    )
    group by series
    order by newest desc, steps desc, series
    limit 30"""


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """The series that the words find, or the one that is asked for; without either, what moved of late."""
    terms, one, page = asked(request, "q"), asked(request, "series", 32), page_of(request)
    ids, follows = ([one], False) if one else _matching(reading, terms, page) if terms else ([], False)
    found = (reading.rows(TIMELINE, {"series": key, "most": ALONE if one else STEPS}) for key in ids)
    series = [steps for steps in found if steps]
    return {
        "title": f"Figures: {terms}" if terms else "Figures",
        "terms": terms,
        "one": one,
        "series": series,
        "in_table": ALONE if one else IN_TABLE,
        "charts": _charts(series),
        "conflicts": _conflicts_of(reading, series) if terms or one else newest_conflicts(reading, 10),
        "developed": [] if terms or one else reading.rows(DEVELOPED),
        "page": page,
        "follows": follows,
    }


def newest_conflicts(reading: Reading, most: int) -> list[dict[str, Any]]:
    """Both sides of the newest conflicts."""
    return reading.rows(NEWEST_CONFLICTS, {"most": most})


def _conflicts_of(reading: Reading, series: Sequence[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    steps = [step for one in series for step in one if step["relation"] == "conflict"]
    if not steps:
        return []
    days = [step["as_of_last"] for step in steps]
    keys = sorted({step["series"] for step in steps})
    return reading.rows(CONFLICTS, {"first": min(days), "last": max(days), "series": keys, "most": 10})


def _matching(reading: Reading, terms: str, page: int) -> tuple[list[str], bool]:
    """The series whose topic or subject has each of the words, those that moved most first; whether others follow."""
    words = sought(terms)
    if not words:
        return [], False
    bounds = {"most": SERIES + 1, "skip": (page - 1) * SERIES}
    every, four_times = " and ".join([HAS] * len(words)), [word for word in words for _ in range(4)]
    topical = f"({' or '.join([IN_TOPIC] * len(words))}) and {every}"
    found = reading.rows(MATCHING.format(words=topical, **bounds), words + four_times)
    if len(found) <= SERIES:
        found = reading.rows(MATCHING.format(words=every, **bounds), four_times)
    return [row["series"] for row in found[:SERIES]], len(found) > SERIES


def sought(terms: str) -> list[str]:
    """The words of a question that tell something: as topics have them, singular, or what both numbers begin with."""
    words = [word for word in re.findall(r"[\w.%$€£-]+", terms.lower()) if word not in _EMPTY]
    return [_IRREGULAR.get(word) or re.sub(r"(?<=\w\w\w)(ie)?s$", "", word) for word in words[:WORDS]]


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
