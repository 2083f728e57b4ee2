"""Recall and precision of `core.copies` on copies made by edits of the development articles of `../shared/bench`.

Each story is edited as papers edit wire copy: the tail cut, another headline, local paragraphs added (words of texts
that are no part of the test), another house style (spelling, quotation marks, numerals, dateline). The other stories of
the sets stay beside them, some of them on the same event; takes of one story, of which one has 30 % of the other's runs
of eight words, count as one. A pair of articles counts as found where they are in one group. Prints both figures, and
the pairs missed by edit; ends with a word where the sets are not there.
"""

import gzip
import json
import os
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines import models
from pipelines.build import build_model
from pipelines.link.fingerprint import fingerprint
from pipelines.settings import PROJECT
from pipelines.warehouse import create

SETS = ("ner-conllpp2020", "ner-cleanconll", "ner-worldwide", "quotes-polnear", "time-timebank", "body-scrapinghub")
LEAST = 120  # words of a story that is copied
STORIES = 300
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SPELLING = {"organization": "organisation", "percent": "per cent", "program": "programme", "defense": "defence",
            "color": "colour", "labor": "labour", "center": "centre", "toward": "towards", "said": "says"}  # fmt: skip
NUMERALS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}
Edit = Callable[[list[str], list[str], random.Random], list[str]]


def cut(text: list[str], _others: list[str], draw: random.Random) -> list[str]:
    """The tail is cut, down to a third at most."""
    return text[: max(len(text) // 3, draw.randint(len(text) // 3, len(text)), 60)]


def local(text: list[str], others: list[str], draw: random.Random) -> list[str]:
    """A local paragraph before and one within, each up to a fifth as long as the story."""
    most = max(len(text) // 5, 10)
    added = [[draw.choice(others) for _ in range(draw.randint(10, most))] for _ in range(2)]
    middle = len(text) // 2
    return added[0] + text[:middle] + added[1] + text[middle:]


def style(text: list[str], _others: list[str], _draw: random.Random) -> list[str]:
    """Another spelling, other quotation marks, numerals, and a dateline ahead."""
    words = [SPELLING.get(w, NUMERALS.get(w, w)) for w in text]
    return [
        "OSTREVA,",
        "March",
        "2",
        "(ANA)",
        "-",
        *(w.translate({0x201C: '"', 0x201D: '"', 0x27: 0x2019}) for w in words),
    ]


EDITS: dict[str, tuple[Edit, ...]] = {
    "as it is": (),
    "tail cut": (cut,),
    "local paragraphs": (local,),
    "house style": (style,),
    "cut and local": (cut, local),
    "cut, local and style": (cut, local, style),
}


def texts(bench: Path) -> list[list[str]]:
    """The words of the articles of the sets, each text once, the longest sets of them first as they come."""
    found: dict[str, list[str]] = {}
    for name in SETS:
        with gzip.open(bench / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for document in map(json.loads, lines):
                text = document["input"].get("text") or document["gold"].get("body") or ""
                if isinstance(text, str) and text.strip():
                    found.setdefault(re.sub(r"\W+", " ", text[:200].casefold()), text.split())
    return list(found.values())


def takes(stories: list[list[str]]) -> list[int]:
    """The number of the first story that each is a take of: an agency sends a story several times, each time longer."""
    first = list(range(len(stories)))
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    runs = [{tuple(words[i : i + 8]) for i in range(len(words) - 7)} for words in stories]
    for number, own in enumerate(runs):
        shared = Counter(other for run in own for other in seen[run])
        like = [o for o, n in shared.items() if n >= 0.3 * min(len(own), len(runs[o]))]
        first[number] = min((first[o] for o in like), default=number)
        for run in own:
            seen[run].append(number)
    return first


def made(stories: list[list[str]], draw: random.Random) -> list[dict[str, Any]]:
    """Rows of articles: each of the first long stories with a copy by each edit, the others as they are."""
    rows: list[dict[str, Any]] = []
    apart = [word for words in stories[::5] for word in words]
    stories = [words for i, words in enumerate(stories) if i % 5]
    first = takes(stories)
    long_ones = [i for i, words in enumerate(stories) if len(words) >= LEAST][:STORIES]
    for number, words in enumerate(stories):
        for edit, steps in EDITS.items() if number in long_ones else [("as it is", ())]:
            copy = words
            for step in steps:
                copy = step(copy, apart, draw)
            rows.append({"story": first[number], "edit": edit, "text": " ".join(copy)})
    draw.shuffle(rows)
    return rows


def grouped(rows: list[dict[str, Any]]) -> dict[int, str]:
    """The group of each row that core.copies gives one."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(f"{folder}/copies.duckdb") as con:
        create(con)
        con.register("given", pa.Table.from_pylist([_article(i, r) for i, r in enumerate(rows)]))
        con.execute("insert into clean.articles by name from given")
        con.execute("insert into meta.shards (\"table\", day, path) values ('clean/articles', '2026-03-02', 'a')")
        wanted = ("core/shared_text", "core/same_article", "core/articles", "core/copies")
        for model in models.load(PROJECT / "sql").models:
            if model.key in wanted:
                build_model(con, model)
        return {
            int(key): group for key, group in con.execute("select article_id, copy_group from core.copies").fetchall()
        }


def _article(number: int, row: dict[str, Any]) -> dict[str, Any]:
    key = f"{number:06}"
    return {
        "capture_id": key, "article_id": key, "version_id": key, "authors": [], "zone": "none", "text": row["text"],
        "flags": [], "publisher": f"Paper {number}", "title": f"Headline {number}", "words": len(row["text"].split()),
        "published_day": date(2026, 3, 2), "fingerprint": fingerprint(row["text"]), "encoding": "utf-8",
        "captured_at": NOON + timedelta(seconds=number), "cleaner_version": "1", "shard": "a",
    }  # fmt: skip


def report(rows: list[dict[str, Any]], groups: dict[int, str]) -> None:
    """Print recall and precision by pairs, and the pairs missed."""
    by_story: dict[int, list[int]] = defaultdict(list)
    by_group: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        by_story[row["story"]].append(number)
        by_group[groups.get(number, f"alone {number}")].append(number)
    missed: Counter[str] = Counter()
    true = 0
    for members in by_story.values():
        for one, other in combinations(members, 2):
            true += 1
            if one not in groups or groups.get(one) != groups.get(other):
                missed[" / ".join(sorted((rows[one]["edit"], rows[other]["edit"])))] += 1
    pairs = [pair for members in by_group.values() for pair in combinations(members, 2)]
    right = sum(rows[one]["story"] == rows[other]["story"] for one, other in pairs)
    print(f"{len(rows)} articles of {len(by_story)} stories, {true} pairs of copies")
    print(f"recall {100 * (true - missed.total()) / true:.2f} %, precision {100 * right / max(len(pairs), 1):.2f} %")
    for edits, count in missed.most_common(8):
        print(f"  missed {count}: {edits}")
    wrong = [pair for pair in pairs if rows[pair[0]]["story"] != rows[pair[1]]["story"]]
    for one, other in wrong[:5]:
        print(f"  wrong: {rows[one]['text'][:70]!r} and {rows[other]['text'][:70]!r}")


def main() -> None:
    """Score where the sets are."""
    bench = Path(os.environ.get("DATELINE_BENCH", PROJECT.parent / "shared" / "bench")) / "dev"
    if not bench.is_dir():
        sys.exit(print(f"{bench} is not there: nothing scored"))
    rows = made(texts(bench), random.Random(1))  # noqa: S311  # nothing secret
    report(rows, grouped(rows))


if __name__ == "__main__":
    main()
