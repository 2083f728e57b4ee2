# /// script
# dependencies = ["catboost==1.2.10"]
# ///
"""Train the labeller on the development halves of the gold sets and write its trees into the package.

    python scripts/train_labeller.py ../shared/bench [--cv]

With `--cv` only the cross-validated scores are printed: whole sites are left out, so no page is scored by a model that
has seen its site. catboost is needed for training alone; the package reads the trees with numpy.
"""

import difflib
import gzip
import hashlib
import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from catboost import CatBoostClassifier

from pipelines.clean import body, features, lines, page, structured
from pipelines.clean.characters import plain
from pipelines.clean.labeller import Trees, of_reading
from pipelines.clean.lines import Line

PACKAGE = Path(body.__file__).parent
WORD = re.compile(r"\w+")
SETTINGS: dict[str, Any] = {
    "iterations": 150, "depth": 4, "learning_rate": 0.1, "l2_leaf_reg": 8, "rsm": 0.3, "border_count": 48,
    "bootstrap_type": "Bernoulli", "subsample": 0.7, "boosting_type": "Plain", "random_seed": 1, "verbose": 0,
    "thread_count": 2, "allow_writing_files": False,
}  # fmt: skip
FOLDS, INNER = 8, 3
THRESHOLDS = {"paste": 0.45, "page": 0.45}


@dataclass
class Sample:
    """A document of the gold sets, as lines with their evidence and their gold label."""

    record: dict[str, Any]
    set_name: str
    texts: list[str]
    gaps: list[int]
    rows: Any
    n_words: Any
    words: list[list[str]]
    labels: Any
    page: Any = None
    factor: float = 1.0
    fold: int = field(init=False)

    def __post_init__(self) -> None:
        site = urlsplit(self.record["input"].get("url") or self.record["doc_id"]).netloc.removeprefix("www.")
        self.fold = int(hashlib.sha256(site.encode()).hexdigest(), 16) % (FOLDS * INNER)

    @property
    def weights(self) -> Any:
        """A long line weighs more, a long document not much more than a short one."""
        weight = self.n_words**0.7
        return self.factor * weight / weight.sum() * len(weight) ** 0.5


def labels(texts: Sequence[str], gold: str) -> Any:
    """Whether at least half of a line's words are aligned with the gold body."""
    words = [(word, i) for i, text in enumerate(texts) for word in WORD.findall(text)]
    matcher = difflib.SequenceMatcher(None, [w for w, _ in words], WORD.findall(gold), autojunk=False)
    hits = np.zeros(len(texts))
    for block in matcher.get_matching_blocks():
        for _, owner in words[block.a : block.a + block.size]:
            hits[owner] += 1
    totals = np.bincount([owner for _, owner in words], minlength=len(texts))
    return (hits >= 0.5 * totals) & (totals > 0)


def sample(record: dict[str, Any], set_name: str) -> Sample:
    """A record as text lines; pages keep what the page labeller needs in `page`."""
    given = record["input"]
    kept = None
    if "text" in given:
        found = lines.of_text(plain(given["text"]))
    else:
        tree = page.parse(given["html"])
        found = page_lines(tree)
        kept = (tree, found)
    rows, n_words, words = features.of_lines(found, body.slug(given.get("url")))
    texts = [line.text for line in found]
    gaps = [line.gap for line in found]
    return Sample(record, set_name, texts, gaps, rows, n_words, words, labels(texts, record["gold"]["body"]), kept)


def varied(one: Sample) -> list[Sample]:
    """What else a reader may paste: the same without its address, and the bare story."""
    found = [Line(t, g) for t, g in zip(one.texts, one.gaps, strict=True)]
    bare = [line for line, keep in zip(found, one.labels, strict=True) if keep]
    out = []
    for chosen, marks, factor in ((found, one.labels, 0.2), (bare, np.ones(len(bare), bool), 0.2)):
        if chosen:
            rows, n_words, words = features.of_lines(chosen)
            texts = [line.text for line in chosen]
            gaps = [line.gap for line in chosen]
            out.append(Sample(one.record, one.set_name, texts, gaps, rows, n_words, words, marks, factor=factor))
    return out


def page_lines(tree: Any) -> list[Line]:
    """The lines of a page as cleaning reads them."""
    return lines.of_page(tree)


def with_page_evidence(samples: Sequence[Sample], expected: dict[str, float]) -> list[Sample]:
    """The pages among the samples, with the evidence of their markup."""
    out = []
    for one in samples:
        tree, found = one.page
        text = body.extracted(tree, expected[one.record["doc_id"]])
        rows = body.page_rows(one.rows, found, text, structured.read(tree))
        out.append(Sample(one.record, one.set_name, one.texts, one.gaps, rows, one.n_words, one.words, one.labels))
    return out


