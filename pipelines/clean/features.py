"""What a line of a document looks like, as numbers: the labeller's evidence.

Counting is done by numpy over the characters of the whole document at once, since a line at a time in Python is too
slow for five megabytes a second.
"""

import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.clean import recurrence
from pipelines.clean.lines import PLACES, Line

Matrix = NDArray[np.float32]

_CLASSES = (
    "space", "lower", "upper", "digit", "comma", "stop", "quote", "bracket", "dash", "colon", "mark", "currency",
    "ellipsis", "other",
)  # fmt: skip
_CLASS = {name: i for i, name in enumerate(_CLASSES)}
_K = len(_CLASSES)
_MEMBERS = {
    ",;，、；": "comma", ".!?。！？।": "stop", "\"“”„‟«»‘’'‹›": "quote", "()[]{}<>": "bracket", "-–—‐‑": "dash",
    ":：": "colon", "|•·*#@/\\→»›▶►_~^+=&©®™★☆✓": "mark", "$€£¥₹%₩": "currency", "…": "ellipsis",
}  # fmt: skip


@cache
def _table() -> NDArray[np.uint8]:
    """The class of each character of the Basic Multilingual Plane."""
    table = np.full(0x10000, _CLASS["other"], np.uint8)
    for code in range(0x10000):
        category = unicodedata.category(chr(code))
        match category:
            case "Ll":
                table[code] = _CLASS["lower"]
            case "Lu" | "Lt":
                table[code] = _CLASS["upper"]
            case "Nd":
                table[code] = _CLASS["digit"]
            case "Zs" | "Cc":
                table[code] = _CLASS["space"]
            case "Po" | "So" | "Sm" | "Sk":
                table[code] = _CLASS["mark"]
    for members, name in _MEMBERS.items():
        for member in members:
            table[ord(member)] = _CLASS[name]
    return table


class _Lexicon:
    def __init__(self) -> None:
        read = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
        self.word_kinds = list(read["words"])
        self.words: dict[str, tuple[int, ...]] = {}
        for i, kind in enumerate(self.word_kinds):
            for word in read["words"][kind].split():
                self.words[word] = tuple(dict.fromkeys((*self.words.get(word, ()), i)))
        self.opening_kinds, self.openings = _phrases(read["openings"])
        self.line_kinds, self.lines = _phrases(read["lines"])


def _phrases(section: dict[str, str]) -> tuple[list[str], dict[str, tuple[int, ...]]]:
    found: dict[str, tuple[int, ...]] = {}
    for i, phrases in enumerate(section.values()):
        for phrase in phrases.replace("\n", "").split("|"):
            found[phrase] = (*found.get(phrase, ()), i)
    return list(section), found


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


def counts(lines: Sequence[Line]) -> tuple[Any, Any, Any]:
    """Characters by class, the class of the first, and of the last two characters of each line."""
    lengths = np.fromiter((len(line.text) for line in lines), np.int64, len(lines))
    codes = np.frombuffer("".join([line.text for line in lines]).encode("utf-32-le", "replace"), np.uint32)
    classes = _table()[np.minimum(codes, 0xFFFF)].astype(np.int64)
    owner = np.repeat(np.arange(len(lines)) * _K, lengths)
    table = np.bincount(owner + classes, minlength=len(lines) * _K).reshape(len(lines), _K)
    ends = np.cumsum(lengths)
    firsts = classes[ends - lengths]
    lasts = classes[ends - 1]
    before = classes[np.maximum(ends - 2, ends - lengths)]
    closing = (lasts == _CLASS["quote"]) | (lasts == _CLASS["bracket"])
    return table, firsts, np.stack([lasts, np.where(closing, before, lasts)])


_STRIP = ".,:;!?\"'“”‘’()[]|•–—-…"


def _kinds(words: list[list[str]]) -> Matrix:
    """Words of each kind of the lexicon, a line a row."""
    lexicon = _lexicon()
    get = lexicon.words.get
    table = np.zeros((len(words), len(lexicon.word_kinds)), np.float32)
    for row, line in enumerate(words):
        for kinds in map(get, line):
            if kinds:
                for kind in kinds:
                    table[row, kind] += 1
    return table


