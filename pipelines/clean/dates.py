"""Publication times: every candidate with its evidence, none invented.

Zones: an offset or an unambiguous abbreviation makes the time's zone known; an abbreviation that several zones share
(IST, CST, BST) makes it assumed; without either there is none. A time whose day alone is known stays a day.
"""

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

from pipelines.schemas import DateEvidence, Verdict, ZoneKind

Source = Literal["given", "jsonld", "meta", "time", "wire", "feed", "byline", "url", "dateline"]
# A feed's or sitemap's time is the publisher's own, whole and with its zone; but it is of the entry, and moves where an
# entry is issued anew. So what the article itself states in a form for machines comes before it, and after it what has
# to be read out of a line for people, often without a zone, or is a bare day.
ORDER: tuple[Source, ...] = ("given", "jsonld", "meta", "wire", "time", "feed", "byline", "url", "dateline")

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)


def _months() -> dict[str, int]:
    """Names of months in the languages that put the day first, to their numbers."""
    data = tomllib.loads((files("pipelines.clean") / "months.toml").read_text(encoding="utf-8"))
    return {name: int(number) for number, names in data["months"].items() for name in names}


_MONTHS = _months()
_ANY_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
# Abbreviations as news uses them, to IANA zones, so that summer time is right; assumed where several zones share one.
_ZONES = {
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York",
    "ct": "America/Chicago", "cdt": "America/Chicago",
    "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver",
    "pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "gmt": "UTC", "utc": "UTC", "z": "UTC", "cet": "Europe/Berlin", "cest": "Europe/Berlin", "eet": "Europe/Athens",
    "msk": "Europe/Moscow", "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "hkt": "Asia/Hong_Kong", "sgt": "Asia/Singapore",
    "myt": "Asia/Kuala_Lumpur", "wib": "Asia/Jakarta", "pkt": "Asia/Karachi", "aest": "Australia/Brisbane",
    "aedt": "Australia/Sydney", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland", "sast": "Africa/Johannesburg",
    "eat": "Africa/Nairobi", "wat": "Africa/Lagos", "cat": "Africa/Harare", "akst": "America/Anchorage",
    "akdt": "America/Anchorage", "hst": "Pacific/Honolulu", "adt": "America/Halifax", "brt": "America/Sao_Paulo",
    "wet": "Europe/Lisbon", "west": "Europe/Lisbon", "eest": "Europe/Athens", "trt": "Europe/Istanbul",
    "idt": "Asia/Jerusalem", "pht": "Asia/Manila", "ict": "Asia/Bangkok", "npt": "Asia/Kathmandu",
    "acst": "Australia/Darwin", "acdt": "Australia/Adelaide", "awst": "Australia/Perth", "nzt": "Pacific/Auckland",
}  # fmt: skip
_ASSUMED = {"bst": "Europe/London", "ist": "Asia/Kolkata", "cst": "America/Chicago"}
_CLOCK = (
    r"(?P<hour>\d{1,2})(?::|\.|h)(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s?(?P<half>(?i:[ap]\.?\s?m\b\.?))?"
    r"|(?P<hour2>\d{1,2})\s?(?P<half2>(?i:[ap]\.?\s?m\b\.?))"
)
_ZONE = r"\s?\(?(?P<zone>(?:GMT|UTC)[+-]\d{1,2}(?::?\d{2})?|[A-Z]{1,4}T?\b|[+-]\d{2}:?\d{2})?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
# Pages pasted as text glue the next word or the time of day to the year.
_WHOLE = r"(?!\d(?!\d?:\d{2}))"
_DATES = (
    re.compile(rf"\b{_MONTH}\s{{1,3}}{_DAY},?\s{{1,3}}{_YEAR}{_WHOLE}", re.IGNORECASE),
    re.compile(
        rf"\b{_DAY}(?:\s{{1,3}}(?:of|de))?[\s-]{{1,3}}{_ANY_MONTH}(?:\sde[l]?)?,?[\s-]{{1,3}}{_YEAR}{_WHOLE}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]"),
)
_JOINED = re.compile(r"\d[./-]\d")  # as between numerals
_NUMERALS = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2}|\d{2})(?![\d./-])")
# Day-hour groups that end a wire story: `DDHHMM ZONE MON YY` of IPTC 7901, `MM-DD-YY HHMMZONE` of ANPA-1312.
_GROUPS = (
    re.compile(
        rf"\b(?P<day>\d{{2}})(?P<hour>\d{{2}})(?P<minute>\d{{2}})\s?(?P<zone>[A-Z]{{1,4}})\s{_MONTH}\s"
        r"(?P<year>(?:19|20)?\d{2})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<month>\d{2})-(?P<day>\d{2})-(?P<year>\d{2})\s(?P<hour>\d{2})(?P<minute>\d{2})(?P<zone>[A-Z]{3})\b"
    ),
)
_PIVOT = 70  # POSIX: two-digit years from 69 on are of the last century
_NEAR = re.compile(rf"^[\sT,|•·/@–—-]{{0,4}}(?:(?:at|um|à|alle|a\slas|às|om|kl\.?)\s)?(?:{_CLOCK}){_ZONE}")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_AHEAD = re.compile(rf"(?:{_CLOCK}){_ZONE}[\s,|•·()–—-]{{0,4}}(?:on\s)?(?:{_WEEKDAY}[\s,.]{{1,3}})?$", re.IGNORECASE)
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[/-](\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-](\d{1,2})(?!\d)"
)
_URL_GLUED = re.compile(r"(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?!\d)")
_ISO = re.compile(
    r"^\s*(\d{4}-\d{2}-\d{2})(?:[T\s](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?\s*$",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2}:?\d{2})?\s*$", re.IGNORECASE)
