"""Bodies that formats keep apart from their headlines, as pages: there is no headline to look for in them."""

import re
from html import escape
from itertools import pairwise

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_WRAPPED = range(40, 101)  # columns at which mail programs and agencies break lines
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)  # RFC 3676, section 4.3


def of_markup(title: str | None, body: str) -> str:
    """A body's markup with its headline as a page."""
    heading = escape(title or "")
    return f"<!DOCTYPE html><html><head><title>{heading}</title></head><body><article>{body}</article></body></html>"


def of_text(title: str | None, text: str) -> str:
    """A plain text with its headline as a page: a paragraph a block, without the signature of a mail.

    Blocks stand between blank lines. Where a block's lines were broken at a fixed width they are one paragraph, else
    each is one.
    """
    story = _SIGNATURE.split(text.replace("\r\n", "\n"), maxsplit=1)[0]
    paragraphs = [part for block in _BLANK.split(story) for part in _paragraphs(block.split("\n"))]
    return of_markup(title, "".join(f"<p>{escape(part)}</p>" for part in paragraphs))


def _paragraphs(rows: list[str]) -> list[str]:
    rows = [row.strip() for row in rows if row.strip()]
    widest = max(map(len, rows), default=0)
    # Every line but the last was full: the next word would not have fitted into it.
    is_wrapped = widest in _WRAPPED and all(len(row) + len(after.split()[0]) >= widest for row, after in pairwise(rows))
    return [" ".join(rows)] if is_wrapped else rows
