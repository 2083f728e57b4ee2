"""The text around possible times as lexemes: words with their kind, numbers, and what joins them."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pipelines.extract.timex_lexicon import lexicon, phrases, trigger_pattern

BEFORE, AFTER = 56, 40  # characters looked at on either side of a word that may head a time

_TOKEN = re.compile(
    r"""
    # A plain word, with the space before the next one: nothing that comes further down could begin with it.
    (?P<PLAIN> (?<!\d) [a-z]++ (?= [ ,)\n] ) (?<! \b FY ) ) (?: [ ] (?= [a-z] ) )?
  | (?P<NUMDATE> (?<![\w/-]) (?: \d{4}-\d\d-\d\d | \d{1,2}/\d{1,2}/(?:\d{4}|\d\d) ) (?![\w/-]) )
  | (?P<CLOCKTIME> (?<![\w:.$£€])
      \d{1,2} (?: :\d\d (?: :\d\d )? (?! (?! [ap]\.?m\b ) [\w:]) | \.\d\d (?=\s?[ap]\.?m\b) ) )
  | (?P<DECADE4> (?<![\w$£€]) (?: 1\d|20 )? \d0 ['’]?s\b | ['’]\d0s\b )
  | (?P<SHORTYEAR> (?<!\w) ['’]\d\d (?!\w) )
  | (?P<NTH> (?<![\w.,$£€]) \d{1,2} (?: st|nd|rd|th ) \b )
  | (?P<FRACTION> [½¼¾] | (?<![\w/]) [13]/[234] (?![\w/]) )
  | (?P<NUMBER> (?<![\w.,$£€#%/]) \d+ (?: ,\d{3} )* (?: \.\d+ )? (?! (?! [ap]\.?m\b ) [\w%$£€/]) (?!,\d) )
  | (?P<MERIDIEM> (?<=\d) (?: [ap]\.m\b\.? | [ap]m\b ) )
  | (?P<POSS> (?<=\w) ['’]s\b | (?<=s) ['’] (?!\w) )
  | (?P<FISCAL_CODE> (?<![\w.]) FY\s?['’]? (?: 20 )? \d\d (?!\w) )
  | (?P<QCODE> (?<![\w.]) [QH][1-4] (?!\w) )
  | (?P<WORD> [^\W\d_] (?: [^\W\d_] | (?! ['’]s\b ) [.'’] (?=[^\W\d_]) )* \.? )
  | (?P<DASH> [-–] (?=\w) )
  | (?P<COMMA> , (?!\d) )
  | (?P<LPAREN> \( ) | (?P<RPAREN> \) )
  | (?P<GAP> [^\S\n]+ )
  | (?P<OTHER> \d[\w.,/:%-]* | . | \n )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_NAMES = frozenset(("MONTH", "WEEKDAY", "WEEKDAYS", "HOLIDAY"))  # written with a capital


class Lexeme(NamedTuple):
    """A word, number, mark, or what the grammar made of several: its kind, meaning and place."""

    kind: str
    value: Any
    start: int
    end: int
    glued: bool = False  # with a hyphen to what stands before


def windows(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of text in which a time may stand, in order, none overlapping, none across a line's end."""
    low = high = 0
    for found in trigger_pattern().finditer(text):
        start, end = max(0, found.start() - BEFORE), found.end() + AFTER
        if start > high and high:
            yield low, high
            low = start
        elif not high:
            low = start
        high = min(end, len(text))
    if high:
        yield low, high


def lexemes(text: str, start: int, end: int) -> list[Lexeme]:
    """The lexemes of a stretch of text; a word cut at its borders is left out."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return list(_joined(text, _raw(text, start, end)))


def _raw(text: str, start: int, end: int) -> Iterator[Lexeme]:
    glued = False
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup or "OTHER"
        if kind == "GAP":
            glued = False
            continue
        first, last = found.span(kind)
        if kind == "DASH" and text[first] == "-" and _hyphen(text, first):
            glued = True
            continue
        lexeme = _lexeme(kind, found[kind], first, last, glued=glued)
        yield lexeme
        if lexeme.end < last:
            yield Lexeme("OTHER", ".", lexeme.end, last)
        glued = False


def _hyphen(text: str, at: int) -> bool:
    """Whether a dash joins two words, and is not between two numbers."""
    return at > 0 and text[at - 1].isalnum() and not (text[at - 1].isdigit() and text[at + 1].isdigit())


def _lexeme(kind: str, surface: str, start: int, end: int, *, glued: bool) -> Lexeme:
    if kind in ("PLAIN", "WORD"):
        word = surface.lower().replace("’", "'")
        entry = lexicon().get(word)
        if entry is None and word.endswith(".") and word not in phrases():
            entry, end = lexicon().get(word[:-1]), end - 1
        if entry and entry.kind in _NAMES and surface.islower():
            entry = None
        return Lexeme(entry.kind, entry.value, start, end, glued) if entry else Lexeme("OTHER", word, start, end, glued)
    if kind == "MERIDIEM":
        return Lexeme(kind, 0 if surface[0] in "aA" else 12, start, end, glued)
    if kind == "NUMBER" and len(surface) == 4 and surface.isdigit() and "1000" <= surface <= "2199":  # noqa: PLR2004
        return Lexeme("YEAR4", int(surface), start, end, glued)
    return Lexeme(kind, surface, start, end, glued)


def _joined(text: str, raw: Iterator[Lexeme]) -> Iterator[Lexeme]:
    """Phrases of the lexicon in one lexeme."""
    found, longest = list(raw), phrases()
    at = 0
    while at < len(found):
        first = found[at]
        word = text[first.start : first.end].lower()
        for size in range(min(longest.get(word, 1), len(found) - at), 1, -1):
            last = found[at + size - 1]
            surface = text[first.start : last.end].lower().replace("’", "'")
            entry = lexicon().get(surface)
            if entry:
                yield Lexeme(entry.kind, entry.value, first.start, last.end, first.glued)
                at += size
                break
        else:
            yield first
            at += 1