_EPOCH = re.compile(r"^\s*(\d{10})(?:\d{3}|\.\d{1,6})?\s*$")  # seconds or milliseconds since 1970
_RFC = re.compile(
    rf"^\s*(?:\w{{3,9}},?\s)?{_DAY}\s{_MONTH}\s{_YEAR}\s(?P<clock>\d{{2}}:\d{{2}}(?::\d{{2}})?)\s?(?P<zone>\S{{1,5}})?\s*$",
    re.IGNORECASE,
)
_EARLIEST = 1900
_WEB = 1991  # no machine counted seconds for a page before
_SLACK = timedelta(hours=14)  # a day without a zone may have begun so much earlier elsewhere


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time that something says of the article.

    Attributes:
        source: what says it.
        value: ISO 8601, as far as it is known.
        zone: how its zone is known.
        surface: the characters it was read from.
    """

    source: Source
    value: str
    zone: ZoneKind
    surface: str

    def row(self, verdict: Verdict) -> DateEvidence:
        """The candidate as a row of evidence, with why it won or lost."""
        return DateEvidence(source=self.source, value=self.value, zone=self.zone, surface=self.surface, verdict=verdict)


def iso(source: Source, text: str | None) -> Candidate | None:
    """A machine-readable time: ISO 8601 or RFC 5322; null where it is neither, or no time that can be."""
    if not text or len(text) > 60:  # noqa: PLR2004 - no time stamp is longer
        return None
    if found := _ISO.match(text):
        day, clock, offset = found.groups()
        return _made(source, day, clock, (offset or "").upper() or None, text.strip())
    if found := _EPOCH.match(text):
        return _counted(source, int(found[1]), text.strip())
    if found := _COMPACT.match(text):
        year, month, number, hour, minute, second, offset = found.groups()
        clock = f"{hour}:{minute}:{second or '00'}" if hour else None
        return _made(source, f"{year}-{month}-{number}", clock, (offset or "").upper() or None, text.strip())
    if found := _RFC.match(text):
        day = f"{found['year']}-{_month(found['month']):02d}-{int(found['day']):02d}"
        return _made(source, day, found["clock"], (found["zone"] or "").upper() or None, text.strip())
    return next(in_text(source, text), None)


def in_text(source: Source, text: str) -> Iterator[Candidate]:
    """The full dates of a line, with the time of day and zone that stand beside them.

    A date in numerals counts where it can be read in one way only.
    """
    for start, end, day in _days(text):
        beside = _NEAR.match(text[end : end + 60])
        before = None if beside else _AHEAD.search(text[max(0, start - 40) : start])
        first = start - (len(before.group()) if before else 0)
        last = end + (beside.end() if beside else 0)
        surface = text[first:last].strip(" ,|•·–—-(")
        if candidate := _made(source, day, *_clock(beside or before), surface):
            yield candidate


def _days(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and ISO 8601 form of the days in a line."""
    if "19" in text or "20" in text:  # as in every year
        for pattern in _DATES:
            for found in pattern.finditer(text):
                yield *found.span(), f"{found['year']}-{_month(found['month']):02d}-{int(found['day']):02d}"
    if not _JOINED.search(text):
        return
    for found in _NUMERALS.finditer(text):
        if day := _read(int(found[1]), int(found[3]), found[4], dotted=found[2] == "."):
            yield *found.span(), day


def _read(one: int, two: int, last: str, *, dotted: bool) -> str | None:
    """The one day that three numerals can mean; null for several.

    With points between them the day comes first wherever it can.
    """
    if len(last) == 4:  # noqa: PLR2004 - a year in full
        orders = [(last, two, one), (last, one, two)]
        days = [day for order in orders if (day := _day(*order))]
        return days[0] if days and (dotted or len(set(days)) == 1) else None
    orders = [(_century(last), two, one), (_century(last), one, two), (_century(f"{one:02d}"), two, int(last))]
    days = [day for order in orders if (day := _day(*order))]
    return days[0] if len(set(days)) == 1 else None


