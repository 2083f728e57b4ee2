"""Claims: which figure is asserted by whom, and how surely."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipelines.extract.as_of import Figure, as_of
from pipelines.extract.assertions import asserts
from pipelines.extract.cues import speaks
from pipelines.extract.direct import Attribution
from pipelines.extract.frames import subject
from pipelines.extract.hedges import hedge, negated, scope
from pipelines.extract.sentences import sentence_at
from pipelines.extract.sources import Sources
from pipelines.extract.speakers import named, source_span
from pipelines.schemas import Claim, Mention, Quantity, Quote, Sentence, SourceType, Time


class Speaker(NamedTuple):
    """Who asserts a figure, and the word that says so."""

    name: str | None
    surface: str | None
    source_type: SourceType
    cue: Token | None


AUTHOR = Speaker(None, None, "author", None)


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
    sources = Sources(doc, mentions, quotes)
    bases = [quantities[q["baseline"]] for q in quantities if q["baseline"] is not None]
    changing = {sentence_at(sentences, q["start"]) for q in quantities if q["change"] or q["baseline"] is not None}
    rows: list[Claim] = []
    for index, quantity in enumerate(quantities):
        sentence = sentence_at(sentences, quantity["start"])
        figure = _head(doc, quantity["start"], quantity["end"])
        if sentence is None or figure is None or sentences[sentence]["text"].rstrip("\"”’'").endswith("?"):
            continue
        quote = around([q for q in quotes if _reports(doc, q, figure)], quantity)
        speaker = _quoted(doc, quote, sources) if quote else _over(doc, figure, sources, mentions, antecedents)
        over = scope(figure, speaker.cue)
        given = Figure(quantity, figure, over, speaker.cue, bases, sentence in changing)
        first, last = as_of(doc, times, given, published)
        rows.append(
            {
                "quantity": index,
                "speaker_name": speaker.name,
                "speaker": speaker.surface,
                "cue": quote["cue"] if quote else speaker.cue.text if speaker.cue is not None else None,
                "source_type": speaker.source_type,
                "hedge": hedge(figure, over, speaker.cue),
                "negated": negated(figure, over),
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


def _reports(doc: Doc, quote: Quote, figure: Token) -> bool:
    """Whether a quote has a speaker and a word by which he asserts the figure, or stands between marks."""
    cue = _head(doc, quote["cue_start"], quote["cue_end"])
    if cue is None or quote["speaker"] is None:
        return False
    return quote["kind"] == "direct" or not cue.is_alpha or cue.lower_ == "according" or asserts(cue, figure)


def _quoted(doc: Doc, quote: Quote, sources: Sources) -> Speaker:
    cue = _head(doc, quote["cue_start"], quote["cue_end"])
    return Speaker(quote["speaker_name"], quote["speaker"], sources.of_quote(quote), cue)


def _over(
    doc: Doc, figure: Token, sources: Sources, mentions: Sequence[Mention], antecedents: Mapping[int, Mention]
) -> Speaker:
    """Who says so in the clause over a figure that stands in no quote; else the author."""
    cue = next((t for t in figure.ancestors if speaks(t) and subject(t) is not None and not _under(figure, t)), None)
    source = subject(cue) if cue is not None else None
    if cue is None or source is None:
        return AUTHOR
    span = source_span(doc, Attribution(cue, source))
    mention = named(source, mentions, antecedents)
    surface = doc.text[span[0] : span[1]] if span else None
    return Speaker(mention["name"] if mention else None, surface, sources.of_head(source, mention), cue)


def _under(figure: Token, verb: Token) -> bool:
    """Whether the figure belongs to the reporting clause itself: "two officials said", "he said in 500 letters"."""
    branch = next((t for t in (figure, *figure.ancestors) if t.head == verb), None)
    return branch is None or branch.dep_ != "ccomp"


def _head(doc: Doc, start: int | None, end: int | None) -> Token | None:
    if start is None or end is None:
        return None
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None else None
