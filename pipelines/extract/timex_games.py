"""Halves and quarters of games, which are no times of a year (data/games.toml)."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pipelines.extract.timex_lexer import Lexeme

_PLAYED = re.compile(r"(?:first|second|third|fourth|final|opening|1st|2nd|3rd|4th)[ -](?:half|quarter)", re.IGNORECASE)
_NEAR = 160  # characters
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_SCORE = re.compile(r"(?<![\w-])\d{1,3}-\d{1,3}(?![\w-])")
_LINE_OR_SENTENCE = re.compile(r"\n|[.!?]['\"”’)]*\s")


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("pipelines.extract.data").joinpath("games.toml").read_text(encoding="utf-8"))
    return {kind: frozenset(words.split()) for kind, words in table.items()}


def is_played(text: str, lexeme: Lexeme) -> bool:
    """Whether a half or a quarter is a stretch of a game: its sentence speaks of play, and of no accounts.

    She scored in the first half. Profit fell in the first half: a time. Of a year that is named it is always a time.
    """
    surface = text[lexeme.start : lexeme.end]
    if not _PLAYED.search(surface) or any(letter.isdecimal() for letter in surface[:4] + surface[-4:]):
        return False
    before = list(_LINE_OR_SENTENCE.finditer(text, max(0, lexeme.start - _NEAR), lexeme.start))
    behind = _LINE_OR_SENTENCE.search(text, lexeme.end, lexeme.end + _NEAR)
    first = before[-1].end() if before else max(0, lexeme.start - _NEAR)
    after = behind.start() if behind else lexeme.end + _NEAR
    near = {found.group() for found in _WORD.finditer(text[first:after].lower())}
    words = _words()
    is_play = near & words["game"] or len(near & words["often"]) > 1 or _SCORE.search(text, first, after)
    return bool(is_play) and not near & words["account"]
