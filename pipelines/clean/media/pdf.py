"""PDF by its text layer, read by PDFium."""

import re
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from math import hypot
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.clean.characters import one_line
from pipelines.clean.document import Document
from pipelines.clean.media import columns, prose
from pipelines.clean.media.columns import Line, Segment
from pipelines.clean.rejected import Rejected
from pipelines.schemas import Capture

_LETTERS = 40  # that a document has at least, if it has a text layer at all
_PAGES = 200  # what is longer is no news; the article is flagged
_TILTED = 0.1  # radians
_FILE_NAME = re.compile(r"\.(?:docx?|odt|rtf|pdf|indd|qxp|pages|pptx?|xlsx?|txt|html?|tmp)\b", re.IGNORECASE)
_TITLE = 1.25  # times the size of the text
_TITLE_WORDS = range(3, 31)
_BELOW_NAME = 1.5  # times the size of the text: a headline below a paper's name
_BREAKS = (10, 13)
_LINE_END = (0x02, 0xFFFE)  # what PDFium makes of a hyphen there, in place of a break


def document(capture: Capture) -> tuple[Document, str]:
    """The document of a PDF file: its text as paragraphs.

    Metadata count only where the first page prints them as well: programs fill in names of files and of users. The
    day on which the file was made is none of publication, and is left out.

    Raises:
        Rejected: the file is damaged, encrypted, or has no text layer.
    """
    try:
        with pypdfium2.PdfDocument(capture["content"]) as file:
            return _document(file, capture), "utf-8"
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Rejected("encrypted", "the PDF asks for a password: save it without one") from error
        raise Rejected("bad_pdf", f"{error}: fetch it again") from error


def _document(file: Any, capture: Capture) -> Document:
    read = [_segments(file, number) for number in range(min(len(file), _PAGES))]
    pages = [page for page in read if page is not None]
    if sum(c.isalpha() for page in pages for segment in page for c in segment.text) < _LETTERS:
        raise Rejected("no_text_layer", f"none on {len(pages)} pages: scanned: run OCR first (ocrmypdf, for one)")
    printed = [columns.lines(page) for page in columns.without_running(pages)]
    found = prose.paragraphs(printed)
    about = {key: one_line(file.get_metadata_value(key)) for key in ("Title", "Author")}
    given = _given(about, printed, found)
    if len(pages) < len(file):
        given["flags"] = ["truncated"]
    return Document(text="\n\n".join(found), url=capture["url"], given=given, latest=capture["captured_at"])


def _segments(file: Any, number: int) -> list[Segment] | None:
    """The segments of a page; null where the page is damaged."""
    try:
        page = file[number]
        return list(_parts(page.get_textpage()))
    except pypdfium2.PdfiumError:
        return None


def _parts(text: Any) -> Iterator[Segment]:
    """The segments of a page's text: PDFium puts in a blank or a break of its own where one ends."""
    begun: list[tuple[int, str]] = []
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in _BREAKS or (code == ord(" ") and pdfium.FPDFText_IsGenerated(text, at) == 1):
            yield from _segment(text, begun)
            begun = []
        elif code:
            begun.append((at, chr(code)))
            if code in _LINE_END:
                yield from _segment(text, begun)
                begun = []
    yield from _segment(text, begun)


def _segment(text: Any, characters: Sequence[tuple[int, str]]) -> Iterator[Segment]:
    shown = prose.plain("".join(c for _, c in characters))
    inked = [at for at, c in characters if not c.isspace()]
    if not shown.strip() or abs(pdfium.FPDFText_GetCharAngle(text, inked[0])) > _TILTED:
        return
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(text, inked[0], byref(x), byref(y))
    right = text.get_charbox(inked[-1], loose=True)[2]
    yield Segment(x.value, max(x.value, right), y.value, _size(text, inked[0]), shown)


def _size(text: Any, at: int) -> float:
    """The size of a character's type, as it is printed: that of its font is often 1, and made larger by its matrix."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, at, byref(matrix))
    size: float = pdfium.FPDFText_GetFontSize(text, at) * hypot(matrix.c, matrix.d)
    return max(1.0, round(size, 1))


def _given(about: dict[str, str], printed: Sequence[Sequence[Line]], found: Sequence[str]) -> dict[str, Any]:
    first = next((page for page in printed if page), ())
    shown = _letters(" ".join(line.text for line in first))
    title = about["Title"]
    if _FILE_NAME.search(title) or len(title) < 8 or _letters(title) not in shown:  # noqa: PLR2004 - words, not a code
        title = _largest(first, found)
    author = about["Author"] if " " in about["Author"] and _letters(about["Author"]) in shown else ""
    return {key: value for key, value in (("title", title), ("authors", [author] if author else [])) if value}


def _largest(first: Sequence[Line], found: Sequence[str]) -> str:
    """The paragraph in the largest type of the first page, if it is as long as headlines are; else nothing.

    A paper's name at the head of the page may be larger than the headline.
    """
    if not first:
        return ""
    body = median(line.size for line in first)
    sizes = sorted({line.size for line in first if line.size >= _TITLE * body}, reverse=True)
    for size in sizes[:2]:
        line = next(line for line in first if line.size == size)
        paragraph = next((text for text in found if text.startswith(line.text.strip())), "")
        if len(paragraph.split()) in _TITLE_WORDS and (size == sizes[0] or size >= _BELOW_NAME * body):
            return paragraph
        if line != first[0]:
            break
    return ""


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
