# /// script
# dependencies = ["catboost==1.2.10"]
# ///
"""Train the labeller on the development halves of the gold sets and write its trees into the package.

    python scripts/train_labeller.py ../shared/bench [--cv] [--splits N]

With `--cv` only the cross-validated scores are printed: whole sites are left out, so no page is scored by a model that
has seen its site. `--splits` repeats that with the sites shared out anew, since one split is good for about 0.3 points.
Pages are named where trafilatura alone is better. catboost is needed for training alone; the package reads the trees
with numpy.
"""

import difflib
import gzip
import hashlib
import importlib.util
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from catboost import CatBoostClassifier
from trafilatura import extract

from pipelines.clean import body, containers, features, lines, page, runs, structured
from pipelines.clean.characters import plain
from pipelines.clean.containers import Group
from pipelines.clean.labeller import LEAF, Trees, of_reading
from pipelines.clean.lines import Line

PACKAGE = Path(body.__file__).parent
WORD = re.compile(r"\w+")
SETTINGS: dict[str, Any] = {
    "depth": 4, "learning_rate": 0.1, "l2_leaf_reg": 20, "rsm": 0.3, "border_count": 48,
    "bootstrap_type": "Bernoulli", "subsample": 0.7, "boosting_type": "Plain", "verbose": 0,
    "thread_count": 2, "allow_writing_files": False,
}  # fmt: skip
FOLDS, INNER = 8, 3
HEADER = 4  # lines above a story that stay with it: headline, standfirst, byline, day
SPLIT = [0]  # how often the sites were shared out anew
FAILED = 80.0  # F1: a page below it is lost
SIZES = {"paste": (150, 1), "page": (110, 2)}  # trees of a model, and models whose mean is taken
DECISIONS: dict[str, dict[str, Any]] = {  # see `runs.kept`
    "paste": {"threshold": None, "price": 0.0},
    "page": {"threshold": 0.45, "price": 0.25},
}


@dataclass
class Sample:
    """A document of the gold sets, as lines with their evidence and their gold label."""

    record: dict[str, Any]
    set_name: str
    texts: list[str]
    gaps: list[int]
    rows: Any
    n_words: Any
    words: features.Words
    labels: Any
    page: Any = None
    factor: float = 1.0
    groups: Sequence[Group] = ()

    @property
    def fold(self) -> int:
        """Which part of the sites the document's belongs to."""
        return number(f"{self.site}{SPLIT[0] or ''}") % (FOLDS * INNER)

    @property
    def site(self) -> str:
        """The host of the document's address."""
        return str(urlsplit(self.record["input"].get("url") or self.record["doc_id"]).netloc).removeprefix("www.")

    @property
    def lines(self) -> list[Line]:
        """The document's lines, without their places."""
        return [Line(text, gap) for text, gap in zip(self.texts, self.gaps, strict=True)]

    def second(self, reading: Any) -> Any:
        """The rows of the second reading."""
        read = of_reading(reading, self.n_words, self.words, self.groups)
        return np.column_stack([self.rows, read]).astype(np.float32)

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
    bare = [line for line, keep in zip(one.lines, one.labels, strict=True) if keep]
    out = [made(one, one.lines, one.labels, 0.2)]
    return [*out, made(one, bare, np.ones(len(bare), bool), 0.2)] if bare else out


def mixed(samples: Sequence[Sample]) -> list[Sample]:
    """Each story between what stands above and below that of another site of the same part of the sites."""
    out = []
    for one in samples:
        others = [s for s in samples if s.fold == one.fold and s.site != one.site and s.labels.any()]
        if others and one.labels.any():
            other = others[number(one.record["doc_id"]) % len(others)]
            own, kept = np.flatnonzero(one.labels), np.flatnonzero(other.labels)
            first, last = max(0, own[0] - HEADER), own[-1] + 1
            above, below = other.lines[: max(0, kept[0] - HEADER)], other.lines[kept[-1] + 1 :]
            marks = np.concatenate([np.zeros(len(above), bool), one.labels[first:last], np.zeros(len(below), bool)])
            out.append(made(one, [*above, *one.lines[first:last], *below], marks, 0.4, one.record["input"].get("url")))
    return out


