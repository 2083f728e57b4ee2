"""The README's table of formats: a file of each, from the folder to the article."""

import gzip
import json
import re
from pathlib import Path

from pipelines.ingest.take import take
from pipelines.lake import Lake
from pipelines.schemas import Capture
from pipelines.settings import PROJECT, Settings
from pipelines.steps.clean import clean_captures
from tests.unit.ingest import samples
from tests.world import NOON

MAILBOX = (
    "From a@post.example Mon Mar  2 10:15:00 2026\n"
    + samples.mail(None, samples.STORY, To="editor@mail.example").as_string()
)
SAVED = " saved from url=(0028)https://post.example/harbour "
# By the first cell of the table: a file's name and content. Each holds the story of the samples, once.
FILES: dict[str, tuple[str, str | bytes]] = {
    "text: a paste, a wire copy": ("a.txt", f"{samples.TITLE}\n\nBy Jana Olsa\n\n{samples.STORY}\n"),
    "HTML page": ("a.html", samples.PAGE),
    "page saved in one file": ("b.html", samples.single_file(SAVED)),
    "MHTML": ("a.mhtml", samples.mhtml()),
    "RSS 0.9x to 2.0": ("a.rss", samples.rss()),
    "Atom": ("a.atom", samples.atom()),
    "JSON Feed": ("feed.json", samples.json_feed()),
    "sitemap": ("sitemap.xml", samples.sitemap()),
    "NITF": ("a.nitf", samples.nitf()),
    "NewsML-G2": ("message.xml", samples.news_message(samples.news_item())),
    "ninjs": ("ninjs.json", samples.ninjs()),
    "mail": ("a.eml", samples.mail(None, samples.STORY).as_bytes()),
    "mailbox (mbox)": ("a.mbox", MAILBOX),
    "JSON lines": ("a.jsonl", json.dumps({"title": samples.TITLE, "html": samples.PAGE}) + "\n"),
    "gzip of any of these": ("b.rss.gz", gzip.compress(samples.rss().replace("harbour<", "harbour/2<").encode())),
}


def rows_of_the_table() -> list[str]:
    text = (PROJECT / "README.md").read_text(encoding="utf-8").partition("## What it reads")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+?) \|", text, re.MULTILINE)
    return [re.sub(r" \(`text` or.*", "", cell) for cell in cells if cell != "format"]


def test_the_table_has_a_file_for_each_of_its_rows() -> None:
    assert sorted(rows_of_the_table()) == sorted(FILES)


def test_a_file_of_each_format_is_taken_from_its_folder_and_becomes_its_article(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in FILES.values():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    lake = Lake(tmp_path / "lake")
    taken = take([folder], lake, NOON, Settings())
    assert (taken.files, taken.skipped) == (len(FILES), [])
    (shard,) = lake.shards()
    captures: list[Capture] = lake.read(shard).to_pylist()
    made = clean_captures(captures, Settings())
    sources = {capture["capture_id"]: Path(capture["source"].partition("#")[0]).name for capture in captures}
    articles = {sources[row["capture_id"]]: (row["title"], row["text"]) for row in made["clean/articles"]}
    rejects = [(Path(row["source"]).name, row["reason"]) for row in made["clean/rejects"]]
    assert rejects == [("sitemap.xml", "link_only")]
    expected = {name: (samples.TITLE, samples.STORY) for name, _ in FILES.values() if name != "sitemap.xml"}
    assert articles == expected
