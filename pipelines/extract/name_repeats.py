"""Names that the model tagged once and missed when they came again."""

import re

from spacy.tokens import Doc

from pipelines.extract.name_spans import Name
from pipelines.extract.name_types import surnames

# Initials and two-letter words are too often something else.
SHORTEST = 2


def repeats(doc: Doc, names: list[Name]) -> list[Name]:
    """Further places where a name of the document, or the surname of one of its people, stands."""
    text = doc.text
    known = {text[name.start : name.end]: name.type for name in names}
    known |= {word: "PERSON" for word in surnames(text, names) if word not in known}
    known = {
        surface: kind
        for surface, kind in known.items()
        if any(c.isupper() for c in surface) and len(surface) > SHORTEST
    }
    if not known:
        return []
    longest_first = sorted(known, key=lambda surface: (-len(surface), surface))
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])")
    return [Name(hit.start(), hit.end(), known[hit.group()]) for hit in pattern.finditer(text)]
