"""Lines in capitals: written as in running text, so that the model can read them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from pipelines.extract import model
from pipelines.extract.name_spans import Name, mended
from pipelines.extract.plain_text import text_of

LINE = re.compile(r"[^\n]+")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SENTENCE_END = re.compile(r"(?:^|[.!?:]|\n)[\s\"“”'‘’(]*$")
# A dateline ("LONDON, Aug 31 (Agency) -") ends the capitals of a headline that it is pasted to.
FEWEST_WORDS = 3
ABBREVIATION = 4


@lru_cache(maxsize=1)  # for the steps of one article after the other
def capital_runs(text: str) -> list[tuple[int, int]]:
    """Stretches of lines of at least three words without a lower-case letter, in order."""
    return [(start, end) for start, end in _runs(text) if len(WORD.findall(text, start, end)) >= FEWEST_WORDS]


def _runs(text: str) -> Iterator[tuple[int, int]]:
    for line in LINE.finditer(text):
        lower = next((i for i in range(line.start(), line.end()) if text[i].islower()), line.end())
        if lower == line.end():
            yield line.span()
        else:
            sentence = max(text.rfind(". ", line.start(), lower), text.rfind(" -", line.start(), lower))
            if sentence > line.start():
                yield line.start(), sentence


def headline_names(doc: Doc) -> list[Name]:
    """Names in the capitals of a document, from the model's reading of them in running case."""
    text = text_of(doc)
    runs = capital_runs(text)
    if not runs:
        return []
    forms = usual_forms(text, runs)
    names: list[Name] = []
    written = "\n\n".join(truecased(text[start:end], forms) for start, end in runs)
    ents = list(model.names_alone(written).ents)
    offset = 0
    for start, end in runs:
        here = [ent for ent in ents if offset <= ent.start_char < offset + end - start]
        names += [n for n in mended(text, here, start - offset) if start <= n.start and n.end <= end]
        offset += end - start + 2
    return names


def usual_forms(text: str, runs: list[tuple[int, int]]) -> dict[str, str]:
    """How the document writes a word inside its sentences, by its small letters."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in WORD.finditer(text):
        if not any(a <= word.start() < b for a, b in runs) and not SENTENCE_END.search(
            text, max(0, word.start() - 4), word.start()
        ):
            seen[word.group().lower()][word.group()] += 1
    return {lower: counts.most_common(1)[0][0] for lower, counts in seen.items()}


def truecased(line: str, forms: dict[str, str]) -> str:
    """The line with each word as the document writes it elsewhere; else common words small, others with a capital."""

    def written(word: re.Match[str]) -> str:
        surface = word.group()
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in surface)
        form = forms.get(small)
        if form is not None and len(form) == len(surface):
            return form
        return small if small in common_words() else surface[0] + small[1:]

    return WORD.sub(written, line)


@cache
def common_words() -> frozenset[str]:
    """Words that are small in a headline whatever the article says."""
    return frozenset(STOP_WORDS)
