"""The lines of a document that are its article."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np
from lxml import html
from trafilatura import extract

from pipelines.clean import containers, features, labeller, runs
from pipelines.clean.characters import plain
from pipelines.clean.containers import Floats, Group
from pipelines.clean.features import Matrix
from pipelines.clean.labeller import Labeller
from pipelines.clean.lines import Line
from pipelines.clean.structured import Structured, named

_SLUG_WORD = re.compile(r"[a-z]{3,}")
_NO_WORD = re.compile(r"\W+")
_SHORT = 4  # words: a shorter line is looked for as a whole line, since it stands in other lines by chance
_MANY = 25_000  # lines: trafilatura's time grows with their square, so more are read by their words alone
_EXPECTED = 0.45  # probability of the lines that trafilatura should find
_DISTRUST = 0.6  # trafilatura's fast reading found less than this of what the labeller expects: read again, slowly


def slug(url: str | None) -> frozenset[str]:
    """The words of an address, which are most often those of the headline."""
    try:
        return frozenset(_SLUG_WORD.findall(unquote(urlsplit(url or "").path).lower()))
    except ValueError:
        return frozenset()


def of_text(lines: Sequence[Line], url: str | None) -> list[bool]:
    """Which lines of a pasted text are its article."""
    if not lines:
        return []
    rows, n_words, words = features.of_lines(lines, slug(url))
    model = labeller.load("paste")
    return _decided(model, model.probabilities(rows, n_words, words), n_words)


def of_page(tree: html.HtmlElement, lines: Sequence[Line], stated: Structured, url: str | None) -> list[bool]:
    """Which lines of a page are its article: what its words, its markup, trafilatura and its JSON-LD say."""
    if not lines:
        return []
    if len(lines) > _MANY:
        return of_text(lines, url)
    rows, n_words, words = features.of_lines(lines, slug(url))
    text = labeller.load("paste")
    expected = float(n_words[text.first.probabilities(rows) >= _EXPECTED].sum())
    model = labeller.load("page")
    groups = containers.groups(lines)
    rows = page_rows(rows, lines, extracted(tree, expected), stated, groups, n_words)
    return _decided(model, model.probabilities(rows, n_words, words, groups), n_words)


def _decided(model: Labeller, probabilities: Floats, n_words: Any) -> list[bool]:
    return runs.kept(probabilities.tolist(), n_words.tolist(), model.threshold, model.price)


def extracted(tree: html.HtmlElement, expected_words: float) -> str:
    """Trafilatura's reading of a page: the fast one, or the thorough one where that found too little."""
    text: str = extract(tree, include_comments=False, fast=True) or ""
    if len(text.split()) >= _DISTRUST * expected_words:
        return text
    return extract(tree, include_comments=False) or text


def page_rows(
    rows: Matrix, lines: Sequence[Line], found: str, stated: Structured, groups: Sequence[Group], n_words: Any
) -> Matrix:
    """The evidence of the words with that of the page.

    That is places, trafilatura's text, JSON-LD's text, the description, and what stands together with each line.
    """
    kept = [_letters(line) for line in plain(found).split("\n")]
    whole, running = set(kept), _Text(" ".join(kept))
    body = _letters(str(stated.article.get("articleBody") or ""))
    description = _letters(
        named(stated.article.get("description")) or stated.first("og:description", "description") or ""
    )
    stated_body = _Text(body)
    table = np.zeros((len(lines), 6), np.float32)
    for row, line in enumerate(lines):
        text = _letters(line.text)
        is_long = text.count(" ") + 1 >= _SHORT
        in_found = text in whole or (is_long and text in running)
        in_body = is_long and text in stated_body
        table[row] = (
            in_found, is_long and in_found, in_body, bool(body) and is_long and not in_body, bool(body),
            len(text) > 20 and bool(description) and (text in description or description[:80] in text),  # noqa: PLR2004
        )  # fmt: skip
    around = containers.of_groups(groups, lines, n_words)
    return features.beside([rows, features.of_places(lines), table, around])


class _Text:
    """A long text in which lines are looked for, most often in their order: the search goes on where the last ended."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def __contains__(self, line: str) -> bool:
        found = self._text.find(line, self._at)
        if found < 0:
            found = self._text.find(line, 0, self._at + len(line))
        self._at = max(found, 0) or self._at
        return found >= 0


def _letters(text: str) -> str:
    return _NO_WORD.sub(" ", text.lower()).strip()
