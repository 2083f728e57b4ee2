"""The examples judged against what their writer knows of them; `pytest -s` prints every miss."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines import warehouse
from pipelines.extract.units import words
from pipelines.settings import PROJECT

HERE = Path(__file__).parent
GOLD: dict[str, Any] = json.loads((HERE / "examples.json").read_text())
FLOORS: dict[str, float] = json.loads((HERE / "floors.json").read_text())
METADATA = ("title", "subtitle", "authors", "publisher", "wire", "section", "language", "published_at", "modified_at")
IN_CLAIM = {"speaker", "speaker_name", "source_type", "hedge", "negated"}
NAMES = {"speaker", "speaker_name", "counted", "about"}
Row = dict[str, Any]


@pytest.fixture(scope="module")
def found(examples: Path) -> dict[str, Row]:
    """The articles by source, with their facts."""
    with warehouse.connect(examples / "warehouse/warehouse.duckdb") as connection:

        def rows(query: str) -> list[Row]:
            return list(connection.sql(query).to_arrow_table().to_pylist())

        prefix = str(PROJECT / "examples") + "/"
        articles = rows("select a.*, c.source from clean.articles a join raw.captures c using (capture_id)")
        for article in articles:
            where = f"where version_id = '{article['version_id']}' order by \"index\""
            for kind in ("quantities", "times", "quotes", "silences", "claims"):
                article[kind] = rows(f"select * from facts.{kind} {where}")  # noqa: S608  # names of ours
    return {article["source"].removeprefix(prefix): article for article in articles}


def plain(value: Any) -> Any:
    """Names are compared without case and without a leading article; days as ISO 8601."""
    if isinstance(value, str):
        return re.sub(r"^(the|a|an) ", "", value.casefold().replace("’", "'").replace("“", '"').replace("”", '"'))
    return value.isoformat() if hasattr(value, "isoformat") else value


def said(key: str, value: Any) -> Any:
    """Units are compared as units: which of a unit's names is the canonical one is the table's business."""
    unit = words().get(str(value).lower()) if key == "unit" else None
    return unit.name if unit else plain(value)


def of_metadata(gold: Row, article: Row) -> Iterator[tuple[str, bool, str]]:
    for name in METADATA:
        if name in gold:
            yield name, gold[name] == article[name], f"{name}: {article[name]!r}, should be {gold[name]!r}"
    if "dateline" in gold:
        place, wanted = article["dateline"], gold["dateline"]
        right = place == wanted if None in (place, wanted) else plain(place).startswith(plain(wanted))
        yield "dateline", right, f"dateline: {place!r}, should be {wanted!r}"


def of_body(gold: Row, article: Row) -> Iterator[tuple[str, bool, str]]:
    paragraphs = article["text"].split("\n\n")
    if "paragraphs" in gold:
        yield "paragraphs", len(paragraphs) == gold["paragraphs"], f"{len(paragraphs)} paragraphs: {gold['paragraphs']}"
    if "first" in gold:
        yield "first", gold["first"] in paragraphs[0], f"begins {paragraphs[0][:60]!r}, should with {gold['first']!r}"
    if "last" in gold:
        yield "last", gold["last"] in paragraphs[-1], f"ends {paragraphs[-1][-60:]!r}, should with {gold['last']!r}"
    for residue in gold.get("residue", ()):
        yield "residue", residue not in article["text"], f"residue {residue!r}"


def place(text: str, within: str, surface: str) -> tuple[int, int]:
    start = text.find(within)
    start = start + within.index(surface) if start >= 0 else -1
    return start, start + len(surface)


def overlapping(facts: Iterable[Row], span: tuple[int, int]) -> list[Row]:
    """The facts that overlap a span, the largest overlap first."""
    shared = [(min(f["end"], span[1]) - max(f["start"], span[0]), f) for f in facts]
    return [f for size, f in sorted(shared, key=lambda s: -s[0]) if size > 0]


def of_facts(kind: str, gold: Row, article: Row) -> Iterator[tuple[str, bool, str]]:
    for wanted in gold.get(kind, ()):
        text = wanted["text"]
        hits = overlapping(
            article["quantities" if kind == "figures" else kind], place(article["text"], wanted.get("in", text), text)
        )
        name = f"{kind} {wanted.get('in', text)[:60]!r}"
        yield f"{kind}.found", bool(hits), f"{name} is not found"
        fact = dict(hits[0]) if hits else {}
        if kind == "figures" and hits:
            fact |= {
                k: v for c in article["claims"] if c["quantity"] == fact["index"] for k, v in c.items() if k in IN_CLAIM
            }
        for key, value in wanted.items():
            if key in {"in", "text"}:
                continue
            is_right = bool(hits) and said(key, fact.get(key)) == said(key, value)
            yield f"{kind}.{key}", is_right, f"{name}: {key} {plain(fact.get(key))!r}, should be {value!r}"


def judged(found: dict[str, Row], parts: Iterable[Any]) -> tuple[dict[str, float], list[str]]:
    """The share that is right by field, and a line for each miss."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    misses: list[str] = []
    for gold in GOLD["articles"]:
        for part in parts:
            for field, is_right, miss in part(gold, found[gold["source"]]):
                total[field] += 1
                right[field] += is_right
                if not is_right:
                    misses.append(f"{gold['source']}  {miss}")
    return {field: round(right[field] / total[field], 3) for field in total}, misses


