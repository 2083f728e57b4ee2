"""What a line of a document looks like, as numbers: the labeller's evidence.

Counting is done by numpy over the characters of the whole document at once, since a line at a time in Python is too
slow for five megabytes a second.
"""

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, count, repeat
from pathlib import Path
from typing import Any, NamedTuple

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


CONTENT = 4  # letters: words of fewer tell nothing of a subject
_CLASS_BITS = 0x0F
_BLANK, _CAPITAL = 0x10, 0x20  # what str.split and str.isupper say of a character


@cache
def _table() -> NDArray[np.uint8]:
    """The class of each character of the Basic Multilingual Plane, and whether it is a blank or a capital."""
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
    for code in range(0x10000):
        table[code] |= _BLANK * chr(code).isspace() | _CAPITAL * chr(code).isupper()
    return table


class _Lexicon:
    def __init__(self) -> None:
        read = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
        self.word_kinds = list(read["words"])
        kinds: dict[str, tuple[int, ...]] = {}
        for i, kind in enumerate(self.word_kinds):
            for word in read["words"][kind].split():
                kinds[word] = tuple(dict.fromkeys((*kinds.get(word, ()), i)))
        # Words with the same kinds share a group; group 0 is that of all words that are not here.
        groups = [(), *dict.fromkeys(kinds.values())]
        self.words = {word: groups.index(those) for word, those in kinds.items()}
        self.groups = np.array([[i in group for i in range(len(self.word_kinds))] for group in groups], np.float32)
        self.opening_kinds, self.openings = _phrases(read["openings"])
        self.opening_starts = {phrase.partition(" ")[0] for phrase in self.openings}
        self.line_kinds, self.lines = _phrases(read["lines"])
        self.line_starts = {phrase.partition(" ")[0] for phrase in self.lines}


def _phrases(section: dict[str, str]) -> tuple[list[str], dict[str, tuple[int, ...]]]:
    found: dict[str, tuple[int, ...]] = {}
    for i, phrases in enumerate(section.values()):
        for phrase in phrases.replace("\n", "").split("|"):
            found[phrase] = (*found.get(phrase, ()), i)
    return list(section), found


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


class Counts(NamedTuple):
    """What is counted in each line, by its characters."""

    table: Any  # characters by class
    words: Any
    capitals: Any  # words that begin with one
    firsts: Any  # the class of the first character
    lasts: Any  # the class of the last character, and of the last but closing quotes and brackets


def counts(texts: Sequence[str]) -> Counts:
    """Characters by class, words and capitals of each line, and how it begins and ends."""
    n = len(texts)
    lengths = np.fromiter(map(len, texts), np.int64, n)
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "replace"), np.uint32)
    marks = _table().take(codes, mode="clip")
    classes = marks & _CLASS_BITS
    table = np.bincount(np.repeat(np.arange(n) * _K, lengths) + classes, minlength=n * _K).reshape(n, _K)
    ends = np.cumsum(lengths)
    begins = ends - lengths
    blank = (marks & _BLANK) > 0
    word_begins = ~blank
    word_begins[1:] &= blank[:-1]
    word_begins[begins] = True
    n_words = np.add.reduceat(word_begins, begins, dtype=np.int64)
    capitals = np.add.reduceat(word_begins & (marks >= _CAPITAL), begins, dtype=np.float32)
    lasts = classes[ends - 1]
    closing = (lasts == _CLASS["quote"]) | (lasts == _CLASS["bracket"])
    before = classes[np.maximum(ends - 2, begins)]
    return Counts(table, n_words, capitals, classes[begins], np.stack([lasts, np.where(closing, before, lasts)]))


_STRIP = ".,:;!?\"'“”‘’()[]|•–—-…"


class Words(NamedTuple):
    """The words of a document, without the marks around them."""

    texts: list[str]
    begins: list[int]  # where the words of each line begin
    ends: list[int]
    lines: Any  # the line of each word
    places: dict[str, int]  # where each different word first stands, which is its number
    numbers: Any  # of each word


def words_of(texts: Sequence[str], lengths: Any) -> Words:
    """The words of lines of so many words."""
    words = [word if word.isalnum() else word.strip(_STRIP) for word in "\n".join(texts).lower().split()]
    ends = np.cumsum(lengths)
    places: dict[str, int] = {}
    numbers = np.fromiter(map(places.setdefault, words, count()), np.int64, len(words))
    lines = np.repeat(np.arange(len(lengths)), lengths)
    return Words(words, (ends - lengths).tolist(), ends.tolist(), lines, places, numbers)


def of_each(words: Words, values: Iterable[int]) -> Any:
    """A value of each word, given one for each different word."""
    table = np.zeros(len(words.texts), np.int64)
    table[np.fromiter(words.places.values(), np.int64, len(words.places))] = np.fromiter(
        values, np.int64, len(words.places)
    )
    return table[words.numbers]


