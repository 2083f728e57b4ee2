"""How long a day of news takes to be linked into a large registry, with made-up names."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import batched

import duckdb
import pyarrow as pa

from benchmarks.measure import Measurement
from pipelines import models, reference
from pipelines.build import build_model
from pipelines.settings import PROJECT
from pipelines.warehouse import create

ARTICLES, ENTITIES, BEFORE, NAMES = 20_000, 600_000, 60_000, 16
DAY = date(2026, 3, 2)
CLASSES = (("PERSON", "person"), ("ORG", "org"), ("GPE", "place"))
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is", "ol")]

type Rows = list[dict[str, object]]


def measure() -> Iterator[Measurement]:
    """Seconds in which the models of the registry are built anew with the day's articles among all."""
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        create(con)
        reference.fill(con)
        _fill(con)
        project = models.load(PROJECT / "sql")
        linking = [m for m in project.models if m.key.startswith(("core/", "mart/entit", "mart/places"))]
        first = [m for m in linking if m.key in ("core/shared_text", "core/same_article", "core/articles")]
        for model in first:
            build_model(con, model)
        begin = time.perf_counter()
        for model in linking:
            if model not in first and not model.key.endswith(("outcomes", "copies")):
                build_model(con, model)
        took = time.perf_counter() - begin
        (count,) = con.execute("select count(*) from core.entities").fetchone() or (0,)
    yield Measurement(f"linking {ARTICLES:,} articles into {count:,} entities", took, "s", "<= 60")


def _fill(con: duckdb.DuckDBPyConnection) -> None:
    """A registry's worth of articles, each with names of its own and names that all the news shares."""
    draw = random.Random(1)  # noqa: S311  # nothing secret
    names = [_name(draw) for _ in range(ENTITIES)]
    for numbers in batched(range(BEFORE + ARTICLES), 10_000):
        made = [_article(draw, names, number) for number in numbers]
        _insert(con, "clean.articles", [article for article, _, _, _ in made])
        _insert(con, "facts.sentences", [row for _, sentences, _, _ in made for row in sentences])
        _insert(con, "facts.mentions", [row for _, _, mentions, _ in made for row in mentions])
        _insert(con, "facts.roles", [row for _, _, _, roles in made for row in roles])


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    con.register("given", pa.Table.from_pylist(rows))
    con.execute(f"insert into {table} by name from given")
    con.unregister("given")


def _name(draw: random.Random) -> tuple[str, str]:
    words = ("".join(draw.choices(SYLLABLES, k=draw.randint(1, 3))).capitalize() for _ in range(draw.randint(1, 3)))
    return draw.choices(CLASSES, (5, 4, 1))[0][0], " ".join(words)


def _article(
    draw: random.Random, names: list[tuple[str, str]], number: int
) -> tuple[dict[str, object], Rows, Rows, Rows]:
    version = f"version-{number:08}"
    common = [names[int(len(names) * draw.random() ** 4)] for _ in range(NAMES // 2)]
    own = [names[(number * (NAMES - NAMES // 2) + i) % len(names)] for i in range(NAMES - NAMES // 2)]
    sentences: list[dict[str, object]] = []
    mentions: list[dict[str, object]] = []
    roles: list[dict[str, object]] = []
    start = 0
    for index, (kind, name) in enumerate(common + own):
        key = {"version_id": version, "index": index, "extractor_version": "1", "shard": "a"}
        text = f"Minister {name} spoke." if index % 3 else f"There {name}, a retired teacher, spoke."
        sentences.append({**key, "start": start, "end": start + len(text), "text": text})
        first = start + text.index(name)
        entity = f"{dict(CLASSES)[kind]}:{name.lower().replace(' ', '-')}"
        where = {"start": first, "end": first + len(name), "text": name, "sentence": index}
        mentions.append({**key, **where, "type": kind, "entity_id": entity, "name": name})
        if kind == "PERSON":
            said = "Minister" if index % 3 else "a retired teacher"
            at = start + text.index(said)
            place = {"start": at, "end": at + len(said), "text": said, "sentence": index}
            roles.append({**key, **place, "kind": "role", "mention": index, "name": said})
        start += len(text) + 1
    article = {
        "capture_id": version, "article_id": version, "version_id": version, "authors": [], "zone": "none",
        "text": " ".join(str(s["text"]) for s in sentences), "flags": [], "published_day": DAY,
        "words": 60, "fingerprint": [], "captured_at": datetime(2026, 3, 2, tzinfo=UTC), "encoding": "utf-8",
        "cleaner_version": "1", "shard": "a",
    }  # fmt: skip
    return article, sentences, mentions, roles
