"""The README's table of formats, run: a file of each is taken in, and becomes the articles that it holds."""

import bz2
import gzip
import json
import lzma
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.ingest.take import take
from pipelines.lake import Lake
from pipelines.schemas import Capture
from pipelines.settings import PROJECT, Settings
from pipelines.steps.clean import clean_captures
from tests.unit.clean.pdfs import Run, column, pdf
from tests.unit.ingest import samples
from tests.unit.ingest.test_packed import tarred, zipped
from tests.unit.ingest.test_tables import written
from tests.unit.ingest.warcs import digested, packed, response

REJECTS = {"WARC": ["left_out"], "sitemap": ["link_only"]}  # beside the articles
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
TITLES = ["Ferries sail again from Ostreva", "Ostreva plans a flood wall", samples.TITLE]
STORIES = [
    (
        "The harbour of Ostreva reopened on Monday after twelve days of repairs, the port authority said, and the first"
        " ferries sailed to the islands before noon.\n\nThe repairs cost 3.4 million crowns, about half a million more"
        " than planned, said Nia Okoro, who heads the authority. She expects 12,000 passengers a week."
    ),
    (
        "The council of Ostreva will vote in April on a flood wall that would cost 90 million crowns, the mayor said on"
        " Tuesday.\n\nThe opposition calls the sum far too high. It wants to plant trees along the river first, which"
        " it says would cost 8 million crowns."
    ),
    samples.STORY,
]
RECORDS = [
    {"title": title, "text": story, "url": f"https://post.example/{n}", "date": "2026-03-02"}
    for n, (title, story) in enumerate(zip(TITLES[:2], STORIES, strict=False))
]


def html(n: int) -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in STORIES[n].split("\n\n"))
    page = (
        f"<!DOCTYPE html><html><head><title>{TITLES[n]}</title></head><body><article><h1>{TITLES[n]}</h1>{paragraphs}"
    )
    return f"{page}</article></body></html>".encode()


def text(n: int) -> bytes:
    return f"{TITLES[n]}\n\nBy Nia Okoro\n\n{STORIES[n]}\n".encode()


def printed() -> bytes:
    return pdf([[Run(60, 700, 22, TITLES[0]), Run(60, 676, 10, "By Nia Okoro"), *column(60, 640, STORIES[0], 80)]])


def crawl() -> bytes:
    head = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    return packed([digested(0, html(0)), response(1, gzip.compress(html(1)), head=head), response(2, status="404")])


def parquet(folder: Path) -> bytes:
    pq.write_table(pa.Table.from_pylist(RECORDS), folder / "made")
    return (folder / "made").read_bytes()


def mailbox() -> bytes:
    sent = samples.mail(None, samples.STORY, To="editor@mail.example").as_string()
    return f"From a@post.example Mon Mar  2 10:15:00 2026\n{sent}".encode()


def one(name: str, content: str | bytes) -> Callable[[Path], dict[str, bytes]]:
    return lambda _: {name: content if isinstance(content, bytes) else content.encode()}


SAVED = " saved from url=(0028)https://post.example/harbour "
# For each row of the table: files of that format by their names, and the articles that they hold.
FILES: dict[str, tuple[Callable[[Path], dict[str, bytes]], list[int]]] = {
    "text: a paste, a wire copy": (lambda _: {"a.txt": text(0)}, [0]),
    "HTML page": (lambda _: {"a.html": html(0)}, [0]),
    "page saved in one file": (one("a.html", samples.single_file(SAVED)), [2]),
    "MHTML": (one("a.mhtml", samples.mhtml()), [2]),
    "PDF with a text layer": (lambda _: {"a.pdf": printed()}, [0]),
    "JSON lines": (lambda _: {"a.jsonl": "\n".join(map(json.dumps, RECORDS)).encode()}, [0, 1]),
    "JSON": (
        lambda _: {
            "a.json": json.dumps({"status": "ok", "articles": RECORDS[:1]}).encode(),
            "b.json": json.dumps(RECORDS[1], indent=1).encode(),
        },
        [0, 1],
    ),
    "CSV, TSV": (lambda _: {"a.csv": written(RECORDS[:1], ";"), "b.tsv": written(RECORDS[1:], "\t")}, [0, 1]),
    "Parquet": (lambda folder: {"a.parquet": parquet(folder)}, [0, 1]),
    "RSS 0.9x to 2.0": (one("a.rss", samples.rss()), [2]),
    "Atom": (one("a.atom", samples.atom()), [2]),
    "JSON Feed": (one("feed.json", samples.json_feed()), [2]),
    "sitemap": (one("sitemap.xml", samples.sitemap()), []),
    "NITF": (one("a.nitf", samples.nitf()), [2]),
    "NewsML-G2": (one("message.xml", samples.news_message(samples.news_item())), [2]),
    "ninjs": (one("ninjs.json", samples.ninjs()), [2]),
    "mail": (one("a.eml", samples.mail(None, samples.STORY).as_bytes()), [2]),
    "mailbox (mbox)": (one("a.mbox", mailbox()), [2]),
    "WARC": (lambda _: {"a.warc.gz": crawl()}, [0, 1]),
    "zip, tar": (
        lambda _: {
            "a.zip": zipped({"in/a.html": html(0), "in/crawl.warc.gz": packed([digested(1, html(1))])}),
            "b.tgz": tarred({"in/b.txt": text(1)}, "w:gz"),
        },
        [0, 1, 1],
    ),
    "gzip, bzip2, xz": (
        lambda _: {
            "a.txt.gz": gzip.compress(text(0)),
            "b.html.bz2": bz2.compress(html(1)),
            "c.jsonl.xz": lzma.compress(json.dumps(RECORDS[0]).encode()),
        },
        [0, 0, 1],
    ),
}


def test_every_format_of_the_readme_has_a_file_here() -> None:
    section = (PROJECT / "README.md").read_text(encoding="utf-8").partition("## What it reads")[2].partition("\n## ")[0]
    named = re.findall(r"^\| (?!format \||---)([^|]+?) \|", section, re.MULTILINE)
    assert named == list(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_format_becomes_articles(tmp_path: Path, name: str) -> None:
    made, held = FILES[name]
    (tmp_path / "in").mkdir()
    for file, content in made(tmp_path).items():
        (tmp_path / "in" / file).write_bytes(content)
    lake = Lake(tmp_path / "lake")
    taken = take([tmp_path / "in"], lake, NOW, Settings(workers=1))
    assert taken.skipped == []
    captures = [row for shard in lake.shards() for row in lake.read(shard).to_pylist()]
    rows = clean_captures(cast("list[Capture]", captures), Settings(workers=1))
    articles: list[Any] = rows["clean/articles"]
    assert sorted(row["title"] for row in articles) == sorted(TITLES[n] for n in held)
    assert all(row["text"].replace("\n\n", " ") in " ".join(STORIES).replace("\n\n", " ") for row in articles)
    assert [row["reason"] for row in rows["clean/rejects"]] == REJECTS.get(name, [])
