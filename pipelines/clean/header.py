"""The lines between a headline and its story: who wrote it and when it appeared.

Other stories' headlines, bylines and days stand all over a page; those of the story itself stand here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipelines.clean import dates, edges
from pipelines.clean.byline import is_name, unglued
from pipelines.clean.dates import Candidate, Source
from pipelines.clean.headline import is_of, key

HEADER = 14  # lines above the story in which its header is looked for where its headline is not found
_ABOVE = 3  # lines above the headline: some sites put the day or the byline there
_WIDEST = 45  # lines between headline and story; more are lists of other stories
_MOST_DAYS = 3  # publication, change, and the zone's other day
_SOON = 6  # lines below the headline within which a name without By is a byline
_STAMP = 200  # characters of a line that can tell when
_CREDIT = 120  # characters: a longer byline is a paragraph
_OTHER_WORDS = 9  # beside a date in a line that tells when: more make a sentence or a caption
_CHANGED = re.compile(
    r"updated|modified|revised|last edited|aktualisiert|mis à jour|actualizado|aggiornato", re.IGNORECASE
)
_FIRST = re.compile(r"(?:first|originally) (?:published|posted)\b", re.IGNORECASE)
_PARTS = re.compile(
    r"[|•·]|(?=(?:last\s)?(?:updated|modified|revised|aktualisiert|mis à jour|actualizado|aggiornato)\b)"
    r"|(?=(?:first\s)?(?:published|posted)\b)",
    re.IGNORECASE,
)
_NEAR_STAMP = re.compile(
    r"(?P<ago>\b\d{1,2}\s(?:min(?:ute)?s?|hours?|days?|weeks?)\sago\b|^(?:today|yesterday)\b)"
    r"|\b(?:19|20)\d{2}|\d[./]\d{1,2}[./]\d",
    re.IGNORECASE,
)
_MAY_STAMP = re.compile(r"\d|^[ty]", re.IGNORECASE)  # what all of these have
_ROLE_LINE = re.compile(
    r"^(?:[^\W\d_][\w&-]*\s){0,4}(?:reporter|writer|editor|correspondent|columnist|contributor|journalist|critic)\b.{0,40}$"
    r"|^@\w+$",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r"^(?:(?:story|words|text|written|posted|published|reported|analysis|opinion|review|submitted)\s)?"
    r"(?:by|von|par|por|di|door|av|af)(?:\s?:|\s(?-i:(?=[A-ZÀ-Þ]))|(?-i:(?<=By|BY)(?=[A-Z][a-z])))",
    re.IGNORECASE,
)
_BY_AFTER = re.compile(r"\bby:?\s(?-i:(?=[A-ZÀ-Þ]))(?P<names>[^\d]{4,80})$", re.IGNORECASE)
_DAYS = re.compile(
    r"(?:\s|^)(?:on|am|le|el|at|published|posted|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\W*$",
    re.IGNORECASE,
)


def of_story(texts: Sequence[str], title: str | None, first: int) -> list[str]:
    """The lines around the headline of a story that begins at the line `first`, and those down to its second line."""
    own = key(title or "")
    heads = [i for i in range(min(first + _ABOVE, len(texts))) if own and is_of(own, texts[i])]
    if not heads:
        return list(texts[max(0, first - HEADER) : first + 2])
    head = next((i for i in reversed(heads) if is_headed(texts, i)), heads[-1])
    end = first + 2 if first - head < _WIDEST else head + HEADER
    return list(texts[max(0, head - _ABOVE) : max(end, head + 1 + _ABOVE)])


def is_headed(texts: Sequence[str], i: int) -> bool:
    """Whether byline or day stand within three lines below a line."""
    return any(is_credited(text) or is_stamp(text) for text in texts[i + 1 : i + 4])


def is_credited(text: str) -> bool:
    """Whether a line begins as bylines do."""
    return len(text) < _CREDIT and bool(_CREDITED.match(text)) and not text.rstrip().endswith(("!", "?", "."))


def bylines(head: Sequence[str]) -> list[str]:
    """The bylines among the lines of a header that say that they are."""
    given = [text for text in head if edges.is_byline(text) or is_credited(text)]
    return given + [found["names"] for text in head if is_stamp(text) and (found := _BY_AFTER.search(text))]


def bare_names(head: Sequence[str], title: str | None, story: str) -> list[str]:
    """The name that stands without By below the headline: in the line of the day, or beside it or beside a role.

    Args:
        head: the lines of the header.
        title: the headline.
        story: the text; whom it names is its subject rather than its author.
    """
    own = key(title or "")
    start = next((i for i, text in enumerate(head) if own and is_of(own, text)), -1) + 1
    for i in range(start, min(start + _SOON, len(head))):
        text = head[i]
        name = re.split(r"\s?[,@|]\s?", unglued(_before_date(text)))[0].strip(" -–—·")
        if not is_name(name) or len(name.split()) > 3 or _tells_of(story, name):  # noqa: PLR2004 - words of a name
            continue
        beside = [*head[max(start, i - 1) : i], *head[i + 1 : i + 3]]
        if is_stamp(text) or any(is_stamp(line) or _ROLE_LINE.match(line) for line in beside):
            return [name]
    return []


def _tells_of(story: str, name: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name.rsplit(maxsplit=1)[-1])}\b", story))


def _before_date(text: str) -> str:
    found = next(dates.in_text("byline", text), None) if len(text) < _STAMP else None
    return _DAYS.sub("", text[: text.find(found.surface)]).strip() if found else text


@lru_cache(maxsize=256)
def is_stamp(text: str) -> bool:
    """Whether a line says little more than when, by date or as how long ago.

    It is asked several times of each line above a story, so that the last answers are kept.
    """
    if len(text) > _STAMP or not _MAY_STAMP.search(text) or not (near := _NEAR_STAMP.search(text)):
        return False
    rest, dated = text, bool(near["ago"])
    for found in dates.in_text("byline", text):
        rest, dated = rest.replace(found.surface, " "), True
    return dated and len(re.findall(r"[^\W\d_]{2,}", rest)) <= _OTHER_WORDS


def is_first_stamp(text: str) -> bool:
    """Whether a line tells when a story first appeared, as some papers print below it."""
    return text[:1] in "fFoO" and bool(_FIRST.match(text)) and is_stamp(text)


def times(head: Sequence[str], source: Source) -> list[tuple[Candidate, bool]]:
    """The dates of the lines that tell when, each with whether it is that of a change.

    Where the lines tell of many days, they are a list of other stories: none counts.
    """
    found = [time for text in head if is_stamp(text) for time in _times(text, source)]
    return found if len({candidate.value[:10] for candidate, _ in found}) <= _MOST_DAYS else []


def _times(text: str, source: Source) -> Iterator[tuple[Candidate, bool]]:
    for part in _PARTS.split(text):
        changed = bool(_CHANGED.search(part))
        for candidate in dates.in_text(source, part):
            yield candidate, changed
