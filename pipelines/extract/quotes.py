"""Direct, mixed and indirect speech with its speaker, and where and when it was said."""

from collections.abc import Sequence

from pipelines.extract.direct import Attribution
from pipelines.extract.quote_marks import Passage
from pipelines.extract.reporting import beside, verbs
from pipelines.extract.said_on import said_on
from pipelines.extract.speakers import Speaker
from pipelines.extract.venues import venue
from pipelines.extract.voices import Voices
from pipelines.schemas import Quote, QuoteKind


def quotes(voices: Voices) -> list[Quote]:
    """What is said in a document, in order."""
    rows = [row for said, speaker in voices.spoken for row in _rows(voices, said, speaker)]
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _rows(voices: Voices, said: Attribution, speaker: Speaker | None) -> list[Quote]:
    """One row for each piece of an utterance; but for their characters they are the same."""
    text = voices.text
    who = voices.who(speaker)
    by_document = who["source_type"] == "document"
    told = verbs(said)
    phrases = beside(said, told)
    where = venue(voices.doc, text, said, phrases, voices.clock.tokens, by_document=by_document) if told else None
    first, last = said_on(voices.clock, said, told, by_document=by_document)
    cue = said.cue_span
    return [
        {
            "start": start,
            "end": end,
            "text": text[start:end],
            "kind": _kind(start, end, voices.marked),
            "cue": text[cue[0] : cue[1]] if cue else None,
            "cue_start": cue[0] if cue else None,
            "cue_end": cue[1] if cue else None,
            **who,
            "venue_kind": where.kind if where else None,
            "venue": text[where.start : where.end] if where else None,
            "venue_start": where.start if where else None,
            "venue_end": where.end if where else None,
            "said_first": first,
            "said_last": last,
        }
        for start, end in said.pieces
    ]


def _kind(start: int, end: int, marked: Sequence[Passage]) -> QuoteKind:
    """Direct where nearly all stands between marks, mixed where some does."""
    inside = sum(min(end, p.end) - max(start, p.start) for p in marked if p.start < end and start < p.end)
    if not inside:
        return "indirect"
    return "direct" if inside >= end - start - 1 else "mixed"