def different(words: Words, chosen: Any) -> tuple[Any, Any]:
    """Line and number of the chosen words, each once in a line."""
    size = len(words.texts)
    keys = words.lines[chosen] * size + words.numbers[chosen]
    keys.sort()
    return np.divmod(keys[np.diff(keys, prepend=-1) > 0], size)


def _kinds(words: Words) -> Matrix:
    """Words of each kind of the lexicon, a line a row."""
    lexicon = _lexicon()
    n, n_groups = len(words.ends), len(lexicon.groups)
    groups = of_each(words, map(lexicon.words.get, words.places, repeat(0)))
    found = np.bincount(words.lines * n_groups + groups, minlength=n * n_groups).reshape(n, n_groups)
    table: Matrix = found.astype(np.float32) @ lexicon.groups
    return table


def _phrase_kinds(words: Words) -> Matrix:
    lexicon = _lexicon()
    texts, n = words.texts, len(lexicon.opening_kinds)
    table = np.zeros((len(words.ends), n + len(lexicon.line_kinds)), np.float32)
    for row, (begin, end) in enumerate(zip(words.begins, words.ends, strict=True)):
        first = texts[begin]
        if first in lexicon.opening_starts:
            for kind in lexicon.openings.get(" ".join(texts[begin : min(begin + 2, end)]), ()):
                table[row, kind] = 1
        if end - begin <= 6 and (first in lexicon.line_starts or not first.isalpha()):  # noqa: PLR2004 - the longest line of the lexicon
            name = " ".join(w for w in texts[begin:end] if w and not w.isdigit()).replace("'", "").replace("’", "")
            for kind in lexicon.lines.get(name, ()):
                table[row, n + kind] = 1
    return table


_FAR = 60  # lines: beyond that a cue says no more


def of_lines(lines: Sequence[Line], slug: frozenset[str] = frozenset()) -> tuple[Matrix, Any, Words]:
    """One row of evidence a line, the number of words of each line, and those words.

    Args:
        lines: at least one.
        slug: words of the address, which are most often those of the headline.
    """
    texts = [line.text for line in lines]
    table, lengths, capitals, firsts, lasts = counts(texts)
    words = words_of(texts, lengths)
    n_words = lengths + table[:, _CLASS["other"]] // 2  # Chinese and Japanese have no blanks
    chars = np.maximum(table.sum(1), 1)
    ends = (lasts[1] == _CLASS["stop"]) | (lasts[0] == _CLASS["stop"])
    titled = capitals / n_words
    kinds = _kinds(words)
    phrases = _phrase_kinds(words)
    shares = kinds / n_words[:, None]
    prose = np.minimum(n_words, 60) * (0.3 + 0.7 * ends) * (n_words > 7)  # noqa: PLR2004 - shorter lines are headings
    subject = frozenset(word for word in slug if len(word) > CONTENT)
    of_slug = _shared(words, slug)
    by, byline, overlap, *singles = _singles(texts, words, lengths, _overlap(of_slug, len(slug), lengths), n_words)
    own = [
        n_words, chars / n_words, table / chars[:, None], firsts, lasts[1], ends,
        table[:, [_CLASS["stop"], _CLASS["comma"], _CLASS["quote"]]], titled,
        *_layout(lines, texts, n_words), kinds, shares[:, :2], phrases, by, byline, overlap, *singles,
    ]  # fmt: skip
    around = beside(
        [n_words, ends, titled, shares[:, 0], by, byline, kinds[:, _kind("clock")],
         kinds[:, _kind("comment")], phrases, prose]
    )  # fmt: skip
    around_kinds = kinds[:, [_kind(kind) for kind in ("clock", "comment", "appeal", "legal", "site", "share")]]
    columns = [
        *own,
        *(shifted(around, by) for by in (-2, -1, 1, 2)),
        *(_window(prose, width) for width in (2, 5, 10)),
        _window(around_kinds, 4),
        *_cues(kinds, phrases, prose, n_words),
        *_headline(overlap.astype(np.float64), prose),
        *recurrence.of_stamps(kinds[:, _kind("clock")] + kinds[:, _kind("month")], n_words),
        *recurrence.of_lengths(n_words),
        *recurrence.of_subject(_shared(words, subject), len(subject)),
    ]
    return beside(columns), n_words, words


def beside(columns: Sequence[Any]) -> Matrix:
    """Columns and matrices of as many rows as one matrix; its columns lie together, as the trees read them."""
    widths = [1 if block.ndim == 1 else block.shape[1] for block in columns]
    out = np.empty((sum(widths), len(columns[0])), np.float32)
    at = 0
    for width, block in zip(widths, columns, strict=True):
        out[at : at + width] = block.T  # one column is spread over the one row
        at += width
    return out.T


@cache
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
    n = len(values)
    total = np.zeros((n + 1, *values.shape[1:]))
    np.cumsum(values, 0, out=total[1:])
    at = np.arange(n)
    low, high = np.maximum(at - width, 0), np.minimum(at + width + 1, n)
    return ((total[high] - total[low]).T / (high - low)).T


