"""Names that their place gives away: the towns of a dateline, the people of a credit and behind a title."""

import re
from collections.abc import Iterator

from pipelines.extract.name_spans import Name, right_bound
from pipelines.extract.titles import is_title, title_length

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
TOWN = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.]{1,30}(?:[ -][A-ZÀ-Þ][A-ZÀ-Þ'’.]{1,30}){0,3}"
REGION = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ.]{1,30}(?: [A-ZÀ-Þ][a-zÀ-ÿ]{1,30}){0,2}"
DATELINE = re.compile(
    rf"(?:^|(?<=[.] ))(?P<towns>{TOWN}(?:/{TOWN}){{0,4}})(?:, (?!{MONTH})(?P<region>{REGION}))?"
    rf"(?:,? {MONTH} \d{{1,2}}(?:, \d{{4}})?|,? \d{{4}}-\d\d-\d\d)?"
    rf"(?: \([A-Z][\w .]{{1,30}}\)| (?:--|[-–—])(?= )|(?<=\d{{4}}-\d\d-\d\d)$)",
    re.MULTILINE,
)
WORD = r"(?:[A-ZÀ-Þ][\w'’-]{1,30}|[A-ZÀ-Þ]\.?)"
PERSON = rf"{WORD}(?: (?:{WORD}|al|bin|da|de|del|den|der|la|van|von)){{1,3}}"
CREDIT = re.compile(
    rf"\b(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Pp]hotos?|[Gg]raphics?|[Ee]dited|[Ww]ritten) by "
    rf"(?P<people>{PERSON}(?:(?:, | and |, and |; ){PERSON})*)"
)
TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|Sir|Dame)\b\.? "
    rf"(?P<name>(?:[A-ZÀ-Þ]\.)*{WORD}(?: {WORD}){{0,2}})"
)
NEXT_CREDIT = re.compile(r" (?:Additional|Writing|Editing|Reporting|Compiled|Graphic|Edited|Written)\b.*")
# Topics that stand where a dateline's town would: "SOCCER - ...".
PART = re.compile(r"[^/]+")


def dateline_names(text: str) -> list[Name]:
    """The towns and regions of datelines, the people of credits, in order."""
    return sorted({*_places(text), *_people(text)})


def _places(text: str) -> Iterator[Name]:
    for found in DATELINE.finditer(text):
        if not found["region"] and found.group().endswith((" -", " –", " —")) and not found.group()[-3].isdigit():
            continue
        for town in PART.finditer(text, *found.span("towns")):
            yield Name(*town.span(), "GPE")
        if found["region"]:
            yield Name(*found.span("region"), "GPE")


def _people(text: str) -> Iterator[Name]:
    for credit in CREDIT.finditer(text):
        for person in re.finditer(PERSON, credit["people"]):
            name = NEXT_CREDIT.sub("", person.group())
            if " " in name:
                start = credit.start("people") + person.start()
                yield Name(start, start + len(name), "PERSON")


def titled_names(text: str) -> list[Name]:
    """What stands behind a courtesy title or a rank, without the further titles."""
    found: list[Name] = []
    for title in TITLED.finditer(text):
        start = title.start("name") + title_length(title["name"])
        end = right_bound(text, start, title.end("name"))
        if start < end and not is_title(text[start:end]):
            found.append(Name(start, end, "PERSON"))
    return found