def fitted(rows: Iterable[Any], samples: Sequence[Sample]) -> dict[str, Any]:
    """Trees trained on these rows, as they are saved."""
    model = CatBoostClassifier(**SETTINGS)
    model.fit(
        np.concatenate(list(rows)),
        np.concatenate([s.labels for s in samples]).astype(int),
        sample_weight=np.concatenate([s.weights for s in samples]),
    )
    model.save_model("/tmp/labeller.json", format="json")  # noqa: S108 - catboost writes to files alone
    saved = json.loads(Path("/tmp/labeller.json").read_text(encoding="utf-8"))  # noqa: S108
    return portable(saved)


def portable(saved: dict[str, Any]) -> dict[str, Any]:
    """Catboost's JSON cut down to what `Trees` reads; shallow trees get questions that are never true."""
    depth = SETTINGS["depth"]
    out: dict[str, Any] = {"features": [], "borders": [], "leaves": [], "bias": saved["scale_and_bias"][1][0]}
    for tree in saved["oblivious_trees"]:
        splits = tree["splits"] or []
        missing = depth - len(splits)
        out["features"].append([s["float_feature_index"] for s in splits] + [0] * missing)
        out["borders"].append([float(f"{s['border']:.5g}") for s in splits] + [1e9] * missing)
        values = [round(v, 4) for v in tree["leaf_values"]]
        out["leaves"].append(values + [0.0] * (2**depth - len(values)))
    return out


def two_stages(samples: Sequence[Sample]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both readings; the second learns from first readings of documents that the first had not seen."""
    unseen: dict[int, Any] = {}
    for part in range(INNER):
        train = [s for s in samples if s.fold // FOLDS != part]
        trees = Trees.load(fitted([s.rows for s in train], train))
        unseen |= {id(s): trees.probabilities(s.rows) for s in samples if s.fold // FOLDS == part}
    first = fitted([s.rows for s in samples], samples)
    second = fitted(
        [np.column_stack([s.rows, of_reading(unseen[id(s)], s.n_words, s.words)]) for s in samples], samples
    )
    return first, second


def read_with(first: dict[str, Any], second: dict[str, Any], one: Sample) -> Any:
    """The probabilities of a sample's lines."""
    reading = Trees.load(first).probabilities(one.rows)
    rows = np.column_stack([one.rows, of_reading(reading, one.n_words, one.words)]).astype(np.float32)
    return Trees.load(second).probabilities(rows)


def cross_validated(samples: list[Sample], more: Sequence[Sample] = ()) -> dict[int, Any]:
    """Probabilities of every sample's lines from models that have not seen its site."""
    found: dict[int, Any] = {}
    for fold in range(FOLDS):
        train = [s for s in samples + list(more) if s.fold % FOLDS != fold]
        test = [s for s in samples if s.fold % FOLDS == fold]
        models = two_stages(train)
        found |= {id(s): read_with(*models, s) for s in test}
    return found


def report(score: ModuleType, samples: Sequence[Sample], found: dict[int, Any], threshold: float) -> None:
    """One line a gold set."""
    for name in dict.fromkeys(s.set_name for s in samples):
        chosen = [s for s in samples if s.set_name == name]
        rows = [
            {
                "doc_id": s.record["doc_id"],
                "text": "\n\n".join(t for t, p in zip(s.texts, found[id(s)], strict=True) if p >= threshold),
            }
            for s in chosen
        ]
        result = score.evaluate("body", [s.record for s in chosen], rows)
        print(
            f"  {name}: F1 {result['main']} median page {result['median_page_f1']} below 80 {result['pages_below_80']}"
        )


def load_score(bench: Path) -> ModuleType:
    """The scorer of the gold sets."""
    spec = importlib.util.spec_from_file_location("score", bench / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score.py in {bench}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def records(bench: Path, name: str) -> list[dict[str, Any]]:
    """The records of a gold set."""
    with gzip.open(bench / "dev" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def save(name: str, samples: Sequence[Sample]) -> None:
    """Train on everything and write the package's file."""
    first, second = two_stages(samples)
    saved = {"threshold": THRESHOLDS[name], "first": first, "second": second}
    (PACKAGE / f"labeller_{name}.json").write_text(json.dumps(saved, separators=(",", ":")) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Cross-validate, and unless `--cv` is given, train and save."""
    bench = Path(arguments[0])
    score = load_score(bench)
    read: Callable[[str], list[Sample]] = lambda name: [sample(r, name) for r in records(bench, name)]  # noqa: E731
    pasted, pages, newer = read("body-pasted"), read("body-scrapinghub"), read("body+meta-fundus")
    paste = pasted + newer
    variants = [variant for one in paste for variant in varied(one)]
    found = cross_validated(paste, variants)
    print("paste, sites left out")
    report(score, paste, found, THRESHOLDS["paste"])
    expected = {s.record["doc_id"]: float(s.n_words[found[id(s)] >= THRESHOLDS["paste"]].sum()) for s in paste}
    samples = with_page_evidence(pages + newer, expected)
    print("page, sites left out")
    report(score, samples, cross_validated(samples), THRESHOLDS["page"])
    if "--cv" not in arguments:
        save("paste", paste + variants)
        save("page", samples)


if __name__ == "__main__":
    main(sys.argv[1:])
