"""Lines of an article that share little with the rest of it: among them are those that its site prints everywhere.

An offer of a newsletter, a note about the author or a disclaimer tells of something else than the story around it. A
paragraph of background that a paper repeats in each report on a matter uses the words of that matter, so that it is
none of these lines, however often it is printed.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from pipelines.schemas import Hash64

_WORD = re.compile(r"[^\W_]+")
_CONTENT = 4  # letters: words of fewer tell nothing of a subject
_LENGTHS = range(5, 61)  # words: shorter ones are headings, and longer ones are told apart by the labeller
_SHARED = 1 / 3  # of a line's longer words: what shares more with the rest of the story belongs to it
_LAST = 3  # lines at the end of an article that are its edge, as its first line is
_PART = 3  # and no more than a third of its lines
_MOST = 0.25  # of an article's words: where more would go, it is rather a copy than residue, and all stay


@dataclass(frozen=True, slots=True)
class Loose:
    """A line that shares little with its article.

    Attributes:
        line: hash of its letters and digits; case and punctuation do not matter.
        text: the line as it was printed, where it stands first.
        at_edge: it stands only at the edge: as the first line, or as one of the last three (at most a third of all).
    """

    line: Hash64
    text: str
    at_edge: bool


def loose_lines(text: str, title: str | None) -> list[Loose]:
    """The lines of an article of 5 to 60 words that share at most a third of their longer words with the rest of it.

    Of a line that is printed several times only one counts, so that it does not vouch for itself.
    """
    lines = text.split("\n\n")
    end = len(lines) - max(1, min(_LAST, len(lines) // _PART))
    first: dict[str, int] = {}
    inside: dict[str, bool] = {}
    for i, line in enumerate(lines):
        key = _key(line)
        first.setdefault(key, i)
        inside[key] = inside.get(key, False) or 0 < i < end
    content = {key: {word for word in key.split() if len(word) > _CONTENT} for key in first}
    spread = Counter(word for words in content.values() for word in words)
    spread.update(set(_key(title or "").split()))
    return [
        Loose(_hash(key), lines[first[key]], not inside[key])
        for key, words in content.items()
        if len(key.split()) in _LENGTHS and sum(spread[word] > 1 for word in words) <= _SHARED * len(words)
    ]


def without(text: str, gone: Collection[Hash64]) -> str:
    """An article's text without the lines of these hashes; unchanged where they hold more than a quarter of its words.

    Lines are told by `Loose.line`.
    """
    lines = [(line, bool(gone) and _hash(_key(line)) in gone) for line in text.split("\n\n")]
    if sum(len(line.split()) for line, out in lines if out) > _MOST * len(text.split()):
        return text
    return "\n\n".join(line for line, out in lines if not out)


def _key(line: str) -> str:
    """Digits count as they are: a market report says the same of each day in other figures."""
    return " ".join(_WORD.findall(line.casefold()))


def _hash(key: str) -> Hash64:
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return Hash64(int.from_bytes(digest, signed=True))