def held_to_floors(found: dict[str, Row], parts: Iterable[Any]) -> None:
    shares, misses = judged(found, parts)
    print(json.dumps(shares, indent=1), *misses, sep="\n")
    fallen = {f: (share, FLOORS.get(f, 1.0)) for f, share in shares.items() if share < FLOORS.get(f, 1.0)}
    assert not fallen, "share and floor by field: " + str(fallen) + "\n" + "\n".join(misses)


def test_each_input_becomes_what_it_should(examples: Path) -> None:
    with warehouse.connect(examples / "warehouse/warehouse.duckdb") as connection:
        rows = connection.sql("""
            select c.source, r.reason from raw.captures c left join clean.rejects r using (capture_id)""").fetchall()
    prefix = str(PROJECT / "examples") + "/"
    outcomes = {source.removeprefix(prefix): reason for source, reason in rows}
    wanted = {i["source"]: i.get("reason") for i in GOLD["inputs"] if i["outcome"] != "duplicate"}
    assert outcomes == wanted


def test_a_new_version_is_of_the_same_article(found: dict[str, Row]) -> None:
    for entry in (i for i in GOLD["inputs"] if i["outcome"] == "new_version"):
        new, old = found[entry["source"]], found[entry["of"]]
        assert new["article_id"] == old["article_id"]
        assert new["version_id"] != old["version_id"]


def test_a_correction_shows_what_it_corrected(examples: Path) -> None:
    with warehouse.connect(examples / "warehouse/warehouse.duckdb") as connection:
        (found,) = connection.sql("""
            select title, previous_title, figures_changed, len(paragraphs_changed), len(paragraphs_added)
            from mart.revisions""").fetchall()
    assert found == (
        "Corvane Energy to cut 430 jobs as gas profit slides",
        "Corvane Energy to cut 340 jobs as gas profit slides",
        [{"before": "340 jobs", "after": "430 jobs"}, {"before": "one in eight staff", "after": "one in six staff"}],
        1,
        1,
    )


def test_metadata_and_body(found: dict[str, Row]) -> None:
    held_to_floors(found, [of_metadata, of_body])


@pytest.mark.parametrize("kind", ["figures", "times", "quotes", "silences"])
def test_facts(found: dict[str, Row], kind: str) -> None:
    held_to_floors(found, [lambda gold, article: of_facts(kind, gold, article)])
