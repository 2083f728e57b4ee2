"""The language of a text: English by its commonest words where they leave no doubt, else as py3langid tells.

py3langid walks an automaton of 39 MB a byte at a time, which takes an eighth of the time that a pasted text is cleaned
in. Most documents are English, and in most of those a glance at the words is enough.
"""

import re

_SAMPLE = 400  # characters: more do not change the answer
_LEAST = 60  # characters: fewer give no answer worth having
_SHARE = 0.1  # of the words
_DIFFERENT = 4  # words of the list
# Words of which no other language uses several often.
_ENGLISH = frozenset(
    ["the", "and", "that", "with", "from", "were", "which", "this", "been", "by", "have", "they", "their", "would",
     "of", "to", "he", "his", "it", "its", "are", "but", "who"]
)  # fmt: skip
# Words of texts that are partly English, or of languages near to it: Nigerian Pidgin's, German's, French's and so on.
_OTHER = frozenset(
    ["dey", "wey", "dem", "sey", "abi", "una", "na", "der", "und", "nicht", "les", "des", "est", "que", "los", "per",
     "che", "het", "een", "og", "och", "det", "som", "yang", "dan", "ang", "ng", "mga"]
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def language(text: str) -> str | None:
    """ISO 639-1 code of a text; null where it is too short to tell."""
    if len(text) < _LEAST:
        return None
    sample = text[:_SAMPLE]
    if _is_plainly_english(sample):
        return "en"
    import py3langid

    code: str = py3langid.classify(sample)[0]
    return code


def _is_plainly_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    if not _OTHER.isdisjoint(words):
        return False
    found = [word for word in words if word in _ENGLISH]
    return len(found) >= _SHARE * len(words) and len(set(found)) >= _DIFFERENT
