"""Names in the text, typed: the model's spans, mended by what the whole document shows."""

from spacy.tokens import Doc

from pipelines.extract.acronyms import defined
from pipelines.extract.datelines import dateline_names, titled_names
from pipelines.extract.headlines import capital_runs, headline_names
from pipelines.extract.name_clusters import entities
from pipelines.extract.name_joins import joined
from pipelines.extract.name_repeats import repeats
from pipelines.extract.name_spans import Name, covered, recut, spans
from pipelines.extract.name_types import retyped
from pipelines.extract.plain_text import text_of
from pipelines.extract.teams import as_teams, teams
from pipelines.schemas import Mention, NameType


def mentions(doc: Doc) -> list[Mention]:
    """The names of a document, in order, none overlapping; never pronouns, dates or numbers."""
    text = text_of(doc)
    found = names(doc)
    return [
        Mention(
            start=name.start,
            end=name.end,
            text=text[name.start : name.end],
            type=name.type,
            entity_id=entity.id,
            name=entity.name,
        )
        for name, entity in zip(found, entities(doc, found), strict=True)
    ]


def names(doc: Doc) -> list[Name]:
    """The typed spans alone."""
    text = text_of(doc)
    found = recut(text, retyped(doc, raw_names(doc)))
    shorts = defined(text, found)
    found = replaced(found, shorts)
    settled: dict[str, NameType] = {text[name.start : name.end]: name.type for name in shorts}
    found = [name._replace(type=settled.get(text[name.start : name.end], name.type)) for name in found]
    playing = teams(doc)
    found = replaced(replaced(found, playing), dateline_names(text))
    return as_teams(text, playing, without_overlaps(found + repeats(doc, found, capital_runs(text))))


def raw_names(doc: Doc) -> list[Name]:
    """The model's names with their bounds mended: those of capitals from a reading in running case."""
    text = text_of(doc)
    capitals = covered(capital_runs(text))
    found = [name for name in spans(doc) if 1 not in capitals[name.start : name.end]]
    return joined(text, without_overlaps(found + headline_names(doc) + titled_names(text)))


def replaced(names: list[Name], surer: list[Name]) -> list[Name]:
    """The names, with those that overlap surer ones given up for them."""
    taken = covered((name.start, name.end) for name in surer)
    return [name for name in names if 1 not in taken[name.start : name.end]] + surer


def without_overlaps(names: list[Name]) -> list[Name]:
    """The names in order; of two that overlap, the longer, then the earlier."""
    kept: list[Name] = []
    taken = bytearray(max((name.end for name in names), default=0))
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start)):
        if 1 not in taken[name.start : name.end]:
            kept.append(name)
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
    return sorted(kept)