def _phrase_kinds(words: list[list[str]]) -> Matrix:
    lexicon = _lexicon()
    n = len(lexicon.opening_kinds)
    table = np.zeros((len(words), n + len(lexicon.line_kinds)), np.float32)
    for row, line in enumerate(words):
        for kind in lexicon.openings.get(" ".join(line[:2]), ()):
            table[row, kind] = 1
        if len(line) <= 6:  # noqa: PLR2004 - the longest line of the lexicon
            name = " ".join(w for w in line if w and not w.isdigit()).replace("'", "").replace("’", "")
            for kind in lexicon.lines.get(name, ()):
                table[row, n + kind] = 1
    return table


_FAR = 60  # lines: beyond that a cue says no more


def of_lines(lines: Sequence[Line], slug: frozenset[str] = frozenset()) -> tuple[Matrix, Any, list[list[str]]]:
    """One row of evidence a line, the number of words of each line, and those words.

    Args:
        lines: at least one.
        slug: words of the address, which are most often those of the headline.
    """
    n = len(lines)
    table, firsts, lasts = counts(lines)
    words = [[word.strip(_STRIP) for word in line.text.lower().split()] for line in lines]
    other = table[:, _CLASS["other"]]
    n_words = np.fromiter(map(len, words), np.int64, n) + other // 2  # Chinese and Japanese have no blanks
    chars = np.maximum(table.sum(1), 1)
    ends = (lasts[1] == _CLASS["stop"]) | (lasts[0] == _CLASS["stop"])
    capitals = np.fromiter((sum(w[0].isupper() for w in line.text.split()) for line in lines), np.float32, n)
    kinds = _kinds(words)
    phrases = _phrase_kinds(words)
    shares = kinds / n_words[:, None]
    prose = np.minimum(n_words, 60) * (0.3 + 0.7 * ends) * (n_words > 7)  # noqa: PLR2004 - shorter lines are headings
    own = np.column_stack(
        [
            n_words, chars / n_words, table / chars[:, None], firsts, lasts[1], ends,
            table[:, [_CLASS["stop"], _CLASS["comma"], _CLASS["quote"]]], capitals / n_words,
            _layout(lines, n_words), kinds, shares[:, :2], phrases, _singles(lines, words, slug, n_words),
        ]
    )  # fmt: skip
    around = np.column_stack(
        [n_words, ends, capitals / n_words, shares[:, 0], own[:, -7:-5], kinds[:, _kind("clock")],
         kinds[:, _kind("comment")], phrases, prose]
    )  # fmt: skip
    columns = [
        own,
        *(shifted(around, by) for by in (-2, -1, 1, 2)),
        *(_window(prose, width) for width in (2, 5, 10)),
        *(_window(kinds[:, _kind(kind)], 4) for kind in ("clock", "comment", "appeal", "legal", "site", "share")),
        _cues(kinds, phrases, prose, n_words),
        _headline(own[:, -5], prose),
        recurrence.of_stamps(kinds[:, _kind("clock")] + kinds[:, _kind("month")], n_words),
        recurrence.of_lengths(n_words),
        recurrence.of_subject(words, slug),
    ]
    return np.column_stack(columns).astype(np.float32), n_words, words


def _kind(name: str) -> int:
    return _lexicon().word_kinds.index(name)


def shifted(values: Any, by: int) -> Any:
    """The values of the line `by` lines before (after, if negative), zero beyond the ends."""
    out = np.zeros_like(values)
    if abs(by) >= len(values):
        return out
    if by > 0:
        out[by:] = values[:-by]
    else:
        out[:by] = values[-by:]
    return out


