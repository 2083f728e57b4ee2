"""Documents that hang, abort and eat memory, for real, in real workers."""

import os
import signal
import time
from collections.abc import Iterator

from pipelines.clean.document import Document, clean
from pipelines.clean.rejected import Rejected
from pipelines.clean.sandbox import clean_all
from pipelines.schemas import Cleaned
from pipelines.settings import settings
from tests.unit.clean.samples import BODY, page

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
    return clean(document)


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

    results = clean_all(clean, endless(), workers=1, seconds=20, megabytes=1024)
    first = next(results)
    results.close()  # type: ignore[attr-defined]
    assert not isinstance(first, Rejected)
    assert taken <= 8


def test_the_sandbox_changes_nothing() -> None:
    document = Document(text=STORY)
    (inside,) = clean_all(clean, [document], workers=1, seconds=20, megabytes=1024)
    assert inside == clean(document)


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
    found = list(clean_all(clean, documents, workers=2, seconds=limits.clean_seconds, megabytes=limits.clean_megabytes))
    texts = [one.reason if isinstance(one, Rejected) else one["text"] for one in found]
    assert texts[0::2] == [BODY, "too_deep", "\n\n".join(paragraphs), "\n\n".join(paragraphs)]
    assert texts[1::2] == [STORY.strip()] * 4
