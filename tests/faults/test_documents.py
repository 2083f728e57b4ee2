"""Documents that hang, abort and eat memory, for real, in real workers; bombs; and very many documents."""

import gzip
import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import recombined
from pipelines.clean.document import Document
from pipelines.clean.document import clean as clean_document
from pipelines.clean.rejected import Rejected
from pipelines.clean.sandbox import clean_all
from pipelines.ingest.take import take
from pipelines.lake import Lake
from pipelines.schemas import Cleaned
from pipelines.settings import Settings, settings
from pipelines.steps import clean, extract
from pipelines.steps.checks import unaccounted
from tests.unit.clean.samples import BODY, page
from tests.world import NOON

STORY = (
    "The council of Norvale voted on Tuesday to rebuild the old bridge, the mayor said. Work begins in spring.\n\n" * 4
)


def hostile(document: Document) -> Cleaned:
    match document.text:
        case "hang":
            while True:
                time.sleep(60)
        case "abort":
            os.abort()
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "memory":
            bytearray(4 << 30)
        case "fault":
            raise KeyError("missing")
    return clean_document(document)


def outcomes(*texts: str, workers: int = 2) -> list[str]:
    documents = (Document(text=text) for text in texts)
    found = clean_all(hostile, documents, workers=workers, seconds=3, megabytes=1024)
    return [one.reason if isinstance(one, Rejected) else "clean" for one in found]


def test_every_document_has_its_outcome_in_order() -> None:
    assert outcomes(STORY, "hang", STORY, "abort", STORY, "memory", "killed", STORY, "fault", STORY) == [
        "clean", "timeout", "clean", "crash", "clean", "memory", "crash", "clean", "fault", "clean",
    ]  # fmt: skip


def test_documents_are_read_as_outcomes_are_taken() -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield Document(text=STORY)

    results = clean_all(clean_document, endless(), workers=1, seconds=20, megabytes=1024)
    first = next(results)
    results.close()  # type: ignore[attr-defined]
    assert not isinstance(first, Rejected)
    assert taken <= 8


def test_the_sandbox_changes_nothing() -> None:
    document = Document(text=STORY)
    (inside,) = clean_all(clean_document, [document], workers=1, seconds=20, megabytes=1024)
    assert inside == clean_document(document)


def test_hostile_documents_keep_to_the_default_limits_and_harm_no_other() -> None:
    """Each is cleaned whole or refused with its reason, and the good document after it is cleaned as ever."""
    limits = settings()
    paragraphs = [f"Paragraph {i} says that the harbour of Norvale has {i} boats this year." for i in range(30_000)]
    many = "".join(f"<p>{p}</p>" for p in paragraphs)
    hostile_ones = [
        page(before="<script>" + "var a = 1;" * 2_500_000 + "</script>"),
        "<html><body>" + "<div>" * 100_000 + page(),
        f"<html><body><article>{many}</article></body></html>",
    ]
    documents = [d for source in hostile_ones for d in (Document(html=source), Document(text=STORY))]
    documents += [Document(text="\n\n".join(paragraphs)), Document(text=STORY)]
    found = list(
        clean_all(clean_document, documents, workers=2, seconds=limits.clean_seconds, megabytes=limits.clean_megabytes)
    )
    texts = [one.reason if isinstance(one, Rejected) else one["text"] for one in found]
    assert texts[0::2] == [BODY, "too_deep", "\n\n".join(paragraphs), "\n\n".join(paragraphs)]
    assert texts[1::2] == [STORY.strip()] * 4


BOMBS = """
import resource, sys
from pathlib import Path
from pipelines.ingest.take import take
from pipelines.lake import Lake
from pipelines.settings import Settings
from tests.world import NOON
take([Path(sys.argv[1])], Lake(Path("warm")), NOON, Settings())  # what Python and Arrow take themselves is there then
pages = int(Path("/proc/self/statm").read_text().split()[0])
most = pages * resource.getpagesize() + (48 << 20)
resource.setrlimit(resource.RLIMIT_AS, (most, most))
take([Path("bombs")], Lake(Path("lake")), NOON, Settings(capture_megabytes=4))
"""


def test_bombs_are_refused_within_a_cap_of_memory_and_the_rest_is_taken(tmp_path: Path) -> None:
    """Each unpacks to 256 MB, in a process that may take 48 MB more than it has when it is idle."""
    folder = tmp_path / "bombs"
    folder.mkdir()
    zeros = gzip.compress(bytes(256 << 20), 1)
    (folder / "a.txt.gz").write_bytes(zeros)
    (folder / "b.txt.gz").write_bytes(gzip.compress(zeros))
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("c.txt", "w") as member,
    ):
        for _ in range(256):
            member.write(bytes(1 << 20))
    (folder / "c.zip").write_bytes(sink.getvalue())
    (folder / "d.txt").write_text(STORY)
    (tmp_path / "warm.txt").write_text(STORY)
    program = [sys.executable, "-c", BOMBS, "warm.txt"]
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    lake = Lake(tmp_path / "lake")
    (shard,) = lake.shards("raw/captures")
    found = {r["source"]: r["problem"] for r in lake.read(shard, ["source", "problem"]).to_pylist()}
    assert found.pop("bombs/d.txt") is None
    assert set(found.values()) <= {"too_large", "bomb"}
    assert len(found) == 3


SOAK = int(os.environ.get("DATELINE_SOAK", "60"))  # documents; 5,000 take a quarter of an hour


def test_many_documents_go_through_and_memory_stays(tmp_path: Path) -> None:
    """Captured, cleaned and extracted by real workers, shard by shard, a hostile one in every twenty among them."""
    limits = Settings(data=tmp_path, shard_rows=max(20, SOAK // 10), clean_seconds=20)
    lake, export = Lake(tmp_path / "lake"), tmp_path / "export.jsonl"
    with export.open("w") as file:
        for number, text in enumerate(recombined(SOAK)):
            hostile = {"html": "<div>" * 100_000 + "<p>x"} if number % 20 == 7 else {"text": text}
            file.write(json.dumps({"url": f"https://post.example/{number}", **hostile}) + "\n")
    assert take([export], lake, NOON, limits).new == SOAK
    peaks = []
    for shard in clean.pending_shards(lake):
        clean.clean_shard(lake, shard, limits)
    for shard in extract.pending_shards(lake):
        extract.extract_shard(lake, shard, limits)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    assert unaccounted(lake, NOON.date()) == []
    reasons = [r for s in lake.shards("clean/rejects") for r in lake.read(s).column("reason").to_pylist()]
    assert reasons == ["too_deep"] * len(range(7, SOAK, 20))
    assert not any(s.rows for s in lake.shards("facts/failures"))
    assert lake.verify() == []
    assert peaks[-1] - peaks[0] < 200, peaks
