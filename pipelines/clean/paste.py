"""Pasted text and wire copy: the article out of its residue, and the lines around it that tell of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.clean import body, byline, credit, dates, edges, header, lines, publisher, wire
from pipelines.clean.characters import plain
from pipelines.clean.dates import Candidate
from pipelines.clean.lines import Line

_FAR = 250  # lines above the story in which a line with the words of the address is looked for
_TOLD = 0.45  # of the words of an address, or of the line: that far away, a headline
_ENOUGH = 0.6  # of a headline's words used there: those that use more are the standfirst's
_SHARED, _REPEATED, _HEADED = 0.6, 0.3, 0.6  # the worth of such words, of standing twice, of a byline or a day below
_MOST = _SHARED * _ENOUGH + _REPEATED + _HEADED + 1e-9  # all that a closer look can find for a line
_CLOSE = 45  # lines above the story in which a line need not have such words
_OPENING = 3  # paragraphs that use the words of their headline
_SPACELESS = 8  # characters of a headline in a script without blanks
_CREDIT = 60  # characters of a line that names an agency and no more
_CAPTION = 8  # words: a longer line above an agency's name tells of a picture
_WIDTH = range(40, 100)  # columns of hard-wrapped copy
_FULL = 0.7  # of the width: a row that goes on in the next
_GLUED = re.compile(r"^(?P<name>\D{2,40}?)\s?\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?(?:\s\d{1,2}:\d{2})?$")
_BULLETS = "*•·-–—(@"  # of summaries and of notes to editors
_SLUG_WORD = re.compile(r"[a-z]{3,}")
_STAMPED = re.compile(r"\b(?:published|posted|updated|modified|date|created|\d{1,2}:\d{2})\b", re.IGNORECASE)
_PICTURE = re.compile(
    r"\b(?:photo(?:graph)?s?|image|picture|video|media ?caption|credit|getty|reuters|afp|via ap|enlarge)\b.*[\w)]$|©"
    r"|^\d{1,2}\s?of\s?\d|/ ?ap\b|\((?:ap|reuters|afp|getty)\)",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"\b(?:shar(?:e|ing)|copy(?: this)? link|url ?copied|subscribe|sign (?:in|up)|log in|newsletters?|comments?|follow"
    r"|click|external links?|new window|read more|also on|skip to|most popular|related|advertisement)\b",
    re.IGNORECASE,
)


@dataclass
class Pasted:
    """What a pasted text holds."""

    paragraphs: list[str]
    title: str | None = None
    subtitle: str | None = None
    bylines: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    published: list[Candidate] = field(default_factory=list)
    modified: list[Candidate] = field(default_factory=list)
    publisher: str | None = None
    signed: str | None = None
    rest: list[str] = field(default_factory=list)
    corrected: bool = False


def read(source: str, url: str | None, host: str) -> Pasted:
    """The article of a text: by the wire's grammar where its marks stand, by the labeller elsewhere.

    Args:
        source: the text.
        url: where it came from.
        host: the name of the site in that address, empty if unknown.
    """
    found = lines.of_text(unwrapped(plain(source)))
    marks = {i: mark for i, line in enumerate(found) if (mark := wire.end_mark(line.text)) is not None}
    kept = _kept(found, marks, url)
    heading = _kept_headline(found, kept)
    _without_last_rule(found, kept)
    first = next((i for i, keep in enumerate(kept) if keep), len(found))
    out = Pasted([line.text for line, keep in zip(found, kept, strict=True) if keep])
    out.rest = [line.text for line, keep in zip(found, kept, strict=True) if not keep]
    out.corrected = any(map(wire.is_correction, out.rest))
    if out.paragraphs:
        texts = [line.text for line in found]
        _header(out, texts, first, url, heading)
        if not out.published:
            _times(out, [text for text in out.rest if header.is_first_stamp(text)][:1], "byline")
        below = _owners(texts[first:])
        out.credits += filter(byline.is_agency, below)
        _footer(out, texts, marks, first)
        above = _owners(texts[max(0, first - publisher.NEAR) : first])
        out.title, out.publisher = publisher.of_text(texts[:first], out.rest, above + below, out.title, host)
    return out


def _kept(found: Sequence[Line], marks: Mapping[int, str], url: str | None) -> list[bool]:
    start = next((i for i, line in enumerate(found) if wire.dateline(line.text)), None) if marks else None
    end = next((i for i in marks if start is None or i > start), None)
    if end is not None and start is None:
        start = _after_header(found, end)
    if start is not None and end is not None:
        return [start <= i < end and not wire.is_residue(line.text) for i, line in enumerate(found)]
    kept = body.of_text(found, url)
    kept = [keep and not wire.is_residue(line.text) for keep, line in zip(kept, found, strict=True)]
    return edges.trimmed(found, kept)


def _after_header(found: Sequence[Line], end: int) -> int | None:
    """Where the body of a wire story without a dateline begins: after its byline, at the first sentence."""
    for i, line in enumerate(found[:end]):
        if len(line.text) > 80 and line.text[-1] in '."”?!':  # noqa: PLR2004 - a sentence
            return i
    return None


def unwrapped(text: str) -> str:
    """Copy that was broken at a fixed width, with its paragraphs whole again."""
    rows = text.split("\n")
    full = [row for row in rows if len(row) > 30]  # noqa: PLR2004 - not a heading
    if len(full) < 8:  # noqa: PLR2004 - too few to tell
        return text
    widths = sorted(len(row) for row in full)
    width = widths[int(len(widths) * 0.9)]
    inside = sum(not row.rstrip().endswith((".", "!", "?", ":", '"', "”")) for row in full)
    if width not in _WIDTH or widths[-1] > width * 1.25 or inside < 0.5 * len(full):
        return text
    out: list[str] = []
    before = ""
    for row in rows:
        if len(before.rstrip()) > _FULL * width and row.strip() and not row.startswith("  "):
            out[-1] = f"{out[-1]} {row.strip()}"
        else:
            out.append(row.strip())
        before = row
    return "\n".join(out)


def _kept_headline(found: Sequence[Line], kept: list[bool]) -> str | None:
    """The headline, taken out of the story where it was kept as its first line and byline or day stand below it."""
    first = next((i for i, keep in enumerate(kept) if keep), None)
    if first is None or first + 1 >= len(found) or kept[first + 1] or kept.count(True) == 1:
        return None
    text, below = found[first].text, found[first + 1].text
    if not _may_be_title(text) or text[-1] in ".:" or not (header.is_credited(below) or header.is_stamp(below)):
        return None
    kept[first] = False
    return text


def _without_last_rule(found: Sequence[Line], kept: list[bool]) -> None:
    """Takes out the rule that stood between the story and what was below it."""
    last = max((i for i, keep in enumerate(kept) if keep), default=None)
    if last is not None and kept.count(True) > 1 and not any(map(str.isalnum, found[last].text)):
        kept[last] = False


def _header(out: Pasted, texts: Sequence[str], first: int, url: str | None, heading: str | None) -> None:
    """What the lines above the story tell: its headline, its standfirst, who wrote it and when."""
    found = heading or _title(texts, first, url, out.paragraphs)
    head = list(texts[max(0, first - header.HEADER) : first]) if found is None else header.of_story(texts, found, first)
    for i, text in enumerate(head):
        if glued := _GLUED.match(text):
            out.credits.append(glued["name"])
        elif credit.of_line(text) and not any(_is_caption(t) for t in head[max(0, i - 1) : i + 1] if t != found):
            out.credits.append(text)
    _times(out, head, "byline")
    story = "\n".join(out.paragraphs)
    out.bylines = header.bylines(head) or header.bare_names(head, found, story)
    if found is None:
        return
    below = head[head.index(found) + 1 :] if found in head else []
    out.subtitle = next((t for t in below if _is_standfirst(t) and t not in out.paragraphs), None)
    out.corrected = out.corrected or wire.is_corrected(found)
    out.title, paper = wire.headline(found)
    if paper:
        out.papers.append(paper)


def _times(out: Pasted, texts: Sequence[str], source: dates.Source) -> None:
    for candidate, changed in header.times(texts, source):
        (out.modified if changed else out.published).append(candidate)


def _is_caption(text: str) -> bool:
    """Whether a line is a picture's: below it, an agency's name is that of the photographer."""
    return text[0] == "(" or len(text.split()) > _CAPTION or bool(_PICTURE.search(text))


def _title(texts: Sequence[str], first: int, url: str | None, story: Sequence[str]) -> str | None:
    """The headline above a story: the line with the words of the address, else the likeliest of the last ones.

    The likeliest at a glance are looked at closely, until none of the others can be likelier.
    """
    words = _slug(url)
    told = {w for paragraph in story[:_OPENING] for w in _words(paragraph)}
    best, found = (0.0, 1), None
    for glance, i in sorted(_glances(texts, first, words), reverse=True):
        if glance + _MOST < best[0]:
            break
        text = texts[i]
        if _may_be_title(text):
            own = _words(text)
            shared = min(_ENOUGH, len(told & own) / max(1, len(own)))
            score = (glance + _SHARED * shared + _likeness(texts, i, first), -i)  # of equals the uppermost
            if score > best:
                best, found = score, text
    return found


def _glances(texts: Sequence[str], first: int, words: frozenset[str]) -> Iterator[tuple[float, int]]:
    """How much each line above a story looks like its headline at a glance, and which line it is."""
    for i in range(max(0, first - (_FAR if words else _CLOSE)), first):
        text = texts[i]
        if _has_length_of_title(text):
            overlap = _overlap(words, text) if words else 0.0
            if i >= first - _CLOSE or overlap >= _TOLD:
                near = 0.3 * max(0.0, 1 - (first - i - 1) / header.HEADER)
                yield 2 * overlap + near + 0.05 * min(len(text.split()), 12) - 0.8 * (text[-1] in ".:"), i


def _slug(url: str | None) -> frozenset[str]:
    """The words of the part of an address that has most of them."""
    return max(
        map(body.slug, (f"http://x/{part}" for part in (url or "").split("?")[0].split("/")[3:])),
        key=len,
        default=frozenset(),
    )


def _overlap(words: frozenset[str], text: str) -> float:
    """How much of an address and a line are the same words, from 0 to 1."""
    small = text.lower()
    if sum(word in small for word in words) < 2:  # noqa: PLR2004 - one is shared by chance
        return 0.0
    own = set(_SLUG_WORD.findall(small))
    shared = len(words & own)
    return 2 * shared / (len(words) + len(own)) if shared > 1 else 0.0


def _likeness(texts: Sequence[str], i: int, first: int) -> float:
    """What the lines around a line and its own words say for and against its being a headline."""
    text = texts[i]
    score = _REPEATED * (text in texts[max(0, i - _FAR) : i]) + _HEADED * header.is_headed(texts[:first], i)
    score -= 1.0 * bool(_STAMPED.search(text) or _GLUED.match(text) or header.is_stamp(text) or _is_credit(text))
    score -= 1.0 * bool(_PICTURE.search(text) or _TOOL.search(text))
    count = len(text.split())
    below = i > 0 and 3 <= len(texts[i - 1].split()) < 0.8 * count and texts[i - 1][-1] not in ".:"  # noqa: PLR2004
    score -= 0.8 * below * (count > 14) + 0.6 * (count > 22)  # noqa: PLR2004 - a standfirst, a caption
    longer = any(text.endswith(line) and line != text for line in texts[i + 1 : i + 3] if len(line.split()) > 2)  # noqa: PLR2004
    return score - 1.0 * longer


def _is_credit(text: str) -> bool:
    return len(text) < _CREDIT and credit.of_line(text) is not None


def _may_be_title(text: str) -> bool:
    return (
        _has_length_of_title(text) and text[0] not in _BULLETS and not edges.is_byline(text) and not wire.is_slug(text)
    )


def _has_length_of_title(text: str) -> bool:
    count = text.count(" ") + 1
    return 3 <= count <= 40 or (count < 3 and not text.isascii() and _is_spaceless(text))  # noqa: PLR2004 - words


def _is_spaceless(text: str) -> bool:
    return len(text) >= _SPACELESS and sum(c.isascii() for c in text) < 0.3 * len(text)


def _words(text: str) -> set[str]:
    return {word for w in text.split() if (word := w.strip(".,:;!?'\"“”‘’()[]").lower())}


def _is_standfirst(text: str) -> bool:
    return (
        len(text.split()) >= 8  # noqa: PLR2004 - a sentence
        and text[-1] in ".?!"
        and not _STAMPED.search(text)
        and not _PICTURE.search(text)
        and not header.is_credited(text)
    )


def _owners(texts: Sequence[str]) -> list[str]:
    """Whose copyright the lines assert."""
    return [owner for text in texts if (owner := publisher.copyright_holder(text))]


def _footer(out: Pasted, texts: Sequence[str], marks: Mapping[int, str], first: int) -> None:
    """The credit and the time stamp that stand after the end mark of the story that begins at the line `first`."""
    end = min((i for i in marks if i >= first), default=len(texts))
    for i, text in enumerate(texts[end:], end):
        if i in marks:
            out.signed = out.signed or credit.signed(marks[i])
        else:
            _times(out, [text], "wire")
        out.published.extend(dates.day_hour(text))
