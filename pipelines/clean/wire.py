"""The grammar of wire copy: slug, byline, dateline, body, (more), (END), sign-off, editor's notes, advisories.

After the transmission formats of the agencies (ANPA-1312, IPTC 7901) and the house style of their copy.
"""

import re
from dataclasses import dataclass

from pipelines.clean.credit import bracketed

_MONTHS = r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_IN_PLACE = r"[^\W\d_]|[.'’ -]"
_DATELINE = re.compile(
    rf"^(?P<place>[A-ZÀ-Þ](?:{_IN_PLACE}){{1,40}}?(?:/[A-ZÀ-Þ](?:{_IN_PLACE}){{1,40}}?)?"
    rf"(?:,\s[A-ZÀ-Þ](?:[^\W\d_]|[.'’ ]){{1,30}}){{0,2}}?)"
    rf"(?:,\s{_MONTHS}\s\d{{1,2}}(?:,\s\d{{4}})?)?"
    r"(?:\s?\((?P<agency>[^()]{2,40})\)\s?(?:--|—|–|-(?!-))|\s?(?:--|—|–)|\s-(?=\s))\s?(?=\S)"
)
_END = re.compile(
    r"^\W{0,3}(?:\(\s?END\s?\)|END(?:S|ITEM)?$|-\s?0\s?-$|-30-$|###$|# # #$|\(ends\)"
    r"|(?=(?:[A-Z]{2}-[A-Z]{2}-)?\d{2}-\d{2}-\d{2}\s\d{4}[A-Z]{3}<?$|\d{6}\s?[A-Z]{1,4}\s[A-Z]{3}\s\d{2,4}$))"
    r"(?P<rest>.*)$",
    re.IGNORECASE,
)
_MORE = re.compile(r"^\(?\s?(?:more(?:\sto\sfollow)?|mf)\s?\)(?:\s.{0,40})?$|^-\s?more\s?-$", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"^(?:write to\s.{0,400}@.{0,60}"
    r"|(?:\(|—|--)?\s?(?:additional\s)?(?:reporting|writing|editing|compiled|graphic)\sby\s.{0,300}"
    r"|-{1,3}\s?by\s[A-Z].{0,120}(?:newswires|;|@|\d{3}).{0,120}"
    r"|(?:to )?contact (?:the|us).{0,120}@.{0,120}|follow (?:him|her|us) (?:on|at)\s.{0,80})$",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"^(?:(?:—|--|-)\s?(?:with\s)?[A-Z])?.{0,200}\scontributed to this (?:article|report|story)\.?$", re.IGNORECASE
)
_NOTE = re.compile(
    r"^(?:\(?\s?(?:eds|editors?)\b['’]?s?\s?(?:note|advisory)?\s?[:;].*"
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
    r"^(?:(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED|FACTBOX|EXCLUSIVE|BRIEF)(?:\s?\d{1,2})?\s?-\s?|DJ\s|PRESS RELEASE:\s"
    r"|\d(?:st|nd|rd|th) UPDATE:\s|(?:EXCLUSIVE|URGENT|CORRECTED|UPDATE|FOCUS):\s)(?=\S)"
)
_SUFFIX = re.compile(r"\s+(?:--|—|–)\s?(?P<paper>[A-Z][\w.'’& ]{1,30})$|\s-\d-$")
_SLUG = re.compile(
    r"^(?:(?:BC|AM|PM|AP)-[\w-]{2,60}|[A-Z0-9]{3,}(?:[-/][A-Z0-9&]{2,})+)(?:[,/].{0,60}|\s?\([^()]{1,60}\))?$"
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
    head = paragraph[:160]
    if not head[:1].isupper() or not ("-" in head or "–" in head or "—" in head):  # a short way for most lines
        return None
    found = _DATELINE.match(head)
    if not found or found.end() >= len(paragraph):
        return None
    credited = bracketed(found["agency"], in_capitals=found["place"].split(",")[0].isupper())
    city = found["place"].split(",")[0]
    if not (city.isupper() and len(city) > 2) and credited is None:  # noqa: PLR2004 - "I -" is no place
        return None
    if found["agency"] and credited is None and not city.isupper():
        return None
    return Dateline(found["place"].strip(), credited, found.end())


def end_mark(line: str) -> str | None:
    """What stands after an end mark on its line, a credit most often; null for any other line.

    A day-hour group on a line of its own ends a story, too.
    """
    found = _END.match(line) if len(line) < 100 else None  # noqa: PLR2004 - a paragraph
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
    return bool(_CORRECTION.match(line[:200]))


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
    found = _SUFFIX.search(text)
    if not found:
        return text, None
    return text[: found.start()].rstrip(), found["paper"]
