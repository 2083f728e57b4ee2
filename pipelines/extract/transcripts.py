"""Turns of a transcript and headlines that begin with who speaks: "PRIYA NAIR: We start at nine"."""

import re
from collections import Counter

from spacy.tokens import Doc, Token

from pipelines.extract.direct import Attribution

TURN = re.compile(r"^[ \t]*[\"“”']?(?P<who>[A-Z][\w.’'&-]*(?: [A-Z][\w.’'&-]*){0,4}): ?(?P<what>[^\n]+)", re.MULTILINE)
SPEAKERS = frozenset({"PERSON", "ORG"})
TURNS = 2  # a name in capitals that begins so many paragraphs speaks in a transcript


def turns(doc: Doc, text: str) -> list[Attribution]:
    """What paragraphs say that begin with a name and a colon."""
    found = list(TURN.finditer(text))
    names = Counter(m["who"] for m in found)
    rows = []
    for m in found:
        who = doc.char_span(*m.span("who"), alignment_mode="expand")
        colon = doc.char_span(m.end("who"), m.end("who") + 1, alignment_mode="expand")
        if who is None or colon is None or not _speaks(who.root, m["who"], names):
            continue
        what = m["what"].strip().rstrip('"”').rstrip()
        start = m.start("what") + len(m["what"]) - len(m["what"].lstrip())
        if what:
            rows.append(Attribution(colon.root, who.root, [(start, start + len(what))]))
    return rows


def _speaks(root: Token, who: str, names: Counter[str]) -> bool:
    if who.isupper():
        return names[who] >= TURNS
    return root.ent_type_ in SPEAKERS
