"""Days of one month in a list, which name the month once: "May 3, 4 and 6", "24 and 25 April"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_dates import LONGEST_MONTH, monthday
from pipelines.extract.timex_lexer import Lexeme
from pipelines.extract.timex_meaning import Fixed, Frame, Meaning, Node, Recurring
from pipelines.extract.timex_tense import Parse

_BEHIND = re.compile(r"(?:, \d{1,2}(?= and |,))*,? (?:and|or) \d{1,2}(?![\w%$:/-]|[.,]\d)")
_BEFORE = re.compile(r"(?<![\w.,$£€:/-])(?:\d{1,2}, )*\d{1,2},? (?:and|or) $")
_YEAR = re.compile(r", ((?:19|20)\d\d)\b")
_LONGEST_LIST = 40  # characters
_ENDS_IN_DAY = re.compile(r"[a-z.] \d{1,2}$", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}")
_UNKNOWN = re.compile(r"XXXX-(\d\d)-(\d\d)")
_NOUNS = frozenset(["NOUN", "PROPN", "ADJ", "NUM", "SYM"])


@dataclass(frozen=True, slots=True)
class Listed:
    """A day of a list: its verb is that of the day that names the month, which stands at a character."""

    day: Node
    at: int

    def resolve(self, frame: Frame) -> Meaning | None:
        """The day as it would resolve where the month is named."""
        return self.day.resolve(frame)


def listed(parse: Parse, found: Sequence[Lexeme]) -> Iterator[Lexeme]:
    """The expressions with the bare days that stand in a list with one of them, in order."""
    end = 0
    for lexeme in found:
        known = _month_and_day(lexeme.value)
        if known is None:
            yield lexeme
        else:
            year, month, day = known
            year = year or _year_behind(parse.text, lexeme)
            yield from _before(parse.text, lexeme, (year, month, day), end)
            real = cal.real_day(year, month, day) if year else None
            yield lexeme._replace(value=Fixed(real)) if real else lexeme
            yield from _behind(parse, lexeme, (year, month, day))
        end = lexeme.end


def _month_and_day(node: object) -> tuple[int | None, int, int] | None:
    """The year, where it is told, the month and the day of the year that a node names."""
    if isinstance(node, Recurring) and (day := _UNKNOWN.fullmatch(node.unknown)):
        return None, int(day[1]), int(day[2])
    if not isinstance(node, Fixed) or node.period.unit != "day" or node.period.first != node.period.last:
        return None
    first = node.period.first
    return (first.year, first.month, first.day) if first else None


def _year_behind(text: str, lexeme: Lexeme) -> int | None:
    """The year behind a list: "June 12 and 13, 2026"."""
    run = _BEHIND.match(text, lexeme.end)
    year = _YEAR.match(text, run.end()) if run else None
    return int(year[1]) if year else None


def _before(text: str, lexeme: Lexeme, known: tuple[int | None, int, int], floor: int) -> Iterator[Lexeme]:
    start = max(floor, lexeme.start - _LONGEST_LIST)
    if text[lexeme.start].isdigit() and (run := _BEFORE.search(text, start, lexeme.start)):
        yield from _days(text, run, lexeme, known, range(1, known[2]))


def _behind(parse: Parse, lexeme: Lexeme, known: tuple[int | None, int, int]) -> Iterator[Lexeme]:
    run = _BEHIND.match(parse.text, lexeme.end)
    if run is None or not _ENDS_IN_DAY.search(parse.text, lexeme.start, lexeme.end):
        return
    last = parse.token(run.end() - 1)
    follower = last.nbor() if last.i + 1 < len(last.doc) else last
    if follower is last or follower.is_space or follower.pos_ not in _NOUNS:  # no "On May 3 and 25 guards"
        yield from _days(parse.text, run, lexeme, known, range(known[2] + 1, LONGEST_MONTH + 1))


def _days(
    text: str, run: re.Match[str], lexeme: Lexeme, known: tuple[int | None, int, int], possible: range
) -> Iterator[Lexeme]:
    """The numbers of a list as days of a month, if all of them are possible and each is later than the one before."""
    year, month, _ = known
    found = [*_DAY.finditer(text, run.start(), run.end())]
    numbers = [int(day.group()) for day in found]
    if not set(numbers) <= set(possible) or numbers != sorted(set(numbers)):
        return
    for day, number in zip(found, numbers, strict=True):
        real = cal.real_day(year, month, number) if year else None
        node = Fixed(real) if real else monthday(month, number)
        if node is not None:
            yield Lexeme("T", Listed(node, lexeme.start), day.start(), day.end())
