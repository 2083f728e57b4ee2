"""Names in the text, typed: the model's spans, mended by what the whole document shows."""

from spacy.tokens import Doc

from pipelines.extract.name_clusters import entities
from pipelines.extract.name_repeats import repeats
from pipelines.extract.name_spans import Name, spans
from pipelines.extract.name_types import retyped
from pipelines.schemas import Mention


def mentions(doc: Doc) -> list[Mention]:
    """The names of a document, in order, none overlapping; never pronouns, dates or numbers."""
    found = retyped(doc, spans(doc))
    found = without_overlaps(found + repeats(doc, found))
    return [
        Mention(
            start=name.start,
            end=name.end,
            text=doc.text[name.start : name.end],
            type=name.type,
            entity_id=entity.id,
            name=entity.name,
        )
        for name, entity in zip(found, entities(doc, found), strict=True)
    ]


def without_overlaps(names: list[Name]) -> list[Name]:
    """The names in order; of two that overlap, the longer, then the earlier."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start)):
        if all(name.end <= other.start or other.end <= name.start for other in kept):
            kept.append(name)
    return sorted(kept)
