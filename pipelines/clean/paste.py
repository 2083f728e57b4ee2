"""Pasted text and wire copy: the article out of its residue, and the lines around it that tell of it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from pipelines.clean import body, credit, dates, edges, lines, publisher, wire
from pipelines.clean.characters import plain
from pipelines.clean.dates import Candidate
from pipelines.clean.lines import Line

_HEADER = 14  # lines above the first paragraph: headline, standfirst, byline, day and what stands between
_WIDTH = range(40, 100)  # columns of hard-wrapped copy
_FULL = 0.7  # of the width: a row that goes on in the next
_GLUED = re.compile(r"^(?P<name>\D{2,40}?)\s?\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?(?:\s\d{1,2}:\d{2})?$")
_BULLETS = "*•·-–—("  # of summaries and of notes to editors
_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[|•]|(?=\b(?:updated|modified)\b)", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated|modified|revised|last edited)\b", re.IGNORECASE)
_STAMPED = re.compile(r"\b(?:published|posted|updated|modified|date|created|\d{1,2}:\d{2})\b", re.IGNORECASE)


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


def read(source: str, url: str | None) -> Pasted:
    """The article of a text: by the wire's grammar where its marks stand, by the labeller elsewhere."""
    found = lines.of_text(unwrapped(plain(source)))
    kept = _kept(found, url)
    first = next((i for i, keep in enumerate(kept) if keep), len(found))
    out = Pasted([line.text for line, keep in zip(found, kept, strict=True) if keep])
    out.rest = [line.text for line, keep in zip(found, kept, strict=True) if not keep]
    out.corrected = any(wire.is_correction(text) for text in out.rest)
    if out.paragraphs:
        above = [line.text for line in found[max(0, first - _HEADER) : first]]
        _header(out, above, url)
        below = [line.text for line in found[first:]]
        _footer(out, below)
        owners = [owner for text in below if (owner := publisher.copyright_holder(text))]
        out.credits += owners
        owners += [owner for text in above if (owner := publisher.copyright_holder(text))]
        out.title, out.publisher = publisher.of_text(above, owners, out.title)
    return out


def _kept(found: Sequence[Line], url: str | None) -> list[bool]:
    start = next((i for i, line in enumerate(found) if wire.dateline(line.text)), None)
    marks = [i for i, line in enumerate(found) if wire.end_mark(line.text) is not None]
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


def _header(out: Pasted, above: Sequence[str], url: str | None) -> None:
    credited: set[str] = set()
    for text in above:
        if glued := _GLUED.match(text):
            out.credits.append(glued["name"])
            credited.add(text)
            continue
        if edges.is_byline(text):
            out.bylines.append(text)
        elif credit.of_line(text):
            out.credits.append(text)
            credited.add(text)
        _times(out, text, "byline")
    out.title = _title(above, credited, url)
    if out.title is None:
        return
    after = above[above.index(out.title) + 1 :]
    out.subtitle = next((t for t in after if _is_standfirst(t)), None)
    out.title, paper = wire.headline(out.title)
    if paper:
        out.papers.append(paper)


def _times(out: Pasted, text: str, source: dates.Source) -> None:
    if len(text) > 200 or not _DIGIT.search(text):  # noqa: PLR2004 - a paragraph
        return
    for part in _PARTS.split(text):
        target = out.modified if _UPDATED.search(part) else out.published
        target.extend(dates.in_text(source, part))


def _title(texts: Sequence[str], credited: Collection[str], url: str | None) -> str | None:
    """The headline among the lines above the story: the one with the words of the address, else the likeliest.

    Args:
        texts: the lines.
        credited: those that are credits.
        url: the address.
    """
    words = body.slug(url)
    best, best_score = None, 0.0
    for i, text in enumerate(texts):
        count = len(text.split())
        if count < 3 or count > 40 or edges.is_byline(text) or wire.is_slug(text) or text[0] in _BULLETS:  # noqa: PLR2004 - a headline
            continue
        own = {w.strip(".,:;!?'\"“”‘’").lower() for w in text.split()}
        overlap = len(words & own) / max(1, min(len(words), len(own)))
        near = 0.3 * (i + 1) / len(texts)
        score = 2 * overlap + near + 0.3 * (text in texts[:i]) + 0.05 * min(count, 12) - 0.8 * (text[-1] in ".:")
        score -= 1.0 * bool(text in credited or _STAMPED.search(text))
        if score > best_score:
            best, best_score = text, score
    return best


def _is_standfirst(text: str) -> bool:
    return len(text.split()) >= 8 and text[-1] in ".?!" and not _STAMPED.search(text) and text[:3].lower() != "by "  # noqa: PLR2004


def _footer(out: Pasted, below: Sequence[str]) -> None:
    """The credit and the time stamp that stand after the end mark."""
    ended = False
    for text in below:
        mark = wire.end_mark(text)
        if mark is not None:
            ended = True
            out.signed = out.signed or credit.signed(mark)
        elif ended:
            _times(out, text, "wire")
        if ended:
            out.published.extend(dates.day_hour(text))
