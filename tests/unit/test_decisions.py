"""Decisions about entities: kept as they are written, replayed, undone."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.decisions import Decision, DecisionError, Rule, What, append, read, record, replay
from pipelines.warehouse import create

AT = "2026-03-02T12:00:00+00:00"
NAMES = ["person:ann-lee", "person:anne-lee", "person:a-lee", "org:almer-port", "Q30"]


def decision(what: What, *entities: str, value: str = "", why: str = "") -> Decision:
    return Decision(AT, "desk", what, entities, value, why)


def test_what_is_appended_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "data" / "decisions.csv"
    taken = (
        decision("merge", "person:ann-lee", "person:anne-lee", why='one "Lee", two spellings'),
        decision("rename", "org:almer-port", value="Port of Almer, Ltd"),
    )
    assert [append(path, d) for d in taken] == [1, 2]
    assert read(path) == taken


def test_a_file_without_a_newline_at_its_end_is_carried_on(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    append(path, decision("hide", "Q30"))
    path.write_text(path.read_text().rstrip("\n"))
    append(path, decision("undo", value="1"))
    assert [d.what for d in read(path)] == ["hide", "undo"]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (f"{AT},desk,join,a b,,", "'join' is none of"),
        (f"{AT},desk,merge,a,,", "takes 2 entities"),
        (f"{AT},desk,merge,a a,,", "each once"),
        (f"{AT},desk,apart,a,,", "takes 2 entities"),
        ("yesterday,desk,hide,a,,", "no time in ISO 8601"),
        (f"{AT},desk,rename,a,,", "the new name"),
        (f"{AT},desk,retype,a,HUMAN,", "is no type"),
        (f"{AT},desk,undo,,1,", "an earlier decision"),
        (f"{AT},desk,hide,a", "its columns have to be"),
    ],
)
def test_a_row_that_says_nothing_is_refused_with_its_number(tmp_path: Path, row: str, wrong: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"at,who,what,entities,value,why\n{row}\n")
    with pytest.raises(DecisionError, match=f"decision 1: .*{wrong}"):
        read(path)


def test_a_wrong_decision_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    with pytest.raises(DecisionError):
        append(path, decision("merge", "Q30"))
    assert not path.exists()


def test_an_id_with_a_space_is_refused_for_it_would_be_read_as_two(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    with pytest.raises(DecisionError, match="a space in it"):
        append(path, decision("hide", "person:ann lee"))
    assert not path.exists()


def test_what_is_kept_apart_is_a_rule_for_each_of_the_others() -> None:
    rules = replay([decision("apart", "a", "b", "c"), decision("hide", "a")]).rules
    assert rules == (
        Rule("apart", "a", "b", None, 1),
        Rule("apart", "a", "c", None, 1),
        Rule("hide", "a", None, None, 2),
    )


def test_merges_follow_each_other() -> None:
    rules = replay([decision("merge", "b", "c"), decision("merge", "a", "b")]).rules
    assert {(r.entity_id, r.value) for r in rules} == {("b", "a"), ("c", "a")}


def test_a_part_is_split_off_again_whatever_was_merged_before() -> None:
    rules = replay([decision("merge", "org:a", "org:b"), decision("split", "org:a", "org:b")]).rules
    assert rules == (Rule("split", "org:a", "org:b", "org:b", 2),)


def test_articles_split_off_become_an_entity_with_a_name_of_its_own() -> None:
    (rule,) = replay([decision("split", "person:ann-lee", "article7", value="The Golfer")]).rules
    assert rule.value == "person:ann-lee~the-golfer"


def test_an_undone_decision_counts_no_more_until_its_undo_is_undone() -> None:
    taken = [decision("hide", "Q30"), decision("undo", value="1")]
    assert replay(taken) == ((), (False, True))
    rules, applies = replay([*taken, decision("undo", value="2")])
    assert [r.what for r in rules] == ["hide"]
    assert applies == (True, False, True)


one_decision = st.one_of(
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True).map(lambda e: decision("merge", *e)),
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True).map(lambda e: decision("split", *e)),
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True).map(lambda e: decision("apart", *e)),
    st.sampled_from(NAMES).map(lambda e: decision("rename", e, value="New")),
)


@given(st.lists(one_decision, max_size=8))
def test_undoing_everything_leaves_no_rule(taken: list[Decision]) -> None:
    undone = [decision("undo", value=str(n)) for n in range(1, len(taken) + 1)]
    assert replay([*taken, *undone]).rules == ()


@given(st.lists(one_decision, max_size=8))
def test_what_an_entity_becomes_is_no_entity_that_is_gone(taken: list[Decision]) -> None:
    merged = {r.entity_id: r.value for r in replay(taken).rules if r.what == "merge"}
    assert not merged.keys() & set(merged.values())


def test_recording_tells_what_changed() -> None:
    with duckdb.connect() as con:
        create(con)
        taken = [decision("merge", "person:ann-lee", "person:anne-lee")]
        assert record(con, taken) == {"meta/decisions", "meta/rules"}
        assert record(con, taken) == frozenset()
        assert record(con, [*taken, decision("undo", value="1")]) == {"meta/decisions", "meta/rules"}
        assert con.execute("select count(*) from meta.rules").fetchone() == (0,)