def _window(values: Any, width: int) -> Any:
    """The mean over the lines from `width` before to `width` after."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    low, high = np.maximum(at - width, 0), np.minimum(at + width + 1, len(values))
    return (total[high] - total[low]) / (high - low)


def _cues(kinds: Matrix, phrases: Matrix, prose: Any, n_words: Any) -> Any:
    """How far the last heading of comments or of other stories is, and how much prose stands since and before."""
    n = len(prose)
    before = np.cumsum(prose) - prose
    total = max(float(prose.sum()), 1.0)
    columns = [before / total, np.log1p(before), np.log1p(total - before - prose)]
    at = np.arange(n)
    short = n_words <= 8  # noqa: PLR2004 - a heading
    lexicon = _lexicon()
    lines = phrases[:, len(lexicon.opening_kinds) :]
    comments = (lines[:, 0] > 0) | (short & (kinds[:, _kind("comment")] > 0))
    for cue in (
        comments,
        lines[:, 1] > 0,
        short & (kinds[:, _kind("legal")] > 0),
        short & (kinds[:, _kind("clock")] > 0),
    ):
        last = np.maximum.accumulate(np.where(cue, at, -1))
        coming = np.minimum.accumulate(np.where(cue, at, n + _FAR)[::-1])[::-1]
        since = np.where(last < 0, total, before - before[np.maximum(last, 0)])
        columns += [
            np.minimum(np.where(last < 0, _FAR, at - last), _FAR), np.minimum(coming - at, _FAR),
            np.log1p(since), np.cumsum(cue),
        ]  # fmt: skip
    return np.column_stack(columns)


def _headline(overlap: Any, prose: Any) -> Any:
    """How far above the nearest line stands that has the words of the address, and how much prose stands between."""
    n = len(prose)
    at = np.arange(n)
    before = np.cumsum(prose) - prose
    headline = (overlap > 0.5) & (overlap >= 0.8 * overlap.max(initial=0.0))  # noqa: PLR2004 - of its words
    last = np.maximum.accumulate(np.where(headline, at, -1))
    coming = np.minimum.accumulate(np.where(headline, at, n + _FAR)[::-1])[::-1]
    return np.column_stack(
        [
            np.minimum(np.where(last < 0, _FAR, at - last), _FAR),
            np.minimum(coming - at, _FAR),
            np.where(last < 0, -1.0, np.log1p(before - before[np.maximum(last, 0)])),
            _window(overlap, 3),
            np.full(n, headline.sum() > 0),
        ]
    )


def _layout(lines: Sequence[Line], n_words: Any) -> Matrix:
    """Blank lines around, the block of lines without blanks between, and repetition."""
    n = len(lines)
    gaps = np.fromiter((line.gap for line in lines), np.float32, n)
    after = np.append(gaps[1:], 3)
    group = np.cumsum(gaps > 0)
    sizes = np.bincount(group)
    words = np.bincount(group, n_words)
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.text] = seen.get(line.text, 0) + 1
    repeats = np.fromiter((seen[line.text] for line in lines), np.float32, n)
    return np.stack(
        [
            np.minimum(gaps, 2) / 2,
            np.minimum(after, 2) / 2,
            np.log1p(sizes[group]) / 3,
            np.log1p(words[group] / sizes[group]) / 3,
            repeats > 1,
            np.minimum(repeats, 8) / 8,
        ],
        1,
    ).astype(np.float32)


def _singles(lines: Sequence[Line], words: list[list[str]], slug: frozenset[str], n_words: Any) -> Matrix:
    n = len(lines)
    by = np.fromiter((line[:1] == ["by"] for line in words), np.float32, n)
    overlap = np.zeros(n, np.float32)
    if slug:
        for row, line in enumerate(words):
            if 3 <= len(line) <= 30:  # noqa: PLR2004 - headlines
                overlap[row] = len(slug.intersection(line)) / max(len(slug), len(line) * 0.7)
    total = max(int(n_words.sum()), 1)
    passed = np.cumsum(n_words) - n_words
    address = np.fromiter(
        ("@" in line.text or "://" in line.text or "www." in line.text for line in lines), np.float32, n
    )
    return np.stack(
        [
            by,
            by * (n_words < 12),  # noqa: PLR2004 - a byline
            np.minimum(overlap, 1),
            passed / total,
            np.exp(-np.arange(n) / 10),
            np.exp(-np.arange(n)[::-1] / 10),
            address,
        ],
        1,
    ).astype(np.float32)


def of_places(lines: Sequence[Line]) -> Matrix:
    """Where each line of a page stands: bits of `PLACES`, links and depth."""
    places = np.fromiter((line.places for line in lines), np.int64, len(lines))
    bits = (places[:, None] >> np.arange(len(PLACES))) & 1
    linked = np.fromiter((line.linked for line in lines), np.float32, len(lines))
    depth = np.fromiter((line.depth for line in lines), np.float32, len(lines))
    return np.column_stack([bits, linked, linked > 0.5, linked > 0.9, depth / 20]).astype(np.float32)  # noqa: PLR2004
