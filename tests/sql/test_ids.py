"""Which ids stay, whatever comes in whatever order, and how it is told that one has become another."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.lake import Lake
from pipelines.publish import publish
from pipelines.warehouse import connect
from tests.sql.test_entities import ALL, BRANDT, RANGERS, arriving, full_name, registry, story
from tests.world import SQL, Rows, put

ALONE = story("alone", "Brandt praised Almer Rangers.", BRANDT, RANGERS)
LINKS = "select version_id, mention_id, entity_id from core.article_entities order by all"
MOVED = "select version_id, mention_id, old_entity_id, entity_id, why from meta.relinked order by generation"
Links = dict[tuple[str, str], str]


def published(warehouse: Path) -> tuple[Links, list[tuple[Any, ...]], list[list[Any]]]:
    """Each mention's entity, the changes told so far, and the whole registry."""
    with connect(warehouse / "warehouse.duckdb") as con:
        links = {(v, m): e for v, m, e in con.execute(LINKS).fetchall()}
        return links, con.execute(MOVED).fetchall(), registry(con)


def in_batches(folder: Path, batches: Sequence[Sequence[Rows]]) -> tuple[list[Links], list[tuple[Any, ...]], list[Any]]:
    """Publish after each batch, and again with nothing new: the links of each time, all changes, the last registry."""
    lake, seen = Lake(folder / "lake"), []
    for number, batch in enumerate(batches):
        put(lake, f"s{number}", *batch)
        publish(lake, folder / "warehouse", SQL)
        links, changes, last = published(folder / "warehouse")
        put(lake, f"s{number}", *batch)
        publish(lake, folder / "warehouse", SQL)
        assert published(folder / "warehouse") == (links, changes, last)
        seen.append(links)
    return seen, changes, last


@settings(max_examples=3)
@given(st.permutations([*ALL, ALONE]), st.lists(st.integers(1, 8), min_size=1, max_size=2, unique=True).map(sorted))
def test_order_batches_and_reruns_change_no_id(stories: Sequence[Rows], cuts: list[int]) -> None:
    come = arriving(stories)
    batches = [come[a:b] for a, b in zip([0, *cuts], [*cuts, len(come)], strict=True)]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        (whole,), told, at_once = in_batches(Path(one), [arriving([*ALL, ALONE])])
        seen, changes, last = in_batches(Path(other), batches)
    assert (last, told) == (at_once, [])
    for earlier in seen:
        assert earlier.keys() <= whole.keys()  # a mention keeps its own id for ever
    # What was linked at first, with the changes that were told, is what is linked now.
    now: Links = {}
    for links in seen:
        now = links | now
    for version, mention, old, new, _ in changes:
        assert now[version, mention] == old
        now[version, mention] = new
    assert now == whole


def test_a_link_that_changes_is_told_with_its_reason(tmp_path: Path) -> None:
    _, changes, _ = in_batches(tmp_path, [[ALONE], [full_name(1), full_name(2)]])
    assert changes == [("alone", "person:brandt", "person:brandt", "person:otto-brandt", "surname")]