def as_text(pages: Sequence[Sample]) -> list[Sample]:
    """Pages as another browser would paste them: the lines of their markup, without what the markup says of them."""
    return [made(one, one.lines, one.labels, 0.4, one.record["input"].get("url")) for one in pages]


def made(one: Sample, chosen: Sequence[Line], marks: Any, factor: float, url: str | None = None) -> Sample:
    """A sample of other lines."""
    rows, n_words, words = features.of_lines(chosen, body.slug(url))
    texts, gaps = [line.text for line in chosen], [line.gap for line in chosen]
    return Sample(one.record, one.set_name, texts, gaps, rows, n_words, words, marks, factor=factor)


def number(name: str) -> int:
    """A number that a name always gets."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def page_lines(tree: Any) -> list[Line]:
    """The lines of a page as cleaning reads them."""
    return lines.of_page(tree)


def with_page_evidence(samples: Sequence[Sample], expected: dict[str, float]) -> list[Sample]:
    """The pages among the samples, with the evidence of their markup."""
    out = []
    for one in samples:
        tree, found = one.page
        text = body.extracted(tree, expected[one.record["doc_id"]])
        groups = containers.groups(found)
        rows = body.page_rows(one.rows, found, text, structured.read(tree), groups, one.n_words)
        out.append(replace(one, rows=rows, groups=groups))
    return out


def fitted(rows: Iterable[Any], samples: Sequence[Sample]) -> dict[str, Any]:
    """Trees trained on these rows, as they are saved: the mean of models that differ in their seed alone."""
    iterations, models = SIZES["page" if samples[0].groups else "paste"]
    given = np.concatenate(list(rows))
    gold = np.concatenate([s.labels for s in samples]).astype(int)
    weights = np.concatenate([s.weights for s in samples])
    out: dict[str, Any] = {"features": [], "borders": [], "leaves": [], "bias": 0.0}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "model.json")  # catboost writes to files alone
        for seed in range(1, models + 1):
            model = CatBoostClassifier(**SETTINGS, iterations=iterations, random_seed=seed)
            model.fit(given, gold, sample_weight=weights)
            model.save_model(str(file), format="json")
            add_trees(out, json.loads(file.read_text(encoding="utf-8")), models)
    return out


def add_trees(out: dict[str, Any], saved: dict[str, Any], models: int) -> None:
    """Catboost's JSON cut down to what `Trees` reads; shallow trees get questions that are never true."""
    depth = SETTINGS["depth"]
    out["bias"] += saved["scale_and_bias"][1][0] / models
    for tree in saved["oblivious_trees"]:
        splits = tree["splits"] or []
        missing = depth - len(splits)
        out["features"].append([s["float_feature_index"] for s in splits] + [0] * missing)
        out["borders"].append([float(f"{s['border']:.5g}") for s in splits] + [1e9] * missing)
        values = [round(v / models / LEAF) for v in tree["leaf_values"]]
        out["leaves"].append(values + [0] * (2**depth - len(values)))


