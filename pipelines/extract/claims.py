"""Claims: which figure is asserted by whom, and how surely."""

from collections.abc import Mapping, Sequence
from datetime import date

from spacy.tokens import Doc, Token

from pipelines.extract.hedges import hedge, negated, scope
from pipelines.extract.sentences import sentence_at
from pipelines.extract.sources import Sources
from pipelines.schemas import Claim, Mention, Quantity, Quote, Sentence, Time

Days = tuple[date | None, date | None]


def claims(
    doc: Doc,
    sentences: Sequence[Sentence],
    quantities: Sequence[Quantity],
    times: Sequence[Time],
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    antecedents: Mapping[int, Mention],
    published: date | None,
) -> list[Claim]:
    """One row for each quantity that somebody asserts; figures in questions are asserted by nobody."""
    sources = Sources(doc, mentions)
    rows: list[Claim] = []
    for index, quantity in enumerate(quantities):
        sentence = sentence_at(sentences, quantity["start"])
        figure = _head(doc, quantity["start"], quantity["end"])
        if sentence is None or figure is None or sentences[sentence]["text"].endswith("?"):
            continue
        quote = around(quotes, quantity)
        cue = _head(doc, quote["cue_start"], quote["cue_end"]) if quote else None
        over = scope(figure, cue)
        first, last = as_of(doc, times, quantity, over, cue, published)
        rows.append(
            {
                "quantity": index,
                "speaker_name": quote["speaker_name"] if quote else None,
                "speaker": quote["speaker"] if quote else None,
                "cue": quote["cue"] if quote else None,
                "source_type": sources.type_of(quote) if quote else "author",
                "hedge": hedge(figure, over, cue),
                "negated": negated(over, cue),
                "as_of_first": first,
                "as_of_last": last,
                "sentence": sentence,
            }
        )
    return rows


def around(quotes: Sequence[Quote], quantity: Quantity) -> Quote | None:
    """The shortest quote that holds the quantity."""
    holding = [q for q in quotes if q["start"] <= quantity["start"] and quantity["end"] <= q["end"]]
    return min(holding, key=lambda q: q["end"] - q["start"], default=None)


def _head(doc: Doc, start: int | None, end: int | None) -> Token | None:
    if start is None or end is None:
        return None
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None else None


def as_of(
    doc: Doc,
    times: Sequence[Time],
    quantity: Quantity,
    over: Sequence[Token],
    cue: Token | None,
    published: date | None,
) -> Days:
    """The days for which a figure is given: of the innermost clause over it that has a time, else of publication."""
    order = {token.i: depth for depth, token in enumerate(over)}
    best: tuple[int, int, Days] | None = None
    for time in times:
        if time["first_day"] is None or (time["start"] < quantity["end"] and quantity["start"] < time["end"]):
            continue
        head = _head(doc, time["start"], time["end"])
        depth = next((order[t.i] for t in head.ancestors if t.i in order), None) if head is not None else None
        if depth is not None and not (cue is not None and over[depth] == cue and best is not None):
            found = (depth, abs(time["start"] - quantity["start"]), (time["first_day"], time["last_day"]))
            best = min(best, found, key=lambda b: b[:2]) if best is not None else found
    return best[2] if best is not None else (published, published)
