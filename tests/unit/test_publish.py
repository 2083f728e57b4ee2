"""Publishing: what a new generation holds, what stays, and what readers see meanwhile."""

from pathlib import Path

from pipelines.lake import Lake
from pipelines.publish import publish
from pipelines.warehouse import connect, content_hashes
from tests.world import SQL, march, put


def test_a_second_publication_of_the_same_lake_makes_nothing(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    put(lake, "a", march(1), march(2))
    first = publish(lake, tmp_path / "warehouse", SQL)
    second = publish(lake, tmp_path / "warehouse", SQL)
    assert (first.generation, first.anew) == (1, True)
    assert (second.generation, second.anew, second.path) == (1, False, first.path)
    assert second.rows == first.rows


def test_step_by_step_gives_the_same_rows_as_from_the_lake_alone(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    put(lake, "a", march(1), march(2))
    publish(lake, tmp_path / "warehouse", SQL)
    put(lake, "b", march(3))
    publish(lake, tmp_path / "warehouse", SQL)
    put(lake, "b", march(3, troops=300), march(4))
    stepwise = publish(lake, tmp_path / "warehouse", SQL)
    with connect(tmp_path / "warehouse/warehouse.duckdb") as con:
        hashes = content_hashes(con)
    anew = publish(lake, tmp_path / "warehouse", SQL, fresh=True)
    assert anew.generation == stepwise.generation + 1
    with connect(tmp_path / "warehouse/warehouse.duckdb") as con:
        assert content_hashes(con) == hashes
        assert con.sql("select value from mart.figures order by value").fetchall() == [(200,), (200,), (200,), (300,)]