def two_stages(samples: Sequence[Sample]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both readings; the second learns from first readings of documents that the first had not seen."""
    unseen: dict[int, Any] = {}
    for part in range(INNER):
        train = [s for s in samples if s.fold // FOLDS != part]
        trees = Trees.load(fitted([s.rows for s in train], train))
        unseen |= {id(s): trees.probabilities(s.rows) for s in samples if s.fold // FOLDS == part}
    first = fitted([s.rows for s in samples], samples)
    return first, fitted([s.second(unseen[id(s)]) for s in samples], samples)


def read_with(first: dict[str, Any], second: dict[str, Any], one: Sample) -> Any:
    """The probabilities of a sample's lines."""
    return Trees.load(second).probabilities(one.second(Trees.load(first).probabilities(one.rows)))


def cross_validated(samples: list[Sample], more: Sequence[Sample] = ()) -> dict[int, Any]:
    """Probabilities of every sample's lines from models that have not seen its site."""
    found: dict[int, Any] = {}
    for fold in range(FOLDS):
        train = [s for s in samples + list(more) if s.fold % FOLDS != fold]
        test = [s for s in samples if s.fold % FOLDS == fold]
        models = two_stages(train)
        found |= {id(s): read_with(*models, s) for s in test}
    return found


def decided(one: Sample, probabilities: Any, kind: str) -> list[bool]:
    """Which lines of a sample are kept."""
    return runs.kept(probabilities.tolist(), one.n_words.tolist(), **DECISIONS[kind])


def report(score: ModuleType, samples: Sequence[Sample], found: dict[int, Any], kind: str) -> None:
    """One line a gold set, and one for each page that trafilatura alone reads and the labeller does not."""
    for name in dict.fromkeys(s.set_name for s in samples):
        chosen = [s for s in samples if s.set_name == name]
        texts = ["\n\n".join(compress(s.texts, decided(s, found[id(s)], kind))) for s in chosen]
        rows = [{"doc_id": s.record["doc_id"], "text": text} for s, text in zip(chosen, texts, strict=True)]
        result = score.evaluate("body", [s.record for s in chosen], rows)
        print(
            f"  {name}: F1 {result['main']} median page {result['median_page_f1']} below 80 {result['pages_below_80']}"
        )
        for one, text in zip(chosen, texts, strict=True):
            beaten(score, one, text)


def beaten(score: ModuleType, one: Sample, text: str) -> None:
    """Name a page that is lost here, but not with trafilatura alone."""
    if not one.groups or (own := page_f1(score, one.record, text)) >= FAILED:
        return
    other = page_f1(score, one.record, extract(one.record["input"]["html"], include_comments=False) or "")
    if other >= FAILED:
        print(f"    {own:.1f}, trafilatura {other:.1f}: {one.record['input'].get('url') or one.record['doc_id']}")


def page_f1(score: ModuleType, record: dict[str, Any], text: str) -> float:
    """F1 of one page in percent."""
    return 100 * float(score.count_body(record, {"text": text})["page_f1"])


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
    saved = {**DECISIONS[name], "first": first, "second": second}
    (PACKAGE / f"labeller_{name}.json").write_text(json.dumps(saved, separators=(",", ":")) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Cross-validate, and unless `--cv` is given, train and save."""
    bench = Path(arguments[0])
    score = load_score(bench)
    read: Callable[[str], list[Sample]] = lambda name: [sample(r, name) for r in records(bench, name)]  # noqa: E731
    pasted, pages, newer = read("body-pasted"), read("body-scrapinghub"), read("body+meta-fundus")
    paste = pasted + newer
    splits = int(arguments[arguments.index("--splits") + 1]) if "--splits" in arguments else 1
    samples: list[Sample] = []
    variants: list[Sample] = []
    for SPLIT[0] in reversed(range(splits)):
        variants = [variant for one in paste for variant in varied(one)] + mixed(paste) + as_text(pages)
        found = cross_validated(paste, variants)
        print(f"paste, sites left out, split {SPLIT[0]}")
        report(score, paste, found, "paste")
        expected = {s.record["doc_id"]: float(s.n_words[decided(s, found[id(s)], "paste")].sum()) for s in paste}
        samples = with_page_evidence(pages + newer, expected)
        print(f"page, sites left out, split {SPLIT[0]}")
        report(score, samples, cross_validated(samples), "page")
    if "--cv" not in arguments:
        save("paste", paste + variants)
        save("page", samples)


if __name__ == "__main__":
    main(sys.argv[1:])
