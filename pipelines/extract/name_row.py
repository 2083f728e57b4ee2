"""Rows of tables within a text: a name, and figures that describe it."""

import re

from pipelines.extract.figures import Figure
from pipelines.extract.phrases import Characters

_LONGEST = 100
_NAME = r"(?P<name>[A-Z][^\W\d_]*[.']?(?:[ '’&-](?:[A-Z][^\W\d_]*[.']?|de|of|and|&))*)"
_CELL = r"[-+]?(?:\d[\d.,:]*|\.\d+)%?"
_ROW = re.compile(rf"(?:\d{{1,3}}\.? )?{_NAME}(?:(?: {_CELL}){{2,}}|,? \([^()\d\n]+\),? {_CELL}(?: {_CELL})*) ?")
_PAIR = re.compile(rf"{_NAME} {_CELL} {_NAME.replace('name', 'other')} {_CELL} ?")


def name_of_row(text: str, figure: Figure) -> Characters | None:
    """The name at the head of the row that a figure is a cell of; nothing where its line is no row.

    "Elba City 4 1 0 3" -> about Elba City
    "Ana Ruiz (Peru) 11.26" -> about Ana Ruiz
    "Elba 13 Sudby 56" -> about Elba
    """
    first = text.rfind("\n", max(figure.start - _LONGEST, 0), figure.start) + 1
    if first == 0 and figure.start > _LONGEST:
        return None
    last = text.find("\n", figure.end, figure.end + _LONGEST)
    last = min(len(text), figure.end + _LONGEST) if last < 0 else last
    if pair := _PAIR.fullmatch(text, first, last):
        return pair.span("name" if figure.start < pair.start("other") else "other")
    row = _ROW.fullmatch(text, first, last)
    return row.span("name") if row and row.end("name") <= figure.start else None
