"""Steps that meet errors, in real runs of Dagster: which of them begin anew."""

import os
import signal
from collections.abc import Callable
from threading import Timer

import dagster as dg
import duckdb
import pytest

from pipelines.defs import lake_assets
from pipelines.defs.lake_assets import RETRIES, retried

ENDLESS = "select count(*) from range(1000000) a, range(1000000) b where hash(a.range + b.range) % 7 = 3"


def begun(step: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> tuple[int, bool]:
    """How often a step begins, and whether it succeeds at last."""
    monkeypatch.setattr(lake_assets, "FIRST_DELAY", 0)
    attempts = []

    @dg.asset
    def stepped(context: dg.AssetExecutionContext) -> None:
        with retried(context):
            attempts.append(context.retry_number)
            step(context.retry_number)

    ended = dg.materialize([stepped], raise_on_error=False)
    return len(attempts), ended.success


def failing(attempt: int) -> None:
    raise OSError(f"attempt {attempt}")


def failing_once(attempt: int) -> None:
    if attempt == 0:
        failing(attempt)


def blocked(attempt: int) -> None:
    raise dg.Failure(f"attempt {attempt}", allow_retries=False)


def interrupted(_: int) -> None:
    Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        duckdb.sql(ENDLESS).fetchall()
    except RuntimeError as error:
        raise ValueError("the query ended") from error


@pytest.mark.parametrize(
    ("step", "wanted"),
    [(failing_once, (2, True)), (failing, (1 + RETRIES, False)), (blocked, (1, False)), (interrupted, (1, False))],
)
def test_a_step_begins_anew_after_an_error_but_not_after_an_interruption(
    step: Callable[[int], None], wanted: tuple[int, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert begun(step, monkeypatch) == wanted