def _day(year: str, month: int, number: int) -> str | None:
    with suppress(ValueError):
        return date(int(year), month, number).isoformat()
    return None


def _century(year: str) -> str:
    return ("20" if int(year) < _PIVOT else "19") + year


def day_hour(text: str) -> Iterator[Candidate]:
    """The day-hour groups of a line, which wire copy ends with."""
    for pattern in _GROUPS:
        for found in pattern.finditer(text):
            year = found["year"] if len(found["year"]) > 2 else _century(found["year"])  # noqa: PLR2004 - in full
            day = f"{year}-{_month(found['month']):02d}-{found['day']}"
            candidate = _made("wire", day, f"{found['hour']}:{found['minute']}", found["zone"].upper(), found.group())
            if candidate:
                yield candidate


def in_url(url: str | None) -> Candidate | None:
    """The day that an address carries."""
    found = _URL_DAY.search(url.lower()) or _URL_GLUED.search(url) if url else None
    if not found:
        return None
    year, month, day = found.groups()
    return _made("url", f"{year}-{_month(month):02d}-{int(day):02d}", None, None, found.group())


def ranked(candidates: list[Candidate], latest: datetime | None) -> list[Candidate]:
    """Candidates with the winner first: the best source's, among those that are no later than the capture.

    A bare day gives way to a time on that day (or the next, for other zones) by a lesser source.
    """
    possible = [c for c in dict.fromkeys(candidates) if _possible(c, latest)]
    others = [c for c in dict.fromkeys(candidates) if c not in possible]
    possible.sort(key=lambda c: ORDER.index(c.source))
    if possible and "T" not in possible[0].value and possible[0].source != "given":
        same = [c for c in possible if c.value[:10] == possible[0].value[:10] and "T" in c.value]
        if same:
            possible.remove(same[0])
            possible.insert(0, same[0])
    return possible + others


def winner(candidates: list[Candidate], latest: datetime | None) -> Candidate | None:
    """The first of ranked candidates, unless even that cannot be."""
    return candidates[0] if candidates and _possible(candidates[0], latest) else None


def evidence(ranked: list[Candidate], latest: datetime | None) -> list[DateEvidence]:
    """Ranked candidates as rows, each with why it won or lost."""
    return [c.row(_verdict(c, ranked[0], latest)) for c in ranked]


def _verdict(candidate: Candidate, first: Candidate, latest: datetime | None) -> Verdict:
    if not _possible(candidate, latest):
        return "later_than_capture"
    if candidate is first:
        return "won"
    if ORDER.index(candidate.source) < ORDER.index(first.source):
        return "day_only"
    return "not_first_of_source" if candidate.source == first.source else "lesser_source"


def _possible(candidate: Candidate, latest: datetime | None) -> bool:
    if latest is None:
        return True
    moment = datetime.fromisoformat(candidate.value)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC) <= latest + _SLACK
    return moment <= latest


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS.get(text.lower(), 0)


def _clock(found: re.Match[str] | None) -> tuple[str | None, str | None]:
    """Hour and minute in 24 hours, and the zone as written."""
    if not found:
        return None, None
    hour, minute = int(found["hour"] or found["hour2"]), int(found["minute"] or 0)
    half = (found["half"] or found["half2"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - no time of day
        return None, None
    second = f":{found['second']}" if found["second"] else ""
    return f"{hour:02d}:{minute:02d}{second}", found["zone"]


def _made(source: Source, day: str, clock: str | None, zone: str | None, surface: str) -> Candidate | None:
    try:
        if date.fromisoformat(day).year < _EARLIEST:
            return None
        if clock is None:
            return Candidate(source, day, "none", surface)
        moment = datetime.fromisoformat(f"{day}T{clock}")
        kind, where = _zone(zone)
        return Candidate(source, moment.replace(tzinfo=where).isoformat(), kind, surface)
    except (ValueError, OverflowError):
        return None


def _counted(source: Source, seconds: int, surface: str) -> Candidate | None:
    moment = datetime.fromtimestamp(seconds, UTC)
    return Candidate(source, moment.isoformat(), "known", surface) if moment.year >= _WEB else None


def _zone(text: str | None) -> tuple[ZoneKind, timezone | ZoneInfo | None]:
    if not text:
        return "none", None
    name = text.lower()
    if name in _ASSUMED:
        return "assumed", ZoneInfo(_ASSUMED[name])
    if name in _ZONES:
        return "known", UTC if _ZONES[name] == "UTC" else ZoneInfo(_ZONES[name])
    found = re.fullmatch(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?", name)
    if not found:
        return "none", None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if offset > _SLACK:
        return "none", None
    return "known", timezone(offset if found[1] == "+" else -offset)
