"""Train the weights of `pipelines/extract/name_types.py` on gold names, and say how well they carry over.

    python scripts/train_name_types.py GOLD_DIR [--write]

GOLD_DIR holds `ner-*.jsonl.gz`: lines of {"input": {"text"}, "gold": {"entities": [{"start", "end", "type"}]}}. Printed
for each set: the share of right classes by the model alone, by weights of the other sets only, and by document folds.
"""

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.extract import model
from pipelines.extract.name_spans import Name
from pipelines.extract.name_types import NONE, OTHER, coarse, key, parts, shares
from pipelines.extract.names import raw_names
from pipelines.extract.teams import sides, teams

WEIGHTS = Path(__file__).parents[1] / "pipelines" / "extract" / "data" / "name_type_weights.json"
CLASSES = ("person", "organization", "place", OTHER, NONE)
GOLD = {"per": "person", "person": "person", "org": "organization", "organization": "organization"}
GOLD |= dict.fromkeys(("loc", "location", "facility", "place"), "place")
# A set that marks only some types says nothing of the others.
UNMARKED = {"ner-gum": {OTHER, NONE}}
PENALTY, STEPS, RATE, FOLDS = 5.0, 400, 0.5, 4
EDGE = re.compile(r"^(?:the\s+|[\s\"'“‘])+|(?:['’]s?|[\s.,\"”])+$", re.IGNORECASE)

type Example = tuple[int, dict[str, float], str, str]  # document, cues, right class, the model's class
type Matrix = npt.NDArray[np.float64]


def main(arguments: list[str]) -> int:
    """Report, and write the weights of all sets where asked to."""
    sets = {path.name.split(".")[0]: examples(path) for path in sorted(Path(arguments[0]).glob("ner-*.jsonl.gz"))}
    for name, held in sets.items():
        others = [example for other, rows in sets.items() if other != name for example in rows]
        alone = float(np.mean([right == tagged for _, _, right, tagged in held]))
        folds = [
            accuracy(others + [e for e in held if e[0] % FOLDS != k], [e for e in held if e[0] % FOLDS == k])
            for k in range(FOLDS)
        ]
        carried = accuracy(others, held)
        print(f"{name}: {len(held)} names, model {alone:.3f}, other sets {carried:.3f}, folds {np.mean(folds):.3f}")
    if "--write" in arguments:
        cues, table = fit([example for rows in sets.values() for example in rows])
        written = {
            kind: {cue: round(float(weight), 2) for cue, weight in zip(cues, column, strict=True)}
            for kind, column in zip(CLASSES, table.T, strict=True)
        }
        WEIGHTS.write_text(json.dumps(written, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


def examples(path: Path) -> list[Example]:
    """Names as the model finds them, with their gold class; spans that cut across a gold name teach nothing."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        golds: list[dict[str, Any]] = [json.loads(line) for line in lines]
    found: list[Example] = []
    for number, (gold, doc) in enumerate(zip(golds, model.parse(g["input"]["text"] for g in golds), strict=True)):
        right = {bounds(doc.text, e["start"], e["end"]): gold_class(e["type"]) for e in gold["gold"]["entities"]}
        names = raw_names(doc)
        cues = shares(doc, names)
        longer = parts(doc.text, names)
        playing = {doc.text[t.start : t.end].casefold() for t in teams(doc)} | {s.casefold() for s in sides(doc.text)}
        for name in names:
            kind = right.get(bounds(doc.text, name.start, name.end), NONE)
            cut = kind == NONE and any(a < name.end and name.start < b for a, b in right)
            if (
                not cut
                and kind not in UNMARKED.get(path.name.split(".")[0], ())
                and surface(doc.text, name) not in playing
            ):
                group = key(doc.text, name)
                present = cues[group] | dict.fromkeys(longer.get(group.casefold(), ()), 1.0)
                found.append((number, present, kind, coarse(name.type)))
    return found


def surface(text: str, name: Name) -> str:
    """The name as written, in small letters."""
    return text[name.start : name.end].casefold()


def gold_class(kind: str) -> str:
    """The class of a gold type of any scheme."""
    return GOLD.get(kind.lower(), OTHER)


def bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without article, possessive ending and outer marks, as the sets differ on them."""
    part = text[start:end]
    left = EDGE.match(part)
    start += left.end() if left else 0
    right = re.search(r"(?:['’]s?|[\s.,\"”])+$", text[start:end])
    return start, start + right.start() if right else end


def matrix(rows: list[Example], cues: list[str]) -> Matrix:
    """One row an example, one column a cue."""
    column = {cue: i for i, cue in enumerate(cues)}
    table = np.zeros((len(rows), len(cues)))
    for i, (_, present, _, _) in enumerate(rows):
        for cue, share in {**present, "": 1.0}.items():
            if cue in column:
                table[i, column[cue]] = share
    return table


def fit(rows: list[Example]) -> tuple[list[str], Matrix]:
    """Cues, and their weights for each class: logistic regression with a quadratic penalty, by accelerated descent."""
    cues = sorted({cue for _, present, _, _ in rows for cue in present} | {""})
    x = matrix(rows, cues)
    y = np.array([[float(right == kind) for kind in CLASSES] for _, _, right, _ in rows])
    table = ahead = np.zeros((len(cues), len(CLASSES)))
    rate = 4.0 / np.linalg.norm(x.T @ x / len(rows), 2) * RATE
    for step in range(STEPS):
        gradient = x.T @ (softmax(x @ ahead) - y) / len(rows) + PENALTY / len(rows) * ahead
        moved = ahead - rate * gradient
        ahead = moved + step / (step + 3) * (moved - table)
        table = moved
    return cues, table


def softmax(scores: Matrix) -> Matrix:
    """Probabilities of the classes, a row an example."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def accuracy(train: list[Example], test: list[Example]) -> float:
    """Share of test names whose class the weights of the training names get right."""
    cues, table = fit(train)
    guessed = (matrix(test, cues) @ table).argmax(axis=1)
    return float(np.mean([CLASSES[g] == right for g, (_, _, right, _) in zip(guessed, test, strict=True)]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
