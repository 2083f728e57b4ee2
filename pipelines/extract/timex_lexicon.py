"""The lexicon of times: which kind of word each word is, and what it stands for (data/timex.toml)."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from pipelines.extract.timex_holidays import holidays


class Entry(NamedTuple):
    """A word of the lexicon."""

    kind: str
    value: Any


# Kinds of lexemes that the lexer or the grammar makes, and that no word has of itself.
MADE = (
    *(
        "NUMBER",
        "YEAR4",
        "NUMDATE",
        "CLOCKTIME",
        "DECADE4",
        "NTH",
        "HOLIDAY",
        "COMMA",
        "DASH",
        "POSS",
        "LPAREN",
        "RPAREN",
    ),
    *(
        "FRACTION",
        "AMOUNT",
        "T",
        "D",
        "K",
        "REPEAT",
        "REF",
        "SHORTYEAR",
        "QCODE",
        "FISCAL_CODE",
        "AGE",
        "REF_NOUN",
        "REF_ADJECTIVE",
        "UNITS_ALONE",
        "BARE_CLOCK",
        "OTHER",
    ),
)


@cache
def lexicon() -> dict[str, Entry]:
    """Every word and phrase in lower case."""
    text = files("pipelines.extract").joinpath("data/timex.toml").read_text(encoding="utf-8")
    words = {
        word: Entry(kind, value) for kind, section in tomllib.loads(text).items() for word, value in section.items()
    }
    return words | {name: Entry("HOLIDAY", name) for name in holidays()}


@cache
def phrases() -> dict[str, int]:
    """The first word of each phrase of the lexicon, and of how many lexemes the longest of them is."""
    longest: dict[str, int] = {}
    for entry in lexicon():
        if " " in entry:
            words = entry.replace("'", " '").split()  # a possessive is a lexeme of its own
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


# Kinds whose words can stand for a time by themselves or head one: the scan looks for these only.
TRIGGERS = frozenset(
    (
        *(
            "MONTH",
            "WEEKDAY",
            "WEEKDAYS",
            "WEEKPART",
            "UNIT",
            "UNITS",
            "FORTNIGHT",
            "WEEKEND",
            "DAYPART",
            "DAYPARTS",
            "FIXED_HOUR",
        ),
        *("MERIDIEM", "SEASON", "SEASONS", "TODAY", "NIGHT", "DECADE_NAME", "AGO", "PRESENT", "ADVERB", "ADJECTIVE"),
        *("HOLIDAY", "PERIOD", "FISCAL", "NEWYEAR", "OCLOCK", "SECOND", "ERA", "HALFYEAR"),
        *("PAST", "RECENT", "FUTURE", "CURRENT", "SOON", "LATEST"),
    )
)


@cache
def kinds() -> dict[str, str]:
    """A character for each kind, so that a run of lexemes is a string that a pattern can match."""
    names = sorted({entry.kind for entry in lexicon().values()} | set(MADE))
    return {name: chr(0x4E00 + i) for i, name in enumerate(names)}


@cache
def trigger_pattern() -> re.Pattern[str]:
    """Finds where a time may stand: a word that can head one, four digits, a clock time or a numeric date."""
    words = sorted({w for w, entry in lexicon().items() if entry.kind in TRIGGERS}, reverse=True)
    tens = "|".join(word for word, entry in lexicon().items() if entry.kind == "TENS")
    spoken = rf"(?:sixteen|seventeen|eighteen|nineteen|twenty)[ -](?:{tens})"
    digits = r"\d\d?(?:[:.]\d\d)?[ap]\.?m\b|[QH][1-4]\b|FY ?['’]?\d\d|\d\d\d\d(?!\d)|\d\d?[:/]\d\d|['’]?\d\ds"
    return re.compile(rf"(?<!\w)(?:{_trie(words)}|{spoken}|{digits})", re.IGNORECASE)


def _trie(words: list[str]) -> str:
    """One alternation that reads each letter once: words with the same beginning share it."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    letters = [re.escape(letter).replace("'", "['’]") + _branches(below) for letter, below in node.items() if letter]
    if "" in node:
        letters.append(r"(?!\w)")
    return letters[0] if len(letters) == 1 else f"(?:{'|'.join(letters)})"