def _cues(kinds: Matrix, phrases: Matrix, prose: Any, n_words: Any) -> list[Any]:
    """How far the last heading of comments or of other stories is, and how much prose stands since and before."""
    n = len(prose)
    before = np.cumsum(prose) - prose
    total = max(float(prose.sum()), 1.0)
    at = np.arange(n)
    short = n_words <= 8  # noqa: PLR2004 - a heading
    lexicon = _lexicon()
    lines = phrases[:, len(lexicon.opening_kinds) :] > 0
    comment, legal, clock = (short & (kinds[:, _kind(kind)] > 0) for kind in ("comment", "legal", "clock"))
    cues = np.stack([lines[:, 0] | comment, lines[:, 1], legal, clock])
    last = np.maximum.accumulate(np.where(cues, at, -1), 1)
    coming = np.minimum.accumulate(np.where(cues, at, n + _FAR)[:, ::-1], 1)[:, ::-1]
    none = last < 0
    since = np.where(none, total, before - before[np.maximum(last, 0)])
    behind = np.minimum(np.where(none, _FAR, at - last), _FAR)
    of_cues = zip(behind, np.minimum(coming - at, _FAR), np.log1p(since), np.cumsum(cues, 1), strict=True)
    ahead = (before / total, np.log1p(before), np.log1p(total - before - prose))
    return [*ahead, *chain.from_iterable(of_cues)]


def _headline(overlap: Any, prose: Any) -> list[Any]:
    """How far above the nearest line stands that has the words of the address, and how much prose stands between."""
    n = len(prose)
    at = np.arange(n)
    before = np.cumsum(prose) - prose
    headline = (overlap > 0.5) & (overlap >= 0.8 * overlap.max(initial=0.0))  # noqa: PLR2004 - of its words
    last = np.maximum.accumulate(np.where(headline, at, -1))
    coming = np.minimum.accumulate(np.where(headline, at, n + _FAR)[::-1])[::-1]
    return [
        np.minimum(np.where(last < 0, _FAR, at - last), _FAR),
        np.minimum(coming - at, _FAR),
        np.where(last < 0, -1.0, np.log1p(before - before[np.maximum(last, 0)])),
        _window(overlap, 3),
        np.full(n, headline.any()),
    ]


def _layout(lines: Sequence[Line], texts: Sequence[str], n_words: Any) -> list[Any]:
    """Blank lines around, the block of lines without blanks between, and repetition."""
    n = len(lines)
    gaps = [line.gap for line in lines]
    above, after = np.array([gaps, [*gaps[1:], 3]], np.float32)
    group = np.cumsum(above > 0)
    sizes = np.bincount(group)
    words = np.bincount(group, n_words)
    seen = Counter(texts)
    repeats = np.fromiter(map(seen.__getitem__, texts), np.float32, n)
    return [
        np.minimum(above, 2) / 2,
        np.minimum(after, 2) / 2,
        (np.log1p(sizes) / 3)[group],
        np.log1p(words[group] / sizes[group]) / 3,
        repeats > 1,
        np.minimum(repeats, 8) / 8,
    ]


def _shared(words: Words, wanted: frozenset[str]) -> Any:
    """How many of some words each line has."""
    found = [words.places[word] for word in wanted if word in words.places]
    if not found:
        return np.zeros(len(words.ends), np.int64)
    chosen = np.zeros(len(words.texts), bool)
    chosen[found] = True
    lines, _ = different(words, chosen[words.numbers])
    return np.bincount(lines, minlength=len(words.ends))


def _overlap(shared: Any, n_slug: int, lengths: Any) -> Any:
    """How much of the address and a line are the same words, for lines as long as headlines."""
    is_title = (lengths >= 3) & (lengths <= 30)  # noqa: PLR2004
    return np.where(is_title, shared / np.maximum(max(n_slug, 1), lengths * 0.7), 0.0).astype(np.float32)


def _singles(texts: Sequence[str], words: Words, lengths: Any, overlap: Any, n_words: Any) -> list[Any]:
    n = len(texts)
    firsts = words.numbers[np.cumsum(lengths) - lengths]
    by = (firsts == words.places.get("by", -1)).astype(np.float32)
    total = max(int(n_words.sum()), 1)
    passed = np.cumsum(n_words) - n_words
    address = np.array(["@" in text or "://" in text or "www." in text for text in texts], np.float32)
    near = np.exp(-np.arange(n) / 10)
    return [
        by,
        by * (n_words < 12),  # noqa: PLR2004 - a byline
        np.minimum(overlap, 1),
        passed / total,
        near,
        near[::-1],
        address,
    ]


def of_places(lines: Sequence[Line]) -> Matrix:
    """Where each line of a page stands: bits of `PLACES`, links and depth."""
    places = np.fromiter((line.places for line in lines), np.int64, len(lines))
    bits = (places[:, None] >> np.arange(len(PLACES))) & 1
    linked = np.fromiter((line.linked for line in lines), np.float32, len(lines))
    depth = np.fromiter((line.depth for line in lines), np.float32, len(lines))
    return beside([bits, linked, linked > 0.5, linked > 0.9, depth / 20])  # noqa: PLR2004
