"""PDF files for tests, written byte by byte: text at its place, in Helvetica."""

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple


class Run(NamedTuple):
    """Characters at a place in points from the lower left corner."""

    x: float
    y: float
    size: float
    text: str


def column(x: float, y: float, text: str, width: int = 42, size: float = 10) -> list[Run]:
    """Paragraphs as lines below one another: a new one is set in by its first line, a line may end in a hyphen."""
    runs: list[Run] = []
    for number, paragraph in enumerate(text.split("\n\n")):
        for at, line in enumerate(hyphenated(paragraph, width)):
            runs.append(Run(x + (12 if number and not at else 0), y - 12 * len(runs), size, line))
    return runs


def hyphenated(paragraph: str, width: int) -> list[str]:
    """Lines of so many characters; a soft hyphen is where a word may be parted."""
    lines: list[str] = []
    for word in paragraph.split():
        if lines and len(lines[-1]) + 1 + len(word.replace("\xad", "")) <= width:
            lines[-1] += " " + word.replace("\xad", "")
        elif lines and "\xad" in word and len(lines[-1]) + 2 + word.index("\xad") <= width:
            head, _, tail = word.partition("\xad")
            lines[-1] += f" {head}-"
            lines.append(tail.replace("\xad", ""))
        else:
            lines += wrap(word.replace("\xad", ""), width)
    return lines


def pdf(pages: Sequence[Sequence[Run]], info: str = "", trailer: str = "", extra: Sequence[str] = ()) -> bytes:
    """A file of so many pages; `info` is the inside of its information dictionary."""
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(count))}] >>",
        (
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /BaseEncoding"
            " /WinAnsiEncoding /Differences [1 /fi /fl] >> >>"
        ),
        f"<< {info} >>",
    ]
    for n, runs in enumerate(pages):
        shown = "".join(f"BT /F1 {r.size} Tf 1 0 0 1 {r.x} {r.y} Tm ({_escaped(r.text)}) Tj ET\n" for r in runs)
        objects += [
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {6 + 2 * n} 0 R"
                " /Resources << /Font << /F1 3 0 R >> >> >>"
            ),
            f"<< /Length {len(shown.encode('cp1252', 'ignore'))} >>\nstream\n{shown}endstream",
        ]
    objects += extra
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252", "ignore")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\nstartxref\n{len(content)}\n%%EOF\n"
    )
    return content + end.encode()


def _escaped(text: str) -> str:
    for plain, kept in (("\\", "\\\\"), ("(", "\\("), (")", "\\)"), ("ﬁ", "\\001"), ("ﬂ", "\\002")):
        text = text.replace(plain, kept)
    return text
