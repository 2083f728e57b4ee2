"""Claims: which figure is asserted by whom, and how surely."""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipelines.extract.as_of import Figure, as_of
from pipelines.extract.assertions import asserts
from pipelines.extract.claim_clause import clause, place
from pipelines.extract.cues import speaks
from pipelines.extract.direct import Attribution
from pipelines.extract.frames import subject_token
from pipelines.extract.hedges import Over, hedge, negated, scope
from pipelines.extract.reporting import within
from pipelines.extract.sentences import sentence_at
from pipelines.extract.speakers import named
from pipelines.extract.voices import Voices
from pipelines.schemas import Claim, InClause, Quantity, Quote, Sentence, SourceType, Time


class Asserter(NamedTuple):
    """Who asserts a figure, and the word that says so."""

    name: str | None
    surface: str | None
    source_type: SourceType
    cue: Token | None


AUTHOR = Asserter(None, None, "author", None)


def claims(
    voices: Voices,
    sentences: Sequence[Sentence],
    quantities: Sequence[Quantity],
    times: Sequence[Time],
    quotes: Sequence[Quote],
) -> list[Claim]:
    """One row for each quantity that somebody asserts; figures in questions are asserted by nobody."""
    doc = voices.doc
    bases = [quantities[q["baseline"]] for q in quantities if q["baseline"] is not None]
    changing = {sentence_at(sentences, q["start"]) for q in quantities if q["change"] or q["baseline"] is not None}
    rows: list[Claim] = []
    for index, quantity in enumerate(quantities):
        sentence = sentence_at(sentences, quantity["start"])
        figure = _head(doc, quantity["start"], quantity["end"])
        if sentence is None or figure is None or sentences[sentence]["text"].rstrip("\"”’'").endswith("?"):
            continue
        quote = _asserting(doc, quotes, quantity, figure)
        speaker = _quoted(voices, quote) if quote else _over(voices, figure)
        over = scope(figure, speaker.cue)
        given = Figure(quantity, figure, over, speaker.cue, bases, sentence in changing)
        first, last = as_of(doc, voices.text, times, given, voices.clock.published)
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
                **_clause(voices, quantity, figure, over, speaker.cue),
                "sentence": sentence,
            }
        )
    return rows


def _clause(voices: Voices, quantity: Quantity, figure: Token, over: Sequence[Over], cue: Token | None) -> InClause:
    """The columns of the clause that a figure stands in."""
    doc, text = voices.doc, voices.text
    head, subject_at, verb_at = clause(doc, voices.tree, figure, voices.clock.tokens)
    about = named(head, voices.mentions, voices.antecedents) if head is not None else None
    spans = ((quantity["counted_start"], quantity["counted_end"]), (quantity["about_start"], quantity["about_end"]))
    own = within(doc, [(start, end) for start, end in spans if start is not None and end is not None])
    where = place(doc, voices.mentions, figure, own, over, cue)
    return {
        "subject": text[slice(*subject_at)] if subject_at else None,
        "subject_start": subject_at[0] if subject_at else None,
        "subject_end": subject_at[1] if subject_at else None,
        "subject_id": about["entity_id"] if about else None,
        "subject_name": about["name"] if about else None,
        "verb": text[slice(*verb_at)] if verb_at else None,
        "verb_start": verb_at[0] if verb_at else None,
        "verb_end": verb_at[1] if verb_at else None,
        "place": where["text"] if where else None,
        "place_start": where["start"] if where else None,
        "place_end": where["end"] if where else None,
        "place_id": where["entity_id"] if where else None,
        "place_name": where["name"] if where else None,
    }


def _asserting(doc: Doc, quotes: Sequence[Quote], quantity: Quantity, figure: Token) -> Quote | None:
    """The shortest of the quotes that hold a quantity and report it."""
    holding = [q for q in quotes if q["start"] <= quantity["start"] and quantity["end"] <= q["end"]]
    reporting = (q for q in holding if _reports(doc, q, figure))
    return min(reporting, key=lambda q: q["end"] - q["start"], default=None)


def _reports(doc: Doc, quote: Quote, figure: Token) -> bool:
    """Whether a quote has a speaker and a word by which he asserts the figure, or stands between marks."""
    cue = _head(doc, quote["cue_start"], quote["cue_end"])
    if cue is None or quote["speaker"] is None:
        return False
    return quote["kind"] == "direct" or not cue.is_alpha or cue.lower_ == "according" or asserts(cue, figure)


def _quoted(voices: Voices, quote: Quote) -> Asserter:
    cue = _head(voices.doc, quote["cue_start"], quote["cue_end"])
    speaker = next(s for _, s in voices.spoken if s is not None and s.start == quote["speaker_start"])
    return Asserter(quote["speaker_name"], quote["speaker"], voices.sources.type_of(speaker), cue)


def _over(voices: Voices, figure: Token) -> Asserter:
    """Who says so in the clause over a figure that stands in no quote; else the author."""
    tree = voices.tree
    reporting = (t for t in figure.ancestors if speaks(t) and not _under(figure, t))
    cue, source = next(((t, s) for t in reporting if (s := subject_token(tree, t)) is not None), (None, None))
    speaker = voices.speaker(Attribution(cue, source)) if cue is not None else None
    if speaker is None:
        return AUTHOR
    name = speaker.mention["name"] if speaker.mention else None
    surface = voices.text[speaker.start : speaker.end]
    return Asserter(name, surface, voices.sources.type_of(speaker), cue)


def _under(figure: Token, verb: Token) -> bool:
    """Whether the figure belongs to the reporting clause itself: "two officials said", "he said in 500 letters"."""
    branch = next((t for t in (figure, *figure.ancestors) if t.head == verb), None)
    return branch is None or branch.dep_ != "ccomp"


def _head(doc: Doc, start: int | None, end: int | None) -> Token | None:
    if start is None or end is None:
        return None
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None else None
