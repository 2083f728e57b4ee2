"""Quantities and times take time in proportion to the text, and know no clock."""

import ast
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from pipelines import extract
from pipelines.extract.quantities import quantities
from pipelines.extract.times import times

DAY = date(2026, 11, 25)
SOURCES = sorted(Path(extract.__file__).parent.glob("*.py"))
# Pieces that were found to take the square of their number, or that repeat what rules look ahead for.
PIECES = [
    "25 hundred", "2012 million", "4 thousand 3 hundred and", "5 people in 2012", "1,000", "one hundred and", "5-",
    "$1 to", "1/2", "1 1/2", "a@", "12.", "two out of", "up to", "no more than", "minus", "- 5", "not", "between 5 and",
    "half a", "hundreds of", "one in five", "$", "5 feet 2", "per 100 km", "5 per 100,000", "Hong Kong", "the first",
    "last Monday", "ended Nov. 25,", "the day before", "night 25", "1,000 past", "'90s", "of the", "from 5 to",
    "rose 3% to 5 from", "(", "5 (6", "or 7", "degrees 5",
]  # fmt: skip
READS_A_CLOCK = {"now", "today", "utcnow", "time_ns", "monotonic", "localtime", "gmtime", "getenv", "environ"}
PROGRAM = """
import json
from datetime import date, datetime
from pipelines.extract.document import facts_of
text = "Prices rose 3% last Monday to $4 million, officials said today. Rain fell for two days. It cost 600 kroner."
stamped, unstamped = facts_of([(text, "2021-03-04"), (text, None)])
print(datetime.now().year, json.dumps([stamped, unstamped], default=str))
"""


@pytest.fixture(scope="module")
def blank() -> Language:
    """A tokenizer with sentences, for long texts without a parse."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@contextmanager
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_the_text_and_no_faster(piece: str, blank: Language) -> None:
    def seconds(count: int) -> float:
        doc = blank(f"{piece} " * count)
        begin = time.process_time()
        quantities(doc, times(doc, DAY), [])
        return time.process_time() - begin

    with no_collector():
        short, long = (min(seconds(count) for _ in range(2)) for count in (100, 1000))
    assert long < 25 * short + 0.05  # in proportion it is ten times, by the square a hundred times


@pytest.mark.parametrize("source", SOURCES, ids=[source.name for source in SOURCES])
def test_no_module_reads_a_clock_or_the_environment(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    modules = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not names & READS_A_CLOCK
    assert not modules & {"time", "random", "secrets", "uuid", "locale"}


def test_the_facts_are_the_same_whatever_day_it_is(tmp_path: Path) -> None:
    clock = tmp_path / "sitecustomize.py"
    outcomes = []
    for year, zone in ((2001, "UTC"), (2038, "Pacific/Auckland")):
        clock.write_text(SHIFTED.format(year=year))
        given = {**os.environ, "TZ": zone, "PYTHONPATH": f"{tmp_path}:{os.environ.get('PYTHONPATH', Path.cwd())}"}
        ran = subprocess.run([sys.executable, "-c", PROGRAM], env=given, check=True, capture_output=True, text=True)
        told, _, facts = ran.stdout.partition(" ")
        assert int(told) == year
        outcomes.append(json.loads(facts))
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][0]["times"][0]["first_day"] == "2021-03-01"


SHIFTED = """
import datetime, time
real = (time.time, datetime.datetime, datetime.date)
shift = real[1]({year}, 6, 15).timestamp() - real[0]()
class Moved(real[1]):
    @classmethod
    def now(cls, tz=None):
        return real[1].fromtimestamp(real[0]() + shift, tz)
    @classmethod
    def today(cls):
        return cls.now()
class MovedDate(real[2]):
    @classmethod
    def today(cls):
        return real[1].fromtimestamp(real[0]() + shift).date()
time.time = lambda: real[0]() + shift
datetime.datetime, datetime.date = Moved, MovedDate
"""
