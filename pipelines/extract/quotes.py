"""Direct, mixed and indirect speech with its speaker."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from pipelines.extract.attributions import attributions
from pipelines.extract.direct import Attribution
from pipelines.extract.quote_marks import Passage, passages
from pipelines.extract.speakers import named, source_span
from pipelines.schemas import Mention, Quote, QuoteKind


def quotes(doc: Doc, mentions: Sequence[Mention], antecedents: Mapping[int, Mention]) -> list[Quote]:
    """What is said in a document, in order."""
    text = doc.text  # spaCy joins it anew at each call
    marked = passages(text)
    rows = [row for said in attributions(doc, marked) for row in _rows(doc, text, said, marked, mentions, antecedents)]
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _rows(
    doc: Doc,
    text: str,
    said: Attribution,
    marked: Sequence[Passage],
    mentions: Sequence[Mention],
    antecedents: Mapping[int, Mention],
) -> list[Quote]:
    speaker = source_span(doc, said)
    mention = named(said.source, mentions, antecedents) if said.source is not None else None
    cue = said.cue_span
    return [
        {
            "start": start,
            "end": end,
            "text": text[start:end],
            "kind": _kind(start, end, marked),
            "cue": text[cue[0] : cue[1]] if cue else None,
            "cue_start": cue[0] if cue else None,
            "cue_end": cue[1] if cue else None,
            "speaker": text[speaker[0] : speaker[1]] if speaker else None,
            "speaker_start": speaker[0] if speaker else None,
            "speaker_end": speaker[1] if speaker else None,
            "speaker_id": mention["entity_id"] if mention else None,
            "speaker_name": mention["name"] if mention else None,
        }
        for start, end in said.pieces
    ]


def _kind(start: int, end: int, marked: Sequence[Passage]) -> QuoteKind:
    """Direct where nearly all stands between marks, mixed where some does."""
    inside = sum(max(0, min(end, p.end) - max(start, p.start)) for p in marked)
    if not inside:
        return "indirect"
    return "direct" if inside >= end - start - 1 else "mixed"
