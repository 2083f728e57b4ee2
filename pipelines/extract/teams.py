"""Teams named by their town or country: in results, fixtures and standings, and wherever the article then plays them.

In OntoNotes a team is an organization, whatever the place it is called by.
"""

import re

from spacy.tokens import Doc

from pipelines.extract.name_spans import Name
from pipelines.extract.plain_text import text_of

WORD = r"[A-ZÀ-Þ][\w.'’&]{0,30}"
NAME = rf"(?<!\w){WORD}"
NAME += rf"(?:[ -](?:{WORD}|of|de|la|le|del|da|do|el|al)){{0,4}}(?: \([A-Z]{{1,3}}\))?"
TAIL = r"(?: ?\(.{0,60}\))?[ \t]*$"
RESULT = re.compile(rf"^({NAME}) \d{{1,3}}\*?,? ({NAME}) ?\d{{1,3}}{TAIL}", re.MULTILINE)
FIXTURE = re.compile(rf"^(?:Postponed: |Abandoned: )?({NAME}) (?:v|vs|AT) ({NAME}){TAIL}", re.MULTILINE)
# Played, won, drawn, lost, for, against, points: whole numbers, perhaps a share and games behind.
ROW = re.compile(rf"^(?:\d{{1,2}}\.? )?({NAME})(?: \.?\d{{1,4}}){{4,}}[ \t]*$", re.MULTILINE)
SHARE_ROW = re.compile(rf"^({NAME}) \d{{1,3}} \d{{1,3}} \.\d{{3}}(?: \S+){{0,2}}[ \t]*$", re.MULTILINE)
FEWEST_ROWS = 3
SCORE = r"\d{1,3}-\d{1,3}"
SCORED = re.compile(SCORE)
PLAYED = (
    r"(?:beat|beats|defeated|drew|draw|edged|thrashed|trounced|hammered|crushed|blanked|downed|routed|stunned|upset|"
    r"lost to|lose to|went down|won|win|overcame|trounce|held|swept|outlasted|topped)"
)
PLAY = re.compile(rf"(?P<a>{NAME})(?: and (?P<b>{NAME}))?,? (?i:{PLAYED})(?: (?P<c>{NAME}))?[^.\n]{{0,40}}?\b{SCORE}")
BEATEN = re.compile(
    rf"(?i:\b{PLAYED})[^.\n]{{0,30}}? {SCORE} (?:\([^)\n]{{0,30}}\) )?(?:(?:against|over|to|with|by) )?({NAME})"
)
IN_A_PLACE = re.compile(
    r"(?:\b(?:in|near|of|from|outside|across|around|inside|into|through|throughout)|[(,]|\d)\s+$|\($"
)
PLACE_AFTER = re.compile(r"\)|,? \d{4}-|, [A-Z]|\s*\(Reuters|'s capital")


def teams(doc: Doc) -> list[Name]:
    """The teams of results, fixtures and standings, as organizations."""
    text = text_of(doc)
    found = [hit.span(group) for pattern in (RESULT, FIXTURE) for hit in pattern.finditer(text) for group in (1, 2)]
    for pattern in (ROW, SHARE_ROW):
        rows = [hit.span(1) for hit in pattern.finditer(text)]
        found += rows if len(rows) >= FEWEST_ROWS else []
    return sorted({Name(start, end, "ORG") for start, end in found})


def sides(text: str) -> frozenset[str]:
    """Strings that beat, draw with or lose to another by a score in running text."""
    told = [line for line in text.split("\n") if SCORED.search(line)]  # which costs a twentieth of the two patterns
    hits = [group for line in told for hit in PLAY.finditer(line) for group in hit.groups()]
    hits += [hit[1] for line in told for hit in BEATEN.finditer(line)]
    return frozenset(hit.removeprefix("The ").rstrip(".") for hit in hits if hit)


def as_teams(text: str, playing: list[Name], names: list[Name]) -> list[Name]:
    """The names with those of places that are teams here as organizations, but for those that tell where.

    `playing` are the teams of results, fixtures and standings.
    """
    known = {text[name.start : name.end].casefold() for name in playing} | {side.casefold() for side in sides(text)}
    return [
        name._replace(type="ORG")
        if name.type in {"GPE", "LOC", "FAC"}
        and text[name.start : name.end].casefold() in known
        and not is_where(text, name)
        else name
        for name in names
    ]


def is_where(text: str, name: Name) -> bool:
    """Whether the words about the name make it a place: "in X", "(X)", "X, country"."""
    before = IN_A_PLACE.search(text, max(0, name.start - 12), name.start)
    return before is not None or PLACE_AFTER.match(text, name.end) is not None
