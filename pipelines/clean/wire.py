"""The grammar of wire copy: slug, byline, dateline, body, (more), (END), sign-off, editor's notes, advisories.

After the transmission formats of the agencies (ANPA-1312, IPTC 7901) and the house style of their copy.
"""

import re
from dataclasses import dataclass

from pipelines.clean.byline import paper
from pipelines.clean.credit import bracketed

_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_IN_PLACE = r"[^\W\d_]|[.'’ -]"
_DATELINE = re.compile(
    rf"^(?P<place>[A-ZÀ-Þ](?:{_IN_PLACE}){{1,40}}?(?:/[A-ZÀ-Þ](?:{_IN_PLACE}){{1,40}}?)?"
    rf"(?:,\s[A-ZÀ-Þ](?:[^\W\d_]|[.'’ ]){{1,30}}){{0,2}}?)"
    rf"(?:,\s{_MONTHS}\s\d{{1,2}}(?:,\s\d{{4}})?)?"
    r"(?:\s?\((?P<agency>[^()]{2,40})\)\s?(?:--|—|–|-(?!-)|_)|\s?(?:--|—|–)|\s-(?=\s))\s?(?=\S)"
)
# Houses that set their datelines otherwise: the agency between slashes, before the place, or without a dash.
_DAY = rf"(?:{_MONTHS}\s\d{{1,2}}|\d{{1,2}}\s{_MONTHS})(?:,?\s\d{{4}})?"
_PLACE = rf"(?P<place>[A-ZÀ-Þ](?:{_IN_PLACE}){{1,40}}?(?:,\s[A-ZÀ-Þ](?:[^\W\d_]|[.'’ ]){{1,30}})?)"
_OTHERS = (
    re.compile(rf"^{_PLACE}[,.]\s{_DAY}[.,]?\s/(?P<agency>[^/]{{2,30}})/\.?\s?(?:--|—|–|-)?\s?(?=\S)"),
    re.compile(
        rf"^\((?P<agency>[^()]{{2,30}})\)\s?(?:--|—|–|-)\s?{_PLACE},\s{_DAY}\s?(?:--|—|–|-)\s?(?=\S)", re.IGNORECASE
    ),
    re.compile(rf"^{_PLACE}[,.]\s{_DAY}\s\((?P<agency>[^()]{{2,30}})\)\s?\.?\s?(?:--|—|–|-)?\s?(?=\S)"),
)
# What all of them have, asked first, since most lines are no datelines.
_MAY_BE_DATELINE = re.compile(r"\(|[^\W\d_a-z][^-–—_/(:\"“”!?]{0,150}+[-–—_/(]")
_END = re.compile(
    r"^\W{0,3}(?:\(\s?END\s?\)|END(?:S|ITEM)?\W{0,3}$|-\s?0\s?-$|-30-$|###$|# # #$|\(ends\)"
    r"|(?=(?:[A-Z]{2}-[A-Z]{2}-)?\d{2}-\d{2}-\d{2}\s\d{4}[A-Z]{3}<?$|\d{6}\s?[A-Z]{1,4}\s[A-Z]{3}\s\d{2,4}$))"
    r"(?P<rest>.*)$",
    re.IGNORECASE,
)
# A page's end, and the head of the next take.
_MORE = re.compile(
    r"^={1,3}\s?\w{2,20}$|^\(?\s?(?:more(?:\sto\sfollow)?|mf|continues|continued)\s?\)(?:\s.{0,40})?$|^[-=]\s?more\s?[-=]$"
    r"|^(?-i:MORE|MTF)$|^\(?(?:(?:\d(?:st|nd|rd|th)|first|second|third|fourth)\s(?:add|take|ld|lead)|(?:add|take)\s\d{1,2}"
    r"|page\s\d{1,2})\b(?:[-–—:,=]\s?.{0,60})?\)?$",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"^(?:write to\s.{0,400}@.{0,60}"
    r"|(?:\(|—|--)?\s?(?:additional\s)?(?:reporting|writing|editing|compiled|graphic)\sby\s.{0,300}"
    r"|-{1,3}\s?by\s[A-Z].{0,120}(?:newswires|;|@|\d{3}).{0,120}"
    r"|(?-i:[A-Z][^.]{2,60}\s(?:reported|contributed)\sfrom\s[A-Z][^.,]{2,60}\.\s?){1,4}(?:.{0,160}\bcontributed\.?)?"
    r"|(?:more|follow|for more)\b.{0,60}\bcoverage\b.{0,80}https?://\S{1,200}"
    r"|our standards: .{0,80}trust principles\.?"
    r"|(?:to )?contact (?:the|us).{0,120}@.{0,120}|follow (?:him|her|us) (?:on|at)\s.{0,80})$",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"^(?:(?:—|--|-)\s?(?:with\s)?[A-Z])?.{0,200}\scontributed to this (?:article|report|story)\.?$", re.IGNORECASE
)
_NOTE = re.compile(
    r"^(?:\(?\s?(?:eds|editors?)\b['’]?s?\s?(?:note|advisory)?\s?[:;].*"
    r"|(?:embargo(?:ed)?|hold for release|not for (?:release|publication)|strictly embargoed)\b.{0,120}"
    r"|#{1,2}\s?(?:dpa-)?(?:notizblock|internet|orte|redaktionelle hinweise|kontakte)\b.{0,60}|dpa-kontakte"
    r"|\(?achtung\b.{0,160}|with (?:photos?|video|graphics?|pix|tv)\.?"
    r"|(?-i:ATTENTION|ADVISORY|URGENT|BULLETIN|FLASH)\b\s?[-:–—]?.{0,60}"
    r"|this (?:story|article|item) (?:was|has been) (?:first |originally )?(?:auto-?published|published|generated)"
    r".{0,200}"
    r"|\(?this (?:story|article) (?:corrects|has been corrected|was corrected|refiles).{0,300}"
    r"|\(?(?:refiles|recasts|repeats|adds|updates)\s.{0,200}\))$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W{0,2}(?:corrections?(?:\s?(?:&|and)\s?amplifications?)?\b\s?[-:–—(]|\(?corrects\b"
    r"|\(?this (?:story|article) (?:corrects|has been corrected|was corrected))",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:(?:UPDATE|WRAPUP|RPT|REFILE|CORRECT(?:ED|ION|S)|FACTBOX|EXCLUSIVE|BRIEF|INSIGHT|ANALYSIS|FEATURE|ADVISORY|TIMELINE"
    r"|TABLE|TEXT|Q&A|EXPLAINER|POLL|GRAPHIC)(?:\s?\d{1,2})?\s?-\s?|DJ\s|PRESS RELEASE:\s"
    r"|\d(?:st|nd|rd|th)\s(?:UPDATE|LEAD|LD|Ld|Lead)(?:-Writethru)?[:,]\s"
    r"|(?:EXCLUSIVE|URGENT|CORRECTED|CORRECTS|CORRECTION|UPDATE|FOCUS|LEAD|ROUNDUP|KORREKTUR|EIL|\*UPDATE)(?:\s?\d)?:\s"
    r"|(?:URGENT|ALERTE|ATTENTION|EDS):?\s[-–—]\s)(?=\S)"
)
_CORRECTED = re.compile(
    r"^(?:REFILE|CORRECT(?:ED|ION|S)|KORREKTUR|RECTIFICATIF)(?:\s?\d)?\s?[-:]|\((?:corrected|corrects)\)$",
    re.IGNORECASE,
)

_MARK = re.compile(
    r"\s(?:-\d{1,2}-|--\s?(?:\d(?:st|nd|rd|th)\s)?update)$|\s\((?:update|lead|take|\d(?:st|nd|rd|th)\s?ld)[\s\d-]{0,4}\)$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s+(?P<dash>--|—|–)\s?(?P<paper>[A-Z][\w.'’& ]{1,30})$")
_SLUG = re.compile(
    r"^(?:(?:BC|AM|PM|AP)-[\w-]{2,60}|[A-Z0-9]{3,}(?:[-/][A-Z0-9&]{2,})+/?)(?:[,/].{0,60}|\s?\([^()]{1,60}\))?$"
    r"|^[A-Z]?[a-z]{2,}(?:-[a-z]{2,}){2,6}(?:,(?:\s?\w{1,12}){1,4})?$|^[^\W\d_]{3,20}(?:/[^\W\d_][\w ]{2,20}){1,5}/$"
)
# The header line of ANPA-1312: service and number, priority, category, format, word count, and the slug.
_ROUTING = re.compile(
    r"^[A-Za-z]{1,4}-?\d{3,5}(?:\s+[A-Za-z0-9]{1,4}){1,6}(?:\s+\S{1,60}(?:\s[A-Za-z0-9-]{1,8}){0,4})?$"
)
_INITIALS = re.compile(r"^[a-z]{1,5}(?:/[a-z]{1,5}){1,6}$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a story was filed, by whose wire, and how many characters say so."""

    place: str
    agency: str | None
    length: int


def dateline(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph begins with.

    A place in capitals is one; a place in small letters is one where an agency in brackets follows. Who stands in those
    brackets is the agency, known or not.
    """
    if not _MAY_BE_DATELINE.match(paragraph):
        return None
    head = paragraph[:160]
    found = _DATELINE.match(head)
    if not found:
        return _otherwise(paragraph, head)
    if found.end() >= len(paragraph):
        return None
    credited = bracketed(found["agency"], in_capitals=found["place"].split(",")[0].isupper())
    city = found["place"].split(",")[0]
    if not (city.isupper() and len(city) > 2) and credited is None:  # noqa: PLR2004 - "I -" is no place
        return None
    if found["agency"] and credited is None and not city.isupper():
        return None
    return Dateline(found["place"].strip(), credited, found.end())


def _otherwise(paragraph: str, head: str) -> Dateline | None:
    """A dateline of a house style of its own, which names its agency and its day."""
    if not any(sign in head[:60] for sign in "(/"):
        return None
    found = next((match for style in _OTHERS if (match := style.match(head))), None)
    if not found or found.end() >= len(paragraph):
        return None
    credited = bracketed(found["agency"], in_capitals=True)
    return Dateline(found["place"].strip(), credited, found.end()) if credited else None


def end_mark(line: str) -> str | None:
    """What stands after an end mark on its line, a credit most often; null for any other line.

    A day-hour group on a line of its own ends a story, too.
    """
    first = line[:1]
    if len(line) >= 100 or (first.isalpha() and first not in "eE" and line[2:3] != "-"):  # noqa: PLR2004 - a paragraph
        return None
    found = _END.match(line)
    return found["rest"].strip() if found else None


def is_residue(line: str) -> bool:
    """Whether a line is the wire's own: a page mark, a sign-off, a note to editors."""
    if len(line) > 500:  # noqa: PLR2004 - a paragraph
        return False
    if any(mark.match(line) for mark in (_MORE, _SIGN_OFF, _NOTE, _INITIALS)) or _is_routing(line):
        return True
    return "contributed to this" in line.lower() and bool(_CONTRIBUTED.match(line))


def is_correction(line: str) -> bool:
    """Whether a line says that the story corrects an earlier one."""
    first = line[:1]
    return (not first.isalpha() or first in "cCtT") and bool(_CORRECTION.match(line[:200]))


def is_corrected(headline: str) -> bool:
    """Whether a headline's mark says that the story was corrected or sent again."""
    return bool(_CORRECTED.search(headline))


def is_slug(line: str) -> bool:
    """Whether a line is a slug, a story's name inside the newsroom, or the routing line that carries one."""
    if len(line) >= 80:  # noqa: PLR2004
        return False
    return bool(_SLUG.match(line)) or _is_routing(line)


def _is_routing(line: str) -> bool:
    return len(line) < 80 and bool(_ROUTING.match(line)) and any(map(str.isdigit, line[5:]))  # noqa: PLR2004


def headline(line: str) -> tuple[str, str | None]:
    """A headline without the wire's marks, and the short name of the paper that stood after it."""
    text = _PREFIX.sub("", line)
    text = _MARK.sub("", text)
    found = _SUFFIX.search(text)
    if not found or (found["dash"] != "--" and not paper(found["paper"])):
        return text, None
    return text[: found.start()].rstrip(), found["paper"]
