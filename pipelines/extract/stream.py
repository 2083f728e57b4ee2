"""`dateline extract`: documents in, facts out, both as JSON lines, in order, one bad line never stopping the rest."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.extract import model
from pipelines.extract.document import facts, published_day


def extract_bodies(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Facts of clean bodies, for trying the extraction alone."""
    documents = [json.loads(line) for line in lines]
    for document, doc in zip(documents, model.parse(d["text"] for d in documents), strict=True):
        found = facts(doc, published_day(document.get("published_at")))
        yield {
            "doc_id": document["doc_id"],
            "text": document["text"],
            **found,
            "sentences": [[s["start"], s["end"]] for s in found["sentences"]],
        }


if __name__ == "__main__":
    for row in extract_bodies(sys.stdin):
        print(json.dumps(row, default=str, ensure_ascii=False))
