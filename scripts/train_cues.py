"""Learn the weights of `pipelines/extract/cue_model.py` from annotated articles.

    python scripts/train_cues.py GOLD.jsonl [WEIGHTS.json]

Each line of GOLD holds `input.text` and `gold.attributions`, whose `content` and `cue` are lists of [start, end].
Prints precision, recall and F1 of frames by cross-validation over whole documents, and writes the weights of a fit to
all of them where a path is given.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from pipelines.extract import model
from pipelines.extract.attributions import quoted_tokens
from pipelines.extract.cue_model import features
from pipelines.extract.frames import Frame, frames
from pipelines.extract.quote_marks import passages
from pipelines.extract.tree import tree

FOLDS = 6
PENALTY = 4.0
SEEN = 4
SLIGHT = 0.03
MATCH = 0.5
Matrix = NDArray[np.float64]


def tokens(doc: Doc, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Indices of the words within some character spans."""
    return frozenset(
        t.i for t in doc if t.text[:1].isalnum() and any(t.idx < e and t.idx + len(t) > s for s, e in spans)
    )


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Shared words over all words."""
    return len(a & b) / len(a | b) if a | b else 0.0


def is_gold(doc: Doc, frame: Frame, gold: Sequence[tuple[frozenset[int], frozenset[int]]]) -> bool:
    """Whether an annotator marked this cue with this content."""
    content = frozenset(i for i in frame.content if doc[i].text[:1].isalnum())
    return any(jaccard(content, g) >= MATCH and (not cue or frame.cue in cue) for g, cue in gold)


def examples(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[int, set[str], bool]]:
    """Document, features and label of each frame outside quotation marks."""
    for n, (row, doc) in enumerate(zip(rows, model.parse(r["input"]["text"] for r in rows), strict=True)):
        quoted = quoted_tokens(doc, passages(doc.text))
        gold = [(tokens(doc, a["content"]), tokens(doc, a["cue"])) for a in row["gold"]["attributions"]]
        parse = tree(doc)
        for frame in frames(parse, (i for i in range(len(doc)) if i not in quoted)):
            yield n, features(parse, frame, quoted), is_gold(doc, frame, gold)


def fit(table: Matrix, labels: Matrix) -> Matrix:
    """Weights of a logistic regression with a squared penalty, by Newton's method."""
    w = np.zeros(table.shape[1])
    for _ in range(20):
        p = 1 / (1 + np.exp(-table @ w))
        gradient = table.T @ (labels - p) - PENALTY * w
        hessian = (table * (p * (1 - p))[:, None]).T @ table + PENALTY * np.eye(len(w))
        w += np.linalg.solve(hessian, gradient)
    return w


def cross_validated(table: Matrix, labels: Matrix, documents: NDArray[np.int64]) -> Matrix:
    """Probability of each example by a model that has not seen its document."""
    p = np.zeros(len(labels))
    for fold in range(FOLDS):
        held = documents % FOLDS == fold
        p[held] = 1 / (1 + np.exp(-table[held] @ fit(table[~held], labels[~held])))
    return p


def main() -> None:
    """Score by cross-validation; fit and write."""
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = list(examples(rows))
    counts = Counter(name for _, names, _ in found for name in names)
    names = sorted(name for name, n in counts.items() if n >= SEEN)
    place = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(found), len(names)))
    for i, (_, present, _) in enumerate(found):
        table[i, [place[name] for name in present if name in place]] = 1
    labels = np.array([float(label) for *_, label in found])
    p = cross_validated(table, labels, np.array([n for n, *_ in found]))
    gold = sum(len(row["gold"]["attributions"]) for row in rows)
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        right, said = labels[p >= threshold].sum(), (p >= threshold).sum()
        print(f"{threshold:.2f} P {right / said:.3f} R {right / gold:.3f} F1 {2 * right / (said + gold):.3f}")
    if len(sys.argv) > 2:  # noqa: PLR2004
        fitted = zip(names, fit(table, labels), strict=True)
        learned = {name: round(float(w), 2) for name, w in fitted if abs(w) >= SLIGHT}
        Path(sys.argv[2]).write_text(json.dumps(learned, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
