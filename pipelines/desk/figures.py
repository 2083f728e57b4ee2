"""The figures on something: how they developed, and who contradicts whom."""

import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from pipelines import results
from pipelines.desk.chart import Chart, chart
from pipelines.desk.newest import Reading
from pipelines.desk.view import PAGE, NotThereError, View, asked, attached, page_of
from pipelines.warehouse import literal

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
    or contains(lower(array_to_string(called, ' ')), ?) and has_word(array_to_string(called, ' '), ?)
)"""
MATCHING = """
    select series, steps
    from mart.figure_series
    where {words}
    order by moves desc, last_day desc, series
    limit {most} offset {skip}"""
STEPS_OF = "select series, steps from mart.figure_series where series = $series"
# Timeline and conflicts lie in the order of the series, so that a few of them are found without reading the others;
# ids that stand in the query itself leave the most out. Whole rows are read of those alone that are shown.
TIMELINE = """
    select t.*
    from mart.figure_timeline t
    join (select unnest($series) as series, unnest($after) as after) w on w.series = t.series and t.step > w.after
    where t.series in ({ids})
    order by t.series, t.step"""
NEWEST_CONFLICTS = """
    from mart.figure_conflicts
    where rowid in (
        select rowid from mart.figure_conflicts
        where {which}
        order by greatest(day, other_day) desc, gap desc nulls last, series, step, other_step limit $most
    )
    order by greatest(day, other_day) desc, gap desc nulls last, series, step, other_step"""
DEVELOPED = """
    select series, topic, subject_name, outlook, steps, moved_on
    from mart.figure_series
    where moved_on is not null
    order by moved_on desc, steps desc, series
    limit 30"""
# Every figure, the newest first: one of the words has to be in what is counted or described.
OF_WORD = "contains(lower(counted), ?) or contains(lower(about), ?)"
ABOUT = "(has_word(counted, ?) or has_word(about, ?) or has_word(subject, ?) or has_word(place, ?))"
EVERY = """
    select version_id, quantity, day, figure, counted, about, speaker, source_type, hedge, negated, publisher,
        as_of_first, as_of_last, evidence
    from mart.figures
    where rowid in (
        select rowid from mart.figures
        where {words}
        order by day desc, version_id, quantity
        limit {most} offset {skip}
    )
    order by day desc, version_id, quantity"""
FILE = """
    select series, step, relation, topic, subject_name, outlook, as_of_first, as_of_last, day, figure, value, low, high,
        approx, bound, change, unit, currency, speaker, source_type, hedge, negated, publisher, copies, evidence,
        version_id, quantity
    from mart.figure_timeline where series = $series order by step"""


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """The series that the words find, or the one that is asked for; without either, what moved of late.

    Where there is no such series, or all are asked for: every figure on the words, also what nothing is compared with.
    """
    terms, one, page = asked(request, "q"), asked(request, "series", 32), page_of(request)
    is_every = bool(asked(request, "every", 1))
    if is_every:
        found, follows = [], False
    elif one:
        found, follows = reading.rows(STEPS_OF, {"series": one}), False
    else:
        found, follows = _matching(reading, terms, page) if terms else ([], False)
    series = _timelines(reading, found, ALONE if one else STEPS)
    figures = _every(reading, terms, page) if terms and not series else []
    return {
        "title": f"Figures: {terms}" if terms else "Figures",
        "terms": terms,
        "one": one,
        "series": series,
        "figures": figures[:PAGE],
        "is_every": is_every,
        "in_table": ALONE if one else IN_TABLE,
        "charts": _charts(series),
        "conflicts": _conflicts_of(reading, series) if terms or one else newest_conflicts(reading, 10),
        "developed": [] if terms or one else reading.rows(DEVELOPED),
        "page": page,
        "follows": follows or len(figures) > PAGE,
    }


def newest_conflicts(reading: Reading, most: int) -> list[dict[str, Any]]:
    """Both sides of the newest conflicts."""
    return reading.rows(NEWEST_CONFLICTS.format(which="true"), {"most": most})


def _timelines(reading: Reading, found: Sequence[Mapping[str, Any]], most: int) -> list[list[dict[str, Any]]]:
    """The newest steps of each series, given as `series` and the number of its `steps`; in the same order."""
    if not found:
        return []
    keys, after = [one["series"] for one in found], [max(one["steps"] - most, 0) for one in found]
    steps: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
    for step in reading.rows(TIMELINE.format(ids=_listed(keys)), {"series": keys, "after": after}):
        steps[step["series"]].append(step)
    return list(steps.values())


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(map(literal, keys))


def _conflicts_of(reading: Reading, series: Sequence[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    keys = sorted({step["series"] for one in series for step in one if step["relation"] == "conflict"})
    return reading.rows(NEWEST_CONFLICTS.format(which=f"series in ({_listed(keys)})"), {"most": 10}) if keys else []


def _matching(reading: Reading, terms: str, page: int) -> tuple[list[dict[str, Any]], bool]:
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
    return found[:SERIES], len(found) > SERIES


def _every(reading: Reading, terms: str, page: int) -> list[dict[str, Any]]:
    """A page of the figures on the words, and one more where others follow."""
    words = sought(terms)
    if not words:
        return []
    conditions = f"({' or '.join([OF_WORD] * len(words))}) and {' and '.join([ABOUT] * len(words))}"
    values = [word for word in words for _ in range(2)] + [word for word in words for _ in range(4)]
    return reading.rows(EVERY.format(words=conditions, most=PAGE + 1, skip=(page - 1) * PAGE), values)


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


def show_file(reading: Reading, request: Request) -> Response:
    """All steps of a series as CSV."""
    series = request.path_params["series"]
    found = reading.connection.execute(FILE, {"series": series}).to_arrow_table()
    if not found.num_rows:
        raise NotThereError("No series has this id. A series gets another one when its steps change.")
    text = io.StringIO(newline="")
    results.write_csv(found, text)
    return attached(text.getvalue().encode(), "text/csv; charset=utf-8", f"series-{series[:12]}.csv")


VIEW = View("/figures", "Figures", "figures.html", show)
SERIES_VIEW = View("/series/{series}.csv", "Series as CSV", "", show_file, in_navigation=False)
