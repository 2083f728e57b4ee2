"""Fingerprints of texts: a sample of the hashes of their runs of words, which two copies share.

A run's hash is kept where it falls into the lowest share of all hashes, so that a run is kept in every text or in none
(FracMinHash: Irber et al., 2022, doi:10.1101/2022.01.11.475838). Unlike MinHash with bands, the sample says how much of
the shorter text stands in the longer one, which is what a paper that cuts a story's tail leaves.
"""

import hashlib
import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipelines.schemas import Hash64

RUN = 5  # words
SHARE = 8  # one in so many runs is kept
WORD = re.compile(r"[^\W_]+")
_FACTORS = np.array([pow(0x9E3779B97F4A7C15, k, 2**64) for k in range(1, RUN + 1)], dtype=np.uint64)


def fingerprint(text: str) -> list[Hash64]:
    """The sampled hashes of a text, sorted, each once; case, punctuation and layout do not matter."""
    words = np.array([_word_hash(w) for w in WORD.findall(text.casefold())], dtype=np.uint64)
    if len(words) < RUN:
        return []
    runs = np.lib.stride_tricks.sliding_window_view(words, RUN)
    hashes = _mixed((runs * _FACTORS).sum(axis=1, dtype=np.uint64))
    kept = np.unique(hashes[hashes < np.uint64(2**64 // SHARE)])
    return [Hash64(int(h)) for h in kept]


@lru_cache(maxsize=65_536)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _mixed(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The finaliser of SplitMix64 (Steele, Lea, Flood 2014): close sums give hashes that are far apart."""
    z = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
